"""What benchmarks of lists share: choose settings on validation, then fit on all that may be learned, and measure."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import movielens_data  # noqa: F401  puts the project on the path
import numpy as np

from recommender.engine import metrics, splits
from recommender.engine.arrays import Scores, Weights
from recommender.engine.intervals import bootstrap
from recommender.engine.model import Fit, Model, Settings, TrainingSet
from recommender.engine.reactions import Reactions
from recommender.engine.registry import ALGORITHMS

BLOCK = 512
"""People scored at once."""
Judge = Callable[[Model, Reactions, Reactions], Weights]
"""(model, train, held out) → one number a person with anything held out."""


@dataclass(frozen=True, eq=False)
class Chosen:
    """The settings that were best on validation, and how good they were there."""

    settings: Settings
    value: float
    tried: int


def scored(model: Model, people: Reactions) -> Scores:
    parts = [
        model.score(people.take(np.arange(start, min(start + BLOCK, len(people)))))
        for start in range(0, len(people), BLOCK)
    ]
    return np.concatenate(parts)


def best_rows(model: Model, train: Reactions, held: Reactions, k: int) -> tuple[np.ndarray, Reactions]:
    """Lists (p, k) of everybody with anything held out, and what is held out: (p people)."""
    tested = np.flatnonzero(held.counts)
    histories = train.take(tested)
    candidates = np.bincount(train.items, minlength=train.pictures) > 0
    excluded = ~candidates | (histories.matrix().toarray() > 0)
    return metrics.best_lists(scored(model, histories), k, excluded=excluded), held.take(tested)


def ndcg_at_10(model: Model, train: Reactions, held: Reactions) -> Weights:
    lists, wanted = best_rows(model, train, held, 10)
    return metrics.ndcg(metrics.hit_ranks(lists, wanted), wanted.counts, 10)


def recall_at_20(model: Model, train: Reactions, held: Reactions) -> Weights:
    lists, wanted = best_rows(model, train, held, 20)
    return metrics.recall(metrics.hit_ranks(lists, wanted), wanted.counts, 20)


def fitted(name: str, likes: Reactions, settings: Settings, seed: int = 0) -> Model:
    algorithm = ALGORITHMS[name]
    return algorithm.fit(TrainingSet(likes=likes), algorithm.settings(settings), Fit(seed=seed))


def chosen(name: str, split: splits.Split, judge: Judge, given: Settings | None = None) -> Chosen:
    """Of the registry's grid, the defaults among it; equal ones by their place. `given` is laid under each."""
    tried = [{**(given or {}), **settings} for settings in ({}, *ALGORITHMS[name].grid)]
    models = (fitted(name, split.train, settings) for settings in tried)
    values = [float(judge(model, split.train, split.validation).mean()) for model in models]
    best = int(np.argmax(values))
    return Chosen(tried[best], values[best], len(tried))


def chosen_for_all(names: tuple[str, ...], split: splits.Split, judge: Judge) -> dict[str, Chosen]:
    """The blend is last, and its sources have the settings that were best for each alone."""
    found: dict[str, Chosen] = {}
    for name in names:
        begun = time.perf_counter()
        given = {"settings": {one: dict(each.settings) for one, each in found.items()}} if name == "blend" else None
        found[name] = chosen(name, split, judge, given)
        note = f"{name}: {found[name].tried} settings in {time.perf_counter() - begun:.0f} s"
        print(f"  {note}, best {found[name].value:.4f} with {shown(found[name].settings)}", file=sys.stderr, flush=True)
    return found


def shown(settings: Settings) -> str:
    return (
        ", ".join(f"{name} {value}" for name, value in settings.items() if not isinstance(value, Mapping)) or "defaults"
    )


def runs(
    name: str, settings: Settings, train: Reactions, test: Reactions, judges: Mapping[str, Judge], seeds: int
) -> tuple[list[dict[str, Weights]], float]:
    """Each judge's numbers, from one run or from `seeds` runs of a random model; and the seconds of one fit."""
    found, begun, spent = [], time.perf_counter(), 0.0
    for seed in range(seeds if ALGORITHMS[name].random else 1):
        begun = time.perf_counter()
        model = fitted(name, train, settings, seed)
        spent = time.perf_counter() - begun
        found.append({measure: judge(model, train, test) for measure, judge in judges.items()})
    return found, spent


def median_run(found: list[dict[str, Weights]], measure: str) -> dict[str, Weights]:
    """The run whose mean of this measure is the median; of an even number the lower one."""
    means = [float(run[measure].mean()) for run in found]
    return found[int(np.argsort(means, kind="stable")[(len(means) - 1) // 2])]


def with_interval(values: Weights) -> str:
    interval = bootstrap(values)[0]
    return f"{interval.mean:.4f} ({interval.low:.3f}–{interval.high:.3f})"
