"""Dials: more or less of one aspect of likeness, over the same pictures in every setting.

A score is the default score + c · Σ (d − ½) · z: d is the setting of a dial, and z how much more alike a picture is in
its aspect than those of a fixed sample, in their standard deviations. The list is the k best by that sum among
candidates that no dial changes. So of two lists that differ in one dial, the one with more of it never has the lower
mean z: each list is the best by its own sum, and the two sums differ by (d' − d) · c · z alone. This holds only as long
as nothing after the sum changes the list; near-copies are therefore folded in the order of the default scores.
"""

from dataclasses import astuple, dataclass
from typing import Self

import numpy as np

from recommender.engine.arrays import Mask, Rows, Segments, Weights, as_rows, best_first
from recommender.engine.config import RankingConfig
from recommender.engine.folding import near_copies
from recommender.engine.inputs import Catalogue
from recommender.engine.vision.aspects import ASPECTS, WIDTH, columns_of
from recommender.engine.vision.colour import WIDTH as COLOURS

WHOLE = 100_000
"""Pictures up to which all are candidates."""
PER_FEATURE = 500
"""Candidates of a larger collection: so many best by the default score, and by each aspect."""
STEPS = 1_000
"""Settings of a dial; anything finer would drown in the rounding of scores."""
SAID_FROM = 1.0
"""Standard deviations from which two pictures are said to share an aspect."""


@dataclass(frozen=True)
class Dials:
    """The setting of each dial, 0-1; ½ changes nothing, below means less of the aspect. Make it with `Dials.of`."""

    colour: float = 0.5
    texture: float = 0.5
    subject: float = 0.5
    composition: float = 0.5

    @classmethod
    def of(cls, **standing: float) -> Self:
        """Settings rounded to a thousandth. ValueError for one outside 0 and 1."""
        for name, value in standing.items():
            if not 0 <= value <= 1:
                raise ValueError(f"{name} is {value}, not within 0 and 1")
        return cls(**{name: round(value * STEPS) / STEPS for name, value in standing.items()})

    @property
    def turned(self) -> Weights:
        """(aspects,) d − ½, in the order of `ASPECTS`."""
        return np.array(astuple(self), np.float64) - 0.5

    @property
    def neutral(self) -> bool:
        return not self.turned.any()


@dataclass(frozen=True, eq=False)
class Standing:
    """z of every picture and aspect, (n, aspects) float64; 0 for pictures whose aspects are not known yet."""

    z: Weights

    def said(self, row: int, dials: Dials) -> str:
        """The aspect that a raised dial brings this picture up for, "" when there is none."""
        turned = dials.turned
        brought = np.where((turned > 0) & (self.z[row] >= SAID_FROM), turned * self.z[row], 0.0)
        return ASPECTS[int(brought.argmax())] if brought.any() else ""


def standing(aspects: Segments, rows: Rows, sample: Rows) -> Standing | None:
    """How like `rows` (their mean) every picture is in each aspect; None where the aspects of `rows` are not known.

    aspects: (n, WIDTH) of `aspects.read`, zero rows where not known.  sample: rows of a fixed sample, whose mean is the
    zero and whose standard deviation the unit of z; z is 0 where they do not differ.
    """
    asked = aspects.take(rows)
    asked = asked[asked[:, :COLOURS].any(axis=1)]
    if not len(asked):
        return None
    query = np.zeros((WIDTH, len(ASPECTS)), np.float32)
    for place, name in enumerate(ASPECTS):
        query[columns_of(name), place] = asked.mean(axis=0)[columns_of(name)]
    alike, known = np.zeros((len(aspects), len(ASPECTS))), np.zeros(len(aspects), np.bool_)
    for start, block in aspects.blocks():
        here = slice(start, start + len(block))
        alike[here], known[here] = block @ query, block[:, :COLOURS].any(axis=1)
    fixed = alike[sample[known[sample]]]
    if not len(fixed):
        return Standing(np.zeros_like(alike))
    deviation = fixed.std(axis=0)
    usable = (deviation > 1e-6) & known[:, None]
    z = np.divide(alike - fixed.mean(axis=0), deviation, out=np.zeros_like(alike), where=usable)
    return Standing(z)


def candidates(open_rows: Mask, default: Weights, found: Standing) -> Rows:
    """The rows that some setting may show: all open ones, or the best by default and by each aspect."""
    if len(open_rows) <= WHOLE:
        return as_rows(np.flatnonzero(open_rows))
    scores = [default, *found.z.T]
    best = [best_first(np.where(open_rows, score, -np.inf), PER_FEATURE) for score in scores]
    return as_rows(np.unique(np.concatenate(best)))


def turned(default: Weights, z: Weights, dials: Dials, config: RankingConfig) -> Weights:
    """(m,) float64: the default scores plus what the dials add."""
    scores: Weights = default + config.dial_weight * (z @ dials.turned)
    return scores


class Copies:
    """Near-copies among candidates, looked for only when asked about; folded in the order of the default scores.

    So the same pictures stand for the same near-copies, whatever the dials do.
    """

    def __init__(
        self,
        rows: Rows,
        default: Weights,
        *,
        catalogue: Catalogue,
        folding: bool,
        config: RankingConfig,
    ) -> None:
        """rows: the candidates.  default: of all n pictures."""
        self._rows, self._catalogue, self._config = rows, catalogue, config
        self._hashes = catalogue.hashes if folding else None
        self._place = np.empty(len(default), np.int64)
        self._place[rows[np.argsort(-default[rows], kind="stable")]] = np.arange(len(rows))
        self._copies: dict[int, list[int]] = {}
        self._leads: dict[int, bool] = {}

    def leaders(self, order: Rows, k: int) -> list[tuple[int, int]]:
        """The first k rows of `order` that stand for themselves, each with how many near-copies it stands for."""
        if self._hashes is None:
            return [(row, 0) for row in order[:k].tolist()]
        kept: list[tuple[int, int]] = []
        for row in order.tolist():
            if len(kept) >= k:
                break
            if self._is_leader(row):
                kept.append((row, len(self._beside(row, before=False))))
        return kept

    def _is_leader(self, row: int) -> bool:
        """Whether no near-copy before it in the order stands for itself. Settles those first, without recursion."""
        asked = [row]
        while asked:
            each = asked[-1]
            if each not in self._leads:
                others = self._beside(each, before=True)
                unknown = self._settled(each, others)
                if unknown is not None:
                    asked.append(unknown)
                    continue
            asked.pop()
        return self._leads[row]

    def _settled(self, row: int, others: list[int]) -> int | None:
        """Settle whether a row leads, or return the near-copy that must be settled first."""
        for other in others:
            if other not in self._leads:
                return other
            if self._leads[other]:
                self._leads[row] = False
                return None
        self._leads[row] = True
        for other in self._beside(row, before=False):
            self._leads[other] = False
        return None

    def _beside(self, row: int, *, before: bool) -> list[int]:
        """Its near-copies before it in the order, or after it; in that order."""
        if row not in self._copies:
            self._copies[row] = sorted(self._near(row), key=self._place.__getitem__)
        place = self._place[row]
        return [other for other in self._copies[row] if (self._place[other] < place) == before]

    def _near(self, row: int) -> list[int]:
        assert self._hashes is not None
        apart = np.bitwise_count(self._hashes[self._rows, 0] ^ self._hashes[row, 0])
        some = as_rows(self._rows[apart <= self._config.fold_cropped_bits])
        if len(some) < 2:
            return []
        _, second = near_copies(
            hashes=self._hashes[some],
            vectors=self._catalogue.looks(some).vectors,
            of=as_rows(np.flatnonzero(some == row)),
            moments=self._catalogue.moments,
            config=self._config,
        )
        near: list[int] = some[second].tolist()
        return near
