"""What to ask a stranger about: a few pictures that stand for all of them."""

from __future__ import annotations

import numpy as np

from recommender.engine.arrays import Rows, Vectors

STANDING_FOR = 2_000
"""Pictures that the chosen ones must stand for; a seeded sample of a larger collection."""


def representatives(vectors: Vectors, *, k: int, seed: int = 0) -> Rows:
    """At most k rows that together best stand for all, the most telling first; a longer list begins with a shorter one.

    vectors: (n, d) unit rows. Maximises the facility location Σ_i max_{j ∈ S} (1 + cos(i, j)) / 2 greedily, which
    reaches at least 1 − 1/e of the best (Nemhauser, Wolsey & Fisher, Mathematical Programming 1978). Equal gains by
    row.
    """
    sample = np.sort(np.random.default_rng(seed).permutation(len(vectors))[:STANDING_FOR])
    nearness = (1 + vectors @ vectors[sample].T) / 2
    covered = np.zeros(len(sample), np.float32)
    chosen: list[int] = []
    for _ in range(min(k, len(vectors))):
        gains = np.maximum(nearness - covered, 0).sum(axis=1)
        gains[chosen] = -1.0
        chosen.append(int(gains.argmax()))
        covered = np.maximum(covered, nearness[chosen[-1]])
    return np.array(chosen, np.int64)
