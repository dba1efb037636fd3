"""Search by photo: what looks like a foreign picture, and an honest word on whether anything does."""

from dataclasses import dataclass

import numpy as np

from recommender.engine.arrays import Mask, Rows, Scores, Segments, StoredVectors, Vectors, best_first, segments
from recommender.engine.config import DEFAULT, RankingConfig
from recommender.engine.index import nearest


@dataclass(frozen=True, eq=False)
class Match:
    """Rows and cosines (m,), best first, equal ones by row; and whether the best one deserves to be called a match."""

    rows: Rows
    scores: Scores
    good_match: bool


def photo_match(
    *,
    features: Segments | StoredVectors,
    photo: Vectors,
    k: int,
    allowed: Mask | None = None,
    shortlist: Rows | None = None,
    seed: int = 0,
    config: RankingConfig = DEFAULT,
) -> Match:
    """The k pictures most like a photo.

    features: (n, f) unit rows of raw, uncentred features; centring is learned on a collection and says little about
    a picture that is foreign to it.  photo: (f,) float32, unit.  allowed: (n,) what this viewer may be shown; nothing
    else enters the answer.  shortlist: the only rows to compare, such as the nearest 1,000 in the projected index; a
    large collection of raw features is slow to read whole.  seed: draws the background sample.  A photo of zeros, or
    nothing allowed: no rows.
    """
    held = segments(features)
    open_rows = np.ones(len(held), np.bool_) if allowed is None else allowed
    if not photo.any() or not open_rows.any():
        return Match(np.empty(0, np.int64), np.empty(0, np.float32), good_match=False)
    rows, scores = _nearest(held, photo, k, open_rows, shortlist)
    if not rows.size:
        return Match(rows, scores, good_match=False)
    background = np.random.default_rng(seed).permutation(np.flatnonzero(open_rows))[: config.background]
    others = held.take(np.sort(background[background != rows[0]])) @ photo
    return Match(rows, scores, good_match=is_good_match(float(scores[0]), others, config))


def _nearest(held: Segments, photo: Vectors, k: int, open_rows: Mask, shortlist: Rows | None) -> tuple[Rows, Scores]:
    if shortlist is None:
        (rows,), (scores,) = nearest(held, photo[None], k, open_rows)
        return rows[rows >= 0], scores[rows >= 0]
    near = np.unique(shortlist[shortlist >= 0])
    near = near[open_rows[near]]
    cosines = held.take(near) @ photo
    best = best_first(cosines, k)
    return near[best], cosines[best]


def is_good_match(best: float, background: Scores, config: RankingConfig = DEFAULT) -> bool:
    """Whether the best cosine of a photo stands out from the photo's own cosines to other pictures.

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
