"""Fill a site with many pictures that are rows only: `VAR=DIR .venv/bin/python benchmarks/collection.py --pictures N`.

Their features are mixtures of what the eyes see in real drawings, with some noise; they have no files, so they can be
found but not looked at. Publishing them is left to the site's own sweep.
"""

import argparse
import os
import sys
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "visrec_site.settings")

import django

django.setup()

from django.contrib.auth import get_user_model

from catalog.demo.gallery import FAMILIES, generator
from catalog.models import Image, State
from recommender import store
from recommender.models import Embedding

DRAWINGS = 2  # of each family
MIXED = 3  # drawings in one picture's features
NOISE = 0.3  # part of a feature's own size
BATCH = 2000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--pictures", type=int, default=10_000)
    features = mixtures(seen(), parser.parse_args().pictures)
    owner, _made = get_user_model().objects.get_or_create(username="collector")
    for start in range(0, len(features), BATCH):
        add(owner, features[start : start + BATCH], start)


def seen() -> np.ndarray:
    """(m, 1280) features of a few drawings of every family."""
    eyes = store.eyes()
    drawings = [
        family.draw(generator(family.slug, number), number) for family in FAMILIES for number in range(DRAWINGS)
    ]
    return np.stack([eyes.embed(drawing.image).features for drawing in drawings])


def mixtures(features: np.ndarray, pictures: int) -> np.ndarray:
    """(pictures, 1280) float16, no two alike."""
    rng = np.random.default_rng(0)
    chosen = rng.integers(len(features), size=(pictures, MIXED))
    shares = rng.dirichlet(np.full(MIXED, 0.5), size=pictures)
    mixed = np.einsum("nm,nmd->nd", shares, features[chosen])
    return np.maximum(mixed * (1 + NOISE * rng.standard_normal(mixed.shape)), 0).astype(np.float16)


def add(owner: object, features: np.ndarray, start: int) -> None:
    """Rows of pictures that are ready, and of what was seen in them."""
    rng = np.random.default_rng([1, start])
    images = Image.objects.bulk_create(
        Image(
            owner=owner,
            title=f"Picture {start + number}",
            original="none",
            original_format="JPEG",
            original_size=0,
            sha256=f"{start + number:064x}",
            state=State.READY,
            rendition_token="0" * 16,
            width=1200,
            height=900,
            colour="#808080",
            phash=int(rng.integers(-(2**63), 2**63)),
            dhash=int(rng.integers(-(2**63), 2**63)),
        )
        for number in range(len(features))
    )
    key = store.eyes().model_key
    Embedding.objects.bulk_create(
        Embedding(image=image, model_key=key, state=State.READY, features=row.astype("<f2").tobytes())
        for image, row in zip(images, features, strict=True)
    )


if __name__ == "__main__":
    main()
