"""Intervals and tests of means over people."""

import itertools
import math

import numpy as np
import pytest

from recommender.engine import intervals
from recommender.engine.intervals import Interval, bootstrap, holm, sign_flip


@pytest.fixture
def rng():
    return np.random.default_rng(1)


def test_the_interval_is_the_percentiles_of_resampled_means(rng):
    values = rng.random(30)

    (found,) = bootstrap(values)

    draws = np.random.default_rng(0).integers(0, 30, (2000, 30), dtype=np.int32)
    low, high = np.quantile(values[draws].mean(axis=1), [0.025, 0.975])
    assert (found.mean, found.low, found.high) == pytest.approx((values.mean(), low, high))


def test_the_interval_is_about_two_standard_errors_wide(rng):
    values = rng.standard_normal(400)

    (found,) = bootstrap(values)

    assert (found.high - found.low) / 2 == pytest.approx(1.96 * values.std() / 20, rel=0.05)


def test_many_people_are_drawn_in_pieces_without_changing_the_numbers(rng, monkeypatch):
    values = rng.random((50, 3))
    whole = bootstrap(values)

    monkeypatch.setattr(intervals, "CELLS", 101)

    for one, other in zip(bootstrap(values), whole, strict=True):
        assert (one.mean, one.low, one.high) == pytest.approx((other.mean, other.low, other.high))


def test_every_column_is_resampled_with_the_same_people(rng):
    values = rng.random(40)

    first, second = bootstrap(np.stack([values, 2 * values], axis=1))

    assert (second.low, second.high) == pytest.approx((2 * first.low, 2 * first.high))


def test_people_without_a_value_are_left_out_of_its_mean():
    holes, nothing = bootstrap(np.array([[1.0, np.nan], [3.0, np.nan], [np.nan, np.nan]]))

    assert (holes.mean, holes.low, holes.high) == (2.0, 1.0, 3.0)
    assert math.isnan(nothing.mean)
    assert math.isnan(nothing.low)


def test_nobody_has_no_mean():
    (found,) = bootstrap(np.empty(0))

    assert math.isnan(found.mean)


def test_worse_and_better_lie_beyond_the_interval():
    assert Interval(-0.2, -0.3, -0.1).worse
    assert not Interval(-0.2, -0.3, 0.1).worse
    assert Interval(0.2, 0.1, 0.3).better
    assert not Interval(0.2, -0.1, 0.3).better


def test_the_p_value_is_the_share_of_all_sign_assignments(rng):
    differences = rng.standard_normal(10) + 0.4
    reached = [
        abs(np.dot(signs, differences)) >= abs(differences.sum()) - 1e-9
        for signs in itertools.product([-1, 1], repeat=10)
    ]

    (p,) = sign_flip(differences, flips=200_000)

    assert p == pytest.approx(np.mean(reached), abs=0.005)


def test_a_clear_difference_has_the_smallest_p_there_is():
    (p,) = sign_flip(np.ones(100))

    assert p == pytest.approx(1 / 10_001)


def test_no_difference_at_all_has_p_one():
    assert sign_flip(np.zeros((5, 2))).tolist() == [1.0, 1.0]
    assert sign_flip(np.empty((0, 2))).tolist() == [1.0, 1.0]


def test_a_single_person_decides_nothing():
    (p,) = sign_flip(np.array([0.7]))

    assert p == 1.0


def test_equal_algorithms_alarm_as_rarely_as_said(rng):
    """p <= 0.05 in about 5 % of 400 experiments without a difference: 0.029 to 0.071 is two standard errors."""
    p_values = sign_flip(rng.standard_normal((60, 400)), flips=2_000)

    assert 0.029 <= (p_values <= 0.05).mean() <= 0.071


def test_holm_steps_down():
    """Ordered .01 .02 .04 × 3 2 1 = .03 .04 .04; the greatest so far counts."""
    np.testing.assert_allclose(holm(np.array([0.04, 0.01, 0.02])), [0.04, 0.03, 0.04])
    np.testing.assert_allclose(holm(np.array([0.6, 0.9])), [1.0, 1.0])
    assert holm(np.empty(0)).size == 0
