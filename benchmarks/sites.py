"""Sites to measure: one opened in this process, or one that runs; both in a `var` of their own."""

import os
import shutil
import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests.running import Site, running_site

OWNER, PASSWORD = "benchmark", "measure twice, cut once"
AT_ONCE = 2  # pictures decoded at the same time, as by the site's own worker


@contextmanager
def temporary_var() -> Iterator[Path]:
    """A folder for one site, gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="visrec-benchmark-", ignore_cleanup_errors=True) as folder:
        yield Path(folder)


@contextmanager
def running(*arguments: str, ready_within: float = 120.0, **environment: str) -> Iterator[Site]:
    """A new site with broker, web, workers and clock, ready to be asked, ended and removed afterwards.

    arguments: of `manage.py up`. environment: DEMO=0 for one that is empty.
    """
    with temporary_var() as var, running_site(var, *arguments, ready_within=ready_within, **environment) as site:
        yield site


def open_site(var: Path) -> None:
    """Django of this process on the site in `var`, its tables made; no broker. Call it before importing a model."""
    for name in ("DATABASE_URL", "CACHE_URL", "MEDIA"):
        os.environ.pop(name, None)
    os.environ |= {
        "VAR": str(var),
        "REDIS_URL": "redis://127.0.0.1:1/0",  # nothing listens there: what is not sent is done by `process`
        "LOG_LEVEL": "CRITICAL",
        "DJANGO_SETTINGS_MODULE": "visrec_site.settings",
    }
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)


def copy_database(source: Path, target: Path) -> None:
    """A site's rows and arrays, without its files, in another `var`; the site may be running."""
    target.mkdir(parents=True, exist_ok=True)
    with (
        closing(sqlite3.connect(source / "visrec.sqlite3")) as original,
        closing(sqlite3.connect(target / "visrec.sqlite3")) as copy,
    ):
        original.backup(copy)
    shutil.copytree(source / "store", target / "store")


def seed_demo(var: Path, *, per_family: int) -> None:
    """Hang the demo gallery in the site opened here, look at all of it, and learn from its people."""
    from django.core.management import call_command
    from django.utils import timezone

    from recommender import rebuild

    call_command("seed_demo", per_family=per_family, stdout=sys.stderr)
    process()
    rebuild.publish_people(now=timezone.now())


def process() -> None:
    """Do what the workers do, in this process: decode what waits, look at it, publish it."""
    from django.db import connections
    from django.utils import timezone
    from tqdm import tqdm

    from catalog import processing
    from catalog.models import Image
    from recommender import rebuild

    def decode(image_id: int) -> None:
        processing.process_image(image_id, now=timezone.now())
        connections.close_all()

    waiting = list(Image.objects.kept().due(timezone.now()).order_by("created_at").values_list("pk", flat=True))
    with ThreadPoolExecutor(AT_ONCE) as pool:
        list(tqdm(pool.map(decode, waiting), total=len(waiting), desc="decoding", unit="picture"))
    key = rebuild.model_key()
    for batch in tqdm(rebuild.sweep(now=timezone.now()), desc="looking", unit="batch"):
        rebuild.embed_images(batch, now=timezone.now())
    rebuild.publish_index(key=key, now=timezone.now())
