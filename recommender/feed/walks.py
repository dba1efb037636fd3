"""Walks: who is going through which list, with which seed, moment and release, and what they have been served."""

from __future__ import annotations

import datetime as dt
import secrets
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from catalog.queries import GalleryFilter
from catalog.queries.cursors import BadCursor, make_cursor, read_cursor
from catalog.viewers import Viewer
from recommender import experiments
from recommender.engine.online.assignment import place as evenly_placed
from recommender.entries import Place
from recommender.experiments import Arm
from recommender.models import Feed, Release

SILENCE = dt.timedelta(minutes=30)
MOST_SERVED = 5_000  # cards; then a new walk must be begun


@dataclass(frozen=True, slots=True)
class Kept:
    """One page as it was served. ahead: the pictures that would come next, known for the newest page alone."""

    places: Sequence[Place]
    ahead: Sequence[int] = ()
    more: bool = False
    fallback: bool = False
    seen_before: int | None = None

    def as_json(self) -> dict[str, Any]:
        return {
            "places": [place.as_json() for place in self.places],
            "more": self.more,
            "fallback": self.fallback,
            "seen_before": self.seen_before,
        }

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> Kept:
        return cls(**kept | {"places": [Place.from_json(place) for place in kept["places"]]})


@dataclass(frozen=True, slots=True)
class Walk:
    """A walk, standing before page `number`."""

    row: Feed
    number: int

    @property
    def tab(self) -> str:
        return str(self.row.release["tab"])

    @property
    def where(self) -> GalleryFilter:
        kept = self.row.release["where"]
        return GalleryFilter(category=kept["category"], tags=tuple(kept["tags"]), owner=kept["owner"])

    @property
    def served(self) -> list[int]:
        """All ids given on earlier pages, in order."""
        return [place[0] for page in self.row.pages[: self.number] for place in page["places"]]

    @property
    def start(self) -> int:
        return len(self.served)

    @property
    def arms(self) -> list[Arm]:
        """The rankings it is made with: one, or the two that are interleaved."""
        arms = experiments.arms_of(self.row.experiment) if self.row.arm else []
        chosen = [arm for arm in arms if self.row.arm in (arm.name, experiments.INTERLEAVED)]
        return chosen or [Arm("")]

    @property
    def picks(self) -> int:
        """How many cards on earlier pages were picked by one of two interleaved rankings."""
        places = (place for page in self.row.pages[: self.number] for place in page["places"])
        return sum(bool(Place.from_json(place).team) for place in places)

    @property
    def session_seed(self) -> int:
        """The same for all walks of a session through the same list."""
        return int(evenly_placed(self.row.scope, str(self.row.seed)) * 2**53)

    @property
    def has_come_round(self) -> bool:
        """Whether an earlier page has reached what had been seen before."""
        return any(page["seen_before"] is not None for page in self.row.pages[: self.number])

    def kept(self) -> Kept | None:
        """The page, if it has been served before."""
        return Kept.from_json(self.row.pages[self.number]) if self.number < len(self.row.pages) else None

    def keep(self, page: Kept, *, now: dt.datetime) -> Kept:
        """Keep the page and return it, or the one that another request has kept in the meantime.

        Raises BadCursor where the walk has ended in the meantime.
        """
        untouched = Feed.objects.filter(pk=self.row.pk, asked_at=self.row.asked_at)
        self.row.pages.append(page.as_json())
        self.row.ahead = list(page.ahead)
        self.row.asked_at = now
        if self.row.user_id is None and self.row.visitor is None:
            return page
        if self.row._state.adding:
            self.row.save(force_insert=True)
        elif not untouched.update(pages=self.row.pages, ahead=self.row.ahead, asked_at=now):
            return self._kept_meanwhile()
        return page

    def _kept_meanwhile(self) -> Kept:
        row = Feed.objects.filter(pk=self.row.pk).first()
        kept = Walk(row, self.number).kept() if row is not None else None
        if kept is None:
            raise BadCursor("This list is over: begin a new one.")
        return kept

    @property
    def cursor(self) -> str:
        """Of the page the walk stands before, whether that has been served or not."""
        return make_cursor("feed", walk=self.row.pk.hex, page=self.number)

    def cursor_after(self, page: Kept) -> str | None:
        if not page.more or self.start + len(page.places) >= MOST_SERVED:
            return None
        return Walk(self.row, self.number + 1).cursor


def last(*, viewer: Viewer, now: dt.datetime, tab: str) -> Walk | None:
    """The viewer's last walk through a whole list, standing where it ends so far; None where that is stale."""
    if not viewer.is_someone:
        return None
    row = _last_row(viewer, _scope(tab, GalleryFilter()), now)
    return None if row is None else Walk(row, number=len(row.pages))


def _last_row(viewer: Viewer, scope: str, now: dt.datetime) -> Feed | None:
    fresh = Feed.objects.of(viewer).filter(scope=scope, asked_at__gt=now - SILENCE)
    row: Feed | None = fresh.select_related("experiment").order_by("-asked_at", "pk").first()
    return row


def begin(*, viewer: Viewer, now: dt.datetime, tab: str, where: GalleryFilter, refresh: bool, private: bool) -> Walk:
    """A walk from the top, with the seed, moment and release of the viewer's last one unless that is stale.

    private: the viewer browses privately, so that no arm of an experiment is kept either.
    """
    row = Feed(id=uuid.uuid4(), scope=_scope(tab, where), asked_at=now, release=_asked(tab, where), **viewer.columns)
    last_row = None if refresh else _last_row(viewer, row.scope, now)
    if last_row is not None:
        row.seed, row.as_of, versions = last_row.seed, last_row.as_of, last_row.release
    else:
        row.seed, row.as_of, versions = secrets.randbelow(2**31), now, _serving()
    row.release |= {kind: versions.get(kind) for kind in Release.Kind.values}
    if last_row is not None:
        row.experiment, row.arm = last_row.experiment, last_row.arm
    elif tab == "for-you" and not private:
        row.experiment, row.arm = experiments.seat(viewer, now=now)
        row.release |= _pinned(row)
    return Walk(row, number=0)


def _pinned(row: Feed) -> dict[str, int]:
    """The releases that the walk's arm uses in place of those that serve everybody."""
    experiment = row.experiment
    if experiment is None:
        return {}
    own = [arm for arm in experiments.arms_of(experiment) if row.arm in (arm.name, experiments.INTERLEAVED)]
    is_shared = row.arm == experiments.INTERLEAVED  # each ranking of an interleaved list brings the rest itself
    return {kind: version for kind, version in own[0].releases.items() if not is_shared or kind == Release.Kind.INDEX}


def named(cursor: str, viewer: Viewer) -> Walk:
    """The walk and page that a cursor names. Raises BadCursor, also where the walk is somebody else's."""
    place = read_cursor(cursor, "feed")
    try:
        number = int(place["page"])
        row = Feed.objects.of(viewer).select_related("experiment").get(pk=uuid.UUID(place["walk"]))
    except (KeyError, ValueError, TypeError, AttributeError, Feed.DoesNotExist) as error:
        raise BadCursor("This list is over: begin a new one.") from error
    if not 0 <= number <= len(row.pages):
        raise BadCursor("This list does not go that far.")
    return Walk(row, number)


def in_use(*, now: dt.datetime) -> set[tuple[str, int]]:
    """(kind, version) of every release that a walk may still ask for, or that a running experiment uses."""
    kept = Feed.objects.filter(asked_at__gt=now - 2 * SILENCE).values_list("release", flat=True)
    walked = {
        (kind, release[kind]) for release in kept for kind in Release.Kind.values if release.get(kind) is not None
    }
    return walked | experiments.pinned()


def _scope(tab: str, where: GalleryFilter) -> str:
    return f"{tab} {where.category} {' '.join(sorted(where.tags))} {where.owner}"[:300]


def _asked(tab: str, where: GalleryFilter) -> dict[str, Any]:
    return {"tab": tab, "where": {"category": where.category, "tags": list(where.tags), "owner": where.owner}}


def _serving() -> dict[str, int]:
    """The serving version of each kind of release."""
    return dict(Release.objects.filter(serving=True).values_list("kind", "version"))
