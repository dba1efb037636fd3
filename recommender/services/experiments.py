"""Making, starting and stopping experiments on the people of the site."""

from __future__ import annotations

import datetime as dt
import math
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from recommender import evidence, experiments
from recommender.engine.online.sequential import FEWEST
from recommender.evidence.verdicts import INTERLEAVING_SAVES
from recommender.experiments import BadExperiment
from recommender.models import Experiment

FEWEST_DRAFTED = 50
"""People below which an interleaving experiment is not planned."""


def create_experiment(
    *,
    name: str,
    kind: str,
    arms: Any,
    metric: str,
    effect: float,
    planned_people: int | None = None,
    now: dt.datetime,
) -> Experiment:
    """Plan an experiment; without a number of people one is computed from the last weeks. Raises BadExperiment."""
    if not name or name != slugify(name) or len(name) > 60:
        raise BadExperiment(_("A name is made of small letters, digits and hyphens, 60 at most."))
    if kind not in Experiment.Kind.values:
        raise BadExperiment(_("An experiment is one of %(kinds)s.") % {"kinds": ", ".join(Experiment.Kind.values)})
    if metric not in Experiment.Metric.values:
        text = _("The primary metric is one of %(metrics)s.")
        raise BadExperiment(text % {"metrics": ", ".join(Experiment.Metric.values)})
    if not math.isfinite(effect) or not 0 < effect <= 1:
        raise BadExperiment(_("The smallest change worth seeing is above 0 and at most the whole of the control."))
    checked = experiments.checked(kind, arms)
    plan = evidence.plan(metric=metric, effect=effect, now=now) or {}
    people = _planned(kind, planned_people, plan)
    try:
        with transaction.atomic():
            return Experiment.objects.create(
                name=name,
                kind=kind,
                arms=checked,
                metric=metric,
                effect=effect,
                planned_people=people,
                plan=plan,
                created_at=now,
            )
    except IntegrityError as error:
        raise BadExperiment(_("There is an experiment of this name already.")) from error


def start_experiment(*, experiment: Experiment, now: dt.datetime) -> None:
    """Let it begin; from now on its arms do not change. Raises BadExperiment."""
    experiments.checked(experiment.kind, experiment.arms)  # a release may have gone since
    draft = Experiment.objects.filter(pk=experiment.pk, state=Experiment.State.DRAFT)
    try:
        with transaction.atomic():
            if not draft.update(state=Experiment.State.RUNNING, started_at=now):
                raise BadExperiment(_("Only a draft can be started; it has run already."))
    except IntegrityError as error:
        raise BadExperiment(_("Another experiment is running in the same lists; stop that first.")) from error
    experiment.refresh_from_db()


def stop_experiment(*, experiment: Experiment, now: dt.datetime) -> None:
    """End it and keep its verdict. Raises BadExperiment."""
    running = Experiment.objects.filter(pk=experiment.pk, state=Experiment.State.RUNNING)
    verdict = evidence.verdict(experiment, now=now)
    if not running.update(state=Experiment.State.STOPPED, ended_at=now, verdict=verdict):
        raise BadExperiment(_("It is not running."))
    experiment.refresh_from_db()


def delete_experiment(*, experiment: Experiment) -> None:
    """Forget a draft. Raises BadExperiment for one that has run, which is evidence."""
    if not Experiment.objects.filter(pk=experiment.pk, state=Experiment.State.DRAFT).delete()[0]:
        raise BadExperiment(_("Only a draft can be deleted."))


def _planned(kind: str, people: int | None, plan: dict[str, Any]) -> int:
    drafted = kind == Experiment.Kind.INTERLEAVING
    fewest = FEWEST_DRAFTED if drafted else FEWEST
    if people is None and plan:
        needed = 2 * plan["people"] // INTERLEAVING_SAVES if drafted else plan["people"]
        return int(max(fewest, needed))
    if people is None:
        raise BadExperiment(_("Nothing has been clicked in the last weeks to plan from; say how many people it needs."))
    if not fewest <= people < 2**31:
        raise BadExperiment(_("Plan with %(fewest)d people or more.") % {"fewest": fewest})
    return people
