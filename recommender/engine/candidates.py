"""The pool a list is made from: the union of what every source proposes. A source that is missing proposes nothing."""

from collections.abc import Iterator

import numpy as np

from recommender.engine.arrays import Mask, Rows, Weights, as_rows, best_first
from recommender.engine.blend import Blend, Person
from recommender.engine.index import nearest


def pool(blend: Blend, person: Person, open_rows: Mask, *, times: int = 1) -> Rows:
    """Candidates among `open_rows`, ascending; all of them where there are no more than `pool_size`.

    Else the nearest of each taste, in all categories and in the liked ones, and the best of co-likes, factors,
    trending, newest and popular: between `per_source` (when only newest is left) and five times that plus twice
    `max_tastes` times `per_taste`.  times: so many times as many as the configuration says.
    """
    catalogue, config = blend.catalogue, blend.config
    per_source, per_taste = config.per_source * times, config.per_taste * times
    rows = np.flatnonzero(open_rows)
    if rows.size <= config.pool_size * times:
        return as_rows(rows)
    proposed = [best_first(np.where(open_rows, scores, -np.inf), per_source) for scores in _sources(blend, person)]
    if catalogue.has_eyes and len(person.queries):
        own_kind = open_rows & np.isin(catalogue.categories, person.liked.categories) & (catalogue.categories >= 0)
        for allowed in (open_rows, own_kind):
            found, _ = nearest(catalogue.vectors, person.queries, per_taste, allowed, codes=catalogue.codes)
            proposed.append(found[found >= 0])
    return as_rows(np.unique(np.concatenate(proposed)))


def _sources(blend: Blend, person: Person) -> Iterator[Weights]:
    """Scores of all pictures by each source but the look; -inf for what a source has no reason to propose."""
    yield blend.catalogue.created
    people = blend.people
    if people is None:
        return
    for counts in (people.trending, people.popular):
        if counts is not None:
            yield _positive(counts)
    if people.ranker is not None and person.preference is not None:
        chances = person.preference.chances
        yield np.where(chances > people.ranker.scale.prior, chances, -np.inf)
    every = np.arange(len(blend.catalogue))
    if people.co_likes is not None and person.co_liked is not None:
        yield _positive(_spread(person.co_liked, people.columns_of(every, len(people.co_likes))))
    if people.factors is not None and person.factors is not None:
        preference = people.factors.score(person.factors)
        yield _positive(_spread(preference, people.columns_of(every, len(people.factors))))


def _spread(scores: Weights, columns: Rows) -> Weights:
    return np.where(columns >= 0, scores[columns], 0.0)


def _positive(scores: Weights) -> Weights:
    return np.where(scores > 0, scores, -np.inf)
