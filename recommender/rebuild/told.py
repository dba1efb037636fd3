"""From what people wrote to what it means: a vector for every picture that can be found, and for every name in use."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence

import numpy as np

from catalog import queries as catalog_queries
from catalog.viewers import NOBODY
from recommender import store
from recommender.engine.arrays import Hashes, StoredVectors, Vectors
from recommender.engine.vision.model_file import EyesError
from recommender.engine.vision.text import WIDTH
from recommender.models import Release
from recommender.search.meaning import in_english

LEASE = 900  # seconds


def publish_told() -> int:
    """Read what was written since the last time, and publish that; returns how many pictures there are.

    Nothing is published where nothing has changed, or where there is no reader: words are no condition. Raises
    store.Busy.
    """
    try:
        key = store.words().labels_key
    except EyesError:
        return 0
    with store.lease("told", seconds=LEASE):
        own, names, before = catalog_queries.own_words(), _names(), _before(key)
        ids, texts = np.array(list(own), np.int64), list(own.values())
        written = _hashes(texts)
        if before is None or not _is_the_same(before, ids, written, names):
            known = {} if before is None else dict(zip(before.written.tolist(), _rows(before), strict=True))
            called = {} if before is None else dict(zip(before.names, before.name_vectors, strict=True))
            store.publish(
                kind=Release.Kind.TOLD,
                model_key=key,
                manifest={
                    "ids": store.save(ids),
                    "written": store.save(written),
                    "vectors": store.save(_vectors(texts, [known.get(word) for word in written.tolist()])),
                    "names": store.save(np.array(names, np.str_)),
                    "name_vectors": store.save(_vectors(names, [called.get(name) for name in names])),
                },
            )
    return len(ids)


def _names() -> tuple[str, ...]:
    """What tags and categories are called in English, as it is compared."""
    named = catalog_queries.names_in_use(NOBODY)
    return tuple(sorted({name.begins for name in named if name.begins and not _is_chinese(name.begins)}))


def _is_chinese(text: str) -> bool:
    return catalog_queries.CHINESE.search(text) is not None


def _before(key: str) -> store.Told | None:
    """What serves, if it was read by this reader."""
    told = store.told()
    return told if told is not None and told.words_key == key else None


def _is_the_same(before: store.Told, ids: np.ndarray, written: Hashes, names: tuple[str, ...]) -> bool:
    same = np.array_equal(ids, before.ids.values) and np.array_equal(written, before.written)
    return same and names == before.names


def _rows(before: store.Told) -> Vectors:
    return before.vectors.take(np.arange(len(before.ids)))


def _hashes(texts: Sequence[str]) -> Hashes:
    """(n,) uint64: tells texts apart."""
    digests = (hashlib.blake2b(text.encode(), digest_size=8).digest() for text in texts)
    return np.frombuffer(b"".join(digests), np.uint64)


def _vectors(texts: Sequence[str], known: Sequence[Vectors | None]) -> StoredVectors:
    """(n, 384) float16 in the space of words: those that are known, and the others read; zero for no text."""
    vectors = np.zeros((len(texts), WIDTH), np.float16)
    read: Callable[[str], Vectors] = store.words().encode
    for row, (text, vector) in enumerate(zip(texts, known, strict=True)):
        if vector is not None:
            vectors[row] = vector
        elif english := in_english(text):
            vectors[row] = read(english)
    return vectors
