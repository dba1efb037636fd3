"""The score of a picture for a person: a sum of five terms, each on its own absolute scale.

A score depends on the picture, the person's history, the release and the moment; never on the other candidates. So
scores can be compared between pages, and a score can be computed again without one like to see what that like did.
"""

from dataclasses import dataclass

import numpy as np

from recommender.engine import content, popularity
from recommender.engine.arrays import NO_ROWS, Rows, Vectors, Weights, unit
from recommender.engine.config import RankingConfig
from recommender.engine.content import Looks
from recommender.engine.inputs import Catalogue, History, PeopleModel
from recommender.engine.taste import Tastes, recency, tastes

TERMS = ("look", "people", "trending", "newest", "popular")
"""The columns of every array of terms, (n, 5) float64 in score units; the score is their sum."""
LOOK, PEOPLE, TRENDING, NEWEST, POPULAR = range(len(TERMS))


@dataclass(frozen=True, eq=False)
class Person:
    """A history made ready for scoring."""

    liked: Looks
    recent: Weights
    """Weight of each like in (0, 1]."""
    tastes: Tastes
    dismissed: Looks
    regret: Weights
    """Weight of each dismissal in (0, 1]."""
    co_liked: Weights | None
    """Co-like similarity of every picture the model knows; None without likes or model."""
    factors: Weights | None
    """The person folded into the factors; None without likes or model."""

    @property
    def queries(self) -> Vectors:
        """One unit vector for each taste that has a look."""
        directions = unit(self.tastes.mix @ self.liked.vectors)
        return directions[directions.any(axis=1)]


@dataclass(frozen=True, eq=False)
class Blend:
    """Scores the pictures of one release at one moment."""

    catalogue: Catalogue
    people: PeopleModel | None
    as_of: float
    config: RankingConfig

    def person(self, history: History) -> Person:
        """Read a history: its newest reactions, clustered, weighted by age, folded into the people model."""
        config = self.config
        history = history.newest(config.history_limit)
        liked = self.catalogue.looks(history.liked)
        recent = recency(history.liked_at, as_of=self.as_of, half_life=config.like_half_life, floor=config.like_floor)
        co_liked, factors = self._among_people(history.liked, recent)
        return Person(
            liked=liked,
            recent=recent,
            tastes=tastes(liked.vectors, recent, self.catalogue.moments, config),
            dismissed=self.catalogue.looks(history.dismissed),
            regret=recency(history.dismissed_at, as_of=self.as_of, half_life=config.dismissal_half_life),
            co_liked=co_liked,
            factors=factors,
        )

    def terms(self, person: Person, rows: Rows, looks: Looks | None = None) -> Weights:
        """(rows, 5) in score units. `looks` of the rows, if at hand, spares reading their vectors again."""
        values = np.zeros((len(rows), len(TERMS)))
        values[:, LOOK] = self._look(looks or self.catalogue.looks(rows), person)
        values[:, NEWEST] = self._newest(rows)
        if self.people is not None:
            config = self.config
            values[:, PEOPLE] = self._people(self.people, person, rows)
            values[:, TRENDING] = config.trending_weight * _loudness(self.people.trending, rows, config.trending_floor)
            values[:, POPULAR] = config.popular_weight * _loudness(self.people.popular, rows, config.popular_floor)
        return values

    def tastes_of(self, person: Person, looks: Looks) -> Rows:
        """Which taste each picture is more of, -1 for none: the one it is most like, from `taste_reach` on."""
        if not person.tastes.weight.size:
            return np.full(len(looks.categories), -1, np.int64)
        similar = content.similarity(looks, person.liked, self.catalogue.moments, self.config) @ person.tastes.mix.T
        return np.where(similar.max(axis=1) >= self.config.taste_reach, similar.argmax(axis=1), -1)

    def _look(self, cards: Looks, person: Person) -> Weights:
        moments, config = self.catalogue.moments, self.config
        alike = content.similarity(cards, person.liked, moments, config)
        unlike = content.similarity(cards, person.dismissed, moments, config)
        drawn = config.look_weight * content.attraction(alike, person.tastes, config)
        look: Weights = drawn - config.dismissal_weight * content.aversion(unlike, person.regret, config)
        return look

    def _newest(self, rows: Rows) -> Weights:
        newness = popularity.newest(self.catalogue.created[rows], as_of=self.as_of, config=self.config)
        return self.config.newest_weight * newness

    def _people(self, people: PeopleModel, person: Person, rows: Rows) -> Weights:
        value = np.zeros(len(rows))
        if people.co_likes is not None and person.co_liked is not None:
            columns = people.columns_of(rows, len(people.co_likes))
            found = np.where(columns >= 0, person.co_liked[columns], 0.0)
            value += self.config.co_like_weight * found / (found + self.config.co_like_half)
        if people.factors is not None and person.factors is not None:
            columns = people.columns_of(rows, len(people.factors))
            known = columns >= 0
            value[known] += self.config.factor_weight * people.factors.score(person.factors, columns[known])
        return value

    def _among_people(self, liked: Rows, recent: Weights) -> tuple[Weights | None, Weights | None]:
        people, co_liked, factors = self.people, None, None
        if people is not None and people.co_likes is not None:
            columns, weights = _known(people, liked, recent, len(people.co_likes))
            co_liked = people.co_likes.score(columns, weights) if columns.size else None
        if people is not None and people.factors is not None:
            columns, weights = _known(people, liked, recent, len(people.factors))
            factors = people.factors.fold_in(columns, weights) if columns.size else None
        return co_liked, factors


def shared_people(people: PeopleModel | None, row: int, other: int) -> int:
    """How many people like both pictures; 0 where the model does not know."""
    if people is None or people.co_likes is None:
        return 0
    one, two = people.columns_of(np.array([row, other], np.int64), len(people.co_likes)).tolist()
    return people.co_likes.shared(one, two) if min(one, two) >= 0 else 0


def _known(people: PeopleModel, rows: Rows, weights: Weights, size: int) -> tuple[Rows, Weights]:
    columns = people.columns_of(rows, size) if rows.size else NO_ROWS
    return columns[columns >= 0], weights[columns >= 0]


def _loudness(counts: Weights | None, rows: Rows, floor: float) -> Weights:
    """Counts from 0 to 1, where 1 is the loudest picture of the release, or `floor` if that is louder."""
    if counts is None or not counts.size:
        return np.zeros(len(rows))
    return popularity.loudness(counts[rows], top=max(float(counts.max()), floor))
