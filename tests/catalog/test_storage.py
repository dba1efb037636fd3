import socket
import stat
import time
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import boto3
import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.files.base import ContentFile

from catalog import intake, storage
from tests import services
from tests.catalog.hostile import jpeg

IMAGE, OTHER = 0x3FA10C0FFEE12, 0x3FA10C0FFEE13
FILES = {320: b"small", 640: b"middle", 1280: b"large"}


@pytest.fixture
def media(settings, tmp_path) -> Path:
    settings.MEDIA = f"file://{tmp_path / 'some media'}"
    settings.VAR = tmp_path / "var"
    return tmp_path / "some media"


@pytest.fixture(scope="module")
def s3() -> Iterator[str]:
    with services.s3() as url:
        yield url


@pytest.fixture
def bucket(s3, settings, tmp_path, monkeypatch):
    """A site with an empty bucket: the bucket, as boto sees it."""
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "test")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "test")
    name = f"pictures-{time.monotonic_ns()}"
    bucket = boto3.resource("s3", endpoint_url=s3, region_name="us-east-1").create_bucket(Bucket=name)
    settings.MEDIA = f"s3://{name}?endpoint={s3}&region=us-east-1"
    settings.VAR = tmp_path / "var"
    return bucket


@pytest.fixture(params=["media", "bucket"])
def place(request):
    """Either kind of site."""
    return request.getfixturevalue(request.param)


def read(image: int, token: str, size: int) -> bytes:
    with storage.open_rendition(image, token, size) as file:
        return file.read()


def keys(bucket) -> list[str]:
    return sorted(item.key for item in bucket.objects.all())


def test_renditions_come_back_as_they_were_written(place):
    token = storage.write_renditions(IMAGE, FILES)

    assert {size: read(IMAGE, token, size) for size in FILES} == FILES
    assert len(token) == 16


def test_names_spread_over_folders_and_name_the_rendering():
    assert storage.rendition_name(IMAGE, "cafe", 640) == "3f/3fa10c0ffee12/cafe/640.webp"
    assert storage.rendition_name(7, "cafe", 640) == "00/0000000000007/cafe/640.webp"


def test_a_missing_rendition_is_not_found(place):
    with pytest.raises(FileNotFoundError):
        read(IMAGE, "cafe", 640)


def test_a_new_rendering_replaces_the_old_one_only_when_asked_to(place):
    old, new = storage.write_renditions(IMAGE, FILES), storage.write_renditions(IMAGE, {320: b"new"})
    assert read(IMAGE, old, 320) == b"small"

    storage.keep_only(IMAGE, new)
    storage.keep_only(IMAGE, new)

    assert list(storage.walk(storage.renditions())) == [storage.rendition_name(IMAGE, new, 320)]


def test_deleting_takes_every_file_of_the_image_and_none_of_another(place):
    original = intake.open_upload(BytesIO(jpeg()), declared_size=None, limit=10_000)
    storage.write_renditions(IMAGE, FILES)
    storage.write_renditions(IMAGE, FILES)
    kept = storage.write_renditions(OTHER, FILES)

    storage.delete_files(IMAGE, original.name)
    storage.delete_files(IMAGE, original.name)

    assert set(storage.walk(storage.renditions())) == {storage.rendition_name(OTHER, kept, size) for size in FILES}
    assert list(storage.walk(storage.originals())) == []


def test_deleting_leaves_no_folder_of_the_image(media):
    storage.write_renditions(IMAGE, FILES)

    storage.delete_files(IMAGE, "ab/none")

    assert not (media / "renditions" / "3f" / "3fa10c0ffee12").exists()


def test_files_and_folders_are_closed_to_others(media):
    token = storage.write_renditions(IMAGE, FILES)

    path = media / "renditions" / storage.rendition_name(IMAGE, token, 320)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert {stat.S_IMODE(folder.stat().st_mode) for folder in [media, *list(path.parents)[:4]]} == {0o700}


def test_a_file_is_whole_or_not_there(media):
    def chunks() -> Iterator[bytes]:
        yield b"half of "
        raise ConnectionResetError

    store = storage.originals()
    store.write("ab/name", [b"before"])

    with pytest.raises(ConnectionResetError):
        store.write("ab/name", chunks())

    assert (media / "originals" / "ab" / "name").read_bytes() == b"before"
    assert list(storage.walk(store)) == ["ab/name"]


@pytest.mark.parametrize("name", ["../outside", "/etc/passwd", "ab/../../outside"])
def test_no_name_leads_out_of_the_store(media, name):
    from django.core.exceptions import SuspiciousFileOperation

    with pytest.raises(SuspiciousFileOperation):
        storage.originals().open(name)
    with pytest.raises(SuspiciousFileOperation):
        storage.originals().write(name, [b"x"])


def test_an_original_is_local_first_and_moved_by_name(bucket, settings):
    data = jpeg()
    original = intake.open_upload(BytesIO(data), declared_size=None, limit=10_000)
    local = settings.VAR / "incoming" / original.name
    assert local.read_bytes() == data
    assert keys(bucket) == []

    storage.move_original(original.name)
    storage.move_original(original.name)

    assert not local.exists()
    assert keys(bucket) == [f"originals/{original.name}"]
    assert storage.originals().exists(original.name)
    assert storage.originals().size(original.name) == len(data)


def test_an_original_is_decoded_wherever_it_lies(bucket):
    original = intake.open_upload(BytesIO(jpeg()), declared_size=None, limit=10_000)
    here = intake.decode(original.name, format=original.format)

    storage.move_original(original.name)

    assert intake.decode(original.name, format=original.format) == here
    intake.discard(original.name)
    assert keys(bucket) == []


def test_moving_has_nothing_to_do_on_a_local_site(media):
    original = intake.open_upload(BytesIO(jpeg()), declared_size=None, limit=10_000)

    storage.move_original(original.name)

    assert (media / "originals" / original.name).exists()


def test_an_original_that_is_nowhere_is_not_found(place):
    with pytest.raises(FileNotFoundError):
        intake.decode("ab/nowhere", format="JPEG")


def test_a_bucket_that_refuses_connections_is_unavailable_at_once(bucket, settings):
    settings.MEDIA = "s3://pictures?endpoint=http://127.0.0.1:9"
    started = time.monotonic()

    for ask in (
        lambda: storage.write_renditions(IMAGE, FILES),
        lambda: read(IMAGE, "cafe", 320),
        lambda: storage.delete_files(IMAGE, "ab/none"),
        lambda: storage.renditions().exists("x"),
    ):
        with pytest.raises(storage.StorageUnavailable):
            ask()

    assert time.monotonic() - started < 4


def test_a_bucket_that_never_answers_is_given_up_within_seconds(bucket, settings):
    with socket.create_server(("127.0.0.1", 0)) as silent:
        settings.MEDIA = f"s3://pictures?endpoint=http://127.0.0.1:{silent.getsockname()[1]}"
        started = time.monotonic()

        with pytest.raises(storage.StorageUnavailable):
            read(IMAGE, "cafe", 320)

    assert time.monotonic() - started < 8


def test_uploads_are_taken_while_the_bucket_is_away(bucket, settings):
    settings.MEDIA = "s3://pictures?endpoint=http://127.0.0.1:9"
    original = intake.open_upload(BytesIO(jpeg()), declared_size=None, limit=10_000)

    with pytest.raises(storage.StorageUnavailable):
        storage.move_original(original.name)

    assert intake.decode(original.name, format=original.format).width == 96


def test_a_bucket_that_is_not_there_is_unavailable(bucket, s3, settings):
    settings.MEDIA = f"s3://no-such-bucket?endpoint={s3}"

    with pytest.raises(storage.StorageUnavailable):
        storage.renditions().save("x", ContentFile(b"x"))


@pytest.mark.parametrize("address", ["", "media", "http://somewhere", "s3://", "file://host/folder", "file://"])
def test_an_address_that_means_nothing_is_refused(settings, address):
    settings.MEDIA = address

    with pytest.raises(ImproperlyConfigured, match=r"file:///folder"):
        storage.originals()
