"""Cork, gravel, sand, rattan and beaten or weathered metal."""

import numpy as np

from catalog.demo import canvas
from catalog.demo.canvas import Picture, Plane, Size
from catalog.demo.families.textures.surface import relief_lit, turned


def _cells(rng: np.random.Generator, size: Size, cells: float) -> tuple[Plane, Plane, np.ndarray]:
    """Worley cells: distance to the nearest and the gap to the second seed (in cells), and the cell's number."""
    small = (size[0] // 2, size[1] // 2)
    u, v = canvas.grid(small)
    u, v = np.broadcast_to(u * cells, small[::-1]), np.broadcast_to(v * cells, small[::-1])
    i, j = np.floor(u).astype(np.int32), np.floor(v).astype(np.int32)
    seeds = rng.random((64, 64, 2), dtype=np.float32)
    first, second = np.full(u.shape, 9, np.float32), np.full(u.shape, 9, np.float32)
    owner = np.zeros(u.shape, np.int32)
    for down in (-1, 0, 1):
        for across in (-1, 0, 1):
            a, b = (i + across), (j + down)
            jitter = seeds[b % 64, a % 64]
            distance = (a + jitter[..., 0] - u) ** 2 + (b + jitter[..., 1] - v) ** 2
            nearer = distance < first
            second = np.where(nearer, first, np.minimum(second, distance))
            first = np.where(nearer, distance, first)
            owner = np.where(nearer, (b % 64) * 64 + a % 64, owner)
    near, gap = canvas.resize(np.sqrt(first), size), canvas.resize(np.sqrt(second) - np.sqrt(first), size)
    rows, columns = np.arange(size[1]) * small[1] // size[1], np.arange(size[0]) * small[0] // size[0]
    return near, gap, owner[rows[:, None], columns[None, :]]


def cork(rng: np.random.Generator, size: Size, make: str, colours: tuple[str, ...]) -> Picture:
    if make == "sand":
        _, v = turned(rng, size, most=0.5, bend=0.5)
        phase = v * 13 + 2.2 * canvas.noise(rng, size, cells=3, octaves=3)
        ripple = (0.5 + 0.5 * np.sin(phase * 2 * np.pi / 1.4) ** 1).astype(np.float32) ** 1.5
        picture = canvas.ramp((colours[1], colours[0], colours[2]), 0.25 + 0.6 * ripple)
        grains = canvas.noise(rng, size, cells=300, octaves=1)
        return relief_lit(np.clip(picture * (0.9 + 0.2 * grains[..., None]), 0, 1), ripple, strength=18.0)
    _, gap, owner = _cells(rng, size, 26 if make == "fine" else 13)
    shade = rng.uniform(0, 1, 4096).astype(np.float32)[owner]
    picture = canvas.ramp((colours[1], colours[0], *colours[2:]), shade)
    if make == "fine":
        crumbs = canvas.noise(rng, size, cells=90, octaves=3)
        picture = np.clip(picture * (0.8 + 0.4 * crumbs[..., None]), 0, 1)
        return canvas.shaded(picture, 0.45 * canvas.smoothstep(0.12, 0.0, gap) * canvas.smoothstep(0.3, 0.6, crumbs))
    height = canvas.smoothstep(0.0, 0.55, gap)
    veins = canvas.noise(rng, size, cells=24, octaves=4)
    picture = relief_lit(np.clip(picture * (0.8 + 0.4 * veins[..., None]), 0, 1), height, strength=16.0)
    return canvas.shaded(picture, 0.75 * canvas.smoothstep(0.16, 0.0, gap))


def rattan(rng: np.random.Generator, size: Size, make: str, colours: tuple[str, ...]) -> Picture:
    if make == "cane":
        return _cane(rng, size, colours)
    count = rng.uniform(7, 11)
    u, v = turned(rng, size, most=0.6, bend=0.04)
    i, j = np.floor(u * count), np.floor(v * count)
    over = (i + j) % 2 == 0
    across = np.where(over, u * count - i, v * count - j) - 0.5
    along = np.where(over, v * count - j, u * count - i) - 0.5
    strands = np.abs(np.sin((across + 0.5) * 3 * np.pi))
    hump = np.clip(np.cos(along * np.pi), 0, 1) ** 0.6
    fibre = np.where(
        over,
        canvas.noise(rng, size, cells=140, octaves=2, stretch=0.06),
        canvas.noise(rng, size, cells=140, octaves=2, stretch=16),
    )
    shade = rng.uniform(0, 1, 499)[((i * 31 + np.where(over, 0, j * 17)).astype(int)) % 499]
    picture = canvas.ramp((colours[0], colours[1], colours[-1]), 0.35 + 0.35 * shade + 0.4 * (fibre - 0.5))
    return np.clip(picture * (0.25 + 0.8 * strands**0.4 * hump)[..., None], 0, 1)


def _cane(rng: np.random.Generator, size: Size, colours: tuple[str, ...]) -> Picture:
    """The six-way Vienna weave: doubled uprights and levels, single diagonals."""
    count = rng.uniform(6, 8.5)
    u, v = turned(rng, size, most=0.2)
    picture = canvas.filled(size, canvas.rgb(colours[0]))
    fibre = canvas.noise(rng, size, cells=160, octaves=2)
    for direction, width, pair in (
        ((1, 1), 0.065, 0.0),
        ((1, -1), 0.065, 0.0),
        ((0, 1), 0.05, 0.09),
        ((1, 0), 0.05, 0.09),
    ):
        place = (u * direction[0] + v * direction[1]) * count
        for shift in (-pair, pair) if pair else (0.5,):
            apart = np.abs((place + shift) % 1.0 - 0.5) if pair else np.abs((place + 0.5) % 1.0 - 0.5)
            mask = canvas.smoothstep(width + 0.012, width - 0.012, apart)
            soft = canvas.smoothstep(width + 0.1, width - 0.02, np.abs(apart))
            picture = canvas.shaded(picture, 0.3 * soft * (1 - mask))
            round_ = 0.7 + 0.35 * np.sqrt(np.clip(1 - (apart / (width + 0.01)) ** 2, 0, 1)) + 0.2 * (fibre - 0.5)
            picture = canvas.over(picture, np.clip(canvas.rgb(colours[1]) * round_[..., None], 0, 1), mask)
    return picture


def copper(rng: np.random.Generator, size: Size, make: str, colours: tuple[str, ...]) -> Picture:
    if make == "hammered":
        near, _, owner = _cells(rng, size, rng.uniform(11, 15))
        dent = canvas.blur(near * near, 2.5)
        down, across = np.gradient(dent)
        slope = (across * 0.7 + down) * 34 * rng.uniform(0.7, 1.2, 4096).astype(np.float32)[owner]
        light = 0.45 - 0.4 * np.tanh(slope) + 0.35 * np.exp(-((slope + 0.75) ** 2) / 0.06)
        sheen = canvas.noise(rng, size, cells=1.5, octaves=2)
        return canvas.ramp(colours, np.clip(0.1 + 0.62 * light + 0.35 * (sheen - 0.4), 0, 1))
    mist = canvas.noise(rng, size, cells=2.5, octaves=7, gain=0.62)
    runs = canvas.noise(rng, size, cells=14, octaves=5, stretch=0.12)
    scratch = canvas.noise(rng, size, cells=120, octaves=2, stretch=9)
    stain = np.clip(0.68 * mist + 0.45 * (runs - 0.3), 0, 1)
    picture = canvas.ramp(colours, canvas.smoothstep(0.12, 0.85, stain))
    pits = canvas.smoothstep(0.62, 0.8, canvas.noise(rng, size, cells=60, octaves=3))
    picture = canvas.shaded(picture, 0.35 * pits)
    return relief_lit(np.clip(picture * (0.86 + 0.28 * scratch[..., None]), 0, 1), mist, strength=26.0)
