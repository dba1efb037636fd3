"""How long an evaluation will take, roughly."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from recommender.engine.model import Algorithm
from recommender.evaluation.dataset import Dataset
from recommender.evaluation.plan import Plan

START = 2.0
"""Seconds until a process of its own learns; networks take `START_NETWORK`."""
START_NETWORK = 8.0
SECONDS = {
    "baseline": 0.2,
    "neighbours": 2,
    "content": 5,
    "factors": 10,
    "networks": 60,
    "gan": 60,
    "blend": 60,
    "feed": 20,
}
"""Per 100,000 reactions, by family, on two cores: a first guess, until there is a run of one's own."""
LISTS = 1.5
"""Seconds to make and count a thousand lists of 10,000 pictures."""


def estimated_minutes(dataset: Dataset, plan: Plan, *, last: Mapping[str, Any] | None = None) -> float:
    """Minutes that `evaluate` will take.  last: an earlier result, whose times count where it has them."""
    known = _seconds_of(last, len(dataset.reactions.items)) if last else {}
    return sum(_seconds(algorithm, dataset, plan, known) for algorithm in plan.chosen) / 60


def _seconds(algorithm: Algorithm, dataset: Dataset, plan: Plan, known: Mapping[str, float]) -> float:
    size = len(dataset.reactions.items) / 100_000
    lists = LISTS * len(dataset.people) / 1_000 * len(dataset.pictures) / 10_000
    start = START_NETWORK if algorithm.network else START if plan.alone else 0.0
    once = start + known.get(algorithm.name, SECONDS[algorithm.family] * size + lists)
    return once * ((plan.seeds if algorithm.random else 1) + (len(algorithm.grid) + 1 if plan.tune else 0))


def _seconds_of(last: Mapping[str, Any], reactions: int) -> dict[str, float]:
    """What each algorithm took, as if it had had this many reactions."""
    scale = reactions / max(int(last["data"]["reactions"]), 1)
    runs = [(run["name"], run["seconds"]) for run in last["algorithms"] if run["unable"] is None]
    return {name: (spent["fit"] + spent["score"]) * scale for name, spent in runs}
