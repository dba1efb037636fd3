import numpy as np
import pytest

from recommender.engine.config import DAY, DEFAULT, HOUR
from recommender.engine.popularity import (
    Likes,
    countable,
    loudness,
    newest,
    newest_of_each,
    of_others,
    popular,
    trending,
)

NOW = 20_000 * DAY


def likes(*rows: tuple[int, int, int, float]) -> Likes:
    """(picture, person, owner, hours ago); everybody joined long ago."""
    pictures, people, owners, ago = (np.array(column) for column in zip(*rows, strict=True))
    return Likes(pictures, people, owners, NOW - ago * HOUR, np.full(len(rows), NOW - 100 * DAY))


def test_people_are_counted_not_presses():
    assert popular(likes((0, 1, 9, 1), (0, 1, 9, 2), (0, 2, 9, 3)), pictures=2, as_of=NOW).tolist() == [2, 0]


def test_of_several_likes_of_one_person_the_first_counts():
    assert countable(likes((0, 1, 9, 1), (0, 1, 9, 5)), as_of=NOW).tolist() == [False, True]


def test_own_likes_and_unknown_pictures_and_the_future_do_not_count():
    assert not countable(likes((0, 9, 9, 1), (-1, 1, 9, 1), (0, 1, 9, -1)), as_of=NOW).any()


def test_a_fresh_account_does_not_count_yet():
    fresh = likes((0, 1, 9, 1))
    fresh.joined[:] = NOW - DEFAULT.account_age + 1

    assert not countable(fresh, as_of=NOW).any()
    assert countable(fresh, as_of=NOW + 1).all()


def test_a_fan_counts_only_so_often_for_one_owner_and_day():
    fan = [(picture, 1, 9, 1 + picture / 100) for picture in range(8)]
    another_owner, another_day = (8, 1, 7, 1.0), (9, 1, 9, 25.0)

    counted = countable(likes(*fan, another_owner, another_day), as_of=NOW)

    assert counted[:8].sum() == DEFAULT.likes_per_owner_and_day
    assert counted[8:].all()


def test_trending_halves_with_every_half_life():
    counts = trending(likes((0, 1, 9, 0), (1, 1, 9, 48), (1, 2, 9, 48)), pictures=3, as_of=NOW)

    assert counts == pytest.approx([1, 1, 0])


def test_newest_and_loudness_are_shares():
    assert newest(np.array([NOW, NOW - 7 * DAY, NOW + 1]), as_of=NOW) == pytest.approx([1, 0.5, 1])
    assert loudness(np.array([0.0, 3.0, 10.0]), top=10.0) == pytest.approx([0, np.log(4) / np.log(11), 1])


def test_no_likes_at_all():
    nobody = Likes(*(np.empty(0, np.int64),) * 3, np.empty(0), np.empty(0))

    assert popular(nobody, pictures=2, as_of=NOW).tolist() == [0, 0]
    assert trending(nobody, pictures=2, as_of=NOW).tolist() == [0, 0]


def test_of_each_person_only_the_newest_likes_are_left_equally_new_ones_by_picture():
    kept = newest_of_each(likes((0, 1, 9, 1), (1, 1, 9, 5), (2, 1, 9, 1), (3, 2, 9, 8), (4, 1, 9, 1)), 2)

    assert sorted(zip(kept.people.tolist(), kept.rows.tolist(), strict=True)) == [(1, 0), (1, 2), (2, 3)]


def test_likes_of_ones_own_pictures_are_left_out_of_those_of_others():
    assert of_others(likes((0, 9, 9, 1), (1, 9, 8, 1))).rows.tolist() == [1]


def test_numbers_too_wide_to_be_packed_are_told_apart_as_well():
    wide = 2**61
    pairs = likes((0, wide, 9, 1), (0, -wide, 9, 1), (0, wide, 9, 2), (1, wide, 9, 1))

    assert popular(pairs, pictures=2, as_of=NOW).tolist() == [2, 1]
