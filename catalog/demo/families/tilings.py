"""Tilings: zellige stars, quasi-crystals, azulejos, Truchet arcs, scales and cubes, all under one glaze."""

from collections.abc import Callable
from itertools import combinations

import numpy as np
import numpy.typing as npt

from catalog.demo import canvas
from catalog.demo.canvas import Colour, Picture, Plane, Size, Sketch
from catalog.demo.drawing import Drawing, edition

SLUG = "tilings"
NAME = "Tilings"

Rng = np.random.Generator
Glaze = tuple[str, ...]  # the ground first, then the inks
Wall = tuple[Picture, Plane]  # the colours, and where the joints are


def draw(rng: Rng, number: int) -> Drawing:
    title, kind, glaze_name = _PLANS[number % len(_PLANS)]
    glaze, tag = _GLAZES[glaze_name]
    lay, description, tags = _KINDS[kind]
    size = canvas.choose_size(rng)
    colours, joints = lay(rng, size, glaze)
    return Drawing(
        title=edition(title, number, len(_PLANS)),
        description=description,
        tags=("tiles", "geometric", *tags, tag),
        image=canvas.finish(_fire(rng, colours, joints, glaze), rng=rng, grain=0.008),
    )


def _fire(rng: Rng, colours: Picture, joints: Plane, glaze: Glaze) -> Picture:
    """Joints, the rounded shoulder of each piece, pooled glaze, and a window's reflection over the wall."""
    size = (colours.shape[1], colours.shape[0])
    pool = canvas.noise(rng, size, cells=14, octaves=5)
    wall = colours * (0.92 + 0.14 * pool)[..., None]
    shoulder = canvas.slope(canvas.blur(joints, 2.6), right=3, down=3)
    wall = canvas.lit(wall, "#fffaf0", np.clip(shoulder * 1.5, 0, 0.6))
    wall = canvas.shaded(wall, np.clip(-shoulder * 0.9, 0, 0.5))
    grout = canvas.mix("#cfc4b0", glaze[-1], 0.35) * (0.75 + 0.35 * pool[..., None])
    wall = canvas.over(wall, grout.astype(np.float32), joints)
    x, y = canvas.grid(size, centre=(rng.uniform(0, 1), rng.uniform(0, 0.6)))
    sheen = np.exp(-((x * 0.8 + y * rng.uniform(-0.6, 0.6)) ** 2) * 3.5) * (0.05 + 0.16 * pool)
    return canvas.vignette(canvas.lit(wall, "#ffffff", sheen * (1 - joints)), 0.28)


def _turned(rng: Rng, size: Size, cells: float, turns: tuple[float, ...] = (0, np.pi / 4)) -> tuple[Plane, Plane]:
    """Coordinates in tiles, turned and shifted."""
    x, y = canvas.grid(size)
    turn = float(rng.choice(turns))
    u, v = (x * np.cos(turn) - y * np.sin(turn)) * cells, (x * np.sin(turn) + y * np.cos(turn)) * cells
    return (u + rng.random()).astype(np.float32), (v + rng.random()).astype(np.float32)


# --- stars: one wedge of lines, mirrored round a lattice -------------------------------------------------------------


def _square_star(rng: Rng, size: Size, glaze: Glaze) -> Wall:
    u, v = _turned(rng, size, rng.uniform(2.6, 5.5))
    x, y = u - np.round(u), v - np.round(v)
    return _star(rng, size, glaze, x, y, fold=int(rng.choice([4, 8])), apothem=0.5)


def _hexagon_star(rng: Rng, size: Size, glaze: Glaze) -> Wall:
    u, v = _turned(rng, size, rng.uniform(2.4, 4.5), (0, np.pi / 2))
    tall = np.sqrt(3).astype(np.float32)
    x, y = u - np.round(u), v - np.round(v / tall) * tall
    x2, y2 = u - np.floor(u) - 0.5, v - (np.floor(v / tall) + 0.5) * tall
    other = x2 * x2 + y2 * y2 < x * x + y * y
    return _star(rng, size, glaze, np.where(other, x2, x), np.where(other, y2, y), fold=6, apothem=0.5)


def _star(rng: Rng, size: Size, glaze: Glaze, x: Plane, y: Plane, *, fold: int, apothem: float) -> Wall:
    """Straps that leave the middle of each side at a contact angle (Hankin), with the fields coloured between them."""
    sector = 2 * np.pi / fold
    angle = np.abs((np.arctan2(y, x) + sector / 2) % sector - sector / 2).astype(np.float32)
    radius = np.hypot(x, y)
    across, along = radius * np.cos(angle), radius * np.sin(angle)
    lines = []
    for contact in rng.choice([30, 45, 54, 60, 67.5, 72], 2, replace=False):
        tilt = np.radians(contact)
        lines.append((across - apothem) * np.sin(tilt) + (along + rng.choice([0, 0.0, 0.08])) * np.cos(tilt))
    lines.append(across - apothem * rng.uniform(0.25, 0.62))
    lines.append(radius - apothem * rng.uniform(0.12, 0.24))
    field = sum((line > 0).astype(np.int32) << i for i, line in enumerate(lines))
    inks = [glaze[0], *rng.permutation(glaze[1:])]
    chosen = np.array([canvas.rgb(inks[int(i)]) for i in rng.integers(0, len(inks), 16)], np.float32)
    nearest = np.minimum.reduce([np.abs(line) for line in lines[:3]])
    pixel = 1.0 / (min(size) / 4)
    strap, width = glaze[0] if rng.random() < 0.7 else glaze[-1], rng.uniform(0.012, 0.03)
    colours = canvas.over(chosen[field], strap, canvas.smoothstep(width + pixel / 2, width - pixel / 2, nearest))
    return colours, canvas.smoothstep(pixel, pixel * 0.2, np.abs(nearest - width)) * 0.85


# --- quasi-crystals: de Bruijn's multigrid ---------------------------------------------------------------------------


def _quasicrystal(rng: Rng, size: Size, glaze: Glaze, *, fold: int) -> Wall:
    edge = min(size) / rng.uniform(15, 24)
    tiles, kinds = _rhombs(rng, fold, reach=np.hypot(*size) / 2 / edge)
    tiles = tiles * edge + np.array(size) / 2
    colours, joints = Sketch(size, ground=glaze[-1]), Sketch(size)
    inks, swirl = list(rng.permutation(glaze)), rng.uniform(0.5, 2.5)
    middle = tiles.mean(axis=1) - np.array(size) / 2
    ring = (np.hypot(*middle.T) / edge * swirl * 0.35).astype(int)
    for tile, kind, band in zip(tiles, kinds, ring, strict=True):
        colours.polygon(tile, canvas.vary(rng, inks[int(kind + band) % len(inks)], 0.025))
        joints.stroke(np.concatenate([tile, tile[:1]]), 2.2)
    return colours.picture(), joints.plane()


def _rhombs(rng: Rng, fold: int, reach: float) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.int64]]:
    """(n, 4, 2) corners in edge lengths and (n,) kinds, of the multigrid with `fold` directions (de Bruijn, 1981)."""
    turns = np.arange(fold) * (2 * np.pi / fold if fold % 2 else np.pi / fold)
    ways, shift = np.stack([np.cos(turns), np.sin(turns)], axis=1), rng.random(fold)
    lines = np.arange(-int(reach * 2 / fold) - 3, int(reach * 2 / fold) + 4)
    a, b = (v.ravel() for v in np.meshgrid(lines, lines))
    tiles, kinds = [], []
    for j, k in combinations(range(fold), 2):
        cross = np.linalg.solve(ways[[j, k]], np.stack([a - shift[j], b - shift[k]])).T
        index = np.ceil(cross @ ways.T + shift - 1e-9)
        index[:, j], index[:, k] = a, b
        corner = index @ ways
        tiles.append(np.stack([corner, corner + ways[j], corner + ways[j] + ways[k], corner + ways[k]], axis=1))
        kinds.append(np.full(len(a), min(k - j, fold - k + j)))
    corners = np.concatenate(tiles) - shift @ ways
    inside = (np.abs(corners.mean(axis=1)) < reach + 1).all(axis=1)
    return corners[inside], np.concatenate(kinds)[inside]


def _penrose(rng: Rng, size: Size, glaze: Glaze) -> Wall:
    return _quasicrystal(rng, size, glaze, fold=5)


def _quasi(rng: Rng, size: Size, glaze: Glaze) -> Wall:
    return _quasicrystal(rng, size, glaze, fold=int(rng.choice([4, 7])))


# --- painted tiles -----------------------------------------------------------------------------------------------


def _azulejo(rng: Rng, size: Size, glaze: Glaze) -> Wall:
    """One painted tile, turned four ways so that flowers close across the corners."""
    edge = int(min(size) / rng.uniform(3.2, 5.5) / 2) * 2
    tile = _painted(rng, edge, glaze)
    quartet = np.concatenate([np.concatenate([tile, np.rot90(tile, 3)], axis=1), np.concatenate([np.rot90(tile), np.rot90(tile, 2)], axis=1)])
    times = (size[1] // (2 * edge) + 2, size[0] // (2 * edge) + 2, 1)
    top, left = (int(v) for v in rng.integers(0, edge, 2))
    wall = np.tile(quartet, times)[top : top + size[1], left : left + size[0]]
    rows, cols = (np.arange(size[1]) + top) // edge, (np.arange(size[0]) + left) // edge
    tone = rng.normal(1, 0.03, (rows[-1] + 1, cols[-1] + 1)).astype(np.float32)[rows][:, cols]
    wash = canvas.noise(rng, size, cells=30, octaves=4)
    ground = canvas.rgb(glaze[0])
    wall = wall + (ground - wall) * (0.28 * wash)[..., None]
    near = [np.minimum((np.arange(n) + s) % edge, edge - 1 - (np.arange(n) + s) % edge) for n, s in ((size[1], top), (size[0], left))]
    joints = canvas.smoothstep(3.0, 1.0, np.minimum(near[0][:, None], near[1][None, :]).astype(np.float32))
    return (wall * tone[..., None]).astype(np.float32), joints * 0.8


def _painted(rng: Rng, edge: int, glaze: Glaze) -> Picture:
    """(edge, edge, 3): leaves, scrolls and a quarter flower in the corner, mirrored on the diagonal."""
    sketch = Sketch((edge, edge), ground=glaze[0], scale=3)
    inks = list(rng.permutation(glaze[1:]))
    for radius, petals in ((0.66, int(rng.integers(2, 5))), (0.4, int(rng.integers(2, 4)))):
        for side in range(petals * 2 + 1):
            _petal(sketch, (edge, edge), np.pi + side * np.pi / 4 / petals, radius * edge, edge * 0.32 * radius / petals, inks[side % 2])
        sketch.disc((edge, edge), radius * edge * 0.42, inks[2 % len(inks)])
    _petal(sketch, (0, 0), np.pi / 4, edge * rng.uniform(0.62, 0.8), edge * rng.uniform(0.08, 0.14), inks[0])
    sketch.disc((0, 0), edge * rng.uniform(0.12, 0.2), inks[1])
    sketch.disc((0, 0), edge * 0.08, glaze[0])
    for x, y, bend in ((0.86, 0.1, 0.42), (0.5, 0.44, -0.3)):
        curl = canvas.spline([(0, edge * y), (edge * x * 0.5, edge * (y + bend * 0.3)), (edge * x, edge * y), (edge * x * 0.9, edge * (y - bend * 0.3)), (edge * x * 0.74, edge * y)], 40)
        for path in (curl, curl[:, ::-1]):
            sketch.taper(path, np.linspace(edge * 0.02, edge * 0.05, 40), inks[-1])
            sketch.disc(tuple(path[-1]), edge * 0.035, inks[-1])
            _petal(sketch, tuple(path[14]), float(np.arctan2(*(path[14] - path[8])[::-1])) + 0.8, edge * 0.17, edge * 0.045, inks[0])
    return sketch.picture()


def _petal(sketch: Sketch, foot: tuple[float, float], turn: float, length: float, half: float, ink: Colour) -> None:
    t = np.linspace(0, 1, 18)
    wide = half * np.sin(np.pi * t**0.8)
    way, side = np.array([np.cos(turn), np.sin(turn)]), np.array([-np.sin(turn), np.cos(turn)])
    spine = np.array(foot) + np.outer(t * length, way)
    sketch.polygon(np.concatenate([spine + np.outer(wide, side), (spine - np.outer(wide, side))[::-1]]), ink)


# --- arcs, scales, cubes, bricks -----------------------------------------------------------------------------------


def _truchet(rng: Rng, size: Size, glaze: Glaze) -> Wall:
    """Square tiles with quarter rings, each laid at random one of two ways."""
    u, v = _turned(rng, size, rng.uniform(5, 9))
    col, row = np.floor(u).astype(np.int32), np.floor(v).astype(np.int32)
    flip = rng.random((64, 64)) < 0.5
    x, y = u - col, v - row
    x = np.where(flip[row % 64, col % 64], 1 - x, x)
    ring = np.minimum(np.hypot(x, y), np.hypot(1 - x, 1 - y))
    bands = np.clip(ring * rng.choice([3, 5, 7]), 0, 20)
    inks = np.array([canvas.rgb(c) for c in rng.permutation(glaze)], np.float32)
    colours = inks[bands.astype(np.int32) % len(inks)]
    line = np.abs(bands - np.round(bands)) * (bands > 0.5)
    seam = np.minimum(np.minimum(x, 1 - x), np.minimum(y, 1 - y))
    joints = np.maximum(canvas.smoothstep(0.022, 0.01, seam), canvas.smoothstep(0.06, 0.02, line) * (bands > 0.5) * 0.35)
    return colours, joints.astype(np.float32)


def _scales(rng: Rng, size: Size, glaze: Glaze) -> Wall:
    """Overlapping scallops in rows."""
    width, height = size
    radius = min(size) / rng.uniform(9, 15)
    colours, joints = Sketch(size, ground=glaze[0]), Sketch(size)
    drift = canvas.noise(rng, (64, 64), cells=3, octaves=3)
    for row in range(int(height / radius * 2) + 3, -2, -1):
        for col in range(-1, int(width / radius / 2) + 2):
            x, y = (col * 2 + row % 2) * radius, row * radius * 0.5
            hue = drift[int(np.clip(y / height * 63, 0, 63)), int(np.clip(x / width * 63, 0, 63))] * 1.6 + rng.normal(0, 0.12)
            ink = canvas.vary(rng, glaze[1:][int(np.clip(hue * (len(glaze) - 1), 0, len(glaze) - 2))], 0.03)
            joints.disc((x, y), radius + 1.5)
            joints.disc((x, y), radius - 1.5, 0.0)
            colours.disc((x, y), radius, ink)
            for share in (0.72, 0.46):
                colours.ring((x, y), radius * share, radius * 0.07, canvas.mix(ink, glaze[0], 0.45))
    return colours.picture(), joints.plane()


def _cubes(rng: Rng, size: Size, glaze: Glaze) -> Wall:
    """Rhombs in three tones: cubes that step in and out."""
    width, height = size
    edge = min(size) / rng.uniform(9, 14)
    colours, joints = Sketch(size, ground=glaze[-1]), Sketch(size)
    drift = canvas.noise(rng, (64, 64), cells=4, octaves=3)
    corner = [np.array([np.cos(a), np.sin(a)]) * edge for a in np.pi / 6 + np.arange(6) * np.pi / 3]
    for row in range(-1, int(height / edge / 1.5) + 2):
        for col in range(-1, int(width / edge / 1.7) + 2):
            centre = np.array([(col + row % 2 / 2) * edge * np.sqrt(3), row * edge * 1.5])
            hue = drift[int(np.clip(centre[1] / height * 63, 0, 63)), int(np.clip(centre[0] / width * 63, 0, 63))]
            ink = canvas.ramp(glaze, np.array([hue], np.float32))[0]
            for face, shade in ((0, 0.62), (2, 0.82), (4, 1.12)):
                tile = np.array([centre, *(centre + corner[(face + i) % 6] for i in range(3))])
                colours.polygon(tile, canvas.vary(rng, np.clip(ink * shade, 0, 1), 0.02))
                joints.stroke(np.concatenate([tile, tile[:1]]), 2.0)
    return colours.picture(), joints.plane()


def _herringbone(rng: Rng, size: Size, glaze: Glaze) -> Wall:
    """Long glazed bricks laid in a herringbone."""
    brick, ratio = min(size) / rng.uniform(15, 22), int(rng.integers(3, 5))
    turn = np.pi / 4
    spin = np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]])
    colours, joints = Sketch(size, ground=glaze[-1]), Sketch(size)
    reach, middle = int(np.hypot(*size) / brick / 2) + ratio, np.array(size) / 2
    for i in range(-reach, reach):
        for j in range(-reach // ratio - 1, reach // ratio + 2):
            for shape in ((i, i + 2 * j * ratio, ratio, 1), (i, i + 2 * j * ratio + 1, 1, ratio)):
                x, y, w, h = shape
                box = np.array([(x, y), (x + w, y), (x + w, y + h), (x, y + h)]) * brick @ spin + middle
                if (box.max(axis=0) > 0).all() and (box.min(axis=0) < size).all():
                    colours.polygon(box, canvas.vary(rng, glaze[int(rng.integers(len(glaze)))], 0.03))
                    joints.stroke(np.concatenate([box, box[:1]]), 2.6)
    return colours.picture(), joints.plane()


Layer = Callable[[Rng, Size, Glaze], Wall]
_KINDS: dict[str, tuple[Layer, str, tuple[str, ...]]] = {
    "square": (_square_star, "Zellige stars on a square lattice, cut and glazed by hand.", ("stars", "pattern")),
    "hexagon": (_hexagon_star, "Six-pointed stars and the straps that weave between them.", ("stars", "pattern")),
    "penrose": (_penrose, "Fat and thin rhombs that never repeat.", ("mosaic",)),
    "quasi": (_quasi, "A quasi-crystal of rhombs, orderly and never the same twice.", ("mosaic",)),
    "azulejo": (_azulejo, "Painted tiles whose flowers close across four corners.", ("flowers", "pattern")),
    "truchet": (_truchet, "One tile, two ways to lay it, and paths that wander.", ("curves",)),
    "scales": (_scales, "Overlapping scales in glazes that drift across the wall.", ("curves", "pattern")),
    "cubes": (_cubes, "Rhombs in three tones that stand up as cubes.", ("mosaic", "illusion")),
    "herringbone": (_herringbone, "Long glazed bricks in a herringbone.", ("pattern", "bricks")),
}
_GLAZES: dict[str, tuple[Glaze, str]] = {
    "cobalt": (("#f2eee2", "#1d3f8f", "#4f7fc4", "#e0a83c", "#16275c"), "blue"),
    "delft": (("#f3f1ea", "#274b9b", "#6f93cf", "#a9c0e4", "#1c2f66"), "blue"),
    "fez": (("#efe6d2", "#0f6b5c", "#1f4f8f", "#c9892b", "#232a2b"), "green"),
    "medina": (("#f0e2c8", "#b4492e", "#1e7a78", "#e2b04a", "#3b2320"), "warm"),
    "lisbon": (("#f6f0dd", "#2f62ad", "#efc23c", "#5b8f4f", "#1d3566"), "yellow"),
    "emerald": (("#e6efdf", "#0b7a53", "#63b58a", "#0a4a3c", "#c8a44a"), "green"),
    "saffron": (("#fbf1d8", "#e08a1e", "#f4bf45", "#a63c1e", "#4f2614"), "golden"),
    "rosewater": (("#fbeeea", "#d8748a", "#f2b3a8", "#6d8f86", "#7a2f4a"), "pink"),
    "ink": (("#eeeae0", "#26262a", "#77746c", "#b89b5e", "#111114"), "black"),
    "lapis": (("#e9e4d4", "#15246b", "#2b58b5", "#c59a3a", "#0a1136"), "blue"),
    "turquoise": (("#eef4ee", "#149a9a", "#6fcfc5", "#125c78", "#e08b5a"), "blue"),
    "plum": (("#f1e6ee", "#6a2b6e", "#b0669c", "#e3a85a", "#2f1536"), "violet"),
}

_PLANS = (
    ("Courtyard at noon", "square", "fez"),
    ("Eight points of the compass", "square", "cobalt"),
    ("The dyer's doorway", "square", "saffron"),
    ("A fountain in Marrakesh", "square", "turquoise"),
    ("The tile-cutter's proof", "square", "ink"),
    ("Garden seen from a balcony", "square", "emerald"),
    ("Bridal chamber", "square", "rosewater"),
    ("Heaven, according to the mason", "square", "lapis"),
    ("Six winds", "hexagon", "medina"),
    ("Honey and indigo", "hexagon", "lapis"),
    ("The astronomer's floor", "hexagon", "plum"),
    ("Under the green dome", "hexagon", "emerald"),
    ("Salt and snow", "hexagon", "delft"),
    ("Spice merchant's ceiling", "hexagon", "saffron"),
    ("Sea gate", "hexagon", "turquoise"),
    ("The pattern that forgets itself", "penrose", "cobalt"),
    ("Five-sided dream", "penrose", "rosewater"),
    ("Pilgrims in a ring", "penrose", "medina"),
    ("Dark crystal", "penrose", "ink"),
    ("No two neighbourhoods alike", "penrose", "turquoise"),
    ("Sevenfold", "quasi", "plum"),
    ("The orderly forest", "quasi", "emerald"),
    ("Kaleidoscope for a dull day", "quasi", "lisbon"),
    ("Alloy", "quasi", "saffron"),
    ("Kitchen in Alfama", "azulejo", "delft"),
    ("The convent stairs", "azulejo", "cobalt"),
    ("Lemon house", "azulejo", "lisbon"),
    ("Grandmother's stove", "azulejo", "medina"),
    ("Tavern of the green parrot", "azulejo", "fez"),
    ("The rose bath", "azulejo", "rosewater"),
    ("Wall of a closed cinema", "azulejo", "plum"),
    ("Two ways to walk home", "truchet", "ink"),
    ("Rivers of glaze", "truchet", "turquoise"),
    ("The wandering line", "truchet", "medina"),
    ("Carp pond", "scales", "saffron"),
    ("Mermaid's roof", "scales", "turquoise"),
    ("Peacock quarter", "scales", "lapis"),
    ("Steps that go both ways", "cubes", "lisbon"),
    ("The box-maker's joke", "cubes", "plum"),
    ("Underground, line four", "herringbone", "emerald"),
)
