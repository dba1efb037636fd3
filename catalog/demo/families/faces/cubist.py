"""Heads seen from several sides at once."""

import numpy as np

from catalog.demo import canvas
from catalog.demo.families.faces.board import Board, arc
from catalog.demo.families.faces.hair import hair_before, hair_behind
from catalog.demo.families.faces.specs import ACCENT, CLOTH, GROUND, HAIR, LIGHT, LINE, SECOND, SHADE, Spec


def cubist_head(rng: np.random.Generator, board: Board, spec: Spec) -> None:
    """Head and ground cut by the same straight lines; each plane takes its own colour and its own shading."""
    width, height = board.size
    x = ((np.arange(width, dtype=np.float32) + 0.5) - board.axis)[None] / board.scale
    y = ((np.arange(height, dtype=np.float32) + 0.5) - board.bridge)[:, None] / board.scale
    code = np.zeros((height, width), np.int32)
    for bit in range(4):
        angle, shift = rng.uniform(0, np.pi), rng.uniform(-0.2, 0.2)
        code |= ((x * np.cos(angle) + y * np.sin(angle) > shift).astype(np.int32)) << bit
    for index, value in enumerate(np.unique(code)):
        mask = (code == value).astype(np.float32)
        tone = canvas.mix(board.colours[GROUND], board.colours[SECOND], rng.choice([0.0, 0.35, 0.7, 1.0]))
        board.wash(mask, tone, shade=rng.uniform(0.15, 0.5), turn=index * 1.9)
    shape = np.array(
        [
            (-0.04, -0.3),
            (0.14, -0.25),
            (0.22, -0.08),
            (0.19, 0.12),
            (0.08, 0.31),
            (-0.07, 0.33),
            (-0.18, 0.17),
            (-0.23, -0.06),
            (-0.17, -0.23),
        ]
    )
    shape = shape * rng.uniform(0.92, 1.1, shape.shape)
    hair_behind(rng, board, spec.hair if spec.hair in ("bob", "long", "bun") else "", 0.21, 0.3)
    board.lay(
        [(-0.5, board.foot + 0.1), (-0.34, 0.5), (-0.1, 0.4), (0.09, 0.38), (0.3, 0.47), (0.5, board.foot + 0.1)],
        CLOTH,
        shade=0.5,
        turn=0.5,
    )
    board.lay(
        [(0.02, 0.42), (0.3, 0.47), (0.48, board.foot + 0.1), (0.1, board.foot + 0.1)],
        canvas.mix(board.colours[CLOTH], board.colours[SECOND], 0.5),
        shade=0.5,
    )
    board.lay([(-0.09, 0.22), (0.07, 0.22), (0.1, 0.44), (-0.02, 0.52), (-0.11, 0.44)], SHADE, shade=0.6, turn=-1.57)
    sketch = canvas.Sketch(board.size)
    sketch.polygon(board.px(shape))
    head = sketch.plane()
    skins = [
        board.colours[LIGHT],
        board.colours[SHADE],
        canvas.mix(board.colours[LIGHT], board.colours[SHADE], 0.5),
        canvas.mix(board.colours[LIGHT], board.colours[SECOND], 0.6),
        canvas.mix(board.colours[LIGHT], board.colours[CLOTH], 0.55),
    ]
    for index, value in enumerate(np.unique(code[head > 0.5])):
        board.wash(head * (code == value), skins[index % len(skins)], shade=rng.uniform(0.3, 0.7), turn=index * 2.3)
    board.lay(
        [
            (0.0, -0.3),
            (0.05, -0.08),
            (0.12, 0.1),
            (0.02, 0.12),
            (0.06, 0.2),
            (0.0, 0.32),
            (-0.07, 0.33),
            (-0.02, 0.1),
            (-0.03, -0.1),
        ],
        ACCENT,
        shade=0.6,
        turn=2.6,
    )
    _cubist_features(rng, board)
    if spec.hair in ("hat", "beret"):
        hair_before(rng, board, spec.hair, 0.2, 0.3)
    else:
        board.lay(
            [
                (-0.2, -0.12),
                (-0.17, -0.27),
                (-0.02, -0.36),
                (0.15, -0.28),
                (0.23, -0.1),
                (0.12, -0.17),
                (0.02, -0.22),
                (-0.1, -0.16),
            ],
            HAIR,
            shade=-0.4,
            turn=3.9,
            drop=0.3,
        )
    for _ in range(4):
        start = np.array([rng.uniform(-0.4, 0.4), rng.uniform(0.5, 0.8)])
        end = start + rng.uniform(-0.3, 0.3, 2)
        board.brush([tuple(start), tuple((start + end) / 2 + rng.uniform(-0.06, 0.06, 2)), tuple(end)], 0.008)


def _cubist_features(rng: np.random.Generator, board: Board) -> None:
    left, right = (-0.105, rng.uniform(-0.07, -0.02)), (0.115, rng.uniform(0.0, 0.05))
    board.lay(np.concatenate([arc(*left, 0.07, 0.045, 1, 2), arc(*left, 0.07, 0.035, 0, 1)]), "#fbf7ee", shade=0.2)
    board.disc(*left, 0.03, CLOTH)
    board.disc(*left, 0.014, LINE)
    board.lay(
        [(right[0] - 0.055, right[1] - 0.04), (right[0] + 0.06, right[1]), (right[0] - 0.045, right[1] + 0.035)],
        "#fbf7ee",
    )
    board.disc(right[0] - 0.02, right[1] - 0.002, 0.024, LINE)
    board.brush([(left[0] - 0.08, left[1] - 0.06), (left[0], left[1] - 0.085), (left[0] + 0.08, left[1] - 0.05)], 0.022)
    board.brush(
        [(right[0] - 0.06, right[1] - 0.075), (right[0], right[1] - 0.07), (right[0] + 0.07, right[1] - 0.035)], 0.02
    )
    board.brush([(-0.03, -0.12), (0.05, -0.05), (0.12, 0.1), (0.02, 0.125)], 0.014)
    board.lay([(-0.08, 0.21), (-0.02, 0.185), (0.01, 0.2), (0.09, 0.175), (0.03, 0.215)], CLOTH)
    board.lay(
        [(-0.08, 0.21), (0.03, 0.215), (0.09, 0.175), (0.04, 0.25), (-0.03, 0.255)],
        canvas.mix(board.colours[CLOTH], board.colours[LINE], 0.4),
    )
