"""From outcomes to the numbers that are shown: means with intervals, slices, pairs, and one recommendation."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Any

import numpy as np

from recommender.engine import metrics
from recommender.engine.arrays import Rows, Weights
from recommender.engine.intervals import Interval, bootstrap, holm, sign_flip
from recommender.evaluation.outcome import Outcome
from recommender.evaluation.plan import SIMPLEST_FIRST, Plan
from recommender.evaluation.slices import slices_of

if TYPE_CHECKING:
    from recommender.evaluation.run import Run

ENOUGH_PEOPLE, ENOUGH_LIKES = 100, 5
"""Fewer people with as many likes say nothing about algorithms that learn from people."""
TOO_FEW = f"too few reactions (fewer than {ENOUGH_PEOPLE} people with {ENOUGH_LIKES} likes): content is used"

Figures = dict[str, dict[str, float | None]]


def of_run(run: Run, plan: Plan, *, category_names: Sequence[str] = ()) -> dict[str, Any]:
    """One algorithm's entry of the result."""
    outcome, fitted = run.outcome, run.fitted
    epochs = fitted.epochs if fitted else []
    return {
        "name": run.algorithm.name,
        "family": run.algorithm.family,
        "settings": dict(run.settings),
        "seed": run.seed,
        "metrics": _figures(outcome.values, outcome.whole) if outcome else {},
        "slices": _slices(outcome, plan, category_names) if outcome else {},
        "seconds": {"fit": fitted.seconds if fitted else None, "score": outcome.seconds if outcome else None},
        "peak_mb": fitted.peak_mb if fitted else None,
        "epochs": [{name: finite(value) for name, value in epoch.items()} for epoch in epochs],
        "precision_recall": _curve(outcome, plan) if outcome else [],
        "unable": run.unable,
    }


def _figures(values: Mapping[str, Weights], whole: Mapping[str, float]) -> Figures:
    intervals = bootstrap(np.stack(list(values.values()), axis=1)) if values else []
    means = {name: shown(interval) for name, interval in zip(values, intervals, strict=True)}
    # What all lists show together is one number: another draw of people would show less, by being fewer different ones.
    return means | {name: {"mean": finite(value), "low": None, "high": None} for name, value in whole.items()}


def _slices(outcome: Outcome, plan: Plan, category_names: Sequence[str]) -> dict[str, Any]:
    found = {}
    for name, ranks, relevant in slices_of(outcome, category_names):
        values: dict[str, Weights] = {}
        for k in plan.k:
            values |= {
                f"ndcg@{k}": metrics.ndcg(ranks, relevant, k),
                f"recall@{k}": metrics.recall(ranks, relevant, k),
                f"hit_rate@{k}": metrics.hit_rate(ranks, k),
            }
        found[name] = {"people": len(relevant), "metrics": _figures(values, {})}
    return found


def _curve(outcome: Outcome, plan: Plan) -> list[dict[str, float]]:
    """Mean precision and recall at every length of list."""
    relevant = outcome.wanted.counts
    return [
        {
            "k": k,
            "precision": float(metrics.precision(outcome.ranks, k).mean()),
            "recall": float(metrics.recall(outcome.ranks, relevant, k).mean()),
        }
        for k in range(1, plan.length + 1)
    ]


@dataclass(frozen=True)
class Pair:
    """How much better `a` is than `b` in one metric, over the same people."""

    a: str
    b: str
    metric: str
    difference: Interval
    p: float
    p_holm: float

    def shown(self) -> dict[str, Any]:
        numbers = shown(self.difference)
        return {
            "a": self.a,
            "b": self.b,
            "metric": self.metric,
            "difference": numbers["mean"],
            "low": numbers["low"],
            "high": numbers["high"],
            "p": self.p,
            "p_holm": self.p_holm,
        }


def compared(outcomes: Mapping[str, Outcome], *, metric: str) -> list[Pair]:
    """Every pair, with p-values for all of them at once.

    ValueError when the outcomes are of different people: only the same people can be compared.
    """
    pairs = list(combinations(outcomes, 2))
    if not pairs:
        return []
    people = [outcome.people for outcome in outcomes.values()]
    if any(not np.array_equal(people[0], others) for others in people[1:]):
        raise ValueError("only outcomes of the same people can be compared")
    columns = {name: outcome.values[metric] for name, outcome in outcomes.items()}
    differences = np.stack([columns[a] - columns[b] for a, b in pairs], axis=1)
    p_values = sign_flip(differences)
    found = zip(pairs, bootstrap(differences), p_values.tolist(), holm(p_values).tolist(), strict=True)
    return [Pair(a, b, metric, interval, p, p_holm) for (a, b), interval, p, p_holm in found]


def difference(pairs: Sequence[Pair], a: str, b: str) -> Interval:
    """How much better a is than b, whichever way round the pair was compared. KeyError when it was not."""
    for pair in pairs:
        if (pair.a, pair.b) == (a, b):
            return pair.difference
        if (pair.a, pair.b) == (b, a):
            return Interval(-pair.difference.mean, -pair.difference.high, -pair.difference.low)
    raise KeyError(f"{a} and {b} were not compared")


def recommended(runs: Sequence[Run], pairs: Sequence[Pair], plan: Plan, likes_a_person: Rows) -> dict[str, Any] | None:
    """The simplest algorithm that nothing beats beyond the interval; None when none ran."""
    able = {run.algorithm.name: run for run in runs if run.outcome}
    if not able:
        return None
    if int((likes_a_person >= ENOUGH_LIKES).sum()) < ENOUGH_PEOPLE:
        return _recommendation("content", None, None, 0, TOO_FEW)
    means = {name: float(run.outcome.values[plan.primary].mean()) for name, run in able.items() if run.outcome}
    best = max(means, key=lambda name: means[name])
    equals = [name for name in means if name == best or not difference(pairs, best, name).better]
    name = min(equals, key=lambda one: (SIMPLEST_FIRST.index(able[one].algorithm.family), -means[one]))
    others = sorted((other for other in means if other != name), key=lambda one: -means[one])
    beaten = [other for other in others if difference(pairs, name, other).better]
    over = beaten[0] if beaten else others[0] if others else None
    gain = difference(pairs, name, over) if over else None
    outcome = able[name].outcome
    people = len(outcome.people) if outcome else 0
    return _recommendation(name, over, gain, people, _sentence(name, over, gain, best, means, people, plan))


def _recommendation(name: str, over: str | None, gain: Interval | None, people: int, sentence: str) -> dict[str, Any]:
    numbers = shown(gain) if gain else {"mean": None, "low": None, "high": None}
    return {
        "name": name,
        "over": over,
        "difference": numbers["mean"],
        "low": numbers["low"],
        "high": numbers["high"],
        "people": people,
        "sentence": sentence,
    }


def _sentence(
    name: str,
    over: str | None,
    gain: Interval | None,
    best: str,
    means: Mapping[str, float],
    people: int,
    plan: Plan,
) -> str:
    k = plan.k[0]
    words = f"{name} is recommended: nDCG@{k} {means[name]:.3f}, measured with {people} people"
    if over and gain:
        interval = f"{abs(gain.mean):.3f} (95 %: {gain.low:+.3f} to {gain.high:+.3f})"
        words += f", {interval} {'above' if gain.mean >= 0 else 'below'} {over}"
    if name != best:
        words += f"; {best} has {means[best]:.3f}, which is no difference beyond the interval, and {name} is simpler"
    elif over and gain and not gain.better:
        words += "; no difference is beyond its interval"
    return f"{words}."


def shown(interval: Interval) -> dict[str, float | None]:
    return {"mean": finite(interval.mean), "low": finite(interval.low), "high": finite(interval.high)}


def finite(value: float) -> float | None:
    """The number as JSON has it: there is no NaN in it."""
    return float(value) if math.isfinite(value) else None
