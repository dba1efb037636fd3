"""What a search in words means: in English, as a vector, and whether a picture shows it."""

from __future__ import annotations

import logging
import re

import numpy as np

from catalog import queries as catalog_queries
from recommender import queries, store
from recommender.engine.arrays import Mask, Rows, Scores, Vectors
from recommender.engine.config import DEFAULT, RankingConfig
from recommender.engine.index import nearest
from recommender.engine.vision.model_file import EyesError
from recommender.engine.vision.vocabulary import english_names

logger = logging.getLogger(__name__)

NEAREST = 200  # pictures near in meaning that are looked at more closely


def in_english(text: str) -> str:
    """The text with its Chinese put into English; words that the site does not know are left out."""

    def translated(run: re.Match[str]) -> str:
        known = english_names()
        return " " + " ".join(known[piece] for piece in catalog_queries.pieces(run[0], known) if piece in known) + " "

    return " ".join(catalog_queries.CHINESE.sub(translated, text).split())


def vector_of(text: str, index: store.Index) -> Vectors | None:
    """What an English text means, in the space of this index; None where there is nothing to read, or no reader."""
    if index.meanings is None or not text:
        return None
    try:
        words = store.words()
        if words.labels_key != index.words_key or words.unknown(text):
            return None
        return words.encode(text)
    except EyesError:
        logger.exception("The words cannot be read.")
        return None


def near(meaning: Vectors, index: store.Index, allowed: Mask) -> tuple[Rows, Scores]:
    """The pictures nearest in meaning, best first, with their cosines."""
    assert index.meanings is not None
    (rows,), (cosines,) = nearest(index.meanings, meaning[None], min(NEAREST, len(index.ids)), allowed)
    return rows[rows >= 0], cosines[rows >= 0]


def shows(meaning: Vectors, index: store.Index, rows: Rows, config: RankingConfig = DEFAULT) -> Mask:
    """(rows,): whether the eyes saw what was asked for in each picture.

    The full features say how probable the classes are whose names mean it. Being near in the space of words is not
    enough: something is always nearest, even to a word for nothing that is here.
    """
    eyes, words = store.eyes(), store.words()
    if eyes.model_key != index.eyes_key or not len(rows):
        return np.zeros(len(rows), np.bool_)
    likeness = words.labels() @ meaning
    least = max(config.meaning_least, config.meaning_share * float(likeness.max()))
    probabilities = eyes.classify(queries.features_of(index.ids.ids(rows), key=index.eyes_key))
    seen: Mask = probabilities[:, likeness >= least].sum(axis=1) >= config.meaning_probability
    return seen
