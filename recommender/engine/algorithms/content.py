"""What looks like what one likes: several tastes a person, as the feed reads them, and the one that speaks loudest.

After PinnerSage (Pal et al., KDD 2020); the tastes are those of `engine.taste`, the scores those of `engine.content`.
"""

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from recommender.engine import content
from recommender.engine.arrays import Mask, Rows, Scores, Vectors, Weights
from recommender.engine.config import DAY, DEFAULT, RankingConfig
from recommender.engine.content import Looks
from recommender.engine.index import Moments, background_moments, fit_projection
from recommender.engine.model import Algorithm, Fit, Settings, TrainingSet
from recommender.engine.reactions import Reactions
from recommender.engine.taste import distances, recency, tastes


@dataclass(frozen=True, eq=False)
class ContentModel:
    """score(u, j) = the likeness of j to the taste of u that speaks loudest, less its likeness to what u rejects.

    `vectors` (n, d) float32 unit rows, zero for a picture without a look.  `categories` (n,), -1 for none.  `mean`,
    `deviation`: of the cosine of two random pictures.  `as_of`: the moment from which reactions have aged.
    `half_life` in seconds.  A reaction's weight multiplies its recency; those below 0 subtract.
    """

    vectors: Vectors
    categories: Rows
    mean: float
    deviation: float
    as_of: float
    half_life: float
    max_tastes: int
    taste_cut: float

    def score(self, people: Reactions) -> Scores:
        scores = np.zeros((len(people), len(self.vectors)), np.float32)
        for person in np.flatnonzero(people.counts).tolist():
            here = slice(int(people.starts[person]), int(people.starts[person + 1]))
            scores[person] = self._score(people.items[here], people.weights[here], people.times[here])
        return scores

    @property
    def knows(self) -> Mask:
        known: Mask = np.asarray(self.vectors.any(axis=1))
        return known

    def _score(self, rows: Rows, weights: Scores, times: Weights) -> Weights:
        newest = slice(-self._config.history_limit, None)
        rows, weights, times = rows[newest], weights[newest].astype(np.float64), times[newest]
        config, like, reject = self._config, weights > 0, weights < 0
        recent = recency(times, as_of=self.as_of, half_life=config.like_half_life, floor=config.like_floor)
        score = config.look_weight * self._attraction(rows[like], recent[like] * weights[like])
        if reject.any():
            regret = recency(times[reject], as_of=self.as_of, half_life=config.dismissal_half_life) * -weights[reject]
            unlike = content.similarity(self._cards, self._looks(rows[reject]), self._moments, config)
            score = score - config.dismissal_weight * content.aversion(unlike, regret, config)
        return score

    def _attraction(self, rows: Rows, recent: Weights) -> Weights:
        liked, config = self._looks(rows), self._config
        found = tastes(distances(liked.vectors), recent, self._moments, config)
        if not found.weight.size:
            return np.zeros(len(self.vectors))
        similar = content.taste_similarity(self._cards, liked, found, self._moments, config)
        return content.attraction(similar, found, config)

    def _looks(self, rows: Rows) -> Looks:
        return Looks(self.vectors[rows], self.categories[rows])

    @property
    def _cards(self) -> Looks:
        return Looks(self.vectors, self.categories)

    @property
    def _moments(self) -> Moments:
        return Moments(self.mean, self.deviation)

    @cached_property
    def _config(self) -> RankingConfig:
        return replace(DEFAULT, like_half_life=self.half_life, max_tastes=self.max_tastes, taste_cut=self.taste_cut)


def fit_content(training: TrainingSet, settings: Settings, fit: Fit) -> ContentModel:
    """The pictures as the index keeps them: centred, and projected where there are many.

    half_life: days after which a reaction counts half.  max_tastes, taste_cut: as in `RankingConfig`.
    ValueError for a half-life that is not above 0.
    """
    if settings["half_life"] <= 0:
        raise ValueError("a half-life is above 0 days")
    vectors = projected(training)
    moments = background_moments(vectors, seed=fit.seed)
    return ContentModel(
        vectors=vectors,
        categories=categories_of(training),
        mean=moments.mean,
        deviation=moments.std,
        as_of=training.as_of,
        half_life=settings["half_life"] * DAY,
        max_tastes=settings["max_tastes"],
        taste_cut=settings["taste_cut"],
    )


def projected(training: TrainingSet) -> Vectors:
    """(n, d) float32 unit rows of the features, as `index.fit_projection` makes them. ValueError without features."""
    if training.features is None:
        raise ValueError("there are no features")
    return fit_projection(training.features).apply(training.features)


def categories_of(training: TrainingSet) -> Rows:
    """(n,) the categories; -1 everywhere if there are none."""
    if training.categories is None:
        return np.full(training.pictures, -1, np.int64)
    return np.asarray(training.categories, np.int64)


ENTRIES = (
    Algorithm(
        name="content",
        family="content",
        summary="What looks like one of your tastes.",
        fit=fit_content,
        model=lambda: ContentModel,
        needs=frozenset({"features"}),
        defaults={
            "half_life": DEFAULT.like_half_life / DAY,
            "max_tastes": DEFAULT.max_tastes,
            "taste_cut": DEFAULT.taste_cut,
        },
        grid=tuple(
            {"half_life": days, "max_tastes": most, "taste_cut": cut}
            for days in (30.0, 60.0, 365.0)
            for most in (4, 8, 16)
            for cut in (0.8, 0.95, 1.1)
        ),
    ),
)
