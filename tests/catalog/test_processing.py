import datetime as dt
import io

import pytest
from django.conf import settings
from django.utils import timezone
from PIL import Image as Pillow

from catalog import intake, processing, services, storage
from catalog.models import Image, State
from catalog.models.work import CLAIM, MAX_ATTEMPTS
from tests.factories import make_image, picture

pytestmark = pytest.mark.django_db


def uploaded(owner, file: bytes) -> Image:
    original = intake.open_upload(io.BytesIO(file), declared_size=len(file), limit=settings.UPLOAD_LIMIT)
    return services.add_image(owner=owner, original=original)


def test_a_picture_becomes_ready_with_all_that_is_shown_of_it(make_user):
    image = uploaded(make_user(), picture(size=(1600, 900), kind="JPEG"))

    processing.process_image(image.pk, now=timezone.now())

    image.refresh_from_db()
    assert (image.state, image.width, image.height) == (State.READY, 1600, 900)
    with storage.open_rendition(image.pk, image.rendition_token, 320) as file, Pillow.open(file) as rendition:
        assert (rendition.format, rendition.size) == ("WEBP", (320, 180))
    assert image.placeholder.startswith("data:image/webp;base64,")
    assert image.palette_colours.count() >= 1


def test_running_twice_changes_nothing(make_user):
    image = uploaded(make_user(), picture())
    processing.process_image(image.pk, now=timezone.now())
    once = Image.objects.values().get(pk=image.pk)

    processing.process_image(image.pk, now=timezone.now())

    assert Image.objects.values().get(pk=image.pk) == once


def test_a_damaged_file_fails_with_a_reason_and_is_not_tried_again(make_user):
    whole = picture(size=(200, 200), kind="JPEG")
    image = uploaded(make_user(), whole[: len(whole) // 2])

    processing.process_image(image.pk, now=timezone.now())

    image.refresh_from_db()
    assert image.state == State.FAILED
    assert image.error_code
    assert image.error_detail
    assert image.pk not in processing.sweep(now=timezone.now() + dt.timedelta(hours=1))


def test_a_dead_workers_claim_runs_out_and_the_sweep_sends_the_picture_again(make_user):
    image, now = uploaded(make_user(), picture()), timezone.now()
    assert Image.objects.filter(pk=image.pk).claim(now) == 1

    assert Image.objects.filter(pk=image.pk).claim(now) == 0
    assert image.pk not in processing.sweep(now=now)
    assert image.pk in processing.sweep(now=now + CLAIM + dt.timedelta(seconds=1))


def test_a_picture_that_kills_its_workers_fails_after_three_tries(make_user):
    image, now = uploaded(make_user(), picture()), timezone.now()
    for attempt in range(MAX_ATTEMPTS):
        assert Image.objects.filter(pk=image.pk).claim(now + attempt * 2 * CLAIM) == 1

    processing.sweep(now=now + MAX_ATTEMPTS * 2 * CLAIM)

    image.refresh_from_db()
    assert (image.state, image.error_code) == (State.FAILED, "gave-up")


def test_a_late_worker_does_not_overwrite_the_one_that_took_over(make_user):
    image, now = uploaded(make_user(), picture()), timezone.now()
    Image.objects.filter(pk=image.pk).claim(now)
    late = Image.objects.get(pk=image.pk)
    Image.objects.filter(pk=image.pk).claim(now + 2 * CLAIM)

    assert not processing._claimed(late).exists()


def test_a_worker_does_not_finish_work_that_was_begun_anew_meanwhile(make_user):
    image, now = uploaded(make_user(), picture()), timezone.now()
    Image.objects.filter(pk=image.pk).claim(now)
    early = Image.objects.get(pk=image.pk)
    services.reprocess(images=Image.objects.filter(pk=image.pk))
    Image.objects.filter(pk=image.pk).claim(now + dt.timedelta(seconds=1))

    assert not processing._claimed(early).exists()


def test_a_lost_message_is_sent_again(make_user):
    image = uploaded(make_user(), picture())

    assert processing.sweep(now=timezone.now() + processing.RESEND_AFTER + dt.timedelta(seconds=1)) == [image.pk]


def test_deleted_pictures_are_erased_with_their_files_after_the_time_to_undo(make_user):
    image = make_image(owner=make_user())
    services.delete_image(image=image)
    processing.purge(now=timezone.now())
    assert Image.objects.filter(pk=image.pk).exists()

    processing.purge(now=timezone.now() + processing.UNDO + dt.timedelta(seconds=1))

    assert not Image.objects.filter(pk=image.pk).exists()
    assert not storage.originals().exists(image.original)
    with pytest.raises(FileNotFoundError):
        storage.open_rendition(image.pk, image.rendition_token, 320)


def test_visitors_are_forgotten_after_a_month_without_a_like(make_user, visitor):
    image = make_image(owner=make_user())
    services.like(viewer=visitor, image=image)

    assert processing.forget_visitors(before=timezone.now() - dt.timedelta(days=30)) == 0
    assert processing.forget_visitors(before=timezone.now() + dt.timedelta(days=1)) == 1


def test_processing_again_replaces_the_renditions(make_user):
    image = uploaded(make_user(), picture(size=(64, 64)))
    processing.process_image(image.pk, now=timezone.now())
    old = Image.objects.get(pk=image.pk).rendition_token
    services.reprocess(images=Image.objects.filter(pk=image.pk))

    processing.process_image(image.pk, now=timezone.now())

    fresh = Image.objects.get(pk=image.pk).rendition_token
    assert fresh != old
    with pytest.raises(FileNotFoundError):
        storage.open_rendition(image.pk, old, 320)
