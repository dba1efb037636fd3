"""What a client may say of a picture."""

from __future__ import annotations

from typing import Any

from django.http import QueryDict
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.fields import empty

from catalog.models import Category, Visibility
from catalog.rest import Shape


@extend_schema_field({"type": "array", "items": {"type": "string"}})
class TagNames(serializers.ListField):
    """Names of tags: a list in JSON; in a form a field given several times, or once with commas, or both."""

    child = serializers.CharField(max_length=200)

    def get_value(self, dictionary: Any) -> Any:
        if not isinstance(dictionary, QueryDict):
            return super().get_value(dictionary)
        if self.field_name not in dictionary:
            return empty
        return [name for given in dictionary.getlist(str(self.field_name)) for name in _parted(given)]

    def to_internal_value(self, data: Any) -> list[str]:
        return super().to_internal_value(_parted(data) if isinstance(data, str) else data)


@extend_schema_field({"type": "string", "nullable": True, "maxLength": 60})
class CategorySlug(serializers.SlugRelatedField[Category]):
    """A category by its slug; null, or nothing at all, for none."""

    def to_internal_value(self, data: Any) -> Category:
        if not isinstance(data, str) or "\x00" in data:
            self.fail("invalid")
        category: Category = super().to_internal_value(data)
        return category


class ImageEdit(Shape):
    """Words and visibility; what is not named stays."""

    title = serializers.CharField(required=False, allow_blank=True, max_length=200)
    description = serializers.CharField(required=False, allow_blank=True, max_length=4000)
    category = CategorySlug(
        slug_field="slug",
        queryset=Category.objects.all(),
        required=False,
        allow_null=True,
        help_text="A category's slug; null or nothing for none.",
    )
    tags = TagNames(
        required=False,
        help_text="Names; at most 30. In a form the field may come several times, or once with commas between names.",
    )
    visibility = serializers.ChoiceField(choices=Visibility.values, required=False)
    source: Any = serializers.URLField(required=False, allow_blank=True, max_length=500)
    licence = serializers.CharField(required=False, allow_blank=True, max_length=80)


class Upload(ImageEdit):
    """A picture with words. The file is JPEG, PNG, WebP, GIF, AVIF or HEIC, 20 MB at most."""

    file = extend_schema_field(OpenApiTypes.BINARY)(serializers.FileField)()


def _parted(names: str) -> list[str]:
    return [name.strip() for name in names.split(",") if name.strip()]
