"""From pictures to what the eyes see in them: features and tags, one row a picture and model."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import numpy as np
from celery.exceptions import SoftTimeLimitExceeded
from django.db import transaction
from PIL import Image as Pillow
from PIL import UnidentifiedImageError

from catalog import services, storage
from catalog.models import Image, State
from catalog.models.work import OUTAGE
from catalog.services import MachineTag
from recommender import store
from recommender.engine.vision import aspects, tags
from recommender.engine.vision.embedder import Floats, Sight
from recommender.models import Embedding

logger = logging.getLogger(__name__)

BATCH = 32  # pictures that are embedded before they are published together
MOST_BATCHES = 64  # sent by one sweep
SEEN_FROM = 640  # the rendition that the eyes look at


def model_key() -> str:
    """The key of the eyes at hand. Raises EyesError."""
    return store.eyes().model_key


def embed_images(image_ids: Iterable[int], *, now: dt.datetime) -> int:
    """Look at these pictures and at others that wait, in one batch; returns how many now have features.

    A picture that breaks is left to its claim, and the others go on; a store that is away ends the batch.
    """
    key = model_key()
    _expect(image_ids, key=key)
    waiting = Embedding.objects.filter(model_key=key, image__state=State.READY, image__deleted_at=None).due(now)
    asked = list(waiting.filter(image__in=list(image_ids)).values_list("pk", flat=True)[:BATCH])
    others = waiting.exclude(pk__in=asked).order_by("created_at").values_list("pk", flat=True)
    done = 0
    for pk in [*asked, *others[: BATCH - len(asked)]]:
        try:
            done += _embed_one(pk, now=now)
        except storage.StorageUnavailable as outage:
            logger.warning("The eyes wait: %s", outage)
            break
        except SoftTimeLimitExceeded:
            raise
        except Exception:
            logger.exception("Embedding %d broke; it is tried again.", pk)
    return done


@contextmanager
def opened(image: Image) -> Iterator[Pillow.Image]:
    """What the eyes look at. Raises FileNotFoundError, UnidentifiedImageError, StorageUnavailable."""
    with (
        storage.open_rendition(image.pk, image.rendition_token, SEEN_FROM) as file,
        Pillow.open(file, formats=("WEBP",)) as picture,
    ):
        yield picture


def look_again(image_ids: Iterable[int]) -> None:
    """These pictures have been decoded anew: what was seen in them counts no more."""
    Embedding.objects.filter(image__in=list(image_ids)).restart()


def sweep(*, now: dt.datetime) -> list[list[int]]:
    """Fail what was tried too often, and return, in batches, the pictures that still are to be looked at."""
    key = model_key()
    Embedding.objects.filter(model_key=key).give_up(now)
    Embedding.objects.filter(model_key=key).wake(now)
    due = Embedding.objects.filter(model_key=key, image__state=State.READY, image__deleted_at=None).due(now)
    ids = [*due.order_by("created_at").values_list("image_id", flat=True), *missing_ids(key=key)]
    return [ids[start : start + BATCH] for start in range(0, len(ids), BATCH)][:MOST_BATCHES]


def missing_ids(*, key: str, most: int | None = None) -> list[int]:
    """Ready pictures that no row of this model waits for or is done with, at most `most`, the oldest first."""
    rows = Image.objects.kept().filter(state=State.READY)
    rows = rows.exclude(pk__in=Embedding.objects.filter(model_key=key).values("image"))
    return list(rows.order_by("created_at").values_list("pk", flat=True)[:most])


def _expect(image_ids: Iterable[int], *, key: str) -> None:
    there = Image.objects.kept().filter(pk__in=list(image_ids), state=State.READY).values_list("pk", flat=True)
    Embedding.objects.bulk_create([Embedding(image_id=pk, model_key=key) for pk in there], ignore_conflicts=True)


def _embed_one(pk: int, *, now: dt.datetime) -> bool:
    if not Embedding.objects.filter(pk=pk).claim(now):
        return False
    row = Embedding.objects.select_related("image").get(pk=pk)
    claimed = Embedding.objects.filter(pk=pk, state=State.PROCESSING, claimed_until=row.claimed_until)
    try:
        sight, seen = look(row.image)
    except (FileNotFoundError, UnidentifiedImageError) as error:
        logger.warning("Picture %d has no rendition to look at: %s", row.image_id, error)
        claimed.fail(code="no-rendition", detail=str(error))
        return False
    except storage.StorageUnavailable:
        claimed.pause(now, code=OUTAGE, detail="The store of pictures did not answer; it is tried again.")
        raise
    with transaction.atomic():
        done = claimed.update(
            state=State.READY,
            claimed_until=None,
            error_code="",
            error_detail="",
            features=np.asarray(sight.features, "<f2").tobytes(),
            aspects=seen,
            aspects_version=aspects.VERSION,
        )
        if done:
            services.set_machine_tags(image_id=row.image_id, tags=_machine_tags(sight.probabilities))
    return bool(done)


def look(image: Image) -> tuple[Sight, bytes]:
    """What the eyes see in a picture, and its aspects as they are kept. Raises what opening a rendition raises."""
    with opened(image) as picture:
        sight = store.eyes().embed(picture)
        return sight, np.asarray(aspects.read(picture, sight.probabilities), "<f2").tobytes()


def _machine_tags(probabilities: Floats) -> list[MachineTag]:
    return [
        MachineTag(slug=tag.slug, name=tag.name, confidence=tag.confidence, wider=tags.wider(tag.slug))
        for tag in tags.name(probabilities)
    ]
