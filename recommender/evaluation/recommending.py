"""Lists for everybody, with any algorithm of the registry."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from recommender import learning
from recommender.engine.arrays import Rows, Scores
from recommender.engine.model import TrainingSet
from recommender.engine.reactions import Reactions
from recommender.engine.registry import ALGORITHMS
from recommender.evaluation import trial
from recommender.evaluation.dataset import Dataset
from recommender.evaluation.outcome import barred, blocks, finite_scores, listed
from recommender.evaluation.plan import Plan, Progress, Step, Unusable, last_line, untold

Line = tuple[str, str, int, float]
"""The user, the item, its rank from 1, and its score."""


def recommendations(dataset: Dataset, *, algorithm: str, plan: Plan, progress: Progress = untold) -> Iterator[Line]:
    """The best pictures for each person, person after person, without what that person has rated.

    Of the plan count k (its largest), settings, seed, positive_from and alone. Candidates are the pictures that
    somebody likes, all where there are features. Made block by block while they are asked for. Unusable when the
    algorithm cannot run on these data.
    """
    likes = trial.likes_of(dataset, plan)
    if not likes.items.size:
        raise Unusable(f"Nobody likes anything: no rating is {plan.positive_from:g} or more.")
    model = _model(algorithm, _training(dataset, likes), plan, progress)
    candidates = trial.candidates_of(dataset, likes)
    for people in blocks(np.arange(len(likes))):
        history = likes.take(people)
        scores = finite_scores(algorithm, model, history)
        excluded = barred(dataset.reactions, people, candidates)
        yield from _lines(dataset, people, scores, listed(model, scores, history, excluded, plan.length))
        progress(Step(int(people[-1]) + 1, len(likes), "making lists", algorithm))


def _training(dataset: Dataset, likes: Reactions) -> TrainingSet:
    return TrainingSet(
        likes=likes,
        as_of=float(dataset.reactions.times.max(initial=0.0)),
        features=dataset.features,
        tags=dataset.tags,
        categories=dataset.categories,
        ratings=dataset.reactions if dataset.rated else None,
        created=dataset.created,
    )


def _model(name: str, training: TrainingSet, plan: Plan, progress: Progress) -> Any:
    algorithm = ALGORITHMS[name]
    if lacking := training.lacks(algorithm.needs):
        raise Unusable(f"{name} needs {' and '.join(lacking)}, which these data do not have.")
    progress(Step(0, len(training.likes), "learning", name))
    try:
        fitted = learning.fit(name, training, settings=plan.settings_of(algorithm), seed=plan.seed, alone=plan.alone)
    except (ValueError, learning.Failed) as error:
        raise Unusable(f"{name} failed: {last_line(error)}") from error
    return fitted.model


def _lines(dataset: Dataset, people: Rows, scores: Scores, lists: Rows) -> Iterator[Line]:
    for row, (person, pictures) in enumerate(zip(people.tolist(), lists.tolist(), strict=True)):
        for rank, picture in enumerate((picture for picture in pictures if picture >= 0), start=1):
            yield dataset.people[person], dataset.pictures[picture], rank, float(scores[row, picture])
