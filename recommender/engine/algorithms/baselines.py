"""What one gets without knowing the person: chance, what most people like, what they like now, and what is new."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from recommender.engine.arrays import Mask, Rows, Scores, Times
from recommender.engine.config import HOUR
from recommender.engine.model import Algorithm, Fit, Settings, TrainingSet
from recommender.engine.reactions import Reactions
from recommender.engine.taste import recency


@dataclass(frozen=True, eq=False)
class Everybody:
    """The same score (n,) for all people."""

    values: Scores
    known: Mask

    def score(self, people: Reactions) -> Scores:
        return np.repeat(self.values[None, :], len(people), axis=0)

    @property
    def knows(self) -> Mask:
        return self.known


@dataclass(frozen=True, eq=False)
class Chance:
    """Numbers in [0, 1) drawn anew for each person: by their row, or by their history where no model has met them."""

    seed: int
    pictures: int

    def score(self, people: Reactions) -> Scores:
        scores = np.empty((len(people), self.pictures), np.float32)
        for person, known in enumerate(people.known.tolist()):
            key = (self.seed, 0, known) if known >= 0 else (self.seed, 1, *people.of_person(person).tolist())
            scores[person] = np.random.default_rng(key).random(self.pictures, np.float32)
        return scores

    @property
    def knows(self) -> Mask:
        return np.ones(self.pictures, np.bool_)


def fit_random(training: TrainingSet, _settings: Settings, fit: Fit) -> Chance:
    """Nothing is learned; the seed decides."""
    return Chance(fit.seed, training.pictures)


def fit_popularity(training: TrainingSet, _settings: Settings, _fit: Fit) -> Everybody:
    """How many people like each picture."""
    counts = np.bincount(training.likes.items, minlength=training.pictures).astype(np.float32)
    return Everybody(counts, counts > 0)


def fit_trending(training: TrainingSet, settings: Settings, _fit: Fit) -> Everybody:
    """How many people like each picture, a like counting half after every `half_life` hours before `as_of`.

    ValueError for a half-life that is not above 0.
    """
    if settings["half_life"] <= 0:
        raise ValueError("a half-life is above 0 hours")
    likes = training.likes
    weight = recency(likes.times, as_of=training.as_of, half_life=settings["half_life"] * HOUR)
    counts = np.bincount(likes.items, weights=weight, minlength=training.pictures).astype(np.float32)
    return Everybody(counts, counts > 0)


def fit_newest(training: TrainingSet, _settings: Settings, _fit: Fit) -> Everybody:
    """By the moment a picture was made, or, where that is not known of any, by its first like; in (0, 1], the newest 1.

    A picture without a moment comes last, with 0.
    """
    since = _first_likes(training.likes) if training.created is None else np.asarray(training.created, np.float64)
    known = np.isfinite(since)
    place = np.zeros(since.size, np.float32)
    place[known] = _dense_ranks(since[known])
    return Everybody(place / max(float(place.max(initial=0)), 1), known)


def _first_likes(likes: Reactions) -> Times:
    first = np.full(likes.pictures, np.inf)
    np.minimum.at(first, likes.items, likes.times)
    return first


def _dense_ranks(values: NDArray[np.float64]) -> Rows:
    """From 1 for the lowest, equal ones the same: moments themselves are too long for float32."""
    _, places = np.unique(values, return_inverse=True)
    return places.astype(np.int64) + 1


ENTRIES = (
    Algorithm(
        name="random",
        family="baseline",
        summary="Any picture, by chance.",
        fit=fit_random,
        model=lambda: Chance,
        random=True,
    ),
    Algorithm(
        name="popularity",
        family="baseline",
        summary="What most people like.",
        fit=fit_popularity,
        model=lambda: Everybody,
        personal=False,
    ),
    Algorithm(
        name="trending",
        family="baseline",
        summary="What most people like these days.",
        fit=fit_trending,
        model=lambda: Everybody,
        defaults={"half_life": 48.0},
        grid=tuple({"half_life": hours} for hours in (24.0, 48.0, 168.0, 720.0, 4320.0)),
        personal=False,
    ),
    Algorithm(
        name="newest",
        family="baseline",
        summary="What came last.",
        fit=fit_newest,
        model=lambda: Everybody,
        personal=False,
    ),
)
