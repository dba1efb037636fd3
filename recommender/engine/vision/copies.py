"""Near-copies of a picture as people upload them: cropped, compressed again, mirrored. Search must find these."""

import io
from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import NDArray
from PIL import Image

KEPT = 0.85
"""Share of each side that a cut keeps."""
HALF = 0.5
QUALITY = 40
"""Of the JPEG in the pressing, from 1 to 95."""

Pixels = NDArray[np.uint8]


def cut(pixels: Pixels) -> Pixels:
    """The middle 85 % of each side."""
    height, width = pixels.shape[:2]
    top, left = round(height * (1 - KEPT) / 2), round(width * (1 - KEPT) / 2)
    return pixels[top : max(height - top, top + 1), left : max(width - left, left + 1)]


def pressed(pixels: Pixels) -> Pixels:
    """Half as large, and through a JPEG of low quality."""
    picture = Image.fromarray(pixels)
    width, height = (max(2, round(side * HALF)) for side in picture.size)
    small = picture.resize((width, height), Image.Resampling.BICUBIC)
    file = io.BytesIO()
    small.save(file, "JPEG", quality=QUALITY)
    with Image.open(file, formats=("JPEG",)) as again:
        return np.asarray(again.convert("RGB"))


def mirrored(pixels: Pixels) -> Pixels:
    """Left and right exchanged."""
    return np.ascontiguousarray(pixels[:, ::-1])


COPIES: Mapping[str, Callable[[Pixels], Pixels]] = {"cut": cut, "pressed": pressed, "mirrored": mirrored}
"""Each takes and gives (h, w, 3) uint8; the size may change."""
