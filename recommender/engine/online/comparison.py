"""Two arms compared by a ratio, such as clicks an impression, with people as what varies.

The delta method for a ratio of person totals: Deng, Knoblich & Lu, "Applying the Delta Method in Metric Analytics",
KDD 2018, section 3.1. Taking impressions as what varies understates the error, for one person's hang together.
"""

from dataclasses import dataclass
from typing import Self

import numpy as np
from scipy.special import ndtr, ndtri

from recommender.engine.arrays import Mask, Rows, Weights

LEVEL = 0.05
"""Share of comparisons of equal arms that may find a difference."""
POWER = 0.8
"""Share of experiments that find a difference of the size they are planned for."""


@dataclass(frozen=True, eq=False)
class Totals:
    """(p,) for each person of an arm: events that count, and exposures they are counted over."""

    events: Weights
    exposures: Weights

    def __post_init__(self) -> None:
        if self.events.shape != self.exposures.shape:
            raise ValueError(f"{self.events.size} events with {self.exposures.size} exposures")

    def __len__(self) -> int:
        return len(self.events)

    @property
    def value(self) -> float:
        """Events an exposure; 0 without exposures."""
        exposures = float(self.exposures.sum())
        return float(self.events.sum()) / exposures if exposures else 0.0

    @property
    def variance(self) -> float:
        """Of `value`, by the delta method; infinite with fewer than two people or without exposures."""
        return self.spread / len(self) if len(self) > 1 else float("inf")

    @property
    def spread(self) -> float:
        """Variance of `value` times people: what one person more or less weighs. Infinite where it is unknown."""
        mean = float(self.exposures.mean()) if len(self) > 1 else 0.0
        if not mean:
            return float("inf")
        residual = self.events - self.value * self.exposures
        return float(residual.var(ddof=1)) / mean**2

    def of(self, people: Rows | Mask) -> Self:
        """The totals of these people."""
        return type(self)(self.events[people], self.exposures[people])


@dataclass(frozen=True)
class Comparison:
    """How a treatment differs from its control. `low` and `high` are the 95 % interval of `difference`."""

    control: float
    treatment: float
    difference: float
    error: float
    """Standard error of the difference; infinite while it is unknown."""
    low: float
    high: float
    p: float
    people: tuple[int, int]

    @property
    def relative(self) -> float | None:
        """The difference as a share of the control; None where that is 0."""
        return self.difference / self.control if self.control else None

    @property
    def differs(self) -> bool:
        return self.p < LEVEL


def compare(control: Totals, treatment: Totals) -> Comparison:
    """The two-sided z test of the difference of two ratios, and its interval. Once, at the size planned before."""
    difference = treatment.value - control.value
    error = float(np.sqrt(control.variance + treatment.variance))
    reach = float(ndtri(1 - LEVEL / 2)) * error
    return Comparison(
        control=control.value,
        treatment=treatment.value,
        difference=difference,
        error=error,
        low=difference - reach,
        high=difference + reach,
        p=_two_sided(difference, error),
        people=(len(control), len(treatment)),
    )


def people_needed(past: Totals, *, relative: float, power: float = POWER, level: float = LEVEL) -> int:
    """People an arm that find a relative change of this size with this power, judged by past totals.

    n = (z₁₋ₐ⸝₂ + z_power)² · 2 · spread / (relative · value)².  ValueError where nothing has happened yet, or for no
    change at all.
    """
    effect = relative * past.value
    if not effect or not np.isfinite(past.spread):
        raise ValueError("a size can be planned only for a change, and from people who have done something")
    quantiles = float(ndtri(1 - level / 2) + ndtri(power))
    return int(np.ceil(quantiles**2 * 2 * past.spread / effect**2))


def harms(guard: Comparison, *, margin: float = 0.0) -> bool:
    """Whether a guarded figure has fallen by more than `margin`, a share of the control, beyond its interval."""
    return guard.high < -margin * guard.control


def _two_sided(difference: float, error: float) -> float:
    if not np.isfinite(error) or (error == 0 and difference == 0):
        return 1.0
    return float(2 * ndtr(-abs(difference) / error)) if error else 0.0
