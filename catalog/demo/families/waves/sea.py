"""Water as a camera sees it: shores from the air, the open sea."""

import numpy as np

from catalog.demo import canvas, scenery
from catalog.demo.canvas import Picture, Plane, Size, Sketch
from catalog.demo.families.waves.inks import Inks, Rng
from catalog.demo.scenery import MOODS


def shore(rng: Rng, size: Size, inks: Inks) -> Picture:
    """Sand, wet sand, lace of foam and the water deepening, seen from above."""
    x, y = canvas.grid(size)
    turn = rng.uniform(-0.9, 0.9) + rng.choice([0, np.pi / 2])
    sway = canvas.noise(rng, size, cells=2.2, octaves=5, gain=0.45) - 0.5
    sea = (x * np.sin(turn) + y * np.cos(turn)) + sway * rng.uniform(0.35, 0.6) + rng.uniform(-0.1, 0.2)
    depth = np.clip(sea * 0.9 + 0.1, 0, 1).astype(np.float32)
    chop = canvas.noise(rng, size, cells=26, octaves=5, gain=0.62)
    water = canvas.ramp(
        (canvas.mix(inks[2], "#f2e3c0", 0.45), inks[2], inks[1], inks[0]), depth**0.75, stops=(0, 0.12, 0.45, 1)
    )
    water = water * (0.84 + 0.32 * chop)[..., None]
    sand_tint = canvas.mix("#ecd9b2", inks[5], 0.12)
    sand = canvas.ramp(
        (canvas.mix(sand_tint, "#7a5a38", 0.55), sand_tint, "#f6ead0"), np.clip(-sea * 3.2, 0, 1) + 0.16 * (chop - 0.5)
    )
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
                colours.polygon(
                    [(x, y), *zip(x + np.cos(a) * radius * 1.2, y + np.sin(a) * radius * 1.2, strict=True)],
                    ink if part % 2 else "#fbf6ea",
                )
    return canvas.over(canvas.shaded(picture, shade.plane() * 0.45), colours.picture(), sketch.plane())


def open_sea(rng: Rng, size: Size, inks: Inks, mood_name: str) -> Picture:
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
    water = canvas.ramp(
        (canvas.mix(inks[0], "#000000", 0.25), inks[0], inks[1], canvas.mix(inks[2], sky_low, 0.5), sky_low), face
    )
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
    across, along = (
        spread * np.cos(turn) + far[:, None] * np.sin(turn) + start[0],
        far[:, None] * np.cos(turn) - spread * np.sin(turn) + start[1],
    )
    tilt, lift = np.zeros((height, width), np.float32), np.zeros((height, width), np.float32)
    levels = np.clip(np.log2(stride * 0.55), 0, 6).astype(int)
    for level in np.unique(levels):
        edge, rows = 1024 >> level, np.flatnonzero(levels == level)
        copy = texture if level == 0 else canvas.resize(texture, (edge, edge))
        steep = canvas.slope(copy, right=0, down=1) * np.float32(9 * rough / (1 + 0.4 * level))
        u, v = (
            (np.abs((w[rows] / (1 << level)) % (2 * edge) - edge) - 0.5).astype(np.int32).clip(0, edge - 1)
            for w in (across, along)
        )
        tilt[rows], lift[rows] = steep[v, u], copy[v, u]
    return np.tanh(tilt), lift
