"""What every entry of the registry keeps to; a new entry is tested here by being in it."""

from functools import cache
from pathlib import Path

import numpy as np
import pytest

from recommender.engine import apart
from recommender.engine.model import Model, TrainingSet, packed, unpacked
from recommender.engine.registry import ALGORITHMS
from tests.recommender.engine.algorithms import small

TRAINING = small.world()
EVERY = sorted(ALGORITHMS)
SEEDED = [name for name in EVERY if not ALGORITHMS[name].network]
"""One more fit of every network would tell little."""
EXACT = [name for name in SEEDED if not ALGORITHMS[name].random]
FROM_PEOPLE = [
    name for name in EVERY if ALGORITHMS[name].family in ("neighbours", "factors") and not ALGORITHMS[name].needs
]
LISTING = [name for name in EVERY if hasattr(ALGORITHMS[name].model(), "lists")]
WITHIN = 0.005
"""How far two fits of one network with one seed may be apart, as a share of their largest score."""


@cache
def fitted(name: str) -> Model:
    """Each algorithm is fitted to the small world once."""
    require(TRAINING, name)
    return small.fit(ALGORITHMS[name], TRAINING)


def require(training: TrainingSet, name: str) -> None:
    if lacking := training.lacks(ALGORITHMS[name].needs):
        pytest.skip(f"{name} needs {', '.join(lacking)}, which the small world lacks")


def assert_scores(scores: np.ndarray, shape: tuple[int, int]) -> None:
    assert scores.shape == shape
    assert scores.dtype == np.float32
    assert np.isfinite(scores).all()


@pytest.mark.parametrize("name", EVERY)
def test_it_is_described_and_its_grid_is_of_its_own_settings(name):
    algorithm = ALGORITHMS[name]

    assert algorithm.name == name
    assert algorithm.summary.endswith(".")
    for settings in algorithm.grid:
        assert algorithm.settings(settings).keys() == algorithm.defaults.keys()
    with pytest.raises(KeyError, match="no_such_setting"):
        algorithm.settings({"no_such_setting": 1})


@pytest.mark.parametrize("name", EVERY)
def test_it_scores_all_pictures_for_everybody(name):
    model = fitted(name)

    assert_scores(model.score(TRAINING.likes), (small.PEOPLE, small.PICTURES))
    assert model.knows.shape == (small.PICTURES,)
    assert model.knows.dtype == np.bool_
    assert model.knows.any()


@pytest.mark.parametrize("name", EVERY)
def test_a_score_does_not_depend_on_who_else_is_asked_about(name):
    model = fitted(name)
    everybody = model.score(TRAINING.likes)

    some = [11, small.SILENT, 2, 17]

    assert model.score(TRAINING.likes.take(some)) == pytest.approx(everybody[some], rel=1e-4, abs=1e-5)
    assert_scores(model.score(TRAINING.likes.take([])), (0, small.PICTURES))


@pytest.mark.parametrize("name", EVERY)
def test_the_same_seed_gives_the_same_scores(name):
    once = fitted(name).score(TRAINING.likes)

    again = small.fit(ALGORITHMS[name], TRAINING).score(TRAINING.likes)

    apart = np.abs(again - once).max()
    assert apart <= (WITHIN * np.abs(once).max() if ALGORITHMS[name].network else 0)


@pytest.mark.parametrize("name", SEEDED)
def test_the_seed_changes_what_says_that_it_is_random(name):
    require(TRAINING, name)

    other = small.fit(ALGORITHMS[name], TRAINING, seed=7).score(TRAINING.likes)

    assert np.array_equal(other, fitted(name).score(TRAINING.likes)) != ALGORITHMS[name].random


@pytest.mark.parametrize("name", EXACT)
def test_two_pictures_that_are_the_same_score_the_same(name):
    likes_neither = np.flatnonzero(~TRAINING.likes.matrix()[:, list(small.TWINS)].toarray().any(axis=1))

    scores = fitted(name).score(TRAINING.likes.take(likes_neither))

    assert scores[:, small.TWINS[0]] == pytest.approx(scores[:, small.TWINS[1]], rel=1e-4, abs=1e-6)


@pytest.mark.parametrize("name", EVERY)
def test_an_empty_history_is_answered(name):
    model = fitted(name)

    assert_scores(model.score(TRAINING.likes.take([small.SILENT])), (1, small.PICTURES))
    assert_scores(model.score(small.strangers([])), (1, small.PICTURES))


@pytest.mark.parametrize("name", EVERY)
def test_a_stranger_with_likes_is_answered_by_them(name):
    model = fitted(name)

    scores = model.score(small.strangers([0, 3, 6], [1, 4], [0, 3, 6]))

    assert_scores(scores, (3, small.PICTURES))
    assert np.array_equal(scores[0], scores[2])
    if ALGORITHMS[name].personal:
        assert not np.allclose(scores[0], scores[1])


@pytest.mark.parametrize("name", EVERY)
def test_a_stranger_who_likes_one_picture_that_nobody_knows_is_answered(name):
    scores = fitted(name).score(small.strangers([small.COLD], [small.BLANK]))

    assert_scores(scores, (2, small.PICTURES))


@pytest.mark.parametrize("name", FROM_PEOPLE)
def test_what_is_learned_from_people_alone_does_not_know_a_cold_picture(name):
    knows = fitted(name).knows

    assert not knows[[small.COLD, small.BLANK]].any()


@pytest.mark.parametrize("name", EVERY)
def test_one_person_is_enough_to_be_fitted(name):
    alone = small.only(TRAINING, person=0)
    require(alone, name)

    model = small.fit(ALGORITHMS[name], alone)

    assert_scores(model.score(alone.likes), (1, small.PICTURES))
    assert_scores(model.score(small.strangers([1, 2], [])), (2, small.PICTURES))


@pytest.mark.parametrize("name", EVERY)
def test_one_picture_is_enough_to_be_fitted(name):
    training = small.one_picture()
    require(training, name)

    model = small.fit(ALGORITHMS[name], training)

    assert_scores(model.score(training.likes), (3, 1))
    assert_scores(model.score(small.strangers([0], [], pictures=1)), (2, 1))


@pytest.mark.parametrize("name", EVERY)
def test_a_model_read_back_from_files_scores_the_same(name, tmp_path: Path):
    model = fitted(name)

    apart.write_arrays(tmp_path, packed(model))
    kind = ALGORITHMS[name].model()
    read = unpacked(kind, apart.read_arrays(tmp_path))

    assert isinstance(model, kind)
    people = TRAINING.likes
    assert np.array_equal(read.score(people), model.score(people))
    assert np.array_equal(read.score(people.strangers()), model.score(people.strangers()))
    assert np.array_equal(read.knows, model.knows)


@pytest.mark.parametrize("name", LISTING)
def test_a_model_that_makes_lists_of_its_own_leaves_out_what_it_is_told_to(name):
    model = fitted(name)
    excluded = TRAINING.likes.matrix().toarray() > 0

    rows = model.lists(TRAINING.likes, k=5, excluded=excluded)

    assert rows.shape == (small.PEOPLE, 5)
    assert rows.dtype == np.int64
    for person, listed in enumerate(rows):
        assert len(set(listed[listed >= 0])) == (listed >= 0).sum()
        assert not excluded[person, listed[listed >= 0]].any()
