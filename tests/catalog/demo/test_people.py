from collections import Counter, defaultdict

import numpy as np
import pytest

from catalog.demo import people as plan
from catalog.demo.gallery import FAMILIES

SLUGS = tuple(family.slug for family in FAMILIES)
PER_FAMILY = 40
WORDS = ("blue", "night", "calm", "geometric", "warm", "bold", "quiet", "green")


@pytest.fixture(scope="module")
def cast():
    return plan.people()


@pytest.fixture(scope="module")
def tags():
    return {
        (slug, number): (slug, WORDS[number % len(WORDS)], WORDS[(number // 3 + row) % len(WORDS)])
        for row, slug in enumerate(SLUGS)
        for number in range(PER_FAMILY)
    }


@pytest.fixture(scope="module")
def owner_of(cast):
    return plan.owners(cast, SLUGS, PER_FAMILY)


@pytest.fixture(scope="module")
def created():
    return plan.created_hours_ago(SLUGS, PER_FAMILY)


@pytest.fixture(scope="module")
def likes(cast, tags):
    return plan.planned_likes(cast, SLUGS, PER_FAMILY, tags)


def test_the_cast_is_large_and_everybody_has_their_own_name(cast):
    assert len(cast) >= 64
    assert len({person.username for person in cast}) == len({person.name for person in cast}) == len(cast)


def test_everybody_has_one_to_three_favourites_and_room_for_anything(cast):
    for person in cast:
        assert 1 <= len(person.tastes) <= 3
        assert set(person.tastes) <= set(SLUGS)
        assert 0.5 < sum(person.tastes.values()) < 0.9


def test_tastes_differ_and_every_family_has_lovers(cast):
    lovers = Counter(slug for person in cast for slug in person.tastes)

    assert len({frozenset(person.tastes) for person in cast}) > len(cast) / 2
    assert min(lovers[slug] for slug in SLUGS) >= 3


def test_the_plan_is_the_same_every_time(cast, tags, likes, owner_of, created):
    assert plan.people() == cast
    assert plan.planned_likes(cast, SLUGS, PER_FAMILY, tags) == likes
    assert plan.owners(cast, SLUGS, PER_FAMILY) == owner_of
    assert plan.created_hours_ago(SLUGS, PER_FAMILY) == created


def test_every_picture_has_an_owner_among_twenty_artists_with_few_families(cast, owner_of):
    homes = defaultdict(set)
    for (slug, _), username in owner_of.items():
        homes[username].add(slug)

    assert set(owner_of) == {(slug, number) for slug in SLUGS for number in range(PER_FAMILY)}
    assert 15 <= len(homes) <= 20
    assert max(map(len, homes.values())) <= 3
    assert set(homes) <= {person.username for person in cast}


def test_pictures_came_over_ninety_days_with_the_newest_of_all_families(created):
    newest = sorted(created, key=created.__getitem__)

    assert min(created.values()) > 0
    assert 80 * 24 < max(created.values()) <= 90 * 24
    for start in range(0, len(newest) - 24, 24):
        assert max(Counter(slug for slug, _ in newest[start : start + 24]).values()) <= 4


def test_nobody_likes_a_picture_twice_or_an_own_one(likes, owner_of):
    pairs = {(like.username, like.picture) for like in likes}

    assert len(pairs) == len(likes)
    assert not [like for like in likes if owner_of[like.picture] == like.username]


def test_likes_lie_in_the_last_sixty_days_after_their_picture_and_denser_lately(likes, created):
    hours = np.array([like.hours_ago for like in likes])

    assert hours.min() > 0
    assert hours.max() <= 60 * 24
    assert all(like.hours_ago <= created[like.picture] for like in likes)
    assert np.mean(hours < 20 * 24) > 0.4
    assert list(hours) == sorted(hours, reverse=True)


def test_people_differ_in_how_much_they_like(cast, likes):
    counts = Counter(like.username for like in likes)

    assert len(counts) == len(cast)
    assert min(counts.values()) >= 25
    assert max(counts.values()) <= 60
    assert np.std(list(counts.values())) > 5


def test_tastes_are_followed(cast, likes):
    tastes = {person.username: person.tastes for person in cast}
    hits = np.mean([like.picture[0] in tastes[like.username] for like in likes])
    chance = np.mean([len(tastes[like.username]) / len(SLUGS) for like in likes])

    assert hits > 0.6
    assert hits > 3.5 * chance


def test_no_family_is_everybodys_darling(likes):
    totals = Counter(like.picture[0] for like in likes)

    assert set(totals) == set(SLUGS)
    assert max(totals.values()) <= 1.6 * min(totals.values())


def test_some_pictures_are_popular_and_a_few_are_cold(likes):
    counts = Counter(like.picture for like in likes)
    ranked = np.sort([counts[slug, number] for slug in SLUGS for number in range(PER_FAMILY)])[::-1]
    tenth = len(ranked) // 10

    assert 0.2 < ranked[:tenth].sum() / ranked.sum() < 0.45
    assert 0.02 < np.mean(ranked == 0) < 0.15


def test_co_likes_say_more_about_the_next_like_than_popularity_does(cast, likes):
    """Hold out each like in turn and rank it among its family: by co-likes with the person's other likes it
    must come out nearer the top than by popularity, both counted without that person."""
    pictures = [(slug, number) for slug in SLUGS for number in range(PER_FAMILY)]
    rows = {person.username: row for row, person in enumerate(cast)}
    columns = {picture: column for column, picture in enumerate(pictures)}
    liked = np.zeros((len(cast), len(pictures)))
    for like in likes:
        liked[rows[like.username], columns[like.picture]] = 1

    by_people, by_popularity = [], []
    for row, own in enumerate(liked):
        others = np.delete(liked, row, axis=0)
        counts = others.sum(axis=0)
        together = others.T @ others / np.sqrt(np.outer(counts, counts) + 1)
        for held in np.flatnonzero(own):
            rest = own.copy()
            rest[held] = 0
            start = held // PER_FAMILY * PER_FAMILY
            rivals = [column for column in range(start, start + PER_FAMILY) if not own[column]]
            by_people.append(_share_below(together @ rest, held, rivals))
            by_popularity.append(_share_below(counts, held, rivals))

    assert np.mean(by_people) > np.mean(by_popularity) + 0.04


def _share_below(scores, held, rivals):
    return np.mean(scores[rivals] < scores[held]) + 0.5 * np.mean(scores[rivals] == scores[held])
