"""A crowd that likes: activity log-normal, popularity falling as a power of the rank, nobody twice the same."""

import numpy as np


def drawn(people: int, pictures: int, likes: int) -> tuple[np.ndarray, np.ndarray]:
    """So many different pairs, by person."""
    rng = np.random.default_rng(0)
    activity, fame = rng.lognormal(0, 1, people), 1 / (np.arange(pictures) + 20) ** 0.8
    pairs = np.empty(0, np.int64)
    while pairs.size < likes:
        missing = int((likes - pairs.size) * 1.3) + 1000
        who = rng.choice(people, missing, p=activity / activity.sum())
        what = rng.choice(pictures, missing, p=fame / fame.sum())
        pairs = np.unique(np.concatenate([pairs, who * pictures + what]))
    pairs = np.sort(rng.choice(pairs, likes, replace=False))
    return pairs // pictures, pairs % pictures
