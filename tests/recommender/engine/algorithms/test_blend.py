"""Several algorithms as one."""

from dataclasses import replace

import numpy as np
import pytest

from recommender.engine import metrics, splits
from recommender.engine.algorithms import blend
from recommender.engine.model import Algorithm, Fit, TrainingSet, packed, unpacked
from recommender.engine.reactions import Reactions
from recommender.engine.registry import ALGORITHMS, SOURCES
from tests.recommender.engine.algorithms import small

TRAINING = small.world()


def entry(*others: Algorithm) -> Algorithm:
    return blend.entry([*SOURCES, *others])


def fitted(training: TrainingSet = TRAINING, *, others: tuple[Algorithm, ...] = (), **chosen) -> blend.Blend:
    algorithm = entry(*others)
    return algorithm.fit(training, algorithm.settings(chosen), Fit())


def big_world(people: int = 150, pictures: int = 60) -> TrainingSet:
    rng = np.random.default_rng(3)
    same = np.arange(people)[:, None] % 3 == np.arange(pictures) % 3
    who, what = np.nonzero(rng.random((people, pictures)) < np.where(same, 0.45, 0.06))
    return TrainingSet(likes=Reactions.of(who, what, times=rng.random(who.size), shape=(people, pictures)))


class Fixed:
    """A source that says what it was told to, of pictures it knows."""

    def __init__(self, table: np.ndarray, known: np.ndarray) -> None:
        self.table, self.known = table.astype(np.float32), known

    def score(self, people: Reactions) -> np.ndarray:
        return self.table[np.maximum(people.known, 0)]

    @property
    def knows(self) -> np.ndarray:
        return self.known


def fixed(name: str, table: np.ndarray, *, personal: bool = True, known: np.ndarray | None = None) -> Algorithm:
    model = Fixed(table, np.ones(table.shape[1], np.bool_) if known is None else known)
    return Algorithm(name, "baseline", "Fixed.", lambda *_: model, lambda: Fixed, personal=personal)


def test_contributions_add_up_to_the_score():
    model = fitted(sources=("popularity", "item_cosine", "ease", "ials"))

    parts = model.contributions(TRAINING.likes)

    assert parts.shape == (4, small.PEOPLE, small.PICTURES)
    assert np.abs(parts.astype(np.float64).sum(axis=0) - model.score(TRAINING.likes)).max() < 1e-6


def test_a_source_that_does_not_know_a_picture_adds_nothing_to_it():
    model = fitted(sources=("item_cosine", "ease"))

    parts = model.contributions(TRAINING.likes)

    assert not parts[:, :, [small.COLD, small.BLANK]].any()
    assert parts.any(axis=(1, 2)).all()


def test_of_somebody_without_likes_only_the_impersonal_speak():
    model = fitted(sources=("popularity", "ials"))

    parts = model.contributions(TRAINING.likes.take([small.SILENT]))

    assert parts[0].any()
    assert not parts[1].any()


def test_sources_that_lack_data_are_left_out_and_named():
    bare = replace(TRAINING, tags=None)

    model = fitted(bare, sources=("popularity", "item_tfidf", "item_cosine"))

    assert model.names.tolist() == ["popularity", "item_cosine"]
    assert model.left_out.tolist() == ["item_tfidf"]


def test_a_source_that_is_not_there_is_an_error():
    with pytest.raises(KeyError, match="no_such_source"):
        fitted(sources=("popularity", "no_such_source"))


def test_weights_go_to_who_foretells_and_none_to_who_is_always_wrong():
    training = big_world()
    kinds = np.arange(150)[:, None] % 3 == np.arange(60) % 3
    rng = np.random.default_rng(0)
    others = (
        fixed("right", kinds + 0.5 * rng.standard_normal(kinds.shape)),
        fixed("wrong", -1.0 * kinds + 0.5 * rng.standard_normal(kinds.shape)),
        fixed("noise", rng.standard_normal(kinds.shape)),
    )

    model = fitted(training, others=others, sources=("right", "wrong", "noise"))

    assert model.weights[0] > 0.5
    assert model.scales[1] == 0  # so that its log-odds are the prior, whatever its weight
    assert model.scales[2] * model.weights[2] < 0.1
    assert (model.weights >= 0).all()


def test_two_halves_of_the_truth_are_better_together():
    training = big_world()
    split = splits.per_user_time(training.likes)
    rng = np.random.default_rng(1)
    truth = 1.5 * (np.arange(150)[:, None] % 3 == np.arange(60) % 3)
    others = tuple(fixed(f"half{n}", truth + rng.standard_normal(truth.shape)) for n in (1, 2))

    values = []
    for sources in (("half1",), ("half2",), ("half1", "half2")):
        model = fitted(replace(training, likes=split.both), others=others, sources=sources)
        excluded = split.both.matrix().toarray() > 0
        lists = metrics.best_lists(model.score(split.both), 10, excluded=excluded)
        values.append(metrics.ndcg(metrics.hit_ranks(lists, split.test), split.test.counts, 10).mean())

    assert values[2] > max(values[:2])


def test_probabilities_are_about_true_on_people_whose_likes_it_did_not_see():
    model = fitted(big_world(), sources=("popularity", "item_cosine"))

    assert len(model.predicted) == len(model.observed) == len(model.counts) == 10
    assert (np.diff(model.predicted) >= 0).all()
    assert model.observed[-1] > 2 * model.observed[0]
    assert model.error < 0.03


def test_probabilities_rise_with_the_score_and_lie_about_the_rate_of_likes():
    training = big_world()
    model = fitted(training, sources=("popularity", "item_cosine"))
    scores = model.score(training.likes)

    chances = model.probabilities(scores)

    assert ((chances > 0) & (chances < 1)).all()
    assert np.array_equal(np.argsort(chances, axis=None), np.argsort(scores, axis=None))


def test_neighbours_see_newer_likes_more():
    model = fitted(big_world(), sources=("item_cosine",), half_life=1.0)
    there_and_back = small.strangers([0, 3, 6, 1, 4, 7], pictures=60)

    fading = model.score(there_and_back)[0]
    steady = replace(model, half_life=0.0).score(there_and_back)[0]

    assert fading[10::3].mean() - fading[9::3].mean() > steady[10::3].mean() - steady[9::3].mean() + 0.5


def test_a_source_is_fitted_with_the_settings_laid_over_its_defaults():
    model = fitted(sources=("ials", "ease"), settings={"ials": {"factors": 3}})

    assert model.sources[0].items.shape == (small.PICTURES, 3)


def test_where_nothing_can_be_held_out_the_weights_are_equal():
    few = TrainingSet(likes=Reactions.of([0, 1], [0, 1], shape=(2, 3)))

    model = fitted(few, sources=("popularity", "item_cosine"))

    assert model.weights == pytest.approx([0.5, 0.5])
    assert model.error == 0


def test_a_blend_of_nothing_prefers_nothing():
    model = fitted(sources=())

    assert not model.score(TRAINING.likes).any()
    assert not model.knows.any()


def test_a_stored_blend_brings_its_sources_along():
    model = fitted(sources=("item_cosine", "ials"))

    read = unpacked(blend.Blend, packed(model))

    assert [type(source) for source in read.sources] == [type(source) for source in model.sources]
    assert np.array_equal(read.contributions(TRAINING.likes), model.contributions(TRAINING.likes))


def test_a_stored_model_of_a_foreign_class_is_refused():
    arrays = packed(fitted(sources=("item_cosine",)))

    with pytest.raises(ValueError, match="has no models"):
        unpacked(blend.Blend, {**arrays, "sources.0.class": np.asarray("os:system")})


def test_standardised_scores_have_mean_0_and_deviation_1_over_what_is_known():
    scores = np.array([[1.0, 2.0, 3.0, 99.0], [5.0, 5.0, 5.0, 1.0], [1.0, 2.0, 3.0, 4.0]])
    knows, heard = np.array([True, True, True, False]), np.array([True, True, False])

    values, says = blend.standardised(scores, knows, heard)

    # 1, 2, 3: mean 2, deviation √(2/3). The second person's are all the same, the third is not heard.
    assert values[0] == pytest.approx([-np.sqrt(1.5), 0, np.sqrt(1.5), 0])
    assert says.tolist() == [[True, True, True, False], [False] * 4, [False] * 4]
    assert not values[1:].any()


def test_the_registry_blends_what_it_has():
    assert set(ALGORITHMS["blend"].defaults["sources"]) <= set(ALGORITHMS)
    assert "ials" in ALGORITHMS["blend"].defaults["sources"]
