"""The aspects of pictures that were embedded before there were dials, or before aspects were read as they are now."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from typing import Any

from PIL import UnidentifiedImageError

from catalog import storage
from catalog.models import State, WorkQuerySet
from recommender import store
from recommender.engine.vision.aspects import VERSION
from recommender.models import Embedding, Release
from recommender.rebuild.embeddings import BATCH, look, model_key

logger = logging.getLogger(__name__)

MOST_BATCHES = 8  # sent by one sweep: there is no hurry, and uploads go first


def read_aspects(image_ids: Iterable[int]) -> int:
    """Read the aspects of those of these pictures that lack them; returns how many were. Safe to run twice.

    A picture that cannot be opened goes without, until it is embedded again; a store that is away ends the batch.
    """
    done = 0
    for row in _unread(model_key()).filter(image__in=list(image_ids)).select_related("image").defer("features"):
        try:
            _, seen = look(row.image)
        except storage.StorageUnavailable as outage:
            logger.warning("Aspects wait: %s", outage)
            break
        except (FileNotFoundError, UnidentifiedImageError) as error:
            logger.warning("Picture %d has no rendition to read: %s", row.image_id, error)
            seen = None
        Embedding.objects.filter(pk=row.pk).update(aspects=seen, aspects_version=VERSION)
        done += seen is not None
    return done


def unread_aspects() -> list[list[int]]:
    """Pictures whose aspects are to be read, in batches, as many as one sweep sends; none when the index lacks none."""
    release = store.serving(Release.Kind.INDEX)
    if release is None or not lacks_aspects(release.manifest):
        return []
    ids = list(_unread(model_key()).values_list("image_id", flat=True)[: MOST_BATCHES * BATCH])
    return [ids[start : start + BATCH] for start in range(0, len(ids), BATCH)]


def are_behind(manifest: Mapping[str, Any], *, key: str) -> bool:
    """Whether an index lacks aspects that have all been read by now."""
    return lacks_aspects(manifest) and not _unread(key).exists()


def lacks_aspects(manifest: Mapping[str, Any]) -> bool:
    return any(segment_lacks(segment) for segment in manifest["segments"])


def segment_lacks(segment: Mapping[str, Any]) -> bool:
    """Whether a segment was written before some of its pictures had aspects of this version."""
    return segment.get("aspects_version") != VERSION or segment["unread"] > 0


def _unread(key: str) -> WorkQuerySet:
    kept = Embedding.objects.filter(model_key=key, state=State.READY, image__state=State.READY, image__deleted_at=None)
    return kept.exclude(features=None).exclude(aspects_version=VERSION).order_by("image_id")
