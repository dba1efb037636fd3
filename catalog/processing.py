"""The background half of an upload: original → pixels → renditions, palette, hashes → ready."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Sequence

from django.contrib.sessions.models import Session
from django.db import transaction

from catalog import intake, signals, storage, throttles
from catalog.imaging.rendered import Swatch
from catalog.models import Image, Like, PaletteColour, State
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
    except intake.Refused as refusal:
        _claimed(image).fail(code=refusal.code, detail=str(refusal))
        return
    token = storage.write_renditions(image.pk, rendered.renditions)
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
            return
        _set_palette(image, rendered.palette)
        signals.image_ready.send(sender=Image, image_ids=[image.pk])
    storage.keep_only(image.pk, token)
    storage.move_original(image.original)


def sweep(*, now: dt.datetime) -> list[int]:
    """Fail what was tried too often, erase what was deleted, and return the ids whose work must be sent again."""
    Image.objects.kept().give_up(now)
    purge(now=now)
    due = Image.objects.kept().due(now).exclude(created_at__gt=now - RESEND_AFTER, attempt=0)
    return list(due.order_by("created_at").values_list("pk", flat=True)[:RESEND_MOST])


def purge(*, now: dt.datetime) -> int:
    """Erase rows and files of pictures whose owners deleted them and did not think better of it."""
    gone = Image.objects.filter(deleted_at__lt=now - UNDO)
    for image in gone.only("pk", "original")[:RESEND_MOST]:
        storage.delete_files(image.pk, image.original)
        image.delete()
    return gone.count()


def tidy(*, now: dt.datetime) -> None:
    """Nightly: old sessions and throttle counts, visitors long gone, and files without a row."""
    forget_visitors(before=now - VISITOR_LIFE)
    Session.objects.filter(expire_date__lt=now).delete()
    throttles.tidy(now=now)
    swept = intake.sweep_orphans(known=_known_originals, now=now)
    logger.info("Swept %d originals without a row.", swept)


def forget_visitors(*, before: dt.datetime) -> int:
    """Delete the likes of visitors who have not liked anything since then."""
    active = Like.objects.filter(visitor__isnull=False, created_at__gte=before).values("visitor")
    return Like.objects.filter(visitor__isnull=False).exclude(visitor__in=active).delete()[0]


def _known_originals(names: list[str]) -> set[str]:
    return set(Image.objects.filter(original__in=names).values_list("original", flat=True))


def _claimed(image: Image):
    """The row, if this run's claim still stands: a later run of the same work wins."""
    return Image.objects.filter(pk=image.pk, state=State.PROCESSING, attempt=image.attempt)


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
