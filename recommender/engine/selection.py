"""From scores to a list: one card after the other, relevant but unlike the last ones, no category taking the page.

The state of a list is the cards already in it, so a list can be continued from what was served: a long list and
its pages, asked for one by one, are the same.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from recommender.engine.arrays import Mask, Rows, Vectors, Weights, best_first
from recommender.engine.config import DEFAULT, RankingConfig


@dataclass(frozen=True)
class Pick:
    """One place of the list: the candidate, whether exploration chose it, and how probable it was in this place."""

    candidate: int
    explored: bool
    propensity: float


@dataclass(frozen=True, eq=False)
class Quota:
    """How many cards of one page each group may take. A label below 0 is in no group.

    rolling: of any page of cards in a row, wherever it begins, rather than of each page from its first card on.
    """

    cards: Rows
    """(m,) the label of each candidate."""
    before: Rows
    """The label of each card already in the list, in order."""
    caps: Mapping[int, int]
    """Cards a page by label."""
    cap: int
    """For labels that are not in `caps`."""
    rolling: bool = False


def category_caps(
    liked: Rows, recent: Weights, dismissed: Rows, regret: Weights, config: RankingConfig = DEFAULT
) -> dict[int, int]:
    """How many cards of a page each liked category may take: its smoothed share of the likes, less the dismissals.

    liked, dismissed: the categories of the reactions, with their weights.  Never less than `cold_cap` nor more than
    `warm_cap`.
    """
    whole = float(recent.sum()) + config.category_half
    shares = {
        int(c): float(recent[liked == c].sum() - regret[dismissed == c].sum()) / whole
        for c in np.unique(liked)
        if c >= 0
    }
    return {c: min(max(_cards(share, config), cold_cap(config)), warm_cap(config)) for c, share in shares.items()}


def cold_cap(config: RankingConfig = DEFAULT) -> int:
    """Most cards of a page from a category the person has not liked anything in."""
    return _cards(config.cold_category_share, config)


def warm_cap(config: RankingConfig = DEFAULT) -> int:
    """Most cards of a page from one category or one taste, however well liked."""
    return _cards(config.warm_category_share, config)


def _cards(share: float, config: RankingConfig) -> int:
    return max(1, int(config.page * share + 1e-9))


def draw(*, seed: int, position: int, config: RankingConfig = DEFAULT) -> tuple[bool, float]:
    """Whether this position explores, and where in the lot it draws, in [0, 1). Knows nothing but seed and position."""
    chance, place = np.random.default_rng((seed % 2**64, position)).random(2)
    return bool(position >= config.explore_after and chance < config.explore_rate), float(place)


def select(
    *,
    relevance: Weights,
    vectors: Vectors,
    before: Vectors,
    copies_of: Callable[[int], Rows],
    quotas: Sequence[Quota],
    k: int,
    seed: int,
    config: RankingConfig = DEFAULT,
) -> list[Pick]:
    """Choose the next k of m candidates by MMR (Carbonell & Goldstein, SIGIR 1998); fewer when they run out.

    relevance: (m,) in [0, 1].  vectors: (m, d).  before: (b, d) the list so far, in order.  copies_of: the near-copies
    of a candidate; they go when it is chosen.  MMR looks back one page. Where no candidate is within a quota, those
    least beyond it come next. Equal values by candidate.
    """
    counters = [_Counter(quota, config) for quota in quotas]
    novelty = _Novelty(vectors, before, config)
    remaining = np.ones(len(relevance), np.bool_)
    picks: list[Pick] = []
    for position in range(len(before), len(before) + k):
        if not remaining.any():
            break
        eligible = remaining
        for counter in counters:
            eligible = counter.within(eligible, position)
        value = config.mmr_lambda * relevance - (1 - config.mmr_lambda) * novelty.nearness
        best = int(np.where(eligible, value, -np.inf).argmax())
        pick = _pick(best, np.where(eligible, relevance, -np.inf), seed, position, config)
        remaining[pick.candidate] = False
        remaining[copies_of(pick.candidate)] = False
        for counter in counters:
            counter.add(pick.candidate)
        novelty.add(pick.candidate, position)
        picks.append(pick)
    return picks


def _pick(best: int, relevance: Weights, seed: int, position: int, config: RankingConfig) -> Pick:
    """The best, or in an exploring position an even draw from the most relevant; with its exact probability."""
    if position < config.explore_after:
        return Pick(best, explored=False, propensity=1.0)
    explores, place = draw(seed=seed, position=position, config=config)
    lot = min(config.explore_pool, int(np.count_nonzero(relevance > -np.inf)))
    chosen = int(best_first(relevance, lot)[int(place * lot)]) if explores else best
    drawable = explores or np.count_nonzero(relevance > relevance[best]) < lot
    propensity = config.explore_rate / lot * drawable + (1 - config.explore_rate) * (chosen == best)
    return Pick(chosen, explored=explores, propensity=float(propensity))


class _Counter:
    """How much of the current page each group of a quota has taken."""

    def __init__(self, quota: Quota, config: RankingConfig) -> None:
        names, places = np.unique(np.concatenate([quota.cards, quota.before]), return_inverse=True)
        self._caps = np.array([quota.caps.get(int(name), quota.cap) if name >= 0 else np.inf for name in names])
        self._places, begun = places[: len(quota.cards)], places[len(quota.cards) :]
        self._page, self._rolling = config.page, quota.rolling
        still = min(len(begun), self._page - 1) if quota.rolling else len(begun) % self._page
        self._window = begun[len(begun) - still :].tolist()
        self._taken = np.bincount(self._window, minlength=len(names))

    def within(self, candidates: Mask, position: int) -> Mask:
        """The candidates that fit into the page, or else those least beyond the quota. At least one is given."""
        if not self._rolling and position % self._page == 0:
            self._taken[:] = 0
        beyond: Weights = (self._taken - self._caps)[self._places]
        within: Mask = candidates & (beyond <= max(-1.0, float(beyond[candidates].min())))
        return within

    def add(self, candidate: int) -> None:
        place = int(self._places[candidate])
        self._taken[place] += 1
        if self._rolling:
            self._window.append(place)
            if len(self._window) >= self._page:
                self._taken[self._window.pop(0)] -= 1


class _Novelty:
    """For each candidate the cosine to the nearest of the last page of cards, not below 0."""

    def __init__(self, vectors: Vectors, before: Vectors, config: RankingConfig) -> None:
        self._vectors = vectors
        self._ring = np.zeros((config.page, len(vectors)), np.float32)
        for position in range(max(0, len(before) - config.page), len(before)):
            self._ring[position % config.page] = vectors @ before[position]

    @property
    def nearness(self) -> Vectors:
        nearness: Vectors = self._ring.max(axis=0)
        return nearness

    def add(self, candidate: int, position: int) -> None:
        self._ring[position % len(self._ring)] = self._vectors @ self._vectors[candidate]
