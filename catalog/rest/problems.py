"""What can go wrong, in words: every error of the API is one of these, as application/problem+json (RFC 9457)."""

from __future__ import annotations

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiResponse
from rest_framework import serializers
from rest_framework.exceptions import APIException

from catalog.rest import examples
from catalog.rest.shape import Shape

MEDIA_TYPE = "application/problem+json"

# code → (status, title). The code ends the problem's `type`, /problems/<code>; codes stay as they are for ever.
PROBLEMS: dict[str, tuple[int, Promise]] = {
    "invalid": (400, _("Some of what was sent cannot be taken")),
    "malformed": (400, _("The request cannot be read")),
    "empty": (400, _("The file is empty")),
    "not-signed-in": (401, _("This needs someone who is signed in")),
    "forbidden": (403, _("This is not yours to do")),
    "private": (403, _("You are browsing privately")),
    "csrf": (403, _("The CSRF token is missing or wrong")),
    "not-found": (404, _("There is nothing here")),
    "method-not-allowed": (405, _("This cannot be done here")),
    "duplicate": (409, _("This picture is already here")),
    "not-failed": (409, _("Only a picture that failed can be tried again")),
    "too-large": (413, _("This is too large")),
    "unsupported": (415, _("This is not a format that is taken here")),
    "unsupported-media-type": (415, _("The body is not of a type that is taken here")),
    "undecodable": (422, _("The picture cannot be decoded")),
    "throttled": (429, _("Too often: come back later")),
    "broken": (500, _("Something broke on our side")),
    "unavailable": (503, _("Not possible right now: come back a little later")),
}

STATUS_WORDS = {
    400: "A field, a parameter, a cursor or the file cannot be taken; `errors` says which.",
    401: "Only for someone who is signed in; or the token is not good.",
    403: "To be seen, but not to be changed; or a signed-in session came without its CSRF token.",
    404: "Not there, or not to be seen by you.",
    405: "The address knows other methods; see `Allow`.",
    409: "It contradicts what is there.",
    413: "More bytes than are taken.",
    415: "Neither the right media type nor, for a picture, one of the formats that are taken.",
    422: "The format is right, but the picture cannot be decoded.",
    429: "Too often; `Retry-After` says for how many seconds.",
    503: "Busy or broken for a moment; `Retry-After` says for how many seconds.",
}


class Conflict(APIException):
    """What is asked contradicts what is there; `code` is one of PROBLEMS."""

    status_code = 409


class Unavailable(APIException):
    """Not now. `wait`: seconds until another try makes sense."""

    status_code = 503
    default_code = "unavailable"
    default_detail = _("This is not possible right now; try again a little later.")

    def __init__(self, *, wait: int, detail: str | None = None) -> None:
        super().__init__(detail)
        self.wait = wait


class KnownImage(Shape):
    id = serializers.IntegerField()
    url = serializers.URLField()


class ProblemShape(Shape):
    """An error, as RFC 9457 has it. `type` is a reference that also opens as a page."""

    type = serializers.CharField(help_text="`/problems/<code>`; the code never changes its meaning.")
    title = serializers.CharField()
    status = serializers.IntegerField(min_value=400, max_value=599)
    detail = serializers.CharField()
    errors: Any = serializers.DictField(
        child=serializers.ListField(child=serializers.CharField()),
        help_text="Field or parameter → what is wrong with it; empty where no field is to blame.",
    )
    image = KnownImage(required=False, help_text="Only with `duplicate`: the same picture, if the uploader may see it.")


def problems(*statuses: int) -> dict[Any, OpenApiResponse]:
    """The errors of an operation, for its schema. 405 belongs to every address and is left out."""
    return {
        (status, MEDIA_TYPE): OpenApiResponse(
            ProblemShape, description=STATUS_WORDS[status], examples=[examples.problem(status)]
        )
        for status in statuses
    }
