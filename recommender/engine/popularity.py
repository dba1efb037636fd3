"""What the crowd likes, and what is new. Counts people, not presses."""

from dataclasses import dataclass

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


def popular(likes: Likes, *, pictures: int, as_of: float, config: RankingConfig = DEFAULT) -> Weights:
    """(pictures,): how many people like each picture."""
    rows = likes.rows[countable(likes, as_of=as_of, config=config)]
    counted: Weights = np.bincount(rows, minlength=pictures).astype(np.float64)
    return counted


def trending(likes: Likes, *, pictures: int, as_of: float, config: RankingConfig = DEFAULT) -> Weights:
    """(pictures,): people who like each picture, each counting half after every `trending_half_life`."""
    counts = countable(likes, as_of=as_of, config=config)
    weight = np.exp2(-(as_of - likes.times[counts]) / config.trending_half_life)
    decayed: Weights = np.bincount(likes.rows[counts], weights=weight, minlength=pictures).astype(np.float64)
    return decayed


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
    order = np.lexsort(keys[::-1])
    ordered = keys[:, order]
    begins = np.concatenate([[True], (ordered[:, 1:] != ordered[:, :-1]).any(axis=0)])
    since = np.arange(order.size) - np.maximum.accumulate(np.where(begins, np.arange(order.size), 0))
    nth = np.empty(order.size, np.int64)
    nth[order] = since
    return nth
