"""Leaning crests and clawed foam, as a woodblock prints them."""

import numpy as np
import numpy.typing as npt

from catalog.demo import canvas
from catalog.demo.canvas import Cutout, Picture, Size
from catalog.demo.families.waves.inks import Curve, Inks, Rng


def swell(rng: Rng, size: Size, inks: Inks) -> Picture:
    """Leaning crests in flat inks with striped backs and clawed foam, printed on paper."""
    width, height = size
    y = np.linspace(0, 1, height, dtype=np.float32)
    print_ = np.repeat(
        canvas.ramp((inks[4], canvas.mix(inks[4], "#fbf1dc", 0.7), "#f7e7cd"), y * 1.6)[:, None], width, axis=1
    )
    sketch = Cutout(size)
    if rng.random() < 0.7:
        sketch.disc(
            (rng.uniform(0.15, 0.85) * width, rng.uniform(0.12, 0.28) * height),
            min(size) * rng.uniform(0.06, 0.13),
            inks[5],
        )
    layers, lean = int(rng.integers(4, 6)), rng.choice([-1, 1])
    for i in range(layers):
        near = i / (layers - 1)
        base = height * (0.46 + 0.42 * near)
        tall = height * (0.06 + 0.07 * near) * rng.uniform(0.8, 1.25)
        length = width / rng.uniform(1.1, 2.6) * (0.55 + 0.6 * near)
        if i == 1:
            base, tall, length = height * 0.74, height * rng.uniform(0.34, 0.46), width * rng.uniform(0.8, 1.1)
        _wave(
            rng, sketch, size, inks, base=base, tall=tall, length=length, lean=lean * rng.uniform(0.5, 0.9), near=near
        )
    print_ = sketch.laid_on(print_)
    sheet = canvas.paper(rng, size, "#ffffff", tooth=0.10)
    return canvas.vignette(print_ * (sheet * 0.22 + 0.78), 0.15)


def _crest(t: npt.NDArray[np.float64], *, base: float, tall: float, length: float, lean: float, phase: float) -> Curve:
    """A trochoid whose tops lean over; t in wave lengths."""
    angle = 2 * np.pi * t + phase
    up = (0.5 + 0.5 * np.cos(angle)) ** 1.5
    x = t * length - 0.06 * length * np.sin(angle) + lean * tall * up**3
    return np.stack([x, base - tall * up + 0.32 * tall * up**6], axis=1)


def _wave(
    rng: Rng,
    sketch: Cutout,
    size: Size,
    inks: Inks,
    *,
    base: float,
    tall: float,
    length: float,
    lean: float,
    near: float,
) -> None:
    width, height = size
    t, phase = np.linspace(-1, width / length + 1, 420), rng.uniform(0, 2 * np.pi)
    line = _crest(t, base=base, tall=tall, length=length, lean=lean, phase=phase)
    body = canvas.mix(canvas.mix(inks[1], inks[4], 0.45 * (1 - near)), inks[0], 0.3 * near)
    sketch.polygon(
        np.concatenate([line - np.array([0, 2.5]), [(width + length, height + 50), (-length, height + 50)]]), inks[0]
    )
    sketch.polygon(
        np.concatenate([line + np.array([0, 1.5]), [(width + length, height + 50), (-length, height + 50)]]), body
    )
    stripes = int(rng.integers(4, 7))
    for k in range(1, stripes + 1):
        share = k / (stripes + 1)
        inner = _crest(
            t,
            base=base + tall * 0.5 * share,
            tall=tall * (1 - 0.75 * share),
            length=length,
            lean=lean * (1 - 0.5 * share),
            phase=phase + 0.35 * share * np.sign(lean),
        )
        swell = (0.5 + 0.5 * np.cos(2 * np.pi * t + phase)) ** 1.2
        ink = canvas.mix(inks[2], body, 0.2) if k % 2 else inks[0]
        sketch.colours.taper(inner, 1 + swell * tall * 0.055, ink)
    _foam(rng, sketch, line, inks, tall, lean)


def _foam(rng: Rng, sketch: Cutout, line: Curve, inks: Inks, tall: float, lean: float) -> None:
    """Knobs of white along the crest, claws where it leans, spray thrown ahead."""
    rise = np.clip((line[:, 1].max() - line[:, 1]) / np.ptp(line[:, 1]), 0, 1)
    for radius, ink in ((1.25, inks[0]), (1.0, inks[3])):
        knobs = np.random.default_rng(int(tall * 1000))
        for point, up in zip(line, rise, strict=True):
            if up > 0.45:
                lump = tall * 0.05 * up**1.5 * knobs.uniform(0.5, 1.2)
                hang = knobs.normal(0, 0.05, 2) * tall * up
                sketch.disc((point[0] + hang[0], point[1] + abs(hang[1]) * 0.8), lump * radius + (radius - 1) * 5, ink)
            if up > 0.7 and knobs.random() < 0.5:
                reach = tall * knobs.uniform(0.08, 0.2) * up
                tip = point + np.array([np.sign(lean) * reach, reach * knobs.uniform(0.3, 1.1)])
                hook = canvas.spline([point, (point + tip) / 2 + (np.sign(lean) * reach * 0.25, -reach * 0.25), tip], 8)
                for place, size in zip(hook, np.linspace(0.026, 0.009, 8) * tall, strict=True):
                    sketch.disc((place[0], place[1]), size * radius + (radius - 1) * 5, ink)
    top = line[np.argsort(line[:, 1])[:60]]
    for point in top[rng.integers(0, 60, 50)]:
        spray = rng.normal(0, 1, 2) * tall * 0.2 + (np.sign(lean) * tall * 0.2, -tall * 0.1)
        sketch.disc((point[0] + spray[0], point[1] + spray[1]), rng.uniform(1, 4.5), inks[3])
