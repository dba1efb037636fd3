"""iALS: implicit matrix factorisation (Hu, Koren & Volinsky, ICDM 2008) and its exact fold-in at request time."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.linalg import cho_factor, cho_solve

from recommender.engine.arrays import Rows, Vectors, Weights, as_rows
from recommender.engine.config import DEFAULT, RankingConfig


@dataclass(frozen=True, eq=False)
class FoldedIn:
    """A person among the factors, and what it takes to leave one of their likes out again."""

    vector: Weights
    """(d,), zeros without likes."""
    _target: Weights
    _system: tuple[Any, bool]
    _liked: Weights
    _trust: Weights

    def without(self, like: int) -> Weights:
        """The vector (d,) had this like, a position in the rows that were folded in, not been; by Sherman-Morrison."""
        item, trust = self._liked[like], self._trust[like]
        target = self._target - trust * item
        plain, towards = cho_solve(self._system, np.stack([target, item], axis=1), check_finite=False).T
        vector: Weights = plain + towards * ((trust - 1) * (towards @ target) / (1 - (trust - 1) * (towards @ item)))
        return vector


@dataclass(frozen=True, eq=False)
class Factors:
    """Item factors H (n, d) float32 with what folding in needs: the gram matrix HᵀH (d, d) float64, lambda, alpha."""

    items: Vectors
    gram: Weights
    regularisation: float
    confidence: float

    def __len__(self) -> int:
        return len(self.items)

    def fold_in(self, rows: Rows, weights: Weights) -> "FoldedIn":
        """The person vector (d,) that minimises Σ_liked c(1−x̂)² + Σ_others x̂² + λ‖w‖², c = alpha · weight.

        The normal equations (HᵀH + Σ (c−1) h hᵀ + λI) w = Σ c h, solved exactly. No rows: zeros.
        """
        liked = self.items[as_rows(rows)].astype(np.float64)
        trust = self.confidence * np.asarray(weights, np.float64)
        system = self.gram + (liked.T * (trust - 1)) @ liked
        system[np.diag_indices_from(system)] += self.regularisation
        factored = cho_factor(system, check_finite=False)
        target: Weights = liked.T @ trust
        return FoldedIn(cho_solve(factored, target, check_finite=False), target, factored, liked, trust)

    def score(self, person: NDArray[np.floating], rows: Rows | None = None) -> Weights:
        """Predicted preference, about 0 to 1, of all pictures or of these rows."""
        items = self.items if rows is None else self.items[as_rows(rows)]
        return (items @ person.astype(np.float32)).astype(np.float64)


def with_gram(items: Vectors, config: RankingConfig = DEFAULT) -> Factors:
    """Item factors made ready for folding in."""
    wide = items.astype(np.float64)
    return Factors(items, wide.T @ wide, config.factor_regularisation, config.factor_confidence)


def train_ials(
    likes: sparse.csr_matrix,
    *,
    seed: int = 0,
    config: RankingConfig = DEFAULT,
    threads: int = 1,
    tell: Callable[[int, float], None] | None = None,
) -> Factors:
    """Train on people × pictures, 1 where a person likes a picture that is not their own; repeatable.

    tell: called after each sweep with its number, from 1, and the loss, which costs time to compute.
    """
    from implicit.als import AlternatingLeastSquares

    model = AlternatingLeastSquares(
        factors=config.factors,
        regularization=config.factor_regularisation,
        alpha=config.factor_confidence,
        iterations=config.factor_iterations,
        use_gpu=False,
        num_threads=threads,
        random_state=seed,
        calculate_training_loss=tell is not None,
    )
    callback = None if tell is None else lambda sweep, _seconds, loss: tell(sweep + 1, float(loss))
    model.fit(sparse.csr_matrix(likes, dtype=np.float32), show_progress=False, callback=callback)
    return with_gram(np.asarray(model.item_factors, np.float32), config)
