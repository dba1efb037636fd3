"""Where pictures lie: `settings.MEDIA` is ``file:///folder`` or ``s3://bucket?endpoint=http://…&region=…``.

Two stores, neither of them served by the web server: `originals()`, the files as they came, and `renditions()`, what
is shown. With S3 an original is first kept in ``VAR/incoming`` and moved by a task; the bucket is private; the keys
come from boto's usual places (``AWS_ACCESS_KEY_ID`` …). A store that does not answer raises `StorageUnavailable`.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, unquote, urlsplit

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.files.base import ContentFile, File
from django.core.files.storage import Storage

from catalog.storage.folder import PART, Folder
from catalog.storage.unavailable import StorageUnavailable

if TYPE_CHECKING:
    from catalog.storage.bucket import Bucket, LocalFirst

__all__ = [
    "StorageUnavailable",
    "delete_files",
    "is_older",
    "keep_only",
    "move_left_behind",
    "move_original",
    "open_rendition",
    "originals",
    "rendition_name",
    "renditions",
    "walk",
    "write_renditions",
]


def originals() -> Folder | LocalFirst:
    """Give the store of the files as they came. `write(name, chunks)` is its way in."""
    return _stores(settings.MEDIA, settings.VAR)[0]


def renditions() -> Folder | Bucket:
    """Give the store of what is shown."""
    return _stores(settings.MEDIA, settings.VAR)[1]


def move_original(name: str) -> None:
    """Move an original from the local folder to the bucket; on a site without one there is nothing to do.

    Safe to repeat. Raises StorageUnavailable.
    """
    store = originals()
    if not isinstance(store, Folder):
        store.move(name)


def move_left_behind() -> int:
    """Move every original that an outage has left in the local folder; say how many. Raises StorageUnavailable."""
    store = originals()
    if isinstance(store, Folder):
        return 0
    left = [name for name in walk(store.folder) if not name.endswith(PART)]
    for name in left:
        store.move(name)
    return len(left)


def rendition_name(image_key: int, token: str, size: int) -> str:
    """Name a rendition: ``3f/3fa10c…/token/640.webp``. Each rendering has its own token, so that no cache is stale."""
    return f"{_image_folder(image_key)}/{token}/{size}.webp"


def open_rendition(image_key: int, token: str, size: int) -> File[bytes]:
    """Open a rendition for reading. Raises FileNotFoundError or StorageUnavailable."""
    return renditions().open(rendition_name(image_key, token, size))


def write_renditions(image_key: int, files: dict[int, bytes]) -> str:
    """Write all renditions of an image under a new token, and return it. Raises StorageUnavailable."""
    token = secrets.token_hex(8)
    for size, data in files.items():
        renditions().save(rendition_name(image_key, token, size), ContentFile(data))
    return token


def keep_only(image_key: int, token: str) -> None:
    """Delete the renditions of an image under every other token. Safe to repeat."""
    folder = _image_folder(image_key)
    for other in _listed(renditions(), folder)[0]:
        if other != token:
            _delete_folder(renditions(), f"{folder}/{other}")


def delete_files(image_key: int, original: str) -> None:
    """Delete every rendition of an image, and its original. Safe to repeat."""
    _delete_folder(renditions(), _image_folder(image_key))
    originals().delete(original)


def walk(store: Storage, folder: str = "") -> Iterator[str]:
    """Name every file below a folder of a store."""
    folders, names = _listed(store, folder)
    prefix = f"{folder}/" if folder else ""
    yield from (prefix + name for name in names)
    for inner in folders:
        yield from walk(store, prefix + inner)


def is_older(store: Storage, name: str, moment: datetime) -> bool:
    """Say whether a file was last written before a moment (aware); one that has gone meanwhile was not."""
    try:
        return store.get_modified_time(name) < moment
    except FileNotFoundError:
        return False


def _image_folder(image_key: int) -> str:
    key = f"{image_key:013x}"
    return f"{key[:2]}/{key}"


def _delete_folder(store: Storage, folder: str) -> None:
    """Delete a folder with all in it. A bucket has no folders, and takes the last deletion as done."""
    for name in list(walk(store, folder)):
        store.delete(name)
    for inner in _listed(store, folder)[0]:
        store.delete(f"{folder}/{inner}")
    store.delete(folder)


def _listed(store: Storage, folder: str) -> tuple[list[str], list[str]]:
    """List (folders, files) of a folder; a folder that is not there is empty."""
    try:
        return store.listdir(folder)
    except FileNotFoundError:
        return [], []


@cache
def _stores(address: str, var: Path) -> tuple[Folder | LocalFirst, Folder | Bucket]:
    parts = urlsplit(address)
    if parts.scheme == "file" and parts.path and not parts.netloc:
        media = Path(unquote(parts.path))
        return Folder(media / "originals"), Folder(media / "renditions")
    if parts.scheme == "s3" and parts.netloc:
        from catalog.storage.bucket import Bucket, LocalFirst

        options = {name: values[0] for name, values in parse_qs(parts.query).items()}

        def bucket(folder: str) -> Bucket:
            return Bucket(
                bucket=parts.netloc,
                folder=folder,
                endpoint=options.get("endpoint"),
                region=options.get("region", "us-east-1"),
            )

        return LocalFirst(Folder(Path(var) / "incoming"), bucket("originals")), bucket("renditions")
    raise ImproperlyConfigured("MEDIA must be file:///folder or s3://bucket?endpoint=http://…&region=…")
