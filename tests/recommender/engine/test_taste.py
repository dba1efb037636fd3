import numpy as np
import pytest
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.spatial.distance import squareform

from recommender.engine.arrays import unit
from recommender.engine.config import DEFAULT
from recommender.engine.index import Moments
from recommender.engine.taste import distances, recency, tastes

RANDOM = Moments(mean=0.0, std=0.1)


def two_kinds(first: int, second: int) -> np.ndarray:
    rng = np.random.default_rng(0)
    centres = np.repeat(np.eye(2, 64), [first, second], axis=0)
    return unit(centres + 0.5 * unit(rng.standard_normal((first + second, 64))))


def test_two_kinds_of_likes_are_two_tastes_and_the_larger_weighs_more():
    found = tastes(distances(two_kinds(5, 2)), np.ones(7), RANDOM)

    assert sorted((found.mix > 0).sum(axis=1).tolist()) == [2, 5]
    assert found.weight.argmax() == (found.mix > 0).sum(axis=1).argmax()
    assert np.allclose(found.mix.sum(axis=1), 1)
    assert ((found.weight > 0) & (found.weight < 1)).all()


def test_within_a_taste_a_recent_like_has_the_larger_share():
    found = tastes(distances(two_kinds(3, 0)), np.array([0.2, 1.0, 0.4]), RANDOM)

    assert np.allclose(found.mix, [[0.125, 0.625, 0.25]])


def test_no_likes_are_no_tastes_and_one_like_is_one():
    assert tastes(distances(two_kinds(0, 0)), np.ones(0), RANDOM).mix.shape == (0, 0)
    assert tastes(distances(two_kinds(1, 0)), np.ones(1), RANDOM).mix.tolist() == [[1.0]]


def test_clusters_are_those_of_scipy():
    rng = np.random.default_rng(0)
    for count in (2, 3, 10, 40):
        vectors = two_kinds(count, count // 2)
        apart = distances(unit(vectors + rng.normal(0, 0.05, vectors.shape)))
        tree = linkage(squareform(apart, checks=False), method="ward")
        labels = fcluster(tree, DEFAULT.taste_cut * np.sqrt(2), criterion="distance")

        found = tastes(apart, np.ones(len(apart)), RANDOM).mix > 0

        assert {frozenset(np.flatnonzero(row)) for row in found} == {
            frozenset(np.flatnonzero(labels == label)) for label in labels
        }


def test_there_are_never_more_tastes_than_allowed():
    strangers = unit(np.random.default_rng(0).standard_normal((40, 500)))

    assert len(tastes(distances(strangers), np.ones(40), RANDOM).weight) == DEFAULT.max_tastes


def test_recency_halves_never_exceeds_one_and_has_a_floor():
    weights = recency(np.array([100.0, 90.0, 80.0, -1e9, 200.0]), as_of=100.0, half_life=10.0, floor=0.1)

    assert weights == pytest.approx([1, 0.5, 0.25, 0.1, 1])
