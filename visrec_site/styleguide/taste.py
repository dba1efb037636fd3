"""What one sees of one's own taste, and turns."""

from visrec_site.styleguide.piece import WHEN, Piece, a, card

CLUSTERS = [
    a(share=9, cluster=a(key=1, name="harbours", likes=12, on=True, weight=1.5, cards=[card(0), card(1), card(2)])),
    a(share=0, cluster=a(key=2, name="bowls", likes=3, on=False, weight=1.0, cards=[card(3), card(4)])),
]
LEARNING = a(learns_from_likes=True, learns_from_views=False, learns_from_saves=True, paused_at=None)
PAUSED = a(learns_from_likes=True, learns_from_views=True, learns_from_saves=True, paused_at=WHEN)
PREVIEW = a(before=[card(0), card(1)], after=[card(0), card(2)], fresh={9_002}, gone={9_001}, is_same=False)
MUTES = [a(pk=1, person_id=None, target="bowls", most=4), a(pk=2, person_id=7, target="ada", most=None)]
ROWS = [a(card=card(1), at=WHEN, counts=True), a(card=card(2), at=WHEN, counts=False)]
PAST = {"kind": "likes", "page": 1, "more": True}

PIECES = (
    Piece("invitation", {"to a stranger": {}}),
    Piece("choice", {"to be tapped": {"card": card(2)}, "chosen": {"card": card(3), "chosen": {9_003}}}),
    Piece(
        "feed_note",
        {"after a like": {"note": a(text="Because of you: 3 more of “harbours”", short="3 more of “harbours”")}},
    ),
    Piece("tastes", {"some": {"tastes": CLUSTERS, "page": 24}, "none yet": {"tastes": []}}),
    Piece("taste_choices", {"as they are": {"diversity": 40, "profile": LEARNING}}),
    Piece("taste_muted", {"two": {"mutes": MUTES}, "none": {"mutes": []}}),
    Piece(
        "taste_past", {"likes": {"past": {**PAST, "rows": ROWS}}, "nothing": {"past": {"kind": "views", "rows": []}}}
    ),
    Piece(
        "taste_preview",
        {
            "something changes": {"preview": PREVIEW},
            "nothing does": {"preview": a(before=[card(0)], after=[card(0)], fresh=set(), gone=set(), is_same=True)},
            "not asked for": {},
        },
    ),
    Piece(
        "taste_private", {"as usual": {"profile": LEARNING}, "private, paused": {"private": WHEN, "profile": PAUSED}}
    ),
    Piece("taste_state", {"everything at once": {"private": WHEN, "profile": PAUSED, "can_undo_reset": True}}),
    Piece("taste_saved", {"answer to a choice": {"tastes": CLUSTERS, "page": 24, "preview": PREVIEW, "undo": "#"}}),
    Piece("taste_forgotten", {"answer to a removed row": {"memory": "…", "asked": "past=likes&page=0"}}),
)
