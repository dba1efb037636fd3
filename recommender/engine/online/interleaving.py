"""Team-draft interleaving of two rankings (Radlinski, Kurup & Joachims, CIKM 2008, section 4.3).

Rankings pick in rounds, a fair coin says who picks first, and each picks its best card that is not yet in the list.
What both begin with alike is placed before the first round, by nobody.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from recommender.engine.arrays import Rows
from recommender.engine.intervals import FLIPS, sign_flip

COMMON = -1
"""The team of a card that both rankings begin with: it earns nobody anything."""


def team_draft(
    first: Sequence[int],
    second: Sequence[int],
    *,
    seed: int,
    k: int,
    served: Collection[int] = (),
    picks: int = 0,
    copies_of: Callable[[int], Iterable[int]] = lambda _card: (),
) -> list[tuple[int, int]]:
    """The next k (card, team) of the merged list: team 0 for the first ranking, 1 for the second, or COMMON.

    first, second: each ranking from its beginning, without repetition.  seed: one for each session and list.
    served: what the list has given already; picks: how many of these a team had picked. With both a list that is cut
    goes on as if it had not been.  copies_of: cards that count as taken once this one is. A ranking that has run out
    leaves its turn to the other; fewer than k when both have.
    """
    teams = (_Team(first), _Team(second))
    taken = set(served).union(*(copies_of(card) for card in served))
    placed: list[tuple[int, int]] = []
    while len(placed) < k:
        wanted = [team.next_but(taken) for team in teams]
        if wanted == [None, None]:
            break
        team = _turn(wanted, seed, picks)
        card = wanted[max(team, 0)]
        assert card is not None
        placed.append((card, team))
        taken |= {card, *copies_of(card)}
        picks += team != COMMON
    return placed


class _Team:
    """A ranking and how far it has been read."""

    def __init__(self, ranking: Sequence[int]) -> None:
        self._ranking, self._at = ranking, 0

    def next_but(self, taken: Collection[int]) -> int | None:
        while self._at < len(self._ranking) and self._ranking[self._at] in taken:
            self._at += 1
        return self._ranking[self._at] if self._at < len(self._ranking) else None


def _turn(wanted: list[int | None], seed: int, picks: int) -> int:
    """Whose turn the pick with this number is."""
    if picks == 0 and wanted[0] == wanted[1]:
        return COMMON
    team = _coin(seed, picks // 2) ^ (picks % 2)
    return team if wanted[team] is not None else 1 - team


def _coin(seed: int, number: int) -> int:
    """Who begins the round of this number; knows nothing but seed and number."""
    return int(np.random.default_rng((seed % 2**64, number)).integers(2))


def drafted(first: Rows, second: Rows, coins: Rows) -> tuple[Rows, Rows]:
    """Many whole lists at once: (s, n) cards and (s, n) teams of s pairs of rankings of the same n cards, 0 to n − 1.

    first, second: (s, n), each row a permutation.  coins: (s, ⌈n/2⌉) who begins each round, 0 or 1.
    """
    sessions, size = first.shape
    every = np.arange(sessions)
    ranks = np.empty((2, sessions, size), np.int16)
    for team, ranking in enumerate((first, second)):
        ranks[team, every[:, None], ranking] = np.arange(size, dtype=np.int16)
    common = np.cumprod(first == second, axis=1).sum(axis=1)
    cards, teams = np.empty((sessions, size), np.int64), np.empty((sessions, size), np.int64)
    for position in range(size):
        picks = np.maximum(position - common, 0)
        turn = coins[every, picks // 2] ^ (picks % 2)
        card = ranks[turn, every].argmin(axis=1)
        cards[:, position] = card
        teams[:, position] = np.where(position < common, COMMON, turn)
        ranks[:, every, card] = np.iinfo(np.int16).max
    return cards, teams


def credit(teams: Mapping[int, int], reacted: Iterable[int]) -> tuple[int, int]:
    """What each team earns in one list: one for every distinct card that was clicked, liked or saved.

    teams: the team of each card of the list.
    """
    earned = [teams[card] for card in set(reacted) if card in teams]
    return earned.count(0), earned.count(1)


@dataclass(frozen=True)
class Preference:
    """Which of two rankings people preferred. `share` is the second's of all credit; `low` and `high` its interval."""

    share: float
    low: float
    high: float
    p: float
    earned: tuple[int, int]
    people: int


def preference(earned: NDArray[Any], *, seed: int = 0, flips: int = FLIPS) -> Preference:
    """The sign-flip test over people, and the delta method's 95 % interval of the second's share of the credit.

    earned: (p, 2) what each person gave either ranking; people who gave none do not count.
    """
    given = np.asarray(earned, np.float64).reshape(-1, 2)
    given = given[given.sum(axis=1) > 0]
    whole = float(given.sum())
    share = float(given[:, 1].sum()) / whole if whole else 0.5
    residual = given[:, 1] - share * given.sum(axis=1)
    error = np.sqrt(len(given) * residual.var(ddof=1)) / whole if len(given) > 1 else np.inf
    return Preference(
        share=share,
        low=max(0.0, float(share - 1.96 * error)),
        high=min(1.0, float(share + 1.96 * error)),
        p=float(sign_flip(given[:, 1] - given[:, 0], seed=seed, flips=flips)[0]),
        earned=(int(given[:, 0].sum()), int(given[:, 1].sum())),
        people=len(given),
    )
