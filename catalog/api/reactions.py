"""Likes, by people and by anonymous visitors. PUT and DELETE may be repeated at will."""

from __future__ import annotations

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from catalog import rest, services


class LikeShape(rest.Shape):
    image = serializers.IntegerField()
    liked = serializers.BooleanField()
    likes = serializers.IntegerField(help_text="How many people like it; visitors without an account do not count.")


class Like(rest.PublicView):
    @extend_schema(
        operation_id="images_like",
        summary="Like a picture",
        description="Also without an account: the like is kept with the session. A dismissal of it goes.",
        request=None,
        responses={200: LikeShape, **rest.problems(401, 403, 404)},
    )
    def put(self, request: Request, image_id: int) -> Response:
        viewer = self.someone()
        likes = services.like(viewer=viewer, image=rest.seen_image(image_id, viewer))
        return Response({"image": image_id, "liked": True, "likes": likes})

    @extend_schema(
        operation_id="images_unlike",
        summary="Take a like back",
        responses={200: LikeShape, **rest.problems(401, 403, 404)},
    )
    def delete(self, request: Request, image_id: int) -> Response:
        viewer = self.someone()
        likes = services.unlike(viewer=viewer, image=rest.seen_image(image_id, viewer))
        return Response({"image": image_id, "liked": False, "likes": likes})
