"""The craft the families share: light, colour, noise and antialiased shapes on float arrays.

A plane is (h, w) float32, a picture (h, w, 3) float32, both in [0, 1]; a size is (width, height) in pixels, as
in Pillow. Functions return new arrays and take randomness as a Generator.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw

Plane: TypeAlias = npt.NDArray[np.float32]
Picture: TypeAlias = npt.NDArray[np.float32]
Size: TypeAlias = tuple[int, int]
Colour: TypeAlias = str | Sequence[float] | npt.NDArray[np.float32]
Points: TypeAlias = Sequence[tuple[float, float]] | npt.NDArray[np.floating]

LONG_SIDE = 1280
SHAPES: dict[str, Size] = {
    "3:4": (960, 1280),
    "1:1": (1280, 1280),
    "4:3": (1280, 960),
    "2:3": (853, 1280),
    "3:2": (1280, 853),
    "4:5": (1024, 1280),
}


def choose_size(rng: np.random.Generator, *shapes: str) -> Size:
    """One of the named shapes (all of them when none is named)."""
    names = shapes or tuple(SHAPES)
    return SHAPES[names[int(rng.integers(len(names)))]]


# --- numbers -----------------------------------------------------------------------------------------------------


def grid(size: Size, *, centre: tuple[float, float] = (0.5, 0.5)) -> tuple[Plane, Plane]:
    """x (1, w) and y (h, 1) to broadcast, zero at `centre` (fractions of the size), one unit = the short side."""
    width, height = size
    unit = min(size)
    x = (np.arange(width, dtype=np.float32) + 0.5 - centre[0] * width) / unit
    y = (np.arange(height, dtype=np.float32) + 0.5 - centre[1] * height) / unit
    return x[None, :], y[:, None]


def smoothstep(low: float, high: float, value: Plane) -> Plane:
    """0 below `low`, 1 above `high`, an S between; `low` > `high` gives the falling S."""
    t = np.clip((value - low) / (high - low), 0, 1)
    return (t * t * (3 - 2 * t)).astype(np.float32)


def slope(plane: Plane, *, right: int, down: int) -> Plane:
    """How much higher each point lies than the one (right, down) px away; the edges repeat."""
    height, width = plane.shape
    rows = np.clip(np.arange(height) + down, 0, height - 1)
    cols = np.clip(np.arange(width) + right, 0, width - 1)
    return plane - plane[rows][:, cols]


def resize(plane: Plane, size: Size, *, box: tuple[float, float, float, float] | None = None) -> Plane:
    """A plane at another size (bicubic; averages when it shrinks), optionally of the part `box`."""
    return np.asarray(Image.fromarray(plane).resize(size, Image.Resampling.BICUBIC, box=box))


def noise(
    rng: np.random.Generator,
    size: Size,
    *,
    cells: float = 4,
    octaves: int = 5,
    gain: float = 0.5,
    stretch: float = 1,
) -> Plane:
    """Fractal value noise over the whole of [0, 1]; `cells` lumps along the short side.

    `stretch` > 1 draws the lumps out sideways, < 1 upwards. Built as a pyramid: each octave doubles the last.
    """
    width, height = size
    unit = min(size) / cells
    cols, rows = max(width / (unit * stretch), 0.5), max(height / unit, 0.5)
    plane = rng.random((int(rows) + 5, int(cols) + 5), dtype=np.float32)
    margin, weight = 2.0, 1.0
    for _ in range(octaves - 1):
        if plane.shape[0] > height and plane.shape[1] > width:
            break
        weight *= gain
        plane = resize(plane, (plane.shape[1] * 2, plane.shape[0] * 2))
        plane = plane + np.float32(weight) * rng.random(plane.shape, dtype=np.float32)
        margin, cols, rows = margin * 2, cols * 2, rows * 2
    inner = plane[int(margin) : int(margin + rows) + 2, int(margin) : int(margin + cols) + 2]
    low, high = inner.min(), inner.max()
    plane = (plane - low) * (1 / (high - low + np.float32(1e-9)))
    return np.clip(resize(plane, size, box=(margin, margin, margin + cols, margin + rows)), 0, 1)


def blur(plane: Plane, radius: float) -> Plane:
    """A Gaussian blur of standard deviation `radius` px, of a plane or a picture, at a reduced size where it may."""
    if plane.ndim == 3:
        return np.stack([blur(np.ascontiguousarray(plane[..., i]), radius) for i in range(3)], axis=-1)
    height, width = plane.shape
    factor = max(1.0, radius / 1.6)
    small = (max(4, round(width / factor)), max(4, round(height / factor)))
    work = plane if factor == 1.0 else resize(plane, small)
    sigma = radius / factor
    reach = int(np.ceil(2.6 * sigma))
    kernel = np.exp(-0.5 * (np.arange(-reach, reach + 1) / sigma) ** 2)
    kernel = (kernel / kernel.sum()).astype(np.float32)
    for axis in (0, 1):
        pads = [(reach, reach) if axis == a else (0, 0) for a in (0, 1)]
        padded, length = np.pad(work, pads, mode="edge"), work.shape[axis]
        taken = (np.take(padded, range(i, i + length), axis) if axis else padded[i : i + length] for i in range(len(kernel)))
        work = sum((part * weight for part, weight in zip(taken, kernel, strict=True)), np.float32(0))
    return work if factor == 1.0 else np.clip(resize(work, (width, height)), 0, None)


# --- colour ------------------------------------------------------------------------------------------------------


def rgb(colour: Colour) -> npt.NDArray[np.float32]:
    """(3,) of '#rrggbb' or of three numbers."""
    return _parsed(colour) if isinstance(colour, str) else np.asarray(colour, np.float32)


@lru_cache(maxsize=4096)
def _parsed(colour: str) -> npt.NDArray[np.float32]:
    values = np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)], np.float32) / 255
    values.flags.writeable = False
    return values


def mix(first: Colour, second: Colour, share: float) -> npt.NDArray[np.float32]:
    """`share` of the second colour in the first, mixed as the eye would (Oklab)."""
    lab = _to_oklab(np.array([rgb(first), rgb(second)], np.float64))
    return _from_oklab(lab[0] + (lab[1] - lab[0]) * share).astype(np.float32)


def vary(rng: np.random.Generator, colour: Colour, amount: float) -> npt.NDArray[np.float32]:
    """The colour a little lighter or darker and a little off in hue."""
    lighter, *hues = (amount * rng.standard_normal(4)).tolist()
    return np.array([min(1.0, max(0.0, c + lighter + 0.4 * h)) for c, h in zip(rgb(colour).tolist(), hues, strict=True)], np.float32)


def _to_oklab(colours: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """sRGB → Oklab (Ottosson, 2020)."""
    linear = np.where(colours <= 0.04045, colours / 12.92, ((colours + 0.055) / 1.055) ** 2.4)
    return np.cbrt(linear @ _CONES.T) @ _OPPONENT.T


def _from_oklab(colours: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    linear = np.clip((colours @ _FROM_OPPONENT) ** 3 @ _FROM_CONES, 0, 1)
    return np.where(linear <= 0.0031308, linear * 12.92, 1.055 * linear ** (1 / 2.4) - 0.055)


_CONES = np.array(
    [
        [0.4122214708, 0.5363325363, 0.0514459929],
        [0.2119034982, 0.6806995451, 0.1073969566],
        [0.0883024619, 0.2817188376, 0.6299787005],
    ]
)
_OPPONENT = np.array(
    [
        [0.2104542553, 0.7936177850, -0.0040720468],
        [1.9779984951, -2.4285922050, 0.4505937099],
        [0.0259040371, 0.7827717662, -0.8086757660],
    ]
)
_FROM_CONES, _FROM_OPPONENT = np.linalg.inv(_CONES).T, np.linalg.inv(_OPPONENT).T


def ramp(colours: Sequence[Colour], position: Plane, *, stops: Sequence[float] | None = None) -> Picture:
    """The colours laid along [0, 1] (evenly, or at `stops`), smooth in Oklab, looked up at `position` (any shape)."""
    at = np.linspace(0, 1, len(colours)) if stops is None else np.asarray(stops, np.float64)
    lab = _to_oklab(np.array([rgb(c) for c in colours], np.float64))
    fine = np.linspace(0, 1, 2048)
    table = _from_oklab(np.stack([np.interp(fine, at, lab[:, i]) for i in range(3)], axis=-1)).astype(np.float32)
    index = (np.clip(position, 0, 1) * 2047).astype(np.int32)
    return np.take(table, index, axis=0)


# --- laying one thing on another ---------------------------------------------------------------------------------


def filled(size: Size, colour: Colour) -> Picture:
    """A picture of one colour."""
    return np.broadcast_to(rgb(colour), (size[1], size[0], 3)).copy()


def over(base: Picture, paint: Colour | Picture, mask: Plane) -> Picture:
    """Paint (a colour or a picture) where `mask` says; touches only the rows and columns where it says anything."""
    rows, cols = np.flatnonzero(mask.max(axis=1)), np.flatnonzero(mask.max(axis=0))
    result = base.copy()
    if rows.size:
        part = np.s_[rows[0] : rows[-1] + 1, cols[0] : cols[-1] + 1]
        layer = rgb(paint)
        layer = layer[part] if layer.ndim == 3 else layer
        result[part] += (layer - base[part]) * mask[part][..., None]
    return result


def screen(base: Picture, light: Picture) -> Picture:
    """Add light without burning out: 1 − (1 − a)(1 − b)."""
    return 1 - (1 - base) * (1 - np.clip(light, 0, 1))


def lit(base: Picture, colour: Colour, amount: Plane) -> Picture:
    """Screen one colour of light, as much as the plane says."""
    return screen(base, rgb(colour) * np.clip(amount, 0, 1)[..., None])


def shaded(base: Picture, amount: Plane) -> Picture:
    """Darken by a plane: 0 leaves, 1 blackens."""
    return base * (1 - amount)[..., None]


def shadow(mask: Plane, *, offset: tuple[int, int], radius: float, strength: float = 0.4) -> Plane:
    """The soft shadow a shape throws, to be given to `shaded`; offset is (right, down) in px."""
    right, down = offset
    moved = np.roll(mask, (down, right), axis=(0, 1))
    if down:
        moved[:down] = 0
    if right > 0:
        moved[:, :right] = 0
    elif right < 0:
        moved[:, right:] = 0
    return blur(moved, radius) * np.float32(strength)


# --- shapes ------------------------------------------------------------------------------------------------------


def tapered(points: Points, widths: Sequence[float] | Plane) -> npt.NDArray[np.float64]:
    """(2n, 2): the outline of a line whose width is given at each of its n points."""
    path = np.asarray(points, np.float64)
    along = np.empty_like(path)
    along[1:-1] = path[2:] - path[:-2]
    along[0], along[-1] = path[1] - path[0], path[-1] - path[-2]
    along *= (np.asarray(widths, np.float64) / 2 / (np.hypot(along[:, 0], along[:, 1]) + 1e-9))[:, None]
    across = along[:, ::-1] * (-1, 1)
    return np.concatenate([path + across, (path - across)[::-1]])


class Sketch:
    """Antialiased shapes, drawn `scale` times enlarged and reduced once; coordinates in px of the final size.

    With `ground` None it is a mask (colours are levels 0–1, read with `plane`), else a picture (read with `picture`).
    """

    def __init__(self, size: Size, *, ground: Colour | None = None, scale: int = 2) -> None:
        self.size, self.scale = size, scale
        mode, fill = ("L", 0) if ground is None else ("RGB", _ink(ground))
        self._image = Image.new(mode, (size[0] * scale, size[1] * scale), fill)
        self._draw = ImageDraw.Draw(self._image)

    def polygon(self, points: Points, colour: Colour | float = 1.0) -> None:
        self._draw.polygon(self._scaled(points), fill=_ink(colour))

    def stroke(self, points: Points, width: float, colour: Colour | float = 1.0) -> None:
        """A line of even width through the points, with round joints."""
        thick = max(1, round(width * self.scale))
        self._draw.line(self._scaled(points), fill=_ink(colour), width=thick, joint="curve")

    def taper(self, points: Points, widths: Sequence[float] | Plane, colour: Colour | float = 1.0) -> None:
        """A line whose width is given at each point: a brush stroke, a stem, a branch."""
        self.polygon(tapered(points, widths), colour)

    def disc(self, centre: tuple[float, float], radius: float, colour: Colour | float = 1.0) -> None:
        self.ellipse(centre, radius, radius, colour)

    def ellipse(self, centre: tuple[float, float], across: float, down: float, colour: Colour | float = 1.0) -> None:
        """Half-axes in px."""
        x, y = centre
        box = [(v * self.scale) for v in (x - across, y - down, x + across, y + down)]
        self._draw.ellipse(box, fill=_ink(colour))

    def ring(self, centre: tuple[float, float], radius: float, width: float, colour: Colour | float = 1.0) -> None:
        x, y = centre
        box = [v * self.scale for v in (x - radius, y - radius, x + radius, y + radius)]
        self._draw.ellipse(box, outline=_ink(colour), width=max(1, round(width * self.scale)))

    def plane(self) -> Plane:
        """(h, w) in [0, 1]."""
        return np.asarray(self._image.reduce(self.scale), np.float32) / 255

    picture = plane

    def _scaled(self, points: Points) -> list[tuple[float, float]]:
        path = points.tolist() if isinstance(points, np.ndarray) else points
        return [(x * self.scale, y * self.scale) for x, y in path]


class Cutout:
    """Coloured shapes with no ground of their own: colours and their mask, drawn together."""

    def __init__(self, size: Size, *, scale: int = 2) -> None:
        self.colours, self.mask = Sketch(size, ground="#808080", scale=scale), Sketch(size, scale=scale)

    def polygon(self, points: Points, colour: Colour) -> None:
        path = points.tolist() if isinstance(points, np.ndarray) else points
        self.colours.polygon(path, colour)
        self.mask.polygon(path)

    def stroke(self, points: Points, width: float, colour: Colour) -> None:
        self.colours.stroke(points, width, colour)
        self.mask.stroke(points, width)

    def taper(self, points: Points, widths: Sequence[float] | Plane, colour: Colour) -> None:
        self.polygon(tapered(points, widths), colour)

    def disc(self, centre: tuple[float, float], radius: float, colour: Colour) -> None:
        self.colours.disc(centre, radius, colour)
        self.mask.disc(centre, radius)

    def laid_on(self, ground: Picture, *, offset: tuple[int, int] = (0, 0), radius: float = 0.0, strength: float = 0.0) -> Picture:
        """The shapes over the ground, throwing the shadow described if it has any strength."""
        mask = self.mask.plane()
        if strength:
            ground = shaded(ground, shadow(mask, offset=offset, radius=radius, strength=strength))
        return over(ground, self.colours.picture(), mask)


def _ink(colour: Colour | float) -> int | tuple[int, int, int]:
    if isinstance(colour, int | float):
        return round(float(colour) * 255)
    red, green, blue = (min(255, max(0, int(v * 255 + 0.5))) for v in rgb(colour).tolist())
    return red, green, blue


def spline(points: Points, count: int = 80) -> npt.NDArray[np.float64]:
    """`count` points on the Catmull–Rom curve through the given ones."""
    path = np.asarray(points, np.float64)
    ends = np.concatenate([[2 * path[0] - path[1]], path, [2 * path[-1] - path[-2]]])
    t = np.linspace(0, len(path) - 1 - 1e-9, count)
    i, u = t.astype(int), (t % 1)[:, None]
    a, b, c, d = ends[i], ends[i + 1], ends[i + 2], ends[i + 3]
    return 0.5 * (2 * b + (c - a) * u + (2 * a - 5 * b + 4 * c - d) * u**2 + (3 * b - a - 3 * c + d) * u**3)


# --- finishing ---------------------------------------------------------------------------------------------------


def glow(light: Picture, *, radius: float, strength: float = 0.6) -> Picture:
    """The picture with the halo that its own bright parts throw."""
    return screen(light, blur(light * light, radius) * np.float32(strength))


def vignette(picture: Picture, strength: float = 0.25) -> Picture:
    """Darker corners."""
    height, width = picture.shape[:2]
    x, y = np.linspace(-1, 1, width, dtype=np.float32), np.linspace(-1, 1, height, dtype=np.float32)
    far = (x * x)[None, :] + (y * y)[:, None]
    return shaded(picture, strength * smoothstep(0.5, 2.0, far))


def paper(rng: np.random.Generator, size: Size, colour: Colour, *, tooth: float = 0.03) -> Picture:
    """A sheet of paper: fibre, faint clouds of age."""
    fibre = noise(rng, size, cells=160, octaves=2) - 0.5
    age = noise(rng, size, cells=3, octaves=4) - 0.5
    return np.clip(rgb(colour) + (tooth * (fibre + age))[..., None], 0, 1)


def finish(picture: Picture, *, rng: np.random.Generator, grain: float = 0.012) -> Image.Image:
    """The RGB image, with a film grain that also hides banding; grain is a standard deviation."""
    speckle = rng.standard_normal(picture.shape[:2], dtype=np.float32) * np.float32(255 * grain) + np.float32(0.5)
    levels = picture.astype(np.float32) * 255
    levels += speckle[..., None]
    return Image.fromarray(np.clip(levels, 0, 255, out=levels).astype(np.uint8))
