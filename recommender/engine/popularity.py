"""What the crowd likes, and what is new. Counts people, not presses."""

import math
from dataclasses import dataclass, fields
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from recommender.engine.arrays import Mask, Rows, Times, Weights
from recommender.engine.config import DAY, DEFAULT, RankingConfig


@dataclass(frozen=True, eq=False)
class Likes:
    """Likes of people as columns of equal length: the row of the picture, the person, its owner, and two moments."""

    rows: Rows
    people: NDArray[np.int64]
    owners: NDArray[np.int64]
    times: Times
    joined: Times
    """When the account of the person who likes was made."""

    def only(self, chosen: NDArray[Any]) -> Self:
        """The likes of a mask, or at these places."""
        return type(self)(**{one.name: getattr(self, one.name)[chosen] for one in fields(self)})


def of_others(likes: Likes) -> Likes:
    """Without likes of one's own pictures."""
    return likes.only(likes.people != likes.owners)


def newest_of_each(likes: Likes, most: int) -> Likes:
    """At most so many likes of each person, the newest ones, equally new ones by picture."""
    return likes.only(_among_first(likes.people, most, times=-likes.times, rows=likes.rows))


def countable(likes: Likes, *, as_of: float, config: RankingConfig = DEFAULT) -> Mask:
    """Which likes count: one a person and picture (the first), none of one's own pictures, none of an account younger
    than `account_age`, none of the future, and at most `likes_per_owner_and_day` a person, owner and UTC day."""
    counts = (likes.people != likes.owners) & (likes.rows >= 0) & (likes.times <= as_of)
    counts &= as_of - likes.joined >= config.account_age
    there = np.flatnonzero(counts)
    people, rows, times = likes.people[there], likes.rows[there], likes.times[there]
    once = _among_first(_as_one(people, rows), 1, times=times, rows=rows)
    there, people, rows, times = there[once], people[once], rows[once], times[once]
    fans = _as_one(people, likes.owners[there], np.floor(times / DAY).astype(np.int64))
    few = _among_first(fans, config.likes_per_owner_and_day, times=times, rows=rows)
    mask = np.zeros(likes.rows.size, np.bool_)
    mask[there[few]] = True
    return mask


def crowd(likes: Likes, *, pictures: int, as_of: float, config: RankingConfig = DEFAULT) -> tuple[Weights, Weights]:
    """`trending` and `popular`, each (pictures,), of likes that are looked through once."""
    counts = countable(likes, as_of=as_of, config=config)
    rows = likes.rows[counts]
    weight = np.exp2(-(as_of - likes.times[counts]) / config.trending_half_life)
    decayed: Weights = np.bincount(rows, weights=weight, minlength=pictures).astype(np.float64)
    counted: Weights = np.bincount(rows, minlength=pictures).astype(np.float64)
    return decayed, counted


def trending(likes: Likes, *, pictures: int, as_of: float, config: RankingConfig = DEFAULT) -> Weights:
    """(pictures,): people who like each picture, each counting half after every `trending_half_life`."""
    return crowd(likes, pictures=pictures, as_of=as_of, config=config)[0]


def popular(likes: Likes, *, pictures: int, as_of: float, config: RankingConfig = DEFAULT) -> Weights:
    """(pictures,): how many people like each picture."""
    return crowd(likes, pictures=pictures, as_of=as_of, config=config)[1]


def newest(created: Times, *, as_of: float, config: RankingConfig = DEFAULT) -> Weights:
    """(n,) in [0, 1]: 1 for a picture of this second, half after every `newest_half_life`."""
    newness: Weights = np.exp2(-np.maximum(as_of - created, 0) / config.newest_half_life)
    return newness


def loudness(counts: Weights, *, top: float) -> Weights:
    """Counts on a logarithmic scale from 0 to 1 at `top`, which is a property of the release, never of a list."""
    loud: Weights = np.log1p(np.maximum(counts, 0)) / np.log1p(top)
    return loud


def _among_first(kinds: NDArray[np.int64], most: int, *, times: Times, rows: Rows) -> Mask:
    """Which are among the first `most` of their kind, by time, then by row. Only kinds that have more are ordered."""
    ordered = np.sort(kinds)
    ends = ordered[most:]
    crowded = np.unique(ends[ends == ordered[: ends.size]])
    among = np.ones(kinds.size, np.bool_)
    if crowded.size:
        place = np.minimum(np.searchsorted(crowded, kinds), crowded.size - 1)
        some = np.flatnonzero(crowded[place] == kinds)
        order = some[np.lexsort((rows[some], times[some]))]
        among[order[_nth(kinds[order]) >= most]] = False
    return among


def _nth(kinds: NDArray[np.int64]) -> NDArray[np.int64]:
    """How many earlier ones are the same as each: 0 for the first of its kind."""
    order = np.argsort(kinds, kind="stable")
    ordered = kinds[order]
    begins = np.concatenate([[True], ordered[1:] != ordered[:-1]])
    since = np.arange(order.size) - np.maximum.accumulate(np.where(begins, np.arange(order.size), 0))
    nth = np.empty(order.size, np.int64)
    nth[order] = since
    return nth


def _as_one(*keys: NDArray[np.int64]) -> NDArray[np.int64]:
    """One number for each different column of keys, which sorts several times faster than columns do."""
    one = np.zeros(keys[0].size, np.int64)
    if not one.size:
        return one
    lowest = [int(key.min()) for key in keys]
    spans = [int(key.max()) - low + 1 for key, low in zip(keys, lowest, strict=True)]
    if math.prod(spans) >= 2**63:
        return np.unique(np.stack(keys), axis=1, return_inverse=True)[1].reshape(-1).astype(np.int64)
    for key, low, span in zip(keys, lowest, spans, strict=True):
        one = one * span + (key - low)
    return one
