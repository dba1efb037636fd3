"""What is liked next, from what was liked before: a linear model of the order in which people like things."""

from collections.abc import Iterator

import numpy as np
from scipy import sparse
from scipy.linalg import lapack

from recommender.engine.algorithms.ease import STRIPE, Linear, gram_of, most_liked, ridge
from recommender.engine.arrays import Mask, Rows, Vectors, Weights
from recommender.engine.model import Algorithm, Fit, Settings, TrainingSet
from recommender.engine.reactions import Reactions

FAINT = 0.02
"""Weight below which a like of long before, or long after, is left out."""
BLOCK = 100_000
"""Likes whose surroundings are held at once."""


def fit_sequence(training: TrainingSet, settings: Settings, _fit: Fit) -> Linear:
    """The ridge regression B = (SᵀS + λI)⁻¹ SᵀT with a row of S and T for each like, as in `steps`.

    λ = regularisation · the mean of the diagonal of SᵀS. (Choi et al., WWW 2021, section 3.2: SLIT, with weights that
    halve instead of their e-th part.) ValueError for half-lives or a regularisation that are not positive.
    """
    half_life, reach = float(settings["half_life"]), float(settings["reach"])
    if min(half_life, reach) <= 0:
        raise ValueError("what follows what fades in half-lives of more than 0 likes")
    kept, dropped = most_liked(training.likes, settings["max_items"])

    def blocks() -> Iterator[tuple[sparse.csr_matrix, sparse.csr_matrix]]:
        for people in _blocks(training.likes):
            past, future = steps(people, half_life=half_life, reach=reach)
            yield past[:, kept], future[:, kept]

    gram = gram_of(((past, past) for past, _future in blocks()), kept.size)
    mean = float(gram.diagonal().mean()) if kept.size else 1.0
    weights = _solution(ridge(gram, settings["regularisation"] * mean), gram_of(blocks(), kept.size))
    return Linear(weights, kept, dropped, training.pictures, half_life)


def steps(likes: Reactions, *, half_life: float, reach: float) -> tuple[sparse.csr_matrix, sparse.csr_matrix]:
    """What was liked until a like, and what is liked after it: S and T, (m, n) float32, a row for each like.

    S holds the like itself as 1 and one of k likes before as 0.5^(k / half_life); T one of k likes after as
    0.5^((k − 1) / reach), and what was liked at the same moment, which has no order, as 1.
    """
    first, last = moments(likes), np.repeat(likes.starts[1:], likes.counts)
    places = np.arange(len(likes.items))
    past, future = [(places, places, np.ones(places.size))], []
    furthest = int(max(half_life, 1 + reach) * -np.log2(FAINT))
    for distance in range(1, min(furthest, int(likes.counts.max(initial=0))) + 1):
        early = places[places + distance < last]
        late = early + distance
        apart = first[late] - first[early]
        before, after = np.exp2(-apart / half_life), np.exp2(-np.maximum(apart - 1, 0) / reach)
        past.append(_chosen(late, early, before, (apart > 0) & (before >= FAINT)))
        future.append(_chosen(early, late, after, after >= FAINT))
        future.append(_chosen(late, early, after, apart == 0))
    return _gathered(past, likes), _gathered(future, likes)


def moments(likes: Reactions) -> Rows:
    """(m,) the place of the first like of the same person at the same moment."""
    begins = np.ones(len(likes.items), np.bool_)
    begins[1:] = (np.diff(likes.times) != 0) | (np.diff(likes.people) != 0)
    firsts: Rows = np.flatnonzero(begins)[np.cumsum(begins) - 1]
    return firsts


Cells = tuple[Rows, Rows, Weights]
"""Rows of a matrix of steps, the likes whose pictures are its columns, and what stands there."""


def _chosen(rows: Rows, likes: Rows, weights: Weights, stays: Mask) -> Cells:
    return rows[stays], likes[stays], weights[stays]


def _gathered(cells: list[Cells], likes: Reactions) -> sparse.csr_matrix:
    if not cells:
        return sparse.csr_matrix((len(likes.items), likes.pictures), dtype=np.float32)
    rows, places, weights = (np.concatenate(column) for column in zip(*cells, strict=True))
    shape = (len(likes.items), likes.pictures)
    return sparse.csr_matrix((weights.astype(np.float32), (rows, likes.items[places])), shape=shape)


def _blocks(likes: Reactions) -> Iterator[Reactions]:
    """People in their order, about `BLOCK` likes at a time."""
    number = likes.starts[1:] // BLOCK
    for block in np.unique(number):
        yield likes.take(np.flatnonzero(number == block))


def _solution(gram: Vectors, target: Vectors) -> Vectors:
    """gram⁻¹·target in the memory of both, a stripe of columns at a time; gram symmetric and positive definite."""
    if not gram.size:
        return target
    factor, failed = lapack.spotrf(gram.T, lower=1, clean=0, overwrite_a=1)
    assert not failed, "ridge() has made it positive definite"
    for start in range(0, len(target), STRIPE):
        columns = slice(start, start + STRIPE)
        target[:, columns], _ = lapack.spotrs(factor, target[:, columns], lower=1)
    return target


ENTRIES = (
    Algorithm(
        name="item_sequence",
        family="factors",
        summary="What people like next after what you liked last.",
        fit=fit_sequence,
        model=lambda: Linear,
        defaults={"regularisation": 10.0, "half_life": 5.0, "reach": 1.0, "max_items": 10_000},
        grid=tuple(
            {"regularisation": regularisation, "half_life": half_life}
            for regularisation in (3.0, 10.0, 30.0)
            for half_life in (3.0, 5.0, 10.0)
        ),
    ),
)
