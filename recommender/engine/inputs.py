"""What ranking is given: the catalogue and the people of one release, and the history of one person."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from recommender.engine.arrays import (
    NO_ROWS,
    NO_TIMES,
    Hashes,
    Mask,
    Rows,
    Segments,
    Times,
    Vectors,
    Weights,
    as_rows,
)
from recommender.engine.content import Looks
from recommender.engine.factors import Factors
from recommender.engine.index import Codes, Moments
from recommender.engine.neighbours import CoLikes
from recommender.engine.ranker import Ranker
from recommender.engine.taste import Wishes


@dataclass(frozen=True, eq=False)
class Catalogue:
    """The pictures of a release, one row each. All arrays have n rows, in the same order as the ids of the store."""

    vectors: Segments
    """Unit rows, zero for a picture without a vector. No rows at all when there are no eyes: look is then left out."""
    created: Times
    categories: Rows
    """(n,) the top-level category of each picture, any numbers >= 0; -1 for none."""
    moments: Moments
    hashes: Hashes | None = None
    allowed: Mask | None = None
    """(n,) what this viewer may be shown; None: everything."""
    codes: Codes | None = None

    def __post_init__(self) -> None:
        arrays: dict[str, Any] = {"categories": self.categories, "hashes": self.hashes, "allowed": self.allowed}
        if self.has_eyes:
            arrays["vectors"] = self.vectors
        for name, array in arrays.items():
            if array is not None and len(array) != len(self.created):
                raise ValueError(f"{name} has {len(array)} rows, the catalogue {len(self.created)}")

    def __len__(self) -> int:
        return len(self.created)

    @property
    def has_eyes(self) -> bool:
        return len(self.vectors) > 0

    @cached_property
    def shown(self) -> Mask:
        """`allowed` as a mask in any case."""
        return np.ones(len(self), np.bool_) if self.allowed is None else self.allowed

    def looks(self, rows: Rows) -> Looks:
        """Vectors and categories of these rows. Zeros where there are no eyes, zeros and no category for row -1."""
        here = rows >= 0
        vectors = np.zeros((len(rows), self.vectors.width if self.has_eyes else 1), np.float32)
        categories = np.full(len(rows), -1, np.int64)
        categories[here] = self.categories[rows[here]]
        if self.has_eyes:
            vectors[here] = self.vectors.take(rows[here])
        return Looks(vectors=vectors, categories=categories)


@dataclass(frozen=True, eq=False)
class PeopleModel:
    """What is known from everybody's likes; every part may be missing.

    `columns` (n,) gives for each row of the catalogue its row in `co_likes` and `factors`, -1 where the picture came
    later than they did; None when they have the same rows. `trending` and `popular` (n,) are rows of the catalogue.
    """

    co_likes: CoLikes | None = None
    factors: Factors | None = None
    columns: Rows | None = None
    trending: Weights | None = None
    popular: Weights | None = None
    ranker: Ranker | None = None
    """A promoted model, which then speaks in place of co-likes and factors."""

    def columns_of(self, rows: Rows, size: int) -> Rows:
        """Rows of the catalogue as rows of a model of `size` pictures; -1 where it does not know them."""
        columns = rows if self.columns is None else self.columns[rows]
        return np.where(columns < size, columns, -1)


@dataclass(frozen=True, eq=False)
class Masked:
    """Pictures as they look with a part hidden: unit `vectors` (m, d) in place of the catalogue's for `rows`."""

    rows: Rows
    vectors: Vectors

    def over(self, looks: Looks, rows: Rows) -> Looks:
        """The looks of these rows, with the masked vectors in their places."""
        vectors = looks.vectors.copy()
        for row, vector in zip(self.rows.tolist(), self.vectors, strict=True):
            vectors[rows == row] = vector
        return replace(looks, vectors=vectors)


@dataclass(frozen=True, eq=False)
class History:
    """What one person reacted to: each row once, oldest first. Make it with `History.of`."""

    liked: Rows = field(default_factory=NO_ROWS.copy)
    liked_at: Times = field(default_factory=NO_TIMES.copy)
    dismissed: Rows = field(default_factory=NO_ROWS.copy)
    dismissed_at: Times = field(default_factory=NO_TIMES.copy)
    person: int | None = None
    """The key by which a promoted model knows this person, if it has learned from them."""
    wishes: Wishes = field(default_factory=Wishes)
    """What they chose for the tastes that their likes make up."""
    masked: "Masked | None" = None
    """Liked pictures of which the person means only a part."""

    @classmethod
    def of(
        cls,
        liked: Sequence[int] | NDArray[Any] = (),
        liked_at: Sequence[float] | NDArray[Any] = (),
        dismissed: Sequence[int] | NDArray[Any] = (),
        dismissed_at: Sequence[float] | NDArray[Any] = (),
        person: int | None = None,
        wishes: Wishes | None = None,
    ) -> Self:
        """From reactions in any order; of several to one picture the last counts, unknown ones (-1) are left out."""
        likes, dismissals = _oldest_first(liked, liked_at), _oldest_first(dismissed, dismissed_at)
        return cls(*likes, *dismissals, person, wishes or Wishes())

    def without(self, row: int) -> Self:
        """The same history, had this picture never been liked."""
        stays = self.liked != row
        return replace(self, liked=self.liked[stays], liked_at=self.liked_at[stays])

    def newest(self, limit: int) -> Self:
        """The last `limit` likes and the last `limit` dismissals."""
        return replace(
            self,
            liked=self.liked[-limit:],
            liked_at=self.liked_at[-limit:],
            dismissed=self.dismissed[-limit:],
            dismissed_at=self.dismissed_at[-limit:],
        )


def _oldest_first(rows: Sequence[int] | NDArray[Any], times: Sequence[float] | NDArray[Any]) -> tuple[Rows, Times]:
    places, moments = as_rows(rows), np.asarray(times, np.float64).reshape(-1)
    if places.size != moments.size:
        raise ValueError(f"{places.size} reactions with {moments.size} times")
    order = np.lexsort((places, moments))
    order = order[places[order] >= 0]
    _, last = np.unique(places[order][::-1], return_index=True)
    order = order[np.sort(order.size - 1 - last)]
    return places[order], moments[order]
