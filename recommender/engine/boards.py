"""Boards: where a picture fits, and what would fit on one. By look alone, for a board says little of other people."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from recommender.engine.arrays import Hashes, Rows, Vectors, as_mask, as_rows, best_first, unit
from recommender.engine.config import DEFAULT, RankingConfig
from recommender.engine.folding import fold
from recommender.engine.index import nearest
from recommender.engine.inputs import Catalogue
from recommender.engine.taste import distances, tastes


@dataclass(frozen=True, slots=True)
class Idea:
    """A picture that would fit on a board. score: cosine to the board's nearest taste.

    like: the row of the picture on the board that it looks most like.
    """

    row: int
    score: float
    like: int


def fitting_board(
    *, catalogue: Catalogue, row: int, rows: Rows, boards: Rows, config: RankingConfig = DEFAULT
) -> int | None:
    """The board whose pictures look most like the picture at `row`, or None where none of them looks alike.

    rows: (m,) pictures on boards, -1 for one without a row.  boards: (m,) the board of each, any number. What counts is
    the mean cosine to the `board_neighbours` likest pictures of a board, so that a board may hold several things; of
    equals, the board named first. It must lie `look_from` above two random pictures.
    """
    known = (rows >= 0) & (rows != row)
    rows, boards = rows[known], boards[known]
    if not rows.size or row < 0 or not catalogue.has_eyes:
        return None
    cosines = catalogue.looks(rows).vectors @ catalogue.looks(as_rows([row])).vectors[0]
    names, first = np.unique(boards, return_index=True)
    names = names[np.argsort(first)]
    likeness = [float(np.sort(cosines[boards == name])[-config.board_neighbours :].mean()) for name in names]
    best = int(np.argmax(likeness))
    alike = catalogue.moments.mean + config.look_from * catalogue.moments.std
    return int(names[best]) if likeness[best] >= alike else None


def ideas(
    *,
    catalogue: Catalogue,
    rows: Sequence[int] | NDArray[Any],
    excluded: Sequence[int] | NDArray[Any] | None = None,
    k: int,
    config: RankingConfig = DEFAULT,
) -> list[Idea]:
    """At most k pictures like those on a board (`rows`, of which the first `history_limit` count), without these.

    The board is clustered as a person's likes are; each taste gets a share of the list in proportion to its pictures.
    Near-copies of each other are shown once, near-copies of what hangs there not at all.
    """
    given = as_rows(rows)
    hung = given[given >= 0][: config.history_limit]
    if not hung.size or not catalogue.has_eyes:
        return []
    looks = catalogue.looks(hung).vectors
    found = tastes(distances(looks), np.ones(len(hung)), catalogue.moments, config)
    wanted = unit(found.mix @ looks)
    size = len(catalogue)
    open_rows = catalogue.shown & ~as_mask(given, size) & ~as_mask(excluded, size)
    near, _ = nearest(catalogue.vectors, wanted, min(2 * k, size), open_rows, codes=catalogue.codes)
    candidates = np.unique(near[near >= 0])
    if not candidates.size:
        return []
    vectors = catalogue.looks(candidates).vectors
    cosines = vectors @ wanted.T
    order = _shared_out(cosines, (found.mix > 0).sum(axis=1))
    kept = _unseen(catalogue, hung, candidates[order], config)
    order = order[kept][:k]
    likest = (vectors[order] @ looks.T).argmax(axis=1)
    best = cosines[order].max(axis=1)
    return [
        Idea(row=int(candidates[place]), score=float(score), like=int(hung[like]))
        for place, score, like in zip(order, best, likest, strict=True)
    ]


def _shared_out(cosines: Vectors, sizes: NDArray[np.int64]) -> Rows:
    """The order that gives each taste its share: its n-th best stands n / size of the taste down the list."""
    place = cosines.argmax(axis=1)
    turn = np.empty(len(cosines))
    for taste in range(cosines.shape[1]):
        mine = np.flatnonzero(place == taste)
        ranked = mine[np.argsort(-cosines[mine, taste], kind="stable")]
        turn[ranked] = np.arange(1, len(ranked) + 1) / sizes[taste]
    return best_first(-turn, len(turn))


def _unseen(catalogue: Catalogue, hung: Rows, candidates: Rows, config: RankingConfig) -> Rows:
    """Places of the candidates that are no near-copies of what hangs there, or of a better candidate."""
    if catalogue.hashes is None:
        return np.arange(len(candidates))
    rows = np.concatenate([hung, candidates])
    hashes: Hashes = catalogue.hashes[rows]
    vectors = catalogue.looks(rows).vectors
    kept = fold(hashes=hashes, vectors=vectors, moments=catalogue.moments, config=config).kept
    return as_rows(kept[kept >= len(hung)] - len(hung))
