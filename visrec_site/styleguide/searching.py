"""The search: its box, its parts with plus and minus, what it finds, and suggestions."""

from typing import Any

from catalog.queries import GalleryFilter
from recommender.views.asked import Asked, Chip
from recommender.views.search import COLOURS, SHAPES, SINCE
from visrec_site.styleguide.chrome import CATEGORIES
from visrec_site.styleguide.piece import Piece, a, card

ASKED = Asked("boats -people", (Chip("colour", "2f7f86", -0.5),), GalleryFilter(shape="wide"))
ENTRY = {"reason": None, "copies": 0, "dismissed": False}
AROUND: dict[str, Any] = {
    "categories": CATEGORIES, "category": None, "licences": ["CC BY 4.0"], "shapes": SHAPES, "since": SINCE,
    "colours": COLOURS[:4], "tags": [("sea", "sea", "")],
}  # fmt: skip


def _chip(kind: str, value: str, weight: float, **more: Any) -> dict[str, Any]:
    return {
        "kind": kind, "value": value, "weight": weight, "wanted": weight > 0, "percent": round(abs(weight) * 100),
        "place": 0, "without": "", "turned": "", "weights": [(100, "", False), (50, "", True)],
    } | more  # fmt: skip


COLOUR = _chip("colour", "2f7f86", -0.5)
PIECES = (
    Piece(
        "search_part",
        {
            "a picture": {"chip": _chip("image", "7", 1.0, card=card(1))},
            "a part of one": {"chip": _chip("image", "7@0,0,1,1", 0.5, card=card(2), box=(0, 0, 1, 1))},
            "an unwanted colour": {"chip": COLOUR},
            "words": {"chip": _chip("words", "old chair", 1.0)},
            "one's own photo": {"chip": _chip("photo", "0", 1.0)},
        },
    ),
    Piece("search_body", {"asked for something": {"asked": ASKED, "chips": [COLOUR], **AROUND}}),
    Piece("search_hidden", {"nothing to see": {"asked": ASKED}}),
    Piece("search_page", {"two": {"match": a(entries=[a(card=card(1), **ENTRY), a(card=card(2), **ENTRY)])}}),
    Piece(
        "suggestions",
        {
            "of every kind": {
                "suggestions": [
                    a(kind="tag", text="boat", value="boat", pictures=12),
                    a(kind="category", text="Harbours", value="harbours", pictures=40),
                    a(kind="board", text="By the sea", value="1", pictures=None),
                    a(kind="title", text="Harbour before rain", value="2", pictures=None),
                ]
            }
        },
    ),
    Piece("box_dialog", {"closed": {}}),
)
