import numpy as np
import pytest

from recommender.engine.arrays import NO_ROWS, unit
from recommender.engine.config import DEFAULT, RankingConfig
from recommender.engine.selection import Quota, category_caps, cold_cap, draw, select, warm_cap

NEVER = RankingConfig(explore_rate=0.0)


def choose(relevance, *, vectors=None, k, config=NEVER, quotas=(), copies_of=lambda _: NO_ROWS, seed=0, before=None):
    vectors = np.eye(len(relevance), dtype=np.float32) if vectors is None else vectors
    return select(
        relevance=np.array(relevance, float),
        vectors=vectors,
        before=np.zeros((0, vectors.shape[1]), np.float32) if before is None else before,
        copies_of=copies_of,
        quotas=quotas,
        k=k,
        seed=seed,
        config=config,
    )


def rows(picks):
    return [pick.candidate for pick in picks]


def test_among_unlike_cards_relevance_decides_equal_ones_by_row():
    assert rows(choose([0.2, 1.0, 0.2, 0.5], k=4)) == [1, 3, 0, 2]


def test_a_card_like_the_last_one_waits_for_another():
    vectors = unit(np.array([[1, 0], [1, 0.01], [0, 1]]))

    assert rows(choose([1.0, 0.99, 0.9], vectors=vectors, k=3)) == [0, 2, 1]


def test_mmr_equals_its_definition():
    rng = np.random.default_rng(0)
    vectors, relevance = unit(rng.standard_normal((60, 5))), rng.random(60)
    chosen = []
    for _ in range(20):
        value = 0.8 * relevance - 0.2 * np.maximum((vectors @ vectors[chosen].T).max(axis=1, initial=0), 0)
        value[chosen] = -np.inf
        chosen.append(int(value.argmax()))

    assert rows(choose(relevance, vectors=vectors, k=20)) == chosen


def test_near_copies_of_a_chosen_card_are_not_chosen():
    picks = choose(
        [1.0, 0.9, 0.8], k=3, copies_of=lambda candidate: np.array([1] if candidate == 0 else []).astype(int)
    )

    assert rows(picks) == [0, 2]


def test_a_quota_holds_within_every_page_and_begins_anew_with_the_next():
    config = RankingConfig(explore_rate=0.0, page=4)
    labels = np.array([0] * 6 + [1] * 6 + [-1] * 2)
    relevance = np.linspace(1, 0, 14)
    quota = Quota(labels, NO_ROWS, {0: 2}, cap=1)

    assert rows(choose(relevance, k=8, config=config, quotas=[quota])) == [0, 1, 6, 12, 2, 3, 7, 13]


def test_where_a_quota_cannot_hold_what_is_least_beyond_it_comes_next():
    config = RankingConfig(explore_rate=0.0, page=6)
    quota = Quota(np.array([0] * 5 + [1] * 5), NO_ROWS, {}, cap=1)

    picks = rows(choose(np.linspace(1, 0.9, 10), k=6, config=config, quotas=[quota]))

    assert sorted(candidate // 5 for candidate in picks) == [0, 0, 0, 1, 1, 1]


def test_two_quotas_hold_together():
    config = RankingConfig(explore_rate=0.0, page=4)
    quotas = [
        Quota(np.array([0, 0, 1, 1, 2]), NO_ROWS, {}, cap=1),
        Quota(np.array([5, 6, 5, 6, 7]), NO_ROWS, {}, cap=1),
    ]

    assert rows(choose([1.0, 0.9, 0.8, 0.7, 0.6], k=3, config=config, quotas=quotas)) == [0, 3, 4]


def test_caps_follow_the_share_of_reactions_between_the_cold_and_the_warm_one():
    caps = category_caps(np.array([7] * 5 + [8] + [-1]), np.ones(7), np.array([7, 9]), np.array([0.5, 1.0]))

    assert caps == {7: int(24 * 4.5 / 9), 8: cold_cap()}
    assert category_caps(np.full(100, 7), np.ones(100), NO_ROWS, np.ones(0)) == {7: warm_cap()}
    assert (cold_cap(), warm_cap()) == (4, 14)


def test_exploration_knows_only_seed_and_position():
    explored = [draw(seed=seed, position=position)[0] for seed in range(40) for position in range(3, 103)]

    assert not any(draw(seed=seed, position=position)[0] for seed in range(500) for position in range(3))
    assert np.mean(explored) == pytest.approx(DEFAULT.explore_rate, abs=0.012)
    assert draw(seed=-5, position=9) == draw(seed=-5, position=9) != draw(seed=-4, position=9)


def test_propensity_is_the_share_of_seeds_that_give_this_card():
    config = RankingConfig(explore_rate=0.5, explore_after=0, explore_pool=3)
    first = [choose([1.0, 0.9, 0.8, 0.7], k=1, config=config, seed=seed)[0] for seed in range(4000)]

    for candidate in range(3):
        share = np.mean([pick.candidate == candidate for pick in first])
        (told,) = {pick.propensity for pick in first if pick.candidate == candidate}
        assert share == pytest.approx(told, abs=0.03)
    assert not any(pick.candidate == 3 for pick in first)
    assert {pick.explored for pick in first if pick.candidate == 1} == {True}
