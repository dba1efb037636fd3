import numpy as np
import pytest
from scipy import sparse

from recommender.engine.config import RankingConfig
from recommender.engine.factors import train_ials, with_gram

SMALL = RankingConfig(factors=8, factor_regularisation=0.5, factor_confidence=10.0)


def likes(seed: int = 0) -> sparse.csr_matrix:
    rng = np.random.default_rng(seed)
    return sparse.csr_matrix((rng.random((40, 30)) < 0.2).astype(np.float32))


def dense_oracle(items: np.ndarray, rows: np.ndarray, weights: np.ndarray, config: RankingConfig) -> np.ndarray:
    """The loss over all pictures, liked or not, minimised as one least-squares problem."""
    confidence, wish = np.ones(len(items)), np.zeros(len(items))
    confidence[rows], wish[rows] = config.factor_confidence * weights, 1
    left = np.concatenate([np.sqrt(confidence)[:, None] * items, np.sqrt(config.factor_regularisation) * np.eye(8)])
    right = np.concatenate([np.sqrt(confidence) * wish, np.zeros(8)])
    return np.linalg.lstsq(left, right, rcond=None)[0]


def test_folding_in_solves_the_least_squares_problem_exactly():
    rng = np.random.default_rng(0)
    factors = with_gram(rng.standard_normal((30, 8)).astype(np.float32), SMALL)
    rows, weights = np.array([3, 7, 21]), np.array([1.0, 0.4, 0.05])

    vector = factors.fold_in(rows, weights).vector

    assert np.abs(vector - dense_oracle(factors.items.astype(float), rows, weights, SMALL)).max() < 1e-4


def test_leaving_a_like_out_equals_folding_in_the_others():
    factors = with_gram(np.random.default_rng(0).standard_normal((30, 8)).astype(np.float32), SMALL)
    rows, weights = np.array([3, 7, 21]), np.array([1.0, 0.4, 0.05])

    for like in range(3):
        others = factors.fold_in(np.delete(rows, like), np.delete(weights, like)).vector
        assert np.allclose(factors.fold_in(rows, weights).without(like), others, atol=1e-10)


def test_nobody_folded_in_prefers_nothing():
    factors = with_gram(np.random.default_rng(0).standard_normal((30, 8)).astype(np.float32), SMALL)

    assert not factors.score(factors.fold_in(np.array([], int), np.array([])).vector).any()


def test_folding_in_agrees_with_the_library_that_trained():
    pytest.importorskip("implicit")
    from implicit.als import AlternatingLeastSquares

    matrix = likes()
    factors = train_ials(matrix, config=SMALL)
    model = AlternatingLeastSquares(factors=8, regularization=0.5, alpha=10.0, num_threads=1)
    model.item_factors = factors.items
    expected = model.recalculate_user(np.arange(40), matrix)

    for person in range(40):
        vector = factors.fold_in(matrix[person].indices, np.ones(matrix[person].nnz)).vector
        assert np.abs(vector - expected[person]).max() < 1e-4


def test_training_is_repeatable_and_prefers_what_people_like():
    pytest.importorskip("implicit")
    matrix = likes()

    once, again = (train_ials(matrix, seed=3, config=SMALL) for _ in range(2))
    scores = once.score(once.fold_in(matrix[0].indices, np.ones(matrix[0].nnz)).vector)

    assert np.array_equal(once.items, again.items)
    liked = np.isin(np.arange(30), matrix[0].indices)
    assert scores[liked].mean() > scores[~liked].mean() + 0.3
