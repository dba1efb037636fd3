"""A head over the embeddings: softmax regression that learns the owner's own categories, with honest confidence.

The probabilities are tempered (Guo et al., ICML 2017): one number, found on pictures that were not learned from,
divides all logits, so that of what is called 90 % sure nine in ten are right.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from recommender.engine.adaptation import centred
from recommender.engine.arrays import Mask, Rows, Vectors, unit
from recommender.engine.networks.classifier import confusion, cross_entropy, of_each_class
from recommender.engine.networks.labelled import FEWEST, Unusable, a_share_of_each
from recommender.engine.vision.embedder import softmax

STRENGTHS = (3.0, 10.0, 30.0, 100.0)
"""Inverse weights of the penalty that are tried: the larger, the closer to what was learned from."""
FOLDS = 5
TESTED = 0.2
"""Share of every category that is kept for measuring."""
TEMPERATURES = np.geomspace(0.2, 5.0, 81)
BINS = 10


@dataclass(frozen=True, eq=False)
class Head:
    """`mean` (f,) of unit features, `weights` (f, c), `bias` (c,), all float32; logits are divided by `temperature`."""

    mean: Vectors
    weights: Vectors
    bias: Vectors
    temperature: float

    def probabilities(self, features: NDArray[np.floating]) -> NDArray[np.float32]:
        """(n, f) raw features to (n, c) float32 that sum to 1."""
        logits = _seen(features, self.mean) @ self.weights + self.bias
        return softmax(logits / np.float32(self.temperature))


@dataclass(frozen=True, eq=False)
class Measured:
    """How a head does on pictures it has not learned from. `baseline`: the share of the largest category."""

    pictures: int
    accuracy: float
    baseline: float
    calibration_error: float
    confusion: NDArray[np.int64]
    precision: NDArray[np.float64]
    recall: NDArray[np.float64]


def learnable(categories: Rows) -> Mask:
    """(n,) which pictures are in a category of at least ten. categories: (n,), -1 for none. Raises Unusable."""
    names, counts = np.unique(categories[categories >= 0], return_counts=True)
    enough = names[counts >= FEWEST]
    if len(enough) < 2:
        raise Unusable(
            f"Learning categories needs two of them with {FEWEST} pictures each; there "
            f"{'is' if len(enough) == 1 else 'are'} {len(enough)}."
        )
    return np.isin(categories, enough)


def learn(features: NDArray[np.floating], labels: Rows, *, seed: int = 0) -> tuple[Head, Measured]:
    """A head learned from all pictures, and what one learned from four fifths of them is worth on the rest.

    features: (n, f) raw; labels: (n,) from 0 to c − 1, each at least ten times. Strength and temperature are chosen by
    five folds within what is learned from, never on what is measured.
    """
    tested = a_share_of_each(labels, TESTED, np.random.default_rng(seed))
    tried = _chosen(features[~tested], labels[~tested], seed=seed)
    measured = measure(tried.probabilities(features[tested]), labels[tested])
    return _chosen(features, labels, seed=seed), measured


def measure(probabilities: NDArray[np.float32], labels: Rows) -> Measured:
    """probabilities: (m, c) of pictures of these labels (m,)."""
    predicted = probabilities.argmax(axis=1)
    counts = confusion(predicted, labels, probabilities.shape[1])
    precision, recall = of_each_class(counts)
    return Measured(
        pictures=len(labels),
        accuracy=float((predicted == labels).mean()),
        baseline=float(np.bincount(labels).max() / len(labels)),
        calibration_error=calibration_error(probabilities.max(axis=1), predicted == labels),
        confusion=counts,
        precision=precision,
        recall=recall,
    )


def calibration_error(confidence: NDArray[np.floating], is_right: Mask) -> float:
    """Mean distance of confidence from the share that is right, over ten bins of equally many, weighted by size."""
    order = np.argsort(confidence, kind="stable")
    gaps = [
        len(part) * abs(float(confidence[part].mean()) - float(is_right[part].mean()))
        for part in np.array_split(order, BINS)
        if len(part)
    ]
    return sum(gaps) / len(order)


def _chosen(features: NDArray[np.floating], labels: Rows, *, seed: int) -> Head:
    """The strength whose probabilities, tempered, fit pictures best that were not learned from."""
    folds = _folds(labels, seed)
    tries = []
    for strength in STRENGTHS:
        logits = np.zeros((len(labels), int(labels.max()) + 1), np.float32)
        for fold in range(FOLDS):
            held = folds == fold
            head = _fitted(features[~held], labels[~held], strength)
            logits[held] = _seen(features[held], head.mean) @ head.weights + head.bias
        losses = [cross_entropy(softmax(logits / one), labels) for one in TEMPERATURES]
        best = int(np.argmin(losses))
        tries.append((losses[best], strength, float(TEMPERATURES[best])))
    _, strength, temperature = min(tries)
    head = _fitted(features, labels, strength)
    return Head(head.mean, head.weights, head.bias, temperature)


def _fitted(features: NDArray[np.floating], labels: Rows, strength: float) -> Head:
    from sklearn.linear_model import LogisticRegression

    mean = centred(features).mean
    assert mean is not None
    regression = LogisticRegression(C=strength, max_iter=500).fit(_seen(features, mean), labels)
    weights, bias = regression.coef_.T, regression.intercept_
    if weights.shape[1] == 1:  # two classes are learned as one, against the other
        weights, bias = np.hstack([-weights, weights]) / 2, np.array([-bias[0], bias[0]]) / 2
    return Head(mean, weights.astype(np.float32), bias.astype(np.float32), 1.0)


def _seen(features: NDArray[np.floating], mean: Vectors) -> Vectors:
    seen: Vectors = unit(features) - mean
    return seen


def _folds(labels: Rows, seed: int) -> Rows:
    """(n,) the fold of each picture; every class is spread evenly."""
    rng = np.random.default_rng(seed)
    folds = np.zeros(len(labels), np.int64)
    for label in np.unique(labels):
        rows = rng.permutation(np.flatnonzero(labels == label))
        folds[rows] = np.arange(len(rows)) % FOLDS
    return folds
