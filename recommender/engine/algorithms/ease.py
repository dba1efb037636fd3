"""EASE: weights from every picture to every other, in closed form."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from scipy import sparse
from scipy.linalg import lapack

from recommender.engine.arrays import Mask, Rows, Scores, Vectors
from recommender.engine.model import Algorithm, Fit, Settings, TrainingSet
from recommender.engine.reactions import Reactions

STRIPE = 512
"""Rows of a square matrix that are worked on at once."""


@dataclass(frozen=True, eq=False)
class Linear:
    """score(u, j) = Σ over u's likes i of w_i · B_ij, a like k likes ago weighing 0.5^(k / half_life), 0 for no fading.

    `weights` (m, m) float32: B of the `kept` (m,) pictures.  `dropped`: rows of the pictures that were liked, but by
    too few to be among the kept; they score 0, and likes of them say nothing.  `pictures`: n.
    """

    weights: Vectors
    kept: Rows
    dropped: Rows
    pictures: int
    half_life: float

    def score(self, people: Reactions) -> Scores:
        scores = np.zeros((len(people), self.pictures), np.float32)
        likes = people.faded(self.half_life).matrix()[:, self.kept]
        scores[:, self.kept] = likes @ self.weights
        return scores

    @property
    def knows(self) -> Mask:
        known = np.zeros(self.pictures, np.bool_)
        known[self.kept] = True
        return known


def fit_ease(training: TrainingSet, settings: Settings, _fit: Fit) -> Linear:
    """EASE (Steck, WWW 2019): P = (XᵀX + λI)⁻¹, B_ij = −P_ij / P_jj, the diagonal 0; float32, in one array.

    ValueError for a regularisation λ that is not positive.
    """
    kept, dropped = most_liked(training.likes, settings["max_items"])
    likes = training.likes.matrix()[:, kept]
    inverse = inverted(ridge(gram_of([(likes, likes)], kept.size), settings["regularisation"]))
    inverse /= -inverse.diagonal()
    np.fill_diagonal(inverse, 0)
    return Linear(inverse, kept, dropped, training.pictures, float(settings["half_life"]))


def most_liked(likes: Reactions, limit: int) -> tuple[Rows, Rows]:
    """The `limit` pictures that most people like, equal ones by row, and the other liked ones; both ascending."""
    counts = np.bincount(likes.items, minlength=likes.pictures)
    order = np.argsort(-counts, kind="stable")[: np.count_nonzero(counts)].astype(np.int64)
    return np.sort(order[:limit]), np.sort(order[limit:])


def gram_of(blocks: Iterable[tuple[sparse.csr_matrix, sparse.csr_matrix]], size: int) -> Vectors:
    """(size, size) float32: Σ leftᵀ·right over blocks of rows; a stripe at a time, so no sparse product is whole."""
    total = np.zeros((size, size), np.float32)
    for left, right in blocks:
        turned = left.T.tocsr()
        for start in range(0, size, STRIPE):
            total[start : start + STRIPE] += (turned[start : start + STRIPE] @ right).toarray()
    return total


def ridge(gram: Vectors, regularisation: float) -> Vectors:
    """λ added to the diagonal, in place. ValueError for a λ that is not positive."""
    if regularisation <= 0:
        raise ValueError("the regularisation of a linear model is more than 0")
    gram[np.diag_indices_from(gram)] += np.float32(regularisation)
    return gram


def inverted(matrix: Vectors) -> Vectors:
    """The inverse of a symmetric positive definite matrix (n, n) float32, in its own memory."""
    if not matrix.size:
        return matrix
    factor, failed = lapack.spotrf(matrix.T, lower=1, clean=0, overwrite_a=1)
    assert not failed, "ridge() has made it positive definite"
    inverse, _ = lapack.spotri(factor, lower=1, overwrite_c=1)
    whole: Vectors = inverse.T
    for start in range(0, len(whole), STRIPE):
        # LAPACK fills one triangle alone: the upper one, seen from here.
        stop = start + STRIPE
        whole[stop:, start:stop] = whole[start:stop, stop:].T
        corner = np.triu(whole[start:stop, start:stop])
        whole[start:stop, start:stop] = corner + np.triu(corner, 1).T
    return whole


ENTRIES = (
    Algorithm(
        name="ease",
        family="factors",
        summary="Weights from picture to picture, solved for all of them at once.",
        fit=fit_ease,
        model=lambda: Linear,
        defaults={"regularisation": 300.0, "max_items": 10_000, "half_life": 10.0},
        grid=tuple(
            {"regularisation": regularisation, "half_life": half_life}
            for regularisation in (200.0, 300.0, 500.0)
            for half_life in (5.0, 10.0, 20.0, 0.0)
        ),
    ),
)
