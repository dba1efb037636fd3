"""A picture made small and split into figure and ground, its colours as people see them.

The ground is what the border is made of (the boundary prior of saliency: Wei et al., "Geodesic saliency using
background priors", ECCV 2012): a few colours that cover most of the border. Where the border has many colours, figure
and ground cannot be told apart, and `clearness` goes to 0.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from PIL import Image

Floats = npt.NDArray[np.floating[Any]]

SIDE = 160
"""Pixels of the longer side that aspects are read from."""
BORDER = 0.05
"""Width of the border, as a share of the shorter side."""
GROUNDS = 3
"""Most colours of a ground."""
GROUND_SHARE = 0.12
"""Least share of the border that a colour of the ground covers."""
APART = 0.09
"""Distance in OKLab from which two colours count as different."""
CLOSING = 9
"""Pixels across a gap in a figure that is part of its texture rather than a hole."""


@dataclass(frozen=True, eq=False)
class Canvas:
    """rgb, pixels: (h, w, 3), sRGB and OKLab.  figure: (h, w), what stands out.  clearness: 0-1, how surely it does."""

    rgb: npt.NDArray[np.uint8]
    pixels: Floats
    figure: npt.NDArray[np.bool_]
    clearness: float


def canvas_of(picture: Image.Image) -> Canvas:
    """Read a picture of any size; RGB, or anything that converts to it."""
    small = picture.convert("RGB")
    small.thumbnail((SIDE, SIDE), Image.Resampling.BOX, reducing_gap=2.0)
    if min(small.size) < SIDE // 8:  # a line of pixels has no texture and no figure, but must not break
        small = small.resize([max(length, SIDE // 8) for length in small.size], Image.Resampling.BOX)
    rgb = np.asarray(small)
    pixels = oklab(rgb.astype(np.float32) / 255)
    figure, clearness = _figure(pixels)
    return Canvas(rgb, pixels, figure, clearness)


def oklab(rgb: Floats) -> Floats:
    """sRGB in 0-1 to OKLab (Ottosson 2020): L in 0-1, a and b about -0.3 to 0.3."""
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    return (np.cbrt(linear @ _TO_LMS.T) @ _TO_LAB.T).astype(np.float32)


_TO_LMS = np.array(
    [
        [0.4122214708, 0.5363325363, 0.0514459929],
        [0.2119034982, 0.6806995451, 0.1073969566],
        [0.0883024619, 0.2817188376, 0.6299787005],
    ],
    np.float32,
)
_TO_LAB = np.array(
    [
        [0.2104542553, 0.7936177850, -0.0040720468],
        [1.9779984951, -2.4285922050, 0.4505937099],
        [0.0259040371, 0.7827717662, -0.8086757660],
    ],
    np.float32,
)


def _figure(pixels: Floats) -> tuple[npt.NDArray[np.bool_], float]:
    from scipy import ndimage

    border = _border(pixels)
    grounds = _grounds(border)
    if not len(grounds):
        return np.ones(pixels.shape[:2], np.bool_), 0.0
    apart = _nearest_apart(pixels, grounds)
    out = apart > APART
    closed = ndimage.binary_closing(np.pad(out, CLOSING), _disc(CLOSING / 2))[CLOSING:-CLOSING, CLOSING:-CLOSING] | out
    figure = ndimage.binary_opening(closed, _disc(1.5))
    share = float(figure.mean())
    uniform = float((_nearest_apart(border[None], grounds) < APART).mean())
    edge = float(_border(figure[..., None].astype(np.float32)).mean())
    clear = np.clip((uniform - 0.6) / 0.3, 0, 1) * np.clip((0.8 - share) / 0.2, 0, 1) * np.clip(share / 0.01, 0, 1)
    clear *= np.clip((0.6 - edge) / 0.3, 0, 1)
    if clear <= 0:
        return np.ones(pixels.shape[:2], np.bool_), 0.0
    return figure, float(clear)


def _border(pixels: Floats) -> Floats:
    """(n, c): the pixels within the border."""
    width = max(2, round(BORDER * min(pixels.shape[:2])))
    inner = np.ones(pixels.shape[:2], np.bool_)
    inner[width:-width, width:-width] = False
    return pixels[inner]


def _grounds(border: Floats) -> Floats:
    """(m, 3) the colours the border is made of, found one by one, each among the pixels left by those before."""
    found, left, total = [], border, len(border)
    for _ in range(GROUNDS):
        if len(left) < GROUND_SHARE * total:
            break
        centre = np.median(left, axis=0)
        near = np.linalg.norm(left - centre, axis=1)
        centre = left[near.argmin()]
        for _step in range(3):
            inside = np.linalg.norm(left - centre, axis=1) < APART
            if not inside.any():
                break
            centre = left[inside].mean(axis=0)
        inside = np.linalg.norm(left - centre, axis=1) < APART
        if inside.sum() >= GROUND_SHARE * total:
            found.append(centre)
        left = left[~inside] if inside.any() else left[:0]
    return np.array(found, np.float32).reshape(-1, 3)


def _nearest_apart(pixels: Floats, grounds: Floats) -> Floats:
    apart = np.stack([np.linalg.norm(pixels - ground, axis=-1) for ground in grounds])
    nearest: Floats = apart.min(axis=0)
    return nearest


def _disc(radius: float) -> npt.NDArray[np.bool_]:
    reach = int(radius)
    y, x = np.mgrid[-reach : reach + 1, -reach : reach + 1]
    disc: npt.NDArray[np.bool_] = x * x + y * y <= radius * radius
    return disc
