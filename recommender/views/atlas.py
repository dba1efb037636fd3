"""The map: a page, its points, and the cards of some of them."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from catalog.viewers import ViewerRequest
from recommender import atlas

DIGITS = 4  # of a place: a ten-thousandth of the map


@login_not_required
@require_safe
def page(request: ViewerRequest) -> HttpResponse:
    """The areas of the map as lists, which a browser with scripts puts a map above."""
    try:
        areas, is_drawn = atlas.areas(request.viewer), True
    except atlas.NotDrawn:
        areas, is_drawn = [], False
    return render(request, "pages/map.html", {"areas": areas, "is_drawn": is_drawn, "page_name": "map"})


@login_not_required
@require_safe
def points(request: ViewerRequest) -> HttpResponse:
    """All points as columns: ids, x, y, colours."""
    try:
        found = atlas.points(request.viewer)
    except atlas.NotDrawn:
        found = []
    columns = {
        "ids": [point.image for point in found],
        "x": [round(point.x, DIGITS) for point in found],
        "y": [round(point.y, DIGITS) for point in found],
        "colours": [point.colour for point in found],
    }
    return _private(JsonResponse(columns))


@login_not_required
@require_safe
def cards(request: ViewerRequest) -> HttpResponse:
    """What is shown at the points `ids=1,2,3`; those that may not be seen are left out."""
    words = request.GET.get("ids", "").split(",")[: atlas.MOST_ASKED]
    ids = [int(word) for word in words if word.isascii() and word.isdecimal() and len(word) <= 16]
    found = [
        {
            "id": card.id,
            "url": card.url,
            "picture": card.renditions[320],
            "title": card.title or _("Untitled"),
            "alt": card.alt,
        }
        for card in atlas.cards(ids, request.viewer)
    ]
    return _private(JsonResponse({"cards": found}))


def _private(response: HttpResponse) -> HttpResponse:
    patch_cache_control(response, private=True, max_age=30)
    return response
