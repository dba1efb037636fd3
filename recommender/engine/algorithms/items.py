"""Pictures that are like liked pictures: a list of neighbours of each picture, added up over a history."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from recommender.engine.arrays import Mask, Scores
from recommender.engine.model import Algorithm, Fit, Settings, TrainingSet
from recommender.engine.neighbours import Line, dot_lines, item_cosine, keep_nearest, squared_lengths
from recommender.engine.reactions import Reactions


@dataclass(frozen=True, eq=False)
class ItemNeighbours:
    """score(u, j) = Σ over u's reactions i of R_ui · Q_ij (Sarwar et al., WWW 2001, not normalised).

    `similar` (n, n) float32: Q, from a reaction's picture i to j; diagonal empty.  `known` (n,): pictures that have
    neighbours at all.
    """

    similar: sparse.csr_matrix
    known: Mask

    def score(self, people: Reactions) -> Scores:
        scores: Scores = (people.matrix() @ self.similar).toarray().astype(np.float32, copy=False)
        return scores

    @property
    def knows(self) -> Mask:
        return self.known


def fit_cosine(training: TrainingSet, settings: Settings, _fit: Fit) -> ItemNeighbours:
    """Cosine of two pictures' columns of reactions, `shrink` added under it."""
    nearest = item_cosine(
        training.likes.matrix().astype(np.float64), shrink=settings["shrink"], k=settings["k"] or None
    )
    return neighbours_of(nearest, settings)


def fit_euclidean(training: TrainingSet, settings: Settings, _fit: Fit) -> ItemNeighbours:
    """Q_ij = 1 / (1 + ‖R_·i − R_·j‖₂) of the raw columns; 0 from and to a column of zeros."""
    columns = sparse.csr_matrix(training.likes.matrix(), dtype=np.float64)
    squares = squared_lengths(columns, axis=0)
    everything = np.arange(squares.size)

    def similarities() -> Iterator[Line]:
        for row, (others, dots) in enumerate(dot_lines(columns.T.tocsr(), columns)):
            apart = squares[row] + squares
            apart[others] -= 2 * dots
            similar = 1 / (1 + np.sqrt(np.maximum(apart, 0)))
            similar[(squares == 0) | (everything == row) | (squares[row] == 0)] = 0
            yield everything, similar

    return neighbours_of(keep_nearest(similarities(), width=squares.size, k=settings["k"] or None), settings)


def neighbours_of(nearest: sparse.csr_matrix, settings: Settings) -> ItemNeighbours:
    """A model of the k nearest of each row.

    truncate: `source`, so that each liked picture speaks for its k nearest, or `target`, so that each candidate
    listens to its k nearest; for a symmetric similarity the one is the other transposed.  ValueError for another word.
    """
    if settings["truncate"] not in ("source", "target"):
        raise ValueError(f"truncate is source or target, not {settings['truncate']}")
    rows = nearest.T if settings["truncate"] == "target" else nearest
    similar = sparse.csr_matrix(rows, dtype=np.float32)
    similar.sort_indices()
    return ItemNeighbours(similar, similar.getnnz(axis=0) > 0)


ENTRIES = (
    Algorithm(
        name="item_cosine",
        family="neighbours",
        summary="Pictures liked by those who like what you like.",
        fit=fit_cosine,
        model=lambda: ItemNeighbours,
        defaults={"k": 100, "shrink": 10.0, "truncate": "target"},
        grid=tuple(
            {"k": k, "shrink": shrink, "truncate": truncate}
            for k in (25, 50, 100, 200, 0)
            for shrink in (0.0, 10.0, 50.0)
            for truncate in ("source", "target")
        ),
    ),
    Algorithm(
        name="item_euclidean",
        family="neighbours",
        summary="Pictures whose likers differ least from those of what you like.",
        fit=fit_euclidean,
        model=lambda: ItemNeighbours,
        defaults={"k": 100, "truncate": "source"},
        grid=tuple({"k": k, "truncate": truncate} for k in (50, 100, 200) for truncate in ("source", "target")),
    ),
)
