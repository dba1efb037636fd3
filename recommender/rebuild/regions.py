"""The regions that two pictures share, and pictures seen with a region hidden."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Iterable, Sequence

import numpy as np
from PIL import UnidentifiedImageError

from catalog import storage
from catalog.models import Image, State
from catalog.models.work import OUTAGE
from recommender import store
from recommender.engine.vision import regions
from recommender.engine.vision.embedder import Box, Crop, seen_part
from recommender.engine.vision.model_file import EyesError
from recommender.models import MaskedRegion, MatchedRegions
from recommender.rebuild.embeddings import model_key, opened

logger = logging.getLogger(__name__)

MOST_DUE = 64  # pairs, or masks, that one sweep takes up
KEPT = dt.timedelta(days=90)


def match_regions(pk: int, *, now: dt.datetime) -> bool:
    """Find the regions of one pair that waits. A pair of another model than the eyes at hand is not waited for."""
    if not MatchedRegions.objects.filter(pk=pk).claim(now):
        return False
    row = MatchedRegions.objects.select_related("first", "second").get(pk=pk)
    claimed = MatchedRegions.objects.filter(pk=pk, state=State.PROCESSING, claimed_until=row.claimed_until)
    try:
        found = _found(row) if row.model_key == model_key() else None
    except (FileNotFoundError, UnidentifiedImageError) as error:
        claimed.fail(code="no-rendition", detail=str(error))
        return False
    except (storage.StorageUnavailable, EyesError) as error:
        logger.warning("Regions wait: %s", error)
        claimed.pause(now, code=OUTAGE, detail="The pictures could not be looked at; it is tried again.")
        return False
    if found is None:
        claimed.fail(code="other-model", detail="The eyes have changed since it was asked for.")
        return False
    ready = {"state": State.READY, "claimed_until": None, "error_code": "", "error_detail": "", "found": found}
    return bool(claimed.update(**ready))


def due_regions(*, now: dt.datetime) -> list[int]:
    """Fail pairs that were tried too often; return those that wait."""
    rows = MatchedRegions.objects.filter(model_key=model_key())
    rows.give_up(now)
    rows.wake(now)
    return list(rows.due(now).order_by("created_at").values_list("pk", flat=True)[:MOST_DUE])


def forget_regions(*, now: dt.datetime) -> None:
    """Pairs that were asked for long ago, or of other eyes; asked for again they are found again."""
    MatchedRegions.objects.filter(created_at__lt=now - KEPT).delete()
    MatchedRegions.objects.exclude(model_key=model_key()).delete()


def features_without(image: Image, boxes: Iterable[Sequence[float]]) -> bytes:
    """A picture's features, as they are stored, with these boxes (shares of the picture) hidden.

    Raises FileNotFoundError, UnidentifiedImageError, StorageUnavailable, EyesError.
    """
    crop, part = _seen(image)
    hidden = [regions.in_crop(box, part, side=len(crop)) for box in boxes]
    return np.asarray(regions.features_without(store.eyes(), crop, hidden), "<f2").tobytes()


def renew_masks() -> int:
    """See anew what people have masked for other eyes than those at hand; returns how many were."""
    key = model_key()
    done = 0
    for row in MaskedRegion.objects.exclude(model_key=key).select_related("image").order_by("pk")[:MOST_DUE]:
        try:
            features = features_without(row.image, [*row.earlier.values_list("box", flat=True), row.box])
        except (FileNotFoundError, UnidentifiedImageError, storage.StorageUnavailable) as error:
            logger.warning("A mask of picture %d waits: %s", row.image_id, error)
            continue
        done += MaskedRegion.objects.filter(pk=row.pk).update(features=features, model_key=key)
    return done


def _found(row: MatchedRegions) -> dict[str, object]:
    (first, first_part), (second, second_part) = _seen(row.first), _seen(row.second)
    pair = regions.matching_regions(store.eyes(), first, second)
    if pair is None:
        return {}
    boxes = [
        regions.in_picture(region.box, part, side=len(crop))
        for region, part, crop in zip(pair, (first_part, second_part), (first, second), strict=True)
    ]
    return {"first": boxes[0], "second": boxes[1], "falls": [region.fall for region in pair]}


def _seen(image: Image) -> tuple[Crop, Box]:
    """What the eyes look at in a picture, and which part of it that is."""
    with opened(image) as picture:
        crop = store.eyes().crop(picture)
        return crop, seen_part(picture.size, size=len(crop))
