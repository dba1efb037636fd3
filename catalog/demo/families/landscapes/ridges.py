"""Mountains: ridges lit by their spurs, snow, spruces, and what they stand in."""

from collections.abc import Sequence

import numpy as np

from catalog.demo import canvas, scenery
from catalog.demo.canvas import Picture, Plane, Size, Sketch
from catalog.demo.scenery import MOODS, Mood, Profile

Rng = np.random.Generator


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
                ridge = _snow(
                    ridge, mood, near, light, (rows - line.min()) / np.ptp(line) + 1.1 * (rock[top:end] - 0.5)
                )
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
    return canvas.over(
        ridge, canvas.ramp((blue, white), 0.55 + light * 0.9), canvas.smoothstep(0.62, 0.4, depth) * 0.92
    )


def ranges(rng: Rng, size: Size, mood: Mood) -> Picture:
    """Range behind range, spruces on the nearest."""
    width, height = size
    picture = sky_over(rng, size, mood, horizon=0.62)
    count = int(rng.integers(5, 8))
    lines = []
    for i in range(count):
        near = i / (count - 1)
        base, rise = 0.46 + 0.42 * near, (0.3 - 0.16 * near) * rng.uniform(0.75, 1.15)
        shape = scenery.profile(rng, width, lumps=rng.uniform(1.5, 3.5), jagged=1 - 0.6 * near, gain=0.5)
        lines.append(((base - rise * (shape - 0.25)) * height).astype(np.float32))
    picture = _layers(rng, picture, mood, lines, snow=int(rng.integers(0, 3)))
    return _spruces(
        rng, picture, mood, lines[-1], count=int(rng.integers(30, 80)), tall=height * rng.uniform(0.08, 0.15)
    )


def _spruces(rng: Rng, picture: Picture, mood: Mood, line: Profile, *, count: int, tall: float) -> Picture:
    height, width = picture.shape[:2]
    sketch = Sketch((width, height))
    dense = scenery.profile(rng, width, lumps=4, jagged=0)
    for _ in range(count):
        x = int(rng.integers(width))
        if rng.random() < dense[x] ** 1.5 + 0.08:
            scenery.conifer(sketch, rng, (x, float(line[x]) + tall * 0.12), tall * rng.uniform(0.5, 1.2))
    return canvas.over(picture, canvas.mix(mood.near, "#000000", 0.35), sketch.plane())


def lake(rng: Rng, size: Size, mood: Mood) -> Picture:
    """Mountains and their reflection, a dark shore in front."""
    width, height = size
    shore = rng.uniform(0.52, 0.62)
    picture = sky_over(rng, size, mood, horizon=shore)
    lines = []
    for i, rise in enumerate((0.36, 0.26, 0.15, 0.06)):
        shape = scenery.profile(rng, width, lumps=rng.uniform(1.2, 2.8), jagged=0.95 - 0.2 * i)
        lines.append(((shore + 0.01 - rise * rng.uniform(0.75, 1.1) * shape) * height).astype(np.float32))
    picture = _layers(rng, picture, mood, lines, snow=int(rng.integers(1, 3)))
    picture = _spruces(rng, picture, mood, lines[-1], count=120, tall=height * 0.05)
    line = int(shore * height)
    picture = scenery.mirror(
        rng, picture, line=line, tint=canvas.mix(mood.near, mood.sky[0], 0.4), ripple=rng.uniform(0.15, 0.55)
    )
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


def island(rng: Rng, size: Size, mood: Mood) -> Picture:
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
    picture = scenery.mirror(
        rng, picture, line=line, tint=canvas.mix(mood.sky[0], mood.near, 0.35), ripple=1.0, depth=0.6
    )
    return _light_path(rng, picture, mood, line, at)


def _light_path(rng: Rng, picture: Picture, mood: Mood, line: int, at: float) -> Picture:
    height, width = picture.shape[:2]
    near = (np.arange(height - line, dtype=np.float32)[:, None] + 1) / (height - line)
    x = (np.arange(width, dtype=np.float32)[None, :] / width - at) / (0.03 + 0.17 * near)
    sparkle = canvas.noise(rng, (width, height - line), cells=60, octaves=3, stretch=6)
    shine = np.exp(-x * x) * canvas.smoothstep(0.42, 0.75, sparkle) * (0.75 if mood.disc else 0.2)
    return np.concatenate([picture[:line], canvas.lit(picture[line:], mood.light, shine)])


def volcano(rng: Rng, size: Size, mood: Mood) -> Picture:
    """One great cone with its snow cap over low hills and, at times, a lake."""
    width, height = size
    picture = sky_over(rng, size, mood, horizon=0.66)
    x, top = np.arange(width) / width - rng.uniform(0.35, 0.65), rng.uniform(0.2, 0.3)
    cone = 0.66 - (0.66 - top) * np.exp(-np.abs(x) * rng.uniform(3.6, 5.2)) * 1.12
    rough = (scenery.profile(rng, width, lumps=14, jagged=1) - 0.5) * 0.018
    lines = [(np.maximum(cone, top + 0.02) + rough) * height]
    lines += [(base - 0.07 * scenery.profile(rng, width, lumps=3, jagged=0.4)) * height for base in (0.66, 0.72)]
    picture = _layers(rng, picture, mood, [v.astype(np.float32) for v in lines], snow=1)
    picture = _spruces(rng, picture, mood, lines[-1].astype(np.float32), count=150, tall=height * 0.04)
    return scenery.mirror(
        rng, picture, line=int(height * 0.74), tint=canvas.mix(mood.near, mood.sky[1], 0.4), ripple=0.35
    )


def sky_over(rng: Rng, size: Size, mood: Mood, *, horizon: float) -> Picture:
    picture = scenery.sky(rng, size, mood, horizon=horizon, at=float(rng.uniform(0.2, 0.8)))
    if mood is MOODS["aurora"]:
        picture = scenery.aurora(rng, picture, ("#5dffb0", "#7a5cff"), horizon=horizon)
    return picture
