"""Taught once, on a planted world; what is tested is what came of it."""

import subprocess
import sys

import numpy as np
import pytest

from recommender.engine.algorithms.gan import conditions
from recommender.engine.arrays import unit
from recommender.engine.model import Cancelled, Fit, TrainingSet
from recommender.engine.networks import gan, gan_judges, gan_looks
from recommender.engine.reactions import Reactions
from recommender.engine.simulation import taste

SETTINGS = {**gan.DEFAULTS, "epochs": 8, "prototypes": 8, "width": 24, "hidden": 64}
PEOPLE, PICTURES = 120, 240


def planted():
    """Pictures of eight kinds; the tenth that nobody could like yet is cold."""
    features, groups = taste.clustered(pictures=PICTURES, groups=8, width=32, seed=1)
    return taste.planted(features=features, groups=groups, people=PEOPLE, seed=1)


def split(world):
    """Learn from the first four fifths of everybody's likes; the rest are asked for."""
    newest = world.likes.back < np.ceil(0.2 * np.repeat(world.likes.counts, world.likes.counts))
    return world.likes.where(~newest), world.likes.where(newest)


def mean_gain(scores, learned, wanted):
    """nDCG without a cut, over the pictures that were not learned from."""
    gains = []
    for person in np.flatnonzero(wanted.counts):
        line = scores[person].astype(float)
        line[learned.of_person(person)] = -np.inf
        place = np.argsort(np.argsort(-line, kind="stable"))[wanted.of_person(person)]
        gains.append((1 / np.log2(place + 2)).sum() / (1 / np.log2(np.arange(len(place)) + 2)).sum())
    return np.mean(gains)


@pytest.fixture(scope="module")
def taught():
    world = planted()
    learned, wanted = split(world)
    told = []
    training = TrainingSet(likes=learned, features=world.features)
    model = gan.fit_gan(training, SETTINGS, Fit(watch=lambda epoch, values: told.append((epoch, dict(values)))))
    return model, learned, wanted, told


def test_it_beats_what_everybody_likes_and_chance(taught):
    model, learned, wanted, _ = taught
    popular = np.tile(np.bincount(learned.items, minlength=PICTURES), (PEOPLE, 1))
    chance = np.random.default_rng(0).random((PEOPLE, PICTURES))

    gain = mean_gain(model.score(learned), learned, wanted)

    assert gain > 1.2 * mean_gain(popular, learned, wanted)
    assert gain > 1.2 * mean_gain(chance, learned, wanted)


def test_strangers_are_served_as_well_as_those_it_learned_from(taught):
    model, learned, wanted, _ = taught

    known, stranger = (mean_gain(model.score(people), learned, wanted) for people in (learned, learned.strangers()))

    assert stranger > 0.9 * known


def test_the_discriminator_knows_held_out_likes_and_the_generator_has_more_than_one_answer(taught):
    model, _, _, told = taught

    assert model.auc > 0.7
    assert not model.is_collapsed
    assert 0 <= model.share <= 1
    assert model.temperature > 0
    assert [epoch for epoch, _ in told] == list(range(1, len(told) + 1))
    assert set(told[0][1]) == {"loss", "generator_loss", "auc", "collapse", "frechet", "quality"}
    assert max(values["quality"] for _, values in told) == pytest.approx(
        next(values["quality"] for _, values in told if values["auc"] == pytest.approx(model.auc)), abs=1e-6
    )


def test_samples_come_nearer_to_what_is_liked(taught):
    _, _, _, told = taught

    assert told[-1][1]["frechet"] < 0.7 * told[0][1]["frechet"]


def test_likes_held_out_are_the_last_tenth_of_those_who_have_a_few():
    likes = Reactions.of([0] * 11 + [1] * 4, [*range(11), *range(4)], times=range(15), shape=(2, 11))

    learned, held = gan_judges.held_out(likes)

    assert held.of_person(0).tolist() == [9, 10]
    assert learned.of_person(0).tolist() == list(range(9))
    assert learned.of_person(1).tolist() == list(range(4))


def test_a_taste_without_a_picture_is_that_of_somebody_who_never_met_it():
    rng = np.random.default_rng(0)
    looks = unit(rng.standard_normal((6, 4)))
    prototypes = looks[:2]
    likes = Reactions.of([0, 0, 0, 1], [1, 3, 5, 2], shape=(2, 6))
    sums = gan_looks.TasteSums.of(likes, looks, prototypes)

    without = sums.without(np.array([0, 1]), np.array([3, 2]))

    expected = gan_looks.TasteSums.of(Reactions.of([0, 0], [1, 5], shape=(2, 6)), looks, prototypes)
    np.testing.assert_allclose(without, conditions(expected.people, width=4), atol=1e-5)
    assert not without[1].any()


def test_ranks_are_among_what_was_not_reacted_to_half_a_rank_a_tie():
    scores = np.array([[0.9, 0.5, 0.5, 0.1, 0.7, 0.3]])
    history, held = Reactions.of([0], [0], shape=(1, 6)), Reactions.of([0, 0], [1, 3], times=[0, 1], shape=(1, 6))

    ranks = gan_judges._ranks(scores, history, held)

    # Pictures 2, 4 and 5 are left beside them: one above and one level with picture 1, all three above picture 3.
    assert ranks.tolist() == [2.5, 4.0]


def test_a_watch_that_cancels_ends_it():
    world = planted()

    def cancel(epoch, _values):
        raise Cancelled

    with pytest.raises(Cancelled):
        gan.fit_gan(TrainingSet(likes=world.likes, features=world.features), SETTINGS, Fit(watch=cancel))


@pytest.mark.parametrize("likes", [([], []), ([0], [0])])
def test_with_next_to_nothing_to_learn_from_there_is_still_a_model(likes):
    training = TrainingSet(likes=Reactions.of(*likes, shape=(2, 3)), features=np.eye(3, 4, dtype=np.float32))

    model = gan.fit_gan(training, {**SETTINGS, "epochs": 1}, Fit())

    assert np.isfinite(model.score(training.likes)).all()
    assert np.isnan(model.auc)


def test_importing_this_module_does_not_load_tensorflow():
    program = (
        "import sys, recommender.engine.networks.gan; print({'tensorflow', 'keras', 'sklearn'} & set(sys.modules))"
    )

    result = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert result.stdout == "set()\n"
