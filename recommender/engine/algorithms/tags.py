"""Pictures that share words with liked pictures: by rarity, by topic, and by an older formula."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from recommender.engine.algorithms.items import ItemNeighbours, neighbours_of
from recommender.engine.arrays import Vectors, Weights, unit
from recommender.engine.model import Algorithm, Fit, Settings, TrainingSet
from recommender.engine.neighbours import BLOCK, Line, dot_lines, keep_nearest, rarity, tag_vectors


def fit_tfidf(training: TrainingSet, settings: Settings, _fit: Fit) -> ItemNeighbours:
    """Cosine of TF-IDF vectors of the pictures' tags, a tag's weight its confidence (`neighbours.tag_vectors`)."""
    vectors = tag_vectors(training.tags)
    return _nearest(_without_self(dot_lines(vectors, vectors.T.tocsc())), vectors.shape[0], settings)


def fit_seed_formula(training: TrainingSet, settings: Settings, _fit: Fit) -> ItemNeighbours:
    """Q_AB = Σ_w tf_w(A)·tf_w(B) / Σ_w tf_w(A)·idf_w, idf of `neighbours.rarity`.

    Neither symmetric nor bounded; 0 where the denominator is. Kept because it is known, under a name of its own.
    """
    words = sparse.csr_matrix(training.tags, dtype=np.float64, copy=True)
    words.eliminate_zeros()
    bottom = np.asarray(words @ rarity(words)).reshape(-1)

    def similarities() -> Iterator[Line]:
        for row, (others, dots) in enumerate(_without_self(dot_lines(words, words.T.tocsc()))):
            yield others, dots / bottom[row] if bottom[row] > 0 else np.zeros_like(dots)

    return _nearest(similarities(), words.shape[0], settings)


def fit_lda(training: TrainingSet, settings: Settings, fit: Fit) -> ItemNeighbours:
    """Cosine of topic mixtures by latent Dirichlet allocation over tags (Blei, Ng & Jordan, JMLR 2003).

    A picture without tags is like none.
    """
    mixtures = topics(training.tags, number=settings["topics"], iterations=settings["iterations"], seed=fit.seed)
    return _nearest(_without_self(_dense_lines(unit(mixtures))), len(mixtures), settings)


def topics(tags: sparse.csr_matrix, *, number: int, iterations: int, seed: int) -> Weights:
    """(n, number) shares of each topic in each picture, rows sum to 1; zeros for a picture without tags."""
    words = sparse.csr_matrix(tags, dtype=np.float64, copy=True)
    words.eliminate_zeros()
    tagged = words.getnnz(axis=1) > 0
    mixtures = np.zeros((words.shape[0], number))
    if tagged.any():
        from sklearn.decomposition import LatentDirichletAllocation

        model = LatentDirichletAllocation(n_components=number, max_iter=iterations, random_state=seed)
        mixtures[tagged] = model.fit_transform(words[tagged])
    return mixtures


def _dense_lines(vectors: Vectors) -> Iterator[Line]:
    everything: NDArray[np.int64] = np.arange(len(vectors))
    for start in range(0, len(vectors), BLOCK):
        for cosines in (vectors[start : start + BLOCK] @ vectors.T).astype(np.float64):
            yield everything, cosines


def _without_self(lines: Iterator[Line]) -> Iterator[Line]:
    for row, (others, values) in enumerate(lines):
        yield others, np.where(others == row, 0, values)


def _nearest(lines: Iterator[Line], pictures: int, settings: Settings) -> ItemNeighbours:
    return neighbours_of(keep_nearest(lines, width=pictures, k=settings["k"] or None), settings)


_NEIGHBOURS = {"k": 100, "truncate": "source"}
_GRID = tuple({"k": k, "truncate": truncate} for k in (50, 100, 400) for truncate in ("source", "target"))

ENTRIES = (
    Algorithm(
        name="item_tfidf",
        family="content",
        summary="Pictures that share rare words with what you like.",
        fit=fit_tfidf,
        model=lambda: ItemNeighbours,
        needs=frozenset({"tags"}),
        defaults=_NEIGHBOURS,
        grid=_GRID,
    ),
    Algorithm(
        name="seed_formula",
        family="content",
        summary="Pictures that share words with what you like, by an older formula kept for comparison.",
        fit=fit_seed_formula,
        model=lambda: ItemNeighbours,
        needs=frozenset({"tags"}),
        defaults=_NEIGHBOURS,
    ),
    Algorithm(
        name="item_lda",
        family="content",
        summary="Pictures about the same topics as what you like.",
        fit=fit_lda,
        model=lambda: ItemNeighbours,
        needs=frozenset({"tags"}),
        defaults={**_NEIGHBOURS, "topics": 20, "iterations": 10},
        grid=tuple({"topics": number} for number in (10, 20, 50)),
        random=True,
    ),
)
