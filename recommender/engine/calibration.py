"""From scores to probabilities: logistic regression with weights that are never negative, and how true they are."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import expit

from recommender.engine.arrays import Weights

BINS = 10
"""Bins of equal count in a reliability diagram."""


@dataclass(frozen=True, eq=False)
class Logistic:
    """P(outcome) = 1 / (1 + exp(−(slopes·x + intercept))), slopes >= 0.  slopes: (q,) float64."""

    slopes: Weights
    intercept: float

    def log_odds(self, features: NDArray[np.floating]) -> Weights:
        """(m,) of features (m, q)."""
        odds: Weights = features @ self.slopes + self.intercept
        return odds


def logistic(
    features: NDArray[np.floating],
    outcomes: NDArray[np.generic],
    weights: NDArray[np.floating],
    *,
    ridge: float = 0.0,
    towards: float = 0.0,
) -> Logistic:
    """The weighted maximum of the likelihood with slopes >= 0.

    features: (m, q).  outcomes: (m,) 0 or 1.  weights: (m,) >= 0, how often each row counts.  ridge: added to the
    loss summed over the rows, ridge/2 · Σ(slope − towards)².  Without both outcomes no slope can be learned: slopes
    are `towards`, the intercept the log-odds of one outcome more of each kind.
    With one feature this is Platt's scaling (Advances in Large Margin Classifiers, 1999) that never turns an order.
    """
    table, happened = np.asarray(features, np.float64), np.asarray(outcomes, np.float64)
    count = np.asarray(weights, np.float64)
    width, total, hits = table.shape[1], float(count.sum()), float(count @ happened)
    prior = float(np.log((hits + 1) / (total - hits + 1)))
    if hits <= 0 or hits >= total:
        return Logistic(np.full(width, towards), prior)

    def loss(values: Weights) -> tuple[float, Weights]:
        odds = table @ values[:-1] + values[-1]
        missed = count * (expit(odds) - happened)
        away = values[:-1] - towards
        value = count @ (np.logaddexp(0, odds) - happened * odds) + ridge / 2 * (away @ away)
        slope = np.append(table.T @ missed + ridge * away, missed.sum())
        return float(value) / hits, slope / hits

    start = np.append(np.full(width, towards), prior)
    bounds = [(0, None)] * width + [(None, None)]
    found = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=bounds, options={"maxiter": 500, "ftol": 1e-12})
    return Logistic(np.asarray(found.x[:-1], np.float64), float(found.x[-1]))


@dataclass(frozen=True, eq=False)
class Reliability:
    """A reliability diagram: in each bin (b,) the mean probability, the share that happened, and the rows' weight."""

    predicted: Weights
    observed: Weights
    weight: Weights

    @property
    def error(self) -> float:
        """The expected calibration error Σ weight·|observed − predicted| / Σ weight (Naeini et al., AAAI 2015)."""
        total = self.weight.sum()
        return float(self.weight @ np.abs(self.observed - self.predicted) / total) if total else 0.0


def reliability(
    probabilities: NDArray[np.floating],
    outcomes: NDArray[np.generic],
    weights: NDArray[np.floating],
    *,
    bins: int = BINS,
) -> Reliability:
    """At most `bins` bins of equal weight along the probabilities; equal ones may be parted.  All (m,), m >= 0."""
    order = np.argsort(probabilities, kind="stable")
    sure, happened = np.asarray(probabilities, np.float64)[order], np.asarray(outcomes, np.float64)[order]
    count = np.asarray(weights, np.float64)[order]
    middle = np.cumsum(count) - count / 2
    number = np.minimum((bins * middle / max(count.sum(), 1e-300)).astype(np.int64), bins - 1)
    weight = np.bincount(number, weights=count, minlength=bins)
    means = [
        np.divide(
            np.bincount(number, weights=count * each, minlength=bins), weight, where=weight > 0, out=np.zeros(bins)
        )
        for each in (sure, happened)
    ]
    there = weight > 0
    return Reliability(means[0][there], means[1][there], weight[there].astype(np.float64))
