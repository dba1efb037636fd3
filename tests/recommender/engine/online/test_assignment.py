import numpy as np
import pytest
from scipy import stats

from recommender.engine.online.assignment import ALARM, arm, arms, place, sample_ratio

PEOPLE = [f"user:{number}" for number in range(20_000)]


def test_a_person_stays_in_their_arm():
    assert [arm("colour", person, (1, 1)) for person in PEOPLE[:50]] == arms("colour", PEOPLE[:50], (1, 1)).tolist()


def test_arms_are_as_large_as_their_shares():
    counts = np.bincount(arms("thirds", PEOPLE, (1, 1, 4)), minlength=3)

    assert sample_ratio(counts, (1, 1, 4)) > ALARM
    np.testing.assert_allclose(counts / len(PEOPLE), (1 / 6, 1 / 6, 2 / 3), atol=0.01)


def test_arms_of_one_experiment_say_nothing_about_another():
    one, other = arms("one", PEOPLE, (1, 1)), arms("other", PEOPLE, (1, 1))

    assert abs(np.corrcoef(one, other)[0, 1]) < 0.02


def test_a_name_and_a_person_are_kept_apart():
    assert place("ab", "c") != place("a", "bc")


def test_the_sample_ratio_is_that_of_a_library():
    assert sample_ratio([480, 520], (1, 1)) == pytest.approx(stats.chisquare([480, 520]).pvalue)


def test_arms_that_lost_people_are_noticed():
    assert sample_ratio([1000, 800], (1, 1)) < ALARM


def test_nobody_is_no_mismatch():
    assert sample_ratio([0, 0], (1, 1)) == 1


@pytest.mark.parametrize("shares", [(1,), (1, 0), (1, -1), (1, float("nan"))])
def test_shares_that_make_no_experiment_are_refused(shares):
    with pytest.raises(ValueError, match="two arms"):
        arm("bad", "user:1", shares)


def test_counts_and_shares_must_match():
    with pytest.raises(ValueError, match="3 arms with 2 shares"):
        sample_ratio([1, 2, 3], (1, 1))
