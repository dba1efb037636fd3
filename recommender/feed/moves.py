"""What reactions have moved: the cards that come next, compared with those that would have come without them."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from catalog import queries as catalog_queries
from catalog.models import Like
from catalog.queries import Card
from catalog.viewers import Viewer
from recommender import queries
from recommender.models import Dismissal
from recommender.queries import Choices

NAMED = 2
"""Most topics that are named on each side."""


@dataclass(frozen=True, slots=True)
class Moves:
    """up: ids that have come in.  down: ids that have dropped out.  reordered: the same ids in another order."""

    up: tuple[int, ...] = ()
    down: tuple[int, ...] = ()
    reordered: bool = False

    @classmethod
    def between(cls, before: Sequence[int], after: Sequence[int]) -> Moves:
        """From two lists of the same length."""
        up = tuple(image for image in after if image not in before)
        down = tuple(image for image in before if image not in after)
        return cls(up, down, reordered=not up and not down and list(before) != list(after))


def reacted_to(viewer: Viewer, *, since: dt.datetime, chosen: Choices) -> set[int]:
    """The pictures the viewer has reacted to since then, or asked on for less of a topic or a person."""
    if not viewer.is_someone:
        return set()
    new = {"created_at__gt": since}
    likes = Like.objects.of(viewer).filter(**new).values_list("image_id", flat=True)
    dismissals = Dismissal.objects.of(viewer).filter(**new).values_list("image_id", flat=True)
    saves = [image for image, at in queries.saves(viewer, chosen=chosen) if at > since]
    return {*likes, *dismissals, *saves, *(mute.image_id or 0 for mute in chosen.mutes if mute.created_at > since)}


@dataclass(frozen=True, slots=True)
class Note:
    """What moved, in words. text: one line with a number for each topic.  short: the largest moves, for a toast."""

    text: str
    short: str


def said(moves: Moves, viewer: Viewer) -> Note:
    cards = {card.id: card for card in catalog_queries.cards([*moves.up, *moves.down], viewer, detail=True)}
    net = Counter(_topic(cards[image]) for image in moves.up if image in cards)
    net.subtract(_topic(cards[image]) for image in moves.down if image in cards)
    more = [_("%(count)d more of “%(topic)s”") % {"count": count, "topic": topic} for topic, count in _largest(net)]
    fewer = [_("%(count)d fewer of “%(topic)s”") % {"count": count, "topic": topic} for topic, count in _largest(-net)]
    if more or fewer:
        text = _("Because of you: %(moves)s") % {"moves": _listed([*more, *fewer])}
        return Note(text, short=_listed([*more[:1], *fewer[:1]]))
    text = _without_topics(moves)
    return Note(text, short=text)


def _without_topics(moves: Moves) -> str:
    if moves.up:
        return ngettext(
            "Because of you: %(count)d other picture of the same kinds",
            "Because of you: %(count)d other pictures of the same kinds",
            len(moves.up),
        ) % {"count": len(moves.up)}
    return _("Because of you: the same pictures in a new order") if moves.reordered else _("Nothing changed")


def _listed(parts: list[str]) -> str:
    return pgettext("between the parts of a list", ", ").join(parts)


def _largest(net: Counter[str]) -> list[tuple[str, int]]:
    """The topics that have gained most."""
    return [one for one in sorted(net.items(), key=lambda one: (-one[1], one[0])) if one[1] > 0][:NAMED]


def _topic(card: Card) -> str:
    if card.category is not None:
        return card.category.name
    return card.tags[0].name if card.tags else _("other pictures")
