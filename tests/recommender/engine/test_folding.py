import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommender.engine.arrays import unit
from recommender.engine.folding import fold, near_copies
from recommender.engine.index import Moments, background_moments

from .pictures import cropped, features, load, saved

NO_LOOK = Moments(0.0, 0.1)


def hashes(*pairs: tuple[int, int]) -> np.ndarray:
    return np.array(pairs, np.uint64)


def bits(count: int) -> int:
    return (1 << count) - 1


def alike(*cosines: float) -> np.ndarray:
    """Unit vectors with these cosines to the first axis."""
    return np.array([[cosine, np.sqrt(1 - cosine**2)] for cosine in cosines], np.float32)


def test_one_picture_saved_twice_is_folded_into_the_first():
    folded = fold(hashes=hashes((1, 9), (bits(40) << 8, 3), (3, 9)), vectors=alike(1, 0.3, 0.9), moments=NO_LOOK)

    assert folded.kept.tolist() == [0, 1]
    assert folded.copies.tolist() == [1, 0]


@pytest.mark.parametrize(
    ("apart", "look", "folds"),
    [(4, 0.81, True), (4, 0.78, False), (12, 0.93, True), (12, 0.9, False), (13, 1.0, False)],
)
def test_the_nearer_the_hashes_the_less_must_the_look_agree(apart, look, folds):
    for pair in ((1 ^ bits(apart), 1), (1, 1 ^ bits(apart))):
        folded = fold(hashes=hashes((1, 1), pair), vectors=alike(1, look), moments=NO_LOOK)
        assert len(folded.kept) == (1 if folds else 2)


def test_what_a_look_means_depends_on_the_space():
    raw = Moments(mean=0.6, std=0.1)

    assert len(fold(hashes=hashes((1, 1), (1, 1)), vectors=alike(1, 0.9), moments=raw).kept) == 2
    assert len(fold(hashes=hashes((1, 1), (1, 1)), vectors=alike(1, 0.93), moments=raw).kept) == 1


def test_pictures_without_hashes_are_never_copies_and_without_a_look_the_hashes_must_be_near():
    assert len(fold(hashes=hashes((0, 0), (0, 0)), vectors=None, moments=NO_LOOK).kept) == 2
    assert len(fold(hashes=hashes((1, 1), (3, 1), (bits(9), 1)), vectors=None, moments=NO_LOOK).kept) == 2


def test_copies_of_a_copy_do_not_chain():
    chain = hashes((1, 1), (1 ^ bits(4), 1), (1 ^ bits(8), 1))

    assert fold(hashes=chain, vectors=None, moments=NO_LOOK).kept.tolist() == [0, 2]


@given(st.lists(st.tuples(st.integers(0, 15), st.integers(0, 3)), max_size=12), st.integers(0, 1000))
def test_every_entry_is_kept_or_a_near_copy_of_one_that_is_kept(pairs, seed):
    held = np.array(pairs, np.uint64).reshape(-1, 2)
    vectors = unit(np.random.default_rng(seed).random((len(pairs), 3)))

    folded = fold(hashes=held, vectors=vectors, moments=NO_LOOK)
    first, second = near_copies(hashes=held, vectors=vectors, of=folded.kept, moments=NO_LOOK)

    assert set(range(len(pairs))) == set(folded.kept.tolist()) | set(second.tolist())
    assert not {(a, b) for a, b in zip(first.tolist(), second.tolist(), strict=True)} & {
        (a, b) for a in folded.kept.tolist() for b in folded.kept.tolist()
    }
    assert len(folded.kept) + folded.copies.sum() == len(pairs)


@pytest.mark.parametrize("collection", ["fashion", "photos"])
def test_real_pictures_are_folded_with_their_copies_and_never_with_each_other(collection):
    imagehash = pytest.importorskip("imagehash")
    pictures = load(collection, 60)
    copies = [
        change(picture) for picture in pictures[:30] for change in (lambda p: saved(p, 60), lambda p: cropped(p, 0.04))
    ]
    vectors = features([*pictures, *copies])
    held = np.array(
        [[int(str(imagehash.phash(one)), 16), int(str(imagehash.dhash(one)), 16)] for one in (*pictures, *copies)],
        np.uint64,
    )
    moments = background_moments(vectors[:60])
    owner = np.concatenate([np.arange(60), np.repeat(np.arange(30), 2)])

    first, second = near_copies(hashes=held, vectors=vectors, of=np.arange(60), moments=moments)

    assert (owner[first] == owner[second]).mean() == 1
    assert len(np.unique(second[second >= 60])) >= 0.9 * 60
