"""Pictures: the gallery, one of them, and what its owner does with it."""

from __future__ import annotations

from typing import Any, cast

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from catalog import intake, queries, rest, services, throttles
from catalog.api.inputs import ImageEdit, Upload
from catalog.queries.gallery import ORDERINGS
from catalog.viewers import Viewer

LOCATION = OpenApiParameter(
    "Location", str, OpenApiParameter.HEADER, response=[202], description="The picture's address in this API."
)


class GalleryQuery(rest.Filters):
    q = serializers.CharField(
        required=False, allow_blank=True, max_length=200, help_text="Words in title, tags, category or description."
    )
    colour = serializers.RegexField(
        r"^#?[0-9A-Fa-f]{6}$", required=False, allow_blank=True, help_text="rrggbb: pictures with this colour in them."
    )
    ordering = serializers.ChoiceField(
        choices=[*ORDERINGS, "relevance"],
        required=False,
        help_text="`newest`, unless words are searched for: then `relevance`.",
    )


class Images(rest.FileView):
    @extend_schema(
        operation_id="images_list",
        summary="List pictures",
        description="Pictures that are public, and your own, once they are ready. All filters must hold.",
        parameters=[GalleryQuery],
        examples=[rest.examples.page_of(rest.examples.IMAGE, "images/")],
        responses={200: rest.page_shape("ImagePage", rest.ImageShape(many=True)), **rest.problems(400, 401, 403)},
    )
    def get(self, request: Request) -> Response:
        asked = rest.read(request, GalleryQuery)
        page = queries.gallery_page(
            viewer=self.viewer,
            where=rest.gallery_filter(asked),
            ordering=asked.get("ordering") or ("relevance" if asked.get("q", "").strip() else "newest"),
            cursor=asked.get("cursor") or None,
            limit=asked["limit"],
            detail=True,
        )
        results = [rest.image_json(card, request) for card in page.cards]
        return Response(rest.page_of(request, results, after=page.next, before=page.previous))

    @extend_schema(
        operation_id="images_create",
        summary="Add a picture",
        description="Takes the file and answers at once; decoding follows. Ask the picture for its `status`.",
        request={"multipart/form-data": Upload},
        parameters=[LOCATION],
        responses={202: rest.ImageShape, **rest.problems(400, 401, 403, 409, 413, 415, 429, 503)},
    )
    def post(self, request: Request) -> Response:
        throttles.knock(throttles.UPLOAD, throttles.who(request))
        said = Upload(data=request.data)
        said.is_valid(raise_exception=True)
        words = dict(said.validated_data)
        file = words.pop("file")
        original = intake.open_upload(file, declared_size=file.size, limit=settings.UPLOAD_LIMIT)
        image = services.add_image(owner=cast(AbstractUser, request.user), original=original, **words)
        address = request.build_absolute_uri(reverse("api:image", args=[image.pk]))
        return Response(_image(image.pk, request, self.viewer), status=202, headers={"Location": address})


class OneImage(rest.View):
    @extend_schema(
        operation_id="images_retrieve",
        summary="Show a picture",
        responses={200: rest.ImageShape, **rest.problems(401, 403, 404)},
    )
    def get(self, request: Request, image_id: int) -> Response:
        return Response(_image(image_id, request, self.viewer))

    @extend_schema(
        operation_id="images_update",
        summary="Change a picture's words",
        request=ImageEdit,
        responses={200: rest.ImageShape, **rest.problems(400, 401, 403, 404, 413, 415)},
    )
    def patch(self, request: Request, image_id: int) -> Response:
        image = rest.own_image(image_id, self.viewer)
        said = ImageEdit(data=request.data, partial=True)
        said.is_valid(raise_exception=True)
        services.edit_image(image=image, **said.validated_data)
        return Response(_image(image_id, request, self.viewer))

    @extend_schema(
        operation_id="images_delete",
        summary="Delete a picture",
        description="It is out of sight at once, and erased with its files a little later.",
        responses={204: OpenApiResponse(description="Deleted."), **rest.problems(401, 403, 404)},
    )
    def delete(self, request: Request, image_id: int) -> Response:
        services.delete_image(image=rest.own_image(image_id, self.viewer))
        return Response(status=204)


class Retry(rest.View):
    @extend_schema(
        operation_id="images_retry",
        summary="Try a failed picture again",
        request=None,
        responses={202: rest.ImageShape, **rest.problems(401, 403, 404, 409)},
    )
    def post(self, request: Request, image_id: int) -> Response:
        image = rest.own_image(image_id, self.viewer)
        if not services.retry_image(image=image):
            raise rest.Conflict(_("This picture has not failed."), code="not-failed")
        return Response(_image(image_id, request, self.viewer), status=202)


def _image(image_id: int, request: Request, viewer: Viewer) -> dict[str, Any]:
    card = queries.image_page(image_id, viewer)
    if card is None:
        raise Http404(_("There is no such picture, or it is not to be seen by you."))
    return rest.image_json(card, request)
