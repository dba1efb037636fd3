"""Posters in the mid-century and Swiss manner: a few big shapes, a grid, one or two words.

Each layout draws on paper with flat inks that multiply where they overlap, as in a screen print.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from catalog.demo import canvas
from catalog.demo.canvas import Picture, Plane, Size
from catalog.demo.drawing import Drawing

SLUG = "posters"
NAME = "Posters"


class Spec(NamedTuple):
    """One poster: its layout, paper and inks (the last ink sets the type), its word and lines, and its name."""

    layout: str
    inks: tuple[str, ...]  # paper, inks …, type
    word: str
    lines: tuple[str, ...]
    title: str
    words: tuple[str, ...]


SPECS = (
    Spec("rings", ("#f2ead8", "#d7322a", "#1d3f72", "#1a1a1a"), "konzert", ("Tonhalle", "Streichquartett", "Freitag 20 Uhr"), "Concert in Rings", ("music", "red", "geometric")),
    Spec("bars", ("#f5efe2", "#e0a100", "#cf4520", "#121212"), "jazz", ("five nights", "at the Blue Cellar"), "Five Nights of Jazz", ("music", "warm", "bold")),
    Spec("halves", ("#efe6d4", "#0f4c5c", "#e36414", "#9a031e", "#1b1b1b"), "form", ("Werkbund", "good things", "for every day"), "Good Form", ("geometric", "warm", "design")),
    Spec("sun", ("#f7e7c6", "#e4572e", "#f3a712", "#29335c"), "riviera", ("by night train", "daily from Paris"), "Night Train to the Riviera", ("travel", "sun", "warm")),
    Spec("letter", ("#e63b2e", "#f7f3ea", "#1a1a1a", "#f7f3ea"), "A", ("Alphabet", "letters on paper", "a book fair"), "The Letter A, Very Large", ("letters", "red", "bold")),
    Spec("overlap", ("#f4efe6", "#00a0b0", "#eb6841", "#edc951", "#222222"), "film", ("festival", "Lido", "August"), "Three Lamps Overlapping", ("film", "bright", "geometric")),
    Spec("stairs", ("#dfe6e3", "#184d47", "#96bb7c", "#d6efc7", "#0e2f2b"), "tempo", ("modern dance", "in six steps"), "Six Steps", ("dance", "green", "geometric")),
    Spec("dots", ("#fbf6ec", "#2b59c3", "#d36582", "#1b1b2f"), "radio", ("the first", "hundred years"), "Hundred Years of Radio", ("music", "blue", "dots")),
    Spec("peaks", ("#f3e9da", "#2f4858", "#86bbd8", "#f26419", "#1c2b36"), "alpina", ("above 3000 m", "refuge open"), "Refuge above Three Thousand", ("travel", "mountain", "blue")),
    Spec("moire", ("#f4f1ea", "#111111", "#111111"), "optik", ("light", "line", "eye"), "What the Eye Adds", ("black", "optical", "geometric")),
    Spec("boomerang", ("#bfe0d6", "#f25f5c", "#ffe066", "#247ba0", "#2d2a32"), "diner", ("open all night", "coffee 10c"), "Open All Night", ("atomic", "bright", "night")),
    Spec("blocks", ("#f6f1e7", "#ef476f", "#ffd166", "#118ab2", "#073b4c"), "kids", ("building blocks", "museum of toys"), "Museum of Toys", ("bright", "geometric", "play")),
    Spec("rings", ("#17203a", "#f2c14e", "#f78154", "#f7f0e0"), "kosmos", ("planetarium", "every evening"), "Planetarium, Every Evening", ("night", "space", "blue")),
    Spec("bars", ("#101418", "#e63946", "#f1faee", "#f1faee"), "drum", ("solo", "no microphones"), "Drum Solo", ("music", "dark", "bold")),
    Spec("halves", ("#fbeee0", "#7b2d26", "#0b7a75", "#d7c9aa", "#19535f"), "tea", ("house of leaves", "since 1901"), "House of Leaves", ("calm", "green", "warm")),
    Spec("sun", ("#0d1b2a", "#e0e1dd", "#778da9", "#e0e1dd"), "luna", ("the night garden", "opens at ten"), "The Night Garden Opens", ("night", "moon", "blue")),
    Spec("letter", ("#f2b705", "#1b1b1b", "#d92b2b", "#1b1b1b"), "R", ("Rundschau", "the year in type"), "The Year in Type", ("letters", "yellow", "bold")),
    Spec("overlap", ("#f7f0e8", "#e4007f", "#00a6e8", "#ffe600", "#1a1a1a"), "print", ("cyan, magenta,", "yellow, you"), "Cyan, Magenta, Yellow, You", ("print", "bright", "design")),
    Spec("stairs", ("#2a1a1f", "#c44536", "#e8985e", "#f4d9b0", "#f4d9b0"), "opera", ("season opening", "the red staircase"), "The Red Staircase", ("music", "red", "dark")),
    Spec("dots", ("#e9e4d4", "#3c6e47", "#b5c99a", "#22351f"), "flora", ("botanic garden", "spring show"), "Spring Show in Dots", ("green", "calm", "dots")),
    Spec("peaks", ("#fcefe3", "#6d213c", "#e07a5f", "#f2cc8f", "#3d1424"), "sierra", ("walk the ridge", "at sunrise"), "Ridge at Sunrise", ("travel", "mountain", "warm")),
    Spec("moire", ("#f5d547", "#20336b", "#20336b"), "welle", ("physics", "for everybody"), "Physics for Everybody", ("optical", "yellow", "geometric")),
    Spec("boomerang", ("#f6e8d5", "#3d5a80", "#ee6c4d", "#98c1d9", "#293241"), "atomic", ("lamps, chairs", "and optimism"), "Lamps, Chairs and Optimism", ("atomic", "design", "blue")),
    Spec("blocks", ("#e8ebe4", "#2f3e46", "#84a98c", "#d9ae61", "#1f2a30"), "stadt", ("housing", "for tomorrow"), "Housing for Tomorrow", ("city", "green", "geometric")),
    Spec("grid", ("#f4f0e6", "#d62828", "#003049", "#f77f00", "#1a1a1a"), "grid", ("order", "is a kind of", "kindness"), "Order Is a Kind of Kindness", ("geometric", "design", "red")),
    Spec("wave", ("#f0f4ef", "#1b4965", "#62b6cb", "#cae9ff", "#0f2d40"), "mare", ("swimming", "for beginners"), "Swimming for Beginners", ("sea", "blue", "calm")),
    Spec("bird", ("#f6eadb", "#e4572e", "#17bebb", "#ffc914", "#2e282a"), "pax", ("a bird", "for the world"), "A Bird for the World", ("bird", "bright", "calm")),
    Spec("bottle", ("#f3d9b1", "#c1121f", "#3a5a40", "#283618"), "amaro", ("bitter", "and happy"), "Bitter and Happy", ("drink", "warm", "bold")),
    Spec("eye", ("#f8f1e5", "#254441", "#43aa8b", "#ef3054", "#1a1a1a"), "foto", ("look twice", "exhibition"), "Look Twice", ("film", "green", "design")),
    Spec("fish", ("#e0efe9", "#e76f51", "#264653", "#2a9d8f", "#264653"), "pesce", ("harbour market", "before seven"), "Harbour Market before Seven", ("sea", "fish", "calm")),
    Spec("grid", ("#1c1c22", "#f5f1e3", "#e0c068", "#b33951", "#f5f1e3"), "noir", ("late films", "row by row"), "Late Films, Row by Row", ("film", "dark", "night")),
    Spec("wave", ("#fff0e1", "#ff7f51", "#ce4257", "#720026", "#4f000b"), "dune", ("desert rally", "stage four"), "Desert Rally, Stage Four", ("travel", "warm", "sun")),
    Spec("bird", ("#22333b", "#eae0d5", "#c6ac8f", "#e85d04", "#eae0d5"), "owl", ("library open", "until midnight"), "Library Open until Midnight", ("bird", "night", "dark")),
    Spec("bottle", ("#dfe7fd", "#3d348b", "#f18701", "#1f1a4d"), "soda", ("cold", "very cold"), "Cold, Very Cold", ("drink", "blue", "bright")),
    Spec("eye", ("#ffb627", "#1a1423", "#f4f1ea", "#3d314a", "#1a1423"), "vision", ("congress of", "opticians"), "Congress of Opticians", ("optical", "yellow", "bold")),
    Spec("fish", ("#0b132b", "#5bc0be", "#f2e9e4", "#ff9f1c", "#f2e9e4"), "abyss", ("aquarium", "lights off"), "Aquarium, Lights Off", ("sea", "fish", "night")),
    Spec("overlap", ("#efe9dd", "#5f7367", "#c08552", "#8c5e58", "#2f2622"), "clay", ("open kilns", "in October"), "Open Kilns in October", ("warm", "calm", "design")),
    Spec("letter", ("#eef1ee", "#0a6847", "#f2a541", "#0a2e22"), "S", ("Sommer", "swings, swims, sings"), "S for Summer", ("letters", "green", "bold")),
    Spec("halves", ("#1f2041", "#ffc857", "#4b3f72", "#19647e", "#fbf5e6"), "mond", ("phases", "of a chair"), "Phases", ("night", "geometric", "moon")),
    Spec("dots", ("#fdf0d5", "#c1121f", "#780000", "#003049"), "circus", ("one ring", "many dots"), "One Ring, Many Dots", ("red", "dots", "play")),
)  # fmt: skip


def draw(rng: np.random.Generator, number: int) -> Drawing:
    spec = SPECS[number % len(SPECS)]
    size = canvas.choose_size(rng, "3:4", "2:3", "4:5", "2:3", "3:4", *(("1:1",) if number % 5 == 0 else ()))
    print_ = Print(rng, size, spec.inks)
    _LAYOUTS[spec.layout](rng, print_, spec)
    picture = print_.picture()
    sentence = f"“{spec.word}” — {', '.join(line.rstrip(',') for line in spec.lines)}; a screen print in {_count(len(set(spec.inks[1:])))}."
    return Drawing(spec.title, sentence, ("poster", *spec.words), canvas.finish(picture, rng=rng, grain=0.01))


def _count(inks: int) -> str:
    return ("one ink", "two inks", "three inks", "four inks")[inks - 1]


class Print:
    """A sheet of paper that takes flat inks one after another; coordinates in shares of the width (x, y down)."""

    def __init__(self, rng: np.random.Generator, size: Size, inks: tuple[str, ...]) -> None:
        self.size, self.inks, self._rng = size, inks, rng
        self.tall = size[1] / size[0]
        self.dark = float(canvas.rgb(inks[0]).mean()) < 0.4
        self._picture = canvas.paper(rng, size, inks[0], tooth=0.025)
        self._wear = 1 - 0.1 * canvas.smoothstep(0.62, 0.8, canvas.noise(rng, size, cells=60, octaves=3))

    def sketch(self) -> canvas.Sketch:
        return canvas.Sketch(self.size)

    def scaled(self, points: list[tuple[float, float]] | np.ndarray) -> np.ndarray:
        return np.asarray(points, np.float64) * self.size[0]

    def press(self, mask: Plane, ink: int, *, through: bool = False) -> None:
        """Print the mask in an ink; `through` lets what lies below show, as transparent ink does."""
        colour = canvas.rgb(self.inks[ink])
        mask = mask * self._wear
        if through and not self.dark:
            self._picture = canvas.over(self._picture, self._picture * (0.06 + 0.94 * colour), mask)
        elif through:
            self._picture = canvas.lit(self._picture, colour * 0.85, mask)
        else:
            self._picture = canvas.over(self._picture, colour, mask)

    def polygon(self, points: list[tuple[float, float]] | np.ndarray, ink: int, *, through: bool = False) -> None:
        sketch = self.sketch()
        sketch.polygon(self.scaled(points))
        self.press(sketch.plane(), ink, through=through)

    def disc(self, x: float, y: float, radius: float, ink: int, *, through: bool = False) -> None:
        sketch = self.sketch()
        sketch.disc((x * self.size[0], y * self.size[0]), radius * self.size[0])
        self.press(sketch.plane(), ink, through=through)

    def words(self, text: str, x: float, y: float, height: float, *, ink: int = -1, bold: float = 0.05, anchor: str = "ls") -> float:
        """Set a line of type of the given height (share of the width); returns its width."""
        font = ImageFont.load_default(height * self.size[0])
        sheet = Image.new("L", self.size, 0)
        stroke = round(bold * height * self.size[0])
        place = (x * self.size[0], y * self.size[0])
        pen = ImageDraw.Draw(sheet)
        pen.text(place, text, fill=255, font=font, anchor=anchor, stroke_width=stroke)
        self.press(np.asarray(sheet, np.float32) / 255, ink % len(self.inks))
        return float(pen.textlength(text, font=font)) / self.size[0]

    def fit(self, text: str, width: float, most: float) -> float:
        """The height at which the text is as wide as `width`, at most `most`."""
        length = ImageFont.load_default(100).getlength(text) / 100
        return min(width / length, most)

    def lines(self, texts: tuple[str, ...], x: float, y: float, *, height: float = 0.036, anchor: str = "ls") -> None:
        for row, text in enumerate(texts):
            self.words(text, x, y + row * height * 1.35, height, bold=0.02, anchor=anchor)

    def picture(self) -> Picture:
        return np.clip(self._picture, 0, 1)


def _title(print_: Print, spec: Spec, *, most: float = 0.3) -> None:
    """The word across the foot of the sheet, with its lines below."""
    height = print_.fit(spec.word, 0.84, most)
    below = 0.07 + (0.24 * height if set(spec.word) & set("gjpqy") else 0.015)
    base = print_.tall - 0.06 - 0.049 * (len(spec.lines) - 1) - below
    print_.words(spec.word, 0.075, base, height, bold=0.035)
    print_.lines(spec.lines, 0.08, base + below)


def _rings(rng: np.random.Generator, print_: Print, spec: Spec) -> None:
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
    _title(print_, spec, most=0.24)


def _bars(rng: np.random.Generator, print_: Print, spec: Spec) -> None:
    """Leaning bars of many lengths, like an equaliser or a fan of keys."""
    lean = rng.uniform(-0.5, 0.5)
    count = int(rng.integers(7, 11))
    width = 0.86 / count
    for index in range(count):
        x = 0.07 + index * width
        top = 0.1 + rng.uniform(0, 0.45) * print_.tall
        base = print_.tall * 0.68
        points = [(x + lean * 0.3 * (base - top), top), (x + width * 0.72 + lean * 0.3 * (base - top), top), (x + width * 0.72, base), (x, base)]  # fmt: skip
        print_.polygon(points, 1 + index % 2, through=True)
    for _ in range(2):
        print_.disc(rng.uniform(0.2, 0.8), rng.uniform(0.2, 0.6), rng.uniform(0.07, 0.13), 1 + int(rng.integers(2)), through=True)
    _title(print_, spec)


def _halves(rng: np.random.Generator, print_: Print, spec: Spec) -> None:
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
    _title(print_, spec, most=0.22)


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


def _sun(rng: np.random.Generator, print_: Print, spec: Spec) -> None:
    """A disc over the sea with its broken reflection."""
    horizon = print_.tall * rng.uniform(0.46, 0.54)
    x, radius = rng.uniform(0.38, 0.62), rng.uniform(0.24, 0.31)
    if not print_.dark:
        rays = print_.sketch()
        for ray in range(28):
            angle = ray * 2 * np.pi / 28
            wide = np.pi / 60
            rays.polygon(print_.scaled([(x, horizon), (x + 2.2 * np.cos(angle - wide), horizon + 2.2 * np.sin(angle - wide)), (x + 2.2 * np.cos(angle + wide), horizon + 2.2 * np.sin(angle + wide))]))  # fmt: skip
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


def _letter(rng: np.random.Generator, print_: Print, spec: Spec) -> None:
    """One letter too large for the sheet, a bar and a dot in the second colour."""
    print_.disc(rng.uniform(0.62, 0.85), rng.uniform(0.2, 0.35), rng.uniform(0.14, 0.2), 2)
    y = print_.tall * rng.uniform(0.76, 0.8)
    print_.words(spec.word, rng.uniform(0.44, 0.54), y - 0.06, min((y - 0.1) * 1.3, 1.4), ink=1, bold=0.05, anchor="ms")
    print_.polygon([(0, y), (1, y), (1, y + 0.03), (0, y + 0.03)], 2)
    print_.lines(spec.lines, 0.075, print_.tall - 0.07 - 0.062 * (len(spec.lines) - 1), height=0.05)


def _overlap(rng: np.random.Generator, print_: Print, spec: Spec) -> None:
    """Three large transparent discs, drops or squares."""
    turn = rng.uniform(0, 2 * np.pi)
    centre = (0.5, print_.tall * 0.42)
    for ink in range(3):
        angle = turn + ink * 2 * np.pi / 3
        x, y = centre[0] + 0.17 * np.cos(angle), centre[1] + 0.19 * np.sin(angle)
        angles = np.linspace(0, 2 * np.pi, 160)
        power = (2.0, 3.6, 1.35)[int(rng.integers(3))] if spec.word != "film" else 2.0
        outline = np.column_stack([np.sign(np.cos(angles)) * np.abs(np.cos(angles)) ** (2 / power), np.sign(np.sin(angles)) * np.abs(np.sin(angles)) ** (2 / power)])  # fmt: skip
        print_.polygon(np.array([x, y]) + 0.28 * outline, 1 + ink, through=True)
    _title(print_, spec, most=0.25)


def _stairs(rng: np.random.Generator, print_: Print, spec: Spec) -> None:
    """Quarter arcs that climb the sheet."""
    steps = 6
    rise = print_.tall * 0.66 / steps
    for step in range(steps):
        x, y = 0.04 + step * 0.92 / steps, print_.tall * 0.72 - step * rise
        for ink, radius in ((1, 0.42), (2, 0.29), (3, 0.15)):
            angles = np.linspace(-np.pi / 2, 0, 50)
            arc = np.column_stack([np.cos(angles), np.sin(angles)]) * radius + (x, y)
            print_.polygon(np.concatenate([[(x, y)], arc]), 1 + (ink + step) % 3)
    _title(print_, spec, most=0.2)


def _dots(rng: np.random.Generator, print_: Print, spec: Spec) -> None:
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
    _title(print_, spec, most=0.22)


def _peaks(rng: np.random.Generator, print_: Print, spec: Spec) -> None:
    """Triangular mountains split into a lit and a shaded side."""
    print_.disc(rng.uniform(0.2, 0.8), print_.tall * 0.3, 0.13, 3)
    ground = print_.tall * 0.72
    for x, height, half in ((0.25, 0.5, 0.36), (0.78, 0.56, 0.4), (0.52, 0.74, 0.44)):
        x, top = x + rng.uniform(-0.05, 0.05), ground - height * rng.uniform(0.8, 1.0)
        fold = [(x, top), (x + 0.05, top + 0.16), (x - 0.03, top + 0.28), (x + 0.06, ground)]
        print_.polygon([(x, top), (x + half, ground), (x - half, ground)], 1)
        print_.polygon([*fold, (x + half, ground)], 2)
        print_.polygon([(x, top), (x + half * 0.2, top + (ground - top) * 0.2), (x + 0.03, top + 0.13), (x - 0.02, top + 0.09), (x - half * 0.2, top + (ground - top) * 0.2)], 0)  # fmt: skip
    print_.polygon([(0, ground), (1, ground), (1, ground + 0.02), (0, ground + 0.02)], 3)
    _title(print_, spec, most=0.22)


def _moire(rng: np.random.Generator, print_: Print, spec: Spec) -> None:
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
    _title(print_, spec, most=0.22)


def _boomerang(rng: np.random.Generator, print_: Print, spec: Spec) -> None:
    """Boomerangs, palettes and starbursts of the atomic age."""
    for index in range(4):
        centre = np.array([rng.uniform(0.2, 0.8), (0.2 + 0.19 * index) * print_.tall * 0.68])
        turn = rng.uniform(0, 2 * np.pi)
        shape = canvas.spline([(-0.3, 0.05), (-0.1, -0.1), (0.12, -0.1), (0.32, 0.08), (0.22, 0.1), (0.06, 0.0), (-0.1, 0.02), (-0.24, 0.12), (-0.3, 0.05)], 120)  # fmt: skip
        spin = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
        print_.polygon(centre + shape @ spin.T * rng.uniform(0.9, 1.4), 1 + index % 3, through=index > 1)
    for _ in range(5):
        _star(rng, print_, rng.uniform(0.1, 0.9), rng.uniform(0.08, 0.7) * print_.tall, rng.uniform(0.05, 0.12))
    _title(print_, spec, most=0.24)


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


def _blocks(rng: np.random.Generator, print_: Print, spec: Spec) -> None:
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
    _title(print_, spec, most=0.22)


def _grid(rng: np.random.Generator, print_: Print, spec: Spec) -> None:
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
            left, top, right, foot = 0.07 + column * cell, 0.07 + row * cell, 0.07 + (column + wide) * cell, 0.07 + (row + high) * cell
            print_.polygon([(left, top), (right - 0.008, top), (right - 0.008, foot - 0.008), (left, foot - 0.008)], ink)
            if wide == high > 1:
                print_.disc((left + right - 0.008) / 2, (top + foot - 0.008) / 2, wide * cell * 0.36, 0)
            break
    _title(print_, spec, most=0.22)


def _wave(rng: np.random.Generator, print_: Print, spec: Spec) -> None:
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


def _bird(rng: np.random.Generator, print_: Print, spec: Spec) -> None:
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
    _title(print_, spec, most=0.3)


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
            arc = np.column_stack([np.cos(np.linspace(0, np.pi, 40)), np.sin(np.linspace(0, np.pi, 40))]) * 0.062 + (x, y)
            print_.polygon(arc, 0 if row % 2 else 1)


def _bottle(rng: np.random.Generator, print_: Print, spec: Spec) -> None:
    """A bottle and a glass as flat shapes."""
    foot = print_.tall * 0.74
    print_.disc(0.56, print_.tall * 0.36, 0.3, 1)
    body = canvas.spline([(0.2, foot), (0.2, foot - 0.42), (0.22, foot - 0.52), (0.29, foot - 0.6), (0.3, foot - 0.74)], 60)
    right = np.column_stack([0.72 - body[::-1, 0], body[::-1, 1]])
    print_.polygon(np.concatenate([body, right]), 2, through=True)
    print_.polygon([(0.2, foot - 0.3), (0.52, foot - 0.3), (0.52, foot - 0.12), (0.2, foot - 0.12)], 0)
    print_.polygon([(0.29, foot - 0.8), (0.43, foot - 0.8), (0.43, foot - 0.735), (0.29, foot - 0.735)], 3)
    glass = [(0.6, foot - 0.36), (0.9, foot - 0.36), (0.84, foot), (0.66, foot)]
    print_.polygon(glass, 3, through=True)
    print_.polygon([(0.615, foot - 0.24), (0.885, foot - 0.24), (0.84, foot - 0.02), (0.66, foot - 0.02)], 1, through=True)
    print_.disc(0.36, foot - 0.21, 0.055, 1)
    sketch = print_.sketch()
    sketch.stroke(print_.scaled([(0.78, foot - 0.05), (0.9, foot - 0.6)]), 0.014 * print_.size[0])
    print_.press(sketch.plane(), 2)
    _title(print_, spec, most=0.22)


def _eye(rng: np.random.Generator, print_: Print, spec: Spec) -> None:
    """An almond of two arcs, an iris of rings, lashes as rays."""
    y = print_.tall * 0.38
    x = np.linspace(-1, 1, 80)
    lid = 0.27 * (1 - x * x)
    upper, lower = np.column_stack([0.5 + 0.43 * x, y - lid]), np.column_stack([0.5 + 0.43 * x[::-1], y + lid])
    lashes = print_.sketch()
    for angle in np.linspace(-np.pi * 0.92, -np.pi * 0.08, 15):
        start = np.array([0.5 + 0.43 * np.cos(angle), y + 0.31 * np.sin(angle)])
        lashes.stroke(print_.scaled([start, start + 0.12 * np.array([np.cos(angle), np.sin(angle)])]), 0.016 * print_.size[0])
    print_.press(lashes.plane(), 1)
    print_.polygon(np.concatenate([upper, lower]), 1)
    for radius, ink in ((0.235, 2), (0.17, 3), (0.1, len(print_.inks) - 1), (0.045, 0)):
        print_.disc(0.5 + (0.05 if radius < 0.05 else 0), y - (0.06 if radius < 0.05 else 0), radius, ink)
    _title(print_, spec, most=0.3)


def _fish(rng: np.random.Generator, print_: Print, spec: Spec) -> None:
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
    _title(print_, spec, most=0.24)


_LAYOUTS: dict[str, Callable[[np.random.Generator, Print, Spec], None]] = {
    "rings": _rings, "bars": _bars, "halves": _halves, "sun": _sun, "letter": _letter, "overlap": _overlap, "stairs": _stairs,
    "dots": _dots, "peaks": _peaks, "moire": _moire, "boomerang": _boomerang, "blocks": _blocks, "grid": _grid, "wave": _wave,
    "bird": _bird, "bottle": _bottle, "eye": _eye, "fish": _fish,
}  # fmt: skip
