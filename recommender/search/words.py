"""Search by words: pictures that have the words, joined with pictures that show what the words mean."""

from __future__ import annotations

import logging
from collections import Counter
from dataclasses import dataclass

from catalog import queries as catalog_queries
from catalog.queries import EVERYTHING, GalleryFilter
from catalog.viewers import Viewer
from recommender import entries, store
from recommender.engine.fusion import reciprocal_ranks
from recommender.engine.vision.model_file import EyesError
from recommender.entries import Place
from recommender.search import meaning
from recommender.search.match import Match
from recommender.search.photos import shown_to

logger = logging.getLogger(__name__)

MOST_WORDS = 12  # that are looked for one by one
UNFINISHED_FROM = 4  # letters from which a last word may be the beginning of a longer one


@dataclass(frozen=True, slots=True)
class Ranking:
    """Listed pictures, best first, with their scores, and whether what was asked for is among them."""

    scores: dict[int, float]
    good_match: bool


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

    Without a good match these are the nearest anyway: some of the words, parts of words, and what is nearest in
    meaning.
    Raises catalog.queries.BadFilter.
    """
    ranking = ranked(text, viewer=viewer, where=where)
    wanted = list(ranking.scores.items())[start : start + k]
    places = [Place(image=image, score=score, kind="look") for image, score in wanted]
    return Match(
        good_match=ranking.good_match,
        entries=entries.build(places, viewer, detail=detail, by="words"),
        total=len(ranking.scores),
    )


def ranked(text: str, *, viewer: Viewer, where: GalleryFilter = EVERYTHING) -> Ranking:
    """All that matches the text. Raises catalog.queries.BadFilter."""
    english = meaning.in_english(text)
    readings = list(dict.fromkeys(filter(None, (english, text.strip()))))
    listed = catalog_queries.Listed(viewer, where)
    told = listed.among([pk for reading in readings for pk in catalog_queries.matching_ids(reading)])
    whole = listed.among([pk for reading in readings for pk in _whole(reading)])
    seen, near = _in_meaning(english, viewer, where)
    if whole or seen:
        return Ranking(reciprocal_ranks([told, seen]), good_match=True)
    some = listed.among(_told_some(english))
    return Ranking(reciprocal_ranks([[*some, *reciprocal_ranks([told, near])]]), good_match=False)


def _told_some(english: str) -> list[int]:
    """What is told by some of several words, most of them first: nearer than anything that only resembles them."""
    words = dict.fromkeys(english.split()[:MOST_WORDS])
    if len(words) == 1:
        return []
    told = Counter(pk for word in words for pk in catalog_queries.matching_ids(word, parts=False, unfinished=False))
    return [pk for pk, _count in told.most_common()]


def _whole(reading: str) -> list[int]:
    """What matches whole words. The last one may be unfinished, unless it is a word itself: `plan` is not `plane`."""
    last = reading.rsplit(maxsplit=1)[-1] if reading.split() else ""
    try:
        unfinished = len(last) >= UNFINISHED_FROM and store.words().unknown(last)
    except EyesError:
        unfinished = True
    return catalog_queries.matching_ids(reading, parts=False, unfinished=unfinished)


def _in_meaning(english: str, viewer: Viewer, where: GalleryFilter) -> tuple[list[int], list[int]]:
    """Ids of the pictures that show what the words mean, and of those nearest to it in meaning."""
    try:
        index = store.index()
        vector = None if index is None else meaning.vector_of(english, index)
        if index is None or vector is None:
            return [], []
        rows, _cosines = meaning.near(vector, index, shown_to(index, viewer, where).shown)
        ids, shown = index.ids.ids(rows).tolist(), meaning.shows(vector, index, rows)
    except EyesError:
        logger.exception("The words are searched for by their letters alone.")
        return [], []
    return [pk for pk, is_shown in zip(ids, shown, strict=True) if is_shown], ids
