"""Pictures that are like liked pictures."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recommender.engine.algorithms import items
from recommender.engine.model import Fit, TrainingSet
from recommender.engine.reactions import Reactions

A, B = (1, 0, 1, 0, 1), (0, 1, 1, 1, 0)
ALL = {"k": 0, "truncate": "source"}


def reactions(table) -> Reactions:
    dense = np.asarray(table, float)
    who, what = np.nonzero(dense)
    return Reactions.of(who, what, weights=dense[who, what], shape=dense.shape)


def slow_cosine(table: np.ndarray, shrink: float) -> np.ndarray:
    """The definition, pair by pair."""
    pictures = table.shape[1]
    similar = np.zeros((pictures, pictures))
    for one in range(pictures):
        for other in range(pictures):
            both = table[:, one] @ table[:, other]
            if one != other and both > 0:
                norms = np.sqrt(table[:, one].sum() * table[:, other].sum())
                similar[one, other] = both / (norms + shrink)
    return similar


def slow_nearest(similar: np.ndarray, k: int) -> np.ndarray:
    kept = np.zeros_like(similar)
    for row, line in enumerate(similar):
        for value, column in sorted((-value, column) for column, value in enumerate(line) if value > 0)[:k]:
            kept[row, column] = -value
    return kept


def fitted(table, **chosen) -> items.ItemNeighbours:
    return items.fit_cosine(TrainingSet(likes=reactions(table)), {**ALL, "shrink": 0.0, **chosen}, Fit())


def test_the_cosine_of_the_worked_example_is_one_over_the_root_of_two():
    assert fitted([A, B]).similar[0, 2] == pytest.approx(1 / np.sqrt(2))


def test_a_score_is_the_sum_of_the_similarities_to_what_is_liked():
    model = fitted([A, B])

    scores = model.score(reactions([(1, 1, 0, 0, 0)]).strangers())

    assert scores[0, 2] == pytest.approx(2 / np.sqrt(2))


tables = st.tuples(st.integers(1, 7), st.integers(1, 7)).flatmap(
    lambda shape: st.lists(
        st.lists(st.integers(0, 1), min_size=shape[1], max_size=shape[1]), min_size=shape[0], max_size=shape[0]
    )
)


@settings(deadline=None)
@given(tables, st.integers(1, 7), st.sampled_from([0.0, 10.0]))
def test_scores_equal_the_definition_whichever_side_is_cut(rows, k, shrink):
    table = np.array(rows, float)
    similar = slow_cosine(table, shrink)

    by_source = fitted(table, k=k, shrink=shrink, truncate="source").score(reactions(table))
    by_target = fitted(table, k=k, shrink=shrink, truncate="target").score(reactions(table))

    assert by_source == pytest.approx(table @ slow_nearest(similar, k), abs=1e-5)
    assert by_target == pytest.approx(table @ slow_nearest(similar, k).T, abs=1e-5)


def test_only_two_sides_can_be_cut():
    with pytest.raises(ValueError, match="source or target, not middle"):
        fitted([A, B], truncate="middle")


def slow_euclidean(table: np.ndarray) -> np.ndarray:
    """The definition, pair by pair."""
    pictures = table.shape[1]
    similar = np.zeros((pictures, pictures))
    for one in range(pictures):
        for other in range(pictures):
            if one != other and table[:, one].any() and table[:, other].any():
                similar[one, other] = 1 / (1 + np.sqrt(((table[:, one] - table[:, other]) ** 2).sum()))
    return similar


def euclidean(table, *, k: int = 0) -> items.ItemNeighbours:
    return items.fit_euclidean(TrainingSet(likes=reactions(table)), {**ALL, "k": k}, Fit())


def test_the_euclidean_similarity_of_the_worked_example_is_one_half():
    assert euclidean([A, B]).similar[0, 2] == pytest.approx(1 / 2)


@settings(deadline=None)
@given(tables, st.integers(1, 7))
def test_euclidean_similarities_equal_the_definition(rows, k):
    table = np.array(rows, float)

    assert euclidean(table, k=k).similar.toarray() == pytest.approx(slow_nearest(slow_euclidean(table), k), abs=1e-6)
