"""Having pictures looked at again."""

from __future__ import annotations

from django.db import transaction

from recommender import rebuild, tasks


def look_again(*, image_ids: list[int]) -> int:
    """Have the eyes look at these pictures anew, with all tries; returns how many there are."""
    with transaction.atomic():
        rebuild.look_again(image_ids)
        for start in range(0, len(image_ids), rebuild.BATCH):
            tasks.embed_images.delay_on_commit(image_ids[start : start + rebuild.BATCH])
    return len(image_ids)
