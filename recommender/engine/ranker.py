"""A promoted model as a term of the feed: what it thinks of every picture for one person, as a chance.

A model's scores compare within one person's row only. So a score is first read as its standing z: standard deviations
above the mean of that row, over the pictures the model knows. Then σ(slope·z + intercept) is the chance that a picture
of that standing, drawn with even odds from what the person went on to like and from all the rest, is one they went on
to like (Platt 1999, fitted on held-out likes). It rises with the score, and depends on picture, person and release
alone, never on the other candidates. A picture the model does not know has the chance of an average one.
"""

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from recommender.engine.arrays import Mask, Rows, Scores, Times, Weights, as_rows
from recommender.engine.model import Model
from recommender.engine.reactions import Reactions

FARTHEST = 10.0
"""Standing beyond which it no longer counts; standard deviations."""
STEPS = 50
"""Most Newton steps of the calibration; it takes about eight."""

Keys = NDArray[np.uint64]


@dataclass(frozen=True)
class Scale:
    """From standings to chances; slope >= 0."""

    slope: float
    intercept: float

    def chances(self, standing: Weights) -> Weights:
        chances: Weights = expit(self.slope * standing + self.intercept)
        return chances

    @property
    def prior(self) -> float:
        """Of an average picture, and of one that is not known."""
        return float(expit(self.intercept))


@dataclass(frozen=True, eq=False)
class Ranker:
    """A model with what it takes to ask it about the pictures of a catalogue.

    columns: (n,) for each row of the catalogue its row in the model, -1 for a picture it has never met.
    keys: (p,) ascending, of the people it learned from; rows: (p,) theirs in the model.
    """

    model: Model
    scale: Scale
    columns: Rows
    keys: Keys
    rows: Rows

    def preference(self, liked: Rows, liked_at: Times, *, person: int | None = None) -> "Preference":
        """liked: rows of the catalogue, of which those the model has never met are left out.  person: their key."""
        columns = self.columns[as_rows(liked)]
        return Preference(self, columns, np.asarray(liked_at, np.float64), self._row_of(person))

    def _row_of(self, person: int | None) -> int:
        if person is None or not self.keys.size:
            return -1
        place = min(int(np.searchsorted(self.keys, np.uint64(person))), self.keys.size - 1)
        return int(self.rows[place]) if int(self.keys[place]) == person else -1


@dataclass(frozen=True, eq=False)
class Preference:
    """What a ranker thinks for one person. liked: rows of the model, -1 for none; known: their own row in it, or -1."""

    ranker: Ranker
    liked: Rows
    liked_at: Times
    known: int

    @cached_property
    def chances(self) -> Weights:
        """(n,) of every row of the catalogue, in (0, 1)."""
        ranker = self.ranker
        chances = ranker.scale.chances(standing(self._scores, ranker.model.knows)[0])
        return np.where(ranker.columns >= 0, chances[ranker.columns], ranker.scale.prior)

    def without(self, like: int) -> "Preference":
        """The same person had this like, a position in what they like, not been."""
        if self.liked[like] < 0 or not self._reads_likes:
            return self
        stays = np.arange(len(self.liked)) != like
        return replace(self, liked=self.liked[stays], liked_at=self.liked_at[stays])

    @cached_property
    def _scores(self) -> Scores:
        """(1, pictures of the model)."""
        there = self.liked >= 0
        pictures = len(self.ranker.model.knows)
        likes = Reactions.of(
            np.zeros(int(there.sum()), np.int64), self.liked[there], times=self.liked_at[there], shape=(1, pictures)
        )
        scores: Scores = self.ranker.model.score(replace(likes, known=np.array([self.known])))
        return scores

    @cached_property
    def _reads_likes(self) -> bool:
        """Whether the likes of now change anything: a model may know a person by what it learned of them alone."""
        nothing = replace(self, liked=self.liked[:0], liked_at=self.liked_at[:0])
        return not np.array_equal(self._scores, nothing._scores)


def standing(scores: Scores, knows: Mask) -> Weights:
    """(b, n) float64: how far each score is above its row's mean over the known pictures, in standard deviations.

    0 for a row that is the same everywhere and for pictures that are not known; within ±`FARTHEST`.
    """
    values = np.asarray(scores, np.float64)
    if not knows.any():
        return np.zeros_like(values)
    known = values[:, knows]
    mean, spread = known.mean(axis=1, keepdims=True), known.std(axis=1, keepdims=True)
    flat = spread <= 1e-9 * np.maximum(np.abs(mean), 1e-30)
    apart = np.divide(values - mean, spread, out=np.zeros_like(values), where=~flat)
    return np.where(knows, np.clip(apart, -FARTHEST, FARTHEST), 0.0)


def calibrated(liked: Weights, others: Weights) -> Scale:
    """The scale on which standings of liked pictures (p,) and of others (q,), each side weighing alike, are likeliest.

    Logistic regression with Platt's targets (1 + N₊)/(2 + N₊) and 1/(2 + N₋) (Platt 1999, section 2.2), by Newton's
    method. A model that puts likes below the rest has slope 0: it says nothing. Both sides empty: the same.
    """
    if not liked.size or not others.size:
        return Scale(0.0, 0.0)
    z = np.concatenate([liked, others])
    target = np.repeat([(1 + liked.size) / (2 + liked.size), 1 / (2 + others.size)], [liked.size, others.size])
    weight = np.repeat([0.5 / liked.size, 0.5 / others.size], [liked.size, others.size])
    inputs = np.stack([z, np.ones_like(z)], axis=1)
    found = np.zeros(2)
    for _step in range(STEPS):
        chance = expit(inputs @ found)
        slope = inputs.T @ (weight * (chance - target))
        curve = (inputs.T * (weight * chance * (1 - chance))) @ inputs + 1e-9 * np.eye(2)
        move = np.linalg.solve(curve, slope)
        found -= np.clip(move, -5, 5)
        if np.abs(move).max() < 1e-8:
            break
    return Scale(float(found[0]), float(found[1])) if found[0] > 0 else Scale(0.0, 0.0)
