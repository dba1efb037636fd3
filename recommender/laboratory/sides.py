"""Any two models for one person, side by side: what each would show, and what only one of them would."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from catalog import queries as catalog_queries
from catalog.viewers import Viewer
from recommender import queries, store
from recommender.engine.arrays import best_first
from recommender.engine.blend import TERMS, Blend
from recommender.engine.config import DEFAULT
from recommender.laboratory.people import SHOWN, Ground, Placed, Term, placed, ranked_on
from recommender.models import Release

FEED = "feed"


@dataclass(frozen=True)
class Choice:
    """What can stand on a side: the feed as it is served, or a trained model."""

    key: str
    name: str


@dataclass(frozen=True)
class Side:
    """One list. alone: how many of its cards are not in the other."""

    choice: Choice
    placed: list[Placed]
    alone: int


def choices() -> list[Choice]:
    """The feed, and the newest model of every algorithm that has been trained."""
    found = [Choice(FEED, FEED)]
    seen: set[str] = set()
    for release in Release.objects.filter(kind=Release.Kind.RANKER).order_by("-version"):
        if release.algorithm not in seen:
            seen.add(release.algorithm)
            found.append(Choice(str(release.version), release.name))
    return found


def compared(sides: Sequence[Choice], found: Ground, *, staff: Viewer, now: dt.datetime) -> list[Side]:
    """The lists of both, each card with its place in the other."""
    lists = [_list(choice, found, staff, now) for choice in sides]
    places = [{card.card.id: card.position for card in cards} for cards in lists]
    return [
        Side(
            choice=choice,
            placed=[replace(card, elsewhere=other.get(card.card.id)) for card in cards],
            alone=sum(card.card.id not in other for card in cards),
        )
        for choice, cards, other in zip(sides, lists, reversed(places), strict=True)
    ]


def _list(choice: Choice, found: Ground, staff: Viewer, now: dt.datetime) -> list[Placed]:
    if choice.key == FEED:
        return placed(ranked_on(found, now=now), found, staff)
    kept = store.ranker(int(choice.key))
    if kept is None or str(kept.version) != choice.key:  # it has gone meanwhile, and the serving one was given
        return []
    return _of_model(kept, found, staff, now)


def _of_model(kept: store.RankingModel, found: Ground, staff: Viewer, now: dt.datetime) -> list[Placed]:
    """By the model's score alone; beside it what each source of the feed thinks of the same card."""
    ranker = queries.ranker_on(kept, found.index)
    history = found.history
    chances = ranker.preference(history.liked, history.liked_at, person=history.person).chances
    there = found.catalogue.shown & (ranker.columns >= 0)
    there[found.excluded[found.excluded >= 0]] = False
    rows = best_first(np.where(there, chances, -np.inf), SHOWN)
    blend = Blend(found.catalogue, found.people, now.timestamp(), DEFAULT)
    terms = blend.terms(blend.person(history), rows)
    largest = float(np.abs(terms).max(initial=0)) or 1.0
    ids = found.index.ids.ids(rows).tolist()
    cards = {card.id: card for card in catalog_queries.cards(ids, staff)}
    return [
        Placed(
            position=position,
            card=cards[image],
            score=float(chances[row]),
            terms=[
                Term(name, float(value), 100 * float(value) / largest) for name, value in zip(TERMS, one, strict=True)
            ],
            reason="",
            evidence=[],
            explored=False,
            propensity=1.0,
        )
        for position, (image, row, one) in enumerate(zip(ids, rows.tolist(), terms, strict=True), start=1)
        if image in cards
    ]
