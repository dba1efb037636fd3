"""Scoring by the formulas, once as they are written and once as they are computed; no network is trained here."""

from itertools import pairwise

import numpy as np
import pytest
from scipy.special import expit

from recommender.engine.algorithms.visual import (
    SHRINK,
    Dense,
    Embedded,
    Hybrid,
    VisualFactors,
    hybrid,
    looks_of,
    standard_looks,
    tastes,
    upper_layers,
)
from recommender.engine.arrays import unit
from recommender.engine.reactions import Reactions

PICTURES, WIDTH = 7, 3


@pytest.fixture
def rng():
    return np.random.default_rng(0)


@pytest.fixture
def looks(rng):
    return unit(rng.standard_normal((PICTURES, WIDTH)))


def people_who_like(*histories: list[int], pictures: int = PICTURES) -> Reactions:
    who = np.repeat(np.arange(len(histories)), [len(history) for history in histories])
    return Reactions.of(who, [one for history in histories for one in history], shape=(len(histories), pictures))


def random_hybrid(rng, looks, *, rescale=True) -> Hybrid:
    def normal(*shape):
        return rng.standard_normal(shape).astype(np.float32)

    return Hybrid(looks, normal(4, 3 * WIDTH), normal(4), normal(2, 4), normal(2), normal(2), 0.3, rescale)


def test_the_golden_network_and_score():
    h, half, tenth = np.array([1.0, 0, 1, 0, 1]), np.full((5, 5), 0.5), np.full(5, 0.1)
    first = h @ half.T + tenth

    term = upper_layers(first, half, tenth, np.full(5, 0.5), 0.1)
    score = hybrid(np.array(1 / 3), term, rescale=False)

    assert expit(first) == pytest.approx(np.full(5, 0.832018), abs=1e-6)
    assert expit(expit(first) @ half.T + tenth) == pytest.approx(np.full(5, 0.898443), abs=1e-6)
    assert term == pytest.approx(0.912624, abs=1e-6)
    assert score == pytest.approx(0.622979, abs=1e-6)


def test_serving_brings_the_cosine_to_the_range_of_the_network():
    term = np.array([0.25])

    assert hybrid(np.array([-1.0]), term, rescale=True) == pytest.approx(0.125)
    assert hybrid(np.array([1.0]), term, rescale=True) == pytest.approx(0.625)
    assert hybrid(np.array([-1.0]), term, rescale=False) == pytest.approx(-0.375)


@pytest.mark.parametrize("rescale", [True, False])
def test_the_hybrid_score_is_the_formula_pair_by_pair(rng, looks, rescale):
    model = random_hybrid(rng, looks, rescale=rescale)
    people = people_who_like([0, 4], [], [5])

    scores = model.score(people)

    for person in range(3):
        taste = looks[people.of_person(person)].sum(axis=0)
        taste = taste / np.linalg.norm(taste) if taste.any() else taste
        for picture, look in enumerate(looks):
            h = np.concatenate([look, taste, look * taste])
            term = expit(model.w @ expit(model.W2 @ expit(model.W1 @ h + model.b1) + model.b2) + model.b)
            near = (1 + look @ taste) / 2 if rescale else look @ taste
            assert scores[person, picture] == pytest.approx(near / 2 + term / 2, abs=1e-6)


def test_two_people_have_two_network_terms_for_one_picture(rng, looks):
    model = random_hybrid(rng, looks)

    terms = model.network(tastes(looks, people_who_like([1], [2])))

    assert abs(terms[0, 0] - terms[1, 0]) > 0.01


def test_a_stranger_gets_the_hybrid_score_of_a_known_person_with_the_same_history(rng, looks):
    model, people = random_hybrid(rng, looks), people_who_like([0, 4], [2])

    np.testing.assert_array_equal(model.score(people), model.score(people.strangers()))


def test_a_perceptron_sees_the_look_and_the_person_side_by_side(rng, looks):
    sizes = [WIDTH + 2, 5, 4, 1]
    layers = []
    for before, after in pairwise(sizes):
        layers += [rng.standard_normal((before, after)).astype(np.float32), rng.standard_normal(after)]
    learned = rng.standard_normal((2, 2)).astype(np.float32)
    model = dense(looks, tuple(layers), learned, "mlp")

    scores = model.score(people_who_like([0], [1]))

    for person in range(2):
        for picture, look in enumerate(looks):
            value = np.concatenate([look, learned[person]])
            for weights, bias in zip(layers[0:4:2], layers[1:4:2], strict=True):
                value = np.maximum(value @ weights + bias, 0)
            assert scores[person, picture] == pytest.approx(float((value @ layers[4] + layers[5])[0]), abs=1e-4)


@pytest.mark.parametrize(("variant", "score"), [("dot", 0.95), ("cosine", 0.746805)])
def test_the_golden_dot_product_and_cosine(variant, score):
    look, person = np.array([[1, 0.5, 0.7]], np.float32), np.array([[0.2, 0.8, 0.5]], np.float32)
    model = dense(look, (np.eye(3, dtype=np.float32),), person, variant)

    assert model.score(people_who_like([0], pictures=1)) == pytest.approx(np.array([[score]]), abs=1e-6)


def dense(looks, layers, learned, variant) -> Dense:
    folding = np.zeros((looks.shape[1] + 1, learned.shape[1]), np.float32)
    return Dense(looks, layers, learned, np.ones(len(learned), np.bool_), folding, variant)


def test_visual_factors_score_by_the_formula(rng):
    gamma, seen, beta, beta_visual = (rng.standard_normal(shape) for shape in ((5, 2), (5, 3), 5, 5))
    gamma_person, theta = rng.standard_normal((2, 2)), rng.standard_normal((2, 3))
    model = VisualFactors(
        pictures=np.hstack([gamma, seen]).astype(np.float32),
        bias=(beta + beta_visual).astype(np.float32),
        learned=np.hstack([gamma_person, theta]).astype(np.float32),
        trained=np.ones(2, np.bool_),
        folding=np.zeros((6, 5), np.float32),
        known=np.ones(5, np.bool_),
    )

    scores = model.score(people_who_like([0], [1], pictures=5))

    expected = [
        [beta[i] + gamma_person[u] @ gamma[i] + theta[u] @ seen[i] + beta_visual[i] for i in range(5)] for u in (0, 1)
    ]
    np.testing.assert_allclose(scores, expected, rtol=1e-5, atol=1e-6)


def test_strangers_get_the_vector_that_known_people_with_such_a_history_have(rng):
    pictures = unit(rng.standard_normal((40, 4)))
    people = people_who_like(*(rng.choice(40, 6, replace=False).tolist() for _ in range(3000)), pictures=40)
    means = np.stack([pictures[people.of_person(person)].sum(axis=0) / (6 + SHRINK) for person in range(3000)])
    true = rng.standard_normal((4, 2))
    embedded = Embedded.of((means @ true + [3.0, -1.0]).astype(np.float32), pictures, people)

    stranger = embedded.vectors(pictures, people.take([7]).strangers())
    nobody = embedded.vectors(pictures, people_who_like([], pictures=40).strangers())

    np.testing.assert_allclose(stranger, embedded.learned[[7]], atol=0.02)
    np.testing.assert_allclose(nobody, [[3.0, -1.0]], atol=0.02)


def test_known_people_keep_their_vector_and_those_never_learned_from_are_strangers():
    pictures, people = np.eye(4, dtype=np.float32), people_who_like([0, 1], [2], [], pictures=4)
    learned = np.array([[1, 2], [3, 4], [50, 60]], np.float32)
    embedded = Embedded.of(learned, pictures, people)
    now = people_who_like([3], [3], [3], pictures=4)

    vectors = embedded.vectors(pictures, now)

    np.testing.assert_array_equal(vectors[:2], learned[:2])
    np.testing.assert_array_equal(vectors[2:], embedded.vectors(pictures, now.take([2]).strangers()))
    assert np.abs(vectors[2]).max() < 10


def test_looks_are_centred_unit_rows_and_no_features_stay_none(rng):
    features = unit(rng.random((50, 8)) + 1)
    features[3] = 0

    looks = looks_of(features, learned_from=np.ones(50, np.bool_), width=4)

    assert (looks.shape, looks.dtype) == ((50, 4), np.float32)
    np.testing.assert_allclose(np.linalg.norm(np.delete(looks, 3, axis=0), axis=1), 1, rtol=1e-5)
    assert not looks[3].any()
    assert np.linalg.norm(looks.mean(axis=0)) < 0.2  # of the features themselves it is 0.98


def test_directions_are_learned_from_the_pictures_named_alone(rng):
    features = unit(rng.standard_normal((30, 8)))
    named = np.arange(30) < 20
    others = features.copy()
    others[25:] = unit(rng.standard_normal((5, 8)))

    looks = [looks_of(some, learned_from=named, width=3) for some in (features, others)]

    np.testing.assert_array_equal(looks[0][:25], looks[1][:25])


def test_looks_keep_the_directions_of_most_spread(rng):
    features = rng.standard_normal((200, 5)) * [0.1, 5, 0.1, 3, 0.1]
    looks = looks_of(features, learned_from=np.ones(200, np.bool_), width=2)

    plane = unit((features - features.mean(axis=0))[:, [1, 3]])

    np.testing.assert_allclose(looks @ looks.T, plane @ plane.T, atol=0.15)


def test_standard_looks_have_entries_of_mean_square_1_and_forget_the_scale_of_a_feature(rng):
    features, named = rng.standard_normal((40, 6)), np.ones(40, np.bool_)

    looks = standard_looks(features, learned_from=named, width=3)
    scaled = standard_looks(features * [1, 10, 100, 1, 1, 1] + 5, learned_from=named, width=3)

    assert np.mean(looks**2) == pytest.approx(1, rel=1e-4)
    np.testing.assert_allclose(looks, scaled, rtol=1e-3, atol=1e-4)


def test_standard_looks_survive_a_feature_that_never_changes(rng):
    features = rng.standard_normal((40, 6))
    features[:, 2] = 0.5

    assert np.isfinite(standard_looks(features, learned_from=np.ones(40, np.bool_), width=9)).all()


def test_features_of_nobody_are_no_looks():
    nothing = np.zeros((3, 5), np.float32)

    assert not looks_of(nothing, learned_from=np.ones(3, np.bool_), width=2).any()
    assert looks_of(nothing, learned_from=np.ones(3, np.bool_), width=2).shape == (3, 2)
