"""Asking which regions two pictures share, and leaving one of them out of a taste."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from catalog.models import Image, Like, State
from catalog.viewers import Viewer
from recommender import queries, rebuild, tasks
from recommender.models import MaskedRegion, MatchedRegions
from recommender.services.privacy import refuse_if_private

MOST_MASKS = 3  # in one picture; with more, too little of it is left to mean anything


class NoSuchRegion(Exception):
    """The picture is not liked, or there is no region of it to leave out."""


def find_regions(*, image_id: int, other_id: int, key: str, now: dt.datetime) -> MatchedRegions:
    """Have the regions of a pair found, unless they have been or are being looked for; after a failure, once more."""
    first, second = sorted((image_id, other_id))
    with transaction.atomic():
        row, is_new = MatchedRegions.objects.get_or_create(first_id=first, second_id=second, model_key=key)
        failed = MatchedRegions.objects.filter(pk=row.pk, state=State.FAILED)
        failed.update(created_at=now)
        if is_new or failed.restart():
            tasks.match_regions.delay_on_commit(row.pk)
    row.refresh_from_db()
    return row


def mask_region(*, viewer: Viewer, liked: Image, shown: Image, key: str, now: dt.datetime) -> MaskedRegion:
    """Leave the region that a liked picture shares with another out of the viewer's taste, from now on.

    Safe to repeat. Raises NoSuchRegion, NotKept, and whatever `rebuild.features_without` raises.
    """
    refuse_if_private(viewer=viewer, now=now)
    matched = queries.matched_regions(liked.pk, shown.pk, key=key)
    box = matched.box_of(liked.pk) if matched is not None else None
    if box is None or not Like.objects.of(viewer).filter(image=liked).exists():
        raise NoSuchRegion
    masks = list(MaskedRegion.objects.of(viewer).filter(image=liked).order_by("pk"))
    same = next((mask for mask in masks if mask.box == box), None)
    if same is not None:
        return same
    if len(masks) >= MOST_MASKS:
        raise NoSuchRegion
    features = rebuild.features_without(liked, [*(mask.box for mask in masks), box])
    mask: MaskedRegion = MaskedRegion.objects.create(
        image=liked, box=box, model_key=rebuild.model_key(), features=features, created_at=now, **viewer.columns
    )
    return mask


def unmask_region(*, viewer: Viewer, liked: Image) -> None:
    """Take back the viewer's last mask of a picture."""
    newest = queries.newest_mask(liked.pk, viewer)
    if newest is not None:
        newest.delete()
