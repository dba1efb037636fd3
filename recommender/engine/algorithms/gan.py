"""What a conditional GAN in the space of embeddings thinks of a person and a picture (Goodfellow et al., NIPS 2014).

The generator draws embeddings that the person would like; the discriminator says whether an embedding is that of a
picture the person really likes. Both are conditioned on the person's taste, which is read off the likes given, so it
works for strangers, too. How they are learned is in `engine.networks.gan`.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.special import expit

from recommender.engine.arrays import Mask, Scores, Vectors, unit
from recommender.engine.reactions import Reactions

SAMPLES = 8
"""Embeddings drawn for a person when pictures are scored."""
COLLAPSED = 0.95
"""Mean cosine between a person's samples above which the generator knows one answer only."""
LEAK = 0.2
"""Slope of a unit below zero."""
SHARPNESS = 10.0
"""How decidedly a picture belongs to its nearest look of the collection."""
_BLOCK = 2048

Layers = tuple[NDArray[np.float32], ...]
"""Weights and biases in turns: (d, h), (h,), (h, k), (k,) …"""


def seed_score(probability: NDArray[Any] | float, *, alpha: float = 1.0) -> NDArray[np.float64]:
    """1 / (1 + exp(−α·D)) of the discriminator's output D in [0, 1]: between ½ and σ(α)."""
    return np.asarray(expit(alpha * np.asarray(probability, np.float64)))


def forward(layers: Layers, inputs: Vectors) -> Vectors:
    """(m, d) through dense layers, leaky units between them and none after the last."""
    values = inputs
    for number in range(0, len(layers), 2):
        values = values @ layers[number] + layers[number + 1]
        if number + 2 < len(layers):
            values = np.maximum(values, LEAK * values)
    return values


def contributions(looks: Vectors, prototypes: Vectors) -> Vectors:
    """(n, d + k): what a like of each picture adds to a taste: its look, and which of k typical looks it is like.

    The second part tells two tastes from the one in the middle between them. A picture without a look adds nothing.
    """
    closeness = SHARPNESS * (looks @ prototypes.T)
    shares = np.exp(closeness - closeness.max(axis=1, keepdims=True, initial=-np.inf))
    shares /= shares.sum(axis=1, keepdims=True)
    return np.concatenate([looks, shares * looks.any(axis=1, keepdims=True)], axis=1).astype(np.float32)


def conditions(sums: Vectors, *, width: int) -> Vectors:
    """Sums (b, d + k) of contributions as the networks take them: both parts of unit length, zeros for no likes."""
    return np.concatenate([unit(sums[:, :width]), unit(sums[:, width:])], axis=1)


@dataclass(frozen=True, eq=False)
class EmbeddingGan:
    """A fitted GAN; n pictures with looks of d dimensions, k prototypes, h units.

    logit D(f, e) = φ(f)·γ(e) + φ(f)·ψ + b, with the condition projected onto the picture's representation (Miyato &
    Koyama, ICLR 2018, eq. 3), so that all pairs of people and pictures cost one matrix product.
    """

    looks: Vectors
    """(n, d) unit principal components of the features; a zero row for a picture without any."""
    prototypes: Vectors
    """(k, d) unit typical looks."""
    picture: Layers
    """φ: d → h"""
    person: Layers
    """γ: d + k → h"""
    head: Layers
    """ψ (h, 1) and b (1,)"""
    generator: Layers
    """z + d + k → d; its output is scaled to length 1."""
    noise: int
    """Length of z."""
    seed: int
    share: float
    """w in [0, 1]: how much the discriminator says, the rest being closeness to what the generator draws."""
    temperature: float
    """τ > 0"""
    auc: float
    """Of D on likes it never saw, against pictures not reacted to; NaN without any."""
    collapse: float
    """Mean cosine between the samples of one person."""

    @property
    def knows(self) -> Mask:
        """Every picture that has a look, also one that nobody has liked yet."""
        mask: Mask = np.any(self.looks, axis=1)
        return mask

    @property
    def is_collapsed(self) -> bool:
        return self.collapse > COLLAPSED

    def score(self, people: Reactions) -> Scores:
        """w·σ(logit D/τ) + (1 − w)·(1 + max over 8 samples of their cosine)/2, in [0, 1]; 0 without a look."""
        logits = self.logits(people) if self.share > 0 else None
        closeness = self.closeness(people) if self.share < 1 else None
        return self.mixed(logits, closeness, self.share, self.temperature)

    def mixed(self, logits: Scores | None, closeness: Scores | None, share: float, temperature: float) -> Scores:
        """The score from its two parts with any weights; a part of no weight may be None."""
        parts = []
        if logits is not None:
            parts.append(share * expit(logits / np.float32(temperature)))
        if closeness is not None:
            parts.append((1 - share) * (1 + closeness) / 2)
        scores = np.asarray(sum(parts), np.float32)
        scores[:, ~self.knows] = 0
        return scores

    def probabilities(self, people: Reactions) -> Scores:
        """D in (0, 1), (b, n): is this the embedding of a picture that the person really likes."""
        return np.asarray(expit(self.logits(people)), np.float32)

    def logits(self, people: Reactions) -> Scores:
        """logit D (b, n)."""
        everybody = (self._pictures @ self.head[0] + self.head[1])[:, 0]
        return forward(self.person, self.tastes(people)) @ self._pictures.T + everybody

    @cached_property
    def _pictures(self) -> Vectors:
        """φ of every picture (n, h), the same for everybody."""
        return forward(self.picture, self.looks)

    def closeness(self, people: Reactions) -> Scores:
        """Cosine of each picture to the nearest of the person's samples, (b, n) in [-1, 1]."""
        samples = self.samples(people).reshape(-1, self.looks.shape[1])
        found = np.empty((len(people), len(self.looks)), np.float32)
        for start in range(0, len(self.looks), _BLOCK):
            cosines = samples @ self.looks[start : start + _BLOCK].T
            found[:, start : start + _BLOCK] = cosines.reshape(len(people), SAMPLES, cosines.shape[1]).max(axis=1)
        return found

    def samples(self, people: Reactions, *, count: int = SAMPLES) -> Vectors:
        """(b, count, d) unit embeddings that do not exist and that each person may like; the same every time.

        z is drawn from (seed, person): strangers share one draw.
        """
        drawn = [np.random.default_rng([self.seed, int(row) + 1]) for row in people.known]
        z = np.array([rng.standard_normal((count, self.noise)) for rng in drawn], np.float32)
        z = z.reshape(len(people) * count, self.noise)
        given = np.repeat(self.tastes(people), count, axis=0)
        made = unit(forward(self.generator, np.concatenate([z, given], axis=1)))
        return made.reshape(len(people), count, self.looks.shape[1])

    def tastes(self, people: Reactions) -> Vectors:
        """(b, d + k) the condition e_u of each person, from their likes alone; every like counts once."""
        liked, columns = np.unique(people.items, return_inverse=True)
        ones = np.ones(len(people.items), np.float32)
        likes = sparse.csr_matrix((ones, columns, people.starts), shape=(len(people), len(liked)))
        return conditions(likes @ contributions(self.looks[liked], self.prototypes), width=self.looks.shape[1])
