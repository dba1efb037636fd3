"""Turtles over the reef."""

from itertools import pairwise

import numpy as np

from catalog.demo import canvas
from catalog.demo.canvas import Colour, Picture, Points, Size
from catalog.demo.families.reefs.corals import CORALS, lay_mound, slope_levels
from catalog.demo.families.reefs.fish import crowd, placed
from catalog.demo.families.reefs.layer import Layer, blend
from catalog.demo.families.reefs.specs import Water


def turtle_scene(rng: np.random.Generator, sea: Picture, size: Size, water: Water) -> Picture:
    picture, unit = sea, min(size)
    for base, fog, tall in ((0.8, 0.66, 0.14), (0.93, 0.3, 0.22)):
        reef = Layer(size)
        level = slope_levels(rng, size, base, rng.uniform(-0.2, 0.2))
        for place in np.linspace(0.05, 0.95, 8):
            coral = CORALS[int(rng.integers(len(CORALS)))]
            coral(
                rng,
                reef,
                place * size[0],
                float(np.interp(place, np.linspace(0, 1, 40), level)) + 8,
                unit * tall * rng.uniform(0.7, 1.2),
                water.living[int(rng.integers(5))],
            )
        lay_mound(rng, reef, size, level, blend(water.depths[3], water.living[1], 0.2))
        picture = reef.onto(picture, sea, fog=fog, relief=0.3)
    fish = Layer(size)
    crowd(rng, fish, size, water, 18, scale=unit * 0.035, low=0.2, high=0.6)
    picture = fish.onto(picture, sea, fog=0.4)
    layer = Layer(size)
    way = int(rng.choice([-1, 1]))
    _one_turtle(
        rng,
        layer,
        (size[0] * rng.uniform(0.42, 0.58), size[1] * rng.uniform(0.34, 0.5)),
        unit * rng.uniform(0.42, 0.52),
        rng.uniform(-0.35, 0.1) * way,
        way,
        water,
    )
    return layer.onto(picture, sea, fog=0.06, relief=0.4)


def _one_turtle(
    rng: np.random.Generator,
    layer: Layer,
    place: tuple[float, float],
    length: float,
    turn: float,
    way: int,
    water: Water,
) -> None:
    skin, shell = blend("#7f8f5a", water.depths[1], 0.2), blend("#8a5f36", water.depths[2], 0.15)
    dark, plate = blend(shell, "#000000", 0.45), blend(shell, "#f2d08a", 0.35)

    def put(points: Points) -> np.ndarray:
        return placed(np.asarray(points, np.float64), place, length, turn, way)

    def flipper(points: list[tuple[float, float]], colour: Colour) -> None:
        layer.polygon(put(canvas.spline([*points, points[0]], 70)), colour)

    flipper([(0.26, -0.06), (0.2, -0.36), (0.0, -0.58), (0.06, -0.34), (0.1, -0.05)], blend(skin, "#000000", 0.25))
    flipper([(-0.38, -0.02), (-0.6, -0.16), (-0.66, -0.08), (-0.42, 0.06)], blend(skin, "#000000", 0.2))
    flipper([(0.38, -0.08), (0.56, -0.15), (0.7, -0.1), (0.69, 0.0), (0.56, 0.04), (0.38, 0.06)], skin)
    top = canvas.spline([(0.44, 0.0), (0.34, -0.2), (0.04, -0.29), (-0.28, -0.18), (-0.5, 0.04)], 50)
    belly = canvas.spline([(-0.5, 0.04), (-0.2, 0.15), (0.2, 0.16), (0.44, 0.0)], 40)
    layer.polygon(put(np.concatenate([top, belly])), blend("#e8dca8", water.depths[1], 0.2))
    lower = canvas.spline([(-0.5, 0.04), (-0.2, 0.08), (0.2, 0.085), (0.44, 0.0)], 40)
    layer.polygon(put(np.concatenate([top, lower])), dark)
    edges = np.linspace(-0.44, 0.36, 6)
    for left, right in pairwise(edges):
        for low, high in ((0.02, 0.47), (0.53, 0.93)):
            corners = [
                (x, share * np.interp(-x, -top[:, 0], top[:, 1]) + (1 - share) * 0.05)
                for x, share in ((left + 0.012, low), (right - 0.012, low), (right - 0.022, high), (left + 0.022, high))
            ]
            layer.polygon(put(corners), blend(plate, shell, rng.uniform(0, 0.7)))
    flipper([(0.3, 0.06), (0.34, 0.3), (0.16, 0.58), (0.04, 0.64), (0.1, 0.4), (0.12, 0.1)], skin)
    flipper([(-0.36, 0.06), (-0.5, 0.2), (-0.62, 0.22), (-0.52, 0.06)], skin)
    for _ in range(16):
        s = rng.uniform(0.1, 0.9)
        spot = (0.24 - 0.14 * s + rng.normal(0, 0.03), 0.12 + 0.45 * s)
        layer.disc(tuple(put([spot])[0]), length * 0.016, blend(skin, "#000000", 0.35))
    eye = put([(0.6, -0.06)])[0]
    layer.disc(tuple(eye), length * 0.022, "#f4ecd0")
    layer.disc(tuple(eye), length * 0.015, "#101014")
