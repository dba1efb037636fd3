"""Under water: reefs, shoals, kelp, jellyfish, mantas, sand, anemones and turtles, in falling light.

Water is a ramp of colour with shafts of light; things are drawn in layers that fade into it with distance.
Coordinates are px unless a name says otherwise.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from PIL import Image, ImageDraw

from catalog.demo import canvas
from catalog.demo.canvas import Colour, Picture, Plane, Points, Size
from catalog.demo.drawing import Drawing

SLUG = "reefs"
NAME = "Reefs"


class Water(NamedTuple):
    """Colours from the surface to the deep, of the light, and of what lives there."""

    depths: tuple[str, ...]
    light: str
    living: tuple[str, ...]
    words: tuple[str, ...]


WATERS = {
    "lagoon": Water(("#c8f5ea", "#4fc9cf", "#1487a8", "#0a4f78"), "#fffbe0", ("#ff6f61", "#ffb347", "#f25fa0", "#8f5fd0", "#ffe066"), ("blue", "bright")),
    "deep": Water(("#3f8fd6", "#1b57a0", "#0d2a63", "#050f2e"), "#bfe3ff", ("#e04f7a", "#f08a4b", "#5fd0c5", "#9f7be0", "#f2d16b"), ("blue", "night")),
    "kelp": Water(("#eaf0a8", "#8fbf72", "#2f7a5e", "#0c332f"), "#fff6b8", ("#d98a3d", "#e0b84a", "#b5533c", "#7f9f4a", "#f2e08a"), ("green", "calm")),
    "violet": Water(("#ffc9c9", "#b57fc0", "#553f94", "#1a1345"), "#ffe3d0", ("#ff7fa8", "#ffb86b", "#7fd6e0", "#e05fb8", "#fff0a0"), ("purple", "warm")),
    "jade": Water(("#d8f5d8", "#5fc9a8", "#1a8a86", "#0a4148"), "#f6ffe0", ("#ff8a5f", "#f25f6b", "#ffd166", "#3f7fd0", "#f7a8c0"), ("green", "bright")),
}  # fmt: skip

SPECS = (
    ("wall", "lagoon", "Noon on the Outer Reef"),
    ("shoal", "deep", "The Turning Shoal"),
    ("kelp", "kelp", "Cathedral of Kelp"),
    ("jelly", "deep", "Lanterns Rising"),
    ("manta", "lagoon", "Manta against the Sun"),
    ("sand", "jade", "Starfish Flats"),
    ("anemone", "violet", "Home among the Tentacles"),
    ("turtle", "lagoon", "Old Turtle, Unhurried"),
    ("wall", "violet", "Coral at the Pink Hour"),
    ("shoal", "lagoon", "Ten Thousand Silver Coins"),
    ("kelp", "jade", "Swaying Forest"),
    ("jelly", "violet", "Moon Jellies at Dusk"),
    ("manta", "deep", "Night Flight of the Manta"),
    ("sand", "lagoon", "Sunlight Written on Sand"),
    ("anemone", "lagoon", "Two Clowns at the Door"),
    ("turtle", "deep", "Turtle over the Drop-Off"),
    ("wall", "deep", "Twilight Wall"),
    ("shoal", "jade", "Green Water, Quick Fish"),
    ("kelp", "lagoon", "Kelp in Clear Weather"),
    ("jelly", "lagoon", "Glass Umbrellas"),
    ("manta", "violet", "Three Mantas Homeward"),
    ("sand", "kelp", "Meadow of Eelgrass"),
    ("anemone", "jade", "Green Fingers, Orange Fish"),
    ("turtle", "kelp", "Turtle in Olive Light"),
    ("wall", "jade", "The Crowded Slope"),
    ("shoal", "violet", "Sunset Run"),
    ("kelp", "deep", "The Forest after Hours"),
    ("jelly", "jade", "Slow Bells"),
    ("manta", "jade", "Passing Overhead"),
    ("sand", "violet", "Evening on the Sea Floor"),
    ("anemone", "deep", "Anemone with the Lights Off"),
    ("turtle", "jade", "Turtle and Companions"),
    ("wall", "kelp", "Reef in Tea-Coloured Water"),
    ("shoal", "kelp", "Sardines above the Weed"),
    ("kelp", "violet", "Lilac Kelp"),
    ("jelly", "kelp", "Amber Drifters"),
    ("manta", "kelp", "Manta in Plankton Rain"),
    ("sand", "deep", "Blue Hour Ripples"),
    ("anemone", "kelp", "Golden Tentacles"),
    ("turtle", "violet", "Turtle under a Rose Sky"),
)
_SENTENCES = {
    "wall": "Corals crowd a slope while small fish keep their distance from each other.",
    "shoal": "Hundreds of fish turning as if they were one.",
    "kelp": "Giant kelp climbing to the light, with fish between the stems.",
    "jelly": "Jellyfish drifting, their arms longer than their hurry.",
    "manta": "Mantas seen from below, crossing the light.",
    "sand": "Rippled sand under a net of sunlight, and who lives on it.",
    "anemone": "An anemone from near by, and the fish it does not sting.",
    "turtle": "A sea turtle gliding past the reef.",
}


def draw(rng: np.random.Generator, number: int) -> Drawing:
    scene, water_name, title = SPECS[number % len(SPECS)]
    size = canvas.choose_size(rng, *_SHAPES.get(scene, ("4:3", "3:2", "1:1")))
    water = WATERS[water_name]
    sea = _water(rng, size, water, floor=scene == "anemone")
    picture = _SCENES[scene](rng, sea, size, water)
    light = _snow(rng, size)
    if scene not in ("anemone", "jelly"):
        light = 1 - (1 - light) * (1 - 0.3 * _shafts(rng, size))
    picture = canvas.lit(picture, water.light, light)
    subject = {"wall": "coral", "shoal": "fish", "manta": "manta", "jelly": "jellyfish"}.get(scene, scene)
    picture = canvas.vignette(np.clip(picture, 0, 1), 0.3)
    return Drawing(title, _SENTENCES[scene], ("sea", "underwater", subject, *water.words), canvas.finish(picture, rng=rng, grain=0.01))


_SHAPES = {"kelp": ("3:4", "2:3", "4:5"), "jelly": ("3:4", "4:5", "1:1", "2:3"), "wall": ("4:3", "1:1", "4:5")}


# --- water and light ---------------------------------------------------------------------------------------------


def _water(rng: np.random.Generator, size: Size, water: Water, *, floor: bool = False) -> Picture:
    width, height = size
    y = np.linspace(0, 1, height, dtype=np.float32)[:, None]
    x = np.linspace(-1, 1, width, dtype=np.float32)[None]
    cloud = canvas.noise(rng, size, cells=2.5, octaves=4) - 0.5
    depth = (0.35 + 0.65 * y if floor else y) + 0.09 * x * rng.choice([-1, 1]) + 0.12 * cloud
    return canvas.ramp(water.depths, depth)


def _shafts(rng: np.random.Generator, size: Size) -> Plane:
    """Beams that fan out from above the surface and die with depth."""
    width, height = size
    x, y = canvas.grid(size, centre=(rng.uniform(0.25, 0.75), -0.35))
    angle = np.arctan2(x, y)
    profile = np.zeros(2048, np.float32)
    for waves in (9, 17, 31, 53):
        profile += np.sin(np.linspace(0, waves * 2 * np.pi, 2048) + rng.uniform(0, 6)).astype(np.float32) / waves**0.35
    profile = np.clip(profile / profile.max(), 0, 1) ** 1.6
    beams = profile[np.clip((angle / 2.2 + 0.5) * 2047, 0, 2047).astype(np.int32)]
    fade = canvas.smoothstep(1.0, 0.0, np.linspace(0, 1.05, height, dtype=np.float32)[:, None])
    return (beams * fade).astype(np.float32)


def _snow(rng: np.random.Generator, size: Size) -> Plane:
    """Drifting specks, most of them out of focus, as light."""
    sketch = canvas.Sketch(size, scale=1)
    for _ in range(130):
        sketch.disc((rng.uniform(0, size[0]), rng.uniform(0, size[1])), rng.uniform(0.8, 2.6), rng.uniform(0.2, 0.7))
    specks = sketch.plane()
    return np.clip(0.5 * specks + 0.9 * canvas.blur(specks, 3), 0, 0.8)


def _caustics(rng: np.random.Generator, size: Size, *, cells: float, stretch: float = 1.0) -> Plane:
    """The bright net that waves throw on the ground."""
    net = np.zeros((size[1], size[0]), np.float32)
    for _ in range(2):
        web = canvas.noise(rng, size, cells=cells, octaves=2, stretch=stretch)
        net = np.maximum(net, np.clip(1 - np.abs(web - 0.5) * 9, 0, 1) ** 2)
    return net


def _blend(first: Colour, second: Colour, share: float) -> Colour:
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

    def onto(self, picture: Picture, sea: Picture, *, fog: float, relief: float = 0.0, grain: Plane | None = None) -> Picture:
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
        laid[box] = laid[box] * (1 - mask) + np.clip(planes[..., :3] * light, 0, 1) + sea[box] * (mask * np.float32(fog))
        return laid


def _ink(colour: Colour) -> tuple[int, int, int, int]:
    red, green, blue = (min(max(round(float(v) * 255), 0), 255) for v in canvas.rgb(colour))
    return red, green, blue, 255


def _rounding(mask: Plane) -> Plane:
    """Light from above on a mask blown up a little: about −1 below, 1 at its upper edges."""
    dome = canvas.blur(mask, 9)
    down = np.gradient(dome, axis=0)
    return np.clip(down * 22, -1, 1).astype(np.float32)


# --- fish --------------------------------------------------------------------------------------------------------

_S = np.linspace(0, 1, 22)
_BODY = np.column_stack([0.5 - _S, 0.5 * np.sin(np.pi * _S**0.72) ** 0.9 * (1 - 0.35 * _S)])


def _placed(shape: np.ndarray, place: tuple[float, float], length: float, turn: float, way: int) -> np.ndarray:
    points = shape * (way, 1)
    spin = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
    return points @ spin.T * length + place


def _small_fish(layer: Layer, place: tuple[float, float], length: float, turn: float, way: int, colours: tuple[Colour, Colour], *, slim: float = 0.3) -> None:
    """A fish of the crowd: back, belly and tail."""
    back = np.concatenate([_BODY * (1, -slim), [(-0.5, 0.0)]])
    belly = np.concatenate([_BODY * (1, slim), [(-0.5, 0.0)]])
    tail = np.array([(-0.42, 0.0), (-0.68, -0.17), (-0.6, 0.0), (-0.68, 0.17)])
    layer.polygon(_placed(tail, place, length, turn, way), colours[0])
    layer.polygon(_placed(belly, place, length, turn, way), colours[1])
    layer.polygon(_placed(back, place, length, turn, way), colours[0])


def _big_fish(
    rng: np.random.Generator, layer: Layer, place: tuple[float, float], length: float, turn: float, way: int, colours: tuple[Colour, Colour, Colour], *, deep: float = 0.55, bands: tuple[tuple[float, float], ...] = ((0.24, 0.36), (0.56, 0.68))
) -> None:
    """A reef fish near by: fins, body with bands, eye. Colours: body, bands, fins."""

    def lay(shape: np.ndarray | list[tuple[float, float]], colour: Colour) -> None:
        layer.polygon(_placed(np.asarray(shape), place, length, turn, way), colour)

    half = _BODY[:, 1] * deep
    dark = _blend(colours[2], "#000000", 0.25)
    lay(canvas.spline([(-0.4, 0.0), (-0.6, -0.2), (-0.7, -0.2), (-0.6, 0.0), (-0.7, 0.2), (-0.6, 0.2), (-0.4, 0.0)], 40), colours[2])
    lay(canvas.spline([(0.2, -0.2 * deep), (0.1, -0.62 * deep), (-0.2, -0.6 * deep), (-0.42, -0.18 * deep), (0.2, -0.2 * deep)], 40), dark)
    lay(canvas.spline([(0.0, 0.3 * deep), (-0.1, 0.62 * deep), (-0.3, 0.5 * deep), (-0.4, 0.12 * deep), (0.0, 0.3 * deep)], 40), dark)
    lay(np.concatenate([np.column_stack([_BODY[:, 0], -half]), np.column_stack([_BODY[::-1, 0], half[::-1]])]), colours[0])
    lay(np.concatenate([np.column_stack([_BODY[:, 0], half * 0.35]), np.column_stack([_BODY[::-1, 0], half[::-1]])]), _blend(colours[0], "#ffffff", 0.22))
    for first, last in bands:
        s = np.linspace(first, last, 8)
        x, high = 0.5 - s, np.interp(s, _S, half)
        bend = 0.03 * np.sin(np.linspace(0, np.pi, 8))
        lay(np.concatenate([np.column_stack([x + bend, -high]), np.column_stack([x[::-1] + bend[::-1], high[::-1]])]), colours[1])
    lay(canvas.spline([(0.08, 0.08 * deep), (-0.1, 0.02), (-0.14, 0.2 * deep), (0.08, 0.08 * deep)], 30), _blend(colours[2], "#ffffff", 0.2))
    eye = _placed(np.array([[0.36, -0.09 * deep]]), place, length, turn, way)[0]
    layer.disc(tuple(eye), 0.042 * length, "#fff8e8")
    layer.disc(tuple(eye), 0.027 * length, "#14141c")


def _crowd(rng: np.random.Generator, layer: Layer, size: Size, water: Water, count: int, *, scale: float, low: float = 0.1, high: float = 0.7) -> None:
    """A loose group of small fish going one way."""
    way = int(rng.choice([-1, 1]))
    centre = np.array([rng.uniform(0.2, 0.8) * size[0], rng.uniform(low, high) * size[1]])
    hue = water.living[int(rng.integers(5))]
    for _ in range(count):
        place = centre + rng.normal(0, 1, 2) * (0.15 * size[0], 0.06 * size[1])
        shade = canvas.vary(rng, hue, 0.04)
        _small_fish(layer, tuple(place), scale * rng.uniform(0.8, 1.2), rng.normal(0, 0.12), way, (shade, _blend(shade, "#ffffff", 0.45)))


# --- corals ------------------------------------------------------------------------------------------------------


def _staghorn(rng: np.random.Generator, layer: Layer, x: float, y: float, tall: float, colour: Colour) -> None:
    tip = _blend(colour, "#ffffff", 0.45)
    dark = _blend(colour, "#000000", 0.35)

    def grow(start: np.ndarray, angle: float, reach: float, width: float, depth: int) -> None:
        bow = angle + rng.normal(0, 0.25)
        middle = start + reach * 0.5 * np.array([np.cos(bow), np.sin(bow)])
        end = start + reach * np.array([np.cos(angle), np.sin(angle)])
        path, widths = np.array([start, middle, end]), np.array([1.0, 0.86, 0.72]) * width
        layer.taper(path + (width * 0.14, 0), widths, dark)
        layer.taper(path, widths * 0.85, colour)
        layer.disc(tuple(end), width * 0.31, colour)
        layer.taper(path - (width * 0.16, 0), widths * 0.28, _blend(colour, "#ffffff", 0.2))
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
        layer.taper(np.array([start, end]), np.array([1.0, 0.75]) * width, _blend(colour, "#000000", 0.05 * depth))
        if depth:
            for lean in (-0.36, 0.0, 0.36)[:: 1 if rng.random() < 0.6 else 2]:
                grow(end, angle + lean + rng.normal(0, 0.1), reach * rng.uniform(0.72, 0.9), width * 0.78, depth - 1)

    grow(np.array([x, y]), -np.pi / 2 + rng.normal(0, 0.1), tall * 0.24, tall * 0.04, 5)


def _tubes(rng: np.random.Generator, layer: Layer, x: float, y: float, tall: float, colour: Colour) -> None:
    for index in np.argsort(-rng.random(6)):
        lean, reach = (index - 2.5) * 0.13, tall * rng.uniform(0.5, 1.0)
        width = tall * rng.uniform(0.12, 0.17)
        base = np.array([x + (index - 2.5) * tall * 0.11, y])
        end = base + (np.sin(lean) * reach, -np.cos(lean) * reach)
        path = canvas.spline([base, (base + end) / 2 + (lean * 10, 0), end], 12)
        tone = canvas.vary(rng, colour, 0.05)
        layer.taper(path, np.linspace(width * 0.75, width, 12), _blend(tone, "#000000", 0.3))
        layer.taper(path - (width * 0.13, 0), np.linspace(width * 0.45, width * 0.62, 12), tone)
        layer.taper(path - (width * 0.25, 0), np.linspace(width * 0.1, width * 0.16, 12), _blend(tone, "#ffffff", 0.35))
        layer.ellipse(tuple(end), width * 0.5, width * 0.2, _blend(tone, "#ffffff", 0.3))
        layer.ellipse((end[0], end[1] + 1), width * 0.38, width * 0.13, _blend(tone, "#000000", 0.65))


def _brain(rng: np.random.Generator, layer: Layer, x: float, y: float, tall: float, colour: Colour) -> None:
    """A dome with winding furrows."""
    across, high = tall * 0.7, tall * 0.55
    angles = np.linspace(np.pi, 2 * np.pi, 50)
    layer.polygon(np.column_stack([x + across * np.cos(angles), y + high * np.sin(angles)]), _blend(colour, "#000000", 0.3))
    for ring in np.linspace(0.94, 0.12, 9):
        wobble = rng.uniform(0, 6)
        edge = ring + 0.035 * np.sin(angles * 14 + wobble)
        path = np.column_stack([x - across * 0.06 + across * edge * np.cos(angles), y + high * edge * np.sin(angles)])
        layer.taper(path, np.full(50, tall * 0.034), _blend(colour, "#ffffff", 0.25 * (1 - ring) + 0.05))


def _table(rng: np.random.Generator, layer: Layer, x: float, y: float, tall: float, colour: Colour) -> None:
    layer.taper([(x, y), (x, y - tall * 0.5)], np.array([tall * 0.28, tall * 0.13]), _blend(colour, "#000000", 0.45))
    for shelf, size in ((0.42, 0.95), (0.62, 0.7)):
        layer.ellipse((x, y - tall * shelf + 0.05 * tall), tall * size, tall * 0.13, _blend(colour, "#000000", 0.4))
        layer.ellipse((x, y - tall * shelf), tall * size, tall * 0.11, colour)
        for _ in range(26):
            spot = rng.uniform(-0.9, 0.9)
            layer.disc((x + spot * tall * size * 0.95, y - tall * shelf - rng.uniform(0, 0.08) * tall * (1 - spot**2)), tall * 0.045, _blend(colour, "#ffffff", rng.uniform(0.1, 0.4)))


def _soft(rng: np.random.Generator, layer: Layer, x: float, y: float, tall: float, colour: Colour) -> None:
    """Soft fingers with bright tips, swaying."""
    sway = rng.normal(0, 0.12)
    for _ in range(26):
        angle = rng.uniform(-2.5, -0.65)
        reach = tall * rng.uniform(0.4, 0.75)
        end = np.array([x + np.cos(angle) * reach + sway * reach, y + np.sin(angle) * reach])
        path = canvas.spline([(x + rng.normal(0, tall * 0.08), y), (x + np.cos(angle) * reach * 0.6, y + np.sin(angle) * reach * 0.45), end], 10)
        tone = _blend(canvas.vary(rng, colour, 0.04), "#000000", rng.uniform(0, 0.3))
        layer.taper(path, np.linspace(tall * 0.07, tall * 0.035, 10), tone)
        layer.disc(tuple(end), tall * 0.028, _blend(colour, "#ffffff", 0.55))


_CORALS = (_staghorn, _fan, _tubes, _brain, _table, _soft)


def _mound(rng: np.random.Generator, layer: Layer, size: Size, level: np.ndarray, colour: Colour) -> None:
    """A rock up to `level` (y at 40 places from left to right)."""
    x = np.linspace(-10, size[0] + 10, len(level))
    layer.polygon(np.concatenate([np.column_stack([x, level]), [(size[0] + 10, size[1] + 10), (-10, size[1] + 10)]]), colour)


def _slope(rng: np.random.Generator, size: Size, base: float, tilt: float) -> np.ndarray:
    x = np.linspace(-0.5, 0.5, 40)
    bumps = sum(rng.normal(0, 0.028 / k**0.7) * np.sin(2 * np.pi * (k * x * 1.4 + rng.random())) for k in range(1, 8))
    return (base + tilt * x + bumps) * size[1]


# --- scenes ------------------------------------------------------------------------------------------------------


def _wall(rng: np.random.Generator, sea: Picture, size: Size, water: Water) -> Picture:
    picture, tilt = sea, rng.uniform(-0.5, 0.5)
    unit, grain = min(size), canvas.noise(rng, size, cells=26, octaves=4)
    for depth, (base, fog, tall, count) in enumerate(((0.55, 0.72, 0.16, 9), (0.68, 0.4, 0.24, 8), (0.86, 0.06, 0.34, 7))):
        layer = Layer(size)
        level = _slope(rng, size, base, tilt * (1 - 0.25 * depth))
        for place in rng.permutation(np.linspace(0.04, 0.96, count)):
            y = float(np.interp(place, np.linspace(0, 1, 40), level)) + 0.03 * unit
            coral = _CORALS[int(rng.integers(len(_CORALS)))]
            coral(rng, layer, place * size[0], y, unit * tall * rng.uniform(0.7, 1.15), canvas.vary(rng, water.living[int(rng.integers(5))], 0.05))
        _mound(rng, layer, size, level, _blend(water.depths[3], water.living[depth], 0.22))
        picture = layer.onto(picture, sea, fog=fog, relief=0.35, grain=grain)
        fish = Layer(size)
        _crowd(rng, fish, size, water, 12 - 3 * depth, scale=unit * (0.025 + 0.017 * depth), low=0.12, high=0.5)
        picture = fish.onto(picture, sea, fog=fog * 0.7)
    front = Layer(size)
    for _ in range(int(rng.integers(2, 4))):
        hues = rng.permutation(5)
        _big_fish(rng, front, (rng.uniform(0.2, 0.8) * size[0], rng.uniform(0.2, 0.6) * size[1]), unit * rng.uniform(0.12, 0.18), rng.normal(0, 0.15), int(rng.choice([-1, 1])), (water.living[hues[0]], "#fdfaf0", water.living[hues[1]]))  # fmt: skip
    return front.onto(picture, sea, fog=0.08, relief=0.3)


def _shoal(rng: np.random.Generator, sea: Picture, size: Size, water: Water) -> Picture:
    """Fish along a spiral stream, those behind first and paler."""
    picture, unit = sea, min(size)
    centre = np.array([rng.uniform(0.42, 0.58) * size[0], rng.uniform(0.42, 0.56) * size[1]])
    kind, way = int(rng.integers(3)), rng.choice([-1, 1])
    silver, back = _blend(water.light, water.depths[0], 0.35), _blend(water.depths[2], "#000000", 0.1)
    for fog, length, count in ((0.7, 0.042, 170), (0.42, 0.062, 150), (0.1, 0.088, 95)):
        layer = Layer(size)
        for t in np.sort(rng.uniform(0, 1, count)):
            if kind == 0:
                angle, radius = t * 2 * np.pi, 0.27 * (1 + rng.normal(0, 0.24))
                place = centre + unit * radius * np.array([1.5 * np.cos(angle), 0.8 * np.sin(angle)])
                heading = np.arctan2(0.8 * np.cos(angle), -1.5 * np.sin(angle))
            elif kind == 1:
                place = np.array([(t * 1.1 - 0.05) * size[0], centre[1] + unit * (0.2 * np.sin(t * 5.5) + rng.normal(0, 0.085))])
                heading = np.arctan2(0.2 * 5.5 * unit * np.cos(t * 5.5), 1.1 * size[0])
            else:
                angle, radius = t * 11, 0.06 + 0.38 * t
                place = centre + unit * (radius + rng.normal(0, 0.03)) * np.array([1.25 * np.cos(angle), np.sin(angle)])
                heading = angle + np.pi / 2
            shade = rng.uniform(0, 0.4)
            colours = (_blend(back, silver, shade), _blend(silver, "#ffffff", rng.uniform(0, 0.5)))
            turn = float(heading + (0 if way > 0 else np.pi) + rng.normal(0, 0.12))
            _small_fish(layer, tuple(place), unit * length * rng.uniform(0.85, 1.2), turn, 1, colours, slim=0.26)
        picture = layer.onto(picture, sea, fog=fog)
    if rng.random() < 0.6:
        hunter = Layer(size)
        _big_fish(rng, hunter, (size[0] * rng.uniform(0.2, 0.8), size[1] * 0.86), unit * 0.34, rng.normal(0, 0.1), int(rng.choice([-1, 1])), (back, _blend(back, "#000000", 0.2), back), deep=0.36, bands=())
        picture = hunter.onto(picture, sea, fog=0.3, relief=0.4)
    return picture


def _kelp(rng: np.random.Generator, sea: Picture, size: Size, water: Water) -> Picture:
    picture, unit = sea, min(size)
    sway, weed = rng.uniform(-0.1, 0.1), water.living[3] if water.words[0] != "green" else "#8a8f3a"
    for fog, count, scale in ((0.75, 7, 0.6), (0.45, 5, 0.9), (0.08, 2, 1.4)):
        layer = Layer(size)
        for place in np.linspace(0.05, 0.95, count) + rng.normal(0, 0.04, count):
            _stalk(rng, layer, size, place * size[0], sway, scale * unit, _blend(weed, "#000000", rng.uniform(0.1, 0.4)))
        picture = layer.onto(picture, sea, fog=fog, relief=0.3)
        fish = Layer(size)
        if fog > 0.3:
            _crowd(rng, fish, size, water, 16, scale=unit * 0.045 * scale, low=0.2, high=0.8)
            picture = fish.onto(picture, sea, fog=fog * 0.6)
    front = Layer(size)
    for _ in range(3):
        _big_fish(rng, front, (rng.uniform(0.15, 0.85) * size[0], rng.uniform(0.3, 0.85) * size[1]), unit * rng.uniform(0.13, 0.2), rng.normal(0, 0.2), int(rng.choice([-1, 1])), (water.living[0], water.living[1], water.living[2]), bands=())
    return front.onto(picture, sea, fog=0.1, relief=0.3)


def _stalk(rng: np.random.Generator, layer: Layer, size: Size, x: float, sway: float, scale: float, colour: Colour) -> None:
    """One kelp from floor to surface, with blades on floats."""
    t = np.linspace(0, 1, 60)
    phase = rng.uniform(0, 6)
    path = np.column_stack([x + size[0] * (sway * t**1.5 + 0.03 * np.sin(t * 5 + phase)), size[1] * (1.03 - 1.1 * t)])
    layer.taper(path, np.full(60, scale * 0.011), _blend(colour, "#000000", 0.3))
    for index, at in enumerate(range(2, 59, 2)):
        side = 1 if index % 2 else -1
        reach = scale * rng.uniform(0.1, 0.17)
        angle = -np.pi / 2 + side * rng.uniform(0.5, 1.1) + sway * 3
        tone = _blend(canvas.vary(rng, colour, 0.04), "#fff6b0", 0.25 * at / 60)
        layer.polygon(_placed(_BLADE * (1, side), tuple(path[at]), reach, angle, 1), tone)
        float_at = path[at] + 0.06 * reach * np.array([np.cos(angle), np.sin(angle)])
        layer.disc(tuple(float_at), scale * 0.01, _blend(tone, "#ffffff", 0.2))


def _leaf_outline() -> np.ndarray:
    """A blade of length 1 along x, bowed downwards."""
    t = np.linspace(0, 1, 16)
    bow, half = 0.3 * t * (1 - t), 0.12 * np.sin(0.25 + t * (np.pi - 0.25))
    return np.concatenate([np.column_stack([t, bow + half]), np.column_stack([t, bow - half])[::-1]])


_BLADE = _leaf_outline()


def _jelly(rng: np.random.Generator, sea: Picture, size: Size, water: Water) -> Picture:
    """Jellyfish as light: bell, rim, arms and threads screened on dark water."""
    picture = sea * (0.42 if water.words[-1] != "bright" else 0.62)
    unit = min(size)
    count = int(rng.integers(3, 6))
    places = [(rng.uniform(0.12, 0.88), rng.uniform(0.1, 0.62), rng.uniform(0.07, 0.12)) for _ in range(count)]
    places.append((rng.uniform(0.35, 0.65), rng.uniform(0.24, 0.36), rng.uniform(0.19, 0.25)))
    for x, y, share in places:
        hue = _blend(water.living[int(rng.integers(5))], water.light, 0.25)
        picture = _one_jelly(rng, picture, size, np.array([x * size[0], y * size[1]]), share * unit, hue, rng.normal(0, 0.25), min(1.0, 0.4 + share * 3))
    return canvas.glow(np.clip(picture, 0, 1), radius=16, strength=0.35)


def _one_jelly(
    rng: np.random.Generator, picture: Picture, size: Size, place: np.ndarray, radius: float, hue: Colour, lean: float, strength: float
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
    picture[box] = canvas.lit(picture[box], _blend(hue, "#ffffff", 0.22), strength * light)
    return picture


def _manta(rng: np.random.Generator, sea: Picture, size: Size, water: Water) -> Picture:
    unit = min(size)
    x, y = canvas.grid(size, centre=(rng.uniform(0.3, 0.7), rng.uniform(0.08, 0.3)))
    far = np.hypot(x, y)
    picture = canvas.lit(sea, water.light, np.clip(0.95 * np.exp(-((far / 0.12) ** 2)) + 0.45 * np.exp(-far / 0.3), 0, 1))
    picture = canvas.lit(picture, water.light, 0.45 * _caustics(rng, size, cells=7, stretch=2) * np.exp(-far / 0.35))
    small = Layer(size)
    _crowd(rng, small, size, water, 26, scale=unit * 0.022)
    picture = small.onto(picture, sea, fog=0.55)
    count = int(rng.integers(1, 4))
    for index in range(count):
        layer = Layer(size)
        share = (0.3 if count == 1 else 0.22) * (1 - 0.22 * index)
        place = (size[0] * (0.3 + 0.22 * index + rng.uniform(-0.05, 0.1)), size[1] * (0.66 - 0.2 * index + rng.uniform(-0.05, 0.05)))
        _one_manta(rng, layer, place, unit * share * 1.25, rng.normal(-0.3, 0.35), water)
        picture = layer.onto(picture, sea, fog=0.12 + 0.22 * index, relief=0.5)
    return picture


def _one_manta(rng: np.random.Generator, layer: Layer, place: tuple[float, float], reach: float, turn: float, water: Water) -> None:
    dark = _blend(water.depths[3], "#000000", 0.35)
    lift = rng.uniform(-0.3, 0.12)
    right = canvas.spline([(0.0, -0.34), (0.22, -0.32), (0.6, -0.22 + lift * 0.6), (1.15, lift), (0.66, 0.06 + lift * 0.3), (0.3, 0.3), (0.05, 0.46)], 60)
    outline = np.concatenate([right, right[::-1] * (-1, 1)])
    spin = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])

    def put(points: Points) -> np.ndarray:
        return np.asarray(points, np.float64) @ spin.T * reach + place

    tail = canvas.spline([(0, 0.4), (0.05, 0.8), (-0.02, 1.3)], 24)
    layer.taper(put(tail), np.linspace(0.05, 0.008, 24) * reach, dark)
    layer.polygon(put(outline), dark)
    pale = _blend(water.depths[0], dark, 0.3)
    belly = canvas.spline([(0, -0.3), (0.2, -0.26), (0.3, -0.02), (0.16, 0.24), (0, 0.36), (-0.16, 0.24), (-0.3, -0.02), (-0.2, -0.26), (0, -0.3)], 80)
    layer.polygon(put(belly), pale)
    for side in (-1, 1):
        layer.taper(put(canvas.spline([(side * 0.14, -0.3), (side * 0.2, -0.42), (side * 0.12, -0.52)], 14)), np.linspace(0.1, 0.05, 14) * reach, dark)
        for gill in range(5):
            layer.taper(put([(side * 0.07, -0.13 + 0.06 * gill), (side * 0.2, -0.16 + 0.06 * gill)]), np.array([0.012, 0.02]) * reach, dark)
    for _ in range(9):
        spot = rng.normal(0, 0.12, 2) + (0, 0.1)
        layer.disc(tuple(put([spot])[0]), reach * rng.uniform(0.01, 0.026), dark)


def _sand(rng: np.random.Generator, sea: Picture, size: Size, water: Water) -> Picture:
    width, height = size
    horizon = rng.uniform(0.3, 0.42)
    y = (np.linspace(0, 1, height, dtype=np.float32)[:, None] - horizon) / (1 - horizon)
    near = np.clip(y, 0, 1)
    sand = _blend("#f0dcae", water.depths[0], 0.25)
    x = np.linspace(-1, 1, width, dtype=np.float32)[None] * (width / height)
    wander = canvas.noise(rng, size, cells=3, octaves=4, stretch=2.5)
    phase = 26 / (near + 0.22) + 2.2 * x * near + 5 * wander
    ripple = (0.5 + 0.5 * np.sin(phase * 1.6)).astype(np.float32)
    ground = canvas.rgb(sand) * (0.66 + 0.3 * ripple + 0.2 * (canvas.noise(rng, size, cells=120, octaves=2) - 0.5))[..., None]
    net = _caustics(rng, size, cells=6, stretch=2.4)
    ground = canvas.lit(np.clip(ground, 0, 1), water.light, 0.55 * net)
    ground = ground * (0.55 + 0.45 * canvas.rgb(water.depths[1]))
    fog = np.clip(0.95 - 1.05 * near**0.55, 0, 1)[..., None]
    picture = canvas.over(sea, ground * (1 - fog) + sea * fog, canvas.smoothstep(-0.01, 0.03, y + 0 * x))
    return _on_sand(rng, picture, sea, size, water, horizon)


def _on_sand(rng: np.random.Generator, picture: Picture, sea: Picture, size: Size, water: Water, horizon: float) -> Picture:
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
            if kind == 0 or "green" in water.words and kind == 1:
                _tuft(rng, layer, x, y, scale, _blend("#5f8f3f", water.depths[2], 0.25))
            elif kind == 1:
                _starfish(rng, layer, x, y, scale * 0.55, water.living[int(rng.integers(5))])
            elif kind == 2:
                _starfish(rng, layer, x, y, scale * 0.4, water.living[int(rng.integers(3))])
            else:
                _CORALS[int(rng.integers(len(_CORALS)))](rng, layer, x, y, scale * 1.2, water.living[int(rng.integers(5))])
        picture = canvas.shaded(picture, 0.4 * canvas.blur(shade.plane(), 8))
        picture = layer.onto(picture, sea, fog=fog, relief=0.3)
    fish = Layer(size)
    _crowd(rng, fish, size, water, 14, scale=unit * 0.05, low=0.12, high=0.4)
    hue = rng.permutation(5)
    _big_fish(rng, fish, (rng.uniform(0.25, 0.75) * size[0], rng.uniform(0.3, 0.55) * size[1]), unit * 0.2, 0.05, int(rng.choice([-1, 1])), (water.living[hue[0]], "#fffaf0", water.living[hue[1]]), deep=0.7)
    return fish.onto(picture, sea, fog=0.15, relief=0.3)


def _tuft(rng: np.random.Generator, layer: Layer, x: float, y: float, scale: float, colour: Colour) -> None:
    for _ in range(22):
        foot = x + rng.normal(0, scale * 0.3)
        reach, lean = scale * rng.uniform(0.7, 1.6), rng.normal(0.12, 0.25)
        path = canvas.spline([(foot, y), (foot + lean * reach * 0.3, y - reach * 0.55), (foot + lean * reach, y - reach)], 12)
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
            layer.disc((x + tip[0] * step, y + tip[1] * step), radius * 0.035, _blend(colour, "#ffffff", 0.5))


def _anemone(rng: np.random.Generator, sea: Picture, size: Size, water: Water) -> Picture:
    """Rings of tentacles, back ones first, with fish between them."""
    picture, unit = sea * 0.8, min(size)
    rock = Layer(size)
    _mound(rng, rock, size, _slope(rng, size, 0.8, rng.uniform(-0.2, 0.2)), _blend(water.depths[3], water.living[1], 0.2))
    picture = rock.onto(picture, sea, fog=0.3, relief=0.3, grain=canvas.noise(rng, size, cells=20, octaves=5))
    centre = np.array([size[0] * rng.uniform(0.44, 0.56), size[1] * 1.03])
    hue, tip = water.living[int(rng.integers(5))], _blend(water.living[int(rng.integers(5))], "#ffffff", 0.5)
    sway = rng.normal(0, 0.18)
    orange = ("#ff7a1a", "#fffaf2", "#ff9a3a") if water.words[0] != "purple" else ("#f25c05", "#fffaf2", "#ffb347")
    for ring, fog in enumerate((0.5, 0.3, 0.12, 0.0)):
        layer = Layer(size)
        for t in rng.permutation(np.linspace(-1, 1, 34)):
            reach = unit * rng.uniform(0.5, 0.62) * (1.12 - 0.2 * ring)
            angle = -np.pi / 2 + t * 1.25 + rng.normal(0, 0.05)
            base = centre + (t * unit * 0.34, -unit * 0.05 * (3 - ring))
            end = base + reach * np.array([np.cos(angle + sway), 0.9 * np.sin(angle)])
            bend = base + reach * 0.55 * np.array([np.cos(angle - 0.2 * t), np.sin(angle)])
            path = canvas.spline([base, bend, end], 16)
            tone = _blend(canvas.vary(rng, hue, 0.03), "#000000", 0.32 - 0.08 * ring)
            widths = np.linspace(unit * 0.042, unit * 0.026, 16)
            layer.taper(path, widths, tone)
            layer.taper(path - (unit * 0.006, 0), widths * 0.3, _blend(tone, "#ffffff", 0.3))
            layer.disc(tuple(end), unit * 0.021, tip)
        picture = layer.onto(picture, sea, fog=fog, relief=0.35)
        if ring in (1, 2):
            fish = Layer(size)
            place = (size[0] * (0.25 if ring == 1 else 0.74) + rng.normal(0, 0.03) * unit, size[1] * rng.uniform(0.24, 0.5))
            _big_fish(rng, fish, place, unit * (0.24 + 0.07 * ring), rng.normal(0, 0.25), 1 if ring == 1 else -1, orange, deep=0.6, bands=((0.18, 0.29), (0.48, 0.61), (0.83, 0.9)))
            picture = fish.onto(picture, sea, fog=0.1, relief=0.35)
    return picture


def _turtle(rng: np.random.Generator, sea: Picture, size: Size, water: Water) -> Picture:
    picture, unit = sea, min(size)
    for base, fog, tall in ((0.8, 0.66, 0.14), (0.93, 0.3, 0.22)):
        reef = Layer(size)
        level = _slope(rng, size, base, rng.uniform(-0.2, 0.2))
        for place in np.linspace(0.05, 0.95, 8):
            coral = _CORALS[int(rng.integers(len(_CORALS)))]
            coral(rng, reef, place * size[0], float(np.interp(place, np.linspace(0, 1, 40), level)) + 8, unit * tall * rng.uniform(0.7, 1.2), water.living[int(rng.integers(5))])
        _mound(rng, reef, size, level, _blend(water.depths[3], water.living[1], 0.2))
        picture = reef.onto(picture, sea, fog=fog, relief=0.3)
    fish = Layer(size)
    _crowd(rng, fish, size, water, 18, scale=unit * 0.035, low=0.2, high=0.6)
    picture = fish.onto(picture, sea, fog=0.4)
    layer = Layer(size)
    way = int(rng.choice([-1, 1]))
    _one_turtle(rng, layer, (size[0] * rng.uniform(0.42, 0.58), size[1] * rng.uniform(0.34, 0.5)), unit * rng.uniform(0.42, 0.52), rng.uniform(-0.35, 0.1) * way, way, water)
    return layer.onto(picture, sea, fog=0.06, relief=0.4)


def _one_turtle(rng: np.random.Generator, layer: Layer, place: tuple[float, float], length: float, turn: float, way: int, water: Water) -> None:
    skin, shell = _blend("#7f8f5a", water.depths[1], 0.2), _blend("#8a5f36", water.depths[2], 0.15)
    dark, plate = _blend(shell, "#000000", 0.45), _blend(shell, "#f2d08a", 0.35)

    def put(points: Points) -> np.ndarray:
        return _placed(np.asarray(points, np.float64), place, length, turn, way)

    def flipper(points: list[tuple[float, float]], colour: Colour) -> None:
        layer.polygon(put(canvas.spline([*points, points[0]], 70)), colour)

    flipper([(0.26, -0.06), (0.2, -0.36), (0.0, -0.58), (0.06, -0.34), (0.1, -0.05)], _blend(skin, "#000000", 0.25))
    flipper([(-0.38, -0.02), (-0.6, -0.16), (-0.66, -0.08), (-0.42, 0.06)], _blend(skin, "#000000", 0.2))
    flipper([(0.38, -0.08), (0.56, -0.15), (0.7, -0.1), (0.69, 0.0), (0.56, 0.04), (0.38, 0.06)], skin)
    top = canvas.spline([(0.44, 0.0), (0.34, -0.2), (0.04, -0.29), (-0.28, -0.18), (-0.5, 0.04)], 50)
    belly = canvas.spline([(-0.5, 0.04), (-0.2, 0.15), (0.2, 0.16), (0.44, 0.0)], 40)
    layer.polygon(put(np.concatenate([top, belly])), _blend("#e8dca8", water.depths[1], 0.2))
    lower = canvas.spline([(-0.5, 0.04), (-0.2, 0.08), (0.2, 0.085), (0.44, 0.0)], 40)
    layer.polygon(put(np.concatenate([top, lower])), dark)
    edges = np.linspace(-0.44, 0.36, 6)
    for left, right in zip(edges[:-1], edges[1:], strict=True):
        for low, high in ((0.02, 0.47), (0.53, 0.93)):
            corners = [(x, share * np.interp(-x, -top[:, 0], top[:, 1]) + (1 - share) * 0.05) for x, share in ((left + 0.012, low), (right - 0.012, low), (right - 0.022, high), (left + 0.022, high))]
            layer.polygon(put(corners), _blend(plate, shell, rng.uniform(0, 0.7)))
    flipper([(0.3, 0.06), (0.34, 0.3), (0.16, 0.58), (0.04, 0.64), (0.1, 0.4), (0.12, 0.1)], skin)
    flipper([(-0.36, 0.06), (-0.5, 0.2), (-0.62, 0.22), (-0.52, 0.06)], skin)
    for _ in range(16):
        s = rng.uniform(0.1, 0.9)
        spot = (0.24 - 0.14 * s + rng.normal(0, 0.03), 0.12 + 0.45 * s)
        layer.disc(tuple(put([spot])[0]), length * 0.016, _blend(skin, "#000000", 0.35))
    eye = put([(0.6, -0.06)])[0]
    layer.disc(tuple(eye), length * 0.022, "#f4ecd0")
    layer.disc(tuple(eye), length * 0.015, "#101014")


_SCENES: dict[str, Callable[[np.random.Generator, Picture, Size, Water], Picture]] = {
    "wall": _wall,
    "shoal": _shoal,
    "kelp": _kelp,
    "jelly": _jelly,
    "manta": _manta,
    "sand": _sand,
    "anemone": _anemone,
    "turtle": _turtle,
}
