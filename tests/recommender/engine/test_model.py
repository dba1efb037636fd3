"""What every algorithm is, and how its models are stored."""

from dataclasses import dataclass

import numpy as np
import pytest
from scipy import sparse

from recommender.engine.model import Algorithm, TrainingSet, packed, unpacked
from recommender.engine.reactions import Reactions


@dataclass(frozen=True, eq=False)
class Inner:
    values: np.ndarray
    name: str


@dataclass(frozen=True, eq=False)
class Everything:
    array: np.ndarray
    matrix: sparse.csr_matrix
    several: tuple[np.ndarray, ...]
    models: tuple[Inner, ...] | None
    whole: int
    part: float
    word: str
    yes: bool
    nothing: np.ndarray | None = None


def everything(**other) -> Everything:
    values = {
        "array": np.arange(3.0),
        "matrix": sparse.csr_matrix(np.array([[0, 2.5, 0], [0, 0, 0]], np.float32)),
        "several": (np.arange(2), np.ones((2, 2))),
        "models": None,
        "whole": 7,
        "part": 0.5,
        "word": "source",
        "yes": True,
    }
    return Everything(**{**values, **other})


def test_a_model_of_all_kinds_of_fields_comes_back_as_it_was():
    model = everything()

    read = unpacked(Everything, packed(model))

    assert np.array_equal(read.array, model.array)
    assert (read.matrix != model.matrix).nnz == 0
    assert read.matrix.shape == (2, 3)
    assert all(np.array_equal(one, other) for one, other in zip(read.several, model.several, strict=True))
    assert (read.whole, read.part, read.word, read.yes) == (7, 0.5, "source", True)
    assert [type(value) for value in (read.whole, read.part, read.word, read.yes)] == [int, float, str, bool]
    assert read.nothing is None
    assert read.models is None


def test_everything_that_is_stored_is_a_plain_array():
    stored = packed(everything())

    assert {type(array) for array in stored.values()} == {np.ndarray}
    assert not any(array.dtype.hasobject for array in stored.values())
    assert "nothing" not in stored


def test_what_cannot_be_stored_is_refused_by_name():
    with pytest.raises(TypeError, match=r"Everything\.word cannot be stored"):
        packed(everything(word=["a", "list"]))


def test_a_model_within_a_model_must_be_one_of_the_engine():
    stored = packed(everything(models=(Inner(np.arange(2), "one"),)))

    with pytest.raises(ValueError, match="has no models"):
        unpacked(Everything, stored)


def test_settings_lie_over_the_defaults():
    algorithm = Algorithm(
        "one", "baseline", "One.", fit=lambda *_: None, model=lambda: Inner, defaults={"k": 3, "h": 1}
    )

    assert algorithm.settings() == {"k": 3, "h": 1}
    assert algorithm.settings({"k": 9}) == {"k": 9, "h": 1}
    with pytest.raises(KeyError, match="one has no setting colour, size"):
        algorithm.settings({"size": 1, "colour": 2})
    assert algorithm.defaults == {"k": 3, "h": 1}


def test_a_training_set_says_what_it_lacks():
    training = TrainingSet(Reactions.of([0], [1], shape=(1, 2)), features=np.eye(2, dtype=np.float32))

    assert training.lacks(frozenset({"features", "tags", "ratings"})) == ["ratings", "tags"]
    assert training.pictures == 2
