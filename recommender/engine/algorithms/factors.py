"""Factors from likes: iALS, whose people are folded in when they ask, and BPR, whose people are learned."""

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from scipy import sparse

from recommender.engine.arrays import Mask, Scores, Vectors, Weights
from recommender.engine.config import DEFAULT
from recommender.engine.factors import Factors, train_ials
from recommender.engine.model import Algorithm, Fit, Settings, TrainingSet
from recommender.engine.reactions import Reactions


@dataclass(frozen=True, eq=False)
class FoldedIn:
    """iALS (Hu, Koren & Volinsky, ICDM 2008): score(u, j) = w_u·h_j, w_u solved exactly from the likes that count now.

    `items` (n, d) float32: H.  `gram` (d, d) float64: HᵀH.  c = confidence · weight of a like.
    With `nu` > 0 people have λ_u = regularisation · (n_u + n / confidence)^nu, n_u the weight of their likes (Rendle
    et al., RecSys 2022, section 3.2, where 1 / confidence is the weight α₀ of what is not liked); else λ_u is constant.
    half_life: a like k likes ago weighs 0.5^(k / half_life); 0 for no fading.
    """

    items: Vectors
    gram: Weights
    known: Mask
    regularisation: float
    confidence: float
    nu: float
    half_life: float

    def score(self, people: Reactions) -> Scores:
        scores: Scores = self.vectors(people) @ self.items.T
        return scores

    def vectors(self, people: Reactions) -> Vectors:
        """(b, d) float32: everybody folded in; zeros without likes."""
        faded = people.faded(self.half_life)
        vectors = np.zeros((len(people), self.items.shape[1]), np.float32)
        for person in np.flatnonzero(people.counts):
            here = slice(people.starts[person], people.starts[person + 1])
            weights = faded.weights[here].astype(np.float64)
            vectors[person] = self._factors(float(weights.sum())).fold_in(people.items[here], weights).vector
        return vectors

    def _factors(self, likes: float) -> Factors:
        if not self.nu:
            return self._constant
        return replace(self._constant, regularisation=float(self._growing(np.array([likes]))[0]))

    def _growing(self, likes: Weights) -> Weights:
        return grown(self.regularisation, likes, len(self.items), self.confidence, self.nu)

    @cached_property
    def _constant(self) -> Factors:
        return Factors(self.items, np.asarray(self.gram), self.regularisation, self.confidence)

    @property
    def knows(self) -> Mask:
        return self.known


def grown(regularisation: float, likes: Weights, others: int, confidence: float, nu: float) -> Weights:
    """λ (n_u + α₀ |I|)^ν for rows with `likes` n_u that could have `others` |I|, α₀ = 1 / confidence."""
    frequency: Weights = regularisation * (likes + others / confidence) ** nu
    return frequency


def fit_ials(training: TrainingSet, settings: Settings, fit: Fit) -> FoldedIn:
    """The library trains with one λ; with `nu` an alternating solver of our own, several times slower."""
    likes = training.likes.matrix()
    known = likes.getnnz(axis=0) > 0
    if not likes.nnz:
        items = np.zeros((training.pictures, settings["factors"]), np.float32)
    elif settings["nu"] > 0:
        items = _alternate(likes, settings, fit)
    else:
        items = _by_library(likes, settings, fit)
    items[~known] = 0
    wide = items.astype(np.float64)
    return FoldedIn(
        items,
        wide.T @ wide,
        known,
        float(settings["regularisation"]),
        float(settings["confidence"]),
        float(settings["nu"]),
        float(settings["half_life"]),
    )


def _by_library(likes: sparse.csr_matrix, settings: Settings, fit: Fit) -> Vectors:
    config = replace(
        DEFAULT,
        factors=settings["factors"],
        factor_regularisation=settings["regularisation"],
        factor_confidence=settings["confidence"],
        factor_iterations=settings["iterations"],
    )

    def tell(sweep: int, loss: float) -> None:
        fit.watch(sweep, {"loss": loss})

    return train_ials(likes, seed=fit.seed, config=config, threads=fit.threads, tell=tell).items


def _alternate(likes: sparse.csr_matrix, settings: Settings, fit: Fit) -> Vectors:
    rng = np.random.default_rng(fit.seed)
    alpha, width = settings["confidence"], settings["factors"]
    by_person, by_picture = likes, sparse.csr_matrix(likes.T)
    items = rng.normal(0, 0.1 / np.sqrt(width), (likes.shape[1], width)).astype(np.float32)
    strengths = [
        grown(settings["regularisation"], rows.sum(axis=1).A1.astype(float), rows.shape[1], alpha, settings["nu"])
        for rows in (by_person, by_picture)
    ]
    for sweep in range(settings["iterations"]):
        people = solved(by_person, items, alpha, strengths[0])
        items = solved(by_picture, people, alpha, strengths[1])
        fit.watch(sweep + 1, {})
    return items


def solved(rows: sparse.csr_matrix, others: Vectors, alpha: float, strengths: Weights) -> Vectors:
    """(p, d): for each row the minimum of Σ_liked c(1−x̂)² + Σ_others x̂² + λ_row‖w‖², c = alpha · weight."""
    gram, width = others.T @ others, others.shape[1]
    vectors = np.zeros((rows.shape[0], width), np.float32)
    diagonal = np.diag_indices(width)
    for row in np.flatnonzero(np.diff(rows.indptr)):
        here = slice(rows.indptr[row], rows.indptr[row + 1])
        liked, trust = others[rows.indices[here]], alpha * rows.data[here]
        system = gram + (liked.T * (trust - 1)) @ liked
        system[diagonal] += strengths[row]
        vectors[row] = np.linalg.solve(system, liked.T @ trust)
    return vectors


@dataclass(frozen=True, eq=False)
class Pairwise:
    """BPR (Rendle et al., UAI 2009): score(u, j) = b_j + w_u·h_j, learned so that liked pictures come before others.

    `people` (p, d + 1) float32, the last column 1; `items` (n, d + 1) float32, the last column b_j.  `fold`
    (d + 1, d + 1) turns the mean of a stranger's liked factors into their vector: a ridge regression on people.
    """

    people: Vectors
    items: Vectors
    fold: Vectors
    known: Mask

    def score(self, people: Reactions) -> Scores:
        met = people.known >= 0
        vectors = self.liked(people) @ self.fold
        vectors[met] = self.people[people.known[met]]
        scores: Scores = (vectors @ self.items.T).astype(np.float32, copy=False)
        return scores

    def liked(self, people: Reactions) -> Vectors:
        """(b, d + 1) the mean of the factors of what each likes, and a 1 for the constant; strangers' features."""
        return _liked(people.matrix(), self.items)

    @property
    def knows(self) -> Mask:
        return self.known


def _liked(likes: sparse.csr_matrix, items: Vectors) -> Vectors:
    total = np.maximum(likes.sum(axis=1).A1, 1)[:, None]
    mean: Vectors = (likes @ items / total).astype(np.float32)
    mean[:, -1] = 1
    return mean


def fit_bpr(training: TrainingSet, settings: Settings, fit: Fit) -> Pairwise:
    """By the library; its people are learned, so a stranger is only estimated from the people it knows."""
    likes = training.likes.matrix()
    known = likes.getnnz(axis=0) > 0
    people, items = _trained_bpr(likes, settings, fit)
    items[~known] = 0
    return Pairwise(people, items, _fold(_liked(likes, items), people), known)


def _trained_bpr(likes: sparse.csr_matrix, settings: Settings, fit: Fit) -> tuple[Vectors, Vectors]:
    if not likes.nnz:
        width = settings["factors"] + 1
        return np.zeros((likes.shape[0], width), np.float32), np.zeros((likes.shape[1], width), np.float32)
    from implicit.bpr import BayesianPersonalizedRanking

    model = BayesianPersonalizedRanking(
        factors=settings["factors"],
        learning_rate=settings["rate"],
        regularization=settings["regularisation"],
        iterations=settings["epochs"],
        use_gpu=False,
        num_threads=1,  # with more, the order of the updates is anybody's guess
        random_state=fit.seed,
    )

    def tell(epoch: int, _seconds: float, right: int, skipped: int) -> None:
        fit.watch(epoch + 1, {"train_auc": right / max(likes.nnz - skipped, 1)})

    model.fit(likes, show_progress=False, callback=tell)
    return np.array(model.user_factors), np.array(model.item_factors)


def _fold(liked: Vectors, people: Vectors) -> Vectors:
    """The matrix M that minimises ‖liked·M − people‖² + ‖M‖²."""
    wide = liked.astype(np.float64)
    fold: Vectors = np.linalg.solve(wide.T @ wide + np.eye(wide.shape[1]), wide.T @ people).astype(np.float32)
    return fold


ENTRIES = (
    Algorithm(
        name="ials",
        family="factors",
        summary="Factors of pictures that explain all likes, and your likes among them as they are now.",
        fit=fit_ials,
        model=lambda: FoldedIn,
        defaults={
            "factors": DEFAULT.factors,
            "regularisation": DEFAULT.factor_regularisation,
            "confidence": DEFAULT.factor_confidence,
            "iterations": DEFAULT.factor_iterations,
            "nu": 0.0,
            "half_life": 5.0,
        },
        grid=(
            *(
                {"factors": factors, "regularisation": regularisation, "confidence": confidence, "half_life": half_life}
                for factors in (128, 256)
                for regularisation, confidence in ((30.0, 10.0), (20.0, 5.0))
                for half_life in (5.0, 10.0, 0.0)
            ),
            *(
                {"factors": 64, "nu": nu, "regularisation": regularisation, "confidence": 5.0, "half_life": half_life}
                for nu, regularisation in ((1.0, 0.1), (0.5, 2.0))
                for half_life in (5.0, 10.0)
            ),
        ),
        random=True,
    ),
    Algorithm(
        name="bpr",
        family="factors",
        summary="Factors learned so that what you like comes before what you do not.",
        fit=fit_bpr,
        model=lambda: Pairwise,
        defaults={"factors": 16, "rate": 0.01, "regularisation": 0.01, "epochs": 100},
        grid=tuple(
            {"factors": factors, "regularisation": regularisation, "epochs": epochs}
            for factors in (16, 32)
            for regularisation in (0.003, 0.01)
            for epochs in (100, 200)
        ),
        random=True,
    ),
)
