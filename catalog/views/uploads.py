"""The upload page: many files, each with an outcome of its own."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from catalog import intake, queries, services, throttles
from catalog.forms import AllForm, RowForm, title_from
from catalog.imaging.refusals import FORMAT_NAMES
from catalog.models import Image
from catalog.queries import Card
from catalog.storage import StorageUnavailable
from catalog.viewers import Viewer, ViewerRequest
from catalog.views.parameters import ids_in

SLOW_AFTER = dt.timedelta(seconds=20)
MOST_AT_ONCE = 3  # files sent side by side by the page's script


@dataclass(frozen=True, slots=True)
class Refusal:
    """A file that was not accepted. image: the same picture, where it is already here."""

    name: str
    problem: str
    status: int
    image: Image | None = None
    retry_after: int | None = None


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: ViewerRequest) -> HttpResponse:
    """The form, and what becomes of its files. The script sends one file per request and gets its row back."""
    if request.method != "POST":
        return _page(request, ids=ids_in(request.GET.get("images", "")))
    taken: list[Image] = []
    refusals: list[Refusal] = []
    for file in request.FILES.getlist("file"):
        outcome = _take(request, file)
        if isinstance(outcome, Refusal):
            refusals.append(outcome)
        else:
            taken.append(outcome)
    if not taken and not refusals:
        refusals.append(Refusal(name=_("No file"), problem=_("Choose at least one picture."), status=400))
    if request.htmx:
        return _refused_row(request, refusals[0]) if refusals else render_row(request, taken[0].pk, status=201)
    ids = [image.pk for image in taken]
    if refusals:
        return _page(request, ids=ids, refusals=refusals)
    return HttpResponseRedirect(f"{reverse('catalog:upload')}?images={','.join(map(str, ids))}")


@login_required
@require_safe
def upload_status(request: ViewerRequest, image_id: int) -> HttpResponse:
    """How far a picture has come, for its owner and for staff; the partial asks again by itself."""
    card = queries.image_page(image_id, request.viewer)
    if card is None or not (card.may_edit or request.viewer.is_staff):
        raise Http404
    return render(request, "partials/upload_status.html", {"card": card, "slow": _is_slow(card)})


def render_row(request: ViewerRequest, image_id: int, status: int = 200) -> HttpResponse:
    """One upload as a row of the page."""
    rows = _rows([image_id], request.viewer)
    if not rows:
        raise Http404
    return render(request, "partials/upload_row.html", rows[0], status=status)


def _take(request: ViewerRequest, file: UploadedFile[Any]) -> Image | Refusal:
    name = file.name or _("Unnamed file")
    try:
        throttles.knock(throttles.UPLOAD, throttles.who(request))
        original = intake.open_upload(file, declared_size=file.size, limit=settings.UPLOAD_LIMIT)
        return services.add_image(
            owner=request.user,
            original=original,
            title=request.POST.get("title") or title_from(name),
        )
    except throttles.Throttled as throttled:
        problem = _("Too many uploads for now; try again in %(minutes)d minutes.") % {
            "minutes": -(-throttled.retry_after // 60)
        }
        return Refusal(name=name, problem=problem, status=429, retry_after=throttled.retry_after)
    except intake.Refused as refused:
        return Refusal(name=name, problem=_(refused.sentence) % refused.params, status=refused.status)
    except services.Duplicate as duplicate:
        return Refusal(name=name, problem=str(duplicate), status=409, image=duplicate.image)
    except services.InvalidValue as invalid:
        return Refusal(name=name, problem=str(invalid), status=400)
    except StorageUnavailable:
        problem = _("The store of pictures does not answer. Nothing was kept; try again in a minute.")
        return Refusal(name=name, problem=problem, status=503, retry_after=60)


def _page(request: ViewerRequest, *, ids: list[int], refusals: list[Refusal] | None = None) -> HttpResponse:
    context = {
        "page_name": "upload",
        "rows": _rows(ids, request.viewer),
        "refusals": refusals or [],
        "all_form": AllForm(auto_id="all-%s"),
        "limit": settings.UPLOAD_LIMIT,
        "most_at_once": MOST_AT_ONCE,
        "formats": FORMAT_NAMES,
    }
    response = render(request, "pages/upload.html", context, status=refusals[0].status if refusals else 200)
    return _with_time_to_wait(response, refusals[0]) if refusals else response


def _refused_row(request: ViewerRequest, refusal: Refusal) -> HttpResponse:
    response = render(request, "partials/upload_refused.html", {"refused": refusal}, status=refusal.status)
    return _with_time_to_wait(response, refusal)


def _with_time_to_wait(response: HttpResponse, refusal: Refusal) -> HttpResponse:
    if refusal.retry_after:
        response["Retry-After"] = str(refusal.retry_after)
    return response


def _rows(ids: list[int], viewer: Viewer) -> list[dict[str, Any]]:
    cards = queries.upload_rows(ids, viewer)
    return [{"card": card, "form": RowForm.of(card), "slow": _is_slow(card)} for card in cards]


def _is_slow(card: Card) -> bool:
    return card.status not in ("findable", "failed") and timezone.now() - card.created_at > SLOW_AFTER
