"""`manage.py rebuild embeddings|aspects|index|factors|map|words|all`: derived state, made again from the rows."""

import json
import sys
import time
from argparse import ArgumentParser
from collections.abc import Callable
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from tqdm import tqdm

from recommender import rebuild, store
from recommender.engine.vision.model_file import EyesError
from recommender.models import Embedding, Release


class Command(BaseCommand):
    help = "Build what is derived anew. The old serves until the new is there."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("what", choices=[*PARTS, "all"])
        parser.add_argument("--json", action="store_true", help="print one JSON object on stdout")

    def handle(self, *, what: str, **options: Any) -> None:
        started = time.monotonic()
        rows = 0
        try:
            for part in PARTS if what == "all" else [what]:
                rows = PARTS[part]()
                self.stderr.write(f"{part}: {rows} rows")
        except store.Busy as error:
            raise CommandError(f"{error}; try again when that has ended.", returncode=1) from error
        except EyesError as error:
            raise CommandError(f"{error}. Run build_eyes first.", returncode=2) from error
        serving = store.serving(KINDS.get(what, Release.Kind.INDEX))
        report = {
            "rows": rows,
            "seconds": round(time.monotonic() - started, 2),
            "version": serving.version if serving else None,
        }
        self.stdout.write(json.dumps(report) if options["json"] else f"{report['rows']} rows in {report['seconds']} s")


def _embeddings() -> int:
    """Look at every picture again."""
    key = rebuild.model_key()
    rebuild.look_again(Embedding.objects.filter(model_key=key).values_list("image_id", flat=True))
    done = 0
    with tqdm(desc="embedding", unit="picture", file=sys.stderr) as progress:
        for batch in iter(lambda: rebuild.sweep(now=timezone.now()), []):
            fresh = sum(rebuild.embed_images(ids, now=timezone.now()) for ids in batch)
            progress.update(fresh)
            done += fresh
            if not fresh:
                break
    return done


def _aspects() -> int:
    """Read the aspects of pictures that lack them."""
    done = 0
    with tqdm(desc="reading", unit="picture", file=sys.stderr) as progress:
        for batch in iter(rebuild.unread_aspects, []):
            fresh = sum(rebuild.read_aspects(ids) for ids in batch)
            progress.update(fresh)
            done += fresh
            if not fresh:
                break
    return done


def _index() -> int:
    return rebuild.publish_index(key=rebuild.model_key(), now=timezone.now(), anew=True)


def _factors() -> int:
    return rebuild.publish_people(now=timezone.now())


KINDS = {"factors": Release.Kind.PEOPLE, "map": Release.Kind.ATLAS, "words": Release.Kind.TOLD}
PARTS: dict[str, Callable[[], int]] = {
    "embeddings": _embeddings,
    "aspects": _aspects,
    "index": _index,
    "factors": _factors,
    "map": rebuild.publish_atlas,
    "words": rebuild.publish_told,
}
