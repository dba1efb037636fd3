"""The site's own pictures, people and likes."""

from __future__ import annotations

import datetime as dt

import numpy as np

from recommender import queries, store
from recommender.engine.arrays import IdMap, Vectors, unit
from recommender.engine.reactions import Reactions
from recommender.evaluation.dataset import Dataset
from recommender.evaluation.plan import Unusable


def site_dataset(now: dt.datetime) -> Dataset:
    """Public pictures, and what active people like of others'. Unusable for a site without pictures."""
    pictures = queries.collection()
    if not pictures.ids.size:
        raise Unusable("The site has no pictures yet.")
    liked_ids, likes = queries.likes_of_people()
    counted = likes.people != likes.owners
    people, who = np.unique(likes.people[counted], return_inverse=True)
    items = IdMap(pictures.ids).rows(liked_ids[likes.rows[counted]])
    return Dataset(
        source="site",
        people=tuple(map(str, people.tolist())),
        pictures=tuple(map(str, pictures.ids.tolist())),
        reactions=Reactions.of(who, items, times=likes.times[counted], shape=(len(people), len(pictures.ids))),
        features=_features(pictures.ids),
        tags=queries.tag_confidences(pictures.ids),
        categories=pictures.categories if (pictures.categories >= 0).any() else None,
        category_names=pictures.category_names,
        created=pictures.created,
        as_of=now.timestamp(),
    )


def _features(ids: np.ndarray) -> Vectors | None:
    """As the serving index has them; None before the first one."""
    index = store.index()
    if index is None:
        return None
    found = unit(queries.features_of(ids, key=index.eyes_key))
    return found if found.any() else None
