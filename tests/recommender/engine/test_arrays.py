import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommender.engine.arrays import IdMap, Segments, as_mask, best_first, unit


@given(st.lists(st.integers(0, 2**52), unique=True), st.lists(st.integers(0, 2**52)))
def test_ids_and_rows_go_there_and_back(ids, strangers):
    id_map = IdMap(np.array(ids, np.int64))

    assert id_map.rows(ids).tolist() == list(range(len(ids)))
    assert id_map.ids(id_map.rows(ids)).tolist() == ids
    for stranger in set(strangers) - set(ids):
        assert id_map.rows([stranger]).tolist() == [-1]


def test_an_id_map_refuses_repeats_and_the_row_that_is_none():
    with pytest.raises(ValueError, match="twice"):
        IdMap(np.array([3, 3]))
    with pytest.raises(IndexError):
        IdMap(np.array([3, 4])).ids([-1])


@given(st.lists(st.integers(0, 5), max_size=30), st.integers(0, 35))
def test_best_first_is_a_stable_sort_cut_short(scores, k):
    values = np.array(scores, float)

    expected = sorted(range(len(scores)), key=lambda place: (-scores[place], place))[:k]

    assert best_first(values, k).tolist() == expected


def test_best_first_leaves_out_what_is_impossible():
    assert best_first(np.array([1.0, -np.inf, 2.0]), 3).tolist() == [2, 0]
    assert best_first(np.array([-np.inf, -np.inf]), 1).tolist() == []


def test_segments_read_like_one_array():
    whole = np.random.default_rng(0).standard_normal((50, 8)).astype(np.float16)
    held = Segments([whole[:7], whole[7:7], whole[7:30], whole[30:]])
    rows = [49, 0, 7, 6, 30, 7]

    assert len(held) == 50
    assert np.array_equal(held.take(rows), whole[rows].astype(np.float32))
    assert np.array_equal(np.concatenate([block for _, block in held.blocks(4)]), whole.astype(np.float32))
    assert [start for start, _ in held.blocks(100)] == [0, 7, 30]


def test_segments_read_memory_mapped_files(tmp_path):
    whole = np.random.default_rng(0).standard_normal((20, 4)).astype(np.float16)
    np.save(tmp_path / "part.npy", whole)

    held = Segments([np.load(tmp_path / "part.npy", mmap_mode="r"), whole])

    assert np.array_equal(held.take([0, 20]), whole[[0, 0]].astype(np.float32))


def test_segments_never_mix_lengths_nor_read_past_the_end():
    with pytest.raises(ValueError, match="never meet"):
        Segments([np.zeros((2, 4), np.float16), np.zeros((2, 5), np.float16)])
    with pytest.raises(IndexError):
        Segments([np.zeros((2, 4), np.float16)]).take([2])
    assert Segments([], width=4).take([]).shape == (0, 4)


def test_unit_rows_have_length_one_and_nonsense_becomes_zero():
    rows = unit(np.array([[3.0, 4.0], [0.0, 0.0], [np.nan, 1.0], [np.inf, 1.0]]))

    assert np.allclose(rows, [[0.6, 0.8], [0, 0], [0, 0], [0, 0]])


def test_a_mask_comes_from_rows_from_a_mask_or_from_nothing():
    assert as_mask([2, -1, 0], 3).tolist() == [True, False, True]
    assert as_mask(None, 2).tolist() == [False, False]
    assert as_mask(np.array([True, False]), 2).tolist() == [True, False]
    with pytest.raises(ValueError, match="fit"):
        as_mask(np.array([True]), 2)
