"""Stained glass: rose windows, leaded scenes, lancets and prairie windows with daylight behind them."""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from catalog.demo import canvas
from catalog.demo.canvas import Picture, Plane, Size
from catalog.demo.drawing import Drawing, edition

SLUG = "stained-glass"
NAME = "Stained glass"

Rng = np.random.Generator
Glass = tuple[str, ...]
Pieces = npt.NDArray[np.int32]  # (h, w): which piece of glass a pixel belongs to
Design = tuple[Pieces, Plane]  # the pieces, and where each lies on the colour scale in [0, 1]


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


# --- openings --------------------------------------------------------------------------------------------------------


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


# --- designs -----------------------------------------------------------------------------------------------------


def _rose(rng: Rng, size: Size) -> Design:
    """Rings of petals round a hub; each ring has its own number of lights and its own curve."""
    x, y = canvas.grid(size)
    radius, angle = np.hypot(x, y) / 0.478, np.arctan2(y, x) / (2 * np.pi) + 0.5
    fold = int(rng.choice([6, 8, 10, 12, 16]))
    pieces, scale = np.zeros(radius.shape, np.int32), np.zeros(radius.shape, np.float32)
    bounds = np.concatenate([[0], np.cumsum(rng.uniform(0.8, 1.25, 5))])
    bounds = bounds / bounds[-1]
    for ring in range(5):
        lights = fold * (1 if ring < 2 else 2 if ring < 4 or fold > 10 else 4)
        turn = (angle * lights + (0.5 if ring % 2 else 0)) % lights
        lobe = np.abs(np.sin(np.pi * turn)) ** rng.uniform(0.5, 1.0) * rng.uniform(-0.09, 0.09)
        inside = radius > bounds[ring] + (lobe if ring else 0)
        share = np.clip((radius - bounds[ring]) / (bounds[ring + 1] - bounds[ring]), 0, 1)
        within = np.hypot((turn % 1 - 0.5) * rng.uniform(1.6, 2.3), (share - 0.5) * 2)
        petal = within < rng.uniform(0.7, 0.95)
        heart = within < rng.uniform(0.25, 0.45)
        tone = rng.random(3).astype(np.float32)
        number = 1 + ring * 400 + turn.astype(np.int32) * 3
        alternate = (turn.astype(np.int32) % 2) * np.float32(rng.choice([0, 0.3]))
        pieces = np.where(inside, number + petal + heart, pieces)
        scale = np.where(inside, (np.where(heart, tone[2], np.where(petal, tone[1], tone[0])) + alternate) % 1, scale)
    hub = radius < bounds[1] * 0.45
    return np.where(hub, 1, pieces), np.where(hub, rng.uniform(0.6, 1), scale).astype(np.float32)


def _shards(rng: Rng, size: Size, *, cells: float, warp: float = 0.0) -> tuple[Pieces, Plane, Plane]:
    """A jittered Voronoi mosaic: pieces, and the x and y of each piece's seed as fractions of the size."""
    width, height = size
    step = min(size) / cells
    u = np.arange(width, dtype=np.float32)[None, :] / step + 2
    v = np.arange(height, dtype=np.float32)[:, None] / step + 2
    if warp:
        u = u + warp * (canvas.noise(rng, size, cells=3, octaves=2) - 0.5)
        v = v + warp * (canvas.noise(rng, size, cells=3, octaves=2) - 0.5)
    u, v = np.broadcast_arrays(u, v)
    cols, rows = int(width / step + warp) + 6, int(height / step + warp) + 6
    jitter = rng.uniform(0.08, 0.92, (rows, cols, 2)).astype(np.float32)
    col, row = u.astype(np.int32), v.astype(np.int32)
    best, pieces = np.full(u.shape, 9, np.float32), np.zeros(u.shape, np.int32)
    for down in (-1, 0, 1):
        for right in (-1, 0, 1):
            c, r = np.clip(col + right, 0, cols - 1), np.clip(row + down, 0, rows - 1)
            seed = jitter[r, c]
            far = (c + seed[..., 0] - u) ** 2 + (r + seed[..., 1] - v) ** 2
            nearer = far < best
            best, pieces = np.where(nearer, far, best), np.where(nearer, r * cols + c, pieces)
    seeds = (np.indices((rows, cols))[::-1].transpose(1, 2, 0) + jitter - 2) * step / np.array(size)
    place = np.clip(seeds.reshape(-1, 2), 0, 1).astype(np.float32)[pieces]
    return pieces, place[..., 0], place[..., 1]


def _mosaic(rng: Rng, size: Size) -> Design:
    """Shards whose colours follow a great swirl or a glow from the middle."""
    pieces, x, y = _shards(rng, size, cells=rng.uniform(8, 15), warp=float(rng.uniform(0, 4)))
    x, y = x - rng.uniform(0.3, 0.7), y - rng.uniform(0.3, 0.7)
    turn, far = np.arctan2(y, x), np.hypot(x, y)
    arms = int(rng.integers(0, 4))
    return pieces, (0.5 + 0.5 * np.sin(arms * turn + far * rng.uniform(4, 12) + rng.uniform(0, 6))).astype(np.float32)


def _sunrise(rng: Rng, size: Size) -> Design:
    """A sun with rays behind hills, cut into shards."""
    width, height = size
    shards, _, _ = _shards(rng, size, cells=rng.uniform(4, 6))
    x, y = canvas.grid(size, centre=(rng.uniform(0.3, 0.7), rng.uniform(0.38, 0.58)))
    far, turn = np.hypot(x, y), np.arctan2(y, x)
    rays = int(rng.integers(14, 26))
    ray = np.floor((turn / (2 * np.pi) + 0.5) * rays).astype(np.int32)
    ring = (far * rng.uniform(2.5, 4) + 0.18 * (ray % 2)).astype(np.int32)
    sun = far < rng.uniform(0.12, 0.19)
    pieces = np.where(sun, 4000, 1 + ray * 7 + ring)
    scale = np.where(sun, 0.97, 0.86 - 0.42 * far + 0.07 * (ray % 2))
    for i in range(4):
        wave = sum(rng.uniform(0.02, 0.06) * np.sin(x * rng.uniform(2, 7) + rng.uniform(0, 6)) for _ in range(2))
        under = y > 0.06 + 0.13 * i + wave
        pieces = np.where(under, 1000 + i * 500 + shards % 500, pieces)
        scale = np.where(under, 0.36 - 0.1 * i, scale)
    return pieces.astype(np.int32), np.clip(scale, 0, 1).astype(np.float32)


def _river(rng: Rng, size: Size) -> Design:
    """Long bands that flow across the window, each cut into lengths."""
    x, y = canvas.grid(size)
    fold = rng.uniform(0.10, 0.24)
    tilt = rng.uniform(-0.6, 0.6)
    flow = y + tilt * x
    for reach in (2.2, 4.7):
        flow = flow + fold / reach * 2 * np.sin(x * reach + rng.uniform(0, 6)) * np.cos(y * reach * 0.6 + rng.uniform(0, 6))
    band = np.floor(flow * rng.uniform(9, 15)).astype(np.int32) + 64
    cut = np.floor(x * 3.2 + rng.random(256).astype(np.float32)[band % 256] * 3 + 0.3 * flow).astype(np.int32) + 32
    tone = (rng.random(256) * 0.3).astype(np.float32)[band % 256]
    moon = np.hypot(x - rng.uniform(-0.25, 0.25), y + 0.3 * size[1] / min(size)) < rng.uniform(0.1, 0.16)
    scale = np.where(moon, 0.98, 0.06 + 0.62 * (band - band.min()) / np.ptp(band) + tone)
    return np.where(moon, 4095, band * 61 + cut).astype(np.int32), np.clip(scale, 0, 1).astype(np.float32)


def _lily(rng: Rng, size: Size) -> Design:
    """Flowers on long stems over a ground of panes."""
    width, height = size
    x, y = canvas.grid(size, centre=(0.5, 0.5))
    tall = height / min(size)
    pane = np.floor(x * 5 + 40).astype(np.int32) + 97 * np.floor(y * 3.4 + 40).astype(np.int32)
    pieces, scale = pane.astype(np.int32), (0.10 + 0.12 * np.sin(pane * 2.4)).astype(np.float32)
    count = int(rng.integers(2, 5))
    for i, rise in enumerate(rng.permutation(count)):
        foot, lean = (i + rng.uniform(0.35, 0.65)) / count * 0.7 - 0.35, rng.uniform(-0.09, 0.09)
        head = (foot + lean, (-0.3 + 0.36 * rise / count + rng.uniform(-0.03, 0.03)) * tall)
        along = np.clip((0.5 * tall - y) / (0.5 * tall - head[1]), 0, 1)
        bend = x - foot - lean * along**2
        stem = (np.abs(bend) < 0.012) & (y > head[1])
        leaf = (np.abs(np.abs(bend) - 0.2 * np.sin(np.pi * along) * 0.45) < 0.06 * np.sin(np.pi * np.clip(along * 1.5, 0, 1))) & (y > head[1] + 0.1)
        pieces, scale = np.where(leaf, 900 + i * 8 + (bend > 0), pieces), np.where(leaf, 0.42, scale)
        pieces, scale = np.where(stem, 990 + i, pieces), np.where(stem, 0.34, scale)
        pieces, scale = _bloom(rng, pieces, scale, x - head[0], y - head[1], 2000 + i * 40)
    return pieces.astype(np.int32), np.clip(scale, 0, 1).astype(np.float32)


def _bloom(rng: Rng, pieces: Pieces, scale: Plane, x: Plane, y: Plane, number: int) -> Design:
    petals, size, spin = int(rng.integers(5, 9)), rng.uniform(0.11, 0.17), rng.uniform(0, 6)
    far, turn = np.hypot(x, y), (np.arctan2(y, x) + spin) / (2 * np.pi) * petals
    for layer, (share, shift, tone) in enumerate(((1.0, 0.0, 0.72), (0.66, 0.5, 0.84))):
        place = (turn + shift) % petals
        petal = far < size * share * (0.55 + 0.45 * np.abs(np.sin(np.pi * place)))
        pieces, scale = np.where(petal, number + layer * 16 + place.astype(np.int32), pieces), np.where(petal, tone, scale)
    heart = far < size * 0.24
    return np.where(heart, number + 39, pieces), np.where(heart, 1.0, scale).astype(np.float32)


def _prairie(rng: Rng, size: Size) -> Design:
    """Straight leads: clear panes, a band of small coloured squares, chevrons rising in the middle."""
    width, height = size
    x, y = canvas.grid(size)
    tall = height / min(size)
    side = np.abs(x)
    cols = np.sort(rng.uniform(0.03, 0.46, int(rng.integers(4, 7))))
    rows = np.sort(rng.uniform(-0.46, 0.46, int(rng.integers(6, 11)))) * tall
    col, row = np.searchsorted(cols, side).astype(np.int32), np.searchsorted(rows, y).astype(np.int32)
    pieces = (col + 10) * 40 + row + (x > 0) * 700
    tone = rng.choice([0.04, 0.07, 0.1, 0.5, 0.7, 0.9], (16, 32), p=[0.28, 0.24, 0.18, 0.1, 0.1, 0.1]).astype(np.float32)
    scale = tone[col, row]
    chevron = y + side * rng.uniform(0.7, 1.5) - rng.uniform(-0.3, 0.0) * tall
    step = np.floor(chevron * rng.uniform(9, 16)).astype(np.int32)
    inside = (side < cols[-2]) & (step >= 0) & (step < int(rng.integers(6, 12)))
    pieces = np.where(inside, 3000 + step * 12 + col % 3 + (x > 0) * 4, pieces)
    scale = np.where(inside, rng.random(32).astype(np.float32)[step % 32] * (0.5 + 0.5 * (col % 2)), scale)
    return pieces.astype(np.int32), scale.astype(np.float32)


Designer = Callable[[Rng, Size], Design]
Opening = Callable[[Size], Plane]
_TALL = ("2:3", "3:4", "4:5")
_KINDS: dict[str, tuple[Designer, tuple[str, ...], Opening, str, tuple[str, ...]]] = {
    "rose": (_rose, ("1:1", "4:5", "4:3"), _round, "A rose window, ring within ring, with the day behind it.", ("window", "symmetry")),
    "mosaic": (_mosaic, _TALL, _arch, "Shards of one colour answering another under a pointed arch.", ("window", "mosaic")),
    "sunrise": (_sunrise, (), _panel, "A leaded sun with its rays above the hills.", ("sun", "landscape")),
    "river": (_river, (), _panel, "Bands of glass that flow like water under a disc of light.", ("curves", "moon")),
    "lily": (_lily, _TALL, _arch, "Flowers on long stems, in glass and lead.", ("flowers", "window")),
    "prairie": (_prairie, _TALL, _panel, "Clear panes, straight leads and a few squares of colour.", ("geometric", "window")),
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
