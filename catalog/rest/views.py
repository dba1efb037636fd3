"""The base of all views of the API: what is refused before anything is read, and who is asking."""

from __future__ import annotations

import codecs
import uuid
from collections.abc import Iterable, Mapping
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import Http404
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from rest_framework import exceptions, negotiation, parsers
from rest_framework.permissions import AllowAny, IsAuthenticatedOrReadOnly
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from catalog.models import Image
from catalog.viewers import VISITOR_KEY, Viewer, viewer_of

ENVELOPE = 256 * 1024
"""Bytes that the other fields and the boundaries of a form may take beside its file."""


class AlwaysJson(negotiation.DefaultContentNegotiation):
    """The API answers in JSON, whatever a client says it accepts."""

    def select_renderer(
        self, request: Request, renderers: Iterable[BaseRenderer], format_suffix: str | None = None
    ) -> tuple[BaseRenderer, str]:
        first = next(iter(renderers))
        return first, first.media_type


class JSONParser(parsers.JSONParser):
    """JSON that nests deeper than the parser's stack is malformed, not a fault of ours."""

    def parse(self, stream: Any, media_type: str | None = None, parser_context: Mapping[str, Any] | None = None) -> Any:
        try:
            return super().parse(stream, media_type, parser_context)
        except RecursionError as error:
            raise exceptions.ParseError(_("The JSON is nested too deeply.")) from error


class View(APIView):
    """Anyone may read what they may see; changing needs someone who is signed in."""

    permission_classes = [IsAuthenticatedOrReadOnly]
    content_negotiation_class = AlwaysJson
    parser_classes = [JSONParser, parsers.FormParser, parsers.MultiPartParser]
    http_method_names = ["get", "head", "post", "put", "patch", "delete"]
    body_limit = settings.DATA_UPLOAD_MAX_MEMORY_SIZE

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Refuse what no one may do, then what is too large, before the body is read; then ask who it is."""
        if request.method not in self.allowed_methods:
            raise exceptions.MethodNotAllowed(str(request.method))
        if _declared_length(request) > self.body_limit:
            raise RequestDataTooBig
        if "Transfer-Encoding" in request.headers and not request.headers.get("Content-Length"):
            raise exceptions.ParseError(_("Send the body in one piece, with its Content-Length."))
        if request.encoding and codecs.lookup(request.encoding).name != "utf-8":
            raise exceptions.UnsupportedMediaType(request.content_type, _("Write text in UTF-8."))
        super().initial(request, *args, **kwargs)

    def finalize_response(self, request: Request, response: Response, *args: Any, **kwargs: Any) -> Response:
        """Every answer is for whoever asked, and only for now: a like, or a picture made private, counts at once."""
        response = super().finalize_response(request, response, *args, **kwargs)
        patch_cache_control(response, private=True, no_cache=True)
        return response

    @property
    def viewer(self) -> Viewer:
        return viewer_of(self.request)

    def someone(self) -> Viewer:
        """The viewer, never nobody: who asks without account and session gets a visitor's session."""
        if not self.viewer.is_someone:
            self.request.session[VISITOR_KEY] = uuid.uuid4().hex
        return self.viewer


class PublicView(View):
    """Anyone may, with or without an account."""

    permission_classes = [AllowAny]


class FileView(View):
    """Takes a form with a file in it."""

    parser_classes = [parsers.MultiPartParser]
    body_limit = settings.UPLOAD_LIMIT + ENVELOPE


def _declared_length(request: Request) -> int:
    length = request.META.get("CONTENT_LENGTH") or "0"
    return int(length) if length.isdecimal() else 0


def seen_image(image_id: int, viewer: Viewer) -> Image:
    """The picture, if the viewer may see it. Raises Http404."""
    image: Image | None = Image.objects.visible_to(viewer).filter(pk=image_id).first()
    if image is None:
        raise Http404(_("There is no such picture, or it is not to be seen by you."))
    return image


def own_image(image_id: int, viewer: Viewer) -> Image:
    """The picture, if the viewer may change it. Raises Http404 where they may not see it, else PermissionDenied."""
    image = seen_image(image_id, viewer)
    if not Image.objects.editable_by(viewer).filter(pk=image_id).exists():
        raise exceptions.PermissionDenied(_("Only its owner changes a picture."))
    return image
