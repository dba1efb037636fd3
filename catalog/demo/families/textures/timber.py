"""Boards, burls, parquet, end grain."""

import numpy as np

from catalog.demo import canvas
from catalog.demo.canvas import Picture, Plane, Size
from catalog.demo.families.textures.surface import turned


def wood(rng: np.random.Generator, size: Size, make: str, colours: tuple[str, ...]) -> Picture:
    if make == "rings":
        return _end_grain(rng, size, colours)
    u, v = turned(rng, size, most=0.15)
    if make == "parquet":
        u, v, tint = _parquet(rng, u, v)
    elif make == "plank":
        board = np.floor(v * rng.uniform(2.2, 3.4) + 0.3)
        tint = rng.uniform(-0.12, 0.12, 40)[(board.astype(int)) % 40]
        u = u + (board * 3.7) % 5
    else:
        tint = np.zeros_like(u)
    swirl = canvas.noise(rng, size, cells=2.4 if make == "burl" else 1.5, octaves=3, stretch=1 if make == "burl" else 5)
    slow = {"plank": 1.4, "burl": 2.8, "parquet": 0.7}[make]
    rings = v * 7 + u * 0.3 + slow * 3 * swirl + (tint * 40)
    line = (rings % 1.0).astype(np.float32)
    grain = canvas.smoothstep(0.0, 0.75, line) * canvas.smoothstep(1.0, 0.86, line)
    fibre = canvas.noise(rng, size, cells=130, octaves=3, stretch=1 if make in ("burl", "parquet") else 22)
    tone = 0.42 + 0.3 * grain + 0.35 * (fibre - 0.5) + tint
    pores = canvas.smoothstep(
        0.72, 0.86, canvas.noise(rng, size, cells=170, octaves=1, stretch=1 if make == "burl" else 12)
    )
    picture = canvas.ramp((colours[1], colours[0], colours[2]), 1 - tone)
    picture = canvas.shaded(picture, 0.35 * pores)
    gap = np.zeros_like(u) if make == "burl" else _gaps(tint)
    return canvas.shaded(picture, 0.6 * canvas.blur(gap.astype(np.float32), 1.5))


def _gaps(tint: Plane) -> Plane:
    """Dark joints where the board changes."""
    down, across = np.abs(np.diff(tint, axis=0, append=tint[-1:])), np.abs(np.diff(tint, axis=1, append=tint[:, -1:]))
    return np.clip((down + across) * 1e4, 0, 1)


def _parquet(rng: np.random.Generator, u: Plane, v: Plane) -> tuple[Plane, Plane, Plane]:
    """Herringbone blocks, three times as long as wide: coordinates along each block and its tint."""
    turn = np.pi / 4
    a, b = (np.cos(turn) * u - np.sin(turn) * v) * 11, (np.sin(turn) * u + np.cos(turn) * v) * 11
    i, j = np.floor(a), np.floor(b)
    flat = (i - j) % 6 < 3
    block = np.where(flat, (i - (i - j) % 6) * 7 + j * 131, (j - (j - i - 1) % 6) * 13 + i * 57 + 5)
    tint = rng.uniform(-0.16, 0.16, 499)[block.astype(int) % 499]
    along, across = np.where(flat, a, b) / 11, np.where(flat, b, a) / 11
    return along.astype(np.float32), across.astype(np.float32), tint.astype(np.float32)


def _end_grain(rng: np.random.Generator, size: Size, colours: tuple[str, ...]) -> Picture:
    x, y = canvas.grid(size, centre=tuple(rng.uniform(0.3, 0.7, 2)))
    turn = np.arctan2(y, x)
    wobble = canvas.noise(rng, size, cells=1.6, octaves=3) - 0.5
    radius = np.hypot(x, y * rng.uniform(0.85, 1.15)) + 0.16 * wobble
    rings = np.cumsum(rng.uniform(0.006, 0.028, 120))
    index = np.searchsorted(rings, radius.ravel()).reshape(radius.shape)
    edges = np.concatenate([[0.0], rings, [rings[-1] + 1]])
    place = (radius - edges[index]) / (edges[index + 1] - edges[index])
    fibre = canvas.noise(rng, size, cells=180, octaves=2)
    rays = 0.5 + 0.5 * np.sin(turn * 180 + 9 * wobble)
    tone = (
        0.25
        + 0.5 * np.clip(place, 0, 1) ** 3
        + 0.1 * (fibre - 0.5)
        + 0.06 * rays
        + 0.25 * canvas.smoothstep(0.5, 0.0, radius)
    )
    picture = canvas.ramp(colours, tone)
    for start in rng.uniform(-np.pi, np.pi, int(rng.integers(2, 6))):
        apart = np.abs(np.angle(np.exp(1j * (turn - start - 0.4 * wobble)))) * radius
        crack = np.exp(-apart / 0.0035) * canvas.smoothstep(0.03, 0.12, radius) * canvas.smoothstep(0.75, 0.4, radius)
        picture = canvas.shaded(picture, np.clip(0.85 * crack, 0, 1).astype(np.float32))
    return picture
