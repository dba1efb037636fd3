"""Wild flowers, dahlias, flowering branches."""

import math

import numpy as np
import numpy.typing as npt

from catalog.demo import canvas
from catalog.demo.canvas import Cutout, Size
from catalog.demo.families.botanical.parts import (
    Point,
    Rng,
    Sheet,
    blade,
    draw_leaf,
    draw_petals,
    draw_seeds,
    heading,
    placed,
    stem_path,
)


def wildflowers(rng: Rng, plant: Cutout, size: Size, sheet: Sheet) -> None:
    """A handful of stems from one place: umbels, daisies, spikes and grasses."""
    width, height = size
    count = int(rng.integers(4, 9))
    for i in rng.permutation(count):
        foot = (width * (0.5 + (i - count / 2) * 0.03), height * 0.97)
        head = (width * (0.14 + 0.72 * (i + rng.uniform(0.2, 0.8)) / count), height * rng.uniform(0.12, 0.5))
        path = stem_path(rng, foot, head)
        ink = str(rng.choice(sheet.greens))
        plant.taper(path, np.linspace(5.5, 2.4, len(path)), ink)
        for at in rng.integers(8, 30, int(rng.integers(1, 5))):
            draw_leaf(
                plant,
                tuple(path[at]),
                heading(path, at) + rng.choice([-0.7, 0.7]),
                height * rng.uniform(0.06, 0.13),
                height * 0.03,
                canvas.vary(rng, ink, 0.04),
                bend=rng.normal(0, 0.2),
            )
        (_umbel, _daisy, _spike, _daisy)[int(rng.integers(4))](
            rng, plant, path, min(size) * rng.uniform(0.06, 0.12), sheet
        )


def _umbel(rng: Rng, plant: Cutout, path: npt.NDArray[np.float64], radius: float, sheet: Sheet) -> None:
    x, y = path[-1]
    ink = str(rng.choice(sheet.flowers))
    for turn in np.linspace(-2.75, -0.4, 15) + rng.normal(0, 0.05, 15):
        tip = (x + math.cos(turn) * radius * 1.3, y + math.sin(turn) * radius * rng.uniform(0.8, 1.1))
        plant.taper([(x, y), tip], [1.8, 1.2], sheet.greens[0])
        for _ in range(13):
            dot = (tip[0] + rng.normal(0, radius * 0.11), tip[1] + rng.normal(0, radius * 0.08))
            plant.disc(dot, radius * rng.uniform(0.025, 0.05), canvas.vary(rng, ink, 0.05))


def _daisy(rng: Rng, plant: Cutout, path: npt.NDArray[np.float64], radius: float, sheet: Sheet) -> None:
    centre, ink = tuple(path[-1]), str(rng.choice(sheet.flowers))
    count = int(rng.integers(9, 22))
    draw_petals(plant, rng, centre, radius, (ink,), count=count, wide=5.2 / count, spin=rng.uniform(0, 6))
    draw_seeds(plant, centre, radius * rng.uniform(0.2, 0.34), sheet.flowers[-1], count=50)


def _spike(rng: Rng, plant: Cutout, path: npt.NDArray[np.float64], radius: float, sheet: Sheet) -> None:
    ink = str(rng.choice(sheet.flowers))
    for at in range(18, len(path)):
        share = 1 - (at - 18) / (len(path) - 17)
        for side in (-1, 1):
            turn = heading(path, at) + side * rng.uniform(0.5, 1.2)
            upper, lower = placed(
                blade(radius * (0.25 + 0.4 * share), radius * 0.26, count=7, belly=1.4), tuple(path[at]), turn
            )
            plant.polygon(np.concatenate([upper, lower[::-1]]), canvas.vary(rng, ink, 0.05))


def dahlia(rng: Rng, plant: Cutout, size: Size, sheet: Sheet) -> None:
    """Great round flowers, ring behind ring of petals, with buds and leaves."""
    heads = _spread(rng, size, int(rng.integers(1, 5)))
    for x, y, radius in heads:
        path = stem_path(rng, (size[0] * 0.5 + (x - size[0] * 0.5) * 0.25, size[1] * 1.02), (x, y), sway=0.05)
        plant.taper(path, np.linspace(10, 6, len(path)), sheet.greens[0])
        for at in (8, 16, 24):
            draw_leaf(
                plant,
                tuple(path[at]),
                heading(path, at) + rng.choice([-0.9, 0.9]),
                radius * rng.uniform(0.8, 1.2),
                radius * 0.42,
                canvas.vary(rng, str(rng.choice(sheet.greens)), 0.04),
                veins=5,
                bend=rng.normal(0, 0.2),
            )
    for x, y, radius in heads:
        for turn in rng.uniform(0, 2 * math.pi, 5):
            draw_leaf(
                plant,
                (x, y),
                turn,
                radius * rng.uniform(1.15, 1.5),
                radius * 0.5,
                canvas.vary(rng, str(rng.choice(sheet.greens)), 0.04),
                veins=6,
                bend=rng.normal(0, 0.15),
            )
        _double_flower(rng, plant, (x, y), radius, sheet)


def _spread(rng: Rng, size: Size, count: int) -> list[tuple[float, float, float]]:
    """Places and radii of flower heads that hardly overlap, the largest last."""
    heads: list[tuple[float, float, float]] = []
    base = min(size) * (0.36 if count == 1 else 0.27 if count == 2 else 0.22)
    for _ in range(200):
        radius = base * rng.uniform(0.75, 1.1)
        x, y = rng.uniform(0.24, 0.76) * size[0], rng.uniform(0.2, 0.62) * size[1]
        if count == 1:
            x, y = size[0] * 0.5, size[1] * 0.44
        if all(math.dist((x, y), head[:2]) > (radius + head[2]) * 0.86 for head in heads):
            heads.append((x, y, radius))
        if len(heads) == count:
            break
    return sorted(heads, key=lambda head: head[2])


def _double_flower(rng: Rng, plant: Cutout, centre: Point, radius: float, sheet: Sheet) -> None:
    rings, wide, belly = int(rng.integers(4, 9)), rng.uniform(0.3, 0.55), rng.uniform(1.0, 1.9)
    outer, inner = (str(c) for c in rng.choice(sheet.flowers[:-1], 2, replace=False))
    for ring in range(rings):
        share = ring / rings
        ink = canvas.mix(outer, inner, share)
        draw_petals(
            plant,
            rng,
            centre,
            radius * (1 - share) ** 0.8,
            (ink, canvas.mix(ink, "#ffffff", 0.08)),
            count=max(7, int(17 - 8 * share)),
            wide=wide * (1 + 0.4 * share),
            belly=belly,
            spin=ring * 1.3,
        )
    draw_seeds(plant, centre, radius * rng.uniform(0.08, 0.2), sheet.flowers[-1], count=70)


def blossom(rng: Rng, plant: Cutout, size: Size, sheet: Sheet) -> None:
    """A flowering branch that reaches across the sheet, and petals that have let go."""
    width, height = size
    side = rng.choice([-1, 1])
    foot = (width * (0.5 - side * 0.56), height * rng.uniform(0.5, 0.95))
    ends = [(foot[0], foot[1], -0.5 if side > 0 else math.pi + 0.5, sum(size) * 0.145, min(size) * 0.03)]
    bark, places = canvas.mix(sheet.greens[0], "#4a3026", 0.7), []
    while ends:
        x, y, turn, length, thick = ends.pop()
        bend = rng.normal(0, 0.22)
        path = canvas.spline(
            [
                (x, y),
                (x + math.cos(turn + bend) * length * 0.5, y + math.sin(turn + bend) * length * 0.5),
                (x + math.cos(turn) * length, y + math.sin(turn) * length),
            ],
            12,
        )
        plant.taper(path, np.linspace(thick, thick * 0.68, 12), bark)
        places += [tuple(path[k]) for k in (4, 8, 11)] if thick < min(size) * 0.018 else []
        if length > sum(size) * 0.04:
            spreads = (rng.uniform(-0.1, 0.35), -rng.uniform(0.35, 0.85), rng.uniform(0.5, 0.9))
            ends += [
                (*path[-1].tolist(), turn + spread, length * rng.uniform(0.66, 0.86), thick * 0.66)
                for spread in spreads[: 2 + int(rng.random() < 0.35)]
            ]
    petals, radius = int(rng.choice([5, 5, 6])), min(size) * rng.uniform(0.024, 0.04)
    for i in rng.permutation(len(places))[:90]:
        centre = (places[i][0] + rng.normal(0, radius * 0.6), places[i][1] + rng.normal(0, radius * 0.6))
        if rng.random() < 0.22:
            draw_leaf(
                plant,
                centre,
                rng.uniform(0, 6),
                radius * 2.2,
                radius * 0.9,
                canvas.vary(rng, str(rng.choice(sheet.greens)), 0.04),
            )
            continue
        draw_petals(
            plant,
            rng,
            centre,
            radius * rng.uniform(0.6, 1.15),
            (str(rng.choice(sheet.flowers[:2])),),
            count=petals,
            wide=0.92,
            belly=1.35,
            spin=rng.uniform(0, 6),
        )
        draw_seeds(plant, centre, radius * 0.2, sheet.flowers[-1], count=9)
    for _ in range(int(rng.integers(5, 30))):
        upper, lower = placed(
            blade(radius, radius * 0.8, belly=1.4),
            (rng.uniform(0, width), rng.uniform(0.3, 1) * height),
            rng.uniform(0, 6),
        )
        plant.polygon(np.concatenate([upper, lower[::-1]]), canvas.vary(rng, sheet.flowers[0], 0.05))
