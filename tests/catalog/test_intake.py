import datetime as dt
import hashlib
import os
import resource
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

import numpy as np
import pytest
from PIL import Image

from catalog import intake, storage
from catalog.imaging import child
from catalog.intake import decoder
from tests.catalog import hostile
from tests.catalog.heic import HEIC
from tests.catalog.hostile import jpeg, picture

LIMIT = 20 * 2**20
MEGABYTE = 2**20


@pytest.fixture(autouse=True)
def media(settings, tmp_path) -> Path:
    settings.MEDIA = f"file://{tmp_path / 'media'}"
    return tmp_path / "media"


def uploaded(data: bytes, limit: int = LIMIT) -> intake.Original:
    return intake.open_upload(BytesIO(data), declared_size=len(data), limit=limit)


def stored_files(media: Path) -> list[Path]:
    return [path for path in media.rglob("*") if path.is_file()]


def fate(data: bytes) -> tuple[str, intake.Rendered | None]:
    """Send a file through the door and have it rendered: what became of it."""
    try:
        original = uploaded(data)
        return "ok", intake.decode(original.name, format=original.format)
    except intake.Refused as refusal:
        return refusal.code, None


class Endless:
    """A stream that never ends and is never whole in memory."""

    def __init__(self, head: bytes) -> None:
        self.given = 0
        self.head = head

    def read(self, size: int, /) -> bytes:
        piece = self.head[self.given : self.given + size] or bytes(size)
        self.given += len(piece)
        return piece


class Peak:
    """How much this process has grown, at most, since it was asked to watch."""

    def __init__(self) -> None:
        Path("/proc/self/clear_refs").write_text("5")
        self.before = self._resident("VmRSS")

    @staticmethod
    def _resident(field: str) -> int:
        lines = Path("/proc/self/status").read_text().splitlines()
        return next(int(line.split()[1]) * 1024 for line in lines if line.startswith(field))

    def growth(self) -> int:
        return self._resident("VmHWM") - self.before


def test_an_upload_is_stored_as_it_came_under_a_name_that_says_nothing(media):
    data = jpeg()

    one, two = uploaded(data), uploaded(data)

    assert one.name != two.name
    assert (one.format, one.size, one.sha256) == ("JPEG", len(data), hashlib.sha256(data).hexdigest())
    assert (media / "originals" / one.name).read_bytes() == data


def test_only_the_site_can_read_what_is_stored(media):
    original = uploaded(jpeg())

    path = media / "originals" / original.name
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert {stat.S_IMODE(folder.stat().st_mode) for folder in (media, path.parent, path.parent.parent)} == {0o700}


@pytest.mark.parametrize(
    ("data", "refusal"),
    [(b"", intake.Empty), (b"hello", intake.Unsupported), (b"%!PS-Adobe-3.0", intake.Unsupported)],
)
def test_what_is_refused_at_the_door_leaves_nothing_behind(media, data, refusal):
    with pytest.raises(refusal):
        uploaded(data)

    assert stored_files(media) == []


def test_a_size_that_is_said_to_be_too_large_is_refused_unread():
    stream = Endless(jpeg())

    with pytest.raises(intake.TooLarge, match="20 MB"):
        intake.open_upload(stream, declared_size=LIMIT + 1, limit=LIMIT)

    assert stream.given == 0


def test_a_size_that_is_not_said_is_measured_while_streaming(media):
    stream, peak = Endless(jpeg()), Peak()

    with pytest.raises(intake.TooLarge):
        intake.open_upload(stream, declared_size=None, limit=LIMIT)

    assert stream.given <= LIMIT + MEGABYTE
    assert stored_files(media) == []
    assert peak.growth() < 5 * MEGABYTE


def test_an_upload_exactly_at_the_limit_is_taken():
    data = jpeg()

    assert uploaded(data, limit=len(data)).size == len(data)
    with pytest.raises(intake.TooLarge):
        uploaded(data, limit=len(data) - 1)


def test_a_connection_that_breaks_leaves_nothing_behind(media):
    class Broken(BytesIO):
        def read(self, size=-1, /):
            if self.tell() > 600:
                raise ConnectionResetError
            return super().read(min(size, 100))

    with pytest.raises(ConnectionResetError):
        intake.open_upload(Broken(jpeg() + bytes(1000)), declared_size=None, limit=LIMIT)

    assert stored_files(media) == []


def test_a_stream_in_small_pieces_is_recognised():
    class Slow(BytesIO):
        def read(self, size=-1, /):
            return super().read(min(size, 3))

    assert intake.open_upload(Slow(HEIC), declared_size=None, limit=LIMIT).format == "HEIC"


@pytest.mark.parametrize("group", hostile.GROUPS, ids=lambda group: group.__name__)
def test_every_file_of_the_table_meets_its_fate_and_costs_us_no_memory(group):
    for file in group():
        peak = Peak()

        code, rendered = fate(file.data)

        assert peak.growth() <= 50 * MEGABYTE, file.name
        assert code == file.expected or file.expected == hostile.ANY, (file.name, code)
        if rendered:
            found = [s for s in hostile.SECRETS for data in rendered.renditions.values() if s in data]
            assert found == [], file.name


def test_the_child_says_what_the_pure_function_says():
    from catalog.imaging.rendering import render

    data = hostile.talkative_jpeg()
    original = uploaded(data)

    assert intake.decode(original.name, format=original.format) == render(BytesIO(data), file_format="JPEG")


def test_a_search_photo_is_decoded_small_and_kept_nowhere(media, tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    (tmp_path / "temporary").mkdir()
    data = jpeg(picture(2000, 1000))

    pixels = intake.decode_query(BytesIO(data), size=256, declared_size=len(data), limit=LIMIT)

    assert pixels.shape == (256, 512, 3)
    assert pixels.dtype == np.uint8
    assert pixels[10, 10].astype(int) == pytest.approx((200, 40, 40), abs=4)
    assert pixels[250, 500].astype(int) == pytest.approx((240, 220, 80), abs=4)
    assert stored_files(media) == []
    assert stored_files(tmp_path / "temporary") == []


def test_a_search_photo_is_refused_as_an_upload_is():
    for data, refusal in ((b"", intake.Empty), (b"GIF8", intake.Unsupported), (jpeg()[:200], intake.Undecodable)):
        with pytest.raises(refusal):
            intake.decode_query(BytesIO(data), size=256, declared_size=None, limit=LIMIT)
    with pytest.raises(intake.TooLarge):
        intake.decode_query(Endless(jpeg()), size=256, declared_size=None, limit=MEGABYTE)


def test_no_outside_program_is_started_even_for_a_format_that_has_one(tmp_path, monkeypatch):
    trace = tmp_path / "started"
    for name in ("gs", "djpeg", "cwebp", "convert"):
        program = tmp_path / "bin" / name
        program.parent.mkdir(exist_ok=True)
        program.write_text(f"#!/bin/sh\ntouch {trace}\n")
        program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:{os.environ['PATH']}")
    postscript = next(file.data for file in hostile.strangers() if file.name == "eps")

    for file_format in ("JPEG", "PNG", "WEBP", "GIF", "AVIF", "HEIC"):
        with pytest.raises(intake.Undecodable), on_disk(postscript) as file:
            decoder.render(file, file_format=file_format)

    assert not trace.exists()


def test_the_child_limits_itself():
    script = "from catalog.imaging.child import *; limit_oneself(); print([resource.getrlimit(k) for k in KINDS])"
    kinds = (resource.RLIMIT_AS, resource.RLIMIT_CPU, resource.RLIMIT_FSIZE, resource.RLIMIT_CORE)

    shown = subprocess.run(
        [sys.executable, "-c", script.replace("KINDS", str(kinds))],
        cwd=decoder.ROOT,
        capture_output=True,
        text=True,
        check=True,
    )

    assert eval(shown.stdout) == [(2**30, 2**30), (20, 21), (0, 0), (0, 0)]


@contextmanager
def on_disk(data: bytes) -> Iterator[BinaryIO]:
    with tempfile.TemporaryFile() as file:
        file.write(data)
        yield file


@pytest.fixture
def play_child(monkeypatch, tmp_path):
    """Put a program in the child's place: `play_child("print('nonsense')")`, then have a file rendered."""

    def play(script: str) -> intake.Rendered:
        program = tmp_path / "child.py"
        program.write_text(f"import os, signal, sys, time\nout = sys.stdout.buffer\n{script}\n")
        monkeypatch.setattr(decoder, "CHILD", program)
        with on_disk(jpeg()) as file:
            return decoder.render(file, file_format="JPEG")

    return play


GREETED = f"out.write({child.GREETING!r}); out.flush()\n"


@pytest.mark.parametrize(
    ("end", "code"),
    [
        ("os.kill(os.getpid(), signal.SIGKILL)", "crashed"),
        ("os.kill(os.getpid(), signal.SIGSEGV)", "crashed"),
        ("os.kill(os.getpid(), signal.SIGXCPU)", "too-slow"),
        ("raise MemoryError", "crashed"),
        ("pass", "crashed"),
        ("out.write(b'nonsense')", "crashed"),
        ("out.write(b'[1]\\n')", "crashed"),
        ("out.write(b'{\"lengths\": [5]}\\nab')", "crashed"),
        ("out.write(b'{\"lengths\": []}\\nmore')", "crashed"),
        ('out.write(b\'{"refused": "no such code", "params": {}}\\n\')', "crashed"),
        ('out.write(b\'{"refused": "too-thin", "params": {"limit": 40}}\\n\')', "too-thin"),
        ("out.write(bytes(33 * 2**20))", "crashed"),
    ],
)
def test_a_child_that_dies_or_talks_nonsense_is_a_refusal(play_child, end, code):
    peak = Peak()

    with pytest.raises(intake.Undecodable) as refused:
        play_child(GREETED + end)

    assert refused.value.code == code
    assert peak.growth() < 80 * MEGABYTE


def test_a_child_that_hangs_is_killed(play_child, monkeypatch):
    monkeypatch.setattr(decoder, "WALL_SECONDS", 0.3)
    started = time.monotonic()

    with pytest.raises(intake.Undecodable) as refused:
        play_child(GREETED + "time.sleep(60)")

    assert refused.value.code == "too-slow"
    assert time.monotonic() - started < 5


def test_a_child_that_does_not_start_is_our_fault_and_not_the_files(play_child):
    with pytest.raises(intake.DecoderUnavailable):
        play_child("sys.exit(1)")


def test_no_child_outlives_its_file():
    before = children()

    fate(jpeg())
    fate(jpeg()[:300])

    assert children() == before


def children() -> set[str]:
    return set(Path(f"/proc/self/task/{os.getpid()}/children").read_text().split())


def test_discarding_is_safe_to_repeat(media):
    original = uploaded(jpeg())

    intake.discard(original.name)
    intake.discard(original.name)

    assert stored_files(media) == []


def test_originals_without_a_row_are_swept_after_an_hour(media):
    now = dt.datetime.now(dt.UTC)
    kept, orphan, fresh = uploaded(jpeg()), uploaded(jpeg()), uploaded(jpeg())
    half = media / "originals" / "ab" / "abcdef.1234.part"
    half.parent.mkdir(exist_ok=True)
    half.touch()
    for path in (media / "originals" / kept.name, media / "originals" / orphan.name, half):
        os.utime(path, (now.timestamp() - 3700,) * 2)

    swept = intake.sweep_orphans(known=lambda names: {kept.name} & set(names), now=now)

    assert swept == 2
    assert set(storage.walk(storage.originals())) == {kept.name, fresh.name}


def test_the_door_brings_no_decoder_into_this_process():
    script = "import catalog.intake, sys; print([m for m in ('PIL', 'pi_heif', 'boto3') if m in sys.modules])"
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "visrec_site.settings"}

    shown = subprocess.run(
        [sys.executable, "-c", script], cwd=decoder.ROOT, env=environment, capture_output=True, text=True, check=True
    )

    assert shown.stdout == "[]\n"


def test_a_large_photo_is_rendered_quickly():
    photo = jpeg(Image.radial_gradient("L").resize((4000, 3000)).convert("RGB"))
    original = uploaded(photo)
    before = resource.getrusage(resource.RUSAGE_CHILDREN)

    intake.decode(original.name, format=original.format)

    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime < 2.0
