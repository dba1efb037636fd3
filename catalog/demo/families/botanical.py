"""Botanical plates: ferns, L-systems, umbels, dahlias, blossom and leaves, on paper, in blueprint or by night."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from catalog.demo import canvas
from catalog.demo.canvas import Colour, Cutout, Picture, Size
from catalog.demo.drawing import Drawing, edition

SLUG = "botanical"
NAME = "Botanical"

Rng = np.random.Generator
Point = tuple[float, float]
GOLDEN = math.pi * (3 - math.sqrt(5))


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a plate is made on and with."""

    ground: str
    greens: tuple[str, ...]
    flowers: tuple[str, ...]
    tags: tuple[str, ...]
    dark: bool = False


def draw(rng: Rng, number: int) -> Drawing:
    title, kind, sheet_name = _PLANS[number % len(_PLANS)]
    sheet = _SHEETS[sheet_name]
    grow, shapes, description, tags = _KINDS[kind]
    size = canvas.choose_size(rng, *shapes)
    plant = Cutout(size)
    grow(rng, plant, size, sheet)
    return Drawing(
        title=edition(title, number, len(_PLANS)),
        description=description,
        tags=("plants", *tags, *sheet.tags),
        image=canvas.finish(_pressed(rng, plant, size, sheet), rng=rng, grain=0.010),
    )


def _pressed(rng: Rng, plant: Cutout, size: Size, sheet: Sheet) -> Picture:
    """The plant on its sheet: washes of tone within it, a soft shadow, or a glow when the ground is dark."""
    ground = canvas.paper(rng, size, sheet.ground, tooth=0.035 if sheet.dark else 0.05)
    mask, colours = plant.mask.plane(), plant.colours.picture()
    wash = canvas.noise(rng, size, cells=7, octaves=6, gain=0.6)
    colours = colours * (0.82 + 0.34 * wash)[..., None]
    if sheet.dark:
        x, y = canvas.grid(size, centre=(0.5, 0.42))
        ground = canvas.lit(ground, sheet.greens[-1], np.exp(-(x * x + y * y) * 4) * 0.14)
        ground = canvas.screen(ground, canvas.blur(colours * mask[..., None], min(size) * 0.03) * 0.30)
    else:
        ground = canvas.shaded(ground, canvas.shadow(mask, offset=(4, 6), radius=7, strength=0.20))
    return canvas.vignette(np.clip(canvas.over(ground, colours, mask), 0, 1), 0.35 if sheet.dark else 0.16)


# --- parts -----------------------------------------------------------------------------------------------------------


def _blade(length: float, width: float, *, belly: float = 0.8, bend: float = 0.0, count: int = 9) -> npt.NDArray[np.float64]:
    """(2, count, 2): the two edges of a leaf or petal along +x from the origin; belly < 1 widens it near the foot."""
    t, half = _bellied(belly, count)
    edges = np.empty((2, count, 2))
    edges[:, :, 0] = t * length
    edges[0, :, 1] = bend * length * t * t - half * width
    edges[1, :, 1] = edges[0, :, 1] + 2 * half * width
    return edges


@lru_cache(maxsize=256)
def _bellied(belly: float, count: int) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    t = np.linspace(0, 1, count)
    return t, 0.5 * np.sin(np.pi * t**belly)


def _placed(shape: npt.NDArray[np.float64], foot: Point, turn: float) -> npt.NDArray[np.float64]:
    c, s = math.cos(turn), math.sin(turn)
    return shape @ np.array([[c, s], [-s, c]]) + foot


def _leaf(plant: Cutout, foot: Point, turn: float, length: float, width: float, ink: Colour, *, bend: float = 0.0, veins: int = 0, belly: float = 0.8) -> None:
    """A leaf in two tones with its midrib and, if asked, side veins."""
    upper, lower = _placed(_blade(length, width, bend=bend, count=16, belly=belly), foot, turn)
    spine, light, dark = (upper + lower) / 2, canvas.mix(ink, "#ffffff", 0.14), canvas.mix(ink, "#000000", 0.10)
    plant.polygon(np.concatenate([upper, spine[::-1]]), light)
    plant.polygon(np.concatenate([lower, spine[::-1]]), dark)
    rib = canvas.mix(ink, "#fdf6d8", 0.45)
    for i in range(veins):
        at = 1 + round((i + 0.5) / veins * 12)
        for edge in (upper, lower):
            tip = spine[at] + (edge[min(at + 2, 15)] - spine[at]) * 0.86
            plant.taper([tuple(spine[at]), tuple(tip)], [width * 0.014, width * 0.004], rib)
    plant.taper(spine, np.linspace(max(width * 0.035, 1.2), 0.6, 16), rib)


def _petals(plant: Cutout, rng: Rng, centre: Point, radius: float, inks: tuple[str, ...], *, count: int, wide: float, belly: float = 1.5, inner: float = 0.0, spin: float = 0.0) -> None:
    """A ring of petals, each in its own tone with a darker keel."""
    for i in range(count):
        turn = spin + i * 2 * math.pi / count + rng.normal(0, 0.05)
        length = radius * rng.uniform(0.92, 1.06)
        foot = (centre[0] + math.cos(turn) * inner, centre[1] + math.sin(turn) * inner)
        upper, lower = _placed(_blade(length - inner, radius * wide, belly=belly), foot, turn)
        ink = canvas.vary(rng, inks[i % len(inks)], 0.03)
        plant.polygon(np.concatenate([upper, lower[::-1]]), canvas.mix(ink, "#000000", 0.14))
        plant.polygon(np.concatenate([upper, lower[::-1]]) * 0.93 + np.array(foot) * 0.07, ink)
        spine = (upper + lower) / 2
        plant.taper(spine[:6], np.linspace(radius * wide * 0.10, 0.5, 6), canvas.mix(ink, "#000000", 0.16))


def _seeds(plant: Cutout, centre: Point, radius: float, ink: Colour, *, count: int) -> None:
    """A flower's heart: seeds at the golden angle."""
    plant.disc(centre, radius, canvas.mix(ink, "#000000", 0.45))
    for i in range(count):
        far, turn = radius * math.sqrt((i + 0.5) / count) * 0.94, i * GOLDEN
        plant.disc((centre[0] + far * math.cos(turn), centre[1] + far * math.sin(turn)), radius / math.sqrt(count) * 0.62, canvas.mix(ink, "#fff2c8", 0.5 * i / count))


def _stem(rng: Rng, foot: Point, head: Point, *, sway: float = 0.06, count: int = 40) -> npt.NDArray[np.float64]:
    span = math.dist(foot, head)
    knots = [foot, *((foot[0] + (head[0] - foot[0]) * t + rng.normal(0, sway) * span, foot[1] + (head[1] - foot[1]) * t) for t in (0.35, 0.7)), head]
    return canvas.spline(knots, count)


def _heading(path: npt.NDArray[np.float64], at: int) -> float:
    step = path[min(at + 1, len(path) - 1)] - path[max(at - 1, 0)]
    return math.atan2(step[1], step[0])


# --- plants ----------------------------------------------------------------------------------------------------------


def _fern(rng: Rng, plant: Cutout, size: Size, sheet: Sheet) -> None:
    """One to three fronds, pinna by pinna, with a curled tip now and then."""
    width, height = size
    fronds = int(rng.integers(1, 4))
    for i in range(fronds):
        foot = (width * (0.5 + (i - (fronds - 1) / 2) * 0.10), height * 0.95)
        lean = (i - (fronds - 1) / 2) * 0.34 + rng.normal(0, 0.06)
        long_ = height * rng.uniform(0.74, 0.86) * (1 if fronds == 1 else 0.88)
        head = (foot[0] + math.sin(lean) * long_, foot[1] - math.cos(lean) * long_)
        path = _stem(rng, foot, head, sway=0.04, count=64)
        _frond(rng, plant, path, min(size) * rng.uniform(0.25, 0.36) / fronds**0.35, str(rng.choice(sheet.greens)))


def _frond(rng: Rng, plant: Cutout, path: npt.NDArray[np.float64], reach: float, ink: str) -> None:
    pitch, lift, bare = int(rng.integers(2, 4)), rng.uniform(0.85, 1.15), int(rng.integers(6, 14))
    for at in range(bare, 62, pitch):
        share = (at - bare) / (63 - bare)
        length = reach * (1 - share) ** 0.75 * min(1.0, 0.45 + share * 5)
        for side in (-1, 1):
            turn = _heading(path, at) + side * lift
            tone = canvas.vary(rng, ink, 0.025)
            shade = np.clip(tone * 0.88, 0, 1)
            step = length / 11
            for k in range(1, 12):
                foot = (path[at][0] + math.cos(turn) * step * k, path[at][1] + math.sin(turn) * step * k)
                small = length * 0.17 * (1 - k / 13) + 2
                for leaf_side in (-1, 1):
                    upper, lower = _placed(_blade(small, small * 0.5, count=6), foot, turn + leaf_side * 0.95)
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


def _l_system(rng: Rng, plant: Cutout, size: Size, sheet: Sheet) -> None:
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
        upper, lower = _placed(_blade(bud * 2.6, bud * 1.5, count=7), (x, y), turn)
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


def _wildflowers(rng: Rng, plant: Cutout, size: Size, sheet: Sheet) -> None:
    """A handful of stems from one place: umbels, daisies, spikes and grasses."""
    width, height = size
    count = int(rng.integers(4, 9))
    for i in rng.permutation(count):
        foot = (width * (0.5 + (i - count / 2) * 0.03), height * 0.97)
        head = (width * (0.14 + 0.72 * (i + rng.uniform(0.2, 0.8)) / count), height * rng.uniform(0.12, 0.5))
        path = _stem(rng, foot, head)
        ink = str(rng.choice(sheet.greens))
        plant.taper(path, np.linspace(5.5, 2.4, len(path)), ink)
        for at in rng.integers(8, 30, int(rng.integers(1, 5))):
            _leaf(plant, tuple(path[at]), _heading(path, at) + rng.choice([-0.7, 0.7]), height * rng.uniform(0.06, 0.13), height * 0.03, canvas.vary(rng, ink, 0.04), bend=rng.normal(0, 0.2))
        (_umbel, _daisy, _spike, _daisy)[int(rng.integers(4))](rng, plant, path, min(size) * rng.uniform(0.06, 0.12), sheet)


def _umbel(rng: Rng, plant: Cutout, path: npt.NDArray[np.float64], radius: float, sheet: Sheet) -> None:
    x, y = path[-1]
    ink = str(rng.choice(sheet.flowers))
    for turn in np.linspace(-2.75, -0.4, 15) + rng.normal(0, 0.05, 15):
        tip = (x + math.cos(turn) * radius * 1.3, y + math.sin(turn) * radius * rng.uniform(0.8, 1.1))
        plant.taper([(x, y), tip], [1.8, 1.2], sheet.greens[0])
        for _ in range(13):
            dot = (tip[0] + rng.normal(0, radius * 0.11), tip[1] + rng.normal(0, radius * 0.08))
            plant.disc(dot, radius * rng.uniform(0.025, 0.05), canvas.vary(rng, ink, 0.05))


def _daisy(rng: Rng, plant: Cutout, path: npt.NDArray[np.float64], radius: float, sheet: Sheet) -> None:
    centre, ink = tuple(path[-1]), str(rng.choice(sheet.flowers))
    count = int(rng.integers(9, 22))
    _petals(plant, rng, centre, radius, (ink,), count=count, wide=5.2 / count, spin=rng.uniform(0, 6))
    _seeds(plant, centre, radius * rng.uniform(0.2, 0.34), sheet.flowers[-1], count=50)


def _spike(rng: Rng, plant: Cutout, path: npt.NDArray[np.float64], radius: float, sheet: Sheet) -> None:
    ink = str(rng.choice(sheet.flowers))
    for at in range(18, len(path)):
        share = 1 - (at - 18) / (len(path) - 17)
        for side in (-1, 1):
            turn = _heading(path, at) + side * rng.uniform(0.5, 1.2)
            upper, lower = _placed(_blade(radius * (0.25 + 0.4 * share), radius * 0.26, count=7, belly=1.4), tuple(path[at]), turn)
            plant.polygon(np.concatenate([upper, lower[::-1]]), canvas.vary(rng, ink, 0.05))


def _dahlia(rng: Rng, plant: Cutout, size: Size, sheet: Sheet) -> None:
    """Great round flowers, ring behind ring of petals, with buds and leaves."""
    heads = _spread(rng, size, int(rng.integers(1, 5)))
    for x, y, radius in heads:
        path = _stem(rng, (size[0] * 0.5 + (x - size[0] * 0.5) * 0.25, size[1] * 1.02), (x, y), sway=0.05)
        plant.taper(path, np.linspace(10, 6, len(path)), sheet.greens[0])
        for at in (8, 16, 24):
            _leaf(plant, tuple(path[at]), _heading(path, at) + rng.choice([-0.9, 0.9]), radius * rng.uniform(0.8, 1.2), radius * 0.42, canvas.vary(rng, str(rng.choice(sheet.greens)), 0.04), veins=5, bend=rng.normal(0, 0.2))
    for x, y, radius in heads:
        for turn in rng.uniform(0, 2 * math.pi, 5):
            _leaf(plant, (x, y), turn, radius * rng.uniform(1.15, 1.5), radius * 0.5, canvas.vary(rng, str(rng.choice(sheet.greens)), 0.04), veins=6, bend=rng.normal(0, 0.15))
        _double_flower(rng, plant, (x, y), radius, sheet)


def _spread(rng: Rng, size: Size, count: int) -> list[tuple[float, float, float]]:
    """Places and radii of flower heads that hardly overlap, the largest last."""
    heads: list[tuple[float, float, float]] = []
    base = min(size) * (0.36 if count == 1 else 0.27 if count == 2 else 0.22)
    for _ in range(200):
        radius = base * rng.uniform(0.75, 1.1)
        x, y = rng.uniform(0.24, 0.76) * size[0], rng.uniform(0.2, 0.62) * size[1]
        if count == 1:
            x, y = size[0] * 0.5, size[1] * 0.44
        if all(math.dist((x, y), head[:2]) > (radius + head[2]) * 0.86 for head in heads):
            heads.append((x, y, radius))
        if len(heads) == count:
            break
    return sorted(heads, key=lambda head: head[2])


def _double_flower(rng: Rng, plant: Cutout, centre: Point, radius: float, sheet: Sheet) -> None:
    rings, wide, belly = int(rng.integers(4, 9)), rng.uniform(0.3, 0.55), rng.uniform(1.0, 1.9)
    outer, inner = (str(c) for c in rng.choice(sheet.flowers[:-1], 2, replace=False))
    for ring in range(rings):
        share = ring / rings
        ink = canvas.mix(outer, inner, share)
        _petals(plant, rng, centre, radius * (1 - share) ** 0.8, (ink, canvas.mix(ink, "#ffffff", 0.08)), count=max(7, int(17 - 8 * share)), wide=wide * (1 + 0.4 * share), belly=belly, spin=ring * 1.3)
    _seeds(plant, centre, radius * rng.uniform(0.08, 0.2), sheet.flowers[-1], count=70)


def _blossom(rng: Rng, plant: Cutout, size: Size, sheet: Sheet) -> None:
    """A flowering branch that reaches across the sheet, and petals that have let go."""
    width, height = size
    side = rng.choice([-1, 1])
    foot = (width * (0.5 - side * 0.56), height * rng.uniform(0.5, 0.95))
    ends = [(foot[0], foot[1], -0.5 if side > 0 else math.pi + 0.5, sum(size) * 0.145, min(size) * 0.03)]
    bark, places = canvas.mix(sheet.greens[0], "#4a3026", 0.7), []
    while ends:
        x, y, turn, length, thick = ends.pop()
        bend = rng.normal(0, 0.22)
        path = canvas.spline([(x, y), (x + math.cos(turn + bend) * length * 0.5, y + math.sin(turn + bend) * length * 0.5), (x + math.cos(turn) * length, y + math.sin(turn) * length)], 12)
        plant.taper(path, np.linspace(thick, thick * 0.68, 12), bark)
        places += [tuple(path[k]) for k in (4, 8, 11)] if thick < min(size) * 0.018 else []
        if length > sum(size) * 0.04:
            for spread in (rng.uniform(-0.1, 0.35), -rng.uniform(0.35, 0.85), rng.uniform(0.5, 0.9))[: 2 + (rng.random() < 0.35)]:
                ends.append((*tuple(path[-1]), turn + spread, length * rng.uniform(0.66, 0.86), thick * 0.66))
    petals, radius = int(rng.choice([5, 5, 6])), min(size) * rng.uniform(0.024, 0.04)
    for i in rng.permutation(len(places))[:90]:
        centre = (places[i][0] + rng.normal(0, radius * 0.6), places[i][1] + rng.normal(0, radius * 0.6))
        if rng.random() < 0.22:
            _leaf(plant, centre, rng.uniform(0, 6), radius * 2.2, radius * 0.9, canvas.vary(rng, str(rng.choice(sheet.greens)), 0.04))
            continue
        _petals(plant, rng, centre, radius * rng.uniform(0.6, 1.15), (str(rng.choice(sheet.flowers[:2])),), count=petals, wide=0.92, belly=1.35, spin=rng.uniform(0, 6))
        _seeds(plant, centre, radius * 0.2, sheet.flowers[-1], count=9)
    for _ in range(int(rng.integers(5, 30))):
        upper, lower = _placed(_blade(radius, radius * 0.8, belly=1.4), (rng.uniform(0, width), rng.uniform(0.3, 1) * height), rng.uniform(0, 6))
        plant.polygon(np.concatenate([upper, lower[::-1]]), canvas.vary(rng, sheet.flowers[0], 0.05))


def _leaves(rng: Rng, plant: Cutout, size: Size, sheet: Sheet) -> None:
    """A spray of large leaves either side of a stem: olive, laurel, rubber tree, eucalyptus."""
    width, height = size
    path = _stem(rng, (width * rng.uniform(0.35, 0.65), height * 0.97), (width * rng.uniform(0.35, 0.65), height * 0.16), sway=0.07)
    pairs, shape, belly = int(rng.integers(5, 12)), rng.uniform(0.25, 0.85), rng.uniform(0.6, 1.25)
    length = min(size) * rng.uniform(0.26, 0.36) * (7 / pairs) ** 0.4
    plant.taper(path, np.linspace(9, 2.5, len(path)), canvas.mix(sheet.greens[0], "#4a3020", 0.4))
    opposite = rng.random() < 0.5
    for i in range(pairs):
        for side in (-1, 1):
            at = int(np.clip((i + (0 if opposite or side < 0 else 0.5)) / pairs * 34 + 4, 0, 38))
            grown = length * (0.65 + 0.5 * math.sin(math.pi * (0.15 + 0.8 * i / pairs)))
            turn = _heading(path, at) + side * rng.uniform(0.75, 1.05)
            foot = (path[at][0] + math.cos(turn) * length * 0.1, path[at][1] + math.sin(turn) * length * 0.1)
            plant.taper([tuple(path[at]), foot], [4, 3], sheet.greens[0])
            _leaf(plant, foot, turn, grown, grown * shape, canvas.vary(rng, str(rng.choice(sheet.greens)), 0.04), bend=-side * rng.uniform(0, 0.3), veins=int(7 if shape > 0.4 else 0), belly=belly)
    _leaf(plant, tuple(path[-2]), _heading(path, 38), length * 0.8, length * 0.8 * shape, canvas.vary(rng, sheet.greens[-1], 0.04), veins=5, belly=belly)
    if rng.random() < 0.5:
        for _ in range(int(rng.integers(6, 18))):
            at = int(rng.integers(8, 38))
            plant.disc((path[at][0] + rng.normal(0, length * 0.22), path[at][1] + rng.normal(0, length * 0.15)), length * rng.uniform(0.04, 0.065), canvas.vary(rng, str(rng.choice(sheet.flowers)), 0.05))


Grower = Callable[[Rng, Cutout, Size, Sheet], None]
_TALL = ("2:3", "3:4", "4:5")
_KINDS: dict[str, tuple[Grower, tuple[str, ...], str, tuple[str, ...]]] = {
    "fern": (_fern, _TALL, "Fern fronds, pinna by pinna.", ("fern", "leaves")),
    "shrub": (_l_system, (*_TALL, "1:1"), "A shrub grown by a rule, with buds at its ends.", ("tree", "flowers")),
    "wild": (_wildflowers, (*_TALL, "1:1"), "Wild flowers gathered along a path.", ("flowers", "meadow")),
    "dahlia": (_dahlia, ("4:5", "1:1", "3:4"), "Great round flowers, ring behind ring of petals.", ("flowers", "bouquet")),
    "blossom": (_blossom, ("3:2", "4:3", "1:1", "4:5"), "A flowering branch, and a few petals that have let go.", ("flowers", "spring")),
    "leaves": (_leaves, _TALL, "A spray of leaves either side of its stem.", ("leaves",)),
}
_SHEETS: dict[str, Sheet] = {
    "herbarium": Sheet("#f1e7cf", ("#4c6b3a", "#6d8446", "#8a9a5b"), ("#b9544a", "#d99a6c", "#7d6aa0", "#c79a3a"), ("paper", "green")),
    "ivory": Sheet("#f7f2e6", ("#2f5d4a", "#4f7f62", "#86a98a"), ("#e08a94", "#f2bcb0", "#d0607a", "#d9a441"), ("paper", "calm")),
    "sage": Sheet("#d5dccb", ("#2c4a38", "#486b4d", "#7f9c74"), ("#f4efe2", "#e8c9b4", "#c96f5a", "#d0a040"), ("green", "calm")),
    "blueprint": Sheet("#173a72", ("#dfeaf2", "#bcd3e6", "#f2f7fa"), ("#ffffff", "#cfe0f0", "#e6f0f8", "#a8c4de"), ("blue", "blueprint"), dark=True),
    "midnight": Sheet("#0c1420", ("#2f6b5a", "#4f9474", "#8fc49a"), ("#e86a8a", "#f4a6b4", "#c04a9a", "#f2c45a"), ("night", "dark"), dark=True),
    "oxblood": Sheet("#2a0d12", ("#5d6b3a", "#7f8a4a", "#a8a860"), ("#e0542e", "#f29a4a", "#f6d6a8", "#f0c040"), ("dark", "warm"), dark=True),
    "ink": Sheet("#10201c", ("#3d7a52", "#62a06a", "#a5c882"), ("#f4f0e0", "#f0d8d8", "#d8d0f0", "#f0c850"), ("dark", "green"), dark=True),
    "blush": Sheet("#f3d9cf", ("#5a6a4a", "#7c8a5c", "#a2a878"), ("#c2415a", "#e2758a", "#f6efe6", "#8a2b4a"), ("pink", "warm")),
    "ochre": Sheet("#e3b96a", ("#3a4a2a", "#5a6434", "#2a5a52"), ("#a8321e", "#f6ecd2", "#6a2440", "#4a2010"), ("golden", "warm")),
}

_PLANS = (
    ("Fern from the north wall", "fern", "herbarium"),
    ("The fern hunter's best day", "fern", "sage"),
    ("Three fronds, Prussian blue", "fern", "blueprint"),
    ("Undergrowth by torchlight", "fern", "ink"),
    ("Bracken, turning", "fern", "ochre"),
    ("A letter pressed with ferns", "fern", "ivory"),
    ("Fern in a dark room", "fern", "midnight"),
    ("Shrub that follows a rule", "shrub", "herbarium"),
    ("Sea lace", "shrub", "blueprint"),
    ("The tree of small decisions", "shrub", "oxblood"),
    ("Rosemary after rain", "shrub", "ivory"),
    ("Winter berries", "shrub", "blush"),
    ("Garden of the lamp", "shrub", "midnight"),
    ("Broom on a hot hill", "shrub", "ochre"),
    ("From the ditch by the mill", "wild", "herbarium"),
    ("A path nobody mows", "wild", "ivory"),
    ("What she picked on Sunday", "wild", "sage"),
    ("Sun prints, June", "wild", "blueprint"),
    ("Meadow after dark", "wild", "midnight"),
    ("Hedge flowers for the table", "wild", "blush"),
    ("Tall grass, small moths", "wild", "ink"),
    ("Dry summer", "wild", "ochre"),
    ("Dahlia, first prize", "dahlia", "midnight"),
    ("The Dutch bulb-seller", "dahlia", "oxblood"),
    ("White flowers, black glass", "dahlia", "ink"),
    ("Pale company", "dahlia", "ivory"),
    ("Cut before the frost", "dahlia", "herbarium"),
    ("A flower the size of a plate", "dahlia", "blush"),
    ("Afternoon in the cutting garden", "dahlia", "sage"),
    ("Blue flower of the novel", "dahlia", "blueprint"),
    ("Cherry, third of April", "blossom", "ivory"),
    ("Plum before the leaves", "blossom", "sage"),
    ("Almond over the wall", "blossom", "blush"),
    ("The branch outside the tea room", "blossom", "ochre"),
    ("Night blossom", "blossom", "midnight"),
    ("Apple tree, blueprint", "blossom", "blueprint"),
    ("Laurel for somebody", "leaves", "herbarium"),
    ("Rubber tree at the dentist's", "leaves", "sage"),
    ("Eucalyptus", "leaves", "ivory"),
    ("Olive, evening", "leaves", "oxblood"),
)
