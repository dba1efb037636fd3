"""Pictures and what can be done with them: cards, the image page, uploads, the map."""

from typing import Any

from visrec_site.styleguide.piece import Piece, a, card
from visrec_site.styleguide.words import Sample

LOOK = a(kind="look", text="Looks like “Six bowls”, which you liked", images=(card(1),), people=None)
PEOPLE = a(kind="people", text="People who like “Blue hour” like this too", images=(card(4),), people=7)
NEW = a(kind="newest", text="New here", images=(), people=None)
REASONS = {"by look": {"reason": LOOK}, "by people": {"reason": PEOPLE}, "by no like of yours": {"reason": NEW}}
MINE = card(0, may_edit=True)
DETAILS = {"format": "JPEG", "size": 2_400_000, "exif": [("Camera", "Contax T2"), ("Aperture", "f/2.8")]}
ENTRIES = [a(card=card(n), reason=reason, copies=0, dismissed=False) for n, reason in enumerate((LOOK, PEOPLE, NEW))]
MODES = [("blend", "All"), ("look", "Look"), ("people", "People"), ("tags", "Tags")]
WAITING = card(5, status="processing", token="", placeholder="")
FAILED = card(5, status="failed", token="", error_detail="The file is damaged or incomplete and cannot be read.")
STATES = {
    "queued": card(1, status="queued", token=""), "processing": WAITING, "ready": card(2, status="ready"),
    "findable": card(3), "failed": FAILED,
}  # fmt: skip

WALL = ("gallery", "gallery__grid gallery__grid--paged")

OUTLINE = (220, 180, 320, 300)


def _pair(state: str, **changes: Any) -> Any:
    """Two pictures and what they share."""
    outline = changes.pop("outline", OUTLINE)
    fields = {
        "state": state,
        "shown": a(card=card(2), outline=outline),
        "because": a(card=card(1, liked=True), outline=outline),
        "because_label": "You liked",
        "masked": False,
        "is_coming": False,
        "tags": [a(slug="sea", name="sea")],
        "people": 7,
    }
    return a(**{**fields, **changes})


DIALS = [
    a(name=name, word=word, stands=stands, said=f"{stands:.0%}")
    for name, word, stands in (("colour", "Colour", 0.5), ("texture", "Texture", 0.8))
]

PIECES = (
    Piece(
        "card",
        {
            "plain": {"card": card()},
            "with a reason": {"card": card(1), "reason": LOOK},
            "liked, with near copies": {"card": card(2, liked=True), "reason": PEOPLE, "copies": 3},
            "dismissed": {"card": card(3), "reason": NEW, "dismissed": True},
            "one's own, waiting": {"card": WAITING, "own": True},
            "one's own, failed": {"card": FAILED, "own": True},
        },
        WALL,
    ),
    Piece("card_picture", {"there": {"card": card(4)}, "on its way": {"card": WAITING}, "failed": {"card": FAILED}}),
    Piece(
        "status_word",
        {name: {"card": one} for name, one in STATES.items()}
        | {
            "private": {"card": card(1, visibility="private")},
            "unlisted": {"card": card(1, visibility="unlisted")},
            "hidden": {"card": card(1, hidden=True)},
            "nobody likes it yet": {"card": card(1, likes=0)},
        },
    ),
    Piece(
        "like_button",
        {
            "on a card": {"card": card()},
            "pressed": {"card": card(liked=True)},
            "with its word": {"card": card(), "wide": True},
            "with its word, pressed": {"card": card(liked=True), "wide": True},
        },
    ),
    Piece(
        "dismiss_button",
        {
            "on a card": {"card": card()},
            "with its word": {"card": card(), "wide": True},
            "with its word, pressed": {"card": card(), "wide": True, "dismissed": True},
        },
    ),
    Piece("dismissed", {"over a card": {"card": card()}}),
    Piece(
        "dismissal",
        {
            "answer on a card": {"card": card(), "dismissed": True},
            "not kept": {"card": card(), "told": "You are browsing privately."},
        },
    ),
    Piece(
        "liked",
        {"answer on a card": {"card": card(liked=True)}, "on its page": {"card": card(liked=True), "wide": True}},
    ),
    Piece("likes", {"one": {"card": card(likes=1)}, "many": {"card": card(likes=12)}}),
    Piece("reason", REASONS),
    Piece(
        "why",
        {
            "found": {"pair": _pair("ready")},
            "left out": {"pair": _pair("ready", masked=True)},
            "alike as a whole": {"pair": _pair("whole", outline=None)},
            "being looked for": {"pair": _pair("waiting", outline=None, is_coming=True)},
            "late": {"pair": _pair("late", outline=None, is_coming=True)},
            "not found out": {"pair": _pair("failed", outline=None), "problem": "Nothing more can be left out."},
        },
    ),
    Piece("why_side", {"outlined": {"picture": card(1), "label": "You liked", "outline": OUTLINE}}),
    Piece("slideshow", {"closed": {}}),
    Piece(
        "feed_page",
        {
            "a page": {
                "feed": a(entries=ENTRIES, seen_before=2, state="ready", feed_id=1, start=0, eager=False),
                "next": "",
            }
        },
    ),
    Piece("gallery_page", {"a page": {"page": a(cards=[card(3), card(4)]), "next": ""}}),
    Piece("closeup", {"somebody else's": {"card": card(), "trail": [a(card=card(1), href="#")], "onward": "1"}}),
    Piece("overlay", {"closed": {}}),
    Piece("image_picture", {"there": {"card": card(1)}, "on its way": {"card": WAITING}, "failed": {"card": FAILED}}),
    Piece(
        "image_words",
        {
            "somebody else's": {
                "card": card(),
                "category_path": [a(slug="places", name="Places"), a(slug="harbours", name="Harbours")],
            },
            "one's own": {"card": MINE, "owner_details": DETAILS},
            "private, hidden": {"card": card(visibility="private", hidden=True)},
        },
    ),
    Piece(
        "tags",
        {
            "to read": {"card": card()},
            "to correct": {"card": MINE},
            "a problem": {"card": MINE, "problem": "A tag has at most 40 characters.", "typed": "a very long tag"},
        },
    ),
    Piece("owner_desk", {"with camera data": {"card": MINE, "owner_details": DETAILS}}),
    Piece("edit_form", {"filled": {"card": MINE, "form": Sample()}}),
    Piece("trail", {"two steps": {"trail": [a(card=card(1), href="#"), a(card=card(2), href="#")], "card": card()}}),
    Piece(
        "similar",
        {
            "there": {"card": card(), "similar": a(status="ready", entries=ENTRIES), "mode": "blend", "modes": MODES},
            "being looked at": {
                "card": card(),
                "similar": a(status="pending", entries=[]),
                "mode": "look",
                "modes": MODES,
            },
            "nothing": {"card": card(), "similar": a(status="ready", entries=[]), "mode": "tags", "modes": MODES},
        },
    ),
    Piece(
        "dials",
        {
            "turned": {"card": card(), "similar": a(dials=True), "dials": DIALS, "mode": "blend"},
            "being prepared": {"card": card(), "similar": a(dials=None), "mode": "blend"},
        },
    ),
    Piece("topic_card", {"with a cover": {"topic": a(slug="sea", name="sea", images=42, cover=card(2))}}),
    Piece("upload_row", {"findable": {"card": MINE, "form": Sample()}}),
    Piece(
        "upload_status",
        {name: {"card": one} for name, one in STATES.items()} | {"slow": {"card": WAITING, "slow": True}},
    ),
    Piece(
        "upload_refused",
        {
            "not a picture": {
                "refused": a(name="notes.pdf", problem="This is not a format that is taken here.", image=None)
            }
        },
    ),
    Piece("upload_removed", {"with undo": {"card": MINE}}),
    Piece("map_area", {"an area": {"area": a(name="harbours", x=0.2, y=0.4, pictures=42, cards=[card(1), card(2)])}}),
)
