"""What was seen and opened: events, as the viewer's browser tells them."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from typing import Any

from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from catalog.models import Image
from catalog.viewers import Viewer
from recommender.models import Event, Feed

MOST_EVENTS = 100


class BadEvent(ValueError):
    """An event that cannot be stored."""


def record_open(*, viewer: Viewer, image_id: int, now: dt.datetime) -> None:
    """The viewer has opened the picture's page."""
    if viewer.is_someone:
        Event.objects.create(kind=Event.Kind.OPEN, image_id=image_id, at=now, **viewer.columns)


def record_events(*, viewer: Viewer, events: Sequence[Any], now: dt.datetime) -> tuple[int, list[dict[str, Any]]]:
    """Store what the viewer's browser says has happened; returns how many were accepted, and why others were not.

    A repeated impression of one picture in one list is accepted and stored once. `at` is checked, never trusted:
    what counts is the server's clock.
    """
    accepted, refused = [], []
    visible = _visible_ids(events, viewer)
    feeds = _own_feeds(events, viewer)
    for index, event in enumerate(events):
        try:
            accepted.append(_event(event, viewer=viewer, visible=visible, feeds=feeds, now=now))
        except BadEvent as error:
            refused.append({"index": index, "detail": str(error)})
    Event.objects.bulk_create(accepted, ignore_conflicts=True)
    return len(accepted), refused


def _event(event: Any, *, viewer: Viewer, visible: set[int], feeds: set[uuid.UUID], now: dt.datetime) -> Event:
    if not isinstance(event, dict):
        raise BadEvent(_("An event is an object."))
    if event.get("kind") not in Event.Kind.values:
        raise BadEvent(_("kind must be one of %(kinds)s.") % {"kinds": ", ".join(Event.Kind.values)})
    image = _whole(event.get("image"))
    if image is None or image not in visible:
        raise BadEvent(_("There is no such image."))
    feed = _feed_key(event.get("feed"))
    if event.get("feed") and feed not in feeds:
        raise BadEvent(_("There is no such feed of yours."))
    position = _whole(event.get("position"))
    if event.get("position") is not None and (position is None or not 0 <= position < 2**31):
        raise BadEvent(_("position must be a whole number from 0 on."))
    if event.get("at") is not None and _moment(event["at"]) is None:
        raise BadEvent(_("at must be a time in ISO 8601."))
    return Event(kind=event["kind"], image_id=image, feed_id=feed, position=position, at=now, **viewer.columns)


def _visible_ids(events: Sequence[Any], viewer: Viewer) -> set[int]:
    keys = (_whole(event.get("image")) for event in events if isinstance(event, dict))
    named = [key for key in keys if key is not None]
    return set(Image.objects.filter(pk__in=named).visible_to(viewer).values_list("pk", flat=True))


def _own_feeds(events: Sequence[Any], viewer: Viewer) -> set[uuid.UUID]:
    keys = (_feed_key(event.get("feed")) for event in events if isinstance(event, dict))
    named = [key for key in keys if key is not None]
    return set(Feed.objects.of(viewer).filter(pk__in=named).values_list("pk", flat=True))


def _whole(value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and -(2**63) <= value < 2**63 else None


def _feed_key(value: Any) -> uuid.UUID | None:
    try:
        return uuid.UUID(value) if isinstance(value, str) and value else None
    except ValueError:
        return None


def _moment(value: Any) -> dt.datetime | None:
    try:
        return parse_datetime(value) if isinstance(value, str) else None
    except ValueError:
        return None
