"""The owner's own categories, learned from the pictures that are in one and proposed for those that are in none."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np
from django.db import transaction
from numpy.typing import NDArray

from catalog.models import Category, Image
from catalog.viewers import NOBODY
from recommender import queries
from recommender.engine.arrays import Ids, Rows
from recommender.engine.networks import head
from recommender.engine.networks.head import Measured
from recommender.engine.networks.labelled import Unusable
from recommender.engine.networks.training import fingerprint_of
from recommender.models import CategoryProposal
from recommender.rebuild.index import embedded_ids

__all__ = ["Learned", "Unusable", "learn_categories"]

SUREST_FROM = 0.5
"""Confidence from which a category is proposed: below it would more often be wrong than right."""


@dataclass(frozen=True, eq=False)
class Learned:
    """What was learned. `pictures`: in a category; `uncategorised`: those that something could be proposed for.

    `digest`: the checksum of what was learned from.
    """

    categories: tuple[str, ...]
    measured: Measured
    pictures: int
    uncategorised: int
    proposed: int
    digest: str


def learn_categories(*, key: str, now: dt.datetime, seed: int = 0) -> Learned:
    """Learn from public pictures that are in a category of ten or more, and propose one for each that is in none.

    Earlier proposals that nobody has decided on are replaced. key: of the eyes. Raises Unusable.
    """
    listed = Image.objects.listed_for(NOBODY).filter(pk__in=embedded_ids(key).tolist())
    ids, categories = _columns(sorted(listed.exclude(category=None).values_list("pk", "category_id")))
    usable = head.learnable(categories)
    ids, categories = ids[usable], categories[usable]
    names, labels = np.unique(categories, return_inverse=True)
    features = queries.features_of(ids, key=key)
    learned, measured = head.learn(features, labels.astype(np.int64), seed=seed)
    open_ids = np.array(sorted(listed.filter(category=None).values_list("pk", flat=True)), np.int64)
    probabilities = learned.probabilities(queries.features_of(open_ids, key=key))
    proposed = _propose(open_ids, names, probabilities, key=key, now=now)
    words = dict(Category.objects.filter(pk__in=names.tolist()).values_list("pk", "path"))
    return Learned(
        categories=tuple(words[name] for name in names.tolist()),
        measured=measured,
        pictures=len(ids),
        uncategorised=len(open_ids),
        proposed=proposed,
        digest=fingerprint_of(ids, categories, features),
    )


def _propose(ids: Ids, names: Ids, probabilities: NDArray[np.float32], *, key: str, now: dt.datetime) -> int:
    """Store the likeliest category of each picture that has not been refused for it, where it is sure enough.

    ids: (n,) of pictures.  names: (c,) keys of categories.  probabilities: (n, c). Returns how many are proposed.
    """
    allowed = probabilities.copy()
    rows, columns = _refused(ids, names)
    allowed[rows, columns] = 0
    best, sure = allowed.argmax(axis=1), allowed.max(axis=1)
    proposals = [
        CategoryProposal(
            image_id=int(ids[row]),
            category_id=int(names[best[row]]),
            confidence=float(sure[row]),
            model_key=key,
            proposed_at=now,
        )
        for row in np.flatnonzero(sure >= SUREST_FROM).tolist()
    ]
    with transaction.atomic():
        CategoryProposal.objects.exclude(decision=CategoryProposal.Decision.REFUSED).filter(
            image__category=None
        ).delete()
        CategoryProposal.objects.bulk_create(proposals, batch_size=500)
    return len(proposals)


def _refused(ids: Ids, names: Ids) -> tuple[Rows, Rows]:
    """Places in `ids` and in `names` of pictures and categories that staff have said do not belong together."""
    row, column = ({key: place for place, key in enumerate(keys.tolist())} for keys in (ids, names))
    pairs = CategoryProposal.objects.filter(decision=CategoryProposal.Decision.REFUSED).values_list("image", "category")
    known = [(row[image], column[category]) for image, category in pairs if image in row and category in column]
    return _columns(known)


def _columns(pairs: list[tuple[int, int]]) -> tuple[Rows, Rows]:
    table = np.array(pairs, np.int64).reshape(-1, 2)
    return table[:, 0], table[:, 1]
