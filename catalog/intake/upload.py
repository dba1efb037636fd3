"""An upload on its way in: checked while it streams, never whole in memory."""

import hashlib
from collections.abc import Iterator
from typing import Protocol

from catalog.imaging import HEAD_BYTES, Empty, TooLarge, Unsupported, sniff

CHUNK_BYTES = 64 * 1024


class Readable(Protocol):
    """What an upload must be able to do: give at most so many bytes, and none at its end."""

    def read(self, size: int, /) -> bytes: ...


class Upload:
    """Reads a stream once. `size`, `digest` and `format` are whole when `chunks` has ended without raising."""

    def __init__(self, stream: Readable, *, declared_size: int | None, limit: int) -> None:
        self._stream = stream
        self._declared_size = declared_size
        self._limit = limit
        self.format = ""
        self.size = 0
        self.digest = hashlib.sha256()

    def chunks(self) -> Iterator[bytes]:
        """Give the content piece by piece. Raises Empty, Unsupported or TooLarge as soon as it is known."""
        if self._declared_size is not None and self._declared_size > self._limit:
            raise TooLarge(limit=self._limit)
        head = self._head()
        if not head:
            raise Empty
        self.format = sniff(head) or ""
        if not self.format:
            raise Unsupported
        chunk = head
        while chunk:
            self.size += len(chunk)
            if self.size > self._limit:
                raise TooLarge(limit=self._limit)
            self.digest.update(chunk)
            yield chunk
            chunk = self._stream.read(CHUNK_BYTES)

    def _head(self) -> bytes:
        """Read the signature's bytes, however small the pieces in which they come."""
        head = b""
        while len(head) < HEAD_BYTES and (piece := self._stream.read(HEAD_BYTES - len(head))):
            head += piece
        return head
