"""Pictures liked by the same people, and pictures that share tags."""

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from recommender.engine.arrays import Rows, Scores, Weights, as_rows
from recommender.engine.config import DEFAULT, RankingConfig


@dataclass(frozen=True, eq=False)
class CoLikes:
    """For each picture its most co-liked ones, best first: compressed rows, each array storable on its own."""

    starts: Rows
    """(n + 1,): the neighbours of picture i are at starts[i]:starts[i + 1]."""
    neighbours: Rows
    similarity: Scores
    """Cosines in (0, 1]."""
    people: NDArray[np.int32]
    """How many people like both."""

    def __len__(self) -> int:
        return max(len(self.starts) - 1, 0)

    def of(self, row: int) -> slice:
        """Where the neighbours of a picture are."""
        return slice(int(self.starts[row]), int(self.starts[row + 1]))

    def score(self, rows: Rows, weights: Weights) -> Weights:
        """(n,): the similarity of each picture to all in `rows`, summed with `weights`."""
        total = np.zeros(len(self))
        for row, weight in zip(as_rows(rows).tolist(), weights, strict=True):
            here = self.of(row)
            total[self.neighbours[here]] += weight * self.similarity[here].astype(np.float64)
        return total

    def shared(self, rows: Rows, others: Rows) -> Rows:
        """(rows, others): how many people like both, as far as one is among the neighbours of the other; else 0.

        A row of -1 shares nothing.
        """
        return np.maximum(self._shared(rows, others), self._shared(others, rows).T)

    def _shared(self, rows: Rows, others: Rows) -> Rows:
        place = np.full(len(self) + 1, -1, np.int64)
        place[others] = np.arange(len(others))
        place[-1] = -1
        people = np.zeros((len(rows), len(others)), np.int64)
        for number, row in enumerate(rows.tolist()):
            if row >= 0:
                found = place[self.neighbours[self.of(row)]]
                people[number, found[found >= 0]] = self.people[self.of(row)][found >= 0]
        return people


def item_cosine(likes: sparse.csr_matrix, *, shrink: float = 0.0, k: int | None = None) -> sparse.csr_matrix:
    """Cosines of the columns of people × pictures, `shrink` added to the product of the norms, diagonal empty.

    Of each row the `k` highest, best first, equal ones by column; None: all.  A column of zeros is like nothing.
    Computed as precisely as `likes` is, float32 or float64.
    """
    columns = sparse.csr_matrix(likes)
    if columns.dtype != np.float32:
        columns = columns.astype(np.float64)
    squares = squared_lengths(columns, axis=0).astype(columns.dtype)

    def cosines() -> Iterator[Line]:
        for row, (others, dots) in enumerate(dot_lines(columns.T.tocsr(), columns)):
            similar = dots / (np.sqrt(squares[row] * squares[others]) + columns.dtype.type(shrink))
            similar[others == row] = 0
            yield others, similar

    return keep_nearest(cosines(), width=columns.shape[1], k=k)


Line = tuple[NDArray[np.integer[Any]], NDArray[np.floating[Any]]]
"""Some columns of one row, each once, in any order, and the values there."""

BLOCK = 256
"""Rows of a product that are held at once: of 50,000 columns at most 150 MB."""


def dot_lines(left: sparse.csr_matrix, right: sparse.spmatrix) -> Iterator[Line]:
    """The product of two sparse matrices row by row, so that it is never held as a whole."""
    for start in range(0, left.shape[0], BLOCK):
        block = sparse.csr_matrix(left[start : start + BLOCK] @ right)
        for begin, end in itertools.pairwise(block.indptr.tolist()):
            yield block.indices[begin:end], block.data[begin:end]


def keep_nearest(lines: Iterable[Line], *, width: int, k: int | None) -> sparse.csr_matrix:
    """(lines, width): of each line the k highest values above 0, best first, equal ones by column."""
    kept = [_nearest(columns, values, k) for columns, values in lines]
    starts = np.cumsum([0, *(columns.size for columns, _ in kept)])
    indices = np.concatenate([columns for columns, _ in kept]) if kept else np.empty(0, np.int32)
    data = np.concatenate([values for _, values in kept]) if kept else np.empty(0)
    return sparse.csr_matrix((data, indices, starts), shape=(len(kept), width))


def _nearest(columns: NDArray[np.integer[Any]], values: NDArray[np.floating[Any]], k: int | None) -> Line:
    most = values.size if k is None else k
    least = np.partition(values, values.size - most)[values.size - most] if most < values.size else -np.inf
    high = np.flatnonzero(values >= least)
    high = high[values[high] > 0]
    high = high[np.lexsort((columns[high], -values[high]))][:most]
    return columns[high], values[high]


def squared_lengths(matrix: sparse.spmatrix, *, axis: int) -> Weights:
    """Of the columns (axis 0) or the rows (axis 1); squared, so that of whole numbers equal cosines stay equal."""
    squares: Weights = np.asarray(matrix.multiply(matrix).sum(axis=axis), np.float64).reshape(-1)
    return squares


def co_likes(likes: sparse.csr_matrix, config: RankingConfig = DEFAULT) -> CoLikes:
    """The `neighbours` most co-liked pictures of each picture by `item_cosine`, equal ones by row.

    likes: people × pictures, 1 where a person likes a picture that is not their own; stored ones count once.
    """
    binary = sparse.csr_matrix(likes, dtype=np.float32)
    binary.sum_duplicates()
    binary.data = np.minimum(binary.data, np.float32(1))
    binary.eliminate_zeros()
    cosine = item_cosine(binary, shrink=config.co_like_shrink, k=config.neighbours)
    owner = np.repeat(np.arange(cosine.shape[0]), np.diff(cosine.indptr))
    counts = squared_lengths(binary, axis=0)
    people = cosine.data * (np.sqrt(counts[owner] * counts[cosine.indices]) + config.co_like_shrink)
    return CoLikes(
        starts=cosine.indptr.astype(np.int64),
        neighbours=cosine.indices.astype(np.int64),
        similarity=cosine.data.astype(np.float32),
        people=np.rint(people).astype(np.int32),
    )


def tag_vectors(confidence: sparse.csr_matrix) -> sparse.csr_matrix:
    """TF-IDF of pictures × tags, rows of unit length (zero rows stay): weight · (ln((1+N)/(1+df)) + 1)."""
    weights = sparse.csr_matrix(confidence, dtype=np.float64, copy=True)
    weights.sum_duplicates()
    weights.eliminate_zeros()
    weights.data *= rarity(weights)[weights.indices]
    owner = np.repeat(np.arange(weights.shape[0]), np.diff(weights.indptr))
    weights.data /= np.sqrt(squared_lengths(weights, axis=1))[owner]
    return weights


def rarity(words: sparse.csr_matrix) -> Weights:
    """(words,) idf = ln((1+N)/(1+df)) + 1 of pictures × words, df the pictures with an entry for the word."""
    found = words.getnnz(axis=0)
    rare: Weights = np.log((1 + words.shape[0]) / (1 + found)) + 1
    return rare


def item_tfidf(tags: sparse.csr_matrix, rows: Rows) -> Weights:
    """(rows, n): cosines of the tags of some pictures with those of all. tags: of `tag_vectors`."""
    return np.asarray((tags[as_rows(rows)] @ tags.T).todense())


def kinship(common: Rows, *, mine: int, theirs: Rows, shrinkage: float = 5.0) -> Scores:
    """(m,) how much the likes of m people are the likes of one: the cosine of both, less sure the fewer they share.

    common: (m,) pictures that both like.  mine, theirs: pictures that each likes at all.  With n in common
    n / sqrt(mine · theirs) · n / (n + shrinkage), the significance weighting of Herlocker et al. (SIGIR 1999) in its
    smooth form. In [0, 1); 0 where nothing is shared.
    """
    sizes = np.sqrt(np.maximum(float(mine) * theirs, 1.0))
    shared: Scores = (common / sizes * common / (common + shrinkage)).astype(np.float32)
    return shared
