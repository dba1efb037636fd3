"""What somebody has masked in pictures they like."""

from __future__ import annotations

import numpy as np

from catalog.viewers import Viewer
from recommender.engine.inputs import Masked
from recommender.models import MaskedRegion
from recommender.queries.choices import Choices
from recommender.store import Index


def masked(index: Index, viewer: Viewer, *, chosen: Choices) -> Masked | None:
    """The liked pictures that the viewer means only a part of, as that part looks; None where there are none.

    A mask made by other eyes than the index's is left out until it has been renewed.
    """
    masks = MaskedRegion.objects.of(viewer).filter(model_key=index.eyes_key).order_by("pk")
    rows = masks.values_list("image_id", "features", "created_at")
    features = {image: seen for image, seen, at in rows if chosen.counts(at)}  # the newest of each picture
    places = index.ids.rows(list(features))
    known = places >= 0
    if not known.any():
        return None
    seen = np.array([np.frombuffer(stored, "<f2") for stored in features.values()], np.float32)
    return Masked(places[known], index.projection.apply(seen[known]))
