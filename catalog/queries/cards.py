"""From ids to something visible: the only way, so that nothing invisible can slip through."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import BooleanField, Exists, OuterRef, QuerySet, Value
from django.db.models.expressions import Combinable
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from catalog.models import Board, BoardImage, Image, ImageTag, PaletteColour
from catalog.models.images import status_word
from catalog.models.tags import in_language
from catalog.viewers import Viewer

SIZES = (320, 640, 1280)
SAID = 5  # tags in a picture's alternative text
SURE = 0.5  # confidence from which it says a machine's tag
FIELDS = (
    "pk", "title", "description", "owner_id", "owner__username", "category__slug", "category__name",
    "category__name_zh", "category__path",
    "visibility", "state", "findable_at", "error_code", "error_detail", "width", "height", "created_at", "like_count",
    "liked", "saved", "placeholder", "colour", "rendition_token", "source", "licence", "hidden_at",
)  # fmt: skip

_WORD = re.compile(r"\w+")
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")


@dataclass(frozen=True, slots=True)
class CategoryRef:
    slug: str
    name: str
    path: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TagRef:
    slug: str
    name: str
    source: str
    confidence: float | None


@dataclass(frozen=True, slots=True)
class Card:
    """A picture as one viewer may see it, people's tags first. `palette` is filled by `cards(..., detail=True)`."""

    id: int
    title: str
    description: str
    owner_id: int
    owner: str
    category: CategoryRef | None
    visibility: str
    status: str
    error_code: str
    error_detail: str
    width: int | None
    height: int | None
    created_at: dt.datetime
    likes: int
    liked: bool
    saved: bool
    placeholder: str
    colour: str
    token: str
    source: str
    licence: str
    hidden: bool
    may_edit: bool
    tags: tuple[TagRef, ...] = ()
    palette: tuple[str, ...] = ()

    @property
    def url(self) -> str:
        return f"/images/{self.id}/"

    @property
    def alt(self) -> str:
        """What the picture shows, for those who cannot see it: its title, and people's tags that say more than it.

        What machines say is often wrong of a drawing, so it is said only where people say nothing, and as a guess.
        """
        between = pgettext("between tags", ", ")
        told = between.join(self._telling([tag for tag in self.tags if tag.source == ImageTag.Source.PERSON]))
        if self.title and told:
            return _("%(title)s: %(tags)s") % {"title": self.title, "tags": told}
        guessed = between.join(self._telling([tag for tag in self.tags if (tag.confidence or 0) >= SURE]))
        if told or not guessed:
            return self.title or told or _("Untitled")
        if self.title:
            return _("%(title)s (perhaps %(tags)s)") % {"title": self.title, "tags": guessed}
        return _("Perhaps %(tags)s") % {"tags": guessed}

    def _telling(self, tags: list[TagRef]) -> list[str]:
        """The names of the first tags that say more than the title."""
        title = self.title.casefold()
        words = set(_WORD.findall(title))
        names = [(tag.name, tag.name.casefold()) for tag in tags]
        # Chinese has no spaces between its words.
        return [
            name
            for name, plain in names
            if not (plain in title if _UNSPACED.search(plain) else words.issuperset(_WORD.findall(plain)))
        ][:SAID]

    @property
    def has_pixels(self) -> bool:
        return bool(self.token)

    @property
    def renditions(self) -> dict[int, str]:
        """Size (pixels of the longer side) → address; empty until the picture has been decoded."""
        return {size: f"/media/{self.id}/{self.token}/{size}.webp" for size in SIZES} if self.token else {}

    @property
    def srcset(self) -> str:
        return ", ".join(f"{url} {self.rendered_width(size)}w" for size, url in self.renditions.items())

    def rendered_width(self, size: int) -> int:
        """How wide the rendition of that size is: never larger than the picture."""
        if not self.width or not self.height:
            return size
        return max(1, round(self.width * min(1.0, size / max(self.width, self.height))))


def cards(ids: Iterable[int], viewer: Viewer, *, detail: bool = False) -> list[Card]:
    """The visible ones among these pictures, in the given order, with tags: two queries, three with palettes."""
    wanted = list(ids)
    found = {
        card.id: card for card in of_rows(Image.objects.filter(pk__in=wanted).visible_to(viewer), viewer, detail=detail)
    }
    return [found[image_id] for image_id in wanted if image_id in found]


def of_rows(images: QuerySet[Image], viewer: Viewer, *, detail: bool = False) -> list[Card]:
    """Cards of a QuerySet already narrowed to what the viewer may see, in its order."""
    rows = list(images.with_likes_of(viewer).annotate(saved=saved_by(viewer)).values_list(*FIELDS))  # type: ignore[attr-defined]
    ids = [row[0] for row in rows]
    tags = _tags(ids)
    palettes = _palettes(ids) if detail else {}
    return [_card(row, viewer, tags.get(row[0], ()), palettes.get(row[0], ())) for row in rows]


def saved_by(viewer: Viewer) -> Combinable:
    """Whether the viewer has put the picture on a board that they may still save to."""
    if not viewer.user_id:
        return Value(value=False, output_field=BooleanField())
    rows = BoardImage.objects.filter(image=OuterRef("pk"), added_by=viewer.user_id)
    return Exists(rows.filter(board__in=Board.objects.editable_by(viewer)))


def _card(row: Sequence, viewer: Viewer, tags: tuple[TagRef, ...], palette: tuple[str, ...]) -> Card:  # type: ignore[type-arg]
    (
        pk, title, description, owner_id, owner, slug, name, name_zh, path, visibility, state, findable_at,
        error_code, error_detail, width, height, created_at, likes, liked, saved, placeholder, colour, token, source,
        licence, hidden_at,
    ) = row  # fmt: skip
    return Card(
        id=pk,
        title=title,
        description=description,
        owner_id=owner_id,
        owner=owner,
        category=CategoryRef(slug, in_language(name, name_zh), tuple(path.split("/"))) if slug else None,
        visibility=visibility,
        status=status_word(state=state, findable=findable_at is not None),
        error_code=error_code,
        error_detail=error_detail,
        width=width,
        height=height,
        created_at=created_at,
        likes=likes,
        liked=liked,
        saved=saved,
        placeholder=placeholder,
        colour=colour,
        token=token,
        source=source,
        licence=licence,
        hidden=hidden_at is not None,
        may_edit=owner_id == viewer.user_id,
        tags=tags,
        palette=palette,
    )


def _tags(ids: list[int]) -> dict[int, tuple[TagRef, ...]]:
    found: dict[int, tuple[TagRef, ...]] = {}
    rows = ImageTag.objects.filter(image__in=ids, removed=False).order_by("-source", "-confidence", "tag__name")
    columns = rows.values_list("image_id", "tag__slug", "tag__name", "tag__name_zh", "source", "confidence")
    for image_id, slug, name, name_zh, source, confidence in columns:
        found[image_id] = (*found.get(image_id, ()), TagRef(slug, in_language(name, name_zh), source, confidence))
    return found


def _palettes(ids: list[int]) -> dict[int, tuple[str, ...]]:
    found: dict[int, tuple[str, ...]] = {}
    for image_id, colour in PaletteColour.objects.filter(image__in=ids).values_list("image_id", "colour"):
        found[image_id] = (*found.get(image_id, ()), colour)
    return found
