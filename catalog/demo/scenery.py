"""Open air, shared by the families that have a sky: moods, clouds, stars, ridges, trees, still water."""

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from catalog.demo import canvas
from catalog.demo.canvas import Colour, Picture, Plane, Size, Sketch

Profile = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Mood:
    """A time of day: sky from zenith to horizon, the haze of distance, the dark of the foreground, the light."""

    sky: tuple[str, ...]
    haze: str
    near: str
    light: str
    disc: str = ""  # "sun", "moon" or nothing
    height: float = 0.3  # of the disc, 0 = top, 1 = horizon
    clouds: float = 0.3
    stars: bool = False
    tags: tuple[str, ...] = ()


MOODS: dict[str, Mood] = {
    "dawn": Mood(
        ("#5b7ba8", "#a9b4cf", "#f1cdbb", "#fde3c3"),
        "#f0d2c4",
        "#2c3a55",
        "#fff0d0",
        "sun",
        0.86,
        0.3,
        tags=("dawn", "calm"),
    ),
    "rose": Mood(
        ("#6a5a93", "#c07fa6", "#f3a79a", "#fcd9b0"),
        "#e9a9a5",
        "#33254f",
        "#ffe2b8",
        "sun",
        0.9,
        0.55,
        tags=("pink", "dawn"),
    ),
    "noon": Mood(
        ("#2f74c0", "#66a7de", "#b4d9ef", "#e6f2f3"),
        "#bcd7e6",
        "#1f4a3a",
        "#fffbe8",
        "",
        0.1,
        0.75,
        tags=("blue", "day"),
    ),
    "clear": Mood(
        ("#1f66a8", "#4f9bd0", "#9fd0e4", "#d8eee8"),
        "#a5cfdc",
        "#174b48",
        "#ffffff",
        "",
        0.1,
        0.3,
        tags=("blue", "day"),
    ),
    "gold": Mood(
        ("#8a6f6a", "#d69a58", "#f6c56b", "#fdeab0"),
        "#f0c27a",
        "#4a2c22",
        "#fff2c2",
        "sun",
        0.72,
        0.4,
        tags=("golden", "warm"),
    ),
    "ember": Mood(
        ("#2b1b45", "#8a2f5a", "#e2583e", "#fbb04c"),
        "#c9573f",
        "#1d1026",
        "#ffd27a",
        "sun",
        0.93,
        0.6,
        tags=("sunset", "warm"),
    ),
    "dusk": Mood(
        ("#16204a", "#3a4580", "#8f6f9c", "#e7a08c"),
        "#8d7aa2",
        "#101430",
        "#ffd9b8",
        "moon",
        0.3,
        0.35,
        True,
        tags=("dusk", "violet"),
    ),
    "night": Mood(
        ("#050a1e", "#0d1b3d", "#1d3860", "#3c6483"),
        "#34597a",
        "#04091a",
        "#f2f3e4",
        "moon",
        0.35,
        0.2,
        True,
        tags=("night", "blue"),
    ),
    "aurora": Mood(
        ("#04091c", "#0a1d38", "#123c4e", "#2a6a68"),
        "#25585f",
        "#030a14",
        "#d8ffe8",
        "",
        0.3,
        0.0,
        True,
        tags=("night", "green"),
    ),
    "storm": Mood(
        ("#2c343f", "#4d5863", "#78838a", "#b9bfb9"),
        "#8d979a",
        "#1b2227",
        "#e8ead8",
        "",
        0.3,
        1.0,
        tags=("grey", "storm"),
    ),
    "mist": Mood(
        ("#a9b6b4", "#c2cbc6", "#d8dcd3", "#e9e8dc"),
        "#d6dbd2",
        "#2f423f",
        "#fbf8e6",
        "sun",
        0.5,
        0.15,
        tags=("mist", "calm"),
    ),
    "autumn": Mood(
        ("#6f93ad", "#a9c0c4", "#ecd9b0", "#f7d9a0"),
        "#dcb98a",
        "#5b2a18",
        "#fff0c8",
        "sun",
        0.78,
        0.4,
        tags=("autumn", "warm"),
    ),
    "winter": Mood(
        ("#8fa9c4", "#b4c8d9", "#d8e1e8", "#f2ece6"),
        "#ccd9e4",
        "#3a4d63",
        "#fffaf0",
        "sun",
        0.7,
        0.4,
        tags=("winter", "white"),
    ),
}


def profile(
    rng: np.random.Generator, width: int, *, lumps: float, jagged: float, octaves: int = 7, gain: float = 0.5
) -> Profile:
    """(width,) heights in [0, 1]; jagged 0 = rolling, 1 = alpine edges."""
    x = np.linspace(0, 1, width)
    total, weight = np.zeros(width), 1.0
    for octave in range(octaves):
        count = max(2, int(lumps * 2**octave)) + 3
        knots = rng.random(count)
        place = (x + rng.random() / count) * (count - 3) + 0.5
        base = place.astype(int)
        share = place - base
        share = share * jagged + (1 - jagged) * share * share * (3 - 2 * share)
        total += weight * (knots[base] * (1 - share) + knots[base + 1] * share)
        weight *= gain if jagged > 0.3 else gain * 0.55
    return ((total - total.min()) / (np.ptp(total) + 1e-9)).astype(np.float32)


def below(line: Profile, height: int) -> Plane:
    """(height, width): 1 under a line of y in px, antialiased."""
    y = np.arange(height, dtype=np.float32)[:, None]
    return np.clip(y - line[None, :] + 0.5, 0, 1)


def sky(rng: np.random.Generator, size: Size, mood: Mood, *, horizon: float, at: float = 0.5) -> Picture:
    """The whole sky down to `horizon` (a fraction of the height), with its disc at `at` of the width."""
    width, height = size
    y = np.linspace(0, 1 / horizon, height, dtype=np.float32)
    picture = np.repeat(canvas.ramp(mood.sky, y)[:, None, :], width, axis=1)
    if mood.stars:
        picture = canvas.screen(
            picture, stars(rng, size, count=700)[..., None] * (1 - y * 0.8).clip(0, 1)[:, None, None]
        )
    place = (at, mood.height * horizon)
    if mood.disc:
        picture = _disc(picture, size, mood, place)
    if mood.clouds:
        picture = clouds(rng, picture, mood, horizon=horizon, place=place)
    return picture


def _disc(picture: Picture, size: Size, mood: Mood, place: tuple[float, float]) -> Picture:
    x, y = canvas.grid(size, centre=place)
    far = np.sqrt(x * x + y * y)
    radius = 0.045 if mood.disc == "sun" else 0.035
    halo = np.exp(-far * 5) * 0.55 + np.exp(-far * 1.8) * 0.25 if mood.disc == "sun" else np.exp(-far * 9) * 0.4
    picture = canvas.lit(picture, mood.light, halo)
    return canvas.over(picture, mood.light, canvas.smoothstep(radius + 0.0015, radius - 0.0015, far))


def clouds(
    rng: np.random.Generator, picture: Picture, mood: Mood, *, horizon: float, place: tuple[float, float]
) -> Picture:
    """Clouds, long near the horizon, lit from the side of the disc."""
    height, width = picture.shape[:2]
    size = (width, height)
    lumps = canvas.noise(rng, size, cells=float(rng.uniform(2, 4)), octaves=7, stretch=float(rng.uniform(1.8, 3.4)))
    cover = canvas.smoothstep(0.72 - 0.34 * mood.clouds, 1.02 - 0.25 * mood.clouds, lumps)
    bright = canvas.smoothstep(
        -0.10, 0.10, canvas.slope(lumps, right=int((place[0] - 0.5) * width / 30), down=-height // 60)
    )
    y = np.linspace(0, 1 / horizon, height, dtype=np.float32)[:, None]
    tint = canvas.ramp(
        (canvas.mix(mood.sky[1], mood.near, 0.25), mood.haze, canvas.mix(mood.light, mood.sky[-1], 0.3)),
        bright * 0.8 + 0.2 * y,
    )
    return canvas.over(picture, tint, cover * 0.85 * canvas.smoothstep(1.05, 0.75, y))


def stars(rng: np.random.Generator, size: Size, *, count: int) -> Plane:
    """(h, w): points of uneven brightness, the bright ones with a small halo."""
    width, height = size
    plane = np.zeros((height, width), np.float32)
    rows, cols = rng.integers(1, height - 1, count), rng.integers(1, width - 1, count)
    light = (rng.random(count) ** 5 * 0.9 + 0.12).astype(np.float32)
    plane[rows, cols] = light
    for down, right in ((0, 1), (1, 0), (0, -1), (-1, 0)):
        plane[rows + down, cols + right] = np.maximum(plane[rows + down, cols + right], light * light * 0.7)
    return plane


def aurora(rng: np.random.Generator, picture: Picture, colours: tuple[Colour, Colour], *, horizon: float) -> Picture:
    """Two or three hanging curtains of light."""
    height, width = picture.shape[:2]
    y = np.arange(height, dtype=np.float32)[:, None] / (height * horizon)
    for _ in range(3):
        foot = 0.35 + 0.45 * profile(rng, width, lumps=2, jagged=0, octaves=3)[None, :]
        rays = 0.35 + 0.65 * profile(rng, width, lumps=24, jagged=0, octaves=3, gain=0.9)[None, :]
        up = foot - y
        shine = np.where(up > 0, np.exp(-up * (4.5 - 2 * rays)), np.exp(up * 26)) * rays
        tint = canvas.ramp(colours, np.clip(up * 2.2, 0, 1))
        picture = canvas.screen(picture, tint * (shine * 0.55)[..., None])
    return picture


def mirror(
    rng: np.random.Generator, picture: Picture, *, line: int, tint: Colour, ripple: float = 0.5, depth: float = 0.35
) -> Picture:
    """The picture with still water below row `line`: what stands above, broken by ripples, tinted with depth."""
    height, width = picture.shape[:2]
    rows = np.arange(height - line, dtype=np.float32)[:, None]
    near = rows / max(1, height - line)
    small = canvas.noise(rng, (width, height - line), cells=40, octaves=3, stretch=7) - 0.5
    long = canvas.noise(rng, (width, height - line), cells=9, octaves=3, stretch=12) - 0.5
    shift = (small * (6 + 60 * near) + long * 70 * near) * ripple
    source = np.clip(line - 1 - rows * (line / max(line, height - line)) + shift, 0, line - 1).astype(np.int32)
    water = picture[source, np.arange(width)[None, :]]
    water = canvas.over(water, tint, (depth * (0.35 + 0.65 * near)).astype(np.float32) + 0 * small)
    glint = canvas.smoothstep(0.2, 0.5, small + 0.4 * long) * (1 - near) * 0.16
    water = canvas.lit(water, "#ffffff", glint)
    return np.concatenate([picture[:line], water])


def conifer(
    sketch: Sketch, rng: np.random.Generator, foot: tuple[float, float], height: float, colour: Colour | float = 1.0
) -> None:
    """A spruce: drooping tiers either side of a stem."""
    x, y = foot
    tiers = max(5, int(height / 9))
    level = np.linspace(0.04, 1, tiers)
    reach = level**0.85 * height * 0.2
    right, left = [(x, y - height)], []
    for t, r in zip(level, reach, strict=True):
        top = y - height * (1 - t * 0.93)
        a, b = rng.uniform(0.7, 1.15, 2) * r
        right += [(x + a, top + height * 0.03), (x + a * 0.4, top - height * 0.004)]
        left += [(x - b, top + height * 0.03), (x - b * 0.4, top - height * 0.004)]
    sketch.polygon([*right, *reversed(left)], colour)
    sketch.polygon([(x - height * 0.015, y), (x + height * 0.015, y), (x, y - height * 0.5)], colour)


def broadleaf(
    sketch: Sketch, rng: np.random.Generator, foot: tuple[float, float], height: float, colour: Colour | float = 1.0
) -> None:
    """A round tree in full leaf."""
    x, y = foot
    sketch.polygon(
        [
            (x - height * 0.03, y + 2),
            (x + height * 0.03, y + 2),
            (x + height * 0.012, y - height * 0.6),
            (x - height * 0.012, y - height * 0.6),
        ],
        colour,
    )
    for _ in range(26):
        turn, out = rng.uniform(0, 2 * np.pi), np.sqrt(rng.random()) * height * 0.27
        sketch.disc(
            (x + np.cos(turn) * out * 1.05, y - height * 0.66 + np.sin(turn) * out),
            height * rng.uniform(0.07, 0.14),
            colour,
        )


def bare_tree(
    sketch: Sketch, rng: np.random.Generator, foot: tuple[float, float], height: float, colour: Colour | float = 1.0
) -> None:
    """A leafless tree: each branch splits in two, thinner and shorter."""
    ends = [(foot[0], foot[1], -np.pi / 2, height * 0.3, height * 0.045)]
    while ends:
        x, y, turn, length, width = ends.pop()
        right, down = math.cos(turn), math.sin(turn)
        tip = (x + right * length, y + down * length)
        a, b = width * 0.5, width * 0.36
        sketch.polygon(
            [
                (x - down * a, y + right * a),
                (x + down * a, y - right * a),
                (tip[0] + down * b, tip[1] - right * b),
                (tip[0] - down * b, tip[1] + right * b),
            ],
            colour,
        )
        if length > height * 0.035:
            for side in (-1, 1):
                bend = side * rng.uniform(0.2, 0.55) + rng.normal(0, 0.08)
                ends.append((*tip, turn + bend, length * rng.uniform(0.66, 0.84), width * 0.66))
