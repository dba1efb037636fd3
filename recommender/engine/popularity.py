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
    """At most so many likes of each person, the newest ones, equally new ones by picture; in no order."""
    _, who, counts = np.unique(likes.people, return_inverse=True, return_counts=True)
    many = np.flatnonzero(counts[who] > most)
    newest_first = many[np.lexsort((likes.rows[many], -likes.times[many]))]
    kept = newest_first[_nth(likes.people[newest_first][None, :]) < most]
    return likes.only(np.concatenate([np.flatnonzero(counts[who] <= most), kept]))


def countable(likes: Likes, *, as_of: float, config: RankingConfig = DEFAULT) -> Mask:
    """Which likes count: one a person and picture (the first), none of one's own pictures, none of an account younger
    than `account_age`, none of the future, and at most `likes_per_owner_and_day` a person, owner and UTC day."""
    counts = (likes.people != likes.owners) & (likes.rows >= 0) & (likes.times <= as_of)
    counts &= as_of - likes.joined >= config.account_age
    order = np.lexsort((likes.rows, likes.times))
    order = order[counts[order]]
    order = order[_nth(np.stack([likes.people[order], likes.rows[order]])) < 1]
    days = np.floor(likes.times[order] / DAY).astype(np.int64)
    order = order[_nth(np.stack([likes.people[order], likes.owners[order], days])) < config.likes_per_owner_and_day]
    mask = np.zeros(likes.rows.size, np.bool_)
    mask[order] = True
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


def _nth(keys: NDArray[np.int64]) -> NDArray[np.int64]:
    """How many earlier columns are the same as each column: 0 for the first of its kind."""
    if not keys.shape[1]:
        return np.empty(0, np.int64)
    kinds = _as_one(keys)
    order = np.argsort(kinds, kind="stable")
    ordered = kinds[order]
    begins = np.concatenate([[True], ordered[1:] != ordered[:-1]])
    since = np.arange(order.size) - np.maximum.accumulate(np.where(begins, np.arange(order.size), 0))
    nth = np.empty(order.size, np.int64)
    nth[order] = since
    return nth


def _as_one(keys: NDArray[np.int64]) -> NDArray[np.int64]:
    """One number for each different column, which sorts several times faster than columns do."""
    lowest = keys.min(axis=1)
    spans = [int(span) + 1 for span in keys.max(axis=1) - lowest]
    if math.prod(spans) >= 2**63:
        return np.unique(keys, axis=1, return_inverse=True)[1].reshape(-1).astype(np.int64)
    one = np.zeros(keys.shape[1], np.int64)
    for line, low, span in zip(keys, lowest, spans, strict=True):
        one = one * span + (line - low)
    return one
