"""How the weights of a blend are learned: from likes that its sources have not seen."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from scipy.special import expit

from recommender.engine import splits
from recommender.engine.arrays import Mask, Rows, Scores, Weights
from recommender.engine.calibration import Logistic, Reliability, logistic, reliability
from recommender.engine.metrics import best_lists
from recommender.engine.reactions import Reactions

PEOPLE = 3_000
"""Most people whose held-out likes are learned from: a handful of weights needs no more."""
OTHERS = 200
"""Pictures drawn for each person, beside their held-out likes, on which probabilities are learned."""
FIRST = 100
"""First pictures of every source's list for a person, on which weights are learned: there lists are decided."""
BLOCK = 512
"""People scored at once."""
RIDGE = 10.0
"""How strongly weights are drawn towards equal ones; held-out likes that would say so."""

Said = list[tuple[Scores, Mask]]
"""Of each source, its standardised scores (b, n) and where it says anything."""


@dataclass(frozen=True, eq=False)
class Weighing:
    """scales, shifts, weights: (q,) of the sources: weight · (scale · value + shift) is added to the log-odds.

    prior: log-odds of a held-out like among all candidates.  intercept: what makes log-odds of the whole sum.
    """

    scales: Weights
    shifts: Weights
    weights: Weights
    prior: float
    intercept: float
    diagram: Reliability


@dataclass(frozen=True, eq=False)
class Sample:
    """Pictures (m,) with their person, whether they are among the held-out likes, how many others each stands for, and
    what every source says there: `values` (m, q), 0 where it `says` nothing."""

    people: Rows
    liked: Mask
    weights: Weights
    values: Weights
    says: Mask

    def where(self, stays: Mask) -> "Sample":
        return Sample(self.people[stays], self.liked[stays], self.weights[stays], self.values[stays], self.says[stays])


def learned(says: Callable[[Reactions], Said], split: splits.Split, *, sources: int, seed: int) -> Weighing:
    """Scales and probabilities from pictures as they come, weights from those that some source puts first.

    says: of some people, sources that were fitted on `split.train`.  Learned from is `split.test`.
    Weights learned from all pictures answer whether a like is likely at all, which most pictures are far from; they
    foretold lists worse on every validation part that was tried.
    """
    drawn, first = _heard(says, split, sources, seed)
    prior = logistic(np.zeros((len(drawn.liked), 0)), drawn.liked, drawn.weights).intercept
    scales, shifts = _alone(drawn, prior)
    drawn, first = (replace(one, values=np.where(one.says, scales * one.values + shifts, 0)) for one in (drawn, first))
    weights = _weights(first)
    whole = _probability(drawn, weights)
    diagram = _diagram(drawn, first)
    return Weighing(scales, shifts, weights * whole.slopes[0], prior, whole.intercept, diagram)


def _alone(drawn: Sample, prior: float) -> tuple[Weights, Weights]:
    """Platt's scaling of every source by itself: slopes, and intercepts less the prior."""
    size = drawn.values.shape[1]
    scales, shifts = np.ones(size), np.zeros(size)
    for source in range(size):
        here = drawn.says[:, source]
        values = drawn.values[here, source, None]
        found = logistic(values, drawn.liked[here], drawn.weights[here], ridge=1, towards=1)
        scales[source], shifts[source] = found.slopes[0], found.intercept - prior
    return scales, shifts


def _weights(first: Sample) -> Weights:
    """(q,) >= 0, drawn towards equal ones, which they are when nothing was held out."""
    equal = 1 / max(first.values.shape[1], 1)
    return logistic(first.values, first.liked, first.weights, ridge=RIDGE, towards=equal).slopes


def _probability(drawn: Sample, weights: Weights) -> Logistic:
    """Platt's scaling of the whole sum; its one slope is more than 0, so that it turns no list."""
    whole = logistic((drawn.values @ weights)[:, None], drawn.liked, drawn.weights, ridge=1, towards=1)
    return replace(whole, slopes=np.maximum(whole.slopes, 1e-3))


def _diagram(drawn: Sample, first: Sample) -> Reliability:
    """Of each half of the people by what is learned from the other half."""
    chances = np.zeros(len(drawn.liked))
    for half in (0, 1):
        here = drawn.people % 2 == half
        weights = _weights(first.where(first.people % 2 != half))
        odds = _probability(drawn.where(~here), weights).log_odds((drawn.values[here] @ weights)[:, None])
        chances[here] = expit(odds)
    return reliability(chances, drawn.liked, drawn.weights)


def _heard(says: Callable[[Reactions], Said], split: splits.Split, sources: int, seed: int) -> tuple[Sample, Sample]:
    """For people with held-out likes: pictures drawn from all candidates, and those that some source puts first.

    Candidates are pictures that somebody liked before, without those the person did.
    """
    chosen = np.flatnonzero(split.test.counts)
    if chosen.size > PEOPLE:
        chosen = np.sort(np.random.default_rng(seed).choice(chosen, PEOPLE, replace=False))
    candidates = np.bincount(split.train.items, minlength=split.train.pictures) > 0
    drawn, first = [_nothing(sources)], [_nothing(sources)]
    for start in range(0, chosen.size, BLOCK):
        people = chosen[start : start + BLOCK]
        history, held = split.train.take(people), split.test.take(people)
        liked = held.matrix().toarray() > 0
        open_to = candidates & ~(history.matrix().toarray() > 0)
        said = says(history)
        others = splits.negatives(splits.joined(history, held), OTHERS, seed=seed + start, among=candidates)
        drawn.append(_sample(people, liked, open_to, _drawn(others, liked & open_to, open_to), said))
        first.append(_sample(people, liked, open_to, _first(said, open_to), said))
    return _joined(drawn), _joined(first)


def _drawn(others: Rows, liked: Mask, open_to: Mask) -> Weights:
    """(b, n) how often each picture counts: held-out likes once, the `others` for all those they were drawn from."""
    counts = liked.astype(np.float64)
    people, places = np.nonzero(others >= 0)
    share = (open_to.sum(axis=1) - liked.sum(axis=1)) / np.maximum((others >= 0).sum(axis=1), 1)
    counts[people, others[people, places]] = share[people]
    return counts


def _first(said: Said, open_to: Mask) -> Weights:
    """(b, n) 1 for pictures that are among the first of any source's list."""
    chosen = np.zeros(open_to.shape, np.bool_)
    for values, says in said:
        rows = best_lists(values, FIRST, excluded=~(open_to & says))
        people, places = np.nonzero(rows >= 0)
        chosen[people, rows[people, places]] = True
    return chosen.astype(np.float64)


def _sample(people: Rows, liked: Mask, open_to: Mask, counts: Weights, said: Said) -> Sample:
    who, what = np.nonzero((counts > 0) & open_to)
    values = np.array([each[who, what] for each, _says in said]).reshape(len(said), who.size).T
    says = np.array([each[who, what] for _values, each in said], np.bool_).reshape(len(said), who.size).T
    return Sample(people[who], liked[who, what], counts[who, what], values.astype(np.float64), says)


def _nothing(size: int) -> Sample:
    none = np.zeros(0)
    return Sample(np.zeros(0, np.int64), none > 0, none, np.zeros((0, size)), np.zeros((0, size), np.bool_))


def _joined(parts: list[Sample]) -> Sample:
    return Sample(
        np.concatenate([one.people for one in parts]),
        np.concatenate([one.liked for one in parts]),
        np.concatenate([one.weights for one in parts]),
        np.concatenate([one.values for one in parts]),
        np.concatenate([one.says for one in parts]),
    )
