"""A feed walked page by page, as somebody scrolls through it."""

from typing import Any

from django.utils import timezone

from catalog.viewers import Viewer
from recommender import feed


def page(viewer: Viewer, **asked: Any) -> feed.FeedPage:
    return feed.build(viewer=viewer, now=timezone.now(), **asked)


def ids(shown: feed.FeedPage) -> list[int]:
    return [entry.card.id for entry in shown.entries]


def walk(viewer: Viewer, *, limit: int) -> list[int]:
    """The pictures of all pages, to the end."""
    found: list[int] = []
    cursor = None
    while True:
        shown = page(viewer, cursor=cursor, limit=limit)
        found += ids(shown)
        if shown.next is None:
            return found
        cursor = shown.next
