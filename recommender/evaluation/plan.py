"""What is to be evaluated, and how."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from recommender.engine.model import Algorithm, Settings
from recommender.engine.registry import ALGORITHMS
from recommender.engine.splits import Kind

BLOCK = 512
"""People scored at once."""
SIMPLEST_FIRST = ("baseline", "neighbours", "content", "factors", "networks", "gan", "blend", "feed")
"""Families by how much there is to build, to understand and to keep up to date."""


class Unusable(Exception):
    """What was asked for cannot be done with this data; says what is wrong in one sentence."""


def last_line(error: Exception) -> str:
    """What went wrong; of a traceback that a process left, its end."""
    return (str(error).strip() or type(error).__name__).splitlines()[-1]


@dataclass(frozen=True)
class Step:
    """Where an evaluation is: `done` of `total` steps, and what happens now in words."""

    done: int
    total: int
    words: str
    algorithm: str = ""
    epoch: int = 0
    values: Mapping[str, float] = field(default_factory=dict)


Progress = Callable[[Step], None]
"""Told of every step and epoch; whatever it raises ends the evaluation."""


def untold(_step: Step) -> None:
    """Nobody waits."""


@dataclass(frozen=True)
class Plan:
    """One evaluation. With the same data and the same plan the numbers are the same.

    split: how what is tested is set apart.  k: lengths of lists; the first is that of the figure compared.
    algorithms: names, all of the registry if None.  settings: other than the defaults, by name of the algorithm.
    positive_from: the lowest rating that counts as a like, where people rate.  exclude_rated: whether what a person
    rated low before the test is left out of their list.  cold_items: share of the pictures that lose their past, and
    are the only candidates.  sampled: how many pictures each person never rated are ranked beside each test part, 0
    for none.  seeds: runs of an algorithm that draws at random; the median run is reported.  tune: whether settings
    are chosen from the grid on the validation part.  alone: each fit in a process of its own, so that its time and
    peak memory are its own.  command: what was typed, to be kept with the result.
    """

    split: Kind = "per-user-time"
    k: Sequence[int] = (10, 20)
    algorithms: Sequence[str] | None = None
    settings: Mapping[str, Settings] = field(default_factory=dict)
    seed: int = 0
    seeds: int = 1
    positive_from: float = 4.0
    exclude_rated: bool = False
    cold_items: float = 0.0
    sampled: int = 0
    tune: bool = False
    alone: bool = True
    threads: int = 1
    command: Sequence[str] = ()

    def __post_init__(self) -> None:
        if not self.k or min(self.k) < 1:
            raise Unusable("A list holds at least one picture.")
        if self.algorithms is not None and not self.algorithms:
            raise Unusable("No algorithm is named.")
        if not 0 <= self.cold_items < 1:
            raise Unusable("The share of cold pictures is at least 0 and less than 1.")
        if not math.isfinite(self.positive_from):
            raise Unusable("The lowest rating that is a like has to be a finite number.")
        if self.seed < 0 or self.threads < 1:
            raise Unusable("A seed is not negative, and there is at least one thread.")
        if self.seeds < 1 or self.sampled < 0:
            raise Unusable("There is at least one seed, and no negative number of pictures.")
        if unknown := sorted({*(self.algorithms or ()), *self.settings} - set(ALGORITHMS)):
            names = ", ".join(sorted(ALGORITHMS))
            raise Unusable(f"There is no algorithm {', '.join(unknown)}. There are: {names}.")
        for name in self.settings:
            self._check_settings(name)

    def _check_settings(self, name: str) -> None:
        if unknown := sorted(set(self.settings[name]) - set(ALGORITHMS[name].defaults)):
            known = ", ".join(sorted(ALGORITHMS[name].defaults)) or "none"
            raise Unusable(f"{name} has no setting {', '.join(unknown)}. It has: {known}.")

    @property
    def chosen(self) -> list[Algorithm]:
        """The algorithms, the simplest families first, each once."""
        names = dict.fromkeys(self.algorithms if self.algorithms is not None else ALGORITHMS)
        return sorted((ALGORITHMS[name] for name in names), key=lambda one: SIMPLEST_FIRST.index(one.family))

    @property
    def primary(self) -> str:
        """The metric that algorithms are compared by."""
        return f"ndcg@{self.k[0]}"

    @property
    def length(self) -> int:
        """Of the longest list."""
        return max(self.k)

    def settings_of(self, algorithm: Algorithm) -> dict[str, Any]:
        return dict(algorithm.settings(self.settings.get(algorithm.name)))
