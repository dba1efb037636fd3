# ruff: noqa: E501 - a table: one thing a line
"""The pictures one by one, and the waters they were seen in."""

from typing import NamedTuple


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
