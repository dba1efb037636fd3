# ruff: noqa: E501 - a table: one thing a line
"""The pictures one by one, and the profiles of the vessels."""

from typing import NamedTuple

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
