"""Portraits made of shapes: frontal busts, profiles, cubist heads, masks, one-line faces, facets and slices.

Coordinates are shares of the bust's scale, x from its axis to the right, y down from the bridge of the nose.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from catalog.demo import canvas
from catalog.demo.canvas import Colour, Picture, Plane, Size
from catalog.demo.drawing import Drawing

SLUG = "faces"
NAME = "Faces"

# ground, second ground, skin in light, skin in shade, hair, cloth, accent, line
PALETTES: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "bauhaus": (("#efe3cc", "#f2b632", "#f3c9a5", "#e0703a", "#1d1d1f", "#21459b", "#d8322b", "#1a1a1a"), ("primary", "bold")),
    "dusk": (("#2b2d5b", "#f08a5d", "#f6c6a8", "#b83b5e", "#191a35", "#6a2c70", "#f9ed69", "#12122b"), ("night", "warm")),
    "garden": (("#dfe8d2", "#8fb996", "#d9a679", "#8c5a3c", "#2f3e34", "#e76f51", "#f4d35e", "#22302a"), ("green", "calm")),
    "sea": (("#dceef2", "#2a9db5", "#f7d9c0", "#5fb0c0", "#12355b", "#f25f5c", "#ffe066", "#0d2440"), ("blue", "bright")),
    "clay": (("#f0dcc8", "#d99a6c", "#b5673e", "#6f3420", "#2a1611", "#3d6b66", "#f1b24a", "#241310"), ("warm", "brown")),
    "plum": (("#f3dfe6", "#c9729f", "#f1b6a0", "#8a3a68", "#35133a", "#e9a23b", "#3aa0a0", "#2a0f2e"), ("pink", "purple")),
    "mono": (("#ece9e2", "#c4bfb4", "#f7f5ef", "#8b867c", "#1c1b1a", "#4a4742", "#c8402f", "#141312"), ("grey", "calm")),
    "neon": (("#1a1033", "#ff3d81", "#ffb199", "#7b2ff7", "#0c0620", "#00c2d1", "#f5ff5a", "#07031a"), ("night", "bright")),
    "ochre": (("#f4e4b8", "#e0a526", "#8c5430", "#4b2a1a", "#151312", "#b23a2a", "#2f6f62", "#17110d"), ("gold", "warm")),
    "ice": (("#e8eef4", "#a8c4dc", "#fbe9df", "#7f93c0", "#27406b", "#9fb8ad", "#e85d75", "#1b2a4a"), ("blue", "cold")),
}  # fmt: skip
GROUND, SECOND, LIGHT, SHADE, HAIR, CLOTH, ACCENT, LINE = range(8)


class Spec(NamedTuple):
    style: str
    palette: str
    hair: str
    extra: str
    ground: str
    title: str


SPECS = (
    Spec("front", "bauhaus", "bob", "earrings", "sun", "Student at the Workshop"),
    Spec("side", "dusk", "bun", "earrings", "moon", "She Waits for the Late Tram"),
    Spec("cubist", "clay", "crop", "none", "split", "The Cellist, from Four Sides"),
    Spec("mask", "ochre", "horns", "none", "rays", "Mask for the First Rain"),
    Spec("line", "sea", "long", "none", "blobs", "Her Line, Never Lifted"),
    Spec("front", "garden", "afro", "glasses", "leaves", "Botanist in Round Glasses"),
    Spec("side", "bauhaus", "crop", "collar", "stripes", "Foreman in Profile"),
    Spec("facets", "plum", "bob", "none", "arch", "Rose Quartz Portrait"),
    Spec("cubist", "sea", "bob", "none", "split", "Two Minds about the Sea"),
    Spec("front", "dusk", "hat", "moustache", "window", "The Magician's Neighbour"),
    Spec("mask", "neon", "crest", "none", "sun", "Festival Mask, Midnight"),
    Spec("side", "clay", "turban", "earrings", "sun", "Woman in a Turban, Noon"),
    Spec("line", "plum", "bun", "none", "blobs", "Dancer Thinking"),
    Spec("front", "ice", "long", "scarf", "moon", "Girl with a Winter Scarf"),
    Spec("slices", "bauhaus", "bob", "glasses", "stripes", "The Editor, Cut and Pasted"),
    Spec("cubist", "plum", "long", "none", "split", "Soprano between Notes"),
    Spec("side", "garden", "long", "flower", "leaves", "Listening to the Hedge"),
    Spec("front", "ochre", "turban", "beads", "arch", "The Bead Seller"),
    Spec("mask", "clay", "feathers", "none", "stripes", "Grandfather of Masks"),
    Spec("facets", "sea", "long", "none", "sun", "Swimmer in Facets"),
    Spec("line", "garden", "crop", "none", "blobs", "Boy and Three Leaves"),
    Spec("front", "neon", "crop", "glasses", "window", "Night Programmer"),
    Spec("side", "ice", "bob", "collar", "split", "Conductor before the Upbeat"),
    Spec("cubist", "bauhaus", "hat", "none", "split", "Chess Player in Pieces"),
    Spec("front", "plum", "bun", "earrings", "rays", "Aunt Ines at the Opera"),
    Spec("side", "ochre", "afro", "earrings", "arch", "Queen of the Copper Hour"),
    Spec("mask", "sea", "horns", "none", "moon", "Mask That Knows the Tides"),
    Spec("front", "mono", "beret", "none", "split", "Printer with a Red Mouth"),
    Spec("line", "mono", "bob", "none", "blobs", "Three Minutes in Ink"),
    Spec("facets", "ochre", "afro", "none", "rays", "Gold Seen through Glass"),
    Spec("cubist", "mono", "bun", "none", "split", "Grey Thoughts, One Red"),
    Spec("front", "sea", "hat", "collar", "stripes", "Ferry Captain"),
    Spec("side", "neon", "crest", "earrings", "rays", "Singer under Strobe"),
    Spec("slices", "dusk", "long", "none", "sun", "Reflection on a Passing Train"),
    Spec("front", "clay", "afro", "earrings", "sun", "Potter's Daughter"),
    Spec("cubist", "garden", "beret", "none", "split", "Gardener at Three in the Afternoon"),
    Spec("mask", "ice", "crest", "none", "window", "Mask of the Polite Winter"),
    Spec("side", "plum", "hat", "collar", "window", "Gentleman Leaving by the Left"),
    Spec("front", "bauhaus", "crop", "moustache", "rays", "Cyclist, Six-Day Race"),
    Spec("facets", "ice", "bun", "glasses", "moon", "Professor of Snow"),
)
_SENTENCES = {
    "front": "A face looking straight back, built from discs, wedges and two halves that disagree.",
    "side": "A profile of clean curves, cut like paper and laid in layers.",
    "cubist": "A head turned several ways at once, every plane with a light of its own.",
    "mask": "A symmetrical mask of bands, teeth and watching eyes.",
    "line": "A face in one brush line over loose islands of colour.",
    "facets": "A portrait broken into small triangles, each with one colour to say.",
    "slices": "A portrait cut into strips that no longer quite agree.",
}


def draw(rng: np.random.Generator, number: int) -> Drawing:
    spec = SPECS[number % len(SPECS)]
    size = canvas.choose_size(rng, "3:4", "4:5", "1:1", "3:4", "2:3")
    colours, words = PALETTES[spec.palette]
    board = Board(rng, size, colours)
    if spec.style in ("facets", "slices"):
        _front(rng, board, spec)
        broken = _facets if spec.style == "facets" else _slices
        picture = broken(rng, board.picture())
    else:
        _STYLES[spec.style](rng, board, spec)
        picture = board.picture()
    tags = ("portrait", "face", {"side": "profile", "front": "geometric"}.get(spec.style, spec.style), *words)
    return Drawing(spec.title, _SENTENCES[spec.style], tags, canvas.finish(picture, rng=rng, grain=0.014))


class Board:
    """Cut paper with sprayed shading, laid piece on piece."""

    def __init__(self, rng: np.random.Generator, size: Size, colours: tuple[str, ...]) -> None:
        self.size, self.colours = size, colours
        self.scale = min(size[0], size[1] * 0.84)
        self.axis, self.bridge = size[0] / 2, size[1] * 0.42
        self.left, self.right = -size[0] / 2 / self.scale, size[0] / 2 / self.scale
        self.top, self.foot = -self.bridge / self.scale, (size[1] - self.bridge) / self.scale
        self._spray = rng.random((size[1], size[0]), dtype=np.float32)
        self._picture = canvas.paper(rng, size, colours[GROUND], tooth=0.02)

    def px(self, points: list[tuple[float, float]] | np.ndarray) -> np.ndarray:
        return np.asarray(points, np.float64) * self.scale + (self.axis, self.bridge)

    def lay(
        self, points: list[tuple[float, float]] | np.ndarray, colour: int | Colour, *, shade: float = 0.0, turn: float = 0.6, drop: float = 0.0
    ) -> None:
        """Lay a piece; `shade` sprays it darker (below 0 lighter) towards `turn`, `drop` throws a soft shadow."""
        outline = self.px(points)
        reach = 14
        left, top = np.maximum(np.floor(outline.min(axis=0)).astype(int) - reach, 0)
        right, bottom = np.minimum(np.ceil(outline.max(axis=0)).astype(int) + reach, self.size)
        if right - left < 3 or bottom - top < 3:
            return
        sketch = canvas.Sketch((right - left, bottom - top))
        sketch.polygon(outline - [left, top])
        self._paint((slice(top, bottom), slice(left, right)), sketch.plane(), colour, shade=shade, turn=turn, drop=drop)

    def disc(self, x: float, y: float, radius: float, colour: int | Colour, **how: float) -> None:
        angles = np.linspace(0, 2 * np.pi, 90)
        self.lay(np.column_stack([x + radius * np.cos(angles), y + radius * np.sin(angles)]), colour, **how)

    def brush(self, points: list[tuple[float, float]] | np.ndarray, width: float, colour: int | Colour = LINE, *, taper: bool = True) -> None:
        """A brush line; tapering it swells in the middle."""
        path = canvas.spline(points, 70)
        widths = np.sin(np.linspace(0.25, np.pi - 0.25, 70)) * 0.85 + 0.15 if taper else np.ones(70)
        along = np.gradient(path, axis=0)
        along /= np.linalg.norm(along, axis=1, keepdims=True) + 1e-9
        across = np.column_stack([-along[:, 1], along[:, 0]]) * (widths * width / 2)[:, None]
        self.lay(np.concatenate([path + across, (path - across)[::-1]]), colour)

    def wash(self, mask: Plane, colour: int | Colour, *, shade: float = 0.0, turn: float = 0.6) -> None:
        """Paint through a mask of the whole board."""
        rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
        if len(rows):
            box = (slice(rows[0], rows[-1] + 1), slice(columns[0], columns[-1] + 1))
            self._paint(box, mask[box], colour, shade=shade, turn=turn, drop=0.0)

    def picture(self) -> Picture:
        return np.clip(self._picture, 0, 1)

    def _paint(
        self, box: tuple[slice, slice], mask: Plane, colour: int | Colour, *, shade: float, turn: float, drop: float
    ) -> None:
        part = self._picture[box]
        if drop:
            part = canvas.shaded(part, canvas.shadow(mask, offset=(5, 7), radius=7, strength=drop))
        paint = canvas.rgb(self.colours[colour]) if isinstance(colour, int) else canvas.rgb(colour)
        part = canvas.over(part, paint, mask)
        if shade:
            height, width = mask.shape
            x, y = np.linspace(-1, 1, width, dtype=np.float32)[None], np.linspace(-1, 1, height, dtype=np.float32)[:, None]
            far = np.clip((x * np.cos(turn) + y * np.sin(turn)) * 0.6 + 0.42, 0, 1) ** 1.6 * abs(shade)
            grains = canvas.smoothstep(-0.15, 0.15, far - self._spray[box]) * mask
            tone = canvas.mix(paint, self.colours[LINE], 0.62) if shade > 0 else canvas.mix(paint, "#ffffff", 0.6)
            part = canvas.over(part, tone, grains * 0.8)
        self._picture[box] = part


def _arc(x: float, y: float, across: float, down: float, start: float, end: float, count: int = 60) -> np.ndarray:
    angles = np.linspace(start, end, count) * np.pi
    return np.column_stack([x + across * np.cos(angles), y + down * np.sin(angles)])


# --- grounds -----------------------------------------------------------------------------------------------------


def _ground(rng: np.random.Generator, board: Board, kind: str) -> None:
    wide = board.right
    if kind in ("sun", "moon"):
        x, y = rng.uniform(-0.18, 0.18), rng.uniform(-0.25, -0.1)
        board.disc(x, y, rng.uniform(0.36, 0.43), SECOND if kind == "sun" else ACCENT, shade=0.5, turn=1.6)
        if kind == "moon":
            board.disc(x + 0.12, y - 0.06, 0.33, GROUND)
            for _ in range(26):
                board.disc(rng.uniform(-wide, wide), rng.uniform(board.top, 0.3), rng.uniform(0.003, 0.007), ACCENT)
    elif kind == "split":
        lean = rng.uniform(-0.3, 0.3)
        board.lay([(lean, board.top), (wide, board.top), (wide, board.foot), (-lean, board.foot)], SECOND, shade=0.45, turn=0.3)
    elif kind == "stripes":
        for step in range(0, 14, 2):
            x = -wide + step * wide / 6.5
            board.lay([(x, board.top), (x + wide / 6.5, board.top), (x + wide / 6.5, board.foot), (x, board.foot)], SECOND, shade=0.4, turn=1.57)
    elif kind == "arch":
        for radius, colour in ((0.44, SECOND), (0.36, ACCENT), (0.29, GROUND)):
            board.lay(np.concatenate([[(-radius, board.foot)], _arc(0, -0.12, radius, radius, 1, 2), [(radius, board.foot)]]), colour, shade=0.35, turn=1.57)
    elif kind == "leaves":
        for _ in range(22):
            x, y = rng.uniform(-wide, wide), rng.uniform(board.top, board.foot)
            turn, reach = rng.uniform(0, 2 * np.pi), rng.uniform(0.1, 0.2)
            s = np.linspace(0, 1, 24)
            blade = np.sin(s * np.pi) * reach * 0.28
            leaf = np.concatenate([np.column_stack([s * reach, blade]), np.column_stack([s[::-1] * reach, -blade[::-1]])])
            spin = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
            board.lay(leaf @ spin.T + (x, y), SECOND if rng.random() < 0.75 else ACCENT, shade=0.6, turn=turn)
    elif kind == "window":
        for row in range(3):
            for column in range(3):
                left, top = -0.42 + 0.285 * column, board.top + 0.08 + 0.29 * row
                board.lay([(left, top), (left + 0.26, top), (left + 0.26, top + 0.265), (left, top + 0.265)], ACCENT if (row + column) % 3 == 0 else SECOND, shade=0.5, turn=rng.uniform(0, 6))  # fmt: skip
    elif kind == "rays":
        for ray in range(0, 24, 2):
            first, last = ray * np.pi / 12, (ray + 1) * np.pi / 12
            board.lay([(0, -0.1), (2 * np.cos(first), -0.1 + 2 * np.sin(first)), (2 * np.cos(last), -0.1 + 2 * np.sin(last))], SECOND, shade=0.3)


# --- the frontal bust --------------------------------------------------------------------------------------------


def _head(width: float, height: float, *, chin: float = 0.34) -> np.ndarray:
    """An egg with its narrow end down, clockwise from the right."""
    angles = np.linspace(0, 2 * np.pi, 121)
    sine = np.sin(angles)
    x = width * np.sign(np.cos(angles)) * np.abs(np.cos(angles)) ** 0.9 * (1 - chin * np.clip(sine, 0, 1) ** 1.6)
    return np.column_stack([x, 0.04 + height * sine])


def _front(rng: np.random.Generator, board: Board, spec: Spec) -> None:
    _ground(rng, board, spec.ground)
    width, height = rng.uniform(0.185, 0.215), rng.uniform(0.265, 0.3)
    head = _head(width, height, chin=rng.uniform(0.22, 0.42))
    _hair_behind(rng, board, spec.hair, width, height)
    _shoulders(rng, board, spec)
    board.lay([(-0.075, 0.18), (0.075, 0.18), (0.085, 0.46), (-0.085, 0.46)], SHADE, shade=0.6, turn=-1.57)
    for side in (-1, 1):
        board.disc(side * width * 1.0, 0.06, 0.042, LIGHT if side < 0 else SHADE)
    board.lay(head, LIGHT, shade=0.25, turn=2.4, drop=0.3)
    bow = rng.uniform(-0.035, 0.035)
    middle = canvas.spline([(0.0, 0.04 - height), (bow, -0.05), (-bow, 0.12), (0.0, 0.04 + height)], 40)
    right = head[(head[:, 0] >= -1e-6)]
    right = right[np.argsort(right[:, 1])]
    board.lay(np.concatenate([middle, right[::-1]]), SHADE, shade=0.45, turn=0.4)
    _eyes(rng, board, width)
    _nose_and_mouth(rng, board)
    _hair_before(rng, board, spec.hair, width, height)
    _extras(rng, board, spec.extra, width)


def _shoulders(rng: np.random.Generator, board: Board, spec: Spec) -> None:
    top = rng.uniform(0.36, 0.4)
    body = np.concatenate([[(-0.5, board.foot + 0.1)], _arc(0, top + 0.3, 0.44, 0.3, 1, 2), [(0.5, board.foot + 0.1)]])
    board.lay(body, CLOTH, shade=0.5, turn=1.2, drop=0.25)
    board.lay(np.concatenate([[(0, board.foot + 0.1)], [(0, top)], _arc(0, top + 0.3, 0.44, 0.3, 1.5, 2), [(0.46, board.foot + 0.1)]]), canvas.mix(board.colours[CLOTH], board.colours[LINE], 0.3), shade=0.3)  # fmt: skip
    kind = int(rng.integers(3))
    if kind == 0:
        board.lay([(-0.12, top + 0.01), (0.12, top + 0.01), (0.0, top + 0.25)], LIGHT, shade=0.4)
    elif kind == 1:
        for row in range(4):
            board.brush([(-0.4, top + 0.2 + 0.1 * row), (0, top + 0.25 + 0.1 * row), (0.4, top + 0.2 + 0.1 * row)], 0.03, ACCENT, taper=False)
    else:
        board.lay([(-0.13, top), (-0.02, top + 0.14), (-0.16, top + 0.18)], ACCENT, drop=0.3)
        board.lay([(0.13, top), (0.02, top + 0.14), (0.16, top + 0.18)], ACCENT, shade=0.5, drop=0.3)


def _eyes(rng: np.random.Generator, board: Board, width: float) -> None:
    apart, y = width * rng.uniform(0.44, 0.52), rng.uniform(-0.03, 0.0)
    kind = int(rng.integers(4))
    for side in (-1, 1):
        x = side * apart
        if kind == 3 and side == 1:
            board.brush([(x - 0.05, y), (x, y + 0.02), (x + 0.05, y)], 0.014)
        else:
            lid = 0.03 if kind != 1 else 0.042
            board.lay(np.concatenate([_arc(x, y, 0.058, lid, 1, 2), _arc(x, y, 0.058, lid * 0.8, 0, 1)]), "#fbf7ee")
            board.disc(x, y, 0.027, ACCENT if kind != 2 else CLOTH)
            board.disc(x, y, 0.013, LINE)
            board.disc(x - 0.008, y - 0.009, 0.005, "#ffffff")
            board.brush([(x - 0.062, y + 0.004), (x, y - lid * 1.05), (x + 0.062, y + 0.004)], 0.012)
        rise = rng.uniform(0.0, 0.02)
        board.brush([(x - side * 0.06, y - 0.062), (x + side * 0.01, y - 0.09 - rise), (x + side * 0.075, y - 0.07)], 0.02, HAIR)


def _nose_and_mouth(rng: np.random.Generator, board: Board) -> None:
    tip, wide = rng.uniform(0.11, 0.14), rng.uniform(0.035, 0.06)
    kind = int(rng.integers(3))
    if kind == 0:
        board.lay([(0.0, -0.06), (wide, tip), (0.0, tip + 0.012)], ACCENT, shade=0.4)
    elif kind == 1:
        board.brush([(0.02, -0.07), (0.012, 0.04), (-wide, tip - 0.01), (0.0, tip + 0.01)], 0.014)
    else:
        board.lay(np.concatenate([[(0.0, -0.07)], _arc(0, tip - 0.02, wide * 0.75, wide * 0.6, 0, 1)]), canvas.mix(board.colours[LIGHT], board.colours[SHADE], 0.6), shade=0.4, turn=0.2)  # fmt: skip
    y, half = tip + rng.uniform(0.06, 0.075), rng.uniform(0.05, 0.072)
    board.lay([(-half, y), (-half * 0.3, y - 0.026), (0, y - 0.015), (half * 0.3, y - 0.026), (half, y)], ACCENT, shade=0.4)
    board.lay(_arc(0, y, half * 0.85, 0.034, 0, 1), canvas.mix(board.colours[ACCENT], board.colours[LINE], 0.25))
    board.brush([(-half, y), (0, y + 0.004), (half, y)], 0.007)
    if rng.random() < 0.5:
        for side in (-1, 1):
            board.disc(side * 0.105, 0.09, 0.032, canvas.mix(board.colours[LIGHT], board.colours[ACCENT], 0.4))


def _hair_behind(rng: np.random.Generator, board: Board, hair: str, width: float, height: float) -> None:
    top = 0.04 - height
    if hair == "bob":
        board.lay(np.concatenate([_arc(0, -0.03, width * 1.36, -top + 0.03, 1, 2), [(width * 1.42, 0.26), (width * 0.5, 0.26), (-width * 0.5, 0.26), (-width * 1.42, 0.26)]]), HAIR, shade=-0.3, turn=2.6, drop=0.3)  # fmt: skip
    elif hair == "long":
        board.lay(np.concatenate([_arc(0, -0.02, width * 1.32, -top + 0.04, 1, 2), [(width * 1.7, 0.62), (-width * 1.7, 0.62)]]), HAIR, shade=-0.3, turn=2.2, drop=0.3)
    elif hair == "afro":
        for x, y, radius in ((0, -0.13, 0.33), (-0.2, -0.05, 0.19), (0.2, -0.05, 0.19)):
            board.disc(x, y, radius, HAIR, shade=-0.35, turn=3.6)
    elif hair == "bun":
        board.disc(rng.uniform(-0.06, 0.06), top - 0.07, 0.105, HAIR, shade=-0.4, turn=3.8, drop=0.3)
        board.lay(_arc(0, -0.02, width * 1.12, -top + 0.02, 0, 2), HAIR)


def _hair_before(rng: np.random.Generator, board: Board, hair: str, width: float, height: float) -> None:
    top = 0.04 - height
    if hair in ("bob", "long", "bun", "crop"):
        part = rng.uniform(-0.1, 0.1)
        line = -0.11 if hair == "bob" else top * 0.62
        cap = _arc(0, -0.02, width * 1.07, -top + 0.035, 1.03, 1.97)
        board.lay(np.concatenate([cap, canvas.spline([(width * 1.0, -0.06), (width * 0.6, line), (part, line - 0.03)], 20), canvas.spline([(part, line - 0.03), (-width * 0.6, line - 0.01), (-width * 1.0, -0.06)], 20)]), HAIR, shade=-0.35, turn=3.9)  # fmt: skip
    elif hair == "afro":
        board.lay(np.concatenate([_arc(0, -0.02, width * 1.03, -top + 0.02, 1.08, 1.92), _arc(0, -0.02, width * 0.95, 0.14, 1.9, 1.1)]), HAIR)
    elif hair in ("hat", "beret"):
        if hair == "hat":
            board.lay(np.concatenate([[(-0.185, top + 0.13)], _arc(0, top + 0.02, 0.185, 0.17, 1, 2), [(0.185, top + 0.13)]]), HAIR, shade=-0.4, turn=3.6, drop=0.3)
            board.lay([(-0.187, top + 0.06), (0.187, top + 0.06), (0.187, top + 0.115), (-0.187, top + 0.115)], ACCENT, shade=0.4, turn=0)
            board.lay(_arc(0, top + 0.125, 0.33, 0.045, 0, 2), HAIR, shade=-0.3, turn=3.2, drop=0.35)
        else:
            board.lay(_arc(0.05, top + 0.06, 0.29, 0.135, 0, 2), ACCENT, shade=0.5, turn=0.8, drop=0.35)
            board.lay([(0.03, top - 0.06), (0.07, top - 0.06), (0.055, top - 0.11), (0.035, top - 0.11)], ACCENT)
    elif hair == "turban":
        board.lay(np.concatenate([[(-width * 1.08, -0.03)], _arc(0, top + 0.1, 0.27, 0.25, 0.94, 2.06), [(width * 1.08, -0.03)], canvas.spline([(width * 1.0, -0.06), (0, -0.15), (-width * 1.0, -0.06)], 20)]), ACCENT, shade=0.3, turn=0.8, drop=0.3)  # fmt: skip
        for step in range(4):
            board.brush([(-width * 1.05 + 0.03 * step, -0.07 - 0.03 * step), (-0.03, top + 0.12 - 0.05 * step), (0.2 - 0.01 * step, top - 0.02 - 0.02 * step)], 0.014, CLOTH)
        board.disc(0.0, -0.17, 0.032, SECOND, shade=0.5)


def _extras(rng: np.random.Generator, board: Board, extra: str, width: float) -> None:
    if extra == "glasses":
        for side in (-1, 1):
            x = side * width * 0.49
            ring = np.concatenate([_arc(x, -0.015, 0.08, 0.08, 0, 2), _arc(x, -0.015, 0.066, 0.066, 2, 0)])
            board.lay(ring, LINE)
            board.brush([(x + side * 0.075, -0.025), (x + side * 0.1, -0.03), (side * width * 1.04, -0.02)], 0.014, taper=False)
        board.brush([(-0.025, -0.02), (0, -0.035), (0.025, -0.02)], 0.014, taper=False)
    elif extra == "earrings":
        for side in (-1, 1):
            board.disc(side * (width + 0.015), 0.135, 0.018, ACCENT)
            board.lay([(side * (width + 0.015), 0.15), (side * (width + 0.055), 0.25), (side * (width - 0.025), 0.25)], ACCENT if side < 0 else SECOND, shade=0.4, drop=0.3)
    elif extra == "moustache":
        for side in (-1, 1):
            board.lay(canvas.spline([(0, 0.15), (side * 0.06, 0.155), (side * 0.13, 0.13), (side * 0.07, 0.185), (0, 0.172)], 40), HAIR)
    elif extra in ("scarf", "collar"):
        rows = 4 if extra == "scarf" else 2
        for row in range(rows):
            y = 0.31 + 0.034 * row
            board.lay(np.concatenate([_arc(0, y, 0.15 + 0.012 * row, 0.03, 1, 2), _arc(0, y + 0.03, 0.15 + 0.012 * row, 0.03, 0, 1)]), ACCENT if row % 2 == 0 else SECOND, shade=0.4, turn=0.2)
        if extra == "scarf":
            board.lay([(0.04, 0.42), (0.13, 0.41), (0.16, 0.7), (0.06, 0.71)], ACCENT, shade=0.5, turn=1.57, drop=0.3)
    elif extra == "beads":
        for row in range(3):
            for bead in np.linspace(0.12, 0.88, 11 + 2 * row):
                x, y = 0.0 - (0.13 + 0.05 * row) * np.cos(bead * np.pi), 0.37 + (0.06 + 0.06 * row) * np.sin(bead * np.pi)
                board.disc(float(x), float(y), 0.015, (ACCENT, SECOND, LIGHT)[row], shade=0.5)


# --- the profile -------------------------------------------------------------------------------------------------


def _side(rng: np.random.Generator, board: Board, spec: Spec) -> None:
    """A head in profile, looking right or (mirrored) left."""
    _ground(rng, board, spec.ground)
    way = -1 if rng.random() < 0.5 or "Left" in spec.title else 1
    nose = rng.uniform(0.0, 0.03)

    def lay(points: list[tuple[float, float]] | np.ndarray, colour: int | Colour, **how: float) -> None:
        board.lay(np.asarray(points, np.float64) * (way, 1), colour, **how)

    def brush(points: list[tuple[float, float]], width: float, colour: int | Colour = LINE) -> None:
        board.brush([(way * x, y) for x, y in points], width, colour)

    skull = [(0.0, -0.29), (-0.13, -0.25), (-0.22, -0.12), (-0.215, 0.03), (-0.155, 0.16)]
    face = np.concatenate([
        canvas.spline([(0.0, -0.29), (0.1, -0.25), (0.155, -0.15), (0.16, -0.06)], 24),
        canvas.spline([(0.16, -0.06), (0.185, 0.0), (0.235 + nose, 0.075), (0.225 + nose, 0.1)], 20),
        [(0.17, 0.115)], canvas.spline([(0.17, 0.115), (0.165, 0.14), (0.195, 0.16), (0.17, 0.18)], 14),
        canvas.spline([(0.17, 0.18), (0.19, 0.2), (0.155, 0.222), (0.16, 0.25), (0.13, 0.295)], 20),
        canvas.spline([(0.13, 0.295), (0.05, 0.3), (-0.02, 0.26)], 16),
    ])  # fmt: skip
    neck = [(-0.02, 0.24), (-0.01, 0.5), (-0.24, 0.5), (-0.165, 0.12)]
    if spec.hair == "long":
        lay(canvas.spline([(0.02, -0.32), (-0.17, -0.28), (-0.28, -0.1), (-0.3, 0.2), (-0.36, 0.55), (-0.1, 0.5), (-0.08, 0.1), (0.0, -0.2)], 80), HAIR, shade=-0.3, turn=3.6)
    body = np.concatenate([canvas.spline([(-0.5, board.foot + 0.1), (-0.4, 0.55), (-0.22, 0.44)], 30), canvas.spline([(-0.01, 0.45), (0.18, 0.52), (0.32, board.foot + 0.1)], 30)])
    lay(neck, SHADE, shade=0.5, turn=-1.57)
    lay(body, CLOTH, shade=0.5, turn=1.2, drop=0.3)
    lay(np.concatenate([face, canvas.spline([(-0.02, 0.26), *skull[::-1]], 40)]), LIGHT, shade=0.4, turn=3.14 if way > 0 else 0.0, drop=0.25)
    front = np.concatenate([face[: int(len(face) * 0.86)], canvas.spline([(0.12, 0.29), (0.03, 0.12), (0.05, -0.1), (0.0, -0.29)], 40)])
    lay(front, SHADE, shade=0.3, turn=0.0)
    lay(np.concatenate([_arc(0.115, -0.005, 0.045, 0.026, 1, 2), _arc(0.115, -0.005, 0.045, 0.02, 0, 1)]), "#fbf7ee")
    board.disc(way * 0.128, -0.006, 0.019, ACCENT)
    board.disc(way * 0.131, -0.006, 0.009, LINE)
    brush([(0.065, 0.0), (0.11, -0.032), (0.165, -0.004)], 0.012)
    brush([(0.06, -0.065), (0.12, -0.085), (0.17, -0.062)], 0.02, HAIR)
    lay([(0.168, 0.18), (0.197, 0.16), (0.115, 0.178)], ACCENT)
    lay([(0.168, 0.18), (0.19, 0.2), (0.165, 0.215), (0.115, 0.182)], canvas.mix(board.colours[ACCENT], board.colours[LINE], 0.3))
    _hair_side(rng, board, lay, brush, spec.hair)
    for radius, colour in ((0.05, LIGHT), (0.033, SHADE), (0.017, LIGHT)):
        lay(_arc(-0.06, 0.04, radius * 0.8, radius, 0, 2), colour)
    _extras_side(board, lay, brush, spec.extra)


_Lay = Callable[..., None]


def _hair_side(rng: np.random.Generator, board: Board, lay: _Lay, brush: _Lay, hair: str) -> None:
    cap = [(0.11, -0.25), (0.02, -0.32), (-0.14, -0.285), (-0.245, -0.13), (-0.24, 0.04), (-0.17, 0.17)]
    if hair in ("bun", "crop", "bob", "long", "crest"):
        drop = {"bob": 0.22, "long": 0.1}.get(hair, 0.08)
        inner = [(-0.12, drop), (-0.03, 0.0), (0.0, -0.14), (0.11, -0.25)]
        lay(canvas.spline([*cap, *( [(-0.2, 0.25), (-0.06, 0.24)] if hair == "bob" else []), *inner], 90), HAIR, shade=-0.35, turn=3.8, drop=0.2)
        if hair == "bun":
            lay(_arc(-0.27, -0.17, 0.1, 0.095, 0, 2), HAIR, shade=-0.4, turn=3.8, drop=0.25)
        if hair == "crest":
            for step in range(9):
                angle = 1.05 + step * 0.115
                base = np.array([-0.05 + 0.24 * np.cos(angle * np.pi + 0.9), -0.06 + 0.25 * np.sin(angle * np.pi + 0.9)])
                tip = base * 1.5 + (0.02, 0.03)
                lay([base + (0.03, 0.02), tip, base - (0.03, -0.02)], ACCENT if step % 2 else SECOND, shade=0.4)
    elif hair == "afro":
        for x, y, radius in ((-0.1, -0.17, 0.25), (-0.22, -0.02, 0.16), (0.03, -0.24, 0.14)):
            lay(_arc(x, y, radius, radius, 0, 2), HAIR, shade=-0.3, turn=3.8)
    elif hair == "turban":
        lay(canvas.spline([(0.17, -0.12), (0.14, -0.3), (-0.06, -0.42), (-0.28, -0.3), (-0.29, -0.08), (-0.2, 0.0), (-0.05, -0.06), (0.17, -0.12)], 90), ACCENT, shade=0.4, turn=1.0, drop=0.3)
        for step in range(5):
            brush([(0.15 - 0.03 * step, -0.14 - 0.05 * step), (-0.08, -0.18 - 0.03 * step), (-0.27 + 0.01 * step, -0.08 - 0.04 * step)], 0.013, CLOTH)
    elif hair == "hat":
        lay(canvas.spline([*cap, (-0.1, 0.08), (-0.03, -0.02), (0.0, -0.14)], 60), HAIR)
        lay(np.concatenate([[(-0.25, -0.17)], _arc(-0.04, -0.26, 0.19, 0.2, 1, 2), [(0.16, -0.17)]]), CLOTH, shade=0.5, drop=0.3)
        lay([(-0.24, -0.235), (0.155, -0.235), (0.157, -0.185), (-0.245, -0.185)], ACCENT)
        lay(_arc(-0.03, -0.165, 0.32, 0.03, 0, 2), CLOTH, shade=0.4, turn=1.57, drop=0.35)


def _extras_side(board: Board, lay: _Lay, brush: _Lay, extra: str) -> None:
    if extra == "earrings":
        lay(_arc(-0.06, 0.16, 0.05, 0.05, 0, 2), ACCENT, shade=0.4, drop=0.3)
        lay(_arc(-0.06, 0.16, 0.024, 0.024, 0, 2), SECOND)
    elif extra == "collar":
        lay([(-0.26, 0.4), (0.04, 0.4), (0.1, 0.5), (-0.32, 0.53)], "#fbf7ee", shade=0.4, turn=1.57, drop=0.3)
        lay([(0.03, 0.44), (0.09, 0.56), (0.02, 0.75), (-0.03, 0.56)], ACCENT, shade=0.4, drop=0.3)
    elif extra == "flower":
        for petal in range(6):
            angle = petal * np.pi / 3
            lay(_arc(-0.09 + 0.05 * np.cos(angle), -0.15 + 0.05 * np.sin(angle), 0.04, 0.04, 0, 2), CLOTH, shade=0.4)
        lay(_arc(-0.09, -0.15, 0.034, 0.034, 0, 2), ACCENT)


# --- cubist heads and masks --------------------------------------------------------------------------------------


def _cubist(rng: np.random.Generator, board: Board, spec: Spec) -> None:
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
    shape = np.array([(-0.04, -0.3), (0.14, -0.25), (0.22, -0.08), (0.19, 0.12), (0.08, 0.31), (-0.07, 0.33), (-0.18, 0.17), (-0.23, -0.06), (-0.17, -0.23)])
    shape = shape * rng.uniform(0.92, 1.1, shape.shape)
    _hair_behind(rng, board, spec.hair if spec.hair in ("bob", "long", "bun") else "", 0.21, 0.3)
    board.lay([(-0.5, board.foot + 0.1), (-0.34, 0.5), (-0.1, 0.4), (0.09, 0.38), (0.3, 0.47), (0.5, board.foot + 0.1)], CLOTH, shade=0.5, turn=0.5)
    board.lay([(0.02, 0.42), (0.3, 0.47), (0.48, board.foot + 0.1), (0.1, board.foot + 0.1)], canvas.mix(board.colours[CLOTH], board.colours[SECOND], 0.5), shade=0.5)
    board.lay([(-0.09, 0.22), (0.07, 0.22), (0.1, 0.44), (-0.02, 0.52), (-0.11, 0.44)], SHADE, shade=0.6, turn=-1.57)
    sketch = canvas.Sketch(board.size)
    sketch.polygon(board.px(shape))
    head = sketch.plane()
    skins = [board.colours[LIGHT], board.colours[SHADE], canvas.mix(board.colours[LIGHT], board.colours[SHADE], 0.5), canvas.mix(board.colours[LIGHT], board.colours[SECOND], 0.6), canvas.mix(board.colours[LIGHT], board.colours[CLOTH], 0.55)]  # fmt: skip
    for index, value in enumerate(np.unique(code[head > 0.5])):
        board.wash(head * (code == value), skins[index % len(skins)], shade=rng.uniform(0.3, 0.7), turn=index * 2.3)
    board.lay([(0.0, -0.3), (0.05, -0.08), (0.12, 0.1), (0.02, 0.12), (0.06, 0.2), (0.0, 0.32), (-0.07, 0.33), (-0.02, 0.1), (-0.03, -0.1)], ACCENT, shade=0.6, turn=2.6)
    _cubist_features(rng, board)
    if spec.hair in ("hat", "beret"):
        _hair_before(rng, board, spec.hair, 0.2, 0.3)
    else:
        board.lay([(-0.2, -0.12), (-0.17, -0.27), (-0.02, -0.36), (0.15, -0.28), (0.23, -0.1), (0.12, -0.17), (0.02, -0.22), (-0.1, -0.16)], HAIR, shade=-0.4, turn=3.9, drop=0.3)
    for _ in range(4):
        start = np.array([rng.uniform(-0.4, 0.4), rng.uniform(0.5, 0.8)])
        end = start + rng.uniform(-0.3, 0.3, 2)
        board.brush([tuple(start), tuple((start + end) / 2 + rng.uniform(-0.06, 0.06, 2)), tuple(end)], 0.008)


def _cubist_features(rng: np.random.Generator, board: Board) -> None:
    left, right = (-0.105, rng.uniform(-0.07, -0.02)), (0.115, rng.uniform(0.0, 0.05))
    board.lay(np.concatenate([_arc(*left, 0.07, 0.045, 1, 2), _arc(*left, 0.07, 0.035, 0, 1)]), "#fbf7ee", shade=0.2)
    board.disc(*left, 0.03, CLOTH)
    board.disc(*left, 0.014, LINE)
    board.lay([(right[0] - 0.055, right[1] - 0.04), (right[0] + 0.06, right[1]), (right[0] - 0.045, right[1] + 0.035)], "#fbf7ee")
    board.disc(right[0] - 0.02, right[1] - 0.002, 0.024, LINE)
    board.brush([(left[0] - 0.08, left[1] - 0.06), (left[0], left[1] - 0.085), (left[0] + 0.08, left[1] - 0.05)], 0.022)
    board.brush([(right[0] - 0.06, right[1] - 0.075), (right[0], right[1] - 0.07), (right[0] + 0.07, right[1] - 0.035)], 0.02)
    board.brush([(-0.03, -0.12), (0.05, -0.05), (0.12, 0.1), (0.02, 0.125)], 0.014)
    board.lay([(-0.08, 0.21), (-0.02, 0.185), (0.01, 0.2), (0.09, 0.175), (0.03, 0.215)], CLOTH)
    board.lay([(-0.08, 0.21), (0.03, 0.215), (0.09, 0.175), (0.04, 0.25), (-0.03, 0.255)], canvas.mix(board.colours[CLOTH], board.colours[LINE], 0.4))


def _mask(rng: np.random.Generator, board: Board, spec: Spec) -> None:
    """Everything twice, left and right."""
    _ground(rng, board, spec.ground)
    _headdress(rng, board, spec.hair)
    wide, high = rng.uniform(0.19, 0.24), rng.uniform(0.34, 0.4)
    for share, colour in ((1.0, HAIR), (0.93, LIGHT), (0.0, LIGHT)):
        if share:
            board.lay(_head(wide * share, high * share, chin=rng.uniform(0.3, 0.42)), colour, shade=0.45 if colour == LIGHT else -0.3, turn=1.2, drop=0.35 if share == 1 else 0.0)
    board.lay(np.concatenate([[(0.0, -0.33)], canvas.spline([(0.07, -0.28), (0.045, -0.05), (0.08, 0.14)], 20), canvas.spline([(-0.08, 0.14), (-0.045, -0.05), (-0.07, -0.28)], 20)]), SHADE, shade=0.5, turn=1.57)
    marks = int(rng.integers(3))
    for side in (-1, 1):
        x = side * wide * 0.5
        for radius, colour in ((0.085, ACCENT), (0.066, HAIR), (0.047, SECOND), (0.024, LINE)):
            board.lay(_arc(x, -0.02, radius * 1.05, radius * 0.72, 0, 2), colour)
        board.brush([(side * 0.03, -0.12), (x, -0.16), (side * wide * 0.9, -0.08)], 0.03, HAIR)
        for step in range(4):
            y = 0.09 + 0.042 * step
            if marks == 0:
                board.brush([(side * 0.085, y), (side * 0.13, y + 0.012), (side * wide * (0.86 - 0.09 * step), y - 0.012)], 0.014, ACCENT)
            elif marks == 1:
                board.disc(side * 0.125, y, 0.013, ACCENT)
                board.disc(side * 0.16, y - 0.012, 0.009, SECOND)
            else:
                board.lay([(side * 0.09, y), (side * 0.15, y - 0.014), (side * 0.15, y + 0.014)], CLOTH if step % 2 else ACCENT)
    mouth = 0.27
    board.lay(_arc(0, mouth, 0.1, 0.05, 0, 2), HAIR)
    board.lay(_arc(0, mouth, 0.083, 0.034, 0, 2), ACCENT)
    for tooth in np.linspace(-0.06, 0.06, 7):
        board.lay([(tooth - 0.007, mouth - 0.022), (tooth + 0.007, mouth - 0.022), (tooth + 0.005, mouth + 0.0), (tooth - 0.005, mouth + 0.0)], "#fbf7ee")
    for row in range(3):
        for spot in np.linspace(-1, 1, 7 - row):
            board.disc(float(spot) * (0.115 - 0.03 * row), -0.25 - 0.03 * row + 0.03 * float(spot) ** 2, 0.009, ACCENT if row % 2 else CLOTH)


def _headdress(rng: np.random.Generator, board: Board, kind: str) -> None:
    if kind == "horns":
        for side in (-1, 1):
            horn = canvas.spline([(side * 0.1, -0.28), (side * 0.3, -0.3), (side * 0.37, -0.48), (side * 0.3, -0.36), (side * 0.16, -0.2)], 60)
            board.lay(horn, CLOTH, shade=0.5, turn=1.57, drop=0.3)
    count = {"horns": 7, "crest": 13, "feathers": 17}[kind]
    for index in range(count):
        angle = np.pi * (1.5 + (index - (count - 1) / 2) * (0.62 if kind != "horns" else 0.3) / count * 1.2)
        along, across = np.array([np.cos(angle), np.sin(angle)]), np.array([-np.sin(angle), np.cos(angle)])
        reach = {"horns": 0.42, "crest": 0.47, "feathers": 0.56}[kind] * (1.0 if index % 2 == 0 else 0.9)
        s = np.linspace(0, 1, 24)[:, None]
        half = np.sin(s * np.pi * 0.86 + 0.25) * (0.036 if kind != "feathers" else 0.03)
        blade = np.concatenate([along * s * reach + across * half, (along * s * reach - across * half)[::-1]]) + (0, 0.02)
        board.lay(blade, (CLOTH, ACCENT, SECOND)[index % 3], shade=0.5, turn=float(angle), drop=0.2)
        tip = along * reach * 0.86 + (0, 0.02)
        board.disc(float(tip[0]), float(tip[1]), 0.017, HAIR)
    board.lay([(-0.17, 0.32), (0.17, 0.32), (0.26, board.foot + 0.1), (-0.26, board.foot + 0.1)], CLOTH, shade=0.6, turn=1.57)
    for row in range(7):
        y = 0.44 + 0.055 * row
        board.brush([(-0.3, y), (0, y + 0.05), (0.3, y)], 0.022, (ACCENT, SECOND)[row % 2], taper=False)


# --- one line ----------------------------------------------------------------------------------------------------


def _line(rng: np.random.Generator, board: Board, spec: Spec) -> None:
    for colour in (SECOND, LIGHT, CLOTH, ACCENT, LIGHT):
        angles = np.linspace(0, 2 * np.pi, 8)[:-1]
        reach = rng.uniform(0.14, 0.3) * rng.uniform(0.7, 1.2, 7)
        centre = rng.uniform((-0.28, -0.35), (0.28, 0.5))
        ring = np.column_stack([np.cos(angles), np.sin(angles)]) * reach[:, None] + centre
        board.lay(canvas.spline(np.concatenate([ring, ring[:2]]), 140)[:122], colour, shade=0.35, turn=rng.uniform(0, 6))
    j = lambda *points: [(x + rng.normal(0, 0.006), y + rng.normal(0, 0.006)) for x, y in points]  # noqa: E731
    thick = rng.uniform(0.014, 0.019)
    board.brush(j((-0.17, -0.2), (-0.2, 0.0), (-0.16, 0.18), (-0.04, 0.32), (0.06, 0.31), (0.16, 0.17), (0.19, 0.0), (0.17, -0.18)), thick)
    board.brush(j((-0.15, -0.06), (-0.08, -0.1), (0.0, -0.07), (0.015, 0.04), (0.035, 0.11), (-0.005, 0.135), (-0.03, 0.12)), thick)
    board.brush(j((0.045, -0.07), (0.1, -0.1), (0.16, -0.06)), thick)
    for x in (-0.085, 0.095):
        board.brush(j((x - 0.055, 0.0), (x, -0.03), (x + 0.055, 0.0), (x, 0.022), (x - 0.05, 0.004)), thick * 0.8)
        board.disc(x + 0.004, -0.004, 0.019, LINE)
    board.brush(j((-0.075, 0.205), (-0.03, 0.185), (0.0, 0.195), (0.03, 0.185), (0.08, 0.2), (0.02, 0.245), (-0.03, 0.24), (-0.075, 0.205)), thick * 0.9)
    board.brush(j((-0.07, 0.206), (0.0, 0.212), (0.075, 0.203)), thick * 0.7)
    board.brush(j((-0.07, 0.31), (-0.08, 0.42), (-0.2, 0.5), (-0.4, 0.58)), thick)
    board.brush(j((0.08, 0.3), (0.09, 0.42), (0.2, 0.49), (0.42, 0.56)), thick)
    _line_hair(rng, board, spec.hair, thick)


def _line_hair(rng: np.random.Generator, board: Board, hair: str, thick: float) -> None:
    if hair in ("long", "bob"):
        end = 0.5 if hair == "long" else 0.24
        for step in range(5):
            shift = 0.028 * step
            for side in (-1, 1):
                board.brush([(0.03 * side, -0.27 - shift), (side * (0.17 + shift), -0.22 - shift * 0.5), (side * (0.215 + shift), 0.0), (side * (0.2 + shift * 1.2), end * 0.6), (side * (0.26 + shift), end)], thick * 0.8)  # fmt: skip
    elif hair == "bun":
        for step in range(4):
            board.brush([tuple(p) for p in _arc(0.0, -0.37, 0.1 - 0.022 * step, 0.085 - 0.018 * step, 0.6 + step * 0.3, 2.5 + step * 0.3, 12)], thick * 0.8)
        for side in (-1, 1):
            board.brush([(side * 0.03, -0.28), (side * 0.14, -0.26), (side * 0.195, -0.12), (side * 0.19, 0.02)], thick)
            board.disc(side * 0.2, 0.14, 0.022, ACCENT)
    else:
        for step in range(11):
            x = -0.18 + 0.036 * step
            board.brush([(x, -0.15 - 0.1 * np.cos(x * 7)), (x + 0.03, -0.25 - 0.05 * np.cos(x * 7)), (x + 0.01, -0.32 - 0.04 * np.cos(x * 7))], thick)
        for index in range(3):
            x, y = 0.3 - 0.3 * index, -0.38 + 0.06 * index
            board.lay(canvas.spline([(x, y), (x + 0.05, y - 0.08), (x + 0.14, y - 0.1), (x + 0.08, y - 0.01), (x, y)], 50), SECOND, shade=0.5)
            board.brush([(x, y), (x + 0.06, y - 0.05), (x + 0.12, y - 0.09)], thick * 0.6)


# --- broken pictures ---------------------------------------------------------------------------------------------


def _facets(rng: np.random.Generator, picture: Picture) -> Picture:
    """Triangles over a shaken grid, each of the colour at its middle, finer towards the face."""
    height, width = picture.shape[:2]
    columns = int(rng.integers(30, 37))
    rows = round(columns * height / width)
    grid = np.stack(np.meshgrid(np.linspace(0, width, columns + 1), np.linspace(0, height, rows + 1)), axis=-1)
    pull = np.array([width / 2, height * 0.44])
    inner = grid[1:-1, 1:-1]
    grid[1:-1, 1:-1] = inner + rng.uniform(-0.36, 0.36, inner.shape) * (width / columns)
    near = np.exp(-(np.linalg.norm((grid - pull) / (width, height), axis=-1, keepdims=True) ** 2) / 0.06)
    grid[1:-1, 1:-1] = (grid + (pull - grid) * 0.4 * near)[1:-1, 1:-1]
    soft = canvas.blur(picture, 3)
    sketch = canvas.Sketch((width, height), ground="#000000")
    for row in range(rows):
        for column in range(columns):
            a, b, c, d = grid[row, column], grid[row, column + 1], grid[row + 1, column + 1], grid[row + 1, column]
            for corners in ((a, b, c), (a, c, d)) if (row + column) % 2 else ((a, b, d), (b, c, d)):
                x, y = np.clip(np.mean(corners, axis=0), 0, (width - 1, height - 1)).astype(int)
                light = 1 + 0.09 * np.sin(corners[0][0] * 0.7 + corners[1][1] * 1.3) + rng.normal(0, 0.02)
                sketch.polygon(corners, np.clip(soft[y, x] * light, 0, 1))
    return sketch.picture()


def _slices(rng: np.random.Generator, picture: Picture) -> Picture:
    """Strips moved up and down by turns, some in another light."""
    width = picture.shape[1]
    edges = np.concatenate([[0], np.sort(rng.uniform(0.05, 0.95, 11) * width).astype(int), [width]])
    result = picture.copy()
    for index, (left, right) in enumerate(zip(edges[:-1], edges[1:], strict=True)):
        shift = int(rng.uniform(25, 95)) * (1 if index % 2 else -1)
        strip = np.roll(picture[:, left:right], shift, axis=0)
        result[:, left:right] = strip[:, :, [2, 1, 0]] if index % 5 == 2 else strip
        result[:, left : left + 3] *= 0.55
    return result


_STYLES: dict[str, Callable[[np.random.Generator, Board, Spec], None]] = {
    "front": _front,
    "side": _side,
    "cubist": _cubist,
    "mask": _mask,
    "line": _line,
}
