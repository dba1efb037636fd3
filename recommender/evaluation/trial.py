"""One trial: what is learned from, what is asked for, and which pictures may answer."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from recommender.engine import splits
from recommender.engine.arrays import Mask, Rows, Times
from recommender.engine.model import TrainingSet
from recommender.engine.reactions import Reactions
from recommender.engine.splits import Split
from recommender.evaluation.dataset import Dataset
from recommender.evaluation.plan import Plan, Unusable


@dataclass(frozen=True, eq=False)
class Trial:
    """What models are made from, and what they are asked.

    wanted: held-out likes, one row a person.  candidates: (n,) what may be listed.  barred: what a person's list leaves
    out although it is a candidate.  tested: rows of the people with anything wanted.  ratings: held-out ratings of any
    height, where people rate.  negatives: what to rank beside what is wanted.
    """

    training: TrainingSet
    wanted: Reactions
    candidates: Mask
    barred: Reactions
    tested: Rows
    ratings: Reactions | None = None
    negatives: Reactions | None = None


def likes_of(dataset: Dataset, plan: Plan) -> Reactions:
    """The positive ones, each weighing 1."""
    return _likes(dataset.reactions, plan) if dataset.rated else dataset.reactions


def _likes(ratings: Reactions, plan: Plan) -> Reactions:
    chosen = ratings.where(ratings.weights >= plan.positive_from)
    return replace(chosen, weights=np.ones_like(chosen.weights))


def split_of(dataset: Dataset, plan: Plan) -> Split:
    """The plan's split of the likes, the past of cold pictures taken away. Unusable when nothing is left to test."""
    if plan.split == "given":
        if dataset.given is None:
            raise Unusable("A split that is given needs a file to train on and one to test with.")
        split = splits.given(_likes(dataset.given.train, plan), _likes(dataset.given.test, plan))
    else:
        split = splits.SPLITS[plan.split](likes_of(dataset, plan))
    if plan.cold_items:
        split = splits.without(split, cold_of(dataset, plan))
    if not split.test.counts.any():
        raise Unusable(f"Nobody has anything to be tested with after the split {plan.split}.")
    return split


def cold_of(dataset: Dataset, plan: Plan) -> Mask:
    return splits.cold_pictures(dataset.reactions.pictures, plan.cold_items, seed=plan.seed)


def final(dataset: Dataset, plan: Plan, split: Split) -> Trial:
    """Learn from train and validation, ask for test."""
    trial = _trial(dataset, plan, split.both, split.test, split.test_from)
    return replace(trial, negatives=_negatives(dataset, plan, split, trial))


def choosing(dataset: Dataset, plan: Plan, split: Split) -> Trial:
    """Learn from train, ask for validation: what settings are chosen on."""
    # Cold pictures have no validation part: settings are chosen on warm ones.
    return _trial(dataset, replace(plan, cold_items=0.0), split.train, split.validation, split.validation_from)


def _trial(dataset: Dataset, plan: Plan, train: Reactions, wanted: Reactions, until: Times) -> Trial:
    past, future = _ratings(dataset, plan, train, wanted, until) if dataset.rated else (None, None)
    training = TrainingSet(
        likes=train,
        # Lists are made right after the last thing that was learned.
        as_of=float(train.times.max()) if train.times.size else dataset.as_of or 0.0,
        features=dataset.features,
        tags=dataset.tags,
        categories=dataset.categories,
        ratings=past,
        created=dataset.created,
    )
    return Trial(
        training=training,
        wanted=wanted,
        candidates=_candidates(dataset, plan, train),
        barred=past if plan.exclude_rated and past is not None else train,
        tested=np.flatnonzero(wanted.counts),
        ratings=future,
    )


def _candidates(dataset: Dataset, plan: Plan, train: Reactions) -> Mask:
    return cold_of(dataset, plan) if plan.cold_items else candidates_of(dataset, train)


def candidates_of(dataset: Dataset, likes: Reactions) -> Mask:
    """Every picture where pictures are known by their look, else those that somebody likes."""
    if dataset.features is not None:
        return np.ones(likes.pictures, np.bool_)
    return np.bincount(likes.items, minlength=likes.pictures) > 0


def _ratings(
    dataset: Dataset, plan: Plan, train: Reactions, wanted: Reactions, until: Times
) -> tuple[Reactions, Reactions]:
    """What people had rated before they were tested, low or high, and what they rated later."""
    parts = dataset.given if plan.split == "given" else None
    ratings = parts.train if parts else dataset.reactions
    low = (ratings.weights < plan.positive_from) & (ratings.times < until[ratings.people])
    if plan.cold_items:
        low &= ~cold_of(dataset, plan)[ratings.items]
    known = (splits.contains(train, ratings) | low) & ~splits.contains(wanted, ratings)
    return ratings.where(known), parts.test if parts else ratings.where(~known)


def _negatives(dataset: Dataset, plan: Plan, split: Split, trial: Trial) -> Reactions | None:
    if plan.split == "given" and dataset.given is not None and dataset.given.negatives is not None:
        return dataset.given.negatives
    if not plan.sampled:
        return None
    everything = splits.joined(dataset.reactions, split.test)
    drawn = splits.negatives(everything, plan.sampled, seed=plan.seed, among=trial.candidates)
    people, places = np.nonzero(drawn >= 0)
    return Reactions.of(people, drawn[people, places], shape=(len(drawn), everything.pictures))
