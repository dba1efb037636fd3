"""The four aspects of a picture that dials turn, read together and kept in one row of numbers."""

import numpy as np
import numpy.typing as npt
from PIL import Image

from recommender.engine.vision import colour, composition, subject, texture
from recommender.engine.vision.canvas import Floats, canvas_of

VERSION = 2
"""Change this with any change that moves a number: rows of two versions never meet, and older ones are read again."""
ASPECTS = ("colour", "texture", "subject", "composition")
WIDTHS = (colour.WIDTH, texture.WIDTH, subject.WIDTH, composition.WIDTH)
WIDTH = sum(WIDTHS)


def columns_of(aspect: str) -> slice:
    """The columns of an aspect in a row."""
    place = ASPECTS.index(aspect)
    return slice(sum(WIDTHS[:place]), sum(WIDTHS[: place + 1]))


def read(picture: Image.Image, probabilities: Floats) -> npt.NDArray[np.float16]:
    """(WIDTH,) from a picture and the eyes' probabilities. Two pictures' likeness in an aspect is a dot product."""
    canvas = canvas_of(picture)
    parts = [
        colour.colour_of(canvas),
        texture.texture_of(canvas),
        subject.subject_of(canvas, probabilities),
        composition.composition_of(canvas),
    ]
    return np.concatenate(parts).astype(np.float16)
