"""The words the engine is written in: array types, ids and rows, vectors kept in segments.

A *row* is a position in the arrays of one release, an *id* a database key. `IdMap` goes between them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
"""(n, d) float32; unit rows unless said otherwise, a zero row means "no vector"."""
StoredVectors = NDArray[np.float16] | NDArray[np.float32]
"""(n, d) as kept on disk, possibly memory-mapped."""
Rows = NDArray[np.int64]
"""Positions in the arrays of a release; -1 means "none"."""
Ids = NDArray[np.int64]
"""Database keys."""
Scores = NDArray[np.float32]
Weights = NDArray[np.float64]
Mask = NDArray[np.bool_]
Times = NDArray[np.float64]
"""Seconds since the epoch."""
Hashes = NDArray[np.uint64]
"""(n, 2): the 64 bits of pHash and of dHash. A row of zeros means "no hashes"."""

NO_ROWS: Rows = np.empty(0, np.int64)
NO_TIMES: Times = np.empty(0, np.float64)


def as_rows(values: Sequence[int] | NDArray[Any]) -> Rows:
    """Any whole numbers as a flat int64 array."""
    return np.asarray(values, dtype=np.int64).reshape(-1)


def as_mask(rows_or_mask: Sequence[int] | NDArray[Any] | None, size: int) -> Mask:
    """A mask of `size` from rows (negative ones ignored), from a mask (returned as it is) or from None (all False)."""
    if rows_or_mask is None:
        return np.zeros(size, np.bool_)
    values = np.asarray(rows_or_mask)
    if values.dtype == np.bool_:
        if values.shape != (size,):
            raise ValueError(f"a mask of {values.shape} does not fit {size} rows")
        return values
    mask = np.zeros(size, np.bool_)
    rows = as_rows(values)
    mask[rows[rows >= 0]] = True
    return mask


def unit(vectors: NDArray[Any]) -> Vectors:
    """The rows scaled to length 1, as float32; zero rows and rows that are not finite become zero."""
    values = np.asarray(vectors, dtype=np.float32)
    finite = np.isfinite(values).all(axis=-1, keepdims=True)
    values = np.where(finite, values, np.float32(0))
    norms = np.linalg.norm(values, axis=-1, keepdims=True)
    scaled: Vectors = np.divide(values, norms, out=np.zeros_like(values), where=norms > 0)
    return scaled


def best_first(scores: NDArray[Any], k: int) -> Rows:
    """Positions of the k highest scores, best first, equal scores by position. Scores of -inf are left out."""
    k = min(k, scores.size)
    if k <= 0:
        return NO_ROWS
    if k < scores.size:
        threshold = np.partition(scores, scores.size - k)[scores.size - k]
        rows = np.flatnonzero(scores >= threshold)
    else:
        rows = np.arange(scores.size)
    rows = rows[np.argsort(-scores[rows], kind="stable")][:k]
    return as_rows(rows[scores[rows] > -np.inf])


@dataclass(frozen=True, eq=False)
class IdMap:
    """Ids in row order, in any order but without repeats; `rows` and `ids` go there and back."""

    values: Ids

    def __post_init__(self) -> None:
        if np.unique(self.values).size != self.values.size:
            raise ValueError("an id appears twice")

    def __len__(self) -> int:
        return int(self.values.size)

    @cached_property
    def _order(self) -> Rows:
        return np.argsort(self.values, kind="stable").astype(np.int64)

    @cached_property
    def _ordered(self) -> Ids:
        return self.values[self._order]

    def rows(self, ids: Sequence[int] | NDArray[Any]) -> Rows:
        """The row of each id; -1 where it is unknown."""
        wanted = as_rows(ids)
        if not len(self):
            return np.full(wanted.size, -1, np.int64)
        at = np.minimum(np.searchsorted(self._ordered, wanted), len(self) - 1)
        return np.where(self._ordered[at] == wanted, self._order[at], -1)

    def ids(self, rows: Sequence[int] | NDArray[Any]) -> Ids:
        """The id of each row. IndexError for a row that does not exist; -1 is no row."""
        wanted = as_rows(rows)
        if wanted.size and wanted.min() < 0:
            raise IndexError("a negative row has no id")
        return self.values[wanted]


class Segments:
    """Stored vectors in several (n_i, d) arrays, read as if they were one; nothing is concatenated."""

    def __init__(self, parts: Sequence[StoredVectors], *, width: int | None = None) -> None:
        """`width` is needed only when there are no parts. ValueError when widths differ."""
        widths = {int(part.shape[1]) for part in parts} | ({width} if width is not None else set())
        if len(widths) > 1:
            raise ValueError(f"vectors of different lengths never meet: {sorted(widths)}")
        self.parts: tuple[StoredVectors, ...] = tuple(part for part in parts if len(part))
        self.width = widths.pop() if widths else 0
        self._starts = np.cumsum([0, *(len(part) for part in self.parts)])

    def __len__(self) -> int:
        return int(self._starts[-1])

    def take(self, rows: Sequence[int] | NDArray[Any]) -> Vectors:
        """The vectors of these rows, (m, d) float32."""
        wanted = as_rows(rows)
        if wanted.size and (wanted.min() < 0 or wanted.max() >= len(self)):
            raise IndexError("no such row")
        if len(self.parts) == 1:
            return self.parts[0][wanted].astype(np.float32, copy=False)
        found = np.empty((wanted.size, self.width), np.float32)
        owner = np.searchsorted(self._starts, wanted, side="right") - 1
        for number in np.unique(owner):
            here = owner == number
            found[here] = self.parts[number][wanted[here] - self._starts[number]]
        return found

    def blocks(self, size: int = 2048) -> Iterator[tuple[int, Vectors]]:
        """All vectors in order as (first row, (m, d) float32) with m <= size."""
        for start, part in zip(self._starts, self.parts, strict=False):
            for offset in range(0, len(part), size):
                yield int(start) + offset, part[offset : offset + size].astype(np.float32, copy=False)


def segments(vectors: "Segments | StoredVectors") -> Segments:
    """One array seen as segments."""
    return vectors if isinstance(vectors, Segments) else Segments([vectors], width=int(vectors.shape[1]))
