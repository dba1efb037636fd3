"""Lists of pictures, page by page. A page begins where the last one ended, so that nothing is repeated or skipped."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.db.models.expressions import CombinedExpression
from django.utils import timezone
from django.utils.translation import gettext as _

from catalog import words
from catalog.models import Category, Follow, Image, ImageTag, Like, PaletteColour
from catalog.queries.cards import Card, of_rows
from catalog.queries.cursors import BadCursor, make_cursor, read_cursor
from catalog.viewers import Viewer
from catalog.words import NONE_AKIN, Akin

ORDERINGS = {
    "newest": ("-created_at", "-pk"),
    "oldest": ("created_at", "pk"),
    "likes": ("-like_count", "-pk"),
}
COLOUR_RADIUS = 22.0  # CIELAB units: about the reach of one colour name
COLOUR_SHARE = 0.08  # of the picture's area
NEAREST = 200  # pictures that are offered where none has the colour
NEARLY = 1.15  # times as long as the other side that a square picture may be
SHAPES = {
    "wide": Q(width__gt=F("height") * NEARLY),
    "tall": Q(height__gt=F("width") * NEARLY),
    "square": Q(width__lte=F("height") * NEARLY, height__lte=F("width") * NEARLY),
}
MOST_ASKED = 5000  # keys in one statement


class BadFilter(ValueError):
    """A filter's value has no meaning; `field` names it."""

    def __init__(self, field: str, detail: str) -> None:
        super().__init__(detail)
        self.field = field


@dataclass(frozen=True, slots=True)
class GalleryFilter:
    """What to show: every condition given must hold. `tags` are slugs, `colour` is six hexadecimal digits.

    shape: wide, tall or square.  days: how many days old a picture may be.
    """

    text: str = ""
    category: str = ""
    tags: tuple[str, ...] = ()
    colour: str = ""
    owner: str = ""
    licence: str = ""
    shape: str = ""
    days: str = ""

    def __bool__(self) -> bool:
        return any((self.text.strip(), self.colour, self.narrows))

    @property
    def narrows(self) -> bool:
        """Whether anything but words and colours is asked for."""
        return any((self.category, self.tags, self.owner, self.licence, self.shape, self.days))


EVERYTHING = GalleryFilter()


@dataclass(frozen=True, slots=True)
class Page:
    cards: list[Card] = field(default_factory=list)
    next: str | None = None
    previous: str | None = None


def search_ids(text: str, viewer: Viewer) -> list[int]:
    """Ids of the listed pictures that match all words, best first."""
    ranked = words.ranked_ids(text)
    listed = set(Image.objects.filter(pk__in=ranked).listed_for(viewer).values_list("pk", flat=True))
    return [image_id for image_id in ranked if image_id in listed]


def matching_ids(text: str, *, parts: bool = True, unfinished: bool = True, akin: Akin = NONE_AKIN) -> list[int]:
    """Ids of pictures that match all of the text, best first, whoever may see them: to be narrowed by `Listed`.

    parts: parts of words match, too.  unfinished: the last word may be the beginning of a longer one.  akin: names that
    are as good as a word.
    """
    return words.ranked_ids(text, akin=akin) if parts else words.whole_ids(text, unfinished=unfinished, akin=akin)


class Listed:
    """The pictures that may be listed for a viewer and that pass a filter. Raises BadFilter."""

    def __init__(self, viewer: Viewer, where: GalleryFilter) -> None:
        self.filtered = bool(where)
        self._images = filtered(Image.objects.listed_for(viewer), where)

    def ids(self) -> list[int]:
        """All of them."""
        return list(self._images.order_by().values_list("pk", flat=True))

    def among(self, ids: Iterable[int]) -> list[int]:
        """Those of the ids, in their order, without repeats."""
        wanted = list(dict.fromkeys(ids))
        there: set[int] = set()
        for start in range(0, len(wanted), MOST_ASKED):
            asked = self._images.filter(pk__in=wanted[start : start + MOST_ASKED]).order_by()
            there.update(asked.values_list("pk", flat=True))
        return [image_id for image_id in wanted if image_id in there]


def gallery_page(
    *,
    viewer: Viewer,
    where: GalleryFilter = GalleryFilter(),
    ordering: str = "newest",
    cursor: str | None = None,
    limit: int = 24,
    detail: bool = False,
) -> Page:
    """Listed pictures that pass the filter. ordering: newest, oldest, likes, or relevance (to the text or colour).

    Raises BadCursor or BadFilter.
    """
    images = filtered(Image.objects.listed_for(viewer), where)
    if ordering == "relevance":
        return ranked_page(_by_relevance(images, where), viewer=viewer, cursor=cursor, limit=limit, detail=detail)
    if ordering not in ORDERINGS:
        raise BadFilter("ordering", _("Choose one of %(values)s.") % {"values": ", ".join([*ORDERINGS, "relevance"])})
    return keyset_page(images, viewer=viewer, ordering=ordering, cursor=cursor, limit=limit, detail=detail)


def relevant_ids(*, viewer: Viewer, where: GalleryFilter) -> list[int]:
    """Ids of the listed pictures that pass the filter, by relevance to its text or colour, best first."""
    return _by_relevance(filtered(Image.objects.listed_for(viewer), where), where)


def nearest_in_colour_ids(*, viewer: Viewer, where: GalleryFilter) -> list[int]:
    """Ids of the listed pictures that pass the rest of the filter, the nearest to its colour first."""
    large = PaletteColour.objects.filter(image=OuterRef("pk"), share__gte=COLOUR_SHARE)
    own = large.annotate(distance=_distance_to(where.colour)).order_by("distance").values("distance")[:1]
    images = filtered(Image.objects.listed_for(viewer), replace(where, colour="")).annotate(distance=Subquery(own))
    return list(images.exclude(distance=None).order_by("distance", "-pk").values_list("pk", flat=True)[:NEAREST])


def owned_page(*, viewer: Viewer, cursor: str | None, limit: int = 24) -> Page:
    """The viewer's own pictures in every state, newest first."""
    return keyset_page(Image.objects.owned_by(viewer), viewer=viewer, ordering="newest", cursor=cursor, limit=limit)


def liked_page(*, viewer: Viewer, whose: int | None = None, cursor: str | None, limit: int = 24) -> Page:
    """What the viewer has liked and may still see, the latest first; or those likes of `whose` that they may list."""
    if whose is None:
        visible = Like.objects.of(viewer).filter(image__in=Image.objects.visible_to(viewer))
    else:
        visible = Like.objects.filter(user=whose, image__in=Image.objects.listed_for(viewer))
    liked = visible.order_by("-created_at", "-pk").values_list("image_id", flat=True)
    return ranked_page(list(liked), viewer=viewer, cursor=cursor, limit=limit)


def followed_page(*, viewer: Viewer, cursor: str | None, limit: int = 24) -> Page:
    """Pictures by the people whom the viewer follows, newest first."""
    people = Follow.objects.filter(follower=viewer.user_id, followed__is_active=True).values("followed")
    images = Image.objects.listed_for(viewer).filter(owner__in=people)
    return keyset_page(images, viewer=viewer, ordering="newest", cursor=cursor, limit=limit)


def filtered(images: QuerySet[Image], where: GalleryFilter) -> QuerySet[Image]:
    if where.text.strip():
        images = images.filter(pk__in=words.ranked_ids(where.text))
    if where.category:
        if not Category.objects.filter(slug=where.category).exists():
            raise BadFilter("category", _("There is no category “%(name)s”.") % {"name": where.category})
        images = images.filter(category__in=Category.objects.below(where.category))
    for slug in where.tags:
        images = images.filter(pk__in=ImageTag.objects.filter(tag__slug=slug, removed=False).values("image"))
    if where.owner:
        images = images.filter(owner__username__iexact=where.owner)
    if where.licence:
        images = images.filter(licence=where.licence)
    if where.shape:
        if where.shape not in SHAPES:
            raise BadFilter("shape", _("Choose one of %(values)s.") % {"values": ", ".join(SHAPES)})
        images = images.filter(SHAPES[where.shape])
    if where.days:
        if not (where.days.isascii() and where.days.isdecimal() and len(where.days) < 6):
            raise BadFilter("days", _("Write days as a whole number."))
        images = images.filter(created_at__gte=timezone.now() - dt.timedelta(days=int(where.days)))
    if where.colour:
        images = images.filter(pk__in=_near_colour(where.colour).values("image"))
    return images


def _near_colour(colour: str) -> QuerySet[PaletteColour]:
    large = PaletteColour.objects.filter(share__gte=COLOUR_SHARE)
    return large.annotate(distance=_distance_to(colour)).filter(distance__lte=COLOUR_RADIUS**2)


def _distance_to(colour: str) -> CombinedExpression:
    """Squared, from a palette's colour."""
    lightness, a, b = lab_of(colour)
    distance = (F("lightness") - lightness) * (F("lightness") - lightness)
    return distance + (F("a") - a) * (F("a") - a) + (F("b") - b) * (F("b") - b)


def lab_of(colour: str) -> tuple[float, float, float]:
    """CIELAB (D65) of an sRGB colour written as rrggbb, with or without '#'. Raises BadFilter."""
    digits = colour.removeprefix("#")
    try:
        channels = bytes.fromhex(digits) if len(digits) == 6 else b""
    except ValueError:
        channels = b""
    if not channels:
        raise BadFilter("colour", _("Write a colour as six hexadecimal digits, such as c0392b."))
    r, g, b = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in (v / 255 for v in channels))
    x = (0.4124564 * r + 0.3575761 * g + 0.1804375 * b) / 0.95047
    y = 0.2126729 * r + 0.7151522 * g + 0.0721750 * b
    z = (0.0193339 * r + 0.1191920 * g + 0.9503041 * b) / 1.08883
    fx, fy, fz = (t ** (1 / 3) if t > 216 / 24389 else (24389 / 27 * t + 16) / 116 for t in (x, y, z))
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


def _by_relevance(images: QuerySet[Image], where: GalleryFilter) -> list[int]:
    if where.text.strip():
        passed = set(images.values_list("pk", flat=True))
        return [image_id for image_id in words.ranked_ids(where.text) if image_id in passed]
    if where.colour:
        best = _near_colour(where.colour).filter(image=OuterRef("pk")).order_by("-share").values("share")[:1]
        return list(images.annotate(share=Subquery(best)).order_by("-share", "-pk").values_list("pk", flat=True)[:2000])
    return list(images.order_by(*ORDERINGS["newest"]).values_list("pk", flat=True)[:2000])


def ranked_page(ids: list[int], *, viewer: Viewer, cursor: str | None, limit: int, detail: bool = False) -> Page:
    """One page of pictures the viewer may see, in the order of their ids. Raises BadCursor."""
    start = read_cursor(cursor, "ranked").get("start", 0) if cursor else 0
    if not isinstance(start, int) or start < 0:
        raise BadCursor("The cursor is not one of this list.")
    page = of_rows(Image.objects.filter(pk__in=ids[start : start + limit]), viewer, detail=detail)
    place = {image_id: position for position, image_id in enumerate(ids)}
    return Page(
        cards=sorted(page, key=lambda card: place[card.id]),
        next=make_cursor("ranked", start=start + limit) if start + limit < len(ids) else None,
        previous=make_cursor("ranked", start=max(0, start - limit)) if start > 0 else None,
    )


def keyset_page(
    images: QuerySet[Image], *, viewer: Viewer, ordering: str, cursor: str | None, limit: int, detail: bool = False
) -> Page:
    """One page, found by the key of a neighbour: rows after `after`, or before `before`, in the ordering."""
    place = read_cursor(cursor, ordering) if cursor else {}
    backwards = "before" in place
    key, _ = ORDERINGS[ordering]
    descending = key.startswith("-") != backwards
    name = key.lstrip("-")
    if place:
        images = images.filter(_beyond(name, place.get("before") or place.get("after"), descending=descending))
    sign = "-" if descending else ""
    rows = of_rows(images.order_by(f"{sign}{name}", f"{sign}pk")[: limit + 1], viewer, detail=detail)
    more = len(rows) > limit
    rows = rows[:limit][::-1] if backwards else rows[:limit]
    ends = [_key_of(card, name) for card in (rows[0], rows[-1])] if rows else [None, None]
    return Page(
        cards=rows,
        next=make_cursor(ordering, after=ends[1]) if rows and (more or backwards) else None,
        previous=make_cursor(ordering, before=ends[0]) if rows and place and (more or not backwards) else None,
    )


def _key_of(card: Card, name: str) -> list[Any]:
    return [card.created_at.isoformat() if name == "created_at" else card.likes, card.id]


def _beyond(name: str, key: Any, *, descending: bool) -> Q:
    try:
        value, pk = key
        value = dt.datetime.fromisoformat(value) if name == "created_at" else int(value)
        pk = int(pk)
    except (TypeError, ValueError) as error:
        raise BadCursor("The cursor is not one of this list.") from error
    way = "lt" if descending else "gt"
    return Q(**{f"{name}__{way}": value}) | Q(**{name: value, f"pk__{way}": pk})
