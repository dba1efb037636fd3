"""Start from nothing; for a while it can be taken back."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction

from catalog.models import Category, Image, Like, Tag
from catalog.viewers import Viewer
from recommender import queries
from recommender.models import Dismissal, Mute, Profile, TasteWeight
from recommender.rebuild.memory import RESET_LIFE
from recommender.services.steering import profile_of, set_profile


def reset(*, viewer: Viewer, now: dt.datetime) -> None:
    """Give the viewer a new visitor's feed: nothing done or chosen before counts. Likes stay in their own list."""
    chosen = queries.choices(viewer)
    profile = chosen.profile
    before = {
        "reset_at": _text(profile.reset_at),
        "seen_since": _text(profile.seen_since),
        "paused_at": _text(profile.paused_at),
        "diversity": profile.diversity,
        "sources": [profile.learns_from_likes, profile.learns_from_views, profile.learns_from_saves],
        "weights": [[one.image, one.weight, one.on, _text(one.at)] for one in chosen.weights],
        "mutes": [
            [mute.tag_id, mute.category_id, mute.person_id, mute.most, _text(mute.created_at)] for mute in chosen.mutes
        ],
        "dismissals": [
            [image, _text(at)] for image, at in Dismissal.objects.of(viewer).values_list("image_id", "created_at")
        ],
    }
    with transaction.atomic():
        for rows in (Dismissal, Mute, TasteWeight):
            rows.objects.of(viewer).delete()
        set_profile(
            viewer,
            reset_at=now,
            seen_since=now,
            before_reset=before,
            paused_at=None,
            diversity=None,
            learns_from_likes=True,
            learns_from_views=True,
            learns_from_saves=True,
        )


def can_undo_reset(profile: Profile, *, now: dt.datetime) -> bool:
    recent = profile.reset_at is not None and profile.reset_at > now - RESET_LIFE
    return recent and profile.before_reset is not None


def undo_reset(*, viewer: Viewer, now: dt.datetime) -> bool:
    """Bring back all that the last reset took away; False where it was too long ago."""
    profile = profile_of(viewer)
    if not can_undo_reset(profile, now=now):
        return False
    before: dict[str, Any] = profile.before_reset or {}
    likes, views, saves = before["sources"]
    with transaction.atomic():
        _bring_back_dismissals(viewer, before["dismissals"], since=profile.reset_at)
        _bring_back_weights(viewer, before["weights"])
        _bring_back_mutes(viewer, before["mutes"])
        set_profile(
            viewer,
            **{name: _moment(before[name]) for name in ("reset_at", "seen_since", "paused_at")},
            diversity=before["diversity"],
            learns_from_likes=likes,
            learns_from_views=views,
            learns_from_saves=saves,
            before_reset=None,
        )
    return True


def _bring_back_dismissals(viewer: Viewer, dismissals: list[list[Any]], *, since: dt.datetime | None) -> None:
    """Without what has been liked since the reset."""
    liked = set(Like.objects.of(viewer).filter(created_at__gt=since).values_list("image_id", flat=True))
    here = _still_here(dismissals)
    Dismissal.objects.bulk_create(
        [
            Dismissal(image_id=image, created_at=dt.datetime.fromisoformat(at), **viewer.columns)
            for image, at in dismissals
            if image in here - liked
        ],
        ignore_conflicts=True,
    )


def _bring_back_weights(viewer: Viewer, weights: list[list[Any]]) -> None:
    """In place of those chosen since the reset."""
    here = _still_here(weights)
    TasteWeight.objects.of(viewer).delete()
    TasteWeight.objects.bulk_create(
        [
            TasteWeight(
                image_id=image, weight=weight, on=on, created_at=dt.datetime.fromisoformat(at), **viewer.columns
            )
            for image, weight, on, at in weights
            if image in here
        ]
    )


def _bring_back_mutes(viewer: Viewer, mutes: list[list[Any]]) -> None:
    tags = set(Tag.objects.filter(pk__in=[row[0] for row in mutes]).values_list("pk", flat=True))
    categories = set(Category.objects.filter(pk__in=[row[1] for row in mutes]).values_list("pk", flat=True))
    people = set(get_user_model().objects.filter(pk__in=[row[2] for row in mutes]).values_list("pk", flat=True))
    Mute.objects.bulk_create(
        [
            Mute(
                tag_id=tag,
                category_id=category,
                person_id=person,
                most=most,
                created_at=dt.datetime.fromisoformat(at),
                **viewer.columns,
            )
            for tag, category, person, most, at in mutes
            if tag in tags or category in categories or person in people
        ],
        ignore_conflicts=True,
    )


def _still_here(rows: list[list[Any]]) -> set[int]:
    """The pictures that these rows begin with, less those that have been deleted since."""
    return set(Image.objects.filter(pk__in=[row[0] for row in rows]).values_list("pk", flat=True))


def _text(moment: dt.datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()


def _moment(text: str | None) -> dt.datetime | None:
    return None if text is None else dt.datetime.fromisoformat(text)
