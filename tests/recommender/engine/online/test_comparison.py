import numpy as np
import pytest

from recommender.engine.online.comparison import Totals, compare, harms, people_needed


def people(rng, size: int, *, rate: float) -> Totals:
    """People who look at very different numbers of pictures, at rates of their own."""
    exposures = np.ceil(rng.lognormal(2, 1, size))
    return Totals(rng.binomial(exposures.astype(int), np.clip(rng.beta(2, 6, size) * rate, 0, 1)) * 1.0, exposures)


def test_the_value_is_events_an_exposure_not_the_mean_of_rates():
    assert Totals(np.array([1.0, 0.0]), np.array([1.0, 9.0])).value == 0.1


def test_the_variance_is_what_repeated_samples_show():
    rng = np.random.default_rng(0)
    samples = [people(rng, 400, rate=1) for _ in range(600)]

    said = np.mean([sample.variance for sample in samples])
    seen = np.var([sample.value for sample in samples])

    assert said == pytest.approx(seen, rel=0.15)


def test_the_variance_is_larger_than_if_every_impression_were_its_own_person():
    sample = people(np.random.default_rng(1), 2_000, rate=1)

    binomial = sample.value * (1 - sample.value) / sample.exposures.sum()

    assert sample.variance > 2 * binomial


def test_one_exposure_a_person_is_the_plain_mean():
    events = np.random.default_rng(2).integers(0, 2, 500).astype(float)

    assert Totals(events, np.ones(500)).variance == pytest.approx(events.var(ddof=1) / 500)


def test_intervals_hold_the_difference_in_ninety_five_of_a_hundred():
    rng = np.random.default_rng(3)
    found = [compare(people(rng, 300, rate=1), people(rng, 300, rate=1)) for _ in range(600)]

    assert 0.92 <= np.mean([each.low <= 0 <= each.high for each in found]) <= 0.975


def test_a_test_and_its_interval_agree():
    rng = np.random.default_rng(4)
    for _ in range(50):
        found = compare(people(rng, 300, rate=1), people(rng, 300, rate=1.15))

        assert found.differs == (not found.low <= 0 <= found.high)


def test_the_planned_size_has_the_power_it_promises():
    rng = np.random.default_rng(5)
    size = people_needed(people(rng, 50_000, rate=1), relative=0.2)

    found = [compare(people(rng, size, rate=1), people(rng, size, rate=1.2)).differs for _ in range(400)]

    assert 0.74 <= np.mean(found) <= 0.87  # planned for 0.8, the spread of the better arm is a little larger


def test_a_known_size():
    # z = 1.959964 + 0.841621 = 2.801585; n = z² · 2 · s²/(0.1 · 0.5)², and s² = 0.25 · 100/99 of 50 ones and 50 zeros
    past = Totals(np.repeat([0.0, 1.0], 50), np.ones(100))

    assert people_needed(past, relative=0.1) == int(np.ceil(2.801585**2 * 2 * 0.25 * 100 / 99 / 0.05**2))


def test_arms_without_people_do_not_differ():
    nobody = Totals(np.empty(0), np.empty(0))

    found = compare(nobody, nobody)

    assert (found.p, found.differs, found.relative) == (1.0, False, None)
    assert np.isinf(found.error)


def test_a_size_cannot_be_planned_from_nothing():
    with pytest.raises(ValueError, match="planned"):
        people_needed(Totals(np.zeros(10), np.ones(10)), relative=0.1)


def test_totals_of_different_lengths_are_refused():
    with pytest.raises(ValueError, match="2 events with 3 exposures"):
        Totals(np.ones(2), np.ones(3))


def test_a_guard_is_harmed_only_beyond_its_margin_and_interval():
    rng = np.random.default_rng(6)
    worse = compare(people(rng, 4_000, rate=1), people(rng, 4_000, rate=0.7))
    same = compare(people(rng, 4_000, rate=1), people(rng, 4_000, rate=1))

    assert harms(worse)
    assert not harms(worse, margin=0.5)
    assert not harms(same)
