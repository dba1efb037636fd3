"""A local folder as a store: files are whole or not there at all."""

from __future__ import annotations

import errno
import os
import secrets
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from django.core.files.base import File
from django.core.files.storage import FileSystemStorage

from catalog.storage.unavailable import StorageUnavailable

NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EROFS)
PART = ".part"
"""How a file's name ends while it is being written."""


class Folder(FileSystemStorage):
    """Files in a local folder: whole or not there at all, on the disk when `write` returns, readable by us only."""

    def __init__(self, folder: Path) -> None:
        super().__init__(location=folder, allow_overwrite=True)

    def write(self, name: str, chunks: Iterable[bytes]) -> None:
        """Write beside the place, flush to the disk, rename. Whatever the chunks raise leaves nothing behind.

        Raises StorageUnavailable where the disk has no room.
        """
        target = Path(self.path(name))
        _make_folder(target.parent)
        part = target.with_name(f"{target.name}.{secrets.token_hex(4)}{PART}")
        try:
            with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                file.writelines(chunks)
                file.flush()
                os.fsync(file.fileno())
            part.replace(target)
        except BaseException as error:
            part.unlink(missing_ok=True)
            if isinstance(error, OSError) and error.errno in NO_ROOM:
                raise StorageUnavailable(str(error)) from error
            raise
        _flush_folder(target.parent)

    def _save(self, name: str, content: File[bytes]) -> str:
        self.write(name, content.chunks())
        return name

    def delete(self, name: str) -> None:
        """Delete a file, or an empty folder; what is not there is deleted already."""
        with suppress(FileNotFoundError):
            super().delete(name)


def _make_folder(folder: Path) -> None:
    """Make a folder and those above it, closed to others; `Path.mkdir` would leave those above open."""
    if not folder.is_dir():
        _make_folder(folder.parent)
        folder.mkdir(mode=0o700, exist_ok=True)


def _flush_folder(folder: Path) -> None:
    """Put the new name itself on the disk."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
