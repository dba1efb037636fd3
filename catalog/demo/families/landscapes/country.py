"""Country below the mountains: dunes, fields, forest, mesas, snow."""

import numpy as np

from catalog.demo import canvas, scenery
from catalog.demo.canvas import Colour, Picture, Size, Sketch
from catalog.demo.families.landscapes.ridges import Rng, sky_over
from catalog.demo.scenery import Mood, Profile


def dunes(rng: Rng, size: Size, mood: Mood) -> Picture:
    """Sand: each dune with a lit and a shadowed side of one long crest, wind ripples on the near ones."""
    width, height = size
    picture = sky_over(rng, size, mood, horizon=0.5)
    warm = canvas.mix(mood.haze, "#d98a4a", 0.6)
    count = int(rng.integers(4, 7))
    for i in range(count):
        near = i / (count - 1)
        shape = scenery.profile(rng, width, lumps=rng.uniform(0.8, 2.2), jagged=0.0, octaves=2)
        line = ((0.46 + 0.36 * near**1.2 - (0.08 + 0.12 * near) * (shape - 0.3)) * height).astype(np.float32)
        top = int(line.min()) - 1
        picture[top:] = canvas.over(
            picture[top:], _sand(rng, size, mood, line, near, warm)[top:], scenery.below(line, height)[top:]
        )
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


def fields(rng: Rng, size: Size, mood: Mood) -> Picture:
    """Rolling farmland with furrows, hedges, cypresses and a house."""
    width, height = size
    picture = sky_over(rng, size, mood, horizon=0.48)
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
        picture = _hedge(
            rng, picture, line, canvas.mix(mood.haze, canvas.mix(mood.near, "#20301a", 0.4), 0.25 + 0.75 * near), near
        )
    return picture


def _furrows(rng: Rng, size: Size, line: Profile, crop: Colour, near: float) -> Picture:
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


def forest(rng: Rng, size: Size, mood: Mood) -> Picture:
    """A spruce forest going back into mist."""
    width, height = size
    picture = sky_over(rng, size, mood, horizon=0.75)
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
        picture = canvas.over(
            picture, canvas.ramp((face, canvas.mix(face, mood.haze, 0.65 * (1 - near * 0.8))), down), mask
        )
    return picture


def mesa(rng: Rng, size: Size, mood: Mood) -> Picture:
    """Buttes of banded rock on a desert floor."""
    width, height = size
    picture = sky_over(rng, size, mood, horizon=0.62)
    x = np.arange(width)
    for i in range(4):
        near, base = i / 3, 0.6 + 0.06 * i
        line = np.full(width, base * height)
        for _ in range(int(rng.integers(1, 4 - (i > 1)))):
            middle, half = rng.uniform(0, width), width * rng.uniform(0.05, 0.2)
            rise, reach = height * rng.uniform(0.12, 0.3) * (0.75 + 0.3 * near), np.abs(x - middle)
            wall = (
                np.clip((half - reach) / (width * 0.012), 0, 1) * 0.68
                + np.clip((half * 1.9 - reach) / half, 0, 1) * 0.32
            )
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


def winter(rng: Rng, size: Size, mood: Mood) -> Picture:
    """Snow fields, bare trees, sometimes a hut with a lit window."""
    width, height = size
    picture = sky_over(rng, size, mood, horizon=0.56)
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
            scenery.bare_tree(
                sketch, rng, (float(x), float(line[x]) + 4), height * (0.05 + 0.14 * near) * rng.uniform(0.8, 1.7)
            )
        picture = canvas.over(picture, canvas.mix(mood.haze, mood.near, 0.35 + 0.65 * near), sketch.plane())
    return picture
