"""Factors from likes."""

from dataclasses import replace

import numpy as np
import pytest

from recommender.engine import metrics, splits
from recommender.engine.algorithms import factors
from recommender.engine.model import Cancelled, Fit, TrainingSet
from recommender.engine.reactions import Reactions
from tests.recommender.engine.algorithms import small

ALGORITHMS = {entry.name: entry for entry in factors.ENTRIES}


def two_tastes(people: int = 60, pictures: int = 40, seed: int = 0) -> Reactions:
    """Even people like even pictures, odd people odd ones, and now and then something else."""
    rng = np.random.default_rng(seed)
    same = np.arange(people)[:, None] % 2 == np.arange(pictures) % 2
    who, what = np.nonzero(rng.random((people, pictures)) < np.where(same, 0.4, 0.03))
    return Reactions.of(who, what, times=rng.random(who.size), shape=(people, pictures))


def fitted(name: str, likes: Reactions, **chosen):
    algorithm = ALGORITHMS[name]
    return algorithm.fit(TrainingSet(likes=likes), algorithm.settings({"factors": 8, **chosen}), Fit())


def slow_person(items: np.ndarray, weights: np.ndarray, confidence: float, strength: float) -> np.ndarray:
    """Σ over all pictures c(x − x̂)² + λ‖w‖² minimised densely; weights (n,): 0 for what is not liked."""
    trust = np.where(weights > 0, confidence * weights, 1.0)
    system = (items.T * trust) @ items + strength * np.eye(items.shape[1])
    return np.linalg.solve(system, items.T @ (trust * (weights > 0)))


@pytest.mark.parametrize(("nu", "half_life"), [(0.0, 0.0), (0.0, 3.0), (0.5, 0.0), (1.0, 3.0)])
def test_folding_in_equals_a_dense_oracle(nu, half_life):
    likes = two_tastes()
    model = fitted("ials", likes, nu=nu, half_life=half_life, regularisation=0.7, confidence=5.0, iterations=4)

    vectors = model.vectors(likes)

    for person in range(len(likes)):
        weights = np.zeros(likes.pictures)
        own = likes.of_person(person)
        weights[own] = 0.5 ** (np.arange(len(own))[::-1] / half_life) if half_life else 1
        strength = 0.7 * (weights.sum() + likes.pictures / 5.0) ** nu
        slow = slow_person(model.items.astype(float), weights, 5.0, strength)
        assert np.abs(vectors[person] - slow).max() < 1e-4


def test_our_own_solver_reaches_the_losss_minimum_on_either_side():
    likes = two_tastes().matrix()
    others = np.random.default_rng(1).standard_normal((likes.shape[1], 5)).astype(np.float32)
    strengths = np.linspace(0.5, 2, likes.shape[0])

    found = factors.solved(likes, others, 4.0, strengths)

    for person in range(likes.shape[0]):
        slow = slow_person(others.astype(float), likes[person].toarray()[0], 4.0, strengths[person])
        assert np.abs(found[person] - slow).max() < 1e-4


def test_everybody_folded_in_is_as_good_as_the_trained_vectors():
    als = pytest.importorskip("implicit.als")
    likes = two_tastes(people=200, pictures=80)
    split = splits.per_user_time(likes)
    model = fitted("ials", split.both, half_life=0.0, regularisation=1.0, iterations=40)
    library = als.AlternatingLeastSquares(
        factors=8, regularization=1.0, alpha=10.0, iterations=40, num_threads=1, random_state=0, use_gpu=False
    )
    library.fit(split.both.matrix(), show_progress=False)

    values = [
        quality(scores, split) for scores in (model.score(split.both), library.user_factors @ library.item_factors.T)
    ]

    assert abs(values[0] - values[1]) < 0.003


def quality(scores: np.ndarray, split: splits.Split) -> float:
    lists = metrics.best_lists(scores, 10, excluded=split.both.matrix().toarray() > 0)
    return float(metrics.ndcg(metrics.hit_ranks(lists, split.test), split.test.counts, 10).mean())


def test_a_strength_that_grows_with_likes_by_hand():
    # λ (n + |I| / alpha)^nu = 2 · (5 + 40 / 10)^½ = 6
    assert factors.grown(2.0, np.array([5.0]), 40, 10.0, 0.5) == pytest.approx([6.0])


@pytest.mark.parametrize("name", ["ials", "bpr"])
def test_people_are_shown_their_own_taste(name):
    likes = two_tastes()
    model = fitted(name, likes, **({"epochs": 200, "rate": 0.05} if name == "bpr" else {"regularisation": 1.0}))

    for people in (likes, likes.strangers()):
        scores = model.score(people)
        even, odd = scores[:, ::2].mean(axis=1), scores[:, 1::2].mean(axis=1)
        assert ((even > odd) == (np.arange(60) % 2 == 0)).mean() > 0.95


def test_newer_likes_count_more():
    likes = two_tastes()
    model = fitted("ials", likes, regularisation=1.0, half_life=2.0)

    turned = small.strangers([0, 2, 4, 6, 1, 3, 5, 7], pictures=40)
    plain, fading = (replace(model, half_life=each).score(turned)[0] for each in (0.0, 2.0))

    assert fading[9::2].mean() - fading[8::2].mean() > plain[9::2].mean() - plain[8::2].mean() + 0.1


def test_it_can_be_stopped_between_two_sweeps():
    def stop(epoch: int, _values) -> None:
        if epoch == 2:
            raise Cancelled

    algorithm = ALGORITHMS["ials"]
    with pytest.raises(Cancelled):
        algorithm.fit(TrainingSet(likes=two_tastes()), algorithm.settings({"factors": 8}), Fit(watch=stop))


@pytest.mark.parametrize("name", sorted(ALGORITHMS))
def test_without_any_like_nothing_is_preferred(name):
    nobody = Reactions.of([], [], shape=(3, 5))

    model = fitted(name, nobody)

    assert not model.score(nobody).any()
    assert not model.knows.any()
