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

    def at(self, places: Rows) -> "Looks":
        return Looks(self.vectors[places], self.categories[places])


def similarity(cards: Looks, liked: Looks, moments: Moments, config: RankingConfig = DEFAULT) -> Weights:
    """(cards, liked): cosines in standard deviations above two random pictures, more within a category.

    A picture without a vector is as like as two random pictures. The category counts because its owner, who sees
    more than the eyes, put the two together.
    """
    standard = (cards.vectors @ liked.vectors.T - np.float32(moments.mean)).astype(np.float64) / moments.std
    standard[~cards.vectors.any(axis=1)] = 0
    standard[:, ~liked.vectors.any(axis=1)] = 0
    shared = (cards.categories[:, None] == liked.categories[None, :]) & (liked.categories >= 0)
    similar: Weights = standard + config.category_affinity * shared
    return similar


def likeness(standard: Weights, config: RankingConfig = DEFAULT) -> Weights:
    """Similarity in standard deviations to score units: about 0 up to `look_from`, then straight up, never flat.

    Not a step: in a catalogue of many kinds all pictures of a kind are far above two random ones, and the
    differences among them are what matters.
    """
    bend = np.logaddexp(0, (standard - config.look_from) / config.look_slope) * config.look_slope
    alike: Weights = bend / config.look_span
    return alike


def taste_similarity(
    cards: Looks, liked: Looks, tastes: Tastes, moments: Moments, config: RankingConfig = DEFAULT
) -> Weights:
    """(cards, tastes): the mean of `similarity` over the likes of each taste, by their shares; computed by taste."""
    seen = tastes.mix * liked.vectors.any(axis=1)
    centres = seen @ liked.vectors
    standard: Weights = (cards.vectors @ centres.T - np.float32(moments.mean) * seen.sum(axis=1)).astype(
        np.float64
    ) / moments.std
    standard[~cards.vectors.any(axis=1)] = 0
    names, kinds = np.unique(liked.categories, return_inverse=True)
    shares = tastes.mix.astype(np.float64) @ (kinds[:, None] == np.arange(len(names)))
    for name, share in zip(names, shares.T, strict=True):
        if name >= 0:
            standard[cards.categories == name] += config.category_affinity * share
    return standard


def attraction(similar: Weights, tastes: Tastes, config: RankingConfig = DEFAULT) -> Weights:
    """Score (n,) >= 0: the taste that speaks loudest, weighted. similar: (n, tastes) of `taste_similarity`."""
    if not tastes.weight.size:
        return np.zeros(len(similar))
    best: Weights = (likeness(similar, config) * tastes.weight).max(axis=1)
    return best


def aversion(similar: Weights, recent: Weights, config: RankingConfig = DEFAULT) -> Weights:
    """Score (n,) >= 0: the nearest recent dismissal. similar: (n, dismissals); recent: (dismissals,)."""
    if not recent.size:
        return np.zeros(len(similar))
    worst: Weights = (likeness(similar, config) * recent).max(axis=1)
    return worst
