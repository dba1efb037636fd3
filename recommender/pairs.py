"""Why one picture is beside another: the regions, words and people that they share."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext as _

from catalog import queries as catalog_queries
from catalog.models import State
from catalog.queries import Card
from catalog.queries.cards import TagRef
from catalog.viewers import Viewer
from recommender import queries, store
from recommender.engine.config import DEFAULT
from recommender.models import MatchedRegions

SLOW, LATE = dt.timedelta(seconds=4), dt.timedelta(seconds=20)
GIVEN_UP = dt.timedelta(minutes=3)


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two pictures. outline: left, top, width, height of its region in thousandths of the picture."""

    card: Card
    outline: tuple[int, int, int, int] | None = None


@dataclass(frozen=True, slots=True)
class Pair:
    """A picture and the one that is the reason for it.

    state: unasked, waiting, slow, late, failed, ready; or whole, where they are alike as wholes, not by a region.
    masked: the viewer has said "not this part" of the region.
    """

    shown: Side
    because: Side
    state: str
    key: str = ""
    tags: tuple[TagRef, ...] = ()
    people: int = 0
    masked: bool = False

    @property
    def because_label(self) -> str:
        return _("You liked") if self.because.card.liked else _("Beside")

    @property
    def is_coming(self) -> bool:
        return self.state in ("waiting", "slow", "late")


def build(*, viewer: Viewer, image_id: int, because_id: int, now: dt.datetime) -> Pair | None:
    """What is known about two pictures; None unless the viewer may open both."""
    cards = catalog_queries.cards([image_id, because_id], viewer, detail=True)
    if image_id == because_id or len(cards) < 2:
        return None
    shown, because = cards
    key, people = _learned(image_id, because_id)
    matched = queries.matched_regions(image_id, because_id, key=key) if key else None
    mask = queries.newest_mask(because_id, viewer)
    slugs = {tag.slug for tag in because.tags}
    return Pair(
        shown=Side(shown, _outline(matched, image_id)),
        because=Side(because, _outline(matched, because_id)),
        state=_state(matched, now) if key else "failed",
        key=key,
        tags=tuple(tag for tag in shown.tags if tag.slug in slugs),
        people=people,
        masked=bool(mask and matched and mask.box == matched.box_of(because_id)),
    )


def _learned(image_id: int, because_id: int) -> tuple[str, int]:
    """The key of the serving eyes, and how many people like both pictures; "" and 0 while nothing serves."""
    index, people = store.index(), store.people()
    shared = 0
    if people is not None and people.co_likes is not None:
        rows = people.ids.rows([image_id, because_id])
        shared = int(people.co_likes.shared(rows[:1], rows[1:])[0, 0])
    return index.eyes_key if index is not None else "", shared if shared >= DEFAULT.min_people else 0


def _state(matched: MatchedRegions | None, now: dt.datetime) -> str:
    if matched is None:
        return "unasked"
    if matched.state == State.READY:
        return "ready" if matched.found else "whole"
    age = now - matched.created_at
    if matched.state == State.FAILED or age > GIVEN_UP:
        return "failed"
    if age > LATE:
        return "late"
    return "slow" if age > SLOW else "waiting"


def _outline(matched: MatchedRegions | None, image_id: int) -> tuple[int, int, int, int] | None:
    box = matched.box_of(image_id) if matched is not None else None
    if box is None:
        return None
    left, top, right, bottom = (round(1000 * share) for share in box)
    return left, top, right - left, bottom - top
