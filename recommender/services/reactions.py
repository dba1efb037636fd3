"""Not interested, start again, and what a visitor did becoming a person's."""

from __future__ import annotations

import datetime as dt
import uuid

from django.contrib.auth.models import AbstractUser
from django.db import transaction

from catalog import services as catalog_services
from catalog.models import Image
from catalog.viewers import Viewer
from recommender.models import Assignment, Dismissal, Event, Feed, Profile


def dismiss(*, viewer: Viewer, image: Image) -> None:
    """The viewer is not interested in this picture; a like of theirs is taken back."""
    with transaction.atomic():
        Dismissal.objects.get_or_create(image=image, **viewer.columns)
        catalog_services.unlike(viewer=viewer, image=image)


def undismiss(*, viewer: Viewer, image: Image) -> None:
    Dismissal.objects.of(viewer).filter(image=image).delete()


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
        _adopt_arms(visitor, user)
        if not Profile.objects.filter(user_id=user.pk).exists():
            Profile.objects.filter(visitor=visitor).update(user_id=user.pk, visitor=None)
        Profile.objects.filter(visitor=visitor).delete()


def _adopt_arms(visitor: uuid.UUID, user: AbstractUser) -> None:
    """Somebody who signs up stays in the arms they were in; who was in one already stays in that."""
    own = Assignment.objects.filter(user_id=user.pk).values("experiment")
    Assignment.objects.filter(visitor=visitor).exclude(experiment__in=own).update(user_id=user.pk, visitor=None)
    Assignment.objects.filter(visitor=visitor).delete()
