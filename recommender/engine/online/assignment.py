"""Who is in which arm: a hash of the experiment and the person, and whether the arms came out as large as meant."""

from collections.abc import Sequence
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray
from scipy.special import chdtrc

from recommender.engine.arrays import Rows

ALARM = 0.001
"""p below which arms of unexpected sizes block every verdict (Fabijan et al., KDD 2019)."""


def place(experiment: str, person: str) -> float:
    """Where a person stands in an experiment, evenly in [0, 1); the same for ever, unrelated between experiments."""
    digest = blake2b(f"{experiment}\x00{person}".encode(), digest_size=8).digest()
    return (int.from_bytes(digest, "big") >> 11) / 2.0**53


def arm(experiment: str, person: str, shares: Sequence[float]) -> int:
    """The number of the person's arm. shares: how much of everybody each arm gets, positive, of any sum."""
    bounds = _bounds(shares)
    return int(np.searchsorted(bounds, place(experiment, person), side="right"))


def arms(experiment: str, people: Sequence[str], shares: Sequence[float]) -> Rows:
    """(p,) the arm of each person."""
    places = np.array([place(experiment, person) for person in people])
    return np.searchsorted(_bounds(shares), places, side="right").astype(np.int64)


def sample_ratio(counts: Sequence[int] | NDArray[np.int64], shares: Sequence[float]) -> float:
    """p of the χ² test that the arms' sizes follow their shares; 1 while nobody is assigned.

    counts: (arms,) people seen.  ValueError where the lengths differ.
    """
    seen = np.asarray(counts, np.float64)
    expected = np.asarray(shares, np.float64)
    if seen.shape != expected.shape:
        raise ValueError(f"{seen.size} arms with {expected.size} shares")
    if not seen.sum():
        return 1.0
    expected = expected / expected.sum() * seen.sum()
    return float(chdtrc(seen.size - 1, ((seen - expected) ** 2 / expected).sum()))


def _bounds(shares: Sequence[float]) -> NDArray[np.float64]:
    """Where each arm but the last ends. ValueError for fewer than two arms, or one without a share."""
    parts = np.asarray(shares, np.float64)
    if parts.size < 2 or not (np.isfinite(parts).all() and (parts > 0).all()):
        raise ValueError("an experiment needs two arms or more, each with a positive share")
    bounds: NDArray[np.float64] = np.cumsum(parts)[:-1] / parts.sum()
    return bounds
