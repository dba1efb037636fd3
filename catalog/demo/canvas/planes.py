"""Planes of numbers: sizes, coordinates, noise, blur."""

from typing import TypeAlias

import numpy as np
import numpy.typing as npt
from PIL import Image

Plane: TypeAlias = npt.NDArray[np.float32]
Picture: TypeAlias = npt.NDArray[np.float32]
Size: TypeAlias = tuple[int, int]

LONG_SIDE = 1280
SHAPES: dict[str, Size] = {
    "3:4": (960, 1280),
    "1:1": (1280, 1280),
    "4:3": (1280, 960),
    "2:3": (853, 1280),
    "3:2": (1280, 853),
    "4:5": (1024, 1280),
}


def choose_size(rng: np.random.Generator, *shapes: str) -> Size:
    """One of the named shapes (all of them when none is named)."""
    names = shapes or tuple(SHAPES)
    return SHAPES[names[int(rng.integers(len(names)))]]


def grid(size: Size, *, centre: tuple[float, float] = (0.5, 0.5)) -> tuple[Plane, Plane]:
    """x (1, w) and y (h, 1) to broadcast, zero at `centre` (fractions of the size), one unit = the short side."""
    width, height = size
    unit = min(size)
    x = (np.arange(width, dtype=np.float32) + 0.5 - centre[0] * width) / unit
    y = (np.arange(height, dtype=np.float32) + 0.5 - centre[1] * height) / unit
    return x[None, :], y[:, None]


def smoothstep(low: float, high: float, value: Plane) -> Plane:
    """0 below `low`, 1 above `high`, an S between; `low` > `high` gives the falling S."""
    t = np.clip((value - low) / (high - low), 0, 1)
    return (t * t * (3 - 2 * t)).astype(np.float32)


def slope(plane: Plane, *, right: int, down: int) -> Plane:
    """How much higher each point lies than the one (right, down) px away; the edges repeat."""
    height, width = plane.shape
    rows = np.clip(np.arange(height) + down, 0, height - 1)
    cols = np.clip(np.arange(width) + right, 0, width - 1)
    return plane - plane[rows][:, cols]


def resize(plane: Plane, size: Size, *, box: tuple[float, float, float, float] | None = None) -> Plane:
    """A plane at another size (bicubic; averages when it shrinks), optionally of the part `box`."""
    return np.asarray(Image.fromarray(plane).resize(size, Image.Resampling.BICUBIC, box=box))


def noise(
    rng: np.random.Generator,
    size: Size,
    *,
    cells: float = 4,
    octaves: int = 5,
    gain: float = 0.5,
    stretch: float = 1,
) -> Plane:
    """Fractal value noise over the whole of [0, 1]; `cells` lumps along the short side.

    `stretch` > 1 draws the lumps out sideways, < 1 upwards. Built as a pyramid: each octave doubles the last.
    """
    width, height = size
    unit = min(size) / cells
    cols, rows = max(width / (unit * stretch), 0.5), max(height / unit, 0.5)
    plane = rng.random((int(rows) + 5, int(cols) + 5), dtype=np.float32)
    margin, weight = 2.0, 1.0
    for _ in range(octaves - 1):
        if plane.shape[0] > height and plane.shape[1] > width:
            break
        weight *= gain
        plane = resize(plane, (plane.shape[1] * 2, plane.shape[0] * 2))
        plane = plane + np.float32(weight) * rng.random(plane.shape, dtype=np.float32)
        margin, cols, rows = margin * 2, cols * 2, rows * 2
    inner = plane[int(margin) : int(margin + rows) + 2, int(margin) : int(margin + cols) + 2]
    low, high = inner.min(), inner.max()
    plane = (plane - low) * (1 / (high - low + np.float32(1e-9)))
    return np.clip(resize(plane, size, box=(margin, margin, margin + cols, margin + rows)), 0, 1)


def blur(plane: Plane, radius: float) -> Plane:
    """A Gaussian blur of standard deviation `radius` px, of a plane or a picture, at a reduced size where it may."""
    if plane.ndim == 3:
        return np.stack([blur(np.ascontiguousarray(plane[..., i]), radius) for i in range(3)], axis=-1)
    height, width = plane.shape
    factor = max(1.0, radius / 1.6)
    small = (max(4, round(width / factor)), max(4, round(height / factor)))
    work = plane if factor == 1.0 else resize(plane, small)
    sigma = radius / factor
    reach = int(np.ceil(2.6 * sigma))
    kernel = np.exp(-0.5 * (np.arange(-reach, reach + 1) / sigma) ** 2)
    kernel = (kernel / kernel.sum()).astype(np.float32)
    for axis in (0, 1):
        pads = [(reach, reach) if axis == a else (0, 0) for a in (0, 1)]
        padded, length = np.pad(work, pads, mode="edge"), work.shape[axis]
        taken = (
            np.take(padded, range(i, i + length), axis) if axis else padded[i : i + length] for i in range(len(kernel))
        )
        work = sum((part * weight for part, weight in zip(taken, kernel, strict=True)), np.float32(0))
    return work if factor == 1.0 else np.clip(resize(work, (width, height)), 0, None)
