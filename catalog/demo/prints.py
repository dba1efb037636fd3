"""Drawings as files, made in another process if one likes: nothing here needs more than the drawing does."""

import io
from dataclasses import dataclass

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
