"""The pictures of a folder, read through the door that all foreign files come in by; the database is not asked."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import numpy as np
from django.conf import settings
from numpy.typing import NDArray
from tqdm import tqdm

from catalog import intake

SHORT_SIDE = 512  # pixels at most
Refusal = tuple[str, str]
"""A path below the folder, and why the file is no picture."""
Pixels = NDArray[np.uint8]
"""(h, w, 3) RGB"""


def pictures_in(
    folder: Path, *, doing: str, refused: list[Refusal], besides: Path | None = None
) -> Iterator[tuple[str, Pixels]]:
    """The path below the folder, and the pixels, of every picture in it, however deep, in the order of the paths.

    Hidden files are left out. What cannot be read is added to `refused`. doing: a word for the progress on stderr.
    besides: one more file to leave out.
    """
    paths = [path for path in files_in(folder) if besides is None or (folder / path).resolve() != besides.resolve()]
    for path, decoding in tqdm(_decoded_ahead(folder, paths), total=len(paths), desc=doing, unit="picture"):
        try:
            pixels = decoding.result()
        except intake.Refused as error:
            refused.append((path, str(error)))
        except OSError as error:
            refused.append((path, f"The file cannot be read: {error.strerror}."))
        else:
            yield path, pixels


def files_in(folder: Path) -> list[str]:
    """Paths below the folder of all files that are not hidden, in order."""
    relative = (path.relative_to(folder) for path in folder.rglob("*") if path.is_file())
    return sorted(path.as_posix() for path in relative if not any(part.startswith(".") for part in path.parts))


def decode(path: Path) -> Pixels:
    """One file, its short side 512 pixels at most. Raises intake.Refused, DecoderUnavailable, OSError."""
    with path.open("rb") as file:
        size = path.stat().st_size
        return intake.decode_query(file, size=SHORT_SIDE, declared_size=size, limit=settings.UPLOAD_LIMIT)


def _decoded_ahead(folder: Path, paths: Iterable[str]) -> Iterator[tuple[str, Future[Pixels]]]:
    """Decode on every core, in the order asked for, a few files ahead of whoever looks at them."""
    cores = len(os.sched_getaffinity(0))
    with ThreadPoolExecutor(cores) as pool:
        ahead: deque[tuple[str, Future[Pixels]]] = deque()
        for path in paths:
            ahead.append((path, pool.submit(decode, folder / path)))
            if len(ahead) > 2 * cores:
                yield ahead.popleft()
        yield from ahead
