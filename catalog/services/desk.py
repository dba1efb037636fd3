"""What staff do to many pictures at once."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from catalog import tasks, words
from catalog.models import Category, Image, ImageTag, State, Tag
from catalog.services.tags import _tags_named, images_below, lies_below


def hide(*, images: QuerySet[Image]) -> int:
    """Take pictures out of everyone's sight but their owners' and staff's."""
    return images.filter(hidden_at=None).update(hidden_at=timezone.now())


def restore(*, images: QuerySet[Image]) -> int:
    return images.exclude(hidden_at=None).update(hidden_at=None)


def reprocess(*, images: QuerySet[Image]) -> int:
    """Decode pictures anew from their originals; each leaves the lists until it is ready again."""
    with transaction.atomic():
        ids = list(images.values_list("pk", flat=True))
        images.restart()  # type: ignore[attr-defined]
        for image_id in ids:
            tasks.process_image.delay_on_commit(image_id)
    return len(ids)


def recategorise(*, images: QuerySet[Image], category: Category | None) -> int:
    with transaction.atomic():
        ids = list(images.values_list("pk", flat=True))
        images.update(category=category)
        words.refresh(ids)
    return len(ids)


def add_tags(*, images: QuerySet[Image], names: Sequence[str]) -> int:
    """Put these tags on every picture, as a person's word. Raises InvalidValue."""
    ids = list(images.values_list("pk", flat=True))
    with transaction.atomic():
        for tag in _tags_named(names):
            ImageTag.objects.bulk_create(
                [ImageTag(image_id=pk, tag=tag, source=ImageTag.Source.PERSON) for pk in ids],
                update_conflicts=True,
                unique_fields=["image", "tag"],
                update_fields=["source", "removed", "confidence"],
            )
        words.refresh(ids)
    return len(ids)


def retry_failed(*, images: QuerySet[Image]) -> int:
    """Queue the failed ones among these again, with all their tries."""
    return reprocess(images=images.filter(state=State.FAILED))


def delete(*, images: QuerySet[Image]) -> int:
    """Take pictures out of sight at once; the sweep erases rows and files in the background."""
    return images.filter(deleted_at=None).update(deleted_at=timezone.now())


def words_changed(*, categories: QuerySet[Category] | None = None, tags: QuerySet[Tag] | None = None) -> None:
    """Categories or tags have been renamed or moved: the pictures in and below them are found by other words now."""
    touched: set[int] = set()
    if categories is not None:
        touched.update(Image.objects.filter(category__in=categories).values_list("pk", flat=True))
    if tags is not None:
        touched.update(images_below(tags))
    words.refresh(touched)


def delete_categories(*, categories: QuerySet[Category]) -> int:
    """Delete categories that have none below them (else ProtectedError); their pictures are then in none."""
    with transaction.atomic():
        touched = set(Image.objects.filter(category__in=categories).values_list("pk", flat=True))
        deleted = categories.delete()[1].get(Category._meta.label, 0)
        words.refresh(touched)
    return deleted


def delete_tags(*, tags: QuerySet[Tag]) -> int:
    """Take tags off every picture; narrower tags stay, with none above them."""
    with transaction.atomic():
        touched = images_below(tags)
        deleted = tags.delete()[1].get(Tag._meta.label, 0)
        words.refresh(touched)
    return deleted


def merge_tags(*, into: Tag, others: QuerySet[Tag]) -> int:
    """Make several words one: their pictures and narrower words move to `into`, and the others go.

    Where a picture has several of them, a person's word wins. `into` keeps its wider word, unless that is, or lies
    below, one of the others.
    """
    with transaction.atomic():
        losers = set(others.exclude(pk=into.pk).values_list("pk", flat=True))
        touched = images_below(Tag.objects.filter(pk__in=[into.pk, *losers]))
        for loser in losers:
            _move_pictures(loser, into)
        if lies_below(into, losers):
            Tag.objects.filter(pk=into.pk).update(parent=None)
        Tag.objects.filter(parent__in=losers).exclude(pk=into.pk).update(parent=into)
        Tag.objects.filter(pk__in=losers).delete()
        words.refresh(touched)
    return len(losers)


def _move_pictures(loser: int, into: Tag) -> None:
    """Give `into` to the pictures of another tag; those that have both keep what a person said of either."""
    rows = ImageTag.objects.filter(tag=loser)
    said = rows.filter(source=ImageTag.Source.PERSON).values("image")
    both = ImageTag.objects.filter(tag=into)
    both.filter(image__in=said).update(source=ImageTag.Source.PERSON, confidence=None, removed=False)
    rows.exclude(image__in=both.values("image")).update(tag=into)
