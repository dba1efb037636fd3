import numpy as np
import pytest

from recommender.engine.simulation.clicks import (
    DEFAULT,
    World,
    by_person,
    click_probability,
    clicks,
    examination,
    ranking,
    sessions,
)


@pytest.fixture(scope="module")
def seen():
    return sessions(1_500, rng=np.random.default_rng(0))


def test_the_simulator_is_as_it_is_described(seen):
    assert seen.relevance.shape == (1_500 * 10, 100)
    assert np.bincount(seen.person).tolist() == [10] * 1_500
    activity = np.log(seen.activity[:: DEFAULT.sessions])
    assert activity.std() == pytest.approx(1, abs=0.05)
    assert np.exp(activity).mean() == pytest.approx(1, abs=0.1)


def test_people_click_between_one_half_and_two_times_a_session(seen):
    assert 0.5 <= click_probability(seen, ranking(seen.serving)).sum(axis=1).mean() <= 2


def test_the_worsened_ranker_costs_about_a_fifth_of_the_clicks(seen):
    good, bad = (click_probability(seen, ranking(scores)).sum() for scores in (seen.serving, seen.worsened))

    assert 0.15 <= 1 - bad / good <= 0.25


def test_a_click_is_as_probable_as_relevance_rank_and_activity_say(seen):
    shown = ranking(seen.serving)

    probability = click_probability(seen, shown)

    expected = seen.activity[7] * seen.relevance[7, shown[7, 2]] / np.log2(4)
    assert probability[7, 2] == pytest.approx(min(1, expected))
    assert probability.max() <= 1


def test_ranks_are_examined_by_the_discount_of_dcg():
    np.testing.assert_allclose(examination(3), [1, 0.6309298, 0.5])


def test_clicks_come_as_often_as_they_are_probable(seen):
    shown = ranking(seen.serving)

    clicked = clicks(seen, shown, rng=np.random.default_rng(1))

    assert clicked.sum() == pytest.approx(click_probability(seen, shown).sum(), rel=0.03)


def test_a_ranking_has_the_best_first():
    assert ranking(np.array([[0.1, 0.9, 0.5]], np.float32)).tolist() == [[1, 2, 0]]


def test_numbers_of_sessions_are_summed_by_person():
    two = sessions(2, rng=np.random.default_rng(2), world=World(sessions=3))

    assert by_person(two, np.array([1, 2, 3, 10, 20, 30])).tolist() == [6, 60]


def test_the_same_seed_gives_the_same_people():
    one, other = (sessions(3, rng=np.random.default_rng(5)) for _ in range(2))

    np.testing.assert_array_equal(one.worsened, other.worsened)


def test_nobody_has_no_sessions():
    assert sessions(0, rng=np.random.default_rng(0)).people == 0
