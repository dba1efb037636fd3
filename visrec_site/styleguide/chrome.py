"""What stands around the pictures: header, menu, footer, switches."""

from visrec_site.styleguide.piece import Piece, a, card

SECTIONS = [
    {"name": name, "address": "#", "icon": icon, "thumb": not number, "current": "" if number else "page"}
    for number, (name, icon) in enumerate((("Discover", "home"), ("Boards", "board"), ("Taste", "taste")))
]
HERE = {"navigation": SECTIONS, "tab": "for-you"}
CATEGORIES = [{"slug": name.lower(), "name": name} for name in ("Harbours", "Bowls", "Streets", "Ferns")]

PIECES = (
    Piece("mark", {"always": {}}),
    Piece("header", {"discover": HERE, "the search page": {**HERE, "page_name": "search"}}),
    Piece("menu", {"closed": HERE}),
    Piece(
        "appearance", {"like the system": {"scheme": "auto"}, "dark, compact": {"scheme": "dark", "density": "compact"}}
    ),
    Piece("languages", {"as it is now": {}}),
    Piece("footer", {"of a page": {}, "of an error": {"csrf_token": ""}}),
    Piece(
        "filters",
        {
            "for you": {"tab": "for-you", "categories": CATEGORIES, "where": {}, "anew": "?refresh=1"},
            "chosen": {
                "tab": "newest",
                "categories": CATEGORIES,
                "where": {"category": "bowls"},
                "chosen": [{"name": "#glass", "without": "/?owner=ada"}, {"name": "ada", "without": "/?tag=glass"}],
            },
        },
    ),
    Piece("follow_button", {"to follow": {"username": "ada"}, "followed": {"username": "ada", "followed": True}}),
    Piece(
        "person_card", {"somebody": {"one": a(username="ada", name="Ada", followed=False, cards=[card(1), card(2)])}}
    ),
    Piece("views", {"wall": {"view": "wall"}, "list": {"view": "list"}}),
    Piece("keys", {"closed": {}}),
    Piece("icons", {"once a page; nothing to see": {}}),
)
