"""A world of planted tastes: people who love a few kinds of look, and like pictures with known probabilities.

The probability that person u likes picture i is

    p_ui = σ(offset + a_u + b_i + pull · max_t cos(g_i, v_ut)),    t = 1 … T_u,

g_i the picture's look (its features less their mean), v_ut a taste: half the middle of a group of pictures, half one
picture of that group, so that two people who love the same group do not love quite the same of it; a_u how lively the
person is and b_i how popular the picture, both normal. Likes are drawn from it once each, at moments uniform in time.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from recommender.engine.arrays import Rows, Scores, Vectors, unit
from recommender.engine.reactions import Reactions


@dataclass(frozen=True, kw_only=True)
class Planting:
    """How a world is made."""

    most_tastes: int = 3
    """Tastes a person has: 1 to this many, equally often."""
    offset: float = -4.5
    """Log odds of a like for a look that is nothing to the person."""
    pull: float = 6.0
    """Log odds that a look exactly to one's taste adds."""
    liveliness: float = 0.5
    """Standard deviation of a_u, log odds."""
    popularity: float = 0.5
    """Standard deviation of b_i, log odds."""


DEFAULT = Planting()


@dataclass(frozen=True, eq=False)
class World:
    """features (n, d) unit rows.  groups (n,).  chances (p, n) float32: p_ui.  likes: what was drawn from them."""

    features: Vectors
    groups: Rows
    chances: Scores
    likes: Reactions


def planted(
    *, features: NDArray[np.floating], groups: Rows, people: int, seed: int, planting: Planting = DEFAULT
) -> World:
    """People with tastes for given pictures.

    features: (n, d), n >= 1.  groups: (n,) numbers >= 0, the kinds of picture that one may love.
    """
    rng = np.random.default_rng(seed)
    looks = unit(features - features.mean(axis=0))
    chances = _chances(rng, looks, groups, people, planting)
    who, what = np.nonzero(rng.random(chances.shape, dtype=np.float32) < chances)
    times = rng.random(who.size)
    likes = Reactions.of(who, what, times=times, shape=chances.shape)
    return World(unit(features), groups, chances, likes)


def clustered(*, pictures: int, groups: int, width: int, seed: int, spread: float = 1.0) -> tuple[Vectors, Rows]:
    """Looks in groups of equal expected size: (n, width) unit features, (n,) groups.

    spread: length of a picture's own part beside the middle of its group, which has length 1; in `width` dimensions the
    two are nearly at right angles, so cosines within a group are about 1 / (1 + spread²), between groups about 0.
    """
    rng = np.random.default_rng(seed)
    labels = rng.integers(groups, size=pictures)
    middles = unit(rng.standard_normal((groups, width)))
    return unit(middles[labels] + spread * unit(rng.standard_normal((pictures, width)))), labels


def _chances(rng: np.random.Generator, looks: Vectors, groups: Rows, people: int, planting: Planting) -> Scores:
    kinds = np.unique(groups)
    middles = unit(np.stack([looks[groups == kind].mean(axis=0) for kind in kinds]))
    tastes = rng.integers(1, planting.most_tastes + 1, size=people)
    lively = planting.liveliness * rng.standard_normal(people)
    popular = planting.popularity * rng.standard_normal(len(looks))
    chances = np.empty((people, len(looks)), np.float32)
    for person in range(people):
        loved = rng.choice(len(kinds), min(int(tastes[person]), len(kinds)), replace=False)
        examples = [rng.choice(np.flatnonzero(groups == kinds[kind])) for kind in loved]
        directions = unit(middles[loved] + looks[examples])
        drawn = (looks @ directions.T).max(axis=1)
        chances[person] = expit(planting.offset + lively[person] + popular + planting.pull * drawn)
    return chances
