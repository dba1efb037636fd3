"""What was seen in photos that people search with: kept for an hour, for them alone."""

from __future__ import annotations

import datetime as dt
import uuid

import numpy as np

from catalog.viewers import Viewer
from recommender.engine.kind import Seen
from recommender.engine.vision.aspects import MANNER
from recommender.models import QueryPhoto

PHOTO_LIFE = dt.timedelta(hours=1)


def keep_photo(seen: Seen, *, viewer: Viewer, key: str, now: dt.datetime) -> str:
    """Keep what was seen for an hour; returns the word to ask for it by, "" for nobody."""
    if not viewer.is_someone:
        return ""
    features, manner = (np.asarray(part, "<f2").tobytes() for part in seen)
    kept = QueryPhoto(model_key=key, features=features, manner=manner, created_at=now, **viewer.columns)
    kept.save(force_insert=True)
    return kept.pk.hex


def photo_seen(word: str, *, viewer: Viewer, key: str, now: dt.datetime) -> Seen | None:
    """What these eyes saw in the viewer's own photo of this word; None where there is none any more."""
    try:
        pk = uuid.UUID(hex=word)
    except ValueError:
        return None
    rows = QueryPhoto.objects.of(viewer).filter(pk=pk, model_key=key, created_at__gt=now - PHOTO_LIFE)
    stored = rows.values_list("features", "manner").first()
    if stored is None:
        return None
    features, manner = (np.frombuffer(part, "<f2").astype(np.float32) for part in stored)
    return Seen(features, manner if len(manner) == MANNER else np.zeros(MANNER, np.float32))
