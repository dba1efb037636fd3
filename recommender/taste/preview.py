"""How the feed begins now, and how it would begin with other choices: two strips, one under the other."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from catalog import queries as catalog_queries
from catalog.queries import Card
from catalog.viewers import Viewer
from recommender import feed
from recommender.queries import Choices

SHOWN = 12


@dataclass(frozen=True, slots=True)
class Preview:
    """Two strips of cards. fresh: those that come in.  gone: those that drop out."""

    before: tuple[Card, ...]
    after: tuple[Card, ...]

    @property
    def fresh(self) -> frozenset[int]:
        return frozenset(card.id for card in self.after) - {card.id for card in self.before}

    @property
    def gone(self) -> frozenset[int]:
        return frozenset(card.id for card in self.before) - {card.id for card in self.after}

    @property
    def is_same(self) -> bool:
        return [card.id for card in self.before] == [card.id for card in self.after]


def preview(*, viewer: Viewer, now: dt.datetime, before: Choices, after: Choices) -> Preview:
    """The first cards with either choices, everything else being equal."""
    lists = feed.upcoming(viewer=viewer, now=now, chosen=[before, after], k=SHOWN)
    ids = [[place.image for place in places] for places in lists]
    listed = catalog_queries.listed_ids({image for one in ids for image in one}, viewer)
    cards = {card.id: card for card in catalog_queries.cards(listed, viewer)}
    return Preview(*(tuple(cards[image] for image in one if image in cards) for one in ids))
