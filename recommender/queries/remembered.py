"""What is read once for everybody and kept for a while."""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class Remembered(Generic[T]):
    """Something that is the same for everybody and changes rarely, read again after a while.

    It is good for twenty times as long as it took to read, at least a second and at most half a minute; then one thread
    reads it again while the others go on with the old. Whatever is shown passes `cards`, so a stale row may cost a
    place in a list, but never leaks.
    """

    _value: T | None = None
    _until = -math.inf

    def __init__(self, read: Callable[[], T]) -> None:
        self._read = read
        self._reading = threading.Lock()

    @property
    def known(self) -> T | None:
        """What was read last, however old; reads nothing. None before the first reading."""
        return self._value

    def __call__(self) -> T:
        if time.monotonic() >= self._until and self._reading.acquire(blocking=self._value is None):
            try:
                if time.monotonic() >= self._until:
                    self._read_again()
            finally:
                self._reading.release()
        assert self._value is not None
        return self._value

    def _read_again(self) -> None:
        started = time.monotonic()
        self._value = self._read()
        ended = time.monotonic()
        self._until = ended + min(30.0, max(1.0, 20 * (ended - started)))

    def forget(self) -> None:
        """Read it anew when it is next asked for in this process."""
        self._value, self._until = None, -math.inf
