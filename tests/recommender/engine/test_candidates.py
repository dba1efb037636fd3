import dataclasses

import numpy as np

from recommender.engine.blend import Blend
from recommender.engine.candidates import pool
from recommender.engine.config import RankingConfig
from recommender.engine.inputs import History, PeopleModel

from .worlds import NOW, history_of, make_world

TIGHT = RankingConfig(pool_size=50, per_taste=10, per_source=10)
WORLD = make_world()


def pool_of(*, people=WORLD.people, history=None, open_rows=None, catalogue=WORLD.catalogue, config=TIGHT):
    blend = Blend(catalogue, people, NOW, config)
    every = np.ones(len(catalogue), bool)
    return pool(blend, blend.person(history or History()), every if open_rows is None else open_rows)


def test_a_small_catalogue_enters_whole():
    assert pool_of(config=RankingConfig(pool_size=480)).tolist() == list(range(480))


def test_the_newest_are_always_proposed_even_without_people_and_likes():
    assert set(pool_of(people=None)) == set(np.argsort(-WORLD.catalogue.created)[:10])


def test_each_source_adds_its_best():
    rows = pool_of()

    assert set(np.argsort(-WORLD.people.trending, kind="stable")[:10]) <= set(rows)
    assert set(np.argsort(-WORLD.people.popular, kind="stable")[:10]) <= set(rows)
    assert np.array_equal(rows, np.unique(rows))


def test_a_taste_brings_pictures_of_its_family_and_people_bring_more():
    liked = WORLD.members(3)[:5]
    alone, together = pool_of(people=None, history=history_of(liked)), pool_of(history=history_of(liked))

    assert np.count_nonzero(WORLD.families[alone] == 3) >= 10
    assert len(together) > len(alone)


def test_a_larger_pool_holds_so_many_times_as_many_of_each_source():
    blend = Blend(WORLD.catalogue, None, NOW, TIGHT)
    rows = pool(blend, blend.person(History()), np.ones(480, bool), times=3)

    assert set(rows) == set(np.argsort(-WORLD.catalogue.created)[:30])


def test_only_open_rows_are_proposed():
    open_rows = np.arange(480) % 3 == 0

    assert set(pool_of(history=history_of(WORLD.members(3)[:5]), open_rows=open_rows)) <= set(np.flatnonzero(open_rows))


def test_pictures_that_came_after_the_people_model_are_left_to_the_other_sources():
    columns = np.full(480, -1)
    columns[:100] = np.arange(100)
    model = WORLD.people
    known = PeopleModel(factors=dataclasses.replace(model.factors, items=model.factors.items[:100]), columns=columns)
    liked = np.array([5, 300])

    assert len(pool_of(people=known, history=history_of(liked))) >= 10
