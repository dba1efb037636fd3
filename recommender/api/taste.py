"""One's own taste: what the site has made of one, and every choice about it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from catalog import rest
from catalog.models import Image
from catalog.viewers import Viewer
from recommender import feed, queries, services, taste

KINDS = ("tag", "category", "topic", "person")
LEVELS = ("mute", "less", "none")


class TasteOut(rest.Shape):
    id = serializers.IntegerField(help_text="The picture liked first in it; it stays while that like stays.")
    name = serializers.CharField()
    weight = serializers.FloatField(help_text="1 is as it comes.")
    on = serializers.BooleanField(help_text="Whether any card may be there because of it.")
    share = serializers.IntegerField(help_text="Cards of the next 24 that are there because of it.")
    images = serializers.ListField(child=serializers.IntegerField(), help_text="What was liked, the newest first.")


class SourcesShape(rest.Shape):
    likes = serializers.BooleanField(required=False)
    views = serializers.BooleanField(required=False, help_text="What was seen does not come again for a while.")
    saves = serializers.BooleanField(required=False)


class MuteOut(rest.Shape):
    kind = serializers.ChoiceField(choices=("tag", "category", "person"))
    name = serializers.CharField(help_text="A slug, or the name a person signs in with.")
    most = serializers.IntegerField(allow_null=True, help_text="At most so many of 24 cards; null: none at all.")


class TasteShape(rest.Shape):
    tastes = TasteOut(many=True)
    sources = SourcesShape()
    diversity = serializers.FloatField(allow_null=True, help_text="0 more of the same, 1 as varied as can be.")
    mutes = MuteOut(many=True)
    paused = serializers.BooleanField(help_text="Likes are kept, the feed stays as it is.")
    private_until = serializers.DateTimeField(allow_null=True, help_text="Until then nothing is kept.")
    reset_at = serializers.DateTimeField(allow_null=True, help_text="Likes before it count no more.")


class TasteIn(rest.Shape):
    id = serializers.IntegerField(min_value=0, max_value=2**63 - 1, help_text="Any picture liked in it.")
    weight = serializers.FloatField(min_value=services.WEIGHTS[0], max_value=services.WEIGHTS[1], required=False)
    on = serializers.BooleanField(required=False)


class MuteIn(rest.Shape):
    kind = serializers.ChoiceField(choices=KINDS, help_text="`topic`: a tag or a category, by slug or name.")
    name = serializers.CharField(max_length=150)
    level = serializers.ChoiceField(
        choices=LEVELS,
        help_text="`mute`: nothing of it. `less`: at most half of what the next 24 cards have. `none`: as it comes.",
    )


class ForgetIn(rest.Shape):
    kind = serializers.ChoiceField(choices=taste.Kind.ALL)
    image = serializers.IntegerField(min_value=0, max_value=2**63 - 1)


class TasteChange(rest.Shape):
    tastes = TasteIn(many=True, required=False)
    sources = SourcesShape(required=False)
    diversity = serializers.FloatField(min_value=0, max_value=1, allow_null=True, required=False)
    mutes = MuteIn(many=True, required=False)
    paused = serializers.BooleanField(required=False)
    private_minutes = serializers.IntegerField(
        min_value=0,
        max_value=int(services.LONGEST_PRIVATE / dt.timedelta(minutes=1)),
        required=False,
        help_text="Browse privately so long from now on; 0 ends it.",
    )
    forget = ForgetIn(many=True, required=False, help_text="What to remove from the history.")
    reset = serializers.BooleanField(required=False, help_text="Begin as somebody new; false takes that back.")


EXAMPLE = {
    "tastes": [
        {"id": 2251799813685249, "name": "Reefs", "weight": 1.0, "on": True, "share": 7, "images": [2251799813685249]}
    ],
    "sources": {"likes": True, "views": True, "saves": True},
    "diversity": None,
    "mutes": [{"kind": "category", "name": "shoes", "most": 2}],
    "paused": False,
    "private_until": None,
    "reset_at": None,
}


class Taste(rest.PublicView):
    parser_classes = [rest.JSONParser]

    @extend_schema(
        operation_id="taste_retrieve",
        summary="Show your taste",
        description="What your likes have been made of, and what you have chosen. Also without an account.",
        responses={200: TasteShape, **rest.problems(401, 403, 503)},
        examples=[OpenApiExample("One taste", response_only=True, value=EXAMPLE)],
    )
    def get(self, request: Request) -> Response:
        return Response(taste_json(self.someone(), timezone.now()))

    @extend_schema(
        operation_id="taste_update",
        summary="Choose what your feed is made of",
        description="Only what is named is changed, all of it or nothing; it counts from the next page of the feed on.",
        request=TasteChange,
        responses={200: TasteShape, **rest.problems(400, 401, 403, 413, 415, 503)},
        examples=[
            OpenApiExample(
                "One taste off, less of shoes",
                request_only=True,
                value={
                    "tastes": [{"id": 2251799813685249, "on": False}],
                    "mutes": [{"kind": "category", "name": "shoes", "level": "less"}],
                },
            )
        ],
    )
    def patch(self, request: Request) -> Response:
        viewer, now = self.someone(), timezone.now()
        asked = TasteChange(data=request.data)
        asked.is_valid(raise_exception=True)
        with transaction.atomic():
            _change(viewer, asked.validated_data, now)
        return Response(taste_json(viewer, now))


def taste_json(viewer: Viewer, now: dt.datetime) -> dict[str, Any]:
    chosen = queries.choices(viewer)
    found = taste.clusters(viewer=viewer, now=now, chosen=chosen)
    (places,) = feed.upcoming(viewer=viewer, now=now, chosen=[chosen], k=taste.PAGE) if found else ([],)
    profile = chosen.profile
    return {
        "tastes": [
            {
                "id": one.key,
                "name": one.name,
                "weight": one.weight,
                "on": one.on,
                "share": taste.share_of(one, places),
                "images": list(one.members),
            }
            for one in found
        ],
        "sources": {name: getattr(profile, f"learns_from_{name}") for name in ("likes", "views", "saves")},
        "diversity": profile.diversity,
        "mutes": [_mute_json(mute) for mute in chosen.mutes],
        "paused": profile.paused_at is not None,
        "private_until": profile.private_until if chosen.is_private(now) else None,
        "reset_at": profile.reset_at,
    }


def _mute_json(mute: Any) -> dict[str, Any]:
    if mute.person is not None:
        return {"kind": "person", "name": mute.person.get_username(), "most": mute.most}
    kind = "tag" if mute.tag is not None else "category"
    return {"kind": kind, "name": mute.target.slug, "most": mute.most}


def _change(viewer: Viewer, asked: dict[str, Any], now: dt.datetime) -> None:
    """A reset comes first: what else is asked for is chosen anew after it. Raises ValidationError."""
    if asked.get("reset") is True:
        services.reset(viewer=viewer, now=now)
    elif asked.get("reset") is False and not services.undo_reset(viewer=viewer, now=now):
        raise serializers.ValidationError({"reset": [_("There is no reset of the last day to take back.")]})
    for one in asked.get("forget", []):
        image = Image.objects.visible_to(viewer).filter(pk=one["image"]).first()
        if image is None:
            raise serializers.ValidationError({"forget": [_("There is no such image.")]})
        services.forget(viewer=viewer, kind=one["kind"], image=image)
    for one in asked.get("tastes", []):
        _weigh(viewer, one, now)
    columns = {f"learns_from_{name}": value for name, value in asked.get("sources", {}).items()}
    columns |= {"diversity": asked["diversity"]} if "diversity" in asked else {}
    if columns:
        services.choose(viewer=viewer, **columns)
    for one in asked.get("mutes", []):
        _mute(viewer, one, now)
    if "paused" in asked:
        services.pause(viewer=viewer, now=now) if asked["paused"] else services.resume(viewer=viewer)
    if asked.get("private_minutes"):
        until = now + dt.timedelta(minutes=asked["private_minutes"])
        services.browse_privately(viewer=viewer, now=now, until=until)
    elif "private_minutes" in asked:
        services.end_private(viewer=viewer)


def _weigh(viewer: Viewer, one: dict[str, Any], now: dt.datetime) -> None:
    found = taste.clusters(viewer=viewer, now=now, chosen=queries.choices(viewer))
    meant = next((cluster for cluster in found if one["id"] in cluster.members), None)
    if meant is None:
        raise serializers.ValidationError({"tastes": [_("You have no such taste.")]})
    weight, on = one.get("weight", meant.weight), one.get("on", meant.on)
    services.weigh_taste(viewer=viewer, image_id=one["id"], weight=weight, on=on, now=now)


def _mute(viewer: Viewer, one: dict[str, Any], now: dt.datetime) -> None:
    verb = {"mute": services.mute, "less": services.show_less, "none": services.unmute_named}[one["level"]]
    try:
        verb(viewer=viewer, kind=one["kind"], name=one["name"], now=now)
    except services.NoSuchTarget as error:
        raise serializers.ValidationError({"mutes": [str(error)]}) from error
