"""What one gets without knowing the person: chance, and what most people like."""

from dataclasses import dataclass

import numpy as np

from recommender.engine.arrays import Mask, Scores
from recommender.engine.model import Fit, Settings, TrainingSet
from recommender.engine.reactions import Reactions


@dataclass(frozen=True, eq=False)
class Everybody:
    """The same score (n,) for all people."""

    values: Scores
    known: Mask

    def score(self, people: Reactions) -> Scores:
        return np.repeat(self.values[None, :], len(people), axis=0)

    @property
    def knows(self) -> Mask:
        return self.known


def fit_popularity(training: TrainingSet, _settings: Settings, _fit: Fit) -> Everybody:
    """How many people like each picture."""
    counts = np.bincount(training.likes.items, minlength=training.pictures).astype(np.float32)
    return Everybody(counts, counts > 0)
