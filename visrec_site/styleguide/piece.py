"""What a sample is made of."""

import base64
import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

from catalog.queries.cards import SIZES, Card, CategoryRef, TagRef

WHEN = dt.datetime(2026, 5, 1, 10, tzinfo=dt.UTC)
HUES = (33, 80, 150, 200, 250, 310)


@dataclass(frozen=True)
class Piece:
    """A partial and its states: name of the state → the variables it is drawn with.

    within: classes of the boxes it stands in, the outermost first, where it takes its measure from them.
    """

    name: str
    states: Mapping[str, Mapping[str, Any]]
    within: tuple[str, ...] = ()

    @property
    def template(self) -> str:
        return f"partials/{self.name}.html"


@dataclass(frozen=True, slots=True)
class Drawn(Card):
    """A card whose picture is drawn here: the guide needs no gallery."""

    @property
    def renditions(self) -> dict[int, str]:
        return dict.fromkeys(SIZES, self.placeholder) if self.token else {}


def card(number: int = 0, **changes: Any) -> Drawn:
    """A picture somebody might have hung: `card(2, liked=True)`."""
    titles = ("Harbour before rain", "Six bowls", "A street in April", "Fern, unrolling", "Blue hour", "Two chairs")
    fields = {
        "id": 9_000 + number, "title": titles[number % len(titles)], "description": "From the window, at ten.",
        "owner_id": 1, "owner": "ada", "category": CategoryRef("harbours", "Harbours", ("places", "harbours")),
        "visibility": "public", "status": "findable", "error_code": "", "error_detail": "",
        "width": 640, "height": (480, 800, 640)[number % 3], "created_at": WHEN, "likes": 12, "liked": False,
        "saved": False, "placeholder": picture(number), "colour": "#b4442c", "token": "drawn", "source": "",
        "licence": "CC BY 4.0", "hidden": False, "may_edit": False,
        "tags": (TagRef("sea", "sea", "person", None), TagRef("boat", "boat", "machine", 0.9)),
        "palette": ("#b4442c", "#5f8f4e", "#3c5fa8"),
    }  # fmt: skip
    return Drawn(**{**fields, **changes})


def picture(number: int) -> str:
    """A small still life as a data URI."""
    hue, other = HUES[number % len(HUES)], HUES[(number + 2) % len(HUES)]
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64" preserveAspectRatio="xMidYMid slice">'
        f'<rect width="64" height="64" fill="oklch(82% 0.06 {hue})"/>'
        f'<circle cx="{18 + 5 * (number % 5)}" cy="22" r="11" fill="oklch(66% 0.14 {other})"/>'
        f'<path d="M0 46 Q20 {34 + number % 7} 40 46 T64 44 V64 H0Z" fill="oklch(44% 0.09 {hue})"/></svg>'
    )
    return "data:image/svg+xml;base64," + base64.b64encode(svg.encode()).decode()


def a(**fields: Any) -> SimpleNamespace:
    """A thing with these attributes, where only templates look at it."""
    return SimpleNamespace(**fields)


def said(value: Any) -> Callable[[], Any]:
    """A method that answers with this, such as Django's get_state_display."""
    return lambda: value
