"""What the feed rests on, one row each, the newest first, so that any of it can be removed."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Max, QuerySet

from catalog import queries as catalog_queries
from catalog.models import BoardImage, Like
from catalog.queries import Card
from catalog.viewers import Viewer
from recommender.models import Dismissal, Event
from recommender.queries import Choices

EACH = 24


class Kind:
    """What one can look back on."""

    LIKES = "likes"
    DISMISSALS = "dismissals"
    VIEWS = "views"
    SAVES = "saves"
    ALL = (LIKES, SAVES, DISMISSALS, VIEWS)


@dataclass(frozen=True, slots=True)
class Row:
    """One thing done. counts: whether it shapes the feed, as nothing does from before a reset or during a pause."""

    card: Card
    at: dt.datetime
    counts: bool = True


@dataclass(frozen=True, slots=True)
class Past:
    kind: str
    rows: tuple[Row, ...]
    total: int
    page: int
    more: bool


def past(*, viewer: Viewer, kind: str, page: int, chosen: Choices) -> Past:
    """One page of it, from 0 on."""
    found = _rows(viewer, kind, chosen)
    total = found.count()
    moments = dict(found[page * EACH : page * EACH + EACH])
    cards = catalog_queries.cards(moments, viewer)
    counts = _counts(kind, chosen)
    rows = tuple(Row(card, moments[card.id], counts(moments[card.id])) for card in cards)
    return Past(kind, rows, total, page, more=total > (page + 1) * EACH)


def _rows(viewer: Viewer, kind: str, chosen: Choices) -> QuerySet[Any]:
    """(image, moment), the newest first."""
    if kind == Kind.VIEWS:
        seen = Event.objects.of(viewer).filter(kind__in=(Event.Kind.OPEN, Event.Kind.DWELL))
        since = chosen.profile.seen_since
        seen = seen.filter(at__gt=since) if since is not None else seen
        return (
            seen.values("image_id")
            .annotate(last=Max("at"))
            .order_by("-last", "image_id")
            .values_list("image_id", "last")
        )
    if kind == Kind.SAVES:
        saved = BoardImage.objects.filter(added_by=viewer.user_id or 0, board__deleted_at=None)
        last = saved.values("image_id").annotate(last=Max("added_at"))
        return last.order_by("-last", "image_id").values_list("image_id", "last")
    rows = (Like if kind == Kind.LIKES else Dismissal).objects.of(viewer)
    return rows.order_by("-created_at", "-pk").values_list("image_id", "created_at")


def _counts(kind: str, chosen: Choices) -> Any:
    return chosen.counts if kind != Kind.VIEWS else lambda _at: True
