"""Likes. Safe to repeat: like and unlike, never toggle. The counter moves with the row, in one transaction."""

from __future__ import annotations

import uuid

from django.contrib.auth.models import AbstractUser
from django.db import transaction
from django.db.models import F

from catalog import signals
from catalog.models import Image, Like
from catalog.viewers import Viewer


class NotKept(Exception):
    """The viewer has asked for nothing to be kept about them now. The message tells them so."""


def like(*, viewer: Viewer, image: Image) -> int:
    """Note that the viewer likes the picture; returns how many people do. Visitors are not counted. Raises NotKept."""
    with transaction.atomic():
        _row, created = Like.objects.get_or_create(image=image, **viewer.columns)
        if created and viewer.user_id is not None:
            Image.objects.filter(pk=image.pk).update(like_count=F("like_count") + 1)
        signals.image_liked.send(sender=Like, viewer=viewer, image_id=image.pk, is_new=created)
        return _count(image)


def unlike(*, viewer: Viewer, image: Image) -> int:
    """Take the viewer's like back; returns how many people still like the picture."""
    with transaction.atomic():
        deleted, _rows = Like.objects.of(viewer).filter(image=image).delete()
        if deleted and viewer.user_id is not None:
            Image.objects.filter(pk=image.pk).update(like_count=F("like_count") - 1)
        return _count(image)


def adopt(*, visitor: uuid.UUID, user: AbstractUser) -> int:
    """Make a visitor's likes those of the person who has just signed in; returns how many were new to them."""
    with transaction.atomic():
        own = Like.objects.filter(user_id=user.pk).values("image")
        theirs = Like.objects.select_for_update().filter(visitor=visitor)  # one of two sign-ins at once takes them
        fresh = list(theirs.exclude(image__in=own).values_list("pk", "image_id"))
        Like.objects.filter(pk__in=[pk for pk, _image in fresh]).update(user_id=user.pk, visitor=None)
        Image.objects.filter(pk__in=[image for _pk, image in fresh]).update(like_count=F("like_count") + 1)
        Like.objects.filter(visitor=visitor).delete()
    return len(fresh)


def take_back_likes(*, user: AbstractUser) -> int:
    """Take back every like of a person who leaves; returns how many there were."""
    with transaction.atomic():
        own = Like.objects.filter(user_id=user.pk)
        count = len(own.select_for_update())  # locked: none is taken back twice
        Image.objects.filter(pk__in=own.values("image")).update(like_count=F("like_count") - 1)
        own.delete()
    return count


def _count(image: Image) -> int:
    return Image.objects.values_list("like_count", flat=True).get(pk=image.pk)
