"""User-level differential privacy: noise for published counts, and what many releases give away together.

Neighbouring data sets differ by one person, added or removed (Dwork & Roth, 2014). A person enters with at most `most`
likes, so that they change at most `most` (`most` − 1) / 2 pairs of pictures by one each.
"""

import math
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import log_ndtr, ndtri

from recommender.engine.arrays import Weights
from recommender.engine.config import DAY
from recommender.engine.reactions import Reactions

MONTH = 30 * DAY
"""Seconds over which what was spent is added up."""


@dataclass(frozen=True)
class Budget:
    """What a release gives away: epsilon > 0, and delta in [0, 1), the probability of giving away more."""

    epsilon: float = 3.0
    delta: float = 1e-6

    def __post_init__(self) -> None:
        if not (math.isfinite(self.epsilon) and self.epsilon > 0 and 0 <= self.delta < 1):
            raise ValueError(f"epsilon {self.epsilon} is not above 0, or delta {self.delta} not in [0, 1)")


@dataclass(frozen=True)
class Spent:
    """One release of the past: when, in seconds since the epoch, and what it gave away."""

    at: float
    budget: Budget


def together(budgets: Iterable[Budget]) -> tuple[float, float]:
    """(epsilon, delta) of all releases together by basic composition: their sums."""
    each = list(budgets)
    return math.fsum(one.epsilon for one in each), math.fsum(one.delta for one in each)


def may_release(past: Sequence[Spent], budget: Budget, *, now: float, monthly_epsilon: float) -> bool:
    """Whether one more release keeps to one a day and to the cap of any 30 days; if not, the last one stays."""
    if any(now - one.at < DAY for one in past):
        return False
    spent, _ = together([*(one.budget for one in past if now - one.at < MONTH), budget])
    return spent <= monthly_epsilon * (1 + 1e-9)


def cells_of_a_person(most: int) -> int:
    """Pairs of pictures, each changed by one, that a person with at most `most` likes is part of: Δ₁; √ of it is Δ₂."""
    return most * (most - 1) // 2


def laplace_scale(*, sensitivity: float, epsilon: float) -> float:
    """The scale b of Laplace noise for an L1 sensitivity: Δ₁ / ε."""
    return sensitivity / epsilon


def gaussian_deviation(*, sensitivity: float, budget: Budget) -> float:
    """The least standard deviation of Gaussian noise for an L2 sensitivity, exact for every epsilon.

    Balle & Wang (ICML 2018), theorem 8: Φ(Δ/2σ − εσ/Δ) − e^ε Φ(−Δ/2σ − εσ/Δ) ≤ δ, solved by bisection.
    ValueError for a delta of 0, which Gaussian noise cannot give.
    """
    if budget.delta <= 0:
        raise ValueError("Gaussian noise needs a delta above 0")
    if sensitivity == 0:
        return 0.0
    low, high = 0.0, 1.0
    while _excess(high, budget.epsilon) > budget.delta:
        low, high = high, 2 * high
    for _ in range(100):
        middle = (low + high) / 2
        low, high = (middle, high) if _excess(middle, budget.epsilon) > budget.delta else (low, middle)
    return high * sensitivity


def _excess(deviation: float, epsilon: float) -> float:
    """The delta of Gaussian noise at sensitivity 1."""
    near, far = 0.5 / deviation - epsilon * deviation, -0.5 / deviation - epsilon * deviation
    return float(np.exp(log_ndtr(near)) - np.exp(epsilon + log_ndtr(far)))


def threshold(*, cells: int, scale: float, delta: float) -> float:
    """The noised count from which a cell that nobody else filled may be shown: 1 + b·ln(cells / 2δ).

    Of the at most `cells` cells that one person alone fills, each with a one, any passes with probability ≤ delta
    (Korolova et al., WWW 2009).
    """
    if delta <= 0:
        raise ValueError("a threshold needs a delta above 0")
    return 1 + scale * math.log(max(cells / (2 * delta), 1))


def laplace(shape: tuple[int, ...], *, scale: float) -> Weights:
    """Laplace noise from the operating system's cryptographic source."""
    one, other = np.log(_uniform(shape)), np.log(_uniform(shape))
    noise: Weights = scale * (one - other)
    return noise


def gaussian(shape: tuple[int, ...], *, deviation: float) -> Weights:
    """Gaussian noise from the operating system's cryptographic source."""
    noise: Weights = deviation * ndtri(_uniform(shape))
    return noise


def _uniform(shape: tuple[int, ...]) -> NDArray[np.float64]:
    """52 random bits each, in (0, 1) without its ends."""
    bits = np.frombuffer(secrets.token_bytes(8 * math.prod(shape)), np.uint64) >> np.uint64(12)
    return ((bits.astype(np.float64) + 0.5) * 2.0**-52).reshape(shape)


def at_most(likes: Reactions, most: int, *, seed: int) -> Reactions:
    """At most so many reactions of each person: an even sample by the seed, every one of theirs counted once.

    ValueError for `most` < 1.
    """
    if most < 1:
        raise ValueError(f"a person contributes at least 1 like, not {most}")
    order = np.lexsort((np.random.default_rng(seed).random(len(likes.items)), likes.people))
    place = np.empty(order.size, np.int64)
    place[order] = np.arange(order.size) - np.repeat(likes.starts[:-1], likes.counts)
    return likes.where(place < most)
