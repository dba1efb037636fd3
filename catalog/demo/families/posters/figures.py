"""Layouts that show something: suns, peaks, birds, bottles, fish."""

import numpy as np

from catalog.demo import canvas
from catalog.demo.families.posters.press import Print, set_title
from catalog.demo.families.posters.specs import Spec


def sun_layout(rng: np.random.Generator, print_: Print, spec: Spec) -> None:
    """A disc over the sea with its broken reflection."""
    horizon = print_.tall * rng.uniform(0.46, 0.54)
    x, radius = rng.uniform(0.38, 0.62), rng.uniform(0.24, 0.31)
    if not print_.dark:
        rays = print_.sketch()
        for ray in range(28):
            angle = ray * 2 * np.pi / 28
            wide = np.pi / 60
            rays.polygon(
                print_.scaled(
                    [
                        (x, horizon),
                        (x + 2.2 * np.cos(angle - wide), horizon + 2.2 * np.sin(angle - wide)),
                        (x + 2.2 * np.cos(angle + wide), horizon + 2.2 * np.sin(angle + wide)),
                    ]
                )
            )
        print_.press(0.5 * rays.plane(), 2)
    print_.disc(x, horizon, radius, 1)
    print_.polygon([(0, horizon), (1, horizon), (1, print_.tall), (0, print_.tall)], 2 if print_.dark else 3)
    sketch = print_.sketch()
    for row in range(7):
        y = horizon + 0.035 + row * 0.042
        half = radius * (0.95 - 0.1 * row) * rng.uniform(0.7, 1.05)
        shift = rng.uniform(-0.04, 0.04)
        sketch.stroke(print_.scaled([(x - half + shift, y), (x + half + shift, y)]), 0.015 * print_.size[0])
    print_.press(sketch.plane(), 1)
    height = print_.fit(spec.word, 0.84, 0.22)
    print_.words(spec.word, 0.075, 0.09 + height * 0.72, height, bold=0.035)
    for row, text in enumerate(spec.lines):
        print_.words(text, 0.08, print_.tall - 0.125 + row * 0.05, 0.038, ink=0, bold=0.02)


def letter_layout(rng: np.random.Generator, print_: Print, spec: Spec) -> None:
    """One letter too large for the sheet, a bar and a dot in the second colour."""
    print_.disc(rng.uniform(0.62, 0.85), rng.uniform(0.2, 0.35), rng.uniform(0.14, 0.2), 2)
    y = print_.tall * rng.uniform(0.76, 0.8)
    print_.words(spec.word, rng.uniform(0.44, 0.54), y - 0.06, min((y - 0.1) * 1.3, 1.4), ink=1, bold=0.05, anchor="ms")
    print_.polygon([(0, y), (1, y), (1, y + 0.03), (0, y + 0.03)], 2)
    print_.lines(spec.lines, 0.075, print_.tall - 0.07 - 0.062 * (len(spec.lines) - 1), height=0.05)


def peaks_layout(rng: np.random.Generator, print_: Print, spec: Spec) -> None:
    """Triangular mountains split into a lit and a shaded side."""
    print_.disc(rng.uniform(0.2, 0.8), print_.tall * 0.3, 0.13, 3)
    ground = print_.tall * 0.72
    for middle, height, half in ((0.25, 0.5, 0.36), (0.78, 0.56, 0.4), (0.52, 0.74, 0.44)):
        x, top = middle + rng.uniform(-0.05, 0.05), ground - height * rng.uniform(0.8, 1.0)
        fold = [(x, top), (x + 0.05, top + 0.16), (x - 0.03, top + 0.28), (x + 0.06, ground)]
        print_.polygon([(x, top), (x + half, ground), (x - half, ground)], 1)
        print_.polygon([*fold, (x + half, ground)], 2)
        print_.polygon(
            [
                (x, top),
                (x + half * 0.2, top + (ground - top) * 0.2),
                (x + 0.03, top + 0.13),
                (x - 0.02, top + 0.09),
                (x - half * 0.2, top + (ground - top) * 0.2),
            ],
            0,
        )
    print_.polygon([(0, ground), (1, ground), (1, ground + 0.02), (0, ground + 0.02)], 3)
    set_title(print_, spec, most=0.22)


def wave_layout(rng: np.random.Generator, print_: Print, spec: Spec) -> None:
    """Bands of waves one behind another, under a small sun."""
    print_.disc(rng.uniform(0.25, 0.75), print_.tall * 0.24, 0.15, 1 if spec.word == "dune" else 3)
    for band in range(7):
        x = np.linspace(0, 1, 160)
        base = print_.tall * (0.3 + 0.075 * band)
        y = base + 0.045 * np.sin(x * 2 * np.pi * (1.0 + 0.12 * band) + rng.uniform(0, 6)) * (1 - 0.08 * band)
        outline = np.concatenate([np.column_stack([x, y]), [(1, print_.tall * 0.8), (0, print_.tall * 0.8)]])
        print_.polygon(outline, (3, 2, 1)[band % 3])
    print_.polygon([(0, print_.tall * 0.79), (1, print_.tall * 0.79), (1, print_.tall), (0, print_.tall)], 0)
    height = print_.fit(spec.word, 0.5, print_.tall * 0.13)
    print_.words(spec.word, 0.075, print_.tall * 0.93, height, bold=0.035)
    print_.lines(spec.lines, 0.925, print_.tall * 0.885, anchor="rs")


def bird_layout(rng: np.random.Generator, print_: Print, spec: Spec) -> None:
    """A bird of half discs: body, wing, tail, head and beak."""
    if spec.word == "owl":
        _owl(print_)
    else:
        arcs = ((0.5, 0.52, 0.3, 0.0, 1), (0.42, 0.52, 0.2, np.pi * 0.9, 2), (0.2, 0.4, 0.14, 0.7, 3))
        print_.disc(0.74, 0.4, 0.11, 1)
        for x, y, radius, turn, ink in arcs:
            angles = np.linspace(0, np.pi, 80) + turn
            print_.polygon(np.column_stack([np.cos(angles), np.sin(angles)]) * radius + (x, y), ink, through=True)
        print_.polygon([(0.83, 0.36), (0.95, 0.41), (0.83, 0.44)], 3)
        print_.disc(0.765, 0.375, 0.018, 4)
        for step in range(5):
            print_.disc(0.88 - 0.05 * step, 0.6 + 0.025 * step, 0.014, 2)
    set_title(print_, spec, most=0.3)


def _owl(print_: Print) -> None:
    angles = np.linspace(np.pi, 2 * np.pi, 80)
    dome = np.column_stack([np.cos(angles), np.sin(angles)]) * 0.3 + (0.5, 0.42)
    print_.polygon(np.concatenate([dome, [(0.8, 0.95), (0.2, 0.95)]]), 2)
    for x in (0.36, 0.64):
        for radius, ink in ((0.14, 1), (0.095, 3), (0.05, 0)):
            print_.disc(x, 0.42, radius, ink)
    print_.polygon([(0.5, 0.57), (0.455, 0.47), (0.545, 0.47)], 3)
    for row in range(3):
        for column in range(4 - row % 2):
            x, y = 0.305 + 0.13 * column + (0.065 if row % 2 else 0), 0.66 + 0.095 * row
            arc = np.column_stack([np.cos(np.linspace(0, np.pi, 40)), np.sin(np.linspace(0, np.pi, 40))]) * 0.062 + (
                x,
                y,
            )
            print_.polygon(arc, 0 if row % 2 else 1)


def bottle_layout(rng: np.random.Generator, print_: Print, spec: Spec) -> None:
    """A bottle and a glass as flat shapes."""
    foot = print_.tall * 0.74
    print_.disc(0.56, print_.tall * 0.36, 0.3, 1)
    body = canvas.spline(
        [(0.2, foot), (0.2, foot - 0.42), (0.22, foot - 0.52), (0.29, foot - 0.6), (0.3, foot - 0.74)], 60
    )
    right = np.column_stack([0.72 - body[::-1, 0], body[::-1, 1]])
    print_.polygon(np.concatenate([body, right]), 2, through=True)
    print_.polygon([(0.2, foot - 0.3), (0.52, foot - 0.3), (0.52, foot - 0.12), (0.2, foot - 0.12)], 0)
    print_.polygon([(0.29, foot - 0.8), (0.43, foot - 0.8), (0.43, foot - 0.735), (0.29, foot - 0.735)], 3)
    glass = [(0.6, foot - 0.36), (0.9, foot - 0.36), (0.84, foot), (0.66, foot)]
    print_.polygon(glass, 3, through=True)
    print_.polygon(
        [(0.615, foot - 0.24), (0.885, foot - 0.24), (0.84, foot - 0.02), (0.66, foot - 0.02)], 1, through=True
    )
    print_.disc(0.36, foot - 0.21, 0.055, 1)
    sketch = print_.sketch()
    sketch.stroke(print_.scaled([(0.78, foot - 0.05), (0.9, foot - 0.6)]), 0.014 * print_.size[0])
    print_.press(sketch.plane(), 2)
    set_title(print_, spec, most=0.22)


def eye_layout(rng: np.random.Generator, print_: Print, spec: Spec) -> None:
    """An almond of two arcs, an iris of rings, lashes as rays."""
    y = print_.tall * 0.38
    x = np.linspace(-1, 1, 80)
    lid = 0.27 * (1 - x * x)
    upper, lower = np.column_stack([0.5 + 0.43 * x, y - lid]), np.column_stack([0.5 + 0.43 * x[::-1], y + lid])
    lashes = print_.sketch()
    for angle in np.linspace(-np.pi * 0.92, -np.pi * 0.08, 15):
        start = np.array([0.5 + 0.43 * np.cos(angle), y + 0.31 * np.sin(angle)])
        lashes.stroke(
            print_.scaled([start, start + 0.12 * np.array([np.cos(angle), np.sin(angle)])]), 0.016 * print_.size[0]
        )
    print_.press(lashes.plane(), 1)
    print_.polygon(np.concatenate([upper, lower]), 1)
    for radius, ink in ((0.235, 2), (0.17, 3), (0.1, len(print_.inks) - 1), (0.045, 0)):
        print_.disc(0.5 + (0.05 if radius < 0.05 else 0), y - (0.06 if radius < 0.05 else 0), radius, ink)
    set_title(print_, spec, most=0.3)


def fish_layout(rng: np.random.Generator, print_: Print, spec: Spec) -> None:
    """Rows of fish, one of them going the other way."""
    other = int(rng.integers(12))
    for index in range(12):
        row, column = divmod(index, 2)
        x, y = 0.27 + 0.46 * column + (0.05 if row % 2 else -0.03), 0.13 + row * (print_.tall - 0.55) / 5.4
        way = -1 if index == other else 1
        s = np.linspace(-1, 1, 50)
        belly = 0.062 * (1 - s * s)
        body = np.concatenate([np.column_stack([s * 0.15, -belly]), np.column_stack([s[::-1] * 0.15, belly])])
        tail = np.array([(-0.12, 0.0), (-0.2, -0.055), (-0.175, 0.0), (-0.2, 0.055)])
        ink = 3 if index == other else 1 + (row % 2)
        for part in (body, tail):
            print_.polygon(part * (way, 1) + (x, y), ink)
        stripe = np.array([(0.02, -0.059), (0.045, -0.054), (0.045, 0.054), (0.02, 0.059)])
        print_.polygon(stripe * (way, 1) + (x, y), 0)
        print_.disc(x + way * 0.095, y - 0.012, 0.011, 0)
    set_title(print_, spec, most=0.24)
