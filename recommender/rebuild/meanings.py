"""What the pictures of an index mean in words, from the classes that their features speak of."""

from __future__ import annotations

from dataclasses import dataclass

from recommender import store
from recommender.engine.arrays import Vectors
from recommender.engine.vision.embedder import Embedder
from recommender.engine.vision.model_file import EyesError
from recommender.engine.vision.text import TextEncoder, meanings


@dataclass(frozen=True)
class Reader:
    """Eyes and words together. key: names the space of words; vectors of two keys never meet."""

    key: str
    eyes: Embedder
    words: TextEncoder

    def meanings(self, features: Vectors) -> Vectors:
        """(n, 384): zero for a row without features. features: (n, 1280) raw."""
        probabilities = self.eyes.classify(features)
        probabilities[~features.any(axis=1)] = 0
        return meanings(probabilities, self.words.labels())


def reader_for(eyes_key: str) -> Reader | None:
    """The eyes of this key with the words at hand; None where either is missing, for words are no condition."""
    try:
        eyes, words = store.eyes(), store.words()
        return Reader(words.labels_key, eyes, words) if eyes.model_key == eyes_key else None
    except EyesError:
        return None
