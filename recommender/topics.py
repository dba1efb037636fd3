"""Topics that look alike: the mean look of what each gathers, compared."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from catalog import queries as catalog_queries
from catalog.queries import TopicRef
from catalog.viewers import NOBODY
from recommender import store
from recommender.engine.arrays import Vectors, best_first, unit
from recommender.queries import Remembered

MOST_TOPICS = 300
MOST_PICTURES = 200
"""Of a topic, the newest, that its mean is made of."""


@dataclass(frozen=True, eq=False)
class Looks:
    """The fullest topics and their mean looks (n, d), unit rows; a zero row where none of its pictures is findable."""

    topics: list[TopicRef]
    means: Vectors


def neighbours(slug: str, *, k: int = 6) -> list[TopicRef]:
    """Topics that look like this one, the nearest first; none where there is no index, or the topic is too small."""
    looks = _looks()
    rows = {topic.slug: row for row, topic in enumerate(looks.topics)}
    if slug not in rows or not looks.means.size:
        return []
    cosines = looks.means @ looks.means[rows[slug]]
    cosines[rows[slug]] = -1.0
    return [looks.topics[row] for row in best_first(cosines, k).tolist() if cosines[row] > 0]


def forget() -> None:
    _looks.forget()


def _read() -> Looks:
    topics = catalog_queries.topics(NOBODY, most=MOST_TOPICS)
    try:
        index = store.index()
    except store.Damaged:
        index = None
    if index is None:
        return Looks(topics, np.zeros((0, 0), np.float32))
    means = np.zeros((len(topics), index.vectors.width), np.float32)
    for row, topic in enumerate(topics):
        images = catalog_queries.topic_images(topic.slug, NOBODY).order_by("-created_at", "-pk")
        found = index.ids.rows(list(images.values_list("pk", flat=True)[:MOST_PICTURES]))
        if (found >= 0).any():
            means[row] = index.vectors.take(found[found >= 0]).mean(axis=0)
    return Looks(topics, unit(means - means.mean(axis=0)))


_looks = Remembered(_read)
