"""Topics, as everybody sees them: how full they are, which picture stands for each, and which look alike."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from scipy import sparse

from catalog import queries as catalog_queries
from catalog.models.tags import in_language, root
from catalog.queries import Topic
from catalog.viewers import NOBODY, Viewer
from recommender import store
from recommender.engine.arrays import IdMap, Ids, Vectors, best_first, unit
from recommender.queries import Remembered

FEWEST = 3
"""Pictures that make a word a topic."""
MOST_COMPARED = 300
"""Topics, the fullest, that may be neighbours of each other."""
CHOICES = 6
"""Pictures of a topic, the most liked, that may stand for it."""
SEEN_COUNTS = 0.2
"""What a picture that only the machine put under a topic counts towards its rank; a person's counts 1."""


@dataclass(frozen=True, eq=False)
class Topics:
    """All topics, the fullest first; what a person said counts more than what only the machine saw.

    slugs, names: (n,), names in both languages.  members: (n, m) which pictures each topic has.  images, likes: (m,)
    the pictures, ascending, and how many people like each.  own: rows that are not another form of a fuller one's word.
    """

    slugs: list[str]
    names: list[tuple[str, str]]
    members: sparse.csr_matrix
    images: Ids
    likes: Ids
    own: list[int]

    @property
    def counts(self) -> list[int]:
        counts: list[int] = np.diff(self.members.indptr).tolist()
        return counts

    def best_liked(self, row: int) -> list[int]:
        """Pictures that may stand for a topic."""
        columns = self.members.indices[self.members.indptr[row] : self.members.indptr[row + 1]]
        best = columns[np.lexsort((-self.images[columns], -self.likes[columns]))][:CHOICES]
        found: list[int] = self.images[best].tolist()
        return found


def fullest(viewer: Viewer, *, most: int) -> list[Topic]:
    """The fullest topics, each with a cover that no fuller one has, if possible; a fixed number of queries."""
    topics = _topics()
    rows = topics.own[:most]
    choices = [topics.best_liked(row) for row in rows]
    cards = catalog_queries.cards({image for some in choices for image in some}, viewer)
    shown = {card.id: card for card in cards if card.has_pixels}
    taken: set[int] = set()
    found = []
    for row, some in zip(rows, choices, strict=True):
        here = [image for image in some if image in shown]
        cover = next((image for image in here if image not in taken), here[0] if here else None)
        taken |= {cover} if cover is not None else set()
        found.append(_topic(topics, row, shown[cover] if cover is not None else None))
    return found


def neighbours(slug: str, *, k: int = 6) -> list[Topic]:
    """Topics that look like this one, the nearest first; none where there is no index, or the topic is too small."""
    topics, index = _topics(), store.index()
    if index is None or slug not in topics.slugs[:MOST_COMPARED]:
        return []
    looks = _looks(topics, index)
    row = topics.slugs.index(slug)
    cosines = looks @ looks[row]
    shown = np.isin(np.arange(len(cosines)), topics.own)
    cosines[~shown | (np.arange(len(cosines)) == row)] = -1.0
    return [_topic(topics, near) for near in best_first(cosines, k).tolist() if cosines[near] > 0]


def forget() -> None:
    _topics.forget()
    _looks.cache_clear()


def _topic(topics: Topics, row: int, cover: catalog_queries.Card | None = None) -> Topic:
    return Topic(topics.slugs[row], in_language(*topics.names[row]), topics.counts[row], cover)


def _read() -> Topics:
    gathered = catalog_queries.gathered(NOBODY)
    slugs = sorted(gathered.names)
    number = {slug: place for place, slug in enumerate(slugs)}
    pairs = np.array([(number[slug], image) for slug, image in gathered.pairs], np.int64).reshape(-1, 2)
    images, columns = np.unique(pairs[:, 1], return_inverse=True)
    members = sparse.csr_matrix((np.ones(len(pairs), np.float32), (pairs[:, 0], columns)), (len(slugs), len(images)))
    counts = np.diff(members.indptr)
    said = np.bincount([number[slug] for slug, _image in gathered.said], minlength=len(slugs))
    order = np.argsort(-(said + SEEN_COUNTS * (counts - said)), kind="stable")
    order = order[counts[order] >= FEWEST]
    names = [gathered.names[slugs[row]] for row in order.tolist()]
    return Topics(
        slugs=[slugs[row] for row in order.tolist()],
        names=names,
        members=members[order],
        images=images,
        likes=np.array([gathered.likes.get(image, -1) for image in images.tolist()], np.int64),
        own=_own(names, members[order]),
    )


def _own(names: list[tuple[str, str]], members: sparse.csr_matrix) -> list[int]:
    """Rows that are not a fuller row in another form, in either language, with most of their pictures in it."""
    fuller: dict[str, int] = {}
    own = []
    for row, (name, name_zh) in enumerate(names):
        words = [root(name), name_zh] if name_zh else [root(name)]
        known = {fuller[word] for word in words if word in fuller}
        if any(2 * members[row].multiply(members[other]).nnz > members[row].nnz for other in known):
            continue
        own.append(row)
        for word in words:
            fuller.setdefault(word, row)
    return own


@lru_cache(maxsize=2)
def _looks(topics: Topics, index: store.Index) -> Vectors:
    """(n, d) mean looks of the fullest topics, less what all have in common; unit rows, zero where nothing was seen."""
    members = topics.members[:MOST_COMPARED]
    rows = IdMap(index.ids.values).rows(topics.images)
    places = np.where(rows >= 0, rows, 0)
    sums = np.zeros((members.shape[0], index.vectors.width), np.float32)
    known = rows >= 0
    of_rows = sparse.csr_matrix(
        (np.ones(int(known.sum()), np.float32), (np.flatnonzero(known), places[known])), (len(rows), len(index.ids))
    )
    seen = (members @ of_rows).tocsc()
    for begin, block in index.vectors.blocks():
        sums += seen[:, begin : begin + len(block)] @ block
    means = unit(sums)
    return unit(means - means.mean(axis=0))


_topics = Remembered(_read)
