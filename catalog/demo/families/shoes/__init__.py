"""Shoes from the side on a studio backdrop: runners, boots, loafers, heels, sandals.

A shoe is a list of pieces laid one on another. Coordinates are shares of its length: x from heel (0) to toe (1),
y up from the ground. Each piece is puffed up from its outline, so that leather looks round and edges catch light.
"""

import numpy as np

from catalog.demo import canvas, studio
from catalog.demo.canvas import Size
from catalog.demo.drawing import Drawing, edition
from catalog.demo.families.shoes.making import Frame, with_shoe
from catalog.demo.families.shoes.models import MODELS
from catalog.demo.families.shoes.specs import SPECS

SLUG = "shoes"
NAME = "Shoes"
_NAMES = {
    "runner": "running shoe",
    "hightop": "high-top",
    "chelsea": "Chelsea boot",
    "pump": "high heel",
    "cowboy": "cowboy boot",
    "rain": "rubber boot",
    "loafer": "penny loafer",
    "court": "court trainer",
    "sandal": "sandal",
    "worker": "lace-up boot",
    "slipon": "slip-on",
    "brogue": "brogue",
    "flat": "ballet flat",
}


_MADE_OF = {"fade": "two fading colours", "patent": "patent leather", "spots": "spotted cloth", "checker": "a check"}


def draw(rng: np.random.Generator, number: int) -> Drawing:
    spec = SPECS[number % len(SPECS)]
    tall = spec.model in ("cowboy", "rain")
    size = canvas.choose_size(rng, *(("1:1", "4:5") if tall else ("4:3", "3:2", "1:1")))
    kind, wall, floor, accent = spec.room
    picture = studio.backdrop(
        rng, size, kind=kind, wall=wall, floor=floor, accent=accent, horizon=rng.uniform(0.6, 0.66)
    )
    parts = MODELS[spec.model](spec.material)
    for frame in _frames(rng, size, spec.pose, tall=tall):
        picture = with_shoe(rng, picture, size, frame, parts, spec)
    picture = canvas.vignette(picture, 0.15)
    count = "A pair, each a" if spec.pose == "pair" else "A"
    sentence = f"{count} {_NAMES[spec.model]} in {_MADE_OF.get(spec.material, spec.material)}, from the side."
    kind = "sneaker" if spec.model in ("runner", "court", "slipon") else _NAMES[spec.model].split()[-1]
    tags = ("shoe", kind, *spec.words)
    return Drawing(
        edition(spec.title, number, len(SPECS)),
        sentence,
        tuple(dict.fromkeys(tags)),
        canvas.finish(picture, rng=rng, grain=0.01),
    )


def _frames(rng: np.random.Generator, size: Size, pose: str, *, tall: bool) -> list[Frame]:
    """Back to front."""
    width, height = size
    length = min(width * (0.62 if tall else 0.74), height * (0.66 if tall else 0.92))
    x, y = width * 0.5, height * (0.84 if tall else 0.74)
    if pose == "pair":
        length *= 0.86
        back = Frame(x + 0.1 * length, y - 0.1 * length, length * 0.96, False, 0.0, False)
        return [back, Frame(x - 0.07 * length, y + 0.02 * length, length, False, 0.0, False)]
    if pose == "tilt":
        left = bool(rng.integers(2))
        return [Frame(x, y - 0.1 * height, length, left, (-1 if left else 1) * rng.uniform(0.2, 0.32), True)]
    return [Frame(x, y, length, pose == "left", 0.0, False)]
