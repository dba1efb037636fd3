"""Every error under /api/ is one problem document, wherever it was raised."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import singledispatch
from typing import Any

from django.core.exceptions import BadRequest, PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.utils.translation import gettext
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.views import set_rollback

from catalog import intake
from catalog.queries.cursors import BadCursor
from catalog.queries.gallery import BadFilter
from catalog.rest import MEDIA_TYPE, PROBLEMS, Unavailable
from catalog.services import Duplicate, InvalidValue, NotKept
from catalog.storage import StorageUnavailable
from catalog.throttles import Throttled

logger = logging.getLogger(__name__)

AUTHENTICATE = "Token"
# What is known of an error that has nothing but its status.
BARE = {
    401: "not-signed-in",
    403: "forbidden",
    404: "not-found",
    405: "method-not-allowed",
    413: "too-large",
    429: "throttled",
    503: "unavailable",
}
WAIT = 5  # seconds until a store that was away is worth another try


@dataclass(frozen=True, slots=True)
class Problem:
    """What is said of an error. code: one of PROBLEMS. extra: members beyond the usual five."""

    code: str
    detail: str = ""
    errors: dict[str, list[str]] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)
    extra: dict[str, Any] = field(default_factory=dict)

    @property
    def status(self) -> int:
        return PROBLEMS[self.code][0]

    def as_json(self) -> dict[str, Any]:
        title = str(PROBLEMS[self.code][1])
        return {
            "type": f"/problems/{self.code}",
            "title": title,
            "status": self.status,
            "detail": self.detail or f"{title}.",
            "errors": self.errors,
            **self.extra,
        }


def problem(exc: Exception, context: dict[str, Any]) -> Response | None:
    """REST framework's exception handler. None for what nobody expected: it is logged, and answered by `Problems`."""
    said = problem_of(exc, context["request"])
    if said is None:
        return None
    set_rollback()
    if said.status == 503:
        logger.warning("%s: %s", type(exc).__name__, exc)
    return Response(said.as_json(), status=said.status, headers=said.headers, content_type=MEDIA_TYPE)


class Problems:
    """Middleware: an error under /api/ that no view answered, such as an unknown host or a fault, is a problem too."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if response.status_code < 400 or not request.path_info.startswith("/api/"):
            return response
        if response.headers.get("Content-Type", "").startswith(MEDIA_TYPE):
            return response
        return _rewritten(response)


def _rewritten(response: HttpResponseBase) -> HttpResponse:
    said = Problem(BARE.get(response.status_code, "broken" if response.status_code >= 500 else "malformed"))
    answer = JsonResponse(said.as_json(), status=said.status, headers=said.headers, content_type=MEDIA_TYPE)
    answer.cookies = response.cookies
    for name in ("Allow", "WWW-Authenticate", "Vary", "Retry-After"):
        if name in response.headers:
            answer.headers[name] = response.headers[name]
    return answer


@singledispatch
def problem_of(exc: Exception, request: HttpRequest) -> Problem | None:
    """The problem that an exception is; None where nobody expected it. Each is raised elsewhere, and only told here."""
    return None


@problem_of.register
def _(exc: Http404, request: HttpRequest) -> Problem:
    return Problem("not-found", _said(exc))


@problem_of.register
def _(exc: PermissionDenied, request: HttpRequest) -> Problem:
    return Problem("forbidden", _said(exc))


@problem_of.register
def _(exc: NotKept, request: HttpRequest) -> Problem:
    return Problem("private", _said(exc))


@problem_of.register(MultiPartParserError)
@problem_of.register(UnreadablePostError)
@problem_of.register(BadRequest)
@problem_of.register(SuspiciousOperation)
def _(exc: Exception, request: HttpRequest) -> Problem:
    return Problem("malformed")


@problem_of.register
def _(exc: RequestDataTooBig, request: HttpRequest) -> Problem:
    return Problem("too-large", gettext("The body has more bytes than are taken here."))


@problem_of.register(OperationalError)
@problem_of.register(InterfaceError)
@problem_of.register(StorageUnavailable)
@problem_of.register(intake.DecoderUnavailable)
def _(exc: Exception, request: HttpRequest) -> Problem:
    return Problem("unavailable", headers={"Retry-After": str(WAIT)})


@problem_of.register
def _(exc: intake.Refused, request: HttpRequest) -> Problem:
    detail = gettext(exc.sentence) % exc.params
    code = {400: "empty", 413: "too-large", 415: "unsupported", 422: "undecodable"}[exc.status]
    return Problem(code, detail, errors={"file": [detail]})


@problem_of.register(InvalidValue)
@problem_of.register(BadFilter)
def _(exc: InvalidValue | BadFilter, request: HttpRequest) -> Problem:
    return Problem("invalid", str(exc), errors={exc.field: [str(exc)]})


@problem_of.register
def _(exc: BadCursor, request: HttpRequest) -> Problem:
    return Problem("invalid", str(exc), errors={"cursor": [str(exc)]})


@problem_of.register
def _(exc: Duplicate, request: HttpRequest) -> Problem:
    url = request.build_absolute_uri(exc.image.get_absolute_url())
    return Problem(
        "duplicate", str(exc), errors={"file": [str(exc)]}, extra={"image": {"id": exc.image.pk, "url": url}}
    )


@problem_of.register
def _(exc: Throttled, request: HttpRequest) -> Problem:
    return Problem("throttled", str(exc), headers={"Retry-After": str(exc.retry_after)})


@problem_of.register
def _(exc: exceptions.APIException, request: HttpRequest) -> Problem:
    code = str(exc.get_codes())
    if code not in PROBLEMS:
        code = {404: "not-found", 405: "method-not-allowed"}.get(exc.status_code, "malformed")
    return Problem(code, str(exc.detail))


@problem_of.register(exceptions.NotAuthenticated)
@problem_of.register(exceptions.AuthenticationFailed)
def _(exc: exceptions.APIException, request: HttpRequest) -> Problem:
    return Problem("not-signed-in", str(exc.detail), headers={"WWW-Authenticate": AUTHENTICATE})


@problem_of.register
def _(exc: exceptions.PermissionDenied, request: HttpRequest) -> Problem:
    return Problem("csrf" if str(exc.detail).startswith("CSRF") else "forbidden", str(exc.detail))


@problem_of.register
def _(exc: exceptions.UnsupportedMediaType, request: HttpRequest) -> Problem:
    return Problem("unsupported-media-type", str(exc.detail))


@problem_of.register
def _(exc: Unavailable, request: HttpRequest) -> Problem:
    return Problem("unavailable", str(exc.detail), headers={"Retry-After": str(exc.wait)})


@problem_of.register
def _(exc: exceptions.ValidationError, request: HttpRequest) -> Problem:
    errors: dict[str, list[str]] = {}
    for name, text in _flat(exc.detail):
        errors.setdefault(name, []).append(text)
    general = errors.pop("", [])
    if set(errors) == {"file"} and exc.get_codes() == {"file": ["empty"]}:
        return Problem("empty", errors["file"][0], errors=errors)
    detail = " ".join(general) or "; ".join(f"{name}: {' '.join(texts)}" for name, texts in errors.items())
    return Problem("invalid", detail, errors=errors)


def _flat(detail: Any, name: str = "") -> Iterator[tuple[str, str]]:
    """Field (dotted where it lies deeper) and text of every complaint."""
    if isinstance(detail, dict):
        for key, inner in detail.items():
            own = "" if key == "non_field_errors" else str(key)
            yield from _flat(inner, ".".join(filter(None, [name, own])))
    elif isinstance(detail, list):
        for inner in detail:
            yield from _flat(inner, name)
    else:
        # A complaint may quote half a character, which no answer can carry.
        yield name, str(detail).encode(errors="replace").decode()


def _said(exc: Exception) -> str:
    return str(exc.args[0]) if exc.args else ""
