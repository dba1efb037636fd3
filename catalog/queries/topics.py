"""Topics: what a tag, or a category with all below it, gathers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, Q, QuerySet

from catalog.models import Category, Image, ImageTag, Tag
from catalog.queries.cards import Card, cards
from catalog.queries.gallery import ORDERINGS, Page, keyset_page
from catalog.viewers import Viewer


@dataclass(frozen=True, slots=True)
class Topic:
    """A word that pictures are gathered under. wider, narrower: topics of the same trees."""

    slug: str
    name: str
    images: int
    cover: Card | None
    wider: tuple[tuple[str, str], ...] = ()
    narrower: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Gathered:
    """names: of each word in both languages, by slug.  pairs: word and picture.  likes: of pictures with pixels.

    said: the pairs that a person has made, by a tag or a category.
    """

    names: Mapping[str, tuple[str, str]]
    pairs: AbstractSet[tuple[str, int]]
    said: AbstractSet[tuple[str, int]]
    likes: Mapping[int, int]


def topic(slug: str, viewer: Viewer) -> Topic | None:
    """What a topic has for this viewer; None where no tag or category has this slug, or there is nothing to list."""
    category = Category.objects.filter(slug=slug).select_related("parent").first()
    tag = Tag.objects.filter(slug=slug).select_related("parent").first()
    if category is None and tag is None:
        return None
    images = topic_images(slug, viewer)
    count = images.count()
    if not count:
        return None
    first = images.exclude(rendition_token="").order_by("-like_count", "-pk").values_list("pk", flat=True)[:1]
    covers = cards(list(first), viewer)
    words: list[Category | Tag] = [word for word in (category, tag) if word is not None]
    wider = {word.parent.slug: str(word.parent) for word in words if word.parent is not None}
    narrower = {child.slug: str(child) for word in words for child in word.children.all()}
    kept = _with_images([*wider, *narrower], viewer, beside=images)
    return Topic(
        slug=slug,
        name=str(words[0]),
        images=count,
        cover=covers[0] if covers else None,
        wider=tuple(pair for pair in wider.items() if pair[0] in kept),
        narrower=tuple(pair for pair in sorted(narrower.items(), key=_by_name) if pair[0] in kept),
    )


def topic_page(slug: str, *, viewer: Viewer, ordering: str = "likes", cursor: str | None, limit: int = 24) -> Page:
    """The pictures of a topic, most liked or newest first. Raises BadCursor."""
    ordering = ordering if ordering in ORDERINGS else "likes"
    return keyset_page(topic_images(slug, viewer), viewer=viewer, ordering=ordering, cursor=cursor, limit=limit)


def topic_images(slug: str, viewer: Viewer) -> QuerySet[Image]:
    """Listed pictures in this category or below it, or under this tag or a narrower one."""
    return _gathered_under(slug, Tag.objects.filter(slug=slug).with_narrower(), viewer)


def _gathered_under(slug: str, tags: QuerySet[Tag] | Sequence[int], viewer: Viewer) -> QuerySet[Image]:
    tagged = ImageTag.objects.filter(tag__in=tags, removed=False).values("image")
    below = Category.objects.below(slug)
    return Image.objects.listed_for(viewer).filter(Q(category__in=below) | Q(pk__in=tagged))


def _with_images(slugs: Sequence[str], viewer: Viewer, *, beside: QuerySet[Image]) -> set[str]:
    """Which of these topics have anything to list; two queries, however many there are.

    beside: pictures, at least one; a question needs a row to be answered in.
    """
    tags = {pk: (slug, name, name_zh, parent) for pk, slug, name, name_zh, parent in _tags()}
    below: dict[str, list[int]] = {slug: [] for slug in slugs}
    for pk in tags:
        for slug in below.keys() & set(_upwards(pk, tags)):
            below[slug].append(pk)
    asked = [Exists(_gathered_under(slug, below[slug], viewer)) for slug in below]
    answers = beside.order_by().values_list("pk", *asked)[:1]
    return {slug for _pk, *found in answers for slug, has_any in zip(below, found, strict=True) if has_any}


def gathered(viewer: Viewer) -> Gathered:
    """The listed pictures of every tag and category in use, each with all that is below it; five queries."""
    listed = Image.objects.listed_for(viewer).order_by()
    tags = {pk: (slug, name, name_zh, parent) for pk, slug, name, name_zh, parent in _tags()}
    categories = Category.objects.values_list("slug", "name", "name_zh")
    names = {slug: (name, name_zh) for slug, name, name_zh, _parent in tags.values()}
    names |= {slug: (name, name_zh) for slug, name, name_zh in categories}
    said: set[tuple[str, int]] = set()
    seen: set[tuple[str, int]] = set()
    for image, path in listed.filter(category__isnull=False).values_list("pk", "category__path"):
        said |= {(slug, image) for slug in path.split("/")}
    above = {pk: _upwards(pk, tags) for pk in tags}
    on_listed = ImageTag.objects.filter(removed=False, image__in=listed.values("pk"))
    for tag, image, source in on_listed.values_list("tag_id", "image_id", "source"):
        (said if source == ImageTag.Source.PERSON else seen).update((slug, image) for slug in above[tag])
    return Gathered(names, said | seen, said, dict(listed.exclude(rendition_token="").values_list("pk", "like_count")))


def _tags() -> QuerySet[Tag, Any]:
    return Tag.objects.values_list("pk", "slug", "name", "name_zh", "parent_id")


def _upwards(pk: int | None, tags: Mapping[int, tuple[str, str, str, int | None]]) -> list[str]:
    """The slugs of a tag and of the wider ones, each once, even where somebody has made a circle."""
    found: list[str] = []
    while pk is not None and tags[pk][0] not in found:
        found.append(tags[pk][0])
        pk = tags[pk][3]
    return found


def _by_name(pair: tuple[str, str]) -> str:
    return pair[1]
