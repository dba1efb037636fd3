import itertools

import numpy as np

from recommender.engine.arrays import unit
from recommender.engine.elicitation import representatives


def worth(vectors: np.ndarray, rows: tuple[int, ...]) -> float:
    """How well these rows stand for all, by the definition."""
    return sum(max((1 + float(one @ vectors[row])) / 2 for row in rows) for one in vectors)


def test_one_of_each_kind_comes_before_a_second_of_any():
    rng = np.random.default_rng(0)
    kinds = np.repeat(np.arange(5), [40, 30, 20, 15, 12])
    vectors = unit(np.eye(16)[kinds] + rng.normal(0, 0.05, (len(kinds), 16))).astype(np.float32)

    chosen = representatives(vectors, k=5)

    assert sorted(kinds[chosen]) == [0, 1, 2, 3, 4]
    assert kinds[chosen].tolist()[0] == 0


def test_it_comes_within_its_bound_of_the_best():
    for seed in range(5):
        vectors = unit(np.random.default_rng(seed).normal(size=(12, 4))).astype(np.float32)
        best = max(worth(vectors, rows) for rows in itertools.combinations(range(12), 3))

        found = worth(vectors, tuple(representatives(vectors, k=3).tolist()))

        assert (1 - 1 / np.e) * best <= found <= best + 1e-5


def test_a_shorter_list_begins_a_longer_one():
    vectors = unit(np.random.default_rng(1).normal(size=(60, 8))).astype(np.float32)

    assert representatives(vectors, k=30)[:10].tolist() == representatives(vectors, k=10).tolist()


def test_there_are_no_more_than_there_are_and_none_comes_twice():
    vectors = unit(np.random.default_rng(2).normal(size=(7, 3))).astype(np.float32)
    same = np.tile(vectors[:1], (5, 1))

    assert sorted(representatives(vectors, k=20).tolist()) == list(range(7))
    assert sorted(representatives(same, k=5).tolist()) == list(range(5))
    assert representatives(vectors[:0], k=3).tolist() == []
