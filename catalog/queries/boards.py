"""Boards as one viewer may see them. Counts and covers are of what the viewer sees, not of what hangs there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.contrib.auth import get_user_model
from django.db.models import Case, Count, F, IntegerField, QuerySet, Value, When, Window
from django.db.models.functions import RowNumber

from catalog.models import Board, BoardImage, BoardMember, BoardVisibility
from catalog.queries.cards import Card, cards
from catalog.queries.gallery import Page, ranked_page
from catalog.viewers import Viewer

MOSAIC = 4
"""Pictures shown for a board in a list."""


@dataclass(frozen=True, slots=True)
class BoardCard:
    """A board in a list. role: owner, editor (may save to it), member or guest. covers: the first is the cover."""

    id: int
    name: str
    description: str
    visibility: str
    owner: str
    role: str
    images: int
    covers: tuple[Card, ...]
    cover_id: int | None
    created_at: dt.datetime
    changed_at: dt.datetime

    @property
    def url(self) -> str:
        return f"/boards/{self.id}/"

    @property
    def is_owner(self) -> bool:
        return self.role == "owner"

    @property
    def may_edit(self) -> bool:
        return self.role in ("owner", "editor")


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody on a board, or an invitation. name: empty for an invitation by link, whose address has the `token`."""

    id: int
    name: str
    may_edit: bool
    accepted: bool
    token: str


@dataclass(frozen=True, slots=True)
class Invitation:
    """What invited people learn before they accept: which board, whose, and what they may do."""

    board_id: int
    board: str
    owner: str
    may_edit: bool


@dataclass(frozen=True, slots=True)
class BoardPage:
    """One board. members: for those who belong to it; guests learn the owner's name alone."""

    board: BoardCard
    page: Page
    members: tuple[Member, ...] = ()


@dataclass(frozen=True, slots=True)
class BoardsPage:
    """A list of boards. owner: whose shared boards they are; empty for the viewer's own and those they are on."""

    boards: list[BoardCard] = field(default_factory=list)
    invitations: list[Invitation] = field(default_factory=list)
    owner: str = ""


def boards_page(*, viewer: Viewer, owner: str = "") -> BoardsPage | None:
    """The viewer's boards, the last changed first; or those `owner` shares, None where there is no such person."""
    if not owner:
        return BoardsPage(boards=board_cards(Board.objects.of(viewer), viewer), invitations=_invitations(viewer))
    if "\x00" in owner:
        return None
    person = get_user_model().objects.filter(username__iexact=owner, is_active=True).first()
    if person is None:
        return None
    shared = Board.objects.visible_to(viewer).filter(owner=person, visibility=BoardVisibility.SHARED)
    return BoardsPage(boards=board_cards(shared, viewer), owner=person.get_username())


def board_page(*, board_id: int, viewer: Viewer, cursor: str | None = None, limit: int = 24) -> BoardPage | None:
    """One board with a page of its pictures, or None where the viewer may not know of it. Raises BadCursor."""
    found = board_cards(Board.objects.visible_to(viewer).filter(pk=board_id), viewer)
    if not found:
        return None
    board = found[0]
    page = ranked_page(shown_ids(board_id, viewer), viewer=viewer, cursor=cursor, limit=limit)
    return BoardPage(board=board, page=page, members=_members(board) if board.role != "guest" else ())


def board_images(*, board_id: int, viewer: Viewer, cursor: str | None, limit: int) -> Page:
    """A page of a board the viewer may open, with tags and palettes. Raises BadCursor."""
    return ranked_page(shown_ids(board_id, viewer), viewer=viewer, cursor=cursor, limit=limit, detail=True)


def board_cards(boards: QuerySet[Board], viewer: Viewer) -> list[BoardCard]:
    """These boards, which the viewer may see: four queries, however many."""
    rows = list(boards.select_related("owner").order_by("-changed_at", "-pk"))
    ids = [board.pk for board in rows]
    hung = BoardImage.objects.filter(board__in=ids).shown_to(viewer)
    counts = dict(hung.order_by().values("board").annotate(n=Count("pk")).values_list("board", "n"))
    covers = _covers(hung, viewer)
    roles = _roles(rows, viewer)
    return [
        BoardCard(
            id=board.pk,
            name=board.name,
            description=board.description,
            visibility=board.visibility,
            owner=board.owner.get_username(),
            role=roles[board.pk],
            images=counts.get(board.pk, 0),
            covers=covers.get(board.pk, ()),
            cover_id=board.cover_id if board.cover_id in {card.id for card in covers.get(board.pk, ())} else None,
            created_at=board.created_at,
            changed_at=board.changed_at,
        )
        for board in rows
    ]


def shown_ids(board_id: int, viewer: Viewer) -> list[int]:
    """Ids of what the viewer sees on a board they may open, in its order."""
    return list(BoardImage.objects.filter(board=board_id).shown_to(viewer).values_list("image_id", flat=True))


def holding_ids(image_id: int, viewer: Viewer) -> set[int]:
    """Which of the boards that the viewer may save to hold this picture, as far as they see."""
    rows = BoardImage.objects.filter(image=image_id, board__in=Board.objects.editable_by(viewer)).shown_to(viewer)
    return set(rows.values_list("board_id", flat=True))


def last_saved_to(viewer: Viewer) -> int | None:
    """The board that the viewer last saved something to, of those they still may save to."""
    rows = BoardImage.objects.filter(added_by=viewer.user_id, board__in=Board.objects.editable_by(viewer))
    return rows.order_by("-added_at", "-pk").values_list("board_id", flat=True).first() if viewer.user_id else None


def last_save_of(image_id: int, viewer: Viewer) -> Board | None:
    """The board that the viewer last saved this picture to."""
    if not viewer.user_id:
        return None
    rows = BoardImage.objects.filter(image=image_id, added_by=viewer.user_id)
    row = rows.filter(board__in=Board.objects.editable_by(viewer)).order_by("-added_at", "-pk").first()
    return row.board if row else None


def _covers(hung: QuerySet[BoardImage], viewer: Viewer) -> dict[int, tuple[Card, ...]]:
    """For each board its chosen cover, and the first of its other pictures."""
    chosen = Case(When(image=F("board__cover"), then=Value(0)), default=Value(1), output_field=IntegerField())
    number = Window(RowNumber(), partition_by=F("board"), order_by=[chosen.asc(), F("position").asc(), F("pk").asc()])
    rows = hung.annotate(number=number).filter(number__lte=MOSAIC).order_by("board_id", "number")
    pairs = list(rows.values_list("board_id", "image_id"))
    found = {card.id: card for card in cards({image for _board, image in pairs}, viewer) if card.has_pixels}
    by_board: dict[int, tuple[Card, ...]] = {}
    for board, image in pairs:
        if image in found:
            by_board[board] = (*by_board.get(board, ()), found[image])
    return by_board


def _roles(boards: Iterable[Board], viewer: Viewer) -> dict[int, str]:
    if not viewer.user_id:
        return {board.pk: "guest" for board in boards}
    mine = BoardMember.objects.filter(user=viewer.user_id, accepted_at__isnull=False)
    joined = dict(mine.values_list("board_id", "may_edit"))
    words = {True: "editor", False: "member", None: "guest"}
    return {board.pk: "owner" if board.owner_id == viewer.user_id else words[joined.get(board.pk)] for board in boards}


def _members(board: BoardCard) -> tuple[Member, ...]:
    """The owner also sees those who have not accepted yet."""
    rows = BoardMember.objects.filter(board=board.id).select_related("user")
    return tuple(
        Member(
            id=row.pk,
            name=row.user.get_username() if row.user else "",
            may_edit=row.may_edit,
            accepted=row.accepted_at is not None,
            token=row.token or "",
        )
        for row in rows
        if board.is_owner or row.accepted_at is not None
    )


def _invitations(viewer: Viewer) -> list[Invitation]:
    if not viewer.user_id:
        return []
    rows = BoardMember.objects.filter(user=viewer.user_id, accepted_at=None, board__deleted_at=None)
    columns = rows.values_list("board_id", "board__name", "board__owner__username", "may_edit")
    return [Invitation(*row) for row in columns]
