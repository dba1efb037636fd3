"""An S3 bucket as a store. Imported only by a site that has one: boto3 is slow to load and large."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime

from boto3.exceptions import Boto3Error
from boto3.s3.transfer import TransferConfig
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from django.core.files.base import File
from django.core.files.storage import Storage
from storages.backends.s3 import S3Storage

from catalog.storage.folder import Folder
from catalog.storage.unavailable import StorageUnavailable

CONNECT_SECONDS = 2
READ_SECONDS = 5
SPOOL_BYTES = 2**20


@contextmanager
def _available() -> Iterator[None]:
    try:
        yield
    except (BotoCoreError, ClientError, Boto3Error) as error:
        raise StorageUnavailable(str(error)) from error


class Bucket(S3Storage):  # type: ignore[misc]  # django-storages has no types
    """A folder of a private S3 bucket that answers within seconds, or is said to be unavailable."""

    def __init__(self, *, bucket: str, folder: str, endpoint: str | None, region: str | None) -> None:
        super().__init__(
            bucket_name=bucket,
            location=folder,
            endpoint_url=endpoint,
            region_name=region,
            default_acl=None,  # the bucket's own, which is private unless its owner opens it
            file_overwrite=True,
            transfer_config=TransferConfig(use_threads=False),
            max_memory_size=SPOOL_BYTES,
            client_config=Config(
                connect_timeout=CONNECT_SECONDS,
                read_timeout=READ_SECONDS,
                retries={"total_max_attempts": 1},
                signature_version="s3v4",
                s3={"addressing_style": "path" if endpoint else "auto"},
            ),
        )

    def _save(self, name: str, content: File[bytes]) -> str:
        with _available():
            saved: str = super()._save(name, content)
        return saved

    def _open(self, name: str, mode: str = "rb") -> File[bytes]:
        """Fetch the whole file (spooled to disk when large), so that a later read cannot fail."""
        with _available():
            file: File[bytes] = super()._open(name, mode)
            file.open()
        return file

    def delete(self, name: str) -> None:
        with _available():
            super().delete(name)

    def exists(self, name: str) -> bool:
        with _available():
            found: bool = super().exists(name)
        return found

    def listdir(self, name: str) -> tuple[list[str], list[str]]:
        with _available():
            listed: tuple[list[str], list[str]] = super().listdir(name)
        return listed

    def size(self, name: str) -> int:
        with _available():
            size: int = super().size(name)
        return size

    def get_modified_time(self, name: str) -> datetime:
        with _available():
            time: datetime = super().get_modified_time(name)
        return time


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

    def _open(self, name: str, mode: str = "rb") -> File[bytes]:
        try:
            return self.folder.open(name, mode)
        except FileNotFoundError:
            file: File[bytes] = self.bucket.open(name, mode)
            return file

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

    def listdir(self, path: str) -> tuple[list[str], list[str]]:
        """List what is here and there."""
        try:
            folders, names = self.folder.listdir(path)
        except FileNotFoundError:
            folders, names = [], []
        more_folders, more_names = self.bucket.listdir(path)
        return sorted({*folders, *more_folders}), sorted({*names, *more_names})

    def get_modified_time(self, name: str) -> datetime:
        """Say when the file was written, here or there. Raises FileNotFoundError."""
        try:
            return self.folder.get_modified_time(name)
        except FileNotFoundError:
            return self.bucket.get_modified_time(name)
