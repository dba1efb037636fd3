"""Fitting by name: here or in a process of its own, with the same numbers, watched, and stopped when it is asked to."""

import subprocess
import sys
import textwrap

import numpy as np
import psutil
import pytest

from recommender import learning
from recommender.engine.model import Cancelled, TrainingSet
from recommender.engine.reactions import Reactions
from recommender.engine.registry import ALGORITHMS
from tests.environment import BASE
from tests.recommender.engine.algorithms import small
from tests.waiting import eventually


@pytest.fixture
def training() -> TrainingSet:
    """Three people, two tastes of three pictures each."""
    return TrainingSet(Reactions.of([0, 0, 1, 1, 2, 2], [0, 1, 1, 2, 3, 4], shape=(3, 6)))


def children() -> list[psutil.Process]:
    """The processes that are fitting; a test runner has others of its own."""
    found = psutil.Process().children(recursive=True)
    return [process for process in found if "recommender.engine.apart" in process.cmdline()]


def test_a_process_of_its_own_gives_the_model_that_this_one_gives(training):
    here = learning.fit("user_cosine", training, alone=False)
    alone = learning.fit("user_cosine", training, alone=True)

    assert np.array_equal(here.model.score(training.likes), alone.model.score(training.likes))
    assert alone.seconds > 0
    assert alone.peak_mb > 10


def test_what_a_pulse_raises_ends_the_process(training):
    def stop() -> None:
        assert children()
        raise Cancelled

    with pytest.raises(Cancelled):
        learning.fit("user_cosine", training, alone=True, pulse=stop)

    assert not children()


def test_unknown_settings_and_missing_data_are_named_before_anything_is_started(training):
    with pytest.raises(KeyError, match="user_cosine has no setting colour"):
        learning.fit("user_cosine", training, settings={"colour": 1})
    with pytest.raises(ValueError, match="item_tfidf needs tags"):
        learning.fit("item_tfidf", training)


def test_a_process_that_dies_is_reported_with_its_last_words(training):
    with pytest.raises(learning.Failed, match="half-life is above 0"):
        learning.fit("trending", training, settings={"half_life": -1}, alone=True)


def test_who_fits_dies_with_who_asked_for_it(tmp_path):
    script = textwrap.dedent(f"""
        import os, subprocess, sys, time
        waits = "import os, sys, time; from recommender.engine.apart import die_with; die_with(int(sys.argv[1])); "
        waits += "print(os.getpid(), flush=True); time.sleep(60)"
        subprocess.Popen([sys.executable, "-c", waits, str(os.getpid())], cwd={str(BASE)!r})
        time.sleep(60)
    """)
    parent = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True)
    child = int(parent.stdout.readline())

    parent.kill()
    parent.wait()

    eventually(lambda: not psutil.pid_exists(child) or psutil.Process(child).status() == "zombie", seconds=5)


def test_every_epoch_is_told_while_it_happens_and_kept(training):
    told = []

    fitted = learning.fit(
        "ials",
        training,
        settings={"factors": 2, "iterations": 3},
        alone=True,
        watch=lambda epoch, values: told.append({"epoch": epoch, **values}),
    )

    assert [one["epoch"] for one in told] == [1, 2, 3]
    assert fitted.epochs == told


def test_a_watch_that_cancels_ends_the_process(training):
    def cancel(epoch: int, _values: object) -> None:
        assert epoch == 1
        assert children()
        raise Cancelled

    with pytest.raises(Cancelled):
        learning.fit("ials", training, settings={"factors": 2, "iterations": 3}, alone=True, watch=cancel)

    assert not children()


def test_a_network_cancelled_in_its_process_leaves_its_checkpoint_where_it_was_told_to(tmp_path):
    algorithm = ALGORITHMS["cnn_dense"]

    def stop_after_two(epoch: int, _values: object) -> None:
        if epoch == 2:
            raise Cancelled

    with pytest.raises(Cancelled):
        learning.fit(
            "cnn_dense", small.world(), settings=small.tiny(algorithm), checkpoint=tmp_path, watch=stop_after_two
        )

    assert list(tmp_path.iterdir())
    assert not children()
