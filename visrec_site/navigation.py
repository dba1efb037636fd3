"""The sections of the site, in order. A section is one line here; it appears when its URL exists."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Section:
    """icon: the end of an id in partials/icons.html. thumb: it has a place in the bar at the bottom of a phone."""

    name: Promise
    view: str
    icon: str
    thumb: bool = False
    members: bool = False


SECTIONS = (
    Section(_("Discover"), "recommender:discover", "home", thumb=True),
    Section(_("Following"), "recommender:following", "people", members=True),
    Section(_("Boards"), "catalog:boards", "board"),
    Section(_("Taste"), "recommender:taste", "taste"),
    Section(_("Topics"), "recommender:topics", "copies"),
    Section(_("Map"), "recommender:map", "map"),
)


@cache
def addresses() -> dict[str, str]:
    """View → address of the sections that exist."""
    found = {}
    for section in SECTIONS:
        try:
            found[section.view] = reverse(section.view)
        except NoReverseMatch:
            continue
    return found


def sections(request: HttpRequest) -> Sequence[dict[str, object]]:
    """What this viewer can go to: name, address, icon, thumb, current ("page", "true" within it, or nothing)."""
    signed_in = request.user.is_authenticated
    return [
        {
            "name": section.name,
            "address": address,
            "icon": section.icon,
            "thumb": section.thumb,
            "current": current(request.path, address),
        }
        for section in SECTIONS
        if (address := addresses().get(section.view)) and (signed_in or not section.members)
    ]


def current(path: str, address: str) -> str:
    """The value of aria-current: "page" on the section's own page, "true" on a page below it."""
    if path == address:
        return "page"
    return "true" if address != "/" and path.startswith(address) else ""
