"""Whether "no good match" is honest, of photos and of words: `VAR=DIR .venv/bin/python benchmarks/no_good_match.py`.

DIR holds a site with the demo gallery (demo_gallery.py makes one). Photos: a gallery holds what the eyes see in the
site's own renditions, a photo is decoded as a query is. What is foreign to a gallery, and copies of its own pictures,
cut, pressed to JPEG 30 or mirrored, meet a bar that one half of its pictures has set; its own pictures, a tenth at a
time, meet a gallery without this tenth that has set its bar itself. Then the same as long as colours and style are
unread. Words: through the site's search, on the demo gallery; letters drawn by a seed, English and Chinese words that
no title, tag, category or description has, and its own titles. The other pictures are those of
`../shared/data/images`; a gallery that is not there is left out.
"""

import argparse
import io
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, NamedTuple

import numpy as np
from PIL import Image, ImageOps

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "visrec_site.settings")

import django

django.setup()

from benchmarks import tables
from catalog.imaging.decoding import decode
from catalog.imaging.rendering import render
from catalog.models import Image as Picture
from catalog.queries import matching_ids
from catalog.viewers import NOBODY
from recommender.engine.arrays import unit
from recommender.engine.config import DEFAULT
from recommender.engine.kind import CROWD, Around, Seen, crowding, learn
from recommender.engine.match import is_copy
from recommender.engine.vision.aspects import VERSION
from recommender.search.photos import LOOKED_AT, seen_in
from recommender.search.words import ranked

DATA = ROOT.parent / "shared" / "data" / "images"
GALLERIES = (
    ("fashion",), ("illustrations",), ("photos",), ("demo",), ("fashion", "illustrations"),
    ("illustrations", "demo"), ("fashion", "illustrations", "demo"), ("fashion", "demo"), ("fashion", "photos"),
    ("illustrations", "photos"), ("photos", "demo"),
)  # fmt: skip
COPIED = 150  # pictures of each set that are asked as copies
MOST_ASKED = 300  # foreign pictures
FOLDS = 10
FORMATS = {".jpg": "JPEG", ".png": "PNG", ".webp": "WEBP"}
WORDS = Path(__file__).with_name("words_for_nothing.txt")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cache", type=Path, default=ROOT / "var" / "no_good_match", help="what was seen before")
    asked = parser.parse_args()
    asked.cache.mkdir(parents=True, exist_ok=True)
    sets = {name: looked_at(name, asked.cache) for name in ("fashion", "illustrations", "photos", "demo")}
    there = {name: found for name, found in sets.items() if found is not None}
    photos(there, "Photos refused, %")
    photos({name: unread(found) for name, found in there.items()}, "Photos refused, colours and style unread, %")
    words()


@dataclass(frozen=True)
class Pictures:
    """What was seen in n pictures, or in photos of them. features: (n, 1280) raw.  manners: (n, MANNER)."""

    features: np.ndarray
    manners: np.ndarray

    def __len__(self) -> int:
        return len(self.features)

    def __getitem__(self, rows: np.ndarray) -> "Pictures":
        return Pictures(self.features[rows], self.manners[rows])

    @classmethod
    def of(cls, seen: Iterable[Seen]) -> "Pictures":
        features, manners = zip(*seen, strict=True)
        return cls(np.array(features), np.array(manners, np.float32))

    @classmethod
    def together(cls, several: Sequence["Pictures"]) -> "Pictures":
        return cls(
            np.concatenate([each.features for each in several]), np.concatenate([each.manners for each in several])
        )


class Set(NamedTuple):
    """One kind of pictures: as a gallery holds them, as people ask with them, and copies of some."""

    held: Pictures
    asked: Pictures
    copies: Pictures


def looked_at(name: str, cache: Path) -> Set | None:
    """What is seen in a set; None where it is not there."""
    kept = cache / f"{name}-{VERSION}.npz"
    if not kept.exists():
        files = demo_files() if name == "demo" else sorted(f for f in (DATA / name).rglob("*") if f.is_file())
        if not files:
            return None
        some = np.random.default_rng(0).permutation(len(files))[:COPIED]
        found = Set(
            held=Pictures.of(seen_in(rendition(file)) for file in files),
            asked=Pictures.of(seen_in(photo(file.open("rb"), FORMATS[file.suffix])) for file in files),
            copies=Pictures.of(
                seen_in(photo(copy, "JPEG")) for place in some for copy in copies_of(opened(files[place]))
            ),
        )
        np.savez(kept, **{f"{part}_{what}": getattr(getattr(found, part), what) for part, what in STORED})
    with np.load(kept) as stored:
        parts = {f"{part}_{what}": stored[f"{part}_{what}"] for part, what in STORED}
    return Set(*(Pictures(parts[f"{part}_features"], parts[f"{part}_manners"]) for part in Set._fields))


STORED = [(part, what) for part in Set._fields for what in ("features", "manners")]


def unread(found: Set) -> Set:
    """The set before anything but the eyes' features has been read."""
    return Set(*(Pictures(part.features, np.zeros_like(part.manners)) for part in found))


def demo_files() -> list[Path]:
    from django.conf import settings

    tokens = Picture.objects.listed_for(NOBODY).order_by("pk").values_list("rendition_token", flat=True)
    places = {file.parent.name: file for file in (settings.VAR / "media").rglob("640.webp")}
    return [places[token] for token in tokens if token in places]


def rendition(file: Path) -> np.ndarray:
    """(h, w, 3) of what the eyes look at in the gallery."""
    if file.name == "640.webp":
        return np.asarray(Image.open(file).convert("RGB"))
    with file.open("rb") as stream:
        made = render(stream, file_format=FORMATS[file.suffix])
    return np.asarray(Image.open(io.BytesIO(made.renditions[640])).convert("RGB"))


def photo(stream: BinaryIO, file_format: str) -> np.ndarray:
    """(h, w, 3) of what the eyes look at in a photo that somebody searches with."""
    with stream:
        return np.asarray(decode(stream, file_format=file_format, size=LOOKED_AT, by_short_side=True).pixels)


def opened(file: Path) -> Image.Image:
    picture = Image.open(file).convert("RGBA")
    return Image.alpha_composite(Image.new("RGBA", picture.size, "white"), picture).convert("RGB")


def copies_of(picture: Image.Image) -> Iterator[BinaryIO]:
    width, height = picture.size
    cut = picture.crop((round(0.1 * width), round(0.1 * height), round(0.9 * width), round(0.9 * height)))
    for copy, quality in ((cut, 90), (picture, 30), (ImageOps.mirror(picture), 90)):
        pressed = io.BytesIO()
        copy.save(pressed, "JPEG", quality=quality)
        pressed.seek(0)
        yield pressed


def photos(sets: dict[str, Set], title: str) -> None:
    rows, refused = [], []
    for names in GALLERIES:
        if not sets.keys() >= set(names):
            continue
        held = Pictures.together([sets[name].held for name in names])
        half = np.random.default_rng(0).permutation(len(held)) % 2 == 0
        gallery = Gallery(held, half)
        lost = left_out(held, Pictures.together([sets[name].asked for name in names]))
        known = gallery.refused(Pictures.together([sets[name].copies for name in names]))
        foreign = {other: gallery.refused(some(sets[other].asked)) for other in sets if other not in names}
        refused.extend(foreign.values())
        rows.append(
            [" + ".join(names), len(held), 100 * lost, 100 * known]
            + [100 * foreign[other] if other in foreign else "" for other in sets]
        )
    tables.show(
        f"{title} ({100 * np.mean(refused):.1f} of what is foreign on average)",
        ["gallery", "pictures", "own, left out", "copies", *(f"{name} (foreign)" for name in sets)],
        rows,
    )


def some(pictures: Pictures) -> Pictures:
    return pictures[np.random.default_rng(0).permutation(len(pictures))[:MOST_ASKED]]


def left_out(held: Pictures, asked: Pictures) -> float:
    """Share of a gallery's own pictures that it refuses, each asked of a gallery without its tenth."""
    folds = np.random.default_rng(1).permutation(len(held)) % FOLDS
    shares = [
        Gallery(held[folds != fold]).refused(asked[folds == fold]) * np.mean(folds == fold) for fold in range(FOLDS)
    ]
    return float(sum(shares))


class Gallery:
    """What the site decides, with everything to be shown and nothing left to an index."""

    def __init__(self, held: Pictures, half: np.ndarray | None = None) -> None:
        self.plain, self.manners = unit(held.features), held.manners
        self.crowding = crowding(self.plain, self.plain, np.eye(len(held), dtype=bool))
        self.background = np.random.default_rng(0).permutation(len(held))[: DEFAULT.background]
        self.kind = learn(held.features, held.manners, asked=half)

    def refused(self, asked: Pictures) -> float:
        cosines = unit(asked.features) @ self.plain.T
        return 1 - float(
            np.mean(
                [
                    self.good(Seen(*seen), line)
                    for *seen, line in zip(asked.features, asked.manners, cosines, strict=True)
                ]
            )
        )

    def good(self, seen: Seen, cosines: np.ndarray) -> bool:
        nearest = np.argsort(-cosines, kind="stable")[:CROWD]
        if is_copy(float(cosines[nearest[0]]), cosines[self.background[self.background != nearest[0]]]):
            return True
        around = Around(cosines[nearest], self.crowding[nearest], self.manners[nearest])
        return self.kind is not None and self.kind.has(seen, around)


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
