"""What stands behind a bust: suns, moons, stripes, arches, leaves, windows, rays."""

from collections.abc import Callable

import numpy as np

from catalog.demo.families.faces.board import Board, arc
from catalog.demo.families.faces.specs import ACCENT, GROUND, SECOND


def lay_ground(rng: np.random.Generator, board: Board, kind: str) -> None:
    """One of the grounds by name; any other name leaves the paper bare."""
    if kind in _GROUNDS:
        _GROUNDS[kind](rng, board)


def _sun(rng: np.random.Generator, board: Board) -> None:
    x, y = rng.uniform(-0.18, 0.18), rng.uniform(-0.25, -0.1)
    board.disc(x, y, rng.uniform(0.36, 0.43), SECOND, shade=0.5, turn=1.6)


def _moon(rng: np.random.Generator, board: Board) -> None:
    """A crescent and stars."""
    x, y = rng.uniform(-0.18, 0.18), rng.uniform(-0.25, -0.1)
    board.disc(x, y, rng.uniform(0.36, 0.43), ACCENT, shade=0.5, turn=1.6)
    board.disc(x + 0.12, y - 0.06, 0.33, GROUND)
    for _ in range(26):
        place = rng.uniform(-board.right, board.right), rng.uniform(board.top, 0.3)
        board.disc(*place, rng.uniform(0.003, 0.007), ACCENT)


def _split(rng: np.random.Generator, board: Board) -> None:
    lean, edge = rng.uniform(-0.3, 0.3), board.right
    half = [(lean, board.top), (edge, board.top), (edge, board.foot), (-lean, board.foot)]
    board.lay(half, SECOND, shade=0.45, turn=0.3)


def _stripes(rng: np.random.Generator, board: Board) -> None:
    width = board.right / 6.5
    for step in range(0, 14, 2):
        _box(board, -board.right + step * width, board.top, width, board.foot - board.top, SECOND, shade=0.4, turn=1.57)


def _arch(rng: np.random.Generator, board: Board) -> None:
    for radius, colour in ((0.44, SECOND), (0.36, ACCENT), (0.29, GROUND)):
        door = [[(-radius, board.foot)], arc(0, -0.12, radius, radius, 1, 2), [(radius, board.foot)]]
        board.lay(np.concatenate(door), colour, shade=0.35, turn=1.57)


def _leaves(rng: np.random.Generator, board: Board) -> None:
    s = np.linspace(0, 1, 24)
    for _ in range(22):
        place = rng.uniform(-board.right, board.right), rng.uniform(board.top, board.foot)
        turn, reach = rng.uniform(0, 2 * np.pi), rng.uniform(0.1, 0.2)
        blade = np.sin(s * np.pi) * reach * 0.28
        leaf = np.concatenate([np.column_stack([s * reach, blade]), np.column_stack([s * reach, -blade])[::-1]])
        spin = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
        board.lay(leaf @ spin.T + place, SECOND if rng.random() < 0.75 else ACCENT, shade=0.6, turn=turn)


def _window(rng: np.random.Generator, board: Board) -> None:
    for row, column in np.ndindex(3, 3):
        colour = ACCENT if (row + column) % 3 == 0 else SECOND
        left, top = -0.42 + 0.285 * column, board.top + 0.08 + 0.29 * row
        _box(board, left, top, 0.26, 0.265, colour, shade=0.5, turn=rng.uniform(0, 6))


def _rays(rng: np.random.Generator, board: Board) -> None:
    source = np.array([0, -0.1])
    for ray in range(0, 24, 2):
        edges = np.array([ray, ray + 1]) * np.pi / 12
        ends = source + 2 * np.column_stack([np.cos(edges), np.sin(edges)])
        board.lay(np.concatenate([[source], ends]), SECOND, shade=0.3)


def _box(
    board: Board, left: float, top: float, width: float, height: float, colour: int, *, shade: float, turn: float
) -> None:
    corners = [(left, top), (left + width, top), (left + width, top + height), (left, top + height)]
    board.lay(corners, colour, shade=shade, turn=turn)


_GROUNDS: dict[str, Callable[[np.random.Generator, Board], None]] = {
    "sun": _sun,
    "moon": _moon,
    "split": _split,
    "stripes": _stripes,
    "arch": _arch,
    "leaves": _leaves,
    "window": _window,
    "rays": _rays,
}
