"""People who look at lists and click, by a model whose every number is known.

In each session a person looks down a ranking of 100 candidates. A candidate has a relevance to that person then; they
click it with probability activity · relevance / log₂(rank + 1), independently of the rest: the position-based model
(Craswell, Zoeter, Taylor & Ramsey, WSDM 2008) with the discount of DCG. Some people click a lot and most a little:
activity is log-normal with σ = 1 and mean 1, and is what makes comparisons of groups of people slow.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from recommender.engine.arrays import Rows, Weights

Clicks = NDArray[np.bool_]


@dataclass(frozen=True)
class World:
    """The numbers of the simulator."""

    candidates: int = 100
    """Pictures ranked in a session, all of them looked at."""
    sessions: int = 10
    """Of each person."""
    activity: float = 1.0
    """Standard deviation of the logarithm of people's activity."""
    typical: float = 0.025
    """Median relevance of a candidate."""
    variety: float = 1.0
    """Standard deviation of the logarithm of relevance."""
    blur: float = 0.5
    """Noise of the serving scores against the logarithm of relevance, as a share of `variety`."""
    worse: float = 2.0
    """Noise that the worsened ranker adds to the serving scores, in the same unit; costs 15–25 % of the clicks."""


DEFAULT = World()


@dataclass(frozen=True, eq=False)
class Sessions:
    """s sessions. relevance, serving and worsened: (s, n) float32; person, (s,) rows from 0 on; activity: (s,)."""

    person: Rows
    activity: Weights
    relevance: NDArray[np.float32]
    serving: NDArray[np.float32]
    worsened: NDArray[np.float32]

    @property
    def people(self) -> int:
        return int(self.person[-1]) + 1 if self.person.size else 0


def sessions(people: int, *, rng: np.random.Generator, world: World = DEFAULT) -> Sessions:
    """All sessions of so many new people, person by person."""
    person = np.repeat(np.arange(people), world.sessions)
    log_activity = rng.standard_normal(people) * world.activity - world.activity**2 / 2
    shape = (len(person), world.candidates)
    appeal = rng.standard_normal(shape, np.float32)
    serving = appeal + np.float32(world.blur) * rng.standard_normal(shape, np.float32)
    return Sessions(
        person=person,
        activity=np.exp(log_activity)[person],
        relevance=np.minimum(1, np.float32(world.typical) * np.exp(np.float32(world.variety) * appeal)),
        serving=serving,
        worsened=serving + np.float32(world.worse) * rng.standard_normal(shape, np.float32),
    )


def ranking(scores: NDArray[np.float32]) -> Rows:
    """(s, n) candidates of each session, the best first."""
    return np.argsort(-scores, axis=1)


def examination(ranks: int) -> Weights:
    """(ranks,) how probable it is that a rank is looked at closely: 1/log₂(rank + 1), the first rank being 1."""
    discount: Weights = 1 / np.log2(np.arange(2, ranks + 2))
    return discount


def click_probability(seen: Sessions, shown: Rows) -> Weights:
    """(s, k) of the candidates shown (s, k), in this order; never above 1."""
    relevance = np.take_along_axis(seen.relevance, shown, axis=1)
    probability: Weights = np.minimum(1, seen.activity[:, None] * relevance * examination(shown.shape[1]))
    return probability


def clicks(seen: Sessions, shown: Rows, *, rng: np.random.Generator) -> Clicks:
    """(s, k) whether each candidate shown was clicked."""
    clicked: Clicks = rng.random(shown.shape, np.float32) < click_probability(seen, shown)
    return clicked


def by_person(seen: Sessions, values: NDArray[np.number]) -> Weights:
    """(people,) the sum of one number a session over each person's sessions."""
    return np.bincount(seen.person, values, minlength=seen.people).astype(np.float64)
