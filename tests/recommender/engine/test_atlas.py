import numpy as np
import pytest
from sklearn.manifold import trustworthiness

from recommender.engine import atlas
from recommender.engine.arrays import unit


def planted(groups: int, each: int, *, width: int = 32, seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    """Unit vectors around so many directions, and the group of each."""
    rng = np.random.default_rng(seed)
    labels = np.repeat(np.arange(groups), each)
    return unit(rng.normal(size=(groups, width))[labels] + rng.normal(0, 0.25, (groups * each, width))), labels


def nearest_share(places: np.ndarray, labels: np.ndarray) -> float:
    """How often the nearest on the plane is of the same group."""
    distances = ((places[:, None] - places[None]) ** 2).sum(axis=2)
    np.fill_diagonal(distances, np.inf)
    return float((labels[distances.argmin(axis=1)] == labels).mean())


def test_what_looks_alike_lies_near():
    vectors, labels = planted(6, 25)

    places = atlas.laid_out(vectors)

    assert places.shape == (150, 2)
    assert (places >= 0).all()
    assert (places <= 1).all()
    assert nearest_share(places, labels) >= 0.95
    assert trustworthiness(vectors, places, n_neighbors=10) >= 0.9


def test_the_same_pictures_are_laid_out_alike():
    vectors, _ = planted(3, 12)

    assert np.array_equal(atlas.laid_out(vectors, seed=3), atlas.laid_out(vectors, seed=3))


def test_new_pictures_leave_the_old_ones_where_they_were():
    vectors, labels = planted(5, 24)
    old = np.arange(len(vectors)) % 8 > 0
    first = atlas.laid_out(vectors[old])
    before = np.full((len(vectors), 2), np.nan, np.float32)
    before[old] = first

    second = atlas.laid_out(vectors, before=before)

    moved = _middles(first, labels[old]) - _middles(second, labels)
    assert np.linalg.norm(moved, axis=1).max() < 0.25
    assert nearest_share(second, labels) >= 0.95


def _middles(places: np.ndarray, labels: np.ndarray) -> np.ndarray:
    return np.array([places[labels == group].mean(axis=0) for group in np.unique(labels)])


def test_beyond_the_limit_a_picture_lies_among_its_neighbours(monkeypatch):
    monkeypatch.setattr(atlas, "MOST_UNFOLDED", 90)
    vectors, labels = planted(6, 25)

    places = atlas.laid_out(vectors)

    assert np.isfinite(places).all()
    assert nearest_share(places, labels) >= 0.9


@pytest.mark.parametrize("count", [0, 1, 2, 7])
def test_a_few_pictures_have_places_of_their_own(count):
    vectors = unit(np.eye(8, dtype=np.float32)[:count])

    places = atlas.laid_out(vectors)

    assert places.shape == (count, 2)
    assert len({tuple(place) for place in places.tolist()}) == count


def test_identical_pictures_are_no_trouble():
    places = atlas.laid_out(np.tile(unit(np.ones((1, 8))), (12, 1)))

    assert np.isfinite(places).all()


def test_areas_are_numbered_from_the_fullest():
    places = np.concatenate([np.full((30, 2), 0.1), np.full((12, 2), 0.9), np.full((6, 2), [0.1, 0.9])])
    places += np.random.default_rng(0).normal(0, 0.01, places.shape)

    numbers = atlas.areas(places.astype(np.float32))

    counts = np.bincount(numbers)
    assert (np.diff(counts) <= 0).all()
    assert len(np.unique(numbers[:30]).tolist() + np.unique(numbers[30:42]).tolist()) == len(np.unique(numbers[:42]))
