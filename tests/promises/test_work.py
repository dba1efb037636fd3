"""P1, P2, P5: work that was taken is never lost, never goes round for ever, and comes back without a person."""

import datetime as dt
import io
import sys
from pathlib import Path

import pytest
from celery.exceptions import SoftTimeLimitExceeded
from django.conf import settings
from django.utils import timezone

from catalog import intake, processing, services, storage, tasks
from catalog.models import Image, State
from catalog.models.work import MAX_ATTEMPTS, OUTAGE, PAUSE, REST
from recommender import rebuild
from recommender.engine.vision.embedder import Embedder
from recommender.models import Embedding
from tests.factories import make_image, picture

pytestmark = pytest.mark.django_db

SWEEP = dt.timedelta(seconds=20)
NOBODY = "s3://bucket?endpoint=http://127.0.0.1:1"


@pytest.fixture(autouse=True)
def empty_media(settings, tmp_path) -> None:
    """A store of its own for each test: what lies in a folder of it is the test's."""
    settings.MEDIA = f"file://{tmp_path / 'media'}"


@pytest.fixture
def uploaded(make_user) -> Image:
    """A picture that has been taken and waits."""
    file = picture(size=(64, 48), kind="JPEG")
    original = intake.open_upload(io.BytesIO(file), declared_size=len(file), limit=10**6)
    return services.add_image(owner=make_user(), original=original)


@pytest.fixture
def away(settings, monkeypatch):
    """Switch the store of pictures to one that nobody answers for, and back: `away(True)`."""
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "test")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "test")
    here = settings.MEDIA

    def switch(is_away: bool) -> None:
        settings.MEDIA = NOBODY if is_away else here

    return switch


def state_of(image: Image) -> tuple[str, int, str]:
    image.refresh_from_db()
    return image.state, image.attempt, image.error_code


def tries(image: Image, *, now: dt.datetime, times: int) -> dt.datetime:
    """Sweep every twenty seconds, and run what it sends, so many times; returns the time after the last one."""
    for _time in range(times):
        for image_id in processing.sweep(now=now):
            processing.process_image(image_id, now=now)
        now += SWEEP
    return now


def test_a_store_that_is_away_is_waited_for_and_the_picture_becomes_ready(uploaded, away):
    now = timezone.now()
    away(True)
    processing.process_image(uploaded.pk, now=now)
    assert state_of(uploaded) == (State.PROCESSING, 1, "")

    away(False)
    tries(uploaded, now=now + SWEEP, times=1)

    assert state_of(uploaded) == (State.READY, 2, "")


def test_a_long_outage_fails_with_a_reason_and_is_over_three_minutes_after_its_end(uploaded, away):
    away(True)
    now = tries(uploaded, now=timezone.now() + SWEEP, times=MAX_ATTEMPTS)
    assert state_of(uploaded) == (State.FAILED, MAX_ATTEMPTS, OUTAGE)
    assert uploaded.error_detail

    away(False)
    tries(uploaded, now=now, times=9)

    assert state_of(uploaded) == (State.READY, 1, "")
    assert dt.timedelta(seconds=180) >= 9 * SWEEP


def test_a_pause_outlasts_the_other_messages_of_the_same_work(uploaded, away):
    now = timezone.now()
    away(True)
    for _message in range(5):
        processing.process_image(uploaded.pk, now=now)

    assert state_of(uploaded) == (State.PROCESSING, 1, "")
    assert PAUSE < SWEEP < REST


def test_a_decoder_that_does_not_start_is_not_the_files_fault(uploaded, monkeypatch):
    now, python = timezone.now(), sys.executable
    monkeypatch.setattr(sys, "executable", "/bin/false")
    processing.process_image(uploaded.pk, now=now)
    assert state_of(uploaded) == (State.PROCESSING, 1, "")

    monkeypatch.setattr(sys, "executable", python)
    tries(uploaded, now=now + SWEEP, times=1)

    assert state_of(uploaded) == (State.READY, 2, "")


def test_a_lost_original_fails_after_three_tries_and_stays_so(uploaded):
    storage.originals().delete(uploaded.original)

    now = tries(uploaded, now=timezone.now() + SWEEP, times=MAX_ATTEMPTS)
    tries(uploaded, now=now, times=9)

    assert state_of(uploaded) == (State.FAILED, MAX_ATTEMPTS, "missing")
    assert uploaded.error_detail


def test_a_full_disk_is_an_outage(uploaded):
    """A folder in which nothing can be made stands for a disk on which nothing has room."""
    folder = Path(settings.MEDIA.removeprefix("file://")) / "renditions" / f"{uploaded.pk:013x}"[:2]
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.write_text("in the way")
    try:
        processing.process_image(uploaded.pk, now=timezone.now())
        assert state_of(uploaded) == (State.PROCESSING, 1, "")
    finally:
        folder.unlink()


def test_one_damaged_picture_does_not_stop_the_others(make_user, uploaded):
    whole = picture(size=(200, 200), kind="JPEG")
    bad = intake.open_upload(io.BytesIO(whole[:400]), declared_size=None, limit=10**6)
    damaged = services.add_image(owner=make_user(), original=bad)

    tries(uploaded, now=timezone.now() + SWEEP, times=1)

    assert state_of(damaged)[0] == State.FAILED
    assert state_of(uploaded)[0] == State.READY


def test_a_file_that_cannot_be_deleted_does_not_stop_the_others(make_user):
    owner = make_user()
    stuck, loose = make_image(owner=owner), make_image(owner=owner)
    original = Path(storage.originals().path(stuck.original))
    original.unlink()
    (original / "in the way").mkdir(parents=True)  # a folder that is not empty cannot be deleted as a file
    for image in (stuck, loose):
        services.delete_image(image=image)

    later = timezone.now() + processing.UNDO + dt.timedelta(seconds=1)
    assert processing.purge(now=later) == 1

    assert list(Image.objects.filter(pk__in=[stuck.pk, loose.pk])) == [stuck]


def test_a_store_that_is_away_does_not_stop_the_sweep(make_user, uploaded, away):
    deleted = make_image(owner=make_user())
    services.delete_image(image=deleted)
    away(True)

    due = processing.sweep(now=timezone.now() + dt.timedelta(minutes=1))

    assert due == [uploaded.pk]
    assert Image.objects.filter(pk=deleted.pk).exists()

    away(False)
    processing.sweep(now=timezone.now() + dt.timedelta(minutes=1))
    assert not Image.objects.filter(pk=deleted.pk).exists()


def test_the_nightly_tidying_survives_a_store_that_is_away(db, away):
    away(True)

    tasks.tidy()


def test_a_picture_erased_while_it_was_decoded_leaves_no_file(uploaded):
    Image.objects.filter(pk=uploaded.pk).claim(timezone.now())
    uploaded.refresh_from_db()
    services.erase(image=Image.objects.get(pk=uploaded.pk))
    storage.write_renditions(uploaded.pk, {320: b"late"})

    processing._put_away(uploaded, None)

    assert list(storage.walk(storage.renditions(), f"{uploaded.pk:013x}"[:2])) == []


def embeddings(*images: Image) -> dict[Image, str]:
    return {image: Embedding.objects.get(image=image).state for image in images}


def test_eyes_wait_for_a_store_that_is_away(eyes, make_user, real_image, away):
    first, second = (real_image(owner=make_user()) for _ in range(2))
    now = timezone.now()
    away(True)
    assert rebuild.embed_images([first.pk, second.pk], now=now) == 0
    assert sorted(embeddings(first, second).values()) == [State.PENDING, State.PROCESSING]  # it asked once

    away(False)
    (batch,) = rebuild.sweep(now=now + SWEEP)
    assert rebuild.embed_images(batch, now=now + SWEEP) == 2


def test_one_picture_that_breaks_the_eyes_does_not_stop_the_others(eyes, make_user, real_image):
    bad, good = (real_image(owner=make_user()) for _ in range(2))
    broken = storage.write_renditions(bad.pk, {640: picture(kind="WEBP")[:-8]})
    Image.objects.filter(pk=bad.pk).update(rendition_token=broken)

    assert rebuild.embed_images([bad.pk, good.pk], now=timezone.now()) == 1

    states = embeddings(bad, good)
    assert states[good] == State.READY
    assert states[bad] != State.READY


def test_the_time_limit_ends_a_batch_and_the_rest_is_done_later(eyes, make_user, real_image, monkeypatch):
    first, second = (real_image(owner=make_user()) for _ in range(2))
    now, look = timezone.now(), Embedder.embed

    def too_slow(*_arguments):
        raise SoftTimeLimitExceeded

    monkeypatch.setattr(Embedder, "embed", too_slow)
    with pytest.raises(SoftTimeLimitExceeded):
        rebuild.embed_images([first.pk, second.pk], now=now)
    monkeypatch.setattr(Embedder, "embed", look)

    assert rebuild.embed_images([], now=now + SWEEP) == 1
    assert rebuild.embed_images([], now=now + 4 * SWEEP) == 1


def test_an_original_left_behind_by_an_outage_is_moved_at_night(settings, tmp_path, s3_media):
    settings.VAR = tmp_path
    storage.originals().write("ab/abcd", [b"an original"])

    assert storage.move_left_behind() == 1

    assert [item.key for item in s3_media.objects.all()] == ["originals/ab/abcd"]
