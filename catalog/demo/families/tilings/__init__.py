"""Tilings: zellige stars, quasi-crystals, azulejos, Truchet arcs, scales and cubes, all under one glaze."""

from collections.abc import Callable

import numpy as np

from catalog.demo import canvas
from catalog.demo.canvas import Picture, Plane, Size
from catalog.demo.drawing import Drawing, edition
from catalog.demo.families.tilings.azulejos import azulejo
from catalog.demo.families.tilings.courses import cubes, herringbone, scales, truchet
from catalog.demo.families.tilings.lattices import hexagon_star, penrose, quasi, square_star
from catalog.demo.families.tilings.wall import Glaze, Rng, Wall

SLUG = "tilings"


NAME = "Tilings"


def draw(rng: Rng, number: int) -> Drawing:
    title, kind, glaze_name = _PLANS[number % len(_PLANS)]
    glaze, tag = _GLAZES[glaze_name]
    lay, description, tags = _KINDS[kind]
    size = canvas.choose_size(rng)
    colours, joints = lay(rng, size, glaze)
    return Drawing(
        title=edition(title, number, len(_PLANS)),
        description=description,
        tags=("tiles", "geometric", *tags, tag),
        image=canvas.finish(_fire(rng, colours, joints, glaze), rng=rng, grain=0.008),
    )


def _fire(rng: Rng, colours: Picture, joints: Plane, glaze: Glaze) -> Picture:
    """Joints, the rounded shoulder of each piece, pooled glaze, and a window's reflection over the wall."""
    size = (colours.shape[1], colours.shape[0])
    pool = canvas.noise(rng, size, cells=14, octaves=5)
    wall = colours * (0.92 + 0.14 * pool)[..., None]
    shoulder = canvas.slope(canvas.blur(joints, 2.6), right=3, down=3)
    wall = canvas.lit(wall, "#fffaf0", np.clip(shoulder * 1.5, 0, 0.6))
    wall = canvas.shaded(wall, np.clip(-shoulder * 0.9, 0, 0.5))
    grout = canvas.mix("#cfc4b0", glaze[-1], 0.35) * (0.75 + 0.35 * pool[..., None])
    wall = canvas.over(wall, grout.astype(np.float32), joints)
    x, y = canvas.grid(size, centre=(rng.uniform(0, 1), rng.uniform(0, 0.6)))
    sheen = np.exp(-((x * 0.8 + y * rng.uniform(-0.6, 0.6)) ** 2) * 3.5) * (0.05 + 0.16 * pool)
    return canvas.vignette(canvas.lit(wall, "#ffffff", sheen * (1 - joints)), 0.28)


Layer = Callable[[Rng, Size, Glaze], Wall]


_KINDS: dict[str, tuple[Layer, str, tuple[str, ...]]] = {
    "square": (square_star, "Zellige stars on a square lattice, cut and glazed by hand.", ("stars", "pattern")),
    "hexagon": (hexagon_star, "Six-pointed stars and the straps that weave between them.", ("stars", "pattern")),
    "penrose": (penrose, "Fat and thin rhombs that never repeat.", ("mosaic",)),
    "quasi": (quasi, "A quasi-crystal of rhombs, orderly and never the same twice.", ("mosaic",)),
    "azulejo": (azulejo, "Painted tiles whose flowers close across four corners.", ("flowers", "pattern")),
    "truchet": (truchet, "One tile, two ways to lay it, and paths that wander.", ("curves",)),
    "scales": (scales, "Overlapping scales in glazes that drift across the wall.", ("curves", "pattern")),
    "cubes": (cubes, "Rhombs in three tones that stand up as cubes.", ("mosaic", "illusion")),
    "herringbone": (herringbone, "Long glazed bricks in a herringbone.", ("pattern", "bricks")),
}


_GLAZES: dict[str, tuple[Glaze, str]] = {
    "cobalt": (("#f2eee2", "#1d3f8f", "#4f7fc4", "#e0a83c", "#16275c"), "blue"),
    "delft": (("#f3f1ea", "#274b9b", "#6f93cf", "#a9c0e4", "#1c2f66"), "blue"),
    "fez": (("#efe6d2", "#0f6b5c", "#1f4f8f", "#c9892b", "#232a2b"), "green"),
    "medina": (("#f0e2c8", "#b4492e", "#1e7a78", "#e2b04a", "#3b2320"), "warm"),
    "lisbon": (("#f6f0dd", "#2f62ad", "#efc23c", "#5b8f4f", "#1d3566"), "yellow"),
    "emerald": (("#e6efdf", "#0b7a53", "#63b58a", "#0a4a3c", "#c8a44a"), "green"),
    "saffron": (("#fbf1d8", "#e08a1e", "#f4bf45", "#a63c1e", "#4f2614"), "golden"),
    "rosewater": (("#fbeeea", "#d8748a", "#f2b3a8", "#6d8f86", "#7a2f4a"), "pink"),
    "ink": (("#eeeae0", "#26262a", "#77746c", "#b89b5e", "#111114"), "black"),
    "lapis": (("#e9e4d4", "#15246b", "#2b58b5", "#c59a3a", "#0a1136"), "blue"),
    "turquoise": (("#eef4ee", "#149a9a", "#6fcfc5", "#125c78", "#e08b5a"), "blue"),
    "plum": (("#f1e6ee", "#6a2b6e", "#b0669c", "#e3a85a", "#2f1536"), "violet"),
}


_PLANS = (
    ("Courtyard at noon", "square", "fez"),
    ("Eight points of the compass", "square", "cobalt"),
    ("The dyer's doorway", "square", "saffron"),
    ("A fountain in Marrakesh", "square", "turquoise"),
    ("The tile-cutter's proof", "square", "ink"),
    ("Garden seen from a balcony", "square", "emerald"),
    ("Bridal chamber", "square", "rosewater"),
    ("Heaven, according to the mason", "square", "lapis"),
    ("Six winds", "hexagon", "medina"),
    ("Honey and indigo", "hexagon", "lapis"),
    ("The astronomer's floor", "hexagon", "plum"),
    ("Under the green dome", "hexagon", "emerald"),
    ("Salt and snow", "hexagon", "delft"),
    ("Spice merchant's ceiling", "hexagon", "saffron"),
    ("Sea gate", "hexagon", "turquoise"),
    ("The pattern that forgets itself", "penrose", "cobalt"),
    ("Five-sided dream", "penrose", "rosewater"),
    ("Pilgrims in a ring", "penrose", "medina"),
    ("Dark crystal", "penrose", "ink"),
    ("No two neighbourhoods alike", "penrose", "turquoise"),
    ("Sevenfold", "quasi", "plum"),
    ("The orderly forest", "quasi", "emerald"),
    ("Kaleidoscope for a dull day", "quasi", "lisbon"),
    ("Alloy", "quasi", "saffron"),
    ("Kitchen in Alfama", "azulejo", "delft"),
    ("The convent stairs", "azulejo", "cobalt"),
    ("Lemon house", "azulejo", "lisbon"),
    ("Grandmother's stove", "azulejo", "medina"),
    ("Tavern of the green parrot", "azulejo", "fez"),
    ("The rose bath", "azulejo", "rosewater"),
    ("Wall of a closed cinema", "azulejo", "plum"),
    ("Two ways to walk home", "truchet", "ink"),
    ("Rivers of glaze", "truchet", "turquoise"),
    ("The wandering line", "truchet", "medina"),
    ("Carp pond", "scales", "saffron"),
    ("Mermaid's roof", "scales", "turquoise"),
    ("Peacock quarter", "scales", "lapis"),
    ("Steps that go both ways", "cubes", "lisbon"),
    ("The box-maker's joke", "cubes", "plum"),
    ("Underground, line four", "herringbone", "emerald"),
)
