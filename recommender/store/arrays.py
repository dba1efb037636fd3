"""Arrays on disk, named by their checksum: written aside, flushed and renamed, and never changed."""

from __future__ import annotations

import hashlib
import os
import time
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from django.conf import settings
from numpy.typing import NDArray


class Damaged(Exception):
    """An array of a release is missing, or is not what its name says."""


def folder() -> Path:
    path = settings.VAR / "store"
    path.mkdir(parents=True, exist_ok=True)
    return Path(path)


def save(array: NDArray[Any]) -> str:
    """Write an array, unless the very same one is there; returns its name, which is its checksum."""
    part = folder() / f"{os.getpid()}-{time.monotonic_ns()}.part"
    with part.open("wb") as file:
        np.lib.format.write_array(file, np.asarray(array, order="C"), allow_pickle=False)
        file.flush()
        os.fsync(file.fileno())
    name = f"{_checksum(part)}.npy"
    part.replace(folder() / name)
    return name


def load(name: str) -> NDArray[Any]:
    """Open an array for reading, memory-mapped. Raises Damaged. Checked once a process, and anew when written anew."""
    path = folder() / name
    try:
        return _mapped(path, stamp(path))
    except (OSError, ValueError) as error:
        raise Damaged(f"{name}: {error}") from error


@lru_cache(maxsize=512)
def _mapped(path: Path, _stamp: tuple[int, ...]) -> NDArray[Any]:
    if f"{_checksum(path)}.npy" != path.name:
        raise Damaged(f"{path.name} is not what its name says")
    return np.load(path, mmap_mode="r", allow_pickle=False)


def stamp(path: Path | str) -> tuple[int, ...]:
    """What changes when a file is written over, or anew; nothing for one that has gone."""
    try:
        status = os.stat(path)  # noqa: PTH116 asked for on every request
    except OSError:
        return ()
    return status.st_ino, status.st_size, status.st_mtime_ns


def _checksum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def forget() -> None:
    """Close all arrays, and check them again when they are next asked for."""
    _mapped.cache_clear()
