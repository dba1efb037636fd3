"""The queue: app, schedule, and a task base that never fails a request.

A message is a hint, the row is the truth: whatever is lost here, the sweeps send again.
"""

import functools
import logging
import os
import time
from typing import Any

import redis
from celery import Celery, signals
from celery.beat import PersistentScheduler
from celery.contrib.django.task import DjangoTask
from celery.schedules import crontab
from kombu import Queue
from kombu.exceptions import OperationalError

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "visrec_site.settings")

from django.conf import settings
from django.db import transaction

from visrec_site import heartbeats, lifeline

logger = logging.getLogger(__name__)

INTAKE, EYES, LEARNING = QUEUES = ("intake", "eyes", "learning")

SOFT_LIMIT, HARD_LIMIT = 45, 55  # seconds a task may take: asked to end, then killed; claims on rows last 60
VISIBILITY_TIMEOUT = 120  # seconds until a message nobody acknowledged is handed out again
# Seconds; and one try, for kombu would otherwise try to connect for six.
BROKER_PATIENCE = {"socket_connect_timeout": 1, "socket_timeout": 2, "max_retries": 0}
SILENCE_AFTER_FAILURE = 5.0  # seconds in which nothing is sent after a failing send: one slow request, not many


def entry(task: str, queue: str, schedule: Any, expires: int) -> dict[str, Any]:
    """One line of the schedule. A message older than `expires` seconds is dropped: the next one does its work."""
    return {"task": task, "schedule": schedule, "options": {"queue": queue, "expires": expires}}


SWEEPS = {
    "sweep pictures": entry("catalog.tasks.sweep", INTAKE, 20, 20),
    "sweep embeddings": entry("recommender.tasks.sweep", EYES, 20, 20),
    "sweep runs": entry("recommender.tasks.sweep_runs", LEARNING, 20, 20),
}
SCHEDULE = SWEEPS | {
    "learn from people": entry("recommender.tasks.rebuild_people", LEARNING, 600, 600),
    "draw the map": entry("recommender.tasks.draw_atlas", LEARNING, 60, 60),
    "read what is told": entry("recommender.tasks.read_told", LEARNING, 120, 120),
    "tidy": entry("catalog.tasks.tidy", INTAKE, crontab(hour=3, minute=10), 7200),
    "renew": entry("recommender.tasks.renew", LEARNING, crontab(hour=2, minute=20), 7200),
    "compact": entry("recommender.tasks.compact", EYES, crontab(hour=3, minute=40), 7200),
}


class RobustTask(DjangoTask):
    """A task whose message may fail to leave: that is logged, and the sweep finds the row."""

    _silent_until = 0.0

    def delay_on_commit(self, *args: Any, **kwargs: Any) -> None:
        """Send after the commit, if the broker will take it. Never raises."""
        self.apply_async_on_commit(args, kwargs)

    def apply_async_on_commit(self, *args: Any, **kwargs: Any) -> None:
        """`delay_on_commit` with the options of `apply_async`."""
        transaction.on_commit(functools.partial(self.send, *args, **kwargs), robust=True)

    def send(self, *args: Any, **kwargs: Any) -> bool:
        """`apply_async`, or a line in the log when the broker is away. Says whether the message left."""
        if time.monotonic() < RobustTask._silent_until:
            return False
        try:
            self.apply_async(*args, **kwargs)
        except OperationalError as error:
            RobustTask._silent_until = time.monotonic() + SILENCE_AFTER_FAILURE
            logger.warning("broker away, %s left to the sweep: %s", self.name, error)
            return False
        return True


class Scheduler(PersistentScheduler):
    """Beat's scheduler, which also shows that beat is alive."""

    def tick(self, *args: Any, **kwargs: Any) -> float:
        write_heartbeats(["beat"])
        return super().tick(*args, **kwargs)


CONFIGURATION = {
    "broker_url": settings.REDIS_URL,
    "broker_transport_options": {
        "visibility_timeout": VISIBILITY_TIMEOUT,
        "unacked_restore_interval": 2,
        "unacked_restore_throttle": 1,
        **BROKER_PATIENCE,
    },
    "broker_connection_retry_on_startup": True,
    "broker_connection_max_retries": None,
    "accept_content": ["json"],
    "task_serializer": "json",
    "task_ignore_result": True,
    "task_publish_retry": False,
    "task_queues": [Queue(name) for name in QUEUES],
    "task_default_queue": INTAKE,
    "task_create_missing_queues": False,
    "task_acks_late": True,
    "task_reject_on_worker_lost": True,
    "task_soft_time_limit": SOFT_LIMIT,
    "task_time_limit": HARD_LIMIT,
    "worker_prefetch_multiplier": 1,
    "worker_cancel_long_running_tasks_on_connection_loss": False,
    "worker_hijack_root_logger": False,
    "beat_schedule": SCHEDULE,
    "beat_scheduler": "visrec_site.celery:Scheduler",
    "beat_max_loop_interval": 5,
    "timezone": "UTC",
}

app = Celery("visrec_site", task_cls=RobustTask)
app.conf.update(CONFIGURATION)
app.autodiscover_tasks()


def write_heartbeats(names: list[str]) -> None:
    """Write signs of life; a broker that is away is met with silence, which is what it then means."""
    try:
        heartbeats.write(names)
    except redis.RedisError as error:
        logger.debug("no heartbeat of %s: %s", names, error)


@signals.heartbeat_sent.connect
def worker_is_alive(**_: Any) -> None:
    write_heartbeats(list(app.amqp.queues.consume_from))


@signals.worker_ready.connect
def sweep_at_start(**_: Any) -> None:
    """What an earlier worker left half done is taken up at once, not at the next tick."""
    for sweep in SWEEPS.values():
        app.send_task(sweep["task"], **sweep["options"])


@signals.worker_process_init.connect
def die_with_worker(**_: Any) -> None:
    lifeline.tie_to_parent()
