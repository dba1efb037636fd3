import numpy as np
import pytest

from recommender.engine import content
from recommender.engine.arrays import unit
from recommender.engine.config import DEFAULT
from recommender.engine.content import Looks
from recommender.engine.index import Moments
from recommender.engine.taste import Tastes, distances, tastes

MOMENTS = Moments(mean=0.2, std=0.1)


def looks(count: int, seed: int) -> Looks:
    rng = np.random.default_rng(seed)
    return Looks(unit(rng.random((count, 12)) - 0.3), rng.integers(-1, 3, count))


def test_similarity_counts_standard_deviations_above_two_random_pictures():
    cards = Looks(np.array([[1, 0], [0.6, 0.8], [0, 0]], np.float32), np.array([1, -1, -1]))
    liked = Looks(np.array([[1, 0], [0, 0]], np.float32), np.array([1, -1]))

    similar = content.similarity(cards, liked, MOMENTS)

    assert similar[0, 0] == pytest.approx(8 + DEFAULT.category_affinity, abs=1e-5)
    assert similar[1, 0] == pytest.approx(4, abs=1e-5)
    assert similar[2].tolist() == [0, 0], "a picture nobody has looked at is as like as any"
    assert similar[:, 1].tolist() == [0, 0, 0], "no category is not a category"


def test_similarity_to_tastes_is_the_mean_over_their_likes():
    cards, liked = looks(20, 0), looks(9, 1)
    liked.vectors[4] = 0
    cards.vectors[3] = 0
    found = tastes(distances(liked.vectors), np.linspace(0.2, 1, 9), MOMENTS)

    slow = content.similarity(cards, liked, MOMENTS) @ found.mix.T.astype(float)

    assert np.allclose(content.taste_similarity(cards, liked, found, MOMENTS), slow, atol=1e-4)


def test_likeness_rises_everywhere_and_is_nothing_for_random_pictures():
    values = content.likeness(np.linspace(-5, 12, 200))

    assert (np.diff(values) > 0).all()
    assert content.likeness(np.zeros(1))[0] < 0.05
    assert content.likeness(np.full(1, DEFAULT.look_from + DEFAULT.look_span))[0] == pytest.approx(1, abs=0.01)


def test_the_loudest_taste_decides_and_a_stronger_taste_is_louder():
    similar = np.array([[5.0, 0.0], [0.0, 5.0]])
    two, none = np.arange(2), np.arange(0)

    attracted = content.attraction(similar, Tastes(np.eye(2, dtype=np.float32), np.array([0.5, 0.9]), np.ones(2), two))

    assert attracted[1] > attracted[0] > 0
    nothing = Tastes(np.zeros((0, 0), np.float32), np.zeros(0), np.zeros(0), none)
    assert content.attraction(np.zeros((3, 0)), nothing).tolist() == [0, 0, 0]


def test_the_nearest_recent_dismissal_repels():
    similar = np.array([[5.0, 5.0], [0.0, 5.0], [0.0, 0.0]])

    repelled = content.aversion(similar, np.array([1.0, 0.5]))

    assert repelled[0] == pytest.approx(2 * repelled[1])
    assert repelled[2] < 0.05
    assert content.aversion(np.zeros((2, 0)), np.zeros(0)).tolist() == [0, 0]


@pytest.mark.parametrize("width", [256, 1280])
def test_one_scale_fits_raw_and_projected_vectors(width):
    """A family member earns about as much in either space, a stranger next to nothing."""
    from recommender.engine.index import background_moments

    from .worlds import easy_looks, hard_looks

    families = np.repeat(np.arange(20), 30)
    vectors = (easy_looks if width == 256 else hard_looks)(np.random.default_rng(0), families)
    all_looks = Looks(vectors, np.full(600, -1))
    standard = content.similarity(all_looks, Looks(vectors[::30], np.full(20, -1)), background_moments(vectors))
    strangers = content.likeness(standard[families[:, None] != np.arange(20)])

    assert strangers.mean() < 0.1
