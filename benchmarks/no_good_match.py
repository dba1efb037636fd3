"""Whether "no good match" is honest, of photos and of words: `VAR=DIR .venv/bin/python benchmarks/no_good_match.py`.

DIR holds a site with the demo gallery (demo_gallery.py makes one). Photos: each gallery's own pictures are asked as if
they were not there; the bar is set on one half of them and measured on the other, then on pictures of other galleries,
and on copies of its own: cut, pressed to JPEG 30, mirrored; then all of it without the floor. Words: through the site's
search, on the demo gallery; letters drawn by a seed, English and Chinese words that no title, tag, category or
description has, and its own titles. The other pictures are those of `../shared/data/images`; a gallery that is not
there is left out.
"""

import argparse
import io
import os
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
from PIL import Image, ImageOps

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "visrec_site.settings")

import django

django.setup()

from benchmarks import tables
from catalog.models import Image as Picture
from catalog.queries import matching_ids
from catalog.viewers import NOBODY
from recommender import store
from recommender.engine.arrays import unit
from recommender.engine.config import DEFAULT, RankingConfig
from recommender.engine.match import CROWD, crowding, is_good_match, kinships
from recommender.search.words import ranked

DATA = ROOT.parent / "shared" / "data" / "images"
GALLERIES = (
    ("fashion",), ("illustrations",), ("photos",), ("demo",), ("fashion", "illustrations"),
    ("illustrations", "demo"), ("fashion", "illustrations", "demo"), ("fashion", "demo"), ("fashion", "photos"),
    ("illustrations", "photos"), ("photos", "demo"),
)  # fmt: skip
COPIED = 150  # pictures of each set that are asked as copies
MOST_ASKED = 300  # foreign pictures
WITHOUT_FLOOR = replace(DEFAULT, kin_floor=-1.0)
WORDS = Path(__file__).with_name("words_for_nothing.txt")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cache", type=Path, default=ROOT / "var" / "no_good_match", help="features seen before")
    asked = parser.parse_args()
    asked.cache.mkdir(parents=True, exist_ok=True)
    sets = {name: looked_at(name, asked.cache) for name in ("fashion", "illustrations", "photos", "demo")}
    there = {name: found for name, found in sets.items() if found is not None}
    photos(there, "Photos refused, %", DEFAULT)
    photos(there, "Photos refused without the floor, %", WITHOUT_FLOOR)
    words()


def looked_at(name: str, cache: Path) -> tuple[np.ndarray, np.ndarray] | None:
    """(n, 1280) unit features of a set, and those of copies of some of it; None where it is not there."""
    kept = cache / f"{name}.npz"
    if not kept.exists():
        files = demo_files() if name == "demo" else sorted(f for f in (DATA / name).rglob("*") if f.is_file())
        if not files:
            return None
        some = np.random.default_rng(0).permutation(len(files))[:COPIED]
        pictures = [seen(opened(file)) for file in files]
        copies = [seen(copy) for place in some for copy in copies_of(opened(files[place]))]
        np.savez(kept, pictures=np.array(pictures), copies=np.array(copies))
    with np.load(kept) as stored:
        return unit(stored["pictures"]), unit(stored["copies"])


def demo_files() -> list[Path]:
    from django.conf import settings

    tokens = Picture.objects.listed_for(NOBODY).order_by("pk").values_list("rendition_token", flat=True)
    places = {file.parent.name: file for file in (settings.VAR / "media").rglob("640.webp")}
    return [places[token] for token in tokens if token in places]


def opened(file: Path) -> Image.Image:
    picture = Image.open(file).convert("RGBA")
    return Image.alpha_composite(Image.new("RGBA", picture.size, "white"), picture).convert("RGB")


def copies_of(picture: Image.Image) -> list[Image.Image]:
    width, height = picture.size
    pressed = io.BytesIO()
    picture.save(pressed, "JPEG", quality=30)
    cut = picture.crop((round(0.1 * width), round(0.1 * height), round(0.9 * width), round(0.9 * height)))
    return [cut, Image.open(pressed), ImageOps.mirror(picture)]


def seen(picture: Image.Image) -> np.ndarray:
    return store.eyes().embed(picture).features


def photos(sets: dict[str, tuple[np.ndarray, np.ndarray]], title: str, config: RankingConfig) -> None:
    rows = []
    for names in GALLERIES:
        if not sets.keys() >= set(names):
            continue
        gallery = Gallery(np.concatenate([sets[name][0] for name in names]), config)
        known = gallery.refused(np.concatenate([sets[name][1] for name in names]))
        foreign = {other: gallery.refused(some(sets[other][0])) for other in sets if other not in names}
        rows.append(
            [" + ".join(names), len(gallery.pictures), 100 * gallery.lost(), 100 * known]
            + [100 * foreign[other] if other in foreign else "" for other in sets]
        )
    tables.show(
        title, ["gallery", "pictures", "own, left out", "copies", *(f"{name} (foreign)" for name in sets)], rows
    )


def some(pictures: np.ndarray) -> np.ndarray:
    return pictures[np.random.default_rng(0).permutation(len(pictures))[:MOST_ASKED]]


class Gallery:
    """What the site decides, with everything to be shown and nothing left to an index."""

    def __init__(self, pictures: np.ndarray, config: RankingConfig) -> None:
        order = np.random.default_rng(0).permutation(len(pictures))
        half, self.other_half = np.array_split(order, 2)
        self.pictures, self.config, self.background = pictures, config, order[: config.background]
        self.crowded = crowding(pictures, pictures, np.eye(len(pictures), dtype=bool))
        self.bar = float(np.quantile(kinships(pictures, config)[half], config.match_loss))

    def lost(self) -> float:
        """Share of the half that did not set the bar, each asked as if it were not there."""
        cosines = self.pictures[self.other_half] @ self.pictures.T
        cosines[np.arange(len(cosines)), self.other_half] = -1
        return 1 - float(np.mean([self.good(*asked) for asked in zip(cosines, self.other_half, strict=True)]))

    def refused(self, asked: np.ndarray) -> float:
        return 1 - float(np.mean([self.good(cosines) for cosines in asked @ self.pictures.T]))

    def good(self, cosines: np.ndarray, itself: int = -1) -> bool:
        nearest = np.argsort(-cosines)[:CROWD]
        others = self.background[(self.background != nearest[0]) & (self.background != itself)]
        return is_good_match(cosines[nearest], self.crowded[nearest], cosines[others], self.bar, self.config)


def words() -> None:
    rng = np.random.default_rng(0)
    letters = ["".join(rng.choice(list("abcdefghijklmnopqrstuvwxyz"), rng.integers(4, 11))) for _ in range(100)]
    for_nothing = [part.split() for part in WORDS.read_text(encoding="utf-8").split("\n\n")]
    english, chinese = ([word for word in part if not told(word)] for part in for_nothing)
    titles = list(Picture.objects.listed_for(NOBODY).exclude(title="").order_by("pk").values_list("title", flat=True))
    rows = []
    for name, asked, wanted in (
        ("letters at random", letters, "≥ 95"),
        ("English words for nothing here", english[:100], "≥ 80"),
        ("Chinese words for nothing here", chinese[:50], "≥ 80"),
        ("its own titles", titles[:200], "≤ 3"),
    ):
        good_ones = [word for word in asked if ranked(word, viewer=NOBODY).good_match]
        rows.append([name, len(asked), 100 * (1 - len(good_ones) / len(asked)), wanted])
        if len(good_ones) <= 20:
            print(name, "that found something:", ", ".join(good_ones), file=sys.stderr)
    tables.show("Words refused, %, on the demo gallery", ["words", "asked", "refused", "wanted"], rows)


def told(word: str) -> bool:
    """Whether a title, tag, category or description has the word."""
    return bool(matching_ids(word, parts=False, unfinished=False))


if __name__ == "__main__":
    main()
