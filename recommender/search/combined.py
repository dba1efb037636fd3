"""Search by several parts at once, each with a plus or a minus: this photo, more red, less table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from PIL import Image as Pillow

from catalog import storage
from catalog.models import Image
from catalog.queries import EVERYTHING, GalleryFilter, matching_ids, nearest_in_colour_ids, relevant_ids
from catalog.queries.gallery import lab_of
from catalog.viewers import Viewer
from recommender import entries, queries, store
from recommender.engine.arrays import Mask, Rows, Vectors, Weights, best_first
from recommender.engine.config import DEFAULT
from recommender.engine.fusion import reciprocal_ranks, weighted
from recommender.engine.kind import Seen
from recommender.engine.similar import rank_similar
from recommender.entries import Place
from recommender.search import meaning, words
from recommender.search.match import Match
from recommender.search.parts import Part, check
from recommender.search.photos import Busy, cut_out, index_of, matched, seen_in, shown_to

SEEN_FROM = 640  # the rendition that a box is cut from, as the eyes look at a picture
TOLD = 0.5  # what having the very words adds to the cosine of a meaning


def by_parts(
    parts: Sequence[Part],
    *,
    viewer: Viewer,
    where: GalleryFilter = EVERYTHING,
    k: int = 24,
    start: int = 0,
    detail: bool = False,
) -> Match:
    """k pictures from the place `start` on, by the sum of the parts: Σ weight · z over all that passes the filter.

    z: likeness to the part, in standard deviations over a fixed sample of the collection, so that a filter never
    changes which of two pictures fits better. A single wanted part gives the list of its own kind of search. Raises
    BadPart, BadFilter, and Busy while there is no index.
    """
    check(parts, viewer)
    if len(parts) == 1 and parts[0].weight > 0:
        return _alone(parts[0], viewer=viewer, where=where, k=k, start=start, detail=detail)
    index = index_of(store.eyes().model_key)
    if index is None:
        return Match()
    allowed = shown_to(index, viewer, where).shown
    everything = queries.catalogue(index, viewer).shown
    total = weighted(
        [_likeness(part, index) for part in parts],
        [part.weight for part in parts],
        fixed_sample(everything),
    )
    total[~allowed] = -np.inf
    total[_asked_with(parts, index)] = -np.inf
    wanted = [part for part in parts if part.weight > 0]
    rows = best_first(total, start + k)[start:]
    places = [Place(image=int(index.ids.values[row]), score=float(total[row]), kind="look") for row in rows]
    return Match(
        good_match=not wanted or any(_is_there(part, index, viewer) for part in wanted),
        entries=entries.build(places, viewer, detail=detail, by="parts"),
        total=int(np.isfinite(total).sum()),
    )


def fixed_sample(rows: Mask) -> Rows:
    """At most `parts_sample` of these rows, always the same ones of the same collection."""
    there = np.flatnonzero(rows)
    return np.sort(np.random.default_rng(0).permutation(there)[: DEFAULT.parts_sample])


def _likeness(part: Part, index: store.Index) -> Weights:
    """(n,) how much every picture is like the part; comparable within the part alone."""
    if part.kind == "colour":
        return queries.colour_likeness(index, lab_of(part.colour))
    if part.kind == "words":
        return _word_likeness(part.text, index)
    return _cosines(index, _vector(part, index))


def _cosines(index: store.Index, vector: Vectors) -> Weights:
    """(n,) cosines of every row to one vector of the index."""
    cosines = np.empty(len(index.ids))
    for begin, block in index.vectors.blocks():
        cosines[begin : begin + len(block)] = block @ vector
    return cosines


def _vector(part: Part, index: store.Index) -> Vectors:
    """What the part looks like, in the index's own space."""
    if part.kind == "image" and part.box is None:
        return index.vectors.take([_row(part, index)])[0]
    return index.projection.apply(_seen(part).features[None])[0]


def _row(part: Part, index: store.Index) -> int:
    row = int(index.ids.rows([part.image or 0])[0])
    if row < 0:
        raise Busy(retry_after=10)  # it has not been looked at yet
    return row


def _seen(part: Part) -> Seen:
    """What is in a photo, or in a box on a picture."""
    if part.seen is not None:
        return part.seen
    assert part.box is not None
    image = Image.objects.get(pk=part.image or 0)
    with (
        storage.open_rendition(image.pk, image.rendition_token, SEEN_FROM) as file,
        Pillow.open(file, formats=("WEBP",)) as picture,
    ):
        pixels = np.asarray(picture.convert("RGB"))
    return seen_in(cut_out(pixels, part.box))


def _word_likeness(text: str, index: store.Index) -> Weights:
    """How near in meaning, and half a cosine more where the picture has the very words."""
    english = meaning.in_english(text)
    vector = meaning.vector_of(english, index)
    found = np.zeros(len(index.ids))
    if vector is not None and index.meanings is not None:
        for begin, block in index.meanings.blocks():
            found[begin : begin + len(block)] = block @ vector
    told = index.ids.rows([pk for reading in filter(None, {english, text}) for pk in matching_ids(reading)])
    found[np.unique(told[told >= 0])] += TOLD
    return found


def _asked_with(parts: Sequence[Part], index: store.Index) -> Rows:
    """The pictures that the query consists of: nobody is looking for what is already in front of them."""
    rows = index.ids.rows([part.image for part in parts if part.image is not None])
    return rows[rows >= 0]


def _is_there(part: Part, index: store.Index, viewer: Viewer) -> bool:
    if part.kind == "words":
        return words.ranked(part.text, viewer=viewer).good_match
    if part.kind == "photo" or part.box is not None:
        return matched(index, _seen(part), viewer=viewer, where=EVERYTHING, k=1, detail=False).good_match
    return True


def _alone(part: Part, *, viewer: Viewer, where: GalleryFilter, k: int, start: int, detail: bool) -> Match:
    """The list of the part's own search."""
    if part.kind == "words":
        return words.by_words(viewer=viewer, text=part.text, where=where, k=k, start=start, detail=detail)
    if part.kind == "colour":
        return _of_colour(replace(where, colour=part.colour), viewer=viewer, k=k, start=start, detail=detail)
    index = index_of(store.eyes().model_key)
    if index is None:
        return Match()
    if part.kind == "image" and part.box is None:
        places = _similar(part, index, viewer=viewer, where=where, k=start + k)
        return Match(bool(places), entries.build(places[start:], viewer, detail=detail, by="look"), len(places))
    match = matched(index, _seen(part), viewer=viewer, where=where, k=start + k, detail=detail)
    return Match(match.good_match, match.entries[start:], len(match.entries))


def _of_colour(where: GalleryFilter, *, viewer: Viewer, k: int, start: int, detail: bool) -> Match:
    """What has most of the colour; where nothing has it, what is nearest to it, and no good match."""
    has_it = relevant_ids(viewer=viewer, where=where)
    ids = has_it or nearest_in_colour_ids(viewer=viewer, where=where)
    places = [Place(image=pk, score=score, kind="look") for pk, score in reciprocal_ranks([ids]).items()]
    shown = entries.build(places[start : start + k], viewer, detail=detail, by="parts")
    return Match(bool(has_it), shown, len(ids))


def _similar(part: Part, index: store.Index, *, viewer: Viewer, where: GalleryFilter, k: int) -> list[Place]:
    ranked = rank_similar(
        catalogue=shown_to(index, viewer, where),
        rows=[_row(part, index)],
        mode="look",
        people=None,
        tags=None,
        excluded=index.ids.rows(list(queries.dismissed_by(viewer))),
        k=k,
    )
    ids = index.ids.values
    return [
        Place(image=int(ids[card.row]), score=card.score, kind="look", evidence=(part.image or 0,), copies=card.copies)
        for card in ranked
    ]
