"""The colours of all pictures, as arrays."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from catalog.models import PaletteColour
from catalog.queries.gallery import COLOUR_RADIUS
from recommender.engine.arrays import Ids, Weights
from recommender.queries.remembered import Remembered
from recommender.store import Index


@dataclass(frozen=True, eq=False)
class Palettes:
    """Columns of equal length: a picture, CIELAB (m, 3) of one of its colours, and the share of its area."""

    images: Ids
    lab: Weights
    shares: Weights


def colour_likeness(index: Index, lab: tuple[float, float, float]) -> Weights:
    """(n,) in [0, 1]: how much of each picture has the colour; one at the edge of the same name counts e^-1/2."""
    palettes = _palettes()
    rows = index.ids.rows(palettes.images)
    known = rows >= 0
    distance = ((palettes.lab[known] - np.asarray(lab)) ** 2).sum(axis=1)
    near: Weights = palettes.shares[known] * np.exp(-distance / (2 * COLOUR_RADIUS**2))
    found: Weights = np.bincount(rows[known], weights=near, minlength=len(index.ids)).astype(np.float64)
    return found


def _read_palettes() -> Palettes:
    columns = np.array(
        list(PaletteColour.objects.order_by().values_list("image_id", "lightness", "a", "b", "share")), object
    ).reshape(-1, 5)
    return Palettes(
        images=columns[:, 0].astype(np.int64),
        lab=columns[:, 1:4].astype(np.float64),
        shares=columns[:, 4].astype(np.float64),
    )


_palettes = Remembered(_read_palettes)


def forget() -> None:
    _palettes.forget()
