"""A rule to stop by that may be looked at every time: the mixture sequential probability ratio test.

Johari, Koomen, Pekelis & Walsh, "Peeking at A/B Tests", KDD 2017, eq. 3, with the normal mixture; for estimates that
are only asymptotically normal, with a plugged-in variance, Waudby-Smith, Arbour, Sinha, Kennedy & Ramdas, "Time-uniform
central limit theory and asymptotic confidence sequences", Annals of Statistics 2024.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from recommender.engine.online.comparison import LEVEL, Comparison

FEWEST = 100
"""People an arm from which a look counts: below, a sum of what people do is not near enough to a normal variable."""


@dataclass(frozen=True)
class Look:
    """One look at a running comparison: an interval that holds at all looks together, and whether to stop."""

    low: float
    high: float
    p: float
    """Against no difference, valid at whatever look one stops."""
    stop: bool


def look(comparison: Comparison, *, expected: float) -> Look:
    """Look at a comparison that is still growing.

    expected: the difference that the experiment was planned for, fixed before; the scale of the mixture. The rule is
    valid for any, and quickest for differences about as large.  ValueError unless it is positive.
    """
    if not expected > 0:
        raise ValueError("the difference that is expected must be positive")
    if min(comparison.people) < FEWEST or not np.isfinite(comparison.error) or comparison.error == 0:
        return Look(-np.inf, np.inf, 1.0, stop=False)
    variance = comparison.error**2
    width = float(reach(variance, expected=expected))
    p = float(np.minimum(1.0, np.exp(-log_ratio(comparison.difference, variance, expected=expected))))
    return Look(comparison.difference - width, comparison.difference + width, p, stop=p <= LEVEL)


def log_ratio(difference: ArrayLike, variance: ArrayLike, *, expected: float) -> NDArray[np.float64]:
    """Logarithm of the mixture likelihood ratio against no difference, elementwise: ½ log(V/(V+τ²)) + τ²δ²/2V(V+τ²)."""
    delta, v, tau = np.asarray(difference, np.float64), np.asarray(variance, np.float64), expected**2
    ratio: NDArray[np.float64] = 0.5 * np.log(v / (v + tau)) + tau * delta**2 / (2 * v * (v + tau))
    return ratio


def reach(variance: ArrayLike, *, expected: float, level: float = LEVEL) -> NDArray[np.float64]:
    """Half the width of the interval that is valid at all looks: where `log_ratio` around it is log(1/level)."""
    v, tau = np.asarray(variance, np.float64), expected**2
    width: NDArray[np.float64] = np.sqrt(2 * v * (v + tau) / tau * (np.log(1 / level) + 0.5 * np.log((v + tau) / v)))
    return width
