"""What runs beside the supervisor, as plain values."""

import os
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from visrec_site.celery import EYES, INTAKE, LEARNING
from visrec_site.supervisor.logs import Voice

# One BLAS thread in each process: two overlapping requests otherwise fight for the cores.
ONE_THREAD = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")
# Celery warns root about pickled messages at each start; ours are JSON, and nothing else is accepted.
WORKER_ENVIRONMENT = {"STATEMENT_TIMEOUT_MS": "60000", "PYTHONWARNINGS": "ignore:::celery.platforms"}


@dataclass(frozen=True, kw_only=True)
class Program:
    """One child of the supervisor.

    once: it ends by itself; it is started again only after a failure.
    last: it stops after the others, which may need it to end well.
    voice: what of its output reaches the terminal; all of it is in its log.
    mend: called when it has died at once several times running; may repair what it starts from.
    """

    name: str
    argv: list[str]
    environment: Mapping[str, str] = field(default_factory=dict)
    pass_fds: tuple[int, ...] = ()
    once: bool = False
    last: bool = False
    voice: Voice = Voice.WARNINGS
    mend: Callable[[], None] | None = None


def web(*, base: Path, listener: int, workers: int, threads: int) -> Program:
    """Gunicorn on a socket that the supervisor holds, so that visitors wait through a restart instead of failing."""
    return Program(
        name="web",
        argv=[
            *(sys.executable, "-m", "gunicorn", "visrec_site.wsgi:application"),
            *("--config", str(base / "deploy" / "gunicorn.conf.py"), "--bind", f"fd://{listener}"),
            *("--workers", str(workers), "--threads", str(threads)),
        ],
        pass_fds=(listener,),
    )


def worker(*, queue: str, processes: int, memory: int, one_by_one: bool = False) -> Program:
    """A Celery worker of one queue; a pool process above `memory` MB is replaced after its task.

    one_by_one: it takes a message only when a process is free; behind an hour of learning it would wait unacknowledged.
    """
    return Program(
        name=queue,
        argv=[
            *(sys.executable, "-m", "celery", "--app", "visrec_site", "--quiet", "worker"),
            *("--queues", queue, "--hostname", f"{queue}@%h", "--concurrency", str(processes)),
            *("--max-memory-per-child", str(memory * 1024), "--loglevel", "INFO"),
            *("--without-gossip", "--without-mingle"),
            *(["--disable-prefetch"] if one_by_one else []),
        ],
        environment=WORKER_ENVIRONMENT,
    )


def beat(*, var: Path) -> Program:
    """The clock of the schedule."""
    return Program(
        name="beat",
        argv=[
            *(sys.executable, "-m", "celery", "--app", "visrec_site", "--quiet", "beat"),
            *("--schedule", str(var / "beat" / "schedule"), "--pidfile", "", "--loglevel", "INFO"),
        ],
    )


def demo(*, base: Path, options: list[str]) -> Program:
    """Hangs the demo gallery while the site already serves."""
    return Program(
        name="demo",
        argv=[sys.executable, str(base / "manage.py"), "seed_demo", *options],
        environment=WORKER_ENVIRONMENT,
        once=True,
        voice=Voice.ALL,
    )


def site(*, base: Path, var: Path, listener: int) -> list[Program]:
    """Everything but the broker and the demo."""
    return [
        web(base=base, listener=listener, workers=int(os.environ.get("WEB_WORKERS", "2")), threads=4),
        worker(queue=INTAKE, processes=2, memory=400),
        worker(queue=EYES, processes=1, memory=700),
        # One process may be at a training for hours; the other goes on learning from people every ten minutes.
        worker(queue=LEARNING, processes=2, memory=700, one_by_one=True),
        beat(var=var),
    ]
