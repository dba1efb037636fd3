"""Under water: reefs, shoals, kelp, jellyfish, mantas, sand, anemones and turtles, in falling light.

Water is a ramp of colour with shafts of light; things are drawn in layers that fade into it with distance.
Coordinates are px unless a name says otherwise.
"""

from collections.abc import Callable

import numpy as np

from catalog.demo import canvas
from catalog.demo.canvas import Picture, Size
from catalog.demo.drawing import Drawing, edition
from catalog.demo.families.reefs.floor import anemone_scene, sand_scene, wall_scene
from catalog.demo.families.reefs.kelp import kelp_scene
from catalog.demo.families.reefs.light import drifting_specks, shafts, water_column
from catalog.demo.families.reefs.open_water import jelly_scene, manta_scene, shoal_scene
from catalog.demo.families.reefs.specs import SPECS, WATERS, Water
from catalog.demo.families.reefs.turtles import turtle_scene

SLUG = "reefs"
NAME = "Reefs"
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
    sea = water_column(rng, size, water, floor=scene == "anemone")
    picture = _SCENES[scene](rng, sea, size, water)
    light = drifting_specks(rng, size)
    if scene not in ("anemone", "jelly"):
        light = 1 - (1 - light) * (1 - 0.3 * shafts(rng, size))
    picture = canvas.lit(picture, water.light, light)
    subject = {"wall": "coral", "shoal": "fish", "manta": "manta", "jelly": "jellyfish"}.get(scene, scene)
    picture = canvas.vignette(np.clip(picture, 0, 1), 0.3)
    return Drawing(
        edition(title, number, len(SPECS)),
        _SENTENCES[scene],
        ("sea", "underwater", subject, *water.words),
        canvas.finish(picture, rng=rng, grain=0.01),
    )


_SHAPES = {"kelp": ("3:4", "2:3", "4:5"), "jelly": ("3:4", "4:5", "1:1", "2:3"), "wall": ("4:3", "1:1", "4:5")}
_SCENES: dict[str, Callable[[np.random.Generator, Picture, Size, Water], Picture]] = {
    "wall": wall_scene,
    "shoal": shoal_scene,
    "kelp": kelp_scene,
    "jelly": jelly_scene,
    "manta": manta_scene,
    "sand": sand_scene,
    "anemone": anemone_scene,
    "turtle": turtle_scene,
}
