"""Layouts of pure form: rings, bars, grids, dots, blocks."""

import numpy as np

from catalog.demo import canvas
from catalog.demo.families.posters.press import Print, set_title
from catalog.demo.families.posters.specs import Spec


def rings_layout(rng: np.random.Generator, print_: Print, spec: Spec) -> None:
    """Concentric rings cut in quarters that turn against each other."""
    x, y = canvas.grid(print_.size)
    scale = print_.size[0] / min(print_.size)
    x, y = (x / scale + 0.5 - rng.uniform(0.4, 0.6)), (y / scale + print_.tall / 2 - 0.5)
    radius, turn = np.hypot(x, y), np.arctan2(y, x)
    step = rng.uniform(0.045, 0.065)
    ring = np.floor(radius / step)
    edge = canvas.smoothstep(-0.002, 0.002, radius) * canvas.smoothstep(0.452, 0.448, radius.astype(np.float32))
    shift = rng.uniform(0, 2 * np.pi, 16)[np.clip(ring, 0, 15).astype(int)]
    span = rng.uniform(0.35, 0.8, 16)[np.clip(ring, 0, 15).astype(int)]
    share = ((turn + shift) % (2 * np.pi)) / (2 * np.pi)
    gap = np.abs(radius / step % 1 - 0.5) < 0.43
    for ink, chosen in ((1, ring % 2 == 0), (2, ring % 2 == 1)):
        mask = canvas.blur((chosen & gap & (share < span)).astype(np.float32) * edge, 0.7)
        print_.press(mask, ink)
    print_.disc(float(0.5 - (x[0, print_.size[0] // 2])), 0.5, step * 0.86, 1)
    set_title(print_, spec, most=0.24)


def bars_layout(rng: np.random.Generator, print_: Print, spec: Spec) -> None:
    """Leaning bars of many lengths, like an equaliser or a fan of keys."""
    lean = rng.uniform(-0.5, 0.5)
    count = int(rng.integers(7, 11))
    width = 0.86 / count
    for index in range(count):
        x = 0.07 + index * width
        top = 0.1 + rng.uniform(0, 0.45) * print_.tall
        base = print_.tall * 0.68
        points = [
            (x + lean * 0.3 * (base - top), top),
            (x + width * 0.72 + lean * 0.3 * (base - top), top),
            (x + width * 0.72, base),
            (x, base),
        ]
        print_.polygon(points, 1 + index % 2, through=True)
    for _ in range(2):
        print_.disc(
            rng.uniform(0.2, 0.8),
            rng.uniform(0.2, 0.6),
            rng.uniform(0.07, 0.13),
            1 + int(rng.integers(2)),
            through=True,
        )
    set_title(print_, spec)


def halves_layout(rng: np.random.Generator, print_: Print, spec: Spec) -> None:
    """A grid of half and quarter discs."""
    columns = int(rng.integers(3, 5))
    cell = 0.86 / columns
    rows = int((print_.tall - 0.42) / cell)
    sketches = [print_.sketch() for _ in spec.inks[1:-1]]
    for row in range(rows):
        for column in range(columns):
            left, top = 0.07 + column * cell, 0.07 + row * cell
            sketch = sketches[int(rng.integers(len(sketches)))]
            sketch.polygon(print_.scaled(_tile(rng, left, top, cell)))
    for ink, sketch in enumerate(sketches, start=1):
        print_.press(sketch.plane(), ink)
    set_title(print_, spec, most=0.22)


def _tile(rng: np.random.Generator, left: float, top: float, cell: float) -> np.ndarray:
    turn = int(rng.integers(4)) * np.pi / 2
    kind = int(rng.integers(3))
    if kind == 0:
        angles = np.linspace(0, np.pi, 60) + turn
        points = np.column_stack([np.cos(angles), np.sin(angles)]) * 0.5
        return np.array([left + cell / 2, top + cell / 2]) + points * cell
    if kind == 1:
        angles = np.linspace(0, np.pi / 2, 40)
        points = np.concatenate([[(0, 0)], np.column_stack([np.cos(angles), np.sin(angles)])]) - 0.5
    else:
        angles = np.linspace(0, 2 * np.pi, 90)
        points = np.column_stack([np.cos(angles), np.sin(angles)]) * 0.5
    spin = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
    return np.array([left + cell / 2, top + cell / 2]) + points @ spin.T * cell


def overlap_layout(rng: np.random.Generator, print_: Print, spec: Spec) -> None:
    """Three large transparent discs, drops or squares."""
    turn = rng.uniform(0, 2 * np.pi)
    centre = (0.5, print_.tall * 0.42)
    for ink in range(3):
        angle = turn + ink * 2 * np.pi / 3
        x, y = centre[0] + 0.17 * np.cos(angle), centre[1] + 0.19 * np.sin(angle)
        angles = np.linspace(0, 2 * np.pi, 160)
        power = (2.0, 3.6, 1.35)[int(rng.integers(3))] if spec.word != "film" else 2.0
        outline = np.column_stack(
            [
                np.sign(np.cos(angles)) * np.abs(np.cos(angles)) ** (2 / power),
                np.sign(np.sin(angles)) * np.abs(np.sin(angles)) ** (2 / power),
            ]
        )
        print_.polygon(np.array([x, y]) + 0.28 * outline, 1 + ink, through=True)
    set_title(print_, spec, most=0.25)


def stairs_layout(rng: np.random.Generator, print_: Print, spec: Spec) -> None:
    """Quarter arcs that climb the sheet."""
    steps = 6
    rise = print_.tall * 0.66 / steps
    for step in range(steps):
        x, y = 0.04 + step * 0.92 / steps, print_.tall * 0.72 - step * rise
        for ink, radius in ((1, 0.42), (2, 0.29), (3, 0.15)):
            angles = np.linspace(-np.pi / 2, 0, 50)
            arc = np.column_stack([np.cos(angles), np.sin(angles)]) * radius + (x, y)
            print_.polygon(np.concatenate([[(x, y)], arc]), 1 + (ink + step) % 3)
    set_title(print_, spec, most=0.2)


def dots_layout(rng: np.random.Generator, print_: Print, spec: Spec) -> None:
    """A raster of dots whose size follows a hidden picture: a wave, a ball or a flower."""
    count = int(rng.integers(15, 21))
    cell = 0.88 / count
    rows = int((print_.tall - 0.42) / cell)
    column, row = np.meshgrid(np.arange(count), np.arange(rows))
    u, v = (column + 0.5) / count - 0.5, ((row + 0.5) - rows / 2) / count
    kind, turn = {"radio": 0, "flora": 1, "circus": 2}[spec.word], rng.uniform(0, 6)
    radius, angle = np.hypot(u, v), np.arctan2(v, u)
    level = (
        0.5 + 0.5 * np.sin(radius * 24 - turn),
        np.clip(1.2 - radius / (0.28 + 0.14 * np.cos(6 * angle + turn)), 0, 1),
        np.clip(np.exp(-(((radius - 0.33) / 0.11) ** 2)), 0, 1),
    )[kind]
    sketches = [print_.sketch(), print_.sketch()]
    for i, j, size in zip(column.ravel(), row.ravel(), level.ravel(), strict=True):
        place = print_.scaled([(0.06 + (i + 0.5) * cell, 0.07 + (j + 0.5) * cell)])[0]
        warm = size > 0.5 if kind else (i + j) % 2
        sketches[int(warm)].disc(tuple(place), (0.1 + 0.4 * size) * cell * print_.size[0])
    print_.press(sketches[0].plane(), 2)
    print_.press(sketches[1].plane(), 1)
    set_title(print_, spec, most=0.22)


def moire_layout(rng: np.random.Generator, print_: Print, spec: Spec) -> None:
    """Two families of curves in one ink; the eye sees a third."""
    x, y = canvas.grid(print_.size)
    scale = print_.size[0] / min(print_.size)
    x, y = x / scale, y / scale + print_.tall / 2 - 0.5
    pitch = rng.uniform(0.018, 0.023)
    first = np.hypot(x + 0.07, y)
    second = np.hypot(x - 0.07, y - rng.uniform(-0.05, 0.05))
    inside = canvas.smoothstep(0.38, 0.378, np.maximum(np.abs(x), np.abs(y)).astype(np.float32))
    for radius in (first, second):
        wave = np.abs(radius / pitch % 1 - 0.5).astype(np.float32)
        print_.press(canvas.smoothstep(0.2, 0.26, wave) * inside, 1)
    set_title(print_, spec, most=0.22)


def boomerang_layout(rng: np.random.Generator, print_: Print, spec: Spec) -> None:
    """Boomerangs, palettes and starbursts of the atomic age."""
    for index in range(4):
        centre = np.array([rng.uniform(0.2, 0.8), (0.2 + 0.19 * index) * print_.tall * 0.68])
        turn = rng.uniform(0, 2 * np.pi)
        shape = canvas.spline(
            [
                (-0.3, 0.05),
                (-0.1, -0.1),
                (0.12, -0.1),
                (0.32, 0.08),
                (0.22, 0.1),
                (0.06, 0.0),
                (-0.1, 0.02),
                (-0.24, 0.12),
                (-0.3, 0.05),
            ],
            120,
        )
        spin = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
        print_.polygon(centre + shape @ spin.T * rng.uniform(0.9, 1.4), 1 + index % 3, through=index > 1)
    for _ in range(5):
        _star(rng, print_, rng.uniform(0.1, 0.9), rng.uniform(0.08, 0.7) * print_.tall, rng.uniform(0.05, 0.12))
    set_title(print_, spec, most=0.24)


def _star(rng: np.random.Generator, print_: Print, x: float, y: float, radius: float) -> None:
    """A starburst of needles with balls at the ends."""
    sketch = print_.sketch()
    for arm in range(8):
        angle = arm * np.pi / 4 + 0.2
        reach = radius * (1.0 if arm % 2 else 0.6)
        end = (x + reach * np.cos(angle), y + reach * np.sin(angle))
        sketch.stroke(print_.scaled([(x, y), end]), 0.006 * print_.size[0])
        if arm % 2:
            sketch.disc(tuple(print_.scaled([end])[0]), 0.011 * print_.size[0])
    print_.press(sketch.plane(), len(print_.inks) - 1)


def blocks_layout(rng: np.random.Generator, print_: Print, spec: Spec) -> None:
    """Stacked cubes seen from above a corner."""
    side = rng.uniform(0.105, 0.13)
    heights = rng.integers(0, 4, (5, 5))
    sketches = [print_.sketch() for _ in range(3)]
    for row, column in np.ndindex(5, 5):
        x, y = 0.5 + (column - row) * side * 0.866, print_.tall * 0.33 + (column + row) * side * 0.5
        top = y - (0.4 + 0.7 * heights[row, column]) * side * 0.75
        a, h = side * 0.866, side * 0.5
        faces = (
            [(x - a, top), (x, top + h), (x, y + h), (x - a, y)],
            [(x, top - h), (x + a, top), (x, top + h), (x - a, top)],
            [(x + a, top), (x, top + h), (x, y + h), (x + a, y)],
        )
        for face, points in enumerate(faces):
            for ink, sketch in enumerate(sketches):
                sketch.polygon(print_.scaled(points), float(ink == face))
    for ink, sketch in enumerate(sketches, start=1):
        print_.press(sketch.plane(), ink)
    set_title(print_, spec, most=0.22)


def grid_layout(rng: np.random.Generator, print_: Print, spec: Spec) -> None:
    """Blocks on a grid of six columns, a few of them filled, one with a disc."""
    cell = 0.86 / 6
    rows = int((print_.tall - 0.45) / cell)
    taken = np.zeros((rows, 6), bool)
    for ink in (1, 2, 3, 1, 2, 3, 1, 2):
        for _ in range(12):
            wide, high = int(rng.integers(1, 4)), int(rng.integers(1, 4))
            column, row = int(rng.integers(0, 7 - wide)), int(rng.integers(0, max(rows - high, 0) + 1))
            if taken[row : row + high, column : column + wide].any():
                continue
            taken[row : row + high, column : column + wide] = True
            left, top, right, foot = (
                0.07 + column * cell,
                0.07 + row * cell,
                0.07 + (column + wide) * cell,
                0.07 + (row + high) * cell,
            )
            print_.polygon(
                [(left, top), (right - 0.008, top), (right - 0.008, foot - 0.008), (left, foot - 0.008)], ink
            )
            if wide == high > 1:
                print_.disc((left + right - 0.008) / 2, (top + foot - 0.008) / 2, wide * cell * 0.36, 0)
            break
    set_title(print_, spec, most=0.22)
