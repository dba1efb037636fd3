"""Several tastes, and the one that speaks loudest."""

from dataclasses import replace

import numpy as np
import pytest

from recommender.engine.config import DEFAULT
from recommender.engine.model import Fit, Model, TrainingSet
from recommender.engine.reactions import Reactions
from recommender.engine.registry import ALGORITHMS
from recommender.engine.taste import distances, tastes
from tests.recommender.engine.algorithms import small

TRAINING = small.world()
DAY = small.DAY


def fitted(training: TrainingSet = TRAINING, **chosen) -> Model:
    algorithm = ALGORITHMS["content"]
    return algorithm.fit(training, algorithm.settings(chosen), Fit())


def reacted(rows, *, weights=None, ago=None) -> Reactions:
    times = None if ago is None else [small.NOW - days * DAY for days in ago]
    return Reactions.of([0] * len(rows), rows, weights=weights, times=times, shape=(1, small.PICTURES))


def slow_scores(model, rows: np.ndarray, ages: np.ndarray) -> np.ndarray:
    """The definition, picture by picture and taste by taste."""
    recent = np.maximum(0.5 ** (ages * DAY / DEFAULT.like_half_life), DEFAULT.like_floor)
    found = tastes(distances(model.vectors[rows]), recent, model._moments, DEFAULT)
    scores = np.zeros(len(model.vectors))
    for picture, vector in enumerate(model.vectors):
        for shares, weight in zip(found.mix, found.weight, strict=True):
            similar = 0.0
            for row, share in zip(rows, shares, strict=True):
                if vector.any() and model.vectors[row].any():
                    similar += share * (vector @ model.vectors[row] - model.mean) / model.deviation
                if model.categories[picture] == model.categories[row] >= 0:
                    similar += share * DEFAULT.category_affinity
            bend = DEFAULT.look_slope * np.log1p(np.exp((similar - DEFAULT.look_from) / DEFAULT.look_slope))
            scores[picture] = max(scores[picture], weight * bend / DEFAULT.look_span)
    return scores


def test_scores_equal_the_definition():
    model, rows, ages = fitted(), np.array([0, 3, 7, 10]), np.array([400.0, 30.0, 2.0, 0.0])

    scores = model.score(reacted(rows, ago=ages))[0]

    assert scores == pytest.approx(slow_scores(model, rows, ages), abs=1e-5)


def test_a_taste_is_not_lost_among_others():
    one, two = small.families() == 0, small.families() == 1
    likes = [*np.flatnonzero(one)[:2], *np.flatnonzero(two)[:2]]

    scores = fitted().score(reacted(likes, ago=[0] * 4))[0]

    looks = np.arange(small.PICTURES) != small.BLANK
    others = scores[(small.families() == 2) & looks]
    assert scores[one & looks].min() > others.max()
    assert scores[two & looks].min() > others.max()


def test_an_old_taste_speaks_less_loudly_than_a_new_one():
    scores = fitted(half_life=30.0).score(reacted([0, 1], ago=[300, 0]))[0]

    assert scores[4] > 1.5 * scores[3], "of the families of the second and of the first"


def test_what_is_rejected_is_taken_away_from_what_looks_like_it():
    liked = fitted().score(reacted([0, 1], ago=[0, 0]))[0]

    mixed = fitted().score(reacted([0, 1, 4], weights=[1, 1, -1], ago=[0, 0, 0]))[0]

    assert mixed[7] < liked[7] - 0.1
    assert mixed[3] == pytest.approx(liked[3], abs=0.05)


def test_pictures_without_a_look_are_not_known():
    assert np.flatnonzero(~fitted().knows).tolist() == [small.BLANK]


def test_without_categories_looks_are_enough():
    scores = fitted(replace(TRAINING, categories=None)).score(reacted([0], ago=[0]))[0]

    family = small.families() == 0
    assert scores[family].min() > 3 * scores[~family].max()


def test_a_half_life_of_no_time_is_refused():
    with pytest.raises(ValueError, match="above 0 days"):
        fitted(half_life=0.0)
