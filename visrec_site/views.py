"""What belongs to no app: the site's context for templates, and the pages for what went wrong."""

import sys
from functools import cache, partial

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import RequestDataTooBig, TooManyFilesSent
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from catalog.storage import StorageUnavailable
from catalog.throttles import Throttled
from catalog.views.parameters import NoLonger
from visrec_site import appearance
from visrec_site.accounts import choices, unsent
from visrec_site.navigation import sections

RETRY_AFTER = 10
RESTING = (OperationalError, InterfaceError, StorageUnavailable)
# Status → what happened, and what to do.
ERRORS = {
    400: (_("That request made no sense"), _("The address or the form was incomplete. Go back and try again.")),
    403: (_("This is not yours to open"), _("Your account may not do this. Sign in with another, or go back.")),
    404: (_("There is nothing here"), _("It may have been deleted or made private, or the address has a slip in it.")),
    413: (_("That was too much at once"), _("Send fewer or smaller files. Nothing was kept of this request.")),
    429: (_("A little slower, please"), _("Too many tries in a short time. Wait a moment, then go on.")),
    500: (_("Something broke on our side"), _("It has been written down. What you had saved is kept; try again.")),
    503: (_("The gallery is resting"), _("A part of it does not answer. Nothing is lost; try again in a few seconds.")),
}


def site_context(request: HttpRequest) -> dict[str, object]:
    """site_name, icons, how the site looks (see appearance); navigation and unsent: functions, for who asks them."""
    navigation = partial(sections, request)
    return {
        "site_name": choices.site_name(),
        "icons": icons,
        "navigation": navigation,
        "unsent": partial(_unsent, request),
        **appearance.context(request),
    }


def _unsent(request: HttpRequest) -> list[unsent.Unsent]:
    return unsent.written_on(request) if request.user.is_authenticated else []


@cache
def icons() -> str:
    """The icons of every page, drawn once a process: they hold no words."""
    return render_to_string("partials/icons.html")


@login_not_required
def desk_login(request: HttpRequest) -> HttpResponse:
    """The desk has no door of its own: one way to sign in, with one count of tries."""
    if request.user.is_authenticated:
        return error_page(403)
    return redirect_to_login(request.GET.get("next") or "/admin/")


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return error_page(413 if isinstance(exception, RequestDataTooBig | TooManyFilesSent) else 400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return error_page(403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return error_page(404, text=str(exception) if isinstance(exception, NoLonger) else "")


def server_error(request: HttpRequest) -> HttpResponse:
    """A fault of a store is a rest, not a breakdown; Django calls this while the exception is being handled."""
    error = sys.exc_info()[1]
    if isinstance(error, Throttled):
        return error_page(429, retry_after=error.retry_after)
    if isinstance(error, RESTING):
        return error_page(503, retry_after=RETRY_AFTER)
    return error_page(500)


def error_page(status: int, *, text: str = "", retry_after: int | None = None) -> HttpResponse:
    """A page that needs neither database nor session. text: says more of this error than its status does."""
    heading, usual = ERRORS[status]
    context = {
        "status": status,
        "heading": heading,
        "text": text or usual,
        "site_name": choices.known_site_name(),
        "icons": icons,
    }
    response = HttpResponse(render_to_string("pages/error.html", context), status=status)
    response["Cache-Control"] = "no-store"
    if retry_after:
        response["Retry-After"] = str(retry_after)
    return response
