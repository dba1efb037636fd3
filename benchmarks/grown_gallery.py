"""Fill the site in a `var` up to many pictures: `.venv/bin/python benchmarks/grown_gallery.py DIR --pictures N`.

Each new picture is one of the gallery again, with its files (hard links) and a little noise in what the eyes see; its
hashes are other ones, so that none is folded away as a near-copy. The index is published at the end.
"""

import argparse
import os
import sys
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks import sites

NOISE = 0.25  # part of a feature's own size


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("var", type=Path, metavar="DIR")
    parser.add_argument("--pictures", type=int, default=10_000, metavar="N", help="how many there are then [10000]")
    asked = parser.parse_args()
    sites.open_site(asked.var.resolve())
    from django.utils import timezone

    from catalog.models import Image
    from recommender import rebuild

    originals = list(Image.objects.exclude(rendition_token="").exclude(findable_at=None))
    missing = asked.pictures - len(originals)
    for start in range(0, missing, len(originals)):
        add(originals[: missing - start], round_=start // len(originals))
    rebuild.publish_index(key=rebuild.model_key(), now=timezone.now())
    rebuild.publish_people(now=timezone.now())


def add(originals: list, *, round_: int) -> None:
    """One more of each of these."""
    from catalog import storage
    from catalog.models import Image
    from recommender.models import Embedding

    rng = np.random.default_rng(round_)
    seen = {row.image_id: row for row in Embedding.objects.filter(image__in=originals)}
    pairs = [(original, again(original, rng, round_)) for original in originals if original.pk in seen]
    Image.objects.bulk_create([image for _original, image in pairs])
    root = Path(storage.renditions().location)
    for original, image in pairs:
        source, target = (
            root / storage.rendition_name(each.pk, each.rendition_token, 320) for each in (original, image)
        )
        target.parent.mkdir(parents=True, exist_ok=True)
        for file in source.parent.iterdir():
            os.link(file, target.parent / file.name)
    Embedding.objects.bulk_create(noisy(seen[original.pk], image, rng) for original, image in pairs)


def again(original, rng, round_: int):
    from catalog.models import Image

    copied = (
        "title", "visibility", "original_format", "state", "rendition_token", "width", "height", "placeholder",
        "colour", "findable_at", "owner_id", "category_id",
    )  # fmt: skip
    values = {name: getattr(original, name) for name in copied}
    phash, dhash = (int(value) for value in rng.integers(-(2**63), 2**63, size=2))
    sha256 = f"{round_:08x}{original.sha256[8:]}"
    return Image(**values, original="none", original_size=0, sha256=sha256, phash=phash, dhash=dhash)


def noisy(seen, image, rng):
    from recommender.models import Embedding

    features = np.frombuffer(bytes(seen.features), "<f2").astype(np.float32)
    features = np.maximum(features * (1 + NOISE * rng.standard_normal(features.shape)), 0).astype("<f2")
    return Embedding(image=image, model_key=seen.model_key, state=seen.state, features=features.tobytes())


if __name__ == "__main__":
    main()
