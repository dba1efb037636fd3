"""What people choose about their feed. Every choice takes effect on the next page, and can be taken back exactly."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction

from catalog.viewers import Viewer
from recommender import queries, taste
from recommender.models import Feed, Profile, TasteWeight

WEIGHTS = (0.25, 2.0)
"""Least and most a taste that is on can weigh."""
LONGEST_PRIVATE = dt.timedelta(days=7)


def weigh_taste(*, viewer: Viewer, image_id: int, weight: float, on: bool, now: dt.datetime) -> None:
    """Let the taste that has this liked picture speak louder, softer or not at all. Raises NoSuchTaste."""
    chosen = queries.choices(viewer)
    found = taste.clusters(viewer=viewer, now=now, chosen=chosen)
    wanted = taste.with_weight(chosen, found, image_id=image_id, weight=weight, on=on, now=now)
    rows = [
        TasteWeight(image_id=one.image, weight=one.weight, on=one.on, created_at=one.at, **viewer.columns)
        for one in wanted.weights
    ]
    with transaction.atomic():
        TasteWeight.objects.of(viewer).delete()
        TasteWeight.objects.bulk_create(rows)


def choose(*, viewer: Viewer, **columns: Any) -> None:
    """Set sources (`learns_from_…`) or `diversity`."""
    set_profile(viewer, **columns)


def pause(*, viewer: Viewer, now: dt.datetime) -> None:
    """Keep reactions from now on without letting them change the feed. A pause already under way goes on."""
    if profile_of(viewer).paused_at is None:
        set_profile(viewer, paused_at=now)


def resume(*, viewer: Viewer) -> None:
    """End the pause: what was liked during it counts from now on."""
    set_profile(viewer, paused_at=None)


def browse_privately(*, viewer: Viewer, now: dt.datetime, until: dt.datetime) -> None:
    """Keep nothing about the viewer until then: no views, no likes, no dismissals."""
    set_profile(viewer, private_since=now, private_until=min(until, now + LONGEST_PRIVATE))


def end_private(*, viewer: Viewer) -> None:
    """End private browsing; the lists walked through in that time are forgotten."""
    since = profile_of(viewer).private_since
    if since is not None:
        Feed.objects.of(viewer).filter(asked_at__gte=since).delete()
    set_profile(viewer, private_since=None, private_until=None)


def profile_of(viewer: Viewer) -> Profile:
    return Profile.objects.of(viewer).first() or Profile(**viewer.columns)


def set_profile(viewer: Viewer, **columns: Any) -> None:
    Profile.objects.update_or_create(**viewer.columns, defaults=columns)
