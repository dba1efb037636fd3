"""What plants are made of: sheets to lie on, leaves, petals, seeds and stems."""

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from catalog.demo import canvas
from catalog.demo.canvas import Colour, Cutout

Rng = np.random.Generator


Point = tuple[float, float]


GOLDEN = math.pi * (3 - math.sqrt(5))


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a plate is made on and with."""

    ground: str
    greens: tuple[str, ...]
    flowers: tuple[str, ...]
    tags: tuple[str, ...]
    dark: bool = False


def blade(
    length: float, width: float, *, belly: float = 0.8, bend: float = 0.0, count: int = 9
) -> npt.NDArray[np.float64]:
    """(2, count, 2): the two edges of a leaf or petal along +x from the origin; belly < 1 widens it near the foot."""
    t, half = _bellied(belly, count)
    edges = np.empty((2, count, 2))
    edges[:, :, 0] = t * length
    edges[0, :, 1] = bend * length * t * t - half * width
    edges[1, :, 1] = edges[0, :, 1] + 2 * half * width
    return edges


@lru_cache(maxsize=256)
def _bellied(belly: float, count: int) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    t = np.linspace(0, 1, count)
    return t, 0.5 * np.sin(np.pi * t**belly)


def placed(shape: npt.NDArray[np.float64], foot: Point, turn: float) -> npt.NDArray[np.float64]:
    c, s = math.cos(turn), math.sin(turn)
    return shape @ np.array([[c, s], [-s, c]]) + foot


def draw_leaf(
    plant: Cutout,
    foot: Point,
    turn: float,
    length: float,
    width: float,
    ink: Colour,
    *,
    bend: float = 0.0,
    veins: int = 0,
    belly: float = 0.8,
) -> None:
    """A leaf in two tones with its midrib and, if asked, side veins."""
    upper, lower = placed(blade(length, width, bend=bend, count=16, belly=belly), foot, turn)
    spine, light, dark = (upper + lower) / 2, canvas.mix(ink, "#ffffff", 0.14), canvas.mix(ink, "#000000", 0.10)
    plant.polygon(np.concatenate([upper, spine[::-1]]), light)
    plant.polygon(np.concatenate([lower, spine[::-1]]), dark)
    rib = canvas.mix(ink, "#fdf6d8", 0.45)
    for i in range(veins):
        at = 1 + round((i + 0.5) / veins * 12)
        for edge in (upper, lower):
            tip = spine[at] + (edge[min(at + 2, 15)] - spine[at]) * 0.86
            plant.taper([tuple(spine[at]), tuple(tip)], [width * 0.014, width * 0.004], rib)
    plant.taper(spine, np.linspace(max(width * 0.035, 1.2), 0.6, 16), rib)


def draw_petals(
    plant: Cutout,
    rng: Rng,
    centre: Point,
    radius: float,
    inks: tuple[str, ...],
    *,
    count: int,
    wide: float,
    belly: float = 1.5,
    inner: float = 0.0,
    spin: float = 0.0,
) -> None:
    """A ring of petals, each in its own tone with a darker keel."""
    for i in range(count):
        turn = spin + i * 2 * math.pi / count + rng.normal(0, 0.05)
        length = radius * rng.uniform(0.92, 1.06)
        foot = (centre[0] + math.cos(turn) * inner, centre[1] + math.sin(turn) * inner)
        upper, lower = placed(blade(length - inner, radius * wide, belly=belly), foot, turn)
        ink = canvas.vary(rng, inks[i % len(inks)], 0.03)
        plant.polygon(np.concatenate([upper, lower[::-1]]), canvas.mix(ink, "#000000", 0.14))
        plant.polygon(np.concatenate([upper, lower[::-1]]) * 0.93 + np.array(foot) * 0.07, ink)
        spine = (upper + lower) / 2
        plant.taper(spine[:6], np.linspace(radius * wide * 0.10, 0.5, 6), canvas.mix(ink, "#000000", 0.16))


def draw_seeds(plant: Cutout, centre: Point, radius: float, ink: Colour, *, count: int) -> None:
    """A flower's heart: seeds at the golden angle."""
    plant.disc(centre, radius, canvas.mix(ink, "#000000", 0.45))
    for i in range(count):
        far, turn = radius * math.sqrt((i + 0.5) / count) * 0.94, i * GOLDEN
        plant.disc(
            (centre[0] + far * math.cos(turn), centre[1] + far * math.sin(turn)),
            radius / math.sqrt(count) * 0.62,
            canvas.mix(ink, "#fff2c8", 0.5 * i / count),
        )


def stem_path(rng: Rng, foot: Point, head: Point, *, sway: float = 0.06, count: int = 40) -> npt.NDArray[np.float64]:
    span = math.dist(foot, head)
    knots = [
        foot,
        *(
            (foot[0] + (head[0] - foot[0]) * t + rng.normal(0, sway) * span, foot[1] + (head[1] - foot[1]) * t)
            for t in (0.35, 0.7)
        ),
        head,
    ]
    return canvas.spline(knots, count)


def heading(path: npt.NDArray[np.float64], at: int) -> float:
    step = path[min(at + 1, len(path) - 1)] - path[max(at - 1, 0)]
    return math.atan2(step[1], step[0])
