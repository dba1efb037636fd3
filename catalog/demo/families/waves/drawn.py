"""Waves of cut paper and of lines."""

import numpy as np

from catalog.demo import canvas, scenery
from catalog.demo.canvas import Picture, Size, Sketch
from catalog.demo.families.waves.inks import Inks, Rng


def cut_paper(rng: Rng, size: Size, inks: Inks) -> Picture:
    """Sheets of paper cut into waves, each throwing its shadow on the next."""
    width, height = size
    picture = canvas.paper(rng, size, canvas.mix(inks[4], "#ffffff", 0.35), tooth=0.04)
    x, y = canvas.grid(size, centre=(rng.uniform(0.25, 0.75), rng.uniform(0.2, 0.32)))
    disc = canvas.smoothstep(0.002, -0.002, np.hypot(x, y) - rng.uniform(0.09, 0.17))
    picture = canvas.over(canvas.shaded(picture, canvas.shadow(disc, offset=(6, 10), radius=12)), inks[5], disc)
    sheets = int(rng.integers(7, 11))
    tooth = 0.05 * (canvas.noise(rng, size, cells=180, octaves=2) - 0.5)[..., None]
    t = np.arange(width) / min(size)
    for i in range(sheets):
        near = i / (sheets - 1)
        peak = np.abs(np.sin(t * rng.uniform(2.5, 6) + rng.uniform(0, 6))) ** rng.uniform(0.7, 1.6)
        line = height * (0.3 + 0.66 * near) - min(size) * rng.uniform(0.06, 0.15) * (
            peak + 0.5 * np.sin(t * rng.uniform(1, 3) + rng.uniform(0, 6))
        )
        mask = scenery.below(line.astype(np.float32), height)
        picture = canvas.shaded(picture, canvas.shadow(mask, offset=(0, -16), radius=14, strength=0.42) * (1 - mask))
        picture = canvas.over(
            picture, canvas.ramp((inks[3], inks[2], inks[1], inks[0]), np.array([near * 0.98], np.float32))[0], mask
        )
    return canvas.vignette(np.clip(picture + tooth, 0, 1), 0.18)


def ridge_lines(rng: Rng, size: Size, inks: Inks) -> Picture:
    """Line behind line, each lifted by one passing swell and hiding those behind."""
    width, height = size
    dark = rng.random() < 0.6
    ground = canvas.mix(inks[0], "#000000", 0.6) if dark else canvas.mix(inks[3], "#f4ead6", 0.6)
    sketch, count = Sketch(size, ground=ground), int(rng.integers(46, 80))
    swell = canvas.noise(rng, (200, count), cells=rng.uniform(3, 6), octaves=2, gain=0.3, stretch=0.8)
    fine = canvas.noise(rng, (200, count), cells=9, octaves=4)
    x = np.linspace(-10, width + 10, 200)
    envelope = np.exp(-(((np.linspace(-1, 1, 200) - rng.uniform(-0.4, 0.4)) / rng.uniform(0.6, 1.0)) ** 2))
    tall = height * rng.uniform(0.14, 0.24)
    for i in range(count):
        y = (
            height * (0.2 + 1.06 * i / count)
            - tall * envelope * canvas.smoothstep(0.3, 0.95, swell[i])
            - height * 0.025 * fine[i] * (0.3 + envelope)
        )
        path = np.stack([x, y], axis=1)
        sketch.polygon(np.concatenate([path, [(width + 10, height + 10), (-10, height + 10)]]), ground)
        tone = canvas.ramp((inks[5], inks[2], inks[1] if dark else inks[0]), np.array([i / count], np.float32))[0]
        sketch.stroke(path, 2.2 + 1.6 * i / count, canvas.mix(tone, "#ffffff", 0.25) if dark else tone)
    return canvas.vignette(sketch.picture() * canvas.paper(rng, size, "#ffffff", tooth=0.05), 0.25)


def currents(rng: Rng, size: Size, inks: Inks) -> Picture:
    """Hundreds of brush lines carried along one eddying current."""
    width, height = size
    dark = rng.random() < 0.5
    ground = canvas.mix(inks[0], "#000000", 0.45) if dark else canvas.mix(inks[3], "#f4ead6", 0.5)
    sketch = Sketch(size, ground=ground)
    small = (width // 8, height // 8)
    turn = (
        canvas.noise(rng, small, cells=rng.uniform(1.2, 2.4), octaves=2) * rng.uniform(5, 9) + rng.uniform(0, 6)
    ).astype(np.float64)
    tone = canvas.noise(rng, small, cells=2, octaves=3)
    places = rng.uniform(-0.05, 1.05, (720, 2)) * (width, height)
    trail = [places]
    for _ in range(34):
        col, row = (
            np.clip(places[:, 0] / 8, 0, small[0] - 1).astype(int),
            np.clip(places[:, 1] / 8, 0, small[1] - 1).astype(int),
        )
        angle = turn[row, col]
        places = places + np.stack([np.cos(angle), np.sin(angle)], axis=1) * 11
        trail.append(places)
    paths = np.stack(trail, axis=1)
    colours = (inks[0], inks[1], inks[2], inks[5]) if not dark else (inks[1], inks[2], inks[3], inks[5])
    belly = np.sin(np.linspace(0.03, 1, 35) * np.pi) ** 0.7
    x, y = np.clip(paths[:, 0] / 8, 0, (small[0] - 1, small[1] - 1)).astype(int).T
    inks_of = canvas.ramp(colours, tone[y, x] + rng.normal(0, 0.14, len(paths)))
    for path, ink, wide in zip(paths, inks_of, rng.uniform(2, 10, len(paths)), strict=True):
        sketch.taper(path, belly * wide, ink)
    return canvas.vignette(sketch.picture() * canvas.paper(rng, size, "#ffffff", tooth=0.06), 0.2)
