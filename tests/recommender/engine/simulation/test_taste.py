"""A planted world is what it says: its probabilities are those that the likes were drawn with."""

import numpy as np
import pytest

from recommender.engine.simulation.taste import Planting, clustered, planted


def world(**changes):
    features, groups = clustered(pictures=300, groups=10, width=64, seed=1)
    return planted(**({"features": features, "groups": groups, "people": 200, "seed": 2} | changes))


def test_the_same_seed_plants_the_same_world_and_another_seed_another():
    one, same, other = world(), world(), world(seed=3)

    np.testing.assert_array_equal(one.chances, same.chances)
    np.testing.assert_array_equal(one.likes.items, same.likes.items)
    assert not np.array_equal(one.chances, other.chances)


def test_looks_of_one_group_are_alike_as_announced_and_those_of_two_are_not():
    features, groups = clustered(pictures=400, groups=8, width=128, seed=0, spread=1.0)

    cosines = features @ features.T
    same = groups[:, None] == groups

    np.testing.assert_allclose(np.linalg.norm(features, axis=1), 1, rtol=1e-5)
    assert cosines[same & ~np.eye(400, dtype=bool)].mean() == pytest.approx(0.5, abs=0.03)
    assert cosines[~same].mean() == pytest.approx(0, abs=0.03)


def test_likes_are_as_many_as_their_probabilities_say_wherever_one_looks():
    planted_world = world()
    liked = planted_world.likes.matrix().toarray() > 0
    chances = planted_world.chances.astype(np.float64)

    for low, high in ((0, 0.02), (0.02, 0.1), (0.1, 0.3), (0.3, 1)):
        here = (chances >= low) & (chances < high)
        deviation = np.sqrt((chances[here] * (1 - chances[here])).sum())
        assert abs(liked[here].sum() - chances[here].sum()) < 4 * deviation


def test_people_love_at_most_as_many_groups_as_they_have_tastes():
    planted_world = world(planting=Planting(most_tastes=2, liveliness=0, popularity=0))
    by_group = np.stack([planted_world.chances[:, planted_world.groups == group].mean(axis=1) for group in range(10)])

    loved = (by_group > 0.1).sum(axis=0)

    assert set(loved.tolist()) == {1, 2}


def test_without_spread_only_the_taste_counts_and_without_pull_only_popularity():
    plain = Planting(pull=0.0, liveliness=0.0, popularity=0.0, offset=0.0)
    popular = Planting(pull=0.0, liveliness=0.0)

    np.testing.assert_array_equal(world(planting=plain).chances, 0.5)
    chances = world(planting=popular).chances
    np.testing.assert_array_equal(chances, np.repeat(chances[:1], len(chances), axis=0))
    assert chances[0].std() > 0


def test_two_people_who_love_the_same_group_do_not_love_quite_the_same_of_it():
    planted_world = world(planting=Planting(most_tastes=1, liveliness=0, popularity=0))
    group = planted_world.chances[:, planted_world.groups == 0]
    lovers = group[group.mean(axis=1) > 0.1]

    favourites = lovers.argmax(axis=1)

    assert len(lovers) > 5
    assert len(set(favourites.tolist())) > 2
