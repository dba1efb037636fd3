"""The board that cut paper is laid on."""

import numpy as np

from catalog.demo import canvas
from catalog.demo.canvas import Colour, Picture, Plane, Size
from catalog.demo.families.faces.specs import GROUND, LINE


class Board:
    """Cut paper with sprayed shading, laid piece on piece."""

    def __init__(self, rng: np.random.Generator, size: Size, colours: tuple[str, ...]) -> None:
        self.size, self.colours = size, colours
        self.scale = min(size[0], size[1] * 0.84)
        self.axis, self.bridge = size[0] / 2, size[1] * 0.42
        self.left, self.right = -size[0] / 2 / self.scale, size[0] / 2 / self.scale
        self.top, self.foot = -self.bridge / self.scale, (size[1] - self.bridge) / self.scale
        self._spray = rng.random((size[1], size[0]), dtype=np.float32)
        self._picture = canvas.paper(rng, size, colours[GROUND], tooth=0.02)

    def px(self, points: list[tuple[float, float]] | np.ndarray) -> np.ndarray:
        return np.asarray(points, np.float64) * self.scale + (self.axis, self.bridge)

    def lay(
        self,
        points: list[tuple[float, float]] | np.ndarray,
        colour: int | Colour,
        *,
        shade: float = 0.0,
        turn: float = 0.6,
        drop: float = 0.0,
    ) -> None:
        """Lay a piece; `shade` sprays it darker (below 0 lighter) towards `turn`, `drop` throws a soft shadow."""
        outline = self.px(points)
        reach = 14
        left, top = np.maximum(np.floor(outline.min(axis=0)).astype(int) - reach, 0)
        right, bottom = np.minimum(np.ceil(outline.max(axis=0)).astype(int) + reach, self.size)
        if right - left < 3 or bottom - top < 3:
            return
        sketch = canvas.Sketch((right - left, bottom - top))
        sketch.polygon(outline - [left, top])
        self._paint((slice(top, bottom), slice(left, right)), sketch.plane(), colour, shade=shade, turn=turn, drop=drop)

    def disc(self, x: float, y: float, radius: float, colour: int | Colour, **how: float) -> None:
        angles = np.linspace(0, 2 * np.pi, 90)
        self.lay(np.column_stack([x + radius * np.cos(angles), y + radius * np.sin(angles)]), colour, **how)

    def brush(
        self,
        points: list[tuple[float, float]] | np.ndarray,
        width: float,
        colour: int | Colour = LINE,
        *,
        taper: bool = True,
    ) -> None:
        """A brush line; tapering it swells in the middle."""
        path = canvas.spline(points, 70)
        widths = np.sin(np.linspace(0.25, np.pi - 0.25, 70)) * 0.85 + 0.15 if taper else np.ones(70)
        along = np.gradient(path, axis=0)
        along /= np.linalg.norm(along, axis=1, keepdims=True) + 1e-9
        across = np.column_stack([-along[:, 1], along[:, 0]]) * (widths * width / 2)[:, None]
        self.lay(np.concatenate([path + across, (path - across)[::-1]]), colour)

    def wash(self, mask: Plane, colour: int | Colour, *, shade: float = 0.0, turn: float = 0.6) -> None:
        """Paint through a mask of the whole board."""
        rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
        if len(rows):
            box = (slice(rows[0], rows[-1] + 1), slice(columns[0], columns[-1] + 1))
            self._paint(box, mask[box], colour, shade=shade, turn=turn, drop=0.0)

    def picture(self) -> Picture:
        return np.clip(self._picture, 0, 1)

    def _paint(
        self, box: tuple[slice, slice], mask: Plane, colour: int | Colour, *, shade: float, turn: float, drop: float
    ) -> None:
        part = self._picture[box]
        if drop:
            part = canvas.shaded(part, canvas.shadow(mask, offset=(5, 7), radius=7, strength=drop))
        paint = canvas.rgb(self.colours[colour]) if isinstance(colour, int) else canvas.rgb(colour)
        part = canvas.over(part, paint, mask)
        if shade:
            height, width = mask.shape
            x, y = (
                np.linspace(-1, 1, width, dtype=np.float32)[None],
                np.linspace(-1, 1, height, dtype=np.float32)[:, None],
            )
            far = np.clip((x * np.cos(turn) + y * np.sin(turn)) * 0.6 + 0.42, 0, 1) ** 1.6 * abs(shade)
            grains = canvas.smoothstep(-0.15, 0.15, far - self._spray[box]) * mask
            tone = canvas.mix(paint, self.colours[LINE], 0.62) if shade > 0 else canvas.mix(paint, "#ffffff", 0.6)
            part = canvas.over(part, tone, grains * 0.8)
        self._picture[box] = part


def arc(x: float, y: float, across: float, down: float, start: float, end: float, count: int = 60) -> np.ndarray:
    angles = np.linspace(start, end, count) * np.pi
    return np.column_stack([x + across * np.cos(angles), y + down * np.sin(angles)])
