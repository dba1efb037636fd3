import numpy as np
import pytest

from recommender.engine.networks.labelled import Unusable, a_share_of_each, divided, read_npz


def arrays(*, each: int = 12, classes: int = 2, side: int = 8) -> dict[str, np.ndarray]:
    rng = np.random.default_rng(0)
    labels = np.repeat(np.arange(classes), each)
    pictures = rng.integers(0, 256, (len(labels), side, side), np.uint8)
    return {"x_train": pictures, "y_train": labels, "x_test": pictures[::3], "y_test": labels[::3]}


@pytest.fixture
def stored(tmp_path):
    def store(**changed):
        path = tmp_path / "data.npz"
        kept = {name: value for name, value in (arrays() | changed).items() if value is not None}
        np.savez(path, **kept)
        return path

    return store


def test_grey_pictures_come_with_one_channel_from_0_to_1(stored):
    data = read_npz(stored())

    assert data.x_train.shape == (24, 8, 8, 1)
    assert (data.x_train.dtype, data.in_colour) == (np.float32, False)
    assert 0 <= data.x_train.min() <= data.x_train.max() <= 1
    assert data.classes == ("0", "1")


def test_labels_may_be_a_column_of_any_whole_numbers(stored):
    labels = np.where(arrays()["y_train"] == 0, 3, 7)[:, None]

    data = read_npz(stored(y_train=labels, y_test=labels[::3]))

    assert np.unique(data.y_train).tolist() == [0, 1]
    assert data.y_test.tolist() == data.y_train[::3].tolist()
    assert data.classes == ("3", "7")


def test_the_names_of_classes_are_taken_where_they_are_given(stored):
    assert read_npz(stored(classes=np.array(["cat", "dog"]))).classes == ("cat", "dog")
    assert read_npz(stored(classes=np.array(["cat"]))).classes == ("0", "1")


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"y_test": None}, "lacks y_test"),
        ({"x_train": np.zeros((24, 8), np.uint8)}, r"shape \(24, 8\)"),
        ({"x_train": np.zeros((24, 8, 8, 2), np.uint8)}, "shape"),
        ({"x_train": np.zeros((0, 8, 8), np.uint8)}, "shape"),
        ({"x_train": np.zeros((24, 4, 4), np.uint8)}, "4 × 4 pixels"),
        ({"x_train": np.zeros((24, 9, 9), np.uint8)}, "tested on"),
        ({"x_train": np.full((24, 8, 8), 255.0)}, "floats from 0 to 1"),
        ({"x_train": np.full((24, 8, 8), np.nan)}, "floats from 0 to 1"),
        ({"x_train": np.zeros((24, 8, 8), np.int64)}, "neither uint8"),
        ({"y_train": np.zeros(23, np.int64)}, "not 24 whole numbers"),
        ({"y_train": np.zeros(24)}, "whole numbers"),
        ({"y_train": np.zeros(24, np.int64), "y_test": np.zeros(8, np.int64)}, "one class"),
        ({"y_train": np.repeat([0, 1], [21, 3])}, "Class 1 has 3 pictures"),
        ({"y_test": np.full(8, 5)}, "class 5"),
        ({"y_train": np.array([{}] * 24, object)}, "no .npz file of plain arrays"),
    ],
)
def test_what_nothing_can_be_learned_from_is_refused_in_a_sentence(stored, changed, words):
    with pytest.raises(Unusable, match=words):
        read_npz(stored(**changed))


def test_files_of_another_kind_are_refused(tmp_path):
    (tmp_path / "text.npz").write_text("not an archive")
    np.save(tmp_path / "one.npy", np.zeros(3))
    (tmp_path / "cut.npz").write_bytes(b"PK\x03\x04 cut short")

    for name in ("text.npz", "one.npy", "cut.npz"):
        with pytest.raises(Unusable, match=name):
            read_npz(tmp_path / name)


def test_a_fifth_of_every_class_is_kept_for_testing():
    pictures = np.zeros((40, 8, 8, 3), np.uint8)

    data = divided(pictures, ["b"] * 25 + ["a"] * 15, seed=1)

    assert data.classes == ("a", "b")
    assert np.bincount(data.y_test).tolist() == [3, 5]
    assert np.bincount(data.y_train).tolist() == [12, 20]


def test_a_share_takes_at_least_one_of_each_class_and_repeats():
    labels = np.repeat([0, 1, 2], [1, 2, 30])

    first, second = (a_share_of_each(labels, 0.1, np.random.default_rng(4)) for _ in range(2))

    assert np.bincount(labels[first], minlength=3).tolist() == [0, 1, 3]
    assert first.tolist() == second.tolist()
