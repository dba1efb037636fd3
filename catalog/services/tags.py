"""Words on pictures. A machine proposes; a person's word, and a person's no, stand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet
from django.utils.text import slugify
from django.utils.translation import gettext as _

from catalog import words
from catalog.models import Category, Image, ImageTag, Tag

MOST_TAGS = 30
LONGEST_TAG = 50
BATCH = 500  # keys in one statement: databases take only so many


class InvalidValue(ValueError):
    """A value that cannot be stored; `field` names it."""

    def __init__(self, field: str, detail: str) -> None:
        super().__init__(detail)
        self.field = field


@dataclass(frozen=True, slots=True)
class MachineTag:
    """A machine's word with its confidence in [0, 1], and the wider words above it, nearest first: (slug, name)."""

    slug: str
    name: str
    confidence: float
    wider: tuple[tuple[str, str], ...] = ()


def name_in_chinese(names: Mapping[str, str]) -> int:
    """Give tags and categories without a Chinese name the one known for their slug; returns how many got one.

    A name that staff have set stays.
    """
    tags = [row for row in Tag.objects.filter(name_zh="") if row.slug in names]
    categories = [row for row in Category.objects.filter(name_zh="") if row.slug in names]
    named: list[Tag | Category] = [*tags, *categories]
    for row in named:
        row.name_zh = names[row.slug]
    Tag.objects.bulk_update(tags, ["name_zh"], batch_size=BATCH)
    Category.objects.bulk_update(categories, ["name_zh"], batch_size=BATCH)
    touched = images_below(Tag.objects.filter(pk__in=[row.pk for row in tags]))
    for row in categories:
        below = Category.objects.below(row.slug)
        touched.update(Image.objects.filter(category__in=below).values_list("pk", flat=True))
    words.refresh(sorted(touched))
    return len(tags) + len(categories)


def images_below(tags: QuerySet[Tag]) -> set[int]:
    """The pictures with one of these tags or of the narrower ones under them."""
    narrower = tags.with_narrower()  # type: ignore[attr-defined]
    return set(ImageTag.objects.filter(tag__in=narrower).values_list("image_id", flat=True))


def set_person_tags(*, image: Image, names: Sequence[str]) -> None:
    """Make these the tags of the picture. A machine's tag that is not among them is remembered as removed.

    Raises InvalidValue (field "tags").
    """
    wanted = {tag.pk: tag for tag in _tags_named(names)}
    with transaction.atomic():
        present = {row.tag_id: row for row in ImageTag.objects.filter(image=image)}
        machine_said_no_to = [
            row.pk for pk, row in present.items() if pk not in wanted and row.source == ImageTag.Source.MACHINE
        ]
        ImageTag.objects.filter(pk__in=machine_said_no_to).update(removed=True)
        ImageTag.objects.filter(image=image, source=ImageTag.Source.PERSON).exclude(tag__in=wanted).delete()
        ImageTag.objects.filter(image=image, tag__in=wanted, removed=True).update(
            removed=False, source=ImageTag.Source.PERSON, confidence=None
        )
        ImageTag.objects.bulk_create(
            [
                ImageTag(image=image, tag=tag, source=ImageTag.Source.PERSON)
                for pk, tag in wanted.items()
                if pk not in present
            ],
            update_conflicts=True,  # a machine may have said so meanwhile
            unique_fields=["image", "tag"],
            update_fields=["source", "removed", "confidence"],
        )


def add_tag(*, image: Image, name: str) -> Tag:
    """Put a person's word on the picture beside the others; a word that is there stays as it is.

    Raises InvalidValue (field "tags").
    """
    with transaction.atomic():
        found = _tags_named([name])
        if not found:
            raise InvalidValue("tags", _("Write a word."))
        (tag,) = found
        shown = ImageTag.objects.filter(image=image, removed=False)
        if not shown.filter(tag=tag).exists():
            if shown.count() >= MOST_TAGS:
                raise InvalidValue("tags", _("Use at most %(most)d tags.") % {"most": MOST_TAGS})
            ImageTag.objects.update_or_create(
                image=image,
                tag=tag,
                defaults={"source": ImageTag.Source.PERSON, "confidence": None, "removed": False},
            )
        words.refresh([image.pk])
    return tag


def remove_tag(*, image: Image, slug: str) -> ImageTag | None:
    """Take a word off the picture and remember the no; None where it is not there."""
    with transaction.atomic():
        row = ImageTag.objects.filter(image=image, tag__slug=slug, removed=False).select_related("tag").first()
        if row is not None:
            ImageTag.objects.filter(pk=row.pk).update(removed=True)
            words.refresh([image.pk])
    return row


def put_tag_back(*, image: Image, slug: str) -> None:
    """Undo a removal: the word is back as it was, a machine's still a machine's."""
    with transaction.atomic():
        ImageTag.objects.filter(image=image, tag__slug=slug, removed=True).update(removed=False)
        words.refresh([image.pk])


def set_machine_tags(*, image_id: int, tags: Sequence[MachineTag]) -> None:
    """Replace what machines said of the picture; never touch a person's tags, nor one that a person removed."""
    with transaction.atomic():
        rows = {tag.slug: (_tag_with_wider(tag), tag.confidence) for tag in tags}
        ids = [tag.pk for tag, _confidence in rows.values()]
        machine = ImageTag.objects.filter(image=image_id, source=ImageTag.Source.MACHINE)
        machine.filter(removed=False).exclude(tag__in=ids).delete()
        for tag, confidence in rows.values():
            _row, created = ImageTag.objects.get_or_create(
                image_id=image_id,
                tag=tag,
                defaults={"source": ImageTag.Source.MACHINE, "confidence": confidence},
            )
            if not created:
                machine.filter(tag=tag, removed=False).update(confidence=confidence)
        words.refresh([image_id])


def mark_findable(*, image_ids: Iterable[int], now: dt.datetime) -> None:
    """The recommender has published these: they can be found from now on."""
    waiting = set(Image.objects.filter(findable_at=None).values_list("pk", flat=True))
    found = sorted(waiting.intersection(image_ids))
    for start in range(0, len(found), BATCH):
        Image.objects.filter(pk__in=found[start : start + BATCH], findable_at=None).update(findable_at=now)


def clear_findable() -> None:
    """The eyes have changed: nothing is findable until it has been looked at again."""
    Image.objects.exclude(findable_at=None).update(findable_at=None)


def tag_slug(name: str) -> str:
    return slugify(name, allow_unicode=True)[:80]


def _tags_named(names: Sequence[str]) -> list[Tag]:
    by_slug = {tag_slug(name): " ".join(name.split()) for name in names if tag_slug(name)}
    if len(by_slug) > MOST_TAGS:
        raise InvalidValue("tags", _("Use at most %(most)d tags.") % {"most": MOST_TAGS})
    if any(len(name) > LONGEST_TAG for name in by_slug.values()):
        raise InvalidValue("tags", _("A tag has at most %(most)d characters.") % {"most": LONGEST_TAG})
    for slug, name_zh in Tag.objects.filter(name_zh__in=by_slug.values()).values_list("slug", "name_zh"):
        by_slug.pop(tag_slug(name_zh), None)
        by_slug[slug] = name_zh  # the tag that is called so in Chinese
    Tag.objects.bulk_create((Tag(slug=slug, name=name) for slug, name in by_slug.items()), ignore_conflicts=True)
    return list(Tag.objects.filter(slug__in=by_slug))


def _tag_with_wider(tag: MachineTag) -> Tag:
    """The tag's row, made with the chain above it where it is new; a chain that staff have set stays."""
    parent: Tag | None = None
    for slug, name in reversed(tag.wider):
        parent = _tag_below(slug, name, parent)
    return _tag_below(tag.slug, tag.name, parent)


def _tag_below(slug: str, name: str, parent: Tag | None) -> Tag:
    row, _created = Tag.objects.get_or_create(slug=slug, defaults={"name": name, "parent": parent})
    if row.parent_id is None and parent is not None and not lies_below(parent, {row.pk}):
        Tag.objects.filter(pk=row.pk, parent=None).update(parent=parent)
        row.parent = parent
    return row


def lies_below(tag: Tag, others: AbstractSet[int]) -> bool:
    """Whether one of these tags (keys) is the tag itself, or wider than it. Ends even where tags form a circle."""
    passed: set[int] = set()
    above: Tag | None = tag
    while above is not None and above.pk not in passed:
        if above.pk in others:
            return True
        passed.add(above.pk)
        above = above.parent
    return False
