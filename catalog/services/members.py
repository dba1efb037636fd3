"""Who else hangs pictures on a board: invited by name or by a link, and a member once they have accepted."""

from __future__ import annotations

import datetime as dt
import secrets

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from catalog.models import Board, BoardMember
from catalog.services.boards import wait_for
from catalog.services.tags import InvalidValue
from catalog.viewers import Viewer

LINK_LIFE = dt.timedelta(days=14)
MOST_MEMBERS = 50


def invite(*, board: Board, username: str, may_edit: bool = True) -> BoardMember:
    """Invite a person to the board; one who has been invited already stays as they are. Raises InvalidValue."""
    people = get_user_model().objects.filter(username__iexact=username.replace("\x00", "").strip(), is_active=True)
    person = people.first()
    if person is None:
        raise InvalidValue("username", _("Nobody here has this name."))
    if person.pk == board.owner_id:
        raise InvalidValue("username", _("This board is yours already."))
    with transaction.atomic():
        wait_for(board)
        _refuse_crowds(board)
        member, _created = BoardMember.objects.get_or_create(board=board, user=person, defaults={"may_edit": may_edit})
    return member


def invite_by_link(*, board: Board, may_edit: bool = True) -> BoardMember:
    """An invitation for the first who comes with its token, within two weeks. Raises InvalidValue."""
    with transaction.atomic():
        wait_for(board)
        _refuse_crowds(board)
        return BoardMember.objects.create(board=board, token=secrets.token_urlsafe(18), may_edit=may_edit)


def accept(*, viewer: Viewer, board_id: int) -> bool:
    """Take up an invitation by name; False where there is none."""
    return bool(_asked(viewer, board_id).update(accepted_at=timezone.now()))


def accept_link(*, viewer: Viewer, token: str) -> Board | None:
    """Take up an invitation by its link, which is used up; None where it is no longer good.

    Of two who come at once one gets in; who pressed twice at once is in.
    """
    seen = invitation(token)
    if seen is None or viewer.user_id is None:
        return None
    board = seen.board
    if board.owner_id == viewer.user_id:
        return board
    with transaction.atomic():
        wait_for(board)
        link = invitation(token)  # what is left of it now
        mine = BoardMember.objects.filter(board=board, user=viewer.user_id).first()
        if link is None:
            return board if mine and mine.accepted_at else None
        if mine is None:
            link.user_id, link.token, link.accepted_at = viewer.user_id, None, timezone.now()
            link.save()
            return board
        link.delete()
        BoardMember.objects.filter(pk=mine.pk, accepted_at=None).update(accepted_at=timezone.now())
    return board


def invitation(token: str) -> BoardMember | None:
    """The invitation behind a link that is still good."""
    good = BoardMember.objects.filter(
        token=token.replace("\x00", ""), board__deleted_at=None, invited_at__gte=timezone.now() - LINK_LIFE
    )
    return good.select_related("board", "board__owner").first()


def decline(*, viewer: Viewer, board_id: int) -> bool:
    return bool(_asked(viewer, board_id).delete()[0])


def leave(*, viewer: Viewer, board_id: int) -> bool:
    """Stop being a member; what they hung there stays, as far as others may see it."""
    return bool(BoardMember.objects.filter(board=board_id, user=viewer.user_id).delete()[0])


def remove_member(*, board: Board, member_id: int) -> bool:
    """Remove a member, or withdraw an invitation."""
    return bool(BoardMember.objects.filter(board=board, pk=member_id).delete()[0])


def _asked(viewer: Viewer, board_id: int) -> QuerySet[BoardMember]:
    mine = BoardMember.objects.filter(board=board_id, board__deleted_at=None, user=viewer.user_id)
    return mine.filter(accepted_at=None) if viewer.user_id else mine.none()


def _refuse_crowds(board: Board) -> None:
    if BoardMember.objects.filter(board=board).count() >= MOST_MEMBERS:
        raise InvalidValue("username", _("A board has at most %(most)d members.") % {"most": MOST_MEMBERS})
