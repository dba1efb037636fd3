"""Pictures that share words."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from recommender.engine.algorithms import tags
from recommender.engine.model import Fit, TrainingSet
from recommender.engine.reactions import Reactions

A, B = (1, 0, 1, 0, 1), (0, 1, 1, 1, 0)
ALL = {"k": 0, "truncate": "source"}


def training(table) -> TrainingSet:
    words = sparse.csr_matrix(np.asarray(table, float))
    return TrainingSet(likes=Reactions.of([], [], shape=(0, words.shape[0])), tags=words)


def slow_tfidf(table: np.ndarray) -> np.ndarray:
    """The definition, picture by picture."""
    pictures, words = table.shape
    weights = np.zeros(table.shape)
    for word in range(words):
        rare = np.log((1 + pictures) / (1 + (table[:, word] > 0).sum())) + 1
        weights[:, word] = table[:, word] * rare
    similar = np.zeros((pictures, pictures))
    for one in range(pictures):
        for other in range(pictures):
            norms = np.linalg.norm(weights[one]) * np.linalg.norm(weights[other])
            if one != other and norms > 0:
                similar[one, other] = weights[one] @ weights[other] / norms
    return similar


tables = st.tuples(st.integers(1, 6), st.integers(1, 5)).flatmap(
    lambda shape: st.lists(
        st.lists(st.sampled_from([0.0, 0.0, 0.4, 1.0]), min_size=shape[1], max_size=shape[1]),
        min_size=shape[0],
        max_size=shape[0],
    )
)


@settings(deadline=None)
@given(tables)
def test_tfidf_similarities_equal_the_definition(rows):
    table = np.array(rows)

    assert tags.fit_tfidf(training(table), ALL, Fit()).similar.toarray() == pytest.approx(slow_tfidf(table), abs=1e-6)


def test_the_worked_example_of_the_seed_formula_is_not_symmetric():
    # Pictures are documents over the words A and B: the first is (1, 0), the third (1, 1); N = 2.
    similar = tags.fit_seed_formula(training([(1, 0), (1, 1)]), ALL, Fit()).similar

    assert similar[0, 1] == pytest.approx(1)
    assert similar[1, 0] == pytest.approx(1 / (2 + np.log(1.5)))
    assert similar[1, 0] == pytest.approx(0.415720, abs=1e-6)


def test_a_picture_without_words_is_like_none_by_any_formula():
    table = [(1.0, 0.5), (0.0, 0.0), (1.0, 0.0)]

    for fit in (tags.fit_tfidf, tags.fit_seed_formula, tags.fit_lda):
        model = fit(training(table), {**ALL, "topics": 2, "iterations": 2}, Fit())

        assert not model.similar.toarray()[1].any()
        assert model.knows.tolist() == [True, False, True]


def test_pictures_about_one_topic_are_more_alike_than_pictures_about_two():
    table = np.kron(np.eye(2), np.ones((10, 6))) * np.random.default_rng(0).random((20, 12))

    model = tags.fit_lda(training(table), {**ALL, "topics": 2, "iterations": 20}, Fit())

    similar = model.similar.toarray() + np.eye(20)
    assert similar[:10, :10].min() > 0.9
    assert similar[:10, 10:].max() < 0.5


def test_topics_are_shares():
    shares = tags.topics(training([(1.0, 0.5), (0.0, 0.0)]).tags, number=3, iterations=2, seed=0)

    assert shares.sum(axis=1) == pytest.approx([1, 0])
