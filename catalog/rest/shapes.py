"""A picture in JSON: written by a plain function, because lists ask for many; and described for the schema."""

from __future__ import annotations

import datetime as dt
from typing import Any

from drf_spectacular.utils import extend_schema_serializer, inline_serializer
from rest_framework import serializers
from rest_framework.request import Request

from catalog.models import ImageTag, Visibility
from catalog.queries import SIZES, Card
from catalog.rest import examples
from catalog.rest.shape import Shape

STATUSES = ("queued", "processing", "ready", "findable", "failed")
COLOUR = r"^#[0-9a-f]{6}$"


def image_json(card: Card, request: Request) -> dict[str, Any]:
    """The picture as the contract has it. The card must come from a query with `detail=True`."""
    site = request.build_absolute_uri("/")[:-1]
    failed = card.status == "failed"
    return {
        "id": card.id,
        "url": site + card.url,
        "title": card.title,
        "description": card.description,
        "owner": {"username": card.owner, "url": person_url(card.owner, request)},
        "category": category_json(card),
        "tags": [
            {"slug": tag.slug, "name": tag.name, "source": tag.source, "confidence": tag.confidence}
            for tag in card.tags
        ],
        "visibility": card.visibility,
        "status": card.status,
        "error": {"code": card.error_code, "detail": card.error_detail} if failed else None,
        "width": card.width,
        "height": card.height,
        "created_at": moment(card.created_at),
        "likes": card.likes,
        "liked": bool(card.liked),
        "placeholder": card.placeholder or None,
        "colour": card.colour or None,
        "palette": list(card.palette),
        "renditions": {str(size): site + url for size, url in card.renditions.items()},
        "source": card.source,
        "licence": card.licence,
    }


def category_json(card: Card) -> dict[str, Any] | None:
    if card.category is None:
        return None
    return {"slug": card.category.slug, "name": card.category.name, "path": list(card.category.path)}


def person_url(username: str, request: Request) -> str:
    return request.build_absolute_uri(f"/people/{username}/")


def moment(at: dt.datetime) -> str:
    return at.astimezone(dt.UTC).isoformat().replace("+00:00", "Z")


class TagOnImage(Shape):
    slug = serializers.CharField()
    name = serializers.CharField()
    source: Any = serializers.ChoiceField(choices=ImageTag.Source.values)
    confidence = serializers.FloatField(
        allow_null=True, min_value=0, max_value=1, help_text="A machine's; null where a person said so."
    )


class CategoryOfImage(Shape):
    slug = serializers.CharField()
    name = serializers.CharField()
    path = serializers.ListField(child=serializers.CharField(), help_text="Slugs from the root down to this one.")


class OwnerOfImage(Shape):
    username = serializers.CharField()
    url = serializers.URLField()


class ErrorOfImage(Shape):
    code = serializers.CharField(help_text="A stable word for programs, such as `damaged`.")
    detail = serializers.CharField()


@extend_schema_serializer(examples=[examples.image()])
class ImageShape(Shape):
    """A picture. Until it has been decoded (`queued`, `processing`, `failed`) it has no size, colours or renditions."""

    id = serializers.IntegerField(min_value=1, max_value=2**53)
    url = serializers.URLField(help_text="Its page.")
    title = serializers.CharField()
    description = serializers.CharField()
    owner = OwnerOfImage()
    category = CategoryOfImage(allow_null=True)
    tags = TagOnImage(many=True)
    visibility = serializers.ChoiceField(choices=Visibility.values)
    status = serializers.ChoiceField(
        choices=STATUSES, help_text="`findable`: it is in similar, feed and search by photo; `failed`: see `error`."
    )
    error = ErrorOfImage(allow_null=True, help_text="Only where `status` is `failed`.")
    width = serializers.IntegerField(allow_null=True, help_text="Pixels, upright; null until it has been decoded.")
    height = serializers.IntegerField(allow_null=True, help_text="Pixels, upright; null until it has been decoded.")
    created_at = serializers.DateTimeField()
    likes = serializers.IntegerField(help_text="How many people like it; visitors without an account do not count.")
    liked = serializers.BooleanField(help_text="Whether you do.")
    placeholder = serializers.CharField(
        allow_null=True, help_text="A tiny picture as a data URI, to show while the real one loads."
    )
    colour = serializers.RegexField(COLOUR, allow_null=True, help_text="Its main colour.")
    palette = serializers.ListField(child=serializers.RegexField(COLOUR), help_text="Its colours, the largest first.")
    renditions = inline_serializer(
        "Renditions",
        {str(size): serializers.URLField(required=False) for size in SIZES},
        help_text="Longer side in pixels → address of a WebP, never larger than the picture; {} until decoded.",
    )
    source: Any = serializers.CharField(help_text="Where it comes from: an address, or nothing.")
    licence = serializers.CharField()
