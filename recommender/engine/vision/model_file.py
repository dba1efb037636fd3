"""A model file: checked against the checksum beside it, opened once by each process that uses it."""

from __future__ import annotations

import hashlib
import os
import threading
import weakref
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Generic, TypeVar

Model = TypeVar("Model")


class EyesError(Exception):
    """The model file is missing, damaged or not one of ours; the message says which."""


class OpenedOnce(Generic[Model]):
    """A model that is opened when it is first used, anew after a fork; threads take turns with it."""

    _lock: threading.Lock
    _model: Model | None

    def __init__(self, opener: Callable[[], Model]) -> None:
        self._opener = opener
        self.forget()
        _every.add(self)

    @contextmanager
    def held(self) -> Iterator[Model]:
        """Nobody else has the model meanwhile. Raises what opening raises."""
        with self._lock:
            if self._model is None:
                self._model = self._opener()
            yield self._model

    def forget(self) -> None:
        """Open it anew when it is next used: a lock and an interpreter are of the process that made them."""
        self._lock = threading.Lock()
        self._model = None


_every: weakref.WeakSet[OpenedOnce[Any]] = weakref.WeakSet()


def _forget_every() -> None:
    for one in _every:
        one.forget()


os.register_at_fork(after_in_child=_forget_every)


def check_model_file(path: Path) -> None:
    """Compare the model file with the checksum beside it, if there is one. Raises EyesError."""
    try:
        model = path.read_bytes()
    except OSError as error:
        raise EyesError(f"the model file {path} cannot be read: {error.strerror}") from error
    checksum = checksum_path(path)
    if checksum.exists() and hashlib.sha256(model).hexdigest() not in checksum.read_text(errors="replace").split():
        raise EyesError(f"the model file {path} is damaged: its sha256 is not the one in {checksum.name}")


def checksum_path(path: Path) -> Path:
    """Where the checksum of a model file lies, in the format of sha256sum."""
    return path.with_name(f"{path.name}.sha256")
