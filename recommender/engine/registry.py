"""All algorithms by name. The one list that the commands, the laboratory, the feed and the tests read.

A module of `algorithms` describes its own in `ENTRIES`, each with the one signature of `engine.model`.
"""

from recommender.engine.algorithms import (
    baselines,
    blend,
    co_likes,
    content,
    ease,
    factors,
    items,
    people,
    pmf,
    sequence,
    served,
    tags,
)
from recommender.engine.model import Algorithm
from recommender.engine.networks import gan, visual

SOURCES: tuple[Algorithm, ...] = (
    *baselines.ENTRIES,
    *people.ENTRIES,
    *items.ENTRIES,
    *co_likes.ENTRIES,
    *factors.ENTRIES,
    *pmf.ENTRIES,
    *ease.ENTRIES,
    *sequence.ENTRIES,
    *visual.ENTRIES,
    *gan.ENTRIES,
    *tags.ENTRIES,
    *content.ENTRIES,
)

ALGORITHMS: dict[str, Algorithm] = {
    algorithm.name: algorithm for algorithm in (*SOURCES, blend.entry(SOURCES), *served.ENTRIES)
}
