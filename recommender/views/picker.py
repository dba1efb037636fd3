"""The taste picker: its page, what was chosen there, and "not now"."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from catalog import redirects
from catalog import services as catalog_services
from catalog.models import Image
from catalog.viewers import ViewerRequest
from recommender import picker

NOT_NOW = "not_now"
"""The cookie of those who do not want to be asked."""
A_YEAR = 365 * 86_400
MOST_CHOSEN = picker.SET * picker.MOST_SETS


@login_not_required
def start(request: ViewerRequest) -> HttpResponse:
    """Pictures to choose from; a POST brings those chosen, or with `sets` asks for more to choose from."""
    if "sets" in request.POST:
        return redirects.asked(request, request.path)
    return _taken(request) if request.method == "POST" else _page(request)


@login_not_required
@require_POST
def not_now(request: ViewerRequest) -> HttpResponse:
    """Do not ask again on this device."""
    response = HttpResponse(status=200) if request.htmx else redirect("recommender:discover")
    response.set_cookie(NOT_NOW, "1", max_age=A_YEAR, samesite="Lax", httponly=True, secure=request.is_secure())
    return response


def invites(request: ViewerRequest) -> bool:
    """Whether to ask this viewer to choose: a stranger who has not said no, where there are pictures to choose from."""
    return NOT_NOW not in request.COOKIES and picker.is_stranger(request.viewer) and picker.is_possible()


@require_safe
def _page(request: ViewerRequest) -> HttpResponse:
    sets = request.GET.get("sets", "1")
    number = int(sets) if sets.isascii() and sets.isdecimal() and len(sets) < 3 else 1
    context = {
        "asked": picker.asked(request.viewer, sets=number),
        "sets": number,
        "chosen": set(_ids(request.GET.getlist("like"))),
        "enough": picker.ENOUGH,
        "page_name": "start",
    }
    return render(request, "pages/start.html", context)


def _taken(request: ViewerRequest) -> HttpResponse:
    chosen = Image.objects.visible_to(request.viewer).filter(pk__in=_ids(request.POST.getlist("like")))
    count = 0
    try:
        for image in chosen:
            catalog_services.like(viewer=request.viewer, image=image)
            count += 1
    except catalog_services.NotKept as told:
        messages.info(request, str(told))
        return redirect("recommender:discover")
    if not count:
        messages.info(request, _("Nothing chosen. Every like on the way counts as well."))
        return redirect("recommender:start")
    text = ngettext(
        "%(count)d like noted. This page follows it now; each card says why it is here.",
        "%(count)d likes noted. This page follows them now; each card says why it is here.",
        count,
    )
    messages.success(request, text % {"count": count})
    return redirect("/?refresh=1")


def _ids(words: list[str]) -> list[int]:
    return [int(word) for word in words[:MOST_CHOSEN] if word.isascii() and word.isdecimal() and len(word) <= 16]
