"""The taste page: what the site has made of somebody, and every choice they have about it."""

from __future__ import annotations

import copy
import datetime as dt
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from catalog import redirects
from catalog.models import Image
from catalog.services import NotKept
from catalog.viewers import ViewerRequest
from recommender import feed, queries, services, taste
from recommender.queries import Choices
from recommender.taste import PAGE, Cluster

SOURCES = ("likes", "views", "saves")
PRIVATE = (60, 24 * 60)  # minutes one can browse privately
FORGOTTEN = "forgotten"
"""The session's key of a removed row, until the page that offers to bring it back has been shown."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A taste on the page. share: how many cards of the next page are there because of it."""

    cluster: Cluster
    share: int


@login_not_required
@never_cache
@vary_on_headers("HX-Request")
@require_safe
def page(request: ViewerRequest) -> HttpResponse:
    """The whole page; htmx gets the page of the past that it asks for."""
    if request.htmx:
        return render(request, "partials/taste_past.html", {"past": _past(request, queries.choices(request.viewer))})
    memory = request.session.pop(FORGOTTEN, None)
    more = {"memory": memory, "asked": urlencode({"past": request.GET.get("past", "")})} if memory else {}
    return _page(request, timezone.now(), **more)


@login_not_required
@never_cache
@vary_on_headers("HX-Request")
@require_http_methods(["GET", "HEAD", "POST"])
def preview(request: ViewerRequest) -> HttpResponse:
    """How the feed would begin with these choices; nothing is changed. A POST is a form without a script."""
    if request.method == "POST":
        return redirects.asked(request, request.path)
    now, chosen = timezone.now(), queries.choices(request.viewer)
    strips = taste.preview(viewer=request.viewer, now=now, before=chosen, after=_asked(request, chosen, now))
    if request.htmx:
        return render(request, "partials/taste_preview.html", {"preview": strips})
    return _page(request, now, preview=strips)


@login_not_required
@require_POST
def weigh(request: ViewerRequest, image_id: int) -> HttpResponse:
    """How loudly a taste speaks, and whether at all."""
    now, before = timezone.now(), queries.choices(request.viewer)
    said = _said(request)
    found = taste.clusters(viewer=request.viewer, now=now, chosen=before)
    last = next((one for one in found if image_id in one.members), None)
    try:
        services.weigh_taste(
            viewer=request.viewer,
            image_id=image_id,
            weight=_weight(said.get("weight")),
            on=said.get("on") == "true",
            now=now,
        )
    except taste.NoSuchTaste as error:
        raise Http404(_("You have no such taste.")) from error
    assert last is not None
    undo = f"{request.path}?weight={last.weight}&on={'true' if last.on else 'false'}"
    return _answered(request, now, before, undo)


@login_not_required
@require_POST
def choose(request: ViewerRequest) -> HttpResponse:
    """Which sources count, and how varied the feed is."""
    now, before = timezone.now(), queries.choices(request.viewer)
    said = _said(request)
    services.choose(viewer=request.viewer, **_columns(said))
    profile = before.profile
    undo = f"{request.path}?diversity={'' if profile.diversity is None else profile.diversity}"
    undo += "".join(f"&{name}=true" for name in SOURCES if getattr(profile, f"learns_from_{name}"))
    return _answered(request, now, before, undo)


@login_not_required
@require_POST
def mute(request: ViewerRequest) -> HttpResponse:
    """Nothing of a topic or a person, or less."""
    verb = services.show_less if request.POST.get("level") == "less" else services.mute
    try:
        row = verb(
            viewer=request.viewer,
            kind=request.POST.get("kind", "topic"),
            name=request.POST.get("name", "").replace("\x00", ""),
            now=timezone.now(),
        )
    except services.NoSuchTarget as error:
        messages.info(request, str(error))
    else:
        less = _("Less of “%(name)s” from the next page on.") % {"name": row.target}
        gone = _("Nothing of “%(name)s” from the next page on.") % {"name": row.target}
        messages.info(request, gone if row.most is None else less)
    return redirect("/taste/#muted")


@login_not_required
@require_POST
def unmute(request: ViewerRequest, mute_id: int) -> HttpResponse:
    services.unmute(viewer=request.viewer, mute_id=mute_id)
    messages.info(request, _("It may come again."))
    return redirect("/taste/#muted")


@login_not_required
@require_POST
def forget(request: ViewerRequest, image_id: int) -> HttpResponse:
    """Remove a row of the past; with htmx it leaves the list at once."""
    kind = request.POST.get("kind")
    if kind not in taste.Kind.ALL:
        raise Http404
    image = get_object_or_404(Image.objects.visible_to(request.viewer), pk=image_id)
    memory = services.forget(viewer=request.viewer, kind=kind, image=image)
    if request.htmx:
        asked = f"past={kind}&page={_page_of(request.POST)}"
        return render(request, "partials/taste_forgotten.html", {"memory": memory, "asked": asked})
    request.session[FORGOTTEN] = memory
    return redirect(f"/taste/?past={kind}&page={_page_of(request.POST)}#past")


@login_not_required
@require_POST
def remember(request: ViewerRequest) -> HttpResponse:
    """Bring back a row of the past that was just removed; htmx gets the list it was in."""
    try:
        services.remember(viewer=request.viewer, memory=request.POST.get("memory", ""))
        told = ""
    except services.NoSuchPast:
        told = _("It is too late to take that back.")
    except NotKept as refused:
        told = str(refused)
    if request.htmx:
        context = {"past": _past(request, queries.choices(request.viewer)), "told": told}
        return render(request, "partials/taste_past.html", context)
    messages.info(request, told or _("It is back as it was."))
    return redirect(f"/taste/?{urlencode({'past': request.GET.get('past', '')})}#past")


@login_not_required
@require_POST
def pause(request: ViewerRequest) -> HttpResponse:
    if request.POST.get("pause") == "false":
        services.resume(viewer=request.viewer)
        messages.info(request, _("Your feed follows you again, with what you liked meanwhile."))
    else:
        services.pause(viewer=request.viewer, now=timezone.now())
        messages.info(request, _("Paused. Likes are kept; your feed stays as it is."))
    return redirect("recommender:taste")


@login_not_required
@require_POST
def private(request: ViewerRequest) -> HttpResponse:
    """Browse privately for so many `minutes`; 0 ends it."""
    asked = request.POST.get("minutes", "")
    minutes = int(asked) if asked.isdecimal() and len(asked) < 6 else PRIVATE[0]
    if not minutes:
        services.end_private(viewer=request.viewer)
        messages.info(request, _("What you do counts again."))
    else:
        now = timezone.now()
        services.browse_privately(viewer=request.viewer, now=now, until=now + dt.timedelta(minutes=minutes))
        messages.info(request, _("You are browsing privately: nothing of it is kept."))
    return redirect("recommender:taste")


@login_not_required
@require_POST
def reset(request: ViewerRequest) -> HttpResponse:
    """Begin as a new visitor; with `reset=false` take that back."""
    if request.POST.get("reset") != "false":
        services.reset(viewer=request.viewer, now=timezone.now())
        messages.info(request, _("Your feed begins from nothing. You can take this back for a day."))
    elif services.undo_reset(viewer=request.viewer, now=timezone.now()):
        messages.info(request, _("Everything is as it was before the reset."))
    else:
        messages.info(request, _("That is too long ago to be taken back."))
    return redirect("recommender:taste")


def _page(request: ViewerRequest, now: dt.datetime, **more: Any) -> HttpResponse:
    return render(request, "pages/taste.html", _context(request, now) | more)


def _context(request: ViewerRequest, now: dt.datetime) -> dict[str, Any]:
    chosen = queries.choices(request.viewer)
    found = taste.clusters(viewer=request.viewer, now=now, chosen=chosen)
    (places,) = feed.upcoming(viewer=request.viewer, now=now, chosen=[chosen], k=PAGE) if found else ([],)
    profile = chosen.profile
    return {
        "page_name": "taste",
        "tastes": [Shown(one, taste.share_of(one, places)) for one in found],
        "page": PAGE,
        "profile": profile,
        "diversity": 40 if profile.diversity is None else round(100 * profile.diversity),
        "mutes": chosen.mutes,
        "private": profile.private_until if chosen.is_private(now) else None,
        "private_choices": PRIVATE,
        "can_undo_reset": services.can_undo_reset(profile, now=now),
        "past": _past(request, chosen),
    }


def _past(request: ViewerRequest, chosen: Choices) -> taste.Past:
    kind = request.GET.get("past", taste.Kind.LIKES)
    return taste.past(
        viewer=request.viewer,
        kind=kind if kind in taste.Kind.ALL else taste.Kind.LIKES,
        page=_page_of(request.GET),
        chosen=chosen,
    )


def _page_of(asked: QueryDict) -> int:
    number = asked.get("page", "0")
    return int(number) if number.isdecimal() and len(number) < 6 else 0


def _answered(request: ViewerRequest, now: dt.datetime, before: Choices, undo: str) -> HttpResponse:
    """After saving: the tastes as they are now, what changes in the feed, and an undo."""
    if not request.htmx:
        messages.info(request, _("Saved. It counts from the next page on."))
        return redirect("recommender:taste")
    after = queries.choices(request.viewer)
    strips = taste.preview(viewer=request.viewer, now=now, before=before, after=after)
    context = _context(request, now) | {"preview": strips, "undo": undo, "swapped": True}
    return render(request, "partials/taste_saved.html", context)


def _said(request: ViewerRequest) -> dict[str, str]:
    """The fields of a form, or of an undo's address."""
    return (request.GET or request.POST).dict()


def _asked(request: ViewerRequest, chosen: Choices, now: dt.datetime) -> Choices:
    """The choices as in the form that asks for a preview."""
    said = request.GET.dict()
    if "taste" not in said:
        profile = copy.copy(chosen.profile)
        for name, value in _columns(said).items():
            setattr(profile, name, value)
        return replace(chosen, profile=profile)
    try:
        return taste.with_weight(
            chosen,
            taste.clusters(viewer=request.viewer, now=now, chosen=chosen),
            image_id=int(said["taste"]) if said["taste"].isdecimal() else 0,
            weight=_weight(said.get("weight")),
            on=said.get("on") == "true",
            now=now,
        )
    except taste.NoSuchTaste as error:
        raise Http404(_("You have no such taste.")) from error


def _columns(said: dict[str, str]) -> dict[str, Any]:
    """A profile's columns from a form. Boxes that are not ticked are not sent; the dial goes from 0 to 100 there."""
    columns: dict[str, Any] = {f"learns_from_{name}": said.get(name) == "true" for name in SOURCES}
    dial = _number(said.get("dial"), 0, 100)
    return columns | {"diversity": _number(said.get("diversity"), 0, 1) if dial is None else dial / 100}


def _weight(text: str | None) -> float:
    found = _number(text, *services.WEIGHTS)
    return 1.0 if found is None else found


def _number(text: str | None, least: float, most: float) -> float | None:
    """The number, brought between least and most; None for what is no number."""
    try:
        value = float(text or "")
    except ValueError:
        return None
    return min(max(value, least), most) if value == value else None  # noqa: PLR0124 NaN is no number
