import numpy as np

from recommender.engine.online.interleaving import COMMON, credit, drafted, preference, team_draft


def test_a_common_beginning_is_placed_by_nobody():
    merged = team_draft([1, 2, 3, 4], [1, 2, 4, 3], seed=0, k=4)

    assert merged[:2] == [(1, COMMON), (2, COMMON)]
    assert {card for card, _team in merged[2:]} == {3, 4}
    assert sorted(team for _card, team in merged[2:]) == [0, 1]


def test_each_round_gives_both_one_pick_of_their_best_left():
    for seed in range(30):
        merged = team_draft([1, 2, 3, 4, 5, 6], [6, 5, 4, 3, 2, 1], seed=seed, k=6)

        assert all({merged[at][1], merged[at + 1][1]} == {0, 1} for at in range(0, 6, 2))
        assert [card for card, team in merged if team == 0] == [1, 2, 3]
        assert [card for card, team in merged if team == 1] == [6, 5, 4]


def test_the_coin_is_fair_in_every_round():
    seeds = range(2_000)
    begins = np.array([[team for _, team in team_draft(range(8), range(8)[::-1], seed=s, k=8)][::2] for s in seeds])

    assert np.abs(begins.mean(axis=0) - 0.5).max() < 0.04
    assert np.abs(np.corrcoef(begins.T) - np.eye(4)).max() < 0.08


def test_a_list_that_is_cut_goes_on_as_if_it_had_not_been():
    rng = np.random.default_rng(0)
    for seed in range(20):
        first, second = ([0, 1, *(2 + rng.permutation(18)).tolist()] for _ in range(2))
        whole = team_draft(first, second, seed=seed, k=20)
        for cut in range(20):
            begun = whole[:cut]
            picks = sum(team != COMMON for _, team in begun)
            rest = team_draft(first, second, seed=seed, k=20 - cut, served=[card for card, _ in begun], picks=picks)

            assert begun + rest == whole


def test_a_ranking_that_has_run_out_leaves_its_turns():
    merged = team_draft([1], [2, 3, 4], seed=3, k=9)

    assert sorted(card for card, _team in merged) == [1, 2, 3, 4]
    assert [team for _card, team in merged].count(1) == 3


def test_copies_of_what_is_placed_never_follow():
    copies = {1: [2], 2: [1]}

    merged = team_draft([1, 3], [2, 3], seed=0, k=4, copies_of=lambda card: copies.get(card, []))

    assert len({1, 2} & {card for card, _team in merged}) == 1
    assert 3 in {card for card, _team in merged}


def test_many_lists_at_once_are_the_lists_one_by_one():
    rng = np.random.default_rng(1)
    first = np.array([rng.permutation(9) for _ in range(60)])
    second = first.copy()
    second[:, 2:] = rng.permuted(first[:, 2:], axis=1)
    coins = rng.integers(0, 2, (60, 5))

    cards, teams = drafted(first, second, coins)

    for session in range(60):
        slow = one_by_one(first[session].tolist(), second[session].tolist(), coins[session].tolist())
        assert list(zip(cards[session].tolist(), teams[session].tolist(), strict=True)) == slow


def one_by_one(first: list[int], second: list[int], coins: list[int]) -> list[tuple[int, int]]:
    """The obvious version, as the paper writes it."""
    placed: list[tuple[int, int]] = []
    while len(placed) < len(first) and first[len(placed)] == second[len(placed)]:
        placed.append((first[len(placed)], COMMON))
    for coin in coins:
        for team in (coin, 1 - coin):
            left = [card for card in (first, second)[team] if card not in {other for other, _ in placed}]
            if left:
                placed.append((left[0], team))
    return placed


def test_credit_is_one_for_every_distinct_card_and_none_for_the_common_ones():
    teams = {10: COMMON, 11: 0, 12: 1, 13: 1}

    assert credit(teams, [10, 11, 12, 12, 13, 99]) == (1, 2)


def test_nobody_prefers_nothing():
    found = preference(np.zeros((5, 2)))

    assert (found.share, found.p, found.people) == (0.5, 1.0, 0)


def test_a_preference_is_found_and_its_interval_excludes_one_half():
    rng = np.random.default_rng(3)
    earned = rng.poisson((1.0, 1.6), (200, 2))

    found = preference(earned)

    assert found.p < 0.01
    assert 0.5 < found.low < found.share < found.high
    assert found.earned == tuple(earned.sum(axis=0))


def test_equal_rankings_alarm_in_about_one_of_twenty():
    rng = np.random.default_rng(4)
    alarms = [preference(rng.poisson(1.0, (40, 2)), seed=run, flips=400).p < 0.05 for run in range(500)]

    assert 0.025 <= np.mean(alarms) <= 0.075
