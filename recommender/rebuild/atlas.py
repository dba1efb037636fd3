"""From the index to the map: a place for every picture that can be found."""

from __future__ import annotations

import datetime as dt

import numpy as np

from recommender import store
from recommender.engine import atlas as engine
from recommender.engine.atlas import Places
from recommender.models import Release

LEASE = 900  # seconds
CHANGED_SHARE = 0.01  # of the pictures, from which on the map is drawn anew
OLDEST = dt.timedelta(days=1)  # that a map may be once anything has changed


def publish_atlas(*, seed: int = 0) -> int:
    """Lay out all pictures of the serving index and publish that; returns how many. Raises store.Busy."""
    with store.lease("atlas", seconds=LEASE):
        index = store.index()
        if index is None or not len(index.ids):
            return 0
        places = engine.laid_out(index.vectors.take(np.arange(len(index.ids))), before=_before(index), seed=seed)
        store.publish(
            kind=Release.Kind.ATLAS,
            model_key=index.model_key,
            manifest={
                "ids": store.save(index.ids.values),
                "places": store.save(places),
                "areas": store.save(engine.areas(places, seed=seed)),
            },
        )
    return len(places)


def is_behind(*, now: dt.datetime) -> bool:
    """Whether pictures have come or gone: some at once, a single one by tomorrow."""
    index, atlas = store.index(), store.atlas()
    if index is None or not len(index.ids):
        return False
    if atlas is None:
        return True
    changed = len(np.setxor1d(index.ids.values, atlas.ids.values))
    release = store.serving(Release.Kind.ATLAS)
    is_old = release is not None and release.created_at < now - OLDEST
    return changed > CHANGED_SHARE * len(index.ids) or (changed > 0 and is_old)


def _before(index: store.Index) -> Places | None:
    """Where each picture of the index lies on the map that serves."""
    atlas = store.atlas()
    if atlas is None:
        return None
    rows = atlas.ids.rows(index.ids.values)
    places = np.full((len(rows), 2), np.nan, np.float32)
    places[rows >= 0] = atlas.places[rows[rows >= 0]]
    return places
