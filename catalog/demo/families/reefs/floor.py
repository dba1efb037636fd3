"""Scenes on the ground: reefs, sand, anemones."""

import numpy as np

from catalog.demo import canvas
from catalog.demo.canvas import Colour, Picture, Size
from catalog.demo.families.reefs.corals import CORALS, lay_mound, slope_levels
from catalog.demo.families.reefs.fish import big_fish, crowd
from catalog.demo.families.reefs.layer import Layer, blend
from catalog.demo.families.reefs.light import caustic_net
from catalog.demo.families.reefs.specs import Water


def wall_scene(rng: np.random.Generator, sea: Picture, size: Size, water: Water) -> Picture:
    picture, tilt = sea, rng.uniform(-0.5, 0.5)
    unit, grain = min(size), canvas.noise(rng, size, cells=26, octaves=4)
    for depth, (base, fog, tall, count) in enumerate(
        ((0.55, 0.72, 0.16, 9), (0.68, 0.4, 0.24, 8), (0.86, 0.06, 0.34, 7))
    ):
        layer = Layer(size)
        level = slope_levels(rng, size, base, tilt * (1 - 0.25 * depth))
        for place in rng.permutation(np.linspace(0.04, 0.96, count)):
            y = float(np.interp(place, np.linspace(0, 1, 40), level)) + 0.03 * unit
            coral = CORALS[int(rng.integers(len(CORALS)))]
            coral(
                rng,
                layer,
                place * size[0],
                y,
                unit * tall * rng.uniform(0.7, 1.15),
                canvas.vary(rng, water.living[int(rng.integers(5))], 0.05),
            )
        lay_mound(rng, layer, size, level, blend(water.depths[3], water.living[depth], 0.22))
        picture = layer.onto(picture, sea, fog=fog, relief=0.35, grain=grain)
        fish = Layer(size)
        crowd(rng, fish, size, water, 12 - 3 * depth, scale=unit * (0.025 + 0.017 * depth), low=0.12, high=0.5)
        picture = fish.onto(picture, sea, fog=fog * 0.7)
    front = Layer(size)
    for _ in range(int(rng.integers(2, 4))):
        hues = rng.permutation(5)
        big_fish(
            rng,
            front,
            (rng.uniform(0.2, 0.8) * size[0], rng.uniform(0.2, 0.6) * size[1]),
            unit * rng.uniform(0.12, 0.18),
            rng.normal(0, 0.15),
            int(rng.choice([-1, 1])),
            (water.living[hues[0]], "#fdfaf0", water.living[hues[1]]),
        )
    return front.onto(picture, sea, fog=0.08, relief=0.3)


def sand_scene(rng: np.random.Generator, sea: Picture, size: Size, water: Water) -> Picture:
    width, height = size
    horizon = rng.uniform(0.3, 0.42)
    y = (np.linspace(0, 1, height, dtype=np.float32)[:, None] - horizon) / (1 - horizon)
    near = np.clip(y, 0, 1)
    sand = blend("#f0dcae", water.depths[0], 0.25)
    x = np.linspace(-1, 1, width, dtype=np.float32)[None] * (width / height)
    wander = canvas.noise(rng, size, cells=3, octaves=4, stretch=2.5)
    phase = 26 / (near + 0.22) + 2.2 * x * near + 5 * wander
    ripple = (0.5 + 0.5 * np.sin(phase * 1.6)).astype(np.float32)
    ground = (
        canvas.rgb(sand)
        * (0.66 + 0.3 * ripple + 0.2 * (canvas.noise(rng, size, cells=120, octaves=2) - 0.5))[..., None]
    )
    net = caustic_net(rng, size, cells=6, stretch=2.4)
    ground = canvas.lit(np.clip(ground, 0, 1), water.light, 0.55 * net)
    ground = ground * (0.55 + 0.45 * canvas.rgb(water.depths[1]))
    fog = np.clip(0.95 - 1.05 * near**0.55, 0, 1)[..., None]
    picture = canvas.over(sea, ground * (1 - fog) + sea * fog, canvas.smoothstep(-0.01, 0.03, y + 0 * x))
    return _on_sand(rng, picture, sea, size, water, horizon)


def _on_sand(
    rng: np.random.Generator, picture: Picture, sea: Picture, size: Size, water: Water, horizon: float
) -> Picture:
    """Grass far off, then starfish, shells and tufts nearer, fish above."""
    unit = min(size)
    for near, fog in ((0.12, 0.62), (0.35, 0.35), (0.75, 0.06)):
        layer, shade = Layer(size), canvas.Sketch(size, scale=1)
        level = size[1] * (horizon + (1 - horizon) * near)
        for _ in range(int(rng.integers(2, 5))):
            x = rng.uniform(0.04, 0.96) * size[0]
            y = level + rng.uniform(0, 0.1) * size[1]
            scale = unit * (0.06 + 0.2 * near)
            kind = int(rng.integers(4))
            shade.ellipse((x + scale * 0.1, y + scale * 0.04), scale * 0.6, scale * 0.16, 0.6)
            if kind == 0 or ("green" in water.words and kind == 1):
                _tuft(rng, layer, x, y, scale, blend("#5f8f3f", water.depths[2], 0.25))
            elif kind == 1:
                _starfish(rng, layer, x, y, scale * 0.55, water.living[int(rng.integers(5))])
            elif kind == 2:
                _starfish(rng, layer, x, y, scale * 0.4, water.living[int(rng.integers(3))])
            else:
                CORALS[int(rng.integers(len(CORALS)))](
                    rng, layer, x, y, scale * 1.2, water.living[int(rng.integers(5))]
                )
        picture = canvas.shaded(picture, 0.4 * canvas.blur(shade.plane(), 8))
        picture = layer.onto(picture, sea, fog=fog, relief=0.3)
    fish = Layer(size)
    crowd(rng, fish, size, water, 14, scale=unit * 0.05, low=0.12, high=0.4)
    hue = rng.permutation(5)
    big_fish(
        rng,
        fish,
        (rng.uniform(0.25, 0.75) * size[0], rng.uniform(0.3, 0.55) * size[1]),
        unit * 0.2,
        0.05,
        int(rng.choice([-1, 1])),
        (water.living[hue[0]], "#fffaf0", water.living[hue[1]]),
        deep=0.7,
    )
    return fish.onto(picture, sea, fog=0.15, relief=0.3)


def _tuft(rng: np.random.Generator, layer: Layer, x: float, y: float, scale: float, colour: Colour) -> None:
    for _ in range(22):
        foot = x + rng.normal(0, scale * 0.3)
        reach, lean = scale * rng.uniform(0.7, 1.6), rng.normal(0.12, 0.25)
        path = canvas.spline(
            [(foot, y), (foot + lean * reach * 0.3, y - reach * 0.55), (foot + lean * reach, y - reach)], 12
        )
        layer.taper(path, np.linspace(scale * 0.05, 1, 12), canvas.vary(rng, colour, 0.06))


def _starfish(rng: np.random.Generator, layer: Layer, x: float, y: float, radius: float, colour: Colour) -> None:
    turn = rng.uniform(0, 2)
    angles = np.arange(10) * np.pi / 5 + turn
    reach = np.where(np.arange(10) % 2 == 0, 1.0, 0.36) * radius
    ring = np.column_stack([x + reach * np.cos(angles), y + 0.5 * reach * np.sin(angles)])
    layer.polygon(canvas.spline(np.concatenate([ring, ring[:2]]), 160)[:146], colour)
    for arm in range(5):
        tip = np.array([np.cos(angles[2 * arm]), 0.5 * np.sin(angles[2 * arm])]) * radius
        for step in np.linspace(0.1, 0.85, 7):
            layer.disc((x + tip[0] * step, y + tip[1] * step), radius * 0.035, blend(colour, "#ffffff", 0.5))


def anemone_scene(rng: np.random.Generator, sea: Picture, size: Size, water: Water) -> Picture:
    """Rings of tentacles, back ones first, with fish between them."""
    picture, unit = sea * 0.8, min(size)
    rock = Layer(size)
    lay_mound(
        rng,
        rock,
        size,
        slope_levels(rng, size, 0.8, rng.uniform(-0.2, 0.2)),
        blend(water.depths[3], water.living[1], 0.2),
    )
    picture = rock.onto(picture, sea, fog=0.3, relief=0.3, grain=canvas.noise(rng, size, cells=20, octaves=5))
    centre = np.array([size[0] * rng.uniform(0.44, 0.56), size[1] * 1.03])
    hue, tip = water.living[int(rng.integers(5))], blend(water.living[int(rng.integers(5))], "#ffffff", 0.5)
    sway = rng.normal(0, 0.18)
    orange = ("#ff7a1a", "#fffaf2", "#ff9a3a") if water.words[0] != "purple" else ("#f25c05", "#fffaf2", "#ffb347")
    for ring, fog in enumerate((0.5, 0.3, 0.12, 0.0)):
        layer = Layer(size)
        for t in rng.permutation(np.linspace(-1, 1, 34)):
            reach = unit * rng.uniform(0.5, 0.62) * (1.12 - 0.2 * ring)
            angle = -np.pi / 2 + t * 1.25 + rng.normal(0, 0.05)
            base = centre + unit * np.array([t * 0.34, -0.05 * (3 - ring)])
            end = base + reach * np.array([np.cos(angle + sway), 0.9 * np.sin(angle)])
            bend = base + reach * 0.55 * np.array([np.cos(angle - 0.2 * t), np.sin(angle)])
            path = canvas.spline([base, bend, end], 16)
            tone = blend(canvas.vary(rng, hue, 0.03), "#000000", 0.32 - 0.08 * ring)
            widths = np.linspace(unit * 0.042, unit * 0.026, 16)
            layer.taper(path, widths, tone)
            layer.taper(path - (unit * 0.006, 0), widths * 0.3, blend(tone, "#ffffff", 0.3))
            layer.disc(tuple(end), unit * 0.021, tip)
        picture = layer.onto(picture, sea, fog=fog, relief=0.35)
        if ring in (1, 2):
            fish = Layer(size)
            place = (
                size[0] * (0.25 if ring == 1 else 0.74) + rng.normal(0, 0.03) * unit,
                size[1] * rng.uniform(0.24, 0.5),
            )
            big_fish(
                rng,
                fish,
                place,
                unit * (0.24 + 0.07 * ring),
                rng.normal(0, 0.25),
                1 if ring == 1 else -1,
                orange,
                deep=0.6,
                bands=((0.18, 0.29), (0.48, 0.61), (0.83, 0.9)),
            )
            picture = fish.onto(picture, sea, fog=0.1, relief=0.35)
    return picture
