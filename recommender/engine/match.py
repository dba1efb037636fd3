"""Search by photo: an honest word on whether anything in the collection is a match."""

import numpy as np

from recommender.engine.arrays import Scores
from recommender.engine.config import DEFAULT, RankingConfig


def is_good_match(best: float, background: Scores, config: RankingConfig = DEFAULT) -> bool:
    """Whether the best cosine of a photo stands out from the photo's own cosines to other pictures.

    All cosines are of raw, uncentred unit features: centring is learned on a collection and says little about a
    picture that is foreign to it.  background: those to a seeded sample of at most `background` pictures, the best
    match left out; it may be empty.

    Two conditions. It is no lower than the 99th percentile of the background. And it has come `match_margin` of the
    way from what is typical for this photo, the median of the background, to identity: the percentile alone lies among
    the matches themselves where more than a hundredth of the pictures are of the photo's kind, and is anything in a
    small collection. A background of few pictures is filled up with `background_size` times `background_typical`.
    """
    if not background.size:
        return best >= _bar(config.background_typical, config)
    trust = background.size / (background.size + config.background_size)
    typical = trust * float(np.median(background)) + (1 - trust) * config.background_typical
    return best >= _bar(typical, config) and best >= float(np.quantile(background, 0.99))


def _bar(typical: float, config: RankingConfig) -> float:
    return typical + config.match_margin * (1 - typical)
