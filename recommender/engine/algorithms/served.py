"""The feed itself as an algorithm: what it would serve, by the code that serves."""

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from recommender.engine import ranking
from recommender.engine.algorithms.content import categories_of, projected
from recommender.engine.arrays import Mask, Rows, Scores, Segments, Times, Vectors, Weights
from recommender.engine.blend import PEOPLE, TERMS, Blend
from recommender.engine.config import DEFAULT, RankingConfig
from recommender.engine.factors import Factors, train_ials
from recommender.engine.index import Moments, background_moments
from recommender.engine.inputs import Catalogue, History, PeopleModel
from recommender.engine.model import Algorithm, Fit, Settings, TrainingSet
from recommender.engine.neighbours import CoLikes, co_likes
from recommender.engine.reactions import Reactions
from recommender.engine.taste import recency

FEWEST_PEOPLE = 10
"""Below this factors would only repeat single people's likes, and are left out."""


@dataclass(frozen=True, eq=False)
class FeedModel:
    """One release of the site: `score` is the sum of the feed's terms, `lists` what it would show.

    `vectors` (n, d), no columns where there are no features.  `created`, `categories`, `trending`, `popular` (n,).
    `factors`: None where too few people like anything.  `seed` decides exploration.  Everything else is as served.
    """

    vectors: Vectors
    created: Times
    categories: Rows
    mean: float
    deviation: float
    co_likes: CoLikes
    factors: Factors | None
    trending: Weights
    popular: Weights
    as_of: float
    seed: int
    explore_rate: float

    def score(self, people: Reactions) -> Scores:
        scores: Scores = self._terms(people).sum(axis=2)
        return scores

    def from_people(self, people: Reactions) -> Scores:
        """(b, n) what co-likes and factors add: the term that a promoted model takes the place of."""
        return self._terms(people)[:, :, PEOPLE]

    def _terms(self, people: Reactions) -> Scores:
        """(b, n, terms) float32."""
        rows = np.arange(len(self.created))
        terms = np.empty((len(people), len(rows), len(TERMS)), np.float32)
        for person in range(len(people)):
            terms[person] = self._blend.terms(self._blend.person(_history(people, person)), rows)
        return terms

    def lists(self, people: Reactions, *, k: int, excluded: Mask) -> Rows:
        """(b, k) rows as served, -1 where there are no more. excluded: (b, n) what must not come."""
        served = np.full((len(people), k), -1, np.int64)
        for person in range(len(people)):
            ranked = ranking.rank(
                catalogue=self._blend.catalogue,
                people=self._blend.people,
                history=_history(people, person),
                excluded=excluded[person],
                k=k,
                seed=self.seed,
                as_of=self.as_of,
                config=self._blend.config,
            )
            served[person, : len(ranked)] = [card.row for card in ranked]
        return served

    @property
    def knows(self) -> Mask:
        return np.logical_or(self.vectors.any(axis=1), self.popular > 0)

    @cached_property
    def _blend(self) -> Blend:
        catalogue = Catalogue(
            vectors=Segments([self.vectors] if self.vectors.shape[1] else []),
            created=self.created,
            categories=self.categories,
            moments=Moments(self.mean, self.deviation),
        )
        crowd = PeopleModel(
            co_likes=self.co_likes,
            factors=self.factors,
            trending=self.trending,
            popular=self.popular,
        )
        return Blend(catalogue, crowd, self.as_of, replace(DEFAULT, explore_rate=self.explore_rate))


def _history(people: Reactions, person: int) -> History:
    """Reactions with a weight above 0 as likes, below 0 as dismissals."""
    here = slice(int(people.starts[person]), int(people.starts[person + 1]))
    items, times = people.items[here], people.times[here]
    like, reject = people.weights[here] > 0, people.weights[here] < 0
    return History.of(items[like], times[like], items[reject], times[reject])


def fit_feed(training: TrainingSet, settings: Settings, fit: Fit) -> FeedModel:
    """What the site would publish of this training set: co-likes, factors, trending and popular pictures.

    factors, iterations: of iALS.  explore_rate: as in `RankingConfig`; 0 to see the lists without exploration.
    """
    config = replace(DEFAULT, factors=settings["factors"], factor_iterations=settings["iterations"])
    likes = training.likes
    vectors = np.zeros((training.pictures, 0), np.float32) if training.features is None else projected(training)
    moments = background_moments(vectors) if vectors.shape[1] else Moments(0.0, 1.0)
    weight = recency(likes.times, as_of=training.as_of, half_life=config.trending_half_life)
    return FeedModel(
        vectors=vectors,
        created=_created(training),
        categories=categories_of(training),
        mean=moments.mean,
        deviation=moments.std,
        co_likes=_co_likes(likes, config),
        factors=_factors(likes, config, fit.seed),
        trending=np.bincount(likes.items, weight, minlength=training.pictures).astype(np.float64),
        popular=np.bincount(likes.items, minlength=training.pictures).astype(np.float64),
        as_of=training.as_of,
        seed=fit.seed,
        explore_rate=settings["explore_rate"],
    )


def _co_likes(likes: Reactions, config: RankingConfig) -> CoLikes:
    recent = likes.where(likes.back < config.co_like_history)
    return co_likes(recent.matrix(np.ones(len(recent.items))), config)


def _factors(likes: Reactions, config: RankingConfig, seed: int) -> Factors | None:
    there = likes.counts > 0
    if np.count_nonzero(there) < FEWEST_PEOPLE:
        return None
    return train_ials(likes.matrix(np.ones(len(likes.items)))[there], seed=seed, config=config)


def _created(training: TrainingSet) -> Times:
    """When each picture was made, else when it was first liked; what was never liked is as old as the first like."""
    if training.created is not None:
        return np.asarray(training.created, np.float64)
    likes = training.likes
    first = np.full(training.pictures, np.inf)
    np.minimum.at(first, likes.items, likes.times)
    return np.where(np.isfinite(first), first, likes.times.min(initial=training.as_of))


ENTRIES = (
    Algorithm(
        name="feed",
        family="feed",
        summary="The feed as it is served, with its diversity and exploration.",
        fit=fit_feed,
        model=lambda: FeedModel,
        defaults={
            "factors": DEFAULT.factors,
            "iterations": DEFAULT.factor_iterations,
            "explore_rate": DEFAULT.explore_rate,
        },
        random=True,
    ),
)
