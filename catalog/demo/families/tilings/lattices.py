"""Tilings on a lattice and off it: stars, quasi-crystals."""

from itertools import combinations

import numpy as np
import numpy.typing as npt

from catalog.demo import canvas
from catalog.demo.canvas import Plane, Size, Sketch
from catalog.demo.families.tilings.wall import Glaze, Rng, Wall, turned


def square_star(rng: Rng, size: Size, glaze: Glaze) -> Wall:
    u, v = turned(rng, size, rng.uniform(2.6, 5.5))
    x, y = u - np.round(u), v - np.round(v)
    return _star(rng, size, glaze, x, y, fold=int(rng.choice([4, 8])), apothem=0.5)


def hexagon_star(rng: Rng, size: Size, glaze: Glaze) -> Wall:
    u, v = turned(rng, size, rng.uniform(2.4, 4.5), (0, np.pi / 2))
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


def penrose(rng: Rng, size: Size, glaze: Glaze) -> Wall:
    return _quasicrystal(rng, size, glaze, fold=5)


def quasi(rng: Rng, size: Size, glaze: Glaze) -> Wall:
    return _quasicrystal(rng, size, glaze, fold=int(rng.choice([4, 7])))
