"""What a model may learn from, what its settings are chosen on, and what it is tested with.

Reactions of a person are in the order of (time, picture), each picture once: the last reaction to it counts.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from recommender.engine.arrays import Mask, Rows, Times
from recommender.engine.reactions import Reactions

Kind = Literal["per-user-time", "leave-last", "global-time", "given"]

TEST = 0.2
"""Share of the newest reactions that are for testing."""
VALIDATION = 0.1
"""Share of the newest of the rest that settings are chosen on."""
FEWEST = 5
"""People with fewer reactions are only learned from, where each is split by their own time."""
BLOCK = 512
"""People whose negatives are drawn at once."""


@dataclass(frozen=True, eq=False)
class Split:
    """One row a person in all three; no reaction is in two.

    validation_from, test_from: (p,) the moment of each person's first reaction that is held out for validation or
    test, and for test; inf for people without any. Whatever else is known of a person from then on is of the future.
    """

    train: Reactions
    validation: Reactions
    test: Reactions
    validation_from: Times
    test_from: Times

    @property
    def both(self) -> Reactions:
        """Train and validation: what a model is made from once its settings are chosen."""
        return joined(self.train, self.validation)


def per_user_time(
    likes: Reactions, *, test: float = TEST, validation: float = VALIDATION, fewest: int = FEWEST
) -> Split:
    """Each person's last ⌈test⌉ share, and the last ⌈validation⌉ share of the rest."""
    counts = np.where(likes.counts >= fewest, likes.counts, 0)
    tested = _ceil(counts, test)
    return _by_back(likes, tested, _ceil(counts - tested, validation))


def leave_last(likes: Reactions) -> Split:
    """Each person's last reaction, and the last but one; nobody is left without any to learn from."""
    counts = likes.counts
    return _by_back(likes, (counts >= 2).astype(np.int64), (counts >= 3).astype(np.int64))


def global_time(likes: Reactions, *, test: float = TEST, validation: float = VALIDATION) -> Split:
    """One moment for all: the newest share of all reactions, those of one moment together."""
    first_test = _moment(likes.times, test)
    first_validation = _moment(likes.times[likes.times < first_test], validation)
    tested = likes.times >= first_test
    chosen = ~tested & (likes.times >= first_validation)
    everyone = np.ones(len(likes))
    first = min(first_test, first_validation)
    return replace(_parts(likes, tested, chosen), validation_from=first * everyone, test_from=first_test * everyone)


def given(train: Reactions, test: Reactions, *, validation: float = VALIDATION, fewest: int = FEWEST) -> Split:
    """A test part that somebody else chose. What is in both parts counts as test."""
    learned = train.where(~contains(test, train))
    parts = per_user_time(learned, test=0.0, validation=validation, fewest=fewest)
    return replace(parts, test=test)


SPLITS: dict[Kind, Callable[[Reactions], Split]] = {
    "per-user-time": per_user_time,
    "leave-last": leave_last,
    "global-time": global_time,
}
"""Those that need one log alone."""


def cold_pictures(pictures: int, share: float, *, seed: int) -> Mask:
    """(pictures,) a seeded share of them, at least one of any."""
    count = min(pictures, max(1, round(share * pictures)))
    cold = np.zeros(pictures, np.bool_)
    cold[np.random.default_rng(seed).choice(pictures, count, replace=False)] = True
    return cold


def without(split: Split, cold: Mask) -> Split:
    """The split as if nobody had met the cold pictures before the test; the test asks for them alone."""
    return replace(
        split,
        train=split.train.where(~cold[split.train.items]),
        validation=split.validation.where(~cold[split.validation.items]),
        test=split.test.where(cold[split.test.items]),
    )


def negatives(rated: Reactions, count: int, *, seed: int, among: Mask | None = None) -> Rows:
    """(p, count) pictures drawn uniformly, without replacement, from those that a person never rated, -1 for none left.

    rated: everything each person ever reacted to, the test part too.  among: (n,) pictures to draw from; all if None.
    """
    rng = np.random.default_rng(seed)
    drawn = np.full((len(rated), count), -1, np.int64)
    width = min(count, rated.pictures)
    for start in range(0, len(rated) if width else 0, BLOCK):
        people = np.arange(start, min(start + BLOCK, len(rated)))
        keys = rng.random((people.size, rated.pictures), dtype=np.float32)
        if among is not None:
            keys[:, ~among] = np.inf
        block = rated.take(people)
        keys[block.people, block.items] = np.inf
        rows = np.argpartition(keys, width - 1, axis=1)[:, :width]
        drawn[people, :width] = np.where(np.isfinite(np.take_along_axis(keys, rows, axis=1)), rows, -1)
    return drawn


def joined(first: Reactions, second: Reactions) -> Reactions:
    """Both of the same people, in order of time."""
    return Reactions.of(
        np.concatenate([first.people, second.people]),
        np.concatenate([first.items, second.items]),
        weights=np.concatenate([first.weights, second.weights]),
        times=np.concatenate([first.times, second.times]),
        shape=(len(first), first.pictures),
    )


def contains(some: Reactions, others: Reactions) -> Mask:
    """(m,) which reactions of `others` are to a picture that the same person reacted to in `some`."""
    width = np.int64(max(others.pictures, 1))
    return np.isin(others.people * width + others.items, some.people * width + some.items)


def _by_back(likes: Reactions, tested: Rows, validated: Rows) -> Split:
    """tested, validated: (p,) how many of each person's newest."""
    back, tests = likes.back, np.repeat(tested, likes.counts)
    held = back < tests
    chosen = ~held & (back < tests + np.repeat(validated, likes.counts))
    return _parts(likes, held, chosen)


def _parts(likes: Reactions, tested: Mask, chosen: Mask) -> Split:
    held = tested | chosen
    return Split(
        train=likes.where(~held),
        validation=likes.where(chosen),
        test=likes.where(tested),
        validation_from=_first(likes, held),
        test_from=_first(likes, tested),
    )


def _first(likes: Reactions, which: Mask) -> Times:
    """(p,) the moment of each person's first of these, inf for none."""
    first = np.full(len(likes), np.inf)
    np.minimum.at(first, likes.people[which], likes.times[which])
    return first


def _ceil(counts: Rows, share: float) -> Rows:
    """⌈share · n⌉, where 0.1 · 30 is 3 also in binary fractions."""
    rounded: Rows = np.ceil(np.round(share * counts, 9)).astype(np.int64)
    return rounded


def _moment(times: Times, share: float) -> float:
    """The moment from which on the newest ⌈share⌉ is; inf for none."""
    count = math.ceil(round(share * times.size, 9))
    if not count:
        return math.inf
    return float(np.partition(times, times.size - count)[times.size - count])
