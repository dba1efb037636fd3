"""The adapted embedding: what the eyes see, seen also the way the owner sorts it.

unit([p ; a·unit(l)]): p the plain vector, centred on the pictures learned from; l their shrunken linear discriminant
(Fisher 1936; shrinkage of the covariance within classes towards a multiple of the identity, after Ledoit & Wolf 2004).
The discriminant alone forgets every class it has not met; beside the plain vector, with a share a near 0.5, it helps
where it knows something and does next to nothing elsewhere. Both a and the shrinkage are chosen by what they do to
classes left out of learning, too.
"""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from recommender.engine.arrays import Mask, Rows, Vectors, Weights, unit
from recommender.engine.index import MEAN_SHRINK, Projection

SHARES = (0.4, 0.45, 0.5, 0.55, 0.6)
"""Values of a that are tried."""
SHRINKAGES = (0.3, 0.5, 0.7)
"""Values of the shrinkage that are tried, in (0, 1]."""
NEAREST = 10
"""Length of the lists that are judged."""
FEWEST_CLASSES, FEWEST_IN_CLASS = 4, 10
"""Classes, and pictures in each, from which there is something to learn and something to test it on."""
MOST_JUDGED = 2_000
"""Pictures that a choice is made on, so that all their pairs fit in memory."""
TOLERANCE = 0.01
"""Precision@10 that classes left out of learning, and near-copies, may lose."""
ROUNDS = 10
"""Divisions that a choice is averaged over."""


class TooFew(ValueError):
    """There are not enough sorted pictures to learn from; the message says what is needed."""


@dataclass(frozen=True)
class Choice:
    """What was chosen and how it did inside the learning part: precision@10 above the plain vectors."""

    share: float
    shrinkage: float
    known: float
    unseen: float


def learnable(categories: Rows) -> Mask:
    """(n,) which pictures are in a class of at least ten. categories: (n,), -1 for none. Raises TooFew."""
    names, counts = np.unique(categories[categories >= 0], return_counts=True)
    enough = names[counts >= FEWEST_IN_CLASS]
    if len(enough) < FEWEST_CLASSES:
        raise TooFew(
            f"An adapted embedding needs {FEWEST_CLASSES} categories of {FEWEST_IN_CLASS} pictures or more; "
            f"there are {len(enough)}."
        )
    return np.isin(categories, enough)


def fit(
    features: NDArray[np.floating],
    categories: Rows,
    *,
    share: float,
    shrinkage: float,
    components: Vectors | None = None,
) -> Projection:
    """Learn the projection of an adapted embedding.

    features: (n, f) raw, of which every row belongs to one of at least two classes; categories: (n,) any numbers.
    share: a > 0.  shrinkage: in (0, 1].  components: (d, f) principal components of the plain part, if it has any.
    ValueError for fewer than two classes or numbers outside of these ranges.
    """
    if not (0 < shrinkage <= 1 and share > 0):
        raise ValueError(f"share {share} or shrinkage {shrinkage} is out of range")
    plain = centred(features)
    assert plain.mean is not None
    directions = discriminant(unit(features) - plain.mean, categories, shrinkage=shrinkage)
    return replace(plain, components=components, directions=directions.astype(np.float32), share=share)


def discriminant(vectors: NDArray[np.floating], categories: Rows, *, shrinkage: float) -> NDArray[np.float64]:
    """(c − 1, f) directions w that maximise between-class over within-class scatter, wᵀ S w = 1.

    S = (1 − s)·C + s·(tr C / f)·I, C the covariance within classes; classes weigh alike, however many pictures they
    have. vectors: (n, f); fewer directions where class means coincide. ValueError for fewer than two classes.
    """
    return _Scatter.of(np.asarray(vectors, np.float64), categories).directions(shrinkage)


@dataclass(frozen=True, eq=False)
class _Scatter:
    """`means` (c, f) of the classes; what varies within them: `variances` (r,) along `axes` (r, f), 0 along others."""

    means: NDArray[np.float64]
    variances: NDArray[np.float64]
    axes: NDArray[np.float64]

    @classmethod
    def of(cls, values: NDArray[np.float64], categories: Rows) -> _Scatter:
        names, labels = np.unique(categories, return_inverse=True)
        if len(names) < 2:
            raise ValueError("a discriminant needs two classes")
        means = np.stack([values[labels == label].mean(axis=0) for label in range(len(names))])
        residuals = values - means[labels]
        if len(residuals) > residuals.shape[1]:  # a tall matrix has the same squares as its root
            residuals = np.linalg.qr(residuals, mode="reduced").R
        _, sizes, axes = np.linalg.svd(residuals, full_matrices=False)
        return cls(means, sizes**2 / len(values), axes)

    def directions(self, shrinkage: float) -> NDArray[np.float64]:
        _, sizes, found = np.linalg.svd(
            self._whitened(self.means - self.means.mean(axis=0), shrinkage), full_matrices=False
        )
        most = min(len(self.means) - 1, len(sizes))
        kept = found[:most][sizes[:most] > 1e-9 * max(float(sizes[0]), 1e-300)]
        kept = kept * np.sign(np.take_along_axis(kept, np.abs(kept).argmax(axis=1)[:, None], axis=1))
        return self._whitened(kept, shrinkage)

    def _whitened(self, rows: NDArray[np.float64], shrinkage: float) -> NDArray[np.float64]:
        """Rows times S^-½. Along axes where nothing has varied S is its shrinkage alone."""
        floor = shrinkage * max(float(self.variances.sum()) / self.axes.shape[1], 1e-12)
        scales = 1 / np.sqrt((1 - shrinkage) * self.variances + floor) - 1 / np.sqrt(floor)
        whitened: NDArray[np.float64] = (rows @ self.axes.T * scales) @ self.axes + rows / np.sqrt(floor)
        return whitened


def choose(features: NDArray[np.floating], categories: Rows, *, seed: int = 0, rounds: int = ROUNDS) -> Choice:
    """The share and shrinkage that put most neighbours into a picture's own class and cost unknown classes little.

    In each round half of every class is learned from and the other half judged: with all classes, and with each half
    of them left out of learning. Of the settings that cost the left-out classes at most `TOLERANCE`, the one with the
    highest precision@10 on known ones; of none, the one that costs least. Fewer than four classes cannot be left out
    by halves: then nothing is tried, and the smallest share is taken. categories: (n,) >= 0.
    """
    if len(np.unique(categories)) < FEWEST_CLASSES:
        return Choice(share=SHARES[0], shrinkage=SHRINKAGES[1], known=0.0, unseen=0.0)
    rng = np.random.default_rng(seed)
    rows = np.sort(rng.permutation(len(categories))[:MOST_JUDGED])
    features, categories = unit(features[rows]), categories[rows]
    gains = np.mean([_gains(features, categories, rng) for _ in range(rounds)], axis=0)
    settings = itertools.product(SHRINKAGES, SHARES)
    found = [
        Choice(share=share, shrinkage=shrinkage, known=known, unseen=unseen)
        for (shrinkage, share), (known, unseen) in zip(settings, gains.reshape(-1, 2).tolist(), strict=True)
    ]
    harmless = [choice for choice in found if choice.unseen >= -TOLERANCE]
    if harmless:
        return max(harmless, key=lambda choice: choice.known)
    return max(found, key=lambda choice: choice.unseen)


def _gains(features: Vectors, categories: Rows, rng: np.random.Generator) -> NDArray[np.float64]:
    """(shrinkages, shares, 2) precision@10 above plain in one division: on known classes, and on those left out."""
    learned, some = half_of_each(categories, rng), half_of_classes(categories, rng)
    judged = ~learned
    gallery, wanted = features[judged], categories[judged]
    plain = centred(features[learned]).apply(gallery)

    def gain(known: Mask, asked: Mask) -> NDArray[np.float64]:
        before = precision(plain, wanted, asked)
        return np.array(
            [
                [precision(one.apply(gallery), wanted, asked) - before for one in line]
                for line in _tried(features[learned & known], categories[learned & known])
            ]
        )

    everyone = np.ones(len(categories), np.bool_)
    left_out = (gain(some, ~some[judged]) + gain(~some, some[judged])) / 2
    return np.stack([gain(everyone, everyone[judged]), left_out], axis=-1)


def _tried(features: Vectors, categories: Rows) -> Iterator[list[Projection]]:
    """The projections of every setting, one line a shrinkage."""
    plain = centred(features)
    assert plain.mean is not None
    scatter = _Scatter.of((features - plain.mean).astype(np.float64), categories)
    for shrinkage in SHRINKAGES:
        directions = scatter.directions(shrinkage).astype(np.float32)
        yield [replace(plain, directions=directions, share=share) for share in SHARES]


def centred(features: NDArray[np.floating]) -> Projection:
    """The plain projection of a small collection: the mean of these pictures taken away."""
    plain = unit(features)
    mean = plain.mean(axis=0, dtype=np.float64) * len(plain) / (len(plain) + MEAN_SHRINK)
    return Projection(mean=mean.astype(np.float32), components=None)


def half_of_each(categories: Rows, rng: np.random.Generator) -> Mask:
    """(n,) a random half of every class, rounded down."""
    chosen = np.zeros(len(categories), np.bool_)
    for name in np.unique(categories):
        rows = rng.permutation(np.flatnonzero(categories == name))
        chosen[rows[: len(rows) // 2]] = True
    return chosen


def half_of_classes(categories: Rows, rng: np.random.Generator) -> Mask:
    """(n,) the pictures of a random half of the classes, rounded up."""
    names = rng.permutation(np.unique(categories))
    return np.isin(categories, names[: (len(names) + 1) // 2])


def precision(vectors: Vectors, categories: Rows, asked: Mask | None = None) -> float:
    """The mean of `precisions`; 0 where nothing is asked about."""
    shares = precisions(vectors, categories, asked)
    return float(shares.mean()) if len(shares) else 0.0


def precisions(vectors: Vectors, categories: Rows, asked: Mask | None = None, *, k: int = NEAREST) -> Weights:
    """(m,) the share of the k nearest others, by cosine, that are in the class of the picture asked about; 0 to 1.

    vectors: (n, d) unit rows; asked: (n,) the pictures asked about, all by default; equal cosines by row.
    """
    rows = np.arange(len(categories)) if asked is None else np.flatnonzero(asked)
    shares = [np.empty(0)]
    for block in _blocks(rows):
        cosines = vectors[block] @ vectors.T
        cosines[np.arange(len(block)), block] = -np.inf
        nearest = np.argsort(-cosines, axis=1, kind="stable")[:, : min(k, len(categories) - 1)]
        shares.append((categories[nearest] == categories[block][:, None]).mean(axis=1))
    return np.concatenate(shares)


def copies_found(projection: Projection, gallery: NDArray[Any], copies: NDArray[Any], originals: Rows) -> float:
    """Share of near-copies whose original is the nearest of the gallery.

    gallery: (n, f) raw features; copies: (m, f) those of copies; originals: (m,) the row that each is a copy of.
    """
    vectors, asked = projection.apply(gallery), projection.apply(copies)
    return float(np.mean((asked @ vectors.T).argmax(axis=1) == originals)) if len(asked) else 0.0


def name_of(projection: Projection) -> str:
    """Eight hexadecimal digits that no other adaptation has: of the checksum of its arrays and its share."""
    digest = hashlib.sha256(np.float64(projection.share).tobytes())
    for array in (projection.mean, projection.components, projection.directions):
        digest.update(b"-" if array is None else np.ascontiguousarray(array, np.float32).tobytes())
    return digest.hexdigest()[:8]


def _blocks(rows: Rows, size: int = 512) -> Iterator[Rows]:
    return (rows[start : start + size] for start in range(0, len(rows), size))
