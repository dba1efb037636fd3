import dataclasses

import numpy as np
import pytest

from recommender.engine.blend import Blend
from recommender.engine.config import DEFAULT, RankingConfig
from recommender.engine.inputs import History
from recommender.engine.ranking import rank

from .worlds import DAY, NOW, hard_looks, history_of, make_world

WORLDS = [make_world(seed=2), make_world(looks=hard_looks, seed=3)]


def random_history(rng, likes, dismissals=3):
    rows = rng.choice(480, likes + dismissals, replace=False)
    return History.of(
        rows[:likes], NOW - rng.exponential(30 * DAY, likes), rows[likes:], NOW - rng.exponential(DAY, dismissals)
    )


def feed(world, history, *, seed=0, k=24, config=DEFAULT, **more):
    gone = np.concatenate([history.liked, history.dismissed])
    return rank(
        catalogue=more.get("catalogue", world.catalogue),
        people=world.people,
        history=history,
        excluded=gone,
        k=k,
        seed=seed,
        as_of=NOW,
        config=config,
    )


def score_of(row, world, history, **more):
    alone = dataclasses.replace(world.catalogue, allowed=np.arange(480) == row)
    (card,) = feed(world, history, catalogue=alone, **more)
    return card.score


@pytest.mark.parametrize("world", WORLDS, ids=["easy", "hard"])
def test_without_the_named_like_the_score_of_its_card_falls(world):
    """The whole pipeline again, from a history in which that like never was."""
    rng = np.random.default_rng(0)
    checked = {"look": 0, "people": 0}
    for seed, likes in enumerate((1, 2, 5, 12, 40, 120)):
        history = random_history(rng, likes)
        for card in feed(world, history, seed=seed):
            if card.reason.kind not in checked:
                assert card.reason.evidence == ()
                continue
            (like,) = card.reason.evidence
            assert like in history.liked
            assert score_of(card.row, world, history.without(like)) < card.score
            checked[card.reason.kind] += 1
    assert checked["look"] >= 40
    assert checked["people"] >= 5


def test_a_people_reason_counts_those_who_like_both():
    world = WORLDS[0]
    likes = {}
    rng = np.random.default_rng(1)
    for seed in range(6):
        for card in feed(world, random_history(rng, 15), seed=seed):
            if card.reason.kind == "people":
                likes[card.row, card.reason.evidence[0]] = card.reason.people
    model = world.people.co_likes

    assert likes
    for (row, like), people in likes.items():
        assert people == model.shared(np.array([row]), np.array([like])).item()
        assert people >= DEFAULT.min_people


@pytest.mark.parametrize("likes", [1, 4, 30])
def test_leaving_a_like_out_quickly_equals_reading_the_shorter_history(likes):
    world = WORLDS[1]
    history = random_history(np.random.default_rng(likes), likes)
    blend = Blend(world.catalogue, world.people, NOW, DEFAULT)
    person, every = blend.person(history), np.arange(480)

    for like in range(likes):
        quick = blend.terms(blend.without(person, like), every)
        slow = blend.terms(blend.person(history.without(int(person.rows[like]))), every)
        assert np.allclose(quick, slow, atol=1e-6)


def test_a_reason_stays_true_when_an_older_like_takes_the_place_of_the_named_one():
    world, config = WORLDS[0], RankingConfig(history_limit=6)
    history = random_history(np.random.default_rng(0), 9)

    cards = [card for card in feed(world, history, config=config) if card.reason.kind == "look"]

    assert cards
    for card in cards:
        assert score_of(card.row, world, history.without(card.reason.evidence[0]), config=config) < card.score


def test_a_like_that_the_viewer_may_no_longer_see_is_not_named():
    world = WORLDS[0]
    liked = world.members(4)[:3]
    allowed = np.ones(480, bool)
    allowed[liked[:2]] = False

    cards = feed(world, history_of(liked), catalogue=dataclasses.replace(world.catalogue, allowed=allowed))

    named = {row for card in cards for row in card.reason.evidence}
    assert named == {liked[2]}


def test_of_two_tastes_the_like_of_the_right_one_is_named():
    world = WORLDS[0]
    liked = [*world.members(2)[:3], *world.members(7)[:3]]

    for card in feed(world, history_of(liked)):
        if card.reason.kind == "look" and world.families[card.row] in (2, 7):
            assert world.families[card.reason.evidence[0]] == world.families[card.row]
