"""Fit an algorithm by name, here or in a process of its own; teach another network there."""

from __future__ import annotations

import json
import os
import queue
import resource
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from django.conf import settings as site
from numpy.typing import NDArray

from recommender.engine import apart
from recommender.engine.model import Cancelled, Fit, Model, Settings, TrainingSet, Watch, unpacked, unwatched
from recommender.engine.registry import ALGORITHMS

PULSE = 1.0  # seconds between two signs of life of a process that is fitting

Pulse = Callable[[], None]
"""Called again and again while a process of its own is fitting; whatever it raises ends that process."""


def unheeded() -> None:
    """Nobody feels it."""


class Failed(Exception):
    """The process that was fitting ended without a model; says what it said last."""


@dataclass(frozen=True, eq=False)
class Fitted:
    """A model, and what it cost. `peak_mb`: of the process it was fitted in."""

    model: Model
    seconds: float
    peak_mb: float
    epochs: list[dict[str, float]]


@dataclass(frozen=True, eq=False)
class Taught:
    """What a network of no algorithm came to, as arrays by name, and what it cost."""

    arrays: dict[str, NDArray[Any]]
    seconds: float
    peak_mb: float
    epochs: list[dict[str, float]]


def fit(
    name: str,
    training: TrainingSet,
    *,
    settings: Settings | None = None,
    seed: int = 0,
    alone: bool | None = None,
    watch: Watch = unwatched,
    pulse: Pulse = unheeded,
    checkpoint: Path | None = None,
    threads: int = 1,
) -> Fitted:
    """Fit the algorithm of that name; `alone` in a process of its own, which networks always are.

    Raises KeyError for an unknown name or setting, ValueError when the training set lacks what it needs, Cancelled
    when `watch` or, for a process of its own, `pulse` says so, Failed when the process dies.
    """
    algorithm = ALGORITHMS[name]
    chosen = algorithm.settings(settings)
    if lacking := training.lacks(algorithm.needs):
        raise ValueError(f"{name} needs {', '.join(lacking)}")
    if alone or algorithm.network:
        return _alone(name, training, chosen, Fit(seed, watch, checkpoint, threads), pulse)
    epochs: list[dict[str, float]] = []
    started = time.perf_counter()
    model = algorithm.fit(training, chosen, Fit(seed, _noting(epochs, watch), checkpoint, threads))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return Fitted(model, time.perf_counter() - started, peak, epochs)


def _noting(epochs: list[dict[str, float]], watch: Watch) -> Watch:
    def note(epoch: int, values: Mapping[str, float]) -> None:
        epochs.append({"epoch": epoch, **values})
        watch(epoch, values)

    return note


def teach(
    lesson: str,
    arrays: Mapping[str, NDArray[Any]],
    *,
    settings: Settings,
    seed: int = 0,
    watch: Watch = unwatched,
    pulse: Pulse = unheeded,
    checkpoint: Path | None = None,
    threads: int = 1,
) -> Taught:
    """Teach a network that is no algorithm (`apart.LESSONS`) in a process of its own, from arrays to arrays.

    Raises KeyError for an unknown lesson, Cancelled when `watch` or `pulse` says so, Failed when the process dies.
    """
    apart.LESSONS[lesson]
    task = {"lesson": lesson, "settings": dict(settings)}
    how = Fit(seed, watch, checkpoint, threads)
    return _apart(task, lambda folder: apart.write_arrays(folder, arrays), how, pulse)


def _alone(name: str, training: TrainingSet, chosen: Settings, how: Fit, pulse: Pulse) -> Fitted:
    task = {"lesson": None, "algorithm": name, "settings": dict(chosen)}
    taught = _apart(task, lambda folder: apart.write_training(folder, training), how, pulse)
    model: Any = unpacked(ALGORITHMS[name].model(), taught.arrays)
    return Fitted(model, taught.seconds, taught.peak_mb, taught.epochs)


def _apart(task: Mapping[str, Any], write: Callable[[Path], None], how: Fit, pulse: Pulse) -> Taught:
    scratch = site.VAR / "scratch"
    scratch.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=scratch) as place:
        folder = Path(place)
        write(folder / apart.TRAINING)
        manner = {
            "seed": how.seed,
            "checkpoint": str(how.checkpoint) if how.checkpoint else None,
            "threads": how.threads,
        }
        (folder / apart.TASK).write_text(json.dumps({**task, **manner}))
        epochs: list[dict[str, float]] = []
        cost = _run(folder, how, _noting(epochs, how.watch), pulse)
        # The files stay readable for as long as they are mapped, also after the folder has gone.
        arrays = apart.read_arrays(folder / apart.MODEL)
    return Taught(arrays, cost["seconds"], cost["peak_mb"], epochs)


def _run(folder: Path, how: Fit, watch: Watch, pulse: Pulse) -> dict[str, float]:
    command = [sys.executable, "-m", "recommender.engine.apart", str(folder), str(os.getpid())]
    threads = {name: str(how.threads) for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "TF_NUM_INTRAOP_THREADS")}
    environment = {**os.environ, **threads, "TF_CPP_MIN_LOG_LEVEL": "2", "PYTHONHASHSEED": "0"}
    cost: dict[str, float] = {}
    with (folder / "errors").open("w+") as errors:
        process = subprocess.Popen(  # noqa: S603 our own interpreter and module
            command, cwd=site.BASE_DIR, env=environment, stdout=subprocess.PIPE, stderr=errors, text=True
        )
        try:
            assert process.stdout is not None
            for line in _lines(process.stdout, pulse):
                said = json.loads(line)
                if "epoch" in said:
                    watch(int(said.pop("epoch")), said)
                else:
                    cost = said
        finally:
            if not cost:
                process.kill()
            process.wait()
        if not cost:
            errors.seek(0)
            raise Failed(errors.read()[-2000:].strip() or f"the process ended with {process.returncode}")
    return cost


def _lines(stream: IO[str], pulse: Pulse) -> Iterator[str]:
    """The lines of a stream as they come, with a `pulse` between them and whenever none comes for a while."""
    come: queue.SimpleQueue[str | None] = queue.SimpleQueue()

    def read() -> None:
        for line in stream:
            come.put(line)
        come.put(None)

    threading.Thread(target=read, daemon=True).start()
    while True:
        pulse()
        try:
            line = come.get(timeout=PULSE)
        except queue.Empty:
            continue
        if line is None:
            return
        yield line


__all__ = ["Cancelled", "Failed", "Fitted", "Taught", "fit", "teach"]
