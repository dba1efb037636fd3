"""Less of a topic or a person, or nothing at all."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib.auth import get_user_model
from django.utils.translation import gettext as _

from catalog.models import Category, Image, Tag
from catalog.viewers import Viewer
from recommender import feed, queries
from recommender.models import Mute
from recommender.taste import PAGE


class NoSuchTarget(LookupError):
    """There is no topic or person of that name."""


def mute(*, viewer: Viewer, kind: str, name: str, now: dt.datetime) -> Mute:
    """Show nothing of this topic or person from now on, but in lists narrowed to it. Raises NoSuchTarget."""
    return _mute(viewer, _target(kind, name), most=None, image=None, now=now)


def show_less(*, viewer: Viewer, kind: str, name: str, now: dt.datetime, image: Image | None = None) -> Mute:
    """Show at most half as much of it as the next page of cards has now. Raises NoSuchTarget.

    The page is counted at the top of the list and where the last walk goes on; the smaller count holds, so that it is
    less in both. image: the card that this was said on.
    """
    target = _target(kind, name)
    meant = set(queries.pictures_of(Mute(**target)).values_list("pk", flat=True))
    chosen = queries.choices(viewer)
    lists = feed.upcoming(viewer=viewer, now=now, chosen=[chosen], k=PAGE)
    further = feed.continued(viewer=viewer, now=now, chosen=chosen, k=PAGE)
    lists += [further] if further else []
    count = min(sum(place.image in meant for place in places) for places in lists)
    return _mute(viewer, target, most=count // 2, image=image, now=now)


def unmute(*, viewer: Viewer, mute_id: int) -> None:
    Mute.objects.of(viewer).filter(pk=mute_id).delete()


def unmute_named(*, viewer: Viewer, kind: str, name: str, now: dt.datetime) -> None:
    """`unmute` by the name of the topic or person. Raises NoSuchTarget."""
    Mute.objects.of(viewer).filter(**_target(kind, name)).delete()


def take_back_less(*, viewer: Viewer, image: Image) -> None:
    """Take back "less" of a topic or a person that was said on this card; what held before holds again."""
    for row in Mute.objects.of(viewer).filter(image=image):
        if row.before is None:
            row.delete()
        else:
            row.most, row.before, row.image = row.before, None, None
            row.save()


def _mute(viewer: Viewer, target: dict[str, Any], *, most: int | None, image: Image | None, now: dt.datetime) -> Mute:
    columns = viewer.columns | target
    last = Mute.objects.filter(**columns).first()
    said = {"most": most, "image": image, "before": last.most if last and image else None}
    row, _created = Mute.objects.update_or_create(**columns, defaults=said, create_defaults=said | {"created_at": now})
    return row


def _target(kind: str, name: str) -> dict[str, Any]:
    """The column of a mute and its value. A topic is a tag or a category, by its slug or its name."""
    wanted = name.strip()
    if kind == "person":
        person = get_user_model().objects.filter(username=wanted.removeprefix("@"), is_active=True).first()
        if person is not None:
            return {"person": person}
    for other, rows in (("tag", Tag.objects), ("category", Category.objects)):
        if kind in (other, "topic"):
            found = rows.filter(slug=wanted).first() or rows.filter(name__iexact=wanted).first()
            if found is not None:
                return {other: found}
    raise NoSuchTarget(_("There is no such topic or person here."))
