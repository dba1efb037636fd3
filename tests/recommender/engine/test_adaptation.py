import numpy as np
import pytest
from scipy.linalg import eigh

from recommender.engine import adaptation
from recommender.engine.arrays import unit
from recommender.engine.index import Projection

CLASSES, EACH, WIDTH = 6, 24, 40


def world(seed: int = 0, noise: float = 0.35) -> tuple[np.ndarray, np.ndarray]:
    """Classes that differ along axes of their own, under variation that all share."""
    rng = np.random.default_rng(seed)
    categories = np.repeat(np.arange(CLASSES), EACH)
    features = rng.normal(0, noise, (len(categories), WIDTH))
    features[:, :CLASSES] *= 0.3
    features[np.arange(len(categories)), categories] += 1.0
    return (features + 1.0).astype(np.float32), categories


def shrunk_within(features, categories, shrinkage):
    within = np.concatenate([features[categories == c] - features[categories == c].mean(0) for c in range(CLASSES)])
    covariance = within.T @ within / len(within)
    return (1 - shrinkage) * covariance + shrinkage * np.trace(covariance) / WIDTH * np.eye(WIDTH)


def obvious_precision(vectors, categories, k):
    shares = []
    for row in range(len(vectors)):
        others = [other for other in range(len(vectors)) if other != row]
        ranked = sorted(others, key=lambda other: (-float(vectors[row] @ vectors[other]), other))[:k]
        shares.append(np.mean([categories[other] == categories[row] for other in ranked]))
    return float(np.mean(shares))


def test_precision_is_that_of_the_obvious_loop():
    features, categories = world()
    vectors = unit(features - features.mean(axis=0))

    assert adaptation.precision(vectors, categories) == pytest.approx(obvious_precision(vectors, categories, 10))


def test_a_query_is_never_its_own_neighbour():
    vectors, categories = unit(np.eye(3)), np.array([0, 1, 2])

    assert adaptation.precision(vectors, categories) == 0.0


def test_the_discriminant_solves_the_generalised_eigenvalue_problem():
    features, categories = world()
    means = np.stack([features[categories == label].mean(axis=0) for label in range(CLASSES)])
    between = np.cov(means.T, bias=True)

    ours = adaptation.discriminant(features, categories, shrinkage=0.3)
    _, theirs = eigh(between, shrunk_within(features, categories, 0.3))

    theirs = theirs[:, ::-1][:, : CLASSES - 1].T
    assert ours.shape == theirs.shape
    assert np.allclose(np.abs(ours), np.abs(theirs), rtol=1e-3, atol=1e-4)


def test_directions_have_unit_variance_within_classes():
    features, categories = world()

    directions = adaptation.discriminant(features, categories, shrinkage=0.3)

    variance = directions @ shrunk_within(features, categories, 0.3) @ directions.T
    assert np.allclose(variance, np.eye(CLASSES - 1), atol=1e-5)


def test_few_and_many_pictures_give_the_same_directions_when_only_repeated():
    features, categories = world()
    few = adaptation.discriminant(features[::2], categories[::2], shrinkage=0.5)  # 72 rows of 40: tall
    repeated = adaptation.discriminant(np.tile(features[::2], (4, 1)), np.tile(categories[::2], 4), shrinkage=0.5)

    assert np.allclose(few, repeated, atol=1e-8)


def test_two_parts_of_the_lengths_that_the_share_says_make_one_unit_vector():
    features, categories = world()

    vectors = adaptation.fit(features, categories, share=0.5, shrinkage=0.5).apply(features)

    assert vectors.shape == (len(features), WIDTH + CLASSES - 1)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1.0, atol=1e-5)
    lengths = np.linalg.norm(vectors[:, WIDTH:], axis=1) / np.linalg.norm(vectors[:, :WIDTH], axis=1)
    assert np.allclose(lengths, 0.5, atol=1e-5)


def test_a_picture_without_features_has_no_vector():
    features, categories = world()
    adapted = adaptation.fit(features, categories, share=0.5, shrinkage=0.5)

    assert not adapted.apply(np.zeros((1, WIDTH))).any()


def test_components_shorten_the_plain_part_only():
    features, categories = world()
    components = np.eye(8, WIDTH, dtype=np.float32)

    adapted = adaptation.fit(features, categories, share=0.5, shrinkage=0.5, components=components)

    assert adapted.apply(features).shape[1] == adapted.width(WIDTH) == 8 + CLASSES - 1


def test_it_puts_more_of_the_own_class_near_on_pictures_it_has_not_learned_from():
    features, categories = world()
    learned = adaptation.half_of_each(categories, np.random.default_rng(1))
    choice = adaptation.choose(features[learned], categories[learned], rounds=2)
    adapted = adaptation.fit(features[learned], categories[learned], share=choice.share, shrinkage=choice.shrinkage)
    plain = adaptation.centred(features[learned])

    after, before = (
        adaptation.precision(one.apply(features[~learned]), categories[~learned]) for one in (adapted, plain)
    )

    assert after > before + 0.05


def test_a_choice_repeats_and_is_one_of_what_is_tried():
    features, categories = world()

    first, second = (adaptation.choose(features, categories, seed=3, rounds=2) for _ in range(2))

    assert first == second
    assert (first.share in adaptation.SHARES, first.shrinkage in adaptation.SHRINKAGES) == (True, True)


def test_copies_are_found_when_the_original_is_nearest():
    gallery = np.eye(4, dtype=np.float32)
    copies = gallery[[2, 0]] + np.float32(0.1)

    plain = Projection(mean=None, components=None)

    assert adaptation.copies_found(plain, gallery, copies, np.array([2, 0])) == 1.0
    assert adaptation.copies_found(plain, gallery, copies, np.array([2, 1])) == 0.5


def test_another_adaptation_has_another_name():
    features, categories = world()
    names = {
        adaptation.name_of(adaptation.fit(features, categories, share=share, shrinkage=shrinkage))
        for share, shrinkage in ((0.5, 0.5), (0.4, 0.5), (0.5, 0.3))
    }

    assert len(names) == 3
    assert {len(name) for name in names} == {8}


def test_too_few_classes_are_told_in_a_sentence():
    with pytest.raises(adaptation.TooFew, match="needs 4 categories of 10 pictures"):
        adaptation.learnable(np.repeat([0, 1, 2, -1], 20))


def test_small_classes_and_unsorted_pictures_are_left_out():
    categories = np.concatenate([np.repeat([5, 6, 7, 8], 10), np.repeat(9, 9), [-1]])

    assert adaptation.learnable(categories).sum() == 40


@pytest.mark.parametrize(("share", "shrinkage"), [(0.0, 0.5), (0.5, 0.0), (0.5, 1.5)])
def test_settings_out_of_range_are_refused(share, shrinkage):
    features, categories = world()

    with pytest.raises(ValueError, match="out of range"):
        adaptation.fit(features, categories, share=share, shrinkage=shrinkage)


def test_one_class_has_no_discriminant():
    with pytest.raises(ValueError, match="two classes"):
        adaptation.fit(np.ones((4, 3), np.float32), np.zeros(4, np.int64), share=0.5, shrinkage=0.5)


def test_of_too_few_classes_to_leave_any_out_the_smallest_share_is_taken():
    features, categories = world()
    few = categories < 3

    assert adaptation.choose(features[few], categories[few]).share == min(adaptation.SHARES)
