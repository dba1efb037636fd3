"""Layers of things at one distance, faded into the water."""

import numpy as np
from PIL import Image, ImageDraw

from catalog.demo import canvas
from catalog.demo.canvas import Colour, Picture, Plane, Points, Size


def blend(first: Colour, second: Colour, share: float) -> Colour:
    """`share` of the second colour in the first, mixed plainly: quick enough for every leaf and branch."""
    return canvas.rgb(first) * (1 - share) + canvas.rgb(second) * share


class Layer:
    """Things at one distance: drawn in their own colours, then faded into the water.

    Drawn enlarged on clear black, so that reducing gives colours already multiplied by their coverage.
    """

    SCALE = 2

    def __init__(self, size: Size) -> None:
        self._image = Image.new("RGBA", (size[0] * self.SCALE, size[1] * self.SCALE), (0, 0, 0, 0))
        self._draw = ImageDraw.Draw(self._image)

    def polygon(self, points: Points, colour: Colour) -> None:
        self._draw.polygon((np.asarray(points, np.float64) * self.SCALE).ravel().tolist(), fill=_ink(colour))

    def taper(self, points: Points, widths: np.ndarray, colour: Colour) -> None:
        """A line whose width is given at each point."""
        path = np.asarray(points, np.float64)
        along = np.empty_like(path)
        along[1:-1], along[0], along[-1] = path[2:] - path[:-2], path[1] - path[0], path[-1] - path[-2]
        half = widths / 2 / (np.sqrt((along * along).sum(axis=1)) + 1e-9)
        across = np.column_stack([-along[:, 1] * half, along[:, 0] * half])
        self.polygon(np.concatenate([path + across, (path - across)[::-1]]), colour)

    def disc(self, centre: tuple[float, float], radius: float, colour: Colour) -> None:
        self.ellipse(centre, radius, radius, colour)

    def ellipse(self, centre: tuple[float, float], across: float, down: float, colour: Colour) -> None:
        x, y = centre
        box = [float(v) * self.SCALE for v in (x - across, y - down, x + across, y + down)]
        self._draw.ellipse(box, fill=_ink(colour))

    def onto(
        self, picture: Picture, sea: Picture, *, fog: float, relief: float = 0.0, grain: Plane | None = None
    ) -> Picture:
        """Lay the layer on the picture, which is changed unless it is the sea; fog is the share of water before it."""
        found = self._image.getbbox()
        if found is None:
            return picture
        left, top, right, bottom = found[0] // 2, found[1] // 2, (found[2] + 1) // 2, (found[3] + 1) // 2
        box = (slice(top, bottom), slice(left, right))
        part = self._image.crop((left * 2, top * 2, right * 2, bottom * 2)).reduce(self.SCALE)
        planes = np.asarray(part, np.float32) / 255
        mask, light = planes[..., 3:], np.float32(1 - fog)
        if relief:
            light = light * (1 + relief * _rounding(planes[..., 3]))[..., None]
        if grain is not None:
            light = light * (0.78 + 0.44 * grain[box])[..., None]
        laid = picture.copy() if picture is sea else picture
        laid[box] = (
            laid[box] * (1 - mask) + np.clip(planes[..., :3] * light, 0, 1) + sea[box] * (mask * np.float32(fog))
        )
        return laid


def _ink(colour: Colour) -> tuple[int, int, int, int]:
    red, green, blue = (min(max(round(float(v) * 255), 0), 255) for v in canvas.rgb(colour))
    return red, green, blue, 255


def _rounding(mask: Plane) -> Plane:
    """Light from above on a mask blown up a little: about −1 below, 1 at its upper edges."""
    dome = canvas.blur(mask, 9)
    down = np.gradient(dome, axis=0)
    return np.clip(down * 22, -1, 1).astype(np.float32)
