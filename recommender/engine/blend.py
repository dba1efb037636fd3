"""The score of a picture for a person: a sum of five terms, each on its own absolute scale.

A score depends on the picture, the person's history, the release and the moment, never on the other candidates. So
scores can be compared between pages, and a score can be computed again without one like to see what that like adds.
"""

from dataclasses import dataclass, replace

import numpy as np

from recommender.engine import content, popularity
from recommender.engine.arrays import Mask, Rows, Vectors, Weights, unit
from recommender.engine.config import RankingConfig
from recommender.engine.content import Looks
from recommender.engine.factors import FoldedIn
from recommender.engine.inputs import Catalogue, History, PeopleModel
from recommender.engine.ranker import Preference, Ranker
from recommender.engine.taste import Tastes, distances, recency, tastes

TERMS = ("look", "people", "trending", "newest", "popular")
"""The columns of every array of terms, (n, 5) float64 in score units; the score is their sum."""
LOOK, PEOPLE, TRENDING, NEWEST, POPULAR = range(len(TERMS))


@dataclass(frozen=True, eq=False)
class Person:
    """A history prepared for scoring. Arrays of likes are parallel, the oldest first."""

    history: History
    """As it was read: the newest reactions."""
    rows: Rows
    liked: Looks
    recent: Weights
    """Weight of each like in (0, 1]."""
    apart: Weights
    """(likes, likes) distances of their looks."""
    wished: Weights
    """The weight the person chose for each like; NaN for likes since then."""
    tastes: Tastes
    dismissed: Looks
    regret: Weights
    """Weight of each dismissal in (0, 1]."""
    co_liked: Weights | None
    """Co-like similarity of every picture the model knows; None without a model."""
    folded: FoldedIn | None
    """The likes that the factors know, folded in; None without factors."""
    factors: Weights | None
    """The person among the factors; None without factors."""
    preference: Preference | None
    """What the promoted model thinks; None without one. Co-likes and factors are None where there is one."""

    @property
    def heard(self) -> Weights:
        """How much each like says: its weight by age times its voice."""
        heard: Weights = self.recent * self.tastes.voice
        return heard

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
        """Prepare a history: its newest reactions, clustered, weighted by age, folded into the people model."""
        config = self.config
        history = history.newest(config.history_limit)
        liked = self.catalogue.looks(history.liked)
        if history.masked is not None:
            liked = history.masked.over(liked, history.liked)
        recent = recency(history.liked_at, as_of=self.as_of, half_life=config.like_half_life, floor=config.like_floor)
        apart = distances(liked.vectors)
        wished = history.wishes.of(history.liked, history.liked_at)
        found = tastes(apart, recent, self.catalogue.moments, config, wished=wished)
        folded = self._folded(history.liked, recent * found.voice)
        return Person(
            history=history,
            rows=history.liked,
            liked=liked,
            recent=recent,
            apart=apart,
            wished=wished,
            tastes=found,
            dismissed=self.catalogue.looks(history.dismissed),
            regret=recency(history.dismissed_at, as_of=self.as_of, half_life=config.dismissal_half_life),
            co_liked=self._co_liked(history.liked, recent * found.voice),
            folded=folded,
            factors=None if folded is None else folded.vector,
            preference=self._preference(history, found.voice > 0),
        )

    def without(self, person: Person, like: int) -> Person:
        """The same person without one of `person.rows`: equal to preparing the shorter history, but much faster."""
        stays = np.arange(len(person.rows)) != like
        history = person.history.without(int(person.rows[like]))
        apart, recent, wished = person.apart[np.ix_(stays, stays)], person.recent[stays], person.wished[stays]
        found = tastes(apart, recent, self.catalogue.moments, self.config, wished=wished)
        if not np.array_equal(found.voice, person.tastes.voice[stays]):  # another like has changed sides
            return self.person(history)
        return replace(
            person,
            history=history,
            rows=person.rows[stays],
            liked=Looks(person.liked.vectors[stays], person.liked.categories[stays]),
            recent=recent,
            apart=apart,
            wished=wished,
            tastes=found,
            co_liked=self._co_liked_without(person, like),
            folded=None,
            factors=self._factors_without(person, like),
            preference=person.preference.without(like) if person.preference else None,
        )

    def terms(self, person: Person, rows: Rows, looks: Looks | None = None) -> Weights:
        """(rows, 5) in score units. looks: of the rows, where at hand, to spare reading their vectors again."""
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
        """The taste each picture is most like, if by `taste_reach` or more; else -1."""
        if not person.tastes.weight.size:
            return np.full(len(looks.categories), -1, np.int64)
        similar = self._taste_similarity(looks, person)
        return np.where(similar.max(axis=1) >= self.config.taste_reach, similar.argmax(axis=1), -1)

    def loudest(self, person: Person, looks: Looks) -> Rows:
        """Which taste draws each picture most; 0 where there are no tastes."""
        if not person.tastes.weight.size:
            return np.zeros(len(looks.categories), np.int64)
        drawn = content.likeness(self._taste_similarity(looks, person), self.config) * person.tastes.weight
        loudest: Rows = drawn.argmax(axis=1)
        return loudest

    @property
    def _ranker(self) -> Ranker | None:
        return self.people.ranker if self.people is not None else None

    def _look(self, cards: Looks, person: Person) -> Weights:
        drawn = content.attraction(self._taste_similarity(cards, person), person.tastes, self.config)
        unlike = content.similarity(cards, person.dismissed, self.catalogue.moments, self.config)
        repelled = content.aversion(unlike, person.regret, self.config)
        look: Weights = self.config.look_weight * drawn - self.config.dismissal_weight * repelled
        return look

    def _taste_similarity(self, cards: Looks, person: Person) -> Weights:
        return content.taste_similarity(cards, person.liked, person.tastes, self.catalogue.moments, self.config)

    def _newest(self, rows: Rows) -> Weights:
        newness = popularity.newest(self.catalogue.created[rows], as_of=self.as_of, config=self.config)
        return self.config.newest_weight * newness

    def _people(self, people: PeopleModel, person: Person, rows: Rows) -> Weights:
        if person.preference is not None:
            return self.config.ranker_weight * person.preference.chances[rows]
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

    def _preference(self, history: History, heard: Mask) -> Preference | None:
        """What the promoted model makes of the likes that are heard. Who has silenced some is a stranger to it."""
        if self._ranker is None:
            return None
        known = history.person if heard.all() else None
        preference = self._ranker.preference(history.liked, history.liked_at, person=known)
        return replace(preference, liked=np.where(heard, preference.liked, -1))

    def _co_liked(self, liked: Rows, recent: Weights) -> Weights | None:
        if self.people is None or self.people.co_likes is None or self._ranker:
            return None
        columns = self.people.columns_of(liked, len(self.people.co_likes))
        return self.people.co_likes.score(columns[columns >= 0], recent[columns >= 0])

    def _co_liked_without(self, person: Person, like: int) -> Weights | None:
        if person.co_liked is None:
            return None
        lost = self._co_liked(person.rows[like : like + 1], person.heard[like : like + 1])
        return person.co_liked - lost if lost is not None else None

    def _folded(self, liked: Rows, recent: Weights) -> FoldedIn | None:
        if self.people is None or self.people.factors is None or self._ranker:
            return None
        columns = self.people.columns_of(liked, len(self.people.factors))
        counts = (columns >= 0) & (recent > 0)
        return self.people.factors.fold_in(columns[counts], recent[counts])

    def _factors_without(self, person: Person, like: int) -> Weights | None:
        if person.folded is None or self.people is None or self.people.factors is None:
            return person.factors
        known = (self.people.columns_of(person.rows, len(self.people.factors)) >= 0) & (person.heard > 0)
        return person.folded.without(int(known[:like].sum())) if known[like] else person.factors


def shared_people(people: PeopleModel | None, rows: Rows, others: Rows) -> Rows:
    """(rows, others): how many people like both pictures; 0 where the model does not know."""
    if people is None or people.co_likes is None:
        return np.zeros((len(rows), len(others)), np.int64)
    size = len(people.co_likes)
    return people.co_likes.shared(people.columns_of(rows, size), people.columns_of(others, size))


def _loudness(counts: Weights | None, rows: Rows, floor: float) -> Weights:
    """Counts from 0 to 1, where 1 is the loudest picture of the release, or `floor` if that is louder."""
    if counts is None or not counts.size:
        return np.zeros(len(rows))
    return popularity.loudness(counts[rows], top=max(float(counts.max()), floor))
