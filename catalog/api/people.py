"""People, as far as others see them."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from catalog import queries, rest


class PersonShape(rest.Shape):
    username = serializers.CharField()
    name = serializers.CharField()
    url = serializers.URLField(help_text="Their page.")
    images = serializers.IntegerField(help_text="How many of their pictures you may list; of your own, all.")
    pictures = serializers.URLField(help_text="Their pictures in this API.")


class Person(rest.View):
    @extend_schema(
        operation_id="people_retrieve",
        summary="Show a person",
        responses={200: PersonShape, **rest.problems(401, 403, 404)},
    )
    def get(self, request: Request, username: str) -> Response:
        found = queries.person_page(viewer=self.viewer, username=username)
        if found is None:
            raise Http404(_("There is no such person."))
        pictures = f"{reverse('api:images')}?{urlencode({'owner': found.username})}"
        return Response(
            {
                "username": found.username,
                "name": found.name,
                "url": rest.person_url(found.username, request),
                "images": found.images,
                "pictures": request.build_absolute_uri(pictures),
            }
        )
