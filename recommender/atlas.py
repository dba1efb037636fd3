"""The map of the collection: where each picture that the viewer may find lies, and what the areas show."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from catalog import queries as catalog_queries
from catalog.models import Image
from catalog.queries import Card
from catalog.viewers import Viewer
from recommender import queries, store
from recommender.engine.arrays import Rows

MOST_POINTS = 20_000
"""Points of one map; a larger collection is shown by a sample that stays the same."""
SHOWN = 8
"""Pictures of an area that stand for it."""
NAMED_FROM = 0.25
"""Share of an area's pictures that its name must fit."""
MOST_ASKED = 96
"""Cards of one request."""


@dataclass(frozen=True)
class Point:
    """A picture's place, x to the right and y downwards in [0, 1], and its colour as #rrggbb."""

    image: int
    x: float
    y: float
    colour: str


@dataclass(frozen=True)
class Area:
    """A part of the map: its name, its middle, how many pictures lie there, and those nearest to the middle."""

    name: str
    x: float
    y: float
    pictures: int
    cards: list[Card] = field(default_factory=list)


class NotDrawn(Exception):
    """There is no map yet."""


def points(viewer: Viewer) -> list[Point]:
    """Where everything that may be listed for the viewer lies, in a stable order. Raises NotDrawn."""
    atlas = _atlas()
    listed = dict(Image.objects.listed_for(viewer).values_list("pk", "colour"))
    order = np.random.default_rng(0).permutation(len(atlas.ids))
    ids = atlas.ids.values[order].tolist()
    places = atlas.places[order].tolist()
    found = [Point(image, x, y, listed[image]) for image, (x, y) in zip(ids, places, strict=True) if image in listed]
    return found[:MOST_POINTS]


def areas(viewer: Viewer) -> list[Area]:
    """The parts of the map with what may be listed for the viewer, the fullest first. Raises NotDrawn."""
    atlas = _atlas()
    listed = np.array(sorted(Image.objects.listed_for(viewer).values_list("pk", flat=True)), np.int64)
    rows = atlas.ids.rows(listed)
    rows = rows[rows >= 0]
    parts = [rows[atlas.areas[rows] == number] for number in np.unique(atlas.areas[rows]).tolist()]
    names = queries.names_of([atlas.ids.ids(part).tolist() for part in parts], least=NAMED_FROM)
    found = [_area(atlas, part, name, viewer) for part, name in zip(parts, names, strict=True)]
    return sorted(found, key=lambda area: -area.pictures)


def cards(ids: Sequence[int], viewer: Viewer) -> list[Card]:
    """The cards of some of the points."""
    return [card for card in catalog_queries.cards(ids[:MOST_ASKED], viewer) if card.has_pixels]


def _atlas() -> store.Atlas:
    atlas = store.atlas()
    if atlas is None:
        raise NotDrawn
    return atlas


def _area(atlas: store.Atlas, rows: Rows, name: str, viewer: Viewer) -> Area:
    places = atlas.places[rows]
    middle = np.median(places, axis=0)
    nearest = rows[np.argsort(((places - middle) ** 2).sum(axis=1), kind="stable")[: SHOWN * 2]]
    shown = cards(atlas.ids.ids(nearest).tolist(), viewer)[:SHOWN]
    return Area(name, float(middle[0]), float(middle[1]), len(rows), shown)
