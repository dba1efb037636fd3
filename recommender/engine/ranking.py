"""The pipeline of every feed, served or evaluated: candidates, score, near-copies, diversity, exploration, reasons."""

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
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

SPENT = 0.8
"""Share of the candidates that are given before more are drawn: the last of them would fit no page."""


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

    A pure function of its arguments. Near-copies of cards already given come last.
    """
    blend = Blend(catalogue, people, as_of, config)
    person = blend.person(history)
    served = as_rows(served)
    given = as_mask(served, len(catalogue))
    available = catalogue.shown & ~as_mask(excluded, len(catalogue)) & ~given
    drawable = available | given
    first = _Pool(blend, person, candidates.pool(blend, person, drawable))
    cards = _Cards(served, available)
    for pool, until in _pools(first, drawable, position=len(served)):
        cards.choose(pool, limits, k=min(k, until - len(served)), seed=seed)
        if len(cards.picks) == k:
            break
    cards.fill(pool, k=k)
    return _explained(blend, person, history, cards, means=_means(blend, history, first))


@dataclass(frozen=True, eq=False)
class _Scored:
    """Rows with their terms, (m, 5)."""

    rows: Rows
    terms: Weights

    @classmethod
    def none(cls) -> "_Scored":
        return cls(NO_ROWS, np.zeros((0, len(TERMS))))

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

    def first(self, k: int) -> "_Scored":
        return _Scored(self.rows[:k], self.terms[:k])

    def best_first(self) -> "_Scored":
        return self.at(np.argsort(-self.score, kind="stable"))

    def followed_by(self, more: "_Scored") -> "_Scored":
        return _Scored(np.concatenate([self.rows, more.rows]), np.concatenate([self.terms, more.terms]))


@dataclass(frozen=True, eq=False)
class _Pool:
    """Candidates to choose from, ascending rows."""

    blend: Blend
    person: Person
    rows: Rows

    @cached_property
    def looks(self) -> Looks:
        return self.blend.catalogue.looks(self.rows)

    @cached_property
    def scored(self) -> _Scored:
        return _Scored(self.rows, self.blend.terms(self.person, self.rows, self.looks))

    def without_copies(self, available: Mask, *, of: Rows) -> Rows:
        """The places of what is available and no near-copy of any of these rows."""
        places = as_rows(np.flatnonzero(available[self.rows]))
        return np.delete(places, _copies(self.blend, of, self.rows[places]))


@dataclass(eq=False)
class _Cards:
    """The cards that follow those served, as they are chosen, and the mask of what may still come."""

    served: Rows
    available: Mask
    scored: _Scored = field(default_factory=_Scored.none)
    picks: list[Pick] = field(default_factory=list)

    def choose(self, pool: _Pool, limits: Sequence[Limit], *, k: int, seed: int) -> None:
        """Choose from this pool until there are k cards, or until only near-copies are left in it."""
        room = k - len(self.picks)
        if room <= 0:
            return
        before = np.concatenate([self.served, self.scored.rows])
        places = pool.without_copies(self.available, of=before)
        picks = _selected(pool, places, before, limits, k=room, seed=seed)
        self._add(pool.scored.at(places[as_rows([pick.candidate for pick in picks])]), picks)

    def fill(self, pool: _Pool, *, k: int) -> None:
        """Let what is left in this pool follow, the best first, until there are k cards."""
        room = k - len(self.picks)
        if room <= 0:
            return
        left = pool.scored.at(np.flatnonzero(self.available[pool.rows])).best_first().first(room)
        self._add(left, [Pick(candidate=-1, explored=False, propensity=1.0)] * len(left.rows))

    def _add(self, scored: _Scored, picks: list[Pick]) -> None:
        self.scored = self.scored.followed_by(scored)
        self.picks += picks
        self.available[scored.rows] = False


def _pools(first: _Pool, drawable: Mask, *, position: int) -> Iterator[tuple[_Pool, int]]:
    """The pool that serves this position of the list, then those of later positions, each with where it ends.

    Which pool serves a position depends on nothing but the position, so that it does not matter where the list was cut.
    The last pool is all there is.
    """
    step = SPENT * max(len(first.rows), 1)
    times = int(position / step) + 1
    while True:
        pool = first
        if times > 1:
            pool = replace(first, rows=candidates.pool(first.blend, first.person, drawable, times=times))
        if len(pool.rows) == np.count_nonzero(drawable):
            yield pool, sys.maxsize
            return
        until = int(min(SPENT * len(pool.rows), times * step))
        if until > position:
            yield pool, until
            position = until
        times += 1


def _selected(pool: _Pool, open_cards: Rows, before: Rows, limits: Sequence[Limit], *, k: int, seed: int) -> list[Pick]:
    """The next cards after `before` out of these places of the pool; only the last page before them counts."""
    blend, rows, looks = pool.blend, pool.rows[open_cards], pool.looks.at(open_cards)
    last_page = np.where(np.arange(len(before)) < len(before) - blend.config.page, -1, before)
    shown = blend.catalogue.looks(last_page)
    return select(
        relevance=_from_zero_to_one(pool.scored.score)[open_cards],
        vectors=looks.vectors,
        before=shown.vectors,
        copies_of=lambda candidate: _copies(blend, rows[[candidate]], rows),
        quotas=[*_limits(limits, rows, last_page), *_quotas(blend, pool.person, looks, shown)],
        k=k,
        seed=seed,
        config=blend.config,
    )


def _copies(blend: Blend, of: Rows, among: Rows) -> Rows:
    """The places in `among`, ascending rows, of near-copies of any of these. None is one where there are no hashes."""
    catalogue = blend.catalogue
    if catalogue.hashes is None:
        return NO_ROWS
    _, copies = near_copies(
        hashes=catalogue.hashes,
        vectors=catalogue.vectors if catalogue.has_eyes else None,
        of=of[of >= 0],
        among=among,
        moments=catalogue.moments,
        config=blend.config,
    )
    return np.searchsorted(among, copies)


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


def _means(blend: Blend, history: History, pool: _Pool) -> Weights:
    """What each term is on average over the candidates, were every taste that is heard as loud as it comes.

    So that a taste that is turned up stands out more, not less, for lifting the average.
    """
    if not history.wishes.rows.size:
        return pool.scored.means
    even = blend.person(replace(history, wishes=history.wishes.evened()))
    return _Scored(pool.rows, blend.terms(even, pool.rows, pool.looks)).means


def _explained(blend: Blend, person: Person, history: History, cards: _Cards, *, means: Weights) -> list[Ranked]:
    scored = cards.scored
    explainer = Explainer(blend=blend, history=history, person=person, rows=scored.rows)
    return [
        Ranked(
            row=row,
            score=float(terms.sum()),
            reason=Reason(EXPLORE) if pick.explored else explainer.reason(card, means=means),
            terms=dict(zip(TERMS, terms.tolist(), strict=True)),
            explored=pick.explored,
            propensity=pick.propensity,
        )
        for card, (row, terms, pick) in enumerate(zip(scored.rows.tolist(), scored.terms, cards.picks, strict=True))
    ]
