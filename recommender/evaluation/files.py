"""Files as data: logs of reactions and features of pictures."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

import numpy as np

from recommender.engine import splits
from recommender.engine.arrays import Rows, Vectors, unit
from recommender.engine.reactions import Reactions
from recommender.evaluation.dataset import Dataset, Parts
from recommender.evaluation.plan import Unusable
from recommender.evaluation.reading import Log, Names, read_log


@dataclass(frozen=True, eq=False)
class Features:
    """One row a picture. `paths`: whether the names are those of files, of which the stem is the picture's id."""

    names: Sequence[str]
    vectors: Vectors
    paths: bool

    def __post_init__(self) -> None:
        if self.vectors.ndim != 2 or len(self.vectors) != len(self.names) or not self.vectors.size:
            raise Unusable("Features have one row of numbers for each picture, and there is at least one.")
        if not np.isfinite(self.vectors).all():
            raise Unusable("There are features that are not finite numbers.")


def file_dataset(
    *,
    interactions: Path | None = None,
    train: Path | None = None,
    test: Path | None = None,
    negatives: Path | None = None,
    features: Features | None = None,
) -> Dataset:
    """From one log, or from two that are already split. Raises Unusable, in one sentence, for files that are wrong."""
    users, items = Names(), Names()
    if interactions is not None:
        logs = {"all": read_log(interactions, users=users, items=items)}
    elif train is not None and test is not None:
        named = {"train": train, "test": test} | ({"negatives": negatives} if negatives else {})
        logs = {name: read_log(path, users=users, items=items, needed=("user", "item")) for name, path in named.items()}
    else:
        raise Unusable("Either there is one file of interactions, or one to train on and one to test with.")
    ids = _picture_ids(items, features) if features else np.empty(0, np.int64)
    people, who = users.ordered()
    pictures, what = items.ordered()
    parts = {name: _reactions(log, who, what) for name, log in logs.items()}
    given = None if "all" in parts else Parts(parts["train"], parts["test"], parts.get("negatives"))
    return Dataset(
        source="files",
        people=people,
        pictures=pictures,
        reactions=parts["all"] if given is None else splits.joined(given.train, given.test),
        rated=True,
        features=_placed(features.vectors, what[ids], len(pictures)) if features else None,
        given=given,
    )


def _reactions(log: Log, who: Rows, what: Rows) -> Reactions:
    shape = (len(who), len(what))
    return Reactions.of(who[log.users], what[log.items], weights=log.ratings, times=log.times, shape=shape)


def _picture_ids(items: Names, features: Features) -> Rows:
    """The number of each picture with features; those nobody reacted to become pictures, too."""
    names = list(features.names)
    if features.paths:
        names = [name if name in items.numbers else PurePosixPath(name).stem for name in names]
    if len(set(names)) < len(names):
        twice = next(name for name in names if names.count(name) > 1)
        raise Unusable(f"There are two pictures {twice!r} among the features.")
    return np.array([items.number(name) for name in names], np.int64)


def _placed(vectors: Vectors, rows: Rows, pictures: int) -> Vectors:
    """Unit rows in the order of the pictures, zeros where a picture has none."""
    placed = np.zeros((pictures, vectors.shape[1]), np.float32)
    for start in range(0, len(rows), 4096):
        placed[rows[start : start + 4096]] = unit(vectors[start : start + 4096])
    return placed


def read_features(path: Path) -> Features:
    """Features as `manage.py embed` writes them (`paths`, `features`), or under ids (`ids`, `features`)."""
    try:
        with np.load(path, allow_pickle=False) as arrays:
            if "features" not in arrays or not {"paths", "ids"} & set(arrays):
                raise Unusable(f"{path.name} holds no arrays features and ids, or features and paths.")
            name = "ids" if "ids" in arrays else "paths"
            names, vectors = arrays[name].astype(np.str_).reshape(-1).tolist(), arrays["features"]
    except OSError as error:
        raise Unusable(f"{path} cannot be read: {error.strerror or 'it is no NPZ file'}.") from error
    except (ValueError, TypeError, EOFError, zipfile.BadZipFile) as error:
        raise Unusable(f"{path.name} is no NPZ file of plain arrays.") from error
    if vectors.dtype.kind not in "fiu":
        raise Unusable(f"The features in {path.name} are not numbers.")
    return Features(names, vectors, paths=name == "paths")
