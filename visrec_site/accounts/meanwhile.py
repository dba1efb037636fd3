"""Who has been signed out since their page was made: what they send from it counts for nobody, and they are told so."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme

from catalog.viewers import ViewerRequest
from visrec_site.accounts import unsent

SAFE = ("GET", "HEAD", "OPTIONS", "TRACE")


class SignedOutMeanwhile:
    """Middleware: a page made for a member says so with all it sends (base.html, partials/made_for.html).

    Without it, what a member likes after their session has ended would silently be a stranger's like.
    """

    def __init__(self, get_response: Callable[[ViewerRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: ViewerRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: ViewerRequest, *_view: Any) -> HttpResponse | None:
        if request.method in SAFE:
            return None
        fields = {} if request.path_info.startswith("/api/") else request.POST
        writer = fields.get("written_by", "")
        if request.user.is_authenticated:
            if writer:
                unsent.forget(request, action=request.get_full_path())
            return None
        if not (writer or fields.get("made_for") or "X-Made-For" in request.headers):
            return None
        page = _page(request)
        is_kept = bool(writer) and unsent.keep(request, writer=writer, page=urlsplit(page).path)
        if request.htmx or request.path_info.startswith("/api/"):
            return HttpResponse(status=401)
        out = "kept" if is_kept else "yes"
        return HttpResponseRedirect(f"{settings.LOGIN_URL}?{urlencode({'next': page, 'out': out})}")


def _page(request: ViewerRequest) -> str:
    """The page that something was sent from, as an address of this site."""
    named = (request.htmx.current_url_abs_path, request.POST.get("next"), request.headers.get("Referer"))
    for address in named:
        ours = url_has_allowed_host_and_scheme(
            address, allowed_hosts={request.get_host()}, require_https=request.is_secure()
        )
        if address and ours:
            parts = urlsplit(address)
            return f"{parts.path}?{parts.query}" if parts.query else parts.path
    return "/"
