"""Boards and what is saved to them."""

from typing import Any

from visrec_site.styleguide.pictures import ENTRIES
from visrec_site.styleguide.piece import Piece, a, card

MEMBERS = [
    a(id=1, name="bea", token="", may_edit=True, accepted=True),
    a(id=2, name="cid", token="", may_edit=False, accepted=False),
    a(id=3, name="", token=str(3), may_edit=True, accepted=False),
]


def board(**changes: Any) -> Any:
    """A board somebody keeps, its owner looking at it."""
    fields = {
        "id": 1, "pk": 1, "url": "#", "name": "Harbours", "description": "For the hall.", "owner": "ada",
        "is_owner": True, "may_edit": True, "role": "owner", "visibility": "private", "images": 12, "cover_id": 9_001,
        "covers": [card(0), card(1), card(2), card(3)],
    }  # fmt: skip
    return a(**{**fields, **changes})


GUEST = board(is_owner=False, may_edit=False, role="guest", visibility="shared")
IMAGE = {"image": a(get_absolute_url="#"), "board": board()}

PIECES = (
    Piece(
        "board_card",
        {"one's own": {"board": board()}, "empty, somebody's": {"board": board(covers=[], images=0, is_owner=False)}},
    ),
    Piece(
        "board_head",
        {
            "its owner's": {"board": board(), "members": MEMBERS},
            "being arranged": {"board": board(), "arranging": True},
            "a guest's": {"board": GUEST},
        },
    ),
    Piece("board_ideas", {"some": {"board": board(), "ideas": ENTRIES}, "none": {"board": board(), "ideas": []}}),
    Piece(
        "board_invitation",
        {
            "to save": {"invitation": a(board_id=1, board="Harbours", owner="ada", may_edit=True)},
            "to look": {"invitation": a(board_id=1, board="Harbours", owner="ada", may_edit=False)},
        },
    ),
    Piece(
        "board_members",
        {"three": {"board": board(), "members": MEMBERS}, "nobody yet": {"board": board(), "members": []}},
    ),
    Piece(
        "board_place",
        {"a picture": {"card": card(2), "board": board()}, "the cover": {"card": card(1), "board": board()}},
    ),
    Piece(
        "choose_board",
        {
            "boards": {
                "card": card(1),
                "boards": [board(), board(id=2, name="Bowls", visibility="shared")],
                "holding": {1},
            },
            "none yet": {"card": card(1), "boards": []},
            "another instead": {"card": card(1), "boards": [board()], "instead_of": board()},
        },
    ),
    Piece(
        "save_button",
        {
            "on a card": {"card": card()},
            "saved": {"card": card(saved=True)},
            "with its word": {"card": card(), "wide": True},
            "with its word, saved": {"card": card(saved=True), "wide": True},
        },
    ),
    Piece(
        "saved",
        {
            "just now": {**IMAGE, "text": "Saved to “Harbours”.", "change": True, "undo": True},
            "to a visitor": {
                **IMAGE,
                "text": "What you save hangs on your boards.",
                "sign_in": "#",
            },
            "taken off": {**IMAGE, "text": "Taken off “Harbours”.", "position": 2},
        },
    ),
    Piece("unhung", {"with undo": {"board": board(), "image_id": 9_001, "position": 2}}),
)
