"""The feed as an algorithm is the feed."""

from dataclasses import replace

import numpy as np
import pytest

from recommender.engine import ranking
from recommender.engine.arrays import Segments
from recommender.engine.config import DEFAULT
from recommender.engine.factors import train_ials
from recommender.engine.index import background_moments, fit_projection
from recommender.engine.inputs import Catalogue, History, PeopleModel
from recommender.engine.model import Fit, TrainingSet
from recommender.engine.neighbours import co_likes
from recommender.engine.registry import ALGORITHMS
from tests.recommender.engine.algorithms import small

TRAINING = small.world()
SHORT = {"factors": 4, "iterations": 3}


def fitted(training: TrainingSet = TRAINING, **chosen):
    algorithm = ALGORITHMS["feed"]
    return algorithm.fit(training, algorithm.settings({**SHORT, **chosen}), Fit(seed=5))


def ranked(person: int, *, excluded: np.ndarray, k: int) -> list[ranking.Ranked]:
    """A list by the serving code, from parts that are put together by hand."""
    likes = TRAINING.likes
    vectors = fit_projection(TRAINING.features).apply(TRAINING.features)
    matrix = likes.matrix()
    age = (small.NOW - likes.times) / DEFAULT.trending_half_life
    config = replace(DEFAULT, factors=4, factor_iterations=3)
    return ranking.rank(
        catalogue=Catalogue(Segments([vectors]), TRAINING.created, TRAINING.categories, background_moments(vectors)),
        people=PeopleModel(
            co_likes=co_likes(matrix),
            factors=train_ials(matrix[likes.counts > 0], seed=5, config=config),
            trending=np.bincount(likes.items, 0.5**age, minlength=small.PICTURES),
            popular=np.bincount(likes.items, minlength=small.PICTURES).astype(float),
        ),
        history=History.of(likes.of_person(person), likes.times[likes.starts[person] : likes.starts[person + 1]]),
        excluded=excluded,
        k=k,
        seed=5,
        as_of=small.NOW,
    )


@pytest.mark.parametrize("person", [0, 4, small.SILENT])
def test_lists_and_scores_are_those_that_the_serving_code_makes(person):
    excluded = np.isin(np.arange(small.PICTURES), TRAINING.likes.of_person(person))
    people, model = TRAINING.likes.take([person]), fitted()

    listed = model.lists(people, k=12, excluded=excluded[None])[0]

    cards = ranked(person, excluded=excluded, k=12)
    assert listed.tolist() == [card.row for card in cards]
    assert model.score(people)[0, listed] == pytest.approx([card.score for card in cards], abs=1e-6)


def test_where_pictures_run_out_places_stay_empty():
    excluded = np.ones((1, small.PICTURES), bool)
    excluded[0, [4, 9]] = False

    listed = fitted().lists(TRAINING.likes.take([0]), k=5, excluded=excluded)

    assert sorted(listed[0, :2].tolist()) == [4, 9]
    assert listed[0, 2:].tolist() == [-1, -1, -1]


def test_few_people_have_no_factors_and_pictures_need_no_looks():
    few = replace(
        TRAINING, likes=replace(TRAINING.likes.take(range(5)), known=np.arange(5)), features=None, created=None
    )

    model = fitted(few)

    assert not model.factors
    assert np.isfinite(model.score(few.likes)).all()
    assert model.knows.tolist() == (model.popular > 0).tolist()


def test_without_exploration_the_seed_decides_nothing_in_the_list():
    excluded = np.zeros((small.PEOPLE, small.PICTURES), bool)
    model = fitted(explore_rate=0.0)

    lists = model.lists(TRAINING.likes, k=20, excluded=excluded)

    assert np.array_equal(replace(model, seed=6).lists(TRAINING.likes, k=20, excluded=excluded), lists)
