"""Galaxies: spirals, nebulae, clusters, planets with rings, eclipses and comets, as a long exposure shows them."""

import math
from collections.abc import Callable

import numpy as np

from catalog.demo import canvas
from catalog.demo.canvas import Colour, Picture, Plane, Size
from catalog.demo.drawing import Drawing, edition

SLUG = "galaxies"
NAME = "Galaxies"

Rng = np.random.Generator
Light = tuple[str, ...]  # space, shade, gas, warm gas, core


def draw(rng: Rng, number: int) -> Drawing:
    title, kind, light_name = _PLANS[number % len(_PLANS)]
    light, tag = _LIGHTS[light_name]
    expose, description, tags = _KINDS[kind]
    size = canvas.choose_size(rng)
    picture = canvas.vignette(expose(rng, size, light), 0.3)
    return Drawing(
        title=edition(title, number, len(_PLANS)),
        description=description,
        tags=("space", "night", *tags, tag),
        image=canvas.finish(picture, rng=rng, grain=0.014),
    )


# --- what every exposure has -----------------------------------------------------------------------------------------


def _space(rng: Rng, size: Size, light: Light, *, gas: float = 0.25) -> Picture:
    """Dark sky with a breath of gas, painted small and enlarged."""
    half = _half(size)
    cloud = canvas.noise(rng, half, cells=1.6, octaves=6, gain=0.55)
    base = canvas.ramp((light[0], canvas.mix(light[0], light[1], 0.6), light[1]), (cloud - 0.35) * gas * 2)
    return _enlarged(base, size)


def _half(size: Size) -> Size:
    return (size[0] + 1) // 2, (size[1] + 1) // 2


def _enlarged(picture: Picture, size: Size) -> Picture:
    planes = (canvas.resize(np.ascontiguousarray(picture[..., i]), size) for i in range(3))
    return np.clip(np.stack(list(planes), axis=-1), 0, 1)


def _with_stars(rng: Rng, picture: Picture, *, count: int, bright: int = 6, colours: tuple[str, ...] = ("#ffffff", "#cfe0ff", "#ffe6c4", "#ffd0b0")) -> Picture:
    """Points of every brightness, and a few stars with halo and spikes."""
    height, width = picture.shape[:2]
    picture = picture.copy()
    rows, cols = rng.integers(1, height - 2, count), rng.integers(1, width - 2, count)
    tint = np.array([canvas.rgb(c) for c in colours], np.float32)[rng.integers(0, len(colours), count)]
    power = (0.1 + 0.9 * rng.random(count) ** 6).astype(np.float32)[:, None]
    for down, right, share in ((0, 0, 1.0), (0, 1, 0.45), (1, 0, 0.45), (0, -1, 0.45), (-1, 0, 0.45), (1, 1, 0.2), (-1, -1, 0.2)):
        near = power if (down, right) == (0, 0) else power**1.6 * share
        picture[rows + down, cols + right] = 1 - (1 - picture[rows + down, cols + right]) * (1 - tint * near)
    for _ in range(bright):
        place = (float(rng.uniform(0.04, 0.96)) * width, float(rng.uniform(0.04, 0.96)) * height)
        picture = _star(picture, place, rng.uniform(0.006, 0.02) * min(width, height), str(rng.choice(colours)))
    return picture


def _star(picture: Picture, place: tuple[float, float], radius: float, colour: Colour) -> Picture:
    """One bright star with four spikes; works in place on its own square."""
    height, width = picture.shape[:2]
    reach = int(radius * 9)
    left, top = max(0, int(place[0]) - reach), max(0, int(place[1]) - reach)
    part = np.s_[top : min(height, top + 2 * reach), left : min(width, left + 2 * reach)]
    x = np.abs(np.arange(left, left + picture[part].shape[1], dtype=np.float32) - place[0])[None, :]
    y = np.abs(np.arange(top, top + picture[part].shape[0], dtype=np.float32) - place[1])[:, None]
    far = np.hypot(x, y) / radius
    spikes = np.exp(-y / 0.9) * np.exp(-x / radius / 1.7) + np.exp(-x / 0.9) * np.exp(-y / radius / 1.7)
    shine = 1.2 * np.exp(-far * far * 5) + 0.4 * np.exp(-far * 1.5) + 0.8 * spikes
    fade = np.clip(1 - far / 8, 0, 1)
    tint = canvas.mix(colour, "#ffffff", 0.6) * np.clip(shine * fade, 0, 1)[..., None]
    picture[part] = canvas.screen(picture[part], tint.astype(np.float32))
    return picture


def _warped(rng: Rng, size: Size, *, cells: float, strength: float, octaves: int = 7, ridged: bool = False) -> Plane:
    """Noise pulled about by noise: smoke rather than cloud."""
    width, height = size
    field = canvas.noise(rng, size, cells=cells, octaves=octaves, gain=0.56)
    right, down = (canvas.noise(rng, size, cells=cells * 0.7, octaves=4) - 0.5 for _ in range(2))
    rows = np.clip(np.arange(height)[:, None] + down * strength * height, 0, height - 1).astype(np.int32)
    cols = np.clip(np.arange(width)[None, :] + right * strength * width, 0, width - 1).astype(np.int32)
    field = field[rows, cols]
    return (1 - np.abs(2 * field - 1)) if ridged else field


# --- kinds -----------------------------------------------------------------------------------------------------------


def _spiral(rng: Rng, size: Size, light: Light) -> Picture:
    """A disc with two or more arms, dust between them, knots of young stars along them."""
    half, space = _half(size), _space(rng, size, light)
    x, y = canvas.grid(half, centre=(rng.uniform(0.42, 0.58), rng.uniform(0.42, 0.58)))
    turn, tilt, reach = rng.uniform(0, math.pi), rng.uniform(0.32, 1.0), rng.uniform(0.5, 0.8)
    u, v = (x * math.cos(turn) + y * math.sin(turn)) / reach, (y * math.cos(turn) - x * math.sin(turn)) / reach / tilt
    radius, angle = np.hypot(u, v), np.arctan2(v, u)
    arms, wind = int(rng.choice([2, 2, 3, 4])), rng.uniform(2.4, 4.6) * rng.choice([-1, 1])
    clump = canvas.noise(rng, half, cells=9, octaves=6, gain=0.62)
    soft = canvas.noise(rng, half, cells=3, octaves=4)
    phase = arms * angle + wind * arms / 2 * np.log(radius + 0.06) + (soft - 0.5) * 2.4
    arm, dust = (0.5 + 0.5 * np.cos(phase)) ** 1.5, (0.5 + 0.5 * np.cos(phase + 1.1)) ** 4
    inner, disc = canvas.smoothstep(0.42, 0.06, radius), np.exp(-radius * 1.9)
    glow = disc * (0.16 + (0.15 + 0.9 * np.maximum(arm, 0.75 * inner)) * (0.3 + 0.8 * clump)) * canvas.smoothstep(1.3, 0.6, radius)
    glow = glow * (1 - 0.8 * dust * (0.35 + 0.9 * clump) * canvas.smoothstep(0.06, 0.25, radius))
    colour = canvas.ramp((light[2], canvas.mix(light[2], light[4], 0.5), light[4]), np.clip(1.15 - radius * 1.5, 0, 1))
    picture = canvas.screen(canvas.resize(glow, size)[..., None] * _enlarged(colour, size) * 1.35, space)
    knots = canvas.smoothstep(0.62, 0.85, clump) * arm**2 * canvas.smoothstep(0.1, 0.3, radius) * disc * 2.4
    picture = canvas.lit(picture, light[3], canvas.resize(knots.astype(np.float32), size))
    core = np.exp(-radius * 8) * 0.6 + np.exp(-radius * 26) * 0.8
    picture = canvas.lit(picture, canvas.mix(light[4], "#ffffff", 0.4), canvas.resize(core.astype(np.float32), size))
    sparks = canvas.noise(rng, size, cells=220, octaves=1) ** 9 * canvas.resize(np.clip(glow * 2.2, 0, 1).astype(np.float32), size)
    return _with_stars(rng, canvas.lit(picture, "#ffffff", sparks), count=500, bright=int(rng.integers(2, 7)))


def _nebula(rng: Rng, size: Size, light: Light) -> Picture:
    """Glowing gas in filaments, dark lanes in front, young stars within."""
    half = _half(size)
    gas, thread = _warped(rng, half, cells=rng.uniform(1.5, 2.6), strength=0.35), _warped(rng, half, cells=2.4, strength=0.4, ridged=True)
    dark = _warped(rng, half, cells=3.2, strength=0.25)
    x, y = canvas.grid(half, centre=(rng.uniform(0.3, 0.7), rng.uniform(0.3, 0.7)))
    heart = np.exp(-(x * x + y * y) * rng.uniform(3, 7))
    body = np.clip(gas * 0.9 + 0.45 * heart - 0.32, 0, 1)
    colour = canvas.ramp((light[0], light[1], light[2], light[3], light[4]), np.clip(body * 0.95 + 0.22 * heart * thread, 0, 1))
    colour = canvas.lit(colour, light[3], (thread**5 * body * 0.85).astype(np.float32))
    colour = canvas.shaded(colour, canvas.smoothstep(0.5, 0.72, dark) * 0.72)
    colour = canvas.lit(colour, light[4], (heart**3 * 0.5 * gas).astype(np.float32))
    picture = canvas.glow(_enlarged(colour, size), radius=min(size) * 0.02, strength=0.4)
    return _with_stars(rng, picture, count=1100, bright=int(rng.integers(5, 13)))


def _planet(rng: Rng, size: Size, light: Light) -> Picture:
    """A banded or a stony world, lit from one side, at times with rings and moons."""
    picture = _with_stars(rng, _space(rng, size, light, gas=rng.uniform(0.2, 0.8)), count=700, bright=3)
    ringed = rng.random() < 0.5
    place, radius = (rng.uniform(0.38, 0.62), rng.uniform(0.38, 0.62)), rng.uniform(0.2, 0.26) if ringed else rng.uniform(0.26, 0.42)
    sun = rng.uniform(-0.9, 0.9) + rng.choice([0, math.pi])
    axis = rng.uniform(-0.5, 0.5)
    surface = _banded if rng.random() < 0.6 else _stony
    picture = _ball(rng, picture, place, radius, sun, axis, surface, light)
    if ringed:
        picture = _rings(rng, picture, place, radius, axis, light)
    for _ in range(int(rng.integers(0, 4))):
        moon = (float(rng.uniform(0.08, 0.92)), float(rng.uniform(0.08, 0.92)))
        if math.dist(moon, place) > radius * 1.4:
            picture = _ball(rng, picture, moon, rng.uniform(0.012, 0.04), sun, axis, _stony, light)
    return picture


Surface = Callable[[Rng, Size, Plane, Plane, Light], Picture]


def _ball(rng: Rng, picture: Picture, place: tuple[float, float], radius: float, sun: float, axis: float, surface: Surface, light: Light) -> Picture:
    """A lit sphere with its air, drawn on its own square of the picture."""
    height, width = picture.shape[:2]
    unit = min(width, height) * radius
    left, top = max(0, int(place[0] * width - unit * 1.35)), max(0, int(place[1] * height - unit * 1.35))
    part = np.s_[top : min(height, int(place[1] * height + unit * 1.35)), left : min(width, int(place[0] * width + unit * 1.35))]
    rows, cols = picture[part].shape[:2]
    x = ((np.arange(cols, dtype=np.float32) + left - place[0] * width) / unit)[None, :]
    y = ((np.arange(rows, dtype=np.float32) + top - place[1] * height) / unit)[:, None]
    far = x * x + y * y
    z = np.sqrt(np.clip(1 - far, 0, 1))
    u, v = x * math.cos(axis) + y * math.sin(axis), y * math.cos(axis) - x * math.sin(axis)
    lit = np.clip(x * math.cos(sun) + y * math.sin(sun) * 0.7 + z * 0.45, 0, 1)
    colours = surface(rng, (cols, rows), np.arctan2(u, z + 1e-3), np.arcsin(np.clip(v, -1, 1)), light)
    colours = colours * (lit**0.8 * 1.15 + 0.015)[..., None]
    rim = (1 - z) ** 3 * (lit + 0.08) * 0.9
    colours = canvas.lit(np.clip(colours, 0, 1), canvas.mix(light[2], "#dff0ff", 0.5), rim)
    edge = np.sqrt(far)
    air = np.exp(-np.clip(edge - 1, 0, 9) * 16) * np.clip(x * math.cos(sun) + y * math.sin(sun) + 0.35, 0, 1) * 0.5
    picture = picture.copy()
    picture[part] = canvas.lit(picture[part], light[2], air * (edge > 1) * canvas.smoothstep(1.34, 1.1, edge))
    picture[part] = canvas.over(picture[part], colours, canvas.smoothstep(1 + 1 / unit, 1 - 1 / unit, edge))
    return picture


def _banded(rng: Rng, size: Size, longitude: Plane, latitude: Plane, light: Light) -> Picture:
    swirl = _warped(rng, size, cells=4, strength=0.12)
    bands = latitude * rng.uniform(2.2, 4.5) + (swirl - 0.5) * rng.uniform(0.3, 0.9)
    tone = 0.5 + 0.28 * np.sin(bands * 3.1) + 0.17 * np.sin(bands * 7.7 + 1) + 0.12 * np.sin(bands * 17)
    spot = np.exp(-(((longitude - rng.uniform(-0.5, 0.5)) / 0.22) ** 2) - ((latitude - rng.uniform(-0.4, 0.4)) / 0.11) ** 2)
    return canvas.ramp((light[1], light[2], light[4], light[3], light[4]), np.clip(tone + 0.5 * spot + 0.1 * (swirl - 0.5), 0, 1))


def _stony(rng: Rng, size: Size, longitude: Plane, latitude: Plane, light: Light) -> Picture:
    land = canvas.noise(rng, size, cells=rng.uniform(2.5, 5), octaves=8, gain=0.58)
    relief = canvas.slope(land, right=3, down=2) * 5
    colours = canvas.ramp((canvas.mix(light[1], light[0], 0.4), light[1], light[2], light[4], "#ffffff"), np.clip(land * 1.05 - 0.05, 0, 1))
    ice = canvas.smoothstep(1.0, 1.25, np.abs(latitude) + 0.35 * (land - 0.5))
    return np.clip(canvas.over(colours + relief[..., None], "#f6fbff", ice), 0, 1)


def _rings(rng: Rng, picture: Picture, place: tuple[float, float], radius: float, axis: float, light: Light) -> Picture:
    height, width = picture.shape[:2]
    x, y = canvas.grid((width, height), centre=place)
    tilt = rng.uniform(0.14, 0.42)
    u, v = x * math.cos(axis) + y * math.sin(axis), (y * math.cos(axis) - x * math.sin(axis)) / tilt
    far = np.hypot(u, v) / radius
    grooves = np.interp(far.ravel(), np.linspace(1.25, 2.3, 260), canvas.noise(rng, (260, 8), cells=1, octaves=6, stretch=0.05)[3] * np.sin(np.linspace(0.02, 3.1, 260)) ** 0.3)
    strength = grooves.reshape(far.shape).astype(np.float32) * canvas.smoothstep(1.25, 1.28, far) * canvas.smoothstep(2.3, 2.27, far)
    behind = (np.hypot(x, y) < radius) & (v < 0)
    shade = canvas.smoothstep(1.05, 0.9, np.abs(y / radius)) * (u * 0.9 < -0.2 * radius) * 0.4 * (v < 0)
    tint = canvas.ramp((light[3], light[4], "#fff8ea"), np.clip((far - 1.2) / 1.1, 0, 1)) * (1 - shade)[..., None]
    return canvas.over(picture, tint.astype(np.float32), np.clip(strength * 1.35, 0, 0.92) * ~behind)


def _cluster(rng: Rng, size: Size, light: Light) -> Picture:
    """Some tens of thousands of stars falling towards one middle."""
    width, height = size
    picture = _with_stars(rng, _space(rng, size, light), count=900, bright=2)
    count, spread = int(rng.integers(9000, 18000)), min(size) * rng.uniform(0.08, 0.14)
    far, turn = spread * np.abs(rng.standard_t(2.2, count)), rng.uniform(0, 2 * math.pi, count)
    middle = np.array([rng.uniform(0.4, 0.6) * width, rng.uniform(0.4, 0.6) * height])
    cols, rows = (middle[:, None] + far * np.array([np.cos(turn), np.sin(turn) * rng.uniform(0.75, 1.0)])).astype(int)
    inside = (cols >= 0) & (cols < width) & (rows >= 0) & (rows < height)
    tint = canvas.ramp((light[2], "#ffffff", light[4], light[3]), rng.random(count).astype(np.float32)) * (0.16 + rng.random(count) ** 5)[:, None]
    field = np.zeros((height, width, 3), np.float32)
    np.add.at(field, (rows[inside], cols[inside]), tint[inside].astype(np.float32))
    field = np.clip(field + canvas.blur(field, 1.3) * 5 + canvas.blur(np.clip(field, 0, 2), min(size) * 0.03) * 1.6, 0, 1)
    picture = canvas.screen(picture, field)
    for _ in range(int(rng.integers(8, 22))):
        place = middle + rng.normal(0, spread * 1.8, 2)
        if (place > 8).all() and (place < np.array(size) - 8).all():
            picture = _star(picture, (float(place[0]), float(place[1])), rng.uniform(0.005, 0.013) * min(size), str(rng.choice([light[4], light[2], light[3]])))
    return picture


def _deep_field(rng: Rng, size: Size, light: Light) -> Picture:
    """A small piece of sky, and hundreds of galaxies in it."""
    width, height = size
    picture = _space(rng, size, light, gas=0.1)
    for _ in range(140):
        reach = min(size) * (0.007 + 0.1 * rng.random() ** 6)
        x0, y0, r = rng.uniform(0, width), rng.uniform(0, height), int(reach * 3) + 2
        part = np.s_[max(0, int(y0) - r) : min(height, int(y0) + r), max(0, int(x0) - r) : min(width, int(x0) + r)]
        y, x = np.ogrid[part]
        turn, tilt = rng.uniform(0, math.pi), rng.uniform(0.2, 1)
        u, v = (x - x0) * math.cos(turn) + (y - y0) * math.sin(turn), ((y - y0) * math.cos(turn) - (x - x0) * math.sin(turn)) / tilt
        far, angle = np.hypot(u, v) / reach, np.arctan2(v, u)
        arms = 0.7 + 0.5 * np.cos(2 * angle + 5 * np.log(far + 0.1)) if reach > min(size) * 0.014 else 1.0
        shine = (np.exp(-far * 2.4) * arms + np.exp(-far * far * 18)) * np.clip(1 - far / 3, 0, 1) * rng.uniform(0.5, 1)
        tint = canvas.vary(rng, str(rng.choice([light[2], light[3], light[4], "#fff0d8"])), 0.06)
        picture[part] = canvas.lit(picture[part], tint, np.clip(shine, 0, 1).astype(np.float32))
    return _with_stars(rng, picture, count=200, bright=int(rng.integers(3, 8)))


def _eclipse(rng: Rng, size: Size, light: Light) -> Picture:
    """A black disc and the streamers of the light behind it."""
    place = (rng.uniform(0.4, 0.6), rng.uniform(0.38, 0.6))
    x, y = canvas.grid(size, centre=place)
    radius = rng.uniform(0.14, 0.23)
    far, turn = np.hypot(x, y) / radius, np.arctan2(y, x) / (2 * math.pi) + 0.5
    ring = canvas.noise(rng, (720, 6), cells=1, octaves=7, gain=0.7, stretch=0.03)[2]
    ring = 0.5 * (ring + ring[::-1])
    rays = np.interp((turn + 0.015 * np.sin(far * 4)).ravel(), np.linspace(0, 1, 720), ring).reshape(far.shape).astype(np.float32)
    out = np.clip(far - 1, 0, 9)
    corona = np.exp(-out * (3.6 - 3.1 * rays)) * 0.85 + np.exp(-out * 16) * 0.6
    picture = _with_stars(rng, _space(rng, size, light, gas=0.3), count=350, bright=1)
    tint = canvas.ramp(("#ffffff", light[4], light[3], light[2]), np.clip(out * 0.8, 0, 1))
    picture = canvas.screen(picture, tint * corona[..., None])
    picture = canvas.over(picture, canvas.mix(light[0], "#000000", 0.7), canvas.smoothstep(1.004, 0.996, far))
    bead = rng.uniform(0, 2 * math.pi)
    spot = ((place[0] * size[0]) + math.cos(bead) * radius * min(size), (place[1] * size[1]) + math.sin(bead) * radius * min(size))
    return _star(picture, spot, min(size) * rng.uniform(0.014, 0.03), light[4])


def _comet(rng: Rng, size: Size, light: Light) -> Picture:
    """A head with its two tails, the dust bent and the gas straight."""
    picture = _with_stars(rng, _space(rng, size, light, gas=0.5), count=1200, bright=6)
    x, y = canvas.grid(size, centre=(rng.uniform(0.2, 0.4), rng.uniform(0.55, 0.8)))
    turn = -rng.uniform(0.5, 1.0)
    u, v = x * math.cos(turn) + y * math.sin(turn), y * math.cos(turn) - x * math.sin(turn)
    smoke = canvas.noise(rng, size, cells=6, octaves=6, stretch=1.5)
    for bend, wide, tint, power in ((0.34, 0.20, light[4], 0.85), (-0.04, 0.07, light[2], 0.7)):
        along = np.clip(u, 0, None)
        across = (v + bend * along * along) / (0.012 + wide * along)
        tail = np.exp(-across * across * 1.6) * np.exp(-along * 1.5) * canvas.smoothstep(-0.01, 0.06, u) * (0.55 + 0.7 * smoke)
        picture = canvas.lit(picture, tint, tail * power)
    head = np.exp(-np.hypot(x, y) * 26) + 0.9 * np.exp(-np.hypot(x, y) * 90)
    return canvas.lit(picture, canvas.mix(light[2], "#ffffff", 0.6), np.clip(head, 0, 1))


Exposure = Callable[[Rng, Size, Light], Picture]
_KINDS: dict[str, tuple[Exposure, str, tuple[str, ...]]] = {
    "spiral": (_spiral, "A spiral galaxy, dust between its arms and young stars along them.", ("galaxy", "stars")),
    "nebula": (_nebula, "Glowing gas in filaments with young stars inside.", ("nebula", "stars")),
    "planet": (_planet, "A world lit from one side, alone with its stars.", ("planet",)),
    "cluster": (_cluster, "Thousands of stars round one middle.", ("stars",)),
    "deep": (_deep_field, "A small piece of sky and hundreds of galaxies in it.", ("galaxy", "stars")),
    "eclipse": (_eclipse, "A black disc, and the streamers of the light behind it.", ("sun", "minimal")),
    "comet": (_comet, "A comet with its two tails.", ("stars", "minimal")),
}
_LIGHTS: dict[str, tuple[Light, str]] = {
    "blue": (("#03050f", "#0f2350", "#5a8de0", "#f07a9a", "#fff0d0"), "blue"),
    "rose": (("#08030c", "#3a1240", "#c04a8a", "#ff8a7a", "#ffe6c8"), "pink"),
    "teal": (("#02080c", "#0a3a44", "#3ab0a8", "#f0a050", "#fff2d8"), "green"),
    "ember": (("#080303", "#481408", "#c8501c", "#ffb04a", "#fff0c8"), "warm"),
    "violet": (("#05030f", "#2a1660", "#8a5ae0", "#f078c0", "#f8e8ff"), "violet"),
    "gold": (("#050408", "#2c2430", "#b08a50", "#f0c060", "#fff4d8"), "golden"),
    "ice": (("#03060c", "#1c3248", "#8ac0e0", "#d8e8f4", "#ffffff"), "white"),
}

_PLANS = (
    ("A wheel that takes an age to turn", "spiral", "blue"),
    ("The island next door", "spiral", "gold"),
    ("Pinwheel, pink arms", "spiral", "rose"),
    ("Someone else's sky", "spiral", "violet"),
    ("Slow storm of suns", "spiral", "teal"),
    ("Seen at an angle", "spiral", "ice"),
    ("The burning wheel", "spiral", "ember"),
    ("The lantern and its moths", "spiral", "blue"),
    ("Whirlpool, no ship", "spiral", "gold"),
    ("Nursery", "nebula", "rose"),
    ("The curtain before the stars", "nebula", "blue"),
    ("Smoke of a dead sun", "nebula", "ember"),
    ("Orchid cloud", "nebula", "violet"),
    ("Sea-green remnant", "nebula", "teal"),
    ("Breath on a cold window", "nebula", "ice"),
    ("The furnace, from far away", "nebula", "gold"),
    ("Where the young stars hide", "nebula", "violet"),
    ("Coral in the dark", "nebula", "rose"),
    ("Lighthouse in the gas", "nebula", "teal"),
    ("Old neighbour with rings", "planet", "gold"),
    ("Morning on the ringed world", "planet", "ember"),
    ("World without a name", "planet", "blue"),
    ("Ice and a thin air", "planet", "ice"),
    ("The violet shore", "planet", "violet"),
    ("A marble somebody lost", "planet", "teal"),
    ("Rose world, seen in passing", "planet", "rose"),
    ("Approach, day forty", "planet", "blue"),
    ("Rust and weather", "planet", "ember"),
    ("The quiet giant", "planet", "teal"),
    ("Ten thousand lamps", "cluster", "gold"),
    ("Beehive", "cluster", "blue"),
    ("Salt thrown on black cloth", "cluster", "ice"),
    ("City of old red stars", "cluster", "ember"),
    ("A thumbnail of sky", "deep", "gold"),
    ("Everything, very small", "deep", "blue"),
    ("Far rooms with the light on", "deep", "rose"),
    ("Noon goes out", "eclipse", "gold"),
    ("The black sun", "eclipse", "violet"),
    ("Visitor from the cold", "comet", "teal"),
    ("It will be back in four thousand years", "comet", "blue"),
)
