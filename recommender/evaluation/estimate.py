"""How long an evaluation will take, roughly."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from recommender import queries
from recommender.engine.model import Algorithm
from recommender.evaluation.plan import Plan, Unusable

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


@dataclass(frozen=True)
class Size:
    """How many people react, to how many pictures, how often."""

    people: int
    pictures: int
    reactions: int


def site_size() -> Size:
    """Of the site's own data, counted without reading them. Unusable for a site without pictures."""
    size = Size(*queries.counts())
    if not size.pictures:
        raise Unusable("The site has no pictures yet.")
    return size


def estimated_minutes(size: Size, plan: Plan, *, last: Mapping[str, Any] | None = None) -> float:
    """Minutes that `evaluate` will take.  last: an earlier result, whose times count where it has them."""
    known = _seconds_of(last, size.reactions) if last else {}
    return sum(_seconds(algorithm, size, plan, known) for algorithm in plan.chosen) / 60


def _seconds(algorithm: Algorithm, size: Size, plan: Plan, known: Mapping[str, float]) -> float:
    likes = size.reactions / 100_000
    lists = LISTS * size.people / 1_000 * size.pictures / 10_000
    start = START_NETWORK if algorithm.network else START if plan.alone else 0.0
    once = start + known.get(algorithm.name, SECONDS[algorithm.family] * likes + lists)
    return once * ((plan.seeds if algorithm.random else 1) + (len(algorithm.grid) + 1 if plan.tune else 0))


def _seconds_of(last: Mapping[str, Any], reactions: int) -> dict[str, float]:
    """What each algorithm took, as if it had had this many reactions."""
    scale = reactions / max(int(last["data"]["reactions"]), 1)
    runs = [(run["name"], run["seconds"]) for run in last["algorithms"] if run["unable"] is None]
    return {name: (spent["fit"] + spent["score"]) * scale for name, spent in runs}
