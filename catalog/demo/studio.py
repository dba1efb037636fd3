"""A photographer's studio for things: backdrops, light on curved surfaces, and the shadows things throw.

Light comes from the upper left, in front. Normals are (x right, y up, z towards the viewer) planes.
"""

from typing import NamedTuple

import numpy as np
from PIL import Image

from catalog.demo import canvas
from catalog.demo.canvas import Colour, Picture, Plane, Points, Size

LIGHT = (-0.52, 0.58, 0.63)
BACKDROPS = ("sweep", "table", "arch", "disc", "window", "split")


class Normals(NamedTuple):
    x: Plane
    y: Plane
    z: Plane


def backdrop(
    rng: np.random.Generator, size: Size, *, kind: str, wall: Colour, floor: Colour, accent: Colour, horizon: float
) -> Picture:
    """Wall above, floor below `horizon` (a fraction of the height), of one of BACKDROPS."""
    x, y = canvas.grid(size, centre=(0.5, horizon))
    edge = {"sweep": 0.16, "table": 0.0012, "arch": 0.01, "disc": 0.06, "window": 0.1, "split": 0.0012}[kind]
    picture = canvas.over(canvas.filled(size, wall), canvas.rgb(floor), canvas.smoothstep(-edge, edge, y + 0 * x))
    if kind == "arch":
        picture = _arch(picture, accent, x, y)
    elif kind == "disc":
        disc = canvas.smoothstep(0.352, 0.348, np.hypot(x - rng.uniform(-0.12, 0.12), y + 0.33))
        picture = canvas.over(picture, canvas.rgb(accent), disc * canvas.smoothstep(0.02, -0.02, y + 0 * x))
    elif kind == "split":
        side = canvas.smoothstep(-0.0012, 0.0012, x - rng.uniform(-0.14, 0.14) + 0 * y)
        picture = canvas.over(picture, canvas.rgb(accent), side * canvas.smoothstep(0.001, -0.001, y + 0 * x))
    if kind == "window":
        picture = _window(rng, picture, x, y)
    pool = np.exp(-(((x + 0.25) / 0.75) ** 2 + ((y + 0.25) / 0.7) ** 2))
    picture = picture * (0.8 + 0.27 * pool[..., None])
    plaster = canvas.noise(rng, size, cells=4, octaves=6, gain=0.6) - 0.5
    return np.clip(picture * (1 + 0.045 * plaster[..., None]), 0, 1).astype(np.float32)


def _arch(picture: Picture, accent: Colour, x: Plane, y: Plane) -> Picture:
    """A niche in the wall with its own shade along the left edge."""
    top = -0.42
    reach = np.where(y < top, np.hypot(x, y - top), np.abs(x) + 0 * y)
    niche = canvas.smoothstep(0.332, 0.328, reach.astype(np.float32)) * canvas.smoothstep(0.004, -0.004, y + 0 * x)
    picture = canvas.over(picture, canvas.rgb(accent), niche)
    inner = np.where(y < top, np.hypot(x - 0.05, y - top - 0.04), np.abs(x - 0.05) + 0 * y)
    return canvas.shaded(picture, 0.3 * niche * canvas.smoothstep(0.27, 0.34, inner.astype(np.float32)))


def _window(rng: np.random.Generator, picture: Picture, x: Plane, y: Plane) -> Picture:
    """Sunlight through a window with panes, slanted over the wall."""
    slant = x + 0.45 * y + rng.uniform(-0.1, 0.15)
    drop = y + 0.12 * x + 0.38
    soft = 0.014
    light = np.ones_like(slant)
    for value, half, panes in ((slant, 0.34, 3), (drop, 0.36, 3)):
        light = light * canvas.smoothstep(half + soft, half - soft, np.abs(value))
        place = (value + half) / (2 * half) * panes
        bar = np.abs(place - np.round(place)) * 2 * half / panes
        light = light * canvas.smoothstep(0.002, 0.018, bar)
    return canvas.screen(picture * 0.86, canvas.rgb("#ffe9c4") * (0.34 * light[..., None]))


def light_up(
    colour: Picture | Colour, normals: Normals, *, gloss: float, bounce: Colour, ambient: float = 0.42
) -> Picture:
    """The colour lit: soft daylight, light bounced from the floor, and for gloss > 0 a window's reflection."""
    paint = colour if isinstance(colour, np.ndarray) else canvas.rgb(colour)
    facing = normals.x * LIGHT[0] + normals.y * LIGHT[1] + normals.z * LIGHT[2]
    day = np.clip(facing * 0.62 + 0.38, 0, 1) ** 1.25
    below = np.clip(-normals.y * 0.7 + 0.25 * normals.x, 0, 1) * 0.32
    picture = paint * (ambient * 0.55 + 0.92 * day)[..., None] + paint * canvas.rgb(bounce) * below[..., None]
    picture = picture * (1 - 0.35 * np.clip(1 - normals.z, 0, 1) ** 3)[..., None]
    sheen = np.clip(facing, 0, 1) ** 14 * 0.16 * (0.4 + gloss)
    picture = picture + sheen[..., None]
    if gloss:
        picture = picture + (gloss * reflections(normals))[..., None]
    return np.clip(picture, 0, 1)


def reflections(normals: Normals) -> Plane:
    """A tall soft box on the left, a weak one on the right, and the brightening at grazing angles."""
    right, up = 2 * normals.z * normals.x, 2 * normals.z * normals.y
    left_box = canvas.smoothstep(0.2, 0.1, np.abs(right + 0.72)) * canvas.smoothstep(0.62, 0.4, np.abs(up - 0.2))
    right_box = canvas.smoothstep(0.09, 0.03, np.abs(right - 0.86)) * canvas.smoothstep(0.7, 0.5, np.abs(up - 0.1))
    return 0.55 * left_box + 0.08 * right_box + 0.18 * np.clip(1 - normals.z, 0, 1) ** 4


def tube(size: Size, points: Points, radii: Plane) -> tuple[tuple[slice, slice], Plane, Normals]:
    """A round bar along points (px) of radii (px): the window of the picture it lies in, its mask and normals."""
    path, radii = np.asarray(points, np.float32), np.asarray(radii, np.float32)
    reach = radii.max() + 2
    left, top = np.maximum(np.floor(path.min(axis=0) - reach), 0).astype(int)
    right, bottom = np.minimum(np.ceil(path.max(axis=0) + reach), size).astype(int)
    x, y = np.arange(left, right, dtype=np.float32)[None] + 0.5, np.arange(top, bottom, dtype=np.float32)[:, None] + 0.5
    best = np.full((bottom - top, right - left), 9, np.float32)
    across, down, radius = np.zeros_like(best), np.zeros_like(best), np.ones_like(best)
    for (px, py), r in zip(path, radii, strict=True):
        dx, dy = (x - px) / r, (y - py) / r
        far = dx * dx + dy * dy
        nearer = far < best
        best = np.where(nearer, far, best)
        across, down = np.where(nearer, dx, across), np.where(nearer, dy, down)
        radius = np.where(nearer, r, radius)
    mask = np.clip((1 - np.sqrt(best)) * radius + 0.5, 0, 1)
    normals = Normals(across, -down, np.sqrt(np.clip(1 - best, 0, 1)))
    return (slice(top, bottom), slice(left, right)), mask, normals


def cast_shadow(mask: Plane, *, base: float, reach: float = 0.3, lean: float = 0.9, radius: float = 16) -> Plane:
    """The shadow of a standing thing on the floor behind it to the right; `base` is the row it stands on.

    reach: how long it lies per height; lean: how far it goes right per height of the thing.
    """
    height, width = mask.shape
    half = Image.fromarray(mask).resize((width // 2, height // 2))
    foot = base / 2
    rows = (1, lean / reach, -lean / reach * foot, 0, 1 / reach, foot - foot / reach)
    fallen = half.transform(half.size, Image.Transform.AFFINE, rows, Image.Resampling.BILINEAR)
    plane = np.asarray(fallen).copy()
    plane[int(foot) + 1 :] = 0
    return canvas.resize(canvas.blur(plane, radius / 2), (width, height)).clip(0, 1)


def contact_shadow(size: Size, *, centre: tuple[float, float], across: float, down: float, radius: float) -> Plane:
    """The dark line where a thing touches the floor."""
    sketch = canvas.Sketch(size, scale=1)
    sketch.ellipse(centre, across, down)
    return canvas.blur(sketch.plane(), radius)
