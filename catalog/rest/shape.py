"""The base of every JSON object that the API takes or gives."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers


class Shape(serializers.Serializer[Any]):
    """What a JSON object looks like: it checks what comes in, and describes to the schema what goes out."""
