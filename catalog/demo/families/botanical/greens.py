"""Ferns, shrubs grown by rule, sprays of leaves."""

import math

import numpy as np
import numpy.typing as npt

from catalog.demo import canvas
from catalog.demo.canvas import Cutout, Size
from catalog.demo.families.botanical.parts import Rng, Sheet, blade, draw_leaf, heading, placed, stem_path


def fern(rng: Rng, plant: Cutout, size: Size, sheet: Sheet) -> None:
    """One to three fronds, pinna by pinna, with a curled tip now and then."""
    width, height = size
    fronds = int(rng.integers(1, 4))
    for i in range(fronds):
        foot = (width * (0.5 + (i - (fronds - 1) / 2) * 0.10), height * 0.95)
        lean = (i - (fronds - 1) / 2) * 0.34 + rng.normal(0, 0.06)
        long_ = height * rng.uniform(0.74, 0.86) * (1 if fronds == 1 else 0.88)
        head = (foot[0] + math.sin(lean) * long_, foot[1] - math.cos(lean) * long_)
        path = stem_path(rng, foot, head, sway=0.04, count=64)
        _frond(rng, plant, path, min(size) * rng.uniform(0.25, 0.36) / fronds**0.35, str(rng.choice(sheet.greens)))


def _frond(rng: Rng, plant: Cutout, path: npt.NDArray[np.float64], reach: float, ink: str) -> None:
    pitch, lift, bare = int(rng.integers(2, 4)), rng.uniform(0.85, 1.15), int(rng.integers(6, 14))
    for at in range(bare, 62, pitch):
        share = (at - bare) / (63 - bare)
        length = reach * (1 - share) ** 0.75 * min(1.0, 0.45 + share * 5)
        for side in (-1, 1):
            turn = heading(path, at) + side * lift
            tone = canvas.vary(rng, ink, 0.025)
            shade = np.clip(tone * 0.88, 0, 1)
            step = length / 11
            for k in range(1, 12):
                foot = (path[at][0] + math.cos(turn) * step * k, path[at][1] + math.sin(turn) * step * k)
                small = length * 0.17 * (1 - k / 13) + 2
                for leaf_side in (-1, 1):
                    upper, lower = placed(blade(small, small * 0.5, count=6), foot, turn + leaf_side * 0.95)
                    plant.polygon(np.concatenate([upper, lower[::-1]]), tone if leaf_side < 0 else shade)
            tip = (path[at][0] + math.cos(turn) * length, path[at][1] + math.sin(turn) * length)
            plant.taper([tuple(path[at]), tip], [2.4, 1.0], canvas.mix(ink, "#3a2a14", 0.3))
    plant.taper(path, np.linspace(7, 1.5, len(path)), canvas.mix(ink, "#3a2a14", 0.4))


_GRAMMARS = (
    ("F", {"F": "FF+[+F-F-F]-[-F+F+F]"}, 4, 22.5),
    ("X", {"X": "F+[[X]-X]-F[-FX]+X", "F": "FF"}, 6, 25.0),
    ("X", {"X": "F[+X][-X]FX", "F": "FF"}, 7, 25.7),
    ("F", {"F": "F[+F]F[-F][F]"}, 5, 20.0),
)


def l_system(rng: Rng, plant: Cutout, size: Size, sheet: Sheet) -> None:
    """A shrub grown by rewriting a string (Lindenmayer), with buds at its ends."""
    axiom, rules, rounds, degrees = _GRAMMARS[int(rng.integers(len(_GRAMMARS)))]
    word = axiom
    for _ in range(rounds):
        word = "".join(rules.get(c, c) for c in word)
    segments, ends = _turtle(rng, word, math.radians(degrees * rng.uniform(0.85, 1.15)))
    low, high = segments[:, :2].min(axis=0), segments[:, :2].max(axis=0)
    scale = min(0.84 * size[0] / (high[0] - low[0]), 0.84 * size[1] / (high[1] - low[1]))
    move = np.array([size[0] / 2, size[1] * 0.94]) - scale * np.array([(low[0] + high[0]) / 2, high[1]])
    ink = canvas.mix(sheet.greens[0], "#3a2414", 0.35)
    tones = [canvas.mix(ink, sheet.greens[-1], min(depth / 7, 1)) for depth in range(16)]
    segments[:, :4] = segments[:, :4] * scale + (*move, *move)
    for x1, y1, x2, y2, depth in segments.tolist():
        plant.stroke([(x1, y1), (x2, y2)], max(1.6, min(size) * 0.011 * 0.72**depth), tones[min(int(depth), 15)])
    bud, some = min(size) * rng.uniform(0.006, 0.012), rng.permutation(len(ends))[:420]
    for x, y in (ends[some] * scale + move).tolist():
        turn, green = rng.uniform(-math.pi, 0), rng.random() < 0.5
        inks = sheet.greens if green else sheet.flowers
        upper, lower = placed(blade(bud * 2.6, bud * 1.5, count=7), (x, y), turn)
        plant.polygon(np.concatenate([upper, lower[::-1]]), canvas.vary(rng, str(rng.choice(inks)), 0.04))
        if not green:
            plant.disc((x, y), bud * 0.8, canvas.vary(rng, sheet.flowers[0], 0.04))


def _turtle(rng: Rng, word: str, angle: float) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Segments (n, 5: from, to, depth) and branch ends (m, 2) of an L-system's word."""
    x, y, turn, depth, stack, segments, ends = 0.0, 0.0, -math.pi / 2, 0, [], [], []
    sway = rng.normal(0, 0.06, 4096)
    for i, letter in enumerate(word):
        if letter == "F":
            tip = (x + math.cos(turn), y + math.sin(turn))
            segments.append((x, y, *tip, depth))
            x, y = tip
        elif letter in "+-":
            turn += (angle if letter == "+" else -angle) * (1 + sway[i % 4096] * 2)
        elif letter == "[":
            stack.append((x, y, turn, depth))
            depth += 1
        elif letter == "]":
            ends.append((x, y))
            x, y, turn, depth = stack.pop()
    return np.array(segments), np.array(ends)


def leaves(rng: Rng, plant: Cutout, size: Size, sheet: Sheet) -> None:
    """A spray of large leaves either side of a stem: olive, laurel, rubber tree, eucalyptus."""
    width, height = size
    path = stem_path(
        rng,
        (width * rng.uniform(0.35, 0.65), height * 0.97),
        (width * rng.uniform(0.35, 0.65), height * 0.16),
        sway=0.07,
    )
    pairs, shape, belly = int(rng.integers(5, 12)), rng.uniform(0.25, 0.85), rng.uniform(0.6, 1.25)
    length = min(size) * rng.uniform(0.26, 0.36) * (7 / pairs) ** 0.4
    plant.taper(path, np.linspace(9, 2.5, len(path)), canvas.mix(sheet.greens[0], "#4a3020", 0.4))
    opposite = rng.random() < 0.5
    for i in range(pairs):
        for side in (-1, 1):
            at = int(np.clip((i + (0 if opposite or side < 0 else 0.5)) / pairs * 34 + 4, 0, 38))
            grown = length * (0.65 + 0.5 * math.sin(math.pi * (0.15 + 0.8 * i / pairs)))
            turn = heading(path, at) + side * rng.uniform(0.75, 1.05)
            foot = (path[at][0] + math.cos(turn) * length * 0.1, path[at][1] + math.sin(turn) * length * 0.1)
            plant.taper([tuple(path[at]), foot], [4, 3], sheet.greens[0])
            draw_leaf(
                plant,
                foot,
                turn,
                grown,
                grown * shape,
                canvas.vary(rng, str(rng.choice(sheet.greens)), 0.04),
                bend=-side * rng.uniform(0, 0.3),
                veins=7 if shape > 0.4 else 0,
                belly=belly,
            )
    draw_leaf(
        plant,
        tuple(path[-2]),
        heading(path, 38),
        length * 0.8,
        length * 0.8 * shape,
        canvas.vary(rng, sheet.greens[-1], 0.04),
        veins=5,
        belly=belly,
    )
    if rng.random() < 0.5:
        for _ in range(int(rng.integers(6, 18))):
            at = int(rng.integers(8, 38))
            plant.disc(
                (path[at][0] + rng.normal(0, length * 0.22), path[at][1] + rng.normal(0, length * 0.15)),
                length * rng.uniform(0.04, 0.065),
                canvas.vary(rng, str(rng.choice(sheet.flowers)), 0.05),
            )
