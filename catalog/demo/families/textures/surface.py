"""Coordinates of a cloth that does not lie straight, and light on a relief."""

import numpy as np

from catalog.demo import canvas
from catalog.demo.canvas import Picture, Plane, Size


def turned(rng: np.random.Generator, size: Size, *, most: float, bend: float = 0.0) -> tuple[Plane, Plane]:
    """Coordinates turned by up to `most` radians and bent by noise, for a cloth that does not lie straight."""
    x, y = canvas.grid(size)
    turn = rng.uniform(-most, most)
    u, v = np.cos(turn) * x - np.sin(turn) * y, np.sin(turn) * x + np.cos(turn) * y
    if bend:
        u = u + bend * (canvas.noise(rng, size, cells=2, octaves=2) - 0.5)
        v = v + bend * (canvas.noise(rng, size, cells=2, octaves=2) - 0.5)
    return u.astype(np.float32), v.astype(np.float32)


def relief_lit(picture: Picture, height: Plane, *, strength: float) -> Picture:
    """Light from the upper left on a height field."""
    down, across = np.gradient(height)
    light = np.tanh(-(across + down) * strength)
    return np.clip(picture * (1 + 0.45 * light[..., None]) + 0.06 * np.clip(light, 0, 1)[..., None], 0, 1)
