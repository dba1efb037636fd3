"""The networks that look at pictures and read words, one of each a process."""

from functools import lru_cache
from pathlib import Path

from django.conf import settings

from recommender.engine.vision.embedder import Embedder, find_model_file
from recommender.engine.vision.text import TextEncoder, find_words_file


def eyes() -> Embedder:
    """The CNN: the file brought along, or the one that was built. Raises EyesError."""
    return _embedder(Path(settings.EYES_FILE) if settings.EYES_FILE else find_model_file(settings.VAR / "eyes"))


def words() -> TextEncoder:
    """What reads a few words: the file brought along, or the one that was built. Raises EyesError."""
    return _encoder(Path(settings.WORDS_FILE) if settings.WORDS_FILE else find_words_file(settings.VAR / "eyes"))


@lru_cache(maxsize=2)
def _encoder(path: Path) -> TextEncoder:
    return TextEncoder(path)


@lru_cache(maxsize=2)
def _embedder(path: Path) -> Embedder:
    return Embedder(path)
