"""Topics: what a tag, or a category with all below it, gathers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Window
from django.db.models.functions import RowNumber

from catalog.models import Category, Image, ImageTag, Tag
from catalog.models.tags import in_language
from catalog.queries.cards import Card, cards
from catalog.queries.gallery import ORDERINGS, Page, keyset_page
from catalog.viewers import Viewer

FEWEST = 3
"""Pictures from which a word is a topic."""
CHOICES = 6
"""Pictures of a topic that may be its cover in a list."""


@dataclass(frozen=True, slots=True)
class Topic:
    """A word that pictures are gathered under. wider, narrower: topics of the same trees."""

    slug: str
    name: str
    images: int
    cover: Card | None
    wider: tuple[tuple[str, str], ...] = ()
    narrower: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class TopicRef:
    slug: str
    name: str
    images: int


def topic(slug: str, viewer: Viewer) -> Topic | None:
    """What there is of a topic for this viewer; None where no tag or category has this name, or nothing to list."""
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
    kept = {ref.slug for ref in topics(viewer, slugs=[*wider, *narrower])}
    return Topic(
        slug=slug,
        name=str(words[0]),
        images=count,
        cover=covers[0] if covers else None,
        wider=tuple((key, name) for key, name in wider.items() if key in kept),
        narrower=tuple(
            sorted(((key, name) for key, name in narrower.items() if key in kept), key=lambda pair: pair[1])
        ),
    )


def topic_page(slug: str, *, viewer: Viewer, ordering: str = "likes", cursor: str | None, limit: int = 24) -> Page:
    """The pictures of a topic, most liked or newest first. Raises BadCursor."""
    ordering = ordering if ordering in ORDERINGS else "likes"
    return keyset_page(topic_images(slug, viewer), viewer=viewer, ordering=ordering, cursor=cursor, limit=limit)


def topic_images(slug: str, viewer: Viewer) -> QuerySet[Image]:
    """Listed pictures in this category or below it, or under this tag or a narrower one."""
    tagged = ImageTag.objects.filter(tag__in=narrower_tags(slug), removed=False).values("image")
    below = Category.objects.below(slug)
    return Image.objects.listed_for(viewer).filter(Q(category__in=below) | Q(pk__in=tagged))


def topics(viewer: Viewer, *, slugs: Iterable[str] | None = None, most: int | None = None) -> list[TopicRef]:
    """Words with enough listed pictures of their own, the fullest first; of those named, or of all."""
    found: dict[str, TopicRef] = {}
    for hung, word in _hung(viewer, slugs):
        names = (f"{word}__slug", f"{word}__name", f"{word}__name_zh")
        for slug, name, name_zh, images in hung.order_by().values_list(*names).annotate(n=Count("pk")):
            before = found.get(slug)
            called = before.name if before else in_language(name, name_zh)
            found[slug] = TopicRef(slug, called, max(images, before.images if before else 0))
    least = FEWEST if slugs is None else 1
    return sorted((ref for ref in found.values() if ref.images >= least), key=lambda ref: (-ref.images, ref.slug))[
        :most
    ]


def topic_cards(viewer: Viewer, *, most: int) -> list[Topic]:
    """The fullest topics, each with a cover that no fuller one has, where it can; a fixed number of queries."""
    refs = topics(viewer, most=most)
    choices: dict[str, list[int]] = {ref.slug: [] for ref in refs}
    for hung, word in _hung(viewer, choices):
        image, liked = ("pk", "like_count") if hung.model is Image else ("image", "image__like_count")
        rank = Window(RowNumber(), partition_by=F(word), order_by=[F(liked).desc(), F(image).desc()])
        best = hung.annotate(rank=rank).filter(rank__lte=CHOICES).order_by("rank")
        for slug, pk in best.values_list(f"{word}__slug", image):
            choices[slug].append(pk)
    shown = {
        card.id: card for card in cards({pk for some in choices.values() for pk in some}, viewer) if card.has_pixels
    }
    taken: set[int] = set()
    found = []
    for ref in refs:
        here = [pk for pk in choices[ref.slug] if pk in shown]
        cover = next((pk for pk in here if pk not in taken), here[0] if here else None)
        taken.add(cover or 0)
        found.append(Topic(ref.slug, ref.name, ref.images, shown.get(cover or 0)))
    return found


def _hung(viewer: Viewer, slugs: Iterable[str] | None) -> list[tuple[QuerySet[Any], str]]:
    """Listed pictures in categories, and tags on listed pictures, of these names or of all; and the word's column."""
    listed = Image.objects.listed_for(viewer)
    sorted_into = listed.filter(category__isnull=False)
    tagged = ImageTag.objects.filter(removed=False, image__in=listed.order_by().values("pk"))
    if slugs is not None:
        wanted = list(slugs)
        sorted_into, tagged = sorted_into.filter(category__slug__in=wanted), tagged.filter(tag__slug__in=wanted)
    return [(sorted_into, "category"), (tagged, "tag")]


def narrower_tags(slug: str) -> set[int]:
    """The tag of that name and all below it."""
    found = set(Tag.objects.filter(slug=slug).values_list("pk", flat=True))
    wide = set(found)
    while wide:
        wide = set(Tag.objects.filter(parent__in=wide).values_list("pk", flat=True)) - found
        found |= wide
    return found
