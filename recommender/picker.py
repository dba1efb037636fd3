"""The taste picker: pictures that a stranger is asked about, so that the first page can follow their taste."""

from __future__ import annotations

from dataclasses import dataclass

from catalog import queries as catalog_queries
from catalog.models import Image, Like
from catalog.queries import Card
from catalog.viewers import Viewer
from recommender import queries, store
from recommender.engine.elicitation import representatives

SET = 15
"""Pictures asked about at once."""
MOST_SETS = 4
ENOUGH = 3
"""Likes that give the first page something to follow."""
WELL_LIKED = 800
"""Pictures, the most liked, that may be asked about."""
FEWEST = 24
"""Findable pictures below which nobody is asked: they see everything at once anyway."""


@dataclass(frozen=True)
class Asked:
    """Pictures to choose from, in the order they are asked about, and whether there are more."""

    cards: list[Card]
    more: bool


def asked(viewer: Viewer, *, sets: int = 1) -> Asked:
    """The first sets of pictures to choose from; none where the collection is small or has not been looked at."""
    index = store.index()
    if index is None or len(index.ids) < FEWEST:
        return Asked([], more=False)
    liked_most = Image.objects.listed_for(viewer).order_by("-like_count", "-pk").values_list("pk", flat=True)
    known = queries.reacted_and_own_ids(viewer)
    rows = index.ids.rows(sorted(set(liked_most[:WELL_LIKED]) - known))
    rows = rows[rows >= 0]
    wanted = SET * min(max(sets, 1), MOST_SETS)
    chosen = rows[representatives(index.vectors.take(rows), k=wanted)]
    cards = [card for card in catalog_queries.cards(index.ids.ids(chosen).tolist(), viewer) if card.has_pixels]
    return Asked(cards, more=len(rows) > wanted and sets < MOST_SETS)


def is_possible() -> bool:
    """Whether there are pictures enough to be asked about."""
    index = store.index()
    return index is not None and len(index.ids) >= FEWEST


def is_stranger(viewer: Viewer) -> bool:
    """Whether nothing is known of what the viewer likes."""
    return not Like.objects.of(viewer).exists()
