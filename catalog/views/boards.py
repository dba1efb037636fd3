"""Boards: the list of them, one of them, and what its owner does with it."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required, login_required
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from catalog import bundles, queries, services
from catalog.forms import BoardForm
from catalog.models import Board
from catalog.queries.cursors import BadCursor
from catalog.viewers import Viewer, ViewerRequest
from catalog.views.parameters import NoLonger, ids_in

ARRANGED = 100
"""Pictures on one page while they are put in order."""


@login_not_required
@require_safe
def boards(request: ViewerRequest) -> HttpResponse:
    """One's own boards and invitations; with `owner`, the boards that person shares."""
    found = queries.boards_page(viewer=request.viewer, owner=request.GET.get("owner", ""))
    if found is None:
        raise Http404
    deleted = next(iter(ids_in(request.GET.get("deleted", ""))), None)
    return render(request, "pages/boards.html", {"boards": found, "deleted": deleted})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def create(request: ViewerRequest) -> HttpResponse:
    form = BoardForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(services.create_board(viewer=request.viewer, **form.cleaned_data))
        except services.InvalidValue as invalid:
            form.add_error(invalid.field, str(invalid))
    status = 422 if form.errors else 200
    return render(request, "pages/board_form.html", {"form": form}, status=status)


@login_not_required
@vary_on_headers("HX-Request")
@require_safe
def board(request: ViewerRequest, board_id: int) -> HttpResponse:
    """What the viewer sees of a board; with `arrange`, for those who may, its pictures to be put in order."""
    arranging = "arrange" in request.GET
    cursor = request.GET.get("cursor") or None
    try:
        found = _found(board_id, request.viewer, cursor, limit=ARRANGED if arranging else 24)
    except BadCursor:
        return redirect("catalog:board", board_id)
    if arranging and not found.board.may_edit:
        return redirect("catalog:board", board_id)
    context = {
        "board": found.board,
        "page": found.page,
        "members": found.members,
        "next": _further(request, found.page.next),
        "before": _further(request, found.page.previous),
    }
    if arranging:
        return render(request, "pages/board_order.html", context)
    return render(request, "partials/gallery_page.html" if request.htmx else "pages/board.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: ViewerRequest, board_id: int) -> HttpResponse:
    """Name, description, who may see it, and who is on it."""
    row = own_board(request.viewer, board_id)
    form = BoardForm(
        request.POST if request.method == "POST" else None,
        initial={"name": row.name, "description": row.description, "visibility": row.visibility},
    )
    if request.method == "POST" and form.is_valid():
        try:
            services.edit_board(board=row, **form.cleaned_data)
        except services.InvalidValue as invalid:
            form.add_error(invalid.field, str(invalid))
        else:
            messages.success(request, _("Saved."))
            return redirect(row)
    found = _found(board_id, request.viewer)
    context = {"form": form, "board": found.board, "members": found.members}
    return render(request, "pages/board_form.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def delete(request: ViewerRequest, board_id: int) -> HttpResponse:
    """Delete a board; for ten seconds it can be brought back. Its pictures stay in the gallery."""
    services.delete_board(board=own_board(request.viewer, board_id))
    return redirect(f"{reverse('catalog:boards')}?deleted={board_id}")


@login_required
@require_POST
def undelete(request: ViewerRequest, board_id: int) -> HttpResponse:
    if not services.undelete_board(board_id=board_id, viewer=request.viewer):
        own_board(request.viewer, board_id, or_else=_("It is too late: the board has been erased."))
    return redirect("catalog:board", board_id)


@login_required
@require_safe
def export(request: ViewerRequest, board_id: int) -> StreamingHttpResponse:
    """The board as a ZIP, written while it is sent."""
    found = _found(board_id, request.viewer)
    response = StreamingHttpResponse(
        bundles.zipped(
            image_ids=queries.shown_ids(board_id, request.viewer),
            viewer=request.viewer,
            site=request.build_absolute_uri("/")[:-1],
        ),
        content_type="application/zip",
    )
    name = bundles.safe_name(found.board.name) or "board"
    response["Content-Disposition"] = f'attachment; filename="{name}.zip"'
    response["Cache-Control"] = "private, no-store"
    return response


def own_board(viewer: Viewer, board_id: int, *, or_else: str = "") -> Board:
    """A board whose owner the viewer is. Raises Http404."""
    try:
        return get_object_or_404(Board.objects.owned_by(viewer), pk=board_id)
    except Http404 as error:
        if not or_else:
            raise
        raise NoLonger(or_else) from error


def _found(board_id: int, viewer: Viewer, cursor: str | None = None, limit: int = 24) -> queries.BoardPage:
    found = queries.board_page(board_id=board_id, viewer=viewer, cursor=cursor, limit=limit)
    if found is None:
        raise Http404
    return found


def _further(request: ViewerRequest, cursor: str | None) -> str:
    if not cursor:
        return ""
    kept: dict[str, Any] = {name: request.GET[name] for name in request.GET if name == "arrange"}
    return f"{request.path}?{urlencode(kept | {'cursor': cursor})}"
