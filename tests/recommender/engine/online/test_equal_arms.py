import numpy as np
import pytest

from recommender.engine.online import equal_arms as module
from recommender.engine.online.comparison import Totals, compare
from recommender.engine.online.equal_arms import equal_arms


def log(*, people: int, looks: int, seed: int = 0):
    rng = np.random.default_rng(seed)
    exposures = rng.integers(0, 4, (people, looks)).cumsum(axis=1).astype(float)
    rates = rng.beta(2, 8, people)[:, None]
    events = rng.binomial(np.diff(exposures, axis=1, prepend=0).astype(int), rates).cumsum(axis=1).astype(float)
    return events, exposures, [f"user:{person}" for person in range(people)]


def test_arms_of_all_assignments_at_once_are_the_arms_one_by_one():
    events, exposures, _people = log(people=60, looks=3)
    members = np.random.default_rng(1).random((5, 60)) < 0.5

    people, ratio, variance = module._arm(members, events, exposures)

    for assignment in range(5):
        for at in range(3):
            here = members[assignment] & (exposures[:, at] > 0)
            slow = Totals(events[here, at], exposures[here, at])
            assert people[assignment, at] == len(slow)
            assert ratio[assignment, at] == pytest.approx(slow.value)
            assert variance[assignment, at] == pytest.approx(slow.variance)


def test_equal_arms_alarm_about_as_often_as_they_may():
    events, exposures, people = log(people=600, looks=10)

    found = equal_arms(events, exposures, people=people, assignments=600, effect=0.2)

    assert 0.025 <= found.fixed <= 0.075
    assert found.stop_rule <= 0.065
    assert max(found.fixed, found.stop_rule) <= found.either <= found.fixed + found.stop_rule
    assert (found.people, found.looks, found.assignments) == (600, 10, 600)


def test_the_shares_are_those_of_the_plain_test():
    events, exposures, people = log(people=300, looks=1)
    plain = 0
    for number in range(50):
        treated = module.arms(f"aa {number}", people, (1, 1)) == 1
        here = exposures[:, 0] > 0
        arms = (Totals(events[each & here, 0], exposures[each & here, 0]) for each in (~treated, treated))
        plain += compare(*arms).differs

    assert equal_arms(events, exposures, people=people, assignments=50, effect=0.2).fixed == plain / 50


def test_a_log_in_which_nothing_happened_checks_nothing():
    with pytest.raises(ValueError, match="something has happened"):
        equal_arms(np.zeros((9, 2)), np.ones((9, 2)), people=list("abcdefghi"), assignments=5, effect=0.1)
