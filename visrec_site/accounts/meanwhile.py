"""Who has been signed out since their page was made: what they send from it counts for nobody, and they are told so."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.csrf import csrf_failure

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
        if request.user.is_authenticated:
            if _writer(request):
                unsent.forget(request, action=request.get_full_path())
            return None
        return _turned_away(request) if _is_a_members(request) else None


def stale(request: ViewerRequest, reason: str = "") -> HttpResponse:
    """What Django answers where a form's token is not good: the cookies are gone, or somebody has signed in anew.

    The browser's word for where a form comes from cannot be forged; only what was written here is kept.
    """
    is_ours = request.headers.get("Origin") == request.build_absolute_uri("/")[:-1]
    if is_ours and not request.user.is_authenticated and _is_a_members(request):
        return _turned_away(request)
    if is_ours and _writer(request) == str(request.user.pk):
        page = _page(request)
        if unsent.keep(request, writer=_writer(request), page=urlsplit(page).path) and not request.htmx:
            return HttpResponseRedirect(page)
    return csrf_failure(request, reason=reason)


def _turned_away(request: ViewerRequest) -> HttpResponse:
    """To sign in, with what was written kept."""
    page, writer = _page(request), _writer(request)
    is_kept = bool(writer) and unsent.keep(request, writer=writer, page=urlsplit(page).path)
    if request.htmx or _is_for_machines(request):
        return HttpResponse(status=401)
    out = "kept" if is_kept else "yes"
    return HttpResponseRedirect(f"{settings.LOGIN_URL}?{urlencode({'next': page, 'out': out})}")


def _is_a_members(request: ViewerRequest) -> bool:
    """Whether the page that this comes from was made for a member."""
    if "X-Made-For" in request.headers:
        return True
    return not _is_for_machines(request) and bool(_writer(request) or request.POST.get("made_for"))


def _writer(request: ViewerRequest) -> str:
    """Who wrote in the form that this request brings, by its key; nobody where nothing was written in."""
    return "" if _is_for_machines(request) else request.POST.get("written_by", "")


def _is_for_machines(request: ViewerRequest) -> bool:
    return request.path_info.startswith("/api/")


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
