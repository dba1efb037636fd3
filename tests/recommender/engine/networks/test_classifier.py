from dataclasses import replace

import numpy as np
import pytest

from recommender.engine.model import Cancelled, Fit
from recommender.engine.networks import classifier
from recommender.engine.networks.classifier import Recipe, train_classifier
from recommender.engine.networks.labelled import Labelled

RECIPE = Recipe(filters=(4, 8), dense=8, dropout=(0.0, 0.1), epochs=4, batch=20, rate=0.02, shift=1)


@pytest.fixture(scope="module")
def bars() -> Labelled:
    """Bright bars, lying or standing, under noise: easy for a convolution."""
    rng = np.random.default_rng(0)
    pictures, labels = rng.uniform(0, 0.4, (160, 12, 12, 1)).astype(np.float32), np.arange(160) % 2
    for picture, label in zip(pictures, labels, strict=True):
        place = rng.integers(2, 10)
        picture[(place, slice(None)) if label else (slice(None), place)] += 0.6
    return Labelled(pictures[:120], labels[:120], pictures[120:], labels[120:], ("standing", "lying"))


@pytest.fixture(scope="module")
def trained(bars) -> classifier.Trained:
    return train_classifier(bars, RECIPE, Fit(seed=1))


def test_it_learns_what_can_be_told_apart(bars, trained):
    assert (trained.probabilities.argmax(axis=1) == bars.y_test).mean() >= 0.9


def test_what_it_gives_are_probabilities(bars, trained):
    assert trained.probabilities.shape == (40, 2)
    assert np.allclose(trained.probabilities.sum(axis=1), 1.0, atol=1e-5)


def test_every_epoch_is_told_and_the_lowest_validation_loss_is_chosen(trained):
    losses = [one["validation_loss"] for one in trained.epochs]

    assert set(trained.epochs[0]) == {"loss", "accuracy", "validation_loss", "validation_accuracy"}
    assert trained.best_epoch == int(np.argmin(losses)) + 1


def test_the_same_seed_gives_the_same_numbers(bars, trained):
    again = train_classifier(bars, RECIPE, Fit(seed=1))

    assert again.epochs == pytest.approx(trained.epochs)
    assert np.allclose(again.probabilities, trained.probabilities, atol=1e-6)


def test_one_that_was_stopped_goes_on_to_the_same_end(bars, trained, tmp_path):
    def stop(epoch, _values):
        if epoch == 2:
            raise Cancelled

    with pytest.raises(Cancelled):
        train_classifier(bars, RECIPE, Fit(seed=1, watch=stop, checkpoint=tmp_path))

    resumed = train_classifier(bars, RECIPE, Fit(seed=1, checkpoint=tmp_path))

    assert [one["loss"] for one in resumed.epochs] == pytest.approx([one["loss"] for one in trained.epochs], abs=1e-5)


def test_the_network_has_two_convolutions_and_stands_alone(bars, trained):
    names = [type(layer).__name__ for layer in trained.network.layers]
    logits = trained.network(bars.x_test, training=False).numpy()

    assert names.count("Conv2D") == names.count("MaxPooling2D") == names.count("Dense") == 2
    assert logits.argmax(axis=1).tolist() == trained.probabilities.argmax(axis=1).tolist()


def test_with_flips_a_picture_and_its_mirror_image_are_judged_alike(bars):
    mirrored = replace(bars, x_test=np.ascontiguousarray(bars.x_test[:, :, ::-1]))
    recipe = replace(RECIPE, flips=True, epochs=1)

    one, other = (train_classifier(data, recipe, Fit()).probabilities for data in (bars, mirrored))

    assert np.allclose(one, other, atol=1e-5)


def test_moving_keeps_shape_and_range_and_stays_within_the_shift():
    pictures = np.zeros((200, 9, 9, 1), np.float32)
    pictures[:, 4, 4] = 1.0

    moved = classifier.moved(pictures, np.random.default_rng(0), shift=2, flips=False)

    assert moved.shape == pictures.shape
    rows, columns = np.nonzero(moved[..., 0].sum(axis=0))
    assert (rows.min(), rows.max(), columns.min(), columns.max()) == (2, 6, 2, 6)
    assert moved.sum() == pytest.approx(200)


def test_nothing_moves_without_a_shift_and_half_are_mirrored_with_flips():
    pictures = np.zeros((400, 8, 8, 1), np.float32)
    pictures[:, :, 0] = 1.0

    still = classifier.moved(pictures, np.random.default_rng(0), shift=0, flips=False)
    flipped = classifier.moved(pictures, np.random.default_rng(0), shift=0, flips=True)

    assert np.array_equal(still, pictures)
    assert 150 < flipped[:, 0, -1, 0].sum() < 250


def test_confusion_counts_by_what_is_and_what_it_was_taken_for():
    counts = classifier.confusion(np.array([0, 1, 1, 0]), np.array([0, 0, 1, 2]), 3)

    precision, recall = classifier.of_each_class(counts)

    assert counts.tolist() == [[1, 1, 0], [0, 1, 0], [1, 0, 0]]
    assert precision.tolist() == [0.5, 0.5, 0.0]
    assert recall.tolist() == [0.5, 1.0, 0.0]


def test_cross_entropy_is_the_mean_of_minus_ln_p():
    probabilities = np.array([[0.5, 0.5], [0.25, 0.75]])

    assert classifier.cross_entropy(probabilities, np.array([0, 1])) == pytest.approx((np.log(2) - np.log(0.75)) / 2)
