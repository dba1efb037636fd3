"""What passes: an eclipse, a comet."""

import math

import numpy as np

from catalog.demo import canvas
from catalog.demo.canvas import Picture, Size
from catalog.demo.families.galaxies.exposure import Light, Rng, bright_star, dark_sky, with_stars


def eclipse(rng: Rng, size: Size, light: Light) -> Picture:
    """A black disc and the streamers of the light behind it."""
    place = (rng.uniform(0.4, 0.6), rng.uniform(0.38, 0.6))
    x, y = canvas.grid(size, centre=place)
    radius = rng.uniform(0.14, 0.23)
    far, turn = np.hypot(x, y) / radius, np.arctan2(y, x) / (2 * math.pi) + 0.5
    ring = canvas.noise(rng, (720, 6), cells=1, octaves=7, gain=0.7, stretch=0.03)[2]
    ring = 0.5 * (ring + ring[::-1])
    rays = (
        np.interp((turn + 0.015 * np.sin(far * 4)).ravel(), np.linspace(0, 1, 720), ring)
        .reshape(far.shape)
        .astype(np.float32)
    )
    out = np.clip(far - 1, 0, 9)
    corona = np.exp(-out * (3.6 - 3.1 * rays)) * 0.85 + np.exp(-out * 16) * 0.6
    picture = with_stars(rng, dark_sky(rng, size, light, gas=0.3), count=350, bright=1)
    tint = canvas.ramp(("#ffffff", light[4], light[3], light[2]), np.clip(out * 0.8, 0, 1))
    picture = canvas.screen(picture, tint * corona[..., None])
    picture = canvas.over(picture, canvas.mix(light[0], "#000000", 0.7), canvas.smoothstep(1.004, 0.996, far))
    bead = rng.uniform(0, 2 * math.pi)
    spot = (
        (place[0] * size[0]) + math.cos(bead) * radius * min(size),
        (place[1] * size[1]) + math.sin(bead) * radius * min(size),
    )
    return bright_star(picture, spot, min(size) * rng.uniform(0.014, 0.03), light[4])


def comet(rng: Rng, size: Size, light: Light) -> Picture:
    """A head with its two tails, the dust bent and the gas straight."""
    picture = with_stars(rng, dark_sky(rng, size, light, gas=0.5), count=1200, bright=6)
    x, y = canvas.grid(size, centre=(rng.uniform(0.2, 0.4), rng.uniform(0.55, 0.8)))
    turn = -rng.uniform(0.5, 1.0)
    u, v = x * math.cos(turn) + y * math.sin(turn), y * math.cos(turn) - x * math.sin(turn)
    smoke = canvas.noise(rng, size, cells=6, octaves=6, stretch=1.5)
    for bend, wide, tint, power in ((0.34, 0.20, light[4], 0.85), (-0.04, 0.07, light[2], 0.7)):
        along = np.clip(u, 0, None)
        across = (v + bend * along * along) / (0.012 + wide * along)
        tail = (
            np.exp(-across * across * 1.6)
            * np.exp(-along * 1.5)
            * canvas.smoothstep(-0.01, 0.06, u)
            * (0.55 + 0.7 * smoke)
        )
        picture = canvas.lit(picture, tint, tail * power)
    head = np.exp(-np.hypot(x, y) * 26) + 0.9 * np.exp(-np.hypot(x, y) * 90)
    return canvas.lit(picture, canvas.mix(light[2], "#ffffff", 0.6), np.clip(head, 0, 1))
