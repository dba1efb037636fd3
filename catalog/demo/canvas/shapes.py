"""Antialiased shapes: sketches on a ground or a mask, cut-outs, curves."""

from collections.abc import Sequence
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw

from catalog.demo.canvas.colours import Colour, rgb
from catalog.demo.canvas.layers import over, shaded, shadow
from catalog.demo.canvas.planes import Picture, Plane, Size

Points: TypeAlias = Sequence[tuple[float, float]] | npt.NDArray[np.floating]


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

    def laid_on(
        self, ground: Picture, *, offset: tuple[int, int] = (0, 0), radius: float = 0.0, strength: float = 0.0
    ) -> Picture:
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
