"""What is like a picture: one that is here, or a photo that is only looked at."""

from __future__ import annotations

import dataclasses

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiExample, extend_schema, extend_schema_field, inline_serializer
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from catalog import rest, throttles
from recommender import search, similar
from recommender.api.shapes import EXAMPLE, DialShape, EntryShape, SimilarEntryShape, entry_json
from recommender.engine.dials import Dials
from recommender.engine.vision.aspects import ASPECTS


class SimilarQuery(rest.Shape):
    k = serializers.IntegerField(default=12, min_value=1, max_value=100, help_text="How many, at most.")
    mode = serializers.ChoiceField(
        choices=similar.MODES, default="blend", help_text="Alike in what; a mode without data gives nothing."
    )


def _dial(text: str) -> serializers.FloatField:
    text = f"{text}: 0 to 1; a half changes nothing."
    return serializers.FloatField(default=0.5, min_value=0, max_value=1, help_text=text)


class DialledQuery(SimilarQuery):
    colour = _dial("More or less of its colours")
    texture = _dial("More or less of its texture")
    subject = _dial("More or less of what it shows")
    composition = _dial("More or less of where things are in it")


class PhotoQuery(rest.Shape):
    file = extend_schema_field(OpenApiTypes.BINARY)(serializers.FileField)()
    k = serializers.IntegerField(default=24, min_value=1, max_value=100, help_text="How many, at most.")


class Similar(rest.View):
    @extend_schema(
        operation_id="images_similar",
        summary="List similar pictures",
        description=(
            "Alike by look, by the people who like both, by tags, or by all of these; near-copies are folded. Dials "
            "order the same pictures anew; and with one the answer says where all stand. `dials` is null while this "
            "picture has not been read for them; then they turn nothing."
        ),
        examples=[
            OpenApiExample(
                "One like it",
                value={
                    "results": [EXAMPLE | {"copies": 0, "z": None}],
                    "status": "ready",
                    "dials": dataclasses.asdict(Dials()),
                },
                response_only=True,
                status_codes=["200"],
            )
        ],
        parameters=[DialledQuery],
        responses={
            200: inline_serializer(
                "SimilarImages",
                {
                    "results": SimilarEntryShape(many=True),
                    "status": serializers.ChoiceField(
                        choices=["ready", "pending"], help_text="`pending`: it has not been looked at yet; ask again."
                    ),
                    "dials": DialShape(
                        required=False, allow_null=True, help_text="Where dials that were asked for stand."
                    ),
                },
            ),
            **rest.problems(400, 401, 403, 404, 503),
        },
    )
    def get(self, request: Request, image_id: int) -> Response:
        asked = rest.read(request, DialledQuery)
        dials = Dials.of(**{name: asked[name] for name in ASPECTS})
        image = rest.seen_image(image_id, self.viewer)
        found = similar.similar_images(
            viewer=self.viewer, image_id=image.pk, k=asked["k"], mode=asked["mode"], dials=dials, detail=True
        )
        results = [entry_json(entry, request) | {"copies": entry.copies} for entry in found.entries]
        if not set(ASPECTS) & set(request.query_params):
            return Response({"results": results, "status": found.status})
        results = [result | {"z": found.z.get(result["image"]["id"])} for result in results]
        standing = dataclasses.asdict(found.dials) if found.dials else None
        return Response({"results": results, "status": found.status, "dials": standing})


class PhotoSearch(rest.FileView, rest.PublicView):
    @extend_schema(
        operation_id="search_photo",
        summary="Search by a photo",
        examples=[
            OpenApiExample(
                "A good match",
                value={"good_match": True, "results": [EXAMPLE]},
                response_only=True,
                status_codes=["200"],
            )
        ],
        description="The photo is looked at and not kept. Anyone may, up to 120 times a minute.",
        request={"multipart/form-data": PhotoQuery},
        responses={
            200: inline_serializer(
                "PhotoMatch",
                {
                    "good_match": serializers.BooleanField(help_text="Whether the best of them is really alike."),
                    "results": EntryShape(many=True),
                },
            ),
            **rest.problems(400, 401, 403, 413, 415, 422, 429, 503),
        },
    )
    def post(self, request: Request) -> Response:
        viewer = self.someone()
        throttles.knock(throttles.PHOTO_SEARCH, throttles.who(request))
        asked = PhotoQuery(data=request.data)
        asked.is_valid(raise_exception=True)
        file = asked.validated_data["file"]
        try:
            match = search.by_photo(
                viewer=viewer, stream=file, declared_size=file.size, k=asked.validated_data["k"], detail=True
            )
        except search.Busy as error:
            raise rest.Unavailable(wait=error.retry_after) from error
        results = [entry_json(entry, request) for entry in match.entries]
        return Response({"good_match": match.good_match, "results": results})
