"""Stained glass: rose windows, leaded scenes, lancets and prairie windows with daylight behind them."""

from collections.abc import Callable

import numpy as np

from catalog.demo import canvas
from catalog.demo.canvas import Picture, Plane, Size
from catalog.demo.drawing import Drawing, edition
from catalog.demo.families.stained_glass.designs import Design, Pieces, Rng, lily, mosaic, prairie, river, rose, sunrise

SLUG = "stained-glass"


NAME = "Stained glass"


Glass = tuple[str, ...]


def draw(rng: Rng, number: int) -> Drawing:
    title, kind, glass_name = _PLANS[number % len(_PLANS)]
    glass, tag = _GLASS[glass_name]
    design, shapes, opening, description, tags = _KINDS[kind]
    size = canvas.choose_size(rng, *shapes)
    picture = canvas.vignette(_window(rng, size, design, opening, glass), 0.2)
    return Drawing(
        title=edition(title, number, len(_PLANS)),
        description=description,
        tags=("glass", "light", *tags, tag),
        image=canvas.finish(picture, rng=rng, grain=0.010),
    )


def _window(rng: Rng, size: Size, design: "Designer", opening: "Opening", glass: Glass) -> Picture:
    """Glass and wall are soft and painted at half size; the lead that hides their seams is drawn at full size."""
    half = ((size[0] + 1) // 2, (size[1] + 1) // 2)
    hole = opening(half)
    pieces, scale = design(rng, half)
    window = _glazed(rng, half, pieces, scale, glass)
    wall = _walled(rng, window, hole)
    picture = np.stack([canvas.resize(np.ascontiguousarray(wall[..., i]), size) for i in range(3)], axis=-1)
    return _leaded(np.clip(picture, 0, 1), np.where(hole > 0.5, pieces, -1), size)


def _glazed(rng: Rng, size: Size, pieces: Pieces, scale: Plane, glass: Glass) -> Picture:
    """Each piece in its own tone, streaked, lit from behind, with a halo round what is bright."""
    own = rng.random(4096, dtype=np.float32)[pieces % 4096]
    streak = canvas.noise(rng, size, cells=8, octaves=6, stretch=float(rng.choice([0.3, 1.0, 3.0])))
    colours = canvas.ramp(glass, np.clip(scale + 0.16 * (own - 0.5) + 0.05 * (streak - 0.5), 0, 1))
    x, y = canvas.grid(size, centre=(rng.uniform(0.25, 0.75), rng.uniform(0.1, 0.55)))
    daylight = 0.62 + 0.6 * np.exp(-(x * x + y * y) * 2.2) + 0.42 * (streak - 0.5) + 0.16 * (own - 0.5)
    return canvas.glow(np.clip(colours * daylight[..., None], 0, 1), radius=min(size) * 0.012, strength=0.4)


def _leaded(picture: Picture, pieces: Pieces, size: Size) -> Picture:
    """Lead wherever two pieces meet, with the light on its upper edge."""
    edge = np.zeros(pieces.shape, np.float32)
    edge[:-1] = pieces[:-1] != pieces[1:]
    edge[:, :-1] = np.maximum(edge[:, :-1], pieces[:, :-1] != pieces[:, 1:])
    soft = np.clip(canvas.resize(canvas.blur(edge, 1.8 * min(size) / 1000), size), 0, 1)
    lead = canvas.smoothstep(0.12, 0.21, soft)
    bevel = np.clip(canvas.slope(soft, right=2, down=2) * -3, 0, 0.5) * lead
    return canvas.lit(canvas.over(picture, "#0c0b0d", lead), "#8c8a90", bevel)


def _walled(rng: Rng, window: Picture, opening: Plane) -> Picture:
    """The window in its dark wall, the wall faintly coloured by the light."""
    height, width = opening.shape
    stone = canvas.noise(rng, (width, height), cells=12, octaves=6)
    wall = canvas.ramp(("#0d0c0e", "#2b2723"), stone * 0.7 + canvas.slope(stone, right=2, down=2) * 1.5)
    spill = canvas.blur(window * opening[..., None], min(width, height) * 0.07)
    wall = canvas.screen(wall, spill * (0.25 + 0.5 * stone)[..., None])
    wall = canvas.shaded(wall, np.clip(canvas.blur(opening, 4) * 2, 0, 1) * 0.75)
    return canvas.over(wall, window, opening)


def _round(size: Size) -> Plane:
    x, y = canvas.grid(size)
    return canvas.smoothstep(0.478, 0.475, np.hypot(x, y))


def _arch(size: Size) -> Plane:
    """A pointed arch: two circles above, straight jambs below."""
    width, height = size
    x, y = canvas.grid(size)
    half = 0.5 * width / min(size) * 0.84
    spring = y[0] * 0 + (-0.5 * height / min(size) + 0.05 + half * 1.74)
    reach = np.hypot(np.abs(x) + half, np.minimum(y - spring, 0)) - 2 * half
    foot = 0.5 * height / min(size) - 0.05
    return canvas.smoothstep(0.002, -0.002, np.maximum(reach, y - foot + 0 * x))


def _panel(size: Size) -> Plane:
    width, height = size
    x, y = canvas.grid(size)
    far = np.maximum(np.abs(x) - (0.5 * width / min(size) - 0.045), np.abs(y) - (0.5 * height / min(size) - 0.045))
    return canvas.smoothstep(0.002, -0.002, far)


Designer = Callable[[Rng, Size], Design]


Opening = Callable[[Size], Plane]


_TALL = ("2:3", "3:4", "4:5")


_KINDS: dict[str, tuple[Designer, tuple[str, ...], Opening, str, tuple[str, ...]]] = {
    "rose": (
        rose,
        ("1:1", "4:5", "4:3"),
        _round,
        "A rose window, ring within ring, with the day behind it.",
        ("window", "symmetry"),
    ),
    "mosaic": (
        mosaic,
        _TALL,
        _arch,
        "Shards of one colour answering another under a pointed arch.",
        ("window", "mosaic"),
    ),
    "sunrise": (sunrise, (), _panel, "A leaded sun with its rays above the hills.", ("sun", "landscape")),
    "river": (river, (), _panel, "Bands of glass that flow like water under a disc of light.", ("curves", "moon")),
    "lily": (lily, _TALL, _arch, "Flowers on long stems, in glass and lead.", ("flowers", "window")),
    "prairie": (
        prairie,
        _TALL,
        _panel,
        "Clear panes, straight leads and a few squares of colour.",
        ("geometric", "window"),
    ),
}


_GLASS: dict[str, tuple[Glass, str]] = {
    "chartres": (("#0a1f6e", "#1f49b8", "#5b1a5e", "#c3172b", "#f0b428", "#fff2b8"), "blue"),
    "ruby": (("#3a0616", "#8c0f22", "#d3262a", "#f06a2a", "#f9bf4a", "#fff0c0"), "red"),
    "meadow": (("#0c3a3a", "#157a55", "#6dbb4a", "#d9d24a", "#f5a8a0", "#fff4d0"), "green"),
    "lagoon": (("#0b2a55", "#0f6c96", "#24b3b0", "#8fe0c0", "#f3e08a", "#fffbe6"), "blue"),
    "amethyst": (("#241052", "#5a2a9a", "#a044b8", "#e877a8", "#ffc48a", "#fff0d8"), "violet"),
    "amber": (("#40210a", "#8a4a12", "#cf8420", "#f2b640", "#f7dc8c", "#fff8e0"), "golden"),
    "orchard": (("#183a1e", "#3f7a2c", "#a6b83a", "#f0c040", "#e5662c", "#ffe7c2"), "warm"),
    "frost": (("#dfe9ea", "#b8d4de", "#7fa8c4", "#4a76a8", "#e8b86a", "#fdf6e4"), "white"),
    "night": (("#060a2a", "#14226a", "#2a4ab0", "#5a8ad8", "#e8d890", "#fffae0"), "night"),
}


_PLANS = (
    ("North transept, ten o'clock", "rose", "chartres"),
    ("The wheel of days", "rose", "ruby"),
    ("Rose for a green season", "rose", "meadow"),
    ("What the organist sees", "rose", "amethyst"),
    ("Harvest rose", "rose", "amber"),
    ("The sea in a wheel", "rose", "lagoon"),
    ("Vespers", "rose", "night"),
    ("Twelve apostles, no faces", "rose", "orchard"),
    ("A window for the glassblower's daughter", "mosaic", "chartres"),
    ("Fever and its cure", "mosaic", "ruby"),
    ("Fern chapel", "mosaic", "meadow"),
    ("Drowned cathedral", "mosaic", "lagoon"),
    ("Violet hour, side altar", "mosaic", "amethyst"),
    ("Honeycomb lancet", "mosaic", "amber"),
    ("Ten thousand fragments", "mosaic", "orchard"),
    ("Starlight through the choir", "mosaic", "night"),
    ("Morning, in lead and gold", "sunrise", "chartres"),
    ("The red morning", "sunrise", "ruby"),
    ("Day breaks over the vineyard", "sunrise", "orchard"),
    ("Sun on the glass hills", "sunrise", "meadow"),
    ("Lagoon, first ray", "sunrise", "lagoon"),
    ("A dream of Anatolia", "sunrise", "amethyst"),
    ("Wheat light", "sunrise", "amber"),
    ("River that carries the moon", "river", "night"),
    ("Slow water, violet bank", "river", "amethyst"),
    ("The delta at six", "river", "lagoon"),
    ("Lava, remembered in glass", "river", "ruby"),
    ("Meadow stream", "river", "meadow"),
    ("The wind over the barley", "river", "amber"),
    ("Lilies for Ophelia", "lily", "chartres"),
    ("Poppies, after mass", "lily", "ruby"),
    ("Water garden", "lily", "lagoon"),
    ("Irises at the stairs", "lily", "amethyst"),
    ("Sunflowers for the stairwell", "lily", "orchard"),
    ("Moonflowers", "lily", "night"),
    ("House on the prairie", "prairie", "frost"),
    ("Dining room, west side", "prairie", "amber"),
    ("The architect's own door", "prairie", "orchard"),
    ("Winter garden", "prairie", "meadow"),
    ("Studio with a red square", "prairie", "ruby"),
)
