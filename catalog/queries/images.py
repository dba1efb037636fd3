"""Reads of one picture, one uploader's desk, and the plain lists the recommender builds on."""

from __future__ import annotations

from collections.abc import Iterable

from catalog.models import Image, ImageTag
from catalog.queries.cards import Card, cards, of_rows
from catalog.viewers import Viewer


def image_page(image_id: int, viewer: Viewer) -> Card | None:
    """One picture with all there is to say of it, or None where the viewer may not know of it."""
    found = cards([image_id], viewer, detail=True)
    return found[0] if found else None


def upload_rows(ids: Iterable[int], viewer: Viewer) -> list[Card]:
    """The uploader's own of these pictures, in every state, in the given order."""
    wanted = list(ids)
    found = {
        card.id: card for card in of_rows(Image.objects.owned_by(viewer).filter(pk__in=wanted), viewer, detail=True)
    }
    return [found[image_id] for image_id in wanted if image_id in found]


def listed_ids(ids: Iterable[int], viewer: Viewer) -> set[int]:
    """Which of these pictures may appear in this viewer's lists."""
    return set(Image.objects.filter(pk__in=list(ids)).listed_for(viewer).values_list("pk", flat=True))


def tag_weights(image_ids: Iterable[int]) -> list[tuple[int, int, float]]:
    """(image, tag, weight) of the tags on these pictures; a person's word weighs 1, a machine's its confidence."""
    rows = ImageTag.objects.filter(image__in=list(image_ids), removed=False)
    return [
        (image, tag, 1.0 if confidence is None else confidence)
        for image, tag, confidence in rows.values_list("image_id", "tag_id", "confidence")
    ]
