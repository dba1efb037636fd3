"""Tiny fits of the networks that see pictures, on a planted world; and what they are taught with."""

import shutil
from collections import Counter
from dataclasses import replace

import numpy as np
import pytest
from scipy.special import expit

from recommender.engine.algorithms.visual import (
    Dense,
    Embedded,
    Hybrid,
    VisualFactors,
    looks_of,
    standard_looks,
    tastes,
)
from recommender.engine.model import Cancelled, Fit, TrainingSet
from recommender.engine.networks.training import start_tensorflow
from recommender.engine.networks.visual_layers import DenseLayers, FactorLayers, HybridLayers
from recommender.engine.networks.visual_pairs import PairLearner, Pairs
from recommender.engine.reactions import Reactions
from recommender.engine.registry import ALGORITHMS
from recommender.engine.simulation.taste import Planting, clustered, planted

COLD = np.arange(160) % 8 == 0
QUICK = {"epochs": 12, "batch": 256, "width": 16, "rate": 0.02}
CASES = {
    "cnn_hybrid": QUICK,
    "cnn_dense": QUICK,
    "cnn_dense dot": QUICK | {"variant": "dot"},
    "cnn_dense cosine": QUICK | {"variant": "cosine"},
    "vbpr": QUICK | {"size": 8, "visual_size": 8},
}


@pytest.fixture(scope="module")
def world():
    features, groups = clustered(pictures=160, groups=4, width=24, seed=0, spread=0.7)
    return planted(features=features, groups=groups, people=80, seed=0, planting=Planting(most_tastes=1))


@pytest.fixture(scope="module")
def training(world):
    return TrainingSet(likes=world.likes.where(~COLD[world.likes.items]), features=world.features)


def fitted(case: str, training: TrainingSet, fit: Fit, **changes):
    algorithm = ALGORITHMS[case.partition(" ")[0]]
    return algorithm.fit(training, algorithm.settings(CASES[case] | changes), fit)


class Told(list):
    """A watch that keeps what it hears, and cancels after an epoch if one says so."""

    def __init__(self, cancel_after=None):
        self.cancel_after = cancel_after

    def __call__(self, number, values):
        self.append(dict(values))
        if number == self.cancel_after:
            raise Cancelled


@pytest.mark.parametrize("case", CASES)
def test_pictures_that_nobody_has_met_are_ranked_by_taste(case, world, training):
    told = Told()

    model = fitted(case, training, Fit(watch=told))

    loved = world.chances[:, COLD] > 0.2
    indifferent = world.chances[:, COLD] < 0.05
    for people in (training.likes, training.likes.strangers()):
        scores = model.score(people)[:, COLD]
        ahead = [
            (one[yes][:, None] > one[no]).mean()
            for one, yes, no in zip(scores, loved, indifferent, strict=True)
            if yes.any()
        ]
        assert np.mean(ahead) > 0.8
    assert model.knows.all()
    assert told[-1].keys() == {"loss", "validation_loss", "validation_auc"}
    assert min(values["loss"] for values in told) < told[0]["loss"]


def test_a_fit_that_was_stopped_goes_on_and_gives_the_model_of_one_that_was_not(tmp_path, training):
    told = Told()
    whole = fitted("vbpr", training, Fit(seed=3), epochs=4)

    with pytest.raises(Cancelled):
        fitted("vbpr", training, Fit(seed=3, watch=Told(cancel_after=2), checkpoint=tmp_path), epochs=4)
    resumed = fitted("vbpr", training, Fit(seed=3, watch=told, checkpoint=tmp_path), epochs=4)

    assert len(told) == 4
    np.testing.assert_allclose(resumed.score(training.likes), whole.score(training.likes), rtol=1e-4, atol=1e-5)


@pytest.fixture(scope="module")
def interrupted(tmp_path_factory, training):
    """The folder of a fit that was stopped after its first epoch."""
    folder = tmp_path_factory.mktemp("interrupted")
    with pytest.raises(Cancelled):
        fitted("vbpr", training, Fit(watch=Told(cancel_after=1), checkpoint=folder))
    return folder


@pytest.mark.parametrize("change", ["settings", "seed", "likes", "features"])
def test_a_checkpoint_of_other_data_settings_or_seed_is_not_gone_on_from(
    interrupted, tmp_path, training, caplog, change
):
    shutil.copytree(interrupted, tmp_path, dirs_exist_ok=True)
    likes = training.likes
    changed = {
        "likes": replace(training, likes=likes.where(np.arange(likes.items.size) > 0)),
        "features": replace(training, features=-training.features),
    }.get(change, training)
    settings = {"decay": 0.5} if change == "settings" else {}
    fit = Fit(seed=int(change == "seed"), watch=Told(cancel_after=1), checkpoint=tmp_path)

    with pytest.raises(Cancelled):
        fitted("vbpr", changed, fit, **settings)

    assert "another fit" in caplog.text


def test_a_variant_that_does_not_exist_is_refused_by_its_name(training):
    with pytest.raises(ValueError, match="not perceptron"):
        fitted("cnn_dense", training, Fit(), variant="perceptron")


def test_without_features_the_message_says_so(training):
    with pytest.raises(ValueError, match="need features"):
        fitted("vbpr", replace(training, features=None), Fit())


def test_without_a_validation_part_all_epochs_are_done(training):
    told = Told()

    fitted("cnn_dense dot", training, Fit(watch=told), validation=0.0, epochs=2)

    assert [values.keys() for values in told] == [{"loss"}, {"loss"}]


# --- The network that learns computes what the model scores.


@pytest.fixture(scope="module")
def tf():
    return start_tensorflow(seed=0, threads=1)


def scored_by_network(tf, network, likes) -> np.ndarray:
    people = tf.range(len(likes))
    pictures = tf.tile(tf.range(likes.pictures)[None], [len(likes), 1])
    return network.logits(people, pictures, False).numpy()


def test_the_hybrid_network_that_learns_is_the_one_that_scores(tf, training):
    looks = looks_of(training.features, learned_from=~COLD, width=16)
    network = HybridLayers(tf, looks, training.likes, {"hidden": (6, 4), "decay": 0.0})
    model = Hybrid(looks=looks, rescale=True, **network.arrays())

    terms = model.network(tastes(looks, training.likes))

    np.testing.assert_allclose(terms, expit(scored_by_network(tf, network, training.likes)), atol=1e-5)
    assert terms.std(axis=0).max() > 0.01


@pytest.mark.parametrize("variant", ["mlp", "dot", "cosine"])
def test_the_dense_network_that_learns_is_the_one_that_scores(tf, training, variant):
    looks = looks_of(training.features, learned_from=~COLD, width=16)
    settings = {"variant": variant, "size": 5, "hidden": (6, 4), "decay": 0.0}
    network = DenseLayers(tf, looks, len(training.likes), settings)
    arrays = network.arrays()
    people = Embedded.of(arrays["learned"], looks, training.likes)
    model = Dense(looks, arrays["layers"], people.learned, people.trained, people.folding, variant)

    scores = model.score(training.likes)

    steepness = 5.0 if variant == "cosine" else 1.0
    np.testing.assert_allclose(steepness * scores, scored_by_network(tf, network, training.likes), atol=1e-4)


def test_the_factors_that_learn_are_those_that_score_and_cold_pictures_have_none(tf, training):
    looks = standard_looks(training.features, learned_from=~COLD, width=16)
    settings = {"size": 4, "visual_size": 3, "decay": 0.0, "visual_decay": 0.0}
    network = FactorLayers(tf, looks, len(training.likes), settings)
    arrays = network.arrays(~COLD)
    people = Embedded.of(arrays["learned"], arrays["pictures"], training.likes)
    model = VisualFactors(
        arrays["pictures"], arrays["bias"], people.learned, people.trained, people.folding, np.ones(160, np.bool_)
    )

    scores = model.score(training.likes)

    expected = scored_by_network(tf, network, training.likes)
    np.testing.assert_allclose(scores[:, ~COLD], expected[:, ~COLD], rtol=1e-4, atol=1e-4)
    assert not model.pictures[COLD, :4].any()
    assert model.pictures[COLD, 4:].any()


# --- What it is taught with.


class Offset:
    """Gives every liked picture, the first of its row, the same lead."""

    def __init__(self, tf, lead):
        import keras

        self._tf, self.variables = tf, [keras.Variable(np.float32(lead))]

    def logits(self, people, pictures, learning):
        first = self._tf.one_hot(0, self._tf.shape(pictures)[1])
        return self.variables[0].value * first + self._tf.zeros_like(pictures, self._tf.float32)

    def penalty(self, people, pictures):
        return 0.0


@pytest.mark.parametrize(
    ("loss", "expected"),
    [
        ("pairwise", np.log(1 + np.exp(-2.0))),  # -ln σ(2)
        ("pointwise", (np.log(1 + np.exp(-2.0)) + 3 * np.log(2.0)) / 4),
    ],
)
def test_losses_are_those_of_the_papers(tf, loss, expected):
    likes = Reactions.of([0, 1], [0, 1], shape=(2, 5))
    pairs = Pairs(likes, likes, np.arange(5), np.arange(5), np.array([0, 6]))
    learner = PairLearner(tf, Offset(tf, 2.0), pairs, {"negatives": 3, "batch": 8, "rate": 1e-3}, seed=0, loss=loss)

    values = learner.epoch(1)

    assert values["loss"] == pytest.approx(expected, rel=1e-5)
    assert values["validation_auc"] == 1


def pairs_of(likes: Reactions, *, share=0.0, by="pictures", usable=None) -> Pairs:
    usable = np.ones(likes.pictures, np.bool_) if usable is None else usable
    return Pairs.of(likes, usable=usable, share=share, by=by, seed=0)


def test_negatives_are_liked_candidates_that_the_person_left_alone_all_equally_often():
    likes = Reactions.of([0, 0, 1, 1, 2], [0, 1, 2, 3, 4], shape=(3, 6))

    people, pictures = pairs_of(likes).epoch(np.random.default_rng(0), 3000)

    drawn = {int(person): Counter(row[1:].tolist()) for person, row in zip(people, pictures, strict=True)}
    assert drawn[0].keys() == {2, 3, 4}  # nobody likes picture 5
    assert drawn[2].keys() == {0, 1, 2, 3}
    assert min(drawn[0].values()) > 900


def test_an_epoch_holds_every_like_once_and_negatives_are_drawn_anew():
    likes = Reactions.of([0, 0, 1, 1, 2], [0, 1, 2, 3, 4], shape=(3, 6))
    pairs = pairs_of(likes)

    epochs = [pairs.epoch(np.random.default_rng(number), 4) for number in (1, 2)]

    for people, pictures in epochs:
        seen = zip(people.tolist(), pictures[:, 0].tolist(), strict=True)
        assert sorted(seen) == [(0, 0), (0, 1), (1, 2), (1, 3), (2, 4)]
    assert not np.array_equal(np.sort(epochs[0][1][:, 1:], axis=None), np.sort(epochs[1][1][:, 1:], axis=None))


def test_the_one_picture_that_somebody_left_alone_is_found_among_many():
    everything_but_one = [picture for picture in range(400) if picture != 123]
    likes = Reactions.of([0] * 399 + [1], [*everything_but_one, 123], shape=(2, 400))

    people, pictures = pairs_of(likes).epoch(np.random.default_rng(0), 2)

    assert set(pictures[people == 0, 1:].ravel().tolist()) == {123}


def test_somebody_who_likes_every_candidate_takes_no_part():
    likes = Reactions.of([0, 0, 1], [0, 1, 0], shape=(2, 3))

    people, _ = pairs_of(likes).epoch(np.random.default_rng(0), 2)

    assert people.tolist() == [1]


def test_pictures_kept_aside_are_met_in_validation_alone(world):
    pairs = pairs_of(world.likes, share=0.25)
    rng = np.random.default_rng(0)

    learning, judging = (set(np.unique(pictures)) for _, pictures in (pairs.epoch(rng, 4), pairs.validation(rng, 4)))

    assert not learning & judging
    assert len(judging) == pytest.approx(0.25 * 160, abs=2)


def test_single_likes_kept_aside_leave_everybody_their_first(world):
    pairs = pairs_of(world.likes, share=0.5, by="reactions")

    assert (pairs.learning.counts[world.likes.counts > 0] >= 1).all()
    assert pairs.judging.items.size == pytest.approx(0.5 * world.likes.items.size, rel=0.1)
    assert pairs.learning.items.size + pairs.judging.items.size == world.likes.items.size


def test_pictures_without_a_look_are_left_out():
    likes = Reactions.of([0, 0, 1], [0, 1, 2], shape=(2, 3))

    _, pictures = pairs_of(likes, usable=np.array([True, False, True])).epoch(np.random.default_rng(0), 5)

    assert set(pictures.ravel().tolist()) == {0, 2}
