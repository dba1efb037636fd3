"""The kelp forest."""

import numpy as np

from catalog.demo import canvas
from catalog.demo.canvas import Colour, Picture, Size
from catalog.demo.families.reefs.fish import big_fish, crowd, placed
from catalog.demo.families.reefs.layer import Layer, blend
from catalog.demo.families.reefs.specs import Water


def kelp_scene(rng: np.random.Generator, sea: Picture, size: Size, water: Water) -> Picture:
    picture, unit = sea, min(size)
    sway, weed = rng.uniform(-0.1, 0.1), water.living[3] if water.words[0] != "green" else "#8a8f3a"
    for fog, count, scale in ((0.75, 7, 0.6), (0.45, 5, 0.9), (0.08, 2, 1.4)):
        layer = Layer(size)
        for place in np.linspace(0.05, 0.95, count) + rng.normal(0, 0.04, count):
            _stalk(rng, layer, size, place * size[0], sway, scale * unit, blend(weed, "#000000", rng.uniform(0.1, 0.4)))
        picture = layer.onto(picture, sea, fog=fog, relief=0.3)
        fish = Layer(size)
        if fog > 0.3:
            crowd(rng, fish, size, water, 16, scale=unit * 0.045 * scale, low=0.2, high=0.8)
            picture = fish.onto(picture, sea, fog=fog * 0.6)
    front = Layer(size)
    for _ in range(3):
        big_fish(
            rng,
            front,
            (rng.uniform(0.15, 0.85) * size[0], rng.uniform(0.3, 0.85) * size[1]),
            unit * rng.uniform(0.13, 0.2),
            rng.normal(0, 0.2),
            int(rng.choice([-1, 1])),
            (water.living[0], water.living[1], water.living[2]),
            bands=(),
        )
    return front.onto(picture, sea, fog=0.1, relief=0.3)


def _stalk(
    rng: np.random.Generator, layer: Layer, size: Size, x: float, sway: float, scale: float, colour: Colour
) -> None:
    """One kelp from floor to surface, with blades on floats."""
    t = np.linspace(0, 1, 60)
    phase = rng.uniform(0, 6)
    path = np.column_stack([x + size[0] * (sway * t**1.5 + 0.03 * np.sin(t * 5 + phase)), size[1] * (1.03 - 1.1 * t)])
    layer.taper(path, np.full(60, scale * 0.011), blend(colour, "#000000", 0.3))
    for index, at in enumerate(range(2, 59, 2)):
        side = 1 if index % 2 else -1
        reach = scale * rng.uniform(0.1, 0.17)
        angle = -np.pi / 2 + side * rng.uniform(0.5, 1.1) + sway * 3
        tone = blend(canvas.vary(rng, colour, 0.04), "#fff6b0", 0.25 * at / 60)
        layer.polygon(placed(_BLADE * (1, side), tuple(path[at]), reach, angle, 1), tone)
        float_at = path[at] + 0.06 * reach * np.array([np.cos(angle), np.sin(angle)])
        layer.disc(tuple(float_at), scale * 0.01, blend(tone, "#ffffff", 0.2))


def _leaf_outline() -> np.ndarray:
    """A blade of length 1 along x, bowed downwards."""
    t = np.linspace(0, 1, 16)
    bow, half = 0.3 * t * (1 - t), 0.12 * np.sin(0.25 + t * (np.pi - 0.25))
    return np.concatenate([np.column_stack([t, bow + half]), np.column_stack([t, bow - half])[::-1]])


_BLADE = _leaf_outline()
