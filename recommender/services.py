"""Verbs of the recommender: not interested, seen, start again."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from typing import Any

from django.contrib.auth.models import AbstractUser
from django.db import transaction
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from catalog import services as catalog_services
from catalog.models import Image
from catalog.viewers import Viewer
from recommender import rebuild, tasks
from recommender.models import Dismissal, Event, Feed, Profile

MOST_EVENTS = 100


class BadEvent(ValueError):
    """An event that cannot be stored."""


def dismiss(*, viewer: Viewer, image: Image) -> None:
    """The viewer is not interested in this picture; a like of theirs is taken back."""
    with transaction.atomic():
        Dismissal.objects.get_or_create(image=image, **viewer.columns)
        catalog_services.unlike(viewer=viewer, image=image)


def undismiss(*, viewer: Viewer, image: Image) -> None:
    Dismissal.objects.of(viewer).filter(image=image).delete()


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


def look_again(*, image_ids: list[int]) -> int:
    """Have the eyes look at these pictures anew, with all tries; returns how many there are."""
    with transaction.atomic():
        rebuild.look_again(image_ids)
        for start in range(0, len(image_ids), rebuild.BATCH):
            tasks.embed_images.delay_on_commit(image_ids[start : start + rebuild.BATCH])
    return len(image_ids)


def start_again(*, viewer: Viewer, now: dt.datetime) -> None:
    """Let everything come again: what was seen until now counts no more, and the next feed is a new one."""
    Profile.objects.update_or_create(**viewer.columns, defaults={"seen_since": now})
    Feed.objects.of(viewer).delete()


def adopt(*, visitor: uuid.UUID, user: AbstractUser) -> None:
    """Make a visitor's dismissals, events, walks and choices those of the person who has just signed in."""
    with transaction.atomic():
        own = Dismissal.objects.filter(user_id=user.pk).values("image")
        Dismissal.objects.filter(visitor=visitor).exclude(image__in=own).update(user_id=user.pk, visitor=None)
        Dismissal.objects.filter(visitor=visitor).delete()
        liked = user.likes.values("image")  # type: ignore[attr-defined]
        Dismissal.objects.filter(user_id=user.pk, image__in=liked).delete()
        Event.objects.filter(visitor=visitor).update(user_id=user.pk, visitor=None)
        Feed.objects.filter(visitor=visitor).update(user_id=user.pk, visitor=None)
        if not Profile.objects.filter(user_id=user.pk).exists():
            Profile.objects.filter(visitor=visitor).update(user_id=user.pk, visitor=None)
        Profile.objects.filter(visitor=visitor).delete()


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
