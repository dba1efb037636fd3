"""Names for the queue. A message is a hint; the row says what is to be done."""

from celery import shared_task
from django.utils import timezone

from catalog import processing


@shared_task(queue="intake")
def process_image(image_id: int) -> None:
    processing.process_image(image_id, now=timezone.now())


@shared_task(queue="intake")
def sweep() -> None:
    for image_id in processing.sweep(now=timezone.now()):
        process_image.delay(image_id)


@shared_task(queue="intake")
def tidy() -> None:
    processing.tidy(now=timezone.now())
