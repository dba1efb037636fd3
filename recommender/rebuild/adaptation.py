"""From the owner's categories to an adapted index: learned, measured, published beside the one that serves.

It waits there as a candidate with its measurements in its card, and under `objections` the sentences that speak against
promoting it. Once promoted, new pictures are appended to it with the same projection.
"""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image as Pillow
from PIL import UnidentifiedImageError

from catalog import storage
from catalog.models import Image
from catalog.viewers import NOBODY
from recommender import queries, store
from recommender.engine import adaptation
from recommender.engine.adaptation import TOLERANCE, TooFew
from recommender.engine.arrays import Ids, Mask, Rows, Vectors
from recommender.engine.index import Projection, fit_projection
from recommender.engine.intervals import Interval, bootstrap
from recommender.engine.vision.copies import COPIES
from recommender.models import Release
from recommender.rebuild.embeddings import SEEN_FROM
from recommender.rebuild.index import built, embedded_ids

__all__ = ["ALGORITHM", "TooFew", "measure", "objections", "train"]

logger = logging.getLogger(__name__)

ALGORITHM = "adapted"
"""How such releases are called."""
DIVISIONS = 3
"""Divisions into learned from and judged that are measured on."""
MOST_MEASURED = 4_000
"""Sorted pictures that are measured on."""
COPIED = 60
"""Pictures that near-copies are made of."""


@dataclass(frozen=True, eq=False)
class NearCopies:
    """Features (m, f) of near-copies, and the rows (m,) of their originals."""

    features: Vectors
    originals: Rows


def train(*, key: str, now: dt.datetime, seed: int = 0) -> Release:
    """Learn from the categories of public pictures, measure, and publish a candidate. Nothing changes for anybody yet.

    key: of the eyes whose features it is made of. Raises TooFew, store.Busy, EyesError.
    """
    ids, categories = _sorted_pictures(key)
    usable = adaptation.learnable(categories)
    ids, categories = ids[usable], categories[usable]
    features = queries.features_of(ids, key=key)
    few = np.sort(np.random.default_rng(seed).permutation(len(ids))[:MOST_MEASURED])
    plain = fit_projection(features)
    copies = _near_copies(ids[few], seed=seed)
    card = measure(features[few], categories[few], copies, plain=plain, seed=seed)
    choice = adaptation.choose(features, categories, seed=seed)
    adapted = adaptation.fit(
        features, categories, share=choice.share, shrinkage=choice.shrinkage, components=plain.components
    )
    card |= {"chosen": asdict(choice), "seed": seed, "pictures": len(ids), "trained_at": now.isoformat()}
    card |= {"categories": len(np.unique(categories)), "objections": objections(card)}
    with store.lease("index", seconds=600):
        return store.publish(
            kind=Release.Kind.INDEX,
            model_key=f"{key}+{adaptation.name_of(adapted)}",
            manifest=built(key, embedded_ids(key), adapted),
            algorithm=ALGORITHM,
            card=card,
            serves=False,
        )


def measure(
    features: NDArray[np.floating], categories: Rows, copies: NearCopies, *, plain: Projection, seed: int = 0
) -> dict[str, Any]:
    """What an adapted embedding does to known classes, to classes it has not met, and to near-copies.

    features: (n, f) raw; categories: (n,) of at least ten pictures each. In every division half of each class is
    learned and chosen from, the other half judged; for unseen classes half of the classes are not learned from.
    `known` and `unseen`: precision@10 of plain and adapted, the difference with its 95 % interval over pictures;
    `copies`: share of originals found first.
    """
    known, unseen, found = [], [], []
    for number in range(DIVISIONS):
        rng = np.random.default_rng([seed, number])
        learned, some = adaptation.half_of_each(categories, rng), adaptation.half_of_classes(categories, rng)
        everyone = np.ones(int((~learned).sum()), np.bool_)
        both = _learned(features[learned], categories[learned], plain, seed)
        known.append(_judged(plain, both, features[~learned], categories[~learned], everyone))
        part = _learned(features[learned & some], categories[learned & some], plain, seed)
        unseen.append(_judged(plain, part, features[~learned], categories[~learned], ~some[~learned]))
        found.append(
            [adaptation.copies_found(one, features, copies.features, copies.originals) for one in (plain, both, part)]
        )
    before, after, partly = np.mean(found, axis=0).tolist()
    return {
        "known": _compared(np.concatenate(known)),
        "unseen": _compared(np.concatenate(unseen)),
        "copies": {"count": len(copies.originals), "plain": before, "adapted": min(after, partly)},
        "divisions": DIVISIONS,
    }


def objections(card: Mapping[str, Any]) -> list[str]:
    """What speaks against promoting an adapted index with this card, in sentences; none when it has proved itself."""
    known, unseen, copies = card["known"], card["unseen"], card["copies"]
    said = []
    if known["low"] <= 0:
        said.append(
            f"It is not better on known categories beyond its interval: precision@10 {known['adapted']:.3f} against "
            f"{known['plain']:.3f}."
        )
    if unseen["difference"] < -TOLERANCE:
        said.append(
            f"It is worse on categories it has not met: precision@10 {unseen['adapted']:.3f} against "
            f"{unseen['plain']:.3f}."
        )
    if not copies["count"]:
        said.append("No near-copies could be made to test it with.")
    elif copies["adapted"] < copies["plain"] - TOLERANCE:
        said.append(f"It finds fewer near-copies: {copies['adapted']:.1%} against {copies['plain']:.1%}.")
    return said


def _sorted_pictures(key: str) -> tuple[Ids, Rows]:
    """Public pictures with features that are in a category: ids, ascending, and the keys of their categories."""
    rows = Image.objects.listed_for(NOBODY).exclude(category=None).filter(pk__in=embedded_ids(key).tolist())
    table = np.array(sorted(rows.values_list("pk", "category_id")), np.int64).reshape(-1, 2)
    return table[:, 0], table[:, 1]


def _learned(features: NDArray[np.floating], categories: Rows, plain: Projection, seed: int) -> Projection:
    choice = adaptation.choose(features, categories, seed=seed)
    return adaptation.fit(
        features, categories, share=choice.share, shrinkage=choice.shrinkage, components=plain.components
    )


def _judged(
    plain: Projection, adapted: Projection, features: NDArray[np.floating], categories: Rows, asked: Mask
) -> NDArray[np.float64]:
    """(m, 2) precision@10 of each picture asked about, plain and adapted."""
    lists = [adaptation.precisions(one.apply(features), categories, asked) for one in (plain, adapted)]
    return np.stack(lists, axis=1)


def _compared(precisions: NDArray[np.float64]) -> dict[str, float]:
    gain: Interval = bootstrap(precisions[:, 1] - precisions[:, 0])[0]
    plain, adapted = precisions.mean(axis=0).tolist()
    return {"plain": plain, "adapted": adapted, "difference": gain.mean, "low": gain.low, "high": gain.high}


def _near_copies(ids: Ids, *, seed: int) -> NearCopies:
    """Near-copies of some of these pictures, as the eyes see them; rows are places in `ids`."""
    features, originals = [], []
    for row in np.random.default_rng(seed).permutation(len(ids))[:COPIED].tolist():
        pixels = _pixels(int(ids[row]))
        if pixels is not None:
            features += [store.eyes().embed(copy(pixels)).features for copy in COPIES.values()]
            originals += [row] * len(COPIES)
    return NearCopies(np.array(features, np.float32), np.array(originals, np.int64))


def _pixels(image_id: int) -> NDArray[np.uint8] | None:
    token = Image.objects.values_list("rendition_token", flat=True).get(pk=image_id)
    try:
        with (
            storage.open_rendition(image_id, token, SEEN_FROM) as file,
            Pillow.open(file, formats=("WEBP",)) as picture,
        ):
            return np.asarray(picture.convert("RGB"))
    except (FileNotFoundError, UnidentifiedImageError, storage.StorageUnavailable) as error:
        logger.warning("Picture %d cannot be copied: %s", image_id, error)
        return None
