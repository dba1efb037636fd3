"""Marble, agate, terrazzo."""

import numpy as np

from catalog.demo import canvas
from catalog.demo.canvas import Picture, Size
from catalog.demo.families.textures.surface import turned


def marble(rng: np.random.Generator, size: Size, make: str, colours: tuple[str, ...]) -> Picture:
    u, v = turned(rng, size, most=np.pi)
    wander = canvas.noise(rng, size, cells=2, octaves=7, gain=0.55)
    second = canvas.noise(rng, size, cells=3, octaves=7, gain=0.6)
    if make == "agate":
        centre = np.hypot(u - rng.uniform(-0.3, 0.3), v - rng.uniform(-0.3, 0.3))
        rings = centre * 1.1 + 0.55 * canvas.noise(rng, size, cells=1.6, octaves=4) + 0.03 * second
        bands = 0.5 + 0.5 * np.sin(rings * 55 + 6 * np.sin(rings * 9))
        stone = canvas.ramp((*colours, colours[0]), (rings * 2.1) % 1.0)
        return np.clip(stone * (0.86 + 0.2 * bands[..., None]), 0, 1)
    veined = make == "veined"
    cloud = canvas.ramp(colours[:2] if veined else colours, 0.3 * second + 0.12 * wander if veined else wander)
    for level, width, colour in ((-0.15, 0.03, 1), (0.25, 0.018, 1), (0.02, 0.011, -1), (0.45, 0.012, 1)):
        drift = canvas.noise(rng, size, cells=2, octaves=7, gain=0.52)
        path = np.abs(u + 0.5 * v * rng.uniform(-1, 1) + 0.9 * (drift - 0.5) - level)
        breadth = width * (0.25 + 2.6 * second**2)
        vein = np.exp(-path / breadth) * canvas.smoothstep(0.15, 0.5, drift + 0.4 * wander)
        cloud = canvas.over(cloud, colours[colour if make == "veined" else -1], np.clip(0.95 * vein, 0, 1))
    hair = np.exp(-np.abs(second - 0.5) / 0.004) * canvas.smoothstep(0.5, 0.75, wander)
    return canvas.over(cloud, colours[1 if make == "veined" else -1], np.clip(0.5 * hair, 0, 1))


def terrazzo(rng: np.random.Generator, size: Size, make: str, colours: tuple[str, ...]) -> Picture:
    sketch = canvas.Sketch(size, ground=colours[0])
    unit = min(size)
    layers = (
        ((0.085, 110), (0.04, 260), (0.015, 800)) if make == "large" else ((0.03, 500), (0.016, 1200), (0.008, 2200))
    )
    taken = np.zeros((0, 3))
    for radius, count in layers:
        places = np.column_stack([rng.uniform(0, size[0], count), rng.uniform(0, size[1], count)])
        radii = unit * radius * rng.uniform(0.45, 1.0, count)
        for place, reach in zip(places, radii, strict=True):
            if len(taken) and (np.hypot(*(taken[:, :2] - place).T) < taken[:, 2] + reach * 0.9).any():
                continue
            if radius > 0.02:
                taken = np.vstack([taken, [*place, reach]])
            _chip(rng, sketch, place, reach, canvas.vary(rng, colours[int(rng.integers(1, len(colours)))], 0.03))
    speckle = canvas.noise(rng, size, cells=200, octaves=2)
    return np.clip(sketch.picture() * (0.93 + 0.14 * speckle[..., None]), 0, 1)


def _chip(rng: np.random.Generator, sketch: canvas.Sketch, place: np.ndarray, reach: float, colour: np.ndarray) -> None:
    """A broken stone: the corners of a polygon at uneven angles."""
    corners = int(rng.integers(4, 8))
    angles = np.sort(rng.uniform(0, 2 * np.pi, corners)) * 0.3 + np.linspace(0, 2 * np.pi, corners, False) * 0.95
    reaches = reach * rng.uniform(0.55, 1.0, corners) * np.where(np.arange(corners) % 2, 1.0, rng.uniform(0.6, 1))
    sketch.polygon(place + np.column_stack([np.cos(angles), np.sin(angles)]) * reaches[:, None], colour)
