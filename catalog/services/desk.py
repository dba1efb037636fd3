"""What staff do to many pictures at once."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from catalog import tasks, words
from catalog.models import Category, Image, ImageTag, State, Tag
from catalog.services.tags import _tags_named


def hide(*, images: QuerySet[Image]) -> int:
    """Take pictures out of everyone's sight but their owners' and staff's."""
    return images.filter(hidden_at=None).update(hidden_at=timezone.now())


def restore(*, images: QuerySet[Image]) -> int:
    return images.exclude(hidden_at=None).update(hidden_at=None)


def reprocess(*, images: QuerySet[Image]) -> int:
    """Decode pictures anew from their originals; each leaves the lists until it is ready again."""
    ids = list(images.values_list("pk", flat=True))
    with transaction.atomic():
        Image.objects.filter(pk__in=ids).restart()
        for image_id in ids:
            tasks.process_image.delay_on_commit(image_id)
    return len(ids)


def recategorise(*, images: QuerySet[Image], category: Category | None) -> int:
    ids = list(images.values_list("pk", flat=True))
    with transaction.atomic():
        Image.objects.filter(pk__in=ids).update(category=category)
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
    """A category or tag has been renamed or moved: the pictures below it are found by other words now."""
    touched: set[int] = set()
    if categories is not None:
        touched.update(Image.objects.filter(category__in=categories).values_list("pk", flat=True))
    if tags is not None:
        touched.update(ImageTag.objects.filter(tag__in=tags).values_list("image_id", flat=True))
    words.refresh(touched)


def merge_tags(*, into: Tag, others: QuerySet[Tag]) -> int:
    """Make several words one: their pictures and narrower words move to `into`, and the others go."""
    with transaction.atomic():
        losers = list(others.exclude(pk=into.pk))
        touched = set(ImageTag.objects.filter(tag__in=losers).values_list("image_id", flat=True))
        has_it = ImageTag.objects.filter(tag=into).values("image")
        for loser in losers:
            ImageTag.objects.filter(tag=loser).exclude(image__in=has_it).update(tag=into)
            Tag.objects.filter(parent=loser).exclude(pk=into.pk).update(parent=into)
        if into.parent_id in {tag.pk for tag in losers}:
            Tag.objects.filter(pk=into.pk).update(parent=None)
        Tag.objects.filter(pk__in=[tag.pk for tag in losers]).delete()
        words.refresh(touched)
    return len(losers)
