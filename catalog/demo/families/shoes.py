"""Shoes from the side on a studio backdrop: runners, boots, loafers, heels, sandals.

A shoe is a list of pieces laid one on another. Coordinates are shares of its length: x from heel (0) to toe (1),
y up from the ground. Each piece is puffed up from its outline, so that leather looks round and edges catch light.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np

from catalog.demo import canvas, studio
from catalog.demo.canvas import Picture, Plane, Size
from catalog.demo.drawing import Drawing

SLUG = "shoes"
NAME = "Shoes"

Path = tuple[tuple[float, float], ...]
GLOSS = {"leather": 0.35, "patent": 0.9, "suede": 0.0, "mesh": 0.0, "canvas": 0.0, "checker": 0.05, "rubber": 0.15,
         "sole": 0.08, "cork": 0.0, "gum": 0.2, "elastic": 0.0, "spots": 0.1, "fade": 0.1}  # fmt: skip


class Piece(NamedTuple):
    """An outline of curves joined at corners, the number of its colour, its material and how far it is puffed."""

    curves: tuple[Path, ...]
    colour: int
    material: str
    puff: float = 0.05


class Seam(NamedTuple):
    """A line on the shoe: a stitch when dashed."""

    curve: Path
    colour: int
    width: float = 0.004
    dashed: bool = True


class Lace(NamedTuple):
    curve: Path
    colour: int
    width: float = 0.011


class Dot(NamedTuple):
    """An eyelet, a perforation or a badge."""

    place: tuple[float, float]
    radius: float
    colour: int


Part = Piece | Seam | Lace | Dot


class Spec(NamedTuple):
    model: str
    material: str
    colours: tuple[str, ...]  # upper, second, sole, laces or trim
    room: tuple[str, str, str, str]  # backdrop, wall, floor, accent
    pose: str  # single, left, pair, tilt
    title: str
    words: tuple[str, ...]


SPECS = (
    Spec("runner", "mesh", ("#e4572e", "#f4f1ea", "#ffffff", "#2e2e2e"), ("sweep", "#f3d9c4", "#e8c4a6", "#ffffff"), "single", "First Kilometre", ("orange", "sport")),
    Spec("hightop", "canvas", ("#b3202c", "#f5f1e8", "#f5f1e8", "#ffffff"), ("split", "#e8e2d6", "#cfc5b3", "#d7dfe2"), "left", "Red High-Top, Corner Court", ("red", "sport")),
    Spec("chelsea", "suede", ("#a9744a", "#3a2a20", "#2b1d14", "#6d4a2f"), ("sweep", "#d9d3c7", "#c6bdad", "#ffffff"), "pair", "Tan Chelsea, Dry Day", ("brown", "calm")),
    Spec("pump", "patent", ("#c1121f", "#780000", "#1a1a1a", "#e5383b"), ("sweep", "#f6e4e1", "#ecd0cb", "#ffffff"), "single", "Red Heel", ("red", "elegant")),
    Spec("cowboy", "leather", ("#7b4a26", "#f0d9a8", "#2a1a10", "#c98b4a"), ("disc", "#e9c78f", "#cf9d5f", "#e07a3f"), "single", "Last Rodeo", ("brown", "warm")),
    Spec("rain", "patent", ("#f2c014", "#ffffff", "#3a3a3a", "#e0a800"), ("sweep", "#a9bdc9", "#8fa6b4", "#ffffff"), "pair", "Puddle Season", ("yellow", "bright")),
    Spec("loafer", "leather", ("#4b1f1f", "#6b2d2a", "#1f1512", "#2e1414"), ("table", "#cfd6cf", "#a9835a", "#ffffff"), "left", "Oxblood Loafer", ("red", "elegant")),
    Spec("court", "leather", ("#f6f4ef", "#2a7f62", "#f1eee6", "#f6f4ef"), ("disc", "#cfe3d8", "#b7d0c3", "#f5f0e1"), "single", "White with a Green Heel", ("white", "sport")),
    Spec("sandal", "leather", ("#b5743c", "#8a5426", "#c9a06c", "#d8b04a"), ("window", "#ecdfc6", "#dcc7a1", "#ffffff"), "single", "Sandal after the Beach", ("brown", "summer")),
    Spec("worker", "leather", ("#c58a3d", "#8a5a22", "#efe3cb", "#5b3a1c"), ("table", "#bcc4c2", "#6d5440", "#ffffff"), "left", "Boot with Honest Miles", ("brown", "warm")),
    Spec("slipon", "checker", ("#1c1c1c", "#f4f1e8", "#ffffff", "#1c1c1c"), ("split", "#f7c948", "#f3b61f", "#f9dc7c"), "pair", "Checkerboard Slip-On", ("geometric", "bright")),
    Spec("brogue", "leather", ("#8f4a22", "#6e3516", "#2b1a11", "#4a2611"), ("sweep", "#e3dccf", "#cdc3b1", "#ffffff"), "single", "Chestnut Brogue", ("brown", "elegant")),
    Spec("flat", "suede", ("#d98ca0", "#b5637a", "#3a2a2a", "#c9788d"), ("arch", "#fbeaea", "#f1d5d6", "#e8b4bc"), "pair", "Rose Ballet Flats", ("pink", "calm")),
    Spec("runner", "fade", ("#2b2d77", "#e63bb0", "#f7f7fb", "#4ff0d0"), ("sweep", "#d8d4f0", "#c3bde6", "#ffffff"), "tilt", "Afterburner", ("purple", "bright")),
    Spec("hightop", "canvas", ("#1d3557", "#f5f1e8", "#f5f1e8", "#f1faee"), ("sweep", "#dfe8ec", "#c9d6dc", "#ffffff"), "pair", "Navy Canvas, Both Feet", ("blue", "calm")),
    Spec("chelsea", "leather", ("#191716", "#3a3735", "#100e0d", "#2b2826"), ("disc", "#c9c5be", "#b3aea5", "#efece6"), "left", "Black Chelsea, Grey Street", ("dark", "elegant")),
    Spec("court", "suede", ("#2f5d50", "#e9d8a6", "#d9b77e", "#f2e8cf"), ("arch", "#e7e4d2", "#d5d0b5", "#aebf9a"), "single", "Forest Trainer", ("green", "calm")),
    Spec("cowboy", "suede", ("#e8d5c0", "#b5838d", "#5b4034", "#cda58f"), ("sweep", "#b7c9c3", "#a0b5ae", "#ffffff"), "left", "Desert Rose Boot", ("pink", "warm")),
    Spec("pump", "suede", ("#23395b", "#16263f", "#101820", "#3d5a80"), ("arch", "#e4ebf2", "#cfdae6", "#9db4cc"), "left", "Midnight Pump", ("blue", "night")),
    Spec("rain", "patent", ("#2f6b4f", "#ffffff", "#1e2b25", "#24543e"), ("window", "#dfe5d8", "#c4ccb8", "#ffffff"), "single", "Allotment Wellington", ("green", "calm")),
    Spec("slipon", "canvas", ("#3aa6a0", "#f7f3ea", "#ffffff", "#2b7f7a"), ("sweep", "#fdeedd", "#f6dcc0", "#ffffff"), "left", "Seaside Slip-On", ("blue", "summer")),
    Spec("loafer", "suede", ("#4f6d8c", "#3b5470", "#b98b5e", "#3b5470"), ("sweep", "#efe9df", "#ddd3c3", "#ffffff"), "pair", "Dusty Blue Loafers", ("blue", "elegant")),
    Spec("worker", "suede", ("#3f4a3c", "#2b332a", "#1b1d1a", "#d9a441"), ("sweep", "#c7cbb9", "#b0b59f", "#ffffff"), "single", "Moss Hiker", ("green", "rough")),
    Spec("runner", "mesh", ("#1f9bcf", "#0b4f6c", "#ffffff", "#fbfbff"), ("split", "#e9f5fb", "#cfe7f3", "#bfe0f0"), "left", "Blue Mile", ("blue", "sport")),
    Spec("sandal", "patent", ("#111111", "#2b2b2b", "#bca080", "#d4d4d4"), ("split", "#f1e3d3", "#99c1b9", "#d8a48f"), "left", "City Sandal", ("dark", "summer")),
    Spec("brogue", "patent", ("#141414", "#2a2a2a", "#0c0c0c", "#1f1f1f"), ("window", "#cfc9c1", "#b6aea3", "#ffffff"), "pair", "Black Tie, Well Polished", ("dark", "elegant")),
    Spec("hightop", "leather", ("#f3c623", "#1f1f1f", "#fafafa", "#1f1f1f"), ("sweep", "#3d4a5c", "#303b4a", "#ffffff"), "tilt", "Taxi", ("yellow", "bright")),
    Spec("court", "leather", ("#f4e1d2", "#e07a5f", "#fffaf2", "#f4e1d2"), ("sweep", "#81b29a", "#6c9e86", "#ffffff"), "tilt", "Peach on Green", ("pink", "sport")),
    Spec("flat", "patent", ("#1d1d22", "#3a3a42", "#141416", "#5a5a64"), ("disc", "#e8e3da", "#d8d1c4", "#d1495b"), "single", "Little Black Flat", ("dark", "elegant")),
    Spec("chelsea", "spots", ("#d8b98a", "#4a3222", "#241812", "#241812"), ("split", "#2f4f4f", "#263f3f", "#3d6464"), "single", "Spotted in the Dark", ("dark", "bright")),
    Spec("runner", "mesh", ("#3b3f46", "#7a808a", "#c7f464", "#c7f464"), ("sweep", "#5a606b", "#4a4f59", "#ffffff"), "single", "Night Shift Runner", ("grey", "night")),
    Spec("cowboy", "leather", ("#1b1b1e", "#d6d2c8", "#0e0e10", "#8d8a82"), ("arch", "#d9c9b0", "#c8b595", "#b5835a"), "left", "Black Boot, Silver Thread", ("dark", "warm")),
    Spec("slipon", "spots", ("#f2e9dc", "#d1495b", "#ffffff", "#d1495b"), ("disc", "#c3dfe6", "#a9ced8", "#fff3e0"), "single", "Cherry Dots", ("red", "summer")),
    Spec("pump", "fade", ("#f2b705", "#f25c05", "#1f1f1f", "#f2b705"), ("split", "#4b2e5a", "#3c2449", "#6d4683"), "single", "Sunset Stiletto", ("orange", "bright")),
    Spec("worker", "leather", ("#5a1e1e", "#3f1414", "#e6d3b1", "#e9e1d1"), ("disc", "#e6e1d8", "#d3ccbe", "#8fa3ad"), "pair", "Cherry Boots, Frost", ("red", "cold")),
    Spec("loafer", "patent", ("#1f5c4c", "#174539", "#14100d", "#c9a227"), ("arch", "#f3ead7", "#e4d6b8", "#d9a38a"), "single", "Emerald Loafer", ("green", "elegant")),
    Spec("hightop", "canvas", ("#f3efe6", "#f3efe6", "#d9a066", "#f3efe6"), ("window", "#d9c7b8", "#c7b09d", "#ffffff"), "single", "Unbleached", ("white", "calm")),
    Spec("rain", "fade", ("#e85d75", "#7a3fa0", "#2b2b36", "#e85d75"), ("split", "#fde2e4", "#fad2e1", "#cddafd"), "left", "Sunset Puddle", ("pink", "bright")),
    Spec("sandal", "suede", ("#7d8f69", "#5c6b4c", "#c4a77d", "#c9b458"), ("table", "#f4ede0", "#c8a983", "#ffffff"), "pair", "Olive Straps", ("green", "summer")),
    Spec("court", "checker", ("#30343f", "#e4d9ff", "#fafaff", "#273469"), ("sweep", "#b8c0e0", "#a3acd1", "#ffffff"), "left", "Chessboard Trainer", ("blue", "geometric")),
)  # fmt: skip

_NAMES = {
    "runner": "running shoe", "hightop": "high-top", "chelsea": "Chelsea boot", "pump": "high heel", "cowboy": "cowboy boot",
    "rain": "rubber boot", "loafer": "penny loafer", "court": "court trainer", "sandal": "sandal", "worker": "lace-up boot",
    "slipon": "slip-on", "brogue": "brogue", "flat": "ballet flat",
}  # fmt: skip

_MADE_OF = {"fade": "two fading colours", "patent": "patent leather", "spots": "spotted cloth", "checker": "a check"}


def draw(rng: np.random.Generator, number: int) -> Drawing:
    spec = SPECS[number % len(SPECS)]
    tall = spec.model in ("cowboy", "rain")
    size = canvas.choose_size(rng, *(("1:1", "4:5") if tall else ("4:3", "3:2", "1:1")))
    kind, wall, floor, accent = spec.room
    picture = studio.backdrop(rng, size, kind=kind, wall=wall, floor=floor, accent=accent, horizon=rng.uniform(0.6, 0.66))
    parts = _MODELS[spec.model](spec.material)
    for frame in _frames(rng, size, spec.pose, tall=tall):
        picture = _shoe(rng, picture, size, frame, parts, spec)
    picture = canvas.vignette(picture, 0.15)
    count = "A pair, each a" if spec.pose == "pair" else "A"
    sentence = f"{count} {_NAMES[spec.model]} in {_MADE_OF.get(spec.material, spec.material)}, from the side."
    kind = "sneaker" if spec.model in ("runner", "court", "slipon") else _NAMES[spec.model].split()[-1]
    tags = ("shoe", kind, *spec.words)
    return Drawing(spec.title, sentence, tuple(dict.fromkeys(tags)), canvas.finish(picture, rng=rng, grain=0.01))


class Frame(NamedTuple):
    """Where a shoe stands: its heel's place in px, its length, its direction and tilt."""

    x: float
    y: float
    length: float
    left: bool
    turn: float
    floating: bool

    def put(self, points: Sequence[tuple[float, float]] | np.ndarray) -> np.ndarray:
        """Shoe coordinates → px."""
        path = np.asarray(points, np.float64)
        across, up = path[:, 0] - 0.5, path[:, 1]
        if self.left:
            across = -across
        right = np.cos(self.turn) * across - np.sin(self.turn) * up
        high = np.sin(self.turn) * across + np.cos(self.turn) * up
        return np.column_stack([self.x + right * self.length, self.y - high * self.length])


def _frames(rng: np.random.Generator, size: Size, pose: str, *, tall: bool) -> list[Frame]:
    """Back to front."""
    width, height = size
    length = min(width * (0.62 if tall else 0.74), height * (0.66 if tall else 0.92))
    x, y = width * 0.5, height * (0.84 if tall else 0.74)
    if pose == "pair":
        length *= 0.86
        back = Frame(x + 0.1 * length, y - 0.1 * length, length * 0.96, False, 0.0, False)
        return [back, Frame(x - 0.07 * length, y + 0.02 * length, length, False, 0.0, False)]
    if pose == "tilt":
        left = bool(rng.integers(2))
        return [Frame(x, y - 0.1 * height, length, left, (-1 if left else 1) * rng.uniform(0.2, 0.32), True)]
    return [Frame(x, y, length, pose == "left", 0.0, False)]


# --- drawing -----------------------------------------------------------------------------------------------------


def _shoe(
    rng: np.random.Generator, picture: Picture, size: Size, frame: Frame, parts: Sequence[Part], spec: Spec
) -> Picture:
    whole = canvas.Sketch(size, scale=1)
    for part in parts:
        if isinstance(part, Piece):
            whole.polygon(_outline(frame, part.curves))
    mask = whole.plane()
    picture = _grounded(picture, size, mask, frame)
    for part in parts:
        if isinstance(part, Piece):
            picture = _piece(rng, picture, mask, frame, part, spec)
        elif isinstance(part, Seam):
            picture = _seam(picture, frame, part, spec)
        elif isinstance(part, Lace):
            picture = _lace(picture, size, frame, part, spec)
        else:
            picture = _dot(picture, frame, part, spec)
    return picture


def _grounded(picture: Picture, size: Size, mask: Plane, frame: Frame) -> Picture:
    if frame.floating:
        centre = (frame.x + 0.04 * frame.length, min(frame.y + 0.22 * frame.length, size[1] * 0.92))
        touch = studio.contact_shadow(size, centre=centre, across=0.4 * frame.length, down=0.035 * frame.length, radius=26)
        return canvas.shaded(picture, 0.5 * touch)
    fallen = studio.cast_shadow(mask, base=frame.y, reach=0.22, lean=0.5, radius=20)
    touch = studio.contact_shadow(
        size, centre=(frame.x + 6, frame.y + 1), across=0.49 * frame.length, down=0.016 * frame.length, radius=8
    )
    return canvas.shaded(canvas.shaded(picture, 0.36 * fallen), 0.62 * touch)


def _outline(frame: Frame, curves: tuple[Path, ...]) -> np.ndarray:
    return np.concatenate([frame.put(canvas.spline(curve, 30) if len(curve) > 2 else curve) for curve in curves])


def _piece(
    rng: np.random.Generator, picture: Picture, whole: Plane, frame: Frame, piece: Piece, spec: Spec
) -> Picture:
    outline = _outline(frame, piece.curves)
    reach = 12
    height, width = whole.shape
    left, top = np.maximum(np.floor(outline.min(axis=0)).astype(int) - reach, 0)
    right, bottom = np.minimum(np.ceil(outline.max(axis=0)).astype(int) + reach, (width, height))
    sketch = canvas.Sketch((right - left, bottom - top))
    sketch.polygon(outline - [left, top])
    mask = sketch.plane()
    box = (slice(top, bottom), slice(left, right))
    dark = canvas.shadow(mask, offset=(2, 4), radius=5, strength=0.42) * (1 - mask) * whole[box]
    part = canvas.shaded(picture[box], dark)
    normals = _puffed(mask, piece.puff * frame.length)
    paint, bump = _material(rng, piece, spec, mask.shape, frame)
    normals = studio.Normals(normals.x + bump[0], normals.y + bump[1], normals.z)
    shown = studio.light_up(paint, normals, gloss=GLOSS[piece.material], bounce=spec.room[2], ambient=0.5)
    picture[box] = canvas.over(part, shown, mask)
    return picture


def _puffed(mask: Plane, radius: float) -> studio.Normals:
    """Normals of the outline blown up like a cushion whose edge is `radius` px wide."""
    height, width = mask.shape
    small = canvas.resize(mask, (max(width // 2, 4), max(height // 2, 4)))
    depth = np.clip((canvas.blur(small, max(radius / 2, 1.0)) - 0.5) * 2, 0, 1)
    dome = np.sqrt(np.clip(1 - (1 - depth) ** 2, 0, 1)) * radius * 0.62
    dome = canvas.resize(canvas.blur(dome.astype(np.float32), 2.0), (width, height))
    down, across = np.gradient(dome)
    lean = 1 / np.sqrt(1 + across**2 + down**2)
    return studio.Normals(-across * lean, down * lean, lean)


def _material(
    rng: np.random.Generator, piece: Piece, spec: Spec, shape: tuple[int, ...], frame: Frame
) -> tuple[Picture, tuple[Plane, Plane]]:
    """The paint of a piece and what its surface adds to the normals."""
    size = (shape[1], shape[0])
    colour, second = canvas.rgb(spec.colours[piece.colour]), canvas.rgb(spec.colours[1])
    still = np.zeros(shape, np.float32)
    x, y = np.arange(shape[1], dtype=np.float32)[None] / frame.length, np.arange(shape[0], dtype=np.float32)[:, None] / frame.length
    cells = min(size) / frame.length
    if piece.material in ("mesh", "canvas"):
        count = 75 if piece.material == "mesh" else 150
        weave = np.sin(x * count * 2 * np.pi) * np.sin(y * count * 2 * np.pi)
        return np.clip(colour * (1 + (0.2 if piece.material == "mesh" else 0.1) * weave[..., None]), 0, 1), (still, still)
    if piece.material == "checker":
        square = np.sin((x + 0.3 * y) * 26 * np.pi) * np.sin((y - 0.12 * x) * 30 * np.pi)
        return canvas.over(canvas.filled(size, colour), second, canvas.smoothstep(-0.05, 0.05, square)), (still, still)
    if piece.material == "spots":
        row = np.floor(y * 30)
        u, v = (x * 26 + 0.5 * (row % 2)) % 1.0 - 0.5, (y * 30) % 1.0 - 0.5
        spot = canvas.smoothstep(0.31, 0.25, np.hypot(u, v * 26 / 30).astype(np.float32))
        return canvas.over(canvas.filled(size, colour), second, spot), (still, still)
    if piece.material == "fade":
        along = x / x.max() if x.max() > 0.3 else x * 0 + 0.15
        return canvas.ramp([colour, second], (1 - along if frame.left else along) + 0 * y), (still, still)
    grain = canvas.noise(rng, size, cells=max(cells * (150 if piece.material != "suede" else 60), 2), octaves=3)
    soft = canvas.noise(rng, size, cells=max(cells * 5, 1), octaves=3)
    tone = 0.1 if piece.material in ("suede", "cork") else 0.04
    paint = colour * (1 + tone * (grain - 0.5) * 2 + 0.1 * (soft - 0.5))[..., None]
    if piece.material == "leather":
        down, across = np.gradient(canvas.noise(rng, size, cells=max(cells * 8, 1), octaves=4))
        return np.clip(paint, 0, 1), (across * 2.2, -down * 2.2)
    if piece.material == "sole" or piece.material == "gum":
        paint = paint * (1 - 0.16 * ((x * 60) % 1.0 < 0.14)[..., None] * (y > y.max() * 0.5)[..., None])
    return np.clip(paint, 0, 1), (still, still)


def _line_layer(frame: Frame, path: np.ndarray, margin: float) -> tuple[tuple[slice, slice], canvas.Sketch, np.ndarray]:
    left, top = np.maximum(np.floor(path.min(axis=0) - margin), 0).astype(int)
    right, bottom = np.ceil(path.max(axis=0) + margin).astype(int)
    sketch = canvas.Sketch((right - left, bottom - top), scale=3)
    return (slice(top, bottom), slice(left, right)), sketch, path - [left, top]


def _seam(picture: Picture, frame: Frame, seam: Seam, spec: Spec) -> Picture:
    count = 400
    path = frame.put(canvas.spline(seam.curve, count))
    box, sketch, local = _line_layer(frame, path, 6)
    if seam.dashed:
        lengths = np.concatenate([[0], np.cumsum(np.linalg.norm(np.diff(path, axis=0), axis=1))])
        step = 0.016 * frame.length
        for start in np.arange(0, lengths[-1], step):
            inside = (lengths >= start) & (lengths <= start + 0.62 * step)
            if inside.sum() > 1:
                sketch.stroke(local[inside], seam.width * frame.length)
    else:
        sketch.stroke(local, seam.width * frame.length)
    mask = sketch.plane()[: picture[box].shape[0], : picture[box].shape[1]]
    part = canvas.shaded(picture[box], canvas.shadow(mask, offset=(1, 2), radius=1.5, strength=0.3))
    picture[box] = canvas.over(part, canvas.rgb(spec.colours[seam.colour]), 0.9 * mask)
    return picture


def _lace(picture: Picture, size: Size, frame: Frame, lace: Lace, spec: Spec) -> Picture:
    path = frame.put(canvas.spline(lace.curve, 24))
    box, mask, normals = studio.tube(size, path, np.full(24, lace.width * frame.length, np.float32))
    dark = canvas.shadow(mask, offset=(2, 4), radius=3, strength=0.4)
    braid = canvas.rgb(spec.colours[lace.colour]) * np.ones((*mask.shape, 1), np.float32)
    shown = studio.light_up(braid, normals, gloss=0.05, bounce=spec.room[2], ambient=0.6)
    picture[box] = canvas.over(canvas.shaded(picture[box], dark), shown, mask)
    return picture


def _dot(picture: Picture, frame: Frame, dot: Dot, spec: Spec) -> Picture:
    place = frame.put([dot.place])
    radius = dot.radius * frame.length
    box, sketch, local = _line_layer(frame, place, radius + 6)
    sketch.disc(tuple(local[0]), radius)
    mask = sketch.plane()
    part = canvas.shaded(picture[box], canvas.shadow(mask, offset=(1, 2), radius=2, strength=0.35))
    picture[box] = canvas.over(part, canvas.rgb(spec.colours[dot.colour]), mask)
    return picture


# --- models ------------------------------------------------------------------------------------------------------

_BACK: Path = ((0.035, 0.08), (0.012, 0.2), (0.03, 0.33), (0.06, 0.405))
_COLLAR: Path = ((0.06, 0.405), (0.1, 0.395), (0.18, 0.33), (0.27, 0.325), (0.335, 0.385))
_TONGUE: Path = ((0.335, 0.385), (0.34, 0.47), (0.38, 0.495), (0.42, 0.455))
_VAMP: Path = ((0.42, 0.455), (0.52, 0.372), (0.63, 0.292), (0.74, 0.24))
_TOE: Path = ((0.74, 0.24), (0.85, 0.222), (0.94, 0.185), (0.988, 0.12), (0.985, 0.07))
_LINING: Path = ((0.06, 0.4), (0.15, 0.43), (0.27, 0.42), (0.35, 0.44), (0.34, 0.36), (0.2, 0.31), (0.06, 0.38))


def _flat_sole(height: float, *, lift: float = 0.0) -> Piece:
    top = ((0.015, height), (0.25, height * 0.94), (0.6, height * 0.92), (0.85, height), (1.0, height + 0.012))
    front = ((1.0, height + 0.012), (1.012, height * 0.55), (0.985, 0.012 + lift), (0.93, lift * 0.4))
    return Piece((top, front, ((0.93, lift * 0.4), (0.03, 0.0)), ((0.03, 0.0), (0.0, height * 0.4), (0.015, height))), 2, "sole", 0.02)


def _laces(first: tuple[float, float], last: tuple[float, float], count: int, *, drop: float = 0.07) -> list[Part]:
    """Bars across the throat from `first` (high) to `last` (low), with eyelets below."""
    parts: list[Part] = []
    for share in np.linspace(0, 1, count):
        x, y = first[0] + (last[0] - first[0]) * share, first[1] + (last[1] - first[1]) * share
        eye = (x - 0.045, y - drop)
        parts += [Dot(eye, 0.009, 3), Lace((eye, (x - 0.025, y - drop * 0.35), (x + 0.004, y + 0.012)), 3)]
    return parts


def _bow(x: float, y: float) -> list[Part]:
    return [
        Lace(((x, y), (x - 0.05, y + 0.035), (x - 0.085, y - 0.005), (x - 0.04, y - 0.02), (x, y)), 3, 0.009),
        Lace(((x, y), (x + 0.03, y + 0.05), (x + 0.075, y + 0.04), (x + 0.04, y + 0.0), (x, y)), 3, 0.009),
        Lace(((x, y), (x - 0.03, y - 0.05), (x - 0.035, y - 0.1)), 3, 0.008),
        Lace(((x, y), (x + 0.02, y - 0.05), (x + 0.05, y - 0.09)), 3, 0.008),
    ]


def _low_upper(material: str) -> list[Part]:
    return [
        Piece((_LINING,), 3, "elastic", 0.02),
        Piece((_BACK, _COLLAR, _TONGUE, _VAMP, _TOE), 0, material, 0.1),
    ]


def _runner(material: str) -> list[Part]:
    sole = Piece(
        (
            ((-0.03, 0.15), (0.1, 0.125), (0.3, 0.13), (0.55, 0.11), (0.8, 0.115), (1.0, 0.15)),
            ((1.0, 0.15), (1.035, 0.12), (1.01, 0.06), (0.9, 0.012)),
            ((0.9, 0.012), (0.6, 0.0), (0.45, 0.012), (0.3, 0.0), (0.06, 0.008)),
            ((0.06, 0.008), (-0.03, 0.045), (-0.05, 0.11), (-0.03, 0.15)),
        ), 2, "sole", 0.035,
    )  # fmt: skip
    tread = Piece((((-0.02, 0.03), (0.3, 0.018), (0.6, 0.018), (0.9, 0.03), (1.0, 0.06)), ((1.0, 0.06), (0.9, 0.0), (0.5, -0.004), (0.05, 0.0), (-0.02, 0.03))), 1, "rubber", 0.01)  # fmt: skip
    heel = Piece((((0.02, 0.12), (0.0, 0.22), (0.03, 0.35)), ((0.03, 0.35), (0.11, 0.27), (0.2, 0.13)), ((0.2, 0.13), (0.02, 0.12))), 1, "leather", 0.03)
    toe = Piece((((0.99, 0.13), (0.97, 0.17), (0.9, 0.2)), ((0.9, 0.2), (0.84, 0.17), (0.76, 0.12)), ((0.76, 0.12), (0.99, 0.13))), 1, "leather", 0.03)
    stay = Piece((((0.37, 0.43), (0.5, 0.33), (0.68, 0.255)), ((0.68, 0.255), (0.62, 0.2), (0.5, 0.24), (0.34, 0.35)), ((0.34, 0.35), (0.37, 0.43))), 1, "leather", 0.02)  # fmt: skip
    parts: list[Part] = [*_low_upper(material), sole, tread, heel, toe, stay]
    for shift in (0.0, 0.075, 0.15):
        parts.append(Piece((((0.27 + shift, 0.3 - shift * 0.35), (0.31 + shift, 0.31 - shift * 0.35)), ((0.37 + shift, 0.125), (0.31 + shift, 0.125))), 1, "rubber", 0.01))
    return [*parts, *_laces((0.43, 0.445), (0.62, 0.3), 5), *_bow(0.43, 0.45), Seam(((0.1, 0.08), (0.5, 0.06), (0.9, 0.08)), 1, 0.008, dashed=False)]  # fmt: skip


def _court(material: str) -> list[Part]:
    heel = Piece((((0.03, 0.09), (0.012, 0.2), (0.032, 0.36)), ((0.032, 0.36), (0.1, 0.345), (0.13, 0.25), (0.16, 0.09)), ((0.16, 0.09), (0.03, 0.09))), 1, "leather", 0.03)  # fmt: skip
    stay = Piece((((0.39, 0.45), (0.52, 0.362), (0.69, 0.262)), ((0.69, 0.262), (0.63, 0.19), (0.46, 0.22), (0.33, 0.34)), ((0.33, 0.34), (0.39, 0.45))), 0, "leather", 0.02)  # fmt: skip
    stripe = Piece((((0.2, 0.24), (0.38, 0.18), (0.56, 0.2)), ((0.56, 0.2), (0.4, 0.13), (0.2, 0.24))), 1, "leather", 0.01)
    toe = Piece((((0.985, 0.09), (0.97, 0.15), (0.9, 0.205)), ((0.9, 0.205), (0.8, 0.15), (0.74, 0.09)), ((0.74, 0.09), (0.985, 0.09))), 0, "leather", 0.03)  # fmt: skip
    holes = [Dot((0.78 + 0.032 * column, 0.205 - 0.012 * column - 0.02 * row), 0.0042, 1) for column in range(4) for row in range(2)]
    return [*_low_upper(material), _flat_sole(0.1), Seam(((0.03, 0.045), (0.5, 0.04), (0.99, 0.05)), 1, 0.005, dashed=False), heel, toe, stay, stripe,
            Seam(((0.68, 0.25), (0.63, 0.2), (0.46, 0.23), (0.34, 0.345)), 1), *holes, *_laces((0.43, 0.445), (0.64, 0.295), 5), *_bow(0.44, 0.45)]  # fmt: skip


def _hightop(material: str) -> list[Part]:
    back: Path = ((0.035, 0.08), (0.02, 0.25), (0.06, 0.45), (0.065, 0.66))
    top: Path = ((0.065, 0.66), (0.15, 0.675), (0.27, 0.67), (0.335, 0.695))
    tongue: Path = ((0.335, 0.695), (0.37, 0.74), (0.41, 0.69))
    throat: Path = ((0.41, 0.69), (0.43, 0.52), (0.52, 0.37), (0.66, 0.27), (0.74, 0.235))
    cap = Piece((((0.99, 0.08), (0.985, 0.14), (0.9, 0.205), (0.79, 0.225)), ((0.79, 0.225), (0.765, 0.16), (0.77, 0.08)), ((0.77, 0.08), (0.99, 0.08))), 2, "rubber", 0.05)  # fmt: skip
    stay = Piece((((0.385, 0.68), (0.415, 0.51), (0.52, 0.35), (0.7, 0.24)), ((0.7, 0.24), (0.6, 0.21), (0.42, 0.36), (0.32, 0.67)), ((0.32, 0.67), (0.385, 0.68))), 0, material, 0.02)  # fmt: skip
    strip = Piece((((0.05, 0.66), (0.1, 0.66)), ((0.1, 0.66), (0.1, 0.4), (0.07, 0.1)), ((0.07, 0.1), (0.025, 0.1)), ((0.025, 0.1), (0.015, 0.28), (0.05, 0.5), (0.05, 0.66))), 1, "canvas", 0.015)  # fmt: skip
    laces: list[Part] = []
    for x, y in ((0.395, 0.63), (0.4, 0.555), (0.425, 0.48), (0.465, 0.41), (0.525, 0.345), (0.6, 0.29)):
        laces += [Dot((x - 0.05, y - 0.035), 0.009, 1), Lace(((x - 0.05, y - 0.035), (x - 0.025, y - 0.01), (x + 0.01, y + 0.005)), 3)]
    return [Piece((((0.065, 0.65), (0.2, 0.7), (0.36, 0.72), (0.36, 0.62), (0.2, 0.6)),), 3, "elastic", 0.02), Piece((back, top, tongue, throat, _TOE), 0, material, 0.1),
            cap, strip, stay, _flat_sole(0.105), Seam(((0.02, 0.085), (0.5, 0.08), (1.0, 0.095)), 0, 0.006, dashed=False), Seam(((0.3, 0.64), (0.4, 0.35), (0.6, 0.2)), 1),
            Dot((0.2, 0.46), 0.06, 2), Dot((0.2, 0.46), 0.052, 0), Dot((0.2, 0.46), 0.028, 2), *laces, *_bow(0.4, 0.68)]  # fmt: skip


def _slipon(material: str) -> list[Part]:
    upper = Piece((((0.035, 0.08), (0.015, 0.2), (0.05, 0.35)), ((0.05, 0.35), (0.16, 0.29), (0.28, 0.285), (0.36, 0.35), (0.42, 0.375)), ((0.42, 0.375), (0.6, 0.31), (0.78, 0.235)), ((0.78, 0.235), (0.93, 0.19), (0.988, 0.12), (0.985, 0.08))), 0, material, 0.1)  # fmt: skip
    lining = Piece((((0.05, 0.345), (0.2, 0.38), (0.42, 0.38), (0.3, 0.27), (0.12, 0.28)),), 3, "elastic", 0.02)
    gore = Piece((((0.36, 0.345), (0.42, 0.335)), ((0.42, 0.335), (0.46, 0.24)), ((0.46, 0.24), (0.36, 0.26)), ((0.36, 0.26), (0.36, 0.345))), 3, "elastic", 0.01)  # fmt: skip
    return [lining, upper, gore, Seam(((0.07, 0.335), (0.17, 0.275), (0.28, 0.27), (0.35, 0.325)), 1), Seam(((0.46, 0.34), (0.56, 0.2), (0.6, 0.1)), 1),
            _flat_sole(0.11), Seam(((0.02, 0.06), (0.5, 0.055), (1.0, 0.065)), 0, 0.005, dashed=False)]  # fmt: skip


def _heeled_sole(thick: float, *, heel: float = 0.09) -> list[Part]:
    sole = Piece((((0.02, heel + 0.02), (0.25, heel + 0.018), (0.42, heel * 0.75 + 0.012), (0.6, thick + 0.006), (1.0, thick + 0.02)), ((1.0, thick + 0.02), (1.01, thick * 0.5), (0.95, 0.0), (0.6, 0.0)), ((0.6, 0.0), (0.42, heel * 0.7 - 0.01), (0.27, heel), (0.02, heel))), 2, "gum", 0.012)  # fmt: skip
    block = Piece((((0.025, heel + 0.004), (0.27, heel + 0.004)), ((0.27, heel + 0.004), (0.255, 0.0)), ((0.255, 0.0), (0.04, 0.0)), ((0.04, 0.0), (0.025, heel + 0.004))), 2, "gum", 0.012)  # fmt: skip
    return [sole, block]


def _chelsea(material: str) -> list[Part]:
    upper = Piece((((0.025, 0.09), (0.01, 0.2), (0.055, 0.36), (0.075, 0.6)), ((0.075, 0.6), (0.2, 0.585), (0.36, 0.605)), ((0.36, 0.605), (0.385, 0.45), (0.47, 0.34), (0.62, 0.27), (0.76, 0.215)), ((0.76, 0.215), (0.9, 0.17), (0.99, 0.1), (0.985, 0.045)), ((0.985, 0.045), (0.6, 0.03)), ((0.6, 0.03), (0.4, 0.075), (0.025, 0.09))), 0, material, 0.1)  # fmt: skip
    gore = Piece((((0.15, 0.585), (0.29, 0.59)), ((0.29, 0.59), (0.28, 0.42), (0.255, 0.27)), ((0.255, 0.27), (0.215, 0.26)), ((0.215, 0.26), (0.18, 0.4), (0.15, 0.585))), 1, "elastic", 0.015)  # fmt: skip
    tab = Piece((((0.07, 0.58), (0.06, 0.66), (0.095, 0.67), (0.11, 0.58)),), 3, "canvas", 0.01)
    inside = Piece((((0.075, 0.595), (0.2, 0.625), (0.36, 0.605), (0.2, 0.575)),), 1, "elastic", 0.01)
    ribs = [Seam(((0.165 + 0.022 * k, 0.575), (0.185 + 0.017 * k, 0.42), (0.217 + 0.008 * k, 0.28)), 3, 0.0025, dashed=False) for k in range(5)]
    return [tab, inside, upper, gore, *ribs, Seam(((0.135, 0.58), (0.17, 0.4), (0.2, 0.25), (0.27, 0.255), (0.295, 0.42), (0.31, 0.585)), 3), *_heeled_sole(0.035)]  # fmt: skip


def _worker(material: str) -> list[Part]:
    upper = Piece((((0.025, 0.09), (0.008, 0.22), (0.05, 0.42), (0.06, 0.7)), ((0.06, 0.7), (0.15, 0.715), (0.3, 0.69), (0.36, 0.71)), ((0.36, 0.71), (0.39, 0.75), (0.425, 0.7)), ((0.425, 0.7), (0.43, 0.52), (0.53, 0.38), (0.68, 0.285)), ((0.68, 0.285), (0.82, 0.275), (0.96, 0.22), (1.0, 0.12), (0.985, 0.06)), ((0.985, 0.06), (0.025, 0.08))), 0, material, 0.1)  # fmt: skip
    collar = Piece((((0.055, 0.7), (0.15, 0.72), (0.33, 0.69)), ((0.33, 0.69), (0.33, 0.62)), ((0.33, 0.62), (0.18, 0.645), (0.055, 0.62)), ((0.055, 0.62), (0.055, 0.7))), 1, "leather", 0.03)  # fmt: skip
    stay = Piece((((0.4, 0.7), (0.415, 0.5), (0.54, 0.355), (0.68, 0.275)), ((0.68, 0.275), (0.6, 0.21), (0.42, 0.36), (0.32, 0.69)), ((0.32, 0.69), (0.4, 0.7))), 1, material, 0.02)  # fmt: skip
    heel = Piece((((0.02, 0.1), (0.008, 0.22), (0.04, 0.36)), ((0.04, 0.36), (0.16, 0.33), (0.24, 0.1)), ((0.24, 0.1), (0.02, 0.1))), 1, material, 0.03)
    welt = Piece((((0.0, 0.105), (0.4, 0.085), (1.02, 0.095)), ((1.02, 0.095), (1.025, 0.04), (0.99, 0.0)), ((0.99, 0.0), (0.38, 0.0)), ((0.38, 0.0), (0.33, 0.03), (0.28, 0.0)), ((0.28, 0.0), (0.02, 0.0)), ((0.02, 0.0), (0.0, 0.105))), 2, "sole", 0.02)  # fmt: skip
    laces: list[Part] = []
    for x, y in ((0.41, 0.64), (0.405, 0.565), (0.425, 0.49), (0.47, 0.42), (0.535, 0.36), (0.61, 0.31)):
        laces += [Dot((x - 0.055, y - 0.035), 0.01, 2), Lace(((x - 0.055, y - 0.035), (x - 0.025, y - 0.005), (x + 0.012, y + 0.008)), 3, 0.012)]
    return [upper, collar, heel, stay, Seam(((0.7, 0.275), (0.74, 0.2), (0.85, 0.17), (0.97, 0.17)), 2, 0.005), Seam(((0.71, 0.26), (0.75, 0.185), (0.85, 0.155), (0.97, 0.155)), 2, 0.004),
            welt, Seam(((0.01, 0.088), (0.4, 0.07), (1.01, 0.08)), 1, 0.006), *laces, *_bow(0.415, 0.69)]  # fmt: skip


def _cowboy(material: str) -> list[Part]:
    shaft: Path = ((0.06, 0.98), (0.15, 0.96), (0.22, 0.9), (0.3, 0.96), (0.44, 0.985))
    upper = Piece((((0.04, 0.17), (0.035, 0.3), (0.075, 0.5), (0.06, 0.98)), shaft, ((0.44, 0.985), (0.415, 0.6), (0.46, 0.42), (0.62, 0.31), (0.8, 0.24)), ((0.8, 0.24), (0.95, 0.165), (1.03, 0.075), (1.0, 0.045)), ((1.0, 0.045), (0.6, 0.04)), ((0.6, 0.04), (0.4, 0.13), (0.04, 0.17))), 0, material, 0.11)  # fmt: skip
    foot = Piece((((0.03, 0.17), (0.03, 0.32), (0.075, 0.43)), ((0.075, 0.43), (0.2, 0.33), (0.3, 0.36), (0.44, 0.47)), ((0.44, 0.47), (0.48, 0.405), (0.62, 0.31), (0.8, 0.24)), ((0.8, 0.24), (0.95, 0.165), (1.03, 0.075), (1.0, 0.045)), ((1.0, 0.045), (0.6, 0.04)), ((0.6, 0.04), (0.4, 0.13), (0.03, 0.17))), 3, material, 0.08)  # fmt: skip
    sole = Piece((((0.02, 0.175), (0.25, 0.165), (0.42, 0.11), (0.62, 0.045), (1.03, 0.055)), ((1.03, 0.055), (1.03, 0.03), (0.98, 0.005), (0.62, 0.012)), ((0.62, 0.012), (0.42, 0.08), (0.26, 0.14), (0.02, 0.15))), 2, "gum", 0.01)  # fmt: skip
    heel = Piece((((0.02, 0.155), (0.27, 0.145)), ((0.27, 0.145), (0.23, 0.07), (0.22, 0.0)), ((0.22, 0.0), (0.08, 0.0)), ((0.08, 0.0), (0.06, 0.08), (0.02, 0.155))), 2, "gum", 0.015)  # fmt: skip
    flame = [Seam(((0.12 + k, 0.5 + k), (0.1 + k, 0.65), (0.19 + k * 0.3, 0.8 - k), (0.25, 0.62 + k), (0.31 - k * 0.3, 0.8 - k), (0.38 - k, 0.65), (0.37 - k, 0.5 + k)), 1, 0.006, dashed=False) for k in (0.0, 0.022, 0.044)]  # fmt: skip
    toe = [Seam(((0.62, 0.27 - k), (0.72, 0.2 - k), (0.7, 0.13), (0.8, 0.15 - k * 0.5), (0.9, 0.12)), 1, 0.005, dashed=False) for k in (0.0, 0.025)]
    loops = Piece((((0.19, 0.92), (0.19, 1.01), (0.25, 1.01), (0.25, 0.92)),), 3, "leather", 0.01)
    return [loops, Piece((((0.06, 0.975), (0.25, 0.99), (0.44, 0.985), (0.25, 0.9)),), 2, "elastic", 0.01), upper, foot, Seam(((0.08, 0.41), (0.2, 0.315), (0.3, 0.345), (0.44, 0.45)), 1), Seam(((0.24, 0.88), (0.25, 0.6), (0.24, 0.36)), 1, 0.006), *flame, *toe, sole, heel]  # fmt: skip


def _rain(material: str) -> list[Part]:
    upper = Piece((((0.03, 0.05), (0.015, 0.2), (0.07, 0.4), (0.06, 0.98)), ((0.06, 0.98), (0.25, 0.985), (0.45, 0.98)), ((0.45, 0.98), (0.43, 0.6), (0.455, 0.42), (0.6, 0.32), (0.76, 0.28)), ((0.76, 0.28), (0.93, 0.24), (1.0, 0.13), (0.985, 0.05)), ((0.985, 0.05), (0.03, 0.05))), 0, material, 0.13)  # fmt: skip
    band = Piece((((0.055, 0.985), (0.455, 0.985)), ((0.455, 0.985), (0.45, 0.93)), ((0.45, 0.93), (0.06, 0.93)), ((0.06, 0.93), (0.055, 0.985))), 3, material, 0.02)
    strap = Piece((((0.36, 0.88), (0.45, 0.885), (0.45, 0.845), (0.36, 0.84)),), 3, "rubber", 0.012)
    foot = Seam(((0.03, 0.19), (0.3, 0.2), (0.5, 0.28), (0.7, 0.2), (0.99, 0.15)), 3, 0.008, dashed=False)
    return [Piece((((0.06, 0.98), (0.25, 1.005), (0.45, 0.98), (0.25, 0.96)),), 2, "elastic", 0.01), upper, foot, band, strap, Dot((0.385, 0.862), 0.012, 1), Dot((0.25, 0.8), 0.035, 1), Dot((0.25, 0.8), 0.026, 3), _flat_sole(0.075), *_heeled_sole(0.05, heel=0.06)]  # fmt: skip


def _loafer(material: str) -> list[Part]:
    lining = Piece((((0.05, 0.34), (0.2, 0.37), (0.44, 0.35), (0.3, 0.25), (0.12, 0.26)),), 3, "elastic", 0.02)
    upper = Piece((((0.025, 0.08), (0.015, 0.2), (0.05, 0.345)), ((0.05, 0.345), (0.16, 0.265), (0.3, 0.245), (0.4, 0.29), (0.46, 0.365)), ((0.46, 0.365), (0.54, 0.345), (0.66, 0.27), (0.78, 0.215)), ((0.78, 0.215), (0.92, 0.185), (0.995, 0.12), (0.985, 0.05)), ((0.985, 0.05), (0.6, 0.03)), ((0.6, 0.03), (0.4, 0.07), (0.025, 0.08))), 0, material, 0.09)  # fmt: skip
    saddle = Piece((((0.47, 0.36), (0.56, 0.325)), ((0.56, 0.325), (0.57, 0.2), (0.55, 0.05)), ((0.55, 0.05), (0.41, 0.07)), ((0.41, 0.07), (0.45, 0.2), (0.47, 0.36))), 1, material, 0.03)  # fmt: skip
    slot = Seam(((0.49, 0.26), (0.52, 0.275), (0.55, 0.26)), 3, 0.012, dashed=False)
    apron = [Seam(((0.57, 0.25 - k), (0.7, 0.21 - k), (0.85, 0.165 - k), (0.95, 0.155 - k)), 3 if k else 1, 0.006, dashed=not k) for k in (0.0, 0.008)]
    return [lining, upper, *apron, saddle, slot, Seam(((0.07, 0.33), (0.17, 0.25), (0.3, 0.23), (0.41, 0.28)), 1), *_heeled_sole(0.03, heel=0.065)]


def _brogue(material: str) -> list[Part]:
    lining = Piece((((0.05, 0.36), (0.2, 0.39), (0.38, 0.42), (0.33, 0.3), (0.14, 0.28)),), 3, "elastic", 0.02)
    upper = Piece((((0.025, 0.08), (0.015, 0.2), (0.045, 0.365)), ((0.045, 0.365), (0.14, 0.29), (0.26, 0.275), (0.34, 0.34)), ((0.34, 0.34), (0.37, 0.42), (0.41, 0.42)), ((0.41, 0.42), (0.52, 0.33), (0.66, 0.25), (0.8, 0.21)), ((0.8, 0.21), (0.93, 0.175), (0.995, 0.11), (0.985, 0.045)), ((0.985, 0.045), (0.6, 0.03)), ((0.6, 0.03), (0.4, 0.07), (0.025, 0.08))), 0, material, 0.09)  # fmt: skip
    wing = Piece((((0.99, 0.05), (0.995, 0.11), (0.93, 0.178), (0.83, 0.205)), ((0.83, 0.205), (0.76, 0.17), (0.74, 0.12), (0.6, 0.07), (0.5, 0.06)), ((0.5, 0.06), (0.6, 0.03), (0.99, 0.05))), 1, material, 0.04)  # fmt: skip
    heel = Piece((((0.025, 0.08), (0.015, 0.2), (0.035, 0.31)), ((0.035, 0.31), (0.12, 0.24), (0.2, 0.2), (0.24, 0.085)), ((0.24, 0.085), (0.025, 0.08))), 1, material, 0.03)
    facing = Piece((((0.37, 0.405), (0.5, 0.325), (0.62, 0.265)), ((0.62, 0.265), (0.56, 0.17), (0.42, 0.2), (0.34, 0.32)), ((0.34, 0.32), (0.37, 0.405))), 1, material, 0.025)  # fmt: skip
    dots: list[Part] = []
    for curve in (((0.83, 0.19), (0.765, 0.155), (0.735, 0.105), (0.6, 0.055)), ((0.045, 0.29), (0.12, 0.225), (0.19, 0.185), (0.225, 0.1)), ((0.6, 0.255), (0.55, 0.185), (0.43, 0.215), (0.355, 0.32))):  # fmt: skip
        dots += [Dot((float(x), float(y)), 0.0045, 3) for x, y in canvas.spline(curve, 15)]
    dots += [Dot((0.88 + 0.02 * np.cos(a), 0.14 + 0.02 * np.sin(a)), 0.004, 3) for a in np.arange(6) * np.pi / 3]
    return [lining, upper, wing, heel, facing, *dots, *_laces((0.42, 0.405), (0.56, 0.3), 4, drop=0.05), *_heeled_sole(0.03, heel=0.065)]


def _pump(material: str) -> list[Part]:
    lining = Piece((((0.03, 0.5), (0.2, 0.43), (0.42, 0.26), (0.62, 0.2), (0.4, 0.2), (0.15, 0.33)),), 1, "elastic", 0.02)
    upper = Piece((((0.03, 0.34), (0.0, 0.4), (0.025, 0.51)), ((0.025, 0.51), (0.12, 0.41), (0.3, 0.26), (0.46, 0.175), (0.58, 0.17), (0.68, 0.21)), ((0.68, 0.21), (0.82, 0.16), (0.95, 0.085), (1.03, 0.03)), ((1.03, 0.03), (0.95, 0.012), (0.72, 0.012)), ((0.72, 0.012), (0.55, 0.05), (0.36, 0.17), (0.2, 0.29), (0.03, 0.34))), 0, material, 0.07)  # fmt: skip
    sole = Piece((((0.03, 0.345), (0.2, 0.295), (0.36, 0.175), (0.55, 0.055), (0.72, 0.018), (1.03, 0.03)), ((1.03, 0.03), (0.9, 0.0), (0.7, 0.0)), ((0.7, 0.0), (0.53, 0.035), (0.34, 0.155), (0.19, 0.27), (0.04, 0.325))), 2, "gum", 0.008)  # fmt: skip
    heel = Piece((((0.02, 0.35), (0.2, 0.285)), ((0.2, 0.285), (0.11, 0.2), (0.075, 0.08), (0.072, 0.0)), ((0.072, 0.0), (0.04, 0.0)), ((0.04, 0.0), (0.04, 0.1), (0.02, 0.22), (0.02, 0.35))), 0, material, 0.02)  # fmt: skip
    return [lining, heel, upper, sole, Seam(((0.04, 0.49), (0.13, 0.395), (0.31, 0.245), (0.46, 0.16), (0.58, 0.155), (0.67, 0.19)), 1, 0.003, dashed=False)]


def _flat(material: str) -> list[Part]:
    lining = Piece((((0.04, 0.3), (0.25, 0.27), (0.6, 0.2), (0.5, 0.13), (0.2, 0.15)),), 1, "elastic", 0.02)
    upper = Piece((((0.02, 0.04), (0.01, 0.16), (0.035, 0.31)), ((0.035, 0.31), (0.14, 0.2), (0.3, 0.145), (0.5, 0.135), (0.62, 0.175), (0.68, 0.225)), ((0.68, 0.225), (0.82, 0.2), (0.95, 0.14), (0.995, 0.07), (0.985, 0.03)), ((0.985, 0.03), (0.02, 0.04))), 0, material, 0.08)  # fmt: skip
    bow = [Piece((((0.68, 0.215), (0.63, 0.265), (0.6, 0.245), (0.62, 0.205)),), 3, material, 0.015), Piece((((0.69, 0.215), (0.75, 0.25), (0.77, 0.22), (0.73, 0.19)),), 3, material, 0.015), Dot((0.687, 0.215), 0.016, 1)]  # fmt: skip
    return [lining, upper, Seam(((0.05, 0.285), (0.15, 0.18), (0.3, 0.125), (0.5, 0.115), (0.61, 0.15), (0.665, 0.2)), 1), *bow, *_heeled_sole(0.02, heel=0.04)]


def _sandal(material: str) -> list[Part]:
    bed = Piece((((0.0, 0.12), (0.1, 0.135), (0.3, 0.11), (0.5, 0.085), (0.75, 0.085), (1.0, 0.11)), ((1.0, 0.11), (1.025, 0.07), (0.98, 0.02)), ((0.98, 0.02), (0.03, 0.02)), ((0.03, 0.02), (-0.01, 0.07), (0.0, 0.12))), 2, "cork", 0.02)  # fmt: skip
    sole = Piece((((0.0, 0.035), (0.5, 0.028), (1.005, 0.035)), ((1.005, 0.035), (0.985, 0.0)), ((0.985, 0.0), (0.03, 0.0)), ((0.03, 0.0), (0.0, 0.035))), 1, "rubber", 0.01)

    def strap(left: float, right: float, high: float, low: float) -> list[Part]:
        """A broad band over the foot: its far side, its near side, a hem and a buckle."""
        far = Piece((((left + 0.03, high - 0.02), (left + 0.1, high + 0.022), (right + 0.03, low + 0.012), (right + 0.02, low - 0.05)),), 1, "suede", 0.01)  # fmt: skip
        near = Piece((((left - 0.02, 0.07), (left - 0.005, high * 0.6), (left + 0.04, high)), ((left + 0.04, high), ((left + right) / 2 + 0.03, (high + low) / 2 + 0.005), (right + 0.015, low)), ((right + 0.015, low), (right + 0.01, low * 0.6), (right + 0.02, 0.07)), ((right + 0.02, 0.07), (left - 0.02, 0.07))), 0, material, 0.06)  # fmt: skip
        middle = (left + right) / 2
        tongue = Piece((((middle - 0.03, 0.11), (middle + 0.03, 0.11)), ((middle + 0.03, 0.11), (middle + 0.03, low * 0.86)), ((middle + 0.03, low * 0.86), (middle, low * 0.95), (middle - 0.03, low * 0.86)), ((middle - 0.03, low * 0.86), (middle - 0.03, 0.11))), 0, material, 0.015)  # fmt: skip
        hem = Seam(((left + 0.002, 0.1), (left + 0.015, high * 0.6), (left + 0.055, high - 0.015)), 1)
        return [far, near, hem, tongue, Dot((middle, 0.17), 0.024, 3), Dot((middle, 0.17), 0.014, 0), Seam(((middle, 0.145), (middle, 0.17), (middle, 0.2)), 3, 0.006, dashed=False)]  # fmt: skip

    foot = Piece((((0.02, 0.12), (0.2, 0.14), (0.4, 0.11)), ((0.4, 0.11), (0.2, 0.11), (0.02, 0.12))), 1, "suede", 0.01)
    return [sole, bed, foot, *strap(0.36, 0.54, 0.36, 0.315), *strap(0.62, 0.8, 0.285, 0.225)]


_MODELS: dict[str, Callable[[str], list[Part]]] = {
    "runner": _runner, "court": _court, "hightop": _hightop, "slipon": _slipon, "chelsea": _chelsea, "worker": _worker, "cowboy": _cowboy,
    "rain": _rain, "loafer": _loafer, "brogue": _brogue, "pump": _pump, "flat": _flat, "sandal": _sandal,
}  # fmt: skip
