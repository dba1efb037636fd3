"""Saving with one press: to the board that fits, or to a new one."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from catalog import services as catalog_services
from catalog.models import Board, Image
from catalog.viewers import Viewer
from recommender import boards

TO_SAVE = "to_save"
"""The session's key for the picture to be saved once its visitor has signed in."""


@dataclass(frozen=True, slots=True)
class Saved:
    """board: where the picture hangs now.  is_new: whether it was not there before."""

    board: Board
    is_new: bool


def save(*, viewer: Viewer, image: Image, board: Board | None = None) -> Saved:
    """Save a picture to this board, else to the viewer's board that fits, else to a new one. Raises NotKept."""
    with transaction.atomic():
        board = board or boards.fitting_board(viewer=viewer, image_id=image.pk)
        if board is None:
            board = catalog_services.create_board(viewer=viewer, name=_("Saved"))
        return Saved(board=board, is_new=catalog_services.save(viewer=viewer, board=board, image=image))
