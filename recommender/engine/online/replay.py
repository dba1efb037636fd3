"""What another ranking would have earned, from a log of exploration: self-normalised inverse propensity.

Swaminathan & Joachims, "The Self-Normalized Estimator for Counterfactual Learning", NIPS 2015, eq. 9. Only places that
exploration filled take part: there every card of the lot had a chance that is known and not small.
"""

from dataclasses import dataclass

import numpy as np

from recommender.engine.arrays import Rows, Weights
from recommender.engine.online.comparison import Totals

LARGEST = 20.0
"""Weight at which a place is clipped, so that none of them decides alone."""
ENOUGH = 500.0
"""Effective sample size below which there is no verdict."""


@dataclass(frozen=True)
class Replay:
    """The value of a target in rewards a place, with its 95 % interval over people."""

    value: float
    low: float
    high: float
    effective: float
    """Effective sample size (Σw)² / Σw² (Kish 1965)."""
    places: int
    people: int

    @property
    def is_enough(self) -> bool:
        return self.effective >= ENOUGH


def replay(*, rewards: Weights, propensities: Weights, targets: Weights, people: Rows) -> Replay:
    """Estimate what the target would have earned in places that exploration filled.

    All (m,), one for each place. rewards: what the card earned.  propensities: how probable it was, in (0, 1], given
    that the place explored (see `explored_propensity`).  targets: how probable the target would have made it there.
    people: whose place it was, any numbers.  ValueError for propensities or targets outside of their range.
    """
    rewards, propensities, targets = (np.asarray(each, np.float64) for each in (rewards, propensities, targets))
    if not ((propensities > 0) & (propensities <= 1)).all() or not ((targets >= 0) & (targets <= 1)).all():
        raise ValueError("a propensity must be in (0, 1] and a target's probability in [0, 1]")
    weights = np.minimum(targets / propensities, LARGEST)
    _, person = np.unique(people, return_inverse=True)
    totals = Totals(_sums(person, weights * rewards), _sums(person, weights))
    reach = 1.96 * np.sqrt(totals.variance)
    return Replay(
        value=totals.value,
        low=float(totals.value - reach),
        high=float(totals.value + reach),
        effective=float(weights.sum() ** 2 / max(float((weights**2).sum()), 1e-300)),
        places=len(rewards),
        people=len(totals),
    )


def explored_propensity(propensity: Weights, *, rate: float) -> Weights:
    """How probable a card was given that its place explored, from its probability over all.

    That is rate · p where another card would have been placed without exploration, and (1 − rate) + rate · p where the
    same one would (see `selection`).  rate: the share of places that explore, below ½.
    """
    overall = np.asarray(propensity, np.float64)
    conditional: Weights = np.where(overall > rate, overall - (1 - rate), overall) / rate
    return np.clip(conditional, np.finfo(np.float64).tiny, 1.0)


def _sums(person: Rows, values: Weights) -> Weights:
    return np.bincount(person, values).astype(np.float64)
