"""The space in which the GAN works: pictures as looks, and what people like as tastes."""

from dataclasses import dataclass

import numpy as np

from recommender.engine.algorithms.gan import conditions, contributions
from recommender.engine.arrays import Rows, Vectors, unit
from recommender.engine.reactions import Reactions

MOST_LOOKS = 5_000
"""Pictures that the principal components and typical looks are learned on."""


def looks_of(features: Vectors, *, width: int, rng: np.random.Generator) -> Vectors:
    """Unit principal components of the features, centred where there are enough of them; zero rows stay zero."""
    given = np.flatnonzero(features.any(axis=1))
    sample = unit(features[np.sort(rng.permutation(given)[:MOST_LOOKS])])
    mean = sample.mean(axis=0) if len(sample) > 2 else np.zeros(features.shape[1], np.float32)
    _, directions = np.linalg.eigh((sample - mean).T.astype(np.float64) @ (sample - mean))
    components = directions[:, ::-1][:, :width].astype(np.float32)
    components *= np.sign(np.take_along_axis(components, np.abs(components).argmax(axis=0)[None], axis=0))
    looks = np.zeros((len(features), components.shape[1]), np.float32)
    for start in range(0, len(given), MOST_LOOKS):
        rows = given[start : start + MOST_LOOKS]
        looks[rows] = unit((unit(features[rows]) - mean) @ components)
    return looks


def typical_looks(looks: Vectors, *, count: int, rng: np.random.Generator) -> Vectors:
    """At most `count` centres of the looks by spherical k-means; at least one."""
    given = looks[looks.any(axis=1)]
    sample = given[rng.permutation(len(given))[:MOST_LOOKS]]
    centres = sample[:count] if len(sample) else np.zeros((1, looks.shape[1]), np.float32)
    for _ in range(10):
        nearest = (sample @ centres.T).argmax(axis=1)
        sums = np.zeros_like(centres)
        np.add.at(sums, nearest, sample)
        centres = np.where(sums.any(axis=1, keepdims=True), unit(sums), centres)
    return centres


@dataclass(frozen=True, eq=False)
class TasteSums:
    """What tastes are made of: `people` (p, d + k), the sum of every person's likes, from which a single one can be
    taken away; `each` (n, d + k), what a like of each picture adds; `width`: d."""

    each: Vectors
    people: Vectors
    width: int

    @classmethod
    def of(cls, likes: Reactions, looks: Vectors, prototypes: Vectors) -> "TasteSums":
        each = contributions(looks, prototypes)
        return cls(each, likes.matrix(np.ones(len(likes.items))) @ each, looks.shape[1])

    def without(self, people: Rows, pictures: Rows) -> Vectors:
        """Conditions of people as if each had not met that picture; none for who liked nothing else."""
        sums = self.people[people] - self.each[pictures]
        sums[np.abs(sums).max(axis=1, initial=0) < 1e-4] = 0
        return conditions(sums, width=self.width)
