"""What a process of its own is given and gives back."""

from dataclasses import fields, replace

import numpy as np
import pytest
from scipy import sparse

from recommender.engine import apart
from recommender.engine.model import TrainingSet
from recommender.engine.reactions import Reactions
from tests.recommender.engine.algorithms import small


def assert_same(one: TrainingSet, other: TrainingSet) -> None:
    for part in fields(TrainingSet):
        ours, theirs = getattr(one, part.name), getattr(other, part.name)
        if isinstance(ours, Reactions):
            for column in fields(Reactions):
                assert np.array_equal(getattr(ours, column.name), getattr(theirs, column.name))
        elif sparse.issparse(ours):
            assert ours.shape == theirs.shape
            assert (ours != theirs).nnz == 0
        else:
            assert np.array_equal(ours, theirs) if ours is not None else theirs is None


@pytest.mark.parametrize("missing", [(), ("features", "tags", "categories", "ratings", "created"), ("tags",)])
def test_a_training_set_comes_back_from_its_folder_as_it_was(missing, tmp_path):
    training = replace(small.world(), **dict.fromkeys(missing))

    apart.write_training(tmp_path / "training", training)

    assert_same(training, apart.read_training(tmp_path / "training"))


def test_arrays_are_read_as_they_were_written_and_not_into_memory(tmp_path):
    written = {"items": np.arange(6.0).reshape(2, 3), "matrix.data": np.ones(2, np.float32), "word": np.asarray("so")}

    apart.write_arrays(tmp_path / "new" / "folder", written)
    read = apart.read_arrays(tmp_path / "new" / "folder")

    assert read.keys() == written.keys()
    assert all(np.array_equal(read[name], written[name]) for name in written)
    assert isinstance(read["items"], np.memmap)
