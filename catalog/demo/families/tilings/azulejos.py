"""Painted tiles whose flowers close across the corners."""

import numpy as np

from catalog.demo import canvas
from catalog.demo.canvas import Colour, Picture, Size, Sketch
from catalog.demo.families.tilings.wall import Glaze, Rng, Wall


def azulejo(rng: Rng, size: Size, glaze: Glaze) -> Wall:
    """One painted tile, turned four ways so that flowers close across the corners."""
    edge = int(min(size) / rng.uniform(3.2, 5.5) / 2) * 2
    tile = _painted(rng, edge, glaze)
    quartet = np.concatenate(
        [np.concatenate([tile, np.rot90(tile, 3)], axis=1), np.concatenate([np.rot90(tile), np.rot90(tile, 2)], axis=1)]
    )
    times = (size[1] // (2 * edge) + 2, size[0] // (2 * edge) + 2, 1)
    top, left = (int(v) for v in rng.integers(0, edge, 2))
    wall = np.tile(quartet, times)[top : top + size[1], left : left + size[0]]
    rows, cols = (np.arange(size[1]) + top) // edge, (np.arange(size[0]) + left) // edge
    tone = rng.normal(1, 0.03, (rows[-1] + 1, cols[-1] + 1)).astype(np.float32)[rows][:, cols]
    wash = canvas.noise(rng, size, cells=30, octaves=4)
    ground = canvas.rgb(glaze[0])
    wall = wall + (ground - wall) * (0.28 * wash)[..., None]
    near = [
        np.minimum((np.arange(n) + s) % edge, edge - 1 - (np.arange(n) + s) % edge)
        for n, s in ((size[1], top), (size[0], left))
    ]
    joints = canvas.smoothstep(3.0, 1.0, np.minimum(near[0][:, None], near[1][None, :]).astype(np.float32))
    return (wall * tone[..., None]).astype(np.float32), joints * 0.8


def _painted(rng: Rng, edge: int, glaze: Glaze) -> Picture:
    """(edge, edge, 3): leaves, scrolls and a quarter flower in the corner, mirrored on the diagonal."""
    sketch = Sketch((edge, edge), ground=glaze[0], scale=3)
    inks = list(rng.permutation(glaze[1:]))
    for radius, petals in ((0.66, int(rng.integers(2, 5))), (0.4, int(rng.integers(2, 4)))):
        for side in range(petals * 2 + 1):
            _petal(
                sketch,
                (edge, edge),
                np.pi + side * np.pi / 4 / petals,
                radius * edge,
                edge * 0.32 * radius / petals,
                inks[side % 2],
            )
        sketch.disc((edge, edge), radius * edge * 0.42, inks[2 % len(inks)])
    _petal(sketch, (0, 0), np.pi / 4, edge * rng.uniform(0.62, 0.8), edge * rng.uniform(0.08, 0.14), inks[0])
    sketch.disc((0, 0), edge * rng.uniform(0.12, 0.2), inks[1])
    sketch.disc((0, 0), edge * 0.08, glaze[0])
    for x, y, bend in ((0.86, 0.1, 0.42), (0.5, 0.44, -0.3)):
        curl = canvas.spline(
            [
                (0, edge * y),
                (edge * x * 0.5, edge * (y + bend * 0.3)),
                (edge * x, edge * y),
                (edge * x * 0.9, edge * (y - bend * 0.3)),
                (edge * x * 0.74, edge * y),
            ],
            40,
        )
        for path in (curl, curl[:, ::-1]):
            sketch.taper(path, np.linspace(edge * 0.02, edge * 0.05, 40), inks[-1])
            sketch.disc(tuple(path[-1]), edge * 0.035, inks[-1])
            _petal(
                sketch,
                tuple(path[14]),
                float(np.arctan2(*(path[14] - path[8])[::-1])) + 0.8,
                edge * 0.17,
                edge * 0.045,
                inks[0],
            )
    return sketch.picture()


def _petal(sketch: Sketch, foot: tuple[float, float], turn: float, length: float, half: float, ink: Colour) -> None:
    t = np.linspace(0, 1, 18)
    wide = half * np.sin(np.pi * t**0.8)
    way, side = np.array([np.cos(turn), np.sin(turn)]), np.array([-np.sin(turn), np.cos(turn)])
    spine = np.array(foot) + np.outer(t * length, way)
    sketch.polygon(np.concatenate([spine + np.outer(wide, side), (spine - np.outer(wide, side))[::-1]]), ink)
