"""The laboratory's long work: an evaluation, a training that ends in a candidate. The rows say how it goes."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from django.conf import settings as site
from django.utils import timezone

from catalog.models import State
from recommender import evaluation, learning, queries, store
from recommender.engine.model import Cancelled, Model, packed
from recommender.engine.ranker import Scale, calibrated, standing
from recommender.engine.registry import ALGORITHMS
from recommender.evaluation import Dataset, Outcome, Plan, Step, summary, trial
from recommender.evaluation.run import versions
from recommender.evaluation.trial import Trial
from recommender.models import Epoch, EvaluationRun, Release, Run, TrainingRun

BETWEEN_NOTES = dt.timedelta(seconds=2)
CALIBRATED = 500  # people whose held-out likes a model is calibrated on
OTHERS = 200  # pictures a person that these likes are held against
HELD = dt.timedelta(minutes=10)  # that a sign of life is good for: one algorithm may learn as long in one step
CANCELLED = "cancelled"


class Watched:
    """Notes how far a run has come, keeps its claim, and ends it when that is asked for."""

    def __init__(self, run: Run) -> None:
        self._run, self._rows = run, type(run)._default_manager.filter(pk=run.pk)
        self._noted = timezone.now() - BETWEEN_NOTES

    def pulse(self, *, doing: str | None = None, progress: float | None = None) -> None:
        """Raises Cancelled."""
        now = timezone.now()
        if now - self._noted < BETWEEN_NOTES:
            return
        self._noted = now
        found: dict[str, Any] = {"claimed_until": now + HELD}
        if doing is not None:
            found["doing"] = doing[:120]
        if progress is not None:
            found["progress"] = progress
        self._rows.update(**found)
        if self._rows.filter(cancel_asked=True).exists() or not self._rows.exists():
            raise Cancelled


def evaluate(run_id: int, *, now: dt.datetime) -> bool:
    """Make the evaluation of this row, if it is due; says whether it was."""
    return _claimed(EvaluationRun, run_id, _evaluated, now=now)


def train(run_id: int, *, now: dt.datetime) -> bool:
    """Make the training of this row, if it is due; a checkpoint of an earlier try is gone on from."""
    return _claimed(TrainingRun, run_id, _trained, now=now)


def due_runs(*, now: dt.datetime) -> tuple[list[int], list[int]]:
    """Evaluations and trainings that wait, or whose worker died with its claim; what has no try left is given up."""
    kinds = (EvaluationRun, TrainingRun)
    for kind in kinds:
        kind._default_manager.all().give_up(now)
    evaluations, trainings = (list(kind._default_manager.due(now).values_list("pk", flat=True)) for kind in kinds)
    return evaluations, trainings


def checkpoint_of(run: TrainingRun) -> Path:
    return Path(site.VAR) / "checkpoints" / str(run.pk)


def _claimed(kind: type[Run], run_id: int, work: Callable[[Any, Watched], None], *, now: dt.datetime) -> bool:
    rows = kind._default_manager.filter(pk=run_id)
    if not rows.claim(now):
        return False
    rows.update(claimed_until=now + HELD)
    rows.filter(started_at=None).update(started_at=now)
    run = rows.get()
    try:
        work(run, Watched(run))
    except Cancelled:
        rows.fail(code=CANCELLED, detail="It was stopped.")
        _forget_checkpoint(run)
    except (evaluation.Unusable, learning.Failed, ValueError, KeyError, store.Damaged) as error:
        rows.fail(code="unable", detail=str(error)[-2000:])
        _forget_checkpoint(run)
    else:
        rows.update(state=State.READY, claimed_until=None, progress=1.0, doing="")
        _forget_checkpoint(run)
    rows.update(ended_at=timezone.now())
    return True


def _forget_checkpoint(run: Run) -> None:
    if isinstance(run, TrainingRun):
        shutil.rmtree(checkpoint_of(run), ignore_errors=True)


def _evaluated(run: EvaluationRun, watched: Watched) -> None:
    dataset = evaluation.site_dataset(run.created_at)
    plan = Plan(**run.plan)

    def progress(step: Step) -> None:
        share = step.done / step.total if step.total else None
        watched.pulse(doing=f"{step.algorithm}: {step.words}" if step.algorithm else step.words, progress=share)

    result = evaluation.evaluate(dataset, plan=plan, progress=progress)
    run.result, run.data_hash = result, result["data"]["sha256"]
    run.save(update_fields=["result", "data_hash"])


def _trained(run: TrainingRun, watched: Watched) -> None:
    """Learn from a part and measure on the rest, then learn from everything: that model becomes the candidate."""
    dataset = evaluation.site_dataset(run.created_at)
    plan = Plan(algorithms=[run.algorithm], settings={run.algorithm: run.settings}, seed=run.seed)
    asked = trial.final(dataset, plan, trial.split_of(dataset, plan))

    def note(epoch: int, values: Mapping[str, float]) -> None:
        kept = {name: float(value) for name, value in values.items()}
        Epoch.objects.update_or_create(run=run, number=epoch, defaults={"values": kept})
        watched.pulse(doing=f"epoch {epoch}")

    watched.pulse(doing="learning from a part", progress=0.05)
    how = {"settings": run.settings, "seed": run.seed, "alone": True, "pulse": watched.pulse}
    part = learning.fit(run.algorithm, asked.training, watch=note, checkpoint=checkpoint_of(run), **how)
    watched.pulse(doing="measuring", progress=0.5)
    outcome = evaluation.measured(run.algorithm, part.model, asked, plan)
    whole = replace(asked.training, likes=trial.likes_of(dataset, plan), as_of=dataset.as_of or asked.training.as_of)
    watched.pulse(doing="learning from everything", progress=0.6)
    full = learning.fit(run.algorithm, whole, **how)
    card = _card(run, dataset, plan, outcome, part)
    run.release = _published(run, dataset, full.model, _scale(part.model, asked, run.seed), card)
    run.save(update_fields=["release"])


def _card(run: TrainingRun, dataset: Dataset, plan: Plan, outcome: Outcome, fitted: learning.Fitted) -> dict[str, Any]:
    """Model card: what it was made from, how, and how well it does; plain values."""
    algorithm = ALGORITHMS[run.algorithm]
    made = evaluation.Run(algorithm, plan.settings_of(algorithm), run.seed, outcome, fitted)
    about = summary.of_run(made, plan)
    return {
        "metrics": about["metrics"],
        "people_tested": len(outcome.people),
        "data": {
            "sha256": dataset.sha256,
            "people": len(dataset.people),
            "pictures": len(dataset.pictures),
            "reactions": len(dataset.reactions.items),
        },
        "split": plan.split,
        "trained_on": "all likes; measured on a part after learning from the rest",
        "settings": about["settings"],
        "seed": run.seed,
        "seconds": fitted.seconds,
        "peak_mb": fitted.peak_mb,
        "versions": versions(),
        "epochs": fitted.epochs,
    }


def _published(run: TrainingRun, dataset: Dataset, model: Model, scale: Scale, card: Mapping[str, Any]) -> Release:
    keys = np.array([queries.person_key(int(person)) for person in dataset.people], np.uint64)
    order = np.argsort(keys)
    return store.publish(
        kind=Release.Kind.RANKER,
        algorithm=run.algorithm,
        card=card,
        serves=False,
        manifest={
            "ids": store.save(np.array([int(picture) for picture in dataset.pictures], np.int64)),
            "keys": store.save(keys[order]),
            "rows": store.save(order.astype(np.int64)),
            "model": {name: store.save(array) for name, array in packed(model).items()},
            "scale": {"slope": scale.slope, "intercept": scale.intercept},
        },
    )


def _scale(model: Model, asked: Trial, seed: int) -> Scale:
    """From standings of likes that were held out, and of pictures drawn from the rest, to chances."""
    rng = np.random.default_rng(seed)
    liked, others = [np.empty(0)], [np.empty(0)]
    for person in rng.permutation(asked.tested)[:CALIBRATED]:
        history = asked.training.likes.take([person])
        stands = standing(model.score(history), model.knows)[0]
        wanted = asked.wanted.of_person(int(person))
        rest = np.setdiff1d(np.flatnonzero(asked.candidates), np.concatenate([wanted, history.items]))
        liked.append(stands[wanted])
        others.append(stands[rng.permutation(rest)[:OTHERS]])
    return calibrated(np.concatenate(liked), np.concatenate(others))


def compared_with(release: Release, serving: Release, *, now: dt.datetime) -> Mapping[str, float]:
    """How much better a candidate's algorithm does than the serving one's, learned and measured alike on the data of
    now: {"difference", "low", "high"} of nDCG@10 with the paired 95 % interval."""
    dataset = evaluation.site_dataset(now)
    sides = {"candidate": release, "serving": serving}
    plan = Plan()
    asked = trial.final(dataset, plan, trial.split_of(dataset, plan))
    outcomes = {}
    for name, one in sides.items():
        seed = int(one.card.get("seed", 0))
        fitted = learning.fit(one.algorithm, asked.training, settings=one.card.get("settings"), seed=seed, alone=True)
        outcomes[name] = evaluation.measured(one.algorithm, fitted.model, asked, plan)
    pair = evaluation.compared(outcomes, metric=plan.primary)[0].shown()
    return {name: float(pair[name]) for name in ("difference", "low", "high")}
