"""Pictures with the class each belongs to, read from arrays and checked: what a classifier learns from."""

import zipfile
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from recommender.engine.arrays import Rows

ARRAYS = ("x_train", "y_train", "x_test", "y_test")
CHANNELS = (1, 3)
SMALLEST, LARGEST = 8, 128
"""Pixels of a side: smaller ones vanish in two poolings, larger ones are no work for a small network."""
FEWEST = 10
"""Training pictures that every class needs."""
BROKEN = (OSError, EOFError, ValueError, KeyError, zipfile.BadZipFile, zlib.error)


class Unusable(ValueError):
    """Nothing can be learned from this; the message says why."""


@dataclass(frozen=True, eq=False)
class Labelled:
    """x_train (n, h, w, c) and x_test (m, h, w, c) float32 in [0, 1], c 1 or 3; y_train (n,) and y_test (m,) places in
    `classes`, the names of the classes."""

    x_train: NDArray[np.float32]
    y_train: Rows
    x_test: NDArray[np.float32]
    y_test: Rows
    classes: tuple[str, ...]

    @property
    def in_colour(self) -> bool:
        return int(self.x_train.shape[-1]) == 3


def read_npz(path: Path) -> Labelled:
    """From a file of `x_train y_train x_test y_test`, and `classes` if it names them. Raises Unusable.

    Pictures are (n, h, w) or (n, h, w, c) of uint8, or of floats from 0 to 1; labels (n,) or (n, 1) whole numbers.
    """
    try:
        with np.load(path, allow_pickle=False) as stored:
            arrays = dict(stored.items())
    except BROKEN as error:
        raise Unusable(f"{path} is no .npz file of plain arrays: {error}") from error
    except (AttributeError, TypeError) as error:
        raise Unusable(f"{path} holds one array, not {', '.join(ARRAYS)}.") from error
    if missing := [name for name in ARRAYS if name not in arrays]:
        raise Unusable(f"{path} lacks {', '.join(missing)}: it must hold {', '.join(ARRAYS)}.")
    return labelled(arrays)


def labelled(arrays: Mapping[str, NDArray[Any]]) -> Labelled:
    """Check the arrays of `read_npz`. Raises Unusable."""
    x_train, x_test = (_pictures(arrays[name], name) for name in ("x_train", "x_test"))
    if x_train.shape[1:] != x_test.shape[1:]:
        raise Unusable(f"Pictures of {x_train.shape[1:]} are to be learned from, but tested on {x_test.shape[1:]}.")
    y_train = _labels(arrays["y_train"], "y_train", len(x_train))
    y_test = _labels(arrays["y_test"], "y_test", len(x_test))
    values, places = np.unique(y_train, return_inverse=True)
    if unknown := np.setdiff1d(y_test, values).tolist():
        raise Unusable(f"No training picture is of class {unknown[0]}, which y_test has.")
    _enough(np.bincount(places), values)
    names = _names(arrays.get("classes"), values)
    return Labelled(x_train, places.astype(np.int64), x_test, np.searchsorted(values, y_test), names)


def divided(pictures: NDArray[np.uint8], classes: Sequence[str], *, share: float = 0.2, seed: int = 0) -> Labelled:
    """Pictures (n, h, w, c) with the names of their classes, a seeded share of each for testing. Raises Unusable."""
    names, places = np.unique(np.asarray(classes, np.str_), return_inverse=True)
    tested = a_share_of_each(places, share, np.random.default_rng(seed))
    return labelled(
        {
            "x_train": pictures[~tested],
            "y_train": places[~tested],
            "x_test": pictures[tested],
            "y_test": places[tested],
            "classes": names,
        }
    )


def a_share_of_each(labels: Rows, share: float, rng: np.random.Generator) -> NDArray[np.bool_]:
    """(n,) a random share of every class, rounded, at least one of a class of two or more."""
    chosen = np.zeros(len(labels), np.bool_)
    for label in np.unique(labels):
        rows = rng.permutation(np.flatnonzero(labels == label))
        chosen[rows[: max(round(share * len(rows)), min(1, len(rows) - 1))]] = True
    return chosen


def _pictures(values: NDArray[Any], name: str) -> NDArray[np.float32]:
    if values.ndim == 3:
        values = values[..., None]
    if values.ndim != 4 or values.shape[-1] not in CHANNELS or not len(values):
        raise Unusable(f"{name} is of shape {values.shape}, not (n, h, w) or (n, h, w, 3).")
    sides = values.shape[1:3]
    if min(sides) < SMALLEST or max(sides) > LARGEST:
        raise Unusable(f"{name} holds pictures of {sides[0]} × {sides[1]} pixels; {SMALLEST} to {LARGEST} are learned.")
    if values.dtype == np.uint8:
        return values.astype(np.float32) / np.float32(255)
    if not np.issubdtype(values.dtype, np.floating) or not (values >= 0).all() or values.max() > 1:
        raise Unusable(f"{name} is neither uint8 nor floats from 0 to 1.")
    return values.astype(np.float32)


def _labels(values: NDArray[Any], name: str, count: int) -> NDArray[np.int64]:
    if values.shape not in ((count,), (count, 1)) or not np.issubdtype(values.dtype, np.integer):
        raise Unusable(f"{name} is {values.dtype} of shape {values.shape}, not {count} whole numbers.")
    return values.reshape(-1).astype(np.int64)


def _enough(counts: NDArray[np.int64], values: NDArray[np.int64]) -> None:
    if len(counts) < 2:
        raise Unusable("All pictures are of one class; telling apart needs two.")
    if counts.min() < FEWEST:
        few = int(counts.argmin())
        raise Unusable(f"Class {values[few]} has {counts[few]} pictures to learn from; every class needs {FEWEST}.")


def _names(given: NDArray[Any] | None, values: NDArray[np.int64]) -> tuple[str, ...]:
    """What `classes` calls the labels, where it is a list of texts long enough; else the labels themselves."""
    if (
        given is not None
        and given.dtype.kind == "U"
        and given.ndim == 1
        and 0 <= values.min() <= values.max() < len(given)
    ):
        return tuple(str(given[value]) for value in values)
    return tuple(str(value) for value in values)
