"""Putting the pieces of a shoe into a picture."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from catalog.demo import canvas, studio
from catalog.demo.canvas import Picture, Plane, Size
from catalog.demo.families.shoes.parts import Dot, Lace, Part, Path, Piece, Seam
from catalog.demo.families.shoes.specs import Spec

GLOSS = {
    "leather": 0.35,
    "patent": 0.9,
    "suede": 0.0,
    "mesh": 0.0,
    "canvas": 0.0,
    "checker": 0.05,
    "rubber": 0.15,
    "sole": 0.08,
    "cork": 0.0,
    "gum": 0.2,
    "elastic": 0.0,
    "spots": 0.1,
    "fade": 0.1,
}


class Frame(NamedTuple):
    """Where a shoe stands: its heel's place in px, its length, its direction and tilt."""

    x: float
    y: float
    length: float
    left: bool
    turn: float
    floating: bool

    def put(self, points: Sequence[tuple[float, float]] | np.ndarray) -> np.ndarray:
        """Shoe coordinates → px."""
        path = np.asarray(points, np.float64)
        across, up = path[:, 0] - 0.5, path[:, 1]
        if self.left:
            across = -across
        right = np.cos(self.turn) * across - np.sin(self.turn) * up
        high = np.sin(self.turn) * across + np.cos(self.turn) * up
        return np.column_stack([self.x + right * self.length, self.y - high * self.length])


def with_shoe(
    rng: np.random.Generator, picture: Picture, size: Size, frame: Frame, parts: Sequence[Part], spec: Spec
) -> Picture:
    whole = canvas.Sketch(size, scale=1)
    for part in parts:
        if isinstance(part, Piece):
            whole.polygon(_outline(frame, part.curves))
    mask = whole.plane()
    picture = _grounded(picture, size, mask, frame)
    for part in parts:
        if isinstance(part, Piece):
            picture = _piece(rng, picture, mask, frame, part, spec)
        elif isinstance(part, Seam):
            picture = _seam(picture, frame, part, spec)
        elif isinstance(part, Lace):
            picture = _lace(picture, size, frame, part, spec)
        else:
            picture = _dot(picture, frame, part, spec)
    return picture


def _grounded(picture: Picture, size: Size, mask: Plane, frame: Frame) -> Picture:
    if frame.floating:
        centre = (frame.x + 0.04 * frame.length, min(frame.y + 0.22 * frame.length, size[1] * 0.92))
        touch = studio.contact_shadow(
            size, centre=centre, across=0.4 * frame.length, down=0.035 * frame.length, radius=26
        )
        return canvas.shaded(picture, 0.5 * touch)
    fallen = studio.cast_shadow(mask, base=frame.y, reach=0.22, lean=0.5, radius=20)
    touch = studio.contact_shadow(
        size, centre=(frame.x + 6, frame.y + 1), across=0.49 * frame.length, down=0.016 * frame.length, radius=8
    )
    return canvas.shaded(canvas.shaded(picture, 0.36 * fallen), 0.62 * touch)


def _outline(frame: Frame, curves: tuple[Path, ...]) -> np.ndarray:
    return np.concatenate([frame.put(canvas.spline(curve, 30) if len(curve) > 2 else curve) for curve in curves])


def _piece(rng: np.random.Generator, picture: Picture, whole: Plane, frame: Frame, piece: Piece, spec: Spec) -> Picture:
    outline = _outline(frame, piece.curves)
    reach = 12
    height, width = whole.shape
    left, top = np.maximum(np.floor(outline.min(axis=0)).astype(int) - reach, 0)
    right, bottom = np.minimum(np.ceil(outline.max(axis=0)).astype(int) + reach, (width, height))
    sketch = canvas.Sketch((right - left, bottom - top))
    sketch.polygon(outline - [left, top])
    mask = sketch.plane()
    box = (slice(top, bottom), slice(left, right))
    dark = canvas.shadow(mask, offset=(2, 4), radius=5, strength=0.42) * (1 - mask) * whole[box]
    part = canvas.shaded(picture[box], dark)
    normals = _puffed(mask, piece.puff * frame.length)
    paint, bump = _material(rng, piece, spec, mask.shape, frame)
    normals = studio.Normals(normals.x + bump[0], normals.y + bump[1], normals.z)
    shown = studio.light_up(paint, normals, gloss=GLOSS[piece.material], bounce=spec.room[2], ambient=0.5)
    picture[box] = canvas.over(part, shown, mask)
    return picture


def _puffed(mask: Plane, radius: float) -> studio.Normals:
    """Normals of the outline blown up like a cushion whose edge is `radius` px wide."""
    height, width = mask.shape
    small = canvas.resize(mask, (max(width // 2, 4), max(height // 2, 4)))
    depth = np.clip((canvas.blur(small, max(radius / 2, 1.0)) - 0.5) * 2, 0, 1)
    dome = np.sqrt(np.clip(1 - (1 - depth) ** 2, 0, 1)) * radius * 0.62
    dome = canvas.resize(canvas.blur(dome.astype(np.float32), 2.0), (width, height))
    down, across = np.gradient(dome)
    lean = 1 / np.sqrt(1 + across**2 + down**2)
    return studio.Normals(-across * lean, down * lean, lean)


def _material(
    rng: np.random.Generator, piece: Piece, spec: Spec, shape: tuple[int, ...], frame: Frame
) -> tuple[Picture, tuple[Plane, Plane]]:
    """The paint of a piece and what its surface adds to the normals."""
    size = (shape[1], shape[0])
    colour, second = canvas.rgb(spec.colours[piece.colour]), canvas.rgb(spec.colours[1])
    still = np.zeros(shape, np.float32)
    x, y = (
        np.arange(shape[1], dtype=np.float32)[None] / frame.length,
        np.arange(shape[0], dtype=np.float32)[:, None] / frame.length,
    )
    cells = min(size) / frame.length
    if piece.material in ("mesh", "canvas"):
        count = 75 if piece.material == "mesh" else 150
        weave = np.sin(x * count * 2 * np.pi) * np.sin(y * count * 2 * np.pi)
        return np.clip(colour * (1 + (0.2 if piece.material == "mesh" else 0.1) * weave[..., None]), 0, 1), (
            still,
            still,
        )
    if piece.material == "checker":
        square = np.sin((x + 0.3 * y) * 26 * np.pi) * np.sin((y - 0.12 * x) * 30 * np.pi)
        return canvas.over(canvas.filled(size, colour), second, canvas.smoothstep(-0.05, 0.05, square)), (still, still)
    if piece.material == "spots":
        row = np.floor(y * 30)
        u, v = (x * 26 + 0.5 * (row % 2)) % 1.0 - 0.5, (y * 30) % 1.0 - 0.5
        spot = canvas.smoothstep(0.31, 0.25, np.hypot(u, v * 26 / 30).astype(np.float32))
        return canvas.over(canvas.filled(size, colour), second, spot), (still, still)
    if piece.material == "fade":
        along = x / x.max() if x.max() > 0.3 else x * 0 + 0.15
        return canvas.ramp([colour, second], (1 - along if frame.left else along) + 0 * y), (still, still)
    grain = canvas.noise(rng, size, cells=max(cells * (150 if piece.material != "suede" else 60), 2), octaves=3)
    soft = canvas.noise(rng, size, cells=max(cells * 5, 1), octaves=3)
    tone = 0.1 if piece.material in ("suede", "cork") else 0.04
    paint = colour * (1 + tone * (grain - 0.5) * 2 + 0.1 * (soft - 0.5))[..., None]
    if piece.material == "leather":
        down, across = np.gradient(canvas.noise(rng, size, cells=max(cells * 8, 1), octaves=4))
        return np.clip(paint, 0, 1), (across * 2.2, -down * 2.2)
    if piece.material in ("sole", "gum"):
        paint = paint * (1 - 0.16 * ((x * 60) % 1.0 < 0.14)[..., None] * (y > y.max() * 0.5)[..., None])
    return np.clip(paint, 0, 1), (still, still)


def _line_layer(frame: Frame, path: np.ndarray, margin: float) -> tuple[tuple[slice, slice], canvas.Sketch, np.ndarray]:
    left, top = np.maximum(np.floor(path.min(axis=0) - margin), 0).astype(int)
    right, bottom = np.ceil(path.max(axis=0) + margin).astype(int)
    sketch = canvas.Sketch((right - left, bottom - top), scale=3)
    return (slice(top, bottom), slice(left, right)), sketch, path - [left, top]


def _seam(picture: Picture, frame: Frame, seam: Seam, spec: Spec) -> Picture:
    count = 400
    path = frame.put(canvas.spline(seam.curve, count))
    box, sketch, local = _line_layer(frame, path, 6)
    if seam.dashed:
        lengths = np.concatenate([[0], np.cumsum(np.linalg.norm(np.diff(path, axis=0), axis=1))])
        step = 0.016 * frame.length
        for start in np.arange(0, lengths[-1], step):
            inside = (lengths >= start) & (lengths <= start + 0.62 * step)
            if inside.sum() > 1:
                sketch.stroke(local[inside], seam.width * frame.length)
    else:
        sketch.stroke(local, seam.width * frame.length)
    mask = sketch.plane()[: picture[box].shape[0], : picture[box].shape[1]]
    part = canvas.shaded(picture[box], canvas.shadow(mask, offset=(1, 2), radius=1.5, strength=0.3))
    picture[box] = canvas.over(part, canvas.rgb(spec.colours[seam.colour]), 0.9 * mask)
    return picture


def _lace(picture: Picture, size: Size, frame: Frame, lace: Lace, spec: Spec) -> Picture:
    path = frame.put(canvas.spline(lace.curve, 24))
    box, mask, normals = studio.tube(size, path, np.full(24, lace.width * frame.length, np.float32))
    dark = canvas.shadow(mask, offset=(2, 4), radius=3, strength=0.4)
    braid = canvas.rgb(spec.colours[lace.colour]) * np.ones((*mask.shape, 1), np.float32)
    shown = studio.light_up(braid, normals, gloss=0.05, bounce=spec.room[2], ambient=0.6)
    picture[box] = canvas.over(canvas.shaded(picture[box], dark), shown, mask)
    return picture


def _dot(picture: Picture, frame: Frame, dot: Dot, spec: Spec) -> Picture:
    place = frame.put([dot.place])
    radius = dot.radius * frame.length
    box, sketch, local = _line_layer(frame, place, radius + 6)
    sketch.disc(tuple(local[0]), radius)
    mask = sketch.plane()
    part = canvas.shaded(picture[box], canvas.shadow(mask, offset=(1, 2), radius=2, strength=0.35))
    picture[box] = canvas.over(part, canvas.rgb(spec.colours[dot.colour]), mask)
    return picture
