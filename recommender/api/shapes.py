"""An entry in JSON: a picture with its score and its reason."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers
from rest_framework.request import Request

from catalog import rest
from recommender.entries import Entry

KINDS = ("look", "people", "trending", "newest", "popular", "explore")


def entry_json(entry: Entry, request: Request) -> dict[str, Any]:
    reason = entry.reason
    return {
        "image": rest.image_json(entry.card, request) | {"dismissed": entry.dismissed},
        "score": entry.score,
        "reason": {
            "kind": reason.kind,
            "text": reason.text,
            "evidence": {"images": [card.id for card in reason.images], "people": reason.people},
        },
    }


EXAMPLE = {
    "image": rest.examples.IMAGE | {"dismissed": False},
    "score": 0.71,
    "reason": {
        "kind": "look",
        "text": "Looks like “Harbour in fog”, which you liked",
        "evidence": {"images": [1125899906842625], "people": None},
    },
}


class EntryImage(rest.ImageShape):
    dismissed = serializers.BooleanField(help_text="Whether you are not interested in it.")


class Evidence(rest.Shape):
    images = serializers.ListField(
        child=serializers.IntegerField(), help_text="The pictures that the reason names, such as the one you liked."
    )
    people = serializers.IntegerField(allow_null=True, help_text="How many people stand behind it, where some do.")


class ReasonShape(rest.Shape):
    kind = serializers.ChoiceField(choices=KINDS)
    text = serializers.CharField(help_text="One sentence for people.")
    evidence = Evidence()


class EntryShape(rest.Shape):
    """A picture in a list that was made for you."""

    image = EntryImage()
    score = serializers.FloatField(help_text="Relevance before the list is made varied; comparable within one answer.")
    reason = ReasonShape()


class DialShape(rest.Shape):
    """A number for each dial, or for the aspect it turns."""

    colour = serializers.FloatField()
    texture = serializers.FloatField()
    subject = serializers.FloatField()
    composition = serializers.FloatField()


class SimilarEntryShape(EntryShape):
    copies = serializers.IntegerField(help_text="How many near-copies are folded under it.")
    z = DialShape(
        required=False,
        allow_null=True,
        help_text="With dials: how much more alike in each aspect than a fixed sample, in deviations; else null.",
    )
