"""Dreams of a tiny collection: what is tested is what comes out, not how good it looks."""

import subprocess
import sys

import numpy as np
import pytest

from recommender.engine.model import Cancelled, Fit
from recommender.engine.networks import dream

RECIPE = dream.Recipe(epochs=3, samples=5, noise=4, width=2, batch=16, least_steps=2)


def collection(*, side=32, channels=3, count=24):
    """Bright squares on dark ground, each somewhere else."""
    rng = np.random.default_rng(0)
    pictures = np.full((count, side, side, channels), 20, np.uint8)
    for picture, (row, column) in zip(pictures, rng.integers(0, side - 12, (count, 2)), strict=True):
        picture[row : row + 12, column : column + 12] = 230
    return pictures


@pytest.fixture(scope="module")
def dreamed():
    told = []
    dreams = dream.teach_dreams(collection(), RECIPE, Fit(watch=lambda epoch, values: told.append((epoch, values))))
    return dreams, told


def test_there_are_as_many_pictures_as_asked_for_and_a_sheet_of_each_epoch(dreamed):
    dreams, told = dreamed

    assert (dreams.samples.shape, dreams.samples.dtype) == ((5, 32, 32, 3), np.uint8)
    assert dreams.sheets.shape == (3, dream.SHEET, 32, 32, 3)
    assert dreams.epochs.tolist() == [1, 2, 3]
    assert [epoch for epoch, _ in told] == [1, 2, 3]
    assert set(told[0][1]) == {"loss", "generator_loss", "discriminator_accuracy"}


def test_unlike_z_give_unlike_pictures_and_sheets_change_with_learning(dreamed):
    dreams, _ = dreamed

    assert len(np.unique(dreams.samples.reshape(5, -1), axis=0)) == 5
    assert (dreams.sheets[0] != dreams.sheets[-1]).any()


def test_the_same_seed_dreams_the_same_also_after_an_interruption(dreamed, tmp_path):
    dreams, told = dreamed

    def stop(epoch, _values):
        if epoch == 2:
            raise Cancelled

    with pytest.raises(Cancelled):
        dream.teach_dreams(collection(), RECIPE, Fit(watch=stop, checkpoint=tmp_path))
    heard = []
    again = dream.teach_dreams(
        collection(), RECIPE, Fit(watch=lambda epoch, values: heard.append((epoch, values)), checkpoint=tmp_path)
    )

    np.testing.assert_array_equal(again.samples, dreams.samples)
    np.testing.assert_array_equal(again.sheets, dreams.sheets)
    assert [values["loss"] for _, values in heard] == pytest.approx([values["loss"] for _, values in told])


def test_large_and_grey_pictures_are_dreamed_of_by_the_same_networks():
    recipe = dream.Recipe(epochs=1, samples=2, noise=4, width=2, batch=16, least_steps=1, cut=0)

    dreams = dream.teach({"pictures": collection(side=64, channels=1)}, vars(recipe), Fit())

    assert dreams.samples.shape == (2, 64, 64, 1)


@pytest.mark.parametrize(
    ("pictures", "word"),
    [
        (collection(side=48), "not squares of 32 or 64"),
        (collection()[:, :, :16], "not squares"),
        (collection()[0], "not squares"),
        (collection(channels=2), "neither grey nor colour"),
        (collection().astype(np.float32), "float32"),
        (collection(count=15), "15 pictures are too few"),
    ],
)
def test_what_cannot_be_learned_from_is_said(pictures, word):
    with pytest.raises(ValueError, match=word):
        dream.teach_dreams(pictures, RECIPE, Fit())


def test_sheets_are_kept_evenly_with_the_first_and_the_last_epoch():
    assert sorted(dream.sheet_epochs(4)) == [1, 2, 3, 4]
    kept = sorted(dream.sheet_epochs(100))
    assert (len(kept), kept[0], kept[-1]) == (12, 1, 100)


def test_importing_this_module_does_not_load_tensorflow():
    program = "import sys, recommender.engine.networks.dream; print({'tensorflow', 'keras'} & set(sys.modules))"

    result = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert result.stdout == "set()\n"
