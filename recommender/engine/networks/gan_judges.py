"""How a GAN is judged, on likes of which it never learns, and the weights w and τ that put those highest."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from recommender.engine.algorithms.gan import EmbeddingGan
from recommender.engine.frechet import frechet_distance
from recommender.engine.reactions import Reactions

FEWEST_LIKES = 5
"""Of a person, of whom then some are held out."""
HELD_OUT = 0.1
"""Share of a person's likes, the last ones, that D never learns from."""
SHARES = (0.0, 0.25, 0.5, 0.75, 0.9, 1.0)
"""Values of w that are tried."""
TEMPERATURES = (0.5, 1.0, 2.0, 4.0)
"""Values of τ that are tried where both parts of a score count."""


def held_out(likes: Reactions) -> tuple[Reactions, Reactions]:
    """What may be learned from, and the last tenth of everybody who has a few likes."""
    counts = np.repeat(likes.counts, likes.counts)
    last = (counts >= FEWEST_LIKES) & (likes.back < np.ceil(HELD_OUT * counts))
    return likes.where(~last), likes.where(last)


def weighed(model: EmbeddingGan, history: Reactions, held: Reactions) -> EmbeddingGan:
    """The model with the weights whose lists put the likes held out highest."""
    if not len(held.items):
        return model
    discriminating, near = model.logits(history), model.closeness(history)
    best = max(
        ((share, temperature) for share in SHARES for temperature in (TEMPERATURES if 0 < share < 1 else (1.0,))),
        key=lambda pair: _gain(_ranks(model.mixed(discriminating, near, *pair), history, held)),
    )
    return replace(model, share=best[0], temperature=best[1])


def auc(model: EmbeddingGan, history: Reactions, held: Reactions) -> float:
    """Share of pairs of a held-out like and a picture not reacted to that D orders rightly, ties ½; NaN for none."""
    if not len(held.items):
        return float("nan")
    others = len(model.looks) - np.repeat(history.counts + held.counts, held.counts)
    ranks = _ranks(model.logits(history), history, held)
    known = others > 0
    return float((1 - (ranks - 1)[known] / others[known]).mean()) if known.any() else float("nan")


def collapse(model: EmbeddingGan, people: Reactions) -> float:
    """Mean cosine between two samples of one person; 0 without people."""
    if not len(people):
        return 0.0
    samples = model.samples(people)
    count = samples.shape[1]
    sums = (samples.sum(axis=1) ** 2).sum(axis=1)
    return float(((sums - count) / (count * (count - 1))).mean())


def apart_from_likes(model: EmbeddingGan, people: Reactions) -> float:
    """Fréchet distance of samples for people from what they like; 0 for fewer than two people."""
    samples = model.samples(people)[:, 0]
    return frechet_distance(samples, model.looks[people.items]) if len(samples) > 1 else 0.0


def _ranks(scores: NDArray[np.floating], history: Reactions, held: Reactions) -> NDArray[np.float64]:
    """The rank, from 1 and half a rank a tie, of each held-out like among pictures that were not reacted to before."""
    ranks = []
    for person in range(len(held)):
        line = scores[person].copy()
        line[history.of_person(person)] = -np.inf
        line[held.of_person(person)] = -np.inf
        others = np.sort(line[line > -np.inf])
        wanted = scores[person, held.of_person(person)]
        up_to = np.searchsorted(others, wanted, side="right")
        level = up_to - np.searchsorted(others, wanted, side="left")
        ranks.append(1 + len(others) - up_to + level / 2)
    return np.concatenate(ranks) if ranks else np.zeros(0)


def _gain(ranks: NDArray[np.float64]) -> float:
    return float((1 / np.log2(1 + ranks)).mean())
