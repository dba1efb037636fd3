"""How the site looks to one browser: by day or by night, airy or close, lists as a wall, large or in rows.

A cookie each, so that no page flashes.
"""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from catalog import redirects

YEAR = 60 * 60 * 24 * 365
# What can be chosen → its values, the first being what holds without a cookie.
CHOICES: Mapping[str, Mapping[str, Any]] = {
    "scheme": {"auto": _("Like the system"), "light": _("Light"), "dark": _("Dark")},
    "density": {"comfortable": _("Comfortable"), "compact": _("Compact")},
    "view": {"wall": _("Wall"), "large": _("Large"), "list": _("List")},
}
# The colour of the browser's own frame: --paper in sRGB, which a meta tag must be told in.
PAPER = {"light": "#fcfaf7", "dark": "#13110f"}


def chosen(request: HttpRequest, name: str) -> str:
    """What this browser chose of CHOICES[name], or what holds without a choice."""
    value = request.COOKIES.get(name, "")
    return value if value in CHOICES[name] else next(iter(CHOICES[name]))


def context(request: HttpRequest) -> dict[str, object]:
    """For base.html: scheme, density, view, paper; and `appearance`, what the menu offers."""
    scheme = chosen(request, "scheme")
    return {
        "scheme": scheme,
        "density": chosen(request, "density"),
        "view": chosen(request, "view"),
        "paper": PAPER.get(scheme),
        "appearance": {name: list(values.items()) for name, values in CHOICES.items()},
    }


@login_not_required
@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    """Keep a choice: `scheme`, `density` or `view` in the body. Answers with a way back, for want of JavaScript."""
    for name, values in CHOICES.items():
        if (value := request.POST.get(name, "")) in values:
            response = redirects.back(request)
            response.set_cookie(name, value, max_age=YEAR, samesite="Lax", secure=settings.HTTPS)
            return response
    return HttpResponseBadRequest()
