# ruff: noqa: E501 - a table: one thing a line
"""The pictures one by one."""

from typing import NamedTuple


class Spec(NamedTuple):
    """One picture: the stuff, its make, its colours (the first is the ground) and its name."""

    stuff: str
    make: str
    colours: tuple[str, ...]
    title: str
    words: tuple[str, ...]


SPECS = (
    Spec("cloth", "plain", ("#b8a888", "#e9dfc8"), "Raw Linen", ("beige", "calm")),
    Spec("marble", "veined", ("#f4f2ee", "#8b8f96", "#c9a76a"), "Carrara with a Gold Vein", ("white", "calm")),
    Spec("wood", "plank", ("#8a5a35", "#5b3419", "#c08a55"), "Walnut Board", ("brown", "warm")),
    Spec("knit", "stocking", ("#b23a48", "#d8616c"), "Cherry Jumper", ("red", "warm")),
    Spec("terrazzo", "large", ("#efe9e1", "#d98b6a", "#3f5e5a", "#e3b23c", "#2b2d42"), "Terrazzo, Hotel Lobby", ("bright", "geometric")),
    Spec("cork", "fine", ("#b98a5a", "#8a5e37", "#dcb88a"), "Leather Mosaic", ("brown", "warm")),
    Spec("rattan", "cane", ("#3a2a1e", "#d9b27c"), "Cane Chair Back", ("brown", "geometric")),
    Spec("copper", "patina", ("#6b3f2a", "#c7783f", "#4fa39a", "#a8d8c8"), "Green Roof Copper", ("green", "rough")),
    Spec("cloth", "herringbone", ("#2f3a4a", "#aab4c2"), "Winter Coat, Herringbone", ("blue", "geometric")),
    Spec("marble", "cloudy", ("#13231d", "#2f5b46", "#d7e6d9"), "Verde Guatemala", ("green", "dark")),
    Spec("wood", "rings", ("#d9b383", "#a8713c", "#6f4420"), "Ninety-One Summers", ("brown", "warm")),
    Spec("knit", "cable", ("#e8e0cf", "#fffaf0"), "Fisherman's Cable", ("white", "calm")),
    Spec("terrazzo", "fine", ("#22262e", "#c9cdd6", "#7f8fa6", "#e8b4a0"), "Night Terrazzo", ("dark", "night")),
    Spec("cork", "pebble", ("#9aa39b", "#56605c", "#d9d6c8", "#b9a18a"), "River Gravel", ("grey", "calm")),
    Spec("rattan", "basket", ("#6d4526", "#c8935a", "#e5bd85"), "Market Basket", ("brown", "warm")),
    Spec("copper", "hammered", ("#7a3b1e", "#d98850", "#ffd9b0"), "Hammered Pan", ("warm", "metal")),
    Spec("cloth", "tartan", ("#8c1c24", "#12321f", "#e9c46a", "#14213d"), "Glen Plaid in Red", ("red", "geometric")),
    Spec("marble", "veined", ("#17171b", "#e6e2da", "#b08d57"), "Nero Marquina", ("dark", "night")),
    Spec("wood", "plank", ("#c9ad86", "#a58257", "#e6d3b3"), "Pale Ash", ("beige", "calm")),
    Spec("knit", "fairisle", ("#1d3557", "#f1faee", "#e63946", "#a8dadc"), "Fair Isle by the Fire", ("blue", "geometric")),
    Spec("terrazzo", "large", ("#f6d6cf", "#b5485d", "#f4f1ea", "#7b9e87", "#e09f3e"), "Bubblegum Floor", ("pink", "bright")),
    Spec("copper", "rust", ("#3b2a26", "#9a4a22", "#d9823b", "#6f7d80"), "Old Ship, Waterline", ("orange", "rough")),
    Spec("cloth", "denim", ("#1c2f4f", "#5b7aa8", "#dfe6ee"), "Worn Denim", ("blue", "calm")),
    Spec("marble", "cloudy", ("#e9c9c0", "#b5736f", "#fdf3ee"), "Rosa Portogallo", ("pink", "calm")),
    Spec("wood", "burl", ("#7b3f1d", "#3d1c0c", "#d08c4a"), "Burr Elm", ("brown", "dark")),
    Spec("knit", "stocking", ("#2a6f5e", "#58a48e"), "Moss Scarf", ("green", "calm")),
    Spec("terrazzo", "fine", ("#e4ebe7", "#3a7d74", "#9cc5b5", "#1f3d3a", "#f2c14e"), "Swimming Bath Steps", ("green", "bright")),
    Spec("rattan", "cane", ("#20383a", "#8fb8a8"), "Painted Cane, Sea Green", ("green", "geometric")),
    Spec("cloth", "ikat", ("#23395b", "#f0e6d2", "#c8553d"), "Ikat from the Attic", ("blue", "warm")),
    Spec("marble", "agate", ("#12355b", "#6fb1d6", "#f7fbff", "#d9a05b"), "Blue Agate", ("blue", "bright")),
    Spec("wood", "parquet", ("#a8703f", "#6f4323", "#d2a06a"), "Dance Hall Floor", ("brown", "geometric")),
    Spec("knit", "cable", ("#54616f", "#8e9dae"), "Harbour Sweater", ("grey", "cold")),
    Spec("cork", "sand", ("#dcc39a", "#b08f62", "#f3e6c8"), "Wind on Sand", ("beige", "calm")),
    Spec("copper", "hammered", ("#3c4046", "#a9b1ba", "#f4f7fa"), "Beaten Silver", ("grey", "metal")),
    Spec("cloth", "tartan", ("#e7dcc4", "#27465c", "#b5543a", "#7a8b6f"), "Picnic Blanket", ("warm", "geometric")),
    Spec("marble", "agate", ("#4a1942", "#c2589f", "#fbe9f3", "#e6a157"), "Agate, Plum and Amber", ("purple", "bright")),
    Spec("knit", "fairisle", ("#5c3d2e", "#f0d9b5", "#c96f3b", "#7d8c5c"), "Grandfather's Cardigan", ("brown", "warm")),
    Spec("rattan", "basket", ("#333845", "#707c93", "#b9c3d3"), "Slate Basketry", ("grey", "geometric")),
    Spec("wood", "rings", ("#b8b2a6", "#7e786c", "#4f4a41"), "Driftwood, End Grain", ("grey", "calm")),
    Spec("copper", "patina", ("#2d2440", "#74549a", "#5cc0b4", "#f0c987"), "Oil on Steel", ("purple", "metal")),
)  # fmt: skip
