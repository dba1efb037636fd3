"""What the eyes saw, from the embeddings themselves."""

from __future__ import annotations

import numpy as np

from recommender.engine.arrays import Ids, Rows, Vectors, unit
from recommender.engine.vision.embedder import FEATURES
from recommender.models import Embedding
from recommender.store import Index


def features(index: Index, rows: Rows) -> Vectors:
    """(m, 1280) float32 unit raw features of these rows, from the embeddings themselves."""
    return unit(features_of(index.ids.ids(rows), key=index.eyes_key))


def features_of(ids: Ids, *, key: str) -> Vectors:
    """(n, 1280) float32 raw features, in the order of the ids; zeros where there are none.

    Those of pictures that are being looked at again stay until there are newer ones.
    """
    found = np.zeros((len(ids), FEATURES), np.float32)
    row = {pk: place for place, pk in enumerate(ids.tolist())}
    for start in range(0, len(ids), 500):
        seen = Embedding.objects.filter(model_key=key, image__in=ids[start : start + 500].tolist())
        for pk, stored in seen.exclude(features=None).values_list("image_id", "features"):
            found[row[pk]] = np.frombuffer(stored or b"", "<f2")
    return found
