import numpy as np
import pytest
from PIL import ImageOps

from recommender.engine.config import DEFAULT
from recommender.engine.match import is_copy

from .pictures import cropped, features, load, saved

NOTHING = np.empty(0, np.float32)


def test_a_match_has_come_halfway_from_what_is_typical():
    background = np.random.default_rng(0).normal(0.3, 0.05, 1000).astype(np.float32)

    assert is_copy(0.7, background)
    assert not is_copy(0.6, background)


def test_what_is_typical_belongs_to_the_photo():
    background = np.random.default_rng(0).normal(0.6, 0.05, 1000).astype(np.float32)

    assert not is_copy(0.7, background)
    assert is_copy(0.85, background)


def test_a_match_below_the_photos_own_best_hundredth_is_none():
    background = np.concatenate([np.full(900, 0.1), np.full(100, 0.9)]).astype(np.float32)

    assert not is_copy(0.8, background)
    assert is_copy(0.9, background)


def test_many_pictures_of_the_same_kind_do_not_hide_a_match():
    background = np.concatenate([np.full(950, 0.3), np.full(50, 0.93)]).astype(np.float32)

    assert is_copy(0.94, background)


@pytest.mark.parametrize("others", [0, 1, 5, 20])
def test_a_small_collection_is_judged_by_what_is_typical_elsewhere(others):
    background = np.full(others, 0.35, np.float32)

    assert is_copy(0.9, background)
    assert not is_copy(0.5, background)
    assert is_copy(1.0, NOTHING)
    assert not is_copy(DEFAULT.background_typical, NOTHING)


def judged(photos: np.ndarray, collection: np.ndarray) -> float:
    """The share of photos that have a good match."""
    cosines = np.sort(photos @ collection.T, axis=1)
    return float(np.mean([is_copy(float(line[-1]), line[:-1]) for line in cosines]))


@pytest.mark.parametrize("size", [3, 150])
def test_known_pictures_are_recognised_and_foreign_ones_are_not(size):
    pictures, strangers = load("fashion", 150)[:size], load("photos", 60)
    collection, foreign = features(pictures), features(strangers)
    changes = [lambda p: saved(p, 30), lambda p: cropped(p, 0.1), ImageOps.mirror]
    known = features([change(picture) for picture in pictures[:40] for change in changes])

    assert judged(known, collection) >= 0.97
    assert judged(foreign, collection) <= 0.05
