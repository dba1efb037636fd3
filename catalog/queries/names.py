"""Names to choose from while typing: of tags and categories in use, of pictures, of boards."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count, Q

from catalog import words
from catalog.models import Board, Category, Image, ImageTag, Tag
from catalog.viewers import Viewer


@dataclass(frozen=True, slots=True)
class Name:
    """A tag or category in both languages; `begins` and `begins_zh` are its names as they are compared."""

    slug: str
    name: str
    name_zh: str
    pictures: int
    is_category: bool
    begins: str
    begins_zh: str


def names_in_use(viewer: Viewer) -> list[Name]:
    """Names of tags on listed pictures, and of categories that hold some; three queries."""
    listed = Image.objects.listed_for(viewer).order_by()
    tags = (
        Tag.objects.filter(image_tags__removed=False, image_tags__image__in=listed.values("pk"))
        .annotate(pictures=Count("image_tags", distinct=True))
        .order_by()
        .values_list("slug", "name", "name_zh", "pictures")
    )
    counts: Counter[str] = Counter()
    paths = listed.filter(category__isnull=False).values_list("category__path").annotate(pictures=Count("pk"))
    for path, pictures in paths:
        counts.update(dict.fromkeys(path.split("/"), pictures))
    categories = [
        (slug, name, name_zh, counts[slug])
        for slug, name, name_zh in Category.objects.values_list("slug", "name", "name_zh")
        if counts[slug]
    ]
    return [
        *(_name(*row, is_category=True) for row in categories),
        *(_name(*row, is_category=False) for row in tags),
    ]


def own_words() -> dict[int, str]:
    """Key of each picture that can be found → what people call it: title, their tags, category; no machine's words."""
    images = Image.objects.kept().filter(findable_at__isnull=False).order_by("pk")
    said = ImageTag.objects.filter(source=ImageTag.Source.PERSON, removed=False).order_by("image", "tag__name")
    tags: dict[int, list[str]] = {}
    for image_id, name in said.values_list("image_id", "tag__name"):
        tags.setdefault(image_id, []).append(name)
    return {
        pk: ", ".join(dict.fromkeys(filter(None, (title, *tags.get(pk, ()), category))))
        for pk, title, category in images.values_list("pk", "title", "category__name")
    }


def titles_beginning(text: str, viewer: Viewer, most: int) -> list[tuple[int, str]]:
    """Keys and titles of listed pictures with a word in the title that begins with the text.

    Each title once, those that begin with the text themselves first, then by the alphabet. At most `most` are looked
    at, listed or not.
    """
    asked = Image.objects.filter(pk__in=words.titled_ids(text, most)).listed_for(viewer).order_by("title", "pk")
    titles = {title: pk for pk, title in asked.values_list("pk", "title")}
    begun = words.plain(text)
    ordered = sorted(titles.items(), key=lambda item: not words.plain(item[0]).startswith(begun))
    return [(pk, title) for title, pk in ordered]


def boards_beginning(text: str, viewer: Viewer, most: int) -> list[tuple[int, str]]:
    """Keys and names of the viewer's boards with a word that begins with the text."""
    begun = " ".join(text.split())
    asked = Board.objects.of(viewer).filter(Q(name__istartswith=begun) | Q(name__icontains=f" {begun}"))
    return list(asked.order_by("name").values_list("pk", "name")[:most])


def _name(slug: str, name: str, name_zh: str, pictures: int, *, is_category: bool) -> Name:
    return Name(slug, name, name_zh, pictures, is_category, words.plain(name), words.plain(name_zh))
