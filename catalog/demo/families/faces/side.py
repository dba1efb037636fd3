"""Heads in profile."""

from collections.abc import Callable

import numpy as np

from catalog.demo import canvas
from catalog.demo.canvas import Colour
from catalog.demo.families.faces.board import Board, arc
from catalog.demo.families.faces.grounds import lay_ground
from catalog.demo.families.faces.specs import ACCENT, CLOTH, HAIR, LIGHT, LINE, SECOND, SHADE, Spec


def profile(rng: np.random.Generator, board: Board, spec: Spec) -> None:
    """A head in profile, looking right or (mirrored) left."""
    lay_ground(rng, board, spec.ground)
    way = -1 if rng.random() < 0.5 or "Left" in spec.title else 1
    nose = rng.uniform(0.0, 0.03)

    def lay(points: list[tuple[float, float]] | np.ndarray, colour: int | Colour, **how: float) -> None:
        board.lay(np.asarray(points, np.float64) * (way, 1), colour, **how)

    def brush(points: list[tuple[float, float]], width: float, colour: int | Colour = LINE) -> None:
        board.brush([(way * x, y) for x, y in points], width, colour)

    skull = [(0.0, -0.29), (-0.13, -0.25), (-0.22, -0.12), (-0.215, 0.03), (-0.155, 0.16)]
    face = np.concatenate(
        [
            canvas.spline([(0.0, -0.29), (0.1, -0.25), (0.155, -0.15), (0.16, -0.06)], 24),
            canvas.spline([(0.16, -0.06), (0.185, 0.0), (0.235 + nose, 0.075), (0.225 + nose, 0.1)], 20),
            [(0.17, 0.115)],
            canvas.spline([(0.17, 0.115), (0.165, 0.14), (0.195, 0.16), (0.17, 0.18)], 14),
            canvas.spline([(0.17, 0.18), (0.19, 0.2), (0.155, 0.222), (0.16, 0.25), (0.13, 0.295)], 20),
            canvas.spline([(0.13, 0.295), (0.05, 0.3), (-0.02, 0.26)], 16),
        ]
    )
    neck = [(-0.02, 0.24), (-0.01, 0.5), (-0.24, 0.5), (-0.165, 0.12)]
    if spec.hair == "long":
        lay(
            canvas.spline(
                [
                    (0.02, -0.32),
                    (-0.17, -0.28),
                    (-0.28, -0.1),
                    (-0.3, 0.2),
                    (-0.36, 0.55),
                    (-0.1, 0.5),
                    (-0.08, 0.1),
                    (0.0, -0.2),
                ],
                80,
            ),
            HAIR,
            shade=-0.3,
            turn=3.6,
        )
    body = np.concatenate(
        [
            canvas.spline([(-0.5, board.foot + 0.1), (-0.4, 0.55), (-0.22, 0.44)], 30),
            canvas.spline([(-0.01, 0.45), (0.18, 0.52), (0.32, board.foot + 0.1)], 30),
        ]
    )
    lay(neck, SHADE, shade=0.5, turn=-1.57)
    lay(body, CLOTH, shade=0.5, turn=1.2, drop=0.3)
    lay(
        np.concatenate([face, canvas.spline([(-0.02, 0.26), *skull[::-1]], 40)]),
        LIGHT,
        shade=0.4,
        turn=3.14 if way > 0 else 0.0,
        drop=0.25,
    )
    front = np.concatenate(
        [face[: int(len(face) * 0.86)], canvas.spline([(0.12, 0.29), (0.03, 0.12), (0.05, -0.1), (0.0, -0.29)], 40)]
    )
    lay(front, SHADE, shade=0.3, turn=0.0)
    lay(np.concatenate([arc(0.115, -0.005, 0.045, 0.026, 1, 2), arc(0.115, -0.005, 0.045, 0.02, 0, 1)]), "#fbf7ee")
    board.disc(way * 0.128, -0.006, 0.019, ACCENT)
    board.disc(way * 0.131, -0.006, 0.009, LINE)
    brush([(0.065, 0.0), (0.11, -0.032), (0.165, -0.004)], 0.012)
    brush([(0.06, -0.065), (0.12, -0.085), (0.17, -0.062)], 0.02, HAIR)
    lay([(0.168, 0.18), (0.197, 0.16), (0.115, 0.178)], ACCENT)
    lay(
        [(0.168, 0.18), (0.19, 0.2), (0.165, 0.215), (0.115, 0.182)],
        canvas.mix(board.colours[ACCENT], board.colours[LINE], 0.3),
    )
    _hair_side(rng, board, lay, brush, spec.hair)
    for radius, colour in ((0.05, LIGHT), (0.033, SHADE), (0.017, LIGHT)):
        lay(arc(-0.06, 0.04, radius * 0.8, radius, 0, 2), colour)
    _extras_side(board, lay, brush, spec.extra)


_Lay = Callable[..., None]


def _hair_side(rng: np.random.Generator, board: Board, lay: _Lay, brush: _Lay, hair: str) -> None:
    cap = [(0.11, -0.25), (0.02, -0.32), (-0.14, -0.285), (-0.245, -0.13), (-0.24, 0.04), (-0.17, 0.17)]
    if hair in ("bun", "crop", "bob", "long", "crest"):
        drop = {"bob": 0.22, "long": 0.1}.get(hair, 0.08)
        inner = [(-0.12, drop), (-0.03, 0.0), (0.0, -0.14), (0.11, -0.25)]
        lay(
            canvas.spline([*cap, *([(-0.2, 0.25), (-0.06, 0.24)] if hair == "bob" else []), *inner], 90),
            HAIR,
            shade=-0.35,
            turn=3.8,
            drop=0.2,
        )
        if hair == "bun":
            lay(arc(-0.27, -0.17, 0.1, 0.095, 0, 2), HAIR, shade=-0.4, turn=3.8, drop=0.25)
        if hair == "crest":
            for step in range(9):
                angle = 1.05 + step * 0.115
                base = np.array(
                    [-0.05 + 0.24 * np.cos(angle * np.pi + 0.9), -0.06 + 0.25 * np.sin(angle * np.pi + 0.9)]
                )
                tip = base * 1.5 + np.array([0.02, 0.03])
                lay(
                    np.stack([base + np.array([0.03, 0.02]), tip, base + np.array([-0.03, 0.02])]),
                    ACCENT if step % 2 else SECOND,
                    shade=0.4,
                )
    elif hair == "afro":
        for x, y, radius in ((-0.1, -0.17, 0.25), (-0.22, -0.02, 0.16), (0.03, -0.24, 0.14)):
            lay(arc(x, y, radius, radius, 0, 2), HAIR, shade=-0.3, turn=3.8)
    elif hair == "turban":
        lay(
            canvas.spline(
                [
                    (0.17, -0.12),
                    (0.14, -0.3),
                    (-0.06, -0.42),
                    (-0.28, -0.3),
                    (-0.29, -0.08),
                    (-0.2, 0.0),
                    (-0.05, -0.06),
                    (0.17, -0.12),
                ],
                90,
            ),
            ACCENT,
            shade=0.4,
            turn=1.0,
            drop=0.3,
        )
        for step in range(5):
            brush(
                [
                    (0.15 - 0.03 * step, -0.14 - 0.05 * step),
                    (-0.08, -0.18 - 0.03 * step),
                    (-0.27 + 0.01 * step, -0.08 - 0.04 * step),
                ],
                0.013,
                CLOTH,
            )
    elif hair == "hat":
        lay(canvas.spline([*cap, (-0.1, 0.08), (-0.03, -0.02), (0.0, -0.14)], 60), HAIR)
        lay(
            np.concatenate([[(-0.25, -0.17)], arc(-0.04, -0.26, 0.19, 0.2, 1, 2), [(0.16, -0.17)]]),
            CLOTH,
            shade=0.5,
            drop=0.3,
        )
        lay([(-0.24, -0.235), (0.155, -0.235), (0.157, -0.185), (-0.245, -0.185)], ACCENT)
        lay(arc(-0.03, -0.165, 0.32, 0.03, 0, 2), CLOTH, shade=0.4, turn=1.57, drop=0.35)


def _extras_side(board: Board, lay: _Lay, brush: _Lay, extra: str) -> None:
    if extra == "earrings":
        lay(arc(-0.06, 0.16, 0.05, 0.05, 0, 2), ACCENT, shade=0.4, drop=0.3)
        lay(arc(-0.06, 0.16, 0.024, 0.024, 0, 2), SECOND)
    elif extra == "collar":
        lay([(-0.26, 0.4), (0.04, 0.4), (0.1, 0.5), (-0.32, 0.53)], "#fbf7ee", shade=0.4, turn=1.57, drop=0.3)
        lay([(0.03, 0.44), (0.09, 0.56), (0.02, 0.75), (-0.03, 0.56)], ACCENT, shade=0.4, drop=0.3)
    elif extra == "flower":
        for petal in range(6):
            angle = petal * np.pi / 3
            lay(arc(-0.09 + 0.05 * np.cos(angle), -0.15 + 0.05 * np.sin(angle), 0.04, 0.04, 0, 2), CLOTH, shade=0.4)
        lay(arc(-0.09, -0.15, 0.034, 0.034, 0, 2), ACCENT)
