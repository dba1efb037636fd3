"""What lists show beside what was wanted: how much of the catalogue, how varied, how unexpected.

lists: (p, k) rows of pictures, best first, -1 for an empty place.
"""

import numpy as np

from recommender.engine.arrays import Mask, Rows, Vectors, Weights
from recommender.engine.reactions import Reactions

SMOOTHING = 0.01
"""The part of the history mixed into a list's shares, so that a missing category costs much, not infinitely much."""


def exposure(lists: Rows, pictures: int) -> Rows:
    """(pictures,) in how many lists each one is."""
    return np.bincount(lists[lists >= 0], minlength=pictures).astype(np.int64)


def coverage(shown: Rows, candidates: Mask) -> float:
    """Share of the candidates that are in any list; 0 without candidates.  shown: (n,) the `exposure`."""
    return float((shown[candidates] > 0).mean()) if candidates.any() else 0.0


def category_coverage(shown: Rows, candidates: Mask, categories: Rows) -> float:
    """Share of the candidates' categories (-1 is none) that are in any list; NaN without categories."""
    there = np.unique(categories[candidates & (categories >= 0)])
    if not there.size:
        return float("nan")
    return float(np.isin(there, categories[candidates & (shown > 0)]).mean())


def gini(shown: Rows, candidates: Mask) -> float:
    """Inequality of exposure over all candidates, the never shown ones too: 0 all alike, towards 1 one has it all.

    G = Σ_i (2i − n − 1) x_i / (n Σ x), x ascending, i from 1. 0 when nothing is shown.
    """
    values = np.sort(shown[candidates]).astype(np.float64)
    total = values.sum()
    if not total:
        return 0.0
    place = np.arange(1, values.size + 1)
    return float(((2 * place - values.size - 1) * values).sum() / (values.size * total))


def novelty(lists: Rows, likers: Rows, people: int) -> Weights:
    """(p,) mean −log₂((n_i + 1) / (N + 1)) of the list: bits of surprise; NaN for an empty list.

    likers: (n,) people n_i who like each picture in the training part.  people: N.
    """
    surprise = -np.log2((likers + 1) / (people + 1))
    return _mean_where(surprise[np.maximum(lists, 0)], lists >= 0)


def distance(lists: Rows, features: Vectors) -> Weights:
    """(p,) mean 1 − cosine over the pairs of the list; NaN for fewer than two pictures with features.

    features: (n, d), unit rows, a zero row for none. Uses ‖Σf‖² = Σ‖f‖² + the pairs, so no pair is formed.
    """
    described: Mask = np.any(features, axis=1)
    seen = (lists >= 0) & described[np.maximum(lists, 0)]
    found = np.full(len(lists), np.nan)
    for start in range(0, len(lists), 512):
        here = slice(start, start + 512)
        vectors = features[np.maximum(lists[here], 0)] * seen[here][:, :, None]
        count = seen[here].sum(axis=1).astype(np.float64)
        pairs = count * (count - 1)
        together = np.square(vectors.sum(axis=1, dtype=np.float64)).sum(axis=1)
        cosines = together - np.square(vectors, dtype=np.float64).sum(axis=(1, 2))
        found[here] = np.divide(pairs - cosines, pairs, out=np.full(len(pairs), np.nan), where=pairs > 0)
    return found


def calibration(lists: Rows, history: Reactions, categories: Rows) -> Weights:
    """(p,) KL(p ‖ (1−a)q + a·p) in nats: how far the list's shares of categories q are from the history's p.

    NaN where either has no categories. (Steck, RecSys 2018, equations 6 and 7; a = `SMOOTHING`.)
    """
    width = int(categories.max(initial=-1)) + 1
    if not width:
        return np.full(len(lists), np.nan)
    people = np.repeat(np.arange(len(lists)), lists.shape[1])
    wanted = _shares(history.people, history.items, categories, (len(lists), width))
    listed = _shares(people, lists.reshape(-1), categories, (len(lists), width))
    mixed = (1 - SMOOTHING) * listed + SMOOTHING * wanted
    # A category without history adds nothing.
    ratio = np.divide(wanted, mixed, out=np.ones_like(wanted), where=wanted > 0)
    known = (wanted.sum(axis=1) > 0) & (listed.sum(axis=1) > 0)
    divergence: Weights = np.where(known, (wanted * np.log(ratio)).sum(axis=1), np.nan)
    return divergence


def _shares(people: Rows, items: Rows, categories: Rows, shape: tuple[int, int]) -> Weights:
    category = np.where(items >= 0, categories[np.maximum(items, 0)], -1)
    known = category >= 0
    cells = people[known] * shape[1] + category[known]
    counts = np.bincount(cells, minlength=shape[0] * shape[1]).reshape(shape).astype(np.float64)
    totals = counts.sum(axis=1, keepdims=True)
    shares: Weights = np.divide(counts, totals, out=np.zeros_like(counts), where=totals > 0)
    return shares


def _mean_where(values: Weights, counts: Mask) -> Weights:
    total = counts.sum(axis=1)
    summed = np.where(counts, values, 0.0).sum(axis=1)
    means: Weights = np.divide(summed, total, out=np.full(len(total), np.nan), where=total > 0)
    return means
