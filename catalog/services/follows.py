"""Following people."""

from __future__ import annotations

from django.contrib.auth.models import AbstractUser

from catalog.models import Follow
from catalog.viewers import Viewer


class NotYourself(ValueError):
    """Nobody follows themselves."""


def follow(*, viewer: Viewer, person: AbstractUser) -> None:
    """Follow a person: their pictures come in the viewer's Following list. Raises NotYourself."""
    if viewer.user_id == person.pk:
        raise NotYourself
    Follow.objects.get_or_create(follower_id=viewer.user_id, followed_id=person.pk)


def unfollow(*, viewer: Viewer, person: AbstractUser) -> None:
    Follow.objects.filter(follower=viewer.user_id, followed=person.pk).delete()
