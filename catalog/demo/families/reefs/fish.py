"""Fish, from a distance and near by."""

import numpy as np

from catalog.demo import canvas
from catalog.demo.canvas import Colour, Size
from catalog.demo.families.reefs.layer import Layer, blend
from catalog.demo.families.reefs.specs import Water

_S = np.linspace(0, 1, 22)
_BODY = np.column_stack([0.5 - _S, 0.5 * np.sin(np.pi * _S**0.72) ** 0.9 * (1 - 0.35 * _S)])


def placed(shape: np.ndarray, place: tuple[float, float], length: float, turn: float, way: int) -> np.ndarray:
    points = shape * (way, 1)
    spin = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
    return points @ spin.T * length + place


def small_fish(
    layer: Layer,
    place: tuple[float, float],
    length: float,
    turn: float,
    way: int,
    colours: tuple[Colour, Colour],
    *,
    slim: float = 0.3,
) -> None:
    """A fish of the crowd: back, belly and tail."""
    back = np.concatenate([_BODY * (1, -slim), [(-0.5, 0.0)]])
    belly = np.concatenate([_BODY * (1, slim), [(-0.5, 0.0)]])
    tail = np.array([(-0.42, 0.0), (-0.68, -0.17), (-0.6, 0.0), (-0.68, 0.17)])
    layer.polygon(placed(tail, place, length, turn, way), colours[0])
    layer.polygon(placed(belly, place, length, turn, way), colours[1])
    layer.polygon(placed(back, place, length, turn, way), colours[0])


def big_fish(
    rng: np.random.Generator,
    layer: Layer,
    place: tuple[float, float],
    length: float,
    turn: float,
    way: int,
    colours: tuple[Colour, Colour, Colour],
    *,
    deep: float = 0.55,
    bands: tuple[tuple[float, float], ...] = ((0.24, 0.36), (0.56, 0.68)),
) -> None:
    """A reef fish near by: fins, body with bands, eye. Colours: body, bands, fins."""

    def lay(shape: np.ndarray | list[tuple[float, float]], colour: Colour) -> None:
        layer.polygon(placed(np.asarray(shape), place, length, turn, way), colour)

    half = _BODY[:, 1] * deep
    dark = blend(colours[2], "#000000", 0.25)
    lay(
        canvas.spline(
            [(-0.4, 0.0), (-0.6, -0.2), (-0.7, -0.2), (-0.6, 0.0), (-0.7, 0.2), (-0.6, 0.2), (-0.4, 0.0)], 40
        ),
        colours[2],
    )
    lay(
        canvas.spline(
            [(0.2, -0.2 * deep), (0.1, -0.62 * deep), (-0.2, -0.6 * deep), (-0.42, -0.18 * deep), (0.2, -0.2 * deep)],
            40,
        ),
        dark,
    )
    lay(
        canvas.spline(
            [(0.0, 0.3 * deep), (-0.1, 0.62 * deep), (-0.3, 0.5 * deep), (-0.4, 0.12 * deep), (0.0, 0.3 * deep)], 40
        ),
        dark,
    )
    lay(
        np.concatenate([np.column_stack([_BODY[:, 0], -half]), np.column_stack([_BODY[::-1, 0], half[::-1]])]),
        colours[0],
    )
    lay(
        np.concatenate([np.column_stack([_BODY[:, 0], half * 0.35]), np.column_stack([_BODY[::-1, 0], half[::-1]])]),
        blend(colours[0], "#ffffff", 0.22),
    )
    for first, last in bands:
        s = np.linspace(first, last, 8)
        x, high = 0.5 - s, np.interp(s, _S, half)
        bend = 0.03 * np.sin(np.linspace(0, np.pi, 8))
        lay(
            np.concatenate([np.column_stack([x + bend, -high]), np.column_stack([x[::-1] + bend[::-1], high[::-1]])]),
            colours[1],
        )
    lay(
        canvas.spline([(0.08, 0.08 * deep), (-0.1, 0.02), (-0.14, 0.2 * deep), (0.08, 0.08 * deep)], 30),
        blend(colours[2], "#ffffff", 0.2),
    )
    eye = placed(np.array([[0.36, -0.09 * deep]]), place, length, turn, way)[0]
    layer.disc(tuple(eye), 0.042 * length, "#fff8e8")
    layer.disc(tuple(eye), 0.027 * length, "#14141c")


def crowd(
    rng: np.random.Generator,
    layer: Layer,
    size: Size,
    water: Water,
    count: int,
    *,
    scale: float,
    low: float = 0.1,
    high: float = 0.7,
) -> None:
    """A loose group of small fish going one way."""
    way = int(rng.choice([-1, 1]))
    centre = np.array([rng.uniform(0.2, 0.8) * size[0], rng.uniform(low, high) * size[1]])
    hue = water.living[int(rng.integers(5))]
    for _ in range(count):
        place = centre + rng.normal(0, 1, 2) * (0.15 * size[0], 0.06 * size[1])
        shade = canvas.vary(rng, hue, 0.04)
        small_fish(
            layer,
            tuple(place),
            scale * rng.uniform(0.8, 1.2),
            rng.normal(0, 0.12),
            way,
            (shade, blend(shade, "#ffffff", 0.45)),
        )
