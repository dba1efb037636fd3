"""People who like the same: each person's most similar people, and what those like."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from recommender.engine.arrays import Mask, Rows, Scores, Vectors, Weights
from recommender.engine.model import Algorithm, Fit, Settings, TrainingSet
from recommender.engine.reactions import Reactions

CELLS = 8_000_000
"""Similarities of people to people that are held at once; float32."""


@dataclass(frozen=True, eq=False)
class PeopleLikeYou:
    """score(u, j) = Σ over the neighbours k of u of S_uk · R_kj, S_uk = (r_u·r_k / (‖r_u‖‖r_k‖ + shrink))^power.

    Not normalised, S > 0 only (Herlocker et al., SIGIR 1999, for shrinking what few common entries say).
    `likes` (p, n) float32: everybody the model knows.  `norms` (p,).  `k`: neighbours, 0 for all of them.
    """

    likes: sparse.csr_matrix
    norms: Weights
    k: int
    shrink: float
    power: float

    def score(self, people: Reactions) -> Scores:
        scores = np.empty((len(people), self.likes.shape[1]), np.float32)
        for start, block in blocks(people, width=len(self.norms)):
            near = self.neighbours(block)
            scores[start : start + len(block)] = (near @ self.likes).toarray()
        return scores

    def neighbours(self, people: Reactions) -> sparse.csr_matrix:
        """(b, p): S of each person's `k` most similar people, themself left out, equal ones by row."""
        rows = people.matrix()
        norms = np.sqrt(np.asarray(rows.multiply(rows).sum(axis=1), np.float64))
        dots = (rows @ self.likes.T).toarray()
        bottom = norms * self.norms + self.shrink
        similar = np.divide(dots, bottom, out=np.zeros_like(dots), where=dots > 0, casting="same_kind") ** self.power
        return nearest_people(similar, people.known, k=self.k)

    @property
    def knows(self) -> Mask:
        known: Mask = self.likes.getnnz(axis=0) > 0
        return known


def fit_cosine(training: TrainingSet, settings: Settings, _fit: Fit) -> PeopleLikeYou:
    """Everybody's likes, by which similar people are found when a list is asked for."""
    likes = training.likes.matrix()
    norms = np.sqrt(np.asarray(likes.multiply(likes).sum(axis=1), np.float64)).reshape(-1)
    return PeopleLikeYou(likes, norms, settings["k"], settings["shrink"], settings["power"])


def blocks(people: Reactions, *, width: int) -> Iterator[tuple[int, Reactions]]:
    """A few people at a time, so that their similarities to `width` people take no more than `CELLS`."""
    size = max(1, min(len(people), CELLS // max(width, 1)))
    for start in range(0, len(people), size):
        yield start, people.take(np.arange(start, min(start + size, len(people))))


def nearest_people(similar: Vectors, known: Rows, *, k: int) -> sparse.csr_matrix:
    """(b, p): the k highest values above 0 of each row, equal ones by column; a person is not their own neighbour.

    similar: (b, p), changed.  known: (b,) the column that is the person themself, -1 for none.  k: 0 for all.
    """
    there = np.flatnonzero(known >= 0)
    similar[there, known[there]] = 0
    np.maximum(similar, 0, out=similar)
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
)
