"""The pipeline of every feed, served or evaluated: candidates, score, near-copies, diversity, exploration, reasons."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from recommender.engine import candidates
from recommender.engine.arrays import NO_ROWS, Mask, Rows, Weights, as_mask, as_rows
from recommender.engine.blend import TERMS, Blend, Person
from recommender.engine.config import DEFAULT, RankingConfig
from recommender.engine.content import Looks
from recommender.engine.explain import EXPLORE, Explainer, Reason
from recommender.engine.folding import near_copies
from recommender.engine.inputs import Catalogue, History, PeopleModel
from recommender.engine.selection import Pick, Quota, category_caps, cold_cap, select, warm_cap

BLOCK = 4096
"""Pictures whose vectors are read at once when a whole catalogue is scored."""


@dataclass(frozen=True)
class Ranked:
    """One card of a list."""

    row: int
    score: float
    """Relevance before diversification, in score units; the sum of `terms`."""
    reason: Reason
    terms: dict[str, float]
    """What each of look, people, trending, newest and popular adds."""
    explored: bool
    propensity: float
    """How probable this card was in this place, given the cards before it, over all seeds."""


@dataclass(frozen=True, eq=False)
class Limit:
    """Of these pictures, a mask over the catalogue, at most so many among any `page` cards in a row."""

    rows: Mask
    most: int


def rank(
    *,
    catalogue: Catalogue,
    people: PeopleModel | None = None,
    history: History,
    excluded: Sequence[int] | NDArray[Any] | None = None,
    served: Sequence[int] | NDArray[Any] = NO_ROWS,
    k: int,
    seed: int,
    as_of: float,
    config: RankingConfig = DEFAULT,
    limits: Sequence[Limit] = (),
) -> list[Ranked]:
    """The next k cards of a feed after `served`; fewer only when the catalogue has no more.

    catalogue, people: one release; any part of either may be missing.  history: what shapes the taste; the likes in
    it are not left out by themselves.  excluded: rows or a mask of what must not come (hidden, seen, own, reacted to).
    served: rows already given, in order, -1 for pictures that have gone since; they never come again, and the list
    goes on as if it had not been cut.
    seed: any whole number, decides exploration and nothing else.  as_of: the moment, seconds since the epoch.
    limits: of what the person wants to see less; kept as long as there is something else.

    A pure function of its arguments. What candidates cannot fill is filled from the rest of the catalogue by score,
    near-copies of cards already given last.
    """
    blend = Blend(catalogue, people, as_of, config)
    person = blend.person(history)
    served = as_rows(served)
    given = as_mask(served, len(catalogue))
    available = catalogue.shown & ~as_mask(excluded, len(catalogue)) & ~given
    rows = candidates.pool(blend, person, available | given)
    looks = catalogue.looks(rows)
    pool = _Scored(rows, blend.terms(person, rows, looks))
    before = catalogue.looks(served)
    copies = _Copies(catalogue, rows, looks, config)
    picks = select(
        relevance=_from_zero_to_one(pool.score),
        vectors=looks.vectors,
        before=before.vectors,
        open_cards=copies.without(given[rows], available[rows]),
        copies_of=lambda candidate: copies.of([candidate]),
        quotas=[*_limits(limits, rows, served), *_quotas(blend, person, looks, before)],
        k=k,
        seed=seed,
        config=config,
    )
    chosen = pool.at([pick.candidate for pick in picks])
    if len(picks) < k:
        given[chosen.rows] = True
        rest = _rest(blend, person, available | given, pool)
        rest = rest.at(np.flatnonzero(~given[rest.rows])[: k - len(picks)])
        picks += [Pick(candidate=-1, explored=False, propensity=1.0)] * len(rest.rows)
        chosen = chosen.followed_by(rest)
    means = _means(blend, history, pool, looks)
    return _explained(blend, person, history, chosen, picks, means=means)


@dataclass(frozen=True, eq=False)
class _Scored:
    """Rows with their terms, (m, 5)."""

    rows: Rows
    terms: Weights

    @property
    def score(self) -> Weights:
        score: Weights = self.terms.sum(axis=1)
        return score

    @property
    def means(self) -> Weights:
        means: Weights = self.terms.sum(axis=0) / max(len(self.rows), 1)
        return means

    def at(self, places: Sequence[int] | NDArray[Any]) -> "_Scored":
        chosen = as_rows(places)
        return _Scored(self.rows[chosen], self.terms[chosen])

    def best_first(self) -> "_Scored":
        return self.at(np.argsort(-self.score, kind="stable"))

    def followed_by(self, more: "_Scored") -> "_Scored":
        return _Scored(np.concatenate([self.rows, more.rows]), np.concatenate([self.terms, more.terms]))


def _from_zero_to_one(score: Weights) -> Weights:
    """Min-max over all candidates, those served already included; zeros when all are equal."""
    if not score.size or np.ptp(score) == 0:
        return np.zeros_like(score)
    scaled: Weights = (score - score.min()) / np.ptp(score)
    return scaled


def _quotas(blend: Blend, person: Person, cards: Looks, before: Looks) -> list[Quota]:
    """No category takes a page that the person has not asked for, and no taste takes all of it."""
    config = blend.config
    caps = category_caps(person.liked.categories, person.heard, person.dismissed.categories, person.regret, config)
    return [
        Quota(cards.categories, before.categories, caps, cold_cap(config)),
        Quota(blend.tastes_of(person, cards), blend.tastes_of(person, before), {}, warm_cap(config)),
    ]


def _limits(limits: Sequence[Limit], rows: Rows, served: Rows) -> list[Quota]:
    def group(limit: Limit, of: Rows) -> Rows:
        return np.where((of >= 0) & limit.rows[of], 0, -1)

    return [Quota(group(limit, rows), group(limit, served), {}, limit.most, rolling=True) for limit in limits]


class _Copies:
    """Near-copies among the candidates. Nothing is one where pictures have no hashes."""

    def __init__(self, catalogue: Catalogue, rows: Rows, looks: Looks, config: RankingConfig) -> None:
        self._hashes = None if catalogue.hashes is None else catalogue.hashes[rows]
        self._vectors = looks.vectors
        self._moments, self._config = catalogue.moments, config

    def of(self, places: Sequence[int] | NDArray[Any], among: Rows | None = None) -> Rows:
        """Candidates that are near-copies of any of these."""
        if self._hashes is None:
            return NO_ROWS
        _, copies = near_copies(
            hashes=self._hashes,
            vectors=self._vectors,
            of=as_rows(places),
            among=among,
            moments=self._moments,
            config=self._config,
        )
        return copies

    def without(self, given: Mask, available: Mask) -> Mask:
        """What is available among the candidates, and no near-copy of what was given."""
        left = available.copy()
        left[self.of(np.flatnonzero(given), np.flatnonzero(available))] = False
        return left


def _rest(blend: Blend, person: Person, open_rows: Mask, pool: _Scored) -> _Scored:
    """The catalogue outside the pool by score, then the pool, of which near-copies are left, by score."""
    rows = as_rows(np.flatnonzero(open_rows & ~as_mask(pool.rows, len(open_rows))))
    blocks = [blend.terms(person, rows[start : start + BLOCK]) for start in range(0, max(len(rows), 1), BLOCK)]
    outside = _Scored(rows, np.concatenate(blocks))
    return outside.best_first().followed_by(pool.best_first())


def _means(blend: Blend, history: History, pool: _Scored, looks: Looks) -> Weights:
    """What each term is on average over the candidates, were every taste that is heard as loud as it comes.

    So that a taste that is turned up stands out more, not less, for lifting the average.
    """
    if not history.wishes.rows.size:
        return pool.means
    even = blend.person(replace(history, wishes=history.wishes.evened()))
    return _Scored(pool.rows, blend.terms(even, pool.rows, looks)).means


def _explained(
    blend: Blend, person: Person, history: History, cards: _Scored, picks: list[Pick], *, means: Weights
) -> list[Ranked]:
    explainer = Explainer(blend=blend, history=history, person=person, rows=cards.rows)
    return [
        Ranked(
            row=row,
            score=float(terms.sum()),
            reason=Reason(EXPLORE) if pick.explored else explainer.reason(card, means=means),
            terms=dict(zip(TERMS, terms.tolist(), strict=True)),
            explored=pick.explored,
            propensity=pick.propensity,
        )
        for card, (row, terms, pick) in enumerate(zip(cards.rows.tolist(), cards.terms, picks, strict=True))
    ]
