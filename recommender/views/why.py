"""Why a picture is listed, and "not this part"."""

from __future__ import annotations

import dataclasses

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django.views.decorators.vary import vary_on_headers
from django_htmx.http import trigger_client_event
from PIL import UnidentifiedImageError

from catalog import redirects, storage, throttles
from catalog.models import Image
from catalog.services import NotKept
from catalog.viewers import ViewerRequest
from recommender import pairs, services
from recommender.engine.vision.model_file import EyesError
from recommender.pairs import Pair


@login_not_required
@vary_on_headers("HX-Request")
@require_safe
def why(request: ViewerRequest, image_id: int) -> HttpResponse:
    """A picture beside the one that is the reason for it; regions that nobody has asked for yet are looked for."""
    pair = _pair(request, image_id, request.GET.get("because", ""))
    if pair.state == "unasked" or (pair.state == "failed" and "again" in request.GET):
        pair = _asked(request, pair)
    return render(request, "partials/why.html" if request.htmx else "pages/why.html", {"pair": pair})


@login_not_required
@require_POST
def mask(request: ViewerRequest, image_id: int) -> HttpResponse:
    """Leave a region of a liked picture out of one's taste; `masked=false` takes that back."""
    liked = get_object_or_404(Image.objects.visible_to(request.viewer), pk=image_id)
    pair = _pair(request, request.GET.get("shown", ""), image_id)
    wanted = request.POST.get("masked") != "false"
    problem = _masked(request, liked, pair, wanted=wanted)
    if not request.htmx:
        said = problem or (_("That part counts no more.") if wanted else _("That part counts again."))
        messages.info(request, said)
        return redirects.back(request, otherwise=liked.get_absolute_url())
    context = {"pair": _pair(request, pair.shown.card.id, image_id), "problem": problem, "focus": True}
    response = render(request, "partials/why.html", context)
    return response if problem else trigger_client_event(response, "reacted", {"masked": wanted}, after="swap")


def _pair(request: ViewerRequest, shown: int | str, because: int | str) -> Pair:
    numbers = [str(shown), str(because)]
    if not all(number.isascii() and number.isdigit() and len(number) <= 16 for number in numbers):
        raise Http404
    image_id, because_id = map(int, numbers)
    pair = pairs.build(viewer=request.viewer, image_id=image_id, because_id=because_id, now=timezone.now())
    if pair is None:
        raise Http404
    return pair


def _asked(request: ViewerRequest, pair: Pair) -> Pair:
    if not pair.key:
        return pair
    try:
        throttles.knock(throttles.WHY, throttles.who(request))
    except throttles.Throttled:
        return dataclasses.replace(pair, state="failed")
    services.find_regions(image_id=pair.shown.card.id, other_id=pair.because.card.id, key=pair.key, now=timezone.now())
    return _pair(request, pair.shown.card.id, pair.because.card.id)


def _masked(request: ViewerRequest, liked: Image, pair: Pair, *, wanted: bool) -> str | None:
    """Mask the region, or take the mask back; returns in words why it cannot be done, if so."""
    if not wanted:
        services.unmask_region(viewer=request.viewer, liked=liked)
        return None
    try:
        shown = Image.objects.get(pk=pair.shown.card.id)
        services.mask_region(viewer=request.viewer, liked=liked, shown=shown, key=pair.key, now=timezone.now())
    except NotKept as told:
        return str(told)
    except services.NoSuchRegion:
        return _("Nothing more of this picture can be left out.")
    except (FileNotFoundError, UnidentifiedImageError, storage.StorageUnavailable, EyesError):
        return _("That did not work just now. Try again in a moment.")
    return None
