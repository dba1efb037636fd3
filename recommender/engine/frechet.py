"""How far generated pictures are from real ones: the Fréchet distance with its floor and ceiling, and memorisation.

The distance alone says little, because it grows as samples get fewer. So it stands between the distance of real
pictures from other real ones (the floor) and that of noise from real ones (the ceiling), all with equally many.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from recommender.engine.arrays import Vectors, unit

WIDTH = 64
"""Principal components in which distributions are compared."""
MOST = 1000
"""Pictures on either side of one draw."""
DRAWS = 5
COPY = 0.95
"""Cosine to a training picture above which a sample counts as a copy of it."""
_BLOCK = 1024


@dataclass(frozen=True)
class Comparison:
    """Fréchet distances from real pictures, each the mean of several draws of `each` pictures a side."""

    distance: float
    floor: float
    """Of real pictures from other real ones."""
    ceiling: float
    """Of noise from real ones."""
    each: int
    draws: int

    @property
    def is_nearer_to_floor(self) -> bool:
        return self.distance - self.floor < self.ceiling - self.distance

    @property
    def place(self) -> float:
        """0 at the floor, 1 at the ceiling."""
        return (self.distance - self.floor) / (self.ceiling - self.floor)


def frechet_distance(first: NDArray[np.floating], second: NDArray[np.floating]) -> float:
    """‖μ₁ − μ₂‖² + Tr(Σ₁ + Σ₂ − 2(Σ₁Σ₂)^½) of two samples (n, d) and (m, d), >= 0 (Heusel et al., NeurIPS 2017, eq. 6).

    The product has the eigenvalues of Σ₁^½ Σ₂ Σ₁^½, which is symmetric, so the root is real without tricks.
    ValueError for fewer than two rows, different widths, and numbers that are not finite.
    """
    one, two = np.asarray(first, np.float64), np.asarray(second, np.float64)
    if one.ndim != 2 or two.ndim != 2 or one.shape[1] != two.shape[1] or min(len(one), len(two)) < 2:
        raise ValueError(f"samples of {one.shape} and {two.shape} cannot be compared")
    if not (np.isfinite(one).all() and np.isfinite(two).all()):
        raise ValueError("a sample holds a number that is not finite")
    between = one.mean(axis=0) - two.mean(axis=0)
    spread, other = np.atleast_2d(np.cov(one.T)), np.atleast_2d(np.cov(two.T))
    root = _root(spread)
    overlap = np.sqrt(np.linalg.eigvalsh(root @ other @ root).clip(0)).sum()
    return max(0.0, float(between @ between + np.trace(spread) + np.trace(other) - 2 * overlap))


def compare(
    *,
    generated: NDArray[np.floating],
    real: NDArray[np.floating],
    noise: NDArray[np.floating],
    others: NDArray[np.floating],
    seed: int = 0,
    draws: int = DRAWS,
) -> Comparison:
    """Compare generated features with real ones by the protocol above; every argument (n, d) raw or unit features.

    others: real pictures that are in none of the draws; the 64 principal components are learned on them. A draw takes
    min(1,000, half of `real`) without replacement on every side. ValueError when fewer than two pictures are left for
    a side, or when `generated` or `noise` are fewer than a side.
    """
    each = min(MOST, len(real) // 2)
    if each < 2 or min(len(generated), len(noise)) < each or len(others) < 2:
        raise ValueError(f"{len(real)} real pictures ask for {each} generated ones and as much noise, and two others")
    mean, components = principal(others)
    made, there, random = ((unit(side) - mean) @ components.T for side in (generated, real, noise))
    rng = np.random.default_rng(seed)
    figures = np.array([_draw(rng, made, there, random, each) for _ in range(draws)])
    distance, floor, ceiling = figures.mean(axis=0).tolist()
    return Comparison(distance, floor, ceiling, each, draws)


def memorised(samples: NDArray[np.floating], training: NDArray[np.floating], *, above: float = COPY) -> float:
    """Share of samples (n, d) whose cosine to a training picture (m, d) is above a threshold; 0 without samples."""
    if not len(samples) or not len(training):
        return 0.0
    known = unit(training)
    nearest = np.full(len(samples), -1.0, np.float32)
    looks = unit(samples)
    for start in range(0, len(known), _BLOCK):
        np.maximum(nearest, (looks @ known[start : start + _BLOCK].T).max(axis=1), out=nearest)
    return float((nearest > above).mean())


def random_looks(*, count: int, width: int, seed: int = 0) -> Vectors:
    """(count, width) unit vectors in uniformly random directions: noise in the place of features."""
    return unit(np.random.default_rng(seed).standard_normal((count, width)))


def principal(features: NDArray[np.floating], *, width: int = WIDTH) -> tuple[Vectors, Vectors]:
    """The mean (d,) and at most `width` principal components (w, d) of unit features, largest variance first."""
    looks = unit(features)
    mean = looks.mean(axis=0, dtype=np.float64)
    _, directions = np.linalg.eigh(np.atleast_2d(np.cov(looks.T.astype(np.float64))))
    width = min(width, len(looks) - 1, looks.shape[1])
    return mean.astype(np.float32), directions[:, ::-1][:, :width].T.astype(np.float32)


def _draw(
    rng: np.random.Generator,
    generated: NDArray[np.floating],
    real: NDArray[np.floating],
    noise: NDArray[np.floating],
    each: int,
) -> list[float]:
    order = rng.permutation(len(real))
    here, there = real[order[:each]], real[order[each : 2 * each]]
    made, random = (side[rng.permutation(len(side))[:each]] for side in (generated, noise))
    return [frechet_distance(made, here), frechet_distance(there, here), frechet_distance(random, here)]


def _root(spread: NDArray[np.float64]) -> NDArray[np.float64]:
    values, directions = np.linalg.eigh(spread)
    root: NDArray[np.float64] = (directions * np.sqrt(values.clip(0))) @ directions.T
    return root
