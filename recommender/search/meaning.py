"""What a search in words means: in English, as a vector, near to which pictures, and whether a picture shows it."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from catalog import queries as catalog_queries
from catalog.queries import Akin
from recommender import queries, store
from recommender.engine.arrays import Mask, Rows, Scores, Segments, Vectors, best_first
from recommender.engine.config import DEFAULT, RankingConfig
from recommender.engine.meaning import akin, meant, nearness, widened, wider_names
from recommender.engine.vision.embedder import CLASSES
from recommender.engine.vision.model_file import EyesError
from recommender.engine.vision.text import TextEncoder
from recommender.engine.vision.vocabulary import english_names

logger = logging.getLogger(__name__)

NEAREST = 200  # pictures near in meaning that are looked at more closely
REMEMBERED = 1024  # texts whose vectors are kept


def in_english(text: str) -> str:
    """The text with its Chinese put into English; words that the site does not know are left out."""

    def translated(run: re.Match[str]) -> str:
        known = english_names()
        return " " + " ".join(known[piece] for piece in catalog_queries.pieces(run[0], known) if piece in known) + " "

    return " ".join(catalog_queries.CHINESE.sub(translated, text).split())


def left_out(text: str) -> list[str]:
    """Chinese words that `in_english` leaves out; single letters are taken for a part of the word beside them."""
    known = english_names()
    runs = catalog_queries.CHINESE.findall(text)
    return [piece for run in runs for piece in catalog_queries.pieces(run, known) if piece not in known and piece[1:]]


def vector_of(text: str, index: store.Index) -> Vectors | None:
    """What an English text means, in the space of this index; None where there is nothing to read, or no reader."""
    if index.meanings is None or not text:
        return None
    try:
        words = store.words()
        if words.labels_key != index.words_key or words.unknown(text):
            return None
        return encoded(text, words)
    except EyesError:
        logger.exception("The words cannot be read.")
        return None


def encoded(text: str, words: TextEncoder) -> Vectors:
    """(384,) what the text means; the last ones are remembered, for a page asks for several things of one text."""
    return _encoded(text, words.model_key, words)


@lru_cache(maxsize=REMEMBERED)
def _encoded(text: str, _key: str, words: TextEncoder) -> Vectors:
    return words.encode(text)


def akin_to(english: str) -> Akin:
    """Each word of the text → names in use that are as good as it. A word that is a name needs no other."""
    told = _told()
    if told is None:
        return catalog_queries.NONE_AKIN
    words = store.words()
    found = {
        word: _akin_names(encoded(word, words), word, told, words)
        for word in _unnamed(english, told.names)
        if not words.unknown(word)
    }
    return {word: names for word, names in found.items() if names}


def _akin_names(vector: Vectors, word: str, told: store.Told, words: TextEncoder) -> tuple[str, ...]:
    """A wider name means more than the word: an animal is near to a dog, and need not be one."""
    rows = akin(word, told.names, told.name_vectors @ vector)
    wider = wider_names(words.labels() @ vector) if len(rows) else []
    return tuple(told.names[row] for row in rows if told.names[row] not in wider)


def _unnamed(english: str, names: tuple[str, ...]) -> Iterator[str]:
    known = {*names, *catalog_queries.ENGLISH_JOINING}
    return (word for word in dict.fromkeys(catalog_queries.words_of(english)) if word not in known)


@dataclass(frozen=True, eq=False)
class Look:
    """What the eyes say to a text: of which pictures they speak, and what they saw in the nearest of them.

    vector: of the text.  seen: (n,) its cosines to the classes of all pictures.  rows: those nearest by it, best first.
    probabilities: (rows, 1000).
    """

    index: store.Index
    allowed: Mask
    text: str
    vector: Vectors
    seen: Scores
    rows: Rows
    probabilities: Scores


def look(text: str, index: store.Index, allowed: Mask) -> Look | None:
    """Look at the pictures that may be found for an English text; None where it cannot be read."""
    vector = vector_of(text, index)
    if vector is None or index.meanings is None:
        return None
    seen = _cosines(index.meanings, vector)
    rows = best_first(np.where(allowed, seen, -np.inf), NEAREST)
    return Look(index, allowed, text, vector, seen, rows, _probabilities(index, rows))


def _probabilities(index: store.Index, rows: Rows) -> Scores:
    """(rows, 1000) of the classes, from the full features; all 0 where the eyes at hand are others."""
    try:
        eyes = store.eyes()
        if eyes.model_key == index.eyes_key and len(rows):
            return eyes.classify(queries.features_of(index.ids.ids(rows), key=index.eyes_key))
    except EyesError:
        logger.exception("What the eyes saw is not asked for.")
    return np.zeros((len(rows), CLASSES), np.float32)


def shown(text: str, seen: Look, config: RankingConfig = DEFAULT) -> list[int]:
    """Ids of the pictures looked at that show what a text means, be it the one looked for or a part of it.

    The full features say how probable the classes are whose names mean it. Being near in the space of words is not
    enough: something is always nearest, even to a word for nothing that is here.
    """
    vector = vector_of(text, seen.index)
    if vector is None:
        return []
    classes = meant(store.words().labels() @ vector, config)
    is_seen: Mask = seen.probabilities[:, classes].sum(axis=1) >= config.meaning_probability
    ids: list[int] = seen.index.ids.ids(seen.rows[is_seen]).tolist()
    return ids


def is_thing(text: str, index: store.Index, config: RankingConfig = DEFAULT) -> bool:
    """Whether it is something that the eyes know by name, so that a picture without it can be told."""
    vector = vector_of(text, index)
    return vector is not None and bool((store.words().labels() @ vector).max() >= config.meaning_thing)


def near(seen: Look, config: RankingConfig = DEFAULT) -> list[int]:
    """Ids of the pictures nearest in meaning, best first."""
    told, written = _told(), np.zeros_like(seen.seen)
    if told is not None:
        words = store.words()
        wide = encoded(widened(seen.text, words.labels() @ seen.vector, config), words)
        rows = told.ids.rows(seen.index.ids.values)
        written[rows >= 0] = _cosines(told.vectors, wide)[rows[rows >= 0]]
    scores = np.where(seen.allowed, nearness(written, seen.seen, config), -np.inf)
    ids: list[int] = seen.index.ids.ids(best_first(scores, NEAREST)).tolist()
    return ids


def _told() -> store.Told | None:
    """What people wrote, if it was read by the reader at hand."""
    told = store.told()
    try:
        return told if told is not None and told.words_key == store.words().labels_key else None
    except EyesError:
        return None


def _cosines(vectors: Segments, vector: Vectors) -> Scores:
    """(n,) cosines of every row to one vector."""
    found = np.empty(len(vectors), np.float32)
    for begin, block in vectors.blocks():
        found[begin : begin + len(block)] = block @ vector
    return found
