"""What one viewer has reacted to, and seen."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django.db.models import Count, Max, Q

from catalog.models import Board, BoardImage, Image, Like
from catalog.viewers import Viewer
from recommender.engine.config import DEFAULT, RankingConfig
from recommender.engine.inputs import History
from recommender.models import Dismissal, Event
from recommender.queries.choices import Choices, choices
from recommender.queries.masks import masked
from recommender.queries.people import person_key
from recommender.store import Index


def dismissed_ids(ids: Iterable[int], viewer: Viewer) -> set[int]:
    """Which of these pictures the viewer has dismissed."""
    return set(Dismissal.objects.of(viewer).filter(image__in=list(ids)).values_list("image_id", flat=True))


def dismissed_by(viewer: Viewer) -> set[int]:
    """All that the viewer has dismissed."""
    return set(Dismissal.objects.of(viewer).values_list("image_id", flat=True))


def history(index: Index, viewer: Viewer, *, chosen: Choices | None = None) -> History:
    """The viewer's reactions that count, as rows of this index; a save says as much as a like.

    A picture they may no longer open leaves no trace.
    """
    chosen = chosen or choices(viewer)
    likes = _counted(viewer, "likes", chosen) if chosen.profile.learns_from_likes else []
    likes += saves(viewer, chosen=chosen)
    dismissals = _counted(viewer, "dismissals", chosen)
    # A model cannot unlearn what it once learned from a person, so it is to take them for a stranger.
    is_known = viewer.user_id is not None and chosen.profile.learns_from_likes and chosen.profile.reset_at is None
    known = History.of(
        liked=index.ids.rows([image for image, _at in likes]),
        liked_at=[at.timestamp() for _image, at in likes],
        dismissed=index.ids.rows([image for image, _at in dismissals]),
        dismissed_at=[at.timestamp() for _image, at in dismissals],
        person=person_key(viewer.user_id) if is_known and viewer.user_id is not None else None,
        wishes=chosen.wishes(index),
    )
    return replace(known, masked=masked(index, viewer, chosen=chosen))


def reacted_and_own_ids(viewer: Viewer, *, chosen: Choices | None = None) -> set[int]:
    """What never comes in a feed: liked or saved (where that counts), dismissed, or the viewer's own."""
    if not viewer.is_someone:
        return set()
    chosen = chosen or choices(viewer)
    likes = Like.objects.of(viewer).values_list("image_id", "created_at")
    return {
        *(image for image, at in likes if chosen.counts(at)),
        *(image for image, _at in saves(viewer, chosen=chosen)),
        *Dismissal.objects.of(viewer).values_list("image_id", flat=True),
        *Image.objects.owned_by(viewer).values_list("pk", flat=True),
    }


def saves(viewer: Viewer, *, chosen: Choices) -> list[tuple[int, dt.datetime]]:
    """(image, moment) of what the viewer has saved to boards they are still on, and sees there; none with saves off."""
    if viewer.user_id is None or not chosen.profile.learns_from_saves:
        return []
    theirs = BoardImage.objects.filter(added_by=viewer.user_id, board__in=Board.objects.of(viewer)).shown_to(viewer)
    return [(image, at) for image, at in theirs.order_by().values_list("image", "added_at") if chosen.counts(at)]


def seen_ids(
    viewer: Viewer, *, as_of: dt.datetime, config: RankingConfig = DEFAULT, chosen: Choices | None = None
) -> list[int]:
    """What the viewer had seen by then, the longest ago first: opened, or shown several times without a reaction."""
    profile = (chosen or choices(viewer)).profile
    if not profile.learns_from_views:
        return []
    since = as_of - dt.timedelta(days=config.seen_days)
    if profile.seen_since is not None:
        since = max(since, profile.seen_since)
    rows = (
        Event.objects.of(viewer)
        .filter(kind__in=(Event.Kind.OPEN, Event.Kind.IMPRESSION), at__gt=since, at__lte=as_of)
        .values("image_id")
        .annotate(
            opens=Count("pk", filter=Q(kind=Event.Kind.OPEN)),
            shows=Count("pk", filter=Q(kind=Event.Kind.IMPRESSION)),
            last=Max("at"),
        )
        .filter(Q(opens__gte=1) | Q(shows__gte=config.seen_impressions))
    )
    return list(rows.order_by("last", "image_id").values_list("image_id", flat=True))


def _counted(viewer: Viewer, name: str, chosen: Choices) -> list[tuple[int, dt.datetime]]:
    return [(image, at) for image, at in _visible_reactions(viewer, name) if chosen.counts(at)]


def _visible_reactions(viewer: Viewer, name: str) -> list[tuple[int, dt.datetime]]:
    """(image, moment). A join, because for a subquery SQLite would read all visible pictures to look up a few."""
    if not viewer.is_someone:
        return []
    theirs: dict[str, Any] = {f"{name}__{column}": value for column, value in viewer.columns.items()}
    images = Image.objects.visible_to(viewer).filter(**theirs).order_by()
    return list(images.values_list("pk", f"{name}__created_at"))
