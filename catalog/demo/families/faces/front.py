"""The frontal bust: two halves, eyes, nose, mouth, clothes."""

import numpy as np

from catalog.demo import canvas
from catalog.demo.families.faces.board import Board, arc
from catalog.demo.families.faces.grounds import lay_ground
from catalog.demo.families.faces.hair import hair_before, hair_behind
from catalog.demo.families.faces.specs import ACCENT, CLOTH, HAIR, LIGHT, LINE, SECOND, SHADE, Spec


def head_outline(width: float, height: float, *, chin: float = 0.34) -> np.ndarray:
    """An egg with its narrow end down, clockwise from the right."""
    angles = np.linspace(0, 2 * np.pi, 121)
    sine = np.sin(angles)
    x = width * np.sign(np.cos(angles)) * np.abs(np.cos(angles)) ** 0.9 * (1 - chin * np.clip(sine, 0, 1) ** 1.6)
    return np.column_stack([x, 0.04 + height * sine])


def bust(rng: np.random.Generator, board: Board, spec: Spec) -> None:
    lay_ground(rng, board, spec.ground)
    width, height = rng.uniform(0.185, 0.215), rng.uniform(0.265, 0.3)
    head = head_outline(width, height, chin=rng.uniform(0.22, 0.42))
    hair_behind(rng, board, spec.hair, width, height)
    _shoulders(rng, board, spec)
    board.lay([(-0.075, 0.18), (0.075, 0.18), (0.085, 0.46), (-0.085, 0.46)], SHADE, shade=0.6, turn=-1.57)
    for side in (-1, 1):
        board.disc(side * width * 1.0, 0.06, 0.042, LIGHT if side < 0 else SHADE)
    board.lay(head, LIGHT, shade=0.25, turn=2.4, drop=0.3)
    bow = rng.uniform(-0.035, 0.035)
    middle = canvas.spline([(0.0, 0.04 - height), (bow, -0.05), (-bow, 0.12), (0.0, 0.04 + height)], 40)
    right = head[(head[:, 0] >= -1e-6)]
    right = right[np.argsort(right[:, 1])]
    board.lay(np.concatenate([middle, right[::-1]]), SHADE, shade=0.45, turn=0.4)
    _eyes(rng, board, width)
    _nose_and_mouth(rng, board)
    hair_before(rng, board, spec.hair, width, height)
    _extras(rng, board, spec.extra, width)


def _shoulders(rng: np.random.Generator, board: Board, spec: Spec) -> None:
    top = rng.uniform(0.36, 0.4)
    body = np.concatenate([[(-0.5, board.foot + 0.1)], arc(0, top + 0.3, 0.44, 0.3, 1, 2), [(0.5, board.foot + 0.1)]])
    board.lay(body, CLOTH, shade=0.5, turn=1.2, drop=0.25)
    board.lay(
        np.concatenate(
            [[(0, board.foot + 0.1)], [(0, top)], arc(0, top + 0.3, 0.44, 0.3, 1.5, 2), [(0.46, board.foot + 0.1)]]
        ),
        canvas.mix(board.colours[CLOTH], board.colours[LINE], 0.3),
        shade=0.3,
    )
    kind = int(rng.integers(3))
    if kind == 0:
        board.lay([(-0.12, top + 0.01), (0.12, top + 0.01), (0.0, top + 0.25)], LIGHT, shade=0.4)
    elif kind == 1:
        for row in range(4):
            board.brush(
                [(-0.4, top + 0.2 + 0.1 * row), (0, top + 0.25 + 0.1 * row), (0.4, top + 0.2 + 0.1 * row)],
                0.03,
                ACCENT,
                taper=False,
            )
    else:
        board.lay([(-0.13, top), (-0.02, top + 0.14), (-0.16, top + 0.18)], ACCENT, drop=0.3)
        board.lay([(0.13, top), (0.02, top + 0.14), (0.16, top + 0.18)], ACCENT, shade=0.5, drop=0.3)


def _eyes(rng: np.random.Generator, board: Board, width: float) -> None:
    apart, y = width * rng.uniform(0.44, 0.52), rng.uniform(-0.03, 0.0)
    kind = int(rng.integers(4))
    for side in (-1, 1):
        x = side * apart
        if kind == 3 and side == 1:
            board.brush([(x - 0.05, y), (x, y + 0.02), (x + 0.05, y)], 0.014)
        else:
            lid = 0.03 if kind != 1 else 0.042
            board.lay(np.concatenate([arc(x, y, 0.058, lid, 1, 2), arc(x, y, 0.058, lid * 0.8, 0, 1)]), "#fbf7ee")
            board.disc(x, y, 0.027, ACCENT if kind != 2 else CLOTH)
            board.disc(x, y, 0.013, LINE)
            board.disc(x - 0.008, y - 0.009, 0.005, "#ffffff")
            board.brush([(x - 0.062, y + 0.004), (x, y - lid * 1.05), (x + 0.062, y + 0.004)], 0.012)
        rise = rng.uniform(0.0, 0.02)
        board.brush(
            [(x - side * 0.06, y - 0.062), (x + side * 0.01, y - 0.09 - rise), (x + side * 0.075, y - 0.07)], 0.02, HAIR
        )


def _nose_and_mouth(rng: np.random.Generator, board: Board) -> None:
    tip, wide = rng.uniform(0.11, 0.14), rng.uniform(0.035, 0.06)
    kind = int(rng.integers(3))
    if kind == 0:
        board.lay([(0.0, -0.06), (wide, tip), (0.0, tip + 0.012)], ACCENT, shade=0.4)
    elif kind == 1:
        board.brush([(0.02, -0.07), (0.012, 0.04), (-wide, tip - 0.01), (0.0, tip + 0.01)], 0.014)
    else:
        board.lay(
            np.concatenate([[(0.0, -0.07)], arc(0, tip - 0.02, wide * 0.75, wide * 0.6, 0, 1)]),
            canvas.mix(board.colours[LIGHT], board.colours[SHADE], 0.6),
            shade=0.4,
            turn=0.2,
        )
    y, half = tip + rng.uniform(0.06, 0.075), rng.uniform(0.05, 0.072)
    board.lay(
        [(-half, y), (-half * 0.3, y - 0.026), (0, y - 0.015), (half * 0.3, y - 0.026), (half, y)], ACCENT, shade=0.4
    )
    board.lay(arc(0, y, half * 0.85, 0.034, 0, 1), canvas.mix(board.colours[ACCENT], board.colours[LINE], 0.25))
    board.brush([(-half, y), (0, y + 0.004), (half, y)], 0.007)
    if rng.random() < 0.5:
        for side in (-1, 1):
            board.disc(side * 0.105, 0.09, 0.032, canvas.mix(board.colours[LIGHT], board.colours[ACCENT], 0.4))


def _extras(rng: np.random.Generator, board: Board, extra: str, width: float) -> None:
    if extra == "glasses":
        for side in (-1, 1):
            x = side * width * 0.49
            ring = np.concatenate([arc(x, -0.015, 0.08, 0.08, 0, 2), arc(x, -0.015, 0.066, 0.066, 2, 0)])
            board.lay(ring, LINE)
            board.brush(
                [(x + side * 0.075, -0.025), (x + side * 0.1, -0.03), (side * width * 1.04, -0.02)], 0.014, taper=False
            )
        board.brush([(-0.025, -0.02), (0, -0.035), (0.025, -0.02)], 0.014, taper=False)
    elif extra == "earrings":
        for side in (-1, 1):
            board.disc(side * (width + 0.015), 0.135, 0.018, ACCENT)
            board.lay(
                [(side * (width + 0.015), 0.15), (side * (width + 0.055), 0.25), (side * (width - 0.025), 0.25)],
                ACCENT if side < 0 else SECOND,
                shade=0.4,
                drop=0.3,
            )
    elif extra == "moustache":
        for side in (-1, 1):
            board.lay(
                canvas.spline(
                    [(0, 0.15), (side * 0.06, 0.155), (side * 0.13, 0.13), (side * 0.07, 0.185), (0, 0.172)], 40
                ),
                HAIR,
            )
    elif extra in ("scarf", "collar"):
        rows = 4 if extra == "scarf" else 2
        for row in range(rows):
            y = 0.31 + 0.034 * row
            board.lay(
                np.concatenate(
                    [arc(0, y, 0.15 + 0.012 * row, 0.03, 1, 2), arc(0, y + 0.03, 0.15 + 0.012 * row, 0.03, 0, 1)]
                ),
                ACCENT if row % 2 == 0 else SECOND,
                shade=0.4,
                turn=0.2,
            )
        if extra == "scarf":
            board.lay([(0.04, 0.42), (0.13, 0.41), (0.16, 0.7), (0.06, 0.71)], ACCENT, shade=0.5, turn=1.57, drop=0.3)
    elif extra == "beads":
        for row in range(3):
            for bead in np.linspace(0.12, 0.88, 11 + 2 * row):
                x, y = (
                    0.0 - (0.13 + 0.05 * row) * np.cos(bead * np.pi),
                    0.37 + (0.06 + 0.06 * row) * np.sin(bead * np.pi),
                )
                board.disc(float(x), float(y), 0.015, (ACCENT, SECOND, LIGHT)[row], shade=0.5)
