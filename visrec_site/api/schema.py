"""How this API describes itself."""

from typing import Any

from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import Direction
from rest_framework.serializers import Serializer


class Schema(AutoSchema):
    """A component is called by its thing: what `ImageShape` describes is an `Image`."""

    def get_serializer_name(self, serializer: Serializer[Any], direction: Direction) -> str:
        return super().get_serializer_name(serializer, direction).removesuffix("Shape")
