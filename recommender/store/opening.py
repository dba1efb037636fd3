"""Releases opened for reading, and kept open: the index, what is known from people, a trained model, the map."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from recommender.engine.arrays import IdMap, Segments
from recommender.engine.factors import Factors
from recommender.engine.index import Moments, Projection, codes_for
from recommender.engine.kind import Kind
from recommender.engine.model import unpacked
from recommender.engine.neighbours import CoLikes
from recommender.engine.ranker import Scale
from recommender.engine.registry import ALGORITHMS
from recommender.engine.vision import aspects
from recommender.engine.vision.text import WIDTH as MEANING
from recommender.models import Release
from recommender.store import arrays
from recommender.store.arrays import Damaged, folder, load, stamp
from recommender.store.artefacts import Atlas, Index, People, RankingModel, Told
from recommender.store.releases import FORMAT, KEPT, arrays_of, serving

logger = logging.getLogger(__name__)

Artefact = TypeVar("Artefact")
_open: dict[tuple[str, int], tuple[Any, list[tuple[int, ...]]]] = {}
_opening = threading.Lock()


def index(version: int | None = None) -> Index | None:
    """The index of that version, or the serving one; None where there is none."""
    return _opened(Release.Kind.INDEX, version, _open_index)


def people(version: int | None = None) -> People | None:
    """What is known from people in that version, or the serving one; None where there is none."""
    return _opened(Release.Kind.PEOPLE, version, _open_people)


def ranker(version: int | None = None) -> RankingModel | None:
    """The trained model of that version, or the promoted one; None where there is none."""
    return _opened(Release.Kind.RANKER, version, _open_ranker)


def atlas(version: int | None = None) -> Atlas | None:
    """The map of that version, or the serving one; None where there is none."""
    return _opened(Release.Kind.ATLAS, version, _open_atlas)


def told(version: int | None = None) -> Told | None:
    """What people wrote, in that version or the serving one; None where there is none."""
    return _opened(Release.Kind.TOLD, version, _open_told)


def _opened(kind: Release.Kind, version: int | None, opener: Callable[[Release], Artefact]) -> Artefact | None:
    """Open a release, keeping the last few of each kind, so that feeds in the middle of their walk stay quick.

    One that is damaged is taken out of service, so that the next sweep builds it anew, and what serves without it is
    opened; also when it was opened whole, for its arrays are read from the files, and a file cut short would end the
    process.
    """
    wanted = Release.objects.filter(kind=kind, version=version).first() if version is not None else None
    release = wanted or serving(kind)
    if release is None:
        return None
    try:
        return _held_open(release, opener)
    except (Damaged, KeyError, TypeError, ValueError):  # an array, or the manifest itself
        logger.exception("%s is damaged and taken out of service.", release)
        Release.objects.filter(pk=release.pk).delete()
        return _opened(kind, version, opener)


def _held_open(release: Release, opener: Callable[[Release], Artefact]) -> Artefact:
    """Raises what the opener raises."""
    key = (release.kind, release.pk)  # a version may be used again once its release is gone
    within = folder()
    stamps = [stamp(f"{within}/{name}") for name in arrays_of(release.manifest)]
    with _opening:  # by one thread, for a large index takes a second and its memory
        if key not in _open or _open[key][1] != stamps:
            opened = opener(release)
            for old in sorted(held for held in _open if held[0] == release.kind)[: -KEPT - 1]:
                del _open[old]
            _open[key] = opened, stamps
        artefact: Artefact = _open[key][0]
    return artefact


def forget() -> None:
    """Close everything that is open, as after the store has been replaced."""
    with _opening:
        _open.clear()
    arrays.forget()


def _open_index(release: Release) -> Index:
    manifest = _checked(release)
    parts = manifest["segments"]
    vectors = Segments([load(part["vectors"]) for part in parts], width=manifest["width"])
    words_key = manifest.get("words_key", "")
    projection = manifest["projection"]
    return Index(
        version=release.version,
        model_key=release.model_key,
        ids=IdMap(_joined(parts, "ids", np.empty(0, np.int64))),
        vectors=vectors,
        created=_joined(parts, "created", np.empty(0, np.float64)),
        hashes=_joined(parts, "hashes", np.empty((0, 2), np.uint64)),
        projection=Projection(
            mean=load(projection["mean"]) if "mean" in projection else None,
            components=load(projection["components"]) if "components" in projection else None,
            directions=load(projection["directions"]) if "directions" in projection else None,
            share=projection.get("share", 0.0),
        ),
        moments=Moments(**manifest["moments"]),
        background=np.asarray(load(manifest["background"]["features"]), np.float32),
        background_rows=np.asarray(load(manifest["background"]["rows"])),
        codes=codes_for(vectors),
        meanings=Segments([load(part["meanings"]) for part in parts], width=MEANING) if words_key else None,
        words_key=words_key,
        kind=_kind(manifest.get("kind")),
        aspects=_aspects(parts),
    )


def _open_people(release: Release) -> People:
    manifest = _checked(release)
    co_likes, factors = manifest["co_likes"], manifest["factors"]
    return People(
        version=release.version,
        ids=IdMap(np.asarray(load(manifest["ids"]))),
        co_likes=CoLikes(**{name: load(array) for name, array in co_likes.items()}) if co_likes else None,
        factors=Factors(
            items=load(factors["items"]),
            gram=load(factors["gram"]),
            regularisation=factors["regularisation"],
            confidence=factors["confidence"],
        )
        if factors
        else None,
        trending=load(manifest["trending"]),
        popular=load(manifest["popular"]),
    )


def _open_ranker(release: Release) -> RankingModel:
    manifest = _checked(release)
    arrays_by_name = {name: load(array) for name, array in manifest["model"].items()}
    return RankingModel(
        version=release.version,
        algorithm=release.algorithm,
        ids=IdMap(np.asarray(load(manifest["ids"]))),
        model=unpacked(ALGORITHMS[release.algorithm].model(), arrays_by_name),
        scale=Scale(**manifest["scale"]),
        keys=load(manifest["keys"]),
        rows=load(manifest["rows"]),
    )


def _open_atlas(release: Release) -> Atlas:
    manifest = _checked(release)
    return Atlas(
        version=release.version,
        ids=IdMap(np.asarray(load(manifest["ids"]))),
        places=load(manifest["places"]),
        areas=np.asarray(load(manifest["areas"])),
    )


def _open_told(release: Release) -> Told:
    manifest = _checked(release)
    return Told(
        version=release.version,
        words_key=release.model_key,
        ids=IdMap(np.asarray(load(manifest["ids"]))),
        vectors=Segments([load(manifest["vectors"])], width=MEANING),
        written=load(manifest["written"]),
        names=tuple(np.asarray(load(manifest["names"])).tolist()),
        name_vectors=np.asarray(load(manifest["name_vectors"]), np.float32),
    )


def _checked(release: Release) -> dict[str, Any]:
    if release.manifest.get("format") != FORMAT:
        raise Damaged(f"{release} has format {release.manifest.get('format')}, not {FORMAT}")
    return release.manifest


def _aspects(parts: list[dict[str, Any]]) -> Segments | None:
    if any(part.get("aspects_version") != aspects.VERSION for part in parts):
        return None
    return Segments([load(part["aspects"]) for part in parts], width=aspects.WIDTH)


def _kind(kept: dict[str, Any] | None) -> Kind | None:
    if not kept:
        return None
    arrays_by_name = {name: np.asarray(load(kept[name])) for name in ("mean", "centre", "spread", "measures")}
    return Kind(whitening=load(kept["whitening"]), bar=kept["bar"], least=kept["least"], **arrays_by_name)


def _joined(parts: list[dict[str, str]], name: str, empty: NDArray[Any]) -> NDArray[Any]:
    return np.concatenate([empty, *(np.asarray(load(part[name])) for part in parts)])
