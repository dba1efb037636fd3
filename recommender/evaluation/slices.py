"""Parts of an outcome: pictures and people that little is known of, and one category at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from recommender.engine.arrays import Mask, Rows
from recommender.engine.metrics.lists import Ranks
from recommender.evaluation.outcome import Outcome

FEW = 5
"""A picture or person with at most as many reactions is cold."""

Slice = tuple[str, Ranks, Rows]
"""Its name; the ranks of its hits (q, k), and how many pictures were wanted (q,), both of the people it has any of."""


def slices_of(outcome: Outcome, category_names: Sequence[str] = ()) -> Iterator[Slice]:
    """The slices that anybody is in. Lists are the same as for everybody; only what is asked of them differs."""
    yield from _by_picture(outcome)
    yield from _by_person(outcome)
    if outcome.categories is not None:
        for number, name in enumerate(category_names):
            yield from _pictures(outcome, f"category:{name}", outcome.categories == number)


def _by_picture(outcome: Outcome) -> Iterator[Slice]:
    yield from _pictures(outcome, "cold_pictures", outcome.likers == 0)
    yield from _pictures(outcome, "rare_pictures", (outcome.likers >= 1) & (outcome.likers <= FEW))


def _by_person(outcome: Outcome) -> Iterator[Slice]:
    counts = outcome.history.counts
    yield from _people(outcome, "new_people", counts == 0)
    yield from _people(outcome, "cold_people", (counts >= 1) & (counts <= FEW))


def _people(outcome: Outcome, name: str, chosen: Mask) -> Iterator[Slice]:
    if chosen.any():
        yield name, outcome.ranks[chosen], outcome.wanted.counts[chosen]


def _pictures(outcome: Outcome, name: str, chosen: Mask) -> Iterator[Slice]:
    """What these pictures alone would have been: a hit on another one is none."""
    wanted = outcome.wanted.where(chosen[outcome.wanted.items]).counts
    people = wanted > 0
    if people.any():
        hit = (outcome.lists >= 0) & chosen[np.maximum(outcome.lists, 0)]
        yield name, np.where(hit, outcome.ranks, np.inf)[people], wanted[people]
