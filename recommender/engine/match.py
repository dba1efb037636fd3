"""Search: an honest word on whether anything in the collection is a match.

All cosines here are of raw, uncentred unit features: centring is learned on a collection and says little about a
picture that is foreign to it.
"""

import numpy as np

from recommender.engine.arrays import Mask, Scores, Vectors, Weights, unit
from recommender.engine.config import DEFAULT, RankingConfig

NEAREST = 3
"""Pictures whose likeness to the query makes its kinship."""
CROWD = 5
"""Pictures that a picture of the collection is crowded by."""


def is_good_match(
    cosines: Scores, crowding: Scores, background: Scores, bar: float | None, config: RankingConfig = DEFAULT
) -> bool:
    """Whether the nearest pictures deserve to be called a match: the photo is a copy of one, or of their kind.

    cosines: of the photo to its nearest pictures, best first.  crowding: how near each of these is to its own
    neighbours (see `crowding`).  background: the photo's cosines to a seeded sample, the best match left out; it may
    be empty.  bar: the least kinship that the collection's own pictures have (see `least_kinship`), None for a
    collection that is too small to tell.
    """
    if not cosines.size:
        return False
    if is_copy(float(cosines[0]), background, config):
        return True
    return bar is not None and kinship(cosines, crowding, config) >= max(bar, config.kin_floor)


def is_copy(best: float, background: Scores, config: RankingConfig = DEFAULT) -> bool:
    """Whether the best cosine of a photo stands out from its cosines to other pictures.

    It must reach the 99th percentile of the background, and lie `match_margin` of the way from what is typical for this
    photo, the median of the background, to identity. The percentile alone does not do: where more than a hundredth of
    the pictures are of the photo's kind it lies among the matches themselves, and in a small collection it says
    nothing. A small background is filled up with `background_size` times `background_typical`.
    """
    if not background.size:
        return best >= _bar(config.background_typical, config)
    trust = background.size / (background.size + config.background_size)
    typical = trust * float(np.median(background)) + (1 - trust) * config.background_typical
    return best >= _bar(typical, config) and best >= float(np.quantile(background, 0.99))


def kinship(cosines: Scores, crowding: Scores, config: RankingConfig = DEFAULT) -> float:
    """How much a photo is of the kind of its nearest pictures: their mean cosine, less a share of their crowding.

    Among product photos on white everything is near everything else, and a cosine of 0.6 is far; in a travel album it
    is a find. So the yardstick is how near the neighbours are to their own neighbours (local scaling, Zelnik-Manor &
    Perona, NIPS 2004).
    """
    return float(cosines[:NEAREST].mean() - config.kin_share * crowding[:CROWD].mean())


def least_kinship(features: Vectors, config: RankingConfig = DEFAULT) -> float | None:
    """The kinship that all but `match_loss` of these pictures reach, each compared with the others.

    features: (n, 1280) raw, of the collection or a sample of it. None for fewer than `kin_from`.
    """
    plain = unit(features)
    plain = plain[plain.any(axis=1)]
    if len(plain) < config.kin_from:
        return None
    return float(np.quantile(kinships(plain, config), config.match_loss))


def kinships(plain: Vectors, config: RankingConfig = DEFAULT) -> Weights:
    """(n,) the kinship of every picture to the others. plain: (n, 1280) unit rows, n > CROWD."""
    cosines = plain @ plain.T
    np.fill_diagonal(cosines, -np.inf)
    nearest = np.argpartition(-cosines, CROWD, axis=1)[:, :CROWD]
    near = np.take_along_axis(cosines, nearest, axis=1)
    crowded = near.mean(axis=1)
    own: Weights = -np.sort(-near, axis=1)[:, :NEAREST].mean(axis=1) - config.kin_share * crowded[nearest].mean(axis=1)
    return own


def crowding(features: Vectors, near: Vectors, is_itself: Mask) -> Scores:
    """(m,): the mean cosine of each picture to the `CROWD` others nearest to it.

    features: (m, 1280) unit.  near: (j, 1280) unit, which hold the nearest of each.  is_itself: (m, j).
    """
    cosines = features @ near.T
    cosines[is_itself] = -np.inf
    best = -np.sort(-cosines, axis=1)[:, :CROWD]
    there = np.isfinite(best)
    found: Scores = np.where(there, best, 0).sum(axis=1) / np.maximum(there.sum(axis=1), 1)
    return found


def _bar(typical: float, config: RankingConfig) -> float:
    return typical + config.match_margin * (1 - typical)
