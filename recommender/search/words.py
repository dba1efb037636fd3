"""Search by words: pictures that have the words, joined with pictures that show what the words mean."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from catalog import queries as catalog_queries
from catalog.queries import EVERYTHING, Akin, GalleryFilter, Listed
from catalog.viewers import Viewer
from recommender import entries, store
from recommender.engine.fusion import reciprocal_ranks
from recommender.engine.vision.model_file import EyesError
from recommender.entries import Place
from recommender.search import meaning
from recommender.search.match import Match
from recommender.search.meaning import Look
from recommender.search.photos import shown_to

UNFINISHED_FROM = 4  # letters from which a last word may be the beginning of a longer one


@dataclass(frozen=True, slots=True)
class Ranking:
    """Listed pictures, best first, with their scores, and whether what was asked for is among them.

    partly: it is not, but each of the first ones has a part of it.
    """

    scores: dict[int, float]
    good_match: bool
    partly: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """One of several things asked for: the pictures that have it, told or shown, and whether the eyes would know it."""

    has: frozenset[int]
    knows: bool = False


def by_words(
    *,
    viewer: Viewer,
    text: str,
    where: GalleryFilter = EVERYTHING,
    k: int = 24,
    start: int = 0,
    detail: bool = False,
) -> Match:
    """k pictures from the place `start` on that match the text, in English or Chinese, and pass the filter.

    Without a good match these are the nearest anyway: what has some of the things asked for, parts of words, and what
    is nearest in meaning.
    Raises catalog.queries.BadFilter.
    """
    ranking = ranked(text, viewer=viewer, where=where)
    wanted = list(ranking.scores.items())[start : start + k]
    places = [Place(image=image, score=score, kind="look") for image, score in wanted]
    return Match(
        good_match=ranking.good_match,
        entries=entries.build(places, viewer, detail=detail, by="words"),
        total=len(ranking.scores),
        partly=ranking.partly,
    )


def ranked(text: str, *, viewer: Viewer, where: GalleryFilter = EVERYTHING) -> Ranking:
    """All that matches the text. Raises catalog.queries.BadFilter."""
    english, unread = meaning.in_english(text), meaning.left_out(text)
    akin, look = meaning.akin_to(english), _look(english, viewer, where)
    readings = list(dict.fromkeys(filter(None, (english, text.strip()))))
    complete = [reading for reading in readings if not unread or reading != english]
    listed = catalog_queries.Listed(viewer, where)
    told = listed.among([pk for reading in readings for pk in catalog_queries.matching_ids(reading, akin=akin)])
    whole = listed.among([pk for reading in complete for pk in _whole(reading, akin)])
    shown = meaning.shown(english, look) if look is not None and not unread else []
    if whole:
        return Ranking(reciprocal_ranks([told, shown]), good_match=True)
    parts = _parts(english, unread, akin, look, listed)
    shown = [pk for pk in shown if all(pk in part.has for part in parts if part.knows)]
    near = [] if look is None else meaning.near(look)
    some = _by_parts(parts, near)
    have_all = [pk for pk in some if all(pk in part.has for part in parts)]
    if have_all or shown:
        return Ranking(reciprocal_ranks([[*have_all, *told], shown]), good_match=True)
    # The letters of a word inside another one say least.
    return Ranking(reciprocal_ranks([[*some, *near, *told]]), good_match=False, partly=bool(some))


def _parts(english: str, unread: list[str], akin: Akin, look: Look | None, listed: Listed) -> list[Part]:
    """The things that a text asks for; none where it is only one."""
    told = catalog_queries.ids_by_part(english, akin=akin)
    told |= {piece: catalog_queries.matching_ids(piece) for piece in unread}
    if len(told) < 2:
        return []
    known = {thing for thing in told if look is not None and meaning.is_thing(thing, look.index)}
    seen = {thing: meaning.shown(thing, look) for thing in known if look is not None}
    return [Part(frozenset([*listed.among(ids), *seen.get(thing, ())]), thing in known) for thing, ids in told.items()]


def _by_parts(parts: list[Part], near: list[int]) -> list[int]:
    """What has some of the parts: most of them first, then what is nearest in meaning."""
    counts = Counter(pk for part in parts for pk in part.has)
    places = {pk: place for place, pk in enumerate(near)}
    return sorted(counts, key=lambda pk: (-counts[pk], places.get(pk, len(places)), pk))


def _whole(reading: str, akin: Akin) -> list[int]:
    """What matches whole words. The last one may be unfinished, unless it is a word itself: `plan` is not `plane`."""
    last = reading.rsplit(maxsplit=1)[-1] if reading.split() else ""
    try:
        unfinished = len(last) >= UNFINISHED_FROM and store.words().unknown(last)
    except EyesError:
        unfinished = True
    return catalog_queries.matching_ids(reading, parts=False, unfinished=unfinished, akin=akin)


def _look(english: str, viewer: Viewer, where: GalleryFilter) -> Look | None:
    """None where there is nothing to look at, or to read."""
    index = store.index()
    if index is None or meaning.vector_of(english, index) is None:
        return None
    return meaning.look(english, index, shown_to(index, viewer, where).shown)
