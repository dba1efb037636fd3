"""From scores to a list: one card after the other, relevant but unlike the last ones, no category taking the page.

The state of a list is the cards already in it, so a list can be continued from what was served: a long list and
its pages, asked for one by one, are the same.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from recommender.engine.arrays import Mask, Rows, Vectors, Weights, best_first
from recommender.engine.config import DEFAULT, RankingConfig
from recommender.engine.content import Looks


@dataclass(frozen=True)
class Pick:
    """One place of the list: the candidate, whether exploration chose it, and how probable it was in this place."""

    candidate: int
    explored: bool
    propensity: float


def category_caps(categories: Rows, recent: Weights, config: RankingConfig = DEFAULT) -> dict[int, int]:
    """How many cards of a page each liked category may take: its smoothed share of the recent likes.

    categories, recent: (likes,).  Between the cold and the warm share; categories that are not named have the cold one.
    """
    whole = float(recent.sum()) + config.category_half
    shares = {int(c): float(recent[categories == c].sum()) / whole for c in np.unique(categories) if c >= 0}
    return {c: _cards(min(share, config.warm_category_share), config) for c, share in shares.items()}


def _cards(share: float, config: RankingConfig) -> int:
    return max(1, int(config.page * max(share, config.cold_category_share) + 1e-9))


def draw(*, seed: int, position: int, config: RankingConfig = DEFAULT) -> tuple[bool, float]:
    """Whether this position explores, and where in the lot it draws, in [0, 1). Knows nothing but seed and position."""
    chance, place = np.random.default_rng((seed % 2**64, position)).random(2)
    return bool(position >= config.explore_after and chance < config.explore_rate), float(place)


def select(
    *,
    relevance: Weights,
    cards: Looks,
    open_cards: Mask,
    before: Looks,
    caps: Mapping[int, int],
    k: int,
    seed: int,
    config: RankingConfig = DEFAULT,
) -> list[Pick]:
    """Choose the next k of m candidates by MMR (Carbonell & Goldstein, SIGIR 1998); fewer when they run out.

    relevance: (m,) in [0, 1].  open_cards: (m,) who may still be chosen.  before: the list so far, in order.  caps: of
    `category_caps`.  MMR looks back one page. Where a cap cannot be kept, the categories least beyond theirs come next.
    Equal values by candidate.
    """
    quota = _Quota(cards.categories, before.categories, caps, config)
    novelty = _Novelty(cards.vectors, before.vectors, config)
    remaining = open_cards.copy()
    picks: list[Pick] = []
    for position in range(len(before.categories), len(before.categories) + k):
        if not remaining.any():
            break
        eligible = quota.eligible(remaining, position)
        value = config.mmr_lambda * relevance - (1 - config.mmr_lambda) * novelty.nearness
        best = int(np.where(eligible, value, -np.inf).argmax())
        pick = _pick(best, np.where(eligible, relevance, -np.inf), seed, position, config)
        remaining[pick.candidate] = False
        quota.add(pick.candidate)
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


class _Quota:
    """How much of the current page each category has taken."""

    def __init__(self, cards: Rows, before: Rows, caps: Mapping[int, int], config: RankingConfig) -> None:
        names, places = np.unique(np.concatenate([cards, before]), return_inverse=True)
        cold = _cards(0.0, config)
        self._caps = np.array([caps.get(int(name), cold) if name >= 0 else np.inf for name in names])
        self._places, begun = places[: len(cards)], places[len(cards) :]
        self._page = config.page
        since = len(begun) - len(begun) % self._page
        self._taken = np.bincount(begun[since:], minlength=len(names))

    def eligible(self, remaining: Mask, position: int) -> Mask:
        if position % self._page == 0:
            self._taken[:] = 0
        beyond: Weights = (self._taken - self._caps)[self._places]
        eligible: Mask = remaining & (beyond <= max(-1.0, float(beyond[remaining].min())))
        return eligible

    def add(self, candidate: int) -> None:
        self._taken[self._places[candidate]] += 1


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
