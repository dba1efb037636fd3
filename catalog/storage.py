"""Where pictures lie: `settings.MEDIA` is ``file:///folder`` or ``s3://bucket?endpoint=http://…&region=…``.

Two stores, neither of them served by the web server: `originals()`, the files as they came, and `renditions()`, what
is shown. With S3 an original is first kept in ``VAR/incoming`` and moved by a task; the bucket is private; the keys
come from boto's usual places (``AWS_ACCESS_KEY_ID`` …). A store that does not answer raises `StorageUnavailable`.
"""

import os
import secrets
from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.files.base import File
from django.core.files.storage import FileSystemStorage, Storage
from storages.backends.s3 import S3Storage

CONNECT_SECONDS = 2
READ_SECONDS = 5
PART = ".part"
"""How a file's name ends while it is being written."""


class StorageUnavailable(OSError):
    """The bucket did not answer, or answered with an error of its own; what was asked may be tried again later."""


class Folder(FileSystemStorage):
    """Files in a local folder: whole or not there at all, on the disk when `write` returns, readable by us only."""

    def __init__(self, folder: Path) -> None:
        super().__init__(location=folder, allow_overwrite=True)

    def write(self, name: str, chunks: Iterable[bytes]) -> None:
        """Write beside the place, flush to the disk, rename. Whatever the chunks raise leaves nothing behind."""
        target = Path(self.path(name))
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        part = target.with_name(f"{target.name}.{secrets.token_hex(4)}{PART}")
        try:
            with open(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                file.writelines(chunks)
                file.flush()
                os.fsync(file.fileno())
            part.replace(target)
        except BaseException:
            part.unlink(missing_ok=True)
            raise
        _flush_folder(target.parent)

    def _save(self, name: str, content: File) -> str:
        self.write(name, content.chunks())
        return name

    def delete(self, name: str) -> None:
        """Delete a file, or an empty folder; what is not there is deleted already."""
        with suppress(FileNotFoundError):
            super().delete(name)


class Bucket(S3Storage):
    """A private S3 bucket that answers within seconds or not at all."""

    def _save(self, name: str, content: File) -> str:
        with _available():
            return super()._save(name, content)

    def _open(self, name: str, mode: str = "rb") -> File:
        """Fetch the whole file (spooled to disk when large), so that a later read cannot fail."""
        with _available():
            file = super()._open(name, mode)
            _ = file.file
            return file

    def delete(self, name: str) -> None:
        with _available():
            super().delete(name)

    def exists(self, name: str) -> bool:
        with _available():
            return super().exists(name)

    def listdir(self, name: str) -> tuple[list[str], list[str]]:
        with _available():
            return super().listdir(name)

    def get_modified_time(self, name: str) -> Any:
        with _available():
            return super().get_modified_time(name)


class LocalFirst(Storage):
    """Originals of a site on S3: written to a folder, read from wherever they are, moved by `move`."""

    def __init__(self, folder: Folder, bucket: Bucket) -> None:
        self.folder, self.bucket = folder, bucket

    def write(self, name: str, chunks: Iterable[bytes]) -> None:
        """Write to the local folder, as `Folder.write`."""
        self.folder.write(name, chunks)

    def move(self, name: str) -> None:
        """Copy to the bucket, then delete here. Safe to repeat; a file that is not here was moved already."""
        with suppress(FileNotFoundError), self.folder.open(name) as file:
            self.bucket.save(name, file)
            self.folder.delete(name)

    def _open(self, name: str, mode: str = "rb") -> File:
        try:
            return self.folder.open(name, mode)
        except FileNotFoundError:
            return self.bucket.open(name, mode)

    def delete(self, name: str) -> None:
        """Delete here and there."""
        self.folder.delete(name)
        self.bucket.delete(name)

    def exists(self, name: str) -> bool:
        """Say whether the file is here or there."""
        return self.folder.exists(name) or self.bucket.exists(name)

    def size(self, name: str) -> int:
        """Give the size in bytes."""
        return self.folder.size(name) if self.folder.exists(name) else self.bucket.size(name)


def originals() -> Folder | LocalFirst:
    """Give the store of the files as they came. `write(name, chunks)` is its way in."""
    return _stores(settings.MEDIA, str(settings.VAR))[0]


def renditions() -> Folder | Bucket:
    """Give the store of what is shown."""
    return _stores(settings.MEDIA, str(settings.VAR))[1]


def move_original(name: str) -> None:
    """Move an original from the local folder to where originals stay; nothing to do on a local site."""
    store = originals()
    if isinstance(store, LocalFirst):
        store.move(name)


def rendition_name(image_key: int, token: str, size: int) -> str:
    """Give the name of a rendition: ``3f/3fa1…/token/640.webp``. A new token for each rendering defeats stale caches."""
    return f"{_image_folder(image_key)}/{token}/{size}.webp"


def save_renditions(image_key: int, token: str, files: dict[int, bytes]) -> None:
    """Write all renditions of an image, each whole or not at all; the same token overwrites."""
    store = renditions()
    for size, data in files.items():
        store.save(rendition_name(image_key, token, size), _Bytes(data))


def delete_renditions(image_key: int, *, but: str | None = None) -> None:
    """Delete every rendition of an image, or all but those of one token. Safe to repeat."""
    store, folder = renditions(), _image_folder(image_key)
    for token in _folders(store, folder):
        if token != but:
            for name in store.listdir(f"{folder}/{token}")[1]:
                store.delete(f"{folder}/{token}/{name}")
            _delete_folder(store, f"{folder}/{token}")
    if but is None:
        _delete_folder(store, folder)


def walk(store: Storage, folder: str = "") -> Iterator[str]:
    """Name every file below a folder of a store."""
    try:
        folders, names = store.listdir(folder)
    except FileNotFoundError:
        return
    prefix = f"{folder}/" if folder else ""
    yield from (prefix + name for name in names)
    for inner in folders:
        yield from walk(store, prefix + inner)


class _Bytes(File):
    """Bytes in memory as one chunk."""

    def __init__(self, data: bytes) -> None:
        from io import BytesIO

        super().__init__(BytesIO(data))
        self.size = len(data)


@cache
def _stores(address: str, var: str) -> tuple[Folder | LocalFirst, Folder | Bucket]:
    parts = urlsplit(address)
    if parts.scheme == "file" and parts.path:
        media = Path(parts.path)
        return Folder(media / "originals"), Folder(media / "renditions")
    if parts.scheme == "s3" and parts.netloc:
        options = {name: values[0] for name, values in parse_qs(parts.query).items()}
        incoming = Folder(Path(var) / "incoming")
        return LocalFirst(incoming, _bucket(parts.netloc, options, "originals")), _bucket(
            parts.netloc, options, "renditions"
        )
    raise ImproperlyConfigured("MEDIA is file:///folder or s3://bucket?endpoint=http://…&region=…")
