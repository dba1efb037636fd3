"""People, as far as others see them."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib.auth.models import AbstractUser
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from catalog import queries, rest, services


class PersonShape(rest.Shape):
    username = serializers.CharField()
    name = serializers.CharField()
    url = serializers.URLField(help_text="Their page.")
    about = serializers.CharField()
    images = serializers.IntegerField(help_text="How many of their pictures you may list; of your own, all.")
    followers = serializers.IntegerField()
    followed = serializers.BooleanField(help_text="Whether you follow them.")
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
                "about": found.about,
                "images": found.images,
                "followers": found.followers,
                "followed": found.followed,
                "pictures": request.build_absolute_uri(pictures),
            }
        )


class FollowShape(rest.Shape):
    username = serializers.CharField()
    followed = serializers.BooleanField()


class Follow(rest.View):
    @extend_schema(
        operation_id="people_follow",
        summary="Follow a person",
        request=None,
        responses={200: FollowShape, **rest.problems(400, 401, 403, 404)},
    )
    def put(self, request: Request, username: str) -> Response:
        person = _found(username)
        try:
            services.follow(viewer=self.viewer, person=person)
        except services.NotYourself as error:
            raise ValidationError({"username": [_("Nobody follows themselves.")]}) from error
        return Response({"username": person.get_username(), "followed": True})

    @extend_schema(
        operation_id="people_unfollow",
        summary="Follow a person no more",
        responses={200: FollowShape, **rest.problems(401, 403, 404)},
    )
    def delete(self, request: Request, username: str) -> Response:
        person = _found(username)
        services.unfollow(viewer=self.viewer, person=person)
        return Response({"username": person.get_username(), "followed": False})


def _found(username: str) -> AbstractUser:
    person = queries.person_named(username)
    if person is None:
        raise Http404(_("There is no such person."))
    return person
