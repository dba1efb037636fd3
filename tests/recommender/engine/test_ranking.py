import dataclasses

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recommender.engine.arrays import Segments
from recommender.engine.config import DEFAULT, RankingConfig
from recommender.engine.index import Moments
from recommender.engine.inputs import Catalogue, History, PeopleModel
from recommender.engine.ranking import Limit, rank

from .worlds import DAY, NOW, easy_looks, hard_looks, history_of, make_world

EASY, HARD = make_world(), make_world(looks=hard_looks)
TINY = make_world(families=4, each=12, people=20)
SMALL_POOL = RankingConfig(pool_size=20, per_taste=4, per_source=4, page=8)


def feed(world=EASY, *, history=None, k=24, seed=0, as_of=NOW, **more):
    history = history or History()
    more.setdefault("excluded", np.concatenate([history.liked, history.dismissed]))
    return rank(
        catalogue=more.pop("catalogue", world.catalogue),
        people=more.pop("people", world.people),
        history=history,
        k=k,
        seed=seed,
        as_of=as_of,
        **more,
    )


def rows(cards):
    return [card.row for card in cards]


reactions = st.lists(st.integers(0, 47), unique=True, max_size=12)


@settings(deadline=None, max_examples=15)
@given(reactions, reactions, st.integers(0, 2**63), st.integers(1, 30), st.booleans())
def test_pages_joined_are_one_long_list_to_the_end_of_the_catalogue(liked, dismissed, seed, page, small_pool):
    history = history_of(liked, dismissed=dismissed)
    config = SMALL_POOL if small_pool else DEFAULT
    whole = feed(TINY, history=history, k=60, seed=seed, config=config)

    joined = []
    while cards := feed(TINY, history=history, k=page, seed=seed, served=rows(joined), config=config):
        joined += cards

    assert joined == whole
    assert sorted(rows(whole)) == sorted(set(range(48)) - set(liked) - set(dismissed))


@settings(deadline=None, max_examples=15)
@given(reactions, st.integers(0, 47), st.integers(0, 1000))
def test_a_reaction_taken_back_leaves_no_trace(liked, other, seed):
    liked = [row for row in liked if row != other]
    before = feed(TINY, history=history_of(liked), seed=seed)
    times = NOW - 60.0 * np.arange(len(liked))[::-1]

    shuffled = np.random.default_rng(seed).permutation(len(liked))
    after = feed(TINY, history=History.of(np.array(liked, int)[shuffled], times[shuffled]), seed=seed)

    assert after == before
    assert feed(TINY, history=history_of([*liked, other]), seed=seed) != before


@settings(deadline=None, max_examples=15)
@given(reactions, reactions, st.integers(0, 1000))
def test_what_explores_depends_on_seed_and_position_alone(liked, dismissed, seed):
    cold = feed(TINY, seed=seed)
    warm = feed(TINY, history=history_of(liked[:5], dismissed=dismissed[:5]), seed=seed)

    assert [card.explored for card in cold] == [card.explored for card in warm]
    assert not any(card.explored for card in cold[:3])


@settings(deadline=None, max_examples=15)
@given(reactions, reactions, st.integers(0, 1000))
def test_a_score_is_the_sum_of_its_terms_and_knows_nothing_of_the_list(liked, dismissed, seed):
    history = history_of(liked, dismissed=dismissed)
    cards = feed(TINY, history=history, seed=seed, k=10)
    allowed = np.isin(np.arange(48), [*rows(cards)[::2], *liked, *dismissed])
    fewer = feed(TINY, history=history, seed=seed + 1, catalogue=dataclasses.replace(TINY.catalogue, allowed=allowed))

    scores = {card.row: card.score for card in cards}
    for card in cards:
        assert card.score == pytest.approx(sum(card.terms.values()), abs=1e-6)
    for card in fewer:
        assert card.score == pytest.approx(scores[card.row], abs=1e-6)


def test_nothing_hidden_excluded_or_served_comes():
    allowed = np.arange(480) % 2 == 0
    excluded = np.arange(480) % 3 == 0
    served = [2, 4, 8]

    cards = feed(
        catalogue=dataclasses.replace(EASY.catalogue, allowed=allowed), excluded=excluded, served=served, k=500
    )

    assert sorted(rows(cards)) == sorted(set(np.flatnonzero(allowed & ~excluded)) - set(served))


def test_a_served_picture_that_has_gone_keeps_its_place():
    first = rows(feed())
    gone = [-1 if row == first[5] else row for row in first]

    following = feed(served=gone, excluded=[first[5]])

    assert rows(following) == rows(feed(served=first, excluded=[first[5]]))


def test_the_next_page_follows_the_newest_reactions_and_forgets_nothing_served():
    first = feed()
    liked = first[0].row
    second = feed(history=history_of([liked]), served=rows(first))

    assert not set(rows(first)) & set(rows(second))
    family = EASY.families == EASY.families[liked]
    assert family[rows(second)].sum() > family[rows(feed(served=rows(first)))].sum()


@pytest.mark.parametrize("world", [EASY, HARD], ids=["easy", "hard"])
def test_a_cold_feed_holds_at_most_four_of_a_family_in_every_page(world):
    for seed in range(3):
        families = world.families[rows(feed(world, k=240, seed=seed))]

        for page in families.reshape(10, 24):
            assert np.bincount(page).max() <= 4


@pytest.mark.parametrize("world", [EASY, HARD], ids=["easy", "hard"])
def test_beyond_the_first_candidates_a_feed_is_as_varied_and_keeps_its_limits(world):
    few = RankingConfig(pool_size=60, per_taste=20, per_source=20)
    limit = Limit(world.families == 3, most=2)

    pages = world.families[rows(feed(world, k=456, config=few))].reshape(19, 24)
    less = rows(feed(world, k=400, config=few, history=history_of(world.members(3)[:5]), limits=[limit]))

    assert max(np.bincount(page).max() for page in pages) <= 4
    assert np.convolve(limit.rows[less], np.ones(24)).max() <= 2


def test_a_near_copy_of_what_was_given_waits_also_where_it_is_drawn_later():
    few = RankingConfig(pool_size=60, per_taste=20, per_source=20)
    newest, oldest = np.argsort(-EASY.catalogue.created)[[0, -1]]
    hashes, vectors = EASY.catalogue.hashes.copy(), EASY.catalogue.vectors.take(np.arange(480))
    hashes[oldest], vectors[oldest] = hashes[newest], vectors[newest]
    copied = dataclasses.replace(EASY.catalogue, hashes=hashes, vectors=Segments([vectors]))

    order = rows(feed(catalogue=copied, people=None, k=480, config=few))

    assert order[-1] == oldest


def test_a_cold_feed_of_one_family_is_still_a_feed():
    same = dataclasses.replace(EASY.catalogue, categories=np.zeros(480, np.int64))

    assert len(feed(catalogue=same, k=480)) == 480


def test_a_cold_feed_prefers_what_is_new_and_what_people_like():
    cards = rows(feed(k=100))

    assert EASY.people.popular[cards].mean() > EASY.people.popular.mean()
    assert EASY.catalogue.created[cards].mean() > EASY.catalogue.created.mean()
    assert {card.reason.kind for card in feed()} <= {"trending", "newest", "popular", "explore"}


@pytest.mark.parametrize("looks", [easy_looks, hard_looks])
@pytest.mark.parametrize("with_people", [True, False])
def test_one_like_moves_the_page_and_five_make_it_theirs_but_it_stays_a_feed(looks, with_people):
    world = make_world(looks=looks, families=12, each=40, seed=1)
    people = world.people if with_people else None
    before, rose, after = [], [], []
    for seed in range(2):
        cold = world.families[rows(feed(world, people=people, seed=seed))]
        for family in range(12):
            liked = np.random.default_rng([seed, family]).permutation(world.members(family))[:5]
            one, five = (
                world.families[rows(feed(world, people=people, seed=seed, history=history_of(liked[:n])))] == family
                for n in (1, 5)
            )
            before.append((cold == family).sum())
            rose.append(one.sum() > before[-1])
            after.append(five.sum())

    assert np.mean(rose) >= 0.9
    assert np.mean(after) >= 3 * np.mean(before)
    assert min(after) >= 6
    assert max(after) <= 16


def test_two_tastes_that_never_mix_share_the_page():
    liked = [*EASY.members(2)[:5], *EASY.members(7)[:5]]

    families = EASY.families[rows(feed(history=history_of(liked)))]

    assert (families == 2).sum() >= 5
    assert (families == 7).sum() >= 5


def test_a_taste_does_not_fill_the_page_where_there_are_no_categories():
    bare = dataclasses.replace(EASY.catalogue, categories=np.full(480, -1))

    families = EASY.families[rows(feed(catalogue=bare, history=history_of(EASY.members(2)[:5])))]

    assert 6 <= (families == 2).sum() <= 16


def test_a_dismissal_keeps_its_like_away():
    liked = EASY.members(2)[:3]
    near = feed(history=history_of(liked))[0].row

    without = feed(history=history_of(liked, dismissed=[near]), excluded=[*liked, near])

    assert (EASY.families[rows(without)] == 2).sum() < 14
    score = {card.row: card.score for card in without}
    assert all(score.get(card.row, -1) < card.score for card in feed(history=history_of(liked))[1:3])


def test_every_source_may_be_missing():
    history = history_of(EASY.members(2)[:3])
    blind = dataclasses.replace(EASY.catalogue, vectors=Segments([], width=256), moments=Moments(0.0, 1.0))
    parts = {field.name: getattr(EASY.people, field.name) for field in dataclasses.fields(PeopleModel)}
    poorer = [PeopleModel(**{**parts, name: None}) for name in parts]

    for people in [*poorer, PeopleModel(), None]:
        for catalogue in (EASY.catalogue, blind, dataclasses.replace(EASY.catalogue, hashes=None)):
            assert len(feed(history=history, people=people, catalogue=catalogue)) == 24


def test_an_empty_catalogue_gives_an_empty_feed():
    empty = Catalogue(Segments([], width=4), np.empty(0), np.empty(0, np.int64), Moments(0.0, 1.0))

    assert rank(catalogue=empty, history=History(), k=24, seed=0, as_of=NOW) == []


def test_pictures_without_a_vector_or_unknown_to_the_people_model_still_come():
    vectors = EASY.catalogue.vectors.take(np.arange(480))
    vectors[:100] = 0
    columns = np.concatenate([np.full(100, -1), np.arange(100, 480)])
    people = dataclasses.replace(EASY.people, columns=columns)
    history = history_of([3, *EASY.members(2)[-4:]])

    cards = feed(
        catalogue=dataclasses.replace(EASY.catalogue, vectors=Segments([vectors])),
        people=people,
        history=history,
        k=475,
    )

    assert len(cards) == 475
    assert np.isfinite([card.score for card in cards]).all()


def test_near_copies_come_once_until_everything_else_has_come():
    hashes = EASY.catalogue.hashes.copy()
    vectors = EASY.catalogue.vectors.take(np.arange(480))
    hashes[1:6], vectors[1:6] = hashes[0], vectors[0]
    copied = dataclasses.replace(EASY.catalogue, hashes=hashes, vectors=Segments([vectors]))

    pages = [rows(feed(catalogue=copied, k=475))]
    pages.append(rows(feed(catalogue=copied, k=24, served=pages[0])))

    assert len(set(pages[0]) & set(range(6))) == 1
    assert len(set(pages[1]) & set(range(6))) == 5


def test_a_feed_of_long_ago_still_shows_a_taste():
    liked = EASY.members(2)[:5]
    history = History.of(liked, np.full(5, NOW - 3000 * DAY))

    families = EASY.families[rows(feed(history=history))]

    assert (families == 2).sum() >= 6


def test_propensities_are_probabilities():
    cards = feed(k=100)

    assert all(0 < card.propensity <= 1 for card in cards)
    assert {card.propensity for card in cards[:3]} == {1.0}
    assert all(card.reason.kind == "explore" for card in cards if card.explored)
