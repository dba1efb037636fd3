"""Planets, banded or stony, with moons and rings."""

import math
from collections.abc import Callable

import numpy as np

from catalog.demo import canvas
from catalog.demo.canvas import Picture, Plane, Size
from catalog.demo.families.galaxies.exposure import Light, Rng, dark_sky, warped, with_stars


def planet(rng: Rng, size: Size, light: Light) -> Picture:
    """A banded or a stony world, lit from one side, at times with rings and moons."""
    picture = with_stars(rng, dark_sky(rng, size, light, gas=rng.uniform(0.2, 0.8)), count=700, bright=3)
    ringed = rng.random() < 0.5
    place, radius = (
        (rng.uniform(0.38, 0.62), rng.uniform(0.38, 0.62)),
        rng.uniform(0.2, 0.26) if ringed else rng.uniform(0.26, 0.42),
    )
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


def _ball(
    rng: Rng,
    picture: Picture,
    place: tuple[float, float],
    radius: float,
    sun: float,
    axis: float,
    surface: Surface,
    light: Light,
) -> Picture:
    """A lit sphere with its air, drawn on its own square of the picture."""
    height, width = picture.shape[:2]
    unit = min(width, height) * radius
    left, top = max(0, int(place[0] * width - unit * 1.35)), max(0, int(place[1] * height - unit * 1.35))
    part = np.s_[
        top : min(height, int(place[1] * height + unit * 1.35)), left : min(width, int(place[0] * width + unit * 1.35))
    ]
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
    swirl = warped(rng, size, cells=4, strength=0.12)
    bands = latitude * rng.uniform(2.2, 4.5) + (swirl - 0.5) * rng.uniform(0.3, 0.9)
    tone = 0.5 + 0.28 * np.sin(bands * 3.1) + 0.17 * np.sin(bands * 7.7 + 1) + 0.12 * np.sin(bands * 17)
    spot = np.exp(
        -(((longitude - rng.uniform(-0.5, 0.5)) / 0.22) ** 2) - ((latitude - rng.uniform(-0.4, 0.4)) / 0.11) ** 2
    )
    return canvas.ramp(
        (light[1], light[2], light[4], light[3], light[4]), np.clip(tone + 0.5 * spot + 0.1 * (swirl - 0.5), 0, 1)
    )


def _stony(rng: Rng, size: Size, longitude: Plane, latitude: Plane, light: Light) -> Picture:
    land = canvas.noise(rng, size, cells=rng.uniform(2.5, 5), octaves=8, gain=0.58)
    relief = canvas.slope(land, right=3, down=2) * 5
    colours = canvas.ramp(
        (canvas.mix(light[1], light[0], 0.4), light[1], light[2], light[4], "#ffffff"),
        np.clip(land * 1.05 - 0.05, 0, 1),
    )
    ice = canvas.smoothstep(1.0, 1.25, np.abs(latitude) + 0.35 * (land - 0.5))
    return np.clip(canvas.over(colours + relief[..., None], "#f6fbff", ice), 0, 1)


def _rings(rng: Rng, picture: Picture, place: tuple[float, float], radius: float, axis: float, light: Light) -> Picture:
    height, width = picture.shape[:2]
    x, y = canvas.grid((width, height), centre=place)
    tilt = rng.uniform(0.14, 0.42)
    u, v = x * math.cos(axis) + y * math.sin(axis), (y * math.cos(axis) - x * math.sin(axis)) / tilt
    far = np.hypot(u, v) / radius
    grooves = np.interp(
        far.ravel(),
        np.linspace(1.25, 2.3, 260),
        canvas.noise(rng, (260, 8), cells=1, octaves=6, stretch=0.05)[3] * np.sin(np.linspace(0.02, 3.1, 260)) ** 0.3,
    )
    strength = (
        grooves.reshape(far.shape).astype(np.float32)
        * canvas.smoothstep(1.25, 1.28, far)
        * canvas.smoothstep(2.3, 2.27, far)
    )
    behind = (np.hypot(x, y) < radius) & (v < 0)
    shade = canvas.smoothstep(1.05, 0.9, np.abs(y / radius)) * (u * 0.9 < -0.2 * radius) * 0.4 * (v < 0)
    tint = canvas.ramp((light[3], light[4], "#fff8ea"), np.clip((far - 1.2) / 1.1, 0, 1)) * (1 - shade)[..., None]
    return canvas.over(picture, tint.astype(np.float32), np.clip(strength * 1.35, 0, 0.92) * ~behind)
