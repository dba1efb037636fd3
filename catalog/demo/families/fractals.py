"""Fractals: the Mandelbrot and Julia sets, orbit traps, Newton's basins and strange attractors.

Escape times are smooth (Linas Vepstas's renormalised count) and lit by the slope of the distance field.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from catalog.demo import canvas
from catalog.demo.canvas import Picture, Plane, Size
from catalog.demo.drawing import Drawing, edition

SLUG = "fractals"
NAME = "Fractals"

Complex = npt.NDArray[np.complex64]

COMPUTED = 0.58  # of the final side; fields are smooth, so they are computed small and enlarged before colouring
CHUNK = 1 << 15  # points iterated at once: they stay in the processor's cache
BAILOUT = 1e4

PALETTES: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "ember": (("#0b0710", "#3b0d1f", "#9c1f1f", "#f0731a", "#ffd98a", "#7a1f2b", "#0b0710"), ("warm", "fire")),
    "lagoon": (("#021018", "#0b3c5d", "#1b98a6", "#d8f3dc", "#f4e8c1", "#2a6f97", "#021018"), ("blue", "calm")),
    "royal": (("#0a0824", "#2b1a6b", "#7b3fbf", "#e38bd6", "#ffe9c9", "#3f2b96", "#0a0824"), ("purple", "night")),
    "gold": (("#07090f", "#14213d", "#5b4a2f", "#fca311", "#fff3c4", "#1d3557", "#07090f"), ("gold", "night")),
    "moss": (("#0a120c", "#1e3d2a", "#5c8a3a", "#d9e07a", "#f6f3d6", "#2f5d50", "#0a120c"), ("green", "calm")),
    "candy": (("#fff1e6", "#ffb4a2", "#e5688c", "#6d597a", "#355070", "#ffcdb2", "#fff1e6"), ("pink", "bright")),
    "ice": (("#f7fbff", "#bcdff5", "#5fa8d3", "#1b4965", "#0b1f33", "#cae9ff", "#f7fbff"), ("blue", "cold")),
    "sepia": (("#f3e9d8", "#d8b98a", "#a3683c", "#4f2c1d", "#1c0f0a", "#e6cfa5", "#f3e9d8"), ("brown", "calm")),
    "neon": (("#05010f", "#0d1b4c", "#0096c7", "#3cf0c5", "#f9f871", "#c81d77", "#05010f"), ("bright", "night")),
    "peacock": (("#04141a", "#03506f", "#0fa3b1", "#b5e2b0", "#f7a072", "#7b2d43", "#04141a"), ("blue", "bright")),
}


class Spec(NamedTuple):
    """One picture: what it shows, how it is coloured and called."""

    kind: str
    place: Any
    palette: str
    title: str


SPECS = (
    Spec("mandelbrot", (-0.7436439, 0.1318259, 0.0028), "gold", "Seahorse Valley"),
    Spec("julia", (-0.8, 0.156, 1.25), "royal", "Violet Archipelago"),
    Spec("newton", (3, 1.0, 1.6), "candy", "Three Roots"),
    Spec("attractor", (-1.4, 1.6, 1.0, 0.7), "ember", "Ribbon of Heat"),
    Spec("trap", (-0.481762, -0.531657, 1.2), "lagoon", "Lanterns Under the Ice"),
    Spec("mandelbrot", (-0.235125, 0.827215, 0.006), "peacock", "Branches Around a Small Heart"),
    Spec("julia", (0.285, 0.01, 1.2), "ember", "Furnace Bloom"),
    Spec("attractor", (1.7, 1.7, 0.6, 1.2), "ice", "Drawn Breath"),
    Spec("julia", (-0.4, 0.6, 1.25), "lagoon", "Whirlpool Garden"),
    Spec("newton", (5, 1.0, 1.5), "moss", "Five Orchards"),
    Spec("mandelbrot", (-1.25066, 0.02012, 0.0022), "ice", "Frost on the Needle"),
    Spec("julia", (-0.7269, 0.1889, 1.25), "neon", "Electric Fern"),
    Spec("trap", (-0.7453, 0.1127, 1.2), "gold", "Gilded Threads"),
    Spec("attractor", (-1.7, 1.3, -0.1, -1.21), "royal", "Veil at Midnight"),
    Spec("mandelbrot", (0.2855, 0.0115, 0.005), "moss", "Elephants in the Green"),
    Spec("julia", (-0.835, -0.2321, 1.3), "sepia", "Old Lace"),
    Spec("newton", (4, 0.85, 1.4), "peacock", "Four Tides Meeting"),
    Spec("julia", (0.355, 0.355, 1.1), "candy", "Sugar Spirals"),
    Spec("ship", (-1.762, -0.028, 0.05), "ember", "The Burning Ship"),
    Spec("trap", (0.285, 0.0127, 1.1), "neon", "Signal Fires"),
    Spec("mandelbrot", (-0.77568377, 0.13646737, 0.006), "royal", "Violet Shore of a Spiral"),
    Spec("attractor", (-1.8, -2.0, -0.5, -0.9), "lagoon", "Silk in Deep Water"),
    Spec("julia", (-0.70176, -0.3842, 1.25), "gold", "Dragon Coast"),
    Spec("newton", (6, 1.15, 1.3), "lagoon", "Six Lagoons"),
    Spec("julia", (0.0, 0.8, 1.2), "ice", "Winter Lightning"),
    Spec("mandelbrot", (-0.1592, -1.0317, 0.03), "ember", "Spark Chamber"),
    Spec("trap", (-0.39, 0.587, 1.2), "candy", "Paper Petals"),
    Spec("attractor", (1.5, -1.8, 1.6, 0.9), "gold", "Golden Dust Engine"),
    Spec("julia", (-0.162, 1.04, 1.15), "moss", "Dendrites After Rain"),
    Spec("mandelbrot", (-0.5, 0.0, 1.25), "lagoon", "The Whole Island"),
    Spec("newton", (3, 1.35, 1.2), "neon", "Arguments in Neon"),
    Spec("julia", (-1.476, 0.0, 0.9), "peacock", "Bridge of Mirrors"),
    Spec("ship", (-1.625, -0.03, 0.1), "gold", "Armada at Dusk"),
    Spec("trap", (-0.123, 0.745, 1.15), "royal", "The Rabbit's Constellation"),
    Spec("attractor", (-1.24, -1.25, -1.82, -1.91), "moss", "Moth Wing"),
    Spec("julia", (-0.512, 0.521, 1.2), "peacock", "Peacock Harbour"),
    Spec("mandelbrot", (-0.1607, 1.0375, 0.012), "sepia", "A Small Copy, Far Away"),
    Spec("julia", (0.37, 0.1, 1.15), "royal", "Orchid Engine"),
    Spec("newton", (7, 1.0, 1.6), "sepia", "Seven Rivers, One Map"),
    Spec("trap", (0.32, 0.043, 1.1), "ember", "Lava Script"),
)


def draw(rng: np.random.Generator, number: int) -> Drawing:
    spec = SPECS[number % len(SPECS)]
    size = canvas.choose_size(rng, "1:1", "4:3", "3:2", "4:5", "3:4")
    colours, words = PALETTES[spec.palette]
    picture, sentence = _KINDS[spec.kind](rng, size, spec.place, colours)
    picture = canvas.vignette(picture, 0.18)
    tags = ("fractal", spec.kind if spec.kind != "trap" else "threads", "mathematics", *words)
    return Drawing(
        edition(spec.title, number, len(SPECS)), sentence, tags, canvas.finish(picture, rng=rng, grain=0.006)
    )


# --- escape times ------------------------------------------------------------------------------------------------


def _plane_of_numbers(size: Size, x: float, y: float, half: float, *, turn: float = 0.0) -> tuple[Complex, Size]:
    """Complex coordinates (h·w,) of a reduced picture; `half` = half the short side."""
    small = (round(size[0] * COMPUTED), round(size[1] * COMPUTED))
    across, down = canvas.grid(small)
    points = (across + 1j * down) * (2 * half) * np.exp(1j * turn)
    return (points + complex(x, y)).astype(np.complex128).ravel(), small


def _escape(
    z: Complex, c: Complex, *, limit: int, fold: bool = False, trap: float | None = None
) -> tuple[Plane, Plane]:
    """Smooth escape time (-1 inside) and the least distance of the orbit to a trap: a cross turned by `trap`."""
    time = np.full(z.shape, -1, np.float32)
    near = np.full(z.shape, 9, np.float32)
    for start in range(0, len(z), CHUNK):
        part = slice(start, start + CHUNK)
        _escape_chunk(z[part].copy(), c[part], time[part], near[part], limit=limit, fold=fold, trap=trap)
    return time, near


def _escape_chunk(
    z: Complex, c: Complex, time: Plane, near: Plane, *, limit: int, fold: bool, trap: float | None
) -> None:
    alive = np.arange(len(z))
    turn = np.exp(1j * (trap or 0.0))
    for step in range(limit):
        if fold:
            z = np.abs(z.real) + 1j * np.abs(z.imag)
        z = z * z + c
        size = z.real**2 + z.imag**2
        if trap is not None and step:
            turned = z * turn
            distance = np.minimum(np.abs(turned.real), np.abs(turned.imag))
            near[alive] = np.minimum(near[alive], distance)
        gone = size > BAILOUT
        if gone.any():
            time[alive[gone]] = step + 1 - np.log2(np.log(size[gone]) / np.log(BAILOUT))
            stay = ~gone
            z, c, alive = z[stay], c[stay], alive[stay]
            if not len(alive):
                return


def _relief(field: Plane, *, strength: float) -> Plane:
    """Light from the upper left on the field as a landscape, -1 to 1."""
    down, across = np.gradient(field)
    slope = (across + down) * strength
    return (-slope / np.sqrt(1 + slope * slope)).astype(np.float32)


def _coloured(
    time: Plane, small: Size, size: Size, colours: tuple[str, ...], rng: np.random.Generator, *, bands: float
) -> Picture:
    """Bands of the palette over the log of the escape time, lit as relief; inside: the darkest colour."""
    time = time.reshape(small[1], small[0])
    inside = (time < 0).astype(np.float32)
    outside = time[time >= 0]
    low = float(np.percentile(outside, 0.5)) if len(outside) else 0.0
    depth = np.log1p(np.clip(time - low, 0, None))
    depth[time < 0] = depth.max()
    top = float(np.percentile(depth[time >= 0], 99)) if len(outside) else 1.0
    depth = canvas.resize(depth / max(top, 1e-6), size)
    inside = canvas.smoothstep(0.3, 0.7, canvas.resize(inside, size))
    phase = depth * bands + rng.uniform(0.0, 0.15)
    picture = canvas.ramp(colours, phase % 1.0)
    light = _relief(canvas.blur(depth, 1.0), strength=70.0) * (1 - inside)
    picture = np.clip(picture * (1 + 0.3 * light[..., None]), 0, 1) + 0.08 * np.clip(light, 0, 1)[..., None] ** 3
    darkest = min(colours, key=lambda colour: float(canvas.rgb(colour).sum()))
    return canvas.over(picture, canvas.rgb(darkest) * 0.6, inside)


def _mandelbrot(
    rng: np.random.Generator, size: Size, place: tuple[float, float, float], colours: tuple[str, ...]
) -> tuple[Picture, str]:
    c, small = _plane_of_numbers(size, *place)
    time, _ = _escape(np.zeros_like(c), c, limit=60 if place[2] > 0.5 else 260)
    picture = _coloured(time, small, size, colours, rng, bands=1.6 if place[2] > 0.5 else 2.2)
    return picture, f"The edge of the Mandelbrot set near {place[0]:.3f} {place[1]:+.3f}i."


def _ship(
    rng: np.random.Generator, size: Size, place: tuple[float, float, float], colours: tuple[str, ...]
) -> tuple[Picture, str]:
    c, small = _plane_of_numbers(size, *place)
    time, _ = _escape(np.zeros_like(c), c, limit=150, fold=True)
    picture = _coloured(time, small, size, colours, rng, bands=1.4)
    return picture, "The burning ship: Mandelbrot's rule with every number folded into one quarter."


def _julia(
    rng: np.random.Generator, size: Size, place: tuple[float, float, float], colours: tuple[str, ...]
) -> tuple[Picture, str]:
    z, small = _plane_of_numbers(size, 0, 0, place[2], turn=rng.uniform(-0.5, 0.5))
    c = np.full_like(z, complex(place[0], place[1]))
    time, _ = _escape(z, c, limit=200)
    picture = _coloured(time, small, size, colours, rng, bands=1.8)
    return picture, f"The Julia set of {place[0]:.3f} {place[1]:+.3f}i, one point of the Mandelbrot set unfolded."


def _trap(
    rng: np.random.Generator, size: Size, place: tuple[float, float, float], colours: tuple[str, ...]
) -> tuple[Picture, str]:
    z, small = _plane_of_numbers(size, 0, 0, place[2] * 0.8, turn=rng.uniform(-0.6, 0.6))
    c = np.full_like(z, complex(place[0], place[1]))
    time, near = _escape(z, c, limit=70, trap=rng.uniform(0, 1.5))
    near = canvas.resize(near.reshape(small[1], small[0]), size)
    depth = canvas.resize(np.log1p(np.clip(time, 0, None)).reshape(small[1], small[0]), size)
    thread = np.clip(1 - np.clip(near, 0, None) ** 0.35 * 1.25, 0, 1)
    ground = canvas.ramp(colours, (depth / (depth.max() + 1e-6)) * 0.35)
    glowing = canvas.ramp([colours[0], *colours[1:5]], thread)
    picture = canvas.over(ground, glowing, canvas.smoothstep(0.02, 0.55, thread))
    return canvas.glow(picture, radius=14, strength=0.25), "Each point coloured by how near its orbit comes to a cross."


# --- Newton and attractors ---------------------------------------------------------------------------------------


def _newton(
    rng: np.random.Generator, size: Size, place: tuple[int, float, float], colours: tuple[str, ...]
) -> tuple[Picture, str]:
    degree, relaxation, half = place
    x, y = rng.uniform(-0.25, 0.25, 2)
    z, small = _plane_of_numbers(size, x, y, half, turn=rng.uniform(0, np.pi))
    root, time = _newton_basins(z.astype(np.complex64), degree, relaxation)
    time = canvas.resize(np.log1p(time).reshape(small[1], small[0]), size)
    time = time / float(np.percentile(time, 99.5))
    picture = np.zeros((size[1], size[0], 3), np.float32)
    for index in range(degree):
        basin = np.clip(canvas.resize((root == index).astype(np.float32).reshape(small[1], small[0]), size), 0, 1)
        start = index / degree
        hues = [canvas.ramp(colours, np.array([(start + shift) % 1.0]))[0] for shift in (0.0, 0.18, 0.42)]
        picture += (
            canvas.ramp([canvas.mix(hues[0], "#ffffff", 0.25), hues[0], hues[1], hues[2]], time) * basin[..., None]
        )
    light = _relief(time, strength=45.0)
    picture = np.clip(picture * (1 + 0.35 * light[..., None]), 0, 1)
    return picture, f"Newton's method looking for the {degree} roots of one, and never sure at the border."


def _newton_basins(z: Complex, degree: int, relaxation: float) -> tuple[npt.NDArray[np.int64], Plane]:
    """Which root of z^degree = 1 each point falls to, and how long it takes (smooth)."""
    root, time = np.zeros(z.shape, np.int64), np.full(z.shape, 40, np.float32)
    for start in range(0, len(z), CHUNK):
        part = slice(start, start + CHUNK)
        point, alive = z[part].copy(), np.arange(len(z[part]))
        last = np.ones(len(point), np.float32)
        for step in range(40):
            power = point ** (degree - 1)
            move = relaxation * (power * point - 1) / (degree * power + 1e-4)
            point = point - move
            length = np.abs(move).astype(np.float32)
            done = length < 1e-3
            if done.any():
                where = start + alive[done]
                root[where] = np.round(np.angle(point[done]) * degree / (2 * np.pi)).astype(np.int64) % degree
                smooth = np.log(1e-3 / last[done]) / np.log(np.clip(length[done], 1e-12, None) / last[done])
                time[where] = step + np.clip(smooth, 0, 1)
                point, alive, length = point[~done], alive[~done], length[~done]
            last = length
            if not len(alive):
                break
    return root, time


def _attractor(
    rng: np.random.Generator, size: Size, place: tuple[float, float, float, float], colours: tuple[str, ...]
) -> tuple[Picture, str]:
    """Clifford Pickover's map: x' = sin(ay) + c cos(ax), y' = sin(bx) + d cos(by)."""
    a, b, c, d = (np.float32(v) for v in place)
    x, y = rng.uniform(-1, 1, (2, 150_000)).astype(np.float32)
    shown = 36
    xs, ys, tints = (np.empty((shown, len(x)), np.float32) for _ in range(3))
    for step in range(-12, shown):
        previous = x
        x, y = np.sin(a * y) + c * np.cos(a * x), np.sin(b * x) + d * np.cos(b * y)
        if step >= 0:
            xs[step], ys[step], tints[step] = x, y, np.abs(x - previous)
    density, tint = _splat(xs.ravel(), ys.ravel(), tints.ravel(), size)
    glow = np.clip(np.log1p(density * 3) / np.log1p(float(np.percentile(density, 99.7)) * 3), 0, 1)
    tint = tint / (float(np.percentile(tint[density > 0], 98)) + 1e-6)
    dark = float(canvas.rgb(colours[0]).mean()) < 0.5
    ground = canvas.filled(size, colours[0])
    ink = canvas.ramp(colours[2:5] if dark else colours[1:5], np.clip(tint, 0, 1))
    picture = canvas.over(ground, ink, glow**0.8)
    if dark:
        picture = canvas.glow(picture, radius=18, strength=0.35)
    return picture, "Five million steps of one small formula, each leaving a grain of light."


def _splat(xs: Plane, ys: Plane, values: Plane, size: Size) -> tuple[Plane, Plane]:
    """Points per pixel and their mean value, the cloud fitted into the size with a margin."""
    width, height = size
    low_x, high_x, low_y, high_y = xs.min(), xs.max(), ys.min(), ys.max()
    if (high_x - low_x > high_y - low_y) != (width > height):
        xs, ys, low_x, high_x, low_y, high_y = ys, xs, low_y, high_y, low_x, high_x
    unit = 0.88 * min(width / (high_x - low_x), height / (high_y - low_y))
    column = ((xs - (low_x + high_x) / 2) * unit + width / 2).astype(np.int32)
    row = ((ys - (low_y + high_y) / 2) * unit + height / 2).astype(np.int32)
    cell = row * width + column
    density = np.bincount(cell, minlength=width * height).astype(np.float32)
    total = np.bincount(cell, weights=values, minlength=width * height).astype(np.float32)
    mean = (total / np.maximum(density, 1)).reshape(height, width)
    return density.reshape(height, width), mean


_KINDS: dict[str, Callable[..., tuple[Picture, str]]] = {
    "mandelbrot": _mandelbrot,
    "ship": _ship,
    "julia": _julia,
    "trap": _trap,
    "newton": _newton,
    "attractor": _attractor,
}
