"""What needs no knowledge of the person."""

import numpy as np
import pytest

from recommender.engine.algorithms import baselines
from recommender.engine.model import Fit, TrainingSet
from recommender.engine.reactions import Reactions

NOW = 1_800_000_000.0
HOUR = 3600.0


def training(*, times, items, created=None) -> TrainingSet:
    likes = Reactions.of(np.arange(len(items)), items, times=times, shape=(len(items), 4))
    return TrainingSet(likes=likes, as_of=NOW, created=created)


def test_popularity_counts_people():
    model = baselines.fit_popularity(training(items=[1, 1, 3], times=[0, 0, 0]), {}, Fit())

    assert model.values.tolist() == [0, 2, 0, 1]
    assert model.knows.tolist() == [False, True, False, True]


def test_a_like_counts_half_in_trending_after_every_half_life():
    at = [NOW, NOW - 12 * HOUR, NOW - 24 * HOUR, NOW + HOUR]

    model = baselines.fit_trending(training(items=[0, 1, 1, 2], times=at), {"half_life": 12.0}, Fit())

    assert model.values.tolist() == [1, 0.75, 1, 0]


def test_a_half_life_of_no_time_is_refused():
    with pytest.raises(ValueError, match="above 0 hours"):
        baselines.fit_trending(training(items=[0], times=[0]), {"half_life": 0.0}, Fit())


def test_the_newest_is_what_was_made_last_to_the_second():
    created = np.array([NOW - 2, NOW, NOW - 1, NOW - 2])

    values = baselines.fit_newest(training(items=[0], times=[0], created=created), {}, Fit()).values

    assert values == pytest.approx([1 / 3, 1, 2 / 3, 1 / 3])


def test_without_moments_of_making_a_picture_is_as_new_as_its_first_like():
    model = baselines.fit_newest(training(items=[1, 1, 3], times=[NOW, NOW - 9, NOW - 5]), {}, Fit())

    assert model.values.tolist() == [0, 0.5, 0, 1]
    assert model.knows.tolist() == [False, True, False, True]


def test_chance_is_the_same_for_the_same_person_and_another_for_the_next():
    model = baselines.fit_random(training(items=[0, 1, 2], times=[0, 0, 0]), {}, Fit(seed=4))
    everybody = Reactions.of([0, 1], [0, 1], shape=(2, 4))

    scores = model.score(everybody)

    assert np.array_equal(model.score(everybody.take([1])), scores[1:])
    assert not np.array_equal(scores[0], scores[1])
    assert not np.array_equal(model.score(everybody.strangers())[0], scores[0])


def test_chance_prefers_no_picture():
    model = baselines.Chance(seed=0, pictures=4)

    first = model.score(Reactions.of([], [], shape=(4000, 4))).argmax(axis=1)

    # 1,000 each in expectation, standard deviation 27.
    assert np.bincount(first, minlength=4) == pytest.approx(np.full(4, 1000), abs=110)
