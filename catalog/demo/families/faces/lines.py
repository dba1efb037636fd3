"""Faces in one brush line."""

import numpy as np

from catalog.demo import canvas
from catalog.demo.families.faces.board import Board, arc
from catalog.demo.families.faces.specs import ACCENT, CLOTH, LIGHT, LINE, SECOND, Spec


def line_face(rng: np.random.Generator, board: Board, spec: Spec) -> None:
    for colour in (SECOND, LIGHT, CLOTH, ACCENT, LIGHT):
        angles = np.linspace(0, 2 * np.pi, 8)[:-1]
        reach = rng.uniform(0.14, 0.3) * rng.uniform(0.7, 1.2, 7)
        centre = rng.uniform((-0.28, -0.35), (0.28, 0.5))
        ring = np.column_stack([np.cos(angles), np.sin(angles)]) * reach[:, None] + centre
        board.lay(
            canvas.spline(np.concatenate([ring, ring[:2]]), 140)[:122], colour, shade=0.35, turn=rng.uniform(0, 6)
        )

    def shaken(*points: tuple[float, float]) -> list[tuple[float, float]]:
        """The points as a hand would place them."""
        return [(x + rng.normal(0, 0.006), y + rng.normal(0, 0.006)) for x, y in points]

    thick = rng.uniform(0.014, 0.019)
    board.brush(
        shaken(
            (-0.17, -0.2),
            (-0.2, 0.0),
            (-0.16, 0.18),
            (-0.04, 0.32),
            (0.06, 0.31),
            (0.16, 0.17),
            (0.19, 0.0),
            (0.17, -0.18),
        ),
        thick,
    )
    board.brush(
        shaken(
            (-0.15, -0.06), (-0.08, -0.1), (0.0, -0.07), (0.015, 0.04), (0.035, 0.11), (-0.005, 0.135), (-0.03, 0.12)
        ),
        thick,
    )
    board.brush(shaken((0.045, -0.07), (0.1, -0.1), (0.16, -0.06)), thick)
    for x in (-0.085, 0.095):
        board.brush(shaken((x - 0.055, 0.0), (x, -0.03), (x + 0.055, 0.0), (x, 0.022), (x - 0.05, 0.004)), thick * 0.8)
        board.disc(x + 0.004, -0.004, 0.019, LINE)
    board.brush(
        shaken(
            (-0.075, 0.205),
            (-0.03, 0.185),
            (0.0, 0.195),
            (0.03, 0.185),
            (0.08, 0.2),
            (0.02, 0.245),
            (-0.03, 0.24),
            (-0.075, 0.205),
        ),
        thick * 0.9,
    )
    board.brush(shaken((-0.07, 0.206), (0.0, 0.212), (0.075, 0.203)), thick * 0.7)
    board.brush(shaken((-0.07, 0.31), (-0.08, 0.42), (-0.2, 0.5), (-0.4, 0.58)), thick)
    board.brush(shaken((0.08, 0.3), (0.09, 0.42), (0.2, 0.49), (0.42, 0.56)), thick)
    _line_hair(rng, board, spec.hair, thick)


def _line_hair(rng: np.random.Generator, board: Board, hair: str, thick: float) -> None:
    if hair in ("long", "bob"):
        end = 0.5 if hair == "long" else 0.24
        for step in range(5):
            shift = 0.028 * step
            for side in (-1, 1):
                board.brush(
                    [
                        (0.03 * side, -0.27 - shift),
                        (side * (0.17 + shift), -0.22 - shift * 0.5),
                        (side * (0.215 + shift), 0.0),
                        (side * (0.2 + shift * 1.2), end * 0.6),
                        (side * (0.26 + shift), end),
                    ],
                    thick * 0.8,
                )
    elif hair == "bun":
        for step in range(4):
            board.brush(
                [
                    tuple(p)
                    for p in arc(
                        0.0, -0.37, 0.1 - 0.022 * step, 0.085 - 0.018 * step, 0.6 + step * 0.3, 2.5 + step * 0.3, 12
                    )
                ],
                thick * 0.8,
            )
        for side in (-1, 1):
            board.brush([(side * 0.03, -0.28), (side * 0.14, -0.26), (side * 0.195, -0.12), (side * 0.19, 0.02)], thick)
            board.disc(side * 0.2, 0.14, 0.022, ACCENT)
    else:
        for step in range(11):
            x = -0.18 + 0.036 * step
            board.brush(
                [
                    (x, -0.15 - 0.1 * np.cos(x * 7)),
                    (x + 0.03, -0.25 - 0.05 * np.cos(x * 7)),
                    (x + 0.01, -0.32 - 0.04 * np.cos(x * 7)),
                ],
                thick,
            )
        for index in range(3):
            x, y = 0.3 - 0.3 * index, -0.38 + 0.06 * index
            board.lay(
                canvas.spline([(x, y), (x + 0.05, y - 0.08), (x + 0.14, y - 0.1), (x + 0.08, y - 0.01), (x, y)], 50),
                SECOND,
                shade=0.5,
            )
            board.brush([(x, y), (x + 0.06, y - 0.05), (x + 0.12, y - 0.09)], thick * 0.6)
