import numpy as np
import pytest

from recommender.engine.online.replay import ENOUGH, LARGEST, explored_propensity, replay


def log(rng, *, people: int = 400, each: int = 40, lot: int = 10):
    """Evenly drawn cards whose reward depends on the card; the target always places card 0."""
    person = np.repeat(np.arange(people), each)
    card = rng.integers(0, lot, person.size)
    rewards = (rng.random(person.size) < 0.1 + 0.03 * card).astype(float)
    return {
        "rewards": rewards,
        "propensities": np.full(person.size, 1 / lot),
        "targets": (card == 0).astype(float),
        "people": person,
    }


def test_the_target_is_judged_by_the_places_where_the_same_card_was_drawn():
    logged = log(np.random.default_rng(0))

    found = replay(**logged)

    assert found.value == pytest.approx(0.1, abs=0.03)
    assert found.value < 0.2 < logged["rewards"].mean()


def test_intervals_hold_the_truth():
    rng = np.random.default_rng(1)
    found = [replay(**log(rng)) for _ in range(200)]

    assert np.mean([each.low <= 0.1 <= each.high for each in found]) >= 0.9


def test_the_logging_policy_replays_to_its_own_mean():
    logged = log(np.random.default_rng(2))

    found = replay(**logged | {"targets": logged["propensities"]})

    assert found.value == pytest.approx(logged["rewards"].mean())
    assert found.effective == pytest.approx(found.places)


def test_the_effective_size_counts_equal_weights_as_one_each():
    found = replay(**log(np.random.default_rng(3)))

    assert found.effective == pytest.approx((log(np.random.default_rng(3))["targets"] == 1).sum())
    assert found.is_enough == (found.effective >= ENOUGH)


def test_weights_are_clipped():
    found = replay(
        rewards=np.array([1.0, 0.0]),
        propensities=np.array([0.001, 1.0]),
        targets=np.array([1.0, 1.0]),
        people=np.array([0, 1]),
    )

    assert found.value == pytest.approx(LARGEST / (LARGEST + 1))


def test_an_empty_log_has_no_verdict():
    nothing = np.empty(0)

    found = replay(rewards=nothing, propensities=nothing, targets=nothing, people=np.empty(0, np.int64))

    assert (found.places, found.effective, found.is_enough) == (0, 0.0, False)


@pytest.mark.parametrize(("propensity", "target"), [(0.0, 1.0), (1.5, 1.0), (0.5, -0.1), (0.5, 1.1), (np.nan, 1.0)])
def test_what_is_no_probability_is_refused(propensity, target):
    with pytest.raises(ValueError, match="propensity"):
        replay(
            rewards=np.ones(1),
            propensities=np.array([propensity]),
            targets=np.array([target]),
            people=np.zeros(1, np.int64),
        )


def test_the_propensity_of_an_explored_place_is_that_of_the_draw():
    # 5 % of the places draw evenly from 100; else the best is placed: 0.05/100, and 0.95 + 0.05/100 for the best.
    found = explored_propensity(np.array([0.0005, 0.9505]), rate=0.05)

    np.testing.assert_allclose(found, 0.01)
