"""How sure a mean over people is: bootstrap intervals, a paired test, and several tests at once."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from recommender.engine.arrays import Weights

RESAMPLES = 2_000
"""Bootstrap resamples over people."""
FLIPS = 10_000
"""Random assignments of signs in the paired test."""
CONFIDENCE = 0.95
"""Of the percentile intervals."""
CELLS = 4_000_000
"""Numbers drawn at a time: 16 to 32 MB."""


@dataclass(frozen=True)
class Interval:
    """A mean and where it would lie with other people of the same kind. NaN without any."""

    mean: float
    low: float
    high: float

    @property
    def worse(self) -> bool:
        """Of a difference: below 0 beyond the interval."""
        return self.high < 0

    @property
    def better(self) -> bool:
        """Of a difference: above 0 beyond the interval."""
        return self.low > 0


def bootstrap(values: NDArray[np.floating], *, resamples: int = RESAMPLES, seed: int = 0) -> list[Interval]:
    """Means over people with percentile intervals; every column is resampled with the same people.

    values: (p, q), or (p,) for one column; NaN where a person has no value: they are left out of that column's mean.
    (Efron & Tibshirani, An Introduction to the Bootstrap, 1993, chapter 13.)
    """
    table = _table(values)
    there = ~np.isnan(table)
    filled = np.where(there, table, 0.0)
    sums, counts = _resampled(np.hstack([filled, there.astype(np.float64)]), resamples, seed)
    drawn = np.divide(sums, counts, out=np.full(sums.shape, np.nan), where=counts > 0)
    means = np.divide(filled.sum(0), there.sum(0), out=np.full(table.shape[1], np.nan), where=there.any(0))
    edges = (1 - CONFIDENCE) / 2
    return [_interval(mean, column, edges) for mean, column in zip(means, drawn.T, strict=True)]


def _interval(mean: float, drawn: Weights, edge: float) -> Interval:
    usable = drawn[~np.isnan(drawn)]
    if not usable.size:
        return Interval(float("nan"), float("nan"), float("nan"))
    low, high = np.quantile(usable, [edge, 1 - edge])
    return Interval(float(mean), float(low), float(high))


def _resampled(columns: Weights, resamples: int, seed: int) -> tuple[Weights, Weights]:
    """(resamples, q) sums of the first half of the columns, and of the second: of values and of how many there are."""
    people, width = columns.shape
    rng = np.random.default_rng(seed)
    totals = np.zeros((resamples, width))
    at_once = max(1, CELLS // max(people, 1))
    for start in range(0, resamples if people else 0, at_once):
        rows = min(at_once, resamples - start)
        drawn = rng.integers(0, people, (rows, people), dtype=np.int32) + np.arange(rows)[:, None] * people
        times = np.bincount(drawn.reshape(-1), minlength=rows * people).reshape(rows, people)
        totals[start : start + rows] = times @ columns
    return totals[:, : width // 2], totals[:, width // 2 :]


def sign_flip(differences: NDArray[np.floating], *, flips: int = FLIPS, seed: int = 0) -> Weights:
    """(q,) two-sided p of paired differences (p, q) or (p,): how often random signs reach as large a mean.

    The observed assignment counts as one, so p >= 1 / (flips + 1). NaN differences count as none. 1 without people.
    (Fisher's randomisation test; Smucker, Allan & Carterette, CIKM 2007, section 2.2.)
    """
    table = np.nan_to_num(_table(differences))
    table = table[table.any(axis=1)]
    if not len(table):
        return np.ones(table.shape[1])
    observed = np.abs(table.sum(axis=0))
    # Sums in another order differ in the last digits; an equal one must count.
    observed -= 1e-9 * np.abs(table).sum(axis=0)
    rng = np.random.default_rng(seed)
    reached = np.zeros(table.shape[1], np.int64)
    at_once = max(1, CELLS // len(table))
    for start in range(0, flips, at_once):
        rows = min(at_once, flips - start)
        heads = rng.integers(0, 2, (rows, len(table)), dtype=np.int8)
        sums = 2.0 * (heads.astype(np.float64) @ table) - table.sum(axis=0)
        reached += (np.abs(sums) >= observed).sum(axis=0)
    return (reached + 1) / (flips + 1)


def holm(p_values: NDArray[np.floating]) -> Weights:
    """The p-values of several tests, so that the chance of any false alarm stays: step-down, at most 1.

    (Holm, Scandinavian Journal of Statistics 1979.)
    """
    values = np.asarray(p_values, np.float64).reshape(-1)
    order = np.argsort(values, kind="stable")
    stepped = np.minimum(np.maximum.accumulate(values[order] * np.arange(values.size, 0, -1)), 1.0)
    adjusted = np.empty(values.size)
    adjusted[order] = stepped
    return adjusted


def _table(values: NDArray[np.floating]) -> Weights:
    table = np.asarray(values, np.float64)
    return table[:, None] if table.ndim == 1 else table
