"""Cities: skylines at every hour, quarters from above, canal houses, wet streets, lights from an aeroplane."""

from collections.abc import Callable

import numpy as np

from catalog.demo import buildings, canvas, scenery
from catalog.demo.buildings import Town
from catalog.demo.canvas import Picture, Plane, Size, Sketch
from catalog.demo.drawing import Drawing, edition
from catalog.demo.scenery import MOODS, Mood

SLUG = "cities"
NAME = "Cities"

Rng = np.random.Generator


def draw(rng: Rng, number: int) -> Drawing:
    title, kind, mood_name, town_name = _PLANS[number % len(_PLANS)]
    build, shapes, description, tags = _KINDS[kind]
    mood, size = MOODS[mood_name], canvas.choose_size(rng, *shapes)
    picture = canvas.vignette(build(rng, size, mood, _TOWNS[town_name]), 0.24)
    return Drawing(
        title=edition(title, number, len(_PLANS)),
        description=description,
        tags=("city", *tags, *mood.tags),
        image=canvas.finish(picture, rng=rng, grain=0.012),
    )


def _shining(picture: Picture, lights: Plane, lamp: str, *, radius: float, halo: float = 0.8) -> Picture:
    """Windows alight, and the glow they give to the air."""
    picture = canvas.over(picture, lamp, lights * 0.6)
    return canvas.lit(
        picture, lamp, np.clip(canvas.blur(lights, radius) * halo + canvas.blur(lights, radius * 4) * halo, 0, 0.8)
    )


def _skyline(rng: Rng, size: Size, mood: Mood, town: Town) -> Picture:
    """Rows of towers going back into the haze, over water or a wet quay."""
    width, height = size
    shore = rng.uniform(0.62, 0.8)
    picture = scenery.sky(rng, size, mood, horizon=shore, at=float(rng.uniform(0.2, 0.8)))
    base, unit, lights = int(shore * height), min(size) / 1000, np.zeros((height, width), np.float32)
    for i in range(4):
        near = (i + 1) / 4
        face = canvas.mix(
            mood.haze, canvas.mix(mood.near, town.walls[i % len(town.walls)], 0.25), 0.12 + 0.88 * near**1.3
        )
        tall = height * (0.5 - 0.34 * near) * rng.uniform(0.85, 1.25)
        picture, lamps = buildings.towers(
            rng,
            picture,
            base=base,
            tall=tall,
            face=face,
            mood=mood,
            lit=town.lit * (1.0 if mood.stars else 0.3),
            unit=unit * (0.8 + 0.7 * near),
        )
        lights = np.maximum(lights * (1 - canvas.smoothstep(0.0, 0.02, lamps)), lamps * (0.45 + 0.55 * near))
    picture = _shining(picture, lights, town.lamp, radius=4 * unit + 1)
    return scenery.mirror(
        rng, picture, line=base, tint=canvas.mix(mood.near, mood.sky[0], 0.4), ripple=rng.uniform(0.5, 1.3), depth=0.5
    )


def _quarter(rng: Rng, size: Size, mood: Mood, town: Town) -> Picture:
    """Blocks and streets from above, in the light of the hour."""
    picture, lights = buildings.isometric(rng, size, town)
    shade = canvas.noise(rng, size, cells=2, octaves=4)
    picture = picture * (canvas.rgb(canvas.mix(mood.light, "#ffffff", 0.55)) * (0.82 + 0.3 * shade[..., None]))
    y = np.linspace(0.5, 0, size[1], dtype=np.float32)[:, None] ** 2
    picture = canvas.over(picture.astype(np.float32), mood.haze, y + 0 * shade)
    return _shining(np.clip(picture, 0, 1), lights, town.lamp, radius=5, halo=0.6) if town.lit > 0.2 else picture


def _canal(rng: Rng, size: Size, mood: Mood, town: Town) -> Picture:
    """Painted gables on a quay, and the same again in the water."""
    width, height = size
    base = rng.uniform(0.6, 0.7) * height
    picture = scenery.sky(rng, size, mood, horizon=base / height, at=float(rng.uniform(0.2, 0.8)))
    picture, _ = buildings.towers(
        rng,
        picture,
        base=int(base),
        tall=height * 0.42,
        face=canvas.mix(mood.haze, mood.near, 0.25),
        mood=mood,
        lit=0.0,
        unit=min(size) / 800,
    )
    houses, lights = buildings.canal_houses(rng, size, town, base=base)
    mask = houses.mask.plane()
    weather = canvas.noise(rng, size, cells=12, octaves=6)
    light = canvas.mix("#ffffff", mood.light, 0.7) * (1 - 0.5 * (town.lit > 0.3))
    walls = houses.colours.picture() * light * (0.86 + 0.22 * weather)[..., None]
    picture = canvas.over(picture, canvas.over(walls.astype(np.float32), mood.haze, np.full_like(mask, 0.10)), mask)
    picture = _shining(picture, lights, town.lamp, radius=5) if town.lit > 0.3 else picture
    quay = Sketch(size)
    quay.polygon([(0, base - 2), (width, base - 2), (width, base + height * 0.03), (0, base + height * 0.03)])
    picture = canvas.over(picture, canvas.mix(mood.near, "#8a8076", 0.4), quay.plane())
    return scenery.mirror(
        rng,
        picture,
        line=int(base + height * 0.028),
        tint=canvas.mix(mood.near, "#2f5a5a", 0.4),
        ripple=0.9,
        depth=0.45,
    )


def _wet_street(rng: Rng, size: Size, mood: Mood, town: Town) -> Picture:
    """A street after rain: signs, wet asphalt, umbrellas."""
    width, height = size
    eye = (width * rng.uniform(0.38, 0.62), height * rng.uniform(0.5, 0.6))
    picture = scenery.sky(rng, size, mood, horizon=eye[1] / height, at=eye[0] / width)
    x, y = canvas.grid(size, centre=(eye[0] / width, eye[1] / height))
    picture = canvas.lit(picture, mood.light, np.exp(-(x * x + y * y) * 16) * 0.5)
    walls, lights = buildings.canyon(rng, size, mood, town, eye=eye)
    picture = walls.laid_on(picture)
    colours = np.where(lights[..., None] > 0, picture, 0)
    line = int(eye[1] + height * 0.02)
    picture = _asphalt(rng, picture, mood, line, eye)
    halo = canvas.blur(colours, min(size) * 0.012) * 0.9 + canvas.blur(colours, min(size) * 0.05) * 0.9
    picture = canvas.screen(picture, halo)
    picture = _umbrellas(rng, picture, mood, eye)
    if rng.random() < 0.6:
        rain = canvas.smoothstep(0.80, 1.0, canvas.noise(rng, size, cells=190, octaves=2, stretch=0.04))
        picture = canvas.lit(picture, mood.haze, rain * 0.30)
    return picture


def _asphalt(rng: Rng, picture: Picture, mood: Mood, line: int, eye: tuple[float, float]) -> Picture:
    """The road below the houses, holding long smeared reflections."""
    height, width = picture.shape[:2]
    rows, cols = np.arange(height, dtype=np.float32)[:, None], np.arange(width, dtype=np.float32)[None, :]
    kerb = (rows - eye[1]) / (height * 0.28) * width * 0.5
    road = canvas.smoothstep(-2, 2, kerb - np.abs(cols - eye[0])) * canvas.smoothstep(line - 3, line + 3, rows)
    wet = canvas.noise(rng, (width, height), cells=16, octaves=5, stretch=3)
    source = np.clip(2 * eye[1] - rows + (wet - 0.5) * (rows - eye[1]) * 0.7, 0, height - 1).astype(np.int32)
    mirrored = picture[source, np.broadcast_to(np.arange(width)[None, :], source.shape)]
    smear = np.stack(
        [
            canvas.resize(
                canvas.resize(np.ascontiguousarray(mirrored[..., i]), (width // 3, max(8, height // 30))),
                (width, height),
            )
            for i in range(3)
        ],
        axis=-1,
    )
    ground = canvas.mix(mood.near, "#000000", 0.35)
    surface = ground + (0.45 * smear + 0.35 * mirrored) * (0.5 + 0.9 * wet)[..., None]
    return canvas.over(picture, np.clip(surface, 0, 1).astype(np.float32), road)


def _umbrellas(rng: Rng, picture: Picture, mood: Mood, eye: tuple[float, float]) -> Picture:
    height, width = picture.shape[:2]
    people = canvas.Cutout((width, height))
    dark = canvas.mix(mood.near, "#000000", 0.55)
    for scale in np.sort(rng.uniform(0.12, 0.62, int(rng.integers(4, 9)))):
        x, foot = eye[0] + rng.uniform(-0.38, 0.38) * scale * width, eye[1] + scale * height * 0.30
        tall = scale * height * 0.2
        for step in (-1, 1):
            people.taper([(x, foot - tall * 0.45), (x + step * tall * 0.08, foot)], [tall * 0.11, tall * 0.06], dark)
        people.taper([(x, foot - tall * 0.85), (x, foot - tall * 0.36)], [tall * 0.16, tall * 0.26], dark)
        people.disc((x, foot - tall * 0.9), tall * 0.08, dark)
        cover = str(rng.choice(["#c8322e", "#e0a62e", "#22272e", "#2e6a8a", "#22272e"]))
        t = np.linspace(np.pi, 2 * np.pi, 22)
        people.polygon(
            np.stack([x + np.cos(t) * tall * 0.36, foot - tall * 0.96 + np.sin(t) * tall * 0.24], axis=1), cover
        )
    return people.laid_on(picture)


def _from_the_air(rng: Rng, size: Size, mood: Mood, town: Town) -> Picture:
    """Street lamps in their thousands to the horizon, a dark river between them."""
    width, height = size
    horizon = rng.uniform(0.14, 0.34)
    picture = scenery.sky(rng, size, mood, horizon=horizon, at=float(rng.uniform(0.2, 0.8)))
    line = int(horizon * height)
    ground = canvas.ramp(
        (mood.haze, canvas.mix(mood.near, "#000000", 0.3), canvas.mix(mood.near, "#000000", 0.55)),
        np.linspace(0, 1, height - line, dtype=np.float32) ** 0.4,
    )
    picture = np.concatenate([picture[:line], np.repeat(ground[:, None], width, axis=1)])
    lamps, field = _lamps(rng), np.zeros((height, width, 3), np.float32)
    rows = line + 2.2 * height / lamps[:, 1]
    cols = width / 2 + lamps[:, 0] / lamps[:, 1] * width * 0.55
    inside = (rows > line) & (rows < height - 1) & (cols > 0) & (cols < width - 1)
    tints = np.array([canvas.rgb(c) for c in (town.lamp, town.lamp, "#fff2dc", "#ff9a4a", "#cfe4ff")], np.float32)
    power = np.clip((3 / lamps[:, 1]) ** 1.8, 0.004, 0.9) * rng.uniform(0.4, 1.3, len(lamps))
    tint = tints[rng.integers(0, len(tints), len(lamps))] * power[:, None].astype(np.float32)
    np.add.at(field, (rows[inside].astype(int), cols[inside].astype(int)), tint[inside])
    near = np.linspace(0, 1, height - line, dtype=np.float32)[:, None, None]
    shine = canvas.blur(field, 1.1) * 13 + canvas.blur(np.clip(field, 0, 1), min(size) * 0.012) * 6
    shine[line:] *= 0.75 + 0.5 * near
    return canvas.screen(picture, np.clip(shine + 0.5 * field, 0, 1))


def _lamps(rng: Rng) -> "np.ndarray":
    """(n, 2) lamp places on the ground, x and distance: districts with their own grids, avenues, a river left dark."""
    parts = []
    for _ in range(52):
        far = 3 + 52 * rng.random() ** 1.7
        middle = np.array([rng.uniform(-1, 1) * (far + 2), far])
        turn, reach = rng.uniform(-0.8, 0.8), rng.uniform(0.8, 2.4) * (1 + far / 14)
        pitch, dots = rng.uniform(0.22, 0.42), rng.uniform(0.05, 0.09)
        streets = np.arange(-reach, reach, pitch)
        along = np.arange(-reach, reach, dots)
        one = np.stack([v.ravel() for v in np.meshgrid(streets, along)], axis=1)
        grid = np.concatenate([one, one[:, ::-1]])
        grid = grid[(np.hypot(*grid.T) < reach) & (rng.random(len(grid)) < 0.75)]
        spin = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
        parts.append(grid @ spin + middle)
    for _ in range(7):
        t = np.linspace(-30, 30, 2600)
        lean = rng.uniform(-1.5, 1.5)
        parts.append(np.stack([t * np.cos(lean) + rng.uniform(-4, 4), t * np.sin(lean) + rng.uniform(3, 12)], axis=1))
    lamps = np.concatenate(parts) + rng.normal(0, 0.012, (sum(map(len, parts)), 2))
    bank = 3 * np.sin(lamps[:, 1] * rng.uniform(0.2, 0.45) + rng.uniform(0, 6)) + rng.uniform(-4, 4)
    return lamps[(lamps[:, 1] > 2.3) & (np.abs(lamps[:, 0] - bank) > 0.5)]


Builder = Callable[[Rng, Size, Mood, Town], Picture]
_KINDS: dict[str, tuple[Builder, tuple[str, ...], str, tuple[str, ...]]] = {
    "skyline": (_skyline, (), "Rows of towers going back into the haze above their water.", ("skyline", "reflection")),
    "quarter": (_quarter, (), "A quarter seen from above, block by block.", ("geometric", "aerial")),
    "canal": (
        _canal,
        ("3:2", "4:3", "1:1", "4:5"),
        "Painted gables on a quay, and the same again in the water.",
        ("houses", "reflection"),
    ),
    "street": (
        _wet_street,
        ("2:3", "3:4", "4:5", "1:1"),
        "A street after rain, with its signs and umbrellas.",
        ("street", "rain"),
    ),
    "flight": (
        _from_the_air,
        ("3:2", "4:3", "1:1"),
        "Street lamps in their thousands, seen from the air.",
        ("lights", "aerial"),
    ),
}
_TOWNS: dict[str, Town] = {
    "steel": Town(("#5a6b7c", "#7f8fa0", "#3f5066"), "#9fb0bc", "#39434e", lit=0.3),
    "sand": Town(("#e6c79a", "#d99a6c", "#f0dfbf", "#c8785a"), "#c46a4a", "#d8cdb8", lit=0.04),
    "candy": Town(("#e8736a", "#f2b25a", "#6fb3a8", "#5a86b8", "#f3ddb6"), "#c8553e", "#e4ded2", lit=0.06),
    "nordic": Town(("#a8322e", "#d9a03c", "#e9e2d2", "#3f5f6e", "#7a8a6a"), "#4a3a38", "#cfd4d4", lit=0.12),
    "lamplit": Town(("#2e3a5e", "#40406e", "#274a66", "#543a5a"), "#1c2440", "#161c34", lit=0.42),
    "neon": Town(("#241a44", "#3a1f5a", "#15305a"), "#120e2a", "#0e0c20", lamp="#ff9ad0", lit=0.34),
    "lisbon": Town(("#f4e6c8", "#f0b9a0", "#a9c8d8", "#f6f0e4", "#e8d06a"), "#c8683e", "#e8e0cc", lit=0.05),
    "mint": Town(("#bfe0d2", "#8cc6b4", "#f3ead8", "#f2b8a0"), "#6fa89a", "#dfe6dc", lit=0.05),
    "amber": Town(("#4a3a34", "#6a4a3a", "#2c2a38"), "#2a2430", "#1e1a22", lamp="#ffbe5c", lit=0.45),
}

_PLANS = (
    ("Downtown, lights on", "skyline", "dusk", "lamplit"),
    ("The bank district at midnight", "skyline", "night", "steel"),
    ("First train not yet running", "skyline", "dawn", "steel"),
    ("Towers on fire with evening", "skyline", "ember", "amber"),
    ("Smog, and rather beautiful", "skyline", "mist", "steel"),
    ("Harbour side, Tuesday noon", "skyline", "noon", "sand"),
    ("Pink hour on the river", "skyline", "rose", "lamplit"),
    ("Storm over the exchange", "skyline", "storm", "steel"),
    ("The gold side of town", "skyline", "gold", "amber"),
    ("Skyline with no advertisement", "skyline", "clear", "mint"),
    ("Two million windows", "skyline", "night", "amber"),
    ("Quarter of the potters", "quarter", "gold", "sand"),
    ("Toy town", "quarter", "noon", "candy"),
    ("Rooftops, ten in the morning", "quarter", "clear", "lisbon"),
    ("The planner's model", "quarter", "winter", "mint"),
    ("Night shift, seen from above", "quarter", "night", "lamplit"),
    ("Neon ward", "quarter", "dusk", "neon"),
    ("Grid, with three parks", "quarter", "dawn", "steel"),
    ("A brick city", "quarter", "autumn", "nordic"),
    ("The lamplighters' quarter", "quarter", "night", "amber"),
    ("White walls, blue shade", "quarter", "clear", "mint"),
    ("Gables", "canal", "clear", "nordic"),
    ("The canal holds its breath", "canal", "mist", "nordic"),
    ("Painted houses for sailors", "canal", "noon", "candy"),
    ("Supper lights on the quay", "canal", "dusk", "lamplit"),
    ("Fishermen's row", "canal", "dawn", "candy"),
    ("The lemon house and its neighbours", "canal", "gold", "lisbon"),
    ("Quay in October", "canal", "autumn", "nordic"),
    ("Eight doors and a boat's worth of water", "canal", "rose", "lisbon"),
    ("Winter market closed", "canal", "winter", "mint"),
    ("Umbrellas on the avenue", "street", "dusk", "neon"),
    ("Rain, and every sign twice", "street", "night", "neon"),
    ("The late film lets out", "street", "ember", "amber"),
    ("Wet Monday", "street", "storm", "steel"),
    ("Noodles, third door", "street", "night", "amber"),
    ("Side street towards the sun", "street", "gold", "sand"),
    ("Final approach", "flight", "dusk", "amber"),
    ("Window seat, after midnight", "flight", "night", "steel"),
    ("The city as embers", "flight", "ember", "amber"),
    ("Green sky over the ring road", "flight", "aurora", "lamplit"),
)
