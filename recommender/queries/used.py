"""Names in use: of the tags and categories of pictures that everybody may be shown, so the same for everybody."""

from __future__ import annotations

from catalog import queries as catalog_queries
from catalog.queries import Name
from catalog.viewers import NOBODY
from recommender.queries.remembered import Remembered


def names() -> list[Name]:
    """A name that only private pictures have is nobody's business."""
    return _names()


_names = Remembered(lambda: catalog_queries.names_in_use(NOBODY))


def forget() -> None:
    _names.forget()
