import numpy as np
import pytest

from recommender.engine.online.comparison import Comparison
from recommender.engine.online.sequential import FEWEST, log_ratio, look, reach


def compared(difference: float, error: float, people: int = 1_000) -> Comparison:
    return Comparison(0.1, 0.1 + difference, difference, error, 0.0, 0.0, 0.5, (people, people))


def test_the_ratio_is_the_mean_likelihood_ratio_over_the_mixture():
    delta, variance, tau = 0.8, 0.3, 0.5
    effects = np.linspace(-8, 8, 200_001)
    density = np.exp(-(effects**2) / (2 * tau**2)) / np.sqrt(2 * np.pi * tau**2)
    ratio = np.exp((delta * effects - effects**2 / 2) / variance)

    mixed = np.trapezoid(ratio * density, effects)

    assert log_ratio(delta, variance, expected=tau) == pytest.approx(np.log(mixed), abs=1e-6)


def test_the_interval_ends_where_the_rule_would_stop():
    for error in (0.01, 0.1, 1.0):
        at_its_end = log_ratio(reach(error**2, expected=0.05), error**2, expected=0.05)

        assert at_its_end == pytest.approx(np.log(1 / 0.05))


def test_stopping_and_the_interval_agree():
    for difference in np.linspace(-0.02, 0.02, 21):
        seen = look(compared(difference, 0.003), expected=0.01)

        assert seen.stop == (not seen.low <= 0 <= seen.high)


def test_looking_all_the_time_at_nothing_alarms_in_no_more_than_one_of_twenty():
    rng = np.random.default_rng(0)
    steps = rng.standard_normal((4_000, 400))
    sizes = np.arange(1, 401)
    means = steps.cumsum(axis=1) / sizes

    ever = (log_ratio(means, 1 / sizes, expected=0.2) >= np.log(20)).any(axis=1)
    peeked = (np.abs(means) * np.sqrt(sizes) >= 1.96).any(axis=1)

    assert 0.01 < ever.mean() <= 0.05
    assert peeked.mean() > 0.3  # what looking at the fixed-size test at every step would do


def test_a_true_difference_is_found():
    rng = np.random.default_rng(1)
    sizes = np.arange(1, 1_001)
    means = (rng.standard_normal((500, 1_000)) + 0.2).cumsum(axis=1) / sizes

    assert (log_ratio(means, 1 / sizes, expected=0.2) >= np.log(20)).any(axis=1).mean() > 0.98


def test_too_few_people_never_stop_it():
    assert not look(compared(1.0, 0.001, people=FEWEST - 1), expected=0.01).stop
    assert look(compared(1.0, 0.001, people=FEWEST), expected=0.01).stop


@pytest.mark.parametrize("expected", [0.0, -1.0, float("nan")])
def test_an_expectation_must_be_positive(expected):
    with pytest.raises(ValueError, match="positive"):
        look(compared(0.1, 0.1), expected=expected)
