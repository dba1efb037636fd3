"""People who like the same: each person's most similar people, and what those like."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from recommender.engine.arrays import Mask, Rows, Scores, Weights
from recommender.engine.model import Algorithm, Fit, Settings, TrainingSet
from recommender.engine.neighbours import squared_lengths
from recommender.engine.reactions import Reactions

CELLS = 8_000_000
"""Similarities of people to people that are held at once; float32."""
ROUNDING = 1e-9
"""A variance below this share of the sum of squares is none."""


@dataclass(frozen=True, eq=False)
class PeopleLikeYou:
    """score(u, j) = Σ over the neighbours k of u of S_uk · R_kj, S_uk = (r_u·r_k / (‖r_u‖‖r_k‖ + shrink))^power.

    Not normalised, S > 0 only (Herlocker et al., SIGIR 1999, for shrinking what few common entries say).
    `likes` (p, n) float32: everybody the model knows.  `squares` (p,): ‖r_k‖².  `k`: neighbours, 0 for all of them.
    """

    likes: sparse.csr_matrix
    squares: Weights
    k: int
    shrink: float
    power: float

    def score(self, people: Reactions) -> Scores:
        scores = np.empty((len(people), self.likes.shape[1]), np.float32)
        for start, block in blocks(people, width=2 * len(self.squares)):
            near = self.neighbours(block)
            scores[start : start + len(block)] = (near @ self.likes).toarray()
        return scores

    def neighbours(self, people: Reactions) -> sparse.csr_matrix:
        """(b, p): S of each person's `k` most similar people, themself left out, equal ones by row."""
        rows = people.matrix()
        dots = (rows @ self.likes.T).toarray()
        bottom = np.sqrt(squared_lengths(rows, axis=1)[:, None] * self.squares) + self.shrink
        similar = np.divide(dots, bottom, out=np.zeros_like(dots), where=dots > 0, casting="same_kind") ** self.power
        return nearest_people(similar, people.known, k=self.k)

    @property
    def knows(self) -> Mask:
        known: Mask = self.likes.getnnz(axis=0) > 0
        return known


@dataclass(frozen=True, eq=False)
class PeopleWhoAgree:
    """Pearson's correlation of two people, and what the `k` most similar people think (Resnick et al., CSCW 1994).

    Likes: score(u, j) = Σ S_uk R_kj over S > 0.  Explicit ratings: r̄_u + Σ S_uk (R_kj − r̄_k) / Σ |S_uk| over the
    neighbours that rated j, r̄_u where none did; of people the model knows their own ratings count, of strangers the
    weights of their history.
    `reactions` (p, n) float64: likes or ratings.  `means` (p,): of each person's ratings.  `mean`: of all.
    `overlap_only`: correlated over common entries, of which two are needed; else over all columns, unrated ones 0.
    """

    reactions: sparse.csr_matrix
    means: Weights
    mean: float
    k: int
    overlap_only: bool
    explicit: bool

    def score(self, people: Reactions) -> Scores:
        scores = np.empty((len(people), self.reactions.shape[1]), np.float32)
        for start, block in blocks(people, width=8 * len(self.means)):
            own = self._own(block)
            similar = correlations(own, self.reactions, overlap_only=self.overlap_only)
            if not self.explicit:
                np.maximum(similar, 0, out=similar)
            near = nearest_people(similar, block.known, k=self.k)
            scores[start : start + len(block)] = self._ratings(own, near) if self.explicit else self._likes(near)
        return scores

    def _own(self, people: Reactions) -> sparse.csr_matrix:
        rows = sparse.csr_matrix(people.matrix(), dtype=np.float64)
        if not self.explicit:
            return rows
        met = people.known >= 0
        stored = self.reactions[np.where(met, people.known, 0)] if len(self.means) else rows
        return sparse.diags(met.astype(float)) @ stored + sparse.diags(1.0 - met) @ rows

    def _likes(self, near: sparse.csr_matrix) -> Weights:
        total: Weights = (near @ self.reactions).toarray()
        return total

    def _ratings(self, own: sparse.csr_matrix, near: sparse.csr_matrix) -> Weights:
        counts = own.getnnz(axis=1)
        level = np.divide(own.sum(axis=1).A1, counts, out=np.full(counts.size, self.mean), where=counts > 0)
        rated, apart = _ones(self.reactions), self.reactions.copy()
        apart.data = apart.data - np.repeat(self.means, np.diff(apart.indptr))
        said, weight = (near @ apart).toarray(), (abs(near) @ rated).toarray()
        ratings: Weights = level[:, None] + np.divide(said, weight, out=np.zeros_like(said), where=weight > 0)
        return ratings

    @property
    def knows(self) -> Mask:
        known: Mask = self.reactions.getnnz(axis=0) > 0
        return known


def correlations(own: sparse.csr_matrix, others: sparse.csr_matrix, *, overlap_only: bool) -> Weights:
    """(b, p) Pearson's correlations of the rows of (b, n) and (p, n), in [-1, 1].

    overlap_only: over the columns in which both have an entry; else over all.  0 for a row that is constant there,
    and for fewer than two columns.
    """
    both = (own @ others.T).toarray()
    if overlap_only:
        one, other = _ones(own), _ones(others)
        n = (one @ other.T).toarray()
        sums = (own @ other.T).toarray(), (one @ others.T).toarray()
        squares = (own.power(2) @ other.T).toarray(), (one @ others.power(2).T).toarray()
    else:
        n = np.full(both.shape, float(own.shape[1]))
        sums = own.sum(axis=1).A1[:, None], others.sum(axis=1).A1[None, :]
        squares = own.power(2).sum(axis=1).A1[:, None], others.power(2).sum(axis=1).A1[None, :]
    spreads = [n * square - total**2 for total, square in zip(sums, squares, strict=True)]
    varies = (n >= 2) & np.logical_and(
        *(spread > ROUNDING * n * sq for spread, sq in zip(spreads, squares, strict=True))
    )
    bottom = np.sqrt(np.where(varies, spreads[0] * spreads[1], 1))
    correlation: Weights = np.where(varies, (n * both - sums[0] * sums[1]) / bottom, 0)
    return correlation


def _ones(matrix: sparse.csr_matrix) -> sparse.csr_matrix:
    """1 wherever something is stored."""
    ones = np.ones(matrix.nnz)
    return sparse.csr_matrix((ones, matrix.indices, matrix.indptr), shape=matrix.shape)


def fit_pearson(training: TrainingSet, settings: Settings, _fit: Fit) -> PeopleWhoAgree:
    """Everybody's likes, or their ratings. ValueError for `ratings` where people do not rate."""
    explicit = bool(settings["ratings"])
    reactions = training.ratings if explicit else training.likes
    if reactions is None:
        raise ValueError("user_pearson can learn from ratings only where people rate")
    matrix = sparse.csr_matrix(reactions.matrix(), dtype=np.float64)
    total = matrix.sum(axis=1).A1
    means = np.divide(total, reactions.counts, out=np.zeros(len(reactions)), where=reactions.counts > 0)
    mean = float(matrix.data.mean()) if matrix.nnz else 0.0
    return PeopleWhoAgree(matrix, means, mean, settings["k"], bool(settings["overlap_only"]), explicit)


def fit_cosine(training: TrainingSet, settings: Settings, _fit: Fit) -> PeopleLikeYou:
    """Everybody's likes, by which similar people are found when a list is asked for."""
    likes = training.likes.matrix()
    return PeopleLikeYou(likes, squared_lengths(likes, axis=1), settings["k"], settings["shrink"], settings["power"])


def blocks(people: Reactions, *, width: int) -> Iterator[tuple[int, Reactions]]:
    """A few people at a time, so that their similarities to `width` people take no more than `CELLS`."""
    size = max(1, min(len(people), CELLS // max(width, 1)))
    for start in range(0, len(people), size):
        yield start, people.take(np.arange(start, min(start + size, len(people))))


def nearest_people(similar: NDArray[np.floating], known: Rows, *, k: int) -> sparse.csr_matrix:
    """(b, p): the k highest values of each row, zeros left out, equal ones by column; nobody is their own neighbour.

    similar: (b, p), changed.  known: (b,) the column that is the person themself, -1 for none.  k: 0 for all.
    """
    there = np.flatnonzero(known >= 0)
    similar[there, known[there]] = 0
    if 0 < k < similar.shape[1]:
        least = np.partition(similar, -k, axis=1)[:, -k, None]
        above, equal = similar > least, similar == least
        room = k - above.sum(axis=1, keepdims=True)
        similar[~(above | (equal & (np.cumsum(equal, axis=1) <= room)))] = 0
    return sparse.csr_matrix(similar)


ENTRIES = (
    Algorithm(
        name="user_cosine",
        family="neighbours",
        summary="What the people like whose likes are most like yours.",
        fit=fit_cosine,
        model=lambda: PeopleLikeYou,
        defaults={"k": 30, "shrink": 10.0, "power": 2.0},
        grid=tuple(
            {"k": k, "shrink": shrink, "power": power}
            for k in (30, 60, 120, 240)
            for shrink in (0.0, 10.0, 30.0)
            for power in (1.0, 2.0, 3.0)
        ),
    ),
    Algorithm(
        name="user_pearson",
        family="neighbours",
        summary="What the people like whose likes rise and fall with yours.",
        fit=fit_pearson,
        model=lambda: PeopleWhoAgree,
        defaults={"k": 60, "overlap_only": False, "ratings": False},
        grid=tuple({"k": k} for k in (30, 60, 120, 240)),
    ),
)
