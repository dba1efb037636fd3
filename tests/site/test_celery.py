import time

import psutil
import pytest
import redis
from celery import Celery
from django.db import transaction

from tests import services
from visrec_site import celery as site_celery
from visrec_site.celery import CONFIGURATION, QUEUES, SCHEDULE, RobustTask, app

NOBODY = "redis://127.0.0.1:1/0"


@pytest.fixture
def task_at(monkeypatch):
    """A task whose messages go to this broker, with the site's own configuration."""
    monkeypatch.setattr(RobustTask, "_silent_until", 0.0)

    def make(url: str) -> RobustTask:
        probe = Celery("probe", task_cls=RobustTask, set_as_current=False)
        probe.conf.update({**CONFIGURATION, "broker_url": url})
        return probe.task(look, name="look", queue="eyes")

    return make


def look(image_id: int) -> None:
    """A task that is sent, never run."""


@pytest.fixture
def hung_broker():
    """A broker that accepts connections and never answers."""
    with services.broker() as url:
        with redis.Redis.from_url(url) as client:
            process = psutil.Process(client.info("server")["process_id"])
        process.suspend()
        yield url
        process.resume()


def seconds(action) -> float:
    started = time.monotonic()
    action()
    return time.monotonic() - started


def test_a_message_leaves_after_the_commit_and_not_before(transactional_db, task_at, broker_url):
    task = task_at(broker_url)
    client = redis.Redis.from_url(broker_url)
    client.delete("eyes")

    with transaction.atomic():
        task.delay_on_commit(1)
        before = client.llen("eyes")

    assert (before, client.llen("eyes")) == (0, 1)


def test_a_rolled_back_transaction_sends_nothing(transactional_db, task_at, broker_url):
    task = task_at(broker_url)
    client = redis.Redis.from_url(broker_url)
    client.delete("eyes")

    with transaction.atomic():
        task.delay_on_commit(1)
        transaction.set_rollback(True)

    assert client.llen("eyes") == 0


def test_a_missing_broker_fails_no_request(transactional_db, task_at, caplog):
    task = task_at(NOBODY)

    assert seconds(lambda: task.delay_on_commit(1)) < 3
    assert "left to the sweep" in caplog.text


def test_a_hung_broker_holds_a_request_for_three_seconds_at_most(transactional_db, task_at, hung_broker):
    task = task_at(hung_broker)

    assert seconds(lambda: task.delay_on_commit(1)) < 3


def test_after_a_failure_the_next_requests_do_not_wait_at_all(transactional_db, task_at, hung_broker):
    task = task_at(hung_broker)
    task.delay_on_commit(1)

    assert seconds(lambda: [task.delay_on_commit(n) for n in range(100)]) < 0.5


def test_sending_starts_again_when_the_broker_is_back(transactional_db, task_at, broker_url, monkeypatch):
    task_at(NOBODY).delay_on_commit(1)
    client = redis.Redis.from_url(broker_url)
    client.delete("eyes")
    monkeypatch.setattr(RobustTask, "_silent_until", time.monotonic())  # as if those seconds had passed

    task_at(broker_url).delay_on_commit(2)

    assert client.llen("eyes") == 1


def test_everything_on_the_schedule_exists_on_a_queue_that_is_worked():
    app.loader.import_default_modules()

    for line in SCHEDULE.values():
        assert line["task"] in app.tasks
        assert line["options"]["queue"] in QUEUES


def test_every_task_names_a_queue_that_is_worked():
    app.loader.import_default_modules()

    ours = [task for name, task in app.tasks.items() if not name.startswith("celery.")]

    assert ours
    assert all(getattr(task, "queue", None) in QUEUES for task in ours)


def test_heartbeats_are_silent_without_a_broker():
    site_celery.write_heartbeats(["beat"])


def test_only_json_is_accepted():
    assert app.conf.accept_content == ["json"]
