"""Dreams: pictures that do not exist, drawn in the manner of the public ones, judged by the eyes, and published."""

from __future__ import annotations

import logging
import math
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image as Pillow
from PIL import UnidentifiedImageError

from catalog import storage
from catalog.models import Image, State
from catalog.viewers import NOBODY
from recommender import learning, store
from recommender.engine import frechet
from recommender.engine.arrays import Ids, Rows, Vectors
from recommender.engine.index import fit_projection, nearest
from recommender.engine.model import Watch, unpacked, unwatched
from recommender.engine.networks.dream import FEWEST, Dreams, Pixels, Recipe
from recommender.engine.vision.embedder import FEATURES
from recommender.models import Release

logger = logging.getLogger(__name__)

SEEN_FROM = 320  # the rendition that pictures are made small from
MOST_PICTURES = 5000  # that are learned from, a seeded sample of a larger collection
OTHERS = 0.25  # share of the pictures that the principal components of the comparison are learned on
NEAREST = 12  # pictures that are known to be near a dream
LEASE = 3600  # seconds


class TooFew(Exception):
    """There are not enough pictures to dream of; the message says how many."""


@dataclass(frozen=True)
class Judgement:
    """How the dreams compare with what they are of, as the eyes see it; None where there are too few to compare.

    memorised: share of the dreams with a cosine above 0.95 to a picture they were learned from.
    """

    comparison: frechet.Comparison | None
    memorised: float

    def as_card(self) -> dict[str, Any]:
        card: dict[str, Any] = {"memorised": self.memorised, "memorised_above": frechet.COPY}
        if self.comparison is not None:
            card |= asdict(self.comparison) | {"nearer_to_floor": self.comparison.is_nearer_to_floor}
        return card


def train(
    *,
    size: int = 32,
    epochs: int | None = None,
    samples: int | None = None,
    seed: int = 0,
    watch: Watch = unwatched,
    pulse: learning.Pulse = learning.unheeded,
    checkpoint: Path | None = None,
    threads: int = 1,
) -> Release:
    """Learn from the public pictures, judge what is dreamed, and publish it.

    size: of a side, in pixels, 32 or 64.  epochs, samples: of the recipe where they are None.  checkpoint: the folder
    that a training which was cut off goes on from.
    Private and unlisted pictures are never shown to it. Raises TooFew, store.Busy, EyesError; Cancelled when `watch` or
    `pulse` says so; learning.Failed when the process that learns dies.
    """
    with store.lease("dreams", seconds=LEASE):
        ids, pictures = catalogue_pictures(size=size, seed=seed)
        key = store.eyes().model_key
        dreams, taught = dream(
            pictures,
            epochs=epochs,
            samples=samples,
            seed=seed,
            watch=watch,
            pulse=pulse,
            checkpoint=checkpoint,
            threads=threads,
        )
        dreamed, real = looks(dreams.samples, pulse=pulse), looks(pictures, pulse=pulse)
        judgement = judge(dreamed, real, side=size, seed=seed, pulse=pulse)
        card = {
            "data": {"pictures": len(ids), "size": size},
            "seed": seed,
            "seconds": round(taught.seconds, 1),
            "peak_mb": round(taught.peak_mb),
            "frechet": judgement.as_card(),
            "epochs": taught.epochs,
        }
        return _publish(dreams, size=size, near_ids=np.array(ids, np.int64)[near(dreamed, real)], key=key, card=card)


def _publish(dreams: Dreams, *, size: int, near_ids: Ids, key: str, card: dict[str, Any]) -> Release:
    """near_ids: (dreams, k) the pictures nearest to each.  key: of the eyes that judged."""
    return store.publish(
        kind=Release.Kind.DREAM,
        model_key=key,
        algorithm="dream",
        manifest={
            "size": size,
            "samples": store.save(dreams.samples),
            "near": store.save(near_ids),
            "sheets": store.save(dreams.sheets),
            "sheet_epochs": store.save(dreams.epochs),
        },
        card=card,
    )


def dream(
    pictures: Pixels,
    *,
    epochs: int | None = None,
    samples: int | None = None,
    seed: int = 0,
    watch: Watch = unwatched,
    pulse: learning.Pulse = learning.unheeded,
    checkpoint: Path | None = None,
    threads: int = 1,
) -> tuple[Dreams, learning.Taught]:
    """Dreams of pictures (n, side, side, c) uint8, taught in a process of their own.

    Raises TooFew, Cancelled, learning.Failed.
    """
    if len(pictures) < FEWEST:
        raise TooFew(f"{len(pictures)} pictures are too few to dream of; {FEWEST} are needed.")
    given = {"epochs": epochs, "samples": samples}
    recipe = Recipe(**{name: value for name, value in given.items() if value is not None})
    taught = learning.teach(
        "dream",
        {"pictures": pictures},
        settings=asdict(recipe),
        seed=seed,
        watch=watch,
        pulse=pulse,
        checkpoint=checkpoint,
        threads=threads,
    )
    return unpacked(Dreams, taught.arrays), taught


def catalogue_pictures(*, size: int, seed: int = 0) -> tuple[list[int], Pixels]:
    """Ids, ascending, and small squares (n, size, size, 3) uint8 of what everybody may be shown.

    One whose rendition is not to be read is left out with a word in the log. Raises TooFew, StorageUnavailable.
    """
    rows = list(
        Image.objects.listed_for(NOBODY).filter(state=State.READY).order_by("pk").values_list("pk", "rendition_token")
    )
    chosen = np.sort(np.random.default_rng(seed).permutation(len(rows))[:MOST_PICTURES])
    ids, pictures = [], []
    for pk, token in (rows[place] for place in chosen):
        try:
            with storage.open_rendition(pk, token, SEEN_FROM) as file, Pillow.open(file, formats=("WEBP",)) as picture:
                pictures.append(small_square(picture, size=size))
                ids.append(pk)
        except (FileNotFoundError, UnidentifiedImageError) as error:
            logger.warning("Picture %d has no rendition to dream of: %s", pk, error)
    if len(pictures) < FEWEST:
        raise TooFew(f"There are {len(pictures)} public pictures; {FEWEST} are needed to dream of.")
    return ids, np.stack(pictures)


def small_square(picture: Pillow.Image, *, size: int) -> NDArray[np.uint8]:
    """The middle of a picture as (size, size, 3) uint8, what is transparent laid on white."""
    if picture.has_transparency_data:
        upright = picture.convert("RGBA")
        picture = Pillow.alpha_composite(Pillow.new("RGBA", upright.size, "white"), upright)
    side = min(picture.size)
    left, top = (picture.width - side) / 2, (picture.height - side) / 2
    square = picture.convert("RGB").resize(
        (size, size), Pillow.Resampling.BOX, box=(left, top, left + side, top + side)
    )
    return np.asarray(square)


def looks(pictures: Pixels, *, pulse: learning.Pulse = learning.unheeded) -> Vectors:
    """(n, 1280) float32 raw features of small pictures (n, side, side, 1 or 3), by the eyes.

    Raises EyesError, and what `pulse` does.
    """
    features = np.zeros((len(pictures), FEATURES), np.float32)
    for row, picture in enumerate(pictures):
        pulse()
        features[row] = store.eyes().embed(picture[..., 0] if picture.shape[-1] == 1 else picture).features
    return features


def near(dreamed: Vectors, real: Vectors) -> Rows:
    """(m, k) the rows of the pictures nearest to each dream, the nearest first; k is 12, or all there are.

    dreamed: (m, 1280), real: (n, 1280) raw features, both of small pictures, compared in the principal components of
    the real ones.
    Small pictures and large ones look unlike to the eyes, whatever they show, so they are never compared.
    """
    projection = fit_projection(real)
    rows, _cosines = nearest(projection.apply(real), projection.apply(dreamed), min(NEAREST, len(real)))
    return rows


def judge(
    dreamed: Vectors, real: Vectors, *, side: int, seed: int = 0, pulse: learning.Pulse = learning.unheeded
) -> Judgement:
    """Compare features of dreams with those of the pictures that they are of, of the same size.

    dreamed: (m, 1280), real: (n, 1280) raw features.  side: of a picture, in pixels.  A quarter of the pictures, drawn
    by the seed, gives the principal components; noise is pictures of uniformly random pixels. Nothing is compared, but
    copies are counted, where fewer than two pictures are left for each side, or fewer dreams than that.
    """
    order = np.random.default_rng(seed).permutation(len(real))
    others, rest = np.split(order, [math.ceil(OTHERS * len(real))])
    each = min(frechet.MOST, len(rest) // 2)
    copies = frechet.memorised(dreamed, real)
    if each < 2 or len(dreamed) < each:
        return Judgement(None, copies)
    noise = np.random.default_rng(seed).integers(0, 256, (each, side, side, 3), np.uint8)
    comparison = frechet.compare(
        generated=dreamed, real=real[rest], noise=looks(noise, pulse=pulse), others=real[others], seed=seed
    )
    return Judgement(comparison, copies)
