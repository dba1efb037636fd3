"""Glazes and painted patterns, laid by height and angle."""

from collections.abc import Callable

import numpy as np

from catalog.demo import canvas
from catalog.demo.canvas import Picture, Plane
from catalog.demo.families.vessels.form import Form


def _clay(rng: np.random.Generator, form: Form, *, cells: float, octaves: int = 5) -> Plane:
    height, width = form.mask.shape
    return canvas.noise(rng, (width, height), cells=cells, octaves=octaves)


def _plain(rng: np.random.Generator, form: Form, colours: tuple[str, ...]) -> Picture:
    uneven = _clay(rng, form, cells=3)
    return np.clip(canvas.rgb(colours[0]) * (0.92 + 0.16 * uneven[..., None]), 0, 1)


def _two(rng: np.random.Generator, form: Form, colours: tuple[str, ...], mask: Plane) -> Picture:
    return canvas.over(_plain(rng, form, colours), canvas.rgb(colours[1]), mask)


def _drip(rng: np.random.Generator, form: Form, colours: tuple[str, ...]) -> Picture:
    """Runs of the first colour over the second, longer here and shorter there."""
    place = np.floor((form.turn + 0.5) * 15).astype(int) % 40
    local = ((form.turn + 0.5) * 15) % 1.0 - 0.5
    length = rng.uniform(0.28, 0.72, 40)[place] + 0.3 * np.abs(local) ** 2
    edge = form.height - length
    glaze = canvas.smoothstep(-0.006, 0.006, edge)
    thick = canvas.smoothstep(0.06, 0.0, edge) * glaze
    base = _plain(rng, form, (colours[1],))
    over = _plain(rng, form, colours) * (1 - 0.28 * thick[..., None] + 0.25 * (form.height - 0.5)[..., None])
    return canvas.over(base, np.clip(over, 0, 1), glaze)


def _dipped(rng: np.random.Generator, form: Form, colours: tuple[str, ...]) -> Picture:
    edge = 0.5 + 0.05 * np.sin(form.turn * 5 + rng.uniform(0, 6))
    return _two(rng, form, colours, canvas.smoothstep(0.004, -0.004, form.height - edge))


def _bands(rng: np.random.Generator, form: Form, colours: tuple[str, ...]) -> Picture:
    paint = _plain(rng, form, colours)
    level = rng.uniform(0.5, 0.62)
    for colour, shift, half in ((colours[1], 0.0, 0.06), (colours[-1], 0.14, 0.018), (colours[-1], -0.14, 0.018)):
        band = canvas.smoothstep(half + 0.006, half - 0.006, np.abs(form.height - level - shift))
        paint = canvas.over(paint, canvas.rgb(colour), band)
    return paint


def _reactive(rng: np.random.Generator, form: Form, colours: tuple[str, ...]) -> Picture:
    streak = canvas.noise(rng, form.mask.shape[::-1], cells=9, octaves=6, stretch=0.25)
    return canvas.ramp(colours, np.clip(form.height * 0.95 + 0.5 * (streak - 0.5), 0, 1))


def _speckle(rng: np.random.Generator, form: Form, colours: tuple[str, ...]) -> Picture:
    spots = canvas.smoothstep(0.74, 0.8, _clay(rng, form, cells=75, octaves=2))
    paint = _two(rng, form, colours, 0.75 * spots)
    return canvas.over(paint, canvas.rgb(colours[1]), canvas.smoothstep(0.07, 0.05, form.height))


def _crackle(rng: np.random.Generator, form: Form, colours: tuple[str, ...]) -> Picture:
    lines = np.zeros(form.mask.shape, np.float32)
    for cells in (5, 9, 14):
        lines = np.maximum(lines, np.exp(-np.abs(_clay(rng, form, cells=cells, octaves=2) - 0.5) / 0.007))
    return _two(rng, form, colours, 0.5 * lines)


def _stripes(rng: np.random.Generator, form: Form, colours: tuple[str, ...]) -> Picture:
    wave = np.abs(((form.turn * 12 + rng.uniform(0, 1)) % 1.0) - 0.5)
    return _two(rng, form, colours, canvas.smoothstep(0.235, 0.265, wave.astype(np.float32)))


def _check(rng: np.random.Generator, form: Form, colours: tuple[str, ...]) -> Picture:
    first = canvas.smoothstep(0.22, 0.28, np.abs((form.turn * 11 + 0.2) % 1.0 - 0.5))
    second = canvas.smoothstep(0.22, 0.28, np.abs((form.height * 8) % 1.0 - 0.5))
    return _two(rng, form, colours, 0.5 * first + 0.5 * second)


def _dots(rng: np.random.Generator, form: Form, colours: tuple[str, ...]) -> Picture:
    row = np.floor(form.height * 13)
    u = ((form.turn * 14 + 0.5 * (row % 2)) % 1.0) - 0.5
    v = (form.height * 13) % 1.0 - 0.5
    radius = 0.1 + 0.2 * rng.random(41)[(row * 7 + np.floor(form.turn * 14 + 0.5 * (row % 2))).astype(int) % 41]
    return _two(rng, form, colours, canvas.smoothstep(0.04, -0.04, (np.hypot(u, v) - radius).astype(np.float32)))


def _scales(rng: np.random.Generator, form: Form, colours: tuple[str, ...]) -> Picture:
    """Seigaiha: overlapping fans of rings."""
    fan = np.full(form.mask.shape, 9.0)
    for layer in (2, 1, 0):
        row = np.floor(form.height * 12) - layer + 1
        u = (form.turn * 10 + 0.5 * (row % 2)) % 1.0 - 0.5
        distance = np.hypot(u * 2, (form.height * 12 - row) * 0.95)
        fan = np.where(distance < 1.0, distance, fan)
    rings = np.abs((fan * 3.2) % 1.0 - 0.5)
    return _two(rng, form, colours, canvas.smoothstep(0.3, 0.2, rings.astype(np.float32)) * 0.9)


def _frieze(rng: np.random.Generator, form: Form, colours: tuple[str, ...]) -> Picture:
    """A Greek key between two lines, and teeth above and below."""
    key = np.array(
        [
            [1, 1, 1, 1, 1, 0],
            [1, 0, 0, 0, 1, 0],
            [1, 0, 1, 0, 1, 0],
            [1, 0, 1, 1, 1, 0],
            [1, 0, 0, 0, 0, 0],
            [1, 1, 1, 1, 1, 1],
        ]
    )
    level = (form.height - 0.48) / 0.15
    row = np.clip((1 - level) * 6, 0, 5.99).astype(int)
    column = (form.turn * 84).astype(int) % 6
    mask = np.where((level > 0) & (level < 1), key[row, column], 0)
    for at, half in ((0.455, 0.008), (0.655, 0.008), (0.3, 0.035), (0.86, 0.03)):
        mask = np.maximum(mask, np.abs(form.height - at) < half)
    teeth = (np.abs((form.turn * 18) % 1.0 - 0.5) * 2 > (form.height - 0.08) / 0.14) & (form.height > 0.08)
    mask = np.maximum(mask, teeth & (form.height < 0.22))
    return _two(rng, form, colours, canvas.blur(mask.astype(np.float32), 0.7))


def _brush(rng: np.random.Generator, form: Form, colours: tuple[str, ...]) -> Picture:
    """A branch with leaves and blossom painted in one colour, wound around the belly."""
    sketch = canvas.Sketch((700, 700), scale=2)
    stem = canvas.spline([(120, 640), (250, 470), (330, 360), (470, 250), (520, 110)], 60)
    sketch.taper(stem, np.linspace(15, 4, 60))
    for at in range(6, 58, 4):
        x, y = stem[at]
        angle = rng.uniform(-2.6, 0.4)
        reach = rng.uniform(60, 120)
        tip = (x + np.cos(angle) * reach, y + np.sin(angle) * reach)
        bow = ((x + tip[0]) / 2 + rng.uniform(-18, 18), (y + tip[1]) / 2 + rng.uniform(-18, 18))
        leaf = canvas.spline([(x, y), bow, tip], 20)
        sketch.taper(leaf, np.sin(np.linspace(0.15, np.pi, 20)) * rng.uniform(18, 30), rng.uniform(0.55, 1.0))
        if at % 3 == 0:
            for petal in np.arange(5) * 2 * np.pi / 5:
                sketch.disc((tip[0] + 15 * np.cos(petal), tip[1] + 15 * np.sin(petal)), 12, 0.6)
            sketch.disc(tip, 6, 1.0)
    texture = sketch.plane()
    row = np.clip((1 - form.height) * 699, 0, 699).astype(int)
    column = np.clip((form.turn * 0.92 + 0.5) * 699, 0, 699).astype(int)
    ink = texture[row, column] * (0.75 + 0.4 * _clay(rng, form, cells=14))
    lines = np.maximum(np.abs(form.height - 0.04) < 0.008, np.abs(form.height - 0.93) < 0.008)
    return _two(rng, form, colours, np.clip(np.maximum(ink, lines), 0, 1).astype(np.float32))


GLAZES: dict[str, Callable[[np.random.Generator, Form, tuple[str, ...]], Picture]] = {
    "plain": _plain,
    "matt": _plain,
    "drip": _drip,
    "dipped": _dipped,
    "bands": _bands,
    "reactive": _reactive,
    "speckle": _speckle,
    "crackle": _crackle,
    "stripes": _stripes,
    "check": _check,
    "dots": _dots,
    "scales": _scales,
    "frieze": _frieze,
    "brush": _brush,
}
