"""Saving pictures to boards from anywhere, and ideas for a board."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required, login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django.views.decorators.vary import vary_on_headers
from django_htmx.http import trigger_client_event

from catalog import queries, redirects
from catalog import services as catalog_services
from catalog.models import Board, Image
from catalog.viewers import ViewerRequest
from recommender import boards, services

IDEAS = 12


@login_not_required
@require_POST
def save(request: ViewerRequest, image_id: int) -> HttpResponse:
    """Save a picture to `board`, to a `new_board` of that name or to the one that fits; `saved=false` takes it off.

    `instead_of`: a board that it is taken off in exchange. Visitors are asked to sign in; then it is saved.
    """
    image = get_object_or_404(Image.objects.visible_to(request.viewer), pk=image_id)
    if not request.viewer.user_id:
        return _signing_in(request, image)
    if request.POST.get("saved") == "false":
        return _taken_off(request, image)
    try:
        saved = services.save(viewer=request.viewer, image=image, board=_board(request))
    except catalog_services.NotKept as told:
        return _told(request, image, {"text": str(told)}, saved=None)
    except catalog_services.InvalidValue as invalid:
        return _told(request, image, {"text": str(invalid)}, saved=None)
    instead = _named_board(request, "instead_of")
    if instead is not None and instead != saved.board:
        catalog_services.unsave(board=instead, image_id=image.pk)
    text = _("Saved to “%(board)s”.") if saved.is_new else _("It hangs on “%(board)s” already.")
    toast = {"text": text % {"board": saved.board.name}, "board": saved.board, "change": True, "undo": saved.is_new}
    return _told(request, image, toast, saved=True)


@login_required
@vary_on_headers("HX-Request")
@require_safe
def choose_board(request: ViewerRequest, image_id: int) -> HttpResponse:
    """The viewer's boards to save a picture to, and a field for a new one."""
    image = get_object_or_404(Image.objects.visible_to(request.viewer), pk=image_id)
    context = {
        "card": queries.cards([image.pk], request.viewer)[0],
        "boards": queries.board_cards(Board.objects.editable_by(request.viewer), request.viewer),
        "holding": queries.holding_ids(image.pk, request.viewer),
        "instead_of": _named_board(request, "instead_of"),
    }
    return render(request, "partials/choose_board.html" if request.htmx else "pages/choose_board.html", context)


@login_not_required
@vary_on_headers("HX-Request")
@require_safe
def ideas(request: ViewerRequest, board_id: int) -> HttpResponse:
    """More ideas for a board, as the panel of its page or a page of its own."""
    board = get_object_or_404(Board.objects.visible_to(request.viewer), pk=board_id)
    may_edit = Board.objects.editable_by(request.viewer).filter(pk=board_id).exists()
    context = {
        "board": board,
        "may_edit": may_edit,
        "ideas": boards.more_ideas(viewer=request.viewer, board_id=board_id, k=IDEAS),
    }
    return render(request, "partials/board_ideas.html" if request.htmx else "pages/board_ideas.html", context)


def _signing_in(request: ViewerRequest, image: Image) -> HttpResponse:
    """Sign in first; the picture is remembered, and saved on the way back to this page."""
    request.session[services.TO_SAVE] = image.pk
    if request.htmx:
        told = _("What you save hangs on your boards.")
        here = request.htmx.current_url_abs_path or image.get_absolute_url()
        return _told(
            request, image, {"text": told, "sign_in": f"/accounts/login/?{urlencode({'next': here})}"}, saved=None
        )
    messages.info(request, _("Sign in, or sign up, and it is saved to a board of yours."))
    back = redirects.back(request, otherwise=image.get_absolute_url()).url
    return redirect(f"/accounts/login/?{urlencode({'next': back})}")


def _taken_off(request: ViewerRequest, image: Image) -> HttpResponse:
    board = _named_board(request, "board") or queries.last_save_of(image.pk, request.viewer)
    position = catalog_services.unsave(board=board, image_id=image.pk) if board else None
    if board is None or position is None:
        return _told(request, image, {"text": _("It hangs on none of your boards.")}, saved=False)
    toast = {"text": _("Taken off “%(board)s”.") % {"board": board.name}, "board": board, "position": position}
    return _told(request, image, toast, saved=queries.last_save_of(image.pk, request.viewer) is not None)


def _told(request: ViewerRequest, image: Image, toast: dict[str, Any], *, saved: bool | None) -> HttpResponse:
    """A toast, and an event that sets every button of this picture. saved: None where nothing has changed."""
    if not request.htmx:
        messages.info(request, toast["text"])
        return redirects.back(request, otherwise=image.get_absolute_url(), anchor=f"image-{image.pk}")
    response = render(request, "partials/saved.html", {"image": image, **toast})
    if saved is None:
        return response
    trigger_client_event(response, "saved", {"image": image.pk, "saved": saved})
    return trigger_client_event(response, "reacted", {"saved": saved})


def _board(request: ViewerRequest) -> Board | None:
    """The board that was named, or a new one; None where the choice is the site's. Raises InvalidValue, Http404."""
    name = request.POST.get("new_board", "").strip()
    if name:
        return catalog_services.create_board(viewer=request.viewer, name=name)
    return _named_board(request, "board")


def _named_board(request: ViewerRequest, field: str) -> Board | None:
    """Raises Http404 for a board the viewer may not save to."""
    key = request.POST.get(field) or request.GET.get(field) or ""
    if not key:
        return None
    if not (key.isascii() and key.isdecimal() and len(key) < 17):
        raise Http404
    board: Board = get_object_or_404(Board.objects.editable_by(request.viewer), pk=int(key))
    return board
