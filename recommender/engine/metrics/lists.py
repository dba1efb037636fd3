"""From scores to lists, and from lists to the ranks of what was hit."""

import numpy as np
from numpy.typing import NDArray

from recommender.engine.arrays import Mask, Rows, Scores, Weights
from recommender.engine.reactions import Reactions

Ranks = Weights
"""(p, m) float64: ranks from 1 of a person's hits, ascending along the row; inf in places without a hit."""


def best_lists(scores: Scores, k: int, *, excluded: Mask | None = None) -> Rows:
    """(b, k) the rows with the highest scores, best first, equal scores by row; -1 where there are fewer.

    scores: (b, n) float, without NaN.  excluded: (b, n), never listed.
    """
    values = scores if excluded is None else np.where(excluded, np.float32(-np.inf), scores)
    people, pictures = values.shape
    width = min(k, pictures)
    lists: Rows = np.full((people, k), -1, np.int64)
    if not people or width <= 0:
        return lists
    chosen = _chosen(values, width)
    rows = np.nonzero(chosen)[1].reshape(people, width)
    best = np.take_along_axis(values, rows, axis=1)
    order = np.argsort(-best, axis=1, kind="stable")
    rows = np.take_along_axis(rows, order, axis=1)
    listed = np.take_along_axis(best, order, axis=1) > -np.inf
    lists[:, :width] = np.where(listed, rows, -1)
    return lists


def _chosen(values: NDArray[np.floating], k: int) -> Mask:
    """(b, n) exactly k of every row: those above the k-th highest score, then those equal to it by row."""
    least = np.partition(values, values.shape[1] - k, axis=1)[:, -k, None]
    above, equal = values > least, values == least
    missing = k - np.count_nonzero(above, axis=1)[:, None]
    equal &= np.cumsum(equal, axis=1, dtype=np.int32) <= missing
    above |= equal
    return above


def hit_ranks(lists: Rows, relevant: Reactions) -> Ranks:
    """(p, k) the rank of each place that holds one of the person's relevant pictures, inf in the others.

    lists: (p, k) rows, -1 for an empty place.
    """
    keys = np.sort(relevant.people * np.int64(relevant.pictures) + relevant.items)
    wanted = np.arange(len(lists), dtype=np.int64)[:, None] * relevant.pictures + lists
    at = np.minimum(np.searchsorted(keys, wanted), max(keys.size - 1, 0))
    hit = (keys[at] == wanted) & (lists >= 0) if keys.size else np.zeros(lists.shape, np.bool_)
    return np.where(hit, np.arange(1.0, lists.shape[1] + 1), np.inf)


def tied_ranks(scores: Scores, relevant: Mask, candidates: Mask) -> Ranks:
    """(b, m) the ranks of relevant candidates among all candidates, half a rank for every other one equal to it.

    scores, relevant, candidates: (b, n).  m: the most relevant candidates of one person.
    (Half a rank is the mean over all orders of the equal ones: Krichene & Rendle, KDD 2020, section 2.)
    """
    wanted = relevant & candidates
    people, items = np.nonzero(wanted)
    below, up_to = positions(scores, candidates, people, scores[people, items])
    among = np.count_nonzero(candidates, axis=1)[people]
    rank = 1.0 + (among - up_to) + (up_to - below - 1) / 2
    counts = np.count_nonzero(wanted, axis=1)
    ranks = np.full((len(scores), int(counts.max(initial=0))), np.inf)
    ranks[people, np.arange(people.size) - np.repeat(np.cumsum(counts) - counts, counts)] = rank
    return np.sort(ranks, axis=1)


def positions(scores: Scores, candidates: Mask, people: Rows, values: Scores) -> tuple[Rows, Rows]:
    """How many of a person's candidates score less than each value, and how many at most as much.

    people, values: (m,). One sort of a row serves all of its values.
    """
    ordered = np.sort(np.where(candidates, scores, np.float32(-np.inf)), axis=1)
    outside = ordered.shape[1] - np.count_nonzero(candidates, axis=1)[people]
    return (
        _insertion(ordered, people, values, after=False) - outside,
        _insertion(ordered, people, values, after=True) - outside,
    )


def _insertion(ordered: Scores, people: Rows, values: Scores, *, after: bool) -> Rows:
    """Where each value would go into its person's ordered row: a binary search of all at once."""
    low = np.zeros(people.size, np.int64)
    high = np.full(people.size, ordered.shape[1], np.int64)
    for _ in range(int(ordered.shape[1]).bit_length()):
        middle = (low + high) // 2
        here = ordered[people, np.minimum(middle, ordered.shape[1] - 1)]
        right = ((here <= values) if after else (here < values)) & (middle < high)
        low, high = np.where(right, middle + 1, low), np.where(right, high, middle)
    return low
