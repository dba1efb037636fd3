"""Noise is as large as it must be, and what was spent is added up."""

import math

import numpy as np
import pytest
from scipy.stats import norm

from recommender.engine import privacy
from recommender.engine.config import DAY
from recommender.engine.privacy import Budget, Spent
from recommender.engine.reactions import Reactions

NOW = 1_800_000_000.0


def test_releases_add_up():
    assert privacy.together([Budget(3.0, 1e-6), Budget(0.5, 1e-6)]) == (3.5, pytest.approx(2e-6))
    assert privacy.together([]) == (0, 0)


@pytest.mark.parametrize(("epsilon", "delta"), [(0.0, 0.0), (-1.0, 0.0), (math.inf, 0.0), (1.0, 1.0), (1.0, -0.1)])
def test_a_budget_that_promises_nothing_is_refused(epsilon, delta):
    with pytest.raises(ValueError, match="is not above 0, or delta"):
        Budget(epsilon, delta)


def test_there_is_one_release_a_day():
    past = [Spent(NOW - DAY + 1, Budget(0.1))]

    assert not privacy.may_release(past, Budget(0.1), now=NOW, monthly_epsilon=10)
    assert privacy.may_release(past, Budget(0.1), now=NOW + 1, monthly_epsilon=10)


def test_when_the_month_is_spent_the_last_release_stays_until_old_ones_are_forgotten():
    past = [Spent(NOW - days * DAY, Budget(3.0)) for days in (29, 20, 10)]

    assert privacy.may_release(past, Budget(3.0), now=NOW, monthly_epsilon=12)
    assert not privacy.may_release(past, Budget(3.0), now=NOW, monthly_epsilon=11.9)
    assert privacy.may_release(past, Budget(3.0), now=NOW + DAY, monthly_epsilon=11.9)


def test_a_person_with_ten_likes_is_part_of_forty_five_pairs():
    assert privacy.cells_of_a_person(10) == 45
    assert privacy.laplace_scale(sensitivity=45, epsilon=3) == 15


def test_gaussian_noise_is_just_large_enough():
    for epsilon, delta in ((0.5, 1e-5), (3.0, 1e-6), (10.0, 1e-6)):
        deviation = privacy.gaussian_deviation(sensitivity=2.0, budget=Budget(epsilon, delta))

        # What the mechanism gives away at worst, from the two normal distributions a person's data sets lead to.
        ratio = 2.0 / deviation
        lost = norm.cdf(ratio / 2 - epsilon / ratio) - math.exp(epsilon) * norm.cdf(-ratio / 2 - epsilon / ratio)
        assert lost == pytest.approx(delta, rel=1e-3)


def test_gaussian_noise_is_smaller_than_by_the_classic_bound_where_that_holds():
    classic = math.sqrt(2 * math.log(1.25 / 1e-5)) / 0.5

    assert privacy.gaussian_deviation(sensitivity=1.0, budget=Budget(0.5, 1e-5)) < 0.9 * classic


def test_gaussian_noise_needs_a_delta():
    with pytest.raises(ValueError, match="delta above 0"):
        privacy.gaussian_deviation(sensitivity=1.0, budget=Budget(1.0, 0.0))


def test_a_cell_of_one_person_alone_passes_the_threshold_with_probability_delta():
    scale, cells, delta = 15.0, 45, 1e-2

    level = privacy.threshold(cells=cells, scale=scale, delta=delta)

    # P(1 + Lap(b) > level) = ½ exp(−(level − 1) / b), for any of the cells.
    assert cells * 0.5 * math.exp(-(level - 1) / scale) == pytest.approx(delta)
    with pytest.raises(ValueError, match="delta above 0"):
        privacy.threshold(cells=cells, scale=scale, delta=0)


def test_noise_has_the_spread_it_is_asked_for():
    laplace, gaussian = privacy.laplace((400, 500), scale=2.0), privacy.gaussian((400, 500), deviation=2.0)

    # 200,000 draws: five standard errors.
    assert laplace.std() == pytest.approx(2 * math.sqrt(2), rel=0.02)
    assert gaussian.std() == pytest.approx(2, rel=0.01)
    assert np.abs([laplace.mean(), gaussian.mean()]).max() < 5 * 2.9 / math.sqrt(200_000)
    assert (np.abs(laplace) > 6).mean() == pytest.approx(math.exp(-3), rel=0.06)


def test_each_person_contributes_at_most_so_many_likes_evenly_drawn():
    likes = Reactions.of([0] * 8 + [1] * 2, [*range(8), 3, 5], shape=(3, 8))

    drawn = [privacy.at_most(likes, 4, seed=seed) for seed in range(400)]

    assert all(one.counts.tolist() == [4, 2, 0] for one in drawn)
    times = np.sum([np.bincount(one.of_person(0), minlength=8) for one in drawn], axis=0)
    # 200 expected of each picture, standard deviation 10.
    assert times == pytest.approx(np.full(8, 200), abs=50)
    assert np.array_equal(drawn[7].items, privacy.at_most(likes, 4, seed=7).items)
    with pytest.raises(ValueError, match="at least 1 like"):
        privacy.at_most(likes, 0, seed=0)
