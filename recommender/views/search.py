"""Search: one box for words, photos, parts of pictures and colours, with filters; and suggestions while typing."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from django.views.decorators.vary import vary_on_headers

from catalog import intake, queries, throttles
from catalog.models import Category, Tag
from catalog.queries import Page
from catalog.queries.cursors import BadCursor, make_cursor, read_cursor
from catalog.queries.gallery import BadFilter
from catalog.viewers import Viewer, ViewerRequest
from recommender import search, store
from recommender.queries import keep_photo
from recommender.views import asked as address
from recommender.views.asked import Asked, Chip

COLOURS = [
    ("b4442c", gettext_lazy("Vermilion")),
    ("d98c2b", gettext_lazy("Amber")),
    ("e6cf5a", gettext_lazy("Straw")),
    ("5f8f4e", gettext_lazy("Moss")),
    ("2f7f86", gettext_lazy("Lagoon")),
    ("3c5fa8", gettext_lazy("Cobalt")),
    ("6b4a8f", gettext_lazy("Iris")),
    ("c9728f", gettext_lazy("Rose")),
    ("6f5643", gettext_lazy("Umber")),
    ("f2ede4", gettext_lazy("Chalk")),
    ("8a8a8a", gettext_lazy("Slate")),
    ("1d1b1a", gettext_lazy("Ink")),
]
SHAPES = [("wide", gettext_lazy("Wide")), ("tall", gettext_lazy("Tall")), ("square", gettext_lazy("Square"))]
SINCE = [("7", gettext_lazy("This week")), ("31", gettext_lazy("This month")), ("366", gettext_lazy("This year"))]
WEIGHTS = [1.0, 0.5, 0.25, -0.25, -0.5, -1.0]
SHOWN = 24
MOST_SHOWN = 1_000
"""Places of a list that pages reach."""


@login_not_required
@vary_on_headers("HX-Request")
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: ViewerRequest) -> HttpResponse:
    """What the address asks for; a POST brings a photo."""
    return _photo(request) if request.method == "POST" else _found(request)


@login_not_required
@require_safe
def suggest(request: ViewerRequest) -> HttpResponse:
    """Names that begin with what was typed, as options of a list box."""
    found = search.suggest(
        request.GET.get("q", "")[: address.LONGEST], viewer=request.viewer, language=get_language() or "en"
    )
    return render(request, "partials/suggestions.html", {"suggestions": found})


def _found(request: ViewerRequest) -> HttpResponse:
    wanted, now = address.read(request.GET), timezone.now()
    context: dict[str, Any] = {"asked": wanted, "status": 200}
    try:
        start = _start(request.GET.get("cursor") or None)
        parts = wanted.parts(request.viewer, now=now)
        if parts:
            match = search.by_parts(parts, viewer=request.viewer, where=wanted.where, k=SHOWN, start=start)
            onward = start + SHOWN if start + SHOWN < min(match.total, MOST_SHOWN) else None
            context |= {"match": match, "next": _next(request, wanted, onward)}
            context["meant"] = [] if match.good_match else _meant(wanted)
        elif wanted.chips:
            context |= {"problem": _("Your photo is no longer remembered."), "advice": _("Choose it once more.")}
        elif wanted.where:
            listed = queries.gallery_page(
                viewer=request.viewer, where=wanted.where, cursor=request.GET.get("cursor") or None
            )
            context |= {"page": listed, "next": _next_of(request, wanted, listed)}
    except BadCursor:
        return redirect(f"{request.path}?{wanted.query()}")
    except (BadFilter, search.BadPart) as error:
        context |= {"status": 400, "problem": _("This search cannot be read."), "advice": str(error)}
    except search.Busy as busy:
        context |= {"status": 503, "retry_after": busy.retry_after}
        context |= {"problem": _("The eyes are resting."), "advice": _soon(busy.retry_after)}
    return _answer(request, context, more="cursor" in request.GET)


def _photo(request: ViewerRequest) -> HttpResponse:
    """Look at the photo; what is seen in it becomes a part of the search's address."""
    wanted, now = address.read(request.GET), timezone.now()
    context: dict[str, Any] = {"asked": wanted, "photo": True, "status": 200}
    try:
        throttles.knock(throttles.PHOTO_SEARCH, throttles.who(request))
        photo = request.FILES.get("file")
        if photo is None:
            raise intake.Empty
        box = address.box_of(Chip("image", f"0@{request.POST['box']}")) if request.POST.get("box") else None
        seen = search.look(photo, declared_size=photo.size, box=box)
        word = keep_photo(seen, viewer=request.viewer, key=store.eyes().model_key, now=now)
        others = tuple(chip for chip in wanted.chips if chip.kind != "photo")
        wanted = Asked(wanted.words, (*others, Chip("photo", word)) if word else others, wanted.where)
        parts = [part for part in wanted.parts(request.viewer, now=now) if part.kind != "photo"]
        parts.append(search.Part("photo", seen=seen))
        match = search.by_parts(parts, viewer=request.viewer, where=wanted.where, k=SHOWN)
        context |= {"asked": wanted, "match": match}
    except intake.Refused as refused:
        context |= {"status": refused.status, "problem": _(refused.sentence) % refused.params}
        context["advice"] = _("Choose another photo, or use words.")
    except (BadFilter, search.BadPart) as error:
        context |= {"status": 400, "problem": _("This search cannot be read."), "advice": str(error)}
    except throttles.Throttled as throttled:
        context |= {"status": 429, "retry_after": throttled.retry_after, "advice": _soon(throttled.retry_after)}
        context["problem"] = _("That were many photos in a short time.")
    except search.Busy as busy:
        context |= {"status": 503, "retry_after": busy.retry_after, "advice": _soon(busy.retry_after)}
        context["problem"] = _("Many are searching with photos just now.")
    response = _answer(request, context)
    if "match" in context and wanted.chips:
        response["HX-Push-Url"] = f"{request.path}?{wanted.query()}"
    return response


def _answer(request: ViewerRequest, context: dict[str, Any], *, more: bool = False) -> HttpResponse:
    if request.htmx and more:
        template = "partials/search_page.html" if "match" in context else "partials/gallery_page.html"
    else:
        context |= _around(context["asked"], request.viewer)
        template = "partials/search_body.html" if request.htmx else "pages/search.html"
    response = render(request, template, context | {"page_name": "search"}, status=context["status"])
    if "retry_after" in context:
        response["Retry-After"] = str(context["retry_after"])
    return response


def _around(wanted: Asked, viewer: Viewer) -> dict[str, Any]:
    """What the page shows around its results: what is chosen, and what there is to choose."""
    tags = {tag.slug: str(tag) for tag in Tag.objects.filter(slug__in=wanted.where.tags)}
    left = {slug: tuple(other for other in wanted.where.tags if other != slug) for slug in wanted.where.tags}
    return {
        "chips": [_chip(wanted, place, viewer) for place in range(len(wanted.chips))],
        "tags": [(tags.get(slug, slug), slug, wanted.narrowed(tags=others).query()) for slug, others in left.items()],
        "categories": queries.top_categories(viewer),
        "category": Category.objects.filter(slug=wanted.where.category).first() if wanted.where.category else None,
        "colours": COLOURS,
        "licences": queries.licences_in_use(viewer),
        "shapes": SHAPES,
        "since": SINCE,
    }


def _chip(wanted: Asked, place: int, viewer: Viewer) -> dict[str, Any]:
    """One part as a chip: what it shows, and the addresses of the search with it changed or removed."""
    chip = wanted.chips[place]
    image = address.image_of(chip) if chip.kind == "image" else None
    found = queries.cards([image], viewer) if image is not None else []
    return {
        "kind": chip.kind,
        "value": chip.value,
        "weight": chip.weight,
        "wanted": chip.weight > 0,
        "percent": round(abs(chip.weight) * 100),
        "card": found[0] if found else None,
        "box": address.box_of(chip) if chip.kind == "image" else None,
        "place": place,
        "without": wanted.without_chip(place).query(),
        "turned": wanted.with_weight(place, -chip.weight).query(),
        "weights": [
            (round(weight * 100), wanted.with_weight(place, weight).query(), weight == chip.weight)
            for weight in WEIGHTS
        ],
    }


def _meant(wanted: Asked) -> list[tuple[str, str]]:
    """Names spelt much like the words, with the addresses of searches for them."""
    named = search.spelt_like(wanted.wanted_words, language=get_language() or "en")
    return [(one.text, replace(wanted, words=one.text).query()) for one in named]


def _start(cursor: str | None) -> int:
    """Where the page begins. Raises BadCursor."""
    if not cursor:
        return 0
    try:
        start = read_cursor(cursor, "search").get("start")
    except BadCursor:
        read_cursor(cursor, "newest")  # a list without parts goes by its own cursors
        return 0
    if not isinstance(start, int) or not 0 <= start <= MOST_SHOWN:
        raise BadCursor("The cursor is not one of this list.")
    return start


def _next(request: ViewerRequest, wanted: Asked, start: int | None) -> str:
    return "" if start is None else f"{request.path}?{wanted.query(cursor=make_cursor('search', start=start))}"


def _next_of(request: ViewerRequest, wanted: Asked, listed: Page) -> str:
    return f"{request.path}?{wanted.query(cursor=listed.next)}" if listed.next else ""


def _soon(seconds: int) -> str:
    return _("Try again in %(seconds)d seconds.") % {"seconds": seconds}
