"""The data of an evaluation, wherever it is from."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, fields
from typing import Any, Literal

import numpy as np
from scipy import sparse

from recommender.engine.arrays import Rows, Times, Vectors
from recommender.engine.reactions import Reactions


@dataclass(frozen=True, eq=False)
class Parts:
    """A split that somebody else chose. `negatives`: what to rank beside each person's test part."""

    train: Reactions
    test: Reactions
    negatives: Reactions | None = None


@dataclass(frozen=True, eq=False)
class Dataset:
    """People × pictures, in the ascending order of their external ids.

    reactions: all there are, the last of each person to each picture; weights are ratings if `rated`, else 1.
    features, tags, categories, created: as in `TrainingSet`, None where there are none.
    given: train and test, where they are given instead of being split.
    as_of: the moment of the evaluation; the newest reaction if None.
    """

    source: Literal["site", "files"]
    people: tuple[str, ...]
    pictures: tuple[str, ...]
    reactions: Reactions
    rated: bool = False
    features: Vectors | None = None
    tags: sparse.csr_matrix | None = None
    categories: Rows | None = None
    category_names: tuple[str, ...] = ()
    created: Times | None = None
    given: Parts | None = None
    as_of: float | None = None

    @property
    def sha256(self) -> str:
        """Of everything that an evaluation reads: other numbers need another hash, and the same data have the same."""
        digest = hashlib.sha256()
        for one in fields(self):
            if one.name not in {"source", "as_of"}:
                digest.update(one.name.encode())
                _feed(digest, getattr(self, one.name))
        return digest.hexdigest()


def _feed(digest: Any, value: Any) -> None:
    if isinstance(value, Reactions | Parts):
        for one in fields(value):
            _feed(digest, getattr(value, one.name))
    elif sparse.issparse(value):
        for part in (value.data, value.indices, value.indptr):
            _feed(digest, part)
    elif isinstance(value, np.ndarray):
        digest.update(f"{value.dtype}{value.shape}".encode())
        digest.update(np.ascontiguousarray(value).data)
    else:
        digest.update(repr(value).encode())
