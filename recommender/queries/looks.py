"""What the eyes saw, from the embeddings themselves."""

from __future__ import annotations

import numpy as np

from recommender.engine.arrays import Ids, Rows, StoredVectors, Vectors, unit
from recommender.engine.similar import Aspects
from recommender.engine.vision.aspects import VERSION, WIDTH
from recommender.engine.vision.embedder import FEATURES
from recommender.models import Embedding
from recommender.store import Index


def features(index: Index, rows: Rows) -> Vectors:
    """(m, 1280) float32 raw features of these rows, as unit rows."""
    return unit(features_of(index.ids.ids(rows), key=index.eyes_key))


def features_of(ids: Ids, *, key: str) -> Vectors:
    """(n, 1280) float32 raw features, in the order of the ids; zeros where there are none.

    A picture that is being looked at again keeps its old ones until then.
    """
    found = np.zeros((len(ids), FEATURES), np.float32)
    row = {pk: place for place, pk in enumerate(ids.tolist())}
    for start in range(0, len(ids), 500):
        seen = Embedding.objects.filter(model_key=key, image__in=ids[start : start + 500].tolist())
        for pk, stored in seen.exclude(features=None).values_list("image_id", "features"):
            found[row[pk]] = np.frombuffer(stored or b"", "<f2")
    return found


def aspects(index: Index) -> Aspects | None:
    """What dials turn, with the index's own fixed sample; None while an index has none yet."""
    return Aspects(index.aspects, index.background_rows) if index.aspects is not None else None


def aspects_of(ids: Ids, *, key: str) -> tuple[StoredVectors, int]:
    """(n, WIDTH) float16 aspects, in the order of the ids, zeros where there are none; and how many are yet unread."""
    found, unread = np.zeros((len(ids), WIDTH), np.float16), 0
    row = {pk: place for place, pk in enumerate(ids.tolist())}
    for start in range(0, len(ids), 500):
        seen = Embedding.objects.filter(model_key=key, image__in=ids[start : start + 500].tolist())
        for pk, version, stored in seen.exclude(features=None).values_list("image_id", "aspects_version", "aspects"):
            unread += version != VERSION
            if version == VERSION and stored is not None:
                found[row[pk]] = np.frombuffer(stored, "<f2")
    return found, unread
