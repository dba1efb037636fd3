"""Close-ups of made and grown stuff: cloth, knitting, marble, wood, terrazzo, cork, rattan, tarnished copper."""

from collections.abc import Callable

import numpy as np

from catalog.demo import canvas
from catalog.demo.canvas import Picture, Plane, Size
from catalog.demo.drawing import Drawing, edition
from catalog.demo.families.textures.cloth import cloth
from catalog.demo.families.textures.grains import copper, cork, rattan
from catalog.demo.families.textures.knitting import knit
from catalog.demo.families.textures.specs import SPECS
from catalog.demo.families.textures.stone import marble, terrazzo
from catalog.demo.families.textures.timber import wood

SLUG = "textures"
NAME = "Textures"
_SENTENCES = {
    "cloth": "Warp over weft, near enough to count the threads.",
    "marble": "A slab of stone, polished until the old sea shows.",
    "wood": "Grain that kept a diary of wet years and dry ones.",
    "knit": "Stitch after stitch, soft from wearing.",
    "terrazzo": "Chips of stone set in cement and ground flat.",
    "cork": "Small grains pressed together by time.",
    "rattan": "Strips over and under, the oldest pattern there is.",
    "copper": "Metal that weather and tools have written on.",
}


def draw(rng: np.random.Generator, number: int) -> Drawing:
    spec = SPECS[number % len(SPECS)]
    size = canvas.choose_size(rng, "1:1", "4:3", "3:4", "4:5", "3:2")
    picture = _STUFFS[spec.stuff](rng, size, spec.make, spec.colours)
    picture = canvas.shaded(picture, 0.28 * _falloff(rng, size))
    tags = ("texture", spec.stuff, "close-up", *spec.words)
    return Drawing(
        edition(spec.title, number, len(SPECS)),
        _SENTENCES[spec.stuff],
        tags,
        canvas.finish(picture, rng=rng, grain=0.014),
    )


def _falloff(rng: np.random.Generator, size: Size) -> Plane:
    """Window light from one side: 0 near, 1 far."""
    x, y = canvas.grid(size)
    turn = rng.uniform(0, 2 * np.pi)
    return canvas.smoothstep(-0.7, 0.9, np.cos(turn) * x + np.sin(turn) * y)


_STUFFS: dict[str, Callable[[np.random.Generator, Size, str, tuple[str, ...]], Picture]] = {
    "cloth": cloth,
    "marble": marble,
    "wood": wood,
    "knit": knit,
    "terrazzo": terrazzo,
    "cork": cork,
    "rattan": rattan,
    "copper": copper,
}
