"""What is remembered for a while only: walks, and what visitors and people were shown."""

from __future__ import annotations

import datetime as dt

from recommender.models import Assignment, Dismissal, Event, Feed, Profile

WALK_LIFE = dt.timedelta(days=1)
VISITOR_LIFE = dt.timedelta(days=30)
EVENT_LIFE = dt.timedelta(days=365)


def forget(*, now: dt.datetime) -> None:
    """Delete walks of yesterday, events of last year, and visitors who have not been here for a month."""
    Feed.objects.filter(asked_at__lt=now - WALK_LIFE).delete()
    Event.objects.filter(at__lt=now - EVENT_LIFE).delete()
    Event.objects.filter(visitor__isnull=False, at__lt=now - VISITOR_LIFE).delete()
    active = Event.objects.filter(visitor__isnull=False).values("visitor")
    Dismissal.objects.filter(visitor__isnull=False, created_at__lt=now - VISITOR_LIFE).exclude(
        visitor__in=active
    ).delete()
    Profile.objects.filter(visitor__isnull=False).exclude(visitor__in=active).delete()
    Assignment.objects.filter(visitor__isnull=False, at__lt=now - VISITOR_LIFE).exclude(visitor__in=active).delete()
