"""Artefacts: arrays on disk, named by their checksum, and the one row of each kind that says which ones serve.

An array is written aside, flushed and renamed, and never changes; a release is a manifest of arrays. Publishing swaps
one row, so a reader sees the old release or the new one, whole. A damaged or missing array is noticed when it is
first opened, and is not served.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import logging
import os
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
from django.conf import settings
from django.db import transaction
from django.utils import timezone
from numpy.typing import NDArray

from recommender.engine.arrays import Hashes, IdMap, Rows, Segments, Times, Vectors, Weights
from recommender.engine.factors import Factors
from recommender.engine.index import Codes, Moments, Projection, codes_for
from recommender.engine.neighbours import CoLikes
from recommender.engine.vision.embedder import Embedder, find_model_file
from recommender.models import Lease, Release

logger = logging.getLogger(__name__)

FORMAT = 2
KEPT = 3  # newest releases of a kind whose arrays stay, beside those that running feeds name


class Damaged(Exception):
    """An array of a release is missing, or is not what its name says."""


class Busy(Exception):
    """Somebody else is rebuilding this."""


@dataclass(frozen=True, eq=False)
class Index:
    """The look of the collection. All arrays have one row a picture, in the order they were added."""

    version: int
    model_key: str
    ids: IdMap
    vectors: Segments
    created: Times
    hashes: Hashes
    projection: Projection
    moments: Moments
    # Unit raw features of a random sample, (m, 1280), and the rows they belong to.
    background: Vectors
    background_rows: Rows
    codes: Codes | None


@dataclass(frozen=True, eq=False)
class People:
    """What all likes together say: arrays with one row a picture of `ids`."""

    version: int
    ids: IdMap
    co_likes: CoLikes | None
    factors: Factors | None
    trending: Weights
    popular: Weights


def folder() -> Path:
    path = settings.VAR / "store"
    path.mkdir(parents=True, exist_ok=True)
    return Path(path)


# Arrays


def save(array: NDArray[Any]) -> str:
    """Write an array, unless the very same one is there; returns its name, which is its checksum."""
    part = folder() / f"{os.getpid()}-{time.monotonic_ns()}.part"
    with part.open("wb") as file:
        np.lib.format.write_array(file, np.ascontiguousarray(array), allow_pickle=False)
        file.flush()
        os.fsync(file.fileno())
    name = f"{_checksum(part)}.npy"
    part.replace(folder() / name)
    return name


def load(name: str) -> NDArray[Any]:
    """Open an array for reading, memory-mapped. Raises Damaged. Checked once a process, and anew when written anew."""
    path = folder() / name
    try:
        return _mapped(path, _stamp(path))
    except (OSError, ValueError) as error:
        raise Damaged(f"{name}: {error}") from error


@lru_cache(maxsize=512)
def _mapped(path: Path, _stamp: tuple[int, ...]) -> NDArray[Any]:
    if f"{_checksum(path)}.npy" != path.name:
        raise Damaged(f"{path.name} is not what its name says")
    return np.load(path, mmap_mode="r", allow_pickle=False)


def _stamp(path: Path | str) -> tuple[int, ...]:
    """What changes when a file is written over, or anew; nothing for one that has gone."""
    try:
        status = os.stat(path)  # noqa: PTH116 asked for on every request
    except OSError:
        return ()
    return status.st_ino, status.st_size, status.st_mtime_ns


def _checksum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


# Eyes


def eyes() -> Embedder:
    """The CNN: the file brought along, or the one that was built. Raises EyesError."""
    return _embedder(Path(settings.EYES_FILE) if settings.EYES_FILE else find_model_file(settings.VAR / "eyes"))


@lru_cache(maxsize=2)
def _embedder(path: Path) -> Embedder:
    return Embedder(path)


# Releases


def serving(kind: Release.Kind) -> Release | None:
    return Release.objects.filter(kind=kind, serving=True).first()


def index(version: int | None = None) -> Index | None:
    """The index of that version, or the serving one; None where there is none. Raises Damaged."""
    return _opened(Release.Kind.INDEX, version, _open_index)


def people(version: int | None = None) -> People | None:
    """What is known from people in that version, or the serving one; None where there is none. Raises Damaged."""
    return _opened(Release.Kind.PEOPLE, version, _open_people)


def publish(*, kind: Release.Kind, manifest: Mapping[str, Any], model_key: str = "") -> Release:
    """Make this manifest the one that serves."""
    with transaction.atomic():
        newest = Release.objects.filter(kind=kind).order_by("-version").first()
        Release.objects.filter(kind=kind, serving=True).update(serving=False)
        return Release.objects.create(
            kind=kind,
            version=newest.version + 1 if newest else 1,
            model_key=model_key,
            manifest={"format": FORMAT, **manifest},
            serving=True,
        )


def collect(*, in_use: Iterable[tuple[str, int]], now: dt.datetime) -> int:
    """Delete releases that neither serve nor are in use, and arrays that no release names; returns arrays deleted.

    An array younger than an hour stays: a release that is being written may be about to name it.
    """
    for kind in Release.Kind.values:
        versions = Release.objects.filter(kind=kind).order_by("-version").values_list("version", flat=True)
        kept = {*versions[:KEPT], *(version for used, version in in_use if used == kind)}
        Release.objects.filter(kind=kind, serving=False).exclude(version__in=kept).delete()
    named = {name for manifest in Release.objects.values_list("manifest", flat=True) for name in arrays_of(manifest)}
    doomed = [
        path
        for path in folder().iterdir()
        if path.name not in named and path.stat().st_mtime < now.timestamp() - (3600 if path.suffix == ".part" else 120)
    ]
    for path in doomed:
        path.unlink(missing_ok=True)
    return len(doomed)


def arrays_of(manifest: Mapping[str, Any]) -> Iterator[str]:
    """The names of all arrays in a manifest."""
    for value in manifest.values():
        if isinstance(value, str) and value.endswith(".npy"):
            yield value
        elif isinstance(value, Mapping):
            yield from arrays_of(value)
        elif isinstance(value, list):
            yield from (name for part in value for name in arrays_of(part))


@contextlib.contextmanager
def lease(name: str, *, seconds: int = 120) -> Iterator[None]:
    """Hold the right to rebuild something. Raises Busy while another holds it; a dead holder's lease runs out."""
    now = timezone.now()
    until = now + dt.timedelta(seconds=seconds)
    with transaction.atomic():
        row, created = Lease.objects.select_for_update().get_or_create(name=name, defaults={"until": until})
        if not created and not Lease.objects.filter(pk=name, until__lt=now).update(until=until):
            raise Busy(f"{row.name} is being rebuilt until {row.until:%H:%M:%S}")
    try:
        yield
    finally:
        Lease.objects.filter(pk=name, until=until).delete()


# Opening

Artefact = TypeVar("Artefact")
_open: dict[tuple[str, int], tuple[Any, list[tuple[int, ...]]]] = {}


def _opened(kind: Release.Kind, version: int | None, opener: Callable[[Release], Artefact]) -> Artefact | None:
    """Open a release, keeping the last few of each kind, so that feeds in the middle of their walk stay quick.

    One that is damaged is taken out of service, so that the next sweep builds it anew; also when it was opened whole,
    for its arrays are read from the files, and a file cut short would end the process.
    """
    wanted = Release.objects.filter(kind=kind, version=version).first() if version is not None else None
    release = wanted or serving(kind)
    if release is None:
        return None
    key = (release.kind, release.pk)  # a version may be used again once its release is gone
    within = folder()
    stamps = [_stamp(f"{within}/{name}") for name in arrays_of(release.manifest)]
    if key not in _open or _open[key][1] != stamps:
        try:
            opened = opener(release)
        except (Damaged, KeyError, TypeError, ValueError) as error:  # an array, or the manifest itself
            Release.objects.filter(pk=release.pk).delete()
            raise Damaged(f"{release}: {error}") from error
        for old in sorted(held for held in _open if held[0] == kind)[: -KEPT - 1]:
            _open.pop(old, None)
        _open[key] = opened, stamps
    return _open[key][0]


def forget() -> None:
    """Close everything that is open, as after the store has been replaced."""
    _open.clear()
    _mapped.cache_clear()


def _open_index(release: Release) -> Index:
    manifest = _checked(release)
    parts = manifest["segments"]
    vectors = Segments([load(part["vectors"]) for part in parts], width=manifest["width"])
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
        ),
        moments=Moments(**manifest["moments"]),
        background=np.asarray(load(manifest["background"]["features"]), np.float32),
        background_rows=np.asarray(load(manifest["background"]["rows"])),
        codes=codes_for(vectors),
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


def _checked(release: Release) -> dict[str, Any]:
    if release.manifest.get("format") != FORMAT:
        raise Damaged(f"{release} has format {release.manifest.get('format')}, not {FORMAT}")
    return release.manifest


def _joined(parts: list[dict[str, str]], name: str, empty: NDArray[Any]) -> NDArray[Any]:
    return np.concatenate([empty, *(np.asarray(load(part[name])) for part in parts)])
