"""A surface of revolution solved for every pixel."""

from typing import NamedTuple

import numpy as np

from catalog.demo import canvas, studio
from catalog.demo.canvas import Plane, Size

TILT = 0.2  # how round circles look: 0 from the side, 1 from above


class Form(NamedTuple):
    """A vessel solved for a window of the picture: where it is, and what it is like there."""

    box: tuple[slice, slice]
    mask: Plane  # the front of the body
    hole: Plane  # the opening seen from above
    lip: Plane  # its rim
    height: Plane  # 0 foot … 1 rim
    turn: Plane  # -0.5 left edge … 0.5 right edge, by angle
    normals: studio.Normals


def solved(
    size: Size, profile: tuple[tuple[float, float], ...], x: float, base: float, tall: float, *, closed: bool
) -> Form:
    """Find for each pixel the height h of the front surface: h = y + TILT sqrt(r(h)² − x²)."""
    knots = np.asarray(profile)
    curve = canvas.spline(knots, 600) if len(knots) != 7 or knots[1, 0] > 0.01 else knots
    levels = np.linspace(0, 1, 1025)
    heights = np.maximum.accumulate(np.clip(curve[:, 0], 0, 1))
    radii = np.clip(np.interp(levels, heights, curve[:, 1]), 0.002, None).astype(np.float32)
    slopes = np.gradient(radii, levels).astype(np.float32)
    widest = float(radii.max()) * tall + 3
    left, right = max(int(x - widest), 0), min(int(x + widest) + 1, size[0])
    top, bottom = max(int(base - tall * (1 + TILT)), 0), min(int(base + widest * TILT) + 4, size[1])
    across = ((np.arange(left, right, dtype=np.float32) + 0.5 - x) / tall)[None]
    up = ((base - np.arange(top, bottom, dtype=np.float32) - 0.5) / tall)[:, None]
    height = up + 0 * across
    for _ in range(6):
        radius = radii[(np.clip(height, 0, 1) * 1024).astype(np.int32)]
        height = 0.4 * height + 0.6 * (up + TILT * np.sqrt(np.clip(radius * radius - across * across, 0, None)))
    index = (np.clip(height, 0, 1) * 1024).astype(np.int32)
    radius, slope = radii[index], slopes[index]
    mask = np.clip((radius - np.abs(across)) * tall + 0.5, 0, 1)
    mask *= np.clip(height * tall + 0.5, 0, 1) * np.clip((1 - height) * tall + 0.5, 0, 1)
    rim = float(radii[-1])
    ring = np.sqrt(across**2 + ((up - 1) / TILT) ** 2)
    hole = np.clip((rim - ring) * tall * 0.4 + 0.5, 0, 1) * (0.0 if closed else 1.0)
    wall = min(0.022, rim * 0.14)
    lip = hole * np.clip((ring - (rim - wall)) * tall * 0.4 + 0.5, 0, 1)
    sine = np.clip(across / radius, -1, 1)
    lean = 1 / np.sqrt(1 + slope * slope)
    normals = studio.Normals(sine * lean, -slope * lean, np.sqrt(1 - sine * sine) * lean)
    turn = (np.arcsin(sine) / np.pi).astype(np.float32)
    box = (slice(top, bottom), slice(left, right))
    return Form(box, mask.astype(np.float32), hole, lip, np.clip(height, 0, 1), turn, normals)
