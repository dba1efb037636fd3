"""Several tastes a person: the likes clustered by look, each cluster weighted by how recent its likes are.

After PinnerSage (Pal et al., KDD 2020): Ward clusters cut at a height, not at a number, importance by exponential
decay. A taste is the weighted mean of its members rather than their medoid: it stays linear in the likes, so that
leaving one out is exact and cheap. The two have not been compared for quality.
"""

from dataclasses import dataclass

import numpy as np
from scipy.cluster.hierarchy import linkage

from recommender.engine.arrays import Rows, Times, Vectors, Weights, as_rows
from recommender.engine.config import DEFAULT, RankingConfig
from recommender.engine.index import Moments


@dataclass(frozen=True, eq=False)
class Tastes:
    """`mix` (t, likes) float32, rows sum to 1: the share of each like in each taste. `weight` (t,) in (0, 1)."""

    mix: Vectors
    weight: Weights


def recency(times: Times, *, as_of: float, half_life: float, floor: float = 0.0) -> Weights:
    """Weight of each reaction in [floor, 1]: 1 now (and in the future), half of it after `half_life` seconds."""
    age = np.maximum(as_of - np.asarray(times, np.float64), 0.0)
    weight: Weights = np.maximum(np.exp2(-age / half_life), floor)
    return weight


def distances(vectors: Vectors) -> Weights:
    """(n, n) Euclidean distances between unit rows; 1 from and to a zero row."""
    cosines = (vectors @ vectors.T).astype(np.float64)
    apart: Weights = np.sqrt(np.maximum(2 - 2 * cosines, 0))
    blind = ~vectors.any(axis=1)
    apart[blind] = apart[:, blind] = 1.0
    np.fill_diagonal(apart, 0.0)
    return apart


def tastes(apart: Weights, recent: Weights, moments: Moments, config: RankingConfig = DEFAULT) -> Tastes:
    """Cluster likes into at most `max_tastes` tastes.

    apart: (n, n) of `distances`, n >= 0.  recent: (n,) weights in (0, 1].  A taste of s fresh likes weighs
    s / (s + taste_half): it grows with every like and never reaches 1.
    """
    labels = _clusters(apart, moments, config)
    members = labels[None, :] == np.arange(labels.max(initial=-1) + 1)[:, None]
    strength = members @ recent
    mix = members * recent / strength[:, None]
    return Tastes(mix=mix.astype(np.float32), weight=strength / (strength + config.taste_half))


def _clusters(apart: Weights, moments: Moments, config: RankingConfig) -> Rows:
    """The cluster of each like, numbered from 0."""
    size = len(apart)
    if size < 2:
        return np.zeros(size, np.int64)
    tree = linkage(apart[np.triu(np.ones((size, size), np.bool_), k=1)], method="ward")
    height = config.taste_cut * np.sqrt(2 - 2 * min(moments.mean, 0.999))
    merges = max(int(np.count_nonzero(tree[:, 2] <= height)), size - config.max_tastes)
    return _cut(tree[:merges, :2].astype(np.int64).tolist(), size)


def _cut(merges: list[list[int]], size: int) -> Rows:
    """Clusters after the first merges of a tree; like `fcluster`, whose checks cost more than the clustering."""
    top = list(range(size + len(merges)))
    for node in reversed(range(size, size + len(merges))):
        for child in merges[node - size]:
            top[child] = top[node]
    _, clusters = np.unique(top[:size], return_inverse=True)
    return as_rows(clusters)
