"""One number a person, from the ranks of their hits. Gains are 0 or 1.

ranks: (p, m) float64, ascending, inf for no hit (`hit_ranks`, `tied_ranks`).  relevant: (p,) how many pictures could
have been hit, listed or not; a person without any gets 0.  All answers are (p,) float64 in [0, 1].
"""

import numpy as np
from numpy.typing import NDArray

from recommender.engine.arrays import Mask, Rows, Scores, Weights
from recommender.engine.metrics.lists import Ranks, positions


def precision(ranks: Ranks, k: int) -> Weights:
    """hits / k."""
    return _hits(ranks, k) / k


def recall(ranks: Ranks, relevant: Rows, k: int) -> Weights:
    """hits / |T|."""
    return _share(_hits(ranks, k), relevant)


def truncated_recall(ranks: Ranks, relevant: Rows, k: int) -> Weights:
    """hits / min(k, |T|): 1 is within reach of everybody."""
    return _share(_hits(ranks, k), np.minimum(relevant, k))


def hit_rate(ranks: Ranks, k: int) -> Weights:
    """1 for any hit."""
    return (_hits(ranks, k) > 0).astype(np.float64)


def ndcg(ranks: Ranks, relevant: Rows, k: int) -> Weights:
    """Σ 1/log₂(rank + 1) over the hits, divided by that of the best list of min(k, |T|) hits.

    (Järvelin & Kekäläinen, TOIS 2002, with binary gains.)
    """
    gains = np.where(ranks <= k, 1 / np.log2(ranks + 1), 0.0).sum(axis=1)
    ideal = np.concatenate([[0.0], np.cumsum(1 / np.log2(np.arange(1, k + 1) + 1))])
    return _share(gains, ideal[np.minimum(relevant, k)])


def average_precision(ranks: Ranks, relevant: Rows, k: int) -> Weights:
    """Σ precision@r over the ranks r <= k of hits, divided by |T|."""
    hits = ranks <= k
    at = np.where(hits, np.cumsum(hits, axis=1) / ranks, 0.0)
    return _share(at.sum(axis=1), relevant)


def reciprocal_rank(ranks: Ranks, k: int) -> Weights:
    """1 / the rank of the first hit."""
    first = ranks.min(axis=1, initial=np.inf)
    reciprocal: Weights = np.where(first <= k, 1 / first, 0.0)
    return reciprocal


def auc(scores: Scores, relevant: Mask, candidates: Mask) -> Weights:
    """Share of (relevant, other) pairs of candidates in the right order, ties ½; NaN where there is no such pair.

    scores, relevant, candidates: (b, n).
    """
    wanted = relevant & candidates
    people, items = np.nonzero(wanted)
    below, up_to = positions(scores, candidates, people, scores[people, items])
    middle = np.bincount(people, weights=(below + up_to - 1) / 2, minlength=len(scores))
    hits = np.count_nonzero(wanted, axis=1)
    others = np.count_nonzero(candidates, axis=1) - hits
    # Mann & Whitney: the sum of the relevant ones' ranks, less what they have among themselves.
    right = middle - hits * (hits - 1) / 2
    pairs = (hits * others).astype(np.float64)
    share: Weights = np.divide(right, pairs, out=np.full(len(scores), np.nan), where=pairs > 0)
    return share


def rmse(predicted: NDArray[np.floating], ratings: NDArray[np.floating]) -> float:
    """Root of the mean squared difference of two arrays of one shape; NaN for none."""
    if not len(ratings):
        return float("nan")
    return float(np.sqrt(np.mean(np.square(predicted.astype(np.float64) - ratings))))


def _hits(ranks: Ranks, k: int) -> Weights:
    hits: Weights = np.sum(ranks <= k, axis=1, dtype=np.float64)
    return hits


def _share(part: Weights, whole: NDArray[np.number]) -> Weights:
    """The part of the whole; 0 of nothing."""
    shares: Weights = np.divide(part, whole, out=np.zeros(len(part)), where=np.asarray(whole) > 0)
    return shares
