"""A wall of tiles: its glaze, its colours and its joints."""

import numpy as np

from catalog.demo import canvas
from catalog.demo.canvas import Picture, Plane, Size

Rng = np.random.Generator


Glaze = tuple[str, ...]  # the ground first, then the inks


Wall = tuple[Picture, Plane]  # the colours, and where the joints are


def turned(rng: Rng, size: Size, cells: float, turns: tuple[float, ...] = (0, np.pi / 4)) -> tuple[Plane, Plane]:
    """Coordinates in tiles, turned and shifted."""
    x, y = canvas.grid(size)
    turn = float(rng.choice(turns))
    u, v = (x * np.cos(turn) - y * np.sin(turn)) * cells, (x * np.sin(turn) + y * np.cos(turn)) * cells
    return (u + rng.random()).astype(np.float32), (v + rng.random()).astype(np.float32)
