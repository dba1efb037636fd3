"""What there is to show: the pictures of an index that one viewer may see, and all public ones for learning."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from catalog.models import Category, Image
from catalog.viewers import NOBODY, Viewer
from recommender.engine.arrays import IdMap, Ids, Mask, Rows, Times
from recommender.engine.inputs import Catalogue
from recommender.queries.remembered import Remembered
from recommender.store import Index


@dataclass(frozen=True, eq=False)
class Listing:
    """The pictures everybody may be shown: ids, ascending, and the number of each one's top category."""

    ids: Ids
    categories: Rows


@dataclass(frozen=True, eq=False)
class Collection:
    """The pictures everybody may be shown, by ascending id, for learning rather than showing."""

    ids: Ids
    created: Times
    categories: Rows
    category_names: tuple[str, ...]


def catalogue(index: Index, viewer: Viewer) -> Catalogue:
    """The index as this viewer may be shown it: everything listed, and what is theirs."""
    allowed, categories = _placed(index, _listing())
    if viewer.user_id is not None:
        own = Image.objects.owned_by(viewer).listed_for(viewer).values_list("pk", flat=True)
        rows = index.ids.rows(list(own))
        allowed = allowed.copy()
        allowed[rows[rows >= 0]] = True
    return Catalogue(
        vectors=index.vectors,
        created=index.created,
        categories=categories,
        moments=index.moments,
        hashes=index.hashes,
        allowed=allowed,
        codes=index.codes,
    )


def narrowed(catalogue: Catalogue, rows: Rows) -> Catalogue:
    """The same catalogue, showing only these rows."""
    mask: Mask = np.zeros(len(catalogue), np.bool_)
    mask[rows[rows >= 0]] = True
    return replace(catalogue, allowed=catalogue.shown & mask)


def without(catalogue: Catalogue, rows: Rows) -> Catalogue:
    """The same catalogue, showing none of these rows."""
    mask = catalogue.shown.copy()
    mask[rows] = False
    return replace(catalogue, allowed=mask)


def collection() -> Collection:
    """All listed pictures; `categories` are numbers of `category_names`, the top ones, -1 for none."""
    listing = _read_listing()
    created = dict(Image.objects.listed_for(NOBODY).order_by().values_list("pk", "created_at"))
    roots = {path.partition("/")[0] for path in Category.objects.values_list("path", flat=True)}
    # A picture that came or went between the two queries is left out.
    here = np.array([pk in created for pk in listing.ids.tolist()], np.bool_)
    ids = listing.ids[here]
    return Collection(
        ids=ids,
        created=np.array([created[pk].timestamp() for pk in ids.tolist()], np.float64),
        categories=listing.categories[here],
        category_names=tuple(sorted(roots)),
    )


@lru_cache(maxsize=4)
def _placed(index: Index, listing: Listing) -> tuple[Mask, Rows]:
    """Which rows of the index are listed, and their categories."""
    place = IdMap(listing.ids).rows(index.ids.values)
    allowed = place >= 0
    categories = np.full(len(place), -1, np.int64)
    categories[allowed] = listing.categories[place[allowed]]
    return allowed, categories


def _read_listing() -> Listing:
    roots = {pk: path.partition("/")[0] for pk, path in Category.objects.values_list("pk", "path")}
    number = {root: place for place, root in enumerate(sorted(set(roots.values())))}
    rows = Image.objects.listed_for(NOBODY).order_by("pk").values_list("pk", "category_id")
    pairs = [(pk, number[roots[category]] if category in roots else -1) for pk, category in rows]
    table = np.array(pairs, np.int64).reshape(-1, 2)
    return Listing(ids=table[:, 0], categories=table[:, 1])


_listing = Remembered(_read_listing)


def forget() -> None:
    _listing.forget()
    _placed.cache_clear()
