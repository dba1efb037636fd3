"""Scores as probabilities."""

import numpy as np
import pytest

from recommender.engine.calibration import Reliability, logistic, reliability


def drawn(slopes, intercept: float, *, rows: int = 4000, seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    features = rng.standard_normal((rows, len(slopes)))
    chances = 1 / (1 + np.exp(-(features @ np.asarray(slopes) + intercept)))
    return features, rng.random(rows) < chances


def test_it_agrees_with_a_library_where_no_slope_would_be_negative():
    linear_model = pytest.importorskip("sklearn.linear_model")
    features, outcomes = drawn([0.7, 1.5], -1.0)
    weights = np.random.default_rng(1).uniform(0.5, 3, len(outcomes))

    ours = logistic(features, outcomes, weights, ridge=2.0)

    theirs = linear_model.LogisticRegression(C=0.5, tol=1e-10, max_iter=1000).fit(features, outcomes, weights)
    assert ours.slopes == pytest.approx(theirs.coef_[0], abs=1e-3)
    assert ours.intercept == pytest.approx(theirs.intercept_[0], abs=1e-3)


def test_a_feature_that_speaks_against_the_outcome_has_no_weight():
    features, outcomes = drawn([1.0, -1.0], 0.0)

    found = logistic(features, outcomes, np.ones(len(outcomes)))

    assert found.slopes[0] > 0.5
    assert found.slopes[1] == 0


def test_a_row_of_weight_three_is_three_rows():
    features, outcomes = drawn([1.0], 0.3, rows=60)
    weights = np.where(np.arange(60) < 20, 3.0, 1.0)

    once = logistic(features, outcomes, weights)
    thrice = logistic(
        np.repeat(features, weights.astype(int), axis=0), np.repeat(outcomes, weights.astype(int)), np.ones(100)
    )

    assert once.slopes == pytest.approx(thrice.slopes, rel=1e-4)
    assert once.intercept == pytest.approx(thrice.intercept, abs=1e-4)


@pytest.mark.parametrize("outcome", [False, True])
def test_one_outcome_alone_teaches_no_slope(outcome):
    found = logistic(np.ones((8, 2)), np.full(8, outcome), np.ones(8), towards=0.5)

    assert found.slopes.tolist() == [0.5, 0.5]
    # Eight of one kind and none of the other, one more of each: 1 to 9.
    assert found.intercept == pytest.approx(np.log(9) if outcome else -np.log(9))


def test_a_strong_ridge_keeps_what_it_is_drawn_to():
    features, outcomes = drawn([3.0], 0.0)

    assert logistic(features, outcomes, np.ones(len(outcomes)), ridge=1e9, towards=0.25).slopes == pytest.approx(
        [0.25], abs=1e-3
    )


def test_a_diagram_and_its_error_by_hand():
    # Two bins of two rows: .2 said and 1 of 2 happened, .8 said and 1 of 2: each .3 off.
    diagram = reliability(np.array([0.9, 0.1, 0.3, 0.7]), np.array([1, 0, 1, 0]), np.ones(4), bins=2)

    assert diagram.predicted == pytest.approx([0.2, 0.8])
    assert diagram.observed == pytest.approx([0.5, 0.5])
    assert diagram.weight.tolist() == [2, 2]
    assert diagram.error == pytest.approx(0.3)


def test_bins_hold_equal_weight_and_probabilities_that_are_true_have_a_small_error():
    rng = np.random.default_rng(0)
    chances = rng.random(20_000)

    diagram = reliability(chances, rng.random(20_000) < chances, np.ones(20_000))

    assert diagram.weight.tolist() == [2000] * 10
    assert diagram.error < 0.02


def test_nothing_said_is_no_error():
    nothing = np.zeros(0)

    assert reliability(nothing, nothing, nothing).error == 0
    assert Reliability(nothing, nothing, nothing).error == 0
