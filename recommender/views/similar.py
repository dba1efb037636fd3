"""What is like a picture: the panel of its page."""

from __future__ import annotations

import re

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from catalog import queries
from catalog.models import Image
from catalog.viewers import ViewerRequest
from recommender import services, similar
from recommender.engine.dials import Dials
from recommender.queries import dismissed_ids

MOST_ALIKE = 24
MODES = [
    ("blend", gettext_lazy("Everything")),
    ("look", gettext_lazy("Look")),
    ("people", gettext_lazy("People")),
    ("tags", gettext_lazy("Tags")),
]
DIALS = [
    ("colour", gettext_lazy("Colour")),
    ("texture", gettext_lazy("Texture")),
    ("subject", gettext_lazy("Subject")),
    ("composition", gettext_lazy("Composition")),
]
STEPS = 20  # of a dial as people are told, from one end to the other
MODE_COOKIE, MODE_KEPT = "similar_mode", 365 * 86400


@login_not_required
@vary_on_headers("HX-Request")
@require_safe
def similar_panel(request: ViewerRequest, image_id: int) -> HttpResponse:
    """What is like a picture, as the panel of its page or a page of its own; `opened=1` notes that it was opened.

    `mode`: alike in what; it is remembered for the next picture. Dials (0-1): more or less of an aspect.
    """
    get_object_or_404(Image.objects.visible_to(request.viewer), pk=image_id)
    if "opened" in request.GET:
        services.record_open(viewer=request.viewer, image_id=image_id, now=timezone.now())
    mode, dials = _mode(request), _dials(request)
    context = {
        "similar": similar.similar_images(
            viewer=request.viewer, image_id=image_id, mode=mode, k=MOST_ALIKE, dials=dials
        ),
        "card": queries.image_page(image_id, request.viewer),
        "dismissed": bool(dismissed_ids([image_id], request.viewer)),
        "trail": _trail(request.GET.get("from", "")) or str(image_id),
        "mode": mode,
        "modes": MODES,
        "dials": [_shown(name, word, getattr(dials, name)) for name, word in DIALS],
    }
    response = render(request, "partials/similar.html" if request.htmx else "pages/similar.html", context)
    if "mode" in request.GET:
        response.set_cookie(
            MODE_COOKIE, mode, max_age=MODE_KEPT, httponly=True, samesite="Lax", secure=request.is_secure()
        )
    return response


def _mode(request: ViewerRequest) -> str:
    """As asked, else as last time, else everything."""
    wanted = (request.GET.get("mode"), request.COOKIES.get(MODE_COOKIE))
    return next((mode for mode in wanted if mode in similar.MODES), similar.MODES[0])


def _dials(request: ViewerRequest) -> Dials:
    """The dials as set; a value that makes no sense leaves them all in the middle."""
    try:
        return Dials.of(**{name: float(request.GET[name]) for name, _word in DIALS if name in request.GET})
    except ValueError:
        return Dials()


def _shown(name: str, word: object, stands: float) -> dict[str, object]:
    """A dial for the page. `said`: how far it is turned, as a signed number of steps."""
    steps = round((stands - 0.5) * STEPS)
    said = f"{steps:+d}".replace("-", "\N{MINUS SIGN}") if steps else "0"
    return {"name": name, "word": word, "stands": f"{stands:g}", "said": said}


def _trail(text: str) -> str:
    """The ids of a trail, to be handed on in links; "" for anything else."""
    return text if re.fullmatch(r"\d{1,16}(,\d{1,16}){0,7}", text) else ""
