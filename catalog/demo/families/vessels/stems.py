"""Flowers, grasses and branches that stand in a vase."""

from collections.abc import Callable

import numpy as np

from catalog.demo import canvas
from catalog.demo.canvas import Picture, Size


def with_stems(
    rng: np.random.Generator, picture: Picture, size: Size, kind: str, x: float, rim: float, unit: int, mouth: float
) -> Picture:
    """Flowers or grasses fanning out of the mouth."""
    sketch = canvas.Sketch(size, ground="#000000")
    mask = canvas.Sketch(size)
    count = {"tulip": 3, "wheat": 9, "leaf": 4}[kind]
    room = rim - 0.05 * size[1]
    for index in range(count):
        lean = (index - (count - 1) / 2) / count + rng.uniform(-0.08, 0.08)
        reach = min(room, unit * 0.42) * rng.uniform(0.75, 1.0)
        top = (x + lean * unit * 0.42, rim - reach)
        path = canvas.spline([(x + lean * mouth * 0.8, rim + 12), (x + lean * unit * 0.14, rim - reach * 0.5), top], 40)
        _STEMS[kind](rng, (sketch, mask), path, unit)
    return canvas.over(picture, sketch.picture(), mask.plane())


def _tulip(
    rng: np.random.Generator, sketches: tuple[canvas.Sketch, canvas.Sketch], path: np.ndarray, unit: int
) -> None:
    hue = ("#d7263d", "#f49d37", "#f4d35e", "#f6bdd0", "#8d3b72")[int(rng.integers(5))]
    wide = unit * 0.045
    x, y = path[-1]
    leaf = path[4:26] + np.linspace(0, 1, 22)[:, None] ** 2 * [rng.choice([-1, 1]) * wide * 1.4, 0]
    for sketch, (green, dark, petal) in zip(sketches, (("#5c8a4e", "#47733d", hue), (1.0, 1.0, 1.0)), strict=True):
        sketch.stroke(path, unit * 0.008, green)
        sketch.taper(leaf, np.sin(np.linspace(0.2, np.pi, 22)) * wide * 0.7, dark)
        for shift, tone in ((-0.55, -0.1), (0.55, -0.06), (0.0, 0.05)):
            ink = petal if isinstance(petal, float) else np.clip(canvas.rgb(petal) + tone, 0, 1)
            outline = [
                (x + shift * wide * 0.4, y + wide * 1.1),
                (x + (shift - 0.75) * wide, y + wide * 0.2),
                (x + shift * wide * 1.3, y - wide * 1.2),
                (x + (shift + 0.75) * wide, y + wide * 0.2),
                (x + shift * wide * 0.4, y + wide * 1.1),
            ]
            sketch.polygon(canvas.spline(outline, 40), ink)


def _wheat(
    rng: np.random.Generator, sketches: tuple[canvas.Sketch, canvas.Sketch], path: np.ndarray, unit: int
) -> None:
    straw = canvas.vary(rng, "#c9a25c", 0.06)
    for sketch, ink in zip(sketches, (straw, 1.0), strict=True):
        sketch.stroke(path, unit * 0.004, ink)
        for at in range(24, 40, 2):
            for side in (-1, 1):
                along = path[min(at + 1, 39)] - path[at - 1]
                along = along / (np.linalg.norm(along) + 1e-9)
                across = np.array([-along[1], along[0]]) * side
                start = path[at]
                end = start + (along * 0.026 + across * 0.011) * unit
                sketch.taper(
                    canvas.spline([start, (start + end) / 2 + across * unit * 0.004, end], 8),
                    np.sin(np.linspace(0.3, np.pi, 8)) * unit * 0.011,
                    ink,
                )


def _leaf(rng: np.random.Generator, sketches: tuple[canvas.Sketch, canvas.Sketch], path: np.ndarray, unit: int) -> None:
    greens = [canvas.vary(rng, "#6f8f6a", 0.05) for _ in range(20)]
    for sketch, solid in zip(sketches, (False, True), strict=True):
        sketch.stroke(path, unit * 0.005, 1.0 if solid else "#6b5a45")
        for step, at in enumerate(range(10, 40, 3)):
            side = -1 if step % 2 else 1
            along = path[min(at + 1, 39)] - path[at - 1]
            along = along / (np.linalg.norm(along) + 1e-9)
            across = np.array([-along[1], along[0]]) * side
            end = path[at] + (along * 0.03 + across * 0.05) * unit
            blade = canvas.spline([path[at], (path[at] + end) / 2 + along * unit * 0.008, end], 14)
            sketch.taper(blade, np.sin(np.linspace(0.1, np.pi, 14)) * unit * 0.027, 1.0 if solid else greens[step])


_STEMS: dict[str, Callable[[np.random.Generator, tuple[canvas.Sketch, canvas.Sketch], np.ndarray, int], None]] = {
    "tulip": _tulip,
    "wheat": _wheat,
    "leaf": _leaf,
}
