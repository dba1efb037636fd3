"""What is learned from, chosen on and tested with."""

import numpy as np
import pytest

from recommender.engine import splits
from recommender.engine.reactions import Reactions


def log(*lines, people=None, pictures=20):
    """Lines of (person, picture, time)."""
    who, what, when = zip(*lines, strict=True)
    return Reactions.of(who, what, times=when, shape=(people or max(who) + 1, pictures))


def one_person(count, pictures=200):
    return log(*((0, picture, 100 + picture) for picture in range(count)), pictures=pictures)


def parts(split, person=0):
    return tuple(part.of_person(person).tolist() for part in (split.train, split.validation, split.test))


@pytest.mark.parametrize(
    ("likes", "train", "validation", "test"),
    [
        (4, 4, 0, 0),
        (5, 3, 1, 1),
        (6, 3, 1, 2),
        (10, 7, 1, 2),
        (11, 7, 1, 3),
        (15, 10, 2, 3),
        (30, 21, 3, 6),
        (50, 36, 4, 10),
    ],
)
def test_shares_of_a_person_s_time_are_rounded_up(likes, train, validation, test):
    """Of 30: ⌈.2·30⌉ = 6 test, ⌈.1·24⌉ = 3 validation. Fewer than 5 are only learned from."""
    split = splits.per_user_time(one_person(likes))

    assert [len(part) for part in parts(split)] == [train, validation, test]
    assert parts(split)[0] + parts(split)[1] + parts(split)[2] == list(range(likes))


def test_of_one_moment_the_order_of_pictures_decides():
    split = splits.per_user_time(log(*((0, picture, 7) for picture in (9, 3, 5, 1, 7))))

    assert parts(split) == ([1, 3, 5], [7], [9])


def test_of_a_picture_liked_twice_the_last_time_counts():
    split = splits.leave_last(log((0, 1, 10), (0, 2, 20), (0, 3, 30), (0, 1, 40)))

    assert parts(split) == ([2], [3], [1])


def test_the_last_and_the_last_but_one_are_left_out():
    split = splits.leave_last(log((0, 1, 1), (0, 2, 2), (0, 3, 3), (1, 4, 1), (1, 5, 2), (2, 6, 1), people=4))

    assert [parts(split, person) for person in range(4)] == [
        ([1], [2], [3]),
        ([4], [], [5]),
        ([6], [], []),
        ([], [], []),
    ]


def test_one_moment_for_all_keeps_equal_times_together():
    """Ten reactions, two for testing: the ninth has the time of the eighth, so three are."""
    times = [1, 2, 3, 4, 5, 6, 7, 8, 8, 9]

    split = splits.global_time(log(*((at % 2, at, time) for at, time in enumerate(times))))

    assert sorted(split.test.items.tolist()) == [7, 8, 9]
    assert split.validation.items.tolist() == [6]
    assert split.train.times.max() < split.validation.times.min() < split.test.times.min()
    assert split.test_from.tolist() == [8.0, 8.0]
    assert split.validation_from.tolist() == [7.0, 7.0]


def test_each_person_s_future_begins_with_what_is_held_out():
    split = splits.per_user_time(log(*((0, at, at) for at in range(10)), (1, 3, 5), people=2))

    assert split.validation_from.tolist() == [7.0, np.inf]
    assert split.test_from.tolist() == [8.0, np.inf]


def test_what_is_given_twice_is_for_testing():
    train, test = log(*((0, at, at) for at in range(6))), log((0, 5, 9), (0, 8, 9))

    split = splits.given(train, test)

    assert parts(split) == ([0, 1, 2, 3], [4], [5, 8])


def test_both_parts_are_what_models_are_made_of():
    split = splits.per_user_time(one_person(10))

    assert split.both.of_person(0).tolist() == list(range(8))


def test_cold_pictures_lose_their_past_and_are_all_that_is_asked_for():
    split = splits.per_user_time(one_person(20, pictures=20))
    cold = np.zeros(20, np.bool_)
    cold[[2, 15, 17, 19]] = True

    split = splits.without(split, cold)

    assert parts(split)[0] == [at for at in range(14) if at != 2]
    assert parts(split)[1] == [14]
    assert parts(split)[2] == [17, 19]


def test_the_same_seed_makes_the_same_share_cold():
    cold = splits.cold_pictures(200, 0.1, seed=3)

    assert cold.sum() == 20
    assert cold.tolist() == splits.cold_pictures(200, 0.1, seed=3).tolist()
    assert cold.tolist() != splits.cold_pictures(200, 0.1, seed=4).tolist()
    assert splits.cold_pictures(4, 0.1, seed=0).sum() == 1
    assert splits.cold_pictures(0, 0.1, seed=0).size == 0


def test_negatives_are_never_rated_never_twice_and_the_same_for_a_seed():
    rated = log(*((person, picture, 0) for person in range(3) for picture in range(person, 12)), pictures=15)

    drawn = splits.negatives(rated, 3, seed=5)

    for person, rows in enumerate(drawn):
        assert len(set(rows.tolist())) == 3
        assert not set(rows.tolist()) & set(rated.of_person(person).tolist())
    assert drawn.tolist() == splits.negatives(rated, 3, seed=5).tolist()


def test_where_too_few_are_left_the_rest_is_empty():
    drawn = splits.negatives(log(*((0, picture, 0) for picture in range(3)), pictures=5), 7, seed=0)

    assert sorted(drawn[0].tolist()) == [-1, -1, -1, -1, -1, 3, 4]


def test_negatives_come_only_from_where_they_may():
    among = np.arange(50) < 10

    drawn = splits.negatives(log((0, 3, 0), pictures=50), 20, seed=0, among=among)

    assert sorted(drawn[0][drawn[0] >= 0].tolist()) == [0, 1, 2, 4, 5, 6, 7, 8, 9]


def test_every_picture_is_drawn_equally_often():
    """2,000 people draw 3 of 12 each: 500 a picture, standard deviation √(2000·¼·¾) = 19."""
    nothing = Reactions.of([], [], shape=(2000, 12))

    counts = np.bincount(splits.negatives(nothing, 3, seed=1).reshape(-1), minlength=12)

    assert counts.sum() == 6000
    assert (np.abs(counts - 500) < 4 * 19).all()


def test_no_reactions_are_split_into_nothing():
    nothing = Reactions.of([], [], shape=(2, 3))

    for split in (splits.per_user_time(nothing), splits.leave_last(nothing), splits.global_time(nothing)):
        assert [len(part.items) for part in (split.train, split.validation, split.test)] == [0, 0, 0]
