"""Drawings as files, made in another process if one likes: nothing here needs more than the drawing does."""

import io
import os
import threading
from dataclasses import dataclass
from multiprocessing import parent_process

from catalog.demo.gallery import FAMILIES, generator

QUALITY = 92


@dataclass(frozen=True, slots=True)
class Print:
    """A drawing as a JPEG file, with its words."""

    family: str
    number: int
    title: str
    description: str
    tags: tuple[str, ...]
    jpeg: bytes


def made(picture: tuple[str, int]) -> Print:
    """The print of (family slug, number). KeyError for a family that does not exist."""
    slug, number = picture
    family = {family.slug: family for family in FAMILIES}[slug]
    drawing = family.draw(generator(slug, number), number)
    file = io.BytesIO()
    drawing.image.save(file, "JPEG", quality=QUALITY)
    return Print(slug, number, drawing.title, drawing.description, drawing.tags, file.getvalue())


def end_with_parent() -> None:
    """Have this process end when the one that started it does, also when that one was killed.

    A process of a pool otherwise waits for ever on the pipe that it holds open itself.
    """
    threading.Thread(target=_watch_parent, daemon=True).start()


def _watch_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
