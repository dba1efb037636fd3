"""Landscapes: ranges, lakes, dunes, fields, forests and deserts at every hour, in the air of their day."""

from collections.abc import Callable, Sequence

import numpy as np

from catalog.demo import canvas, scenery
from catalog.demo.canvas import Colour, Picture, Plane, Size, Sketch
from catalog.demo.drawing import Drawing, edition
from catalog.demo.scenery import MOODS, Mood, Profile

SLUG = "landscapes"
NAME = "Landscapes"

Rng = np.random.Generator


def draw(rng: Rng, number: int) -> Drawing:
    title, kind, mood_name = _PLANS[number % len(_PLANS)]
    mood, (paint, shapes, description, tags) = MOODS[mood_name], _KINDS[kind]
    size = canvas.choose_size(rng, *shapes)
    picture = canvas.vignette(paint(rng, size, mood), 0.22)
    return Drawing(
        title=edition(title, number, len(_PLANS)),
        description=description,
        tags=(*tags, *mood.tags),
        image=canvas.finish(picture, rng=rng, grain=0.014),
    )


def _layers(rng: Rng, picture: Picture, mood: Mood, lines: Sequence[Profile], *, snow: int = 0) -> Picture:
    """Ridges from far to near over the picture, each fading into mist at its foot; the first `snow` carry snow."""
    height, width = picture.shape[:2]
    rock = canvas.noise(rng, (width, height), cells=7, octaves=7, gain=0.6)
    grit = canvas.slope(rock, right=7, down=5) * 3
    for i, line in enumerate(lines):
        near = (i + 1) / len(lines)
        top = max(0, int(line.min()) - 1)
        end = height if i + 1 == len(lines) else min(height, int(lines[i + 1].max()) + 2)
        if top < end:
            rows = np.arange(top, end, dtype=np.float32)[:, None]
            down = np.clip((rows - line[None, :]) / (0.28 * height), 0, 1)
            light = _facets(line, down, rock[top:end] - 0.5) + grit[top:end]
            ridge = _ridge(mood, near, down, light)
            if i < snow:
                ridge = _snow(ridge, mood, near, light, (rows - line.min()) / np.ptp(line) + 1.1 * (rock[top:end] - 0.5))
            picture[top:end] = canvas.over(picture[top:end], ridge, np.clip(rows - line[None, :] + 0.5, 0, 1))
    return picture


def _facets(line: Profile, down: Plane, wander: Plane) -> Plane:
    """(h, w) in [-1, 1]: the sunny and the shaded sides of the spurs that run down from each peak."""
    width = len(line)
    box = np.ones(max(3, width // 60)) / max(3, width // 60)
    soft = np.convolve(np.pad(line, len(box), mode="edge"), box, mode="same")[len(box) : -len(box)]
    tilt = np.tanh(np.gradient(soft) * 1.3).astype(np.float32)
    cols = np.arange(width)[None, :] + (wander * (0.03 + 0.45 * down) * width).astype(np.int32)
    return tilt[np.clip(cols, 0, width - 1)] * (1 - 0.5 * down)


def _ridge(mood: Mood, near: float, down: Plane, light: Plane) -> Picture:
    face = canvas.mix(mood.haze, mood.near, near**1.25)
    foot = canvas.mix(face, mood.haze, 0.7 * (1 - 0.75 * near))
    return canvas.ramp((face, foot), down) + (light * (0.06 + 0.05 * near))[..., None]


def _snow(ridge: Picture, mood: Mood, near: float, light: Plane, depth: Plane) -> Picture:
    white = canvas.mix(canvas.mix(mood.light, mood.sky[1], 0.22), mood.haze, 0.4 * (1 - near))
    blue = canvas.mix(white, mood.sky[0], 0.55)
    return canvas.over(ridge, canvas.ramp((blue, white), 0.55 + light * 0.9), canvas.smoothstep(0.62, 0.4, depth) * 0.92)


def _ranges(rng: Rng, size: Size, mood: Mood) -> Picture:
    """Range behind range, spruces on the nearest."""
    width, height = size
    picture = _sky(rng, size, mood, horizon=0.62)
    count = int(rng.integers(5, 8))
    lines = []
    for i in range(count):
        near = i / (count - 1)
        base, rise = 0.46 + 0.42 * near, (0.3 - 0.16 * near) * rng.uniform(0.75, 1.15)
        shape = scenery.profile(rng, width, lumps=rng.uniform(1.5, 3.5), jagged=1 - 0.6 * near, gain=0.5)
        lines.append(((base - rise * (shape - 0.25)) * height).astype(np.float32))
    picture = _layers(rng, picture, mood, lines, snow=int(rng.integers(0, 3)))
    return _spruces(rng, picture, mood, lines[-1], count=int(rng.integers(30, 80)), tall=height * rng.uniform(0.08, 0.15))


def _spruces(rng: Rng, picture: Picture, mood: Mood, line: Profile, *, count: int, tall: float) -> Picture:
    height, width = picture.shape[:2]
    sketch = Sketch((width, height))
    dense = scenery.profile(rng, width, lumps=4, jagged=0)
    for _ in range(count):
        x = int(rng.integers(width))
        if rng.random() < dense[x] ** 1.5 + 0.08:
            scenery.conifer(sketch, rng, (x, float(line[x]) + tall * 0.12), tall * rng.uniform(0.5, 1.2))
    return canvas.over(picture, canvas.mix(mood.near, "#000000", 0.35), sketch.plane())


def _lake(rng: Rng, size: Size, mood: Mood) -> Picture:
    """Mountains and their reflection, a dark shore in front."""
    width, height = size
    shore = rng.uniform(0.52, 0.62)
    picture = _sky(rng, size, mood, horizon=shore)
    lines = []
    for i, rise in enumerate((0.36, 0.26, 0.15, 0.06)):
        shape = scenery.profile(rng, width, lumps=rng.uniform(1.2, 2.8), jagged=0.95 - 0.2 * i)
        lines.append(((shore + 0.01 - rise * rng.uniform(0.75, 1.1) * shape) * height).astype(np.float32))
    picture = _layers(rng, picture, mood, lines, snow=int(rng.integers(1, 3)))
    picture = _spruces(rng, picture, mood, lines[-1], count=120, tall=height * 0.05)
    line = int(shore * height)
    picture = scenery.mirror(rng, picture, line=line, tint=canvas.mix(mood.near, mood.sky[0], 0.4), ripple=rng.uniform(0.15, 0.55))
    return _reeds(rng, picture, mood)


def _reeds(rng: Rng, picture: Picture, mood: Mood) -> Picture:
    height, width = picture.shape[:2]
    sketch, side = Sketch((width, height)), rng.choice([0.0, 1.0])
    for _ in range(170):
        x = (side + (0.5 - side) * 2 * rng.beta(1, 3.2) * 0.75) * width
        tall = height * rng.uniform(0.06, 0.22)
        lean = rng.normal(0, 0.12) * tall
        path = canvas.spline([(x, height + 4), (x + lean * 0.3, height - tall * 0.6), (x + lean, height - tall)], 10)
        sketch.taper(path, np.linspace(4.5, 0.8, 10))
    return canvas.over(picture, canvas.mix(mood.near, "#000000", 0.4), sketch.plane())


def _dunes(rng: Rng, size: Size, mood: Mood) -> Picture:
    """Sand: each dune with a lit and a shadowed side of one long crest, wind ripples on the near ones."""
    width, height = size
    picture = _sky(rng, size, mood, horizon=0.5)
    warm = canvas.mix(mood.haze, "#d98a4a", 0.6)
    count = int(rng.integers(4, 7))
    for i in range(count):
        near = i / (count - 1)
        shape = scenery.profile(rng, width, lumps=rng.uniform(0.8, 2.2), jagged=0.0, octaves=2)
        line = ((0.46 + 0.36 * near**1.2 - (0.08 + 0.12 * near) * (shape - 0.3)) * height).astype(np.float32)
        top = int(line.min()) - 1
        picture[top:] = canvas.over(picture[top:], _sand(rng, size, mood, line, near, warm)[top:], scenery.below(line, height)[top:])
    return picture


def _sand(rng: Rng, size: Size, mood: Mood, line: Profile, near: float, warm: Colour) -> Picture:
    width, height = size
    x, y = np.arange(width, dtype=np.float32)[None, :], np.arange(height, dtype=np.float32)[:, None]
    down = np.clip((y - line[None, :]) / height, 0, 1)
    crest = float(np.argmin(line)) + (rng.uniform(-0.9, 0.9) * down + 0.05 * np.sin(down * rng.uniform(8, 16))) * width
    side = canvas.smoothstep(-2 - 60 * near, 2 + 5 * near, x - crest)
    ripple = np.sin((down * 260 + 5 * np.sin(x / width * 9 + down * 20) + x / width * 12) * (1.6 - near)) * 0.5 + 0.5
    tone = np.clip(0.25 + 0.6 * (1 - side) + 0.1 * ripple * near - down * 0.35, 0, 1)
    dark = canvas.mix(canvas.mix(mood.near, warm, 0.35), mood.haze, 0.5 * (1 - near))
    bright = canvas.mix(canvas.mix(warm, mood.light, 0.45), mood.haze, 0.5 * (1 - near))
    return canvas.ramp((dark, canvas.mix(warm, mood.haze, 0.6 * (1 - near)), bright), tone)


def _fields(rng: Rng, size: Size, mood: Mood) -> Picture:
    """Rolling farmland with furrows, hedges, cypresses and a house."""
    width, height = size
    picture = _sky(rng, size, mood, horizon=0.48)
    greens = ("#6f8f3a", "#b5a642", "#4d7a45", "#c9b45f", "#87994a", "#a8783f")
    lines = []
    for i in range(6):
        shape = scenery.profile(rng, width, lumps=rng.uniform(0.8, 2.0), jagged=0.0, octaves=2)
        lines.append(((0.44 + 0.095 * i - 0.1 * (shape - 0.4)) * height).astype(np.float32))
    for i, line in enumerate(lines):
        near = i / 5
        crop = canvas.mix(canvas.mix(str(rng.choice(greens)), mood.light, 0.12), mood.haze, 0.72 * (1 - near) + 0.08)
        crop = canvas.mix(crop, mood.near, 0.18 + 0.2 * near)
        picture = canvas.over(picture, _furrows(rng, size, line, crop, near), scenery.below(line, height))
        picture = _hedge(rng, picture, line, canvas.mix(mood.haze, canvas.mix(mood.near, "#20301a", 0.4), 0.25 + 0.75 * near), near)
    return picture


def _furrows(rng: Rng, size: Size, line: Profile, crop: Colour, near: float) -> Picture:
    width, height = size
    x, y = canvas.grid(size, centre=(rng.uniform(-0.2, 1.2), 0.3))
    down = np.clip((y - y[0] - line[None, :] / min(size)) * 2.4, 0, 1)
    rows = np.sin(x / (y + 0.32 + 0.2 * down) * rng.uniform(30, 70)) * (0.02 + 0.05 * near) * rng.choice([0.3, 1.0])
    tone = 1.12 - 0.42 * down + rows
    return np.clip(canvas.rgb(crop) * tone[..., None], 0, 1)


def _hedge(rng: Rng, picture: Picture, line: Profile, colour: Colour, near: float) -> Picture:
    height, width = picture.shape[:2]
    sketch, tall = Sketch((width, height)), height * (0.02 + 0.1 * near)
    style = rng.choice(["hedge", "cypress", "lone"])
    for x in rng.integers(0, width, {"hedge": 18, "cypress": 9, "lone": 2}[str(style)]):
        foot = (float(x), float(line[x]) + 3)
        if style == "cypress":
            sketch.ellipse((foot[0], foot[1] - tall * 0.5), tall * 0.1, tall * rng.uniform(0.45, 0.6))
        else:
            scenery.broadleaf(sketch, rng, foot, tall * rng.uniform(0.5, 1.0) * (0.6 if style == "hedge" else 1.2))
    return canvas.over(picture, colour, sketch.plane())


def _forest(rng: Rng, size: Size, mood: Mood) -> Picture:
    """A spruce forest going back into mist."""
    width, height = size
    picture = _sky(rng, size, mood, horizon=0.75)
    for i in range(5):
        near = (i + 1) / 5
        shape = scenery.profile(rng, width, lumps=2, jagged=0.2, octaves=4)
        line = ((0.5 + 0.11 * i - 0.13 * (shape - 0.5)) * height).astype(np.float32)
        tall, sketch = height * (0.07 + 0.17 * near**1.4), Sketch(size)
        for x in np.sort(rng.uniform(-20, width + 20, int(150 - 105 * near))):
            foot = float(line[int(np.clip(x, 0, width - 1))]) + tall * 0.35
            scenery.conifer(sketch, rng, (float(x), foot), tall * rng.uniform(0.55, 1.25))
        mask = np.maximum(sketch.plane(), scenery.below(line + tall * 0.2, height))
        face = canvas.mix(mood.haze, canvas.mix(mood.near, "#0a1410", 0.3), near**1.5)
        down = np.clip((np.arange(height, dtype=np.float32)[:, None] - line[None, :] + tall) / (tall * 2.2), 0, 1)
        picture = canvas.over(picture, canvas.ramp((face, canvas.mix(face, mood.haze, 0.65 * (1 - near * 0.8))), down), mask)
    return picture


def _mesa(rng: Rng, size: Size, mood: Mood) -> Picture:
    """Buttes of banded rock on a desert floor."""
    width, height = size
    picture = _sky(rng, size, mood, horizon=0.62)
    x = np.arange(width)
    for i in range(4):
        near, base = i / 3, 0.6 + 0.06 * i
        line = np.full(width, base * height)
        for _ in range(int(rng.integers(1, 4 - (i > 1)))):
            middle, half = rng.uniform(0, width), width * rng.uniform(0.05, 0.2)
            rise, reach = height * rng.uniform(0.12, 0.3) * (0.75 + 0.3 * near), np.abs(x - middle)
            wall = np.clip((half - reach) / (width * 0.012), 0, 1) * 0.68 + np.clip((half * 1.9 - reach) / half, 0, 1) * 0.32
            line = np.minimum(line, base * height - rise * wall)
        rough = scenery.profile(rng, width, lumps=30, jagged=1) * height * 0.018
        picture = _strata(rng, picture, mood, (line + rough).astype(np.float32), near)
    return picture


def _strata(rng: Rng, picture: Picture, mood: Mood, line: Profile, near: float) -> Picture:
    height, width = picture.shape[:2]
    y = np.arange(height, dtype=np.float32)[:, None]
    wall = canvas.noise(rng, (width, height), cells=26, octaves=4, stretch=0.22)
    bands = scenery.profile(rng, height, lumps=16, jagged=0.6, octaves=4)[:, None]
    floor = canvas.smoothstep(0.6 + 0.06 * near * 3, 0.72 + 0.06 * near * 3, y / height)
    tone = np.clip((0.55 * bands + 0.5 * wall) * (1 - floor) + floor * 0.62 + 0 * line[None, :], 0, 1)
    rock = canvas.ramp(("#5a2217", "#a8482a", "#d98652", "#eec08a"), tone)
    rock = canvas.over(rock, mood.haze, np.full_like(tone, 0.62 - 0.5 * near))
    rock = canvas.over(rock, mood.near, (0.12 + 0.35 * near * canvas.smoothstep(0.7, 1.05, y / height)) + 0 * tone)
    return canvas.over(picture, rock, scenery.below(line, height))


def _winter(rng: Rng, size: Size, mood: Mood) -> Picture:
    """Snow fields, bare trees, sometimes a hut with a lit window."""
    width, height = size
    picture = _sky(rng, size, mood, horizon=0.56)
    snow = canvas.mix("#f4f6fa", mood.haze, 0.3)
    for i in range(4):
        near = i / 3
        shape = scenery.profile(rng, width, lumps=rng.uniform(0.9, 1.8), jagged=0.0, octaves=3)
        line = ((0.5 + 0.12 * i - 0.09 * (shape - 0.5)) * height).astype(np.float32)
        drift = canvas.noise(rng, size, cells=4, octaves=5, stretch=4)
        down = np.clip((np.arange(height, dtype=np.float32)[:, None] - line[None, :]) / (height * 0.3), 0, 1)
        colour = canvas.ramp((snow, canvas.mix(snow, mood.near, 0.42)), down * 0.75 + 0.45 * (drift - 0.45))
        picture = canvas.over(picture, colour, scenery.below(line, height))
        sketch = Sketch(size)
        for x in rng.integers(0, width, 5 if i < 3 else 2):
            scenery.bare_tree(sketch, rng, (float(x), float(line[x]) + 4), height * (0.05 + 0.14 * near) * rng.uniform(0.8, 1.7))
        picture = canvas.over(picture, canvas.mix(mood.haze, mood.near, 0.35 + 0.65 * near), sketch.plane())
    return picture


def _island(rng: Rng, size: Size, mood: Mood) -> Picture:
    """The sea with islands one behind the other, and the path of the light on it."""
    width, height = size
    shore, at = rng.uniform(0.45, 0.55), float(rng.uniform(0.25, 0.75))
    picture = scenery.sky(rng, size, mood, horizon=shore, at=at)
    lines = []
    for i in range(4):
        shape = scenery.profile(rng, width, lumps=rng.uniform(1.5, 4), jagged=0.5)
        lines.append(((shore + 0.02 - (0.06 + 0.03 * i) * (shape * 1.9 - 0.75)) * height).astype(np.float32))
    picture = _layers(rng, picture, mood, lines)
    line = int(shore * height)
    picture = scenery.mirror(rng, picture, line=line, tint=canvas.mix(mood.sky[0], mood.near, 0.35), ripple=1.0, depth=0.6)
    return _light_path(rng, picture, mood, line, at)


def _light_path(rng: Rng, picture: Picture, mood: Mood, line: int, at: float) -> Picture:
    height, width = picture.shape[:2]
    near = (np.arange(height - line, dtype=np.float32)[:, None] + 1) / (height - line)
    x = (np.arange(width, dtype=np.float32)[None, :] / width - at) / (0.03 + 0.17 * near)
    sparkle = canvas.noise(rng, (width, height - line), cells=60, octaves=3, stretch=6)
    shine = np.exp(-x * x) * canvas.smoothstep(0.42, 0.75, sparkle) * (0.75 if mood.disc else 0.2)
    return np.concatenate([picture[:line], canvas.lit(picture[line:], mood.light, shine)])


def _volcano(rng: Rng, size: Size, mood: Mood) -> Picture:
    """One great cone with its snow cap over low hills and, at times, a lake."""
    width, height = size
    picture = _sky(rng, size, mood, horizon=0.66)
    x, top = np.arange(width) / width - rng.uniform(0.35, 0.65), rng.uniform(0.2, 0.3)
    cone = 0.66 - (0.66 - top) * np.exp(-np.abs(x) * rng.uniform(3.6, 5.2)) * 1.12
    rough = (scenery.profile(rng, width, lumps=14, jagged=1) - 0.5) * 0.018
    lines = [(np.maximum(cone, top + 0.02) + rough) * height]
    for base in (0.66, 0.72):
        lines.append((base - 0.07 * scenery.profile(rng, width, lumps=3, jagged=0.4)) * height)
    picture = _layers(rng, picture, mood, [v.astype(np.float32) for v in lines], snow=1)
    picture = _spruces(rng, picture, mood, lines[-1].astype(np.float32), count=150, tall=height * 0.04)
    return scenery.mirror(rng, picture, line=int(height * 0.74), tint=canvas.mix(mood.near, mood.sky[1], 0.4), ripple=0.35)


def _sky(rng: Rng, size: Size, mood: Mood, *, horizon: float) -> Picture:
    picture = scenery.sky(rng, size, mood, horizon=horizon, at=float(rng.uniform(0.2, 0.8)))
    if mood is MOODS["aurora"]:
        picture = scenery.aurora(rng, picture, ("#5dffb0", "#7a5cff"), horizon=horizon)
    return picture


Painter = Callable[[Rng, Size, Mood], Picture]
_WIDE, _TALL = ("3:2", "4:3", "1:1"), ("2:3", "3:4", "4:5")
_KINDS: dict[str, tuple[Painter, tuple[str, ...], str, tuple[str, ...]]] = {
    "ranges": (_ranges, (), "Range behind range fading into the air, with spruces on the nearest ridge.", ("mountains", "landscape")),
    "lake": (_lake, (), "A mountain lake that holds its mountains upside down.", ("lake", "mountains", "reflection")),
    "dunes": (_dunes, (), "Long crests of sand with one side in the light.", ("desert", "minimal")),
    "fields": (_fields, _WIDE, "Rolling farmland with furrows, hedges and cypresses.", ("countryside", "green")),
    "forest": (_forest, _TALL, "A forest of spruces that goes back into the mist.", ("forest", "trees")),
    "mesa": (_mesa, _WIDE, "Buttes of banded rock above a desert floor.", ("desert", "rock")),
    "winter": (_winter, (), "Snow fields and bare trees in a low light.", ("snow", "trees")),
    "island": (_island, (), "Islands one behind the other, and the path of light on the water.", ("sea", "landscape")),
    "volcano": (_volcano, (), "One great cone with a cap of snow above a still lake.", ("mountains", "snow")),
}

_PLANS = (
    ("The valley keeps its mist", "ranges", "dawn"),
    ("Seven ridges at sundown", "ranges", "ember"),
    ("Blue hour over the pass", "ranges", "dusk"),
    ("Where the road gives up", "ranges", "storm"),
    ("A morning without edges", "ranges", "mist"),
    ("The long way down", "ranges", "gold"),
    ("Northern lights over the col", "ranges", "aurora"),
    ("Still water, tall company", "lake", "noon"),
    ("The lake remembers the mountain", "lake", "rose"),
    ("Moonrise, no wind", "lake", "night"),
    ("Two skies", "lake", "ember"),
    ("Cold shore in October", "lake", "autumn"),
    ("Green fire on the tarn", "lake", "aurora"),
    ("First crossing of the sand", "dunes", "clear"),
    ("Amber crest", "dunes", "gold"),
    ("The caravan left at four", "dunes", "dawn"),
    ("Night sand", "dunes", "night"),
    ("A horizon the wind redrew", "dunes", "ember"),
    ("Barley and cypress", "fields", "gold"),
    ("The hill behind the farm", "fields", "clear"),
    ("After the harvest", "fields", "autumn"),
    ("Rain over the lower fields", "fields", "storm"),
    ("An orchard before anyone is up", "fields", "dawn"),
    ("The quiet of the spruces", "forest", "mist"),
    ("Evening goes into the wood", "forest", "dusk"),
    ("A clearing somewhere ahead", "forest", "gold"),
    ("Wolf hour", "forest", "night"),
    ("Red rock, long shadow", "mesa", "gold"),
    ("Monuments to nobody", "mesa", "clear"),
    ("The desert closes its eyes", "mesa", "ember"),
    ("Dry lightning weather", "mesa", "storm"),
    ("Snow up to the second gate", "winter", "winter"),
    ("The shortest afternoon", "winter", "rose"),
    ("Tracks at nightfall", "winter", "dusk"),
    ("Ferry to the outer islands", "island", "dawn"),
    ("The sun goes out by the western strait", "island", "ember"),
    ("Harbour before rain", "island", "storm"),
    ("A lamp laid on the water", "island", "night"),
    ("The mountain that everyone draws", "volcano", "clear"),
    ("Sleeping giant, pink snow", "volcano", "rose"),
)
