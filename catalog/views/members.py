"""Who is on a board: invitations, answers to them, and leaving."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_http_methods, require_POST

from catalog import queries, services
from catalog.models import Board
from catalog.viewers import ViewerRequest
from catalog.views.boards import own_board
from catalog.views.parameters import NoLonger

USED_UP = gettext_noop("This invitation has been used, taken back, or is too old. Ask for a new one.")


@login_required
@require_POST
def invite(request: ViewerRequest, board_id: int) -> HttpResponse:
    """Ask somebody by name; without a name, make a link for one."""
    board = own_board(request.viewer, board_id)
    username, may_edit = request.POST.get("username", "").strip(), request.POST.get("may_edit") != "false"
    try:
        if request.POST.get("how") == "link":
            services.invite_by_link(board=board, may_edit=may_edit)
            messages.success(request, _("The link is below. It is good for one person and two weeks."))
        else:
            asked = services.invite(board=board, username=username, may_edit=may_edit)
            told = _("%(name)s is on this board already.") if asked.accepted_at else _("%(name)s is invited.")
            messages.success(request, told % {"name": username})
    except services.InvalidValue as invalid:
        messages.warning(request, str(invalid))
    return redirect(f"{board.get_absolute_url()}edit#members")


@login_required
@require_POST
def remove(request: ViewerRequest, board_id: int, member_id: int) -> HttpResponse:
    """Take a member out, or an invitation back."""
    board = own_board(request.viewer, board_id)
    if not services.remove_member(board=board, member_id=member_id):
        raise NoLonger(_("This member has left, or the invitation has been taken back."))
    messages.info(request, _("Removed from this board. You can invite them again at any time."))
    return redirect(f"{board.get_absolute_url()}edit#members")


@login_required
@require_POST
def membership(request: ViewerRequest, board_id: int) -> HttpResponse:
    """The invited person's own word: accept, decline or leave."""
    answer = request.POST.get("answer")
    if answer == "accept" and services.accept(viewer=request.viewer, board_id=board_id):
        return redirect("catalog:board", board_id)
    if answer == "decline" and services.decline(viewer=request.viewer, board_id=board_id):
        messages.info(request, _("Declined."))
        return redirect("catalog:boards")
    if answer == "leave" and services.leave(viewer=request.viewer, board_id=board_id):
        messages.info(request, _("You have left the board."))
        return redirect("catalog:boards")
    raise Http404


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: ViewerRequest, token: str) -> HttpResponse:
    """The page behind a link: whose board it is, and whether to come in."""
    found = services.invitation(token)
    if found is None:
        raise NoLonger(_(USED_UP))
    if request.method == "POST":
        board = services.accept_link(viewer=request.viewer, token=token)
        if board is None:
            raise NoLonger(_(USED_UP))
        return redirect(board)
    if Board.objects.of(request.viewer).filter(pk=found.board_id).exists():
        return redirect(found.board)
    asked = queries.Invitation(found.board_id, found.board.name, found.board.owner.get_username(), found.may_edit)
    return render(request, "pages/board_join.html", {"invitation": asked, "token": token})
