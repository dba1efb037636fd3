"""Colours: read, mixed and laid out in ramps as the eye sees them."""

from collections.abc import Sequence
from functools import lru_cache
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from catalog.demo.canvas.planes import Picture, Plane

Colour: TypeAlias = str | Sequence[float] | npt.NDArray[np.float32]


def rgb(colour: Colour) -> npt.NDArray[np.float32]:
    """(3,) of '#rrggbb' or of three numbers."""
    return _parsed(colour) if isinstance(colour, str) else np.asarray(colour, np.float32)


@lru_cache(maxsize=4096)
def _parsed(colour: str) -> npt.NDArray[np.float32]:
    values = np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)], np.float32) / 255
    values.flags.writeable = False
    return values


def mix(first: Colour, second: Colour, share: float) -> npt.NDArray[np.float32]:
    """`share` of the second colour in the first, mixed as the eye would (Oklab)."""
    lab = _to_oklab(np.array([rgb(first), rgb(second)], np.float64))
    return _from_oklab(lab[0] + (lab[1] - lab[0]) * share).astype(np.float32)


def vary(rng: np.random.Generator, colour: Colour, amount: float) -> npt.NDArray[np.float32]:
    """The colour a little lighter or darker and a little off in hue."""
    lighter, *hues = (amount * rng.standard_normal(4)).tolist()
    return np.array(
        [min(1.0, max(0.0, c + lighter + 0.4 * h)) for c, h in zip(rgb(colour).tolist(), hues, strict=True)], np.float32
    )


def _to_oklab(colours: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """sRGB → Oklab (Ottosson, 2020)."""
    linear = np.where(colours <= 0.04045, colours / 12.92, ((colours + 0.055) / 1.055) ** 2.4)
    return np.cbrt(linear @ _CONES.T) @ _OPPONENT.T


def _from_oklab(colours: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    linear = np.clip((colours @ _FROM_OPPONENT) ** 3 @ _FROM_CONES, 0, 1)
    return np.where(linear <= 0.0031308, linear * 12.92, 1.055 * linear ** (1 / 2.4) - 0.055)


_CONES = np.array(
    [
        [0.4122214708, 0.5363325363, 0.0514459929],
        [0.2119034982, 0.6806995451, 0.1073969566],
        [0.0883024619, 0.2817188376, 0.6299787005],
    ]
)
_OPPONENT = np.array(
    [
        [0.2104542553, 0.7936177850, -0.0040720468],
        [1.9779984951, -2.4285922050, 0.4505937099],
        [0.0259040371, 0.7827717662, -0.8086757660],
    ]
)
_FROM_CONES, _FROM_OPPONENT = np.linalg.inv(_CONES).T, np.linalg.inv(_OPPONENT).T


def ramp(colours: Sequence[Colour], position: Plane, *, stops: Sequence[float] | None = None) -> Picture:
    """The colours laid along [0, 1] (evenly, or at `stops`), smooth in Oklab, looked up at `position` (any shape)."""
    at = np.linspace(0, 1, len(colours)) if stops is None else np.asarray(stops, np.float64)
    lab = _to_oklab(np.array([rgb(c) for c in colours], np.float64))
    fine = np.linspace(0, 1, 2048)
    table = _from_oklab(np.stack([np.interp(fine, at, lab[:, i]) for i in range(3)], axis=-1)).astype(np.float32)
    index = (np.clip(position, 0, 1) * 2047).astype(np.int32)
    return np.take(table, index, axis=0)
