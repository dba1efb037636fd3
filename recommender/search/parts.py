"""The parts of a query, and whether they mean anything."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog.models import Image
from catalog.queries import BadFilter
from catalog.queries.gallery import lab_of
from catalog.viewers import Viewer
from recommender.engine.kind import Seen
from recommender.engine.vision.embedder import FEATURES
from recommender.search.photos import Box

MOST_PARTS = 6
SAID = {
    "photo": gettext_lazy("A photo must have been looked at."),
    "image": gettext_lazy("There is no such picture."),
    "colour": gettext_lazy("Write a colour as six hexadecimal digits, such as c0392b."),
    "words": gettext_lazy("Say what to look for."),
}

Kind = Literal["photo", "image", "colour", "words"]


class BadPart(ValueError):
    """A part of a query that means nothing; `place` says which one, from 0."""

    def __init__(self, place: int, detail: str) -> None:
        super().__init__(detail)
        self.place = place


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """One part of a query. weight: from -1, as unlike as can be, to 1.

    By kind: seen, in a photo, by `search.look`; image, the key of a picture, with or without a box on it
    (left, top, right, bottom as shares); colour, six hexadecimal digits; text, words.
    """

    kind: Kind
    weight: float = 1.0
    seen: Seen | None = None
    image: int | None = None
    box: Box | None = None
    colour: str = ""
    text: str = ""


def check(parts: Sequence[Part], viewer: Viewer) -> None:
    """Raises BadPart for the first part that means nothing, or names a picture that the viewer may not open."""
    if not 1 <= len(parts) <= MOST_PARTS:
        raise BadPart(min(len(parts), MOST_PARTS), _("A query has 1 to %(most)d parts.") % {"most": MOST_PARTS})
    for place, part in enumerate(parts):
        problem = _problem(part, viewer)
        if problem:
            raise BadPart(place, problem)


def _problem(part: Part, viewer: Viewer) -> str:
    if not (np.isfinite(part.weight) and -1 <= part.weight <= 1 and part.weight):
        return _("A weight lies between -1 and 1, and is not 0.")
    if part.box is not None and not _is_box(part.box):
        return _("A box is left, top, right, bottom, each from 0 to 1, left before right and top before bottom.")
    means = {"photo": _is_photo, "image": _is_open, "colour": _is_colour, "words": _is_text}
    if part.kind not in means:
        return _("A part is a photo, an image, a colour or words.")
    return "" if means[part.kind](part, viewer) else str(SAID[part.kind])


def _is_photo(part: Part, _viewer: Viewer) -> bool:
    return part.seen is not None and part.seen.features.shape == (FEATURES,)


def _is_open(part: Part, viewer: Viewer) -> bool:
    return part.image is not None and Image.objects.visible_to(viewer).filter(pk=part.image).exists()


def _is_colour(part: Part, _viewer: Viewer) -> bool:
    try:
        lab_of(part.colour)
    except BadFilter:
        return False
    return True


def _is_text(part: Part, _viewer: Viewer) -> bool:
    return bool(part.text.strip())


def _is_box(box: Box) -> bool:
    left, top, right, bottom = box
    return 0 <= left < right <= 1 and 0 <= top < bottom <= 1
