"""What people say of what they are shown: not interested; and what happened in front of them."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import OpenApiExample, extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from catalog import rest, throttles
from recommender import services


class DismissalShape(rest.Shape):
    image = serializers.IntegerField()
    dismissed = serializers.BooleanField()


EVENT = {
    "type": "object",
    "required": ["kind", "image"],
    "properties": {
        "kind": {"type": "string", "enum": [*services.FROM_BROWSERS]},
        "image": {"type": "integer"},
        "feed": {"type": "string", "format": "uuid", "description": "The `X-Feed` of the list it happened in."},
        "position": {
            "type": "integer",
            "minimum": 0,
            "description": "Its place in that list, from 0 on. Of a feed of yours the site knows it better.",
        },
        "seconds": {
            "type": "number",
            "minimum": 0,
            "exclusiveMinimum": True,
            "description": "Of `dwell`: how long the picture's page was visible and in focus; 300 at most count.",
        },
        "at": {"type": "string", "format": "date-time", "description": "Your clock; what counts is the server's."},
    },
}


@extend_schema_field(
    {
        "type": "array",
        "maxItems": services.MOST_EVENTS,
        "items": {"anyOf": [EVENT, {}]},
        "description": "Whatever is not such an event is refused alone, and does not keep the others out.",
    }
)
class EventList(serializers.ListField):
    child = serializers.JSONField(allow_null=True)


class EventsShape(rest.Shape):
    events = EventList(max_length=services.MOST_EVENTS)


class RefusedEvent(rest.Shape):
    index = serializers.IntegerField()
    detail = serializers.CharField()


class EventsTaken(rest.Shape):
    accepted = serializers.IntegerField()
    refused = RefusedEvent(many=True)


class Dismissal(rest.PublicView):
    @extend_schema(
        operation_id="images_dismiss",
        summary="Not interested",
        description="Also without an account. The picture leaves your lists; a like of it goes.",
        request=None,
        responses={200: DismissalShape, **rest.problems(401, 403, 404)},
    )
    def put(self, request: Request, image_id: int) -> Response:
        viewer = self.someone()
        services.dismiss(viewer=viewer, image=rest.seen_image(image_id, viewer))
        return Response({"image": image_id, "dismissed": True})

    @extend_schema(
        operation_id="images_undismiss",
        summary="Interested after all",
        responses={200: DismissalShape, **rest.problems(401, 403, 404)},
    )
    def delete(self, request: Request, image_id: int) -> Response:
        viewer = self.someone()
        services.undismiss(viewer=viewer, image=rest.seen_image(image_id, viewer))
        return Response({"image": image_id, "dismissed": False})


class EventLog(rest.PublicView):
    parser_classes = [rest.JSONParser]

    @extend_schema(
        operation_id="events_create",
        summary="Tell what was seen",
        description=(
            "At most 100 at once, 600 times a minute. What cannot be taken is named in `refused`; the rest counts. An "
            "`impression` is half of a card or more in view for a second. Likes are noted where they happen."
        ),
        request=EventsShape,
        responses={202: EventsTaken, **rest.problems(400, 401, 403, 413, 415, 429)},
        examples=[
            OpenApiExample(
                "Two cards were seen",
                request_only=True,
                value={
                    "events": [
                        {"kind": "impression", "image": 2251799813685249, "position": 0},
                        {"kind": "open", "image": 1125899906842625},
                    ]
                },
            )
        ],
    )
    def post(self, request: Request) -> Response:
        viewer = self.someone()
        throttles.knock(throttles.EVENTS, throttles.who(request))
        said = EventsShape(data=request.data)
        said.is_valid(raise_exception=True)
        events: list[Any] = said.validated_data["events"]
        accepted, refused = services.record_events(viewer=viewer, events=events, now=timezone.now())
        return Response({"accepted": accepted, "refused": refused}, status=202)
