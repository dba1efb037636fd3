"""From features to the index: segments of vectors, projection, background, one published row."""

from __future__ import annotations

import datetime as dt
from typing import Any

import numpy as np
from numpy.typing import NDArray

from catalog import services
from catalog.models import Image, State
from recommender import queries, store
from recommender.engine.arrays import unit
from recommender.engine.config import DEFAULT
from recommender.engine.index import (
    PROJECTION_FROM,
    Projection,
    background_moments,
    fit_projection,
)
from recommender.engine.kind import learn
from recommender.engine.vision import aspects, vocabulary
from recommender.engine.vision.embedder import FEATURES
from recommender.models import Embedding, Release
from recommender.rebuild.aspects import are_behind, lacks_aspects, segment_lacks
from recommender.rebuild.embeddings import missing_ids
from recommender.rebuild.meanings import Reader, reader_for

SEGMENT = 4096  # rows
MOST_LOOSE = 16  # segments that are not full; beyond this an append joins them, so that a search reads few files
GROWTH = 1.5  # times the pictures that the projection knew, from which on all of it is built anew
BETWEEN_PUBLICATIONS = dt.timedelta(seconds=2)
KIND_SAMPLE = 2_000  # pictures that the kind of the collection is learned from
PROJECTION_SAMPLE = 20_000  # pictures that the projection is learned from


def publish_index(*, key: str, now: dt.datetime, anew: bool = False) -> int:
    """Bring the index up to date with the features of this model; returns its rows. Raises store.Busy.

    What is new is appended in a segment of its own; a small collection, one that has grown by half, another model, or
    `anew` builds all of it. An adapted index stays adapted, with the projection that was measured and promoted.
    """
    with store.lease("index"):
        services.name_in_chinese(vocabulary.chinese_names())
        held = _held(key)
        ids = embedded_ids(key)
        fresh = np.setdiff1d(ids, held.ids.values) if held is not None else ids
        if (
            held is None
            or anew
            or _reads_otherwise(held, key)
            or len(ids) <= PROJECTION_FROM
            or len(ids) > GROWTH * _built_from()
        ):
            _build(key, ids, held)
        elif len(fresh) or _lacks_kind():
            _append(key, held, fresh)
        services.mark_findable(image_ids=ids.tolist(), now=now)
    return len(ids)


def _reads_otherwise(held: store.Index, key: str) -> bool:
    """Whether the words at hand are not those of the index; without words, what it has stays."""
    reader = reader_for(key)
    return reader is not None and reader.key != held.words_key


def pause_before_publishing(*, now: dt.datetime) -> float:
    """Seconds until the serving index is old enough to be followed by another; 0 for a site at rest."""
    release = store.serving(Release.Kind.INDEX)
    if release is None:
        return 0.0
    return max(0.0, (release.created_at + BETWEEN_PUBLICATIONS - now).total_seconds())


def is_behind(*, key: str) -> bool:
    """Whether a picture has features and is not findable yet, or nothing serves, while nothing forbids to publish.

    While the eyes change, the old index serves until the new model has looked at everything.
    """
    release = store.serving(Release.Kind.INDEX)
    if release is not None and store.eyes_key_of(release.model_key) != key:
        services.clear_findable()
        at_work = Embedding.objects.filter(model_key=key, state__in=[State.PENDING, State.PROCESSING])
        if at_work.exists() or missing_ids(key=key):
            return False
    done = Embedding.objects.filter(model_key=key, state=State.READY)
    if release is None:
        return done.exists()
    if not {"words_key", "kind"} <= release.manifest.keys() or (_has_been_passed(release) and len(_missing(key))):
        return True
    if are_behind(release.manifest, key=key):
        return True
    return Image.objects.kept().filter(state=State.READY, findable_at=None, embeddings__in=done).exists()


def _has_been_passed(release: Release) -> bool:
    """Whether it serves again, or only now, although a newer index has been published."""
    return Release.objects.filter(kind=release.kind, version__gt=release.version).exists()


def _missing(key: str) -> NDArray[np.int64]:
    """Pictures with features that the serving index does not have."""
    held = _held(key)
    return embedded_ids(key) if held is None else np.setdiff1d(embedded_ids(key), held.ids.values)


def leave_out_deleted(*, key: str) -> int:
    """Make indexes that wait, or could be rolled back to, anew without what was deleted; returns how many had to be.

    The serving one is made anew by `publish_index`. Each keeps its projection and its version.
    """
    kept, count = embedded_ids(key), 0
    for release in Release.objects.filter(kind=Release.Kind.INDEX, serving=False):
        with store.lease("index"):
            index = store.index(release.version)
            if index is None or index.version != release.version or index.eyes_key != key:
                continue
            stays = np.intersect1d(index.ids.values, kept)
            if len(stays) < len(index.ids):
                manifest = {"format": release.manifest["format"], **built(key, stays, index.projection)}
                count += Release.objects.filter(pk=release.pk).update(manifest=manifest)
    return count


def _held(key: str) -> store.Index | None:
    """The serving index, if its features are of these eyes, and it is whole."""
    index = store.index()
    return index if index is not None and index.eyes_key == key else None


def embedded_ids(key: str) -> NDArray[np.int64]:
    """Pictures with features; also of those that are being looked at again, for what was seen serves until then."""
    done = Embedding.objects.filter(model_key=key, image__state=State.READY, image__deleted_at=None)
    done = done.exclude(features=None)
    return np.array(sorted(done.values_list("image_id", flat=True)), np.int64)


def _build(key: str, ids: NDArray[np.int64], held: store.Index | None) -> None:
    if held is not None and held.projection.directions is not None:
        manifest = built(key, ids, held.projection)
        store.publish(
            kind=Release.Kind.INDEX,
            model_key=held.model_key,
            manifest=manifest,
            succeeds=store.serving(Release.Kind.INDEX),
        )
    else:
        store.publish(kind=Release.Kind.INDEX, model_key=key, manifest=built(key, ids, None))


def built(key: str, ids: NDArray[np.int64], projection: Projection | None) -> dict[str, Any]:
    """The manifest of an index of these pictures, with this projection or with one learned from them."""
    rng = np.random.default_rng(0)
    sample = np.sort(rng.permutation(len(ids))[:PROJECTION_SAMPLE])
    sampled = queries.features_of(ids[sample], key=key)
    projection = fit_projection(sampled) if projection is None else projection
    chosen = np.sort(rng.permutation(len(sampled))[: DEFAULT.background])
    background = unit(sampled[chosen])
    moments = background_moments(projection.apply(background)) if len(background) else background_moments(background)
    reader = reader_for(key)
    return {
        "width": projection.width(FEATURES),
        "segments": _segments(key, ids, projection, reader),
        "words_key": reader.key if reader is not None else "",
        "kind": _kind(key, ids),
        "built_from": len(ids),
        "projection": _stored(projection),
        "moments": {"mean": moments.mean, "std": moments.std},
        "background": {
            "features": store.save(background.astype(np.float16)),
            "rows": store.save(sample[chosen]),
        },
    }


def _kind(key: str, ids: NDArray[np.int64]) -> dict[str, Any]:
    """What a sample of these pictures has in common, as it is kept; empty for too few."""
    sample = np.sort(np.random.default_rng(0).permutation(ids)[:KIND_SAMPLE])
    seen, _unread = queries.aspects_of(sample, key=key)
    kind = learn(queries.features_of(sample, key=key), aspects.manners(seen.astype(np.float32)))
    if kind is None:
        return {}
    arrays = ("mean", "whitening", "centre", "spread", "measures")
    return {name: store.save(getattr(kind, name)) for name in arrays} | {"bar": kind.bar, "least": kind.least}


def _stored(projection: Projection) -> dict[str, Any]:
    arrays = {name: getattr(projection, name) for name in ("mean", "components", "directions")}
    kept: dict[str, Any] = {name: store.save(array) for name, array in arrays.items() if array is not None}
    return kept | ({"share": projection.share} if projection.directions is not None else {})


def _append(key: str, held: store.Index, fresh: NDArray[np.int64]) -> None:
    """Rows stay where they are: loose segments are joined in their order, and what is fresh follows."""
    release = store.serving(Release.Kind.INDEX)
    assert release is not None
    segments = release.manifest["segments"]
    full = next((place for place, segment in enumerate(segments) if _size(segment) < SEGMENT), len(segments))
    if len(segments) - full >= MOST_LOOSE:
        segments = segments[:full]
        fresh = np.concatenate([held.ids.values[full * SEGMENT :], fresh])
    reader = reader_for(key) if held.words_key else None
    segments = [
        {**each, **_aspects(key, store.load(each["ids"]))} if segment_lacks(each) else each for each in segments
    ]
    segments = [*segments, *_segments(key, fresh, held.projection, reader)]
    manifest = {**release.manifest, "segments": segments}
    if _lacks_kind():
        manifest["kind"] = _kind(key, np.concatenate([store.load(each["ids"]) for each in segments]))
    adapted = held.projection.directions is not None
    store.publish(
        kind=Release.Kind.INDEX, model_key=held.model_key, manifest=manifest, succeeds=release if adapted else None
    )


def _built_from() -> int:
    """How many pictures there were when the serving index was last built as a whole."""
    release = store.serving(Release.Kind.INDEX)
    return release.manifest.get("built_from", 0) if release is not None else 0


def _lacks_kind() -> bool:
    """Whether the serving index has yet to learn its kind, or learned it before all aspects were read."""
    release = store.serving(Release.Kind.INDEX)
    return release is not None and (lacks_aspects(release.manifest) or "kind" not in release.manifest)


def _size(segment: dict[str, Any]) -> int:
    return len(store.load(segment["ids"]))


def _segments(key: str, ids: NDArray[np.int64], projection: Projection, reader: Reader | None) -> list[dict[str, Any]]:
    return [_segment(key, ids[start : start + SEGMENT], projection, reader) for start in range(0, len(ids), SEGMENT)]


def _segment(key: str, ids: NDArray[np.int64], projection: Projection, reader: Reader | None) -> dict[str, Any]:
    """One segment. A picture that has gone meanwhile keeps its row, empty, so that all others keep theirs."""
    gone = (0.0, 0, 0)
    facts = {
        pk: (created.timestamp(), _unsigned(phash), _unsigned(dhash))
        for pk, created, phash, dhash in Image.objects.filter(pk__in=ids.tolist()).values_list(
            "pk", "created_at", "phash", "dhash"
        )
    }
    features = queries.features_of(ids, key=key)
    read = {} if reader is None else {"meanings": store.save(reader.meanings(features).astype(np.float16))}
    return read | {
        "vectors": store.save(projection.apply(features).astype(np.float16)),
        "ids": store.save(ids),
        "created": store.save(np.array([facts.get(pk, gone)[0] for pk in ids.tolist()], np.float64)),
        "hashes": store.save(np.array([facts.get(pk, gone)[1:] for pk in ids.tolist()], np.uint64).reshape(-1, 2)),
        **_aspects(key, ids),
    }


def _aspects(key: str, ids: NDArray[np.int64]) -> dict[str, Any]:
    """What a segment says of aspects: the array, of which version it is, and how many pictures are yet to be read."""
    values, unread = queries.aspects_of(ids, key=key)
    return {"aspects": store.save(values), "aspects_version": aspects.VERSION, "unread": unread}


def _unsigned(bits: int | None) -> int:
    return (bits or 0) & (2**64 - 1)
