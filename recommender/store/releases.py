"""Releases: manifests of arrays, of which one of each kind serves. Publishing and promoting swap one row.

What the site makes by itself serves as it is published. What the laboratory makes is published beside it, and serves
once it is promoted; whatever served then is remembered, so that rolling back is the same swap again.
"""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any

from django.contrib.auth.models import AbstractUser
from django.db import transaction
from django.utils import timezone

from recommender.models import Lease, Release
from recommender.store.arrays import folder

FORMAT = 2
KEPT = 3  # newest releases of a kind whose arrays stay for a while, beside those that running feeds name
GRACE = dt.timedelta(hours=1)  # that they stay after they have been followed: what was deleted leaves them too
# Seconds that an array nobody names stays, for a release that is being written may be about to name it.
UNNAMED, UNFINISHED = 300, 3600
PROMOTION = ("promoted_at", "promoted_by", "reason", "replaces")
CARRIED = ("algorithm", "card", *PROMOTION)
CANDIDATES = 10  # newest models of one algorithm that wait or have served, which stay with their arrays


class Busy(Exception):
    """Somebody else is rebuilding this."""


class NothingBefore(Exception):
    """There is no release to roll back to."""


def serving(kind: Release.Kind) -> Release | None:
    return Release.objects.filter(kind=kind, serving=True).first()


def publish(
    *,
    kind: Release.Kind,
    manifest: Mapping[str, Any],
    model_key: str = "",
    algorithm: str = "",
    card: Mapping[str, Any] | None = None,
    serves: bool = True,
    succeeds: Release | None = None,
) -> Release:
    """Make this manifest the one that serves, or, with `serves` off, a candidate beside it.

    succeeds: the release this one carries on, with newer pictures: algorithm, card and promotion stay those of it.
    """
    about = {"algorithm": algorithm, "card": dict(card or {})}
    if succeeds is not None:
        about = {name: getattr(succeeds, name) for name in CARRIED}
    with transaction.atomic():
        newest = Release.objects.filter(kind=kind).order_by("-version").first()
        if serves:
            Release.objects.filter(kind=kind, serving=True).update(serving=False)
        return Release.objects.create(
            kind=kind,
            version=newest.version + 1 if newest else 1,
            model_key=model_key,
            manifest={"format": FORMAT, **manifest},
            serving=serves,
            **about,
        )


def promote(release: Release, *, by: AbstractUser | None, reason: str = "", now: dt.datetime) -> None:
    """Let a candidate serve, and remember what it replaces."""
    with transaction.atomic():
        kind = Release.objects.select_for_update().filter(kind=release.kind)
        before = kind.filter(serving=True).first()
        kind.filter(serving=True).update(serving=False)
        if before != release and (before is None or before.replaces_id != release.pk):
            kind.filter(pk=release.pk).update(replaces=before)  # else it comes back, and keeps what served before it
        kind.filter(pk=release.pk).update(serving=True, promoted_at=now, promoted_by=by, reason=reason)
    release.refresh_from_db()


def succeed(release: Release) -> None:
    """Let a model serve in place of the one that serves now, which is carried on: promoted by whom, instead of what."""
    with transaction.atomic():
        kind = Release.objects.select_for_update().filter(kind=release.kind)
        before = kind.filter(serving=True).first()
        kind.filter(serving=True).update(serving=False)
        carried = {name: getattr(before, name) for name in PROMOTION} if before is not None else {}
        kind.filter(pk=release.pk).update(serving=True, **carried)
    release.refresh_from_db()


def roll_back(kind: Release.Kind) -> Release | None:
    """Let serve what served before, and return it; None where nothing did and the site goes on without such a release.

    Raises NothingBefore where nothing serves, or where what serves was made by the site itself.
    """
    with transaction.atomic():
        serving = Release.objects.select_for_update().filter(kind=kind, serving=True).first()
        if serving is None or serving.promoted_at is None:
            raise NothingBefore
        before = serving.replaces
        if before is None and kind == Release.Kind.INDEX:
            raise NothingBefore
        Release.objects.filter(pk=serving.pk).update(serving=False)
        if before is not None:
            Release.objects.filter(pk=before.pk).update(serving=True)
            before.refresh_from_db()
    return before


def collect(*, in_use: Iterable[tuple[str, int]], now: dt.datetime) -> int:
    """Delete releases that neither serve nor are in use, and arrays that no release names; returns arrays deleted."""
    for kind in Release.Kind.values:
        used = {version for used, version in in_use if used == kind}
        kept = {*_recent(kind, now), *_of_the_laboratory(kind), *_to_roll_back_to(kind), *used}
        Release.objects.filter(kind=kind, serving=False).exclude(version__in=kept).delete()
    named = {name for manifest in Release.objects.values_list("manifest", flat=True) for name in arrays_of(manifest)}
    doomed = [path for path in folder().iterdir() if path.name not in named and _is_old(path, now)]
    for path in doomed:
        path.unlink(missing_ok=True)
    return len(doomed)


def _recent(kind: str, now: dt.datetime) -> list[int]:
    """The versions that were followed a short while ago."""
    releases = Release.objects.filter(kind=kind).order_by("-version").values_list("version", "created_at")[:KEPT]
    return [version for (_next, followed), (version, _made) in pairwise(releases) if followed > now - GRACE]


def _of_the_laboratory(kind: str) -> list[int]:
    """The versions of the newest models of each algorithm; what the site publishes by itself has none."""
    models = Release.objects.filter(kind=kind).exclude(algorithm="").order_by("-version")
    kept: dict[str, list[int]] = {}
    for algorithm, version in models.values_list("algorithm", "version"):
        kept.setdefault(algorithm, []).append(version)
    return [version for versions in kept.values() for version in versions[:CANDIDATES]]


def _to_roll_back_to(kind: str) -> list[int]:
    """The versions that served before the one that serves, the latest first."""
    release, found = Release.objects.filter(kind=kind, serving=True).first(), list[int]()
    while release is not None and release.replaces is not None and len(found) < CANDIDATES:
        release = release.replaces
        found.append(release.version)
    return found


def _is_old(path: Path, now: dt.datetime) -> bool:
    try:
        age = now.timestamp() - path.stat().st_mtime
    except FileNotFoundError:
        return False
    return age > (UNFINISHED if path.suffix == ".part" else UNNAMED)


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
