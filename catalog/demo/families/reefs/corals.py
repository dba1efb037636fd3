"""Corals, sponges and the rock they stand on."""

import numpy as np

from catalog.demo import canvas
from catalog.demo.canvas import Colour, Size
from catalog.demo.families.reefs.layer import Layer, blend


def _staghorn(rng: np.random.Generator, layer: Layer, x: float, y: float, tall: float, colour: Colour) -> None:
    tip = blend(colour, "#ffffff", 0.45)
    dark = blend(colour, "#000000", 0.35)

    def grow(start: np.ndarray, angle: float, reach: float, width: float, depth: int) -> None:
        bow = angle + rng.normal(0, 0.25)
        middle = start + reach * 0.5 * np.array([np.cos(bow), np.sin(bow)])
        end = start + reach * np.array([np.cos(angle), np.sin(angle)])
        path, widths = np.array([start, middle, end]), np.array([1.0, 0.86, 0.72]) * width
        layer.taper(path + np.array([width * 0.14, 0]), widths, dark)
        layer.taper(path, widths * 0.85, colour)
        layer.disc(tuple(end), width * 0.31, colour)
        layer.taper(path - np.array([width * 0.16, 0]), widths * 0.28, blend(colour, "#ffffff", 0.2))
        if depth == 0:
            layer.disc(tuple(end), width * 0.42, tip)
            return
        for _ in range(int(rng.integers(2, 4))):
            grow(end, angle + rng.normal(0, 0.5), reach * rng.uniform(0.6, 0.85), width * 0.74, depth - 1)

    for angle in np.linspace(-2.3, -0.85, 4):
        grow(np.array([x, y]), float(angle), tall * 0.36, tall * 0.085, 3)


def _fan(rng: np.random.Generator, layer: Layer, x: float, y: float, tall: float, colour: Colour) -> None:
    """A sea fan: a flat tree of fine branches."""

    def grow(start: np.ndarray, angle: float, reach: float, width: float, depth: int) -> None:
        end = start + reach * np.array([np.cos(angle), np.sin(angle)])
        layer.taper(np.array([start, end]), np.array([1.0, 0.75]) * width, blend(colour, "#000000", 0.05 * depth))
        if depth:
            for lean in (-0.36, 0.0, 0.36)[:: 1 if rng.random() < 0.6 else 2]:
                grow(end, angle + lean + rng.normal(0, 0.1), reach * rng.uniform(0.72, 0.9), width * 0.78, depth - 1)

    grow(np.array([x, y]), -np.pi / 2 + rng.normal(0, 0.1), tall * 0.24, tall * 0.04, 5)


def _tubes(rng: np.random.Generator, layer: Layer, x: float, y: float, tall: float, colour: Colour) -> None:
    for index in np.argsort(-rng.random(6)):
        lean, reach = (index - 2.5) * 0.13, tall * rng.uniform(0.5, 1.0)
        width = tall * rng.uniform(0.12, 0.17)
        base = np.array([x + (index - 2.5) * tall * 0.11, y])
        end = base + reach * np.array([np.sin(lean), -np.cos(lean)])
        path = canvas.spline([base, (base + end) / 2 + (lean * 10, 0), end], 12)
        tone = canvas.vary(rng, colour, 0.05)
        layer.taper(path, np.linspace(width * 0.75, width, 12), blend(tone, "#000000", 0.3))
        layer.taper(path - (width * 0.13, 0), np.linspace(width * 0.45, width * 0.62, 12), tone)
        layer.taper(path - (width * 0.25, 0), np.linspace(width * 0.1, width * 0.16, 12), blend(tone, "#ffffff", 0.35))
        layer.ellipse(tuple(end), width * 0.5, width * 0.2, blend(tone, "#ffffff", 0.3))
        layer.ellipse((end[0], end[1] + 1), width * 0.38, width * 0.13, blend(tone, "#000000", 0.65))


def _brain(rng: np.random.Generator, layer: Layer, x: float, y: float, tall: float, colour: Colour) -> None:
    """A dome with winding furrows."""
    across, high = tall * 0.7, tall * 0.55
    angles = np.linspace(np.pi, 2 * np.pi, 50)
    layer.polygon(
        np.column_stack([x + across * np.cos(angles), y + high * np.sin(angles)]), blend(colour, "#000000", 0.3)
    )
    for ring in np.linspace(0.94, 0.12, 9):
        wobble = rng.uniform(0, 6)
        edge = ring + 0.035 * np.sin(angles * 14 + wobble)
        path = np.column_stack([x - across * 0.06 + across * edge * np.cos(angles), y + high * edge * np.sin(angles)])
        layer.taper(path, np.full(50, tall * 0.034), blend(colour, "#ffffff", 0.25 * (1 - ring) + 0.05))


def _table(rng: np.random.Generator, layer: Layer, x: float, y: float, tall: float, colour: Colour) -> None:
    layer.taper([(x, y), (x, y - tall * 0.5)], np.array([tall * 0.28, tall * 0.13]), blend(colour, "#000000", 0.45))
    for shelf, size in ((0.42, 0.95), (0.62, 0.7)):
        layer.ellipse((x, y - tall * shelf + 0.05 * tall), tall * size, tall * 0.13, blend(colour, "#000000", 0.4))
        layer.ellipse((x, y - tall * shelf), tall * size, tall * 0.11, colour)
        for _ in range(26):
            spot = rng.uniform(-0.9, 0.9)
            layer.disc(
                (x + spot * tall * size * 0.95, y - tall * shelf - rng.uniform(0, 0.08) * tall * (1 - spot**2)),
                tall * 0.045,
                blend(colour, "#ffffff", rng.uniform(0.1, 0.4)),
            )


def _soft(rng: np.random.Generator, layer: Layer, x: float, y: float, tall: float, colour: Colour) -> None:
    """Soft fingers with bright tips, swaying."""
    sway = rng.normal(0, 0.12)
    for _ in range(26):
        angle = rng.uniform(-2.5, -0.65)
        reach = tall * rng.uniform(0.4, 0.75)
        end = np.array([x + np.cos(angle) * reach + sway * reach, y + np.sin(angle) * reach])
        path = canvas.spline(
            [
                (x + rng.normal(0, tall * 0.08), y),
                (x + np.cos(angle) * reach * 0.6, y + np.sin(angle) * reach * 0.45),
                end,
            ],
            10,
        )
        tone = blend(canvas.vary(rng, colour, 0.04), "#000000", rng.uniform(0, 0.3))
        layer.taper(path, np.linspace(tall * 0.07, tall * 0.035, 10), tone)
        layer.disc(tuple(end), tall * 0.028, blend(colour, "#ffffff", 0.55))


CORALS = (_staghorn, _fan, _tubes, _brain, _table, _soft)


def lay_mound(rng: np.random.Generator, layer: Layer, size: Size, level: np.ndarray, colour: Colour) -> None:
    """A rock up to `level` (y at 40 places from left to right)."""
    x = np.linspace(-10, size[0] + 10, len(level))
    layer.polygon(
        np.concatenate([np.column_stack([x, level]), [(size[0] + 10, size[1] + 10), (-10, size[1] + 10)]]), colour
    )


def slope_levels(rng: np.random.Generator, size: Size, base: float, tilt: float) -> np.ndarray:
    x = np.linspace(-0.5, 0.5, 40)
    bumps = sum(rng.normal(0, 0.028 / k**0.7) * np.sin(2 * np.pi * (k * x * 1.4 + rng.random())) for k in range(1, 8))
    return (base + tilt * x + bumps) * size[1]
