import numpy as np
import pytest

from recommender.engine.networks import head
from recommender.engine.networks.labelled import Unusable


def world(classes: int = 3, each: int = 40, noise: float = 0.25) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(0)
    labels = np.repeat(np.arange(classes), each)
    features = 1 + rng.normal(0, noise, (len(labels), 12))
    features[np.arange(len(labels)), labels] += 1.0
    return features.astype(np.float32), labels


@pytest.mark.parametrize("classes", [2, 3])
def test_it_learns_classes_and_measures_on_what_it_has_not_learned_from(classes):
    features, labels = world(classes)

    learned, measured = head.learn(features, labels)

    assert measured.pictures == 8 * classes
    assert measured.accuracy > 0.85
    assert measured.baseline == pytest.approx(1 / classes)
    assert measured.confusion.sum() == measured.pictures
    assert learned.probabilities(features).shape == (len(labels), classes)
    assert np.allclose(learned.probabilities(features).sum(axis=1), 1, atol=1e-5)


def test_the_same_seed_gives_the_same_head():
    features, labels = world()

    one, other = (head.learn(features, labels, seed=5)[0] for _ in range(2))

    assert np.array_equal(one.weights, other.weights)
    assert one.temperature == other.temperature


def test_confidence_is_what_comes_true_when_classes_overlap():
    features, labels = world(each=1000, noise=0.8)

    _, measured = head.learn(features, labels)

    assert 0.4 < measured.accuracy < 0.8
    assert measured.calibration_error < 0.1


def test_calibration_error_is_the_mean_distance_over_bins():
    confidence = np.linspace(0.5, 0.5, 20)

    assert head.calibration_error(confidence, np.arange(20) < 10) == pytest.approx(0.5)  # ten bins, all right or wrong
    assert head.calibration_error(confidence, np.arange(20) % 2 == 0) == pytest.approx(0.0)


def test_a_temperature_above_one_takes_confidence_away_and_changes_no_decision():
    features, _ = world()
    sure = head.Head(np.zeros(12, np.float32), np.eye(12, 3, dtype=np.float32) * 20, np.zeros(3, np.float32), 1.0)
    calm = head.Head(sure.mean, sure.weights, sure.bias, 4.0)

    before, after = sure.probabilities(features), calm.probabilities(features)

    assert (before.argmax(axis=1) == after.argmax(axis=1)).all()
    assert (after.max(axis=1) <= before.max(axis=1) + 1e-6).all()


def test_two_categories_of_ten_are_needed():
    assert head.learnable(np.repeat([4, 9, 2, -1], [10, 11, 9, 50])).sum() == 21
    with pytest.raises(Unusable, match="two of them with 10 pictures each; there is 1"):
        head.learnable(np.repeat([4, 2], [10, 9]))
    with pytest.raises(Unusable, match="there are 0"):
        head.learnable(np.full(30, -1))
