"""Search by photo: the photo is looked at within the request, and nothing of it is kept."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import numpy as np
from django.conf import settings

from catalog import intake
from catalog.intake import Readable
from catalog.viewers import Viewer
from recommender import entries, queries, store
from recommender.engine.arrays import Mask, Rows, Scores, Vectors, best_first, unit
from recommender.engine.index import nearest
from recommender.engine.match import CROWD, crowding, is_good_match
from recommender.engine.vision.embedder import EyesError
from recommender.entries import Entry, Place

logger = logging.getLogger(__name__)

LOOKED_AT = 256  # pixels of the short side
SHORTLIST = 200  # pictures near in the index that are compared in full
AROUND = 12  # pictures near to one in the index, among which its nearest by full features are sought
AT_ONCE = 3  # photos in one process: one being looked at, two waiting
RETRY_AFTER = 2  # seconds

_places = threading.BoundedSemaphore(AT_ONCE)


class Busy(Exception):
    """The photo cannot be looked at right now; try again after `retry_after` seconds."""

    def __init__(self, retry_after: int = RETRY_AFTER) -> None:
        super().__init__("The eyes are busy.")
        self.retry_after = retry_after


@dataclass(frozen=True, slots=True)
class PhotoMatch:
    """What is nearest to the photo, and whether any of it deserves to be called a match."""

    good_match: bool = False
    entries: list[Entry] = field(default_factory=list)


def by_photo(
    *,
    viewer: Viewer,
    stream: Readable,
    k: int = 24,
    declared_size: int | None = None,
    detail: bool = False,
) -> PhotoMatch:
    """The k pictures that look most like a photo. Raises Busy and every intake.Refused."""
    with _a_place():
        try:
            pixels = intake.decode_query(
                stream, size=LOOKED_AT, declared_size=declared_size, limit=settings.UPLOAD_LIMIT
            )
            sight = store.eyes().embed(pixels)
            index = store.index()
            key = store.eyes().model_key
        except (intake.DecoderUnavailable, EyesError, store.Damaged) as error:
            logger.exception("A photo could not be looked at.")
            raise Busy(retry_after=30) from error
    if index is None:
        return PhotoMatch()
    if index.eyes_key != key:
        raise Busy(retry_after=60)
    return _matched(index, unit(sight.features), viewer=viewer, k=k, detail=detail)


def _matched(index: store.Index, photo: Vectors, *, viewer: Viewer, k: int, detail: bool) -> PhotoMatch:
    """Near in the index first, then compared by the full features, which alone decide."""
    catalogue = queries.catalogue(index, viewer)
    (rows,), _cosines = nearest(
        index.vectors,
        index.projection.apply(photo[None]),
        max(k, min(SHORTLIST, len(index.ids))),
        catalogue.shown,
        codes=index.codes,
    )
    rows = rows[rows >= 0]
    if not len(rows):
        return PhotoMatch()
    cosines = queries.features(index, rows) @ photo
    order = best_first(cosines, max(k, CROWD))
    places = [
        Place(image=int(index.ids.values[row]), score=float(cosine), kind="look")
        for row, cosine in zip(rows[order[:k]], cosines[order[:k]], strict=True)
    ]
    best = rows[order[:CROWD]]
    return PhotoMatch(
        good_match=is_good_match(
            cosines[order],
            _crowding(index, catalogue.shown, best),
            _background(index, catalogue.shown, int(best[0])) @ photo,
            index.least_kinship,
        ),
        entries=entries.build(places, viewer, detail=detail, by="look"),
    )


def _crowding(index: store.Index, shown: Mask, rows: Rows) -> Scores:
    """How near these pictures are to those around them, as far as the viewer may be shown them."""
    around, _cosines = nearest(index.vectors, index.vectors.take(rows), AROUND, shown, codes=index.codes)
    others = np.unique(around[around >= 0])
    known = np.union1d(rows, others)
    features = queries.features(index, known)
    places = np.searchsorted(known, rows), np.searchsorted(known, others)
    return crowding(features[places[0]], features[places[1]], rows[:, None] == others)


def _background(index: store.Index, shown: Mask, best: int) -> Vectors:
    """What the photo is compared with to see whether the best one stands out: only what the viewer may be shown."""
    rows = index.background_rows
    others: Vectors = index.background[shown[rows] & (rows != best)]
    return others


@contextmanager
def _a_place() -> Iterator[None]:
    if not _places.acquire(blocking=False):
        raise Busy
    try:
        yield
    finally:
        _places.release()
