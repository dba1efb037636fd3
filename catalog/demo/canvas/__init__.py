"""The craft the families share: light, colour, noise and antialiased shapes on float arrays.

A plane is (h, w) float32, a picture (h, w, 3) float32, both in [0, 1]; a size is (width, height) in pixels, as
in Pillow. Functions return new arrays and take randomness as a Generator.
"""

from catalog.demo.canvas.colours import Colour, mix, ramp, rgb, vary
from catalog.demo.canvas.layers import filled, finish, glow, lit, over, paper, screen, shaded, shadow, vignette
from catalog.demo.canvas.planes import (
    LONG_SIDE,
    SHAPES,
    Picture,
    Plane,
    Size,
    blur,
    choose_size,
    grid,
    noise,
    resize,
    slope,
    smoothstep,
)
from catalog.demo.canvas.shapes import Cutout, Points, Sketch, spline, tapered

__all__ = [
    "LONG_SIDE",
    "SHAPES",
    "Colour",
    "Cutout",
    "Picture",
    "Plane",
    "Points",
    "Size",
    "Sketch",
    "blur",
    "choose_size",
    "filled",
    "finish",
    "glow",
    "grid",
    "lit",
    "mix",
    "noise",
    "over",
    "paper",
    "ramp",
    "resize",
    "rgb",
    "screen",
    "shaded",
    "shadow",
    "slope",
    "smoothstep",
    "spline",
    "tapered",
    "vary",
    "vignette",
]
