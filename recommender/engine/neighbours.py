"""Pictures liked by the same people, and pictures that share tags."""

from dataclasses import dataclass

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


def item_cosine(likes: sparse.csr_matrix, *, shrink: float = 0.0) -> sparse.csr_matrix:
    """Cosines of the columns of people × pictures, `shrink` added to the product of the norms, diagonal empty.

    A column of zeros is like nothing.
    """
    columns = sparse.csc_matrix(likes, dtype=np.float64)
    norms = np.sqrt(np.asarray(columns.multiply(columns).sum(axis=0))).reshape(-1)
    together = sparse.coo_matrix(columns.T @ columns)
    apart = together.row != together.col
    row, column, dot = together.row[apart], together.col[apart], together.data[apart]
    cosine = dot / (norms[row] * norms[column] + shrink)
    return sparse.csr_matrix((cosine, (row, column)), shape=together.shape)


def co_likes(likes: sparse.csr_matrix, config: RankingConfig = DEFAULT) -> CoLikes:
    """The `neighbours` most co-liked pictures of each picture by `item_cosine`, equal ones by row.

    likes: people × pictures, 1 where a person likes a picture that is not their own; stored ones count once.
    """
    binary = sparse.csr_matrix(likes, dtype=np.float64)
    binary.sum_duplicates()
    binary.data = np.minimum(binary.data, 1.0)
    binary.eliminate_zeros()
    cosine = item_cosine(binary, shrink=config.co_like_shrink)
    cosine.sort_indices()
    owner = np.repeat(np.arange(cosine.shape[0]), np.diff(cosine.indptr))
    order = np.lexsort((cosine.indices, -cosine.data, owner))
    place = np.arange(order.size) - cosine.indptr[owner]
    order = order[place < config.neighbours]
    owner, neighbours = owner[order], cosine.indices[order]
    norms = np.sqrt(np.asarray(binary.sum(axis=0))).reshape(-1)
    people = cosine.data[order] * (norms[owner] * norms[neighbours] + config.co_like_shrink)
    return CoLikes(
        starts=np.concatenate([[0], np.cumsum(np.bincount(owner, minlength=cosine.shape[0]))]).astype(np.int64),
        neighbours=neighbours.astype(np.int64),
        similarity=cosine.data[order].astype(np.float32),
        people=np.rint(people).astype(np.int32),
    )


def tag_vectors(confidence: sparse.csr_matrix) -> sparse.csr_matrix:
    """TF-IDF of pictures × tags, rows of unit length (zero rows stay): weight · (ln((1+N)/(1+df)) + 1)."""
    weights = sparse.csr_matrix(confidence, dtype=np.float64, copy=True)
    weights.sum_duplicates()
    weights.eliminate_zeros()
    found = np.bincount(weights.indices, minlength=weights.shape[1])
    rarity = np.log((1 + weights.shape[0]) / (1 + found)) + 1
    weights.data *= rarity[weights.indices]
    norms = np.sqrt(np.asarray(weights.multiply(weights).sum(axis=1))).reshape(-1)
    owner = np.repeat(np.arange(weights.shape[0]), np.diff(weights.indptr))
    weights.data /= norms[owner]
    return weights


def item_tfidf(tags: sparse.csr_matrix, rows: Rows) -> Weights:
    """(rows, n): cosines of the tags of some pictures with those of all. tags: of `tag_vectors`."""
    return np.asarray((tags[as_rows(rows)] @ tags.T).todense())
