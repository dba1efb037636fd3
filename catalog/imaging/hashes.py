"""Perceptual hashes as unsigned 64-bit integers, bit for bit those of the ImageHash library.

Near-copies differ in few bits (`(a ^ b).bit_count()`); unrelated pictures in about 32.
"""

import math
from collections.abc import Sequence
from functools import cache
from operator import mul

from PIL import Image

HASH_SIDE = 8
DCT_SIDE = 32


def phash(image: Image.Image) -> int:
    """Hash the coarse structure: which of the 8×8 lowest DCT-II coefficients pass their median, on 32×32 grey.

    Definition: https://www.hackerfactor.com/blog/index.php?/archives/432-Looks-Like-It.html. Coefficients are rounded
    to 1e-6, so that those which are zero by symmetry do not turn into bits of rounding noise.
    """
    grey = image.convert("L").resize((DCT_SIDE, DCT_SIDE), Image.Resampling.LANCZOS)
    pixels = grey.tobytes()
    rows = [pixels[at : at + DCT_SIDE] for at in range(0, DCT_SIDE * DCT_SIDE, DCT_SIDE)]
    waves = _cosines()
    across = [[_dot(row, wave) for wave in waves] for row in rows]
    columns = list(zip(*across, strict=True))
    low = [round(_dot(column, wave), 6) for wave in waves for column in columns]
    median = sum(sorted(low)[31:33]) / 2
    return _as_integer([coefficient > median for coefficient in low])


def dhash(image: Image.Image) -> int:
    """Hash the gradient: in the 9×8 grey picture, is a pixel brighter than the one to its left?

    Definition: https://www.hackerfactor.com/blog/index.php?/archives/529-Kind-of-Like-That.html
    """
    grey = image.convert("L").resize((HASH_SIDE + 1, HASH_SIDE), Image.Resampling.LANCZOS).tobytes()
    starts = range(0, len(grey), HASH_SIDE + 1)
    return _as_integer([grey[start + x + 1] > grey[start + x] for start in starts for x in range(HASH_SIDE)])


@cache
def _cosines() -> list[list[float]]:
    """Give the 8 lowest waves of the DCT-II of length 32: `2 cos(π k (2n + 1) / 64)`."""
    return [
        [2 * math.cos(math.pi * k * (2 * n + 1) / (2 * DCT_SIDE)) for n in range(DCT_SIDE)] for k in range(HASH_SIDE)
    ]


def _dot(values: Sequence[float], wave: list[float]) -> float:
    return float(sum(map(mul, values, wave)))


def _as_integer(bits: list[bool]) -> int:
    """Read the bits row by row, the first as the highest."""
    return int("".join("1" if bit else "0" for bit in bits), 2)
