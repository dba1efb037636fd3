"""Catalog's rows as the engine's arrays."""

from __future__ import annotations

import datetime as dt
import math
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, Generic, TypeVar

import numpy as np
from django.contrib.auth import get_user_model
from django.db.models import Count, FloatField, Func, Max, Q, QuerySet
from django.utils.crypto import salted_hmac
from numpy.typing import NDArray
from scipy import sparse

from catalog.models import Category, Image, ImageTag, Like
from catalog.viewers import NOBODY, Viewer
from recommender.engine.arrays import IdMap, Ids, Mask, Rows, Times, Vectors, Weights, unit
from recommender.engine.config import DEFAULT, RankingConfig
from recommender.engine.inputs import Catalogue, History, PeopleModel
from recommender.engine.neighbours import tag_vectors
from recommender.engine.popularity import Likes
from recommender.engine.ranker import Ranker
from recommender.engine.vision.embedder import FEATURES
from recommender.models import Dismissal, Embedding, Event, Profile
from recommender.store import Index, People, RankingModel


@dataclass(frozen=True, eq=False)
class Listing:
    """What everybody may be shown, and where it belongs: ids, ascending, and the number of each one's top category."""

    ids: Ids
    categories: Rows


@dataclass(frozen=True, eq=False)
class Collection:
    """Every picture that everybody may be shown, by ascending id, for learning rather than for showing."""

    ids: Ids
    created: Times
    categories: Rows
    category_names: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class TagWeights:
    """Tags on pictures as columns of equal length."""

    images: Ids
    tags: Ids
    weights: Weights


T = TypeVar("T")


def dismissed_ids(ids: Iterable[int], viewer: Viewer) -> set[int]:
    """Which of these pictures the viewer has said they are not interested in."""
    return set(Dismissal.objects.of(viewer).filter(image__in=list(ids)).values_list("image_id", flat=True))


def dismissed_by(viewer: Viewer) -> set[int]:
    """All the viewer has said they are not interested in."""
    return set(Dismissal.objects.of(viewer).values_list("image_id", flat=True))


def catalogue(index: Index, viewer: Viewer) -> Catalogue:
    """The index as this viewer may be shown it: everything listed, and their own."""
    allowed, categories = _placed(index, _listing())
    if viewer.user_id is not None:
        own = Image.objects.owned_by(viewer).listed_for(viewer).values_list("pk", flat=True)
        rows = index.ids.rows(list(own))
        allowed = allowed.copy()
        allowed[rows[rows >= 0]] = True
    return Catalogue(
        vectors=index.vectors,
        created=index.created,
        categories=categories,
        moments=index.moments,
        hashes=index.hashes,
        allowed=allowed,
        codes=index.codes,
    )


@lru_cache(maxsize=4)
def _placed(index: Index, listing: Listing) -> tuple[Mask, Rows]:
    """Which rows of the index are listed, and their categories."""
    place = IdMap(listing.ids).rows(index.ids.values)
    allowed = place >= 0
    categories = np.full(len(place), -1, np.int64)
    categories[allowed] = listing.categories[place[allowed]]
    return allowed, categories


def features(index: Index, rows: Rows) -> Vectors:
    """(m, 1280) float32 unit raw features of these rows, from the embeddings themselves."""
    return unit(features_of(index.ids.ids(rows), key=index.eyes_key))


def features_of(ids: Ids, *, key: str) -> Vectors:
    """(n, 1280) float32 raw features, in the order of the ids; zeros where there are none.

    Those of pictures that are being looked at again stay until there are newer ones.
    """
    found = np.zeros((len(ids), FEATURES), np.float32)
    row = {pk: place for place, pk in enumerate(ids.tolist())}
    for start in range(0, len(ids), 500):
        seen = Embedding.objects.filter(model_key=key, image__in=ids[start : start + 500].tolist())
        for pk, stored in seen.exclude(features=None).values_list("image_id", "features"):
            found[row[pk]] = np.frombuffer(stored or b"", "<f2")
    return found


@lru_cache(maxsize=4)
def people_model(people: People | None, index: Index, ranker: RankingModel | None = None) -> PeopleModel | None:
    """What is known from people, and what a promoted model thinks, for the rows of this index."""
    if people is None:
        return None if ranker is None else PeopleModel(ranker=_ranker(ranker, index))
    columns = people.ids.rows(index.ids.values)
    return PeopleModel(
        co_likes=people.co_likes,
        factors=people.factors,
        columns=columns,
        trending=_spread(people.trending, columns),
        popular=_spread(people.popular, columns),
        ranker=None if ranker is None else _ranker(ranker, index),
    )


def _ranker(kept: RankingModel, index: Index) -> Ranker:
    columns = kept.ids.rows(index.ids.values)
    return Ranker(kept.model, kept.scale, columns, kept.keys, kept.rows)


def person_key(user_id: int) -> int:
    """By which a model remembers a person it has learned from: 64 bits that lead back to nobody without our secret."""
    return int.from_bytes(salted_hmac("recommender.person", str(user_id)).digest()[:8], "big")


def _spread(values: Weights, columns: Rows) -> Weights:
    """The values in the order of another release; 0 where it has rows that these do not know."""
    spread = np.zeros(len(columns))
    known = columns >= 0
    spread[known] = values[columns[known]]
    return spread


def history(index: Index, viewer: Viewer) -> History:
    """The viewer's reactions as rows of this index. A picture they may no longer open leaves no trace."""
    likes, dismissals = _visible_reactions(viewer, "likes"), _visible_reactions(viewer, "dismissals")
    return History.of(
        liked=index.ids.rows([image for image, _at in likes]),
        liked_at=[at.timestamp() for _image, at in likes],
        dismissed=index.ids.rows([image for image, _at in dismissals]),
        dismissed_at=[at.timestamp() for _image, at in dismissals],
        person=None if viewer.user_id is None else person_key(viewer.user_id),
    )


def _visible_reactions(viewer: Viewer, name: str) -> list[tuple[int, dt.datetime]]:
    """The pictures and moments. Joined, for SQLite would read all visible pictures to look up a few."""
    if not viewer.is_someone:
        return []
    theirs: dict[str, Any] = {f"{name}__{column}": value for column, value in viewer.columns.items()}
    images = Image.objects.visible_to(viewer).filter(**theirs).order_by()
    return list(images.values_list("pk", f"{name}__created_at"))


def reacted_and_own_ids(viewer: Viewer) -> set[int]:
    """What never comes in a feed: liked, dismissed, or the viewer's own."""
    if not viewer.is_someone:
        return set()
    return {
        *Like.objects.of(viewer).values_list("image_id", flat=True),
        *Dismissal.objects.of(viewer).values_list("image_id", flat=True),
        *Image.objects.owned_by(viewer).values_list("pk", flat=True),
    }


def seen_ids(viewer: Viewer, *, as_of: dt.datetime, config: RankingConfig = DEFAULT) -> list[int]:
    """What the viewer had seen by then, the longest ago first: opened, or shown several times without a reaction."""
    since = as_of - dt.timedelta(days=config.seen_days)
    profile = Profile.objects.of(viewer).first()
    if profile is not None and profile.seen_since is not None:
        since = max(since, profile.seen_since)
    rows = (
        Event.objects.of(viewer)
        .filter(kind__in=(Event.Kind.OPEN, Event.Kind.IMPRESSION), at__gt=since, at__lte=as_of)
        .values("image_id")
        .annotate(
            opens=Count("pk", filter=Q(kind=Event.Kind.OPEN)),
            shows=Count("pk", filter=Q(kind=Event.Kind.IMPRESSION)),
            last=Max("at"),
        )
        .filter(Q(opens__gte=1) | Q(shows__gte=config.seen_impressions))
    )
    return list(rows.order_by("last", "image_id").values_list("image_id", flat=True))


class _Epoch(Func):
    """A moment as seconds since the epoch, computed where it is stored: no object is made of it."""

    output_field = FloatField()
    template = "CAST(EXTRACT(EPOCH FROM %(expressions)s) AS double precision)"

    def get_db_converters(self, connection: Any) -> list[Any]:
        """None: a call for every row would cost more than the rest of reading it."""
        return []

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        # Kept as text in UTC, `2027-01-15 08:00:00.123456`, the fraction only if there is one.
        moment, parameters = compiler.compile(self.source_expressions[0])
        seconds = f"(CAST(strftime('%%s', {moment}) AS REAL) + CAST(substr({moment}, 20) AS REAL))"
        return seconds, (*parameters, *parameters)


def likes_of_people() -> tuple[Ids, Likes]:
    """Every person's like of a public picture: the pictures' ids, ascending, and the likes as the engine's columns.

    Rows are streamed into columns, and what belongs to a person or a picture is read once for each: of five million
    likes nothing else fits into memory.
    """
    people = _columns(get_user_model().objects.filter(is_active=True), "pk", _Epoch("date_joined"))
    pictures = _columns(Image.objects.listed_for(NOBODY), "pk", "owner_id")
    likes = _columns(Like.objects.filter(user__isnull=False), "image_id", "user_id", _Epoch("created_at"))
    liked, liker = IdMap(pictures["0"]).rows(likes["0"]), IdMap(people["0"]).rows(likes["1"])
    counts = (liked >= 0) & (liker >= 0)
    liked, liker, likes = liked[counts], liker[counts], likes[counts]
    shown = np.bincount(liked, minlength=len(pictures)) > 0
    order = np.flatnonzero(shown)[np.argsort(pictures["0"][shown])]
    return pictures["0"][order], Likes(
        rows=IdMap(order).rows(liked),
        people=likes["1"].copy(),
        owners=pictures["1"][liked],
        times=likes["2"].copy(),
        joined=people["1"][liker],
    )


def _columns(rows: QuerySet[Any], *names: str | _Epoch) -> NDArray[Any]:
    """The values as one array with the fields "0", "1" …: whole numbers, and moments as float64."""
    kinds = [(str(place), np.float64 if isinstance(name, _Epoch) else np.int64) for place, name in enumerate(names)]
    return np.fromiter(rows.order_by().values_list(*names).iterator(chunk_size=10_000), np.dtype(kinds))


def counts() -> tuple[int, int, int]:
    """About how many people like anything, how many pictures are listed, how many likes there are."""
    likes = Like.objects.filter(user__isnull=False).order_by()
    return likes.values("user").distinct().count(), Image.objects.listed_for(NOBODY).count(), likes.count()


def collection() -> Collection:
    """All listed pictures; `categories` are numbers of `category_names`, the top ones, -1 for none."""
    listing = _read_listing()
    created = dict(Image.objects.listed_for(NOBODY).order_by().values_list("pk", "created_at"))
    roots = {path.partition("/")[0] for path in Category.objects.values_list("path", flat=True)}
    # A picture that came or went between the two questions is left out.
    here = np.array([pk in created for pk in listing.ids.tolist()], np.bool_)
    ids = listing.ids[here]
    return Collection(
        ids=ids,
        created=np.array([created[pk].timestamp() for pk in ids.tolist()], np.float64),
        categories=listing.categories[here],
        category_names=tuple(sorted(roots)),
    )


def tag_confidences(ids: Ids) -> sparse.csr_matrix:
    """(n, words) float32 confidences of the tags of these pictures, a person's word 1."""
    pairs = _read_tag_weights()
    rows = IdMap(ids).rows(pairs.images)
    known = rows >= 0
    words, columns = np.unique(pairs.tags[known], return_inverse=True)
    values = pairs.weights[known].astype(np.float32)
    return sparse.csr_matrix((values, (rows[known], columns)), shape=(len(ids), len(words)))


def tags(index: Index) -> sparse.csr_matrix:
    """TF-IDF of the tags of every picture of the index, one row each; a person's word weighs 1."""
    return _tag_vectors(index, _tag_weights())


@lru_cache(maxsize=2)
def _tag_vectors(index: Index, pairs: TagWeights) -> sparse.csr_matrix:
    rows = index.ids.rows(pairs.images)
    known = rows >= 0
    words, columns = np.unique(pairs.tags[known], return_inverse=True)
    shape = (len(index.ids), len(words))
    return tag_vectors(sparse.csr_matrix((pairs.weights[known], (rows[known], columns)), shape=shape))


class Remembered(Generic[T]):
    """Something that is the same for everybody and changes rarely, read again after a while.

    Good for twenty times as long as it took to read, at least a second, at most half a minute; then one thread reads
    it again, and the others go on with what there is. What is shown passes `cards`, so a stale row costs a place in a
    list, never a leak.
    """

    _value: T | None = None
    _until = -math.inf

    def __init__(self, read: Callable[[], T]) -> None:
        self._read = read
        self._reading = threading.Lock()

    def __call__(self) -> T:
        if time.monotonic() >= self._until and self._reading.acquire(blocking=self._value is None):
            try:
                if time.monotonic() >= self._until:
                    self._read_again()
            finally:
                self._reading.release()
        assert self._value is not None
        return self._value

    def _read_again(self) -> None:
        started = time.monotonic()
        self._value = self._read()
        ended = time.monotonic()
        self._until = ended + min(30.0, max(1.0, 20 * (ended - started)))

    def forget(self) -> None:
        """Read it anew at the next request of this process."""
        self._value, self._until = None, -math.inf


def forget() -> None:
    """Read anew at the next request of this process whatever is remembered."""
    _listing.forget()
    _tag_weights.forget()
    for kept in (_placed, people_model, _tag_vectors):
        kept.cache_clear()


def _read_listing() -> Listing:
    roots = {pk: path.partition("/")[0] for pk, path in Category.objects.values_list("pk", "path")}
    number = {root: place for place, root in enumerate(sorted(set(roots.values())))}
    rows = Image.objects.listed_for(NOBODY).order_by("pk").values_list("pk", "category_id")
    pairs = [(pk, number[roots[category]] if category in roots else -1) for pk, category in rows]
    table = np.array(pairs, np.int64).reshape(-1, 2)
    return Listing(ids=table[:, 0], categories=table[:, 1])


def _read_tag_weights() -> TagWeights:
    rows = ImageTag.objects.filter(removed=False).values_list("image_id", "tag_id", "confidence")
    triples = [(image, tag, 1.0 if confidence is None else confidence) for image, tag, confidence in rows]
    return TagWeights(
        images=np.array([triple[0] for triple in triples], np.int64),
        tags=np.array([triple[1] for triple in triples], np.int64),
        weights=np.array([triple[2] for triple in triples], np.float64),
    )


_listing = Remembered(_read_listing)
_tag_weights = Remembered(_read_tag_weights)


def narrowed(catalogue: Catalogue, rows: Rows) -> Catalogue:
    """The same catalogue with only these rows to be shown."""
    mask: Mask = np.zeros(len(catalogue), np.bool_)
    mask[rows[rows >= 0]] = True
    return replace(catalogue, allowed=catalogue.shown & mask)
