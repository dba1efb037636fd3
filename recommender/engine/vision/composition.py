"""Composition: where in the frame things are, whatever they are and whatever their colour.

Maps of the frame, squeezed to a square: where the figure is, where it is light, and where there is detail. The clearer
the figure, the more the first counts.
"""

import numpy as np

from recommender.engine.vision.canvas import Canvas, Floats

GRID = 10
WIDTH = 3 * GRID * GRID
BLUR = 0.9
"""Deviation of the blur; cells."""


def composition_of(canvas: Canvas) -> Floats:
    """(WIDTH,) of length 1 at most; 0 for a blank picture."""
    lightness = canvas.pixels[..., 0]
    dy, dx = np.gradient(lightness)
    clear = canvas.clearness
    maps = [
        (np.sqrt(clear), _centred(_cells(canvas.figure.astype(np.float32)))),
        (np.sqrt((1 - clear) * 0.5), _centred(_cells(lightness))),
        (np.sqrt((1 - clear) * 0.5), _centred(np.sqrt(_cells(np.hypot(dy, dx))))),
    ]
    return np.concatenate([weight * part.ravel() for weight, part in maps]).astype(np.float32)


def _cells(values: Floats) -> Floats:
    """(GRID, GRID): means of the cells of the frame, blurred."""
    from scipy import ndimage

    tall = np.linspace(0, values.shape[0], GRID + 1).astype(np.int64)
    wide = np.linspace(0, values.shape[1], GRID + 1).astype(np.int64)
    sums = np.add.reduceat(np.add.reduceat(values.astype(np.float64), tall[:-1], axis=0), wide[:-1], axis=1)
    cells = sums / np.outer(np.diff(tall), np.diff(wide))
    blurred: Floats = ndimage.gaussian_filter(cells, BLUR, mode="constant")
    return blurred


def _centred(cells: Floats) -> Floats:
    centred = cells - cells.mean()
    scaled: Floats = centred / max(float(np.linalg.norm(centred)), 1e-4)
    return scaled
