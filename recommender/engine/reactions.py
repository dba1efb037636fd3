"""Who reacted to what, and when: people × pictures, kept by person in order of time."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from recommender.engine.arrays import Rows, Scores, Times, as_rows


@dataclass(frozen=True, eq=False)
class Reactions:
    """Reactions of p people to n pictures; make them with `Reactions.of`.

    `starts` (p + 1,): those of person u are at starts[u]:starts[u + 1], ordered by (time, picture), each picture once.
    `items` (m,) rows of pictures.  `weights` (m,) float32: 1 for a like, the rating where people rate.
    `times` (m,) float64.  `known` (p,): the row of each person among those a model was fitted on, -1 for a stranger;
    models with learned people look them up here, and neighbours leave the person themself out.
    """

    starts: Rows
    items: Rows
    weights: Scores
    times: Times
    pictures: int
    known: Rows

    @classmethod
    def of(
        cls,
        people: Sequence[int] | NDArray[Any],
        items: Sequence[int] | NDArray[Any],
        *,
        weights: Sequence[float] | NDArray[Any] | None = None,
        times: Sequence[float] | NDArray[Any] | None = None,
        shape: tuple[int, int],
    ) -> Self:
        """From columns of equal length in any order; of several by one person to one picture the last counts.

        shape: (people, pictures). ValueError for rows outside of it, lengths that differ, and numbers that are not
        finite.
        """
        who, what = as_rows(people), as_rows(items)
        weight = np.ones(who.size, np.float32) if weights is None else np.asarray(weights, np.float32).reshape(-1)
        when = np.zeros(who.size) if times is None else np.asarray(times, np.float64).reshape(-1)
        if not who.size == what.size == weight.size == when.size:
            raise ValueError("the columns of reactions differ in length")
        if who.size and (min(who.min(), what.min()) < 0 or who.max() >= shape[0] or what.max() >= shape[1]):
            raise ValueError(f"a reaction is outside of {shape[0]} people and {shape[1]} pictures")
        if not (np.isfinite(weight).all() and np.isfinite(when).all()):
            raise ValueError("a reaction's weight or time is not a finite number")
        order = np.lexsort((np.arange(who.size), what, when, who))
        pairs = who[order] * np.int64(max(shape[1], 1)) + what[order]
        _, last = np.unique(pairs[::-1], return_index=True)
        order = order[np.sort(order.size - 1 - last)]
        starts = np.concatenate([[0], np.cumsum(np.bincount(who[order], minlength=shape[0]))]).astype(np.int64)
        return cls(starts, what[order], weight[order], when[order], shape[1], np.arange(shape[0], dtype=np.int64))

    def __len__(self) -> int:
        """The number of people."""
        return len(self.starts) - 1

    @property
    def people(self) -> Rows:
        """(m,) the person of each reaction."""
        return np.repeat(np.arange(len(self), dtype=np.int64), self.counts)

    @property
    def counts(self) -> Rows:
        """(p,) how many reactions each person has."""
        return np.diff(self.starts)

    @property
    def back(self) -> Rows:
        """(m,) how many reactions ago each was: 0 for a person's newest."""
        return np.repeat(self.starts[1:], self.counts) - 1 - np.arange(len(self.items))

    def of_person(self, person: int) -> Rows:
        """Rows of the pictures that a person reacted to, the oldest first."""
        return self.items[self.starts[person] : self.starts[person + 1]]

    def matrix(self, weights: NDArray[Any] | None = None) -> sparse.csr_matrix:
        """(p, n) float32 with sorted columns: `weights`, or other numbers (m,) in their place."""
        data = self.weights if weights is None else np.asarray(weights, np.float32)
        rows = sparse.csr_matrix((data, self.items, self.starts), shape=(len(self), self.pictures), copy=True)
        rows.sort_indices()
        return rows

    def take(self, people: Sequence[int] | NDArray[Any]) -> Self:
        """The reactions of these people, in this order."""
        chosen = as_rows(people)
        counts = self.counts[chosen]
        starts = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
        places = np.repeat(self.starts[chosen] - starts[:-1], counts) + np.arange(starts[-1])
        return type(self)(
            starts, self.items[places], self.weights[places], self.times[places], self.pictures, self.known[chosen]
        )

    def where(self, stays: NDArray[np.bool_]) -> Self:
        """Only the reactions (m,) that stay; people keep their rows."""
        starts = np.concatenate([[0], np.cumsum(stays)])[self.starts].astype(np.int64)
        return type(self)(starts, self.items[stays], self.weights[stays], self.times[stays], self.pictures, self.known)

    def faded(self, half_life: float) -> Self:
        """Each reaction weighs 0.5^(k / half_life) of what it did, k the reactions since; 0 changes nothing."""
        if half_life <= 0:
            return self
        weights = (self.weights * np.exp2(-self.back / half_life)).astype(np.float32)
        return type(self)(self.starts, self.items, weights, self.times, self.pictures, self.known)

    def strangers(self) -> Self:
        """The same people as if no model had met them before."""
        unknown = np.full(len(self), -1, np.int64)
        return type(self)(self.starts, self.items, self.weights, self.times, self.pictures, unknown)
