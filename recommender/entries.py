"""Ranked rows become something to see: a card, a score, and a reason in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from catalog import queries as catalog_queries
from catalog.queries import Card
from catalog.viewers import Viewer
from recommender import queries


@dataclass(frozen=True, slots=True)
class Place:
    """One place of a list, in ids; what a feed keeps of the cards it has served.

    propensity: how probable the card was in this place (see `engine.ranking`).  team: the arm that placed it, where two
    are interleaved.  aspect: what a raised dial brought it up for, in a list of similar pictures.
    """

    image: int
    score: float
    kind: str
    evidence: tuple[int, ...] = ()
    people: int | None = None
    copies: int = 0
    propensity: float = 1.0
    explored: bool = False
    team: str = ""
    aspect: str = ""

    def as_json(self) -> list[Any]:
        said = [self.image, self.score, self.kind, list(self.evidence), self.people]
        return [*said, self.propensity, self.explored, self.team]

    @classmethod
    def from_json(cls, kept: Sequence[Any]) -> Place:
        """Also from a walk that began before propensities were kept."""
        image, score, kind, evidence, people, *placed = kept
        propensity, explored, team = placed or (1.0, False, "")
        return cls(image, score, kind, tuple(evidence), people, 0, propensity, explored, team)


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a card is here. kind: look, people, trending, newest, popular or explore. images: the likes it names."""

    kind: str
    text: str
    images: tuple[Card, ...] = ()
    people: int | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """A card in a list. `copies`: near-copies of it that were folded under it."""

    card: Card
    score: float
    reason: Reason
    dismissed: bool = False
    copies: int = 0


def build(places: Iterable[Place], viewer: Viewer, *, detail: bool = False, by: str = "") -> list[Entry]:
    """Entries for those of these places that may appear in the viewer's lists, in order; a fixed number of queries.

    by: "" for a feed. Otherwise how the pictures are like what they are listed under: "look", "people", "tags" or
    "blend" for a picture, "board" for a board, "words" or "parts" for a search.
    """
    wanted = list(places)
    ids = [place.image for place in wanted]
    listed = catalog_queries.listed_ids(ids, viewer)  # less than may be opened: not unlisted ones, nor staff's cases
    shown = {card.id: card for card in catalog_queries.cards(listed, viewer, detail=detail)}
    named = {image for place in wanted for image in place.evidence} - shown.keys()
    evidence = shown | {card.id: card for card in catalog_queries.cards(named, viewer)} if named else shown
    dismissed = queries.dismissed_ids(ids, viewer)
    return [
        Entry(
            card=shown[place.image],
            score=place.score,
            reason=_reason(place, evidence, by),
            dismissed=place.image in dismissed,
            copies=place.copies,
        )
        for place in wanted
        if place.image in shown
    ]


def _reason(place: Place, evidence: Mapping[int, Card], by: str) -> Reason:
    images = tuple(evidence[image] for image in place.evidence if image in evidence)
    if by == "board":
        text = _board_text(images)
    elif by:
        text = _similar_text(place, by)
    elif images and place.kind in ("look", "people"):
        text = _liked_text(place, images[0])
    else:
        text = str(_PLAIN_TEXTS[place.kind]())
    return Reason(kind=place.kind, text=text, images=images, people=place.people)


def _liked_text(place: Place, liked: Card) -> str:
    title = liked.title or _("Untitled")
    if place.kind == "look" and not liked.liked:
        return _("Looks like “%(title)s”, which you saved") % {"title": title}
    if place.kind == "look":
        return _("Looks like “%(title)s”, which you liked") % {"title": title}
    return _("People who like “%(title)s” like this too") % {"title": title}


def _board_text(images: tuple[Card, ...]) -> str:
    if not images:
        return _("Looks like what is on this board")
    return _("Looks like “%(title)s” on this board") % {"title": images[0].title or _("Untitled")}


def _similar_text(place: Place, by: str) -> str:
    if place.aspect:
        return str(_ASPECT_TEXTS[place.aspect]())
    if by == "words":
        return _("Matches your words")
    if by == "tags":
        return _("Shares its tags")
    if place.kind == "people" and place.people:
        return ngettext("%(people)d person likes both", "%(people)d people like both", place.people) % {
            "people": place.people
        }
    return _("Looks alike") if place.kind == "look" else str(_PLAIN_TEXTS[place.kind]())


_ASPECT_TEXTS = {
    "colour": lambda: _("Same colours"),
    "texture": lambda: _("Same texture"),
    "subject": lambda: _("Same subject"),
    "composition": lambda: _("Same composition"),
}
_PLAIN_TEXTS = {
    "look": lambda: _("Looks alike"),
    "people": lambda: _("People with your taste like this"),
    "trending": lambda: _("Many like this now"),
    "newest": lambda: _("New here"),
    "popular": lambda: _("Liked by many"),
    "explore": lambda: _("Something different, to see if you like it"),
}
