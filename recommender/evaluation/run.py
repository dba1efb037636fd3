"""The evaluation itself: one algorithm after another, then all together."""

from __future__ import annotations

import logging
import platform
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from importlib import metadata
from typing import Any

from django.utils import timezone

from recommender import learning
from recommender.engine.model import Algorithm, Settings
from recommender.evaluation import summary, trial
from recommender.evaluation.dataset import Dataset
from recommender.evaluation.outcome import Outcome, measured
from recommender.evaluation.plan import Plan, Progress, Step, last_line, untold
from recommender.evaluation.trial import Trial, likes_of

log = logging.getLogger(__name__)

FORMAT = 1
LIBRARIES = ("numpy", "scipy", "scikit-learn", "implicit", "tensorflow", "keras")


@dataclass(frozen=True, eq=False)
class Run:
    """One algorithm's outcome, and what it cost; `unable` in its place where it could not run."""

    algorithm: Algorithm
    settings: Settings
    seed: int
    outcome: Outcome | None = None
    fitted: learning.Fitted | None = None
    unable: str | None = None


def evaluate(dataset: Dataset, *, plan: Plan, progress: Progress = untold) -> dict[str, Any]:
    """Fit and measure every algorithm of the plan; the result is plain values, ready for JSON.

    An algorithm that cannot run is reported and stops no other. Raises Unusable when the data leave nothing to test.
    """
    return result_of(dataset, plan, run_all(dataset, plan=plan, progress=progress))


def run_all(dataset: Dataset, *, plan: Plan, progress: Progress = untold) -> list[Run]:
    """Every algorithm of the plan, one after another, on the same trial."""
    split = trial.split_of(dataset, plan)
    choosing = trial.choosing(dataset, plan, split) if plan.tune else None
    asked = trial.final(dataset, plan, split)
    chosen = plan.chosen
    runs = []
    for done, algorithm in enumerate(chosen):
        tell = _telling(progress, done, len(chosen), algorithm.name)
        runs.append(_best_effort(algorithm, asked, choosing, plan, tell))
    progress(Step(len(chosen), len(chosen), "done"))
    return runs


def _best_effort(algorithm: Algorithm, asked: Trial, choosing: Trial | None, plan: Plan, tell: Progress) -> Run:
    """With its settings chosen where they are to be, and of several seeds the median run."""
    settings = tuned(algorithm, choosing, plan, tell=tell) if choosing else plan.settings_of(algorithm)
    seeds = range(plan.seed, plan.seed + (plan.seeds if algorithm.random else 1))
    runs = [run_one(algorithm, settings, asked, replace(plan, seed=seed), tell=tell) for seed in seeds]
    able = [run for run in runs if run.outcome] or runs
    return sorted(able, key=lambda run: _height(run, plan))[len(able) // 2]


def tuned(algorithm: Algorithm, choosing: Trial, plan: Plan, *, tell: Progress) -> Settings:
    """Those of the grid that are best on the validation part; of equals the first, and the defaults come first."""
    start = plan.settings_of(algorithm)
    if algorithm.name in plan.settings or not choosing.tested.size:
        return start
    choices = [start, *({**start, **step} for step in algorithm.grid)]
    choices = [choice for place, choice in enumerate(choices) if choice not in choices[:place]]
    if len(choices) == 1:
        return start
    plain = replace(plan, sampled=0)
    runs = [run_one(algorithm, choice, choosing, plain, tell=tell) for choice in choices]
    return max(runs, key=lambda run: _height(run, plan)).settings


def _height(run: Run, plan: Plan) -> float:
    return float(run.outcome.values[plan.primary].mean()) if run.outcome else -1.0


def run_one(algorithm: Algorithm, settings: Settings, asked: Trial, plan: Plan, *, tell: Progress) -> Run:
    run = Run(algorithm, settings, plan.seed)
    if lacking := asked.training.lacks(algorithm.needs):
        return replace(run, unable=f"{algorithm.name} needs {' and '.join(lacking)}, which these data do not have.")
    try:
        fitted = _fitted(algorithm, settings, asked, plan, tell)
        tell(Step(0, 0, "making lists"))
        outcome = measured(algorithm.name, fitted.model, asked, plan, scored=_counting(tell, len(asked.tested)))
    except learning.Cancelled:
        raise
    except Exception as error:  # one algorithm's trouble, whatever it is, is no reason to lose the others
        log.exception("%s could not be evaluated", algorithm.name)
        return replace(run, unable=f"{algorithm.name} failed: {last_line(error)}")
    return replace(run, outcome=outcome, fitted=fitted)


def _fitted(algorithm: Algorithm, settings: Settings, asked: Trial, plan: Plan, tell: Progress) -> learning.Fitted:
    now = Step(0, 0, "learning")

    def watch(epoch: int, values: Mapping[str, float]) -> None:
        nonlocal now
        now = replace(now, epoch=epoch, values=values)
        tell(now)

    tell(now)
    return learning.fit(
        algorithm.name,
        asked.training,
        settings=settings,
        seed=plan.seed,
        alone=plan.alone,
        threads=plan.threads,
        watch=watch,
        pulse=lambda: tell(now),
    )


def _counting(tell: Progress, total: int) -> Callable[[int], None]:
    """Tell how many people have their list."""
    made = 0

    def count(people: int) -> None:
        nonlocal made
        made += people
        tell(Step(0, 0, f"{made} of {total} lists"))

    return count


def _telling(progress: Progress, done: int, total: int, name: str) -> Progress:
    return lambda step: progress(replace(step, done=done, total=total, algorithm=name))


def result_of(dataset: Dataset, plan: Plan, runs: list[Run]) -> dict[str, Any]:
    outcomes = {run.algorithm.name: run.outcome for run in runs if run.outcome}
    pairs = summary.compared(outcomes, metric=plan.primary)
    tested = max((len(run.outcome.people) for run in runs if run.outcome), default=0)
    return {
        "format": FORMAT,
        "created": timezone.now().isoformat(),
        "command": list(plan.command),
        "data": {
            "source": dataset.source,
            "sha256": dataset.sha256,
            "people": len(dataset.people),
            "pictures": len(dataset.pictures),
            "reactions": len(dataset.reactions.items),
        },
        "split": {
            "kind": plan.split,
            "seed": plan.seed,
            "positive_from": plan.positive_from,
            "cold_items": plan.cold_items,
            "people_tested": tested,
        },
        "k": list(plan.k),
        "versions": versions(),
        "algorithms": [summary.of_run(run, plan, category_names=dataset.category_names) for run in runs],
        "pairs": [pair.shown() for pair in pairs],
        "recommended": summary.recommended(runs, pairs, plan, likes_of(dataset, plan).counts),
    }


def versions() -> dict[str, str]:
    """Of what the numbers depend on."""
    found = {"visrec": "0.1.0", "python": platform.python_version()}
    for name in LIBRARIES:
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            continue
    return found
