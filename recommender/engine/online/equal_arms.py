"""How often equal arms would raise an alarm on a log as it is: the check of all comparisons before they are believed.

Kohavi, Longbotham, Sommerfield & Henne, "Controlled experiments on the web", 2009, section 3.1 (A/A tests). The people
of one log are assigned again and again, each time by the hash that assigns them in earnest.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from recommender.engine.arrays import Weights
from recommender.engine.online.assignment import ALARM, arms, sample_ratio
from recommender.engine.online.comparison import LEVEL
from recommender.engine.online.sequential import FEWEST, log_ratio


@dataclass(frozen=True)
class Alarms:
    """Shares of assignments that found a difference where there is none."""

    fixed: float
    """By the fixed-size test, once, at the last look."""
    stop_rule: float
    """By the rule that may stop at every look."""
    either: float
    sample_ratio: float
    """Whose arms were of suspicious sizes."""
    people: int
    looks: int
    assignments: int


def equal_arms(
    events: Weights, exposures: Weights, *, people: Sequence[str], assignments: int, effect: float, name: str = "aa"
) -> Alarms:
    """Assign the people of a log to two equal arms, many times.

    events, exposures: (p, looks) of each person up to each look.  people: their keys.  effect: the change that is
    expected, as a share of the log's own value, for the stop rule.  ValueError for a log without events.
    """
    value = events[:, -1].sum() / max(exposures[:, -1].sum(), 1e-300)
    if not value or not effect:
        raise ValueError("equal arms can be compared only where something has happened")
    treated = np.array([arms(f"{name} {number}", people, (1, 1)) for number in range(assignments)]) == 1
    size, ratio, variance = (
        np.stack(each) for each in zip(*(_arm(each, events, exposures) for each in (~treated, treated)), strict=True)
    )
    with np.errstate(divide="ignore", invalid="ignore"):
        delta, spread = ratio[1] - ratio[0], variance.sum(axis=0)
        fixed = np.abs(delta[:, -1]) > ndtri(1 - LEVEL / 2) * np.sqrt(spread[:, -1])
        stops = log_ratio(delta, spread, expected=effect * value) >= np.log(1 / LEVEL)
    stopped = (stops & (size.min(axis=0) >= FEWEST)).any(axis=1)
    counts = np.stack([np.count_nonzero(~treated, axis=1), np.count_nonzero(treated, axis=1)], axis=1)
    return Alarms(
        fixed=float(fixed.mean()),
        stop_rule=float(stopped.mean()),
        either=float((fixed | stopped).mean()),
        sample_ratio=float(np.mean([sample_ratio(count, (1, 1)) < ALARM for count in counts])),
        people=len(people),
        looks=events.shape[1],
        assignments=assignments,
    )


def _arm(members: NDArray[np.bool_], events: Weights, exposures: Weights) -> tuple[Weights, Weights, Weights]:
    """Of each assignment and look (a, looks): people, ratio and its variance; `comparison.Totals` for all at once."""
    chosen = members.astype(np.float64)
    people, x, n, xx, xn, nn = (
        chosen @ each for each in (exposures > 0, events, exposures, events**2, events * exposures, exposures**2)
    )
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = x / n
        squares = xx - 2 * ratio * xn + ratio**2 * nn
        return people, ratio, squares / (people - 1) * people / n**2
