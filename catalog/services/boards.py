"""Boards: made, named, filled, put in order, given a cover, deleted, brought back. Save and unsave may be repeated."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.db.models import Max, Min
from django.utils import timezone
from django.utils.translation import gettext as _

from catalog import processing, signals
from catalog.models import Board, BoardImage, BoardVisibility, Image
from catalog.services.tags import InvalidValue
from catalog.viewers import Viewer

STEP = 2**20
"""Between two neighbours, so that another one fits between them twenty times."""
MOST_BOARDS = 1000
FAR = 2**60  # no position lies beyond, whatever a browser says


def create_board(
    *, viewer: Viewer, name: str, description: str = "", visibility: str = BoardVisibility.PRIVATE
) -> Board:
    """Make an empty board. Raises InvalidValue."""
    if Board.objects.owned_by(viewer).count() >= MOST_BOARDS:
        raise InvalidValue("name", _("You have %(most)d boards; delete one first.") % {"most": MOST_BOARDS})
    assert viewer.user_id is not None
    board = Board(owner_id=viewer.user_id)
    _set_words(board, name=name, description=description, visibility=visibility)
    board.save(force_insert=True)
    return board


def edit_board(*, board: Board, **changes: str) -> Board:
    """Change name, description or visibility; what is not given stays. Raises InvalidValue."""
    _set_words(board, **changes)
    board.changed_at = timezone.now()
    board.save(update_fields=[*changes, "changed_at"])
    return board


def delete_board(*, board: Board) -> None:
    """Take the board out of sight at once; it is erased a little later, so that its owner can undo it."""
    Board.objects.filter(pk=board.pk).update(deleted_at=timezone.now())


def undelete_board(*, board_id: int, viewer: Viewer) -> bool:
    """Bring the viewer's own deleted board back; False once its time is over."""
    since = timezone.now() - processing.UNDO
    own = Board.objects.filter(pk=board_id, owner=viewer.user_id, deleted_at__gte=since)
    return bool(own.update(deleted_at=None))


def save(*, viewer: Viewer, board: Board, image: Image, position: int | None = None) -> bool:
    """Put the picture on the board, in front unless a position is given; False where it hangs there already.

    Raises NotKept.
    """
    with transaction.atomic():
        wait_for(board)
        known = BoardImage.objects.filter(added_by=viewer.user_id, image=image, board__deleted_at=None).exists()
        _row, created = BoardImage.objects.get_or_create(
            board=board,
            image=image,
            defaults={
                "added_by_id": viewer.user_id,
                "position": _first_place(board) if position is None else max(-FAR, min(position, FAR)),
            },
        )
        if created:
            _touch(board)
            signals.image_saved.send(sender=Board, viewer=viewer, image_id=image.pk, is_new=not known)
    return created


def unsave(*, board: Board, image_id: int) -> int | None:
    """Take the picture off the board; returns its position, for undoing, or None where it did not hang there."""
    with transaction.atomic():
        row = BoardImage.objects.filter(board=board, image=image_id).first()
        if row is None:
            return None
        row.delete()
        Board.objects.filter(pk=board.pk, cover=image_id).update(cover=None)
        _touch(board)
    return int(row.position)


def move(*, board: Board, image_id: int, before: int | None = None, after: int | None = None) -> bool:
    """Hang a picture before or after another one of the board; False where one of them does not hang there."""
    other = before if before is not None else after
    with transaction.atomic():
        wait_for(board)
        rows = BoardImage.objects.filter(board=board)
        places = dict(rows.filter(image__in=[image_id, other]).values_list("image_id", "position"))
        if other is None or image_id == other or len(places) < 2:
            return False
        rest = rows.exclude(image=image_id)
        position = _between(rest, places[other], before=before is not None)
        if position is None:
            _spread(board)
            return move(board=board, image_id=image_id, before=before, after=after)
        rows.filter(image=image_id).update(position=position)
    return True


def shift(*, viewer: Viewer, board: Board, image_id: int, step: int) -> bool:
    """Move a picture one place on, or back (step -1), among those its viewer sees; False at the ends."""
    shown = list(BoardImage.objects.filter(board=board).shown_to(viewer).values_list("image_id", flat=True))
    if image_id not in shown or not 0 <= shown.index(image_id) + step < len(shown):
        return False
    other = shown[shown.index(image_id) + step]
    return move(board=board, image_id=image_id, **{"before" if step < 0 else "after": other})


def set_order(*, board: Board, image_ids: Sequence[int]) -> None:
    """Hang these pictures in front, in this order; the others follow as before. Those not on the board are ignored."""
    with transaction.atomic():
        wait_for(board)
        rows = list(BoardImage.objects.filter(board=board))
        wanted = {image_id: place for place, image_id in enumerate(image_ids)}
        rows.sort(key=lambda row: wanted.get(row.image_id, len(wanted)))
        _number(rows)


def set_cover(*, board: Board, image_id: int | None) -> bool:
    """Make this picture of the board its cover, or with None no picture; False where it does not hang there."""
    if image_id is not None and not BoardImage.objects.filter(board=board, image=image_id).exists():
        return False
    Board.objects.filter(pk=board.pk).update(cover=image_id)
    return True


def _set_words(board: Board, **changes: Any) -> None:
    for name in ("name", "description"):
        if name not in changes:
            continue
        text = (changes[name] or "").replace("\x00", "").strip()
        most: int = Board._meta.get_field(name).max_length  # type: ignore[union-attr, assignment]
        if len(text) > most:
            raise InvalidValue(name, _("Use at most %(most)d characters.") % {"most": most})
        if name == "name" and not text:
            raise InvalidValue(name, _("Give the board a name."))
        setattr(board, name, text)
    if "visibility" in changes:
        if changes["visibility"] not in BoardVisibility.values:
            raise InvalidValue("visibility", _("Choose private or shared."))
        board.visibility = changes["visibility"]


def wait_for(board: Board) -> None:
    """Wait until nobody else changes this board or who is on it; others wait until this transaction is done."""
    Board.objects.select_for_update().get(pk=board.pk)


def _touch(board: Board) -> None:
    Board.objects.filter(pk=board.pk).update(changed_at=timezone.now())


def _first_place(board: Board) -> int:
    first = BoardImage.objects.filter(board=board).aggregate(first=Min("position"))["first"]
    return 0 if first is None else first - STEP


def _between(rows: Any, position: int, *, before: bool) -> int | None:
    """A free place on one side of a position; None where there is no gap left."""
    if before:
        neighbour = rows.filter(position__lt=position).aggregate(place=Max("position"))["place"]
    else:
        neighbour = rows.filter(position__gt=position).aggregate(place=Min("position"))["place"]
    if neighbour is None:
        return position - STEP if before else position + STEP
    middle = (neighbour + position) // 2
    return None if middle in (neighbour, position) else middle


def _spread(board: Board) -> None:
    """Space the positions of a board's pictures evenly again."""
    _number(list(BoardImage.objects.filter(board=board)))


def _number(rows: Sequence[BoardImage]) -> None:
    for place, row in enumerate(rows):
        row.position = place * STEP
    BoardImage.objects.bulk_update(rows, ["position"], batch_size=500)
