"""Small worlds whose right answers are known."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from recommender.engine.arrays import Segments, unit
from recommender.engine.factors import with_gram
from recommender.engine.index import background_moments
from recommender.engine.inputs import Catalogue, History, PeopleModel
from recommender.engine.neighbours import co_likes

NOW = 1_800_000_000.0
DAY = 86_400.0


@dataclass(frozen=True, eq=False)
class World:
    """Pictures in families, and people who each like two families."""

    catalogue: Catalogue
    people: PeopleModel
    families: np.ndarray

    def members(self, family: int) -> np.ndarray:
        return np.flatnonzero(self.families == family)


def easy_looks(rng: np.random.Generator, families: np.ndarray) -> np.ndarray:
    """256 centred dimensions; a family is much more alike than two families."""
    centres = unit(rng.standard_normal((families.max() + 1, 256)))
    return unit(centres[families] + unit(rng.standard_normal((len(families), 256))))


def hard_looks(rng: np.random.Generator, families: np.ndarray) -> np.ndarray:
    """1,280 features >= 0 with much in common; a family is hardly more alike than two families (.65 against .61)."""
    common = rng.gamma(0.6, 1.0, 1280)
    centres = common + 0.35 * rng.gamma(0.6, 1.0, (families.max() + 1, 1280))
    return unit(centres[families] * rng.gamma(1.2, 1.0, (len(families), 1280)))


def make_world(
    *,
    looks: Callable[[np.random.Generator, np.ndarray], np.ndarray] = easy_looks,
    families: int = 12,
    each: int = 40,
    people: int = 60,
    seed: int = 0,
) -> World:
    rng = np.random.default_rng(seed)
    labels = rng.permutation(np.repeat(np.arange(families), each))
    vectors = looks(rng, labels).astype(np.float16)
    catalogue = Catalogue(
        vectors=Segments(np.array_split(vectors, 3)),
        created=NOW - rng.exponential(20 * DAY, len(labels)),
        categories=labels.astype(np.int64),
        moments=background_moments(vectors),
        hashes=rng.integers(1, 2**64, size=(len(labels), 2), dtype=np.uint64),
    )
    likes = _likes(rng, labels, people)
    popular = np.asarray(likes.sum(axis=0)).reshape(-1)
    model = PeopleModel(
        co_likes=co_likes(likes),
        factors=with_gram(_svd_factors(likes)),
        trending=popular * rng.random(len(labels)),
        popular=popular,
    )
    return World(catalogue, model, labels)


def history_of(liked: Sequence[int] | np.ndarray, *, dismissed: Sequence[int] | np.ndarray = ()) -> History:
    """Likes, then dismissals, a minute apart, the last one just now."""
    times = NOW - 60.0 * np.arange(len(liked) + len(dismissed))[::-1]
    return History.of(liked, times[: len(liked)], dismissed, times[len(liked) :])


def _likes(rng: np.random.Generator, labels: np.ndarray, people: int) -> sparse.csr_matrix:
    matrix = sparse.lil_matrix((people, len(labels)))
    for person in range(people):
        tastes = rng.choice(labels.max() + 1, 2, replace=False)
        weight = np.where(np.isin(labels, tastes), 1.0, 0.05)
        matrix[person, rng.choice(len(labels), 15, replace=False, p=weight / weight.sum())] = 1
    return matrix.tocsr()


def _svd_factors(likes: sparse.csr_matrix) -> np.ndarray:
    """Factors that mean something, without training."""
    _, values, right = sparse.linalg.svds(likes, k=8, v0=np.ones(min(likes.shape)))
    return (right.T * np.sqrt(values)).astype(np.float32)
