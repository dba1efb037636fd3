"""A name and a password for a token."""

from __future__ import annotations

from typing import Any

from allauth.account import app_settings as account_settings
from allauth.account.utils import has_verified_email
from django.contrib.auth import authenticate
from django.contrib.auth.models import AbstractUser
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiExample, extend_schema, extend_schema_serializer
from rest_framework import serializers
from rest_framework.authtoken.models import Token
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request
from rest_framework.response import Response

from catalog import rest, throttles


class Credentials(rest.Shape):
    username = serializers.CharField(max_length=254)
    password = serializers.CharField(max_length=1000, trim_whitespace=False, style={"input_type": "password"})


@extend_schema_serializer(
    examples=[
        OpenApiExample("A token", value={"token": "9944b09199c62bcf9418ad846dd0e4bbdfc6ee4b"}, response_only=True)
    ]
)
class TokenShape(rest.Shape):
    token = serializers.CharField(help_text="Send it as `Authorization: Token …`.")


class Tokens(rest.PublicView):
    authentication_classes: Any = []

    @extend_schema(
        operation_id="token_create",
        summary="Get a token",
        description="The same token each time, until it is withdrawn in the settings.",
        request=Credentials,
        responses={200: TokenShape, **rest.problems(400, 401, 413, 415, 429)},
        auth=[],
    )
    def post(self, request: Request) -> Response:
        said = Credentials(data=request.data)
        said.is_valid(raise_exception=True)
        username, password = said.validated_data["username"], said.validated_data["password"]
        key = throttles.sign_in_key(username, throttles.address_of(request))
        throttles.knock(throttles.LOGIN, key)
        user = authenticate(request._request, username=username, password=password)
        if not isinstance(user, AbstractUser) or not _may_sign_in(user):
            raise AuthenticationFailed(_("The name or the password is wrong."))
        throttles.forget(throttles.LOGIN, key)
        token, _created = Token.objects.get_or_create(user=user)
        return Response({"token": token.key})


def _may_sign_in(user: AbstractUser) -> bool:
    """Where addresses must be verified, only who has done so."""
    if account_settings.EMAIL_VERIFICATION != account_settings.EmailVerificationMethod.MANDATORY:
        return True
    return bool(has_verified_email(user))
