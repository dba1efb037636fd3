from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from scipy.special import expit

from recommender.engine.algorithms import gan
from recommender.engine.arrays import unit
from recommender.engine.reactions import Reactions

WIDTH, PROTOTYPES, UNITS, NOISE = 5, 3, 4, 2


def layers(rng, *sizes):
    pairs = pairwise(sizes)
    return tuple(part for pair in pairs for part in (rng.standard_normal(pair), rng.standard_normal(pair[1])))


def make_model(*, pictures=12, seed=0, **fields):
    """Random weights: what is tested is what is done with them. The last picture has no look."""
    rng = np.random.default_rng(seed)
    looks = unit(rng.standard_normal((pictures, WIDTH)))
    looks[-1] = 0
    given = WIDTH + PROTOTYPES
    model = gan.EmbeddingGan(
        looks=looks,
        prototypes=unit(rng.standard_normal((PROTOTYPES, WIDTH))),
        picture=layers(rng, WIDTH, 6, UNITS),
        person=layers(rng, given, 6, UNITS),
        head=layers(rng, UNITS, 1),
        generator=layers(rng, NOISE + given, 6, WIDTH),
        noise=NOISE,
        seed=seed,
        share=0.25,
        temperature=2.0,
        auc=0.8,
        collapse=0.3,
    )
    return replace(model, **fields)


@pytest.fixture
def people():
    """Three histories, the last one empty."""
    return Reactions.of([0, 0, 1, 1, 1], [1, 4, 0, 2, 7], times=range(5), shape=(3, 12))


def slow_dense(weights, vector):
    """One vector, unit by unit."""
    for number in range(0, len(weights), 2):
        vector = [
            sum(vector[i] * weights[number][i][j] for i in range(len(vector))) + weights[number + 1][j]
            for j in range(weights[number].shape[1])
        ]
        if number + 2 < len(weights):
            vector = [value if value > 0 else gan.LEAK * value for value in vector]
    return np.array(vector)


def slow_score(model, history, known):
    """The formula for one person, picture by picture."""
    taste, shares = np.zeros(WIDTH), np.zeros(PROTOTYPES)
    for picture in history:
        taste += model.looks[picture]
        closeness = np.exp(gan.SHARPNESS * np.array([p @ model.looks[picture] for p in model.prototypes]))
        shares += closeness / closeness.sum()
    e = np.concatenate([part / (np.linalg.norm(part) or 1) for part in (taste, shares)])
    rng = np.random.default_rng([model.seed, known + 1])
    drawn = []
    for z in rng.standard_normal((gan.SAMPLES, NOISE)):
        sample = slow_dense(model.generator, np.concatenate([z, e]))
        drawn.append(sample / np.linalg.norm(sample))
    scores = []
    for f in model.looks:
        phi = slow_dense(model.picture, f)
        logit = phi @ slow_dense(model.person, e) + slow_dense(model.head, phi)[0]
        nearest = max(f @ sample for sample in drawn)
        score = model.share * expit(logit / model.temperature) + (1 - model.share) * (1 + nearest) / 2
        scores.append(score if f.any() else 0)
    return np.array(scores)


def test_the_seed_formula_has_its_golden_value():
    """1 / (1 + e^−0.9)"""
    assert float(gan.seed_score(0.9)) == pytest.approx(0.710950, abs=5e-7)
    assert float(gan.seed_score(0.9, alpha=0)) == 0.5
    assert gan.seed_score(np.array([0.0, 1.0])) == pytest.approx([0.5, 0.731059], abs=1e-6)


@pytest.mark.parametrize("share", [0.0, 0.25, 1.0])
def test_the_score_is_the_formula_picture_by_picture(people, share):
    model = make_model(share=share)

    scores = model.score(people)

    slow = [slow_score(model, people.of_person(person), person) for person in range(3)]
    np.testing.assert_allclose(scores, slow, atol=1e-5)


def test_scores_do_not_depend_on_the_size_of_a_block(people, monkeypatch):
    model = make_model()
    whole = model.score(people)

    monkeypatch.setattr(gan, "_BLOCK", 5)

    np.testing.assert_allclose(model.score(people), whole, atol=1e-6)


def test_the_discriminator_gives_probabilities_that_agree_with_its_logits(people):
    model = make_model()

    probabilities = model.probabilities(people)

    assert ((probabilities > 0) & (probabilities < 1)).all()
    np.testing.assert_allclose(probabilities, expit(model.logits(people)), rtol=1e-6)


def test_samples_are_unit_vectors_the_same_every_time_and_differ_between_people(people):
    model = make_model()

    samples = model.samples(people)

    assert samples.shape == (3, gan.SAMPLES, WIDTH)
    np.testing.assert_allclose(np.linalg.norm(samples, axis=2), 1, rtol=1e-5)
    np.testing.assert_array_equal(samples, model.samples(people))
    np.testing.assert_allclose(samples[[1]], model.samples(people.take([1])), rtol=1e-5)
    assert not np.allclose(samples[0], samples[1])
    assert not np.allclose(samples, replace(model, seed=1).samples(people))


def test_strangers_with_the_same_likes_are_drawn_the_same(people):
    samples = make_model().samples(people.take([0, 1, 0]).strangers())

    np.testing.assert_array_equal(samples[0], samples[2])


def test_a_taste_is_read_off_the_likes_whatever_their_order_and_nothing_gives_no_taste(people):
    model = make_model()
    turned = Reactions.of([0, 0], [4, 1], times=[0, 1], shape=(1, 12))

    tastes = model.tastes(people)

    np.testing.assert_allclose(model.tastes(turned)[0], tastes[0], atol=1e-6)
    np.testing.assert_allclose(np.linalg.norm(tastes[:2, :WIDTH], axis=1), 1, rtol=1e-5)
    np.testing.assert_allclose(np.linalg.norm(tastes[:2, WIDTH:], axis=1), 1, rtol=1e-5)
    assert not tastes[2].any()


def test_a_picture_without_a_look_is_not_known_and_comes_last(people):
    model = make_model()

    assert not model.knows[-1]
    assert model.knows[:-1].all()
    assert (model.score(people)[:, -1] == 0).all()
    assert (model.score(people)[:, :-1] > 0).all()


def test_a_like_of_a_picture_without_a_look_changes_nothing():
    blank = Reactions.of([0, 1, 1], [3, 3, 11], shape=(2, 12)).strangers()

    scores = make_model().score(blank)

    np.testing.assert_allclose(scores[0], scores[1], atol=1e-6)


def test_a_generator_with_one_answer_is_called_collapsed():
    assert make_model(collapse=0.96).is_collapsed
    assert not make_model(collapse=0.95).is_collapsed
