"""A training: learn from a part, measure on the rest beside what serves, learn from everything, wait to be promoted."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from recommender import evaluation, learning, queries, store
from recommender.engine import apart
from recommender.engine.arrays import Weights
from recommender.engine.model import Model, TrainingSet, packed
from recommender.engine.ranker import Scale, calibrated, standing
from recommender.engine.registry import ALGORITHMS
from recommender.evaluation import Dataset, Outcome, Plan, summary, trial
from recommender.evaluation.run import versions
from recommender.evaluation.trial import Trial
from recommender.models import Release, TrainingRun
from recommender.rebuild import lessons
from recommender.rebuild.comparison import beside_serving, trial_of
from recommender.rebuild.lessons import LESSONS
from recommender.rebuild.renewal import take_over
from recommender.rebuild.runs import Watched, claimed, place_of

CALIBRATED = 500  # people whose held-out likes a model is calibrated on
OTHERS = 200  # pictures a person that these likes are held against


def train(run_id: int, *, now: dt.datetime) -> bool:
    """Make the training of this row, if it is due and no other run is at work; says whether it was.

    A try goes on from the checkpoint of the one before it, with the likes as they were.
    """
    return claimed(TrainingRun, run_id, _made, now=now)


def _made(run: TrainingRun, watched: Watched) -> None:
    (lessons.teach if run.algorithm in LESSONS else _trained)(run, watched)


def _trained(run: TrainingRun, watched: Watched) -> None:
    watched.stage("reading the likes", progress=0.0)
    dataset, plan = dataset_of(run), plan_of(run)
    asked = trial_of(dataset, plan)
    how: dict[str, Any] = {"settings": run.settings, "seed": run.seed, "alone": True, "pulse": watched.pulse}

    def note(epoch: int, values: Mapping[str, float]) -> None:
        watched.epoch(epoch, {name: float(value) for name, value in values.items()})

    watched.stage("learning from a part", progress=0.05)
    part = learning.fit(run.algorithm, asked.training, watch=note, checkpoint=place_of(run) / "part", **how)
    watched.stage("measuring", progress=0.5)
    outcome = evaluation.measured(run.algorithm, part.model, asked, plan, scored=lambda _people: watched.pulse())
    watched.stage("measuring what serves", progress=0.6)
    serving = store.serving(Release.Kind.RANKER)
    comparison = beside_serving(serving, outcome, asked, plan, data=dataset.sha256, pulse=watched.pulse)
    watched.stage("learning from everything", progress=0.7)
    whole = learning.fit(run.algorithm, whole_of(dataset, plan), checkpoint=place_of(run) / "whole", **how)
    watched.stage("publishing", progress=0.95)
    card = card_of(run, dataset, outcome, part) | {"comparison": comparison}
    run.release = publish(run, dataset, whole.model, _scale(part.model, asked, run.seed), card)
    run.save(update_fields=["release"])
    if run.promotes:
        take_over(run.release)


def plan_of(run: TrainingRun) -> Plan:
    return Plan(algorithms=[run.algorithm], settings={run.algorithm: run.settings}, seed=run.seed)


def whole_of(dataset: Dataset, plan: Plan) -> TrainingSet:
    """Everything there is to learn from, with nothing held out."""
    return TrainingSet(
        likes=trial.likes_of(dataset, plan),
        as_of=dataset.as_of or 0.0,
        features=dataset.features,
        tags=dataset.tags,
        categories=dataset.categories,
        created=dataset.created,
    )


def dataset_of(run: TrainingRun) -> Dataset:
    """The site's likes; of a network as they were at its first try, or its checkpoint would be of other data."""
    if not ALGORITHMS[run.algorithm].network:
        return evaluation.site_dataset(run.created_at)
    place = place_of(run) / "likes"
    if not place.exists():
        keep(evaluation.site_dataset(run.created_at), place)
    return kept(place)


def keep(dataset: Dataset, place: Path) -> None:
    """Write the site's likes aside and rename them, so that what is there is whole."""
    aside = place.with_name(f"{place.name}.part")
    shutil.rmtree(aside, ignore_errors=True)
    apart.write_training(aside / "set", whole_of(dataset, Plan()))
    names = {"people": np.array(dataset.people, np.str_), "pictures": np.array(dataset.pictures, np.str_)}
    apart.write_arrays(aside / "names", names)
    (aside / "categories.json").write_text(json.dumps(dataset.category_names))
    aside.rename(place)


def kept(place: Path) -> Dataset:
    """What `keep` wrote."""
    training, names = apart.read_training(place / "set"), apart.read_arrays(place / "names")
    return Dataset(
        source="site",
        people=tuple(names["people"].tolist()),
        pictures=tuple(names["pictures"].tolist()),
        reactions=training.likes,
        features=training.features,
        tags=training.tags,
        categories=training.categories,
        category_names=tuple(json.loads((place / "categories.json").read_text())),
        created=training.created,
        as_of=training.as_of,
    )


def card_of(run: TrainingRun, dataset: Dataset, outcome: Outcome, fitted: learning.Fitted) -> dict[str, Any]:
    """Model card: what it was made from, how, and how well it does; plain values."""
    algorithm, plan = ALGORITHMS[run.algorithm], plan_of(run)
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
        "seconds_to_list": outcome.seconds,
        "peak_mb": fitted.peak_mb,
        "versions": versions(),
        "epochs": fitted.epochs,
        "run": run.pk,
    }


def publish(run: TrainingRun, dataset: Dataset, model: Model, scale: Scale, card: Mapping[str, Any]) -> Release:
    """Store a model as a candidate: its arrays, its pictures, and its people by keys that lead back to nobody."""
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
    """From standings to chances: by likes that were held out, against pictures that the same people have not liked."""
    rng = np.random.default_rng(seed)
    liked: list[Weights] = [np.empty(0)]
    others: list[Weights] = [np.empty(0)]
    for person in rng.permutation(asked.tested)[:CALIBRATED].tolist():
        history = asked.training.likes.take([person])
        stands = standing(model.score(history), model.knows)[0]
        wanted = asked.wanted.of_person(person)
        rest = np.setdiff1d(np.flatnonzero(asked.candidates), np.concatenate([wanted, history.items]))
        liked.append(stands[wanted])
        others.append(stands[rng.permutation(rest)[:OTHERS]])
    return calibrated(np.concatenate(liked), np.concatenate(others))
