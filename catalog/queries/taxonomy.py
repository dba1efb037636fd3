"""The owner's tree of categories, and the words in use, each with how many listed pictures it leads to."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from catalog.models import Category, Image, Tag
from catalog.models.tags import in_language
from catalog.viewers import Viewer


@dataclass(frozen=True, slots=True)
class CategoryRow:
    """A category. `images`: listed pictures in it and below it."""

    slug: str
    name: str
    path: tuple[str, ...]
    parent: str | None
    images: int


def category_rows(viewer: Viewer) -> list[CategoryRow]:
    """The whole tree, parents before their children; two queries."""
    listed = Image.objects.listed_for(viewer).filter(category__isnull=False)
    counts: Counter[str] = Counter()
    for path, images in listed.values_list("category__path").annotate(images=Count("pk")).order_by():
        counts.update(dict.fromkeys(path.split("/"), images))
    return [
        _row(slug, in_language(name, name_zh), tuple(path.split("/")), counts) for slug, name, name_zh, path in _tree()
    ]


def top_categories(viewer: Viewer) -> list[Category]:
    """The tops of the tree that lead to a listed picture, by name; two queries that stop at the first picture."""
    filled = Exists(Image.objects.listed_for(viewer).filter(category=OuterRef("pk")))
    roots = {category.root for category in Category.objects.filter(filled).only("path")}
    return list(Category.objects.filter(slug__in=roots).order_by("name"))


def tags_in_use(viewer: Viewer, text: str = "") -> QuerySet[Tag, Any]:
    """Tags on listed pictures whose name has `text` in it, the most used first.

    Each with slug, name, name_zh, wider, pictures.
    """
    listed = Image.objects.listed_for(viewer).values("pk")
    tags = Tag.objects.filter(image_tags__removed=False, image_tags__image__in=listed)
    if text:
        tags = tags.filter(Q(name__icontains=text) | Q(name_zh__icontains=text) | Q(slug__icontains=text))
    counted = tags.annotate(pictures=Count("image_tags", distinct=True), wider=F("parent__slug"))
    return counted.order_by("-pictures", "slug").values("slug", "name", "name_zh", "wider", "pictures")


def _tree() -> QuerySet[Category, tuple[str, str, str, str]]:
    return Category.objects.order_by("path").values_list("slug", "name", "name_zh", "path")


def _row(slug: str, name: str, path: tuple[str, ...], counts: Counter[str]) -> CategoryRow:
    parent = path[-2] if len(path) > 1 else None
    return CategoryRow(slug=slug, name=name, path=path, parent=parent, images=counts[slug])


def licences_in_use(viewer: Viewer, *, most: int = 20) -> list[str]:
    """The licences of listed pictures, the most frequent first."""
    listed = Image.objects.listed_for(viewer).exclude(licence="").order_by()
    counted = listed.values_list("licence").annotate(n=Count("pk")).order_by("-n", "licence")
    return [licence for licence, _n in counted[:most]]
