"""What is remembered for a while only: walks, events, photos searched with, and what visitors said and chose."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q

from recommender.models import Assignment, Dismissal, Event, Feed, MaskedRegion, Mute, Profile, QueryPhoto, TasteWeight
from recommender.queries.photos import PHOTO_LIFE

WALK_LIFE = dt.timedelta(days=1)
VISITOR_LIFE = dt.timedelta(days=30)
EVENT_LIFE = dt.timedelta(days=365)
RESET_LIFE = dt.timedelta(days=1)
"""How long a reset can be taken back."""


def forget(*, now: dt.datetime) -> None:
    """Delete walks of yesterday, events of last year, and visitors who have not been here for a month."""
    Feed.objects.filter(asked_at__lt=now - WALK_LIFE).delete()
    QueryPhoto.objects.filter(created_at__lt=now - PHOTO_LIFE).delete()
    Event.objects.filter(at__lt=now - EVENT_LIFE).delete()
    Event.objects.filter(visitor__isnull=False, at__lt=now - VISITOR_LIFE).delete()
    active = Event.objects.filter(visitor__isnull=False).values("visitor")
    Dismissal.objects.filter(visitor__isnull=False, created_at__lt=now - VISITOR_LIFE).exclude(
        visitor__in=active
    ).delete()
    MaskedRegion.objects.filter(visitor__isnull=False, created_at__lt=now - VISITOR_LIFE).exclude(
        visitor__in=active
    ).delete()
    old = Profile.objects.filter(visitor__isnull=False, changed_at__lt=now - VISITOR_LIFE).exclude(visitor__in=active)
    for rows in (Mute, TasteWeight):
        rows.objects.filter(visitor__in=old.values("visitor")).delete()
        rows.objects.filter(visitor__isnull=False, created_at__lt=now - VISITOR_LIFE).exclude(
            visitor__in=active
        ).delete()
    old.delete()
    Profile.objects.filter(reset_at__lt=now - RESET_LIFE).exclude(before_reset=None).update(before_reset=None)
    _forget_private(now)
    Assignment.objects.filter(visitor__isnull=False, at__lt=now - VISITOR_LIFE).exclude(visitor__in=active).delete()


def _forget_private(now: dt.datetime) -> None:
    """Of who has browsed privately, the lists they walked through meanwhile."""
    for profile in Profile.objects.filter(private_until__lt=now):
        whose = Q(user=profile.user_id) if profile.user_id is not None else Q(visitor=profile.visitor)
        Feed.objects.filter(whose, asked_at__gte=profile.private_since, asked_at__lte=profile.private_until).delete()
        Profile.objects.filter(pk=profile.pk).update(private_since=None, private_until=None)
