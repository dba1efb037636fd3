"""Handles and spouts."""

import numpy as np

from catalog.demo import canvas, studio
from catalog.demo.canvas import Plane, Size

# Bars in shares of the height, from the foot's centre: points (x, up), radii at the start and the end.
_ARMS: dict[str, tuple[tuple[tuple[tuple[float, float], ...], float, float], ...]] = {
    "mug": ((((0.4, 0.8), (0.62, 0.86), (0.76, 0.6), (0.66, 0.3), (0.4, 0.2)), 0.055, 0.05),),
    "cup": ((((0.6, 0.86), (0.86, 0.92), (0.94, 0.66), (0.76, 0.4), (0.48, 0.34)), 0.04, 0.034),),
    "jug": ((((0.2, 0.93), (0.38, 0.96), (0.5, 0.78), (0.46, 0.52), (0.31, 0.36)), 0.032, 0.028),),
    "amphora": (
        (((0.1, 0.93), (0.28, 0.95), (0.36, 0.82), (0.29, 0.65)), 0.024, 0.024),
        (((-0.1, 0.93), (-0.28, 0.95), (-0.36, 0.82), (-0.29, 0.65)), 0.024, 0.024),
    ),
    "teapot": (
        (((-0.5, 0.3), (-0.66, 0.36), (-0.76, 0.56), (-0.88, 0.72)), 0.11, 0.045),
        (((0.46, 0.66), (0.68, 0.76), (0.86, 0.6), (0.8, 0.36), (0.55, 0.22)), 0.045, 0.036),
    ),
}


def arms_of(
    shape: str, size: Size, x: float, base: float, tall: float
) -> list[tuple[tuple[slice, slice], Plane, studio.Normals]]:
    arms = []
    for points, first, last in _ARMS.get(shape, ()):
        path = canvas.spline([(x + across * tall, base - up * tall) for across, up in points], 90)
        arms.append(studio.tube(size, path, np.linspace(first, last, 90) * tall))
    return arms
