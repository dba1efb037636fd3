"""Several tastes for each person: their likes clustered by look, each cluster weighted by how recent its likes are.

After PinnerSage (Pal et al., KDD 2020): Ward clusters cut at a height rather than to a number, weighted by exponential
decay. A taste is the weighted mean of its members, not their medoid, and so stays linear in the likes: leaving one out
is exact and cheap. The two have not been compared for quality.
"""

from dataclasses import dataclass, field, replace

import numpy as np
from scipy.cluster.hierarchy import linkage

from recommender.engine.arrays import NO_ROWS, Rows, Times, Vectors, Weights, as_rows
from recommender.engine.config import DEFAULT, RankingConfig
from recommender.engine.index import Moments


@dataclass(frozen=True, eq=False)
class Tastes:
    """`mix` (t, likes) float32, rows sum to 1: the share of each like in each taste that is heard.

    weight: (t,) in (0, 1), times the voice of its likes.  voice: (likes,) of `voices`.  clusters: (likes,) numbers from
    0 on, silent clusters included, which are no tastes.
    """

    mix: Vectors
    weight: Weights
    voice: Weights
    clusters: Rows


@dataclass(frozen=True, eq=False)
class Wishes:
    """How loudly a person wants their tastes to speak. A choice stays with the pictures that made up the taste then.

    rows: liked pictures that have a choice.  weights: of each, 0 silent, 1 unchanged, 2 twice as loud.  at: the moment
    of the newest choice; likes since then follow the taste they fall into.
    """

    rows: Rows = field(default_factory=NO_ROWS.copy)
    weights: Weights = field(default_factory=lambda: np.empty(0))
    at: float = np.inf

    def evened(self) -> "Wishes":
        """The same with everything that is heard at weight 1."""
        return replace(self, weights=np.minimum(np.ceil(self.weights), 1.0))

    def of(self, liked: Rows, liked_at: Times) -> Weights:
        """(likes,) the weight wished for each, 1 where there is no choice, NaN for a like that came later."""
        wished = np.where(liked_at > self.at, np.nan, 1.0)
        if not self.rows.size:
            return wished
        named = liked[:, None] == self.rows[None, :]
        found = named.any(axis=1)
        wished[found] = self.weights[named[found].argmax(axis=1)]
        return wished


def voices(wished: Weights, clusters: Rows) -> Weights:
    """(likes,) >= 0: the weight wished; a like that came later takes its cluster's commonest, the louder of equals."""
    voice = wished.copy()
    for cluster in np.unique(clusters[np.isnan(wished)]):
        elders = wished[(clusters == cluster) & ~np.isnan(wished)]
        weights, counts = np.unique(elders, return_counts=True)
        voice[(clusters == cluster) & np.isnan(wished)] = weights[counts == counts.max()][-1] if elders.size else 1.0
    return voice


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


def tastes(
    apart: Weights,
    recent: Weights,
    moments: Moments,
    config: RankingConfig = DEFAULT,
    *,
    wished: Weights | None = None,
) -> Tastes:
    """Cluster likes into at most `max_tastes` tastes.

    apart: (n, n) of `distances`, n >= 0.  recent: (n,) weights in (0, 1].  wished: (n,) of `Wishes.of`; None: nothing.
    A taste of s fresh likes weighs s / (s + taste_half), which grows with every like and never reaches 1, times the
    weight wished: of several in one taste the one nearest 1. All likes form the clusters; only those that are heard
    form tastes.
    """
    clusters = _clusters(apart, moments, config)
    voice = np.ones(len(recent)) if wished is None else voices(wished, clusters)
    members = clusters[None, :] == np.arange(clusters.max(initial=-1) + 1)[:, None]
    audible = recent * (voice > 0)
    strength = members @ audible
    heard = strength > 0
    members, strength = members[heard], strength[heard]
    loudness = np.array([_moderate(voice[taste & (voice > 0)]) for taste in members])
    return Tastes(
        mix=(members * audible / strength[:, None]).astype(np.float32),
        weight=strength / (strength + config.taste_half) * loudness,
        voice=voice,
        clusters=clusters,
    )


def _moderate(voices: Weights) -> float:
    """The voice nearest 1: a taste that has swallowed a louder one is no louder for it."""
    return float(voices[np.abs(np.log(voices)).argmin()])


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
