"""Kind: what the pictures of a collection have in common, and whether another picture has it too.

A picture is measured against a collection in four ways, always as if it were not part of it:

- nearness: how near the nearest are, by the yardstick of how near these are to their own neighbours, for among product
  photos on white a cosine of 0.6 is far, in a travel album it is a find (local scaling: Zelnik-Manor & Perona, NIPS
  2004);
- fit: how far it is from all of it together, a Mahalanobis distance (Lee et al., NeurIPS 2018);
- colour and style: how like its nearest it is in these.

What share of the collection's own pictures measure no better is the probability of such a measure; the sum of the four
logarithms (Fisher, Statistical Methods for Research Workers, 1932) is held against a bar that nearly all of its own
pictures reach. A share can be no less than one in their number: what is less near than any of its own is refused for
that alone, and a small collection, whose pictures may be as far from each other as from anything, has a least nearness.
"""

from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import solve_triangular

from recommender.engine.arrays import Mask, Scores, StoredVectors, Vectors, Weights, unit
from recommender.engine.config import DEFAULT, RankingConfig
from recommender.engine.vision import colour
from recommender.engine.vision.embedder import Floats

NEAREST = 3
"""Neighbours whose likeness counts."""
CROWD = 5
"""Neighbours among which they are found, and which a picture of the collection is crowded by."""
LEAST_VARIANCE = 1e-3
"""Least variance of a feature, as a share of the mean one: what never varied may vary in another picture."""
NO_VARIANCE = 1e-6
"""What takes its place where nothing varies."""
LEAST_SPREAD = 1e-3
"""What is added to the spread of a figure of style, which may be 0."""

Numbers = NDArray[np.floating[Any]]


class Seen(NamedTuple):
    """What was seen in a picture. features: (1280,) raw.  manner: (MANNER,) of `aspects.manner_of`, zeros if unread."""

    features: Floats
    manner: Numbers


class Around(NamedTuple):
    """The neighbours of a picture, at most CROWD, the nearest first: how they are to it, and to their own neighbours.

    cosines, crowding: (m,).  manners: (m, MANNER), zeros where unread.
    """

    cosines: Scores
    crowding: Scores
    manners: Numbers


@dataclass(frozen=True, eq=False)
class Kind:
    """What was learned of a collection.

    mean (d,), whitening (d, d): of the roots of raw features, so that whitened differences have length one a dimension;
    the latter as kept on disk, for it is by far the largest.
    centre, spread (style.WIDTH,): scales of style.  measures: (4, m) of its own pictures, rising; NaN, at the end,
    where one could not be taken.  bar: the sum that all but `match_loss` of them reach.  least: the least nearness.
    """

    mean: Weights
    whitening: StoredVectors
    centre: Weights
    spread: Weights
    measures: Weights
    bar: float
    least: float

    def has(self, seen: Seen, around: Around, config: RankingConfig = DEFAULT) -> bool:
        """Whether a picture is of this kind."""
        manner, manners = self._scaled(seen.manner[None]), self._scaled(around.manners)[None]
        measures = np.stack(
            [
                _nearness(around.cosines[None], around.crowding[None], config),
                -self._distances(seen.features[None]),
                *_likeness(manner, manners),
            ]
        )
        return bool(measures[0, 0] >= self.least and _sums(self.measures, measures)[0] >= self.bar)

    def _distances(self, features: Numbers) -> Weights:
        """(n,) squared, of raw features (n, d)."""
        return _lengths((_roots(features) - self.mean) @ self.whitening.T.astype(np.float32))

    def _scaled(self, manners: Numbers) -> Numbers:
        return _on_scale(manners, self.centre, self.spread)


def learn(
    features: Numbers, manners: Numbers, config: RankingConfig = DEFAULT, *, asked: Mask | None = None
) -> Kind | None:
    """The kind of these pictures, each compared with the others; None for fewer than `kind_from`.

    features: (n, d) raw, of the collection or a sample of it.  manners: (n, MANNER), zeros where unread.
    asked: (n,) those that set the bar, by default all.
    """
    seen = np.asarray(np.isfinite(features).all(axis=1) & features.any(axis=1))
    asked = seen[seen] if asked is None else asked[seen]
    features, manners = features[seen], manners[seen]
    if len(features) < max(config.kind_from, CROWD + 1):
        return None
    nearest, cosines = _neighbours(unit(features))
    crowding = cosines.mean(axis=1)
    mean, whitening, own = _fitted(_roots(features), config.kind_shrinkage)
    centre, spread = _scale(manners[_read(manners)][:, colour.WIDTH :])
    manners = _on_scale(manners, centre, spread)
    measures = np.stack(
        [_nearness(cosines, crowding[nearest], config), -own, *_likeness(manners, manners[nearest])],
    )
    rising = np.sort(measures, axis=1)
    bar = float(np.quantile(_sums(rising, measures, own=True)[asked], config.match_loss, method="lower"))
    least = max(float(rising[0, 0]), config.nearness_least * _doubt(len(features), config))
    return Kind(mean, whitening, centre, spread, rising, bar, least)


def crowding(features: Vectors, near: Vectors, is_itself: Mask) -> Scores:
    """(m,): the mean cosine of each picture to the `CROWD` others nearest to it.

    features: (m, d) unit.  near: (j, d) unit, which hold the nearest of each.  is_itself: (m, j).
    """
    cosines = features @ near.T
    cosines[is_itself] = -np.inf
    best = -np.sort(-cosines, axis=1)[:, :CROWD]
    there = np.isfinite(best)
    found: Scores = np.where(there, best, 0).sum(axis=1) / np.maximum(there.sum(axis=1), 1)
    return found


def _on_scale(manners: Numbers, centre: Weights, spread: Weights) -> Numbers:
    """(n, MANNER) with the style on the collection's scale; what is unread stays zero."""
    styles = np.where(_read(manners)[:, None], (manners[:, colour.WIDTH :] - centre) / spread, 0)
    return np.concatenate([manners[:, : colour.WIDTH], styles], axis=1)


def _neighbours(plain: Vectors) -> tuple[NDArray[np.intp], Scores]:
    """(n, CROWD) the pictures nearest to each, the nearest first, and their cosines."""
    cosines = plain @ plain.T
    np.fill_diagonal(cosines, -np.inf)
    nearest = np.argpartition(-cosines, CROWD, axis=1)[:, :CROWD]
    near = np.take_along_axis(cosines, nearest, axis=1)
    order = np.argsort(-near, axis=1, kind="stable")
    return np.take_along_axis(nearest, order, axis=1), np.take_along_axis(near, order, axis=1)


def _fitted(roots: Weights, shrinkage: float) -> tuple[Weights, StoredVectors, Weights]:
    """Mean, whitening, and the squared distance of each from the mean and covariance of the others.

    The covariance is shrunk towards its diagonal (Schäfer & Strimmer 2005), for there are hundreds of pictures and more
    dimensions. Left out are the mean and the picture's own product, by Sherman & Morrison; the diagonal stays.
    """
    count, mean = len(roots), roots.mean(axis=0)
    apart = roots - mean
    covariance = apart.T @ apart / count
    variance = np.diag(covariance) + LEAST_VARIANCE * np.diag(covariance).mean() + NO_VARIANCE
    factor = np.linalg.cholesky((1 - shrinkage) * covariance + shrinkage * np.diag(variance))
    whitening = solve_triangular(factor, np.eye(len(factor)), lower=True)
    within = _lengths(apart @ whitening.T)
    own = within / (1 - (1 - shrinkage) / (count - 1) * within) * (count / (count - 1)) ** 2
    return mean, whitening.astype(np.float16), own


def _doubt(count: int, config: RankingConfig) -> float:
    """How little so many pictures tell: 1 to half of `kind_sure`, 0 from there on."""
    return float(np.clip(2 - 2 * count / config.kind_sure, 0, 1))


def _lengths(rows: Numbers) -> Weights:
    """(n,) squared."""
    return np.asarray(np.square(rows.astype(np.float64)).sum(axis=1))


def _scale(styles: Numbers) -> tuple[Weights, Weights]:
    """Median and the range from the tenth to the ninetieth of a hundred, of every figure of style."""
    if not len(styles):
        return np.zeros(styles.shape[1]), np.ones(styles.shape[1])
    low, centre, high = np.quantile(styles.astype(np.float64), (0.1, 0.5, 0.9), axis=0)
    return centre, high - low + LEAST_SPREAD


def _roots(features: Numbers) -> Weights:
    """Roots: features are means of what is cut off at zero, and their variance grows with them."""
    return np.sqrt(np.maximum(features.astype(np.float64), 0))


def _nearness(cosines: Numbers, crowding: Numbers, config: RankingConfig) -> Weights:
    """(n,) of cosines and crowding (n, m) of the nearest, the nearest first."""
    return np.asarray(cosines[:, :NEAREST].mean(axis=1) - config.crowding_share * crowding.mean(axis=1), np.float64)


def _likeness(manners: Numbers, around: Numbers) -> list[Weights]:
    """Twice (n,), in colour and in style, of (n, MANNER) to (n, m, MANNER); NaN where a picture or all are unread."""
    known = _read(manners)[:, None] & _read(around)
    found = []
    for part in (slice(colour.WIDTH), slice(colour.WIDTH, None)):
        apart = np.linalg.norm(around[..., part] - manners[:, None, part], axis=2).astype(np.float64)
        least = np.sort(np.where(known, apart, np.nan), axis=1)[:, :NEAREST]
        there = np.isfinite(least)
        total = np.where(there, least, 0).sum(axis=1)
        found.append(np.where(there.any(axis=1), -total / np.maximum(there.sum(axis=1), 1), np.nan))
    return found


def _read(manners: Numbers) -> Mask:
    """Which manners are known: a picture that was read has colours."""
    return np.asarray(manners[..., : colour.WIDTH].any(axis=-1))


def _sums(rising: Weights, measures: Weights, *, own: bool = False) -> Weights:
    """(n,) of the logarithms of the shares of `rising` (4, m) no higher than `measures` (4, n).

    own: they are the same, and each is compared with the others. A measure that could not be taken speaks for nothing:
    it adds 0, as if all the others were lower.
    """
    total = np.zeros(measures.shape[1])
    for held, asked in zip(rising, measures, strict=True):
        count, taken = int(np.isfinite(held).sum()), np.isfinite(asked)
        lower = np.searchsorted(held[:count], asked[taken], side="right")
        total[taken] += np.log((lower + 1 - own) / (count + 1 - own))
    return total
