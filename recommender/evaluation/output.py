"""Files written aside and renamed: whoever reads one reads all of it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from recommender.evaluation.plan import Unusable


def check_writable(path: Path) -> None:
    """Unusable when there is no folder for it, before hours of work."""
    if path.is_dir():
        raise Unusable(f"{path} is a folder, not a file to write.")
    if not path.parent.is_dir():
        raise Unusable(f"{path.parent} is not a folder, so {path.name} cannot be written there.")
    if not os.access(path.parent, os.W_OK):
        raise Unusable(f"Nothing may be written in {path.parent}.")


@contextmanager
def written(path: Path) -> Iterator[IO[str]]:
    """A text file that appears under its name once it is whole, or not at all."""
    aside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with aside.open("w", encoding="utf-8", newline="") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        aside.replace(path)
    finally:
        aside.unlink(missing_ok=True)
