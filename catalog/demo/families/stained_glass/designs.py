"""Designs for leaded windows: which piece each point belongs to, and its place on the colour scale."""

import numpy as np
import numpy.typing as npt

from catalog.demo import canvas
from catalog.demo.canvas import Plane, Size

Rng = np.random.Generator


Pieces = npt.NDArray[np.int32]  # (h, w): which piece of glass a pixel belongs to


Design = tuple[Pieces, Plane]  # the pieces, and where each lies on the colour scale in [0, 1]


def rose(rng: Rng, size: Size) -> Design:
    """Rings of petals round a hub; each ring has its own number of lights and its own curve."""
    x, y = canvas.grid(size)
    radius, angle = np.hypot(x, y) / 0.478, np.arctan2(y, x) / (2 * np.pi) + 0.5
    fold = int(rng.choice([6, 8, 10, 12, 16]))
    pieces, scale = np.zeros(radius.shape, np.int32), np.zeros(radius.shape, np.float32)
    bounds = np.concatenate([[0], np.cumsum(rng.uniform(0.8, 1.25, 5))])
    bounds = bounds / bounds[-1]
    for ring in range(5):
        lights = fold * (1 if ring < 2 else 2 if ring < 4 or fold > 10 else 4)
        turn = (angle * lights + (0.5 if ring % 2 else 0)) % lights
        lobe = np.abs(np.sin(np.pi * turn)) ** rng.uniform(0.5, 1.0) * rng.uniform(-0.09, 0.09)
        inside = radius > bounds[ring] + (lobe if ring else 0)
        share = np.clip((radius - bounds[ring]) / (bounds[ring + 1] - bounds[ring]), 0, 1)
        within = np.hypot((turn % 1 - 0.5) * rng.uniform(1.6, 2.3), (share - 0.5) * 2)
        petal = within < rng.uniform(0.7, 0.95)
        heart = within < rng.uniform(0.25, 0.45)
        tone = rng.random(3).astype(np.float32)
        number = 1 + ring * 400 + turn.astype(np.int32) * 3
        alternate = (turn.astype(np.int32) % 2) * np.float32(rng.choice([0, 0.3]))
        pieces = np.where(inside, number + petal + heart, pieces)
        scale = np.where(inside, (np.where(heart, tone[2], np.where(petal, tone[1], tone[0])) + alternate) % 1, scale)
    hub = radius < bounds[1] * 0.45
    return np.where(hub, 1, pieces), np.where(hub, rng.uniform(0.6, 1), scale).astype(np.float32)


def _shards(rng: Rng, size: Size, *, cells: float, warp: float = 0.0) -> tuple[Pieces, Plane, Plane]:
    """A jittered Voronoi mosaic: pieces, and the x and y of each piece's seed as fractions of the size."""
    width, height = size
    step = min(size) / cells
    u = np.arange(width, dtype=np.float32)[None, :] / step + 2
    v = np.arange(height, dtype=np.float32)[:, None] / step + 2
    if warp:
        u = u + warp * (canvas.noise(rng, size, cells=3, octaves=2) - 0.5)
        v = v + warp * (canvas.noise(rng, size, cells=3, octaves=2) - 0.5)
    u, v = np.broadcast_arrays(u, v)
    cols, rows = int(width / step + warp) + 6, int(height / step + warp) + 6
    jitter = rng.uniform(0.08, 0.92, (rows, cols, 2)).astype(np.float32)
    col, row = u.astype(np.int32), v.astype(np.int32)
    best, pieces = np.full(u.shape, 9, np.float32), np.zeros(u.shape, np.int32)
    for down in (-1, 0, 1):
        for right in (-1, 0, 1):
            c, r = np.clip(col + right, 0, cols - 1), np.clip(row + down, 0, rows - 1)
            seed = jitter[r, c]
            far = (c + seed[..., 0] - u) ** 2 + (r + seed[..., 1] - v) ** 2
            nearer = far < best
            best, pieces = np.where(nearer, far, best), np.where(nearer, r * cols + c, pieces)
    seeds = (np.indices((rows, cols))[::-1].transpose(1, 2, 0) + jitter - 2) * step / np.array(size)
    place = np.clip(seeds.reshape(-1, 2), 0, 1).astype(np.float32)[pieces]
    return pieces, place[..., 0], place[..., 1]


def mosaic(rng: Rng, size: Size) -> Design:
    """Shards whose colours follow a great swirl or a glow from the middle."""
    pieces, x, y = _shards(rng, size, cells=rng.uniform(8, 15), warp=float(rng.uniform(0, 4)))
    x, y = x - rng.uniform(0.3, 0.7), y - rng.uniform(0.3, 0.7)
    turn, far = np.arctan2(y, x), np.hypot(x, y)
    arms = int(rng.integers(0, 4))
    return pieces, (0.5 + 0.5 * np.sin(arms * turn + far * rng.uniform(4, 12) + rng.uniform(0, 6))).astype(np.float32)


def sunrise(rng: Rng, size: Size) -> Design:
    """A sun with rays behind hills, cut into shards."""
    shards, _, _ = _shards(rng, size, cells=rng.uniform(4, 6))
    x, y = canvas.grid(size, centre=(rng.uniform(0.3, 0.7), rng.uniform(0.38, 0.58)))
    far, turn = np.hypot(x, y), np.arctan2(y, x)
    rays = int(rng.integers(14, 26))
    ray = np.floor((turn / (2 * np.pi) + 0.5) * rays).astype(np.int32)
    ring = (far * rng.uniform(2.5, 4) + 0.18 * (ray % 2)).astype(np.int32)
    sun = far < rng.uniform(0.12, 0.19)
    pieces = np.where(sun, 4000, 1 + ray * 7 + ring)
    scale = np.where(sun, 0.97, 0.86 - 0.42 * far + 0.07 * (ray % 2))
    for i in range(4):
        wave = sum(rng.uniform(0.02, 0.06) * np.sin(x * rng.uniform(2, 7) + rng.uniform(0, 6)) for _ in range(2))
        under = y > 0.06 + 0.13 * i + wave
        pieces = np.where(under, 1000 + i * 500 + shards % 500, pieces)
        scale = np.where(under, 0.36 - 0.1 * i, scale)
    return pieces.astype(np.int32), np.clip(scale, 0, 1).astype(np.float32)


def river(rng: Rng, size: Size) -> Design:
    """Long bands that flow across the window, each cut into lengths."""
    x, y = canvas.grid(size)
    fold = rng.uniform(0.10, 0.24)
    tilt = rng.uniform(-0.6, 0.6)
    flow = y + tilt * x
    for reach in (2.2, 4.7):
        flow = flow + fold / reach * 2 * np.sin(x * reach + rng.uniform(0, 6)) * np.cos(
            y * reach * 0.6 + rng.uniform(0, 6)
        )
    band = np.floor(flow * rng.uniform(9, 15)).astype(np.int32) + 64
    cut = np.floor(x * 3.2 + rng.random(256).astype(np.float32)[band % 256] * 3 + 0.3 * flow).astype(np.int32) + 32
    tone = (rng.random(256) * 0.3).astype(np.float32)[band % 256]
    moon = np.hypot(x - rng.uniform(-0.25, 0.25), y + 0.3 * size[1] / min(size)) < rng.uniform(0.1, 0.16)
    scale = np.where(moon, 0.98, 0.06 + 0.62 * (band - band.min()) / np.ptp(band) + tone)
    return np.where(moon, 4095, band * 61 + cut).astype(np.int32), np.clip(scale, 0, 1).astype(np.float32)


def lily(rng: Rng, size: Size) -> Design:
    """Flowers on long stems over a ground of panes."""
    x, y = canvas.grid(size, centre=(0.5, 0.5))
    tall = size[1] / min(size)
    pane = np.floor(x * 5 + 40).astype(np.int32) + 97 * np.floor(y * 3.4 + 40).astype(np.int32)
    pieces, scale = pane.astype(np.int32), (0.10 + 0.12 * np.sin(pane * 2.4)).astype(np.float32)
    count = int(rng.integers(2, 5))
    for i, rise in enumerate(rng.permutation(count)):
        foot, lean = (i + rng.uniform(0.35, 0.65)) / count * 0.7 - 0.35, rng.uniform(-0.09, 0.09)
        head = (foot + lean, (-0.3 + 0.36 * rise / count + rng.uniform(-0.03, 0.03)) * tall)
        along = np.clip((0.5 * tall - y) / (0.5 * tall - head[1]), 0, 1)
        bend = x - foot - lean * along**2
        stem = (np.abs(bend) < 0.012) & (y > head[1])
        leaf = (
            np.abs(np.abs(bend) - 0.2 * np.sin(np.pi * along) * 0.45)
            < 0.06 * np.sin(np.pi * np.clip(along * 1.5, 0, 1))
        ) & (y > head[1] + 0.1)
        pieces, scale = np.where(leaf, 900 + i * 8 + (bend > 0), pieces), np.where(leaf, 0.42, scale)
        pieces, scale = np.where(stem, 990 + i, pieces), np.where(stem, 0.34, scale)
        pieces, scale = _bloom(rng, pieces, scale, x - head[0], y - head[1], 2000 + i * 40)
    return pieces.astype(np.int32), np.clip(scale, 0, 1).astype(np.float32)


def _bloom(rng: Rng, pieces: Pieces, scale: Plane, x: Plane, y: Plane, number: int) -> Design:
    petals, size, spin = int(rng.integers(5, 9)), rng.uniform(0.11, 0.17), rng.uniform(0, 6)
    far, turn = np.hypot(x, y), (np.arctan2(y, x) + spin) / (2 * np.pi) * petals
    for layer, (share, shift, tone) in enumerate(((1.0, 0.0, 0.72), (0.66, 0.5, 0.84))):
        place = (turn + shift) % petals
        petal = far < size * share * (0.55 + 0.45 * np.abs(np.sin(np.pi * place)))
        pieces, scale = (
            np.where(petal, number + layer * 16 + place.astype(np.int32), pieces),
            np.where(petal, tone, scale),
        )
    heart = far < size * 0.24
    return np.where(heart, number + 39, pieces), np.where(heart, 1.0, scale).astype(np.float32)


def prairie(rng: Rng, size: Size) -> Design:
    """Straight leads: clear panes, a band of small coloured squares, chevrons rising in the middle."""
    x, y = canvas.grid(size)
    tall = size[1] / min(size)
    side = np.abs(x)
    cols = np.sort(rng.uniform(0.03, 0.46, int(rng.integers(4, 7))))
    rows = np.sort(rng.uniform(-0.46, 0.46, int(rng.integers(6, 11)))) * tall
    col, row = np.searchsorted(cols, side).astype(np.int32), np.searchsorted(rows, y).astype(np.int32)
    pieces = (col + 10) * 40 + row + (x > 0) * 700
    tone = rng.choice([0.04, 0.07, 0.1, 0.5, 0.7, 0.9], (16, 32), p=[0.28, 0.24, 0.18, 0.1, 0.1, 0.1]).astype(
        np.float32
    )
    scale = tone[col, row]
    chevron = y + side * rng.uniform(0.7, 1.5) - rng.uniform(-0.3, 0.0) * tall
    step = np.floor(chevron * rng.uniform(9, 16)).astype(np.int32)
    inside = (side < cols[-2]) & (step >= 0) & (step < int(rng.integers(6, 12)))
    pieces = np.where(inside, 3000 + step * 12 + col % 3 + (x > 0) * 4, pieces)
    scale = np.where(inside, rng.random(32).astype(np.float32)[step % 32] * (0.5 + 0.5 * (col % 2)), scale)
    return pieces.astype(np.int32), scale.astype(np.float32)
