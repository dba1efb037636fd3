"""Stocking stitch, cables, Fair Isle."""

import numpy as np

from catalog.demo import canvas
from catalog.demo.canvas import Picture, Plane, Size
from catalog.demo.families.textures.surface import relief_lit, turned


def knit(rng: np.random.Generator, size: Size, make: str, colours: tuple[str, ...]) -> Picture:
    """Stocking stitch: columns of little V's; cables wander, Fair Isle chooses a colour for every stitch."""
    columns = {"stocking": 15, "cable": 26, "fairisle": 34}[make] * rng.uniform(0.9, 1.15)
    u, v = turned(rng, size, most=0.3 if make != "cable" else 0.1, bend=0.03)
    raised = np.zeros_like(u)
    if make == "cable":
        u, raised = _cables(u, v, columns)
    column = np.floor(u * columns)
    x = u * columns - column - 0.5
    row = v * columns * 1.2 - 1.9 * np.abs(x)
    y = row - np.floor(row) - 0.5
    half = np.abs(x) * 4 - 1
    body = np.sqrt(np.clip(1 - half * half * 0.95, 0, 1)) * np.clip(1 - (2 * y) ** 4 * 0.75, 0, 1)
    fuzz = canvas.noise(rng, size, cells=120, octaves=2)
    strands = 0.07 * np.sin((y + half * 0.9) * 13)
    colour = _stitches(rng, make, colours, column, np.floor(row))
    picture = np.clip(colour * (0.28 + 0.66 * body + strands + 0.3 * (fuzz - 0.5))[..., None], 0, 1)
    return relief_lit(picture, raised.astype(np.float32), strength=24.0) if make == "cable" else picture


def _cables(u: Plane, v: Plane, columns: float) -> tuple[Plane, Plane]:
    """Bend the columns into pairs of ropes that cross, with their height."""
    width = 8 / columns
    rope = np.floor(u / width)
    local = u / width - rope - 0.5
    swing = 0.2 * np.sin(v * 2 * np.pi * 2.6 + rope * np.pi)
    inside = np.abs(local) < 0.4
    first = np.exp(-(((local - swing) / 0.14) ** 2))
    second = np.exp(-(((local + swing) / 0.14) ** 2))
    raised = np.where(inside, np.maximum(first, second), 0.1)
    shift = np.where(first > second, -swing, swing)
    return np.where(inside, u + shift * width, u), canvas.blur(raised.astype(np.float32), 2.0)


def _stitches(rng: np.random.Generator, make: str, colours: tuple[str, ...], column: Plane, row: Plane) -> Picture:
    table = np.stack([canvas.rgb(colour) for colour in colours])
    if make != "fairisle":
        shade = rng.uniform(0.9, 1.1, 997)[(column * 31 + row * 17).astype(int) % 997]
        return table[1] * shade[..., None].astype(np.float32)
    motif = _fair_isle(rng, len(colours))
    return table[motif[row.astype(int) % motif.shape[0], column.astype(int) % motif.shape[1]]]


def _fair_isle(rng: np.random.Generator, count: int) -> np.ndarray:
    """Bands of peeries, diamonds and zigzags over twelve stitches."""
    x = np.arange(12)
    bands: list[np.ndarray] = []
    for _ in range(3):
        ground, ink = rng.permutation(count)[:2] if bands else (0, 1)
        height = int(rng.integers(7, 12))
        y = np.arange(height)[:, None]
        near = np.abs(x - 6) + np.abs(y - height // 2)
        shape = [near % 5 < 2, np.abs((x % 6) - 3) == y % 4, (near < 5) & (near % 2 == 0)][int(rng.integers(3))]
        bands += [np.where(shape, ink, ground), np.full((1, 12), ink), np.where(x[None] % 2 == 0, 0, ink)]
    return np.concatenate([*bands, np.zeros((3, 12), int)])
