"""The laboratory's board of pictures that do not exist."""

from __future__ import annotations

from collections.abc import Callable

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from catalog.viewers import ViewerRequest
from recommender import store
from recommender.laboratory import dreams, people
from recommender.models import Release
from recommender.views.lab import staff_only

KEPT = 7 * 86_400  # seconds in the browser: the pictures of a release never change


@staff_only
@require_safe
def board(request: ViewerRequest) -> HttpResponse:
    """The dreams that serve, chosen for a person where one is named."""
    username = request.GET.get("person", "").replace("\x00", "").strip()
    person = people.named(username)
    release = store.serving(Release.Kind.DREAM)
    found, damaged = None, False
    if release is not None:
        try:
            found = dreams.board(release, viewer=request.viewer, person=person)
        except store.Damaged:
            damaged = True
    context = {
        "username": username,
        "person": person,
        "board": found,
        "damaged": damaged,
        "busiest": people.busiest(),
        "lab_page": "dreams",
    }
    return render(request, "pages/dreams.html", context, status=404 if username and person is None else 200)


@staff_only
@require_safe
def sample(request: ViewerRequest, release_id: int, number: int) -> HttpResponse:
    """One dream."""
    return _picture(release_id, number, dreams.sample_file)


@staff_only
@require_safe
def sheet(request: ViewerRequest, release_id: int, number: int) -> HttpResponse:
    """Samples from the same z after one epoch."""
    return _picture(release_id, number, dreams.sheet_file)


def _picture(release_id: int, number: int, draw: Callable[[Release, int], bytes | None]) -> HttpResponse:
    release = get_object_or_404(Release, pk=release_id, kind=Release.Kind.DREAM)
    try:
        file = draw(release, number)
    except store.Damaged as error:
        raise Http404(str(error)) from error
    if file is None:
        raise Http404
    headers = {"Cache-Control": f"private, max-age={KEPT}, immutable", "X-Content-Type-Options": "nosniff"}
    return HttpResponse(file, content_type="image/png", headers=headers)
