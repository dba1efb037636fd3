"""What lies far off: spirals, nebulae, clusters, the deep field."""

import math

import numpy as np

from catalog.demo import canvas
from catalog.demo.canvas import Picture, Size
from catalog.demo.families.galaxies.exposure import (
    Light,
    Rng,
    bright_star,
    dark_sky,
    enlarged,
    half_size,
    warped,
    with_stars,
)


def spiral(rng: Rng, size: Size, light: Light) -> Picture:
    """A disc with two or more arms, dust between them, knots of young stars along them."""
    half, space = half_size(size), dark_sky(rng, size, light)
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
    glow = (
        disc
        * (0.16 + (0.15 + 0.9 * np.maximum(arm, 0.75 * inner)) * (0.3 + 0.8 * clump))
        * canvas.smoothstep(1.3, 0.6, radius)
    )
    glow = glow * (1 - 0.8 * dust * (0.35 + 0.9 * clump) * canvas.smoothstep(0.06, 0.25, radius))
    colour = canvas.ramp((light[2], canvas.mix(light[2], light[4], 0.5), light[4]), np.clip(1.15 - radius * 1.5, 0, 1))
    picture = canvas.screen(canvas.resize(glow, size)[..., None] * enlarged(colour, size) * 1.35, space)
    knots = canvas.smoothstep(0.62, 0.85, clump) * arm**2 * canvas.smoothstep(0.1, 0.3, radius) * disc * 2.4
    picture = canvas.lit(picture, light[3], canvas.resize(knots.astype(np.float32), size))
    core = np.exp(-radius * 8) * 0.6 + np.exp(-radius * 26) * 0.8
    picture = canvas.lit(picture, canvas.mix(light[4], "#ffffff", 0.4), canvas.resize(core.astype(np.float32), size))
    sparks = canvas.noise(rng, size, cells=220, octaves=1) ** 9 * canvas.resize(
        np.clip(glow * 2.2, 0, 1).astype(np.float32), size
    )
    return with_stars(rng, canvas.lit(picture, "#ffffff", sparks), count=500, bright=int(rng.integers(2, 7)))


def nebula(rng: Rng, size: Size, light: Light) -> Picture:
    """Glowing gas in filaments, dark lanes in front, young stars within."""
    half = half_size(size)
    gas, thread = (
        warped(rng, half, cells=rng.uniform(1.5, 2.6), strength=0.35),
        warped(rng, half, cells=2.4, strength=0.4, ridged=True),
    )
    dark = warped(rng, half, cells=3.2, strength=0.25)
    x, y = canvas.grid(half, centre=(rng.uniform(0.3, 0.7), rng.uniform(0.3, 0.7)))
    heart = np.exp(-(x * x + y * y) * rng.uniform(3, 7))
    body = np.clip(gas * 0.9 + 0.45 * heart - 0.32, 0, 1)
    colour = canvas.ramp(
        (light[0], light[1], light[2], light[3], light[4]), np.clip(body * 0.95 + 0.22 * heart * thread, 0, 1)
    )
    colour = canvas.lit(colour, light[3], (thread**5 * body * 0.85).astype(np.float32))
    colour = canvas.shaded(colour, canvas.smoothstep(0.5, 0.72, dark) * 0.72)
    colour = canvas.lit(colour, light[4], (heart**3 * 0.5 * gas).astype(np.float32))
    picture = canvas.glow(enlarged(colour, size), radius=min(size) * 0.02, strength=0.4)
    return with_stars(rng, picture, count=1100, bright=int(rng.integers(5, 13)))


def cluster(rng: Rng, size: Size, light: Light) -> Picture:
    """Some tens of thousands of stars falling towards one middle."""
    width, height = size
    picture = with_stars(rng, dark_sky(rng, size, light), count=900, bright=2)
    count, spread = int(rng.integers(9000, 18000)), min(size) * rng.uniform(0.08, 0.14)
    far, turn = spread * np.abs(rng.standard_t(2.2, count)), rng.uniform(0, 2 * math.pi, count)
    middle = np.array([rng.uniform(0.4, 0.6) * width, rng.uniform(0.4, 0.6) * height])
    cols, rows = (middle[:, None] + far * np.array([np.cos(turn), np.sin(turn) * rng.uniform(0.75, 1.0)])).astype(int)
    inside = (cols >= 0) & (cols < width) & (rows >= 0) & (rows < height)
    tint = (
        canvas.ramp((light[2], "#ffffff", light[4], light[3]), rng.random(count).astype(np.float32))
        * (0.16 + rng.random(count) ** 5)[:, None]
    )
    field = np.zeros((height, width, 3), np.float32)
    np.add.at(field, (rows[inside], cols[inside]), tint[inside].astype(np.float32))
    field = np.clip(
        field + canvas.blur(field, 1.3) * 5 + canvas.blur(np.clip(field, 0, 2), min(size) * 0.03) * 1.6, 0, 1
    )
    picture = canvas.screen(picture, field)
    for _ in range(int(rng.integers(8, 22))):
        place = middle + rng.normal(0, spread * 1.8, 2)
        if (place > 8).all() and (place < np.array(size) - 8).all():
            picture = bright_star(
                picture,
                (float(place[0]), float(place[1])),
                rng.uniform(0.005, 0.013) * min(size),
                str(rng.choice([light[4], light[2], light[3]])),
            )
    return picture


def deep_field(rng: Rng, size: Size, light: Light) -> Picture:
    """A small piece of sky, and hundreds of galaxies in it."""
    width, height = size
    picture = dark_sky(rng, size, light, gas=0.1)
    for _ in range(140):
        reach = min(size) * (0.007 + 0.1 * rng.random() ** 6)
        x0, y0, r = rng.uniform(0, width), rng.uniform(0, height), int(reach * 3) + 2
        part = np.s_[max(0, int(y0) - r) : min(height, int(y0) + r), max(0, int(x0) - r) : min(width, int(x0) + r)]
        y, x = np.ogrid[part]
        turn, tilt = rng.uniform(0, math.pi), rng.uniform(0.2, 1)
        u, v = (
            (x - x0) * math.cos(turn) + (y - y0) * math.sin(turn),
            ((y - y0) * math.cos(turn) - (x - x0) * math.sin(turn)) / tilt,
        )
        far, angle = np.hypot(u, v) / reach, np.arctan2(v, u)
        arms = 0.7 + 0.5 * np.cos(2 * angle + 5 * np.log(far + 0.1)) if reach > min(size) * 0.014 else 1.0
        shine = (np.exp(-far * 2.4) * arms + np.exp(-far * far * 18)) * np.clip(1 - far / 3, 0, 1) * rng.uniform(0.5, 1)
        tint = canvas.vary(rng, str(rng.choice([light[2], light[3], light[4], "#fff0d8"])), 0.06)
        picture[part] = canvas.lit(picture[part], tint, np.clip(shine, 0, 1).astype(np.float32))
    return with_stars(rng, picture, count=200, bright=int(rng.integers(3, 8)))
