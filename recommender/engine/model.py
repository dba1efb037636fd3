"""What every algorithm is: fitted on a training set, it scores all pictures for a block of people.

One signature for all, so that the feed, the evaluation, the laboratory and the tests use the same code.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from importlib import import_module
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal, Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from recommender.engine.arrays import Mask, Rows, Scores, Times, Vectors
from recommender.engine.reactions import Reactions

Settings = Mapping[str, Any]
"""The settings of one fit by name; those left out have their defaults."""
Family = Literal["baseline", "neighbours", "content", "factors", "networks", "gan", "blend", "feed"]
Need = Literal["features", "tags", "ratings", "categories"]


@dataclass(frozen=True, eq=False)
class TrainingSet:
    """What an algorithm may learn from. All arrays have one row a picture, in the ascending order of external ids."""

    likes: Reactions
    """Positive reactions, self-likes left out."""
    as_of: float = 0.0
    """The moment at which lists are made, seconds since the epoch."""
    features: Vectors | None = None
    """(n, d) unit float32; a zero row for a picture without any."""
    tags: sparse.csr_matrix | None = None
    """(n, words) confidences in [0, 1]."""
    categories: Rows | None = None
    """(n,) numbers >= 0, -1 for none."""
    ratings: Reactions | None = None
    """All ratings, the low ones too, where people rate."""
    created: Times | None = None
    """(n,) seconds since the epoch."""

    @property
    def pictures(self) -> int:
        return self.likes.pictures

    def lacks(self, needs: frozenset[Need]) -> list[str]:
        """Which of these it does not have."""
        return sorted(need for need in needs if getattr(self, need) is None)


class Model(Protocol):
    """A fitted algorithm: a frozen dataclass of arrays, sparse matrices, plain numbers and texts, so that `packed`
    can store any; nothing but numpy and scipy is imported to score."""

    def score(self, people: Reactions) -> Scores:
        """(b, n) float32, all finite: the higher the better for that person; comparable within a row only.

        people: the histories that count now. Zeros, or what the model thinks of everybody, for an empty one.
        """
        ...

    @property
    def knows(self) -> Mask:
        """(n,) pictures it has learned something about; of the others a blend takes its prior."""
        ...


class Cancelled(Exception):
    """Fitting was asked to stop."""


Watch = Callable[[int, Mapping[str, float]], None]
"""Called after every epoch with its number, from 1, and named values (`loss`, `validation_loss`, `ndcg@10` …); may
raise Cancelled."""


def unwatched(_epoch: int, _values: Mapping[str, float]) -> None:
    """Nobody looks."""


@dataclass(frozen=True)
class Fit:
    """How one fit goes, beside its settings."""

    seed: int = 0
    watch: Watch = unwatched
    checkpoint: Path | None = None
    """A folder that survives an interruption: a fit that finds its own checkpoint there goes on from it."""
    threads: int = 1


@dataclass(frozen=True)
class Algorithm:
    """One entry of the registry."""

    name: str
    family: Family
    summary: str
    """One sentence for the laboratory, without a formula."""
    fit: Callable[[TrainingSet, Settings, Fit], Model]
    model: Callable[[], type]
    """The class of its models; a function, so that nothing is imported before it is needed."""
    needs: frozenset[Need] = frozenset()
    defaults: Settings = field(default_factory=lambda: MappingProxyType({}))
    grid: tuple[Settings, ...] = ()
    """Settings worth trying on a validation part, each laid over the defaults."""
    random: bool = False
    """Whether the seed changes the model."""
    network: bool = False
    """Trains with TensorFlow, in a process of its own."""
    personal: bool = True
    """Whether lists differ between people."""

    def settings(self, given: Settings | None = None) -> Settings:
        """The defaults with these in their place. KeyError for one it does not have."""
        unknown = set(given or {}) - set(self.defaults)
        if unknown:
            raise KeyError(f"{self.name} has no setting {', '.join(sorted(unknown))}")
        return {**self.defaults, **(given or {})}


M = TypeVar("M")
_PARTS = ("data", "indices", "indptr", "shape")
_CLASS = "class"
"""Where a dataclass within another says what it is; no field can have this name."""


def packed(model: Any) -> dict[str, NDArray[Any]]:
    """A model, or any other dataclass, as plain arrays by name, dataclasses within it too; None is left out.

    TypeError for a field that is neither an array, a plain value nor a dataclass, nor a tuple of arrays or dataclasses.
    """
    arrays: dict[str, NDArray[Any]] = {}
    for one in fields(model):
        value = getattr(model, one.name)
        if sparse.issparse(value):
            rows = sparse.csr_matrix(value)
            arrays |= {f"{one.name}.{part}": np.asarray(getattr(rows, part)) for part in _PARTS}
        elif isinstance(value, tuple) and all(isinstance(part, np.ndarray) for part in value):
            arrays |= {f"{one.name}.{place}": part for place, part in enumerate(value)}
        elif isinstance(value, tuple) and all(is_dataclass(part) for part in value):
            for place, part in enumerate(value):
                arrays |= {f"{one.name}.{place}.{name}": each for name, each in _named(part).items()}
        elif is_dataclass(value):
            arrays |= {f"{one.name}.{name}": each for name, each in _named(value).items()}
        elif isinstance(value, np.ndarray | np.generic | bool | int | float | str):
            arrays[one.name] = np.asarray(value)
        elif value is not None:
            raise TypeError(f"{type(model).__name__}.{one.name} cannot be stored")
    return arrays


def _named(part: Any) -> dict[str, NDArray[Any]]:
    """What is packed within something else, with its class."""
    return {_CLASS: np.asarray(f"{type(part).__module__}:{type(part).__qualname__}"), **packed(part)}


def unpacked(kind: type[M], arrays: Mapping[str, NDArray[Any]]) -> M:
    """What was `packed`; arrays are taken as they are, memory-mapped or not. KeyError if one is missing."""
    values: dict[str, Any] = {}
    for one in fields(kind):  # type: ignore[arg-type]
        parts = {name.partition(".")[2]: value for name, value in arrays.items() if name.startswith(f"{one.name}.")}
        if set(parts) == set(_PARTS):
            triple = (parts["data"], parts["indices"], parts["indptr"])
            values[one.name] = sparse.csr_matrix(triple, shape=tuple(parts["shape"].tolist()))
        elif _CLASS in parts:
            values[one.name] = _inner(parts)
        elif f"0.{_CLASS}" in parts:
            values[one.name] = _inners(parts)
        elif parts:
            values[one.name] = tuple(parts[str(place)] for place in range(len(parts)))
        elif one.name in arrays:
            value = arrays[one.name]
            values[one.name] = value.item() if value.ndim == 0 else value
        else:
            values[one.name] = None
    return kind(**values)


def _inner(parts: Mapping[str, NDArray[Any]]) -> Any:
    """What was packed with its class. ValueError for a foreign one."""
    module, _, name = str(parts[_CLASS]).partition(":")
    if not module.startswith("recommender.engine."):
        raise ValueError(f"{module} has no models")
    return unpacked(getattr(import_module(module), name), parts)


def _inners(parts: Mapping[str, NDArray[Any]]) -> tuple[Any, ...]:
    """What was packed as `0.field`, `1.field` and so on."""
    count = sum(name.endswith(f".{_CLASS}") and name.count(".") == 1 for name in parts)
    starts = [f"{place}." for place in range(count)]
    return tuple(
        _inner({name.removeprefix(start): part for name, part in parts.items() if name.startswith(start)})
        for start in starts
    )
