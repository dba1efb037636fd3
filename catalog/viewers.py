"""Who is looking: the argument of every query, service and feed."""

import re
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject
from django_htmx.middleware import HtmxDetails

VISITOR_KEY = "visitor"
# What is asked for by machines, or carries no person's state, gets no session.
SESSIONLESS = (
    "/health/", "/static/", "/media/", "/api/schema", "/api/docs", "/api/v1/token/", "/problems/",
    "/favicon.ico", "/manifest.webmanifest", "/service-worker.js", "/offline/",
)  # fmt: skip
ROBOTS = re.compile(r"bot\b|crawl|spider|slurp|facebookexternalhit|link ?preview", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Viewer:
    """A signed-in person (user_id), an anonymous visitor (a random id kept in the session), or nobody at all.

    counts: whether what they do may count in figures and experiments. Not that of robots, nor of who browses
    privately: whose browser says `Sec-GPC: 1` or `DNT: 1`.
    """

    user_id: int | None = None
    visitor: uuid.UUID | None = None
    is_staff: bool = False
    counts: bool = True

    @property
    def is_someone(self) -> bool:
        return self.user_id is not None or self.visitor is not None

    @property
    def columns(self) -> dict[str, Any]:
        """The columns of a Like, a Dismissal, an Event or a Feed that say whose it is."""
        return {"user_id": self.user_id} if self.user_id is not None else {"visitor": self.visitor}


NOBODY = Viewer()


def viewer_of(request: Any) -> Viewer:
    """The viewer of a Django or REST framework request, by whatever means it signed in."""
    user = request.user
    if user.is_authenticated:
        return Viewer(user_id=user.pk, is_staff=user.is_staff, counts=_counts(request))
    visitor = request.session.get(VISITOR_KEY)
    return Viewer(visitor=uuid.UUID(visitor) if visitor else None, counts=_counts(request))


def _counts(request: Any) -> bool:
    asks_not_to_be_followed = "1" in (request.headers.get("Sec-GPC"), request.headers.get("DNT"))
    return not asks_not_to_be_followed and not ROBOTS.search(request.headers.get("User-Agent", ""))


class ViewerRequest(HttpRequest):
    """A request as views get it, with what the middleware has added."""

    viewer: Viewer
    htmx: HtmxDetails
    user: Any


class ViewerMiddleware:
    """Give each anonymous session its random visitor id, and each request its `viewer`."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if self.is_a_new_visitor(request):
            request.session[VISITOR_KEY] = uuid.uuid4().hex
        request.viewer = SimpleLazyObject(lambda: viewer_of(request))  # type: ignore[attr-defined]
        return self.get_response(request)

    @staticmethod
    def is_a_new_visitor(request: HttpRequest) -> bool:
        return (
            not request.path.startswith(SESSIONLESS)
            and not (request.path.startswith("/api/") and "Authorization" in request.headers)
            and VISITOR_KEY not in request.session
            and not request.user.is_authenticated
        )
