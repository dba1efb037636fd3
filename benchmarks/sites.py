"""Sites to measure: one opened in this process, or one that runs; both in a `var` of their own.

Django takes its settings once a process, from the first of these that is asked for.
"""

import os
import sqlite3
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

if TYPE_CHECKING:
    from tests.running import Site


@contextmanager
def temporary_var() -> Iterator[Path]:
    """A folder for one site, gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="visrec-benchmark-", ignore_cleanup_errors=True) as folder:
        yield Path(folder)


@contextmanager
def running(*arguments: str, ready_within: float = 120.0, **environment: str) -> Iterator["Site"]:
    """A new site with broker, web, workers and clock, ready to be asked, ended and removed afterwards.

    arguments: of `manage.py up`. environment: DEMO=0 for one that is empty.
    """
    from tests.running import running_site

    with temporary_var() as var, running_site(var, *arguments, ready_within=ready_within, **environment) as site:
        yield site


@contextmanager
def served(var: Path) -> Iterator[str]:
    """Address of the pages of the site in `var`, as gunicorn serves them; no broker, no workers."""
    from tests.environment import BASE
    from tests.running import MANAGE, site_environment
    from tests.waiting import eventually
    from visrec_site.supervisor.address import free_port
    from visrec_site.supervisor.programs import ONE_THREAD

    environment = site_environment(var, LOG_LEVEL="ERROR", **ONE_THREAD)
    for command in (["migrate", "-v0"], ["collectstatic", "--noinput", "-v0"]):
        subprocess.run([*MANAGE, *command], env=environment, check=True, cwd=BASE)
    address = f"127.0.0.1:{free_port()}"
    gunicorn = [
        sys.executable,
        "-m",
        "gunicorn",
        "visrec_site.wsgi",
        "--config",
        "deploy/gunicorn.conf.py",
        "--log-level",
        "error",
    ]
    options = ["--bind", address, "--workers", "2", "--threads", "4"]
    process = subprocess.Popen([*gunicorn, *options], env=environment, cwd=BASE)
    try:
        eventually(lambda: _answers(f"http://{address}/health/live"), seconds=60)
        yield f"http://{address}"
    finally:
        process.terminate()
        process.wait(30)


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=5) as answer:
            return answer.status == 200
    except OSError:
        return False


def open_site(var: Path) -> None:
    """Django of this process on the site in `var`, its tables made; no broker. Call it before importing a model."""
    for name in ("DATABASE_URL", "CACHE_URL", "MEDIA"):
        os.environ.pop(name, None)
    if "EYES_FILE" not in os.environ and (built := sorted((ROOT / "var" / "eyes").glob("*.tflite"))):
        os.environ["EYES_FILE"] = str(built[0])
    if "WORDS_FILE" not in os.environ and (built := sorted((ROOT / "var" / "eyes").glob("*.words"))):
        os.environ["WORDS_FILE"] = str(built[0])
    os.environ |= {
        "VAR": str(var),
        "REDIS_URL": "redis://127.0.0.1:1/0",  # nothing listens there
        "LOG_LEVEL": "CRITICAL",
        "OPENBLAS_NUM_THREADS": "1",  # as in the site's own processes
        "DJANGO_SETTINGS_MODULE": "visrec_site.settings",
    }
    import django
    from django.conf import settings
    from django.core.management import call_command

    assert not settings.configured, "This process has a site already."

    django.setup()
    call_command("migrate", verbosity=0)


def copy_site(source: Path, target: Path) -> None:
    """Open, in this process, a copy of a site's rows without its files; the site may be running.

    The index and what people's likes say are made anew from the rows, by today's code.
    """
    target.mkdir(parents=True, exist_ok=True)
    with (
        closing(sqlite3.connect(source / "visrec.sqlite3")) as original,
        closing(sqlite3.connect(target / "visrec.sqlite3")) as copy,
    ):
        original.backup(copy)
    open_site(target)
    from django.utils import timezone

    from recommender import rebuild
    from recommender.models import Lease, Release

    Lease.objects.all().delete()
    Release.objects.all().delete()
    rebuild.publish_index(key=rebuild.model_key(), now=timezone.now())
    rebuild.publish_people(now=timezone.now())
