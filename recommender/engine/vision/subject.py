"""Subject: what is shown, by the network's classes and by the outline of a figure that stands out clearly.

Classes cover the things the network knows; outlines those it does not, and clip art. Outlines are compared centred, at
one size, upright and turned; several figures give their mean.
"""

from functools import lru_cache

import numpy as np
import numpy.typing as npt

from recommender.engine.vision.canvas import Canvas, Floats

CLASSES = 1000
NAMED = 64
"""Length of the classes' part, a random projection of the roots of their probabilities."""
OUTLINE = 14
POLAR = (6, 9)
WIDTH = NAMED + OUTLINE * OUTLINE + POLAR[0] * POLAR[1]
MOST_FIGURES = 6
LEAST_FIGURE = 0.08
"""Least area of a figure that counts, as a share of the largest."""
OUTLINE_WEIGHT, POLAR_WEIGHT = 3.0, 2.0


def subject_of(canvas: Canvas, probabilities: Floats) -> Floats:
    """(WIDTH,); not of length 1, for a clear outline says more than a vague one."""
    named = np.sqrt(np.maximum(probabilities, 0)) @ _directions()
    outline, polar = (
        _outlines(canvas) if canvas.clearness > 0 else (np.zeros(OUTLINE**2), np.zeros(POLAR[0] * POLAR[1]))
    )
    clear = np.sqrt(canvas.clearness)
    return np.concatenate(
        [named, clear * np.sqrt(OUTLINE_WEIGHT) * outline, clear * np.sqrt(POLAR_WEIGHT) * polar]
    ).astype(np.float32)


@lru_cache(maxsize=1)
def _directions() -> npt.NDArray[np.float64]:
    scale = 1 / np.sqrt(NAMED)
    directions: npt.NDArray[np.float64] = np.random.default_rng(0).normal(0, scale, (CLASSES, NAMED))
    return directions


def _outlines(canvas: Canvas) -> tuple[Floats, Floats]:
    from scipy import ndimage

    labels, count = ndimage.label(canvas.figure, structure=np.ones((3, 3)))
    if not count:
        return np.zeros(OUTLINE**2), np.zeros(POLAR[0] * POLAR[1])
    areas = np.bincount(labels.ravel())[1:]
    chosen = np.argsort(-areas, kind="stable")[:MOST_FIGURES]
    chosen = chosen[areas[chosen] >= LEAST_FIGURE * areas.max()]
    upright, turned = np.zeros(OUTLINE**2), np.zeros(POLAR[0] * POLAR[1])
    for number in chosen:
        y, x = np.nonzero(labels == number + 1)
        weight = np.sqrt(areas[number])
        upright += weight * _upright(y, x)
        turned += weight * _turned(y, x)
    return _unit(upright), _unit(turned)


def _upright(y: npt.NDArray[np.int64], x: npt.NDArray[np.int64]) -> Floats:
    """The figure as a soft mask of one size, less its mean."""
    from scipy import ndimage

    reach = np.sqrt(((y - y.mean()) ** 2 + (x - x.mean()) ** 2).mean()) + 0.5
    rows = np.clip(((y - y.mean()) / reach * 0.25 + 0.5) * OUTLINE, 0, OUTLINE - 1e-3)
    columns = np.clip(((x - x.mean()) / reach * 0.25 + 0.5) * OUTLINE, 0, OUTLINE - 1e-3)
    mask, _, _ = np.histogram2d(rows, columns, bins=OUTLINE, range=((0, OUTLINE), (0, OUTLINE)))
    cell = (reach * 4 / OUTLINE) ** 2
    mask = ndimage.gaussian_filter(np.minimum(mask / max(cell, 1), 1.0), 0.6)
    return _unit(mask.ravel() - mask.mean())


def _turned(y: npt.NDArray[np.int64], x: npt.NDArray[np.int64]) -> Floats:
    """How the figure repeats around its centre, ring by ring, the same however it is turned: harmonics' magnitudes."""
    dy, dx = y - y.mean(), x - x.mean()
    distance, angle = np.hypot(dy, dx), np.arctan2(dy, dx)
    reach = np.sqrt((distance**2).mean()) + 0.5
    ring = np.minimum(distance / reach / 2 * POLAR[0], POLAR[0] - 1).astype(np.int64)
    found = np.zeros(POLAR)
    for order in range(POLAR[1]):
        waves = np.exp(1j * order * angle)
        real = np.bincount(ring, weights=waves.real, minlength=POLAR[0])
        imaginary = np.bincount(ring, weights=waves.imag, minlength=POLAR[0])
        found[:, order] = np.hypot(real, imaginary) / len(y) * (1.0 if order == 0 else 2.0)
    return _unit(found.ravel())


def _unit(values: Floats) -> Floats:
    return values / max(float(np.linalg.norm(values)), 1e-6)
