"""Releases: manifests of arrays, of which one of each kind serves. Publishing swaps one row; collecting tidies up."""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from recommender.models import Lease, Release
from recommender.store.arrays import folder

FORMAT = 2
KEPT = 3  # newest releases of a kind whose arrays stay for a while, beside those that running feeds name
GRACE = dt.timedelta(hours=1)  # that they stay after they have been followed: what was deleted leaves them too
# Seconds that an array nobody names stays, for a release that is being written may be about to name it.
UNNAMED, UNFINISHED = 300, 3600


class Busy(Exception):
    """Somebody else is rebuilding this."""


def serving(kind: Release.Kind) -> Release | None:
    return Release.objects.filter(kind=kind, serving=True).first()


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
    """Delete releases that neither serve nor are in use, and arrays that no release names; returns arrays deleted."""
    for kind in Release.Kind.values:
        kept = {*_recent(kind, now), *(version for used, version in in_use if used == kind)}
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
