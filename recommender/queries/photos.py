"""What was seen in photos that people search with: kept for an hour, for them alone."""

from __future__ import annotations

import datetime as dt
import uuid

import numpy as np

from catalog.viewers import Viewer
from recommender.engine.vision.embedder import Floats
from recommender.models import QueryPhoto

PHOTO_LIFE = dt.timedelta(hours=1)


def keep_photo(features: Floats, *, viewer: Viewer, key: str, now: dt.datetime) -> str:
    """Keep what was seen for an hour; returns the word to ask for it by, "" for nobody."""
    if not viewer.is_someone:
        return ""
    stored = np.asarray(features, "<f2").tobytes()
    return QueryPhoto.objects.create(model_key=key, features=stored, created_at=now, **viewer.columns).pk.hex


def photo_features(word: str, *, viewer: Viewer, key: str, now: dt.datetime) -> Floats | None:
    """(1280,) what these eyes saw in the viewer's own photo of this word; None where there is none any more."""
    try:
        pk = uuid.UUID(hex=word)
    except ValueError:
        return None
    rows = QueryPhoto.objects.of(viewer).filter(pk=pk, model_key=key, created_at__gt=now - PHOTO_LIFE)
    stored = rows.values_list("features", flat=True).first()
    return None if stored is None else np.frombuffer(stored, "<f2").astype(np.float32)
