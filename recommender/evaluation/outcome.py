"""What one model gave each tested person: lists, and figures a person."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from recommender.engine import metrics
from recommender.engine.arrays import Mask, Rows, Scores, Weights
from recommender.engine.metrics.lists import Ranks
from recommender.engine.model import Model
from recommender.engine.reactions import Reactions
from recommender.evaluation.plan import BLOCK, Plan, Unusable
from recommender.evaluation.trial import Trial


@dataclass(frozen=True, eq=False)
class Outcome:
    """lists: (p, k) rows, -1 for an empty place.  ranks: of the hits.  wanted, history: of the same people.

    values: (p,) of every metric that is a mean over people; NaN where a person has none.  whole: those of all lists
    together.  likers, categories: (n,) of the pictures.  seconds: of scoring, ranking left out.
    """

    people: Rows
    lists: Rows
    ranks: Ranks
    wanted: Reactions
    history: Reactions
    values: dict[str, Weights]
    whole: dict[str, float]
    likers: Rows
    categories: Rows | None
    seconds: float


def measured(
    name: str, model: Model, trial: Trial, plan: Plan, *, scored: Callable[[int], None] = lambda _people: None
) -> Outcome:
    """Score everybody who is tested, in blocks, and count. Unusable, naming it, for scores that are not finite."""
    lists: list[Rows] = []
    columns: dict[str, list[Weights]] = {}
    seconds = 0.0
    for people in blocks(trial.tested):
        started = time.perf_counter()
        history = trial.training.likes.take(people)
        scores = finite_scores(name, model, history)
        seconds += time.perf_counter() - started
        excluded = barred(trial.barred, people, trial.candidates)
        lists.append(listed(model, scores, history, excluded, plan.length))
        for column, numbers in _from_scores(scores, trial, people, excluded, plan).items():
            columns.setdefault(column, []).append(numbers)
        scored(len(people))
    values = {column: np.concatenate(parts) for column, parts in columns.items()}
    outcome = _outcome(np.concatenate(lists), values, trial, plan, seconds)
    if trial.ratings is not None and (hasattr(model, "predict") or getattr(model, "explicit", False)):
        outcome.whole["rmse"] = _rmse(name, model, trial, trial.ratings)
    return outcome


def _rmse(name: str, model: Any, trial: Trial, ratings: Reactions) -> float:
    """Over all held-out ratings: of what a model says it predicts, or of its scores where these are ratings."""
    predicted = [np.empty(0, np.float32)]
    for people in blocks(np.flatnonzero(ratings.counts)):
        history, asked = trial.training.likes.take(people), ratings.take(people)
        if hasattr(model, "predict"):
            predicted.append(model.predict(history.known[asked.people], asked.items))
        else:
            predicted.append(finite_scores(name, model, history)[asked.people, asked.items])
    return metrics.rmse(np.concatenate(predicted), ratings.weights)


def blocks(people: Rows) -> Iterator[Rows]:
    for start in range(0, len(people), BLOCK):
        yield people[start : start + BLOCK]


def finite_scores(name: str, model: Model, history: Reactions) -> Scores:
    """(b, n) float32. Unusable, naming the algorithm, for another shape or for numbers that are not finite."""
    scores = np.asarray(model.score(history), np.float32)
    if scores.shape != (len(history), history.pictures):
        raise Unusable(f"{name} scored {scores.shape} for {len(history)} people and {history.pictures} pictures.")
    if not np.isfinite(scores).all():
        raise Unusable(f"{name} gave scores that are not finite numbers.")
    return scores


def barred(reacted: Reactions, people: Rows, candidates: Mask) -> Mask:
    """(b, n) what these people's lists leave out."""
    excluded = np.repeat(~candidates[None, :], len(people), axis=0)
    return _marked(reacted.take(people), excluded)


def _marked(reactions: Reactions, mask: Mask) -> Mask:
    mask[reactions.people, reactions.items] = True
    return mask


def listed(model: Any, scores: Scores, history: Reactions, excluded: Mask, k: int) -> Rows:
    """The list that a model serves where it makes its own, else its best scores."""
    if not hasattr(model, "lists"):
        return metrics.best_lists(scores, k, excluded=excluded)
    lists = np.full((len(history), k), -1, np.int64)
    served = np.asarray(model.lists(history, k=k, excluded=excluded), np.int64)[:, :k]
    lists[:, : served.shape[1]] = served
    return lists


def _from_scores(scores: Scores, trial: Trial, people: Rows, excluded: Mask, plan: Plan) -> dict[str, Weights]:
    """What cannot be read off the lists."""
    wanted = trial.wanted.take(people)
    relevant = _marked(wanted, np.zeros(scores.shape, np.bool_))
    found = {"auc": metrics.auc(scores, relevant, ~excluded)}
    if trial.negatives is not None:
        among = _marked(trial.negatives.take(people), relevant.copy())
        ranks = metrics.tied_ranks(scores, relevant, among)
        found |= {f"sampled_{name}": values for name, values in ranked(ranks, wanted.counts, plan).items()}
    return found


def ranked(ranks: Ranks, relevant: Rows, plan: Plan) -> dict[str, Weights]:
    """All that follows from ranks, at every k."""
    found: dict[str, Weights] = {}
    for k in plan.k:
        found |= {
            f"ndcg@{k}": metrics.ndcg(ranks, relevant, k),
            f"recall@{k}": metrics.recall(ranks, relevant, k),
            f"recall_trunc@{k}": metrics.truncated_recall(ranks, relevant, k),
            f"precision@{k}": metrics.precision(ranks, k),
            f"hit_rate@{k}": metrics.hit_rate(ranks, k),
            f"map@{k}": metrics.average_precision(ranks, relevant, k),
            f"mrr@{k}": metrics.reciprocal_rank(ranks, k),
        }
    return found


def _outcome(lists: Rows, values: dict[str, Weights], trial: Trial, plan: Plan, seconds: float) -> Outcome:
    wanted, history = trial.wanted.take(trial.tested), trial.training.likes.take(trial.tested)
    ranks = metrics.hit_ranks(lists, wanted)
    shown: dict[str, float] = {}
    personal = ranked(ranks, wanted.counts, plan) | values
    for k in plan.k:
        mean, whole = _beyond_accuracy(lists[:, :k], history, trial)
        personal |= {f"{name}@{k}": numbers for name, numbers in mean.items()}
        shown |= {f"{name}@{k}": number for name, number in whole.items()}
    likers = np.bincount(trial.training.likes.items, minlength=trial.training.pictures)
    categories = trial.training.categories
    return Outcome(trial.tested, lists, ranks, wanted, history, personal, shown, likers, categories, seconds)


def _beyond_accuracy(lists: Rows, history: Reactions, trial: Trial) -> tuple[dict[str, Weights], dict[str, float]]:
    training, candidates = trial.training, trial.candidates
    likers = np.bincount(training.likes.items, minlength=training.pictures)
    shown = metrics.exposure(lists, training.pictures)
    personal = {"novelty": metrics.novelty(lists, likers, int((training.likes.counts > 0).sum()))}
    whole = {"coverage": metrics.coverage(shown, candidates), "gini": metrics.gini(shown, candidates)}
    if training.features is not None:
        personal["distance"] = metrics.distance(lists, training.features)
    if training.categories is not None:
        personal["calibration"] = metrics.calibration(lists, history, training.categories)
        whole["category_coverage"] = metrics.category_coverage(shown, candidates, training.categories)
    return personal, whole
