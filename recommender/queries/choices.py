"""What one viewer has chosen about their feed, read together for each page of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
from django.db.models import QuerySet

from catalog.models import Category, Image, ImageTag, Tag
from catalog.viewers import Viewer
from recommender.engine.arrays import Rows, as_mask
from recommender.engine.ranking import Limit
from recommender.engine.taste import Wishes
from recommender.models import Mute, Profile, TasteWeight
from recommender.store import Index


@dataclass(frozen=True, slots=True)
class Weighed:
    """The choice made for the taste that one liked picture was in."""

    image: int
    weight: float
    on: bool
    at: dt.datetime


@dataclass(frozen=True)
class Choices:
    """profile: the stored one, or one with nothing chosen.  weights, mutes: all there are."""

    profile: Profile
    weights: tuple[Weighed, ...] = ()
    mutes: tuple[Mute, ...] = ()

    @property
    def gone(self) -> list[Mute]:
        """Mutes of what must not come at all."""
        return [mute for mute in self.mutes if mute.most is None]

    @property
    def config(self) -> dict[str, Any]:
        """The settings of `RankingConfig` that the viewer has chosen."""
        diversity = self.profile.diversity
        return {} if diversity is None else {"mmr_lambda": 1 - diversity / 2}

    def is_private(self, now: dt.datetime) -> bool:
        until = self.profile.private_until
        return until is not None and until > now

    def counts(self, at: dt.datetime) -> bool:
        """Whether a reaction at that moment shapes the feed: not before a reset, nor during a pause."""
        since, until = self.profile.reset_at, self.profile.paused_at
        return (since is None or at > since) and (until is None or at <= until)

    def wishes(self, index: Index) -> Wishes:
        if not self.weights:
            return Wishes()
        return Wishes(
            rows=index.ids.rows([one.image for one in self.weights]),
            weights=np.array([one.weight if one.on else 0.0 for one in self.weights]),
            at=max(one.at for one in self.weights).timestamp(),
        )


def choices(viewer: Viewer) -> Choices:
    """All choices of the viewer; three queries, however many there are."""
    profile = Profile.objects.of(viewer).first() or Profile(**viewer.columns)
    rows = TasteWeight.objects.of(viewer).order_by("image_id").values_list("image_id", "weight", "on", "created_at")
    mutes = Mute.objects.of(viewer).select_related("tag", "category", "person")
    return Choices(profile, tuple(Weighed(*row) for row in rows), tuple(mutes))


def pictures_of(mute: Mute) -> QuerySet[Image]:
    """The pictures a mute applies to; a topic includes the narrower ones under it."""
    if mute.person_id is not None:
        return Image.objects.filter(owner=mute.person_id)
    if mute.category is not None:
        return Image.objects.filter(category__in=Category.objects.below(mute.category.slug))
    assert mute.tag_id is not None
    tagged = ImageTag.objects.filter(tag__in=Tag.objects.filter(pk=mute.tag_id).with_narrower(), removed=False)
    return Image.objects.filter(pk__in=tagged.values("image"))


def muted_rows(index: Index, mutes: Iterable[Mute]) -> Rows:
    """Rows of this index that must not come."""
    ids = {pk for mute in mutes for pk in _ids(mute)}
    rows = index.ids.rows(sorted(ids))
    return rows[rows >= 0]


def limits(index: Index, mutes: Iterable[Mute]) -> list[Limit]:
    """What may come only so often, as rows of this index."""
    return [
        Limit(as_mask(index.ids.rows(_ids(mute)), len(index.ids)), mute.most) for mute in mutes if mute.most is not None
    ]


def _ids(mute: Mute) -> list[int]:
    return list(pictures_of(mute).order_by().values_list("pk", flat=True))
