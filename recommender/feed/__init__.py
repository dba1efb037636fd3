"""The feed: a pure function of (reactions, choices, release, seed, as_of), walked page by page.

A page that has been served is replayed; one that has not is ranked with the newest reactions and leaves out what the
walk has served. So a like followed by an unlike gives the identical list.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

from catalog import queries as catalog_queries
from catalog.models import Image
from catalog.queries import GalleryFilter
from catalog.queries.gallery import BadFilter
from catalog.viewers import Viewer
from recommender import entries, queries
from recommender.entries import Entry, Place
from recommender.feed import lists, moves, walks
from recommender.feed.lists import TABS
from recommender.queries import Choices

__all__ = ["TABS", "FeedPage", "build", "continued", "upcoming"]

AHEAD = 24
"""Cards after a page that are kept in mind, to say what a reaction has moved."""


@dataclass(frozen=True, slots=True)
class FeedPage:
    """One page of a walk.

    here: the cursor that gives this page again.  start: the position of its first card in the walk.  state: ready,
    empty (there is nothing at all) or exhausted (everything has been seen).  fallback: the recommender is resting, and
    the newest pictures stand in.  seen_before: the place in `entries` where pictures seen before begin, on the first
    page that has any.  note: what the reactions since the last page have moved; None where there were none.
    """

    entries: list[Entry] = field(default_factory=list)
    next: str | None = None
    here: str = ""
    feed_id: str = ""
    start: int = 0
    state: str = "ready"
    fallback: bool = False
    seen_before: int | None = None
    note: moves.Note | None = None


def build(
    *,
    viewer: Viewer,
    now: dt.datetime,
    tab: str = "for-you",
    where: GalleryFilter | None = None,
    cursor: str | None = None,
    limit: int = 24,
    refresh: bool = False,
    detail: bool = False,
) -> FeedPage:
    """The first page, or the one the cursor names. Raises BadCursor, BadFilter.

    where: category, tags and owner; words and colours belong to the gallery. detail: with tags and palettes.
    """
    if tab not in TABS:
        raise BadFilter("tab", f"Choose one of {', '.join(TABS)}.")
    chosen = queries.choices(viewer)
    if cursor:
        walk = walks.named(cursor, viewer)
    else:
        private = chosen.is_private(now)
        walk = walks.begin(
            viewer=viewer, now=now, tab=tab, where=where or GalleryFilter(), refresh=refresh, private=private
        )
    page, note = walk.kept(), None
    if page is None:
        page = lists.listed(walk, viewer=viewer, chosen=chosen, limit=limit, ahead=AHEAD)
        note = _note(walk, page, viewer, chosen)
        page = walk.keep(page, now=now)
    shown = entries.build(page.places, viewer, detail=detail)
    return FeedPage(
        entries=shown,
        next=walk.cursor_after(page),
        here=walk.cursor,
        feed_id=str(walk.row.pk),
        start=walk.start,
        state=_state(walk, page, viewer),
        fallback=page.fallback,
        seen_before=_divider(page, shown),
        note=note,
    )


def _note(walk: walks.Walk, page: walks.Kept, viewer: Viewer, chosen: Choices) -> moves.Note | None:
    """What the reactions since the last page have moved: this page against what would have come next."""
    if not walk.row.ahead:
        return None
    reacted = moves.reacted_to(viewer, since=walk.row.asked_at, chosen=chosen)
    if not reacted:
        return None
    placed = [place.image for place in page.places]
    listed = catalog_queries.listed_ids([*walk.row.ahead, *placed], viewer)
    would = [image for image in walk.row.ahead if image in listed and image not in reacted]
    comes = [image for image in placed if image in listed]
    both = min(len(would), len(comes))
    return moves.said(moves.Moves.between(would[:both], comes[:both]), viewer)


def upcoming(*, viewer: Viewer, now: dt.datetime, chosen: Sequence[Choices], k: int) -> list[list[Place]]:
    """How this viewer's feed would begin with each of these choices; nothing is kept."""
    walk = walks.begin(viewer=viewer, now=now, tab=TABS[0], where=GalleryFilter(), refresh=False, private=True)
    return [list(lists.listed(walk, viewer=viewer, chosen=one, limit=k).places) for one in chosen]


def continued(*, viewer: Viewer, now: dt.datetime, chosen: Choices, k: int) -> list[Place] | None:
    """How the viewer's last walk would go on; None where there is none."""
    walk = walks.last(viewer=viewer, now=now, tab=TABS[0])
    return None if walk is None else list(lists.listed(walk, viewer=viewer, chosen=chosen, limit=k).places)


def _divider(page: walks.Kept, shown: list[Entry]) -> int | None:
    """Where the pictures that have been seen before begin among those shown."""
    if page.seen_before is None:
        return None
    fresh = {place.image for place in page.places[: page.seen_before]}
    return sum(entry.card.id in fresh for entry in shown)


def _state(walk: walks.Walk, page: walks.Kept, viewer: Viewer) -> str:
    if walk.number > 0 or (page.places and page.seen_before != 0):
        return "ready"
    return "exhausted" if page.places or Image.objects.listed_for(viewer).exists() else "empty"
