"""What the answers look like, for readers of the schema."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import OpenApiExample

_SITE = "https://pictures.example"
_ID = 2251799813685249

IMAGE: dict[str, Any] = {
    "id": _ID,
    "url": f"{_SITE}/images/{_ID}/",
    "title": "Lake before the storm",
    "description": "From the north shore.",
    "owner": {"username": "ada", "url": f"{_SITE}/people/ada/"},
    "category": {"slug": "lakes", "name": "Lakes", "path": ["nature", "lakes"]},
    "tags": [
        {"slug": "still-water", "name": "Still water", "source": "person", "confidence": None},
        {"slug": "lakeside", "name": "lakeside", "source": "machine", "confidence": 0.83},
    ],
    "visibility": "public",
    "status": "findable",
    "error": None,
    "width": 4000,
    "height": 3000,
    "created_at": "2026-03-01T09:30:00Z",
    "likes": 12,
    "liked": False,
    "placeholder": "data:image/webp;base64,UklGRjoAAABXRUJQ",
    "colour": "#3b5d72",
    "palette": ["#3b5d72", "#a9b8bd", "#1d2a30"],
    "renditions": {size: f"{_SITE}/media/{_ID}/9f2c51d07a3be846/{size}.webp" for size in ("320", "640", "1280")},
    "source": "https://example.org/lakes/7",
    "licence": "CC BY 4.0",
}

_PROBLEMS: dict[int, tuple[str, str, str, dict[str, list[str]]]] = {
    400: (
        "invalid",
        "Some of what was sent cannot be taken",
        "limit: Ensure this value is less than or equal to 100.",
        {"limit": ["Ensure this value is less than or equal to 100."]},
    ),
    401: (
        "not-signed-in",
        "This needs someone who is signed in",
        "Authentication credentials were not provided.",
        {},
    ),
    403: ("forbidden", "This is not yours to do", "Only its owner changes a picture.", {}),
    404: ("not-found", "There is nothing here", "There is no such picture, or it is not to be seen by you.", {}),
    409: (
        "duplicate",
        "This picture is already here",
        "This picture is already here.",
        {"file": ["This picture is already here."]},
    ),
    413: (
        "too-large",
        "This is too large",
        "The file is larger than 20 MB, the most that is taken.",
        {"file": ["The file is larger than 20 MB, the most that is taken."]},
    ),
    415: (
        "unsupported",
        "This is not a format that is taken here",
        "This is not a picture in a format that is taken here: JPEG, PNG, WebP, GIF, AVIF, HEIC.",
        {"file": ["This is not a picture in a format that is taken here: JPEG, PNG, WebP, GIF, AVIF, HEIC."]},
    ),
    422: (
        "undecodable",
        "The picture cannot be decoded",
        "The file is damaged or incomplete and cannot be read.",
        {"file": ["The file is damaged or incomplete and cannot be read."]},
    ),
    429: (
        "throttled",
        "Too often: come back later",
        "Too many requests; try again in 42 seconds.",
        {},
    ),
    503: (
        "unavailable",
        "Not possible right now: come back a little later",
        "This is not possible right now; try again a little later.",
        {},
    ),
}


def image() -> OpenApiExample:
    return OpenApiExample("A picture", value=IMAGE, response_only=True)


def page_of(row: dict[str, Any], path: str) -> OpenApiExample:
    """A page with one such row; path: of the list, below the version."""
    value = {"next": f"{_SITE}/api/v1/{path}?cursor=WyJuZXdlc3QiXQ", "previous": None, "results": [row]}
    return OpenApiExample("A page", value=value, response_only=True, status_codes=["200"])


def problem(status: int) -> OpenApiExample:
    code, title, detail, errors = _PROBLEMS[status]
    value: dict[str, Any] = {
        "type": f"/problems/{code}",
        "title": title,
        "status": status,
        "detail": detail,
        "errors": errors,
    }
    if code == "duplicate":
        value["image"] = {"id": _ID, "url": IMAGE["url"]}
    return OpenApiExample(code, value=value, response_only=True)
