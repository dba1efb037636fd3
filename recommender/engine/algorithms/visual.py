"""Networks that see pictures, as they score: learned with TensorFlow (`engine.networks`), used with numpy alone.

All of them judge a picture by its look, so that one nobody has reacted to yet has a score like any other.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from recommender.engine.arrays import Mask, Scores, Vectors, unit
from recommender.engine.reactions import Reactions

SHRINK = 1.0
"""Likes that a history is short of: its summary is Σ / (likes + SHRINK), so that a single like says less."""
RIDGE = 1.0
"""Squared error that a unit of folding weight costs, beside people who each count 1."""


def looks_of(features: NDArray[Any], *, learned_from: Mask, width: int) -> Vectors:
    """(n, min(width, d)) float32: features centred and projected on their first principal directions, unit rows.

    features: (n, d) unit rows, zero for a picture without any, which stays zero.  learned_from: (n,) pictures that mean
    and directions are learned from; all that have features when these are fewer than two.  Signs of directions are
    fixed, so equal input gives equal looks. A width of d or more only centres.
    """
    return unit(_projected(features, learned_from, width, standard=False))


def standard_looks(features: NDArray[Any], *, learned_from: Mask, width: int) -> Vectors:
    """As `looks_of`, but every feature is standardised (mean 0, deviation 1) before the projection, and instead of unit
    rows all entries are divided by one number, so that the mean square of the entries of those learned from is 1."""
    return _projected(features, learned_from, width, standard=True)


def _projected(features: NDArray[Any], learned_from: Mask, width: int, *, standard: bool) -> Vectors:
    seen = has_look(features)
    used = seen & learned_from if np.count_nonzero(seen & learned_from) > 1 else seen
    looks = np.array(features, np.float32)
    if not seen.any():
        return looks[:, :width]
    looks -= looks[used].mean(axis=0)
    if standard:
        deviation = looks[used].std(axis=0)
        looks /= np.where(deviation > 0, deviation, 1)
    if width < looks.shape[1]:
        looks = looks @ _directions(looks[used].T @ looks[used], width)
    if standard:
        looks /= max(float(np.sqrt(np.mean(looks[used] ** 2))), 1e-12)
    looks[~seen] = 0
    return looks


def _directions(spread: NDArray[Any], width: int) -> Vectors:
    """(d, width): the eigenvectors of the largest eigenvalues, the largest entry of each positive."""
    _, vectors = np.linalg.eigh(spread.astype(np.float64))
    chosen = vectors[:, ::-1][:, :width]
    signs = np.sign(chosen[np.abs(chosen).argmax(axis=0), np.arange(chosen.shape[1])])
    directions: Vectors = (chosen * signs).astype(np.float32)
    return directions


def has_look(looks: NDArray[Any]) -> Mask:
    """(n,) which rows are not zero."""
    return np.asarray(looks.any(axis=1), np.bool_)


def tastes(looks: Vectors, people: Reactions) -> Vectors:
    """(b, d): t_u, the sum of the looks of what each person reacted to, of length 1; zeros for an empty history."""
    return unit(sums(looks, people))


def sums(values: Vectors, people: Reactions) -> Vectors:
    """(b, q): the rows of `values` (n, q) added up over each history."""
    ones = people.matrix(np.ones(len(people.items), np.float32))
    return np.asarray(ones @ values, np.float32)


@dataclass(frozen=True, eq=False)
class Hybrid:
    """½·(1 + cos θ)/2 + ½·σ(w·h₂ + b): how near a picture is to a taste, and what a network thinks of the two.

    h = [f_i ; t_u ; f_i ⊙ t_u], h₁ = σ(W₁h + b₁), h₂ = σ(W₂h₁ + b₂); θ is the angle between f_i and t_u. The taste is
    taken from the history given, so strangers are scored as well as those it learned from. `rescale` off: ½·cos θ in
    place of ½·(1 + cos θ)/2.

    looks (n, d) unit rows.  W1 (h₁, 3d), b1 (h₁,), W2 (h₂, h₁), b2 (h₂,), w (h₂,).
    """

    looks: Vectors
    W1: Vectors
    b1: Vectors
    W2: Vectors
    b2: Vectors
    w: Vectors
    b: float
    rescale: bool

    def score(self, people: Reactions) -> Scores:
        taste = tastes(self.looks, people)
        return hybrid(taste @ self.looks.T, self.network(taste), rescale=self.rescale)

    def network(self, taste: Vectors) -> Scores:
        """(b, n): σ(w·h₂ + b) of every picture for each taste (b, d)."""
        of_picture, of_taste, of_both = np.split(self.W1, 3, axis=1)
        fixed = self.looks @ of_picture.T
        terms = np.empty((len(taste), len(self.looks)), np.float32)
        for row, one in enumerate(taste):
            first = fixed + self.looks @ (of_both * one).T + (of_taste @ one + self.b1)
            terms[row] = upper_layers(first, self.W2, self.b2, self.w, self.b)
        return terms

    @property
    def knows(self) -> Mask:
        return has_look(self.looks)


def upper_layers(first: Vectors, weights: Vectors, biases: Vectors, w: Vectors, b: float) -> Vectors:
    """σ(w·σ(W₂·σ(first) + b₂) + b), (n,).  first: (n, h₁), W₁h + b₁.  weights (h₂, h₁) W₂, biases (h₂,) b₂."""
    second: Vectors = expit(expit(first) @ weights.T + biases)
    out: Vectors = expit(second @ w + b)
    return out


def hybrid(cosine: Scores, network: Scores, *, rescale: bool) -> Scores:
    """Half how near, half what the network says; `rescale` brings the cosine to [0, 1] like the other half."""
    near = (1 + cosine) / 2 if rescale else cosine
    score: Scores = ((near + network) / 2).astype(np.float32)
    return score


@dataclass(frozen=True, eq=False)
class Embedded:
    """People as vectors: those learned, and of strangers what a history of theirs suggests.

    learned (p, k).  trained (p,): who had reactions to learn from; the others count as strangers.
    folding (q + 1, k): from the summary of a history, Σ s_i / (likes + SHRINK) over the pictures' rows s (n, q), and a
    constant 1, to a vector: the ridge regression that gives the learned people their vectors best. It is linear and in
    closed form; an empty history gets the constant's, which is the typical person's.
    """

    learned: Vectors
    trained: Mask
    folding: Vectors

    @classmethod
    def of(cls, learned: Vectors, pictures: Vectors, people: Reactions) -> "Embedded":
        """The learned vectors (p, k) of the people with these histories; pictures: (n, q)."""
        trained = people.counts > 0
        given, wanted = _summary(pictures, people)[trained], learned[trained]
        penalty = RIDGE * np.eye(given.shape[1])
        penalty[-1, -1] = 1e-6
        gram = given.T.astype(np.float64) @ given + penalty
        folding = np.linalg.solve(gram, given.T.astype(np.float64) @ wanted)
        return cls(learned.astype(np.float32), trained, folding.astype(np.float32))

    def vectors(self, pictures: Vectors, people: Reactions) -> Vectors:
        """(b, k): of each person of a block."""
        known = people.known >= 0
        known[known] = self.trained[people.known[known]]
        vectors = np.empty((len(people), self.folding.shape[1]), np.float32)
        vectors[known] = self.learned[people.known[known]]
        vectors[~known] = _summary(pictures, people.take(np.flatnonzero(~known))) @ self.folding
        return vectors


def _summary(pictures: Vectors, people: Reactions) -> Vectors:
    mean = sums(pictures, people) / (people.counts[:, None] + SHRINK)
    return np.hstack([mean, np.ones((len(people), 1))]).astype(np.float32)


@dataclass(frozen=True, eq=False)
class Dense:
    """The logit of a like from a picture's look f_i and a person's learned vector e_u.

    `variant` "mlp": [f_i ; e_u] → Dense(ReLU) … → logit; "dot": (P f_i)·e_u; "cosine": the cosine of P f_i and e_u.

    looks (n, d).  layers: for "mlp" weights (inputs, outputs) and biases (outputs,) in turns, the first one's inputs
    the d of the look, then the k of the person; else P (k, d) alone.  The rest: see `Embedded`.
    """

    looks: Vectors
    layers: tuple[Vectors, ...]
    learned: Vectors
    trained: Mask
    folding: Vectors
    variant: str

    def score(self, people: Reactions) -> Scores:
        vectors = Embedded(self.learned, self.trained, self.folding).vectors(self.looks, people)
        if self.variant == "mlp":
            return self._perceptron(vectors)
        seen = self.looks @ self.layers[0].T
        if self.variant == "cosine":
            seen, vectors = unit(seen), unit(vectors)
        scores: Scores = vectors @ seen.T
        return scores

    def _perceptron(self, vectors: Vectors) -> Scores:
        width = self.looks.shape[1]
        fixed = self.looks @ self.layers[0][:width]
        of_people = vectors @ self.layers[0][width:] + self.layers[1]
        scores = np.empty((len(vectors), len(self.looks)), np.float32)
        for row, one in enumerate(of_people):
            scores[row] = _rest(np.maximum(fixed + one, 0), self.layers[2:])
        return scores

    @property
    def knows(self) -> Mask:
        return has_look(self.looks)


def _rest(hidden: Vectors, layers: tuple[Vectors, ...]) -> Vectors:
    """(n,) logits from the first hidden layer (n, h): ReLU between the layers, none after the last."""
    turns = list(zip(layers[::2], layers[1::2], strict=True))
    for place, (weights, bias) in enumerate(turns, start=1):
        hidden = hidden @ weights + bias
        if place < len(turns):
            hidden = np.maximum(hidden, 0)
    return hidden[:, 0]


@dataclass(frozen=True, eq=False)
class VisualFactors:
    """VBPR (He & McAuley, AAAI 2016, eq. 4): x_ui = β_i + γ_u·γ_i + θ_u·(E f_i) + β'·f_i.

    α and β_u shift all scores of a person alike, and are 0; so scores of two people must be calibrated before they
    meet. A picture without reactions has γ_i = β_i = 0 and is judged by its look.

    pictures (n, k + l): [γ_i ; E f_i].  bias (n,): β_i + β'·f_i.  learned (p, k + l): [γ_u ; θ_u].  known (n,).
    """

    pictures: Vectors
    bias: Vectors
    learned: Vectors
    trained: Mask
    folding: Vectors
    known: Mask

    def score(self, people: Reactions) -> Scores:
        vectors = Embedded(self.learned, self.trained, self.folding).vectors(self.pictures, people)
        scores: Scores = vectors @ self.pictures.T + self.bias
        return scores

    @property
    def knows(self) -> Mask:
        return self.known
