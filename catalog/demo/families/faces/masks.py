"""Masks: everything twice, left and right."""

import numpy as np

from catalog.demo import canvas
from catalog.demo.families.faces.board import Board, arc
from catalog.demo.families.faces.front import head_outline
from catalog.demo.families.faces.grounds import lay_ground
from catalog.demo.families.faces.specs import ACCENT, CLOTH, HAIR, LIGHT, LINE, SECOND, SHADE, Spec


def mask_face(rng: np.random.Generator, board: Board, spec: Spec) -> None:
    """Everything twice, left and right."""
    lay_ground(rng, board, spec.ground)
    _headdress(rng, board, spec.hair)
    wide, high = rng.uniform(0.19, 0.24), rng.uniform(0.34, 0.4)
    for share, colour in ((1.0, HAIR), (0.93, LIGHT), (0.0, LIGHT)):
        if share:
            board.lay(
                head_outline(wide * share, high * share, chin=rng.uniform(0.3, 0.42)),
                colour,
                shade=0.45 if colour == LIGHT else -0.3,
                turn=1.2,
                drop=0.35 if share == 1 else 0.0,
            )
    board.lay(
        np.concatenate(
            [
                [(0.0, -0.33)],
                canvas.spline([(0.07, -0.28), (0.045, -0.05), (0.08, 0.14)], 20),
                canvas.spline([(-0.08, 0.14), (-0.045, -0.05), (-0.07, -0.28)], 20),
            ]
        ),
        SHADE,
        shade=0.5,
        turn=1.57,
    )
    marks = int(rng.integers(3))
    for side in (-1, 1):
        x = side * wide * 0.5
        for radius, colour in ((0.085, ACCENT), (0.066, HAIR), (0.047, SECOND), (0.024, LINE)):
            board.lay(arc(x, -0.02, radius * 1.05, radius * 0.72, 0, 2), colour)
        board.brush([(side * 0.03, -0.12), (x, -0.16), (side * wide * 0.9, -0.08)], 0.03, HAIR)
        for step in range(4):
            y = 0.09 + 0.042 * step
            if marks == 0:
                board.brush(
                    [(side * 0.085, y), (side * 0.13, y + 0.012), (side * wide * (0.86 - 0.09 * step), y - 0.012)],
                    0.014,
                    ACCENT,
                )
            elif marks == 1:
                board.disc(side * 0.125, y, 0.013, ACCENT)
                board.disc(side * 0.16, y - 0.012, 0.009, SECOND)
            else:
                board.lay(
                    [(side * 0.09, y), (side * 0.15, y - 0.014), (side * 0.15, y + 0.014)],
                    CLOTH if step % 2 else ACCENT,
                )
    mouth = 0.27
    board.lay(arc(0, mouth, 0.1, 0.05, 0, 2), HAIR)
    board.lay(arc(0, mouth, 0.083, 0.034, 0, 2), ACCENT)
    for tooth in np.linspace(-0.06, 0.06, 7):
        board.lay(
            [
                (tooth - 0.007, mouth - 0.022),
                (tooth + 0.007, mouth - 0.022),
                (tooth + 0.005, mouth + 0.0),
                (tooth - 0.005, mouth + 0.0),
            ],
            "#fbf7ee",
        )
    for row in range(3):
        for spot in np.linspace(-1, 1, 7 - row):
            board.disc(
                float(spot) * (0.115 - 0.03 * row),
                -0.25 - 0.03 * row + 0.03 * float(spot) ** 2,
                0.009,
                ACCENT if row % 2 else CLOTH,
            )


def _headdress(rng: np.random.Generator, board: Board, kind: str) -> None:
    if kind == "horns":
        for side in (-1, 1):
            horn = canvas.spline(
                [
                    (side * 0.1, -0.28),
                    (side * 0.3, -0.3),
                    (side * 0.37, -0.48),
                    (side * 0.3, -0.36),
                    (side * 0.16, -0.2),
                ],
                60,
            )
            board.lay(horn, CLOTH, shade=0.5, turn=1.57, drop=0.3)
    count = {"horns": 7, "crest": 13, "feathers": 17}[kind]
    for index in range(count):
        angle = np.pi * (1.5 + (index - (count - 1) / 2) * (0.62 if kind != "horns" else 0.3) / count * 1.2)
        along, across = np.array([np.cos(angle), np.sin(angle)]), np.array([-np.sin(angle), np.cos(angle)])
        reach = {"horns": 0.42, "crest": 0.47, "feathers": 0.56}[kind] * (1.0 if index % 2 == 0 else 0.9)
        s = np.linspace(0, 1, 24)[:, None]
        half = np.sin(s * np.pi * 0.86 + 0.25) * (0.036 if kind != "feathers" else 0.03)
        spine, side = along * s * reach + np.array([0, 0.02]), across * half
        blade = np.concatenate([spine + side, (spine - side)[::-1]])
        board.lay(blade, (CLOTH, ACCENT, SECOND)[index % 3], shade=0.5, turn=float(angle), drop=0.2)
        tip = along * reach * 0.86 + (0, 0.02)
        board.disc(float(tip[0]), float(tip[1]), 0.017, HAIR)
    board.lay(
        [(-0.17, 0.32), (0.17, 0.32), (0.26, board.foot + 0.1), (-0.26, board.foot + 0.1)], CLOTH, shade=0.6, turn=1.57
    )
    for row in range(7):
        y = 0.44 + 0.055 * row
        board.brush([(-0.3, y), (0, y + 0.05), (0.3, y)], 0.022, (ACCENT, SECOND)[row % 2], taper=False)
