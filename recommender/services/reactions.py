"""Not interested, start again, and making a visitor's doings a person's."""

from __future__ import annotations

import datetime as dt
import uuid

from django.contrib.auth.models import AbstractUser
from django.db import transaction
from django.utils import timezone

from catalog import services as catalog_services
from catalog.models import Image
from catalog.viewers import Viewer
from recommender.models import Assignment, Dismissal, Event, Feed, MaskedRegion, Mute, Profile, TasteWeight
from recommender.services.mutes import take_back_less
from recommender.services.privacy import refuse_if_private


def dismiss(*, viewer: Viewer, image: Image) -> None:
    """Note that the viewer is not interested in this picture; takes back their like of it. Raises NotKept."""
    refuse_if_private(viewer=viewer, now=timezone.now())
    with transaction.atomic():
        Dismissal.objects.get_or_create(image=image, **viewer.columns)
        catalog_services.unlike(viewer=viewer, image=image)


def undismiss(*, viewer: Viewer, image: Image) -> None:
    """Take a dismissal back, and with it "less of this topic" or person where it was said on that card."""
    take_back_less(viewer=viewer, image=image)
    Dismissal.objects.of(viewer).filter(image=image).delete()


def start_again(*, viewer: Viewer, now: dt.datetime) -> None:
    """Let everything come again: what was seen so far no longer counts, and the next feed is a new one."""
    Profile.objects.update_or_create(**viewer.columns, defaults={"seen_since": now})
    Feed.objects.of(viewer).delete()


def adopt(*, visitor: uuid.UUID, user: AbstractUser) -> None:
    """Make a visitor's dismissals, masks, events, walks and choices those of the person who has just signed in."""
    with transaction.atomic():
        own = Dismissal.objects.filter(user_id=user.pk).values("image")
        Dismissal.objects.filter(visitor=visitor).exclude(image__in=own).update(user_id=user.pk, visitor=None)
        Dismissal.objects.filter(visitor=visitor).delete()
        liked = user.likes.values("image")  # type: ignore[attr-defined]
        Dismissal.objects.filter(user_id=user.pk, image__in=liked).delete()
        MaskedRegion.objects.filter(visitor=visitor).update(user_id=user.pk, visitor=None)
        Event.objects.filter(visitor=visitor).update(user_id=user.pk, visitor=None)
        Feed.objects.filter(visitor=visitor).update(user_id=user.pk, visitor=None)
        _adopt_arms(visitor, user)
        _adopt_choices(visitor, user)
        if not Profile.objects.filter(user_id=user.pk).exists():
            Profile.objects.filter(visitor=visitor).update(user_id=user.pk, visitor=None)
        Profile.objects.filter(visitor=visitor).delete()


def _adopt_choices(visitor: uuid.UUID, user: AbstractUser) -> None:
    """What the person had chosen stays; the visitor's choices are added to it."""
    own = TasteWeight.objects.filter(user_id=user.pk).values("image")
    TasteWeight.objects.filter(visitor=visitor).exclude(image__in=own).update(user_id=user.pk, visitor=None)
    TasteWeight.objects.filter(visitor=visitor).delete()
    known = set(Mute.objects.filter(user_id=user.pk).values_list("tag_id", "category_id", "person_id"))
    for mute in Mute.objects.filter(visitor=visitor):
        if (mute.tag_id, mute.category_id, mute.person_id) not in known:
            mute.user_id, mute.visitor = user.pk, None
            mute.save()
    Mute.objects.filter(visitor=visitor).delete()


def _adopt_arms(visitor: uuid.UUID, user: AbstractUser) -> None:
    """A visitor who signs up stays in their arms; a person who already had one keeps their own."""
    own = Assignment.objects.filter(user_id=user.pk).values("experiment")
    Assignment.objects.filter(visitor=visitor).exclude(experiment__in=own).update(user_id=user.pk, visitor=None)
    Assignment.objects.filter(visitor=visitor).delete()
