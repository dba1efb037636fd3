"""The feed, page by page."""

from __future__ import annotations

from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from catalog import rest
from recommender import feed
from recommender.api.shapes import EXAMPLE, EntryShape, entry_json

HEADERS = [
    OpenApiParameter(
        "X-Feed", str, OpenApiParameter.HEADER, response=[200], description="The feed's id, to name in events."
    ),
    OpenApiParameter(
        "X-Feed-State",
        str,
        OpenApiParameter.HEADER,
        response=[200],
        enum=["ready", "empty", "exhausted"],
        description="`empty`: there are no pictures at all; `exhausted`: you have seen everything.",
    ),
]


class FeedQuery(rest.Filters):
    tab = serializers.ChoiceField(choices=feed.TABS, default="for-you")
    refresh = serializers.BooleanField(
        default=False, help_text="1: begin a new feed, with a new seed, instead of going on with the last one."
    )


class FeedView(rest.PublicView):
    @extend_schema(
        operation_id="feed_list",
        summary="Show your feed",
        description=(
            "Also without an account: likes and dismissals are kept with the session. The pages of one feed never "
            "repeat and never skip; each new page knows the newest reactions. There is no way back: `previous` is null."
        ),
        parameters=[FeedQuery, *HEADERS],
        examples=[rest.examples.page_of(EXAMPLE, "feed/")],
        responses={200: rest.page_shape("FeedPage", EntryShape(many=True)), **rest.problems(400, 401, 403)},
    )
    def get(self, request: Request) -> Response:
        asked = rest.read(request, FeedQuery)
        page = feed.build(
            viewer=self.someone(),
            now=timezone.now(),
            tab=asked["tab"],
            where=rest.gallery_filter(asked),
            cursor=asked.get("cursor") or None,
            limit=asked["limit"],
            refresh=asked["refresh"],
            detail=True,
        )
        results = [entry_json(entry, request) for entry in page.entries]
        headers = {"X-Feed": page.feed_id, "X-Feed-State": page.state}
        return Response(rest.page_of(request, results, after=page.next), headers=headers)
