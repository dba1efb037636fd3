"""Posters in the mid-century and Swiss manner: a few big shapes, a grid, one or two words.

Each layout draws on paper with flat inks that multiply where they overlap, as in a screen print.
"""

from collections.abc import Callable

import numpy as np

from catalog.demo import canvas
from catalog.demo.drawing import Drawing, edition
from catalog.demo.families.posters.figures import (
    bird_layout,
    bottle_layout,
    eye_layout,
    fish_layout,
    letter_layout,
    peaks_layout,
    sun_layout,
    wave_layout,
)
from catalog.demo.families.posters.forms import (
    bars_layout,
    blocks_layout,
    boomerang_layout,
    dots_layout,
    grid_layout,
    halves_layout,
    moire_layout,
    overlap_layout,
    rings_layout,
    stairs_layout,
)
from catalog.demo.families.posters.press import Print
from catalog.demo.families.posters.specs import SPECS, Spec

SLUG = "posters"
NAME = "Posters"


def draw(rng: np.random.Generator, number: int) -> Drawing:
    spec = SPECS[number % len(SPECS)]
    size = canvas.choose_size(rng, "3:4", "2:3", "4:5", "2:3", "3:4", *(("1:1",) if number % 5 == 0 else ()))
    print_ = Print(rng, size, spec.inks)
    _LAYOUTS[spec.layout](rng, print_, spec)
    picture = print_.picture()
    lines = ", ".join(line.rstrip(",") for line in spec.lines)
    sentence = f"“{spec.word}” — {lines}; a screen print in {_count(len(set(spec.inks[1:])))}."
    return Drawing(
        edition(spec.title, number, len(SPECS)),
        sentence,
        ("poster", *spec.words),
        canvas.finish(picture, rng=rng, grain=0.01),
    )


def _count(inks: int) -> str:
    return ("one ink", "two inks", "three inks", "four inks")[inks - 1]


_LAYOUTS: dict[str, Callable[[np.random.Generator, Print, Spec], None]] = {
    "rings": rings_layout,
    "bars": bars_layout,
    "halves": halves_layout,
    "sun": sun_layout,
    "letter": letter_layout,
    "overlap": overlap_layout,
    "stairs": stairs_layout,
    "dots": dots_layout,
    "peaks": peaks_layout,
    "moire": moire_layout,
    "boomerang": boomerang_layout,
    "blocks": blocks_layout,
    "grid": grid_layout,
    "wave": wave_layout,
    "bird": bird_layout,
    "bottle": bottle_layout,
    "eye": eye_layout,
    "fish": fish_layout,
}
