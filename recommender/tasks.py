"""Names for the queue. A message is a hint; the rows say what is to be done."""

import logging
import time
from collections.abc import Callable

from celery import shared_task
from django.utils import timezone

from recommender import rebuild, store
from recommender.feed import walks

logger = logging.getLogger(__name__)

LONGEST = 24 * 3600  # seconds that an evaluation or a training may take


@shared_task(queue="eyes")
def embed_images(image_ids: list[int]) -> None:
    rebuild.embed_images(image_ids, now=timezone.now())
    key = rebuild.model_key()
    if rebuild.is_behind(key=key):
        _gather(key)
        publish_index()


@shared_task(queue="eyes")
def read_aspects(image_ids: list[int]) -> None:
    rebuild.read_aspects(image_ids)


@shared_task(queue="eyes")
def match_regions(pair_id: int) -> None:
    rebuild.match_regions(pair_id, now=timezone.now())


@shared_task(queue="eyes")
def publish_index() -> None:
    key = rebuild.model_key()
    if rebuild.is_behind(key=key):
        _unless_busy(lambda: rebuild.publish_index(key=key, now=timezone.now()))
        _collect()


@shared_task(queue="eyes")
def sweep() -> None:
    for batch in rebuild.sweep(now=timezone.now()):
        embed_images.delay(batch)
    for batch in rebuild.unread_aspects():
        read_aspects.delay(batch)
    for pair_id in rebuild.due_regions(now=timezone.now()):
        match_regions.delay(pair_id)
    rebuild.renew_masks()
    publish_index()
    if rebuild.people_are_behind():
        rebuild_people.delay()


# Learning takes longer than a message may wait to be acknowledged, so it is acknowledged first; beat sends the next.
@shared_task(queue="learning", acks_late=False, soft_time_limit=540, time_limit=600)
def rebuild_people() -> None:
    _unless_busy(lambda: rebuild.publish_people(now=timezone.now()))
    _collect()


@shared_task(queue="learning", acks_late=False, soft_time_limit=840, time_limit=900)
def draw_atlas() -> None:
    if rebuild.atlas_is_behind(now=timezone.now()):
        _unless_busy(rebuild.publish_atlas)
        _collect()


@shared_task(queue="learning", acks_late=False, soft_time_limit=840, time_limit=900)
def read_told() -> None:
    _unless_busy(rebuild.publish_told)
    _collect()


# Hours, so acknowledged first as well: the row's claim says whether somebody is still at it.
@shared_task(queue="learning", acks_late=False, soft_time_limit=None, time_limit=LONGEST)
def evaluate(run_id: int) -> None:
    rebuild.evaluate_run(run_id, now=timezone.now())


@shared_task(queue="learning", acks_late=False, soft_time_limit=None, time_limit=LONGEST)
def train(run_id: int) -> None:
    rebuild.train_run(run_id, now=timezone.now())
    _collect()


@shared_task(queue="learning", acks_late=False, soft_time_limit=None, time_limit=LONGEST)
def compare(release_id: int) -> None:
    rebuild.compare(release_id, now=timezone.now())


@shared_task(queue="learning")
def renew() -> None:
    rebuild.tidy(now=timezone.now())
    rebuild.forget_departed()
    if run_id := rebuild.renew(now=timezone.now()):
        train.delay(run_id)


@shared_task(queue="learning")
def sweep_runs() -> None:
    evaluations, trainings = rebuild.due_runs(now=timezone.now())
    for run_id in evaluations:
        evaluate.delay(run_id)
    for run_id in trainings:
        train.delay(run_id)


@shared_task(queue="eyes")
def compact() -> None:
    _unless_busy(lambda: rebuild.publish_index(key=rebuild.model_key(), now=timezone.now(), anew=True))
    _unless_busy(lambda: rebuild.leave_out_deleted(key=rebuild.model_key()))
    rebuild.forget(now=timezone.now())
    rebuild.forget_regions(now=timezone.now())
    _collect()


def _gather(key: str) -> None:
    """While pictures keep coming, look at those whose messages are yet to come, so that one publication serves all."""
    pause = rebuild.pause_before_publishing(now=timezone.now())
    if pause > 0:
        time.sleep(pause)
        rebuild.embed_images(rebuild.missing_ids(key=key, most=rebuild.BATCH), now=timezone.now())


def _unless_busy(work: Callable[[], object]) -> None:
    """What another process is at is left to it, and to the next sweep."""
    try:
        work()
    except store.Busy as busy:
        logger.info("Left alone: %s", busy)


def _collect() -> None:
    store.collect(in_use=walks.in_use(now=timezone.now()), now=timezone.now())
