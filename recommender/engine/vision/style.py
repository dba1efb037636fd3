"""Style: how a picture was made, whatever it shows; a photograph, a cut-out on white, a flat drawing.

Plain figures of its pixels, which differ between ways of making pictures as shares and logarithms: photographs have
noise and thousands of colours, drawings have flat areas, few colours and sharp edges (Athitsos et al., "Distinguishing
photographs and graphics on the World Wide Web", CBAIVL 1997).
"""

import numpy as np
import numpy.typing as npt

from recommender.engine.vision.canvas import Canvas, Floats

WIDTH = 11
LUMA = np.array([0.299, 0.587, 0.114], np.float32)
FLAT, NEARLY_FLAT, QUIET = 1, 4, 8
"""Steps of brightness to the next pixel, of 255: none to see, hardly one, none of a contour."""
WHITE = 250
"""Of 255, from which every channel of a white pixel is."""
COMMONEST = 5
"""Colours that a drawing may be made of."""


def style_of(canvas: Canvas) -> Floats:
    """(WIDTH,) figures on scales of their own; a collection's own spread makes them comparable.

    In order: share of flat and of nearly flat pixels; noise where it is quiet; entropy of the colours; share of the
    five commonest ones; share of white; share of the border's commonest colour; mean saturation; how much sharper the
    sharpest edges are than the rest; mean gradient; number of colours. Colours are counted in 32 steps a channel;
    noise, gradients and numbers are logarithms.
    """
    rgb = canvas.rgb.astype(np.float32)
    luma = rgb @ LUMA
    across, down = np.abs(np.diff(luma, axis=1))[:-1], np.abs(np.diff(luma, axis=0))[:, :-1]
    gradient = np.maximum(across, down)
    codes = _codes(canvas.rgb)
    shares = _shares(codes)
    border = np.concatenate([codes[0], codes[-1], codes[:, 0], codes[:, -1]])
    brightest, darkest = rgb.max(axis=2), rgb.min(axis=2)
    sharpest, usual = np.quantile(gradient, (0.98, 0.75))
    return np.array(
        [
            (gradient <= FLAT).mean(),
            (gradient <= NEARLY_FLAT).mean(),
            np.log1p(_noise(luma, gradient)),
            -(shares * np.log(shares)).sum(),
            shares[:COMMONEST].sum(),
            (darkest >= WHITE).mean(),
            _shares(border)[0],
            ((brightest - darkest) / np.maximum(brightest, 1)).mean(),
            np.log1p(sharpest) - np.log1p(usual),
            np.log1p(gradient.mean()),
            np.log(len(shares)),
        ],
        np.float32,
    )


def _codes(rgb: npt.NDArray[np.uint8]) -> npt.NDArray[np.int64]:
    """(h, w): one number a colour, of 32 steps a channel."""
    steps = rgb.astype(np.int64) >> 3
    codes: npt.NDArray[np.int64] = (steps[..., 0] << 10) | (steps[..., 1] << 5) | steps[..., 2]
    return codes


def _shares(codes: npt.NDArray[np.int64]) -> Floats:
    """(colours,) of which share of the pixels each is, the commonest first."""
    _colours, counts = np.unique(codes, return_counts=True)
    return np.sort(counts)[::-1] / codes.size


def _noise(luma: Floats, gradient: Floats) -> float:
    """The mean Laplacian where no contour is near; of the whole picture where there is one everywhere."""
    centre = luma[1:-1, 1:-1]
    laplacian = np.abs(4 * centre - luma[:-2, 1:-1] - luma[2:, 1:-1] - luma[1:-1, :-2] - luma[1:-1, 2:])
    quiet = np.maximum(gradient[1:, 1:], np.maximum(gradient[:-1, 1:], gradient[1:, :-1])) <= QUIET
    return float(laplacian[quiet].mean() if quiet.any() else laplacian.mean())
