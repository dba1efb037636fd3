"""The loop on a learner that needs no network: it walks down a valley, and its loss is known."""

import json

import numpy as np
import pytest

from recommender.engine.model import Cancelled, Fit
from recommender.engine.networks import training
from recommender.engine.networks.training import CHECKPOINT, Plan, fingerprint_of, train


class Walker:
    """Stands at 10, goes a step and a little noise to the left each epoch; the validation loss is lowest at 7."""

    def __init__(self, seed=0):
        self.place, self.seed, self.epochs = 10.0, seed, []

    def epoch(self, number):
        self.epochs.append(number)
        self.place -= 1 + 0.1 * np.random.default_rng([self.seed, number]).random()
        return {"loss": self.place, "validation_loss": abs(self.place - 7)}

    def state(self):
        return {"place": np.array(self.place)}

    def restore(self, state):
        self.place = float(state["place"])


class Told:
    """A watch that remembers, and cancels after an epoch if one says so."""

    def __init__(self, cancel_after=None):
        self.numbers, self.values, self.cancel_after = [], [], cancel_after

    def __call__(self, number, values):
        self.numbers.append(number)
        self.values.append(dict(values))
        if number == self.cancel_after:
            raise Cancelled


EARLY = Plan(epochs=50, by="validation_loss", patience=4)


def test_learning_stops_when_patience_ends_and_keeps_the_best_epoch():
    walker = Walker()

    progress = train(walker, plan=EARLY, fit=Fit(), fingerprint="a")

    assert progress.best_epoch == 3
    assert len(progress.told) == 3 + 4
    assert abs(walker.place - 7) == min(values["validation_loss"] for values in progress.told)


def test_without_a_value_to_judge_by_all_epochs_are_done_and_the_last_stays():
    walker = Walker()

    progress = train(walker, plan=Plan(epochs=8), fit=Fit(), fingerprint="a")

    assert walker.epochs == list(range(1, 9))
    assert walker.place == progress.told[-1]["loss"]


def test_more_can_be_better():
    walker = Walker()

    progress = train(walker, plan=Plan(epochs=6, by="loss", highest=True, patience=2), fit=Fit(), fingerprint="a")

    assert (progress.best_epoch, len(progress.told)) == (1, 3)


def test_a_gain_too_small_to_matter_is_none():
    walker = Walker()

    progress = train(walker, plan=Plan(epochs=9, by="loss", gain=0.2, patience=1), fit=Fit(), fingerprint="a")

    best = progress.told[progress.best_epoch - 1]["loss"]
    assert len(progress.told) == 2  # from 9 to 8 is a ninth
    assert progress.best_epoch == 1
    assert walker.place == best


def test_a_fit_that_was_cancelled_goes_on_and_ends_as_if_it_had_not_been(tmp_path):
    whole, first, second = Walker(), Walker(), Walker()
    train(whole, plan=EARLY, fit=Fit(), fingerprint="a")
    told = Told()

    with pytest.raises(Cancelled):
        train(first, plan=EARLY, fit=Fit(watch=Told(cancel_after=5), checkpoint=tmp_path), fingerprint="a")
    train(second, plan=EARLY, fit=Fit(watch=told, checkpoint=tmp_path), fingerprint="a")

    assert second.epochs == [6, 7]
    assert second.place == whole.place
    assert told.numbers == [1, 2, 3, 4, 5, 6, 7]


def test_a_fit_that_had_ended_only_takes_its_best_state_up_again(tmp_path):
    first, again = Walker(), Walker()
    train(first, plan=EARLY, fit=Fit(checkpoint=tmp_path), fingerprint="a")

    train(again, plan=EARLY, fit=Fit(checkpoint=tmp_path), fingerprint="a")

    assert again.epochs == []
    assert again.place == first.place


def test_a_checkpoint_of_another_fit_is_left_aside_with_a_word(tmp_path, caplog):
    train(Walker(), plan=EARLY, fit=Fit(checkpoint=tmp_path), fingerprint="a")
    walker = Walker()

    train(walker, plan=EARLY, fit=Fit(checkpoint=tmp_path), fingerprint="b")

    assert walker.epochs[0] == 1
    assert "another fit" in caplog.text


@pytest.mark.parametrize("share", [0.0, 0.5, 0.95])
def test_a_damaged_checkpoint_is_left_aside_with_a_word(tmp_path, caplog, share):
    train(Walker(), plan=EARLY, fit=Fit(checkpoint=tmp_path), fingerprint="a")
    file = tmp_path / CHECKPOINT
    file.write_bytes(file.read_bytes()[: int(share * file.stat().st_size)])
    walker = Walker()

    train(walker, plan=EARLY, fit=Fit(checkpoint=tmp_path), fingerprint="a")

    assert walker.epochs[0] == 1
    assert "damaged" in caplog.text


def test_a_checkpoint_with_a_turned_bit_is_damaged(tmp_path, caplog):
    train(Walker(), plan=EARLY, fit=Fit(checkpoint=tmp_path), fingerprint="a")
    file = tmp_path / CHECKPOINT
    written = bytearray(file.read_bytes())
    written[written.index("told".encode("utf-32-le"))] ^= 1
    file.write_bytes(written)

    assert training.resumed(Walker(), tmp_path, "a") is None
    assert "damaged" in caplog.text


def test_nothing_but_the_checkpoint_is_left_in_the_folder(tmp_path):
    train(Walker(), plan=EARLY, fit=Fit(checkpoint=tmp_path / "new"), fingerprint="a")

    assert [path.name for path in (tmp_path / "new").iterdir()] == [CHECKPOINT]


def test_checkpoints_can_be_rarer_but_the_last_epoch_has_one(tmp_path):
    class Counting(Walker):
        written = 0

        def state(self):
            self.written += 1
            return super().state()

    walker = Counting()

    train(walker, plan=Plan(epochs=7, save_every=3), fit=Fit(checkpoint=tmp_path), fingerprint="a")

    assert walker.written == 3  # after epochs 3, 6 and 7
    with np.load(tmp_path / CHECKPOINT) as stored:
        assert len(json.loads(str(stored["head"]))["told"]) == 7


def test_a_loss_that_is_no_number_is_an_error_that_names_it():
    class Lost(Walker):
        def epoch(self, number):
            return {"loss": np.nan}

    with pytest.raises(ValueError, match="loss is no finite number in epoch 1"):
        train(Lost(), plan=EARLY, fit=Fit(), fingerprint="a")


def test_fingerprints_differ_with_any_part():
    numbers = np.arange(6.0)
    prints = {
        fingerprint_of("vbpr", {"a": 1, "b": 2}, 0, numbers),
        fingerprint_of("vbpr", {"a": 1, "b": 3}, 0, numbers),
        fingerprint_of("vbpr", {"a": 1, "b": 2}, 1, numbers),
        fingerprint_of("vbpr", {"a": 1, "b": 2}, 0, numbers.reshape(2, 3)),
        fingerprint_of("vbpr", {"a": 1, "b": 2}, 0, numbers.astype(np.float32)),
        fingerprint_of("vbpr", {"a": 1, "b": 2}, 0, numbers + 1),
        fingerprint_of("vbpr", {"a": 1, "b": 2}, 0, None),
    }

    assert len(prints) == 7
    assert fingerprint_of({"b": 2, "a": 1}) == fingerprint_of({"a": 1, "b": 2})
