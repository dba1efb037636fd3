"""The loop that all networks share: epochs, early stopping, checkpoints that an interrupted fit goes on from.

It knows nothing of a network but the three verbs of a `Learner`, and imports no TensorFlow by itself.
"""

import hashlib
import json
import logging
import os
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from recommender.engine.model import Fit

logger = logging.getLogger(__name__)

State = dict[str, NDArray[Any]]
"""All that a learner needs to go on: weights and what its optimiser remembers, by name."""
CHECKPOINT = "training.npz"
FORMAT = 1
DAMAGED = (OSError, EOFError, ValueError, KeyError, zipfile.BadZipFile, zlib.error)


class Learner(Protocol):
    """A network while it learns. Draws its randomness from (seed, epoch), so that going on equals never stopping."""

    def epoch(self, number: int) -> Mapping[str, float]:
        """Learn once from everything; the epoch's number is from 1. Values by name: `loss`, `validation_loss` …"""
        ...

    def state(self) -> State:
        """Copies of what `restore` needs."""
        ...

    def restore(self, state: State) -> None: ...


@dataclass(frozen=True, kw_only=True)
class Plan:
    """How long to learn, and what is best."""

    epochs: int
    """At most."""
    by: str | None = None
    """The value whose best epoch is kept; None keeps the last."""
    highest: bool = False
    """Whether more of it is better."""
    gain: float = 0.0
    """How much better an epoch must be to be the best, as a share of the best so far."""
    patience: int | None = None
    """Epochs without a better value after which learning ends; None for never."""
    save_every: int = 1
    """Epochs between two checkpoints."""


@dataclass
class Progress:
    """What happened so far. `best`: the state of the best epoch; the learner itself holds that of the last."""

    told: list[dict[str, float]] = field(default_factory=list)
    best: State | None = None
    best_epoch: int = 0

    def is_over(self, plan: Plan) -> bool:
        """Whether all epochs are done, or too many since the best one."""
        tired = plan.by is not None and plan.patience is not None and len(self.told) - self.best_epoch >= plan.patience
        return len(self.told) >= plan.epochs or (bool(self.told) and tired)

    def note(self, values: Mapping[str, float], learner: Learner, plan: Plan) -> None:
        """Add an epoch, and keep its state when it is the best. ValueError for a value that is not finite."""
        bad = [name for name, value in values.items() if not np.isfinite(value)]
        if bad:
            raise ValueError(
                f"training went astray: {', '.join(bad)} is no finite number in epoch {len(self.told) + 1}"
            )
        self.told.append({name: float(value) for name, value in values.items()})
        if plan.by is not None and self._is_best(plan.by, plan):
            self.best, self.best_epoch = learner.state(), len(self.told)

    def _is_best(self, name: str, plan: Plan) -> bool:
        if not self.best_epoch:
            return True
        new, best = self.told[-1][name], self.told[self.best_epoch - 1][name]
        return (new - best if plan.highest else best - new) > plan.gain * abs(best)


def train(learner: Learner, *, plan: Plan, fit: Fit, fingerprint: str) -> Progress:
    """Teach a learner; afterwards it holds its best state (the last one without `plan.by`).

    `fit.watch` hears of every epoch, those of a checkpoint once more, so that curves are whole. A checkpoint is
    written before the watch is asked, so that Cancelled loses nothing; one that is damaged or of another
    `fingerprint` is left aside with a word in the log. The checkpoint stays; the folder is the caller's.
    """
    progress = resumed(learner, fit.checkpoint, fingerprint) or Progress()
    for number, values in enumerate(progress.told, start=1):
        fit.watch(number, values)
    while not progress.is_over(plan):
        number = len(progress.told) + 1
        progress.note(learner.epoch(number), learner, plan)
        if fit.checkpoint is not None and (number % plan.save_every == 0 or progress.is_over(plan)):
            save(fit.checkpoint, learner, progress, fingerprint)
        fit.watch(number, progress.told[-1])
    if progress.best is not None:
        learner.restore(progress.best)
    return progress


def save(folder: Path, learner: Learner, progress: Progress, fingerprint: str) -> None:
    """Write a checkpoint aside and rename it, so that there is always a whole one."""
    folder.mkdir(parents=True, exist_ok=True)
    head = {"format": FORMAT, "fingerprint": fingerprint, "told": progress.told, "best_epoch": progress.best_epoch}
    arrays: dict[str, Any] = {f"now.{name}": value for name, value in learner.state().items()}
    arrays |= {f"best.{name}": value for name, value in (progress.best or {}).items()}
    aside = folder / f".{CHECKPOINT}.{os.getpid()}"
    try:
        with aside.open("wb") as file:
            np.savez(file, allow_pickle=False, head=np.array(json.dumps(head)), **arrays)
            file.flush()
            os.fsync(file.fileno())
        aside.replace(folder / CHECKPOINT)
    finally:
        aside.unlink(missing_ok=True)


def resumed(learner: Learner, folder: Path | None, fingerprint: str) -> Progress | None:
    """Put the learner where a checkpoint of this very fit left it; None when there is none to go on from."""
    if folder is None or not (folder / CHECKPOINT).exists():
        return None
    try:
        with np.load(folder / CHECKPOINT, allow_pickle=False) as stored:
            arrays = dict(stored)
        head = json.loads(str(arrays.pop("head")))
        if (head["format"], head["fingerprint"]) != (FORMAT, fingerprint):
            logger.warning("The checkpoint in %s is of another fit: starting anew.", folder)
            return None
        progress = Progress(head["told"], _part(arrays, "best.") or None, head["best_epoch"])
    except DAMAGED as error:
        logger.warning("The checkpoint in %s is damaged (%s): starting anew.", folder, error)
        return None
    learner.restore(_part(arrays, "now."))
    return progress


def _part(arrays: State, prefix: str) -> State:
    return {name.removeprefix(prefix): value for name, value in arrays.items() if name.startswith(prefix)}


def fingerprint_of(*parts: object) -> str:
    """One word for what a fit depends on: texts, numbers, mappings of these, arrays (all their bytes), None."""
    digest = hashlib.sha256()
    for part in parts:
        if isinstance(part, np.ndarray):
            digest.update(f"array {part.dtype} {part.shape}".encode())
            digest.update(np.ascontiguousarray(part).view(np.uint8).reshape(-1).data)
        else:
            digest.update(f"value {json.dumps(part, sort_keys=True)}".encode())
    return digest.hexdigest()


def state_of(variables: Sequence[Any]) -> State:
    """Copies of variables of TensorFlow or Keras, named by their places."""
    return {f"{place:04d}": np.array(variable.numpy()) for place, variable in enumerate(variables)}


def assign(variables: Sequence[Any], state: State) -> None:
    """What `state_of` took, back into as many variables. ValueError when there are more or fewer."""
    if len(variables) != len(state):
        raise ValueError(f"a state of {len(state)} variables does not fit {len(variables)}")
    for variable, name in zip(variables, sorted(state), strict=True):
        variable.assign(state[name])


def start_tensorflow(*, seed: int, threads: int) -> Any:
    """The module `tensorflow`, seeded, with ops that repeat their numbers, on so many threads.

    A process that has used TensorFlow before keeps the threads it has.
    """
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
    import keras
    import tensorflow as tf

    try:
        tf.config.threading.set_intra_op_parallelism_threads(threads)
        tf.config.threading.set_inter_op_parallelism_threads(1)
    except RuntimeError:
        logger.info("TensorFlow has started before: its threads stay as they are.")
    tf.config.experimental.enable_op_determinism()
    keras.utils.set_random_seed(seed)
    return tf
