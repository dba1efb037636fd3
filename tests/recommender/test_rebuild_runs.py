"""Runs: one at a time, never lost with their worker, stopped when asked, and gone on with from their checkpoints."""

import datetime as dt
import math
import os
import subprocess
import sys
import time

import pytest
from django.conf import settings as site
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from catalog import services as catalog_services
from catalog.models import State
from catalog.viewers import Viewer
from recommender import rebuild, services
from recommender.models import Epoch, EvaluationRun, TrainingRun
from recommender.rebuild import runs, training
from tests.environment import BASE
from tests.waiting import eventually
from visrec_site.celery import RobustTask, app

pytestmark = pytest.mark.django_db

TRAIN = """
import sys, django
django.setup()
from django.utils import timezone
from recommender import rebuild
rebuild.train_run(int(sys.argv[1]), now=timezone.now())
"""


def asked(algorithm: str = "popularity", **fields) -> TrainingRun:
    return TrainingRun.objects.create(algorithm=algorithm, created_at=timezone.now(), **fields)


def at_work(run: TrainingRun, *, attempt: int = 1) -> runs.Watched:
    """As its worker sees it, in the middle of its work."""
    held = timezone.now() + runs.HELD
    TrainingRun.objects.filter(pk=run.pk).update(state=State.PROCESSING, attempt=attempt, claimed_until=held)
    run.refresh_from_db()
    return runs.Watched(run)


def test_one_run_is_at_work_at_a_time_and_the_others_wait(liked):
    first, second = asked("popularity"), asked("newest")
    at_work(first)

    assert rebuild.due_runs(now=timezone.now()) == ([], [])
    assert not rebuild.train_run(second.pk, now=timezone.now())
    second.refresh_from_db()
    assert (second.state, second.attempt) == (State.PENDING, 0)


def test_an_algorithm_is_trained_once_at_a_time():
    asked("popularity")

    with pytest.raises(IntegrityError), transaction.atomic():
        asked("popularity")


def test_what_was_tried_three_times_and_never_finished_is_given_up():
    run = asked()
    TrainingRun.objects.filter(pk=run.pk).update(
        state=State.PROCESSING, attempt=3, claimed_until=timezone.now() - runs.HELD
    )

    assert rebuild.due_runs(now=timezone.now()) == ([], [])
    run.refresh_from_db()
    assert (run.state, run.error_code) == (State.FAILED, "gave-up")


def test_a_try_that_comes_farther_than_the_one_before_it_is_not_counted():
    run = asked()
    watched = at_work(run, attempt=2)
    watched.epoch(1, {"loss": 1.0})
    watched = at_work(run, attempt=3)

    watched.epoch(1, {"loss": 1.0})
    run.refresh_from_db()
    assert run.attempt == 3
    watched.epoch(2, {"loss": 0.5})

    run.refresh_from_db()
    assert run.attempt == 1
    watched.stage("measuring", progress=0.5)  # and the claim is still its own
    assert [(epoch.number, epoch.values) for epoch in run.epochs.all()] == [(1, {"loss": 1.0}), (2, {"loss": 0.5})]


def test_a_worker_whose_claim_was_given_to_another_stops_and_leaves_the_row_alone():
    run = asked()
    watched = at_work(run)
    at_work(run, attempt=2)

    with pytest.raises(runs.Superseded):
        watched.stage("measuring", progress=0.5)

    run.refresh_from_db()
    assert (run.state, run.doing) == (State.PROCESSING, "")


def test_a_run_that_takes_too_long_ends_by_itself(liked):
    run = asked(started_at=timezone.now() - runs.LONGEST - dt.timedelta(seconds=1))

    assert rebuild.train_run(run.pk, now=timezone.now())

    run.refresh_from_db()
    assert (run.state, run.error_code) == (State.FAILED, "too-long")
    assert "12 hours" in run.error_detail


def test_what_an_algorithm_lacks_is_said_in_the_row(liked):
    run = asked("pmf")

    rebuild.train_run(run.pk, now=timezone.now())

    run.refresh_from_db()
    assert (run.state, run.error_code, run.error_detail) == (State.FAILED, "unable", "pmf needs ratings")
    assert run.ended_at is not None


def test_an_evaluation_that_is_asked_to_stop_stops_between_two_lists(liked, make_user):
    run = services.evaluate(plan={"algorithms": ["popularity"], "alone": False}, by=None, now=timezone.now())
    EvaluationRun.objects.filter(pk=run.pk).update(cancel_asked=True)

    rebuild.evaluate_run(run.pk, now=timezone.now())

    run.refresh_from_db()
    assert run.is_cancelled
    assert run.result == {}


def test_the_likes_of_a_network_stay_as_they_were_at_its_first_try(liked, make_user):
    run = asked("cnn_dense")
    first = training.dataset_of(run)
    catalog_services.like(viewer=Viewer(user_id=make_user("late").pk), image=next(iter(liked[0])))

    again, fresh = training.dataset_of(run), training.dataset_of(asked("popularity"))

    assert again.sha256 == first.sha256
    assert fresh.sha256 != first.sha256
    assert len(fresh.reactions.items) == len(again.reactions.items) + 1


def test_what_trainings_leave_on_the_disk_is_tidied_once_they_are_over(liked, settings, tmp_path):
    settings.VAR = tmp_path
    over, waits = asked("popularity", state=State.FAILED), asked("newest")
    for run in (over, waits):
        (runs.place_of(run) / "part").mkdir(parents=True)
    killed = tmp_path / "scratch" / "killed"
    killed.mkdir(parents=True)
    long_ago = time.time() - 2 * runs.LONGEST.total_seconds()
    os.utime(killed, (long_ago, long_ago))

    rebuild.tidy(now=timezone.now())

    assert not runs.place_of(over).exists()
    assert runs.place_of(waits).exists()
    assert not killed.exists()


@pytest.fixture
def nobody_listens(monkeypatch):
    """Messages stay unsent, as while the broker is away: what is done is done by those who are asked here."""
    monkeypatch.setattr(RobustTask, "_silent_until", math.inf)
    monkeypatch.setattr(app.conf, "task_always_eager", False)


@pytest.mark.django_db(transaction=True)
def test_a_training_whose_worker_is_killed_goes_on_from_its_checkpoint(nobody_listens, liked):
    """A real process, killed with -9 in the middle of its epochs, and another one that finishes its work."""
    epochs = 60
    run = services.train(
        algorithm="vbpr",
        settings={"epochs": epochs, "patience": epochs, "width": 8, "size": 2, "visual_size": 2},
        by=None,
        now=timezone.now(),
    )
    first = worker(run)
    eventually(lambda: Epoch.objects.filter(run=run).count() >= 3 or first.poll() is not None, seconds=60)
    first.kill()
    first.wait()
    reached = {epoch.number: epoch.at for epoch in run.epochs.all()}
    assert 3 <= len(reached) < epochs

    TrainingRun.objects.filter(pk=run.pk).update(claimed_until=timezone.now())  # as if its claim had run out
    assert rebuild.due_runs(now=timezone.now()) == ([], [run.pk])
    assert worker(run).wait(60) == 0

    run.refresh_from_db()
    assert run.state == State.READY, run.error_detail
    assert run.epochs.count() == epochs
    assert all(run.epochs.get(number=number).at == at for number, at in reached.items()), "none was learned twice"
    assert len(run.release.card["epochs"]) == epochs
    assert not runs.place_of(run).exists()


def worker(run: TrainingRun) -> subprocess.Popen:
    """A process of its own that trains, on this test's database."""
    there = connection.settings_dict
    url = f"sqlite:///{there['NAME']}"
    if connection.vendor == "postgresql":
        url = f"postgres://{there['USER']}:{there['PASSWORD']}@{there['HOST']}:{there['PORT']}/{there['NAME']}"
    environment = os.environ | {
        "DATABASE_URL": url,
        "VAR": str(site.VAR),
        "DJANGO_SETTINGS_MODULE": "visrec_site.settings",
    }
    return subprocess.Popen([sys.executable, "-c", TRAIN, str(run.pk)], cwd=BASE, env=environment)
