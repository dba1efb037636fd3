"""Removing the past row by row, and having it back exactly.

What was removed is not kept here: it is in the undo on the person's page, signed, and good for an hour.
"""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

from django.core import serializers, signing
from django.db import models, transaction

from catalog import services as catalog_services
from catalog.models import Board, BoardImage, Image, Like
from catalog.viewers import Viewer
from recommender.models import Dismissal, Event, Experiment, Feed
from recommender.services.reactions import dismiss
from recommender.taste import Kind

LASTS = dt.timedelta(hours=1)
SALT = "past"
EVENTS = {
    Kind.LIKES: (Event.Kind.LIKE,),
    Kind.SAVES: (Event.Kind.SAVE,),
    Kind.DISMISSALS: (),
    Kind.VIEWS: (Event.Kind.OPEN, Event.Kind.DWELL, Event.Kind.IMPRESSION),
}


class NoSuchPast(LookupError):
    """This is nothing that the viewer has removed lately."""


def forget(*, viewer: Viewer, kind: str, image: Image) -> str:
    """Remove what the viewer did with this picture, as if it had never been; returns what `remember` needs."""
    with transaction.atomic():
        facts, events = list(_facts(viewer, kind, image)), _events(viewer, kind, image)
        memory = {"of": _name(viewer), "kind": kind, "image": image.pk, "rows": _written([*facts, *events])}
        if kind == Kind.LIKES:
            catalog_services.unlike(viewer=viewer, image=image)
        elif kind == Kind.DISMISSALS:
            Dismissal.objects.of(viewer).filter(image=image).delete()
        for row in facts if kind == Kind.SAVES else []:
            catalog_services.unsave(board=row.board, image_id=image.pk)
        events.delete()
    return signing.dumps(memory, salt=SALT, compress=True)


def remember(*, viewer: Viewer, memory: str) -> str:
    """Give back what was removed, with its moments; returns its kind. Safe to repeat. Raises NoSuchPast, NotKept."""
    try:
        told = signing.loads(memory, salt=SALT, max_age=LASTS)
    except signing.BadSignature as bad:
        raise NoSuchPast from bad
    image = Image.objects.visible_to(viewer).filter(pk=told["image"]).first()
    if told["of"] != _name(viewer) or image is None:
        raise NoSuchPast
    rows = [read.object for read in serializers.deserialize("python", told["rows"])]
    with transaction.atomic():
        for row in rows:
            if not isinstance(row, Event):
                _give_back(row, viewer, image)
        _events(viewer, told["kind"], image).filter(kind__in=(Event.Kind.LIKE, Event.Kind.SAVE)).delete()
        events = [_of_what_is_left(row) for row in rows if isinstance(row, Event)]
        Event.objects.bulk_create(events, ignore_conflicts=True)
    return str(told["kind"])


def _facts(viewer: Viewer, kind: str, image: Image) -> models.QuerySet[Any]:
    if kind == Kind.LIKES:
        return Like.objects.of(viewer).filter(image=image)
    if kind == Kind.DISMISSALS:
        return Dismissal.objects.of(viewer).filter(image=image)
    mine = BoardImage.objects.filter(added_by=viewer.user_id or 0, image=image, board__deleted_at=None)
    return mine.select_related("board") if kind == Kind.SAVES else mine.none()


def _events(viewer: Viewer, kind: str, image: Image) -> models.QuerySet[Event]:
    events: models.QuerySet[Event] = Event.objects.of(viewer).filter(image=image, kind__in=EVENTS[kind])
    return events


def _give_back(row: Any, viewer: Viewer, image: Image) -> None:
    if isinstance(row, Like):
        catalog_services.like(viewer=viewer, image=image)
        Like.objects.of(viewer).filter(image=image).update(created_at=row.created_at)
    elif isinstance(row, Dismissal):
        dismiss(viewer=viewer, image=image)
        Dismissal.objects.of(viewer).filter(image=image).update(created_at=row.created_at)
    elif board := Board.objects.editable_by(viewer).filter(pk=row.board_id).first():
        catalog_services.save(viewer=viewer, board=board, image=image, position=row.position)
        BoardImage.objects.filter(board=board, image=image).update(added_at=row.added_at)


def _of_what_is_left(event: Event) -> Event:
    """The event, without its walk or its experiment where these are gone."""
    if event.feed_id is not None and not Feed.objects.filter(pk=event.feed_id).exists():
        event.feed_id = None
    if event.experiment_id is not None and not Experiment.objects.filter(pk=event.experiment_id).exists():
        event.experiment_id = None
    return event


def _written(rows: list[models.Model]) -> Any:
    return json.loads(json.dumps(serializers.serialize("python", rows), default=str))


def _name(viewer: Viewer) -> str:
    return f"user:{viewer.user_id}" if viewer.user_id else f"visitor:{viewer.visitor}"
