import numpy as np
import pytest
from scipy import linalg

from recommender.engine import frechet
from recommender.engine.arrays import unit


def by_definition(first, second):
    """The formula as it is written, with the library's root of a matrix that is not symmetric."""
    between = first.mean(axis=0) - second.mean(axis=0)
    one, two = np.cov(first.T), np.cov(second.T)
    return between @ between + np.trace(one + two - 2 * linalg.sqrtm(one @ two).real)


def test_the_distance_is_the_formula_with_scipys_root():
    rng = np.random.default_rng(0)
    first = rng.standard_normal((60, 7)) @ rng.standard_normal((7, 7))
    second = rng.standard_normal((45, 7)) @ rng.standard_normal((7, 7)) + 0.3

    assert frechet.frechet_distance(first, second) == pytest.approx(by_definition(first, second), rel=1e-9)


def test_in_one_dimension_it_is_the_squares_of_the_differences_of_mean_and_deviation():
    """Mean 0 and 5, deviation 1 and 3: 5² + (1 − 3)² = 29."""
    first, second = np.array([[-1.0], [1.0]]) / np.sqrt(2), 5 + 3 * np.array([[-1.0], [1.0]]) / np.sqrt(2)

    assert frechet.frechet_distance(first, second) == pytest.approx(29)


def test_a_sample_has_no_distance_from_itself_and_few_rows_are_no_trouble():
    few = np.random.default_rng(1).standard_normal((3, 10))

    assert frechet.frechet_distance(few, few) == pytest.approx(0, abs=1e-6)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (np.zeros((1, 3)), np.zeros((4, 3))),
        (np.zeros((4, 2)), np.zeros((4, 3))),
        (np.zeros(4), np.zeros((4, 3))),
        (np.full((4, 3), np.nan), np.zeros((4, 3))),
    ],
)
def test_what_cannot_be_compared_is_said(first, second):
    with pytest.raises(ValueError, match=r"cannot be compared|not finite"):
        frechet.frechet_distance(first, second)


@pytest.fixture
def looks():
    """400 unit rows around five centres in 80 dimensions."""
    rng = np.random.default_rng(2)
    centres = rng.standard_normal((5, 80))
    return unit(centres[rng.integers(5, size=600)] + 0.5 * rng.standard_normal((600, 80)))


def test_real_pictures_are_at_the_floor_and_noise_is_at_the_ceiling(looks):
    noise = frechet.random_looks(count=200, width=80)

    good = frechet.compare(generated=looks[200:400], real=looks[:200], noise=noise, others=looks[400:])
    bad = frechet.compare(generated=noise, real=looks[:200], noise=noise, others=looks[400:])

    assert (good.each, good.draws) == (100, 5)
    assert abs(good.place) < 0.1
    assert good.is_nearer_to_floor
    assert bad.place > 0.9
    assert not bad.is_nearer_to_floor


def test_one_sample_again_and_again_is_far_from_the_floor(looks):
    """Each looks real, all together do not."""
    collapsed = np.repeat(looks[:1], 200, axis=0)
    noise = frechet.random_looks(count=200, width=80)

    found = frechet.compare(generated=collapsed, real=looks[:200], noise=noise, others=looks[400:])

    assert found.place > 0.5


def test_the_same_seed_draws_the_same(looks):
    noise = frechet.random_looks(count=100, width=80)
    sides = {"generated": looks[:100], "real": looks[100:300], "noise": noise, "others": looks[300:]}

    assert frechet.compare(**sides, seed=3) == frechet.compare(**sides, seed=3)
    assert frechet.compare(**sides, seed=3) != frechet.compare(**sides, seed=4)


def test_too_few_of_anything_is_said(looks):
    with pytest.raises(ValueError, match="200 real pictures ask for 100 generated"):
        frechet.compare(generated=looks[:99], real=looks[:200], noise=looks, others=looks)
    with pytest.raises(ValueError, match="3 real pictures"):
        frechet.compare(generated=looks, real=looks[:3], noise=looks, others=looks)


def test_components_are_orthonormal_and_the_largest_variance_comes_first(looks):
    mean, components = frechet.principal(looks, width=10)

    spread = ((looks - mean) @ components.T).var(axis=0)
    np.testing.assert_allclose(components @ components.T, np.eye(10), atol=1e-5)
    assert (np.diff(spread) <= 1e-6).all()


def test_copies_of_training_pictures_are_counted_whatever_their_length(looks):
    samples = np.concatenate([3 * looks[:2], frechet.random_looks(count=2, width=80)])

    assert frechet.memorised(samples, looks) == 0.5
    assert frechet.memorised(samples[:0], looks) == 0
    assert frechet.memorised(samples, looks, above=1.1) == 0
