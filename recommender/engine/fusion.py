"""Several lists, or several likenesses, made into one."""

from collections.abc import Sequence

import numpy as np

from recommender.engine.arrays import Rows, Weights
from recommender.engine.config import DEFAULT, RankingConfig


def reciprocal_ranks(lists: Sequence[Sequence[int]], config: RankingConfig = DEFAULT) -> dict[int, float]:
    """The keys in these lists, best first, each with the sum of 1 / (k + rank) over the lists; ranks from 1.

    Scores of different kinds cannot be compared, places can (Cormack, Clarke & Buettcher, SIGIR 2009, with their k of
    60). Equal sums keep the order of the first list that has them.
    """
    sums: dict[int, float] = {}
    for line in lists:
        for place, key in enumerate(dict.fromkeys(line)):
            sums[key] = sums.get(key, 0.0) + 1 / (config.fusion_rank + place + 1)
    return dict(sorted(sums.items(), key=lambda item: -item[1]))


def weighted(scores: Sequence[Weights], weights: Sequence[float], sample: Rows) -> Weights:
    """(n,): Σ w·z, where z is a part's score in standard deviations above the mean of a fixed sample.

    scores: (n,) for each part, comparable within the part alone.  weights: in [-1, 1]; below 0 means less of it.
    sample: rows that give mean and deviation, so that a filter does not move them. A part with the same score
    everywhere counts for nothing.
    """
    total = np.zeros(len(scores[0]))
    for line, weight in zip(scores, weights, strict=True):
        of_sample = line[sample] if sample.size else line
        deviation = float(of_sample.std()) if of_sample.size else 0.0
        if deviation > 1e-9:
            total += weight * (line - float(of_sample.mean())) / deviation
    return total
