"""Galaxies: spirals, nebulae, clusters, planets with rings, eclipses and comets, as a long exposure shows them."""

from collections.abc import Callable

from catalog.demo import canvas
from catalog.demo.canvas import Picture, Size
from catalog.demo.drawing import Drawing, edition
from catalog.demo.families.galaxies.exposure import Light, Rng
from catalog.demo.families.galaxies.far import cluster, deep_field, nebula, spiral
from catalog.demo.families.galaxies.visitors import comet, eclipse
from catalog.demo.families.galaxies.worlds import planet

SLUG = "galaxies"


NAME = "Galaxies"


def draw(rng: Rng, number: int) -> Drawing:
    title, kind, light_name = _PLANS[number % len(_PLANS)]
    light, tag = _LIGHTS[light_name]
    expose, description, tags = _KINDS[kind]
    size = canvas.choose_size(rng)
    picture = canvas.vignette(expose(rng, size, light), 0.3)
    return Drawing(
        title=edition(title, number, len(_PLANS)),
        description=description,
        tags=("space", "night", *tags, tag),
        image=canvas.finish(picture, rng=rng, grain=0.014),
    )


Exposure = Callable[[Rng, Size, Light], Picture]


_KINDS: dict[str, tuple[Exposure, str, tuple[str, ...]]] = {
    "spiral": (spiral, "A spiral galaxy, dust between its arms and young stars along them.", ("galaxy", "stars")),
    "nebula": (nebula, "Glowing gas in filaments with young stars inside.", ("nebula", "stars")),
    "planet": (planet, "A world lit from one side, alone with its stars.", ("planet",)),
    "cluster": (cluster, "Thousands of stars round one middle.", ("stars",)),
    "deep": (deep_field, "A small piece of sky and hundreds of galaxies in it.", ("galaxy", "stars")),
    "eclipse": (eclipse, "A black disc, and the streamers of the light behind it.", ("sun", "minimal")),
    "comet": (comet, "A comet with its two tails.", ("stars", "minimal")),
}


_LIGHTS: dict[str, tuple[Light, str]] = {
    "blue": (("#03050f", "#0f2350", "#5a8de0", "#f07a9a", "#fff0d0"), "blue"),
    "rose": (("#08030c", "#3a1240", "#c04a8a", "#ff8a7a", "#ffe6c8"), "pink"),
    "teal": (("#02080c", "#0a3a44", "#3ab0a8", "#f0a050", "#fff2d8"), "green"),
    "ember": (("#080303", "#481408", "#c8501c", "#ffb04a", "#fff0c8"), "warm"),
    "violet": (("#05030f", "#2a1660", "#8a5ae0", "#f078c0", "#f8e8ff"), "violet"),
    "gold": (("#050408", "#2c2430", "#b08a50", "#f0c060", "#fff4d8"), "golden"),
    "ice": (("#03060c", "#1c3248", "#8ac0e0", "#d8e8f4", "#ffffff"), "white"),
}


_PLANS = (
    ("A wheel that takes an age to turn", "spiral", "blue"),
    ("The island next door", "spiral", "gold"),
    ("Pinwheel, pink arms", "spiral", "rose"),
    ("Someone else's sky", "spiral", "violet"),
    ("Slow storm of suns", "spiral", "teal"),
    ("Seen at an angle", "spiral", "ice"),
    ("The burning wheel", "spiral", "ember"),
    ("The lantern and its moths", "spiral", "blue"),
    ("Whirlpool, no ship", "spiral", "gold"),
    ("Nursery", "nebula", "rose"),
    ("The curtain before the stars", "nebula", "blue"),
    ("Smoke of a dead sun", "nebula", "ember"),
    ("Orchid cloud", "nebula", "violet"),
    ("Sea-green remnant", "nebula", "teal"),
    ("Breath on a cold window", "nebula", "ice"),
    ("The furnace, from far away", "nebula", "gold"),
    ("Where the young stars hide", "nebula", "violet"),
    ("Coral in the dark", "nebula", "rose"),
    ("Lighthouse in the gas", "nebula", "teal"),
    ("Old neighbour with rings", "planet", "gold"),
    ("Morning on the ringed world", "planet", "ember"),
    ("World without a name", "planet", "blue"),
    ("Ice and a thin air", "planet", "ice"),
    ("The violet shore", "planet", "violet"),
    ("A marble somebody lost", "planet", "teal"),
    ("Rose world, seen in passing", "planet", "rose"),
    ("Approach, day forty", "planet", "blue"),
    ("Rust and weather", "planet", "ember"),
    ("The quiet giant", "planet", "teal"),
    ("Ten thousand lamps", "cluster", "gold"),
    ("Beehive", "cluster", "blue"),
    ("Salt thrown on black cloth", "cluster", "ice"),
    ("City of old red stars", "cluster", "ember"),
    ("A thumbnail of sky", "deep", "gold"),
    ("Everything, very small", "deep", "blue"),
    ("Far rooms with the light on", "deep", "rose"),
    ("Noon goes out", "eclipse", "gold"),
    ("The black sun", "eclipse", "violet"),
    ("Visitor from the cold", "comet", "teal"),
    ("It will be back in four thousand years", "comet", "blue"),
)
