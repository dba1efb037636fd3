"""Search by photo: what looks like a foreign picture, and an honest word on whether anything does."""

from dataclasses import dataclass

import numpy as np

from recommender.engine.arrays import Mask, Rows, Scores, Segments, StoredVectors, Vectors, segments, unit
from recommender.engine.config import DEFAULT, RankingConfig
from recommender.engine.index import Codes, background_sample, nearest


@dataclass(frozen=True, eq=False)
class Match:
    """Rows and cosines, best first, and whether the best one stands out."""

    rows: Rows
    scores: Scores
    good_match: bool
