"""What follows what."""

import numpy as np
import pytest

from recommender.engine.algorithms import sequence
from recommender.engine.algorithms.ease import Linear
from recommender.engine.model import Fit, TrainingSet
from recommender.engine.reactions import Reactions

DEFAULTS = sequence.ENTRIES[0].defaults


def fitted(likes: Reactions, **chosen) -> Linear:
    return sequence.fit_sequence(TrainingSet(likes=likes), {**DEFAULTS, **chosen}, Fit())


def log(people: int = 12, pictures: int = 9, seed: int = 0) -> Reactions:
    """Histories with moments of one, two and more likes."""
    rng = np.random.default_rng(seed)
    who, what = np.nonzero(rng.random((people, pictures)) < 0.6)
    return Reactions.of(who, what, times=rng.integers(0, 5, who.size), shape=(people, pictures))


def slow_steps(likes: Reactions, half_life: float, reach: float) -> tuple[np.ndarray, np.ndarray]:
    """The definition, like by like: a moment stands where its first like does."""
    past, future = (np.zeros((len(likes.items), likes.pictures)) for _ in range(2))
    for start, stop in zip(likes.starts[:-1], likes.starts[1:], strict=True):
        first = [int(np.searchsorted(likes.times[start:stop], time)) for time in likes.times[start:stop]]
        for one in range(stop - start):
            for other in range(stop - start):
                row, picture, apart = start + one, likes.items[start + other], first[other] - first[one]
                if one == other:
                    past[row, picture] = 1
                elif apart < 0:
                    past[row, picture] = 0.5 ** (-apart / half_life)
                else:
                    future[row, picture] = 0.5 ** (max(apart - 1, 0) / reach)
    return past, future


@pytest.mark.parametrize(("half_life", "reach"), [(5.0, 4.0), (4.0, 6.0)])
def test_steps_are_those_of_the_definition(half_life, reach):
    likes = log()

    past, future = sequence.steps(likes, half_life=half_life, reach=reach)

    slow = slow_steps(likes, half_life, reach)
    assert past.toarray() == pytest.approx(slow[0], abs=1e-6)
    assert future.toarray() == pytest.approx(slow[1], abs=1e-6)


def test_likes_too_long_ago_are_left_out():
    likes = Reactions.of(np.zeros(30, int), np.arange(30), times=np.arange(30), shape=(1, 30))

    past, future = sequence.steps(likes, half_life=1.0, reach=1.0)

    # 0.5^5 = 0.031 is kept, 0.5^6 = 0.016 is not.
    assert past[-1].nnz == 6
    assert future[0].nnz == 6


def test_the_weights_solve_the_ridge_regression(monkeypatch):
    likes = log()
    monkeypatch.setattr(sequence, "BLOCK", 7)

    model = fitted(likes, regularisation=0.5, half_life=5.0, reach=4.0)

    past, future = slow_steps(likes, 5.0, 4.0)
    gram = past.T @ past
    ridge = 0.5 * gram.diagonal().mean() * np.eye(len(gram))
    assert np.abs(model.weights - np.linalg.solve(gram + ridge, past.T @ future)).max() < 1e-4


def test_it_foretells_the_next_of_a_row():
    """Everybody walks the same way through the pictures, from different doors."""
    doors = np.arange(20) % 6
    who, step = np.repeat(np.arange(20), 5), np.tile(np.arange(5), 20)
    likes = Reactions.of(who, (doors[who] + step) % 10, times=step, shape=(20, 10))

    model = fitted(likes, regularisation=0.1)

    person = Reactions.of([0, 0], [2, 3], times=[1, 2], shape=(1, 10)).strangers()
    assert model.score(person)[0].argmax() == 4


@pytest.mark.parametrize("wrong", [{"half_life": 0.0}, {"reach": -1.0}, {"regularisation": 0.0}])
def test_settings_that_make_no_sense_are_refused(wrong):
    with pytest.raises(ValueError, match="more than 0"):
        fitted(log(), **wrong)


def test_without_likes_it_knows_nothing():
    nobody = Reactions.of([], [], shape=(2, 3))

    model = fitted(nobody)

    assert not model.knows.any()
    assert not model.score(nobody).any()


def test_weights_lie_row_by_row_so_that_scoring_copies_none_of_them():
    assert fitted(log()).weights.flags.c_contiguous
