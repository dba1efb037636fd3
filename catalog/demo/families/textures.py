"""Close-ups of made and grown stuff: cloth, knitting, marble, wood, terrazzo, cork, rattan, tarnished copper."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from catalog.demo import canvas
from catalog.demo.canvas import Picture, Plane, Size
from catalog.demo.drawing import Drawing

SLUG = "textures"
NAME = "Textures"


class Spec(NamedTuple):
    """One picture: the stuff, its make, its colours (the first is the ground) and its name."""

    stuff: str
    make: str
    colours: tuple[str, ...]
    title: str
    words: tuple[str, ...]


SPECS = (
    Spec("cloth", "plain", ("#b8a888", "#e9dfc8"), "Raw Linen", ("beige", "calm")),
    Spec("marble", "veined", ("#f4f2ee", "#8b8f96", "#c9a76a"), "Carrara with a Gold Vein", ("white", "calm")),
    Spec("wood", "plank", ("#8a5a35", "#5b3419", "#c08a55"), "Walnut Board", ("brown", "warm")),
    Spec("knit", "stocking", ("#b23a48", "#d8616c"), "Cherry Jumper", ("red", "warm")),
    Spec("terrazzo", "large", ("#efe9e1", "#d98b6a", "#3f5e5a", "#e3b23c", "#2b2d42"), "Terrazzo, Hotel Lobby", ("bright", "geometric")),
    Spec("cork", "fine", ("#b98a5a", "#8a5e37", "#dcb88a"), "Leather Mosaic", ("brown", "warm")),
    Spec("rattan", "cane", ("#3a2a1e", "#d9b27c"), "Cane Chair Back", ("brown", "geometric")),
    Spec("copper", "patina", ("#6b3f2a", "#c7783f", "#4fa39a", "#a8d8c8"), "Green Roof Copper", ("green", "rough")),
    Spec("cloth", "herringbone", ("#2f3a4a", "#aab4c2"), "Winter Coat, Herringbone", ("blue", "geometric")),
    Spec("marble", "cloudy", ("#13231d", "#2f5b46", "#d7e6d9"), "Verde Guatemala", ("green", "dark")),
    Spec("wood", "rings", ("#d9b383", "#a8713c", "#6f4420"), "Ninety-One Summers", ("brown", "warm")),
    Spec("knit", "cable", ("#e8e0cf", "#fffaf0"), "Fisherman's Cable", ("white", "calm")),
    Spec("terrazzo", "fine", ("#22262e", "#c9cdd6", "#7f8fa6", "#e8b4a0"), "Night Terrazzo", ("dark", "night")),
    Spec("cork", "pebble", ("#9aa39b", "#56605c", "#d9d6c8", "#b9a18a"), "River Gravel", ("grey", "calm")),
    Spec("rattan", "basket", ("#6d4526", "#c8935a", "#e5bd85"), "Market Basket", ("brown", "warm")),
    Spec("copper", "hammered", ("#7a3b1e", "#d98850", "#ffd9b0"), "Hammered Pan", ("warm", "metal")),
    Spec("cloth", "tartan", ("#8c1c24", "#12321f", "#e9c46a", "#14213d"), "Glen Plaid in Red", ("red", "geometric")),
    Spec("marble", "veined", ("#17171b", "#e6e2da", "#b08d57"), "Nero Marquina", ("dark", "night")),
    Spec("wood", "plank", ("#c9ad86", "#a58257", "#e6d3b3"), "Pale Ash", ("beige", "calm")),
    Spec("knit", "fairisle", ("#1d3557", "#f1faee", "#e63946", "#a8dadc"), "Fair Isle by the Fire", ("blue", "geometric")),
    Spec("terrazzo", "large", ("#f6d6cf", "#b5485d", "#f4f1ea", "#7b9e87", "#e09f3e"), "Bubblegum Floor", ("pink", "bright")),
    Spec("copper", "rust", ("#3b2a26", "#9a4a22", "#d9823b", "#6f7d80"), "Old Ship, Waterline", ("orange", "rough")),
    Spec("cloth", "denim", ("#1c2f4f", "#5b7aa8", "#dfe6ee"), "Worn Denim", ("blue", "calm")),
    Spec("marble", "cloudy", ("#e9c9c0", "#b5736f", "#fdf3ee"), "Rosa Portogallo", ("pink", "calm")),
    Spec("wood", "burl", ("#7b3f1d", "#3d1c0c", "#d08c4a"), "Burr Elm", ("brown", "dark")),
    Spec("knit", "stocking", ("#2a6f5e", "#58a48e"), "Moss Scarf", ("green", "calm")),
    Spec("terrazzo", "fine", ("#e4ebe7", "#3a7d74", "#9cc5b5", "#1f3d3a", "#f2c14e"), "Swimming Bath Steps", ("green", "bright")),
    Spec("rattan", "cane", ("#20383a", "#8fb8a8"), "Painted Cane, Sea Green", ("green", "geometric")),
    Spec("cloth", "ikat", ("#23395b", "#f0e6d2", "#c8553d"), "Ikat from the Attic", ("blue", "warm")),
    Spec("marble", "agate", ("#12355b", "#6fb1d6", "#f7fbff", "#d9a05b"), "Blue Agate", ("blue", "bright")),
    Spec("wood", "parquet", ("#a8703f", "#6f4323", "#d2a06a"), "Dance Hall Floor", ("brown", "geometric")),
    Spec("knit", "cable", ("#54616f", "#8e9dae"), "Harbour Sweater", ("grey", "cold")),
    Spec("cork", "sand", ("#dcc39a", "#b08f62", "#f3e6c8"), "Wind on Sand", ("beige", "calm")),
    Spec("copper", "hammered", ("#3c4046", "#a9b1ba", "#f4f7fa"), "Beaten Silver", ("grey", "metal")),
    Spec("cloth", "tartan", ("#e7dcc4", "#27465c", "#b5543a", "#7a8b6f"), "Picnic Blanket", ("warm", "geometric")),
    Spec("marble", "agate", ("#4a1942", "#c2589f", "#fbe9f3", "#e6a157"), "Agate, Plum and Amber", ("purple", "bright")),
    Spec("knit", "fairisle", ("#5c3d2e", "#f0d9b5", "#c96f3b", "#7d8c5c"), "Grandfather's Cardigan", ("brown", "warm")),
    Spec("rattan", "basket", ("#333845", "#707c93", "#b9c3d3"), "Slate Basketry", ("grey", "geometric")),
    Spec("wood", "rings", ("#b8b2a6", "#7e786c", "#4f4a41"), "Driftwood, End Grain", ("grey", "calm")),
    Spec("copper", "patina", ("#2d2440", "#74549a", "#5cc0b4", "#f0c987"), "Oil on Steel", ("purple", "metal")),
)  # fmt: skip

_SENTENCES = {
    "cloth": "Warp over weft, near enough to count the threads.",
    "marble": "A slab of stone, polished until the old sea shows.",
    "wood": "Grain that kept a diary of wet years and dry ones.",
    "knit": "Stitch after stitch, soft from wearing.",
    "terrazzo": "Chips of stone set in cement and ground flat.",
    "cork": "Small grains pressed together by time.",
    "rattan": "Strips over and under, the oldest pattern there is.",
    "copper": "Metal that weather and tools have written on.",
}


def draw(rng: np.random.Generator, number: int) -> Drawing:
    spec = SPECS[number % len(SPECS)]
    size = canvas.choose_size(rng, "1:1", "4:3", "3:4", "4:5", "3:2")
    picture = _STUFFS[spec.stuff](rng, size, spec.make, spec.colours)
    picture = canvas.shaded(picture, 0.28 * _falloff(rng, size))
    tags = ("texture", spec.stuff, "close-up", *spec.words)
    return Drawing(spec.title, _SENTENCES[spec.stuff], tags, canvas.finish(picture, rng=rng, grain=0.014))


def _falloff(rng: np.random.Generator, size: Size) -> Plane:
    """Window light from one side: 0 near, 1 far."""
    x, y = canvas.grid(size)
    turn = rng.uniform(0, 2 * np.pi)
    return canvas.smoothstep(-0.7, 0.9, np.cos(turn) * x + np.sin(turn) * y)


def _turned(rng: np.random.Generator, size: Size, *, most: float, bend: float = 0.0) -> tuple[Plane, Plane]:
    """Coordinates turned by up to `most` radians and bent by noise, for a cloth that does not lie straight."""
    x, y = canvas.grid(size)
    turn = rng.uniform(-most, most)
    u, v = np.cos(turn) * x - np.sin(turn) * y, np.sin(turn) * x + np.cos(turn) * y
    if bend:
        u = u + bend * (canvas.noise(rng, size, cells=2, octaves=2) - 0.5)
        v = v + bend * (canvas.noise(rng, size, cells=2, octaves=2) - 0.5)
    return u.astype(np.float32), v.astype(np.float32)


def _lit(picture: Picture, height: Plane, *, strength: float) -> Picture:
    """Light from the upper left on a height field."""
    down, across = np.gradient(height)
    light = np.tanh(-(across + down) * strength)
    return np.clip(picture * (1 + 0.45 * light[..., None]) + 0.06 * np.clip(light, 0, 1)[..., None], 0, 1)


# --- cloth and knitting ------------------------------------------------------------------------------------------


def _cloth(rng: np.random.Generator, size: Size, make: str, colours: tuple[str, ...]) -> Picture:
    """Threads crossing by a draft: `over` says where the warp lies on top."""
    threads = {"plain": 46, "herringbone": 84, "tartan": 96, "denim": 74, "ikat": 100}[make] * rng.uniform(0.9, 1.15)
    u, v = _turned(rng, size, most=0.7 if make == "tartan" else 0.25, bend=0.03)
    warp, weft = u * threads, v * threads
    i, j = np.floor(warp), np.floor(weft)
    over = _draft(make, i, j)
    across = np.where(over, warp - i, weft - j) - 0.5
    along = np.where(over, weft - j, warp - i) - 0.5
    body = np.sqrt(np.clip(1 - (2 * across) ** 2, 0, 1)) * (0.72 + 0.28 * np.cos(along * np.pi))
    slub = canvas.noise(rng, size, cells=30, octaves=3)
    warp_colour, weft_colour = _yarns(rng, size, make, colours, u, v)
    yarn = np.where(over[..., None], warp_colour, weft_colour)
    twist = 0.06 * np.sin((across * 2 + along) * 14)
    return np.clip(yarn * (0.35 + 0.65 * body + twist + 0.25 * (slub - 0.5))[..., None], 0, 1)


def _draft(make: str, i: Plane, j: Plane) -> Plane:
    if make in ("plain", "ikat"):
        return (i + j) % 2 == 0
    if make == "herringbone":
        side = np.where((i // 8) % 2 == 0, i, -i)
        return (side + j) % 4 < 2
    return (i + j) % 4 < (3 if make == "denim" else 2)


def _yarns(
    rng: np.random.Generator, size: Size, make: str, colours: tuple[str, ...], u: Plane, v: Plane
) -> tuple[Picture, Picture]:
    """Warp and weft colour at each pixel."""
    if make == "tartan":
        sett = rng.permutation(np.repeat(np.arange(len(colours)), [6, 5, 1, 3][: len(colours)]))
        sett = np.concatenate([np.sort(sett)[:9], sett[:7], np.sort(sett)[::-1][:9]])
        table = np.stack([canvas.rgb(colours[k]) for k in sett])
        return (table[np.floor(c * 64).astype(int) % len(table)] for c in (u, v))  # type: ignore[return-value]
    if make == "ikat":
        smear = canvas.noise(rng, size, cells=60, octaves=2, stretch=0.12) - 0.5
        lozenge = (np.abs((u * 3) % 1 - 0.5) + np.abs((v * 2.2 + smear * 0.16) % 1 - 0.5)) * 2
        level = np.floor(lozenge * 5.0).astype(int) % len(colours)
        table = np.stack([canvas.rgb(colour) for colour in colours])
        return table[level], table[level] * 0.85
    wear = canvas.noise(rng, size, cells=3, octaves=5)[..., None]
    first, second = canvas.rgb(colours[0]), canvas.rgb(colours[1])
    if make == "denim":
        return first + (second - first) * np.clip(wear * 1.6 - 0.5, 0, 1), canvas.filled(size, colours[2])
    return canvas.filled(size, first) * (0.92 + 0.16 * wear), canvas.filled(size, second) * (0.92 + 0.16 * wear)


def _knit(rng: np.random.Generator, size: Size, make: str, colours: tuple[str, ...]) -> Picture:
    """Stocking stitch: columns of little V's; cables wander, Fair Isle chooses a colour for every stitch."""
    columns = {"stocking": 15, "cable": 26, "fairisle": 34}[make] * rng.uniform(0.9, 1.15)
    u, v = _turned(rng, size, most=0.3 if make != "cable" else 0.1, bend=0.03)
    raised = np.zeros_like(u)
    if make == "cable":
        u, raised = _cables(u, v, columns)
    column = np.floor(u * columns)
    x = u * columns - column - 0.5
    row = v * columns * 1.2 - 1.9 * np.abs(x)
    y = row - np.floor(row) - 0.5
    half = np.abs(x) * 4 - 1
    body = np.sqrt(np.clip(1 - half * half * 0.95, 0, 1)) * np.clip(1 - (2 * y) ** 4 * 0.75, 0, 1)
    fuzz = canvas.noise(rng, size, cells=120, octaves=2)
    strands = 0.07 * np.sin((y + half * 0.9) * 13)
    colour = _stitches(rng, make, colours, column, np.floor(row))
    picture = np.clip(colour * (0.28 + 0.66 * body + strands + 0.3 * (fuzz - 0.5))[..., None], 0, 1)
    return _lit(picture, raised.astype(np.float32), strength=24.0) if make == "cable" else picture


def _cables(u: Plane, v: Plane, columns: float) -> tuple[Plane, Plane]:
    """Bend the columns into pairs of ropes that cross, with their height."""
    width = 8 / columns
    rope = np.floor(u / width)
    local = u / width - rope - 0.5
    swing = 0.2 * np.sin(v * 2 * np.pi * 2.6 + rope * np.pi)
    inside = np.abs(local) < 0.4
    first = np.exp(-(((local - swing) / 0.14) ** 2))
    second = np.exp(-(((local + swing) / 0.14) ** 2))
    raised = np.where(inside, np.maximum(first, second), 0.1)
    shift = np.where(first > second, -swing, swing)
    return np.where(inside, u + shift * width, u), canvas.blur(raised.astype(np.float32), 2.0)


def _stitches(rng: np.random.Generator, make: str, colours: tuple[str, ...], column: Plane, row: Plane) -> Picture:
    table = np.stack([canvas.rgb(colour) for colour in colours])
    if make != "fairisle":
        shade = rng.uniform(0.9, 1.1, 997)[(column * 31 + row * 17).astype(int) % 997]
        return table[1] * shade[..., None].astype(np.float32)
    motif = _fair_isle(rng, len(colours))
    return table[motif[row.astype(int) % motif.shape[0], column.astype(int) % motif.shape[1]]]


def _fair_isle(rng: np.random.Generator, count: int) -> np.ndarray:
    """Bands of peeries, diamonds and zigzags over twelve stitches."""
    x = np.arange(12)
    bands = []
    for _ in range(3):
        ground, ink = rng.permutation(count)[:2] if len(bands) else (0, 1)
        height = int(rng.integers(7, 12))
        y = np.arange(height)[:, None]
        near = np.abs(x - 6) + np.abs(y - height // 2)
        shape = [near % 5 < 2, np.abs((x % 6) - 3) == y % 4, (near < 5) & (near % 2 == 0)][int(rng.integers(3))]
        bands += [np.where(shape, ink, ground), np.full((1, 12), ink), np.where(x[None] % 2 == 0, 0, ink)]
    return np.concatenate([*bands, np.zeros((3, 12), int)])


# --- stone -------------------------------------------------------------------------------------------------------


def _marble(rng: np.random.Generator, size: Size, make: str, colours: tuple[str, ...]) -> Picture:
    u, v = _turned(rng, size, most=np.pi)
    wander = canvas.noise(rng, size, cells=2, octaves=7, gain=0.55)
    second = canvas.noise(rng, size, cells=3, octaves=7, gain=0.6)
    if make == "agate":
        centre = np.hypot(u - rng.uniform(-0.3, 0.3), v - rng.uniform(-0.3, 0.3))
        rings = centre * 1.1 + 0.55 * canvas.noise(rng, size, cells=1.6, octaves=4) + 0.03 * second
        bands = 0.5 + 0.5 * np.sin(rings * 55 + 6 * np.sin(rings * 9))
        stone = canvas.ramp((*colours, colours[0]), (rings * 2.1) % 1.0)
        return np.clip(stone * (0.86 + 0.2 * bands[..., None]), 0, 1)
    if make == "veined":
        cloud = canvas.ramp(colours[:2], 0.3 * second + 0.12 * wander)
    else:
        cloud = canvas.ramp(colours, wander)
    for level, width, colour in ((-0.15, 0.03, 1), (0.25, 0.018, 1), (0.02, 0.011, -1), (0.45, 0.012, 1)):
        drift = canvas.noise(rng, size, cells=2, octaves=7, gain=0.52)
        path = np.abs(u + 0.5 * v * rng.uniform(-1, 1) + 0.9 * (drift - 0.5) - level)
        breadth = width * (0.25 + 2.6 * second**2)
        vein = np.exp(-path / breadth) * canvas.smoothstep(0.15, 0.5, drift + 0.4 * wander)
        cloud = canvas.over(cloud, colours[colour if make == "veined" else -1], np.clip(0.95 * vein, 0, 1))
    hair = np.exp(-np.abs(second - 0.5) / 0.004) * canvas.smoothstep(0.5, 0.75, wander)
    return canvas.over(cloud, colours[1 if make == "veined" else -1], np.clip(0.5 * hair, 0, 1))


def _terrazzo(rng: np.random.Generator, size: Size, make: str, colours: tuple[str, ...]) -> Picture:
    sketch = canvas.Sketch(size, ground=colours[0])
    unit = min(size)
    layers = ((0.085, 110), (0.04, 260), (0.015, 800)) if make == "large" else ((0.03, 500), (0.016, 1200), (0.008, 2200))
    taken = np.zeros((0, 3))
    for radius, count in layers:
        places = np.column_stack([rng.uniform(0, size[0], count), rng.uniform(0, size[1], count)])
        radii = unit * radius * rng.uniform(0.45, 1.0, count)
        for place, reach in zip(places, radii, strict=True):
            if len(taken) and (np.hypot(*(taken[:, :2] - place).T) < taken[:, 2] + reach * 0.9).any():
                continue
            if radius > 0.02:
                taken = np.vstack([taken, [*place, reach]])
            _chip(rng, sketch, place, reach, canvas.vary(rng, colours[int(rng.integers(1, len(colours)))], 0.03))
    speckle = canvas.noise(rng, size, cells=200, octaves=2)
    return np.clip(sketch.picture() * (0.93 + 0.14 * speckle[..., None]), 0, 1)


def _chip(rng: np.random.Generator, sketch: canvas.Sketch, place: np.ndarray, reach: float, colour: np.ndarray) -> None:
    """A broken stone: the corners of a polygon at uneven angles."""
    corners = int(rng.integers(4, 8))
    angles = np.sort(rng.uniform(0, 2 * np.pi, corners)) * 0.3 + np.linspace(0, 2 * np.pi, corners, False) * 0.95
    reaches = reach * rng.uniform(0.55, 1.0, corners) * np.where(np.arange(corners) % 2, 1.0, rng.uniform(0.6, 1))
    sketch.polygon(place + np.column_stack([np.cos(angles), np.sin(angles)]) * reaches[:, None], colour)


# --- wood --------------------------------------------------------------------------------------------------------


def _wood(rng: np.random.Generator, size: Size, make: str, colours: tuple[str, ...]) -> Picture:
    if make == "rings":
        return _end_grain(rng, size, colours)
    u, v = _turned(rng, size, most=0.15)
    if make == "parquet":
        u, v, tint = _parquet(rng, u, v)
    elif make == "plank":
        board = np.floor(v * rng.uniform(2.2, 3.4) + 0.3)
        tint = rng.uniform(-0.12, 0.12, 40)[(board.astype(int)) % 40]
        u = u + (board * 3.7) % 5
    else:
        tint = np.zeros_like(u)
    swirl = canvas.noise(rng, size, cells=2.4 if make == "burl" else 1.5, octaves=3, stretch=1 if make == "burl" else 5)
    slow = {"plank": 1.4, "burl": 2.8, "parquet": 0.7}[make]
    rings = v * 7 + u * 0.3 + slow * 3 * swirl + (tint * 40)
    line = (rings % 1.0).astype(np.float32)
    grain = canvas.smoothstep(0.0, 0.75, line) * canvas.smoothstep(1.0, 0.86, line)
    fibre = canvas.noise(rng, size, cells=130, octaves=3, stretch=1 if make in ("burl", "parquet") else 22)
    tone = 0.42 + 0.3 * grain + 0.35 * (fibre - 0.5) + tint
    pores = canvas.smoothstep(0.72, 0.86, canvas.noise(rng, size, cells=170, octaves=1, stretch=1 if make == "burl" else 12))
    picture = canvas.ramp((colours[1], colours[0], colours[2]), 1 - tone)
    picture = canvas.shaded(picture, 0.35 * pores)
    gap = np.zeros_like(u) if make == "burl" else _gaps(make, u, v, tint)
    return canvas.shaded(picture, 0.6 * canvas.blur(gap.astype(np.float32), 1.5))


def _gaps(make: str, u: Plane, v: Plane, tint: Plane) -> Plane:
    """Dark joints where the board changes."""
    down, across = np.abs(np.diff(tint, axis=0, append=tint[-1:])), np.abs(np.diff(tint, axis=1, append=tint[:, -1:]))
    return np.clip((down + across) * 1e4, 0, 1)


def _parquet(rng: np.random.Generator, u: Plane, v: Plane) -> tuple[Plane, Plane, Plane]:
    """Herringbone blocks, three times as long as wide: coordinates along each block and its tint."""
    turn = np.pi / 4
    a, b = (np.cos(turn) * u - np.sin(turn) * v) * 11, (np.sin(turn) * u + np.cos(turn) * v) * 11
    i, j = np.floor(a), np.floor(b)
    flat = (i - j) % 6 < 3
    block = np.where(flat, (i - (i - j) % 6) * 7 + j * 131, (j - (j - i - 1) % 6) * 13 + i * 57 + 5)
    tint = rng.uniform(-0.16, 0.16, 499)[block.astype(int) % 499]
    along, across = np.where(flat, a, b) / 11, np.where(flat, b, a) / 11
    return along.astype(np.float32), across.astype(np.float32), tint.astype(np.float32)


def _end_grain(rng: np.random.Generator, size: Size, colours: tuple[str, ...]) -> Picture:
    x, y = canvas.grid(size, centre=tuple(rng.uniform(0.3, 0.7, 2)))
    turn = np.arctan2(y, x)
    wobble = canvas.noise(rng, size, cells=1.6, octaves=3) - 0.5
    radius = np.hypot(x, y * rng.uniform(0.85, 1.15)) + 0.16 * wobble
    rings = np.cumsum(rng.uniform(0.006, 0.028, 120))
    index = np.searchsorted(rings, radius.ravel()).reshape(radius.shape)
    edges = np.concatenate([[0.0], rings, [rings[-1] + 1]])
    place = (radius - edges[index]) / (edges[index + 1] - edges[index])
    fibre = canvas.noise(rng, size, cells=180, octaves=2)
    rays = 0.5 + 0.5 * np.sin(turn * 180 + 9 * wobble)
    tone = 0.25 + 0.5 * np.clip(place, 0, 1) ** 3 + 0.1 * (fibre - 0.5) + 0.06 * rays + 0.25 * canvas.smoothstep(0.5, 0.0, radius)
    picture = canvas.ramp(colours, tone)
    for start in rng.uniform(-np.pi, np.pi, int(rng.integers(2, 6))):
        apart = np.abs(np.angle(np.exp(1j * (turn - start - 0.4 * wobble)))) * radius
        crack = np.exp(-apart / 0.0035) * canvas.smoothstep(0.03, 0.12, radius) * canvas.smoothstep(0.75, 0.4, radius)
        picture = canvas.shaded(picture, np.clip(0.85 * crack, 0, 1).astype(np.float32))
    return picture


# --- grains, strips and metal ------------------------------------------------------------------------------------


def _cells(rng: np.random.Generator, size: Size, cells: float) -> tuple[Plane, Plane, np.ndarray]:
    """Worley cells: distance to the nearest and the gap to the second seed (in cells), and the cell's number."""
    small = (size[0] // 2, size[1] // 2)
    u, v = canvas.grid(small)
    u, v = np.broadcast_to(u * cells, small[::-1]), np.broadcast_to(v * cells, small[::-1])
    i, j = np.floor(u).astype(np.int32), np.floor(v).astype(np.int32)
    seeds = rng.random((64, 64, 2), dtype=np.float32)
    first, second = np.full(u.shape, 9, np.float32), np.full(u.shape, 9, np.float32)
    owner = np.zeros(u.shape, np.int32)
    for down in (-1, 0, 1):
        for across in (-1, 0, 1):
            a, b = (i + across), (j + down)
            jitter = seeds[b % 64, a % 64]
            distance = (a + jitter[..., 0] - u) ** 2 + (b + jitter[..., 1] - v) ** 2
            nearer = distance < first
            second = np.where(nearer, first, np.minimum(second, distance))
            first = np.where(nearer, distance, first)
            owner = np.where(nearer, (b % 64) * 64 + a % 64, owner)
    near, gap = canvas.resize(np.sqrt(first), size), canvas.resize(np.sqrt(second) - np.sqrt(first), size)
    rows, columns = np.arange(size[1]) * small[1] // size[1], np.arange(size[0]) * small[0] // size[0]
    return near, gap, owner[rows[:, None], columns[None, :]]


def _cork(rng: np.random.Generator, size: Size, make: str, colours: tuple[str, ...]) -> Picture:
    if make == "sand":
        u, v = _turned(rng, size, most=0.5, bend=0.5)
        phase = v * 13 + 2.2 * canvas.noise(rng, size, cells=3, octaves=3)
        ripple = (0.5 + 0.5 * np.sin(phase * 2 * np.pi / 1.4) ** 1).astype(np.float32) ** 1.5
        picture = canvas.ramp((colours[1], colours[0], colours[2]), 0.25 + 0.6 * ripple)
        grains = canvas.noise(rng, size, cells=300, octaves=1)
        return _lit(np.clip(picture * (0.9 + 0.2 * grains[..., None]), 0, 1), ripple, strength=18.0)
    near, gap, owner = _cells(rng, size, 26 if make == "fine" else 13)
    shade = rng.uniform(0, 1, 4096).astype(np.float32)[owner]
    picture = canvas.ramp((colours[1], colours[0], *colours[2:]), shade)
    if make == "fine":
        crumbs = canvas.noise(rng, size, cells=90, octaves=3)
        picture = np.clip(picture * (0.8 + 0.4 * crumbs[..., None]), 0, 1)
        return canvas.shaded(picture, 0.45 * canvas.smoothstep(0.12, 0.0, gap) * canvas.smoothstep(0.3, 0.6, crumbs))
    height = canvas.smoothstep(0.0, 0.55, gap)
    veins = canvas.noise(rng, size, cells=24, octaves=4)
    picture = _lit(np.clip(picture * (0.8 + 0.4 * veins[..., None]), 0, 1), height, strength=16.0)
    return canvas.shaded(picture, 0.75 * canvas.smoothstep(0.16, 0.0, gap))


def _rattan(rng: np.random.Generator, size: Size, make: str, colours: tuple[str, ...]) -> Picture:
    if make == "cane":
        return _cane(rng, size, colours)
    count = rng.uniform(7, 11)
    u, v = _turned(rng, size, most=0.6, bend=0.04)
    i, j = np.floor(u * count), np.floor(v * count)
    over = (i + j) % 2 == 0
    across = np.where(over, u * count - i, v * count - j) - 0.5
    along = np.where(over, v * count - j, u * count - i) - 0.5
    strands = np.abs(np.sin((across + 0.5) * 3 * np.pi))
    hump = np.cos(along * np.pi) ** 0.6
    fibre = np.where(over, canvas.noise(rng, size, cells=140, octaves=2, stretch=0.06), canvas.noise(rng, size, cells=140, octaves=2, stretch=16))
    shade = rng.uniform(0, 1, 499)[((i * 31 + np.where(over, 0, j * 17)).astype(int)) % 499]
    picture = canvas.ramp((colours[0], colours[1], colours[-1]), 0.35 + 0.35 * shade + 0.4 * (fibre - 0.5))
    return np.clip(picture * (0.25 + 0.8 * strands**0.4 * hump)[..., None], 0, 1)


def _cane(rng: np.random.Generator, size: Size, colours: tuple[str, ...]) -> Picture:
    """The six-way Vienna weave: doubled uprights and levels, single diagonals."""
    count = rng.uniform(6, 8.5)
    u, v = _turned(rng, size, most=0.2)
    picture = canvas.filled(size, canvas.rgb(colours[0]))
    fibre = canvas.noise(rng, size, cells=160, octaves=2)
    for direction, width, pair in (((1, 1), 0.065, 0.0), ((1, -1), 0.065, 0.0), ((0, 1), 0.05, 0.09), ((1, 0), 0.05, 0.09)):
        place = (u * direction[0] + v * direction[1]) * count / (1.0 if sum(map(abs, direction)) == 1 else 1.0)
        for shift in (-pair, pair) if pair else (0.5,):
            apart = np.abs((place + shift) % 1.0 - 0.5) if pair else np.abs((place + 0.5) % 1.0 - 0.5)
            mask = canvas.smoothstep(width + 0.012, width - 0.012, apart)
            soft = canvas.smoothstep(width + 0.1, width - 0.02, np.abs(apart))
            picture = canvas.shaded(picture, 0.3 * soft * (1 - mask))
            round_ = 0.7 + 0.35 * np.sqrt(np.clip(1 - (apart / (width + 0.01)) ** 2, 0, 1)) + 0.2 * (fibre - 0.5)
            picture = canvas.over(picture, np.clip(canvas.rgb(colours[1]) * round_[..., None], 0, 1), mask)
    return picture


def _copper(rng: np.random.Generator, size: Size, make: str, colours: tuple[str, ...]) -> Picture:
    if make == "hammered":
        near, gap, owner = _cells(rng, size, rng.uniform(11, 15))
        dent = canvas.blur(near * near, 2.5)
        down, across = np.gradient(dent)
        slope = (across * 0.7 + down) * 34 * rng.uniform(0.7, 1.2, 4096).astype(np.float32)[owner]
        light = 0.45 - 0.4 * np.tanh(slope) + 0.35 * np.exp(-((slope + 0.75) ** 2) / 0.06)
        sheen = canvas.noise(rng, size, cells=1.5, octaves=2)
        return canvas.ramp(colours, np.clip(0.1 + 0.62 * light + 0.35 * (sheen - 0.4), 0, 1))
    mist = canvas.noise(rng, size, cells=2.5, octaves=7, gain=0.62)
    runs = canvas.noise(rng, size, cells=14, octaves=5, stretch=0.12)
    scratch = canvas.noise(rng, size, cells=120, octaves=2, stretch=9)
    stain = np.clip(0.68 * mist + 0.45 * (runs - 0.3), 0, 1)
    picture = canvas.ramp(colours, canvas.smoothstep(0.12, 0.85, stain))
    pits = canvas.smoothstep(0.62, 0.8, canvas.noise(rng, size, cells=60, octaves=3))
    picture = canvas.shaded(picture, 0.35 * pits)
    return _lit(np.clip(picture * (0.86 + 0.28 * scratch[..., None]), 0, 1), mist, strength=26.0)


_STUFFS: dict[str, Callable[[np.random.Generator, Size, str, tuple[str, ...]], Picture]] = {
    "cloth": _cloth,
    "marble": _marble,
    "wood": _wood,
    "knit": _knit,
    "terrazzo": _terrazzo,
    "cork": _cork,
    "rattan": _rattan,
    "copper": _copper,
}
