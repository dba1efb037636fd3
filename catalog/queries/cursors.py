"""Where a page of a list ended, as the next request says it: signed, so that no cursor but ours is ever read."""

from __future__ import annotations

from typing import Any

from django.core import signing

CURSOR = "cursor of a list"


class BadCursor(ValueError):
    """The cursor was not made by this site, or belongs to another list."""


def make_cursor(kind: str, **place: Any) -> str:
    """A place in a list of that kind. place: what JSON can hold."""
    return signing.Signer(salt=CURSOR).sign_object([kind, place])


def read_cursor(cursor: str, kind: str) -> dict[str, Any]:
    """The place a cursor names. Raises BadCursor unless it was made for this kind of list."""
    try:
        found, place = signing.Signer(salt=CURSOR).unsign_object(cursor)
    except signing.BadSignature as error:
        raise BadCursor("The cursor is not one of this list.") from error
    if found != kind:
        raise BadCursor("The cursor is not one of this list.")
    return dict(place)
