"""Several lists, or several likenesses, made one."""

from collections.abc import Sequence

import numpy as np

from recommender.engine.arrays import Rows, Weights
from recommender.engine.config import DEFAULT, RankingConfig


def reciprocal_ranks(lists: Sequence[Sequence[int]], config: RankingConfig = DEFAULT) -> dict[int, float]:
    """What is in these lists, by its key, best first: the sum of 1 / (k + rank) over the lists, ranks from 1.

    Scores of different kinds are not comparable, places are (Cormack, Clarke & Buettcher, SIGIR 2009, with their k of
    60). Equal sums are in the order of the first list that has them.
    """
    sums: dict[int, float] = {}
    for line in lists:
        for place, key in enumerate(dict.fromkeys(line)):
            sums[key] = sums.get(key, 0.0) + 1 / (config.fusion_rank + place + 1)
    return dict(sorted(sums.items(), key=lambda item: -item[1]))


def weighted(scores: Sequence[Weights], weights: Sequence[float], sample: Rows) -> Weights:
    """(n,): Σ w·z, each part's scores in standard deviations above the mean of a fixed sample.

    scores: (n,) of every part, comparable within the part alone.  weights: in [-1, 1]; below 0 means less of it.
    sample: rows that the mean and the deviation are taken from, so that a filter does not move them. A part that says
    the same of all counts nothing.
    """
    total = np.zeros(len(scores[0]))
    for line, weight in zip(scores, weights, strict=True):
        of_sample = line[sample] if sample.size else line
        deviation = float(of_sample.std()) if of_sample.size else 0.0
        if deviation > 1e-9:
            total += weight * (line - float(of_sample.mean())) / deviation
    return total
