"""Botanical plates: ferns, L-systems, umbels, dahlias, blossom and leaves, on paper, in blueprint or by night."""

from collections.abc import Callable

import numpy as np

from catalog.demo import canvas
from catalog.demo.canvas import Cutout, Picture, Size
from catalog.demo.drawing import Drawing, edition
from catalog.demo.families.botanical.flowers import blossom, dahlia, wildflowers
from catalog.demo.families.botanical.greens import fern, l_system, leaves
from catalog.demo.families.botanical.parts import Rng, Sheet

SLUG = "botanical"


NAME = "Botanical"


def draw(rng: Rng, number: int) -> Drawing:
    title, kind, sheet_name = _PLANS[number % len(_PLANS)]
    sheet = _SHEETS[sheet_name]
    grow, shapes, description, tags = _KINDS[kind]
    size = canvas.choose_size(rng, *shapes)
    plant = Cutout(size)
    grow(rng, plant, size, sheet)
    return Drawing(
        title=edition(title, number, len(_PLANS)),
        description=description,
        tags=("plants", *tags, *sheet.tags),
        image=canvas.finish(_pressed(rng, plant, size, sheet), rng=rng, grain=0.010),
    )


def _pressed(rng: Rng, plant: Cutout, size: Size, sheet: Sheet) -> Picture:
    """The plant on its sheet: washes of tone within it, a soft shadow, or a glow when the ground is dark."""
    ground = canvas.paper(rng, size, sheet.ground, tooth=0.035 if sheet.dark else 0.05)
    mask, colours = plant.mask.plane(), plant.colours.picture()
    wash = canvas.noise(rng, size, cells=7, octaves=6, gain=0.6)
    colours = colours * (0.82 + 0.34 * wash)[..., None]
    if sheet.dark:
        x, y = canvas.grid(size, centre=(0.5, 0.42))
        ground = canvas.lit(ground, sheet.greens[-1], np.exp(-(x * x + y * y) * 4) * 0.14)
        ground = canvas.screen(ground, canvas.blur(colours * mask[..., None], min(size) * 0.03) * 0.30)
    else:
        ground = canvas.shaded(ground, canvas.shadow(mask, offset=(4, 6), radius=7, strength=0.20))
    return canvas.vignette(np.clip(canvas.over(ground, colours, mask), 0, 1), 0.35 if sheet.dark else 0.16)


Grower = Callable[[Rng, Cutout, Size, Sheet], None]


_TALL = ("2:3", "3:4", "4:5")


_KINDS: dict[str, tuple[Grower, tuple[str, ...], str, tuple[str, ...]]] = {
    "fern": (fern, _TALL, "Fern fronds, pinna by pinna.", ("fern", "leaves")),
    "shrub": (l_system, (*_TALL, "1:1"), "A shrub grown by a rule, with buds at its ends.", ("tree", "flowers")),
    "wild": (wildflowers, (*_TALL, "1:1"), "Wild flowers gathered along a path.", ("flowers", "meadow")),
    "dahlia": (
        dahlia,
        ("4:5", "1:1", "3:4"),
        "Great round flowers, ring behind ring of petals.",
        ("flowers", "bouquet"),
    ),
    "blossom": (
        blossom,
        ("3:2", "4:3", "1:1", "4:5"),
        "A flowering branch, and a few petals that have let go.",
        ("flowers", "spring"),
    ),
    "leaves": (leaves, _TALL, "A spray of leaves either side of its stem.", ("leaves",)),
}


_SHEETS: dict[str, Sheet] = {
    "herbarium": Sheet(
        "#f1e7cf", ("#4c6b3a", "#6d8446", "#8a9a5b"), ("#b9544a", "#d99a6c", "#7d6aa0", "#c79a3a"), ("paper", "green")
    ),
    "ivory": Sheet(
        "#f7f2e6", ("#2f5d4a", "#4f7f62", "#86a98a"), ("#e08a94", "#f2bcb0", "#d0607a", "#d9a441"), ("paper", "calm")
    ),
    "sage": Sheet(
        "#d5dccb", ("#2c4a38", "#486b4d", "#7f9c74"), ("#f4efe2", "#e8c9b4", "#c96f5a", "#d0a040"), ("green", "calm")
    ),
    "blueprint": Sheet(
        "#173a72",
        ("#dfeaf2", "#bcd3e6", "#f2f7fa"),
        ("#ffffff", "#cfe0f0", "#e6f0f8", "#a8c4de"),
        ("blue", "blueprint"),
        dark=True,
    ),
    "midnight": Sheet(
        "#0c1420",
        ("#2f6b5a", "#4f9474", "#8fc49a"),
        ("#e86a8a", "#f4a6b4", "#c04a9a", "#f2c45a"),
        ("night", "dark"),
        dark=True,
    ),
    "oxblood": Sheet(
        "#2a0d12",
        ("#5d6b3a", "#7f8a4a", "#a8a860"),
        ("#e0542e", "#f29a4a", "#f6d6a8", "#f0c040"),
        ("dark", "warm"),
        dark=True,
    ),
    "ink": Sheet(
        "#10201c",
        ("#3d7a52", "#62a06a", "#a5c882"),
        ("#f4f0e0", "#f0d8d8", "#d8d0f0", "#f0c850"),
        ("dark", "green"),
        dark=True,
    ),
    "blush": Sheet(
        "#f3d9cf", ("#5a6a4a", "#7c8a5c", "#a2a878"), ("#c2415a", "#e2758a", "#f6efe6", "#8a2b4a"), ("pink", "warm")
    ),
    "ochre": Sheet(
        "#e3b96a", ("#3a4a2a", "#5a6434", "#2a5a52"), ("#a8321e", "#f6ecd2", "#6a2440", "#4a2010"), ("golden", "warm")
    ),
}


_PLANS = (
    ("Fern from the north wall", "fern", "herbarium"),
    ("The fern hunter's best day", "fern", "sage"),
    ("Three fronds, Prussian blue", "fern", "blueprint"),
    ("Undergrowth by torchlight", "fern", "ink"),
    ("Bracken, turning", "fern", "ochre"),
    ("A letter pressed with ferns", "fern", "ivory"),
    ("Fern in a dark room", "fern", "midnight"),
    ("Shrub that follows a rule", "shrub", "herbarium"),
    ("Sea lace", "shrub", "blueprint"),
    ("The tree of small decisions", "shrub", "oxblood"),
    ("Rosemary after rain", "shrub", "ivory"),
    ("Winter berries", "shrub", "blush"),
    ("Garden of the lamp", "shrub", "midnight"),
    ("Broom on a hot hill", "shrub", "ochre"),
    ("From the ditch by the mill", "wild", "herbarium"),
    ("A path nobody mows", "wild", "ivory"),
    ("What she picked on Sunday", "wild", "sage"),
    ("Sun prints, June", "wild", "blueprint"),
    ("Meadow after dark", "wild", "midnight"),
    ("Hedge flowers for the table", "wild", "blush"),
    ("Tall grass, small moths", "wild", "ink"),
    ("Dry summer", "wild", "ochre"),
    ("Dahlia, first prize", "dahlia", "midnight"),
    ("The Dutch bulb-seller", "dahlia", "oxblood"),
    ("White flowers, black glass", "dahlia", "ink"),
    ("Pale company", "dahlia", "ivory"),
    ("Cut before the frost", "dahlia", "herbarium"),
    ("A flower the size of a plate", "dahlia", "blush"),
    ("Afternoon in the cutting garden", "dahlia", "sage"),
    ("Blue flower of the novel", "dahlia", "blueprint"),
    ("Cherry, third of April", "blossom", "ivory"),
    ("Plum before the leaves", "blossom", "sage"),
    ("Almond over the wall", "blossom", "blush"),
    ("The branch outside the tea room", "blossom", "ochre"),
    ("Night blossom", "blossom", "midnight"),
    ("Apple tree, blueprint", "blossom", "blueprint"),
    ("Laurel for somebody", "leaves", "herbarium"),
    ("Rubber tree at the dentist's", "leaves", "sage"),
    ("Eucalyptus", "leaves", "ivory"),
    ("Olive, evening", "leaves", "oxblood"),
)
