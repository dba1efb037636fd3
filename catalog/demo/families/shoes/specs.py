# ruff: noqa: E501 - a table: one thing a line
"""The pictures one by one."""

from typing import NamedTuple


class Spec(NamedTuple):
    model: str
    material: str
    colours: tuple[str, ...]  # upper, second, sole, laces or trim
    room: tuple[str, str, str, str]  # backdrop, wall, floor, accent
    pose: str  # single, left, pair, tilt
    title: str
    words: tuple[str, ...]


SPECS = (
    Spec("runner", "mesh", ("#e4572e", "#f4f1ea", "#ffffff", "#2e2e2e"), ("sweep", "#f3d9c4", "#e8c4a6", "#ffffff"), "single", "First Kilometre", ("orange", "sport")),
    Spec("hightop", "canvas", ("#b3202c", "#f5f1e8", "#f5f1e8", "#ffffff"), ("split", "#e8e2d6", "#cfc5b3", "#d7dfe2"), "left", "Red High-Top, Corner Court", ("red", "sport")),
    Spec("chelsea", "suede", ("#a9744a", "#3a2a20", "#2b1d14", "#6d4a2f"), ("sweep", "#d9d3c7", "#c6bdad", "#ffffff"), "pair", "Tan Chelsea, Dry Day", ("brown", "calm")),
    Spec("pump", "patent", ("#c1121f", "#780000", "#1a1a1a", "#e5383b"), ("sweep", "#f6e4e1", "#ecd0cb", "#ffffff"), "single", "Red Heel", ("red", "elegant")),
    Spec("cowboy", "leather", ("#7b4a26", "#f0d9a8", "#2a1a10", "#c98b4a"), ("disc", "#e9c78f", "#cf9d5f", "#e07a3f"), "single", "Last Rodeo", ("brown", "warm")),
    Spec("rain", "patent", ("#f2c014", "#ffffff", "#3a3a3a", "#e0a800"), ("sweep", "#a9bdc9", "#8fa6b4", "#ffffff"), "pair", "Puddle Season", ("yellow", "bright")),
    Spec("loafer", "leather", ("#4b1f1f", "#6b2d2a", "#1f1512", "#2e1414"), ("table", "#cfd6cf", "#a9835a", "#ffffff"), "left", "Oxblood Loafer", ("red", "elegant")),
    Spec("court", "leather", ("#f6f4ef", "#2a7f62", "#f1eee6", "#f6f4ef"), ("disc", "#cfe3d8", "#b7d0c3", "#f5f0e1"), "single", "White with a Green Heel", ("white", "sport")),
    Spec("sandal", "leather", ("#b5743c", "#8a5426", "#c9a06c", "#d8b04a"), ("window", "#ecdfc6", "#dcc7a1", "#ffffff"), "single", "Sandal after the Beach", ("brown", "summer")),
    Spec("worker", "leather", ("#c58a3d", "#8a5a22", "#efe3cb", "#5b3a1c"), ("table", "#bcc4c2", "#6d5440", "#ffffff"), "left", "Boot with Honest Miles", ("brown", "warm")),
    Spec("slipon", "checker", ("#1c1c1c", "#f4f1e8", "#ffffff", "#1c1c1c"), ("split", "#f7c948", "#f3b61f", "#f9dc7c"), "pair", "Checkerboard Slip-On", ("geometric", "bright")),
    Spec("brogue", "leather", ("#8f4a22", "#6e3516", "#2b1a11", "#4a2611"), ("sweep", "#e3dccf", "#cdc3b1", "#ffffff"), "single", "Chestnut Brogue", ("brown", "elegant")),
    Spec("flat", "suede", ("#d98ca0", "#b5637a", "#3a2a2a", "#c9788d"), ("arch", "#fbeaea", "#f1d5d6", "#e8b4bc"), "pair", "Rose Ballet Flats", ("pink", "calm")),
    Spec("runner", "fade", ("#2b2d77", "#e63bb0", "#f7f7fb", "#4ff0d0"), ("sweep", "#d8d4f0", "#c3bde6", "#ffffff"), "tilt", "Afterburner", ("purple", "bright")),
    Spec("hightop", "canvas", ("#1d3557", "#f5f1e8", "#f5f1e8", "#f1faee"), ("sweep", "#dfe8ec", "#c9d6dc", "#ffffff"), "pair", "Navy Canvas, Both Feet", ("blue", "calm")),
    Spec("chelsea", "leather", ("#191716", "#3a3735", "#100e0d", "#2b2826"), ("disc", "#c9c5be", "#b3aea5", "#efece6"), "left", "Black Chelsea, Grey Street", ("dark", "elegant")),
    Spec("court", "suede", ("#2f5d50", "#e9d8a6", "#d9b77e", "#f2e8cf"), ("arch", "#e7e4d2", "#d5d0b5", "#aebf9a"), "single", "Forest Trainer", ("green", "calm")),
    Spec("cowboy", "suede", ("#e8d5c0", "#b5838d", "#5b4034", "#cda58f"), ("sweep", "#b7c9c3", "#a0b5ae", "#ffffff"), "left", "Desert Rose Boot", ("pink", "warm")),
    Spec("pump", "suede", ("#23395b", "#16263f", "#101820", "#3d5a80"), ("arch", "#e4ebf2", "#cfdae6", "#9db4cc"), "left", "Midnight Pump", ("blue", "night")),
    Spec("rain", "patent", ("#2f6b4f", "#ffffff", "#1e2b25", "#24543e"), ("window", "#dfe5d8", "#c4ccb8", "#ffffff"), "single", "Allotment Wellington", ("green", "calm")),
    Spec("slipon", "canvas", ("#3aa6a0", "#f7f3ea", "#ffffff", "#2b7f7a"), ("sweep", "#fdeedd", "#f6dcc0", "#ffffff"), "left", "Seaside Slip-On", ("blue", "summer")),
    Spec("loafer", "suede", ("#4f6d8c", "#3b5470", "#b98b5e", "#3b5470"), ("sweep", "#efe9df", "#ddd3c3", "#ffffff"), "pair", "Dusty Blue Loafers", ("blue", "elegant")),
    Spec("worker", "suede", ("#3f4a3c", "#2b332a", "#1b1d1a", "#d9a441"), ("sweep", "#c7cbb9", "#b0b59f", "#ffffff"), "single", "Moss Hiker", ("green", "rough")),
    Spec("runner", "mesh", ("#1f9bcf", "#0b4f6c", "#ffffff", "#fbfbff"), ("split", "#e9f5fb", "#cfe7f3", "#bfe0f0"), "left", "Blue Mile", ("blue", "sport")),
    Spec("sandal", "patent", ("#111111", "#2b2b2b", "#bca080", "#d4d4d4"), ("split", "#f1e3d3", "#99c1b9", "#d8a48f"), "left", "City Sandal", ("dark", "summer")),
    Spec("brogue", "patent", ("#141414", "#2a2a2a", "#0c0c0c", "#1f1f1f"), ("window", "#cfc9c1", "#b6aea3", "#ffffff"), "pair", "Black Tie, Well Polished", ("dark", "elegant")),
    Spec("hightop", "leather", ("#f3c623", "#1f1f1f", "#fafafa", "#1f1f1f"), ("sweep", "#3d4a5c", "#303b4a", "#ffffff"), "tilt", "Taxi", ("yellow", "bright")),
    Spec("court", "leather", ("#f4e1d2", "#e07a5f", "#fffaf2", "#f4e1d2"), ("sweep", "#81b29a", "#6c9e86", "#ffffff"), "tilt", "Peach on Green", ("pink", "sport")),
    Spec("flat", "patent", ("#1d1d22", "#3a3a42", "#141416", "#5a5a64"), ("disc", "#e8e3da", "#d8d1c4", "#d1495b"), "single", "Little Black Flat", ("dark", "elegant")),
    Spec("chelsea", "spots", ("#d8b98a", "#4a3222", "#241812", "#241812"), ("split", "#2f4f4f", "#263f3f", "#3d6464"), "single", "Spotted in the Dark", ("dark", "bright")),
    Spec("runner", "mesh", ("#3b3f46", "#7a808a", "#c7f464", "#c7f464"), ("sweep", "#5a606b", "#4a4f59", "#ffffff"), "single", "Night Shift Runner", ("grey", "night")),
    Spec("cowboy", "leather", ("#1b1b1e", "#d6d2c8", "#0e0e10", "#8d8a82"), ("arch", "#d9c9b0", "#c8b595", "#b5835a"), "left", "Black Boot, Silver Thread", ("dark", "warm")),
    Spec("slipon", "spots", ("#f2e9dc", "#d1495b", "#ffffff", "#d1495b"), ("disc", "#c3dfe6", "#a9ced8", "#fff3e0"), "single", "Cherry Dots", ("red", "summer")),
    Spec("pump", "fade", ("#f2b705", "#f25c05", "#1f1f1f", "#f2b705"), ("split", "#4b2e5a", "#3c2449", "#6d4683"), "single", "Sunset Stiletto", ("orange", "bright")),
    Spec("worker", "leather", ("#5a1e1e", "#3f1414", "#e6d3b1", "#e9e1d1"), ("disc", "#e6e1d8", "#d3ccbe", "#8fa3ad"), "pair", "Cherry Boots, Frost", ("red", "cold")),
    Spec("loafer", "patent", ("#1f5c4c", "#174539", "#14100d", "#c9a227"), ("arch", "#f3ead7", "#e4d6b8", "#d9a38a"), "single", "Emerald Loafer", ("green", "elegant")),
    Spec("hightop", "canvas", ("#f3efe6", "#f3efe6", "#d9a066", "#f3efe6"), ("window", "#d9c7b8", "#c7b09d", "#ffffff"), "single", "Unbleached", ("white", "calm")),
    Spec("rain", "fade", ("#e85d75", "#7a3fa0", "#2b2b36", "#e85d75"), ("split", "#fde2e4", "#fad2e1", "#cddafd"), "left", "Sunset Puddle", ("pink", "bright")),
    Spec("sandal", "suede", ("#7d8f69", "#5c6b4c", "#c4a77d", "#c9b458"), ("table", "#f4ede0", "#c8a983", "#ffffff"), "pair", "Olive Straps", ("green", "summer")),
    Spec("court", "checker", ("#30343f", "#e4d9ff", "#fafaff", "#273469"), ("sweep", "#b8c0e0", "#a3acd1", "#ffffff"), "left", "Chessboard Trainer", ("blue", "geometric")),
)  # fmt: skip
