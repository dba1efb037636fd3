"""What one person's lists are made of: the feed they would get now, and what any two models would give them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractUser
from django.db.models import Count

from catalog import queries as catalog_queries
from catalog.queries import Card
from catalog.viewers import Viewer
from recommender import queries, store
from recommender.engine.arrays import Rows
from recommender.engine.blend import TERMS
from recommender.engine.config import DEFAULT, RankingConfig
from recommender.engine.inputs import Catalogue, History, PeopleModel
from recommender.engine.ranking import Limit, Ranked, rank

SHOWN = 24
HISTORY = 12  # newest likes that are shown


@dataclass(frozen=True)
class Term:
    """What one source adds to a card. share: of the largest contribution on the page, in percent, with its sign."""

    name: str
    value: float
    share: float


@dataclass(frozen=True)
class Placed:
    """A card where it would stand, from 1, and why. score and terms: as in `ranking.Ranked`."""

    position: int
    card: Card
    score: float
    terms: list[Term]
    reason: str
    evidence: list[Card]
    explored: bool
    propensity: float
    elsewhere: int | None = None
    """Its position in the list beside this one; None where it is not in it."""


@dataclass(frozen=True)
class Inspection:
    """A feed taken apart."""

    person: AbstractUser
    likes: list[Card]
    liked: int
    dismissed: int
    seen: int
    releases: dict[str, int]
    placed: list[Placed]


@dataclass(frozen=True, eq=False)
class Ground:
    """All that a list of this person is made of. excluded: rows, -1 for what the index does not know."""

    viewer: Viewer
    index: store.Index
    catalogue: Catalogue
    people: PeopleModel | None
    history: History
    excluded: Rows
    seen: int
    config: RankingConfig = DEFAULT
    limits: Sequence[Limit] = ()


def named(username: str) -> AbstractUser | None:
    return get_user_model().objects.filter(username=username).first() if username else None


def busiest(count: int = 8) -> list[AbstractUser]:
    """The people with the most likes, to begin with."""
    people = get_user_model().objects.filter(is_active=True).annotate(given=Count("likes"))
    return list(people.filter(given__gt=0).order_by("-given", "username")[:count])


def ground(person: AbstractUser, *, now: dt.datetime) -> Ground | None:
    """None while there is no index."""
    index = store.index()
    if index is None:
        return None
    viewer = Viewer(user_id=person.pk)
    chosen = queries.choices(viewer)
    never = queries.reacted_and_own_ids(viewer, chosen=chosen)
    seen = set(queries.seen_ids(viewer, as_of=now, chosen=chosen)) - never
    return Ground(
        viewer=viewer,
        index=index,
        catalogue=queries.without(queries.catalogue(index, viewer), queries.muted_rows(index, chosen.gone)),
        people=queries.people_model(store.people(), index, store.ranker()),
        history=queries.history(index, viewer, chosen=chosen),
        excluded=index.ids.rows([*never, *seen]),
        seen=len(seen),
        config=replace(DEFAULT, **chosen.config),
        limits=queries.limits(index, chosen.mutes),
    )


def inspect(person: AbstractUser, *, staff: Viewer, now: dt.datetime) -> Inspection | None:
    """The first page of this person's feed as of now, without a walk: nothing is stored, nothing counts as shown.

    Only what `staff` may see is shown of it.
    """
    found = ground(person, now=now)
    if found is None:
        return None
    ranked = ranked_on(found, now=now)
    opened = {"index": found.index, "people": store.people(), "ranker": store.ranker()}
    return Inspection(
        person=person,
        likes=_newest_likes(found, staff),
        liked=len(found.history.liked),
        dismissed=len(found.history.dismissed),
        seen=found.seen,
        releases={kind: one.version for kind, one in opened.items() if one is not None},
        placed=placed(ranked, found, staff),
    )


def ranked_on(found: Ground, *, now: dt.datetime, k: int = SHOWN) -> list[Ranked]:
    return rank(
        catalogue=found.catalogue,
        people=found.people,
        history=found.history,
        excluded=found.excluded[found.excluded >= 0],
        k=k,
        seed=0,
        as_of=now.timestamp(),
        config=found.config,
        limits=found.limits,
    )


def placed(ranked: Sequence[Ranked], found: Ground, staff: Viewer) -> list[Placed]:
    """The cards that `staff` may see, each at its place in the whole list: what is left out leaves a gap."""
    ids = found.index.ids.ids([one.row for one in ranked]).tolist()
    named_ids = {int(found.index.ids.values[row]) for one in ranked for row in one.reason.evidence}
    cards = {card.id: card for card in catalog_queries.cards([*ids, *named_ids], staff)}
    largest = max((abs(value) for one in ranked for value in one.terms.values()), default=0.0) or 1.0
    return [
        Placed(
            position=position,
            card=cards[image],
            score=one.score,
            terms=[Term(name, one.terms[name], 100 * one.terms[name] / largest) for name in TERMS],
            reason=one.reason.kind,
            evidence=[
                cards[int(found.index.ids.values[row])]
                for row in one.reason.evidence
                if int(found.index.ids.values[row]) in cards
            ],
            explored=one.explored,
            propensity=one.propensity,
        )
        for position, (image, one) in enumerate(zip(ids, ranked, strict=True), start=1)
        if image in cards
    ]


def _newest_likes(found: Ground, staff: Viewer) -> list[Card]:
    rows = np.asarray(found.history.liked[::-1][:HISTORY])
    ids = found.index.ids.ids(rows).tolist()
    cards = {card.id: card for card in catalog_queries.cards(ids, staff)}
    return [cards[image] for image in ids if image in cards]
