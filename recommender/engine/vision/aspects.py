"""What is read from a picture beside the eyes' features, in one row of numbers: four aspects, and its style.

Dials turn the aspects. Colour and style together are its manner, which tells foreign pictures from those of a
collection.
"""

import numpy as np
import numpy.typing as npt
from PIL import Image

from recommender.engine.vision import colour, composition, style, subject, texture
from recommender.engine.vision.canvas import Floats, canvas_of

VERSION = 3
"""Change this with any change that moves a number: rows of two versions never meet, and older ones are read again."""
ASPECTS = ("colour", "texture", "subject", "composition")
WIDTHS = {
    "colour": colour.WIDTH,
    "texture": texture.WIDTH,
    "subject": subject.WIDTH,
    "composition": composition.WIDTH,
    "style": style.WIDTH,
}
WIDTH = sum(WIDTHS.values())
MANNER = colour.WIDTH + style.WIDTH
"""Width of a manner: colours first, then style."""


def columns_of(part: str) -> slice:
    """The columns of an aspect, or of the style, in a row."""
    start = 0
    for name, width in WIDTHS.items():
        if name == part:
            return slice(start, start + width)
        start += width
    raise KeyError(part)


def read(picture: Image.Image, probabilities: Floats) -> npt.NDArray[np.float16]:
    """(WIDTH,) from a picture and the eyes' probabilities. Two pictures' likeness in an aspect is a dot product."""
    canvas = canvas_of(picture)
    parts = [
        colour.colour_of(canvas),
        texture.texture_of(canvas),
        subject.subject_of(canvas, probabilities),
        composition.composition_of(canvas),
        style.style_of(canvas),
    ]
    return np.concatenate(parts).astype(np.float16)


def manner_of(picture: Image.Image) -> npt.NDArray[np.float16]:
    """(MANNER,) of a picture, read alone: the texture and the subject take ten times as long."""
    canvas = canvas_of(picture)
    return np.concatenate([colour.colour_of(canvas), style.style_of(canvas)]).astype(np.float16)


def manners(rows: npt.NDArray[np.floating]) -> npt.NDArray[np.floating]:
    """(n, MANNER) of what `read` gave, (n, WIDTH)."""
    return np.concatenate([rows[:, columns_of("colour")], rows[:, columns_of("style")]], axis=1)
