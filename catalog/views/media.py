"""The files themselves, each only for viewers who may see it."""

import re

from django.contrib.auth.decorators import login_not_required, login_required
from django.http import FileResponse, Http404, HttpResponseBase, HttpResponseNotModified
from django.shortcuts import get_object_or_404
from django.utils.http import parse_etags
from django.views.decorators.http import require_safe

from catalog import storage
from catalog.models import Image
from catalog.queries.cards import SIZES
from catalog.viewers import NOBODY, ViewerRequest

# A picture made private is out of everyone's browser within this time.
MAX_AGE = 60
SANDBOX = "sandbox; default-src 'none'"
TYPES = {
    "JPEG": "image/jpeg",
    "PNG": "image/png",
    "WEBP": "image/webp",
    "GIF": "image/gif",
    "AVIF": "image/avif",
    "HEIC": "image/heic",
}


@login_not_required
@require_safe
def rendition(request: ViewerRequest, image_id: int, token: str, size: int) -> HttpResponseBase:
    """One rendition. A public picture costs one query and no session."""
    images = Image.objects.filter(pk=image_id, rendition_token=token)
    if size not in SIZES or not (images.visible_to(NOBODY).exists() or images.visible_to(request.viewer).exists()):
        raise Http404
    etag = f'"{token}-{size}"'
    if etag in parse_etags(request.headers.get("If-None-Match", "")):
        return _guarded(HttpResponseNotModified(), etag)
    try:
        file = storage.open_rendition(image_id, token, size)
    except FileNotFoundError as error:
        raise Http404 from error
    return _guarded(FileResponse(file, content_type="image/webp"), etag)


@login_required
@require_safe
def original(request: ViewerRequest, image_id: int) -> FileResponse:
    """The file as it came, hidden data and all, for its owner alone."""
    image = get_object_or_404(Image.objects.owned_by(request.viewer), pk=image_id)
    try:
        file = storage.originals().open(image.original)
    except FileNotFoundError as error:
        raise Http404 from error
    words = re.sub(r"[^-\w]+", "_", image.title).strip("_")[:80] or "picture"
    name = f"{words}.{image.original_format.lower().replace('jpeg', 'jpg')}"
    content_type = TYPES.get(image.original_format, "application/octet-stream")
    response = FileResponse(file, as_attachment=True, filename=name, content_type=content_type)
    response["Cache-Control"] = "private, no-store"
    response["Content-Security-Policy"] = SANDBOX
    return response


def _guarded(response: HttpResponseBase, etag: str) -> HttpResponseBase:
    response["ETag"] = etag
    response["Cache-Control"] = f"private, max-age={MAX_AGE}"
    response["Content-Security-Policy"] = SANDBOX
    return response
