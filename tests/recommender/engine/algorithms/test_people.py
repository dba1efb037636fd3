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
                near.append((-((both / (np.sqrt((own @ own) * (theirs @ theirs)) + shrink)) ** power), other))
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


def correlation(one, other, **words) -> float:
    matrices = (reactions([row]).matrix().astype(float) for row in (one, other))
    return people.correlations(*matrices, **{"overlap_only": False, **words})[0, 0]


def test_the_correlation_of_the_worked_example_is_minus_two_thirds():
    assert correlation(A, B) == pytest.approx(-2 / 3)


def test_one_common_entry_is_no_correlation():
    assert correlation(A, B, overlap_only=True) == 0


@pytest.mark.parametrize("constant", [(0, 0, 0), (1, 1, 1)])
def test_a_constant_row_correlates_with_nothing(constant):
    assert correlation(constant, (1, 0, 1)) == 0
    assert correlation((1, 0, 1), constant) == 0


ratings = st.lists(st.lists(st.integers(0, 5), min_size=5, max_size=5), min_size=2, max_size=6)


@settings(deadline=None)
@given(ratings)
def test_correlations_equal_those_of_numpy_over_all_columns_and_over_common_ones(rows):
    table = np.array(rows, float)
    matrix = reactions(table).matrix().astype(float)

    everywhere, common = (people.correlations(matrix, matrix, overlap_only=only) for only in (False, True))

    for one, other in np.ndindex(everywhere.shape):
        both = (table[one] > 0) & (table[other] > 0)
        assert everywhere[one, other] == pytest.approx(slow_correlation(table[one], table[other]), abs=1e-9)
        assert common[one, other] == pytest.approx(slow_correlation(table[one, both], table[other, both]), abs=1e-9)


def slow_correlation(one: np.ndarray, other: np.ndarray) -> float:
    if one.size < 2 or not np.ptp(one) or not np.ptp(other):
        return 0.0
    return float(np.corrcoef(one, other)[0, 1])


def pearson(table, *, rated=None, **chosen) -> people.PeopleWhoAgree:
    training = TrainingSet(likes=reactions(table), ratings=None if rated is None else reactions(rated))
    return people.fit_pearson(training, {"k": 0, "overlap_only": False, "ratings": False, **chosen}, Fit())


def test_of_likes_only_those_who_agree_count_and_are_added_up():
    table = np.array([(1, 1, 0, 0, 0), (1, 1, 1, 0, 0), (0, 0, 0, 1, 1)], float)

    scores = pearson(table).score(reactions(table))

    assert scores[0] == pytest.approx(np.corrcoef(table[0], table[1])[0, 1] * table[1], abs=1e-6)


def test_a_rating_is_the_persons_mean_and_what_others_say_about_theirs():
    rated = np.array([(5, 3, 1, 0), (4, 3, 2, 5), (1, 3, 5, 1)], float)

    scores = pearson(rated, rated=rated, ratings=True, overlap_only=True).score(reactions(rated > 3))

    # The second agrees fully with the first and the third fully disagrees; their means are 3.5 and 2.5.
    assert scores[0, 3] == pytest.approx(3 + ((5 - 3.5) - (1 - 2.5)) / 2)


def test_a_strangers_ratings_are_the_weights_of_their_history():
    rated = np.array([(5, 3, 1, 0), (4, 3, 2, 5), (1, 3, 5, 1)], float)
    model = pearson(rated[1:], rated=rated[1:], ratings=True, overlap_only=True)

    scores = model.score(reactions(rated[:1]).strangers())

    assert scores[0, 3] == pytest.approx(3 + ((5 - 3.5) - (1 - 2.5)) / 2)


def test_ratings_cannot_be_learned_from_where_nobody_rates():
    with pytest.raises(ValueError, match="only where people rate"):
        pearson([A, B], ratings=True)
