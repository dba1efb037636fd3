"""What every long exposure has: dark sky, stars with their spikes, smoke."""

import numpy as np

from catalog.demo import canvas
from catalog.demo.canvas import Colour, Picture, Plane, Size

Rng = np.random.Generator


Light = tuple[str, ...]  # space, shade, gas, warm gas, core


def dark_sky(rng: Rng, size: Size, light: Light, *, gas: float = 0.25) -> Picture:
    """Dark sky with a breath of gas, painted small and enlarged."""
    half = half_size(size)
    cloud = canvas.noise(rng, half, cells=1.6, octaves=6, gain=0.55)
    base = canvas.ramp((light[0], canvas.mix(light[0], light[1], 0.6), light[1]), (cloud - 0.35) * gas * 2)
    return enlarged(base, size)


def half_size(size: Size) -> Size:
    return (size[0] + 1) // 2, (size[1] + 1) // 2


def enlarged(picture: Picture, size: Size) -> Picture:
    planes = (canvas.resize(np.ascontiguousarray(picture[..., i]), size) for i in range(3))
    return np.clip(np.stack(list(planes), axis=-1), 0, 1)


def with_stars(
    rng: Rng,
    picture: Picture,
    *,
    count: int,
    bright: int = 6,
    colours: tuple[str, ...] = ("#ffffff", "#cfe0ff", "#ffe6c4", "#ffd0b0"),
) -> Picture:
    """Points of every brightness, and a few stars with halo and spikes."""
    height, width = picture.shape[:2]
    picture = picture.copy()
    rows, cols = rng.integers(1, height - 2, count), rng.integers(1, width - 2, count)
    tint = np.array([canvas.rgb(c) for c in colours], np.float32)[rng.integers(0, len(colours), count)]
    power = (0.1 + 0.9 * rng.random(count) ** 6).astype(np.float32)[:, None]
    for down, right, share in (
        (0, 0, 1.0),
        (0, 1, 0.45),
        (1, 0, 0.45),
        (0, -1, 0.45),
        (-1, 0, 0.45),
        (1, 1, 0.2),
        (-1, -1, 0.2),
    ):
        near = power if (down, right) == (0, 0) else power**1.6 * share
        picture[rows + down, cols + right] = 1 - (1 - picture[rows + down, cols + right]) * (1 - tint * near)
    for _ in range(bright):
        place = (float(rng.uniform(0.04, 0.96)) * width, float(rng.uniform(0.04, 0.96)) * height)
        picture = bright_star(picture, place, rng.uniform(0.006, 0.02) * min(width, height), str(rng.choice(colours)))
    return picture


def bright_star(picture: Picture, place: tuple[float, float], radius: float, colour: Colour) -> Picture:
    """One bright star with four spikes; works in place on its own square."""
    height, width = picture.shape[:2]
    reach = int(radius * 9)
    left, top = max(0, int(place[0]) - reach), max(0, int(place[1]) - reach)
    part = np.s_[top : min(height, top + 2 * reach), left : min(width, left + 2 * reach)]
    x = np.abs(np.arange(left, left + picture[part].shape[1], dtype=np.float32) - place[0])[None, :]
    y = np.abs(np.arange(top, top + picture[part].shape[0], dtype=np.float32) - place[1])[:, None]
    far = np.hypot(x, y) / radius
    spikes = np.exp(-y / 0.9) * np.exp(-x / radius / 1.7) + np.exp(-x / 0.9) * np.exp(-y / radius / 1.7)
    shine = 1.2 * np.exp(-far * far * 5) + 0.4 * np.exp(-far * 1.5) + 0.8 * spikes
    fade = np.clip(1 - far / 8, 0, 1)
    tint = canvas.mix(colour, "#ffffff", 0.6) * np.clip(shine * fade, 0, 1)[..., None]
    picture[part] = canvas.screen(picture[part], tint.astype(np.float32))
    return picture


def warped(rng: Rng, size: Size, *, cells: float, strength: float, octaves: int = 7, ridged: bool = False) -> Plane:
    """Noise pulled about by noise: smoke rather than cloud."""
    width, height = size
    field = canvas.noise(rng, size, cells=cells, octaves=octaves, gain=0.56)
    right, down = (canvas.noise(rng, size, cells=cells * 0.7, octaves=4) - 0.5 for _ in range(2))
    rows = np.clip(np.arange(height)[:, None] + down * strength * height, 0, height - 1).astype(np.int32)
    cols = np.clip(np.arange(width)[None, :] + right * strength * width, 0, width - 1).astype(np.int32)
    field = field[rows, cols]
    return (1 - np.abs(2 * field - 1)) if ridged else field
