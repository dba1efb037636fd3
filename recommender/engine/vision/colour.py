"""Colour: how much there is of which colour, wherever it is.

A soft histogram over OKLab: hue for pixels that have one, lightness for those that have none. The figure counts more
than the ground. Roots of shares are kept, so that the product of two rows is their Bhattacharyya coefficient.
"""

import numpy as np
import numpy.typing as npt

from recommender.engine.vision.canvas import Canvas, Floats

HUES, GREYS, DEPTHS = 18, 6, 3
WIDTH = HUES * DEPTHS + GREYS
CHROMATIC = 0.045
"""Chroma at which a pixel is half a colour, half a grey."""
GROUND_WEIGHT = 0.25
"""What a pixel of a clear ground counts, where one of the figure counts 1."""
GREY_WEIGHT = 0.5
"""What a pixel without hue counts, where one with hue counts 1: grey is the paper that colours are on."""


def colour_of(canvas: Canvas) -> Floats:
    """(WIDTH,) of length 1."""
    lightness, a, b = (canvas.pixels[..., place].ravel() for place in range(3))
    weight = np.where(canvas.figure, 1.0, 1 - canvas.clearness * (1 - GROUND_WEIGHT)).ravel()
    chroma = np.hypot(a, b)
    coloured = chroma**2 / (chroma**2 + CHROMATIC**2)
    hue = (np.arctan2(b, a) / (2 * np.pi)) % 1 * HUES
    depth = np.clip((lightness - 0.15) / 0.75, 0, 1) * (DEPTHS - 1)
    rings = np.zeros((HUES, DEPTHS))
    for place, share in _soft(hue):
        for level, part in _soft(depth):
            np.add.at(rings, (place % HUES, np.minimum(level, DEPTHS - 1)), weight * coloured * share * part)
    greys = np.zeros(GREYS)
    for level, part in _soft(lightness * (GREYS - 1)):
        np.add.at(greys, np.clip(level, 0, GREYS - 1), GREY_WEIGHT * weight * (1 - coloured) * part)
    turned = _spread(rings, axis=0, ring=True)
    counted = np.concatenate([_spread(turned, axis=1, ring=False).ravel(), _spread(greys, axis=0, ring=False)])
    roots: Floats = np.sqrt(counted / counted.sum()).astype(np.float32)
    return roots


def _soft(values: Floats) -> list[tuple[npt.NDArray[np.int64], Floats]]:
    """Each value divided between the two bins beside it: (bin, share) twice."""
    low = np.floor(values).astype(np.int64)
    return [(low, 1 - (values - low)), (low + 1, values - low)]


def _spread(counted: Floats, *, axis: int, ring: bool) -> Floats:
    """Every bin lends a fifth to each neighbour, so that neighbouring colours are more alike than distant ones."""
    if ring:
        return 0.6 * counted + 0.2 * (np.roll(counted, 1, axis) + np.roll(counted, -1, axis))
    moved = np.moveaxis(counted, axis, 0)
    padded = np.concatenate([moved[:1], moved, moved[-1:]])
    return np.moveaxis(0.6 * moved + 0.2 * (padded[:-2] + padded[2:]), 0, axis)
