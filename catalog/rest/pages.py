"""Lists, page by page: {"next", "previous", "results"} with absolute addresses."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

from django.db.models import QuerySet
from drf_spectacular.utils import inline_serializer
from rest_framework import serializers
from rest_framework.request import Request

from catalog.queries.cursors import BadCursor, make_cursor, read_cursor

Row = TypeVar("Row")

# Belongs to one answer only: to ask for another page must not begin a new list.
ONCE = ("cursor", "refresh")


def page_of(
    request: Request, results: Sequence[Any], *, after: str | None = None, before: str | None = None
) -> dict[str, Any]:
    """The envelope of one page. after, before: the cursors of its neighbours, or None at the ends."""
    return {"next": _address(request, after), "previous": _address(request, before), "results": results}


def part_of(
    rows: Sequence[Row] | QuerySet[Any, Row], *, cursor: str | None, limit: int
) -> tuple[list[Row], str | None, str | None]:
    """One page of a short list, and the cursors of the next and the previous. Raises BadCursor."""
    start = read_cursor(cursor, "part").get("start") if cursor else 0
    if not isinstance(start, int) or start < 0:
        raise BadCursor("The cursor is not one of this list.")
    found = list(rows[start : start + limit + 1])
    after = make_cursor("part", start=start + limit) if len(found) > limit else None
    before = make_cursor("part", start=max(0, start - limit)) if start else None
    return found[:limit], after, before


def page_shape(name: str, row: serializers.BaseSerializer[Any]) -> serializers.Serializer[Any]:
    """The shape of a page of such rows, for the schema. row: with many=True."""
    return inline_serializer(
        name,
        {
            "next": serializers.URLField(allow_null=True),
            "previous": serializers.URLField(allow_null=True),
            "results": row,
        },
    )


def _address(request: Request, cursor: str | None) -> str | None:
    if cursor is None:
        return None
    query = request.query_params.copy()
    for name in ONCE:
        query.pop(name, None)
    query["cursor"] = cursor
    return request.build_absolute_uri(f"{request.path}?{query.urlencode()}")
