"""The clusters of somebody's likes, the very ones the feed is made with, each with a name."""

from __future__ import annotations

import datetime as dt
import math
from collections import Counter
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from django.utils.translation import gettext as _

from catalog import queries as catalog_queries
from catalog.models.tags import root
from catalog.queries import Card
from catalog.viewers import Viewer
from recommender import queries, store
from recommender.engine.blend import Blend, Person
from recommender.engine.config import DEFAULT
from recommender.entries import Place
from recommender.queries import Choices, Weighed

PAGE = DEFAULT.page
"""Cards that a taste's share is counted in."""


class NoSuchTaste(LookupError):
    """None of the viewer's tastes has this picture."""


@dataclass(frozen=True, slots=True)
class Cluster:
    """One taste. key: the picture liked first in it.  members: the pictures liked, the newest first.

    cards: members that can be shown.  voices: how loudly each member is heard, 0 for a silent one.
    """

    key: int
    name: str
    members: tuple[int, ...]
    cards: tuple[Card, ...]
    voices: tuple[float, ...]
    weight: float = 1.0

    @property
    def on(self) -> bool:
        return any(self.voices)

    @property
    def likes(self) -> int:
        return len(self.members)


def clusters(*, viewer: Viewer, now: dt.datetime, chosen: Choices) -> list[Cluster]:
    """The viewer's tastes, the strongest first, silent ones included; none without an index."""
    index = store.index()
    if index is None:
        return []
    catalogue = queries.catalogue(index, viewer)
    history = queries.history(index, viewer, chosen=chosen)
    person = Blend(catalogue, None, now.timestamp(), DEFAULT).person(history)
    ids = index.ids.ids(person.rows)
    cards = {card.id: card for card in catalog_queries.cards(ids.tolist(), viewer, detail=True)}
    stored = {one.image: one.weight for one in chosen.weights}
    found = []
    for number in _strongest_first(person):
        places = np.flatnonzero(person.tastes.clusters == number)[::-1]
        members = tuple(ids[places].tolist())
        voices = tuple(person.tastes.voice[places].tolist())
        found.append(
            Cluster(
                key=members[-1],
                name="",
                members=members,
                cards=tuple(cards[image] for image in members if image in cards),
                voices=voices,
                weight=_weight(members, voices, stored),
            )
        )
    return _named(found)


def with_weight(
    chosen: Choices, found: Sequence[Cluster], *, image_id: int, weight: float, on: bool, now: dt.datetime
) -> Choices:
    """The choices with a new weight for the taste that has this liked picture. Raises NoSuchTaste.

    All other likes keep the voice they have now as a choice of their own: those that came after the last choice had
    followed their taste, and would follow the new one.
    """
    meant = next((cluster for cluster in found if image_id in cluster.members), None)
    if meant is None:
        raise NoSuchTaste
    rows = {one.image: (one.weight, one.on) for one in chosen.weights}
    for cluster in found:
        for image, voice in zip(cluster.members, cluster.voices, strict=True):
            before, _on = rows.get(image, (cluster.weight, True))
            rows[image] = (weight, on) if cluster is meant else (voice or before, voice > 0)
    kept = {image: row for image, row in rows.items() if row != (1.0, True)}
    return replace(chosen, weights=tuple(Weighed(image, *row, now) for image, row in sorted(kept.items())))


def share_of(cluster: Cluster, places: Iterable[Place]) -> int:
    """How many of these cards are there because of a like in this taste."""
    members = set(cluster.members)
    return sum(bool(members & set(place.evidence)) for place in places)


def _strongest_first(person: Person) -> list[int]:
    numbers = np.unique(person.tastes.clusters)
    strength = [float(person.recent[person.tastes.clusters == number].sum()) for number in numbers]
    return [int(numbers[place]) for place in np.argsort(-np.array(strength), kind="stable")]


def _weight(members: Sequence[int], voices: Sequence[float], stored: dict[int, float]) -> float:
    """The voice nearest 1, as in ranking; for a silent taste the weight it will have when it is switched on again."""
    heard = [voice for voice in voices if voice > 0]
    known = heard or [stored[image] for image in members if image in stored]
    return min(known, key=lambda weight: abs(math.log(weight)), default=1.0)


def _named(found: list[Cluster]) -> list[Cluster]:
    """Each named by the commonest word of its pictures, and a second one where two would have the same name."""
    words = [_words(cluster.cards) for cluster in found]
    first = Counter(one[0] for one in words if one)
    taken: set[str] = set()
    named = []
    for cluster, one in zip(found, words, strict=True):
        name = one[0] if one else _("A mixture")
        if one and first[one[0]] > 1:
            name = _apart(one, taken)
            taken.add(name)
        named.append(replace(cluster, name=name))
    return named


def _apart(words: Sequence[str], taken: Container[str]) -> str:
    """The first word with another that is no form of it: one by which no other taste is told apart, where there is."""
    names = [f"{words[0]} · {word}" for word in words[1:] if root(word) != root(words[0])]
    return next((name for name in names if name not in taken), names[0] if names else words[0])


def _words(cards: Sequence[Card]) -> list[str]:
    """Categories and tags of these pictures, the commonest first; a person's word counts more than a machine's."""
    counts: Counter[str] = Counter()
    for card in cards:
        words = {card.category.name: 1.5} if card.category else {}
        for tag in card.tags:
            words.setdefault(tag.name, 1.0 if tag.source == "person" else 0.9 * (tag.confidence or 0.0))
        counts.update(words)
    return [word for word, _count in sorted(counts.items(), key=lambda one: (-one[1], one[0]))]
