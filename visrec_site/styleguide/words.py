"""What is said and filled in: notes, toasts, fields, empty walls, the pieces of a search."""

from django import forms

from visrec_site.styleguide.chrome import CATEGORIES
from visrec_site.styleguide.piece import Piece, a, card

MEANT = [("harbour", "q=harbour"), ("barn", "q=barn")]
ENTRY = {"reason": None, "copies": 0, "dismissed": False}


class Sample(forms.Form):
    title = forms.CharField(initial="Harbour before rain", required=False)
    tags = forms.CharField(help_text="sea, boat", required=False)
    visibility = forms.ChoiceField(choices=[("public", "public"), ("private", "private")], required=False)
    licence = forms.CharField()


def _field(name: str, *, wrong: bool = False) -> dict[str, object]:
    form = Sample({}) if wrong else Sample()
    return {"field": form[name]}


PIECES = (
    Piece(
        "form_field",
        {
            "filled": _field("title"),
            "with help": _field("tags"),
            "a choice": _field("visibility"),
            "wrong": _field("licence", wrong=True),
        },
    ),
    Piece("made_for", {"a form": {}, "written in": {"written": True}}),
    Piece("unsent", {"a board": {"form": a(action="#", fields=[("name", "Storms")], words="Storms")}}),
    Piece("row_errors", {"one error": {"form": Sample({})}}),
    Piece(
        "empty_state",
        {
            "with two ways": {
                "heading": "The walls are empty",
                "text": "Hang the first picture.",
                "link": "#",
                "label": "Upload a picture",
                "second_link": "#",
                "second_label": "Search",
            },
            "without a way": {"heading": "No pictures here", "text": "Nothing fits this choice yet."},
        },
    ),
    Piece("exhausted", {"always": {}}),
    Piece("end", {"of the feed": {"tab": "for-you"}, "of another list": {"tab": "newest"}}),
    Piece("more", {"waiting": {"next": "#"}}),
    Piece(
        "toast",
        {
            "a word": {"text": "Saved."},
            "to sign in": {"text": "You have been signed out. Sign in to go on.", "sign_in": "#"},
            "with undo": {"text": "Liked.", "undo": "#", "undo_name": "liked", "undo_target": "like", "card": card()},
        },
    ),
    Piece(
        "search_ways",
        {"always": {"categories": CATEGORIES, "colours": [("b4442c", "Vermilion"), ("2f7f86", "Lagoon")]}},
    ),
    Piece("search_meant", {"a slip": {"meant": MEANT}}),
    Piece("photo_form", {"empty": {}}),
    Piece(
        "search_results",
        {
            "a match": {"match": a(good_match=True, entries=[a(card=card(1), copies=2), a(card=card(2), copies=0)])},
            "no match": {"match": a(good_match=False, entries=[a(card=card(3), copies=0)]), "meant": MEANT},
            "no word": {
                "match": a(good_match=False, entries=[]),
                "asked": a(is_words_alone=True, wanted_words="habror"),
                "meant": MEANT,
            },
            "a problem": {
                "problem": "This file is larger than the site takes.",
                "advice": "Choose another photo, or use words.",
            },
        },
    ),
)
