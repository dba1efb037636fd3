"""A small world that has everything an algorithm may need; its arrays cannot be written to, as those of a file."""

from dataclasses import fields, replace
from typing import Any

import numpy as np
from scipy import sparse

from recommender.engine.arrays import IdMap, unit
from recommender.engine.model import Algorithm, Fit, Model, TrainingSet
from recommender.engine.reactions import Reactions

NOW = 1_800_000_000.0
DAY = 86_400.0
PEOPLE, PICTURES, FAMILIES, WORDS = 24, 30, 3, 9
SILENT = 23
"""Somebody who has reacted to nothing."""
COLD, BLANK = 29, 28
"""A picture that nobody likes, and one that has neither likes, look, tags nor category."""
TWINS = (6, 9)
"""Two pictures that are the same in everything."""

TINY: dict[str, Any] = {
    "batch": 64,
    "epochs": 2,
    "factors": 4,
    "hidden": 4,
    "iterations": 3,
    "patience": 1,
    "topics": 3,
    "width": 4,
}
"""Settings that keep a fit short, for algorithms that have them as whole numbers."""


def tiny(algorithm: Algorithm) -> dict[str, Any]:
    """The algorithm's settings for a small world: short, but still trained."""
    defaults = algorithm.defaults
    return algorithm.settings({name: value for name, value in TINY.items() if isinstance(defaults.get(name), int)})


def families() -> np.ndarray:
    """The family of each picture; people like pictures of one family, and seldom another."""
    return np.arange(PICTURES) % FAMILIES


def world() -> TrainingSet:
    """24 people and 30 pictures under scattered ids, of which only the order is kept."""
    rng = np.random.default_rng(0)
    liked = rng.random((PEOPLE, PICTURES)) < np.where(np.arange(PEOPLE)[:, None] % FAMILIES == families(), 0.6, 0.08)
    liked[:, [COLD, BLANK]] = liked[SILENT] = False
    liked[:, TWINS[1]] = liked[:, TWINS[0]]
    who, what = np.nonzero(liked)
    order = rng.permutation(len(who))
    people, pictures = (IdMap(np.sort(rng.choice(10**12, size, replace=False))) for size in (PEOPLE, PICTURES))
    who, what = people.rows(people.ids(who[order])), pictures.rows(pictures.ids(what[order]))
    times = NOW - 1000.0 * rng.permutation(PICTURES)[np.where(what == TWINS[1], TWINS[0], what)]
    looks = unit(np.eye(8, dtype=np.float32)[families()] + 0.15 * rng.standard_normal((PICTURES, 8)))
    words = np.where(families()[:, None] == np.arange(WORDS) % FAMILIES, rng.random((PICTURES, WORDS)), 0.0)
    created = NOW - DAY * rng.permutation(PICTURES)
    for table in (looks, words, created):
        table[TWINS[1]] = table[TWINS[0]]
    looks[BLANK], words[BLANK] = 0, 0
    training = TrainingSet(
        likes=Reactions.of(who, what, times=times, shape=(PEOPLE, PICTURES)),
        as_of=NOW,
        features=looks,
        tags=sparse.csr_matrix(words.astype(np.float32)),
        categories=np.where(np.arange(PICTURES) == BLANK, -1, families()),
        ratings=_ratings(rng, liked),
        created=created,
    )
    return read_only(training)


def _ratings(rng: np.random.Generator, liked: np.ndarray) -> Reactions:
    """4 or 5 for what is liked, and a few low ones."""
    rated = liked | (rng.random(liked.shape) < 0.1) & liked.any(axis=1)[:, None] & liked.any(axis=0)
    who, what = np.nonzero(rated)
    stars = np.where(liked[who, what], 4.0, 1.0) + (who + what // 2) % 2
    return Reactions.of(who, what, weights=stars, shape=liked.shape)


def only(training: TrainingSet, *, person: int) -> TrainingSet:
    """The same pictures, known from one person."""
    assert training.ratings is not None
    likes, ratings = (each.take([person]) for each in (training.likes, training.ratings))
    alone = np.zeros(1, np.int64)
    return replace(training, likes=replace(likes, known=alone), ratings=replace(ratings, known=alone))


def one_picture() -> TrainingSet:
    """Three people, of whom two like the only picture there is."""
    return read_only(
        TrainingSet(
            likes=Reactions.of([0, 2], [0, 0], times=[NOW - 20, NOW - 10], shape=(3, 1)),
            as_of=NOW,
            features=np.eye(1, 8, dtype=np.float32),
            tags=sparse.csr_matrix(np.ones((1, 2), np.float32)),
            categories=np.zeros(1, np.int64),
            ratings=Reactions.of([0, 1, 2], [0, 0, 0], weights=[5.0, 2.0, 4.0], shape=(3, 1)),
            created=np.array([NOW - DAY]),
        )
    )


def strangers(*histories: list[int], pictures: int = PICTURES) -> Reactions:
    """People whom no model has met, a minute between their reactions."""
    who = np.repeat(np.arange(len(histories)), [len(history) for history in histories])
    what = np.concatenate([np.empty(0, int), *histories]).astype(int)
    times = np.concatenate([np.empty(0), *(NOW - 60.0 * np.arange(len(each))[::-1] for each in histories)])
    return Reactions.of(who, what, times=times, shape=(len(histories), pictures)).strangers()


def fit(algorithm: Algorithm, training: TrainingSet, *, seed: int = 0) -> Model:
    return algorithm.fit(training, tiny(algorithm), Fit(seed=seed))


def read_only(training: TrainingSet) -> TrainingSet:
    """The same arrays, locked."""
    for holder in (training, training.likes, training.ratings):
        for one in fields(holder) if holder is not None else ():
            value = getattr(holder, one.name)
            parts = (value.data, value.indices, value.indptr) if sparse.issparse(value) else (value,)
            for part in parts:
                if isinstance(part, np.ndarray):
                    part.flags.writeable = False
    return training
