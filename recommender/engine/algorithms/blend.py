"""Several algorithms as one: a sum of what each says, with weights learned from likes that none of them has seen."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import numpy as np
from scipy.special import expit

from recommender.engine import splits
from recommender.engine.algorithms.weighing import Said, Weighing, learned
from recommender.engine.arrays import Mask, Scores, Weights
from recommender.engine.calibration import Reliability
from recommender.engine.model import Algorithm, Fit, Model, Settings, TrainingSet
from recommender.engine.reactions import Reactions

HELD_OUT = 0.1
"""Share of everybody's newest likes that the weights are learned from."""
SOURCES = ("popularity", "content", "item_cosine", "item_sequence", "ials")
"""What is blended unless others are named: one of a kind."""
FADING = frozenset({"neighbours"})
"""Families that know no recency of their own: they see histories in which older likes have faded."""


@dataclass(frozen=True, eq=False)
class Blend:
    """score(u, j) = Σ over the sources s of w_s · (L_s(u, j) − L): how far each moves the log-odds of a like.

    L_s = a_s·z_s + b_s is the log-odds by one source alone (Platt), z_s its scores in standard deviations from that
    person's mean over the pictures it knows; L the prior log-odds.  A source that does not know a picture, a personal
    one before somebody without likes, and one that says the same of all pictures, say the prior: they add 0.

    `names` (q,) text of the `sources`; `left_out` (r,) text: those that lacked data.  `personal`, `fading` (q,).
    `scales`, `shifts`, `weights` (q,) float64: a, b − L and w.  `prior`: L.  `intercept`: what turns scores into
    log-odds.  half_life: of likes, in likes, for sources that are `fading`.
    `predicted`, `observed`, `counts` (10,): the reliability diagram, of people whose likes the weights did not see.
    """

    names: np.ndarray[Any, np.dtype[np.str_]]
    sources: tuple[Model, ...]
    left_out: np.ndarray[Any, np.dtype[np.str_]]
    personal: Mask
    fading: Mask
    scales: Weights
    shifts: Weights
    weights: Weights
    prior: float
    intercept: float
    half_life: float
    predicted: Weights
    observed: Weights
    counts: Weights
    pictures: int

    def score(self, people: Reactions) -> Scores:
        scores: Scores = self.contributions(people).sum(axis=0, dtype=np.float32)
        return scores

    def contributions(self, people: Reactions) -> Scores:
        """(q, b, n) float32, what each source adds; their sum is the score."""
        parts = np.zeros((len(self.names), len(people), self.pictures), np.float32)
        for place, (values, says) in enumerate(self.standardised(people)):
            added = self.weights[place] * (self.scales[place] * values + self.shifts[place])
            parts[place] = np.where(says, added, 0)
        return parts

    def probabilities(self, scores: Scores) -> Weights:
        """Of a like among those held out, for scores of this model."""
        chances: Weights = expit(scores.astype(np.float64) + self.intercept)
        return chances

    @property
    def error(self) -> float:
        """The expected calibration error of the reliability diagram."""
        return Reliability(self.predicted, self.observed, self.counts).error

    @property
    def knows(self) -> Mask:
        known = np.zeros(self.pictures, np.bool_)
        for source in self.sources or ():
            known |= source.knows
        return known

    def standardised(self, people: Reactions) -> Said:
        """What each source says before it is weighed."""
        faded, liking = people.faded(self.half_life), people.counts > 0
        return [
            standardised(source.score(faded if fading else people), source.knows, liking | ~personal)
            for source, fading, personal in zip(self.sources or (), self.fading, self.personal, strict=True)
        ]


def standardised(scores: Scores, knows: Mask, heard: Mask) -> tuple[Scores, Mask]:
    """Scores in standard deviations from each person's mean over the pictures that the source knows.

    scores: (b, n).  knows: (n,).  heard: (b,) people about whom it can say anything.
    Returns (b, n) float32 and where it says something: 0 and False elsewhere.
    """
    count = max(int(knows.sum()), 1)
    mean = scores[:, knows].sum(axis=1, dtype=np.float64) / count
    apart = np.where(knows, scores - mean[:, None], 0)
    spread = np.sqrt(np.square(apart).sum(axis=1) / count)
    speaks = heard & (spread > 1e-6 * np.maximum(np.abs(mean), 1e-6))
    values = (apart / np.where(speaks, spread, 1)[:, None]).astype(np.float32)
    says = speaks[:, None] & knows
    return np.where(says, values, np.float32(0)), says


def fit_blend(training: TrainingSet, settings: Settings, fit: Fit, *, known: Mapping[str, Algorithm]) -> Blend:
    """Fit the sources without everybody's newest likes, learn the weights from those, and fit the sources again on all.

    KeyError for a source that does not exist, ValueError for a blend of a blend.
    """
    chosen = _algorithms(settings["sources"], known)
    usable = [source for source in chosen if not training.lacks(source.needs)]
    left_out = [source.name for source in chosen if training.lacks(source.needs)]
    split = splits.per_user_time(training.likes, test=HELD_OUT, validation=0.0)
    blend = _unweighted(training, usable, left_out, settings)
    fitted = partial(_sources, usable, settings["settings"], fit)
    earlier = replace(blend, sources=fitted(_before(training, split)))
    blend = _weighed(blend, learned(earlier.standardised, split, sources=len(usable), seed=fit.seed))
    fit.watch(1, {"ece": blend.error, **dict(zip(blend.names.tolist(), blend.weights.tolist(), strict=True))})
    del earlier
    return replace(blend, sources=fitted(training))


def _algorithms(names: Sequence[str], known: Mapping[str, Algorithm]) -> list[Algorithm]:
    for name in names:
        if name not in known:
            raise KeyError(f"there is no {name} to blend")
    return [known[name] for name in names]


def _unweighted(training: TrainingSet, usable: list[Algorithm], left_out: list[str], settings: Settings) -> Blend:
    nothing = np.zeros(len(usable))
    return Blend(
        names=np.array([source.name for source in usable], np.str_),
        sources=(),
        left_out=np.array(left_out, np.str_),
        personal=np.array([source.personal for source in usable], np.bool_),
        fading=np.array([source.family in FADING for source in usable], np.bool_),
        scales=nothing + 1,
        shifts=nothing,
        weights=nothing + 1 / max(len(usable), 1),
        prior=0.0,
        intercept=0.0,
        half_life=float(settings["half_life"]),
        predicted=np.zeros(0),
        observed=np.zeros(0),
        counts=np.zeros(0),
        pictures=training.pictures,
    )


def _sources(
    algorithms: list[Algorithm], laid_over: Mapping[str, Settings], fit: Fit, training: TrainingSet
) -> tuple[Model, ...]:
    quiet = Fit(seed=fit.seed, threads=fit.threads)
    return tuple(one.fit(training, one.settings(laid_over.get(one.name)), quiet) for one in algorithms)


def _before(training: TrainingSet, split: splits.Split) -> TrainingSet:
    """As if the held-out likes had not happened yet; their ratings are taken away, too."""
    ratings = training.ratings
    if ratings is not None:
        ratings = ratings.where(~splits.contains(split.test, ratings))
    return replace(training, likes=split.train, ratings=ratings)


def _weighed(blend: Blend, found: Weighing) -> Blend:
    return replace(
        blend,
        scales=found.scales,
        shifts=found.shifts,
        weights=found.weights,
        prior=found.prior,
        intercept=found.intercept,
        predicted=found.diagram.predicted,
        observed=found.diagram.observed,
        counts=found.diagram.weight,
    )


def entry(others: Sequence[Algorithm]) -> Algorithm:
    """The blend of any of these."""
    known = {algorithm.name: algorithm for algorithm in others}
    fit: Callable[[TrainingSet, Settings, Fit], Model] = partial(fit_blend, known=known)
    return Algorithm(
        name="blend",
        family="blend",
        summary="What several algorithms say together, weighed by how well each foretold likes it had not seen.",
        fit=fit,
        model=lambda: Blend,
        defaults={
            "sources": tuple(name for name in SOURCES if name in known),
            "settings": {},
            "half_life": 10.0,
        },
        grid=tuple({"half_life": half_life} for half_life in (5.0, 10.0, 20.0)),
        random=True,
    )
