"""Whether "no good match" is honest, of photos and of words: `VAR=DIR .venv/bin/python benchmarks/no_good_match.py`.

DIR holds a site with the demo gallery (demo_gallery.py makes one). Photos: each gallery's own pictures are asked as if
they were not there; the bar is set on one half of them and measured on the other, then on pictures of other galleries,
and on copies of its own: cut, pressed to JPEG 30, mirrored. Words: through the site's search, on the demo gallery;
letters drawn by a seed, English and Chinese words that no title, tag, category or description has, and its own titles.
The other pictures are those of `../shared/data/images`; a gallery that is not there is left out.
"""

import argparse
import io
import os
import sys
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
from recommender.engine.config import DEFAULT
from recommender.engine.match import CROWD, crowding, is_good_match, kinships
from recommender.search.words import ranked

DATA = ROOT.parent / "shared" / "data" / "images"
GALLERIES = (
    ("fashion",), ("illustrations",), ("photos",), ("demo",), ("fashion", "illustrations"),
    ("illustrations", "demo"), ("fashion", "illustrations", "demo"), ("fashion", "demo"), ("fashion", "photos"),
)  # fmt: skip
COPIED = 60  # pictures of each set that are asked as copies
MOST_ASKED = 300  # foreign pictures
WORDS = Path(__file__).with_name("words_for_nothing.txt")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cache", type=Path, default=ROOT / "var" / "no_good_match", help="features seen before")
    asked = parser.parse_args()
    asked.cache.mkdir(parents=True, exist_ok=True)
    sets = {name: looked_at(name, asked.cache) for name in ("fashion", "illustrations", "photos", "demo")}
    photos({name: found for name, found in sets.items() if found is not None})
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


def photos(sets: dict[str, tuple[np.ndarray, np.ndarray]]) -> None:
    rows = []
    for names in GALLERIES:
        if not sets.keys() >= set(names):
            continue
        gallery = np.concatenate([sets[name][0] for name in names])
        own = kinships(gallery)
        halves = np.array_split(np.random.default_rng(0).permutation(len(gallery)), 2)
        bar = float(np.quantile(own[halves[0]], DEFAULT.match_loss))
        lost = 1 - np.mean([good(gallery, gallery[row], bar, itself=row) for row in halves[1]])
        known = np.concatenate([sets[name][1] for name in names])
        foreign = {other: refused(gallery, sets[other][0], bar) for other in sets if other not in names}
        rows.append(
            [" + ".join(names), len(gallery), 100 * lost, 100 * refused(gallery, known, bar)]
            + [100 * foreign[other] if other in foreign else "" for other in sets]
        )
    tables.show(
        "Photos refused, %",
        ["gallery", "pictures", "own, left out", "copies", *(f"{name} (foreign)" for name in sets)],
        rows,
    )


def refused(gallery: np.ndarray, asked: np.ndarray, bar: float) -> float:
    some = asked[np.random.default_rng(0).permutation(len(asked))[:MOST_ASKED]]
    return 1 - float(np.mean([good(gallery, photo, bar) for photo in some]))


def good(gallery: np.ndarray, photo: np.ndarray, bar: float, itself: int = -1) -> bool:
    """What the site decides, with everything to be shown and nothing left to an index."""
    cosines = gallery @ photo
    if itself >= 0:
        cosines[itself] = -1
    nearest = np.argsort(-cosines)[:CROWD]
    others = np.random.default_rng(0).permutation(len(gallery))[: DEFAULT.background]
    background = cosines[others[(others != nearest[0]) & (others != itself)]]
    crowded = crowding(gallery[nearest], gallery, nearest[:, None] == np.arange(len(gallery)))
    return is_good_match(cosines[nearest], crowded, background, bar)


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
