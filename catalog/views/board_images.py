"""The pictures of a board: moved, taken off, made its cover. 403 for those who may only look at the board."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from catalog import services
from catalog.models import Board, Image
from catalog.viewers import ViewerRequest


@login_required
@require_POST
def move(request: ViewerRequest, board_id: int, image_id: int) -> HttpResponse:
    """Move a picture: `to` is earlier or later; or `before` or `after` is another picture's key."""
    board = _editable(request, board_id)
    way = request.POST.get("to", "")
    if way in ("earlier", "later"):
        moved = services.shift(
            viewer=request.viewer, board=board, image_id=image_id, step=-1 if way == "earlier" else 1
        )
    else:
        before, after = _key(request.POST.get("before", "")), _key(request.POST.get("after", ""))
        moved = services.move(board=board, image_id=image_id, before=before, after=after)
    if request.htmx:
        return HttpResponse(status=204 if moved else 409)
    return redirect(f"{board.get_absolute_url()}?arrange=1#place-{image_id}")


@login_required
@require_POST
def remove(request: ViewerRequest, board_id: int, image_id: int) -> HttpResponse:
    """Take a picture off the board; `removed=false` with its position puts it back."""
    board = _editable(request, board_id)
    if request.POST.get("removed") == "false":
        image = get_object_or_404(Image.objects.visible_to(request.viewer), pk=image_id)
        place = _key(request.GET.get("position", ""))
        try:
            services.save(viewer=request.viewer, board=board, image=image, position=place)
        except services.NotKept as told:
            messages.info(request, str(told))
        return redirect(f"{board.get_absolute_url()}?arrange=1#place-{image_id}")
    position = services.unsave(board=board, image_id=image_id)
    if request.htmx:
        context = {"board": board, "image_id": image_id, "position": position}
        return render(request, "partials/unhung.html", context)
    messages.info(request, _("Taken off “%(board)s”.") % {"board": board.name})
    return redirect(f"{board.get_absolute_url()}?arrange=1")


@login_required
@require_POST
def cover(request: ViewerRequest, board_id: int, image_id: int) -> HttpResponse:
    """Make this picture the board's cover; with `cover=false` the first one is."""
    board = _editable(request, board_id)
    wanted = request.POST.get("cover") != "false"
    if services.set_cover(board=board, image_id=image_id if wanted else None):
        messages.info(request, _("This is the cover now.") if wanted else _("The first picture is the cover now."))
    return redirect(f"{board.get_absolute_url()}?arrange=1#place-{image_id}")


def _editable(request: ViewerRequest, board_id: int) -> Board:
    """A board the viewer may save to. Raises Http404, or PermissionDenied where they may only look."""
    board = get_object_or_404(Board.objects.visible_to(request.viewer), pk=board_id)
    if not Board.objects.editable_by(request.viewer).filter(pk=board.pk).exists():
        raise PermissionDenied
    return board


def _key(text: str) -> int | None:
    number = text.removeprefix("-")
    return int(text) if number.isascii() and number.isdecimal() and len(number) < 20 else None
