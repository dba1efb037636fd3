"""Discover and "not interested": read the request, call one function, choose the template."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django.views.decorators.vary import vary_on_headers
from django_htmx.http import trigger_client_event

from catalog import queries, redirects
from catalog.models import Image
from catalog.queries import GalleryFilter
from catalog.queries.cursors import BadCursor
from catalog.queries.gallery import BadFilter
from catalog.services import NotKept
from catalog.viewers import Viewer, ViewerRequest
from recommender import feed, services
from recommender.views import picker


@login_not_required
@vary_on_headers("HX-Request")
@require_safe
def discover(request: ViewerRequest) -> HttpResponse:
    """The feed; htmx gets the page of cards alone."""
    tab = request.GET.get("tab", "for-you")
    where = _filter(request)
    try:
        page = feed.build(
            viewer=request.viewer,
            now=timezone.now(),
            tab=tab,
            where=where,
            cursor=request.GET.get("cursor") or None,
            refresh="refresh" in request.GET,
        )
    except BadCursor:
        return redirect(_address(request, cursor=None))
    except BadFilter as error:
        raise Http404(str(error)) from error
    context = {
        "feed": page,
        "here": _address(request, cursor=page.here, refresh=None),
        "next": _address(request, cursor=page.next, refresh=None) if page.next else "",
        "tab": tab,
        "where": where,
    }
    if request.htmx:
        return render(request, "partials/feed_page.html", context)
    around = {
        "categories": queries.top_categories(request.viewer),
        "chosen": _chosen(request, where),
        "anew": _address(request, cursor=None, refresh=1),
        "invites": tab == "for-you" and not where and picker.invites(request),
    }
    return render(request, "pages/discover.html", context | around)


@login_not_required
@require_POST
def start_again(request: ViewerRequest) -> HttpResponse:
    """Let everything that was seen come again."""
    services.start_again(viewer=request.viewer, now=timezone.now())
    return redirect("recommender:discover")


@login_not_required
@require_POST
def dismissal(request: ViewerRequest, image_id: int) -> HttpResponse:
    """Not interested, or with `dismissed=false` interested after all. Open to anonymous visitors."""
    image = get_object_or_404(Image.objects.visible_to(request.viewer), pk=image_id)
    wanted = request.POST.get("dismissed") != "false"
    told = ""
    try:
        (services.dismiss if wanted else services.undismiss)(viewer=request.viewer, image=image)
    except NotKept as refused:
        wanted, told = False, str(refused)
    if not request.htmx:
        messages.info(request, told or (_("Less like this from now on.") if wanted else _("It may come again.")))
        return redirects.back(request, otherwise=image.get_absolute_url(), anchor=f"image-{image_id}")
    card = queries.cards([image_id], request.viewer, detail=True)[0]
    less = _less_of(card, request.viewer) if wanted else []
    context = {"card": card, "dismissed": wanted, "wide": "wide" in request.GET, "told": told, "less": less}
    response = render(request, "partials/dismissal.html", context)
    return (
        response
        if told
        else trigger_client_event(response, "reacted", {"image": image_id, "dismissed": wanted}, after="swap")
    )


@login_not_required
@require_POST
def less(request: ViewerRequest, image_id: int) -> HttpResponse:
    """Asked on a dismissed card: less of its topic (`tag`, `category`) or of its `person`."""
    image = get_object_or_404(Image.objects.visible_to(request.viewer), pk=image_id)
    kind = next((kind for kind in ("tag", "category", "person") if kind in request.POST), "topic")
    name = request.POST.get(kind, "").replace("\x00", "")
    try:
        said = services.show_less(viewer=request.viewer, kind=kind, name=name, now=timezone.now(), image=image)
    except services.NoSuchTarget as error:
        raise Http404(str(error)) from error
    if not request.htmx:
        messages.info(request, _("Less of “%(name)s” from now on.") % {"name": said.target})
        return redirects.back(request, otherwise=image.get_absolute_url(), anchor=f"image-{image_id}")
    card = queries.cards([image_id], request.viewer)[0]
    response = render(request, "partials/dismissed.html", {"card": card, "said": said.target, "focus": True})
    return trigger_client_event(response, "reacted", {"image": image_id, "dismissed": True}, after="swap")


def _less_of(card: queries.Card, viewer: Viewer) -> list[dict[str, str]]:
    """What to offer less of beside the picture itself: its category, its first tag, its owner."""
    found = []
    if card.category is not None:
        found.append({"kind": "category", "name": card.category.slug, "label": card.category.name})
    found += [{"kind": "tag", "name": tag.slug, "label": tag.name} for tag in card.tags[:1]]
    if card.owner_id != viewer.user_id:
        found.append({"kind": "person", "name": card.owner, "label": card.owner})
    return found


def _filter(request: ViewerRequest) -> GalleryFilter:
    def read(name: str) -> str:
        return request.GET.get(name, "").replace("\x00", "")  # PostgreSQL does not take it even as a question

    return GalleryFilter(
        text=read("q")[:200],
        category=read("category"),
        tags=tuple(slug for slug in request.GET.getlist("tag") if slug and "\x00" not in slug)[:10],
        colour=read("colour").removeprefix("#"),
        owner=read("owner"),
    )


def _chosen(request: ViewerRequest, where: GalleryFilter) -> list[dict[str, str]]:
    """Tags and owner that narrow the list, each with the address of the list without it."""
    anew: dict[str, Any] = {"cursor": None, "refresh": None}
    chosen = [
        {"name": f"#{tag}", "without": _address(request, tag=[other for other in where.tags if other != tag], **anew)}
        for tag in where.tags
    ]
    return chosen + ([{"name": where.owner, "without": _address(request, owner=None, **anew)}] if where.owner else [])


def _address(request: ViewerRequest, **changes: Any) -> str:
    """This page's address with some parameters changed; None removes one."""
    parameters = request.GET.copy()
    for name, value in changes.items():
        parameters.setlist(name, [] if value is None else value if isinstance(value, list) else [value])
    text = urlencode([(name, value) for name, values in parameters.lists() for value in values])
    return f"{request.path}?{text}" if text else request.path
