"""The words of every picture, as they are searched."""

from collections.abc import Iterable
from itertools import islice

from catalog.models import Category, Image, ImageTag, SearchText, Tag
from catalog.words.spelling import folded

BATCH = 500
"""Pictures whose words are written at once: a statement takes only so many parameters."""


def refresh(image_ids: Iterable[int]) -> None:
    """Write the words of these pictures anew, from their titles, tags with wider tags, and category paths."""
    remaining = iter(image_ids)
    while batch := list(islice(remaining, BATCH)):
        SearchText.objects.bulk_create(
            _documents(batch),
            update_conflicts=True,
            unique_fields=["image"],
            update_fields=["title", "tags", "category", "description"],
        )


def _documents(image_ids: list[int]) -> list[SearchText]:
    tag_names = _names_with_wider_tags(image_ids)
    category_names = {
        slug: f"{name} {name_zh}" for slug, name, name_zh in Category.objects.values_list("slug", "name", "name_zh")
    }
    return [
        SearchText(
            image_id=row["pk"],
            title=folded(row["title"]),
            tags=folded(" ".join(tag_names.get(row["pk"], ()))),
            category=folded(
                " ".join(
                    f"{category_names.get(slug, '')} {slug}"
                    for slug in (row["category__path"] or "").split("/")
                    if slug
                )
            ),
            description=folded(row["description"]),
        )
        for row in Image.objects.filter(pk__in=image_ids).values("pk", "title", "description", "category__path")
    ]


def _names_with_wider_tags(image_ids: list[int]) -> dict[int, list[str]]:
    rows = list(ImageTag.objects.filter(image__in=image_ids, removed=False).values_list("image_id", "tag_id"))
    tags = _with_wider({tag_id for _image_id, tag_id in rows})
    names: dict[int, dict[str, None]] = {}
    for image_id, tag_id in rows:
        found = names.setdefault(image_id, {})
        tag = tags.get(tag_id)
        while tag is not None and tag.name not in found:
            found |= dict.fromkeys(filter(None, (tag.name, tag.name_zh)))
            tag = tags.get(tag.parent_id) if tag.parent_id else None
    return {image_id: list(found) for image_id, found in names.items()}


def _with_wider(tag_ids: set[int]) -> dict[int, Tag]:
    """These tags and all above them, by key: one query a step up."""
    found: dict[int, Tag] = {}
    while tag_ids:
        step = Tag.objects.in_bulk(tag_ids)
        found |= step
        tag_ids = {tag.parent_id for tag in step.values() if tag.parent_id} - found.keys()
    return found
