"""What may be asked in a query string. A bad value is a 400 that names it; an unknown parameter is ignored."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers
from rest_framework.request import Request

from catalog.queries import GalleryFilter
from catalog.rest.shape import Shape

LONGEST_CURSOR = 1000


class Paging(Shape):
    cursor = serializers.CharField(
        required=False,
        allow_blank=True,
        max_length=LONGEST_CURSOR,
        help_text="Opaque; taken from `next` or `previous` of another page.",
    )
    limit = serializers.IntegerField(default=24, min_value=1, max_value=100, help_text="How many a page, at most.")


class Filters(Paging):
    category = serializers.CharField(
        required=False, allow_blank=True, max_length=60, help_text="A slug; what lies under it counts too."
    )
    tag = serializers.ListField(
        child=serializers.CharField(allow_blank=True, max_length=80),
        default=list,
        max_length=20,
        help_text="A slug; given several times, every one of them must be there.",
    )
    owner = serializers.CharField(required=False, allow_blank=True, max_length=150, help_text="A username.")


def read(request: Request, shape: type[Shape]) -> dict[str, Any]:
    """The parameters of that shape; the last of several, unless it is a list. Raises ValidationError."""
    query = request.query_params
    lists = {name for name, field in shape().fields.items() if isinstance(field, serializers.ListField)}
    found = shape(data={name: query.getlist(name) if name in lists else query[name] for name in query})
    found.is_valid(raise_exception=True)
    return dict(found.validated_data)


def gallery_filter(asked: dict[str, Any]) -> GalleryFilter:
    return GalleryFilter(
        text=asked.get("q", ""),
        category=asked.get("category", ""),
        tags=tuple(filter(None, asked.get("tag", ()))),
        colour=asked.get("colour", ""),
        owner=asked.get("owner", ""),
    )
