"""Near-copies: the same picture saved again, resized or slightly cropped, shown once.

Two pictures are near-copies when both perceptual hashes agree and, where they have vectors, these agree too. Each
test alone fails: hashes merge tilings and product photos on white, vectors merge two photos of one thing.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from recommender.engine.arrays import Hashes, Rows, Vectors, as_rows
from recommender.engine.config import DEFAULT, RankingConfig


@dataclass(frozen=True, eq=False)
class Folded:
    """What is left of an ordered list: positions in it, and how many near-copies each stands for, itself left out."""

    kept: Rows
    copies: Rows
    leader: Rows
    """For each position of the list, the kept position it is shown under."""


def fold(*, hashes: Hashes, vectors: Vectors | None, config: RankingConfig = DEFAULT) -> Folded:
    """Fold each entry of a list into the first kept entry that it is a near-copy of; the list's order decides.

    hashes: (m, 2) uint64, pHash and dHash, in the order of the list; zeros = unknown, never folded.
    vectors: (m, d) unit rows or None; a zero row is not compared.
    """
    leader = np.arange(len(hashes))
    pairs = near_copies(hashes, vectors, leader, config)
    for first, second in zip(*(side.tolist() for side in pairs), strict=True):
        if first < second and leader[first] == first and leader[second] == second:
            leader[second] = first
    kept = np.flatnonzero(leader == np.arange(len(leader)))
    copies = np.bincount(leader, minlength=len(leader))[kept] - 1
    return Folded(kept=as_rows(kept), copies=as_rows(copies), leader=as_rows(leader))


def near_copies(
    hashes: Hashes, vectors: Vectors | None, of: Rows, config: RankingConfig = DEFAULT
) -> tuple[Rows, Rows]:
    """All pairs (first in `of`, any second but itself) that are near-copies, as two arrays of positions, ordered."""
    known = (hashes != 0).any(axis=1)
    near = _bits_apart(hashes[of, None, 0], hashes[None, :, 0]) <= config.fold_phash
    place, second = np.nonzero(near & known[of, None] & known[None, :])
    first = of[place]
    sure = (_bits_apart(hashes[first, 1], hashes[second, 1]) <= config.fold_dhash) & (first != second)
    first, second = first[sure], second[sure]
    if vectors is not None:
        cosines = np.einsum("nd,nd->n", vectors[first], vectors[second])
        blind = ~(vectors[first].any(axis=1) & vectors[second].any(axis=1))
        alike = blind | (cosines >= config.fold_cosine)
        first, second = first[alike], second[alike]
    return as_rows(first), as_rows(second)


def _bits_apart(one: NDArray[np.uint64], other: NDArray[np.uint64]) -> NDArray[np.uint8]:
    apart: NDArray[np.uint8] = np.bitwise_count(one ^ other)
    return apart
