"""Nearest neighbours: an exact scan, or 1-bit codes re-ranked exactly for larger collections; and the projection.

The scan is the oracle of the codes. Codes are signs of a randomly rotated vector (after RaBitQ, SIGMOD 2024, without
its correction): the Hamming distance of two codes estimates the angle, which is enough to find a short list.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from recommender.engine.arrays import Mask, Rows, Scores, Segments, StoredVectors, Vectors, best_first, segments, unit

EXACT_LIMIT = 20_000
"""Pictures up to which the plain scan is the faster one."""
SHORTLIST = 1_000
"""Candidates that the codes hand over for exact re-ranking, for each query."""
SELECTIVE = 0.25
"""Share of allowed pictures below which these are gathered instead of scanning all."""
PROJECTION_FROM = 2_000
"""Pictures from which features are projected."""
PROJECTED = 256
"""Length of a projected vector."""
MEAN_SHRINK = 20
"""Pictures at which half of a collection's mean is taken away."""


@dataclass(frozen=True, eq=False)
class Codes:
    """Signs of rotated vectors: `bits` (n, ceil(d/64)) uint64, `rotation` (d, d) float32 orthogonal."""

    bits: NDArray[np.uint64]
    rotation: Vectors


@dataclass(frozen=True)
class Moments:
    """Mean and standard deviation of the cosine of two random pictures: the zero and the unit of similarity."""

    mean: float
    std: float


@dataclass(frozen=True, eq=False)
class Projection:
    """Raw features to the vectors of the index: centred, from some size on also reduced to principal components.

    An adapted one (see `adaptation`) has `directions` (c, f) as well: what they see is appended, `share` times as long.
    """

    mean: Vectors | None
    components: Vectors | None
    directions: Vectors | None = None
    share: float = 0.0

    def apply(self, features: NDArray[np.floating]) -> Vectors:
        """(n, f) features to (n, d) float32 unit rows; a zero row stays zero."""
        plain = unit(features)
        centred = plain if self.mean is None else plain - self.mean
        projected = unit(centred if self.components is None else centred @ self.components.T)
        if self.directions is not None:
            projected = unit(np.hstack([projected, np.float32(self.share) * unit(centred @ self.directions.T)]))
        projected[~plain.any(axis=1)] = 0
        return projected

    def width(self, features: int) -> int:
        """The length of a vector from so many features."""
        plain = features if self.components is None else len(self.components)
        return plain + (0 if self.directions is None else len(self.directions))


def fit_projection(features: NDArray[np.floating]) -> Projection:
    """The mean of unit features, and from 2,000 pictures on their principal components.

    What all pictures of a collection have in common tells none of them apart, so it is taken away; few pictures say
    little about it, so the mean is shrunk by n / (n + 20).
    features: (n, f).  Components (256, f) float32 with orthonormal rows, largest variance first, each with its
    largest entry positive, so that the same pictures give the same vectors.
    """
    plain = unit(features)
    plain = plain[plain.any(axis=1)]
    if not len(plain):
        return Projection(mean=None, components=None)
    mean = plain.mean(axis=0, dtype=np.float64) * len(plain) / (len(plain) + MEAN_SHRINK)
    if len(plain) < PROJECTION_FROM:
        return Projection(mean=mean.astype(np.float32), components=None)
    centred = plain - mean.astype(np.float32)
    _, directions = np.linalg.eigh((centred.T @ centred).astype(np.float64))
    components = directions[:, ::-1][:, :PROJECTED].T
    largest = np.take_along_axis(components, np.abs(components).argmax(axis=1)[:, None], axis=1)
    return Projection(mean=mean.astype(np.float32), components=(components * np.sign(largest)).astype(np.float32))


def background_moments(vectors: Segments | StoredVectors, *, sample: int = 1000, seed: int = 0) -> Moments:
    """Moments of the cosine over pairs of a seeded sample of pictures that have a vector.

    Fewer than two pictures, or all alike: mean 0 and deviation 1, so that similarity stays finite.
    """
    chosen = background_sample(vectors, size=sample, seed=seed)
    if len(chosen) < 2:
        return Moments(mean=0.0, std=1.0)
    pairs = (chosen @ chosen.T)[np.triu_indices(len(chosen), k=1)].astype(np.float64)
    std = float(pairs.std())
    return Moments(mean=float(pairs.mean()), std=std) if std > 1e-6 else Moments(mean=0.0, std=1.0)


def background_sample(vectors: Segments | StoredVectors, *, size: int, seed: int = 0) -> Vectors:
    """Vectors of at most `size` pictures, drawn without replacement, zero rows left out; (m, d) float32."""
    held = segments(vectors)
    rows = np.random.default_rng(seed).permutation(len(held))[:size]
    found = held.take(np.sort(rows))
    return found[found.any(axis=1)]


def codes_for(vectors: Segments | StoredVectors, *, seed: int = 0) -> Codes | None:
    """Codes of a collection that is large enough to gain from them (centred vectors expected), else None."""
    held = segments(vectors)
    if len(held) <= EXACT_LIMIT:
        return None
    gaussian = np.random.default_rng(seed).standard_normal((held.width, held.width))
    rotation = np.linalg.qr(gaussian)[0].astype(np.float32)
    return Codes(_encode(held, rotation), rotation)


def nearest(
    vectors: Segments | StoredVectors,
    queries: Vectors,
    k: int,
    allowed: Mask | None = None,
    *,
    codes: Codes | None = None,
) -> tuple[Rows, Scores]:
    """Find the k rows most like each query, best first, equal scores by row.

    vectors: n unit rows, float16 or float32, in one array or in segments.  queries: (q, d) float32, unit rows.
    allowed: (n,) bool, the rows that may be found.  codes: used above `EXACT_LIMIT` rows; without them every row
    is compared.  Returns rows (q, k) int64 and cosines (q, k) float32; where fewer than k rows are allowed the rest
    is row -1 and score -inf.
    """
    held = segments(vectors)
    if allowed is not None and allowed.shape != (len(held),):
        raise ValueError(f"a mask of {allowed.shape} does not fit {len(held)} rows")
    if codes is not None and len(codes.bits) != len(held):
        raise ValueError(f"{len(codes.bits)} codes do not fit {len(held)} rows")
    rows = np.full((len(queries), max(k, 0)), -1, np.int64)
    scores = np.full(rows.shape, -np.inf, np.float32)
    if k > 0 and len(held):
        by_code = codes is not None and len(held) > EXACT_LIMIT
        found = _by_codes(held, codes, queries, k, allowed) if by_code else _by_scan(held, queries, k, allowed)
        for number, (best, cosines) in enumerate(found):
            rows[number, : len(best)], scores[number, : len(best)] = best, cosines
    return rows, scores


def _by_scan(held: Segments, queries: Vectors, k: int, allowed: Mask | None) -> Iterator[tuple[Rows, Scores]]:
    if allowed is not None and np.count_nonzero(allowed) < SELECTIVE * len(held):
        few = np.flatnonzero(allowed)
        for line in queries @ held.take(few).T:
            best = best_first(line, k)
            yield few[best], line[best]
        return
    cosines = np.empty((len(queries), len(held)), np.float32)
    for start, block in held.blocks():
        np.matmul(queries, block.T, out=cosines[:, start : start + len(block)])
    if allowed is not None:
        cosines[:, ~allowed] = -np.inf
    for line in cosines:
        best = best_first(line, k)
        yield best, line[best]


def _by_codes(
    held: Segments, codes: Codes | None, queries: Vectors, k: int, allowed: Mask | None
) -> Iterator[tuple[Rows, Scores]]:
    assert codes is not None
    open_rows = None if allowed is None else np.flatnonzero(allowed)
    bits = codes.bits if open_rows is None else codes.bits[open_rows]
    wanted = _signs(queries @ codes.rotation.T)
    for query, code in zip(queries, wanted, strict=True):
        distance = np.bitwise_count(bits ^ code).sum(axis=1, dtype=np.int16)
        short = best_first(-distance, max(SHORTLIST, 4 * k))
        near = np.sort(short if open_rows is None else open_rows[short])
        cosines = held.take(near) @ query
        best = best_first(cosines, k)
        yield near[best], cosines[best]


def _encode(held: Segments, rotation: Vectors) -> NDArray[np.uint64]:
    codes = [_signs(block @ rotation.T) for _, block in held.blocks()]
    return np.concatenate(codes) if codes else np.empty((0, -(-rotation.shape[0] // 64)), np.uint64)


def _signs(values: Vectors) -> NDArray[np.uint64]:
    """Signs packed into 64-bit words, the last word filled with zeros."""
    spare = -values.shape[1] % 64
    positive = np.pad(values > 0, ((0, 0), (0, spare)))
    return np.packbits(positive, axis=1).view(np.uint64)
