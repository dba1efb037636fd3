"""What happened in front of people: events, as browsers report them and as the site sees them itself.

A browser reports what was seen and looked at, and in which list; a program may also report what was opened and saved.
Where in the list it was, what had put it there and with which probability, the site knows itself.
"""

from __future__ import annotations

import datetime as dt
import math
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from catalog.models import Image
from catalog.viewers import Viewer
from recommender.entries import Place
from recommender.models import Event, Feed, Release
from recommender.services.privacy import is_private

MOST_EVENTS = 100
MOST_SECONDS = 300.0
"""Longest dwell that counts: who leaves a picture open for an hour has not looked at it for an hour."""
FROM_BROWSERS = (Event.Kind.IMPRESSION, Event.Kind.OPEN, Event.Kind.DWELL, Event.Kind.SAVE)


class BadEvent(ValueError):
    """An event that cannot be stored."""


def record_open(*, viewer: Viewer, image_id: int, now: dt.datetime) -> None:
    """The viewer has opened the picture's page."""
    _record(Event.Kind.OPEN, viewer, image_id, now)


def record_like(*, viewer: Viewer, image_id: int, now: dt.datetime) -> None:
    """The viewer has liked a picture that they did not like until now."""
    _record(Event.Kind.LIKE, viewer, image_id, now)


def record_save(*, viewer: Viewer, image_id: int, now: dt.datetime) -> None:
    """The viewer has saved the picture, which was on none of their boards before."""
    _record(Event.Kind.SAVE, viewer, image_id, now)


def _record(kind: Event.Kind, viewer: Viewer, image_id: int, now: dt.datetime) -> None:
    if viewer.is_someone and not is_private(viewer=viewer, now=now):
        Event.objects.create(kind=kind, image_id=image_id, at=now, counted=viewer.counts, **viewer.columns)


def record_events(*, viewer: Viewer, events: Sequence[Any], now: dt.datetime) -> tuple[int, list[dict[str, Any]]]:
    """Store the events that the viewer's browser reports; returns how many were accepted, and why others were not.

    A repeated impression of a picture in one list is accepted, and stored once. `at` is checked but never trusted: what
    counts is the server's clock. Nothing is stored about those who browse privately.
    """
    accepted, refused = [], []
    if is_private(viewer=viewer, now=now):
        return 0, [{"index": index, "detail": _("You are browsing privately.")} for index in range(len(events))]
    visible = _visible_ids(events, viewer)
    lists = _own_lists(events, viewer)
    for index, event in enumerate(events):
        try:
            accepted.append(_event(event, viewer=viewer, visible=visible, lists=lists, now=now))
        except BadEvent as error:
            refused.append({"index": index, "detail": str(error)})
    Event.objects.bulk_create(accepted, ignore_conflicts=True)
    return len(accepted), refused


@dataclass(frozen=True)
class _List:
    """A walk, as evidence."""

    feed: Feed

    @cached_property
    def places(self) -> dict[int, tuple[int, Place]]:
        """The pictures it has served, each with its position, from 0."""
        kept = [Place.from_json(place) for page in self.feed.pages for place in page["places"]]
        return {place.image: (position, place) for position, place in enumerate(kept)}

    def columns_of(self, image: int) -> dict[str, Any]:
        """What an event on the picture says about the list; no position for a picture that the list did not serve."""
        release = self.feed.release
        said = {
            "feed_id": self.feed.pk,
            "walk": self.feed.pk,
            "tab": release.get("tab", ""),
            "release": " ".join(f"{kind}:{release[kind]}" for kind in Release.Kind.values if release.get(kind)),
            "experiment_id": self.feed.experiment_id,
            "arm": self.feed.arm,
        }
        if image not in self.places:
            return said
        position, place = self.places[image]
        placed = {"position": position, "source": place.kind, "propensity": place.propensity}
        return said | placed | {"explored": place.explored, "team": place.team}


def _event(
    event: Any, *, viewer: Viewer, visible: set[int], lists: Mapping[uuid.UUID, _List], now: dt.datetime
) -> Event:
    if not isinstance(event, dict):
        raise BadEvent(_("An event is an object."))
    kind = event.get("kind")
    if kind not in FROM_BROWSERS:
        raise BadEvent(_("kind must be one of %(kinds)s.") % {"kinds": ", ".join(FROM_BROWSERS)})
    image = _whole(event.get("image"))
    if image is None or image not in visible:
        raise BadEvent(_("There is no such image."))
    walk = _feed_key(event.get("feed"))
    if event.get("feed") and walk not in lists:
        raise BadEvent(_("There is no such feed of yours."))
    position = _whole(event.get("position"))
    if event.get("position") is not None and (position is None or not 0 <= position < 2**31):
        raise BadEvent(_("position must be a whole number from 0 on."))
    if event.get("at") is not None and _moment(event["at"]) is None:
        raise BadEvent(_("at must be a time in ISO 8601."))
    placed = lists[walk].columns_of(image) if walk is not None else {"position": position}
    seconds = _seconds(event)
    return Event(kind=kind, image_id=image, seconds=seconds, at=now, counted=viewer.counts, **placed, **viewer.columns)


def _seconds(event: Mapping[str, Any]) -> float | None:
    """How long a dwell lasted, at most MOST_SECONDS; None for other events. Raises BadEvent."""
    if event["kind"] != Event.Kind.DWELL:
        return None
    seconds = event.get("seconds")
    is_number = isinstance(seconds, int | float) and not isinstance(seconds, bool)
    if not is_number or not math.isfinite(seconds) or seconds <= 0:  # type: ignore[arg-type, operator]
        raise BadEvent(_("seconds must be a positive number."))
    return min(float(seconds), MOST_SECONDS)  # type: ignore[arg-type]


def _visible_ids(events: Sequence[Any], viewer: Viewer) -> set[int]:
    keys = (_whole(event.get("image")) for event in events if isinstance(event, dict))
    named = [key for key in keys if key is not None]
    return set(Image.objects.filter(pk__in=named).visible_to(viewer).values_list("pk", flat=True))


def _own_lists(events: Sequence[Any], viewer: Viewer) -> dict[uuid.UUID, _List]:
    keys = (_feed_key(event.get("feed")) for event in events if isinstance(event, dict))
    named = [key for key in keys if key is not None]
    return {feed.pk: _List(feed) for feed in Feed.objects.of(viewer).filter(pk__in=named)}


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
