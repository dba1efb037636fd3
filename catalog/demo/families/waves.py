"""Waves: woodblock swells, shores from the air, open water, cut paper and lines that move like the sea."""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from catalog.demo import canvas, scenery
from catalog.demo.canvas import Cutout, Picture, Plane, Size, Sketch
from catalog.demo.drawing import Drawing, edition
from catalog.demo.scenery import MOODS

SLUG = "waves"
NAME = "Waves"

Rng = np.random.Generator
Inks = tuple[str, ...]  # deep, middle, light, foam, sky, accent
Curve = npt.NDArray[np.float64]


def draw(rng: Rng, number: int) -> Drawing:
    title, kind, inks_name = _PLANS[number % len(_PLANS)]
    inks, tag = _INKS[inks_name]
    paint, shapes, description, tags = _KINDS[kind]
    size = canvas.choose_size(rng, *shapes)
    return Drawing(
        title=edition(title, number, len(_PLANS)),
        description=description,
        tags=("water", *tags, tag),
        image=canvas.finish(paint(rng, size, inks), rng=rng, grain=0.010),
    )


# --- woodblock swells ------------------------------------------------------------------------------------------------


def _swell(rng: Rng, size: Size, inks: Inks) -> Picture:
    """Leaning crests in flat inks with striped backs and clawed foam, printed on paper."""
    width, height = size
    y = np.linspace(0, 1, height, dtype=np.float32)
    print_ = np.repeat(canvas.ramp((inks[4], canvas.mix(inks[4], "#fbf1dc", 0.7), "#f7e7cd"), y * 1.6)[:, None], width, axis=1)
    sketch = Cutout(size)
    if rng.random() < 0.7:
        sketch.disc((rng.uniform(0.15, 0.85) * width, rng.uniform(0.12, 0.28) * height), min(size) * rng.uniform(0.06, 0.13), inks[5])
    layers, lean = int(rng.integers(4, 6)), rng.choice([-1, 1])
    for i in range(layers):
        near = i / (layers - 1)
        base = height * (0.46 + 0.42 * near)
        tall = height * (0.06 + 0.07 * near) * rng.uniform(0.8, 1.25)
        length = width / rng.uniform(1.1, 2.6) * (0.55 + 0.6 * near)
        if i == 1:
            base, tall, length = height * 0.74, height * rng.uniform(0.34, 0.46), width * rng.uniform(0.8, 1.1)
        _wave(rng, sketch, size, inks, base=base, tall=tall, length=length, lean=lean * rng.uniform(0.5, 0.9), near=near)
    print_ = sketch.laid_on(print_)
    sheet = canvas.paper(rng, size, "#ffffff", tooth=0.10)
    return canvas.vignette(print_ * (sheet * 0.22 + 0.78), 0.15)


def _crest(t: npt.NDArray[np.float64], *, base: float, tall: float, length: float, lean: float, phase: float) -> Curve:
    """A trochoid whose tops lean over; t in wave lengths."""
    angle = 2 * np.pi * t + phase
    up = (0.5 + 0.5 * np.cos(angle)) ** 1.5
    x = t * length - 0.06 * length * np.sin(angle) + lean * tall * up**3
    return np.stack([x, base - tall * up + 0.32 * tall * up**6], axis=1)


def _wave(rng: Rng, sketch: Cutout, size: Size, inks: Inks, *, base: float, tall: float, length: float, lean: float, near: float) -> None:
    width, height = size
    t, phase = np.linspace(-1, width / length + 1, 420), rng.uniform(0, 2 * np.pi)
    line = _crest(t, base=base, tall=tall, length=length, lean=lean, phase=phase)
    body = canvas.mix(canvas.mix(inks[1], inks[4], 0.45 * (1 - near)), inks[0], 0.3 * near)
    sketch.polygon(np.concatenate([line + (0, -2.5), [(width + length, height + 50), (-length, height + 50)]]), inks[0])
    sketch.polygon(np.concatenate([line + (0, 1.5), [(width + length, height + 50), (-length, height + 50)]]), body)
    stripes = int(rng.integers(4, 7))
    for k in range(1, stripes + 1):
        share = k / (stripes + 1)
        inner = _crest(t, base=base + tall * 0.5 * share, tall=tall * (1 - 0.75 * share), length=length, lean=lean * (1 - 0.5 * share), phase=phase + 0.35 * share * np.sign(lean))
        swell = (0.5 + 0.5 * np.cos(2 * np.pi * t + phase)) ** 1.2
        ink = canvas.mix(inks[2], body, 0.2) if k % 2 else inks[0]
        sketch.colours.taper(inner, 1 + swell * tall * 0.055, ink)
    _foam(rng, sketch, line, inks, tall, lean)


def _foam(rng: Rng, sketch: Cutout, line: Curve, inks: Inks, tall: float, lean: float) -> None:
    """Knobs of white along the crest, claws where it leans, spray thrown ahead."""
    rise = np.clip((line[:, 1].max() - line[:, 1]) / np.ptp(line[:, 1]), 0, 1)
    for radius, ink in ((1.25, inks[0]), (1.0, inks[3])):
        knobs = np.random.default_rng(int(tall * 1000))
        for point, up in zip(line, rise, strict=True):
            if up > 0.45:
                lump = tall * 0.05 * up**1.5 * knobs.uniform(0.5, 1.2)
                hang = knobs.normal(0, 0.05, 2) * tall * up
                sketch.disc((point[0] + hang[0], point[1] + abs(hang[1]) * 0.8), lump * radius + (radius - 1) * 5, ink)
            if up > 0.7 and knobs.random() < 0.5:
                reach = tall * knobs.uniform(0.08, 0.2) * up
                tip = point + np.array([np.sign(lean) * reach, reach * knobs.uniform(0.3, 1.1)])
                hook = canvas.spline([point, (point + tip) / 2 + (np.sign(lean) * reach * 0.25, -reach * 0.25), tip], 8)
                for place, size in zip(hook, np.linspace(0.026, 0.009, 8) * tall, strict=True):
                    sketch.disc((place[0], place[1]), size * radius + (radius - 1) * 5, ink)
    top = line[np.argsort(line[:, 1])[:60]]
    for point in top[rng.integers(0, 60, 50)]:
        spray = rng.normal(0, 1, 2) * tall * 0.2 + (np.sign(lean) * tall * 0.2, -tall * 0.1)
        sketch.disc((point[0] + spray[0], point[1] + spray[1]), rng.uniform(1, 4.5), inks[3])


# --- shores from the air -----------------------------------------------------------------------------------------------


def _shore(rng: Rng, size: Size, inks: Inks) -> Picture:
    """Sand, wet sand, lace of foam and the water deepening, seen from above."""
    x, y = canvas.grid(size)
    turn = rng.uniform(-0.9, 0.9) + rng.choice([0, np.pi / 2])
    sway = canvas.noise(rng, size, cells=2.2, octaves=5, gain=0.45) - 0.5
    sea = (x * np.sin(turn) + y * np.cos(turn)) + sway * rng.uniform(0.35, 0.6) + rng.uniform(-0.1, 0.2)
    depth = np.clip(sea * 0.9 + 0.1, 0, 1).astype(np.float32)
    chop = canvas.noise(rng, size, cells=26, octaves=5, gain=0.62)
    water = canvas.ramp((canvas.mix(inks[2], "#f2e3c0", 0.45), inks[2], inks[1], inks[0]), depth**0.75, stops=(0, 0.12, 0.45, 1))
    water = water * (0.84 + 0.32 * chop)[..., None]
    sand_tint = canvas.mix("#ecd9b2", inks[5], 0.12)
    sand = canvas.ramp((canvas.mix(sand_tint, "#7a5a38", 0.55), sand_tint, "#f6ead0"), np.clip(-sea * 3.2, 0, 1) + 0.16 * (chop - 0.5))
    picture = canvas.over(sand, water, canvas.smoothstep(-0.012, 0.012, sea))
    lace = np.abs(canvas.noise(rng, size, cells=13, octaves=5, gain=0.6) - 0.5) * 2
    for place, wide in ((0.0, 0.05), (0.12, 0.06), (0.27, 0.07), (0.45, 0.05)):
        edge = sea - place - 0.05 * (canvas.noise(rng, size, cells=5, octaves=3) - 0.5)
        band = np.where(edge < 0, np.exp(edge / 0.004), np.exp(-edge / wide))
        foam = band * canvas.smoothstep(0.5, 0.02, lace - 0.35 * band)
        picture = canvas.over(picture, inks[3], np.clip(foam * 1.25, 0, 1).astype(np.float32))
    return canvas.vignette(_parasols(rng, picture, sea.astype(np.float32), inks), 0.16)


def _parasols(rng: Rng, picture: Picture, sea: Plane, inks: Inks) -> Picture:
    """A few parasols with their shadows on the dry sand."""
    height, width = sea.shape
    sketch, shade, unit = Sketch((width, height)), Sketch((width, height)), min(width, height)
    colours = Sketch((width, height), ground="#ffffff")
    for _ in range(int(rng.integers(0, 40))):
        x, y, radius = rng.uniform(0, width - 1), rng.uniform(0, height - 1), unit * rng.uniform(0.012, 0.017)
        if sea[int(y), int(x)] < -0.16:
            shade.disc((x + radius * 0.9, y + radius * 0.9), radius)
            sketch.disc((x, y), radius)
            ink = str(rng.choice([inks[5], inks[1], "#ffffff", inks[5]]))
            for part in range(8):
                a = np.array([part, part + 1]) * np.pi / 4
                colours.polygon([(x, y), *zip(x + np.cos(a) * radius * 1.2, y + np.sin(a) * radius * 1.2, strict=True)], ink if part % 2 else "#fbf6ea")
    return canvas.over(canvas.shaded(picture, shade.plane() * 0.45), colours.picture(), sketch.plane())


# --- open water --------------------------------------------------------------------------------------------------------


def _open_sea(rng: Rng, size: Size, inks: Inks, mood_name: str) -> Picture:
    """The sea to the horizon under a sky, every slope catching a piece of it."""
    width, height = size
    mood, horizon, at = MOODS[mood_name], rng.uniform(0.2, 0.42), float(rng.uniform(0.3, 0.7))
    picture = scenery.sky(rng, size, mood, horizon=horizon, at=at)
    line = int(horizon * height)
    half = (width // 2 + 1, (height - line) // 2 + 1)
    tilt, lift = _sea_slopes(rng, half, rough=rng.uniform(0.6, 1.3))
    tilt, lift = canvas.resize(tilt, (width, height - line)), canvas.resize(lift, (width, height - line))
    near = np.linspace(0, 1, height - line, dtype=np.float32)[:, None]
    sky_low = canvas.mix(mood.haze, mood.sky[2], 0.5)
    face = np.clip(0.45 + 0.42 * tilt + 0.2 * (lift - 0.5) + 0.18 * (1 - near) ** 2, 0, 1)
    water = canvas.ramp((canvas.mix(inks[0], "#000000", 0.25), inks[0], inks[1], canvas.mix(inks[2], sky_low, 0.5), sky_low), face)
    water = canvas.over(water, inks[2], canvas.smoothstep(0.62, 1.0, lift) * near * 0.5)
    gap = (np.arange(width, dtype=np.float32)[None, :] / width - at) / (0.05 + 0.2 * near)
    glitter = np.exp(-gap * gap) * canvas.smoothstep(0.1, 0.75, tilt) * (0.95 if mood.disc else 0.25)
    water = canvas.lit(water, mood.light, glitter)
    broken = canvas.noise(rng, (width, height - line), cells=22, octaves=5, stretch=2)
    caps = canvas.smoothstep(0.9, 1.1, lift * 0.8 + broken * 0.42) * near**0.5
    water = canvas.over(water, inks[3], caps * 0.85)
    haze = np.exp(-near * 22) * 0.8
    water = canvas.over(water, mood.haze, haze + 0 * tilt)
    return canvas.vignette(np.concatenate([picture[:line], water]), 0.22)


def _sea_slopes(rng: Rng, size: Size, *, rough: float) -> tuple[Plane, Plane]:
    """Slope towards the eye in [-1, 1] and height in [0, 1] of a ridged sea laid in perspective.

    The sea is a texture in mirrored repeat; rows further off read a smaller copy of it, so that it never shimmers.
    """
    width, height = size
    texture = canvas.noise(rng, (1024, 1024), cells=rng.uniform(7, 11), octaves=6, gain=0.48, stretch=2.4)
    texture = (1 - np.abs(2 * texture - 1)) ** 1.4
    row = np.arange(height, dtype=np.float32)
    far = 2.2 * height / (row / height + 0.035)
    stride = 2.2 / (row / height + 0.035) ** 2
    spread = (np.arange(width, dtype=np.float32) - width / 2)[None, :] * (far / far[-1])[:, None] * 1.3
    turn, start = rng.uniform(-0.35, 0.35), rng.uniform(0, 1024, 2)
    across, along = spread * np.cos(turn) + far[:, None] * np.sin(turn) + start[0], far[:, None] * np.cos(turn) - spread * np.sin(turn) + start[1]
    tilt, lift = np.zeros((height, width), np.float32), np.zeros((height, width), np.float32)
    levels = np.clip(np.log2(stride * 0.55), 0, 6).astype(int)
    for level in np.unique(levels):
        edge, rows = 1024 >> level, np.flatnonzero(levels == level)
        copy = texture if level == 0 else canvas.resize(texture, (edge, edge))
        steep = canvas.slope(copy, right=0, down=1) * np.float32(9 * rough / (1 + 0.4 * level))
        u, v = ((np.abs((w[rows] / (1 << level)) % (2 * edge) - edge) - 0.5).astype(np.int32).clip(0, edge - 1) for w in (across, along))
        tilt[rows], lift[rows] = steep[v, u], copy[v, u]
    return np.tanh(tilt), lift


# --- cut paper ---------------------------------------------------------------------------------------------------------


def _cut_paper(rng: Rng, size: Size, inks: Inks) -> Picture:
    """Sheets of paper cut into waves, each throwing its shadow on the next."""
    width, height = size
    picture = canvas.paper(rng, size, canvas.mix(inks[4], "#ffffff", 0.35), tooth=0.04)
    x, y = canvas.grid(size, centre=(rng.uniform(0.25, 0.75), rng.uniform(0.2, 0.32)))
    disc = canvas.smoothstep(0.002, -0.002, np.hypot(x, y) - rng.uniform(0.09, 0.17))
    picture = canvas.over(canvas.shaded(picture, canvas.shadow(disc, offset=(6, 10), radius=12)), inks[5], disc)
    sheets = int(rng.integers(7, 11))
    tooth = 0.05 * (canvas.noise(rng, size, cells=180, octaves=2) - 0.5)[..., None]
    t = np.arange(width) / min(size)
    for i in range(sheets):
        near = i / (sheets - 1)
        peak = np.abs(np.sin(t * rng.uniform(2.5, 6) + rng.uniform(0, 6))) ** rng.uniform(0.7, 1.6)
        line = height * (0.3 + 0.66 * near) - min(size) * rng.uniform(0.06, 0.15) * (peak + 0.5 * np.sin(t * rng.uniform(1, 3) + rng.uniform(0, 6)))
        mask = scenery.below(line.astype(np.float32), height)
        picture = canvas.shaded(picture, canvas.shadow(mask, offset=(0, -16), radius=14, strength=0.42) * (1 - mask))
        picture = canvas.over(picture, canvas.ramp((inks[3], inks[2], inks[1], inks[0]), np.array([near * 0.98], np.float32))[0], mask)
    return canvas.vignette(np.clip(picture + tooth, 0, 1), 0.18)


# --- lines ---------------------------------------------------------------------------------------------------------


def _lines(rng: Rng, size: Size, inks: Inks) -> Picture:
    """Line behind line, each lifted by one passing swell and hiding those behind."""
    width, height = size
    dark = rng.random() < 0.6
    ground = canvas.mix(inks[0], "#000000", 0.6) if dark else canvas.mix(inks[3], "#f4ead6", 0.6)
    sketch, count = Sketch(size, ground=ground), int(rng.integers(46, 80))
    swell = canvas.noise(rng, (200, count), cells=rng.uniform(3, 6), octaves=2, gain=0.3, stretch=0.8)
    fine = canvas.noise(rng, (200, count), cells=9, octaves=4)
    x = np.linspace(-10, width + 10, 200)
    envelope = np.exp(-(((np.linspace(-1, 1, 200) - rng.uniform(-0.4, 0.4)) / rng.uniform(0.6, 1.0)) ** 2))
    tall = height * rng.uniform(0.14, 0.24)
    for i in range(count):
        y = height * (0.2 + 1.06 * i / count) - tall * envelope * canvas.smoothstep(0.3, 0.95, swell[i]) - height * 0.025 * fine[i] * (0.3 + envelope)
        path = np.stack([x, y], axis=1)
        sketch.polygon(np.concatenate([path, [(width + 10, height + 10), (-10, height + 10)]]), ground)
        tone = canvas.ramp((inks[5], inks[2], inks[1] if dark else inks[0]), np.array([i / count], np.float32))[0]
        sketch.stroke(path, 2.2 + 1.6 * i / count, canvas.mix(tone, "#ffffff", 0.25) if dark else tone)
    return canvas.vignette(sketch.picture() * canvas.paper(rng, size, "#ffffff", tooth=0.05), 0.25)


def _currents(rng: Rng, size: Size, inks: Inks) -> Picture:
    """Hundreds of brush lines carried along one eddying current."""
    width, height = size
    dark = rng.random() < 0.5
    ground = canvas.mix(inks[0], "#000000", 0.45) if dark else canvas.mix(inks[3], "#f4ead6", 0.5)
    sketch = Sketch(size, ground=ground)
    small = (width // 8, height // 8)
    turn = (canvas.noise(rng, small, cells=rng.uniform(1.2, 2.4), octaves=2) * rng.uniform(5, 9) + rng.uniform(0, 6)).astype(np.float64)
    tone = canvas.noise(rng, small, cells=2, octaves=3)
    places = rng.uniform(-0.05, 1.05, (720, 2)) * (width, height)
    trail = [places]
    for _ in range(34):
        col, row = np.clip(places[:, 0] / 8, 0, small[0] - 1).astype(int), np.clip(places[:, 1] / 8, 0, small[1] - 1).astype(int)
        angle = turn[row, col]
        places = places + np.stack([np.cos(angle), np.sin(angle)], axis=1) * 11
        trail.append(places)
    paths = np.stack(trail, axis=1)
    colours = (inks[0], inks[1], inks[2], inks[5]) if not dark else (inks[1], inks[2], inks[3], inks[5])
    belly = np.sin(np.linspace(0.03, 1, 35) * np.pi) ** 0.7
    x, y = np.clip(paths[:, 0] / 8, 0, (small[0] - 1, small[1] - 1)).astype(int).T
    inks_of = canvas.ramp(colours, tone[y, x] + rng.normal(0, 0.14, len(paths)))
    for path, ink, wide in zip(paths, inks_of, rng.uniform(2, 10, len(paths)), strict=True):
        sketch.taper(path, belly * wide, ink)
    return canvas.vignette(sketch.picture() * canvas.paper(rng, size, "#ffffff", tooth=0.06), 0.2)


def _under(mood_name: str) -> "Painter":
    return lambda rng, size, inks: _open_sea(rng, size, inks, mood_name)


Painter = Callable[[Rng, Size, Inks], Picture]
_SEA = "The sea to the horizon, every slope catching a piece of the sky."
_KINDS: dict[str, tuple[Painter, tuple[str, ...], str, tuple[str, ...]]] = {
    "swell": (_swell, ("3:2", "4:3", "4:5", "1:1"), "Leaning crests and clawed foam, printed from the block.", ("woodblock", "sea")),
    "shore": (_shore, (), "Sand, lace of foam and deepening water, seen from the air.", ("beach", "aerial", "sea")),
    "dawn sea": (_under("dawn"), (), _SEA, ("sea", "dawn")),
    "ember sea": (_under("ember"), (), _SEA, ("sea", "sunset")),
    "storm sea": (_under("storm"), (), _SEA, ("sea", "storm")),
    "night sea": (_under("night"), (), _SEA, ("sea", "night")),
    "day sea": (_under("clear"), (), _SEA, ("sea", "day")),
    "gold sea": (_under("gold"), (), _SEA, ("sea", "golden")),
    "paper": (_cut_paper, (), "Sheets of paper cut into waves, each with its shadow on the next.", ("paper", "minimal")),
    "lines": (_lines, (), "Line behind line, lifted by one passing swell.", ("lines", "minimal")),
    "currents": (_currents, (), "Hundreds of brush lines carried along one current.", ("lines", "abstract")),
}
_INKS: dict[str, tuple[Inks, str]] = {
    "prussian": (("#10264a", "#2b5a8c", "#8fb8cc", "#f6efdd", "#d8c9a4", "#c8452e"), "blue"),
    "lagoon": (("#0a4a6b", "#1591a8", "#63d0c4", "#ffffff", "#bfe6e2", "#f0653e"), "turquoise"),
    "jade": (("#0c3d3a", "#2a7d6c", "#8ec9a8", "#f4f3e2", "#d5dcc0", "#e0a13a"), "green"),
    "slate": (("#1a2530", "#435766", "#8a9ca6", "#eef0ec", "#c3c7c4", "#b5653e"), "grey"),
    "violet": (("#221a4f", "#54489a", "#a58fc8", "#f8ecec", "#e8c8d0", "#f0a050"), "violet"),
    "coral": (("#7a1f3a", "#d0525a", "#f4a488", "#fff3e4", "#f8d8b8", "#2b6a7c"), "warm"),
    "indigo": (("#0a1238", "#223a8a", "#5f86d0", "#f2f4fa", "#9fb4dc", "#f4c64a"), "blue"),
}

_PLANS = (
    ("The wave that never lands", "swell", "prussian"),
    ("Fishermen's prayer", "swell", "indigo"),
    ("Green claws", "swell", "jade"),
    ("Before the typhoon", "swell", "slate"),
    ("Red sun, rough crossing", "swell", "prussian"),
    ("Sea of a story told at night", "swell", "violet"),
    ("A coral tide", "swell", "coral"),
    ("The boats are somewhere behind", "swell", "lagoon"),
    ("Second wave", "swell", "indigo"),
    ("Low tide, high summer", "shore", "lagoon"),
    ("Where the swimmers leave their shoes", "shore", "lagoon"),
    ("The bay from a gull", "shore", "jade"),
    ("Lace", "shore", "prussian"),
    ("Off season", "shore", "slate"),
    ("Blue parasols", "shore", "indigo"),
    ("Bar at the river mouth", "shore", "jade"),
    ("The shore draws a new line", "shore", "lagoon"),
    ("First swim of the year", "dawn sea", "lagoon"),
    ("Pewter morning", "dawn sea", "slate"),
    ("The road of the sun", "ember sea", "indigo"),
    ("Last ferry", "ember sea", "prussian"),
    ("Force nine", "storm sea", "slate"),
    ("Gale warning, all areas", "storm sea", "jade"),
    ("Watch from midnight to four", "night sea", "indigo"),
    ("Trade wind", "day sea", "lagoon"),
    ("Honey on the water", "gold sea", "prussian"),
    ("Paper bay", "paper", "lagoon"),
    ("Bedtime sea", "paper", "violet"),
    ("Seven sheets of blue", "paper", "indigo"),
    ("Scissors and a red sun", "paper", "prussian"),
    ("Tea-coloured coast", "paper", "coral"),
    ("Forest folded into surf", "paper", "jade"),
    ("Signal from a distant swell", "lines", "indigo"),
    ("Score for wind and hull", "lines", "coral"),
    ("Breathing", "lines", "jade"),
    ("Radio silence, long wave", "lines", "slate"),
    ("What the current wrote", "currents", "lagoon"),
    ("Eddy", "currents", "violet"),
    ("Ten thousand herring", "currents", "prussian"),
    ("Warm stream", "currents", "coral"),
)
