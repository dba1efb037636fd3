"""Pictures drawn by rule: every shape in every colour, with every texture, in every layout; three hands of drawing.

Each hand has six of everything, and none of what another hand has. All are seeded, with a little jitter of place, size,
hue and phase, so that no two pictures are one.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from math import cos, pi, sin

import numpy as np
from PIL import Image, ImageChops, ImageDraw, ImageFilter

SIDE = 256
FINE = 2
"""Drawn so many times larger, then reduced."""
FACTORS = ("shape", "colour", "texture", "layout")

Points = list[tuple[float, float]]
Spots = list[tuple[float, float, float]]


@dataclass(frozen=True)
class Hand:
    """Names in the order of their numbers. ground: what figures lie on. second: the other tone of a texture."""

    shapes: tuple[str, ...]
    colours: tuple[tuple[int, int, int], ...]
    textures: tuple[str, ...]
    layouts: tuple[str, ...]
    ground: tuple[int, int, int]
    second: str


def pictures(hand: Hand, *, seed: int = 0) -> Iterator[tuple[tuple[int, int, int, int], Image.Image]]:
    """The numbers of shape, colour, texture and layout, and the picture; all of the cross, always in one order."""
    rng = np.random.default_rng(seed)
    for labels in np.ndindex(len(hand.shapes), len(hand.colours), len(hand.textures), len(hand.layouts)):
        yield labels, draw(hand, labels, rng)


def draw(hand: Hand, labels: tuple[int, int, int, int], rng: np.random.Generator) -> Image.Image:
    shape, colour, texture, layout = labels
    size = SIDE * FINE
    mask = Image.new("L", (size, size))
    for x, y, reach in LAYOUTS[hand.layouts[layout]]:
        across, down = size * (x + rng.normal(0, 0.008)), size * (y + rng.normal(0, 0.008))
        outline(ImageDraw.Draw(mask), hand.shapes[shape], across, down, size * reach * (1 + rng.normal(0, 0.03)))
    tone = tuple(int(np.clip(value + rng.normal(0, 5), 0, 255)) for value in hand.colours[colour])
    other = hand.ground if hand.second == "ground" else tuple(int(value * 0.45) for value in tone)
    pattern = TEXTURES[hand.textures[texture]](size, rng)
    filled = Image.composite(Image.new("RGB", (size, size), tone), Image.new("RGB", (size, size), other), pattern)
    picture = Image.composite(filled, Image.new("RGB", (size, size), hand.ground), mask)
    return picture.resize((SIDE, SIDE), Image.Resampling.LANCZOS)


def outline(pen: ImageDraw.ImageDraw, shape: str, x: float, y: float, reach: float) -> None:
    """A shape about as large as a disc of this radius."""
    if shape in ("circle", "ring"):
        pen.ellipse((x - reach, y - reach, x + reach, y + reach), fill=255)
        if shape == "ring":
            inner = reach * 0.55
            pen.ellipse((x - inner, y - inner, x + inner, y + inner), fill=0)
    elif shape == "crescent":
        pen.ellipse((x - reach, y - reach, x + reach, y + reach), fill=255)
        pen.ellipse((x - 0.45 * reach, y - reach, x + 1.55 * reach, y + reach), fill=0)
    else:
        pen.polygon([(x + a * reach, y + b * reach) for a, b in SHAPES[shape]], fill=255)


def _polygon(corners: int, *, inner: float = 1.0, start: float = -pi / 2, size: float = 1.1) -> Points:
    reaches = [size, size * inner] if inner < 1 else [size]
    count = corners * len(reaches)
    return [
        (
            reaches[n % len(reaches)] * cos(start + 2 * pi * n / count),
            reaches[n % len(reaches)] * sin(start + 2 * pi * n / count),
        )
        for n in range(count)
    ]


SHAPES: dict[str, Points] = {
    "square": [(-0.88, -0.88), (0.88, -0.88), (0.88, 0.88), (-0.88, 0.88)],
    "triangle": _polygon(3, size=1.25),
    "star": _polygon(5, inner=0.42, size=1.3),
    "cross": [(-0.34, -1.05), (0.34, -1.05), (0.34, -0.34), (1.05, -0.34), (1.05, 0.34), (0.34, 0.34),
              (0.34, 1.05), (-0.34, 1.05), (-0.34, 0.34), (-1.05, 0.34), (-1.05, -0.34), (-0.34, -0.34)],
    "heart": [(16 * sin(t / 40 * 2 * pi) ** 3 / 15,
               -(13 * cos(t / 20 * pi) - 5 * cos(t / 10 * pi) - 2 * cos(3 * t / 20 * pi) - cos(t / 5 * pi)) / 15)
              for t in range(40)],
    "diamond": _polygon(4, size=1.2),
    "hexagon": _polygon(6, start=0),
    "arrow": [(-1.2, -0.35), (0.1, -0.35), (0.1, -0.95), (1.25, 0), (0.1, 0.95), (0.1, 0.35), (-1.2, 0.35)],
    "corner": [(-0.95, -1), (-0.3, -1), (-0.3, 0.4), (1, 0.4), (1, 1), (-0.95, 1)],
    "bar": [(-1.5, -0.45), (1.5, -0.45), (1.5, 0.45), (-1.5, 0.45)],
    "bolt": [(0.3, -1.3), (-0.8, 0.2), (-0.1, 0.2), (-0.4, 1.3), (0.8, -0.25), (0.1, -0.25)],
    "wheel": _polygon(12, inner=0.7, size=1.15),
    "house": [(-0.9, -0.1), (0, -1.1), (0.9, -0.1), (0.9, 1), (-0.9, 1)],
    "glass": [(-1, -1), (1, -1), (0.12, 0), (1, 1), (-1, 1), (-0.12, 0)],
    "tee": [(-1.1, -1), (1.1, -1), (1.1, -0.4), (0.32, -0.4), (0.32, 1.1), (-0.32, 1.1), (-0.32, -0.4), (-1.1, -0.4)],
    "trapeze": [(-0.45, -0.9), (0.45, -0.9), (1.2, 0.9), (-1.2, 0.9)],
}  # fmt: skip

LAYOUTS: dict[str, Spots] = {
    "centre": [(0.5, 0.5, 0.3)],
    "upper left": [(0.28, 0.28, 0.17)],
    "lower right": [(0.72, 0.72, 0.17)],
    "pair": [(0.27, 0.5, 0.16), (0.73, 0.5, 0.16)],
    "column": [(0.5, 0.2, 0.12), (0.5, 0.5, 0.12), (0.5, 0.8, 0.12)],
    "four": [(0.27, 0.27, 0.14), (0.73, 0.27, 0.14), (0.27, 0.73, 0.14), (0.73, 0.73, 0.14)],
    "upper right": [(0.72, 0.28, 0.17)],
    "lower left": [(0.28, 0.72, 0.17)],
    "row": [(0.2, 0.5, 0.12), (0.5, 0.5, 0.12), (0.8, 0.5, 0.12)],
    "stack": [(0.5, 0.27, 0.16), (0.5, 0.73, 0.16)],
    "falling": [(0.22, 0.22, 0.13), (0.5, 0.5, 0.13), (0.78, 0.78, 0.13)],
    "five": [(0.5, 0.5, 0.11), (0.2, 0.2, 0.11), (0.8, 0.2, 0.11), (0.2, 0.8, 0.11), (0.8, 0.8, 0.11)],
    "left": [(0.25, 0.5, 0.19)],
    "right": [(0.75, 0.5, 0.19)],
    "top": [(0.5, 0.25, 0.19)],
    "bottom": [(0.5, 0.75, 0.19)],
    "rising": [(0.25, 0.75, 0.16), (0.75, 0.25, 0.16)],
    "nine": [(0.2 + 0.3 * (n % 3), 0.2 + 0.3 * (n // 3), 0.1) for n in range(9)],
}


def _waves(size: int, rng: np.random.Generator, turn: float, period: float, bend: float = 0.0) -> Image.Image:
    y, x = np.mgrid[:size, :size] / size
    along, across = x * cos(turn) + y * sin(turn), -x * sin(turn) + y * cos(turn)
    phase = rng.uniform(0, 2 * pi)
    return _tones(np.sin(2 * pi * (across + bend * np.sin(2 * pi * along / period / 2.5)) / period + phase) > 0)


def _tones(values: np.ndarray) -> Image.Image:
    return Image.fromarray(np.where(values, 255, 0).astype(np.uint8))


def _spots(size: int, rng: np.random.Generator, period: float, radius: float, jitter: float = 0.0) -> Image.Image:
    found = Image.new("L", (size, size), 255)
    pen, step = ImageDraw.Draw(found), period * size
    dx, dy = rng.uniform(0, step, 2)
    for row in range(-1, int(1 / period) + 2):
        for column in range(-1, int(1 / period) + 2):
            x = column * step + dx + (row % 2) * step / 2 + rng.normal(0, jitter * step)
            y = row * step + dy + rng.normal(0, jitter * step)
            r = radius * step
            pen.ellipse((x - r, y - r, x + r, y + r), fill=0)
    return found


def _noise(size: int, rng: np.random.Generator, grain: int) -> Image.Image:
    small = rng.integers(0, 2, (size // grain, size // grain)) * 255
    return Image.fromarray(small.astype(np.uint8)).resize((size, size), Image.Resampling.NEAREST)


def _clouds(size: int, rng: np.random.Generator) -> Image.Image:
    noise = Image.fromarray(rng.integers(0, 256, (size, size)).astype(np.uint8)).filter(ImageFilter.GaussianBlur(9))
    values = np.asarray(noise, np.float64)
    return _tones(values > np.median(values))


def _bricks(size: int, rng: np.random.Generator) -> Image.Image:
    found = Image.new("L", (size, size), 255)
    pen, high, wide = ImageDraw.Draw(found), 0.055 * size, 0.11 * size
    dx, dy = rng.uniform(0, wide), rng.uniform(0, high)
    for row in range(-1, 20):
        pen.rectangle((0, row * high + dy, size, row * high + dy + 0.012 * size), fill=0)
        for column in range(-1, 11):
            x = column * wide + dx + (row % 2) * wide / 2
            pen.rectangle((x, row * high + dy, x + 0.012 * size, (row + 1) * high + dy), fill=0)
    return found


def _grid(size: int, rng: np.random.Generator) -> Image.Image:
    y, x = np.mgrid[:size, :size] / size + rng.uniform(0, 1)
    return _tones(((x % 0.055) > 0.014) & ((y % 0.055) > 0.014))


TEXTURES: dict[str, Callable[[int, np.random.Generator], Image.Image]] = {
    "plain": lambda size, rng: Image.new("L", (size, size), 255),
    "lying stripes": lambda size, rng: _waves(size, rng, 0, 0.05),
    "standing stripes": lambda size, rng: _waves(size, rng, pi / 2, 0.05),
    "dots": lambda size, rng: _spots(size, rng, 0.055, 0.3),
    "checks": lambda size, rng: ImageChops.logical_xor(
        _waves(size, rng, 0, 0.09).convert("1"), _waves(size, rng, pi / 2, 0.09).convert("1")
    ).convert("L"),
    "grain": lambda size, rng: _noise(size, rng, 6),
    "rising stripes": lambda size, rng: _waves(size, rng, -pi / 4, 0.06),
    "lattice": lambda size, rng: ImageChops.lighter(_waves(size, rng, pi / 4, 0.06), _waves(size, rng, -pi / 4, 0.06)),
    "ripples": lambda size, rng: _waves(size, rng, 0, 0.06, 0.02),
    "bricks": _bricks,
    "clouds": _clouds,
    "coarse dots": lambda size, rng: _spots(size, rng, 0.1, 0.33),
    "fine stripes": lambda size, rng: _waves(size, rng, 0, 0.028),
    "broad stripes": lambda size, rng: _waves(size, rng, pi / 2, 0.1),
    "falling stripes": lambda size, rng: _waves(size, rng, pi / 4, 0.06),
    "scattered dots": lambda size, rng: _spots(size, rng, 0.065, 0.26, 0.22),
    "grid": _grid,
    "coarse grain": lambda size, rng: _noise(size, rng, 14),
}  # fmt: skip


HANDS = {
    "first": Hand(
        shapes=("circle", "square", "triangle", "star", "cross", "heart"),
        colours=((214, 40, 40), (240, 150, 30), (40, 150, 70), (40, 90, 200), (130, 60, 170), (240, 120, 170)),
        textures=("plain", "lying stripes", "standing stripes", "dots", "checks", "grain"),
        layouts=("centre", "upper left", "lower right", "pair", "column", "four"),
        ground=(250, 250, 248),
        second="darker",
    ),
    "second": Hand(
        shapes=("ring", "diamond", "hexagon", "arrow", "corner", "bar"),
        colours=((235, 215, 60), (70, 200, 200), (200, 70, 140), (120, 190, 60), (230, 110, 60), (90, 120, 230)),
        textures=("rising stripes", "lattice", "ripples", "bricks", "clouds", "coarse dots"),
        layouts=("upper right", "lower left", "row", "stack", "falling", "five"),
        ground=(28, 28, 34),
        second="ground",
    ),
    "third": Hand(
        shapes=("crescent", "bolt", "wheel", "house", "glass", "trapeze"),
        colours=((150, 30, 50), (200, 170, 110), (30, 110, 110), (60, 60, 130), (190, 90, 210), (110, 130, 40)),
        textures=("fine stripes", "broad stripes", "falling stripes", "scattered dots", "grid", "coarse grain"),
        layouts=("left", "right", "top", "bottom", "rising", "nine"),
        ground=(205, 205, 205),
        second="ground",
    ),
}
