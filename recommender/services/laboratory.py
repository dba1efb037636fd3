"""Asking the laboratory for an evaluation or a training; letting a model serve, and taking that back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

import numpy as np
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import AbstractUser
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from catalog.models import State
from recommender import evaluation, rebuild, store, tasks
from recommender.engine.reactions import Reactions
from recommender.engine.registry import ALGORITHMS
from recommender.engine.splits import SPLITS
from recommender.evaluation import Plan
from recommender.models import CANCELLED, UNDER_WAY, EvaluationRun, Release, TrainingRun

PATIENCE = 5.0  # seconds of fitting and listing that somebody who promotes may be asked to wait for


class Refused(Exception):
    """What was asked for cannot be done; says why in a sentence."""


def evaluate(*, plan: Mapping[str, Any], by: Any, now: dt.datetime) -> EvaluationRun:
    """Queue an evaluation of the site's own data. Raises Refused."""
    if plan.get("split", "per-user-time") not in SPLITS:
        raise Refused(_("A split is one of %(splits)s.") % {"splits": ", ".join(SPLITS)})
    wanted = {**plan, "seed": _seed(plan.get("seed", 0)), "command": ["manage.py", "evaluate", *_options(plan)]}
    try:
        minutes = evaluation.estimated_minutes(evaluation.site_size(), Plan(**wanted), last=_last_result())
    except (evaluation.Unusable, ValueError, TypeError, KeyError) as error:
        raise Refused(str(error)) from error
    with transaction.atomic():
        if EvaluationRun.objects.filter(state__in=UNDER_WAY).exists():
            raise Refused(_("An evaluation is under way already."))
        run = EvaluationRun.objects.create(
            plan=wanted, asked_by=by, created_at=now, minutes=minutes, seed=wanted["seed"]
        )
        tasks.evaluate.delay_on_commit(run.pk)
    return run


def train(
    *,
    algorithm: str,
    settings: Mapping[str, Any] | None = None,
    seed: Any = 0,
    by: Any,
    now: dt.datetime,
) -> TrainingRun:
    """Queue a training of an algorithm or a lesson on the site's own data; what it makes waits to be promoted.

    Raises Refused.
    """
    if algorithm not in ALGORITHMS and algorithm not in rebuild.LESSONS:
        raise Refused(_("There is no algorithm “%(name)s”.") % {"name": algorithm})
    try:
        chosen = dict(ALGORITHMS[algorithm].settings(settings)) if algorithm in ALGORITHMS else {}
        with transaction.atomic():
            run = TrainingRun.objects.create(
                algorithm=algorithm, settings=chosen, seed=_seed(seed), asked_by=by, created_at=now
            )
            tasks.train.delay_on_commit(run.pk)
    except KeyError as error:
        raise Refused(str(error.args[0])) from error
    except IntegrityError as error:
        raise Refused(_("A training of %(name)s is under way already.") % {"name": algorithm}) from error
    return run


def cancel(*, run: EvaluationRun | TrainingRun, now: dt.datetime) -> None:
    """Ask a run to stop; one that still waits stops at once. Raises Refused for one that is over."""
    rows = type(run)._default_manager.filter(pk=run.pk)
    waiting = rows.filter(state=State.PENDING)
    if waiting.update(state=State.FAILED, error_code=CANCELLED, error_detail=_("It was stopped."), ended_at=now):
        return
    if not rows.filter(state=State.PROCESSING).update(cancel_asked=True):
        raise Refused(_("It is over already."))


def promote(*, release: Release, by: AbstractUser | None, reason: str = "", now: dt.datetime) -> None:
    """Let a release serve; one that measured worse only with a reason, which is kept. Raises Refused."""
    if release.serving:
        raise Refused(_("It serves already."))
    if release.kind not in (Release.Kind.RANKER, Release.Kind.INDEX):
        raise Refused(_("A release of this kind is not promoted."))
    if release.kind == Release.Kind.RANKER and (fault := _fault(release)):
        raise Refused(fault)
    if not reason and (objection := _objection(release, now)):
        raise Refused(objection)
    with transaction.atomic():
        store.promote(release, by=by, reason=reason, now=now)
        _noted(release, by, f"promoted: {reason}" if reason else "promoted")


def roll_back(*, kind: Release.Kind, by: AbstractUser | None = None) -> Release | None:
    """Let serve what served before; None where the site then goes on without such a release. Raises Refused."""
    try:
        with transaction.atomic():
            serving = store.serving(kind)
            before = store.roll_back(kind)
            if serving is not None:
                _noted(serving, by, f"rolled back to {before.name if before else rebuild.PLAIN}")
    except store.NothingBefore as nothing:
        raise Refused(_("Nothing served before that could serve again.")) from nothing
    return before


def estimated_minutes() -> float | None:
    """Of evaluating everything; None while there is nothing to evaluate."""
    try:
        return evaluation.estimated_minutes(evaluation.site_size(), Plan(), last=_last_result())
    except evaluation.Unusable:
        return None


def _fault(release: Release) -> str:
    """Why it cannot serve at all, whatever it measured; nothing where it can."""
    kept = store.ranker(release.version)
    if kept is None or kept.version != release.version:
        return _("It has been deleted, perhaps because its arrays were damaged.")
    scores = kept.model.score(Reactions.of([0], [0], shape=(2, len(kept.ids))).strangers())
    if scores.shape != (2, len(kept.ids)) or not np.isfinite(scores).all():
        return _("It gives scores that are not finite numbers.")
    return ""


def _objection(release: Release, now: dt.datetime) -> str:
    """Why it should not serve, in a sentence; nothing where nothing speaks against it."""
    if objections := release.card.get("objections"):
        return " ".join(map(str, objections))
    if release.kind != Release.Kind.RANKER:
        return ""
    found = _comparison(release, now)
    if found.get("high") is None:
        why = found.get("unable") or _("too few people can be tested")
        return _("It could not be compared with %(serving)s: %(why)s") % {"serving": found["name"], "why": why}
    if found["high"] >= 0:
        return ""
    text = _(
        "It measures worse than %(name)s, which serves: %(metric)s %(difference).4f (%(low).4f to %(high).4f). "
        "With a reason it can be promoted all the same."
    )
    return text % found


def _comparison(release: Release, now: dt.datetime) -> Mapping[str, Any]:
    """With what serves now: as it was made with the training, or made anew where something else serves since.

    At once where that takes seconds; else Refused, for a worker is making it.
    """
    serving = store.serving(Release.Kind.RANKER)
    found: Mapping[str, Any] = release.card.get("comparison") or {}
    if found.get("with") == rebuild.version_of(serving):
        return found
    if _seconds(release) + _seconds(serving) <= PATIENCE:
        return rebuild.compare(release.pk, now=now)
    tasks.compare.delay_on_commit(release.pk)
    text = _(
        "It was compared with %(before)s, but %(serving)s serves now. The two are being compared: promote it again "
        "in a few minutes."
    )
    names = {"before": found.get("name", _("nothing")), "serving": serving.name if serving else rebuild.PLAIN}
    raise Refused(text % names)


def _seconds(release: Release | None) -> float:
    """That fitting and listing took when it was trained. What was never measured may take long."""
    if release is None:
        return 0.0
    return float(release.card.get("seconds", PATIENCE)) + float(release.card.get("seconds_to_list", 0.0))


def _noted(release: Release, by: AbstractUser | None, what: str) -> None:
    """Write down on the desk who did it."""
    if by is not None:
        LogEntry.objects.log_actions(by.pk, [release], CHANGE, what, single_object=True)


def _last_result() -> Mapping[str, Any] | None:
    last = EvaluationRun.objects.filter(state=State.READY).order_by("-created_at").first()
    return last.result if last is not None else None


def _seed(value: Any) -> int:
    try:
        seed = int(value)
    except (TypeError, ValueError) as error:
        raise Refused(_("The seed is a whole number.")) from error
    if not 0 <= seed < 2**31:
        raise Refused(_("The seed is a whole number from 0 to 2,147,483,647."))
    return seed


def _options(plan: Mapping[str, Any]) -> list[str]:
    """The plan as the options of the command that does the same."""
    found = ["--split", str(plan.get("split", "per-user-time")), "--seed", str(plan.get("seed", 0))]
    if plan.get("algorithms"):
        found += ["--algorithms", ",".join(plan["algorithms"])]
    return found + (["--tune"] if plan.get("tune") else [])
