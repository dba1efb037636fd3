"""Following people, topics, and people of like taste."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required, login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from catalog import queries, redirects
from catalog import services as catalog_services
from catalog.queries.cursors import BadCursor
from catalog.viewers import ViewerRequest
from recommender import kindred, topics

SUGGESTED = 10
ON_THE_INDEX = 60


@login_not_required
@vary_on_headers("HX-Request")
@require_safe
def following(request: ViewerRequest) -> HttpResponse:
    """Pictures by the people one follows, and people to follow."""
    try:
        page = queries.followed_page(viewer=request.viewer, cursor=request.GET.get("cursor") or None)
    except BadCursor:
        return redirect("recommender:following")
    context = {"page": page, "next": f"?{urlencode({'cursor': page.next})}" if page.next else ""}
    if request.htmx:
        return render(request, "partials/gallery_page.html", context)
    viewer = request.viewer
    around = {
        "kindred": kindred.kindred(viewer),
        "takes_part": kindred.takes_part(viewer),
        "suggested": queries.people_cards(queries.busiest_people(viewer, most=SUGGESTED), viewer),
    }
    return render(request, "pages/following.html", context | around)


@login_required
@require_POST
def follow(request: ViewerRequest, username: str) -> HttpResponse:
    """Follow a person, or with `followed=false` stop following them."""
    person = queries.person_named(username)
    if person is None:
        raise Http404
    wanted = request.POST.get("followed") != "false"
    try:
        (catalog_services.follow if wanted else catalog_services.unfollow)(viewer=request.viewer, person=person)
    except catalog_services.NotYourself:
        messages.info(request, _("You see your own pictures anyway."))
        return redirect("catalog:person", person.get_username())
    if request.htmx:
        return render(request, "partials/follow_button.html", {"username": person.get_username(), "followed": wanted})
    said = _("You follow %(name)s now.") if wanted else _("You follow %(name)s no more.")
    messages.success(request, said % {"name": person.get_full_name() or person.get_username()})
    return redirects.back(request, otherwise=f"/people/{person.get_username()}/")


@login_not_required
@require_safe
def topic_index(request: ViewerRequest) -> HttpResponse:
    """All topics with their covers, the fullest first."""
    return render(request, "pages/topics.html", {"topics": topics.fullest(request.viewer, most=ON_THE_INDEX)})


@login_not_required
@vary_on_headers("HX-Request")
@require_safe
def topic(request: ViewerRequest, slug: str) -> HttpResponse:
    """One topic: its cover, its neighbours, its pictures."""
    ordering = "newest" if request.GET.get("ordering") == "newest" else "likes"
    try:
        page = queries.topic_page(
            slug, viewer=request.viewer, ordering=ordering, cursor=request.GET.get("cursor") or None
        )
    except BadCursor:
        return redirect("recommender:topic", slug)
    onward = urlencode({"ordering": ordering, "cursor": page.next}) if page.next else ""
    context = {"page": page, "next": f"?{onward}" if onward else "", "ordering": ordering}
    if request.htmx:
        return render(request, "partials/gallery_page.html", context)
    found = queries.topic(slug, request.viewer)
    if found is None:
        raise Http404
    return render(request, "pages/topic.html", context | {"topic": found, "neighbours": topics.neighbours(slug)})
