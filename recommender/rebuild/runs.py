"""The laboratory's long work, one run at a time: claimed, watched, stopped when asked to. The rows say how it goes."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from django.conf import settings as site
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from catalog.models import State
from recommender import evaluation, learning, store
from recommender.engine.model import Cancelled
from recommender.evaluation import Plan, Step
from recommender.models import CANCELLED, UNDER_WAY, Epoch, EvaluationRun, Lease, Run, TrainingRun
from recommender.rebuild.comparison import words_of

KINDS: tuple[type[Run], ...] = (EvaluationRun, TrainingRun)
BETWEEN_NOTES = dt.timedelta(seconds=2)
ALIVE = dt.timedelta(seconds=60)  # that a sign of life from a process that learns is good for; one comes every second
HELD = dt.timedelta(minutes=10)  # that a step without such signs may take: reading the likes, counting
LONGEST = dt.timedelta(hours=12)  # of a run; then it ends by itself, before the queue kills its process
UNABLE = (evaluation.Unusable, learning.Failed, ValueError, KeyError, store.Damaged)


class TooLong(Cancelled):
    """The run has taken longer than any may."""


class Superseded(Cancelled):
    """The row has been handed to another worker, or is gone: whoever is here has lost its claim."""


class Watched:
    """Notes how far a run has come, keeps its claim, and ends it when that is asked for."""

    def __init__(self, run: Run) -> None:
        self._run, self._attempt = run, run.attempt
        self._noted = timezone.now()

    def stage(self, doing: str, *, progress: float) -> None:
        """Something else begins, which may take minutes without a sign of life. Raises Cancelled."""
        self._note(HELD, doing=doing[:120], progress=progress)

    def pulse(self) -> None:
        """It goes on. Raises Cancelled."""
        if timezone.now() - self._noted >= BETWEEN_NOTES:
            self._note(ALIVE)

    def epoch(self, number: int, values: dict[str, float]) -> None:
        """Keep what an epoch measured; a try that has come farther than the one before it is not counted."""
        _row, is_new = Epoch.objects.update_or_create(run_id=self._run.pk, number=number, defaults={"values": values})
        if is_new and self._attempt > 1 and self._rows.update(attempt=1):
            self._attempt = 1
        if timezone.now() - self._noted >= BETWEEN_NOTES:
            self._note(ALIVE, doing=_("epoch %(number)d") % {"number": number})

    def _note(self, held: dt.timedelta, **found: Any) -> None:
        now = self._noted = timezone.now()
        if not self._rows.update(claimed_until=now + held, **found):
            raise Superseded
        if self._rows.filter(cancel_asked=True).exists():
            raise Cancelled
        if self._run.started_at is not None and now - self._run.started_at > LONGEST:
            raise TooLong

    @property
    def _rows(self) -> Any:
        mine = type(self._run)._default_manager.filter(pk=self._run.pk, state=State.PROCESSING)
        return mine.filter(attempt=self._attempt)


def evaluate(run_id: int, *, now: dt.datetime) -> bool:
    """Make the evaluation of this row, if it is due and no other run is at work; says whether it was."""
    return claimed(EvaluationRun, run_id, _evaluated, now=now)


def due_runs(*, now: dt.datetime) -> tuple[list[int], list[int]]:
    """Evaluations and trainings that wait, or whose worker died with its claim; what has no try left is given up.

    None while a run is at work: the others wait for it.
    """
    for kind in KINDS:
        kind._default_manager.all().give_up(now)
    if _at_work(now):
        return [], []
    evaluations, trainings = (list(kind._default_manager.due(now).values_list("pk", flat=True)) for kind in KINDS)
    return evaluations, trainings


def place_of(run: TrainingRun) -> Path:
    """The folder that survives a worker: the likes a training learns from, and its checkpoints."""
    return _places() / str(run.pk)


def tidy(*, now: dt.datetime) -> None:
    """Remove what trainings that are over, and fits that were killed, have left on the disk."""
    rows = TrainingRun.objects.filter(state__in=UNDER_WAY)
    under_way = {str(pk) for pk in rows.values_list("pk", flat=True)}
    _remove(path for path in _entries(_places()) if path.name not in under_way)
    old = (now - LONGEST).timestamp()
    _remove(path for path in _entries(Path(site.VAR) / "scratch") if path.stat().st_mtime < old)


def claimed(kind: type[Run], run_id: int, work: Callable[[Any, Watched], None], *, now: dt.datetime) -> bool:
    """Claim the row and do the work; whatever comes of it is written into the row. Says whether it was the caller's."""
    rows = kind._default_manager.filter(pk=run_id)
    if not _claim(rows, now):
        return False
    run = rows.get()
    try:
        work(run, Watched(run))
    except Superseded:
        return False
    except TooLong:
        hours = LONGEST.total_seconds() // 3600
        rows.fail(code="too-long", detail=_("It took longer than %(hours)d hours.") % {"hours": hours})
    except Cancelled:
        rows.fail(code=CANCELLED, detail=_("It was stopped."))
    except UNABLE as error:
        rows.fail(code="unable", detail=words_of(error)[-2000:])
    else:
        rows.update(state=State.READY, claimed_until=None, progress=1.0, doing="", error_code="", error_detail="")
    rows.update(ended_at=timezone.now())
    if isinstance(run, TrainingRun):
        shutil.rmtree(place_of(run), ignore_errors=True)
    return True


def _claim(rows: Any, now: dt.datetime) -> bool:
    """Whether the row is now the caller's. Workers ask one after the other, so that one run is at work at a time."""
    with transaction.atomic():
        Lease.objects.select_for_update().get_or_create(name="runs", defaults={"until": now})
        if _at_work(now) or not rows.claim(now):
            return False
        rows.update(claimed_until=now + HELD)
        rows.filter(started_at=None).update(started_at=now)
    return True


def _at_work(now: dt.datetime) -> bool:
    busy = {"state": State.PROCESSING, "claimed_until__gte": now}
    return any(kind._default_manager.filter(**busy).exists() for kind in KINDS)


def _evaluated(run: EvaluationRun, watched: Watched) -> None:
    watched.stage(_("reading the likes"), progress=0.0)
    dataset = evaluation.site_dataset(run.created_at)
    result = evaluation.evaluate(dataset, plan=Plan(**run.plan), progress=_telling(watched))
    run.result, run.data_hash = result, result["data"]["sha256"]
    run.save(update_fields=["result", "data_hash"])


def _telling(watched: Watched) -> Callable[[Step], None]:
    """Every new step is a stage of the run, every repeated one a sign of life."""
    last = ""

    def tell(step: Step) -> None:
        nonlocal last
        words = f"{step.algorithm}: {step.words}" if step.algorithm else step.words
        if words == last:
            watched.pulse()
        else:
            watched.stage(words, progress=step.done / step.total if step.total else 0.0)
        last = words

    return tell


def _places() -> Path:
    return Path(site.VAR) / "checkpoints"


def _entries(folder: Path) -> list[Path]:
    return sorted(folder.iterdir()) if folder.is_dir() else []


def _remove(paths: Iterable[Path]) -> None:
    for path in paths:
        shutil.rmtree(path, ignore_errors=True)
