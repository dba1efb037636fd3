"""Fit an algorithm, or another network, in a process of its own: `python -m recommender.engine.apart FOLDER PARENT`.

The folder holds the training set and `task.json`; epochs are printed as lines of JSON while they happen, and the model
is left in the folder. So TensorFlow's memory ends with its process, a fit can be killed, and its peak is its own.
"""

import ctypes
import json
import os
import resource
import signal
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from recommender.engine.model import Fit, TrainingSet, packed, unpacked
from recommender.engine.networks import dream
from recommender.engine.registry import ALGORITHMS

TASK, MODEL, TRAINING = "task.json", "model", "training"
Lesson = Callable[[Mapping[str, NDArray[Any]], Mapping[str, Any], Fit], Any]
"""From arrays and settings by name to a dataclass that can be `packed`."""
LESSONS: dict[str, Lesson] = {"dream": dream.teach}
"""What is taught beside the algorithms, by name."""
DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG of prctl(2)


def write_arrays(folder: Path, arrays: Mapping[str, NDArray[Any]]) -> None:
    """Each array in a file of its own, so that it can be memory-mapped."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, array in arrays.items():
        np.save(folder / f"{name}.npy", array, allow_pickle=False)


def read_arrays(folder: Path) -> dict[str, NDArray[Any]]:
    """What `write_arrays` wrote, memory-mapped."""
    return {path.name.removesuffix(".npy"): np.load(path, mmap_mode="r") for path in sorted(folder.glob("*.npy"))}


def write_training(folder: Path, training: TrainingSet) -> None:
    write_arrays(folder, packed(training))


def read_training(folder: Path) -> TrainingSet:
    return unpacked(TrainingSet, read_arrays(folder))


def main(folder: Path, parent: int) -> None:
    die_with(parent)
    task = json.loads((folder / TASK).read_text())

    def tell(epoch: int, values: Mapping[str, float]) -> None:
        _say({"epoch": epoch, **{name: float(value) for name, value in values.items()}})

    fit = Fit(
        seed=task["seed"],
        watch=tell,
        checkpoint=Path(task["checkpoint"]) if task["checkpoint"] else None,
        threads=task["threads"],
    )
    started = time.perf_counter()
    model = _taught(folder, task, fit)
    seconds = time.perf_counter() - started
    write_arrays(folder / MODEL, packed(model))
    _say({"seconds": seconds, "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024})


def _taught(folder: Path, task: Mapping[str, Any], fit: Fit) -> Any:
    if task["lesson"]:
        return LESSONS[task["lesson"]](read_arrays(folder / TRAINING), task["settings"], fit)
    algorithm = ALGORITHMS[task["algorithm"]]
    return algorithm.fit(read_training(folder / TRAINING), algorithm.settings(task["settings"]), fit)


def die_with(parent: int) -> None:
    """Have the kernel end this process when that one, which started it, is gone, however it went. Linux alone."""
    if sys.platform.startswith("linux"):
        ctypes.CDLL(None, use_errno=True).prctl(DEATH_SIGNAL, signal.SIGKILL, 0, 0, 0)
        if os.getppid() != parent:
            os._exit(1)


def _say(line: Mapping[str, Any]) -> None:
    sys.stdout.write(json.dumps(line) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
