"""Search: whether a photo is a copy of a picture of the collection.

All cosines here are of raw, uncentred unit features: centring is learned on a collection and says little about a
picture that is foreign to it.
"""

import numpy as np

from recommender.engine.arrays import Scores
from recommender.engine.config import DEFAULT, RankingConfig


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


def _bar(typical: float, config: RankingConfig) -> float:
    return typical + config.match_margin * (1 - typical)
