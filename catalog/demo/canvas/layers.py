"""Layers: laying one thing on another, light and shade, and the finish of a picture."""

import numpy as np
from PIL import Image

from catalog.demo.canvas.colours import Colour, rgb
from catalog.demo.canvas.planes import Picture, Plane, Size, blur, noise, smoothstep


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
    dark = 1 - base
    dark *= 1 - np.clip(light, 0, 1)
    return np.subtract(1, dark, out=dark)


def lit(base: Picture, colour: Colour, amount: Plane) -> Picture:
    """Screen one colour of light, as much as the plane says."""
    light = np.clip(amount, 0, 1)[..., None] * rgb(colour)
    light *= 1 - base
    light += base
    return light


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
