"""The background half of an upload: original → pixels → renditions, palette, hashes → ready."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Sequence

from django.contrib.sessions.models import Session
from django.db import transaction

from catalog import intake, signals, storage, throttles
from catalog.imaging.rendered import Rendered, Swatch
from catalog.models import Board, Image, ImageQuerySet, Like, PaletteColour, State
from catalog.models.work import OUTAGE
from catalog.queries.gallery import lab_of

logger = logging.getLogger(__name__)

UNDO = dt.timedelta(seconds=15)  # people see ten; the rest is for slow networks
RESEND_AFTER = dt.timedelta(seconds=15)
RESEND_MOST = 500
VISITOR_LIFE = dt.timedelta(days=30)


def process_image(image_id: int, *, now: dt.datetime) -> None:
    """Decode one picture if its row still asks for it. Safe to run twice, at once or after another."""
    if not Image.objects.filter(pk=image_id, deleted_at=None).claim(now):
        return
    image = Image.objects.get(pk=image_id)
    try:
        rendered = intake.decode(image.original, format=image.original_format)
        token = storage.write_renditions(image.pk, rendered.renditions)
    except intake.Refused as refusal:
        _claimed(image).fail(code=refusal.code, detail=str(refusal))
    except FileNotFoundError:
        logger.exception("The original of picture %d is not where it was put.", image.pk)
        _claimed(image).pause(now, code="missing", detail="The file is missing: please upload it again.")
    except (OSError, intake.DecoderUnavailable) as outage:  # a store that is away, a full disk, no process to be had
        logger.warning("Picture %d waits: %s", image.pk, outage)
        _claimed(image).pause(now, code=OUTAGE, detail="A part of the gallery did not answer; it is tried again.")
    else:
        ready = _made_ready(image, rendered, token)
        _put_away(image, token if ready else None)


def _put_away(image: Image, token: str | None) -> None:
    """Leave one rendering of a picture, and its original where originals belong; nothing of one that has gone."""
    try:
        if token:
            storage.keep_only(image.pk, token)
            storage.move_original(image.original)
        elif not Image.objects.filter(pk=image.pk).exists():  # erased while it was being decoded
            storage.delete_files(image.pk, image.original)
    except storage.StorageUnavailable as outage:
        logger.warning("The files of picture %d are put away later: %s", image.pk, outage)


def _made_ready(image: Image, rendered: Rendered, token: str) -> bool:
    """Store what was found, unless another run has taken the work over or the picture has gone."""
    with transaction.atomic():
        if not _claimed(image).update(
            state=State.READY,
            claimed_until=None,
            error_code="",
            error_detail="",
            rendition_token=token,
            width=rendered.width,
            height=rendered.height,
            placeholder=rendered.placeholder,
            colour=rendered.colour,
            phash=_signed(rendered.phash),
            dhash=_signed(rendered.dhash),
            exif=rendered.exif,
        ):
            return False
        _set_palette(image, rendered.palette)
        signals.image_ready.send(sender=Image, image_ids=[image.pk])
    return True


def sweep(*, now: dt.datetime) -> list[int]:
    """Fail what was tried too often, erase what was deleted, and return the ids whose work must be sent again."""
    Image.objects.kept().give_up(now)
    Image.objects.kept().wake(now)
    purge(now=now)
    Board.objects.filter(deleted_at__lt=now - UNDO).delete()
    due = Image.objects.kept().due(now).exclude(created_at__gt=now - RESEND_AFTER, attempt=0)
    return list(due.order_by("created_at").values_list("pk", flat=True)[:RESEND_MOST])


def purge(*, now: dt.datetime) -> int:
    """Erase rows and files of pictures whose owners deleted them and did not think better of it; returns how many.

    A file that cannot be deleted keeps its row, for the next sweep; a store that is away ends this one.
    """
    erased = 0
    for image in Image.objects.filter(deleted_at__lt=now - UNDO).only("pk", "original")[:RESEND_MOST]:
        try:
            storage.delete_files(image.pk, image.original)
        except storage.StorageUnavailable as outage:
            logger.warning("Deleted pictures are to be erased later: %s", outage)
            break
        except OSError:
            logger.exception("The files of picture %d cannot be deleted.", image.pk)
            continue
        image.delete()
        erased += 1
    return erased


def tidy(*, now: dt.datetime) -> None:
    """Nightly: old sessions and throttle counts, visitors long gone, files without a row, files left on the way."""
    forget_visitors(before=now - VISITOR_LIFE)
    Session.objects.filter(expire_date__lt=now).delete()
    throttles.tidy(now=now)
    try:
        swept = intake.sweep_orphans(known=_known_originals, now=now)
        moved = storage.move_left_behind()
    except storage.StorageUnavailable as outage:
        logger.warning("Files are tidied tomorrow: %s", outage)
    else:
        logger.info("Swept %d originals without a row, moved %d.", swept, moved)


def forget_visitors(*, before: dt.datetime) -> int:
    """Delete the likes of visitors who have not liked anything since then."""
    active = Like.objects.filter(visitor__isnull=False, created_at__gte=before).values("visitor")
    return Like.objects.filter(visitor__isnull=False).exclude(visitor__in=active).delete()[0]


def _known_originals(names: list[str]) -> set[str]:
    return set(Image.objects.filter(original__in=names).values_list("original", flat=True))


def _claimed(image: Image) -> ImageQuerySet:
    """The row, if this run's claim still stands: a later run of the same work wins.

    A claim is known by its end, for attempts are counted anew when the work is begun anew.
    """
    return Image.objects.filter(pk=image.pk, state=State.PROCESSING, claimed_until=image.claimed_until)


def _set_palette(image: Image, palette: Sequence[Swatch]) -> None:
    PaletteColour.objects.filter(image=image).delete()
    rows = []
    for colour, share in palette:
        lightness, a, b = lab_of(colour)
        rows.append(PaletteColour(image=image, colour=colour, lightness=lightness, a=a, b=b, share=share))
    PaletteColour.objects.bulk_create(rows)


def _signed(bits: int) -> int:
    """A 64-bit hash as the signed integer that every database can hold."""
    return bits - (1 << 64) if bits >= 1 << 63 else bits
