"""People who like the same."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recommender.engine.algorithms import people
from recommender.engine.model import Fit, TrainingSet
from recommender.engine.reactions import Reactions

GOLDEN = {"k": 0, "shrink": 0.0, "power": 1.0}
A, B = (1, 0, 1, 0, 1), (0, 1, 1, 1, 0)
P, Q, T = (1, 1, 0), (0, 1, 1), (1, 0, 1)


def reactions(table) -> Reactions:
    dense = np.asarray(table, float)
    who, what = np.nonzero(dense)
    return Reactions.of(who, what, weights=dense[who, what], shape=dense.shape)


def fitted(table, **chosen) -> people.PeopleLikeYou:
    return people.fit_cosine(TrainingSet(likes=reactions(table)), {**GOLDEN, **chosen}, Fit())


def slow_scores(table: np.ndarray, *, k: int, shrink: float, power: float) -> np.ndarray:
    """The definition, pair by pair."""
    scores = np.zeros(table.shape)
    for person, own in enumerate(table):
        near = []
        for other, theirs in enumerate(table):
            both = own @ theirs
            if other != person and both > 0:
                near.append((-((both / (np.linalg.norm(own) * np.linalg.norm(theirs) + shrink)) ** power), other))
        for negative, other in sorted(near)[: k or None]:
            scores[person] += -negative * table[other]
    return scores


def test_the_cosine_of_the_worked_example_is_one_third():
    near = fitted([A, B]).neighbours(reactions([A, B])).toarray()

    assert near == pytest.approx(np.array([[0, 1 / 3], [1 / 3, 0]]))


def test_the_score_of_the_third_picture_with_two_half_like_neighbours_is_one():
    model = fitted([P, Q, T])

    assert model.neighbours(reactions([P, Q, T])).toarray() == pytest.approx((1 - np.eye(3)) / 2)
    assert model.score(reactions([P, Q, T]))[0, 2] == pytest.approx(1)


def test_a_stranger_with_the_same_likes_is_a_persons_nearest_neighbour():
    near = fitted([P, Q, T]).neighbours(reactions([P]).strangers()).toarray()

    assert near == pytest.approx(np.array([[1, 0.5, 0.5]]))


def test_of_equally_similar_people_the_first_is_kept():
    near = fitted([P, Q, T, Q], k=1).neighbours(reactions([P, Q, T, Q]).take([0, 2])).toarray()

    assert near == pytest.approx(np.array([[0, 0.5, 0, 0], [0.5, 0, 0, 0]]))


tables = st.tuples(st.integers(1, 7), st.integers(1, 7)).flatmap(
    lambda shape: st.lists(
        st.lists(st.integers(0, 1), min_size=shape[1], max_size=shape[1]), min_size=shape[0], max_size=shape[0]
    )
)


@settings(deadline=None)
@given(tables, st.integers(0, 4), st.sampled_from([0.0, 10.0]), st.sampled_from([1.0, 2.0]))
def test_scores_equal_the_definition(rows, k, shrink, power):
    table = np.array(rows, float)

    scores = fitted(table, k=k, shrink=shrink, power=power).score(reactions(table))

    assert scores == pytest.approx(slow_scores(table, k=k, shrink=shrink, power=power), abs=1e-5)


def test_many_people_are_compared_a_few_at_a_time(monkeypatch):
    table = (np.random.default_rng(0).random((40, 12)) < 0.3).astype(float)
    at_once = fitted(table).score(reactions(table))
    monkeypatch.setattr(people, "CELLS", 100)

    assert fitted(table).score(reactions(table)) == pytest.approx(at_once)
