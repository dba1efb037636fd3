import numpy as np
import pytest
from PIL import ImageOps

from recommender.engine.arrays import unit
from recommender.engine.config import DEFAULT
from recommender.engine.match import CROWD, crowding, is_copy, is_good_match, kinships, least_kinship

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


def kinds(rng: np.random.Generator, centres: np.ndarray, spread: float, each: int) -> np.ndarray:
    """Unit rows scattered around each centre."""
    return unit(np.repeat(centres, each, axis=0) + rng.normal(0, spread, (len(centres) * each, centres.shape[1])))


def test_a_picture_of_the_collections_kind_is_a_match_and_one_that_is_near_to_all_of_it_is_none():
    rng, centres = np.random.default_rng(0), np.eye(64, dtype=np.float32)
    held = kinds(rng, centres[:2], 0.04, 60)
    bar = least_kinship(held)
    new, between = kinds(rng, centres[:1], 0.04, 1)[0], unit((centres[0] + 1.8 * centres[2])[None])[0]

    def good(photo: np.ndarray) -> bool:
        nearest = np.argsort(-(held @ photo))[:CROWD]
        crowded = crowding(held[nearest], held, nearest[:, None] == np.arange(len(held)))
        return is_good_match((held @ photo)[nearest], crowded, held[::2] @ photo, bar)

    assert good(new)
    assert not good(between)


def test_crowding_is_the_mean_cosine_to_the_nearest_others():
    pictures = unit(np.array([[1, 0], [1, 0.1], [1, 0.2], [0, 1]]))

    crowded = crowding(pictures[:1], pictures, np.arange(4)[None] == 0)

    assert crowded == pytest.approx([np.mean(pictures[1:] @ pictures[0])], abs=1e-6)
    assert crowding(pictures[:1], pictures[:1], np.array([[True]])) == pytest.approx([0])


def test_all_but_a_few_of_the_collections_own_pictures_reach_its_bar():
    features = kinds(np.random.default_rng(0), np.eye(32)[:4], 0.2, 50)

    bar = least_kinship(features)

    assert np.mean(kinships(features) < bar) == pytest.approx(DEFAULT.match_loss, abs=0.005)


def test_a_collection_of_few_pictures_has_no_bar():
    assert least_kinship(np.eye(DEFAULT.kin_from - 1, 32)) is None
    assert not is_good_match(np.full(5, 0.5, np.float32), np.full(5, 0.1), np.full(9, 0.2, np.float32), None)
    assert not is_good_match(NOTHING, NOTHING, NOTHING, None)
