# ruff: noqa: E501 - a table: one thing a line
"""The portraits one by one, and the colours they are cut from."""

from typing import NamedTuple

# ground, second ground, skin in light, skin in shade, hair, cloth, accent, line
PALETTES: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "bauhaus": (("#efe3cc", "#f2b632", "#f3c9a5", "#e0703a", "#1d1d1f", "#21459b", "#d8322b", "#1a1a1a"), ("primary", "bold")),
    "dusk": (("#2b2d5b", "#f08a5d", "#f6c6a8", "#b83b5e", "#191a35", "#6a2c70", "#f9ed69", "#12122b"), ("night", "warm")),
    "garden": (("#dfe8d2", "#8fb996", "#d9a679", "#8c5a3c", "#2f3e34", "#e76f51", "#f4d35e", "#22302a"), ("green", "calm")),
    "sea": (("#dceef2", "#2a9db5", "#f7d9c0", "#5fb0c0", "#12355b", "#f25f5c", "#ffe066", "#0d2440"), ("blue", "bright")),
    "clay": (("#f0dcc8", "#d99a6c", "#b5673e", "#6f3420", "#2a1611", "#3d6b66", "#f1b24a", "#241310"), ("warm", "brown")),
    "plum": (("#f3dfe6", "#c9729f", "#f1b6a0", "#8a3a68", "#35133a", "#e9a23b", "#3aa0a0", "#2a0f2e"), ("pink", "purple")),
    "mono": (("#ece9e2", "#c4bfb4", "#f7f5ef", "#8b867c", "#1c1b1a", "#4a4742", "#c8402f", "#141312"), ("grey", "calm")),
    "neon": (("#1a1033", "#ff3d81", "#ffb199", "#7b2ff7", "#0c0620", "#00c2d1", "#f5ff5a", "#07031a"), ("night", "bright")),
    "ochre": (("#f4e4b8", "#e0a526", "#8c5430", "#4b2a1a", "#151312", "#b23a2a", "#2f6f62", "#17110d"), ("gold", "warm")),
    "ice": (("#e8eef4", "#a8c4dc", "#fbe9df", "#7f93c0", "#27406b", "#9fb8ad", "#e85d75", "#1b2a4a"), ("blue", "cold")),
}  # fmt: skip


GROUND, SECOND, LIGHT, SHADE, HAIR, CLOTH, ACCENT, LINE = range(8)


class Spec(NamedTuple):
    style: str
    palette: str
    hair: str
    extra: str
    ground: str
    title: str


SPECS = (
    Spec("front", "bauhaus", "bob", "earrings", "sun", "Student at the Workshop"),
    Spec("side", "dusk", "bun", "earrings", "moon", "She Waits for the Late Tram"),
    Spec("cubist", "clay", "crop", "none", "split", "The Cellist, from Four Sides"),
    Spec("mask", "ochre", "horns", "none", "rays", "Mask for the First Rain"),
    Spec("line", "sea", "long", "none", "blobs", "Her Line, Never Lifted"),
    Spec("front", "garden", "afro", "glasses", "leaves", "Botanist in Round Glasses"),
    Spec("side", "bauhaus", "crop", "collar", "stripes", "Foreman in Profile"),
    Spec("facets", "plum", "bob", "none", "arch", "Rose Quartz Portrait"),
    Spec("cubist", "sea", "bob", "none", "split", "Two Minds about the Sea"),
    Spec("front", "dusk", "hat", "moustache", "window", "The Magician's Neighbour"),
    Spec("mask", "neon", "crest", "none", "sun", "Festival Mask, Midnight"),
    Spec("side", "clay", "turban", "earrings", "sun", "Woman in a Turban, Noon"),
    Spec("line", "plum", "bun", "none", "blobs", "Dancer Thinking"),
    Spec("front", "ice", "long", "scarf", "moon", "Girl with a Winter Scarf"),
    Spec("slices", "bauhaus", "bob", "glasses", "stripes", "The Editor, Cut and Pasted"),
    Spec("cubist", "plum", "long", "none", "split", "Soprano between Notes"),
    Spec("side", "garden", "long", "flower", "leaves", "Listening to the Hedge"),
    Spec("front", "ochre", "turban", "beads", "arch", "The Bead Seller"),
    Spec("mask", "clay", "feathers", "none", "stripes", "Grandfather of Masks"),
    Spec("facets", "sea", "long", "none", "sun", "Swimmer in Facets"),
    Spec("line", "garden", "crop", "none", "blobs", "Boy and Three Leaves"),
    Spec("front", "neon", "crop", "glasses", "window", "Night Programmer"),
    Spec("side", "ice", "bob", "collar", "split", "Conductor before the Upbeat"),
    Spec("cubist", "bauhaus", "hat", "none", "split", "Chess Player in Pieces"),
    Spec("front", "plum", "bun", "earrings", "rays", "Aunt Ines at the Opera"),
    Spec("side", "ochre", "afro", "earrings", "arch", "Queen of the Copper Hour"),
    Spec("mask", "sea", "horns", "none", "moon", "Mask That Knows the Tides"),
    Spec("front", "mono", "beret", "none", "split", "Printer with a Red Mouth"),
    Spec("line", "mono", "bob", "none", "blobs", "Three Minutes in Ink"),
    Spec("facets", "ochre", "afro", "none", "rays", "Gold Seen through Glass"),
    Spec("cubist", "mono", "bun", "none", "split", "Grey Thoughts, One Red"),
    Spec("front", "sea", "hat", "collar", "stripes", "Ferry Captain"),
    Spec("side", "neon", "crest", "earrings", "rays", "Singer under Strobe"),
    Spec("slices", "dusk", "long", "none", "sun", "Reflection on a Passing Train"),
    Spec("front", "clay", "afro", "earrings", "sun", "Potter's Daughter"),
    Spec("cubist", "garden", "beret", "none", "split", "Gardener at Three in the Afternoon"),
    Spec("mask", "ice", "crest", "none", "window", "Mask of the Polite Winter"),
    Spec("side", "plum", "hat", "collar", "window", "Gentleman Leaving by the Left"),
    Spec("front", "bauhaus", "crop", "moustache", "rays", "Cyclist, Six-Day Race"),
    Spec("facets", "ice", "bun", "glasses", "moon", "Professor of Snow"),
)
