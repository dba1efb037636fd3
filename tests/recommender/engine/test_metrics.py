"""Metrics: slow and obvious versions beside the fast ones, examples worked by hand, and two libraries."""

import json
import math
import os
import subprocess
import sys

import numpy as np
import pytest
from sklearn.metrics import ndcg_score, roc_auc_score, root_mean_squared_error

from recommender.engine import metrics
from recommender.engine.reactions import Reactions

PEOPLE, PICTURES = 40, 60


@pytest.fixture
def rng():
    return np.random.default_rng(0)


@pytest.fixture
def scores(rng):
    """Many equal ones among them."""
    return rng.integers(0, 12, (PEOPLE, PICTURES)).astype(np.float32)


@pytest.fixture
def relevant(rng):
    """Some people want nothing, some more than a list holds."""
    wanted = rng.random((PEOPLE, PICTURES)) < rng.choice([0.03, 0.1, 0.5], (PEOPLE, 1))
    wanted[0] = False
    return wanted


def reactions(mask):
    people, items = np.nonzero(mask)
    return Reactions.of(people, items, shape=mask.shape)


def slow_list(scores, excluded, k):
    rows = [row for row in range(len(scores)) if not excluded[row]]
    return sorted(rows, key=lambda row: (-scores[row], row))[:k]


def test_lists_are_the_best_first_equal_scores_by_row_as_a_plain_sort_makes_them(rng, scores):
    excluded = rng.random(scores.shape) < 0.3

    lists = metrics.best_lists(scores, 15, excluded=excluded)

    assert lists.tolist() == [slow_list(scores[u], excluded[u], 15) for u in range(PEOPLE)]


def test_a_list_ends_where_nothing_may_be_listed_any_more():
    excluded = np.array([[True, False, True], [True, True, True]])

    lists = metrics.best_lists(np.zeros((2, 3), np.float32), 4, excluded=excluded)

    assert lists.tolist() == [[1, -1, -1, -1], [-1, -1, -1, -1]]


def test_nobody_has_no_lists():
    assert metrics.best_lists(np.zeros((0, 3), np.float32), 2).shape == (0, 2)


def test_ranks_are_the_places_of_what_is_wanted(scores, relevant):
    lists = metrics.best_lists(scores, 10)

    ranks = metrics.hit_ranks(lists, reactions(relevant))

    for person in range(PEOPLE):
        expected = [place for place, row in enumerate(lists[person], 1) if relevant[person, row]]
        assert ranks[person][np.isfinite(ranks[person])].tolist() == expected


def test_an_empty_place_is_never_a_hit_also_when_the_last_picture_is_wanted():
    wanted = Reactions.of([0, 1], [4, 4], shape=(2, 5))

    ranks = metrics.hit_ranks(np.array([[-1, 4], [-1, -1]]), wanted)

    assert ranks.tolist() == [[math.inf, 2.0], [math.inf, math.inf]]


def slow_figures(hits, wanted, k):
    """hits: whether each place of one list is one. From the definitions, a place at a time."""
    hits = hits[:k]
    gained = sum(1 / math.log2(rank + 1) for rank, hit in enumerate(hits, 1) if hit)
    ideal = sum(1 / math.log2(rank + 1) for rank in range(1, min(k, wanted) + 1))
    average = sum(sum(hits[:rank]) / rank for rank, hit in enumerate(hits, 1) if hit)
    first = next((rank for rank, hit in enumerate(hits, 1) if hit), None)
    return {
        "precision": sum(hits) / k,
        "recall": sum(hits) / wanted if wanted else 0,
        "truncated_recall": sum(hits) / min(k, wanted) if wanted else 0,
        "hit_rate": float(any(hits)),
        "ndcg": gained / ideal if wanted else 0,
        "average_precision": average / wanted if wanted else 0,
        "reciprocal_rank": 1 / first if first else 0,
    }


@pytest.mark.parametrize("k", [1, 5, 10])
def test_every_figure_of_a_list_is_as_its_definition_says(scores, relevant, k):
    lists, wanted = metrics.best_lists(scores, 10), relevant.sum(1)

    ranks = metrics.hit_ranks(lists, reactions(relevant))

    found = {
        "precision": metrics.precision(ranks, k),
        "recall": metrics.recall(ranks, wanted, k),
        "truncated_recall": metrics.truncated_recall(ranks, wanted, k),
        "hit_rate": metrics.hit_rate(ranks, k),
        "ndcg": metrics.ndcg(ranks, wanted, k),
        "average_precision": metrics.average_precision(ranks, wanted, k),
        "reciprocal_rank": metrics.reciprocal_rank(ranks, k),
    }
    for person in range(PEOPLE):
        expected = slow_figures(relevant[person, lists[person]].tolist(), int(wanted[person]), k)
        assert {name: values[person] for name, values in found.items()} == pytest.approx(expected, abs=1e-12)


THEIRS = """
import json, sys
from ranx import Qrels, Run, evaluate
asked = json.load(sys.stdin)
figures = evaluate(Qrels(asked["wanted"]), Run(asked["scores"]), asked["names"])
print(json.dumps({name: float(value) for name, value in figures.items()}))
"""


def test_figures_agree_with_ranx(scores, relevant):
    """It divides recall by |T|, too; it wants different scores, and people with anything wanted.

    In a process of its own: compiling its code takes longer than a minute, running it as it is written two seconds.
    """
    scores = scores - np.arange(PICTURES, dtype=np.float32) / 1000
    people = np.flatnonzero(relevant.any(1)).tolist()
    asked = {
        "wanted": {f"u{u}": {f"i{i}": 1 for i in np.flatnonzero(relevant[u])} for u in people},
        "scores": {f"u{u}": {f"i{i}": float(scores[u, i]) for i in range(PICTURES)} for u in people},
        "names": ["precision@10", "recall@10", "hit_rate@10", "ndcg@10", "map@10", "mrr@10"],
    }

    done = subprocess.run(
        [sys.executable, "-c", THEIRS],
        input=json.dumps(asked),
        env=os.environ | {"NUMBA_DISABLE_JIT": "1"},
        capture_output=True,
        text=True,
        check=True,
    )

    ranks = metrics.hit_ranks(metrics.best_lists(scores[people], 10), reactions(relevant[people]))
    wanted = relevant[people].sum(1)
    ours = [
        metrics.precision(ranks, 10),
        metrics.recall(ranks, wanted, 10),
        metrics.hit_rate(ranks, 10),
        metrics.ndcg(ranks, wanted, 10),
        metrics.average_precision(ranks, wanted, 10),
        metrics.reciprocal_rank(ranks, 10),
    ]
    theirs = json.loads(done.stdout)
    assert {name: values.mean() for name, values in zip(asked["names"], ours, strict=True)} == pytest.approx(theirs)


def test_ndcg_agrees_with_scikit_learn(scores, relevant):
    scores = scores - np.arange(PICTURES, dtype=np.float32) / 1000
    ranks = metrics.hit_ranks(metrics.best_lists(scores, 10), reactions(relevant))

    ours = metrics.ndcg(ranks, relevant.sum(1), 10)

    theirs = [ndcg_score(relevant[None, u], scores[None, u], k=10) for u in range(PEOPLE)]
    np.testing.assert_allclose(ours, theirs, atol=1e-7)


def test_auc_agrees_with_scikit_learn_over_the_candidates_ties_half(rng, scores, relevant):
    candidates = rng.random(scores.shape) < 0.7

    ours = metrics.auc(scores, relevant, candidates)

    for person in range(PEOPLE):
        labels = relevant[person, candidates[person]]
        if labels.any() and not labels.all():
            expected = roc_auc_score(labels, scores[person, candidates[person]])
            assert ours[person] == pytest.approx(expected, abs=1e-9)
        else:
            assert math.isnan(ours[person])


def test_rmse_agrees_with_scikit_learn_and_is_nothing_of_nothing(rng):
    ratings, predicted = rng.integers(1, 6, 50).astype(np.float32), rng.random(50, dtype=np.float32) * 5

    assert metrics.rmse(predicted, ratings) == pytest.approx(root_mean_squared_error(ratings, predicted), rel=1e-6)
    assert math.isnan(metrics.rmse(predicted[:0], ratings[:0]))


def test_a_tie_costs_half_a_rank(scores, relevant):
    """As the mean over all orders of what is equal: 1 + those above + half of the others that are equal."""
    candidates = np.ones(scores.shape, np.bool_)

    ranks = metrics.tied_ranks(scores, relevant, candidates)

    for person in range(PEOPLE):
        own = scores[person]
        expected = sorted(
            1 + (own > own[i]).sum() + ((own == own[i]).sum() - 1) / 2 for i in np.flatnonzero(relevant[person])
        )
        assert ranks[person][np.isfinite(ranks[person])].tolist() == expected


def test_of_a_hundred_equal_pictures_the_wanted_one_stands_in_the_middle():
    relevant = np.zeros((1, 100), np.bool_)
    relevant[0, 3] = True

    ranks = metrics.tied_ranks(np.zeros((1, 100), np.float32), relevant, np.ones((1, 100), np.bool_))

    assert ranks.tolist() == [[50.5]]


def test_coverage_counts_candidates_that_anybody_is_shown():
    shown = metrics.exposure(np.array([[0, 1], [1, -1]]), 5)

    candidates = np.array([True, True, True, True, False])
    assert shown.tolist() == [1, 2, 0, 0, 0]
    assert metrics.coverage(shown, candidates) == 0.5
    assert metrics.category_coverage(shown, candidates, np.array([0, 0, 1, -1, 2])) == 0.5
    assert metrics.coverage(shown, np.zeros(5, np.bool_)) == 0.0
    assert math.isnan(metrics.category_coverage(shown, candidates, np.full(5, -1)))


def test_gini_is_zero_for_equals_and_counts_what_nobody_sees():
    everything = np.ones(4, np.bool_)

    assert metrics.gini(np.array([3, 3, 3, 3]), everything) == 0.0
    # One of four has it all: (n − 1) / n.
    assert metrics.gini(np.array([0, 8, 0, 0]), everything) == pytest.approx(0.75)
    assert metrics.gini(np.array([0, 8, 0, 0]), np.array([False, True, False, False])) == 0.0
    assert metrics.gini(np.zeros(4, np.int64), everything) == 0.0


def test_gini_is_half_the_mean_difference_over_the_mean(rng):
    shown = rng.integers(0, 30, 50)

    expected = np.abs(shown[:, None] - shown).mean() / 2 / shown.mean()
    assert metrics.gini(shown, np.ones(50, np.bool_)) == pytest.approx(expected)


def test_novelty_is_the_bits_of_surprise():
    """Of three people all like picture 0 and nobody picture 1: −log₂(4/4) = 0 and −log₂(1/4) = 2."""
    novelty = metrics.novelty(np.array([[0, 1], [1, -1], [-1, -1]]), np.array([3, 0]), 3)

    np.testing.assert_array_equal(novelty, [1.0, 2.0, np.nan])


def test_distance_is_the_mean_over_all_pairs(rng):
    features = rng.standard_normal((PICTURES, 8)).astype(np.float32)
    features /= np.linalg.norm(features, axis=1, keepdims=True)
    features[7] = 0
    lists = np.array([rng.choice(PICTURES, 6, replace=False) for _ in range(600)])
    lists[0, 2:] = -1
    lists[1, 1:] = -1

    distance = metrics.distance(lists, features)

    for person, row in enumerate(lists):
        seen = [i for i in row if i >= 0 and i != 7]
        pairs = [1 - features[a] @ features[b] for at, a in enumerate(seen) for b in seen[:at]]
        assert distance[person] == pytest.approx(np.mean(pairs) if pairs else math.nan, abs=1e-5, nan_ok=True)


def test_calibration_is_steck_s_divergence():
    """History half and half, list all of one: .5·ln(.5/(.99·1 + .01·.5)) + .5·ln(.5/(.01·.5))."""
    history = Reactions.of([0, 0, 1], [0, 1, 2], shape=(2, 4))
    categories = np.array([0, 1, -1, 0])

    found = metrics.calibration(np.array([[3, -1], [3, 0]]), history, categories)

    expected = 0.5 * math.log(0.5 / 0.995) + 0.5 * math.log(0.5 / 0.005)
    np.testing.assert_allclose(found, [expected, np.nan])
    assert np.isnan(metrics.calibration(np.array([[3, -1], [3, 0]]), history, np.full(4, -1))).all()


def test_a_list_of_the_history_s_own_shares_is_calibrated():
    history = Reactions.of([0, 0, 0], [0, 1, 2], shape=(1, 6))

    found = metrics.calibration(np.array([[3, 4, 5]]), history, np.array([0, 0, 1, 0, 0, 1]))

    np.testing.assert_allclose(found, [0.0], atol=1e-12)
