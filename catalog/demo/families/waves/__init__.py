"""Waves: woodblock swells, shores from the air, open water, cut paper and lines that move like the sea."""

from collections.abc import Callable

from catalog.demo import canvas
from catalog.demo.canvas import Picture, Size
from catalog.demo.drawing import Drawing, edition
from catalog.demo.families.waves.drawn import currents, cut_paper, ridge_lines
from catalog.demo.families.waves.inks import Inks, Rng
from catalog.demo.families.waves.sea import open_sea, shore
from catalog.demo.families.waves.woodblock import swell

SLUG = "waves"


NAME = "Waves"


def draw(rng: Rng, number: int) -> Drawing:
    title, kind, inks_name = _PLANS[number % len(_PLANS)]
    inks, tag = _INKS[inks_name]
    paint, shapes, description, tags = _KINDS[kind]
    size = canvas.choose_size(rng, *shapes)
    return Drawing(
        title=edition(title, number, len(_PLANS)),
        description=description,
        tags=("water", *tags, tag),
        image=canvas.finish(paint(rng, size, inks), rng=rng, grain=0.010),
    )


def _under(mood_name: str) -> "Painter":
    return lambda rng, size, inks: open_sea(rng, size, inks, mood_name)


Painter = Callable[[Rng, Size, Inks], Picture]


_SEA = "The sea to the horizon, every slope catching a piece of the sky."


_KINDS: dict[str, tuple[Painter, tuple[str, ...], str, tuple[str, ...]]] = {
    "swell": (
        swell,
        ("3:2", "4:3", "4:5", "1:1"),
        "Leaning crests and clawed foam, printed from the block.",
        ("woodblock", "sea"),
    ),
    "shore": (shore, (), "Sand, lace of foam and deepening water, seen from the air.", ("beach", "aerial", "sea")),
    "dawn sea": (_under("dawn"), (), _SEA, ("sea", "dawn")),
    "ember sea": (_under("ember"), (), _SEA, ("sea", "sunset")),
    "storm sea": (_under("storm"), (), _SEA, ("sea", "storm")),
    "night sea": (_under("night"), (), _SEA, ("sea", "night")),
    "day sea": (_under("clear"), (), _SEA, ("sea", "day")),
    "gold sea": (_under("gold"), (), _SEA, ("sea", "golden")),
    "paper": (
        cut_paper,
        (),
        "Sheets of paper cut into waves, each with its shadow on the next.",
        ("paper", "minimal"),
    ),
    "lines": (ridge_lines, (), "Line behind line, lifted by one passing swell.", ("lines", "minimal")),
    "currents": (currents, (), "Hundreds of brush lines carried along one current.", ("lines", "abstract")),
}


_INKS: dict[str, tuple[Inks, str]] = {
    "prussian": (("#10264a", "#2b5a8c", "#8fb8cc", "#f6efdd", "#d8c9a4", "#c8452e"), "blue"),
    "lagoon": (("#0a4a6b", "#1591a8", "#63d0c4", "#ffffff", "#bfe6e2", "#f0653e"), "turquoise"),
    "jade": (("#0c3d3a", "#2a7d6c", "#8ec9a8", "#f4f3e2", "#d5dcc0", "#e0a13a"), "green"),
    "slate": (("#1a2530", "#435766", "#8a9ca6", "#eef0ec", "#c3c7c4", "#b5653e"), "grey"),
    "violet": (("#221a4f", "#54489a", "#a58fc8", "#f8ecec", "#e8c8d0", "#f0a050"), "violet"),
    "coral": (("#7a1f3a", "#d0525a", "#f4a488", "#fff3e4", "#f8d8b8", "#2b6a7c"), "warm"),
    "indigo": (("#0a1238", "#223a8a", "#5f86d0", "#f2f4fa", "#9fb4dc", "#f4c64a"), "blue"),
}


_PLANS = (
    ("The wave that never lands", "swell", "prussian"),
    ("Fishermen's prayer", "swell", "indigo"),
    ("Green claws", "swell", "jade"),
    ("Before the typhoon", "swell", "slate"),
    ("Red sun, rough crossing", "swell", "prussian"),
    ("Sea of a story told at night", "swell", "violet"),
    ("A coral tide", "swell", "coral"),
    ("The boats are somewhere behind", "swell", "lagoon"),
    ("Second wave", "swell", "indigo"),
    ("Low tide, high summer", "shore", "lagoon"),
    ("Where the swimmers leave their shoes", "shore", "lagoon"),
    ("The bay from a gull", "shore", "jade"),
    ("Lace", "shore", "prussian"),
    ("Off season", "shore", "slate"),
    ("Blue parasols", "shore", "indigo"),
    ("Bar at the river mouth", "shore", "jade"),
    ("The shore draws a new line", "shore", "lagoon"),
    ("First swim of the year", "dawn sea", "lagoon"),
    ("Pewter morning", "dawn sea", "slate"),
    ("The road of the sun", "ember sea", "indigo"),
    ("Last ferry", "ember sea", "prussian"),
    ("Force nine", "storm sea", "slate"),
    ("Gale warning, all areas", "storm sea", "jade"),
    ("Watch from midnight to four", "night sea", "indigo"),
    ("Trade wind", "day sea", "lagoon"),
    ("Honey on the water", "gold sea", "prussian"),
    ("Paper bay", "paper", "lagoon"),
    ("Bedtime sea", "paper", "violet"),
    ("Seven sheets of blue", "paper", "indigo"),
    ("Scissors and a red sun", "paper", "prussian"),
    ("Tea-coloured coast", "paper", "coral"),
    ("Forest folded into surf", "paper", "jade"),
    ("Signal from a distant swell", "lines", "indigo"),
    ("Score for wind and hull", "lines", "coral"),
    ("Breathing", "lines", "jade"),
    ("Radio silence, long wave", "lines", "slate"),
    ("What the current wrote", "currents", "lagoon"),
    ("Eddy", "currents", "violet"),
    ("Ten thousand herring", "currents", "prussian"),
    ("Warm stream", "currents", "coral"),
)
