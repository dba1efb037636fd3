"""EASE."""

import numpy as np
import pytest

from recommender.engine.algorithms import ease
from recommender.engine.model import Fit, TrainingSet
from recommender.engine.reactions import Reactions

DEFAULTS = ease.ENTRIES[0].defaults


def likes(people: int = 50, pictures: int = 20, seed: int = 0) -> Reactions:
    rng = np.random.default_rng(seed)
    who, what = np.nonzero(rng.random((people, pictures)) < np.linspace(0.05, 0.5, pictures))
    return Reactions.of(who, what, times=rng.random(who.size), shape=(people, pictures))


def fitted(reactions: Reactions, **chosen) -> ease.Linear:
    return ease.fit_ease(TrainingSet(likes=reactions), {**DEFAULTS, **chosen}, Fit())


def slow_weights(table: np.ndarray, regularisation: float) -> np.ndarray:
    """Each column by itself: ridge regression on all other columns, which is what the closed form solves."""
    n = table.shape[1]
    weights = np.zeros((n, n))
    for target in range(n):
        others = np.arange(n) != target
        left = table[:, others]
        system = left.T @ left + regularisation * np.eye(n - 1)
        weights[others, target] = np.linalg.solve(system, left.T @ table[:, target])
    return weights


def test_the_weights_are_those_of_one_ridge_regression_for_each_picture():
    reactions = likes()

    model = fitted(reactions, regularisation=2.0)

    table = reactions.matrix().toarray().astype(float)
    assert np.abs(model.weights - slow_weights(table, 2.0)).max() < 1e-5
    assert model.weights.dtype == np.float32


def test_two_pictures_by_hand():
    # X = [1 1; 1 0], λ = 1: G + I = [3 1; 1 2], P = [2 −1; −1 3] / 5, B₁₂ = 1/3, B₂₁ = 1/2.
    reactions = Reactions.of([0, 0, 1], [0, 1, 0], shape=(2, 2))

    model = fitted(reactions, regularisation=1.0, half_life=0.0)

    assert model.weights == pytest.approx(np.array([[0, 1 / 3], [1 / 2, 0]]), abs=1e-6)
    assert model.score(reactions) == pytest.approx(np.array([[1 / 2, 1 / 3], [0, 1 / 3]]), abs=1e-6)


def test_a_like_of_one_half_life_ago_counts_half():
    reactions = likes()
    model = fitted(reactions, half_life=1.0)
    person = Reactions.of([0, 0, 0], [4, 2, 9], times=[1, 2, 3], shape=(1, 20))

    scores = model.score(person)[0]

    assert scores == pytest.approx(model.weights[9] + model.weights[2] / 2 + model.weights[4] / 4, abs=1e-6)


def test_only_the_most_liked_are_kept_and_the_others_are_named():
    reactions = Reactions.of([0, 1, 2, 0, 1, 0, 0, 1], [3, 3, 3, 1, 1, 0, 5, 5], shape=(3, 7))

    model = fitted(reactions, max_items=2)

    # 3 has three likes, 1 and 5 have two: the lower row stays.
    assert model.kept.tolist() == [1, 3]
    assert model.dropped.tolist() == [0, 5]
    assert model.knows.tolist() == [False, True, False, True, False, False, False]
    assert not model.score(reactions)[:, [0, 2, 4, 5, 6]].any()


@pytest.mark.parametrize("size", [1, 7, ease.STRIPE - 1, ease.STRIPE + 40])
def test_inverting_in_place_gives_the_whole_inverse(size):
    rng = np.random.default_rng(0)
    factors = rng.standard_normal((size, 5)).astype(np.float32)
    matrix = factors @ factors.T + 3 * np.eye(size, dtype=np.float32)
    whole = matrix.astype(float)

    inverse = ease.inverted(matrix)

    assert np.shares_memory(inverse, matrix)
    assert np.abs(inverse @ whole - np.eye(size)).max() < 1e-4


def test_a_gram_matrix_in_blocks_and_stripes_is_the_product():
    table = likes().matrix()

    gram = ease.gram_of([(table[:20], table[:20]), (table[20:], table[20:])], 20)

    assert np.array_equal(gram, (table.T @ table).toarray())


def test_a_regularisation_of_nothing_is_refused():
    with pytest.raises(ValueError, match="more than 0"):
        fitted(likes(), regularisation=0.0)


def test_without_likes_it_knows_nothing():
    nobody = Reactions.of([], [], shape=(2, 3))

    model = fitted(nobody)

    assert not model.knows.any()
    assert model.score(nobody).tolist() == [[0, 0, 0], [0, 0, 0]]
