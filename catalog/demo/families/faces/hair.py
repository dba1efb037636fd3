"""Hair and hats of a head seen from the front."""

import numpy as np

from catalog.demo import canvas
from catalog.demo.families.faces.board import Board, arc
from catalog.demo.families.faces.specs import ACCENT, CLOTH, HAIR, SECOND


def hair_behind(rng: np.random.Generator, board: Board, hair: str, width: float, height: float) -> None:
    top = 0.04 - height
    if hair == "bob":
        board.lay(
            np.concatenate(
                [
                    arc(0, -0.03, width * 1.36, -top + 0.03, 1, 2),
                    [(width * 1.42, 0.26), (width * 0.5, 0.26), (-width * 0.5, 0.26), (-width * 1.42, 0.26)],
                ]
            ),
            HAIR,
            shade=-0.3,
            turn=2.6,
            drop=0.3,
        )
    elif hair == "long":
        board.lay(
            np.concatenate(
                [arc(0, -0.02, width * 1.32, -top + 0.04, 1, 2), [(width * 1.7, 0.62), (-width * 1.7, 0.62)]]
            ),
            HAIR,
            shade=-0.3,
            turn=2.2,
            drop=0.3,
        )
    elif hair == "afro":
        for x, y, radius in ((0, -0.13, 0.33), (-0.2, -0.05, 0.19), (0.2, -0.05, 0.19)):
            board.disc(x, y, radius, HAIR, shade=-0.35, turn=3.6)
    elif hair == "bun":
        board.disc(rng.uniform(-0.06, 0.06), top - 0.07, 0.105, HAIR, shade=-0.4, turn=3.8, drop=0.3)
        board.lay(arc(0, -0.02, width * 1.12, -top + 0.02, 0, 2), HAIR)


def hair_before(rng: np.random.Generator, board: Board, hair: str, width: float, height: float) -> None:
    top = 0.04 - height
    if hair in ("bob", "long", "bun", "crop"):
        part = rng.uniform(-0.1, 0.1)
        line = -0.11 if hair == "bob" else top * 0.62
        cap = arc(0, -0.02, width * 1.07, -top + 0.035, 1.03, 1.97)
        board.lay(
            np.concatenate(
                [
                    cap,
                    canvas.spline([(width * 1.0, -0.06), (width * 0.6, line), (part, line - 0.03)], 20),
                    canvas.spline([(part, line - 0.03), (-width * 0.6, line - 0.01), (-width * 1.0, -0.06)], 20),
                ]
            ),
            HAIR,
            shade=-0.35,
            turn=3.9,
        )
    elif hair == "afro":
        board.lay(
            np.concatenate(
                [arc(0, -0.02, width * 1.03, -top + 0.02, 1.08, 1.92), arc(0, -0.02, width * 0.95, 0.14, 1.9, 1.1)]
            ),
            HAIR,
        )
    elif hair in ("hat", "beret"):
        if hair == "hat":
            board.lay(
                np.concatenate([[(-0.185, top + 0.13)], arc(0, top + 0.02, 0.185, 0.17, 1, 2), [(0.185, top + 0.13)]]),
                HAIR,
                shade=-0.4,
                turn=3.6,
                drop=0.3,
            )
            board.lay(
                [(-0.187, top + 0.06), (0.187, top + 0.06), (0.187, top + 0.115), (-0.187, top + 0.115)],
                ACCENT,
                shade=0.4,
                turn=0,
            )
            board.lay(arc(0, top + 0.125, 0.33, 0.045, 0, 2), HAIR, shade=-0.3, turn=3.2, drop=0.35)
        else:
            board.lay(arc(0.05, top + 0.06, 0.29, 0.135, 0, 2), ACCENT, shade=0.5, turn=0.8, drop=0.35)
            board.lay([(0.03, top - 0.06), (0.07, top - 0.06), (0.055, top - 0.11), (0.035, top - 0.11)], ACCENT)
    elif hair == "turban":
        board.lay(
            np.concatenate(
                [
                    [(-width * 1.08, -0.03)],
                    arc(0, top + 0.1, 0.27, 0.25, 0.94, 2.06),
                    [(width * 1.08, -0.03)],
                    canvas.spline([(width * 1.0, -0.06), (0, -0.15), (-width * 1.0, -0.06)], 20),
                ]
            ),
            ACCENT,
            shade=0.3,
            turn=0.8,
            drop=0.3,
        )
        for step in range(4):
            board.brush(
                [
                    (-width * 1.05 + 0.03 * step, -0.07 - 0.03 * step),
                    (-0.03, top + 0.12 - 0.05 * step),
                    (0.2 - 0.01 * step, top - 0.02 - 0.02 * step),
                ],
                0.014,
                CLOTH,
            )
        board.disc(0.0, -0.17, 0.032, SECOND, shade=0.5)
