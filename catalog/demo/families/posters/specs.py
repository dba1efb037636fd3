# ruff: noqa: E501 - a table: one thing a line
"""The posters one by one."""

from typing import NamedTuple


class Spec(NamedTuple):
    """One poster: its layout, paper and inks (the last ink sets the type), its word and lines, and its name."""

    layout: str
    inks: tuple[str, ...]  # paper, inks …, type
    word: str
    lines: tuple[str, ...]
    title: str
    words: tuple[str, ...]


SPECS = (
    Spec("rings", ("#f2ead8", "#d7322a", "#1d3f72", "#1a1a1a"), "konzert", ("Tonhalle", "Streichquartett", "Freitag 20 Uhr"), "Concert in Rings", ("music", "red", "geometric")),
    Spec("bars", ("#f5efe2", "#e0a100", "#cf4520", "#121212"), "jazz", ("five nights", "at the Blue Cellar"), "Five Nights of Jazz", ("music", "warm", "bold")),
    Spec("halves", ("#efe6d4", "#0f4c5c", "#e36414", "#9a031e", "#1b1b1b"), "form", ("Werkbund", "good things", "for every day"), "Good Form", ("geometric", "warm", "design")),
    Spec("sun", ("#f7e7c6", "#e4572e", "#f3a712", "#29335c"), "riviera", ("by night train", "daily from Paris"), "Night Train to the Riviera", ("travel", "sun", "warm")),
    Spec("letter", ("#e63b2e", "#f7f3ea", "#1a1a1a", "#f7f3ea"), "A", ("Alphabet", "letters on paper", "a book fair"), "The Letter A, Very Large", ("letters", "red", "bold")),
    Spec("overlap", ("#f4efe6", "#00a0b0", "#eb6841", "#edc951", "#222222"), "film", ("festival", "Lido", "August"), "Three Lamps Overlapping", ("film", "bright", "geometric")),
    Spec("stairs", ("#dfe6e3", "#184d47", "#96bb7c", "#d6efc7", "#0e2f2b"), "tempo", ("modern dance", "in six steps"), "Six Steps", ("dance", "green", "geometric")),
    Spec("dots", ("#fbf6ec", "#2b59c3", "#d36582", "#1b1b2f"), "radio", ("the first", "hundred years"), "Hundred Years of Radio", ("music", "blue", "dots")),
    Spec("peaks", ("#f3e9da", "#2f4858", "#86bbd8", "#f26419", "#1c2b36"), "alpina", ("above 3000 m", "refuge open"), "Refuge above Three Thousand", ("travel", "mountain", "blue")),
    Spec("moire", ("#f4f1ea", "#111111", "#111111"), "optik", ("light", "line", "eye"), "What the Eye Adds", ("black", "optical", "geometric")),
    Spec("boomerang", ("#bfe0d6", "#f25f5c", "#ffe066", "#247ba0", "#2d2a32"), "diner", ("open all night", "coffee 10c"), "Open All Night", ("atomic", "bright", "night")),
    Spec("blocks", ("#f6f1e7", "#ef476f", "#ffd166", "#118ab2", "#073b4c"), "kids", ("building blocks", "museum of toys"), "Museum of Toys", ("bright", "geometric", "play")),
    Spec("rings", ("#17203a", "#f2c14e", "#f78154", "#f7f0e0"), "kosmos", ("planetarium", "every evening"), "Planetarium, Every Evening", ("night", "space", "blue")),
    Spec("bars", ("#101418", "#e63946", "#f1faee", "#f1faee"), "drum", ("solo", "no microphones"), "Drum Solo", ("music", "dark", "bold")),
    Spec("halves", ("#fbeee0", "#7b2d26", "#0b7a75", "#d7c9aa", "#19535f"), "tea", ("house of leaves", "since 1901"), "House of Leaves", ("calm", "green", "warm")),
    Spec("sun", ("#0d1b2a", "#e0e1dd", "#778da9", "#e0e1dd"), "luna", ("the night garden", "opens at ten"), "The Night Garden Opens", ("night", "moon", "blue")),
    Spec("letter", ("#f2b705", "#1b1b1b", "#d92b2b", "#1b1b1b"), "R", ("Rundschau", "the year in type"), "The Year in Type", ("letters", "yellow", "bold")),
    Spec("overlap", ("#f7f0e8", "#e4007f", "#00a6e8", "#ffe600", "#1a1a1a"), "print", ("cyan, magenta,", "yellow, you"), "Cyan, Magenta, Yellow, You", ("print", "bright", "design")),
    Spec("stairs", ("#2a1a1f", "#c44536", "#e8985e", "#f4d9b0", "#f4d9b0"), "opera", ("season opening", "the red staircase"), "The Red Staircase", ("music", "red", "dark")),
    Spec("dots", ("#e9e4d4", "#3c6e47", "#b5c99a", "#22351f"), "flora", ("botanic garden", "spring show"), "Spring Show in Dots", ("green", "calm", "dots")),
    Spec("peaks", ("#fcefe3", "#6d213c", "#e07a5f", "#f2cc8f", "#3d1424"), "sierra", ("walk the ridge", "at sunrise"), "Ridge at Sunrise", ("travel", "mountain", "warm")),
    Spec("moire", ("#f5d547", "#20336b", "#20336b"), "welle", ("physics", "for everybody"), "Physics for Everybody", ("optical", "yellow", "geometric")),
    Spec("boomerang", ("#f6e8d5", "#3d5a80", "#ee6c4d", "#98c1d9", "#293241"), "atomic", ("lamps, chairs", "and optimism"), "Lamps, Chairs and Optimism", ("atomic", "design", "blue")),
    Spec("blocks", ("#e8ebe4", "#2f3e46", "#84a98c", "#d9ae61", "#1f2a30"), "stadt", ("housing", "for tomorrow"), "Housing for Tomorrow", ("city", "green", "geometric")),
    Spec("grid", ("#f4f0e6", "#d62828", "#003049", "#f77f00", "#1a1a1a"), "grid", ("order", "is a kind of", "kindness"), "Order Is a Kind of Kindness", ("geometric", "design", "red")),
    Spec("wave", ("#f0f4ef", "#1b4965", "#62b6cb", "#cae9ff", "#0f2d40"), "mare", ("swimming", "for beginners"), "Swimming for Beginners", ("sea", "blue", "calm")),
    Spec("bird", ("#f6eadb", "#e4572e", "#17bebb", "#ffc914", "#2e282a"), "pax", ("a bird", "for the world"), "A Bird for the World", ("bird", "bright", "calm")),
    Spec("bottle", ("#f3d9b1", "#c1121f", "#3a5a40", "#283618"), "amaro", ("bitter", "and happy"), "Bitter and Happy", ("drink", "warm", "bold")),
    Spec("eye", ("#f8f1e5", "#254441", "#43aa8b", "#ef3054", "#1a1a1a"), "foto", ("look twice", "exhibition"), "Look Twice", ("film", "green", "design")),
    Spec("fish", ("#e0efe9", "#e76f51", "#264653", "#2a9d8f", "#264653"), "pesce", ("harbour market", "before seven"), "Harbour Market before Seven", ("sea", "fish", "calm")),
    Spec("grid", ("#1c1c22", "#f5f1e3", "#e0c068", "#b33951", "#f5f1e3"), "noir", ("late films", "row by row"), "Late Films, Row by Row", ("film", "dark", "night")),
    Spec("wave", ("#fff0e1", "#ff7f51", "#ce4257", "#720026", "#4f000b"), "dune", ("desert rally", "stage four"), "Desert Rally, Stage Four", ("travel", "warm", "sun")),
    Spec("bird", ("#22333b", "#eae0d5", "#c6ac8f", "#e85d04", "#eae0d5"), "owl", ("library open", "until midnight"), "Library Open until Midnight", ("bird", "night", "dark")),
    Spec("bottle", ("#dfe7fd", "#3d348b", "#f18701", "#1f1a4d"), "soda", ("cold", "very cold"), "Cold, Very Cold", ("drink", "blue", "bright")),
    Spec("eye", ("#ffb627", "#1a1423", "#f4f1ea", "#3d314a", "#1a1423"), "vision", ("congress of", "opticians"), "Congress of Opticians", ("optical", "yellow", "bold")),
    Spec("fish", ("#0b132b", "#5bc0be", "#f2e9e4", "#ff9f1c", "#f2e9e4"), "abyss", ("aquarium", "lights off"), "Aquarium, Lights Off", ("sea", "fish", "night")),
    Spec("overlap", ("#efe9dd", "#5f7367", "#c08552", "#8c5e58", "#2f2622"), "clay", ("open kilns", "in October"), "Open Kilns in October", ("warm", "calm", "design")),
    Spec("letter", ("#eef1ee", "#0a6847", "#f2a541", "#0a2e22"), "S", ("Sommer", "swings, swims, sings"), "S for Summer", ("letters", "green", "bold")),
    Spec("halves", ("#1f2041", "#ffc857", "#4b3f72", "#19647e", "#fbf5e6"), "mond", ("phases", "of a chair"), "Phases", ("night", "geometric", "moon")),
    Spec("dots", ("#fdf0d5", "#c1121f", "#780000", "#003049"), "circus", ("one ring", "many dots"), "One Ring, Many Dots", ("red", "dots", "play")),
)  # fmt: skip
