"""What an experiment has found so far, and whether that may be believed."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from recommender import experiments
from recommender.engine.arrays import Mask, Rows
from recommender.engine.online.assignment import ALARM, sample_ratio
from recommender.engine.online.comparison import Comparison, Totals, compare, people_needed
from recommender.engine.online.interleaving import Preference, preference
from recommender.engine.online.sequential import Look, look
from recommender.evidence.figures import per_person
from recommender.evidence.log import Log, read
from recommender.models import Experiment

GUARD_MARGIN = 0.05
"""How much of the control's rate a guarded figure may lose; more, beyond its interval, and the experiment does harm."""
PAST_DAYS = 28
"""Days of the log that an experiment is planned from."""
INTERLEAVING_SAVES = 10
"""How many times fewer people interleaving is planned with than an A/B test; measured to be far more."""
METRICS = tuple(Experiment.Metric.values)


@dataclass(frozen=True)
class ArmFigures:
    """What the people of one arm were shown and did."""

    name: str
    people: int
    impressions: int
    click_rate: float
    like_rate: float
    conversion: float


@dataclass(frozen=True)
class Guard:
    """A figure that must not be lost. `low` and `high`: the interval of its change that holds at every look."""

    metric: str
    low: float | None
    high: float | None
    harmed: bool


@dataclass(frozen=True)
class Judgement:
    """The state of an experiment.

    verdict: nobody, blocked (the arms' sizes are not to be explained by chance), harm, collecting, better, worse or
    same, of the second arm against the first; `early` where the stop rule found it before the planned size.
    """

    verdict: str
    early: bool
    planned: int
    reached: int
    sample_ratio: float
    arms: list[ArmFigures]
    crossed: int
    """People who were seen in both arms and are left out: two visitors who turned out to be one person."""
    comparison: Comparison | None = None
    look: Look | None = None
    preference: Preference | None = None
    guards: tuple[Guard, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Plain values; what is infinite yet is None."""
        return finite(asdict(self))


def judge(experiment: Experiment, *, now: dt.datetime) -> Judgement | None:
    """What the experiment has found until now, or until it was stopped; None for one that has not begun."""
    if experiment.started_at is None:
        return None
    until = experiment.ended_at or now
    log = read(since=experiment.started_at, until=until)
    log = log.where(log.experiment == experiment.pk)
    if experiment.kind == Experiment.Kind.INTERLEAVING:
        return _interleaving(experiment, log)
    return _arms_apart(experiment, log)


def plan(*, metric: str, effect: float, now: dt.datetime) -> dict[str, Any] | None:
    """The people an arm needs to show a relative change, judged by the last weeks; None where they say nothing."""
    log = read(since=now - dt.timedelta(days=PAST_DAYS), until=now)
    past = per_person(log, _followed(log, metric))
    try:
        people = people_needed(past, relative=effect)
    except ValueError:
        return None
    return {"people": people, "control": past.value, "seen": len(past), "days": PAST_DAYS}


def _arms_apart(experiment: Experiment, log: Log) -> Judgement:
    names = experiments.names(experiment.arms)
    members, crossed = _members(log, names)
    counts = [len(each) for each in members]
    ratio = sample_ratio(counts, experiments.shares(experiment))
    planned, reached = experiment.planned_people, min(counts)
    first = [each[:planned] for each in members] if reached >= planned else members
    found = _compared(log, first, experiment.metric)
    expected = experiment.effect * (experiment.plan.get("control") or found.control)
    now = look(_compared(log, members, experiment.metric), expected=expected) if expected > 0 else None
    guards = tuple(
        _guard(_compared(log, members, metric), metric, experiment.effect)
        for metric in METRICS
        if metric != experiment.metric
    )
    early = now is not None and now.stop and reached < planned
    return Judgement(
        verdict=_verdict(ratio, reached, planned, found, early=early, harmed=any(guard.harmed for guard in guards)),
        early=early,
        planned=planned,
        reached=reached,
        sample_ratio=ratio,
        arms=[_figures(name, log, each) for name, each in zip(names, members, strict=True)],
        crossed=crossed,
        comparison=found,
        look=now,
        guards=guards,
    )


def _interleaving(experiment: Experiment, log: Log) -> Judgement:
    names = experiments.names(experiment.arms)
    reacted = log.clicked | log.liked | log.saved
    earned = np.stack([_distinct(log, reacted & (log.team == name)) for name in names], axis=1)
    found = preference(earned)
    planned = experiment.planned_people
    verdict = (
        "nobody" if not found.people else "collecting" if found.people < planned else _side(found.p, found.share - 0.5)
    )
    placed = [log.where(log.team == name) for name in names]
    return Judgement(
        verdict=verdict,
        early=False,
        planned=planned,
        reached=found.people,
        sample_ratio=1.0,
        arms=[_figures(name, part, np.unique(part.person)) for name, part in zip(names, placed, strict=True)],
        crossed=0,
        preference=found,
    )


def _distinct(log: Log, credited: Mask) -> Rows:
    """(people,) how many distinct pictures each person reacted to."""
    pairs = np.unique(np.stack([log.person[credited], log.image[credited]]), axis=1)
    return np.bincount(pairs[0], minlength=len(log.people))


def _members(log: Log, names: list[str]) -> tuple[list[Rows], int]:
    """The people of each arm in the order they came, and how many were in both."""
    came = [_in_order_of_coming(log.person[log.arm == name]) for name in names]
    both = np.intersect1d(came[0], came[1])
    return [each[~np.isin(each, both)] for each in came], len(both)


def _in_order_of_coming(person: Rows) -> Rows:
    people, first = np.unique(person, return_index=True)
    return people[np.argsort(first, kind="stable")]


def _compared(log: Log, members: list[Rows], metric: str) -> Comparison:
    control, treatment = (_totals(log, each, metric) for each in members)
    return compare(control, treatment)


def _totals(log: Log, people: Rows, metric: str) -> Totals:
    exposures = np.bincount(log.person, minlength=len(log.people)).astype(np.float64)
    events = np.bincount(log.person, _followed(log, metric), minlength=len(log.people)).astype(np.float64)
    return Totals(events[people], exposures[people])


def _followed(log: Log, metric: str) -> Mask:
    by_metric = {
        Experiment.Metric.CLICK_RATE.value: log.clicked,
        Experiment.Metric.LIKE_RATE.value: log.liked,
        Experiment.Metric.CONVERSION.value: log.converted,
    }
    return by_metric[metric]


def _figures(name: str, log: Log, people: Rows) -> ArmFigures:
    here = log.where(np.isin(log.person, people))
    rates = {metric: float(_followed(here, metric).mean()) if len(here) else 0.0 for metric in METRICS}
    return ArmFigures(name=name, people=len(people), impressions=len(here), **rates)


def _guard(found: Comparison, metric: str, effect: float) -> Guard:
    if not found.control:
        return Guard(metric, None, None, harmed=False)
    seen = look(found, expected=effect * found.control)
    return Guard(metric, seen.low, seen.high, harmed=seen.high < -GUARD_MARGIN * found.control)


def _verdict(ratio: float, reached: int, planned: int, found: Comparison, *, early: bool, harmed: bool) -> str:
    if not reached:
        return "nobody"
    if ratio < ALARM:
        return "blocked"
    if harmed:
        return "harm"
    if early:
        return "better" if found.difference > 0 else "worse"
    return _side(found.p, found.difference) if reached >= planned else "collecting"


def _side(p: float, difference: float) -> str:
    if p >= 0.05:
        return "same"
    return "better" if difference > 0 else "worse"


def finite(value: Any) -> Any:
    """The same with None in place of what is infinite or no number, which JSON does not have."""
    if isinstance(value, dict):
        return {name: finite(part) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [finite(part) for part in value]
    return None if isinstance(value, float) and not np.isfinite(value) else value
