"""`manage.py sweep`: send again what waits, without waiting for beat."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from catalog import processing
from catalog import tasks as catalog_tasks
from recommender import rebuild
from recommender import tasks as recommender_tasks


class Command(BaseCommand):
    help = "Send the work again whose messages were lost: pictures to decode, pictures to look at."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="print one JSON object on stdout")

    def handle(self, **options: Any) -> None:
        now = timezone.now()
        images = processing.sweep(now=now)
        for image_id in images:
            catalog_tasks.process_image.delay(image_id)
        batches = rebuild.sweep(now=now)
        for batch in batches:
            recommender_tasks.embed_images.delay(batch)
        recommender_tasks.publish_index.delay()
        report = {"images": len(images), "embeddings": sum(map(len, batches))}
        self.stdout.write(
            json.dumps(report)
            if options["json"]
            else f"Sent again: {report['images']} pictures to decode, {report['embeddings']} to look at."
        )
