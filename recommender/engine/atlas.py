"""The collection on a plane, where pictures that look alike lie close: t-SNE (van der Maaten & Hinton, JMLR 2008)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from recommender.engine.arrays import Rows, Vectors, unit
from recommender.engine.index import nearest

Places = NDArray[np.float32]
"""(n, 2): x to the right and y downwards, in [0, 1]; NaN for a picture that has no place yet."""

MOST_UNFOLDED = 10_000
"""Pictures laid out against each other; the rest of a larger collection is placed among its neighbours."""
FEWEST = 8
"""Fewer pictures than this are not laid out: they lie in a row."""
PERPLEXITY = 30.0
NEIGHBOURS = 5
"""Neighbours that give the place of a picture that was not laid out."""
START = 1e-4
"""Standard deviation of the places the layout starts from, the same as in scikit-learn's own start."""
MOST_AREAS = 24


def laid_out(vectors: Vectors, *, before: Places | None = None, seed: int = 0) -> Places:
    """Give each picture its place. vectors: (n, d) unit rows.

    before: (n, 2) places of an earlier layout, NaN for new pictures; the new layout starts from it, so that what lay
    to the left stays to the left. The same vectors, places and seed give the same layout on one machine.
    """
    if len(vectors) < FEWEST:
        return _in_a_row(len(vectors))
    chosen = np.sort(np.random.default_rng(seed).permutation(len(vectors))[:MOST_UNFOLDED])
    start = _start(vectors[chosen], None if before is None else before[chosen])
    places = np.empty((len(vectors), 2), np.float32)
    places[chosen] = _unfolded(vectors[chosen], start, seed)
    others = np.setdiff1d(np.arange(len(vectors)), chosen)
    places[others] = _among_neighbours(vectors[others], vectors[chosen], places[chosen])
    return _fitted(places)


def areas(places: Places, *, seed: int = 0) -> Rows:
    """(n,) the number of the area each place lies in, at most 24 areas, the most populous first."""
    from sklearn.cluster import KMeans

    count = int(np.clip(round(np.sqrt(len(places)) / 1.5), 1, MOST_AREAS))
    if len(places) <= count:
        return np.zeros(len(places), np.int64)
    labels = KMeans(count, n_init=4, random_state=seed).fit_predict(places)
    order = np.argsort(-np.bincount(labels, minlength=count), kind="stable")
    numbers: Rows = np.argsort(order)[labels].astype(np.int64)
    return numbers


def _in_a_row(count: int) -> Places:
    across = (np.arange(count) + 1) / (count + 1)
    return np.stack([across, np.full(count, 0.5)], axis=1).astype(np.float32)


def _start(vectors: Vectors, before: Places | None) -> Places | None:
    """Where the layout starts: from the places before, new pictures among their neighbours; None without any."""
    if before is None:
        return None
    known = ~np.isnan(before[:, 0])
    if known.sum() < NEIGHBOURS:
        return None
    start = before.copy()
    start[~known] = _among_neighbours(vectors[~known], vectors[known], before[known])
    centred = start - start.mean(axis=0)
    scaled: Places = (centred / max(float(centred[:, 0].std()), 1e-9) * START).astype(np.float32)
    return scaled


def _unfolded(vectors: Vectors, start: Places | None, seed: int) -> Places:
    # Here and not above: whoever serves a map need not load scikit-learn.
    from sklearn.manifold import TSNE

    perplexity = min(PERPLEXITY, (len(vectors) - 1) / 3)
    how = TSNE(perplexity=perplexity, init="pca" if start is None else start, random_state=seed, n_jobs=1)
    places: Places = how.fit_transform(unit(vectors)).astype(np.float32)
    return places


def _among_neighbours(vectors: Vectors, known: Vectors, places: Places) -> Places:
    """The mean place of the nearest pictures that have one, weighted by how near they are."""
    if not len(vectors):
        return np.empty((0, 2), np.float32)
    rows, cosines = nearest(known, vectors, min(NEIGHBOURS, len(known)))
    weights = np.exp(10 * (cosines - cosines.max(axis=1, keepdims=True)))
    weights /= weights.sum(axis=1, keepdims=True)
    found: Places = (places[rows] * weights[..., None]).sum(axis=1).astype(np.float32)
    return found


def _fitted(places: Places) -> Places:
    """Moved and scaled into the unit square, by the same factor both ways, centred along the shorter."""
    low, high = places.min(axis=0), places.max(axis=0)
    side = max(float((high - low).max()), 1e-9)
    fitted: Places = ((places - (low + high) / 2) / side + 0.5).clip(0, 1).astype(np.float32)
    return fitted
