"""The one door for foreign files: form, API, import, search by photo all come through here.

`open_upload` checks size and signature and stores the file as it came; `decode` and `decode_query` have it decoded by
a child process that limits itself and ends with its file. Whatever is wrong with a file is a `Refused`, with a code,
a status and a sentence; nothing else that is raised here is the file's fault.
"""

from __future__ import annotations

import datetime as dt
import io
import secrets
import tempfile
from collections.abc import Callable, Iterator
from collections.abc import Set as AbstractSet
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from typing import BinaryIO

import numpy as np
import numpy.typing as npt
from django.core.files.base import File

from catalog import storage
from catalog.imaging import Empty, Refused, TooLarge, Undecodable, Unsupported
from catalog.imaging.rendered import Rendered
from catalog.intake import decoder
from catalog.intake.decoder import DecoderUnavailable
from catalog.intake.upload import CHUNK_BYTES, Readable, Upload

__all__ = [
    "DecoderUnavailable",
    "Empty",
    "Original",
    "Readable",
    "Refused",
    "Rendered",
    "TooLarge",
    "Undecodable",
    "Unsupported",
    "decode",
    "decode_query",
    "discard",
    "open_upload",
    "sweep_orphans",
]

ORPHAN_AGE = dt.timedelta(hours=1)
ORPHAN_BATCH = 500


@dataclass(frozen=True, slots=True)
class Original:
    """A stored file. format: JPEG, PNG, WEBP, GIF, AVIF or HEIC.  size: bytes.  sha256: hexadecimal, of the content."""

    name: str
    format: str
    size: int
    sha256: str


def open_upload(stream: Readable, *, declared_size: int | None, limit: int) -> Original:
    """Store a foreign file under a random name; it is on the disk when this returns, and nowhere when this raises.

    declared_size: what the sender says, only to refuse early.  limit: bytes.  Raises Empty, TooLarge, Unsupported.
    """
    upload = Upload(stream, declared_size=declared_size, limit=limit)
    token = secrets.token_hex(16)
    name = f"{token[:2]}/{token}"
    storage.originals().write(name, upload.chunks())
    return Original(name=name, format=upload.format, size=upload.size, sha256=upload.digest.hexdigest())


def decode(name: str, *, format: str) -> Rendered:  # noqa: A002 the model's own word
    """Render a stored original. Raises Undecodable, FileNotFoundError, StorageUnavailable, DecoderUnavailable."""
    with storage.originals().open(name) as stored, _with_descriptor(stored) as file:
        return decoder.render(file, file_format=format)


def decode_query(stream: Readable, *, size: int, declared_size: int | None, limit: int) -> npt.NDArray[np.uint8]:
    """Decode a photo to search with: (h, w, 3) RGB, its short side at most `size`. Nothing of it is kept.

    Raises every Refused, and DecoderUnavailable.
    """
    upload = Upload(stream, declared_size=declared_size, limit=limit)
    with tempfile.TemporaryFile() as file:
        file.writelines(upload.chunks())
        return decoder.small_pixels(file, file_format=upload.format, size=size)


def discard(name: str) -> None:
    """Delete an original. Safe to repeat. Raises StorageUnavailable."""
    storage.originals().delete(name)


def sweep_orphans(*, known: Callable[[list[str]], AbstractSet[str]], now: dt.datetime) -> int:
    """Delete originals, and halves of such, older than an hour that no row names; say how many.

    known: picks from a list of names those that have a row; asked once for 500.  now: aware.
    """
    store = storage.originals()
    names = storage.walk(store)
    swept = 0
    while batch := list(islice(names, ORPHAN_BATCH)):
        orphans = [name for name in set(batch) - known(batch) if storage.is_older(store, name, now - ORPHAN_AGE)]
        for name in orphans:
            store.delete(name)
        swept += len(orphans)
    return swept


@contextmanager
def _with_descriptor(stored: File[bytes]) -> Iterator[BinaryIO]:
    """Give a stored file as one that a child process can inherit: itself when it is local, else a copy."""
    if isinstance(stored.file, io.BufferedReader):
        yield stored.file
        return
    with tempfile.TemporaryFile() as copy:
        copy.writelines(stored.chunks(CHUNK_BYTES))
        yield copy
