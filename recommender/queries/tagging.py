"""Tags as weights, for every picture of an index and for learning."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from scipy import sparse

from catalog.models import ImageTag
from recommender.engine.arrays import IdMap, Ids, Weights
from recommender.engine.neighbours import tag_vectors
from recommender.queries.remembered import Remembered
from recommender.store import Index


@dataclass(frozen=True, eq=False)
class TagWeights:
    """Tags on pictures as columns of equal length."""

    images: Ids
    tags: Ids
    weights: Weights


def tags(index: Index) -> sparse.csr_matrix:
    """TF-IDF of the tags of every picture of the index, one row each; a person's word weighs 1."""
    return _tag_vectors(index, _tag_weights())


def tag_confidences(ids: Ids) -> sparse.csr_matrix:
    """(n, words) float32 confidences of these pictures' tags; a person's word has 1."""
    return _confidences(IdMap(ids), _read_tag_weights()).astype(np.float32)


@lru_cache(maxsize=2)
def _tag_vectors(index: Index, pairs: TagWeights) -> sparse.csr_matrix:
    return tag_vectors(_confidences(index.ids, pairs))


def _confidences(ids: IdMap, pairs: TagWeights) -> sparse.csr_matrix:
    """(n, words), without words that none of the pictures has."""
    rows = ids.rows(pairs.images)
    known = rows >= 0
    words, columns = np.unique(pairs.tags[known], return_inverse=True)
    return sparse.csr_matrix((pairs.weights[known], (rows[known], columns)), shape=(len(ids), len(words)))


def _read_tag_weights() -> TagWeights:
    rows = ImageTag.objects.filter(removed=False).values_list("image_id", "tag_id", "confidence")
    triples = [(image, tag, 1.0 if confidence is None else confidence) for image, tag, confidence in rows]
    return TagWeights(
        images=np.array([triple[0] for triple in triples], np.int64),
        tags=np.array([triple[1] for triple in triples], np.int64),
        weights=np.array([triple[2] for triple in triples], np.float64),
    )


_tag_weights = Remembered(_read_tag_weights)


def forget() -> None:
    _tag_weights.forget()
    _tag_vectors.cache_clear()
