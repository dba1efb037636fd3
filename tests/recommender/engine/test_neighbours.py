import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from recommender.engine.config import RankingConfig
from recommender.engine.neighbours import co_likes, item_cosine, item_tfidf, tag_vectors

A, B = (1, 0, 1, 0, 1), (0, 1, 1, 1, 0)
GENTLE = RankingConfig(co_like_shrink=0.0)


def test_the_worked_example_of_item_cosine():
    people = sparse.csr_matrix([A, B])

    pictures = item_cosine(people).toarray()
    transposed = item_cosine(people.T).toarray()

    assert pictures[0, 2] == pytest.approx(1 / np.sqrt(2))
    assert transposed[0, 1] == pytest.approx(1 / 3), "the cosine of the two people themselves"


def test_each_pair_of_p_q_t_has_cosine_one_half():
    cosines = item_cosine(sparse.csr_matrix([(1, 1, 0), (0, 1, 1), (1, 0, 1)]).T).toarray()

    assert np.allclose(cosines, 0.5 * (1 - np.eye(3)))


def test_tfidf_of_two_documents_is_the_cosine_of_their_weighted_words():
    vectors = tag_vectors(sparse.csr_matrix([A, B]))

    one, two = np.array(A, float), np.array(B, float)
    rarity = np.log(3 / (1 + one + two)) + 1
    expected = (one * rarity) @ (two * rarity) / np.linalg.norm(one * rarity) / np.linalg.norm(two * rarity)
    assert item_tfidf(vectors, np.array([0]))[0] == pytest.approx([1.0, expected])


def test_a_picture_without_tags_is_like_none():
    vectors = tag_vectors(sparse.csr_matrix([(1.0, 0.5), (0.0, 0.0)]))

    assert item_tfidf(vectors, np.array([0, 1])).tolist() == [[pytest.approx(1), 0], [0, 0]]


matrices = st.integers(1, 8).flatmap(
    lambda n: st.lists(st.lists(st.integers(0, 1), min_size=n, max_size=n), min_size=1, max_size=8)
)


@settings(deadline=None)
@given(matrices, st.floats(0, 5))
def test_item_cosine_equals_the_dense_formula(rows, shrink):
    dense = np.array(rows, float)
    norms = np.linalg.norm(dense, axis=0)
    bottom = np.outer(norms, norms) + shrink
    expected = np.divide(dense.T @ dense, bottom, out=np.zeros_like(bottom), where=np.outer(norms, norms) > 0)
    np.fill_diagonal(expected, 0)

    assert np.allclose(item_cosine(sparse.csr_matrix(dense), shrink=shrink).toarray(), expected)


@settings(deadline=None)
@given(matrices)
def test_co_likes_score_and_count_as_the_dense_matrix_does(rows):
    dense = np.array(rows, float)
    model = co_likes(sparse.csr_matrix(dense), GENTLE)
    every = np.arange(dense.shape[1])

    together = dense.T @ dense
    np.fill_diagonal(together, 0)
    assert np.array_equal(model.shared(every, every), together)
    weights = np.linspace(0.2, 1, dense.shape[1])
    assert np.allclose(
        model.score(every, weights), weights @ item_cosine(sparse.csr_matrix(dense)).toarray(), atol=1e-6
    )


def test_only_the_nearest_are_kept_equal_ones_by_row():
    likes = sparse.csr_matrix([(1, 1, 1, 1), (1, 1, 0, 0)])

    model = co_likes(likes, RankingConfig(neighbours=2, co_like_shrink=0.0))

    assert model.neighbours[model.of(0)].tolist() == [1, 2]
    assert model.people[model.of(0)].tolist() == [2, 1]
    assert model.shared(np.array([0, -1]), np.array([1, -1, 3])).tolist() == [[2, 0, 1], [0, 0, 0]]


def test_one_shared_like_is_weak_evidence():
    few = sparse.csr_matrix([(1, 1)])
    many = sparse.csr_matrix([(1, 1)] * 20)

    assert co_likes(many).similarity[0] > 3 * co_likes(few).similarity[0]
    assert len(co_likes(sparse.csr_matrix((0, 3)))) == 3
