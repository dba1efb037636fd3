"""A promoted model in the feed: one term in place of co-likes and factors, whose reasons stay true."""

from dataclasses import dataclass, replace

import numpy as np
import pytest
from scipy.special import expit

from recommender.engine.algorithms.ease import ENTRIES as EASE
from recommender.engine.blend import PEOPLE, Blend
from recommender.engine.config import DEFAULT
from recommender.engine.inputs import History, PeopleModel
from recommender.engine.model import Fit, TrainingSet
from recommender.engine.neighbours import co_likes
from recommender.engine.ranker import FARTHEST, Ranker, Scale, calibrated, standing
from recommender.engine.ranking import rank
from recommender.engine.reactions import Reactions

from .worlds import NOW, history_of, make_world

SCALE = Scale(2.0, -1.0)
KEYS = np.array([3, 5, 2**64 - 1], np.uint64)


@dataclass(frozen=True, eq=False)
class Linear:
    """Everybody starts from `base`; every like adds its row of `pull`."""

    base: np.ndarray
    pull: np.ndarray
    reads_likes: bool = True

    def score(self, people: Reactions) -> np.ndarray:
        likes = people.matrix() @ self.pull if self.reads_likes else 0
        return (self.base + likes + np.where(people.known >= 0, people.known, 0)[:, None] * self.base).astype(
            np.float32
        )

    @property
    def knows(self) -> np.ndarray:
        return np.ones(len(self.base), np.bool_)


def linear(n: int, *, reads_likes: bool = True) -> Linear:
    rng = np.random.default_rng(0)
    return Linear(rng.random(n), rng.random((n, n)) / n, reads_likes)


def ranker(model, *, columns=None) -> Ranker:
    rows = np.arange(len(model.base)) if columns is None else columns
    return Ranker(model, SCALE, rows, KEYS, np.array([2, 0, 1]))


WORLD = make_world(seed=4)


def people_with(model: Ranker | None) -> PeopleModel:
    return replace(WORLD.people, ranker=model)


@pytest.fixture(scope="module")
def learned() -> PeopleModel:
    """EASE, learned from people who each like pictures of two families."""
    rng, families = np.random.default_rng(1), WORLD.families
    who, what = [], []
    for person in range(80):
        tastes = rng.choice(12, 2, replace=False)
        rows = rng.choice(np.flatnonzero(np.isin(families, tastes)), 20, replace=False)
        who += [person] * 20
        what += rows.tolist()
    likes = Reactions.of(who, what, shape=(80, 480))
    (ease,) = [entry for entry in EASE if entry.name == "ease"]
    model = ease.fit(TrainingSet(likes), ease.settings(), Fit())
    stranger = Ranker(model, SCALE, np.arange(480), np.zeros(0, np.uint64), np.zeros(0, np.int64))
    return replace(WORLD.people, co_likes=co_likes(likes.matrix()), ranker=stranger)


def test_standing_is_how_far_above_the_rows_mean_in_standard_deviations():
    scores = np.array([[1.0, 2.0, 3.0, 99.0], [5.0, 5.0, 5.0, 0.0]], np.float32)
    knows = np.array([True, True, True, False])

    stands = standing(scores, knows)

    # 1, 2, 3 have mean 2 and deviation √(2/3); what is not known and rows that are the same everywhere are average.
    assert stands[0] == pytest.approx([-1.224745, 0, 1.224745, 0], abs=1e-6)
    assert (stands[1] == 0).all()


def test_one_picture_far_above_all_others_counts_no_more_than_the_farthest():
    scores = np.zeros((1, 1000), np.float32)
    scores[0, 7] = 1.0

    assert standing(scores, np.ones(1000, np.bool_))[0, 7] == FARTHEST


def test_calibration_finds_the_chance_that_made_the_outcomes():
    """Even odds, and liked ones normal around +1, others around −1: σ(2z) exactly, by Bayes."""
    rng = np.random.default_rng(0)

    scale = calibrated(rng.normal(1, 1, 40_000), rng.normal(-1, 1, 120_000))

    assert scale.slope == pytest.approx(2, abs=0.05)
    assert scale.intercept == pytest.approx(0, abs=0.05)


@pytest.mark.parametrize(
    ("liked", "others"),
    [([], []), ([1.0], []), ([-2.0, -1.5, -1.0] * 9, [1.0, 1.5, 2.0] * 9)],
    ids=["nothing", "no others", "upside down"],
)
def test_a_model_of_which_nothing_good_is_known_says_nothing(liked, others):
    scale = calibrated(np.array(liked), np.array(others))

    assert scale.slope == 0
    assert scale.chances(np.array([-3.0, 0.0, 3.0])).tolist() == [0.5, 0.5, 0.5]


def test_what_separates_perfectly_still_has_a_finite_scale():
    scale = calibrated(np.full(50, 2.0), np.full(50, -2.0))

    # Platt's targets: 51/52 and 1/52, reached exactly at ±2.
    assert scale.chances(np.array([2.0, -2.0])) == pytest.approx([51 / 52, 1 / 52], abs=1e-6)


def test_a_picture_the_model_never_met_has_the_chance_of_an_average_one():
    columns = np.concatenate([[-1], np.arange(479)])
    found = ranker(linear(480), columns=columns).preference(np.array([0, 5]), np.array([NOW, NOW]))

    assert found.chances[0] == pytest.approx(expit(SCALE.intercept))
    assert len(np.unique(found.chances)) > 400


@pytest.mark.parametrize(("key", "row"), [(5, 0), (3, 2), (2**64 - 1, 1), (4, -1), (0, -1), (None, -1)])
def test_a_person_is_known_by_their_key_alone(key, row):
    found = ranker(linear(8)).preference(np.array([1]), np.array([NOW]), person=key)

    assert found.known == row


def test_the_chance_rises_with_the_score_and_depends_on_no_other_candidate():
    model = linear(480)
    blend = Blend(WORLD.catalogue, people_with(ranker(model)), NOW, DEFAULT)
    person = blend.person(history_of([3, 9, 200]))

    every = blend.terms(person, np.arange(480))[:, PEOPLE]
    some = blend.terms(person, np.array([470, 12, 77]))[:, PEOPLE]

    scores = model.score(Reactions.of([0, 0, 0], [3, 9, 200], shape=(1, 480)).strangers())[0]
    assert (np.argsort(every, kind="stable") == np.argsort(scores, kind="stable")).all()
    assert (some == every[[470, 12, 77]]).all()
    assert 0 < every.min() < every.max() < DEFAULT.ranker_weight


def test_without_a_promoted_model_the_feed_is_what_it_was():
    history = history_of([3, 9, 200])
    cards = [
        rank(catalogue=WORLD.catalogue, people=people, history=history, k=24, seed=1, as_of=NOW)
        for people in (WORLD.people, people_with(None))
    ]

    assert cards[0] == cards[1]
    assert any(card.terms["people"] > 0 for card in cards[0])


def test_a_model_replaces_co_likes_and_factors_and_nothing_else():
    history, rows = history_of([3, 9, 200]), np.arange(480)
    before, after = (
        blend.terms(blend.person(history), rows)
        for blend in (Blend(WORLD.catalogue, people_with(model), NOW, DEFAULT) for model in (None, ranker(linear(480))))
    )

    others = [column for column in range(before.shape[1]) if column != PEOPLE]
    assert (before[:, others] == after[:, others]).all()
    assert not np.allclose(before[:, PEOPLE], after[:, PEOPLE])


def test_a_model_serves_also_where_nothing_else_is_known_from_people():
    blend = Blend(WORLD.catalogue, PeopleModel(ranker=ranker(linear(480))), NOW, DEFAULT)

    terms = blend.terms(blend.person(history_of([3])), np.arange(480))

    assert terms[:, PEOPLE].max() > 0


def test_what_the_model_puts_first_is_among_the_candidates(learned):
    small = replace(DEFAULT, pool_size=50, per_source=10, per_taste=1)
    liked = WORLD.members(5)[:6]

    cards = rank(
        catalogue=WORLD.catalogue, people=learned, history=history_of(liked), excluded=liked,
        k=24, seed=0, as_of=NOW, config=small,
    )  # fmt: skip

    assert sum(WORLD.families[card.row] == 5 for card in cards) >= 6


def test_without_the_like_that_a_people_reason_names_the_score_falls(learned):
    rng, checked = np.random.default_rng(0), 0
    people, config = learned, replace(DEFAULT, look_weight=0.3)  # or looks would speak for every card
    for likes in (3, 6, 12, 30):
        liked = np.concatenate([rng.choice(WORLD.members(family), likes // 3, replace=False) for family in (1, 4, 7)])
        history = history_of(liked)
        cards = rank(catalogue=WORLD.catalogue, people=people, history=history, excluded=liked, k=24, seed=0, as_of=NOW)
        for card in cards:
            if card.reason.kind != "people":
                continue
            (like,) = card.reason.evidence
            shorter = Blend(WORLD.catalogue, people, NOW, config)
            without = shorter.terms(shorter.person(history.without(like)), np.array([card.row])).sum()
            assert without < card.score
            assert card.reason.people >= DEFAULT.min_people
            checked += 1
    assert checked >= 5


def test_a_model_that_does_not_read_the_likes_of_now_is_never_a_reason_with_a_like():
    people = people_with(ranker(linear(480, reads_likes=False)))
    liked = np.concatenate([WORLD.members(family)[:4] for family in (1, 4, 7)])

    cards = rank(
        catalogue=WORLD.catalogue, people=people, history=history_of(liked), excluded=liked, k=48, seed=0, as_of=NOW
    )

    assert cards
    assert not [card for card in cards if card.reason.kind == "people"]


def test_leaving_a_like_out_equals_never_having_had_it():
    model = ranker(linear(480))
    history = history_of([3, 9, 200])
    full = model.preference(history.liked, history.liked_at)

    shorter = history.without(9)

    assert (full.without(1).chances == model.preference(shorter.liked, shorter.liked_at).chances).all()


def test_the_key_of_a_person_stays_with_a_shortened_history():
    history = replace(History.of([1, 2, 3], [1.0, 2.0, 3.0]), person=5)

    assert history.newest(2).person == history.without(1).person == 5
