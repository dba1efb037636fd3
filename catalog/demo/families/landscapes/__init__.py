"""Landscapes: ranges, lakes, dunes, fields, forests and deserts at every hour, in the air of their day."""

from collections.abc import Callable

from catalog.demo import canvas
from catalog.demo.canvas import Picture, Size
from catalog.demo.drawing import Drawing, edition
from catalog.demo.families.landscapes.country import dunes, fields, forest, mesa, winter
from catalog.demo.families.landscapes.ridges import Rng, island, lake, ranges, volcano
from catalog.demo.scenery import MOODS, Mood

SLUG = "landscapes"


NAME = "Landscapes"


def draw(rng: Rng, number: int) -> Drawing:
    title, kind, mood_name = _PLANS[number % len(_PLANS)]
    mood, (paint, shapes, description, tags) = MOODS[mood_name], _KINDS[kind]
    size = canvas.choose_size(rng, *shapes)
    picture = canvas.vignette(paint(rng, size, mood), 0.22)
    return Drawing(
        title=edition(title, number, len(_PLANS)),
        description=description,
        tags=(*tags, *mood.tags),
        image=canvas.finish(picture, rng=rng, grain=0.014),
    )


Painter = Callable[[Rng, Size, Mood], Picture]


_WIDE, _TALL = ("3:2", "4:3", "1:1"), ("2:3", "3:4", "4:5")


_KINDS: dict[str, tuple[Painter, tuple[str, ...], str, tuple[str, ...]]] = {
    "ranges": (
        ranges,
        (),
        "Range behind range fading into the air, with spruces on the nearest ridge.",
        ("mountains", "landscape"),
    ),
    "lake": (lake, (), "A mountain lake that holds its mountains upside down.", ("lake", "mountains", "reflection")),
    "dunes": (dunes, (), "Long crests of sand with one side in the light.", ("desert", "minimal")),
    "fields": (fields, _WIDE, "Rolling farmland with furrows, hedges and cypresses.", ("countryside", "green")),
    "forest": (forest, _TALL, "A forest of spruces that goes back into the mist.", ("forest", "trees")),
    "mesa": (mesa, _WIDE, "Buttes of banded rock above a desert floor.", ("desert", "rock")),
    "winter": (winter, (), "Snow fields and bare trees in a low light.", ("snow", "trees")),
    "island": (island, (), "Islands one behind the other, and the path of light on the water.", ("sea", "landscape")),
    "volcano": (volcano, (), "One great cone with a cap of snow above a still lake.", ("mountains", "snow")),
}


_PLANS = (
    ("The valley keeps its mist", "ranges", "dawn"),
    ("Seven ridges at sundown", "ranges", "ember"),
    ("Blue hour over the pass", "ranges", "dusk"),
    ("Where the road gives up", "ranges", "storm"),
    ("A morning without edges", "ranges", "mist"),
    ("The long way down", "ranges", "gold"),
    ("Northern lights over the col", "ranges", "aurora"),
    ("Still water, tall company", "lake", "noon"),
    ("The lake remembers the mountain", "lake", "rose"),
    ("Moonrise, no wind", "lake", "night"),
    ("Two skies", "lake", "ember"),
    ("Cold shore in October", "lake", "autumn"),
    ("Green fire on the tarn", "lake", "aurora"),
    ("First crossing of the sand", "dunes", "clear"),
    ("Amber crest", "dunes", "gold"),
    ("The caravan left at four", "dunes", "dawn"),
    ("Night sand", "dunes", "night"),
    ("A horizon the wind redrew", "dunes", "ember"),
    ("Barley and cypress", "fields", "gold"),
    ("The hill behind the farm", "fields", "clear"),
    ("After the harvest", "fields", "autumn"),
    ("Rain over the lower fields", "fields", "storm"),
    ("An orchard before anyone is up", "fields", "dawn"),
    ("The quiet of the spruces", "forest", "mist"),
    ("Evening goes into the wood", "forest", "dusk"),
    ("A clearing somewhere ahead", "forest", "gold"),
    ("Wolf hour", "forest", "night"),
    ("Red rock, long shadow", "mesa", "gold"),
    ("Monuments to nobody", "mesa", "clear"),
    ("The desert closes its eyes", "mesa", "ember"),
    ("Dry lightning weather", "mesa", "storm"),
    ("Snow up to the second gate", "winter", "winter"),
    ("The shortest afternoon", "winter", "rose"),
    ("Tracks at nightfall", "winter", "dusk"),
    ("Ferry to the outer islands", "island", "dawn"),
    ("The sun goes out by the western strait", "island", "ember"),
    ("Harbour before rain", "island", "storm"),
    ("A lamp laid on the water", "island", "night"),
    ("The mountain that everyone draws", "volcano", "clear"),
    ("Sleeping giant, pink snow", "volcano", "rose"),
)
