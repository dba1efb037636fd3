"""Scenes of open water: shoals, jellyfish, mantas."""

import numpy as np

from catalog.demo import canvas
from catalog.demo.canvas import Colour, Picture, Points, Size
from catalog.demo.families.reefs.fish import big_fish, crowd, small_fish
from catalog.demo.families.reefs.layer import Layer, blend
from catalog.demo.families.reefs.light import caustic_net
from catalog.demo.families.reefs.specs import Water


def shoal_scene(rng: np.random.Generator, sea: Picture, size: Size, water: Water) -> Picture:
    """Fish along a spiral stream, those behind first and paler."""
    picture, unit = sea, min(size)
    centre = np.array([rng.uniform(0.42, 0.58) * size[0], rng.uniform(0.42, 0.56) * size[1]])
    kind, way = int(rng.integers(3)), rng.choice([-1, 1])
    silver, back = blend(water.light, water.depths[0], 0.35), blend(water.depths[2], "#000000", 0.1)
    for fog, length, count in ((0.7, 0.042, 170), (0.42, 0.062, 150), (0.1, 0.088, 95)):
        layer = Layer(size)
        for t in np.sort(rng.uniform(0, 1, count)):
            if kind == 0:
                angle, radius = t * 2 * np.pi, 0.27 * (1 + rng.normal(0, 0.24))
                place = centre + unit * radius * np.array([1.5 * np.cos(angle), 0.8 * np.sin(angle)])
                heading = np.arctan2(0.8 * np.cos(angle), -1.5 * np.sin(angle))
            elif kind == 1:
                place = np.array(
                    [(t * 1.1 - 0.05) * size[0], centre[1] + unit * (0.2 * np.sin(t * 5.5) + rng.normal(0, 0.085))]
                )
                heading = np.arctan2(0.2 * 5.5 * unit * np.cos(t * 5.5), 1.1 * size[0])
            else:
                angle, radius = t * 11, 0.06 + 0.38 * t
                place = centre + unit * (radius + rng.normal(0, 0.03)) * np.array([1.25 * np.cos(angle), np.sin(angle)])
                heading = angle + np.pi / 2
            shade = rng.uniform(0, 0.4)
            colours = (blend(back, silver, shade), blend(silver, "#ffffff", rng.uniform(0, 0.5)))
            turn = float(heading + (0 if way > 0 else np.pi) + rng.normal(0, 0.12))
            small_fish(layer, tuple(place), unit * length * rng.uniform(0.85, 1.2), turn, 1, colours, slim=0.26)
        picture = layer.onto(picture, sea, fog=fog)
    if rng.random() < 0.6:
        hunter = Layer(size)
        big_fish(
            rng,
            hunter,
            (size[0] * rng.uniform(0.2, 0.8), size[1] * 0.86),
            unit * 0.34,
            rng.normal(0, 0.1),
            int(rng.choice([-1, 1])),
            (back, blend(back, "#000000", 0.2), back),
            deep=0.36,
            bands=(),
        )
        picture = hunter.onto(picture, sea, fog=0.3, relief=0.4)
    return picture


def jelly_scene(rng: np.random.Generator, sea: Picture, size: Size, water: Water) -> Picture:
    """Jellyfish as light: bell, rim, arms and threads screened on dark water."""
    picture = sea * (0.42 if water.words[-1] != "bright" else 0.62)
    unit = min(size)
    count = int(rng.integers(3, 6))
    places = [(rng.uniform(0.12, 0.88), rng.uniform(0.1, 0.62), rng.uniform(0.07, 0.12)) for _ in range(count)]
    places.append((rng.uniform(0.35, 0.65), rng.uniform(0.24, 0.36), rng.uniform(0.19, 0.25)))
    for x, y, share in places:
        hue = blend(water.living[int(rng.integers(5))], water.light, 0.25)
        picture = _one_jelly(
            rng,
            picture,
            size,
            np.array([x * size[0], y * size[1]]),
            share * unit,
            hue,
            rng.normal(0, 0.25),
            min(1.0, 0.4 + share * 3),
        )
    return canvas.glow(np.clip(picture, 0, 1), radius=16, strength=0.35)


def _one_jelly(
    rng: np.random.Generator,
    picture: Picture,
    size: Size,
    place: np.ndarray,
    radius: float,
    hue: Colour,
    lean: float,
    strength: float,
) -> Picture:
    spin = np.array([[np.cos(lean), -np.sin(lean)], [np.sin(lean), np.cos(lean)]])
    left, top = np.maximum((place - radius * np.array([2.2, 1.3])).astype(int), 0)
    right, bottom = np.minimum((place + radius * np.array([2.2, 3.7])).astype(int), size)
    corner, window = place - (left, top), (int(right - left), int(bottom - top))

    def put(points: Points) -> np.ndarray:
        return np.asarray(points, np.float64) @ spin.T * radius + corner

    bell, inner, trailing = canvas.Sketch(window), canvas.Sketch(window, scale=1), canvas.Sketch(window)
    for start in np.linspace(-0.92, 0.92, 17):
        t = np.linspace(0, 1, 40)
        reach, wave = rng.uniform(1.6, 3.4), rng.uniform(0, 6)
        sway = start * (1 - 0.25 * t) + 0.13 * t * np.sin(t * 7 + wave)
        trailing.stroke(put(np.column_stack([sway, 0.1 + reach * t])), max(1.0, radius * 0.009), rng.uniform(0.2, 0.5))
    for start in (-0.28, -0.1, 0.1, 0.28):
        t = np.linspace(0, 1, 60)
        sway = start * (1 + 0.5 * t) + 0.1 * np.sin(t * 9 + start * 20)
        widths = radius * 0.16 * (1 - t) * (0.75 + 0.35 * np.sin(t * 40 + start * 9))
        trailing.taper(put(np.column_stack([sway, 0.05 + rng.uniform(1.4, 2.3) * t])), np.clip(widths, 1, None), 0.5)
    angles, rim = np.linspace(np.pi, 2 * np.pi, 50), np.linspace(1, -1, 40)
    scallop = np.column_stack([rim, 0.1 + 0.05 * np.abs(np.sin(rim * 12)) - 0.08 * (1 - rim**2)])
    dome = np.column_stack([np.cos(angles), rng.uniform(0.75, 0.95) * np.sin(angles)])
    bell.polygon(put(np.concatenate([dome, scallop])))
    for petal in np.arange(4) * np.pi / 2 + 0.4:
        middle = put([(0.26 * np.cos(petal), -0.42 + 0.15 * np.sin(petal))])[0]
        inner.ellipse(tuple(middle), radius * 0.19, radius * 0.1, 0.9)
    mask = bell.plane()
    edge = np.clip(mask - canvas.blur(mask, radius * 0.13) * 0.92, 0, 1) * 1.7
    light = 0.3 * mask + 0.75 * edge + 0.4 * canvas.blur(inner.plane(), max(radius * 0.03, 1)) * mask
    light = 1 - (1 - np.clip(light, 0, 1)) * (1 - trailing.plane())
    box = (slice(top, bottom), slice(left, right))
    picture[box] = canvas.lit(picture[box], blend(hue, "#ffffff", 0.22), strength * light)
    return picture


def manta_scene(rng: np.random.Generator, sea: Picture, size: Size, water: Water) -> Picture:
    unit = min(size)
    x, y = canvas.grid(size, centre=(rng.uniform(0.3, 0.7), rng.uniform(0.08, 0.3)))
    far = np.hypot(x, y)
    picture = canvas.lit(
        sea, water.light, np.clip(0.95 * np.exp(-((far / 0.12) ** 2)) + 0.45 * np.exp(-far / 0.3), 0, 1)
    )
    picture = canvas.lit(picture, water.light, 0.45 * caustic_net(rng, size, cells=7, stretch=2) * np.exp(-far / 0.35))
    small = Layer(size)
    crowd(rng, small, size, water, 26, scale=unit * 0.022)
    picture = small.onto(picture, sea, fog=0.55)
    count = int(rng.integers(1, 4))
    for index in range(count):
        layer = Layer(size)
        share = (0.3 if count == 1 else 0.22) * (1 - 0.22 * index)
        place = (
            size[0] * (0.3 + 0.22 * index + rng.uniform(-0.05, 0.1)),
            size[1] * (0.66 - 0.2 * index + rng.uniform(-0.05, 0.05)),
        )
        _one_manta(rng, layer, place, unit * share * 1.25, rng.normal(-0.3, 0.35), water)
        picture = layer.onto(picture, sea, fog=0.12 + 0.22 * index, relief=0.5)
    return picture


def _one_manta(
    rng: np.random.Generator, layer: Layer, place: tuple[float, float], reach: float, turn: float, water: Water
) -> None:
    dark = blend(water.depths[3], "#000000", 0.35)
    lift = rng.uniform(-0.3, 0.12)
    right = canvas.spline(
        [
            (0.0, -0.34),
            (0.22, -0.32),
            (0.6, -0.22 + lift * 0.6),
            (1.15, lift),
            (0.66, 0.06 + lift * 0.3),
            (0.3, 0.3),
            (0.05, 0.46),
        ],
        60,
    )
    outline = np.concatenate([right, right[::-1] * (-1, 1)])
    spin = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])

    def put(points: Points) -> np.ndarray:
        return np.asarray(points, np.float64) @ spin.T * reach + place

    tail = canvas.spline([(0, 0.4), (0.05, 0.8), (-0.02, 1.3)], 24)
    layer.taper(put(tail), np.linspace(0.05, 0.008, 24) * reach, dark)
    layer.polygon(put(outline), dark)
    pale = blend(water.depths[0], dark, 0.3)
    belly = canvas.spline(
        [
            (0, -0.3),
            (0.2, -0.26),
            (0.3, -0.02),
            (0.16, 0.24),
            (0, 0.36),
            (-0.16, 0.24),
            (-0.3, -0.02),
            (-0.2, -0.26),
            (0, -0.3),
        ],
        80,
    )
    layer.polygon(put(belly), pale)
    for side in (-1, 1):
        layer.taper(
            put(canvas.spline([(side * 0.14, -0.3), (side * 0.2, -0.42), (side * 0.12, -0.52)], 14)),
            np.linspace(0.1, 0.05, 14) * reach,
            dark,
        )
        for gill in range(5):
            layer.taper(
                put([(side * 0.07, -0.13 + 0.06 * gill), (side * 0.2, -0.16 + 0.06 * gill)]),
                np.array([0.012, 0.02]) * reach,
                dark,
            )
    for _ in range(9):
        spot = rng.normal((0, 0.1), 0.12)
        layer.disc(tuple(put([spot])[0]), reach * rng.uniform(0.01, 0.026), dark)
