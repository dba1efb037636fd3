"""Search by photo: the photo is looked at within the request, and is not kept."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
import numpy.typing as npt
from django.conf import settings
from PIL import Image as Pillow

from catalog import intake
from catalog.intake import Readable
from catalog.models import Image
from catalog.queries import EVERYTHING, GalleryFilter, Listed
from catalog.viewers import Viewer
from recommender import entries, queries, store
from recommender.engine.arrays import Mask, Rows, Scores, Vectors, best_first, unit
from recommender.engine.index import nearest
from recommender.engine.inputs import Catalogue
from recommender.engine.kind import CROWD, Around, Seen, crowding
from recommender.engine.match import is_copy
from recommender.engine.vision.aspects import MANNER, manner_of, manners
from recommender.engine.vision.model_file import EyesError
from recommender.entries import Place
from recommender.search.match import Match

logger = logging.getLogger(__name__)

LOOKED_AT = 256  # pixels of the short side
SHORTLIST = 200  # pictures near in the index that are compared in full
AROUND = 12  # neighbours of a picture in the index, among which its nearest by full features are sought
AT_ONCE = 3  # photos in one process: one being looked at, two waiting
RETRY_AFTER = 2  # seconds

Box = tuple[float, float, float, float]
Pixels = npt.NDArray[np.uint8]

_places = threading.BoundedSemaphore(AT_ONCE)


class Busy(Exception):
    """The photo cannot be looked at right now; try again after `retry_after` seconds."""

    def __init__(self, retry_after: int = RETRY_AFTER) -> None:
        super().__init__("The eyes are busy.")
        self.retry_after = retry_after


def by_photo(
    *,
    viewer: Viewer,
    stream: Readable,
    k: int = 24,
    declared_size: int | None = None,
    box: Box | None = None,
    where: GalleryFilter = EVERYTHING,
    detail: bool = False,
) -> Match:
    """The k pictures that look most like a photo, or like what is in a box on it, and pass the filter.

    Raises Busy, BadFilter and every intake.Refused.
    """
    seen = look(stream, declared_size=declared_size, box=box)
    index = index_of(store.eyes().model_key)
    if index is None:
        return Match()
    return matched(index, seen, viewer=viewer, where=where, k=k, detail=detail)


def look(stream: Readable, *, declared_size: int | None = None, box: Box | None = None) -> Seen:
    """What is in a photo, or in a box on it. Raises Busy and every intake.Refused."""
    with _a_place():
        try:
            pixels = intake.decode_query(
                stream, size=LOOKED_AT, declared_size=declared_size, limit=settings.UPLOAD_LIMIT
            )
            return seen_in(pixels if box is None else cut_out(pixels, box))
        except (intake.DecoderUnavailable, EyesError) as error:
            logger.exception("A photo could not be looked at.")
            raise Busy(retry_after=30) from error


def seen_in(pixels: Pixels) -> Seen:
    """What the eyes see, and how it is made. Raises EyesError."""
    return Seen(store.eyes().embed(pixels).features, manner_of(Pillow.fromarray(pixels)))


def index_of(eyes_key: str) -> store.Index | None:
    """The index made by these eyes; None where there is none yet. Raises Busy while there is another, or none now."""
    index = store.index()
    if index is None and Image.objects.exclude(findable_at=None).exists():
        raise Busy(retry_after=30)
    if index is not None and index.eyes_key != eyes_key:
        raise Busy(retry_after=60)
    return index


def cut_out(pixels: Pixels, box: Box) -> Pixels:
    """What is in the box: left, top, right, bottom as shares of width and height; at least two pixels each way."""
    height, width = pixels.shape[:2]
    left, top, right, bottom = (
        round(share * side) for share, side in zip(box, (width, height, width, height), strict=True)
    )
    left, top = min(left, max(0, width - 2)), min(top, max(0, height - 2))
    return pixels[top : max(bottom, top + 2), left : max(right, left + 2)]


def matched(index: store.Index, seen: Seen, *, viewer: Viewer, where: GalleryFilter, k: int, detail: bool) -> Match:
    """The k nearest: a shortlist from the index, compared by the full features, which alone decide."""
    catalogue, photo = shown_to(index, viewer, where), unit(seen.features)
    (rows,), _cosines = nearest(
        index.vectors,
        index.projection.apply(photo[None]),
        max(k, min(SHORTLIST, len(index.ids))),
        catalogue.shown,
        codes=index.codes,
    )
    rows = rows[rows >= 0]
    if not len(rows):
        return Match()
    cosines = queries.features(index, rows) @ photo
    order = best_first(cosines, k)
    places = [
        Place(image=int(index.ids.values[row]), score=float(cosine), kind="look")
        for row, cosine in zip(rows[order], cosines[order], strict=True)
    ]
    return Match(
        good_match=_is_good(index, catalogue.shown, seen, rows, cosines),
        entries=entries.build(places, viewer, detail=detail, by="look"),
        total=len(places),
    )


def shown_to(index: store.Index, viewer: Viewer, where: GalleryFilter) -> Catalogue:
    """The index as this viewer may be shown it, narrowed to what passes the filter. Raises BadFilter."""
    catalogue, listed = queries.catalogue(index, viewer), Listed(viewer, where)
    return queries.narrowed(catalogue, index.ids.rows(listed.ids())) if listed.filtered else catalogue


def _is_good(index: store.Index, shown: Mask, seen: Seen, rows: Rows, cosines: Scores) -> bool:
    """Whether the best deserve to be called a match: the photo is a copy of one, or of the collection's kind."""
    order = best_first(cosines, CROWD)
    best = rows[order]
    if is_copy(float(cosines[order[0]]), _background(index, shown, int(best[0])) @ unit(seen.features)):
        return True
    if index.kind is None:
        return False
    around = Around(cosines[order], _crowding(index, shown, best), _manners(index, best))
    return index.kind.has(seen, around)


def _manners(index: store.Index, rows: Rows) -> Vectors:
    return np.zeros((len(rows), MANNER), np.float32) if index.aspects is None else manners(index.aspects.take(rows))


def _crowding(index: store.Index, shown: Mask, rows: Rows) -> Scores:
    """How near these pictures are to those around them, as far as the viewer may be shown them."""
    around, _cosines = nearest(index.vectors, index.vectors.take(rows), AROUND, shown, codes=index.codes)
    others = np.unique(around[around >= 0])
    known = np.union1d(rows, others)
    features = queries.features(index, known)
    places = np.searchsorted(known, rows), np.searchsorted(known, others)
    return crowding(features[places[0]], features[places[1]], rows[:, None] == others)


def _background(index: store.Index, shown: Mask, best: int) -> Vectors:
    """What the best match must stand out from: a fixed sample of what the viewer may be shown, without it."""
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
