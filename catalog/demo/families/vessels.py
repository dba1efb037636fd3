"""Vessels: vases, jugs, cups and teapots on a studio backdrop.

Each is a surface of revolution seen a little from above: for every pixel the height on the front of the
profile is solved by iteration, which gives true curves to bands, glazes and painted patterns.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from catalog.demo import canvas, studio
from catalog.demo.canvas import Picture, Plane, Size
from catalog.demo.drawing import Drawing

SLUG = "vessels"
NAME = "Vessels"

TILT = 0.2  # how round circles look: 0 from the side, 1 from above

# Profiles: (height, radius) as shares of the vessel's height, from foot to rim.
PROFILES: dict[str, tuple[tuple[float, float], ...]] = {
    "bottle": ((0, 0.2), (0.08, 0.27), (0.3, 0.3), (0.5, 0.2), (0.66, 0.085), (0.9, 0.075), (1, 0.1)),
    "globe": ((0, 0.2), (0.12, 0.38), (0.4, 0.5), (0.7, 0.4), (0.88, 0.18), (1, 0.19)),
    "moon": ((0, 0.24), (0.1, 0.4), (0.48, 0.56), (0.86, 0.38), (0.93, 0.26), (1, 0.25)),
    "cylinder": ((0, 0.24), (0.03, 0.26), (0.5, 0.265), (0.97, 0.27), (1, 0.26)),
    "trumpet": ((0, 0.2), (0.05, 0.17), (0.3, 0.12), (0.6, 0.14), (0.85, 0.23), (1, 0.34)),
    "gourd": ((0, 0.2), (0.12, 0.32), (0.28, 0.34), (0.5, 0.17), (0.66, 0.22), (0.8, 0.2), (0.93, 0.09), (1, 0.1)),
    "amphora": ((0, 0.12), (0.05, 0.13), (0.3, 0.27), (0.58, 0.33), (0.74, 0.22), (0.84, 0.11), (0.95, 0.11), (1, 0.15)),
    "meiping": ((0, 0.17), (0.2, 0.19), (0.5, 0.29), (0.76, 0.34), (0.9, 0.2), (0.95, 0.09), (1, 0.11)),
    "bowl": ((0, 0.32), (0.1, 0.34), (0.14, 0.4), (0.4, 0.66), (0.7, 0.8), (1, 0.86)),
    "mug": ((0, 0.36), (0.05, 0.42), (0.5, 0.44), (0.95, 0.44), (1, 0.43)),
    "cup": ((0, 0.3), (0.06, 0.33), (0.12, 0.36), (0.4, 0.56), (0.75, 0.64), (1, 0.68)),
    "jug": ((0, 0.22), (0.1, 0.31), (0.3, 0.35), (0.55, 0.27), (0.75, 0.19), (0.9, 0.2), (1, 0.24)),
    "teapot": (
        (0, 0.36), (0.1, 0.5), (0.35, 0.6), (0.62, 0.5), (0.74, 0.36), (0.765, 0.31), (0.8, 0.27), (0.86, 0.12),
        (0.885, 0.06), (0.93, 0.1), (0.97, 0.08), (1, 0.01),
    ),
    "ginger": (
        (0, 0.22), (0.1, 0.26), (0.4, 0.4), (0.62, 0.38), (0.72, 0.22), (0.75, 0.2), (0.76, 0.25), (0.83, 0.24),
        (0.89, 0.12), (0.92, 0.05), (0.96, 0.07), (0.985, 0.06), (1, 0.01),
    ),
    "facet": ((0, 0.18), (0.001, 0.2), (0.45, 0.4), (0.46, 0.4), (0.8, 0.2), (0.82, 0.2), (1, 0.26)),
}  # fmt: skip
CLOSED = {"teapot", "ginger"}
LOW = {"bowl": 0.34, "mug": 0.44, "cup": 0.36, "teapot": 0.5, "moon": 0.62, "globe": 0.62}  # height / short side


class Spec(NamedTuple):
    """One picture: its vessels from back to front, their glaze, the studio and what stands in the vase."""

    shapes: tuple[str, ...]
    glaze: str
    colours: tuple[str, ...]
    room: tuple[str, str, str, str]  # backdrop, wall, floor, accent
    title: str
    words: tuple[str, ...]
    stems: str = ""


SPECS = (
    Spec(("globe",), "drip", ("#2f6f6b", "#e8dcc4"), ("sweep", "#e9e1d4", "#d8cbb8", "#ffffff"), "Sea Glaze Running", ("green", "calm")),
    Spec(("teapot",), "plain", ("#c4532d", "#f0d9b5"), ("table", "#f2e3c9", "#9b6b43", "#ffffff"), "Teapot at Four", ("orange", "warm")),
    Spec(("bottle", "moon", "cylinder"), "matt", ("#d9d0c3", "#b9a38c", "#8d9a94", "#e9e4da"), ("sweep", "#cfc6b8", "#bfb3a2", "#ffffff"), "Three for Morandi", ("beige", "calm")),
    Spec(("meiping",), "brush", ("#f3f1ea", "#1d3f8a"), ("sweep", "#c9d3dc", "#b4c0cb", "#ffffff"), "Blue Branch on White", ("blue", "calm")),
    Spec(("mug",), "dipped", ("#e9e2d4", "#2b3a55"), ("table", "#dfe6e6", "#c9a87c", "#ffffff"), "Monday Mug", ("blue", "warm")),
    Spec(("trumpet",), "plain", ("#e3a1a9", "#ffffff"), ("arch", "#f6ded8", "#eec9bf", "#d98880"), "Pink Trumpet", ("pink", "calm"), "tulip"),
    Spec(("bowl",), "reactive", ("#1c3d5a", "#5fa8a0", "#d8c9a3"), ("sweep", "#22262b", "#15181c", "#ffffff"), "Bowl Holding Night", ("blue", "night")),
    Spec(("amphora",), "frieze", ("#b5613a", "#1f1814"), ("sweep", "#e4cfa9", "#d1b688", "#ffffff"), "Amphora with a Key Pattern", ("orange", "geometric")),
    Spec(("gourd",), "glass", ("#4f9e83", "#ffffff"), ("window", "#dfe3d6", "#cfd0bd", "#ffffff"), "Bottle-Green Gourd", ("green", "bright")),
    Spec(("cup", "cup"), "bands", ("#f4efe6", "#d1603d", "#2f4858"), ("split", "#9fb8ad", "#f0e4d0", "#e7b796"), "Coffee for Two", ("warm", "geometric")),
    Spec(("moon",), "crackle", ("#eef0ea", "#9fb0ab"), ("disc", "#2e3f46", "#25343a", "#d9c58b"), "Moon Jar, Moonrise", ("night", "calm")),
    Spec(("jug",), "speckle", ("#d7c7a5", "#6b4b33"), ("table", "#a9bcae", "#7d5a3c", "#ffffff"), "Oatmeal Jug", ("brown", "warm"), "wheat"),
    Spec(("facet",), "matt", ("#3f4e8c", "#ffffff"), ("split", "#f0b67f", "#d98e5f", "#f7d9b5"), "Indigo Diamond", ("blue", "geometric")),
    Spec(("ginger",), "scales", ("#f2f4f1", "#2455a4"), ("sweep", "#e6d3b8", "#d3b995", "#ffffff"), "Ginger Jar, Rain Pattern", ("blue", "geometric")),
    Spec(("cylinder",), "stripes", ("#f6f1e6", "#1e1e1e"), ("disc", "#f2c14e", "#e0a93b", "#e4572e"), "Black and White on Yellow", ("bright", "geometric"), "leaf"),
    Spec(("bottle",), "glass", ("#b5532a", "#ffffff"), ("window", "#efe2cf", "#dcc6a6", "#ffffff"), "Amber Flask", ("orange", "warm")),
    Spec(("teapot", "bowl"), "crackle", ("#7fa89a", "#3d5f57"), ("sweep", "#e7ebe3", "#d2d8cc", "#ffffff"), "Celadon, Second Steeping", ("green", "calm")),
    Spec(("globe",), "dots", ("#1f2a44", "#f4d58d"), ("arch", "#bfa5c9", "#a88bb5", "#7c5c91"), "Starry Globe", ("purple", "night")),
    Spec(("mug", "mug", "mug"), "plain", ("#e76f51", "#2a9d8f", "#e9c46a"), ("sweep", "#f5efe6", "#e6ddcf", "#ffffff"), "Three Mugs Waiting", ("bright", "warm")),
    Spec(("gourd",), "drip", ("#3b2a20", "#c9822f"), ("table", "#d8c3a0", "#4a3326", "#ffffff"), "Honey over Iron", ("brown", "warm")),
    Spec(("amphora",), "plain", ("#f1ede4", "#ffffff"), ("window", "#c97b63", "#b96a52", "#ffffff"), "White Amphora, Red Room", ("red", "warm")),
    Spec(("trumpet", "globe"), "matt", ("#5f7f5d", "#d8b26e", "#ffffff"), ("arch", "#e8ecd9", "#cfd6b8", "#a3b18a"), "Garden Pair", ("green", "calm"), "leaf"),
    Spec(("meiping",), "reactive", ("#571f2e", "#b23a48", "#f2b880"), ("sweep", "#d9d4cf", "#c4bdb6", "#ffffff"), "Oxblood", ("red", "dark")),
    Spec(("jug",), "check", ("#f7f3e8", "#2a7f9e"), ("split", "#ffe3c2", "#f7c59f", "#efa07a"), "Breakfast Check", ("blue", "bright")),
    Spec(("bowl", "bowl", "bowl"), "bands", ("#efe7da", "#8c6a4f", "#c7a27c"), ("sweep", "#8d9b93", "#7b8a82", "#ffffff"), "Nested Afternoon", ("brown", "calm")),
    Spec(("moon",), "brush", ("#e9e6dc", "#3c3a36"), ("disc", "#d9dcd6", "#c7cbc4", "#b5382c"), "Ink on a Moon", ("red", "calm")),
    Spec(("cylinder",), "glass", ("#6a8fd0", "#ffffff"), ("sweep", "#eef1f6", "#dfe4ec", "#ffffff"), "Tulips in Blue Glass", ("blue", "calm"), "tulip"),
    Spec(("facet",), "speckle", ("#e8b4a0", "#7a3f33"), ("table", "#31464a", "#e5d5c5", "#ffffff"), "Coral Facet", ("pink", "geometric")),
    Spec(("ginger",), "plain", ("#e0a526", "#ffffff"), ("arch", "#1f4e5f", "#1a4250", "#2f7186"), "Saffron Jar", ("gold", "bright")),
    Spec(("bottle", "gourd", "bottle"), "reactive", ("#243b53", "#486581", "#d9e2ec"), ("sweep", "#bcccdc", "#a9bacb", "#ffffff"), "Winter Bottles", ("blue", "cold")),
    Spec(("cup",), "scales", ("#f4f1e8", "#3b7d6e"), ("disc", "#f0d6cf", "#e5c1b8", "#f7ece3"), "Jade Cup", ("green", "calm")),
    Spec(("globe",), "stripes", ("#e63946", "#f1faee"), ("split", "#a8dadc", "#457b9d", "#8ecae6"), "Circus Vase", ("red", "bright"), "tulip"),
    Spec(("teapot",), "dots", ("#1c1c1e", "#e9e4d8"), ("sweep", "#b9a7a0", "#a08d86", "#ffffff"), "Black Teapot, White Snow", ("dark", "night")),
    Spec(("jug", "cup"), "dipped", ("#f2ede2", "#b8742a"), ("window", "#e9dcc3", "#d7c4a1", "#ffffff"), "Milk and Coffee", ("brown", "warm")),
    Spec(("trumpet",), "glass", ("#9b5fb5", "#ffffff"), ("sweep", "#efe6f2", "#dccbe3", "#ffffff"), "Violet Flute", ("purple", "calm"), "wheat"),
    Spec(("amphora", "bottle"), "matt", ("#2f2d2c", "#8e3b2e", "#ffffff"), ("disc", "#e9d8b4", "#d9c296", "#cf8e4a"), "Desert Evening, Two Jars", ("orange", "warm")),
    Spec(("meiping",), "dipped", ("#e8d9f0", "#6d5a8c"), ("arch", "#f0e9f4", "#ddd0e6", "#b8a2cc"), "Lilac Shoulder", ("purple", "calm"), "leaf"),
    Spec(("mug",), "frieze", ("#2e4a3d", "#e8d8a8"), ("table", "#d3dccf", "#5b4636", "#ffffff"), "Forester's Mug", ("green", "geometric")),
    Spec(("bowl",), "crackle", ("#f2e6e1", "#c98b86"), ("sweep", "#f8efe9", "#ecdcd2", "#ffffff"), "Shell Bowl", ("pink", "calm")),
    Spec(("gourd", "teapot", "cup"), "speckle", ("#4c5b61", "#1f2629"), ("table", "#c5ccc6", "#8a6f55", "#ffffff"), "Stoneware for Rain", ("grey", "cold")),
)  # fmt: skip


class Form(NamedTuple):
    """A vessel solved for a window of the picture: where it is, and what it is like there."""

    box: tuple[slice, slice]
    mask: Plane  # the front of the body
    hole: Plane  # the opening seen from above
    lip: Plane  # its rim
    height: Plane  # 0 foot … 1 rim
    turn: Plane  # -0.5 left edge … 0.5 right edge, by angle
    normals: studio.Normals


def draw(rng: np.random.Generator, number: int) -> Drawing:
    spec = SPECS[number % len(SPECS)]
    size = canvas.choose_size(rng, *(("1:1", "4:3", "3:2") if len(spec.shapes) > 1 else ("1:1", "4:5", "3:4")))
    kind, wall, floor, accent = spec.room
    horizon = rng.uniform(0.72, 0.76) if spec.stems else rng.uniform(0.66, 0.72)
    picture = studio.backdrop(rng, size, kind=kind, wall=wall, floor=floor, accent=accent, horizon=horizon)
    for place, shape in enumerate(spec.shapes):
        colours = spec.colours if len(spec.shapes) == 1 else (spec.colours[place % len(spec.colours)], *spec.colours[1:])
        picture = _stand(rng, picture, size, shape, place, len(spec.shapes), spec, colours, horizon)
    picture = canvas.vignette(picture, 0.16)
    return Drawing(spec.title, _sentence(spec), _tags(spec), canvas.finish(picture, rng=rng, grain=0.01))


def _sentence(spec: Spec) -> str:
    what = {"moon": "moon jar", "facet": "faceted vase", "ginger": "lidded jar", "trumpet": "trumpet vase"}
    names = [what.get(shape, shape) for shape in dict.fromkeys(spec.shapes)]
    made = {
        "glass": "blown in coloured glass",
        "matt": "left matt",
        "plain": "in one clear glaze",
        "drip": "under a glaze that ran",
        "dipped": "dipped in a second glaze",
        "bands": "with turned bands",
        "stripes": "with painted stripes",
        "check": "in a kitchen check",
        "dots": "with scattered dots",
        "scales": "with a pattern of waves",
        "frieze": "with a key frieze",
        "brush": "with a branch in brushwork",
        "crackle": "under a crackled glaze",
        "reactive": "in a glaze the fire chose",
        "speckle": "in speckled stoneware",
    }
    holding = {"tulip": ", with tulips", "wheat": ", with dry grasses", "leaf": ", with a leafy branch", "": ""}
    listed = f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else names[0]
    return f"{listed.capitalize()} {made[spec.glaze]}{holding[spec.stems]}, in soft daylight."


def _tags(spec: Spec) -> tuple[str, ...]:
    kind = "glass" if spec.glaze == "glass" else "ceramic"
    return ("still life", kind, spec.shapes[0], *spec.words, *(("flowers",) if spec.stems else ()))


def _stand(
    rng: np.random.Generator,
    picture: Picture,
    size: Size,
    shape: str,
    place: int,
    count: int,
    spec: Spec,
    colours: tuple[str, ...],
    horizon: float,
) -> Picture:
    """Put one vessel on the floor: shadows, stems, handle and spout, body."""
    unit = min(size)
    scale = {1: 1.12, 2: 1.0, 3: 0.92}[count] * rng.uniform(0.94, 1.04)
    spread = {1: (0.5,), 2: (0.32, 0.67), 3: (0.23, 0.52, 0.79)}[count]
    x = size[0] * (spread[place] + rng.uniform(-0.015, 0.015))
    base = size[1] * (horizon + 0.09 + 0.035 * (place % 2) + 0.02 * place)
    tall = min(LOW.get(shape, 0.66) * unit * scale, base * (0.53 if spec.stems else 0.8))
    form = _solve(size, PROFILES[shape], x, base, tall, closed=shape in CLOSED)
    arms = _arms(shape, size, x, base, tall)
    outline = np.zeros(size[::-1], np.float32)
    outline[form.box] = np.maximum(form.mask, form.hole)
    for box, mask, _ in arms:
        outline[box] = np.maximum(outline[box], mask)
    picture = _shadows(picture, size, outline, shape, x, base, tall)
    if spec.stems and place == 0:
        picture = _stems(rng, picture, size, spec.stems, x, base - tall, unit, PROFILES[shape][-1][1] * tall)
    floor = spec.room[2]
    gloss = 0.0 if spec.glaze == "matt" else 0.35 if spec.glaze in ("speckle", "frieze") else 0.85
    for box, mask, normals in arms:
        arm = studio.light_up(canvas.rgb(colours[0]), normals, gloss=gloss * 0.8, bounce=floor)
        picture[box] = canvas.over(picture[box], arm, mask)
    return _body(rng, picture, form, spec.glaze, colours, gloss, floor)


def _shadows(picture: Picture, size: Size, outline: Plane, shape: str, x: float, base: float, tall: float) -> Picture:
    foot = PROFILES[shape][0][1] * tall
    fallen = studio.cast_shadow(outline, base=base + TILT * foot * 0.6, reach=0.2, lean=0.85, radius=20)
    touch = studio.contact_shadow(
        size, centre=(x + foot * 0.1, base + foot * TILT * 0.4), across=foot * 1.12, down=foot * TILT * 1.1, radius=9
    )
    return canvas.shaded(canvas.shaded(picture, 0.34 * fallen), 0.6 * touch)


def _solve(
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


def _body(
    rng: np.random.Generator,
    picture: Picture,
    form: Form,
    glaze: str,
    colours: tuple[str, ...],
    gloss: float,
    floor: str,
) -> Picture:
    part = picture[form.box]
    inside = 1.15 * np.clip(0.34 + 0.9 * form.turn + 0.1, 0.12, 0.75)
    if glaze == "glass":
        part = _glass(part, form, colours[0])
    else:
        paint = _GLAZES[glaze](rng, form, colours)
        well = canvas.mix(colours[0], colours[1 if glaze in ("dipped", "drip") else 0], 0.5) * inside[..., None]
        part = canvas.over(part, well, form.hole)
        part = canvas.over(part, studio.light_up(paint, form.normals, gloss=gloss, bounce=floor), form.mask)
        part = canvas.over(part, np.clip(canvas.rgb(colours[0]) * 1.02 + 0.06, 0, 1), form.lip)
    picture[form.box] = part
    return picture


def _glass(part: Picture, form: Form, colour: str) -> Picture:
    """The backdrop seen through, tinted more where the wall is thick, and sharp reflections."""
    tint = canvas.rgb(colour)
    thick = np.clip(0.3 + 0.7 * (1 - form.normals.z) ** 1.5, 0, 1)[..., None]
    through = part * (1 - thick + thick * tint) * 0.96 + 0.1 * tint * thick
    through = through + (0.8 * studio.reflections(form.normals))[..., None]
    part = canvas.over(part, part * (0.6 + 0.4 * tint), form.hole)
    part = canvas.over(part, np.clip(through, 0, 1), form.mask)
    return canvas.over(part, np.clip(tint * 0.7 + 0.35, 0, 1), form.lip * 0.85)


# --- glazes ------------------------------------------------------------------------------------------------------


def _clay(rng: np.random.Generator, form: Form, *, cells: float, octaves: int = 5) -> Plane:
    height, width = form.mask.shape
    return canvas.noise(rng, (width, height), cells=cells, octaves=octaves)


def _plain(rng: np.random.Generator, form: Form, colours: tuple[str, ...]) -> Picture:
    uneven = _clay(rng, form, cells=3)
    return np.clip(canvas.rgb(colours[0]) * (0.92 + 0.16 * uneven[..., None]), 0, 1)


def _two(rng: np.random.Generator, form: Form, colours: tuple[str, ...], mask: Plane) -> Picture:
    return canvas.over(_plain(rng, form, colours), canvas.rgb(colours[1]), mask)


def _drip(rng: np.random.Generator, form: Form, colours: tuple[str, ...]) -> Picture:
    """Runs of the first colour over the second, longer here and shorter there."""
    place = np.floor((form.turn + 0.5) * 15).astype(int) % 40
    local = ((form.turn + 0.5) * 15) % 1.0 - 0.5
    length = rng.uniform(0.28, 0.72, 40)[place] + 0.3 * np.abs(local) ** 2
    edge = form.height - length
    glaze = canvas.smoothstep(-0.006, 0.006, edge)
    thick = canvas.smoothstep(0.06, 0.0, edge) * glaze
    base = _plain(rng, form, (colours[1],))
    over = _plain(rng, form, colours) * (1 - 0.28 * thick[..., None] + 0.25 * (form.height - 0.5)[..., None])
    return canvas.over(base, np.clip(over, 0, 1), glaze)


def _dipped(rng: np.random.Generator, form: Form, colours: tuple[str, ...]) -> Picture:
    edge = 0.5 + 0.05 * np.sin(form.turn * 5 + rng.uniform(0, 6))
    return _two(rng, form, colours, canvas.smoothstep(0.004, -0.004, form.height - edge))


def _bands(rng: np.random.Generator, form: Form, colours: tuple[str, ...]) -> Picture:
    paint = _plain(rng, form, colours)
    level = rng.uniform(0.5, 0.62)
    for colour, shift, half in ((colours[1], 0.0, 0.06), (colours[-1], 0.14, 0.018), (colours[-1], -0.14, 0.018)):
        band = canvas.smoothstep(half + 0.006, half - 0.006, np.abs(form.height - level - shift))
        paint = canvas.over(paint, canvas.rgb(colour), band)
    return paint


def _reactive(rng: np.random.Generator, form: Form, colours: tuple[str, ...]) -> Picture:
    streak = canvas.noise(rng, form.mask.shape[::-1], cells=9, octaves=6, stretch=0.25)
    return canvas.ramp(colours, np.clip(form.height * 0.95 + 0.5 * (streak - 0.5), 0, 1))


def _speckle(rng: np.random.Generator, form: Form, colours: tuple[str, ...]) -> Picture:
    spots = canvas.smoothstep(0.74, 0.8, _clay(rng, form, cells=75, octaves=2))
    paint = _two(rng, form, colours, 0.75 * spots)
    return canvas.over(paint, canvas.rgb(colours[1]), canvas.smoothstep(0.07, 0.05, form.height))


def _crackle(rng: np.random.Generator, form: Form, colours: tuple[str, ...]) -> Picture:
    lines = np.zeros(form.mask.shape, np.float32)
    for cells in (5, 9, 14):
        lines = np.maximum(lines, np.exp(-np.abs(_clay(rng, form, cells=cells, octaves=2) - 0.5) / 0.007))
    return _two(rng, form, colours, 0.5 * lines)


def _stripes(rng: np.random.Generator, form: Form, colours: tuple[str, ...]) -> Picture:
    wave = np.abs(((form.turn * 12 + rng.uniform(0, 1)) % 1.0) - 0.5)
    return _two(rng, form, colours, canvas.smoothstep(0.235, 0.265, wave.astype(np.float32)))


def _check(rng: np.random.Generator, form: Form, colours: tuple[str, ...]) -> Picture:
    first = canvas.smoothstep(0.22, 0.28, np.abs((form.turn * 11 + 0.2) % 1.0 - 0.5))
    second = canvas.smoothstep(0.22, 0.28, np.abs((form.height * 8) % 1.0 - 0.5))
    return _two(rng, form, colours, 0.5 * first + 0.5 * second)


def _dots(rng: np.random.Generator, form: Form, colours: tuple[str, ...]) -> Picture:
    row = np.floor(form.height * 13)
    u = ((form.turn * 14 + 0.5 * (row % 2)) % 1.0) - 0.5
    v = (form.height * 13) % 1.0 - 0.5
    radius = 0.1 + 0.2 * rng.random(41)[(row * 7 + np.floor(form.turn * 14 + 0.5 * (row % 2))).astype(int) % 41]
    return _two(rng, form, colours, canvas.smoothstep(0.04, -0.04, (np.hypot(u, v) - radius).astype(np.float32)))


def _scales(rng: np.random.Generator, form: Form, colours: tuple[str, ...]) -> Picture:
    """Seigaiha: overlapping fans of rings."""
    fan = np.full(form.mask.shape, 9.0)
    for layer in (2, 1, 0):
        row = np.floor(form.height * 12) - layer + 1
        u = (form.turn * 10 + 0.5 * (row % 2)) % 1.0 - 0.5
        distance = np.hypot(u * 2, (form.height * 12 - row) * 0.95)
        fan = np.where(distance < 1.0, distance, fan)
    rings = np.abs((fan * 3.2) % 1.0 - 0.5)
    return _two(rng, form, colours, canvas.smoothstep(0.3, 0.2, rings.astype(np.float32)) * 0.9)


def _frieze(rng: np.random.Generator, form: Form, colours: tuple[str, ...]) -> Picture:
    """A Greek key between two lines, and teeth above and below."""
    key = np.array([[1, 1, 1, 1, 1, 0], [1, 0, 0, 0, 1, 0], [1, 0, 1, 0, 1, 0], [1, 0, 1, 1, 1, 0], [1, 0, 0, 0, 0, 0], [1, 1, 1, 1, 1, 1]])  # fmt: skip
    level = (form.height - 0.48) / 0.15
    row = np.clip((1 - level) * 6, 0, 5.99).astype(int)
    column = (form.turn * 84).astype(int) % 6
    mask = np.where((level > 0) & (level < 1), key[row, column], 0)
    for at, half in ((0.455, 0.008), (0.655, 0.008), (0.3, 0.035), (0.86, 0.03)):
        mask = np.maximum(mask, np.abs(form.height - at) < half)
    teeth = (np.abs((form.turn * 18) % 1.0 - 0.5) * 2 > (form.height - 0.08) / 0.14) & (form.height > 0.08)
    mask = np.maximum(mask, teeth & (form.height < 0.22))
    return _two(rng, form, colours, canvas.blur(mask.astype(np.float32), 0.7))


def _brush(rng: np.random.Generator, form: Form, colours: tuple[str, ...]) -> Picture:
    """A branch with leaves and blossom painted in one colour, wound around the belly."""
    sketch = canvas.Sketch((700, 700), scale=2)
    stem = canvas.spline([(120, 640), (250, 470), (330, 360), (470, 250), (520, 110)], 60)
    sketch.taper(stem, np.linspace(15, 4, 60))
    for at in range(6, 58, 4):
        x, y = stem[at]
        angle = rng.uniform(-2.6, 0.4)
        reach = rng.uniform(60, 120)
        tip = (x + np.cos(angle) * reach, y + np.sin(angle) * reach)
        bow = ((x + tip[0]) / 2 + rng.uniform(-18, 18), (y + tip[1]) / 2 + rng.uniform(-18, 18))
        leaf = canvas.spline([(x, y), bow, tip], 20)
        sketch.taper(leaf, np.sin(np.linspace(0.15, np.pi, 20)) * rng.uniform(18, 30), rng.uniform(0.55, 1.0))
        if at % 3 == 0:
            for petal in np.arange(5) * 2 * np.pi / 5:
                sketch.disc((tip[0] + 15 * np.cos(petal), tip[1] + 15 * np.sin(petal)), 12, 0.6)
            sketch.disc(tip, 6, 1.0)
    texture = sketch.plane()
    row = np.clip((1 - form.height) * 699, 0, 699).astype(int)
    column = np.clip((form.turn * 0.92 + 0.5) * 699, 0, 699).astype(int)
    ink = texture[row, column] * (0.75 + 0.4 * _clay(rng, form, cells=14))
    lines = np.maximum(np.abs(form.height - 0.04) < 0.008, np.abs(form.height - 0.93) < 0.008)
    return _two(rng, form, colours, np.clip(np.maximum(ink, lines), 0, 1).astype(np.float32))


_GLAZES: dict[str, Callable[[np.random.Generator, Form, tuple[str, ...]], Picture]] = {
    "plain": _plain,
    "matt": _plain,
    "drip": _drip,
    "dipped": _dipped,
    "bands": _bands,
    "reactive": _reactive,
    "speckle": _speckle,
    "crackle": _crackle,
    "stripes": _stripes,
    "check": _check,
    "dots": _dots,
    "scales": _scales,
    "frieze": _frieze,
    "brush": _brush,
}


# --- handles, spouts and stems -----------------------------------------------------------------------------------

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


def _arms(shape: str, size: Size, x: float, base: float, tall: float) -> list[tuple[tuple[slice, slice], Plane, studio.Normals]]:
    arms = []
    for points, first, last in _ARMS.get(shape, ()):
        path = canvas.spline([(x + across * tall, base - up * tall) for across, up in points], 90)
        arms.append(studio.tube(size, path, np.linspace(first, last, 90) * tall))
    return arms


def _stems(
    rng: np.random.Generator, picture: Picture, size: Size, kind: str, x: float, rim: float, unit: int, mouth: float
) -> Picture:
    """Flowers or grasses fanning out of the mouth."""
    sketch = canvas.Sketch(size, ground="#000000")
    mask = canvas.Sketch(size)
    count = {"tulip": 3, "wheat": 9, "leaf": 4}[kind]
    room = rim - 0.05 * size[1]
    for index in range(count):
        lean = (index - (count - 1) / 2) / count + rng.uniform(-0.08, 0.08)
        reach = min(room, unit * 0.42) * rng.uniform(0.75, 1.0)
        top = (x + lean * unit * 0.42, rim - reach)
        path = canvas.spline([(x + lean * mouth * 0.8, rim + 12), (x + lean * unit * 0.14, rim - reach * 0.5), top], 40)
        _STEMS[kind](rng, (sketch, mask), path, unit)
    return canvas.over(picture, sketch.picture(), mask.plane())


def _tulip(rng: np.random.Generator, sketches: tuple[canvas.Sketch, canvas.Sketch], path: np.ndarray, unit: int) -> None:
    hue = ("#d7263d", "#f49d37", "#f4d35e", "#f6bdd0", "#8d3b72")[int(rng.integers(5))]
    wide = unit * 0.045
    x, y = path[-1]
    leaf = path[4:26] + np.linspace(0, 1, 22)[:, None] ** 2 * [rng.choice([-1, 1]) * wide * 1.4, 0]
    for sketch, (green, dark, petal) in zip(sketches, (("#5c8a4e", "#47733d", hue), (1.0, 1.0, 1.0)), strict=True):
        sketch.stroke(path, unit * 0.008, green)
        sketch.taper(leaf, np.sin(np.linspace(0.2, np.pi, 22)) * wide * 0.7, dark)
        for shift, tone in ((-0.55, -0.1), (0.55, -0.06), (0.0, 0.05)):
            ink = petal if isinstance(petal, float) else np.clip(canvas.rgb(petal) + tone, 0, 1)
            outline = [(x + shift * wide * 0.4, y + wide * 1.1), (x + (shift - 0.75) * wide, y + wide * 0.2), (x + shift * wide * 1.3, y - wide * 1.2), (x + (shift + 0.75) * wide, y + wide * 0.2), (x + shift * wide * 0.4, y + wide * 1.1)]  # fmt: skip
            sketch.polygon(canvas.spline(outline, 40), ink)


def _wheat(rng: np.random.Generator, sketches: tuple[canvas.Sketch, canvas.Sketch], path: np.ndarray, unit: int) -> None:
    straw = canvas.vary(rng, "#c9a25c", 0.06)
    for sketch, ink in zip(sketches, (straw, 1.0), strict=True):
        sketch.stroke(path, unit * 0.004, ink)
        for at in range(24, 40, 2):
            for side in (-1, 1):
                along = path[min(at + 1, 39)] - path[at - 1]
                along = along / (np.linalg.norm(along) + 1e-9)
                across = np.array([-along[1], along[0]]) * side
                start = path[at]
                end = start + (along * 0.026 + across * 0.011) * unit
                sketch.taper(canvas.spline([start, (start + end) / 2 + across * unit * 0.004, end], 8), np.sin(np.linspace(0.3, np.pi, 8)) * unit * 0.011, ink)  # fmt: skip


def _leaf(rng: np.random.Generator, sketches: tuple[canvas.Sketch, canvas.Sketch], path: np.ndarray, unit: int) -> None:
    greens = [canvas.vary(rng, "#6f8f6a", 0.05) for _ in range(20)]
    for sketch, solid in zip(sketches, (False, True), strict=True):
        sketch.stroke(path, unit * 0.005, 1.0 if solid else "#6b5a45")
        for step, at in enumerate(range(10, 40, 3)):
            side = -1 if step % 2 else 1
            along = path[min(at + 1, 39)] - path[at - 1]
            along = along / (np.linalg.norm(along) + 1e-9)
            across = np.array([-along[1], along[0]]) * side
            end = path[at] + (along * 0.03 + across * 0.05) * unit
            blade = canvas.spline([path[at], (path[at] + end) / 2 + along * unit * 0.008, end], 14)
            sketch.taper(blade, np.sin(np.linspace(0.1, np.pi, 14)) * unit * 0.027, 1.0 if solid else greens[step])


_STEMS: dict[str, Callable[[np.random.Generator, tuple[canvas.Sketch, canvas.Sketch], np.ndarray, int], None]] = {
    "tulip": _tulip,
    "wheat": _wheat,
    "leaf": _leaf,
}
