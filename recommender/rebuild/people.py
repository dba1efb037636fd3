"""From everybody's likes to co-likes, factors and popularity."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import numpy as np
from scipy import sparse

from catalog.models import Like
from recommender import queries, store
from recommender.engine import neighbours, popularity
from recommender.engine.config import DEFAULT, RankingConfig
from recommender.engine.factors import Factors, train_ials
from recommender.engine.popularity import Likes
from recommender.models import Release

FEWEST_PEOPLE = 10  # below this factors would only repeat single people's likes
CHANGED_SHARE, CHANGED_LIKES = 0.2, 20  # a fifth and twenty likes more are worth learning from before the next hour


def publish_people(*, now: dt.datetime, config: RankingConfig = DEFAULT) -> int:
    """Learn from all likes of people and publish what was learned; returns the likes used. Raises store.Busy."""
    with store.lease("people", seconds=600):
        ids, likes = queries.likes_of_people()
        used = len(likes.rows)
        trending, popular = popularity.crowd(likes, pictures=len(ids), as_of=now.timestamp(), config=config)
        likes = _numbered(popularity.of_others(likes))
        matrix = _matrix(likes, len(ids))
        factors = _factors(matrix, config)
        recent = popularity.newest_of_each(likes, config.co_like_history)
        co_likes = neighbours.co_likes(_matrix(recent, len(ids)), config) if matrix.nnz else None
        store.publish(
            kind=Release.Kind.PEOPLE,
            manifest={
                "likes": Like.objects.filter(user__isnull=False).count(),
                "ids": store.save(ids),
                "co_likes": {
                    name: store.save(getattr(co_likes, name))
                    for name in ("starts", "neighbours", "similarity", "people")
                }
                if co_likes is not None
                else None,
                "factors": {
                    "items": store.save(factors.items),
                    "gram": store.save(factors.gram),
                    "regularisation": factors.regularisation,
                    "confidence": factors.confidence,
                }
                if factors
                else None,
                "trending": store.save(trending),
                "popular": store.save(popular),
            },
        )
    return used


def is_behind() -> bool:
    """Whether there are many more likes, or many fewer, than the serving release has learned from."""
    release = store.serving(Release.Kind.PEOPLE)
    if release is None:
        return True
    learned, there = release.manifest["likes"], Like.objects.filter(user__isnull=False).count()
    return abs(there - learned) > CHANGED_SHARE * learned + CHANGED_LIKES


def _numbered(likes: Likes) -> Likes:
    """The same likes, with people numbered from 0 in place of their ids."""
    _, people = np.unique(likes.people, return_inverse=True)
    return replace(likes, people=people.astype(np.int64))


def _matrix(likes: Likes, pictures: int) -> sparse.csr_matrix:
    """(people, pictures) float32, 1 for a like; people are numbered from 0."""
    ones = np.ones(likes.people.size, np.float32)
    return sparse.csr_matrix((ones, (likes.people, likes.rows)), shape=(likes.people.max(initial=-1) + 1, pictures))


def _factors(matrix: sparse.csr_matrix, config: RankingConfig) -> Factors | None:
    return train_ials(matrix, config=config) if matrix.shape[0] >= FEWEST_PEOPLE else None
