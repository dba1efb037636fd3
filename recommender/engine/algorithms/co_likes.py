"""Pictures liked by the same people, counted and weighed, if asked for with noise that hides every single person."""

import itertools
import math
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from recommender.engine import privacy
from recommender.engine.algorithms.items import ItemNeighbours, neighbours_of
from recommender.engine.arrays import Weights
from recommender.engine.model import Algorithm, Fit, Settings, TrainingSet
from recommender.engine.neighbours import BLOCK, Line, dot_lines, keep_nearest
from recommender.engine.privacy import Budget
from recommender.engine.reactions import Reactions

PRIVACY = ("none", "laplace", "gaussian", "threshold")
WEIGHTING = ("bm25", "tfidf", "none")
SATURATION, LENGTH = 100.0, 0.8
"""k₁ and b of BM25 (Robertson & Zaragoza, 2009), as the library implicit has them."""


def fit_co_like(training: TrainingSet, settings: Settings, fit: Fit) -> ItemNeighbours:
    """How many people like both, weighed, the k highest of each picture.

    privacy: `none`; `laplace` or `gaussian` noise on every pair of the list of all pictures, which is public;
    `threshold` for Laplace noise on the pairs there are, shown only above a threshold that covers delta. A person
    then contributes `most_likes` (epsilon, delta: `privacy.Budget`). The weights are computed from the released counts
    alone.  weighting: `bm25`, `tfidf` or `none`.  ValueError for other words.
    """
    _expect(settings["privacy"], PRIVACY)
    _expect(settings["weighting"], WEIGHTING)
    k = settings["k"] or None
    if settings["privacy"] == "none":
        lines, lengths = _streamed(training.likes)
    else:
        lines, lengths = _stored(_released(training.likes, settings, fit))
    return neighbours_of(_weighed(lines, lengths, settings["weighting"], k), settings)


def _expect(word: str, words: tuple[str, ...]) -> None:
    if word not in words:
        raise ValueError(f"{word} is none of {', '.join(words)}")


def _released(likes: Reactions, settings: Settings, fit: Fit) -> sparse.csr_matrix:
    """(n, n) symmetric counts, noised."""
    most = settings["most_likes"]
    budget = Budget(settings["epsilon"], settings["delta"])
    upper = sparse.triu(counted(privacy.at_most(likes, most, seed=fit.seed)), k=1, format="csr")
    if settings["privacy"] == "threshold":
        noised = above_threshold(upper, most=most, budget=budget)
    else:
        noised = every_cell(upper, most=most, budget=budget, mechanism=settings["privacy"], kept=settings["k"] or 100)
    return sparse.csr_matrix(noised + noised.T)


def counted(likes: Reactions) -> sparse.csr_matrix:
    """(n, n) float64: how many people like both; diagonal empty. For likes that are few a person."""
    return keep_nearest(_streamed(likes)[0], width=likes.pictures, k=None).astype(np.float64)


def _streamed(likes: Reactions) -> tuple[Iterator[Line], Weights]:
    """The counts row by row, and their sums (n,), without holding them."""
    matrix = likes.matrix(np.ones(len(likes.items)))
    others = np.repeat(likes.counts - 1.0, likes.counts)
    sums = np.bincount(likes.items, others, minlength=likes.pictures).astype(np.float64)
    return _without_self(dot_lines(matrix.T.tocsr(), matrix)), sums


def _stored(counts: sparse.csr_matrix) -> tuple[Iterator[Line], Weights]:
    sums: Weights = np.asarray(counts.sum(axis=1), np.float64).reshape(-1)
    bounds = itertools.pairwise(counts.indptr.tolist())
    return ((counts.indices[begin:end], counts.data[begin:end]) for begin, end in bounds), sums


def every_cell(upper: sparse.csr_matrix, *, most: int, budget: Budget, mechanism: str, kept: int) -> sparse.csr_matrix:
    """Noise on every cell above the diagonal, those without a count too, rounded to whole counts.

    mechanism: `laplace`, Δ₁ = most(most−1)/2, or `gaussian`, Δ₂ its root.  What is kept in memory are the cells that
    stand out: those above the level that about `kept` empty cells a picture pass by chance; that is looking at
    released numbers, and gives nothing away.
    """
    n, cells = upper.shape[0], privacy.cells_of_a_person(most)
    scale = privacy.laplace_scale(sensitivity=cells, epsilon=budget.epsilon)
    level = scale * math.log(max(n / (2 * kept), 1))
    if mechanism == "gaussian":
        scale = privacy.gaussian_deviation(sensitivity=math.sqrt(cells), budget=budget)
        level = scale * _upper_quantile(kept / max(n, 1))
    parts = [sparse.csr_matrix((0, n), dtype=np.float64)]
    for start in range(0, n, BLOCK):
        counts = upper[start : start + BLOCK].toarray().astype(np.float64)
        draw = privacy.gaussian(counts.shape, deviation=scale) if mechanism == "gaussian" else None
        counts += privacy.laplace(counts.shape, scale=scale) if draw is None else draw
        counts[(np.arange(n) <= np.arange(start, start + len(counts))[:, None]) | (counts < max(level, 0.5))] = 0
        parts.append(sparse.csr_matrix(np.rint(counts)))
    return sparse.csr_matrix(sparse.vstack(parts))


def above_threshold(upper: sparse.csr_matrix, *, most: int, budget: Budget) -> sparse.csr_matrix:
    """Laplace noise on the cells that have a count, shown above `privacy.threshold` only, rounded."""
    cells = privacy.cells_of_a_person(most)
    scale = privacy.laplace_scale(sensitivity=cells, epsilon=budget.epsilon)
    noised = sparse.csr_matrix(upper, dtype=np.float64, copy=True)
    noised.data += privacy.laplace(noised.data.shape, scale=scale)
    shown = noised.data >= privacy.threshold(cells=cells, scale=scale, delta=budget.delta)
    noised.data = np.where(shown, np.rint(noised.data), 0)
    noised.eliminate_zeros()
    return noised


def _upper_quantile(share: float) -> float:
    """What a standard Gaussian passes with this probability; 0 from one half on."""
    from scipy.special import ndtri

    return max(0.0, float(-ndtri(min(max(share, 1e-300), 0.5))))


def _weighed(lines: Iterator[Line], lengths: Weights, weighting: str, k: int | None) -> sparse.csr_matrix:
    """Each row as a document whose words are the co-liked pictures, so that what goes with everything weighs little."""
    rare = np.log1p(lengths.sum() / (1 + lengths))
    norm = 1 - LENGTH + LENGTH * lengths / max(float(lengths.mean()) if lengths.size else 0.0, 1e-12)

    def weights() -> Iterator[Line]:
        for row, (others, count) in enumerate(lines):
            yield others, _weight(count.astype(np.float64), rare[others], norm[row], weighting)

    return keep_nearest(weights(), width=lengths.size, k=k)


def _weight(count: Weights, rare: Weights, norm: float, weighting: str) -> Weights:
    if weighting == "none":
        return count
    often = np.sqrt(count) if weighting == "tfidf" else count * (SATURATION + 1) / (count + SATURATION * norm)
    weight: Weights = often * rare
    return weight


def _without_self(lines: Iterator[Line]) -> Iterator[Line]:
    for row, (others, values) in enumerate(lines):
        apart: NDArray[np.bool_] = others != row
        yield others[apart], values[apart]


ENTRIES = (
    Algorithm(
        name="co_like",
        family="neighbours",
        summary="Pictures that most people like together with what you like.",
        fit=fit_co_like,
        model=lambda: ItemNeighbours,
        defaults={
            "k": 100,
            "truncate": "source",
            "weighting": "bm25",
            "privacy": "none",
            "most_likes": 10,
            "epsilon": 3.0,
            "delta": 1e-6,
        },
        grid=tuple(
            {"k": k, "weighting": weighting, "truncate": truncate}
            for k in (50, 100, 200)
            for weighting in ("bm25", "tfidf")
            for truncate in ("source", "target")
        ),
    ),
)
