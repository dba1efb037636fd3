"""Water and the light in it."""

import numpy as np

from catalog.demo import canvas
from catalog.demo.canvas import Picture, Plane, Size
from catalog.demo.families.reefs.specs import Water


def water_column(rng: np.random.Generator, size: Size, water: Water, *, floor: bool = False) -> Picture:
    width, height = size
    y = np.linspace(0, 1, height, dtype=np.float32)[:, None]
    x = np.linspace(-1, 1, width, dtype=np.float32)[None]
    cloud = canvas.noise(rng, size, cells=2.5, octaves=4) - 0.5
    depth = (0.35 + 0.65 * y if floor else y) + 0.09 * x * rng.choice([-1, 1]) + 0.12 * cloud
    return canvas.ramp(water.depths, depth)


def shafts(rng: np.random.Generator, size: Size) -> Plane:
    """Beams that fan out from above the surface and die with depth."""
    height = size[1]
    x, y = canvas.grid(size, centre=(rng.uniform(0.25, 0.75), -0.35))
    angle = np.arctan2(x, y)
    profile = np.zeros(2048, np.float32)
    for waves in (9, 17, 31, 53):
        profile += np.sin(np.linspace(0, waves * 2 * np.pi, 2048) + rng.uniform(0, 6)).astype(np.float32) / waves**0.35
    profile = np.clip(profile / profile.max(), 0, 1) ** 1.6
    beams = profile[np.clip((angle / 2.2 + 0.5) * 2047, 0, 2047).astype(np.int32)]
    fade = canvas.smoothstep(1.0, 0.0, np.linspace(0, 1.05, height, dtype=np.float32)[:, None])
    return (beams * fade).astype(np.float32)


def drifting_specks(rng: np.random.Generator, size: Size) -> Plane:
    """Drifting specks, most of them out of focus, as light."""
    sketch = canvas.Sketch(size, scale=1)
    for _ in range(130):
        sketch.disc((rng.uniform(0, size[0]), rng.uniform(0, size[1])), rng.uniform(0.8, 2.6), rng.uniform(0.2, 0.7))
    specks = sketch.plane()
    return np.clip(0.5 * specks + 0.9 * canvas.blur(specks, 3), 0, 0.8)


def caustic_net(rng: np.random.Generator, size: Size, *, cells: float, stretch: float = 1.0) -> Plane:
    """The bright net that waves throw on the ground."""
    net = np.zeros((size[1], size[0]), np.float32)
    for _ in range(2):
        web = canvas.noise(rng, size, cells=cells, octaves=2, stretch=stretch)
        net = np.maximum(net, np.clip(1 - np.abs(web - 0.5) * 9, 0, 1) ** 2)
    return net
