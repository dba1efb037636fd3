"""Several algorithms as one: a sum of what each says, with weights learned from likes that none of them has seen."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import numpy as np
from scipy.special import expit

from recommender.engine import splits
from recommender.engine.arrays import Mask, Rows, Scores, Weights
from recommender.engine.calibration import Logistic, Reliability, logistic, reliability
from recommender.engine.model import Algorithm, Fit, Model, Settings, TrainingSet
from recommender.engine.reactions import Reactions

HELD_OUT = 0.1
"""Share of everybody's newest likes that the weights are learned from."""
PEOPLE = 5_000
"""Most people whose held-out likes are learned from: a handful of weights needs no more."""
OTHERS = 200
"""Pictures without a like that each person's held-out likes are compared with."""
BLOCK = 512
"""People scored at once."""
RIDGE = 10.0
"""How strongly weights are drawn towards equal ones; held-out likes that would say so."""
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
        for place, (values, says) in enumerate(self._standardised(people)):
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

    def _standardised(self, people: Reactions) -> list[tuple[Scores, Mask]]:
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


@dataclass(frozen=True, eq=False)
class Sample:
    """Held-out likes and other pictures: (m,) rows with their person, picture, outcome and how often each counts."""

    people: Rows
    pictures: Rows
    liked: Mask
    weights: Weights


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
    blend = _learned(earlier, split, fit.seed)
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


def _learned(blend: Blend, split: splits.Split, seed: int) -> Blend:
    sample, values, says = _heard(blend, split, seed)
    prior = logistic(np.zeros((len(sample.liked), 0)), sample.liked, sample.weights).intercept
    scales, shifts = np.ones(len(blend.names)), np.zeros(len(blend.names))
    for place in range(len(blend.names)):
        here = says[:, place]
        alone = logistic(values[here, place, None], sample.liked[here], sample.weights[here], ridge=1, towards=1)
        scales[place], shifts[place] = alone.slopes[0], alone.intercept - prior
    moved = np.where(says, scales * values + shifts, 0)
    whole = _weighed(moved, sample, slice(None))
    diagram = _diagram(moved, sample)
    return replace(
        blend,
        scales=scales,
        shifts=shifts,
        weights=whole.slopes,
        prior=prior,
        intercept=whole.intercept,
        predicted=diagram.predicted,
        observed=diagram.observed,
        counts=diagram.weight,
    )


def _weighed(moved: Weights, sample: Sample, rows: Any) -> Logistic:
    equal = 1 / max(moved.shape[1], 1)
    return logistic(moved[rows], sample.liked[rows], sample.weights[rows], ridge=RIDGE, towards=equal)


def _diagram(moved: Weights, sample: Sample) -> Reliability:
    """Of each half of the people by weights from the other half."""
    odd = sample.people % 2 == 1
    chances = np.zeros(len(sample.liked))
    for half in (odd, ~odd):
        chances[half] = expit(_weighed(moved, sample, ~half).log_odds(moved[half]))
    return reliability(chances, sample.liked, sample.weights)


def _heard(blend: Blend, split: splits.Split, seed: int) -> tuple[Sample, Weights, Mask]:
    """A sample of pictures for people with held-out likes, and what every source says there: (m, q) twice."""
    chosen = np.flatnonzero(split.test.counts)
    if chosen.size > PEOPLE:
        chosen = np.sort(np.random.default_rng(seed).choice(chosen, PEOPLE, replace=False))
    sample = _sampled(split, chosen, seed)
    values = np.zeros((len(sample.liked), len(blend.names)))
    says = np.zeros(values.shape, np.bool_)
    for start in range(0, chosen.size, BLOCK):
        people = chosen[start : start + BLOCK]
        here = np.flatnonzero(np.isin(sample.people, people))
        rows = np.searchsorted(people, sample.people[here])
        for place, (scores, said) in enumerate(blend._standardised(split.train.take(people))):
            values[here, place] = scores[rows, sample.pictures[here]]
            says[here, place] = said[rows, sample.pictures[here]]
    return sample, values, says


def _sampled(split: splits.Split, chosen: Rows, seed: int) -> Sample:
    """Candidates are pictures that somebody liked before; the others stand for all candidates without a like."""
    train, held = split.train.take(chosen), split.test.take(chosen)
    candidates = np.bincount(split.train.items, minlength=train.pictures) > 0
    among = candidates[held.items]
    rated = splits.joined(train, held)
    others = splits.negatives(rated, OTHERS, seed=seed, among=candidates)
    people, places = np.nonzero(others >= 0)
    left = candidates.sum() - np.bincount(rated.people, weights=candidates[rated.items], minlength=len(rated))
    share = left / np.maximum((others >= 0).sum(axis=1), 1)
    liked = np.repeat([True, False], [among.sum(), people.size])
    return Sample(
        people=chosen[np.concatenate([held.people[among], people])],
        pictures=np.concatenate([held.items[among], others[people, places]]),
        liked=liked,
        weights=np.concatenate([np.ones(among.sum()), share[people]]),
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
