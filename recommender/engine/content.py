"""How much a picture looks like what a person likes, in score units that mean the same in every vector space."""

from dataclasses import dataclass

import numpy as np

from recommender.engine.arrays import Rows, Vectors, Weights
from recommender.engine.config import DEFAULT, RankingConfig
from recommender.engine.index import Moments
from recommender.engine.taste import Tastes


@dataclass(frozen=True, eq=False)
class Looks:
    """Pictures as the eyes and the owner see them: `vectors` (n, d) unit rows, `categories` (n,), -1 for none."""

    vectors: Vectors
    categories: Rows


def similarity(cards: Looks, liked: Looks, moments: Moments, config: RankingConfig = DEFAULT) -> Weights:
    """(cards, liked): cosines in standard deviations above two random pictures, more within a category.

    A picture without a vector is as like as two random pictures. The category counts because its owner, who sees
    more than the eyes, put the two together.
    """
    standard = (cards.vectors @ liked.vectors.T - np.float32(moments.mean)).astype(np.float64) / moments.std
    standard[~cards.vectors.any(axis=1)] = 0
    standard[:, ~liked.vectors.any(axis=1)] = 0
    shared = (cards.categories[:, None] == liked.categories[None, :]) & (liked.categories >= 0)
    alike: Weights = standard + config.category_affinity * shared
    return alike


def belonging(standard: Weights, config: RankingConfig = DEFAULT) -> Weights:
    """Similarity in standard deviations to a degree in (0, 1), strictly rising."""
    belongs: Weights = 1 / (1 + np.exp((config.look_centre - standard) / config.look_slope))
    return belongs


def attraction(alike: Weights, tastes: Tastes, config: RankingConfig = DEFAULT) -> Weights:
    """Score (n,) in [0, 1): the taste that speaks loudest, weighted. alike: (n, likes) of `similarity`."""
    if not tastes.weight.size:
        return np.zeros(len(alike))
    best: Weights = (belonging(alike @ tastes.mix.T, config) * tastes.weight).max(axis=1)
    return best


def aversion(alike: Weights, recent: Weights, config: RankingConfig = DEFAULT) -> Weights:
    """Score (n,) in [0, 1): the nearest recent dismissal. alike: (n, dismissals); recent: (dismissals,)."""
    if not recent.size:
        return np.zeros(len(alike))
    worst: Weights = (belonging(alike, config) * recent).max(axis=1)
    return worst
