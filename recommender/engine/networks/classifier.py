"""A small CNN that tells pictures apart: two convolutions, each pooled, then one dense layer and a softmax.

    picture ─ standardised by channel
            ─ conv 3×3 ─ batch norm ─ ReLU ─ max pool 2×2 ─ dropout      32 filters
            ─ conv 3×3 ─ batch norm ─ ReLU ─ max pool 2×2 ─ dropout      64 filters
            ─ dense 128 ─ batch norm ─ ReLU ─ dropout ─ dense ─ softmax

Batch normalisation (Ioffe & Szegedy, ICML 2015), dropout (Srivastava et al., JMLR 2014), AdamW with a warm-up and a
cosine decay (Loshchilov & Hutter, ICLR 2017 and 2019), smoothed labels (Szegedy et al., CVPR 2016). Each epoch sees
every picture once, shifted by a few pixels and, where that changes nothing, mirrored.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from recommender.engine.arrays import Rows
from recommender.engine.model import Fit
from recommender.engine.networks.labelled import Labelled, a_share_of_each
from recommender.engine.networks.training import (
    Plan,
    State,
    assign,
    fingerprint_of,
    start_tensorflow,
    state_of,
    train,
)

VALIDATED = 0.1
"""Share of the training part that the epoch is chosen on."""
AT_ONCE = 500
"""Pictures that are judged together."""


@dataclass(frozen=True, kw_only=True)
class Recipe:
    """How the network is built and taught."""

    filters: tuple[int, int] = (32, 64)
    dense: int = 128
    dropout: tuple[float, float] = (0.25, 0.5)
    """After each pooling, and before the softmax."""
    epochs: int = 32
    """At most; the learning rate falls to zero over these."""
    patience: int = 8
    """Epochs without a lower validation loss after which learning ends."""
    batch: int = 64
    rate: float = 2e-3
    """The highest learning rate, reached after a tenth of the steps."""
    decay: float = 1e-2
    """Weight decay of AdamW."""
    smoothing: float = 0.1
    """Part of each label that is spread over all classes."""
    shift: int = 3
    """Pixels that a picture is moved by at most, each way."""
    flips: bool = False
    """Whether a picture and its mirror image are the same: true of photographs, false of digits and letters. When
    judging, the two are averaged."""


@dataclass(frozen=True, eq=False)
class Trained:
    """What came of it.

    `epochs`: loss and accuracy, on what was learned from (as seen in learning: moved, with dropout) and on the
    validation part.  `probabilities` (m, classes) float32 of the test pictures.  `network`: Keras's own.
    """

    epochs: list[dict[str, float]]
    best_epoch: int
    probabilities: NDArray[np.float32]
    network: Any


def train_classifier(data: Labelled, recipe: Recipe, fit: Fit) -> Trained:
    """Learn from the training part, choosing the epoch on a tenth of it; judge the test part once, at the end.

    Repeats its numbers for the same seed. Raises Cancelled when `fit.watch` does.
    """
    tf = start_tensorflow(seed=fit.seed, threads=fit.threads)
    learner = _Learner(tf, data, recipe, fit.seed)
    plan = Plan(epochs=recipe.epochs, by="validation_loss", patience=recipe.patience)
    word = fingerprint_of(asdict(recipe), fit.seed, data.x_train, data.y_train)
    progress = train(learner, plan=plan, fit=fit, fingerprint=word)
    return Trained(progress.told, progress.best_epoch, learner.probabilities(data.x_test), learner.network)


def moved(pictures: NDArray[np.float32], rng: np.random.Generator, *, shift: int, flips: bool) -> NDArray[np.float32]:
    """(n, h, w, c) each moved by up to `shift` pixels along both axes, and half of them mirrored if `flips`.

    What comes in at the edge mirrors what is there.
    """
    count, height, width, _ = pictures.shape
    around = np.pad(pictures, ((0, 0), (shift, shift), (shift, shift), (0, 0)), mode="reflect")
    windows = np.lib.stride_tricks.sliding_window_view(around, (height, width), axis=(1, 2))
    down, right = rng.integers(0, 2 * shift + 1, (2, count))
    found = windows[np.arange(count), down, right].transpose(0, 2, 3, 1)
    if flips:
        found = np.where(rng.random((count, 1, 1, 1)) < 0.5, found[:, :, ::-1], found)
    return np.ascontiguousarray(found)


def build(
    shape: tuple[int, int, int],
    classes: int,
    recipe: Recipe,
    moments: tuple[NDArray[np.float64], NDArray[np.float64]],
) -> Any:
    """The network: (n, h, w, c) float32 in [0, 1] to (n, classes) logits. moments: mean and variance by channel."""
    from keras import Input, Model, layers

    picture = Input(shape)
    mean, variance = moments
    inside = layers.Normalization(mean=mean.tolist(), variance=np.maximum(variance, 1e-6).tolist())(picture)
    for filters in recipe.filters:
        inside = layers.Conv2D(filters, 3, padding="same", use_bias=False)(inside)
        inside = layers.ReLU()(layers.BatchNormalization()(inside))
        inside = layers.Dropout(recipe.dropout[0])(layers.MaxPooling2D()(inside))
    inside = layers.Dense(recipe.dense, use_bias=False)(layers.Flatten()(inside))
    inside = layers.Dropout(recipe.dropout[1])(layers.ReLU()(layers.BatchNormalization()(inside)))
    return Model(picture, layers.Dense(classes)(inside), name="classifier")


class _Learner:
    """The network while it learns; see `training.Learner`."""

    def __init__(self, tf: Any, data: Labelled, recipe: Recipe, seed: int) -> None:
        self._tf, self._recipe, self._seed = tf, recipe, seed
        kept = a_share_of_each(data.y_train, VALIDATED, np.random.default_rng(seed))
        learned = data.x_train[~kept]
        self._pictures, self._labels = learned, data.y_train[~kept]
        self._validation = data.x_train[kept], data.y_train[kept]
        self._classes = len(data.classes)
        moments = learned.mean(axis=(0, 1, 2), dtype=np.float64), learned.var(axis=(0, 1, 2), dtype=np.float64)
        self.network = build(data.x_train.shape[1:], self._classes, recipe, moments)
        self._optimiser = self._with_schedule()
        self._optimiser.build(self.network.trainable_variables)
        self._step, self._judge = tf.function(self._learn_from), tf.function(self._probabilities)

    def epoch(self, number: int) -> Mapping[str, float]:
        rng = np.random.default_rng([self._seed, number])
        order = rng.permutation(len(self._labels))
        pictures = moved(self._pictures[order], rng, shift=self._recipe.shift, flips=self._recipe.flips)
        labels = self._labels[order]
        told = [self._step(pictures[part], labels[part]) for part in self._batches(len(labels))]
        loss, accuracy = np.array([[float(value) for value in values] for values in told]).mean(axis=0)
        judged, wanted = self.probabilities(self._validation[0]), self._validation[1]
        return {
            "loss": float(loss),
            "accuracy": float(accuracy),
            "validation_loss": cross_entropy(judged, wanted),
            "validation_accuracy": float((judged.argmax(axis=1) == wanted).mean()),
        }

    def state(self) -> State:
        return state_of(self._variables)

    def restore(self, state: State) -> None:
        assign(self._variables, state)

    def probabilities(self, pictures: NDArray[np.float32]) -> NDArray[np.float32]:
        """(n, classes) float32; with flips the mean over a picture and its mirror image."""
        parts = []
        for start in range(0, len(pictures), AT_ONCE):
            part = pictures[start : start + AT_ONCE]
            judged = self._judge(part).numpy()
            parts.append((judged + self._judge(part[:, :, ::-1]).numpy()) / 2 if self._recipe.flips else judged)
        found: NDArray[np.float32] = np.concatenate(parts)
        return found

    @property
    def _variables(self) -> list[Any]:
        return [*self.network.variables, *self._optimiser.variables]

    def _batches(self, count: int) -> list[slice]:
        """Whole batches; what is left over comes first in another epoch."""
        size = min(self._recipe.batch, count)
        return [slice(start, start + size) for start in range(0, count - size + 1, size)]

    def _with_schedule(self) -> Any:
        from keras.optimizers import AdamW
        from keras.optimizers.schedules import CosineDecay

        steps = self._recipe.epochs * len(self._batches(len(self._labels)))
        warm = max(1, steps // 10)
        rate = CosineDecay(0.0, max(1, steps - warm), warmup_target=self._recipe.rate, warmup_steps=warm)
        return AdamW(rate, weight_decay=self._recipe.decay)

    def _learn_from(self, pictures: Any, labels: Any) -> Any:
        tf = self._tf
        with tf.GradientTape() as tape:
            logits = self.network(pictures, training=True)
            spread = self._recipe.smoothing / self._classes
            wanted = tf.one_hot(labels, self._classes) * (1 - self._recipe.smoothing) + spread
            loss = tf.reduce_mean(tf.nn.softmax_cross_entropy_with_logits(wanted, logits))
        weights = self.network.trainable_variables
        self._optimiser.apply_gradients(zip(tape.gradient(loss, weights), weights, strict=True))
        right = tf.argmax(logits, axis=1) == labels
        return loss, tf.reduce_mean(tf.cast(right, tf.float32))

    def _probabilities(self, pictures: Any) -> Any:
        return self._tf.nn.softmax(self.network(pictures, training=False))


def cross_entropy(probabilities: NDArray[np.floating], labels: Rows) -> float:
    """Mean −ln p of the right class; p no less than 1e-7."""
    right = probabilities[np.arange(len(labels)), labels].astype(np.float64)
    return float(-np.log(np.maximum(right, 1e-7)).mean())


def confusion(predicted: Rows, wanted: Rows, classes: int) -> NDArray[np.int64]:
    """(classes, classes) how many pictures of the row's class were taken for the column's."""
    counts = np.zeros((classes, classes), np.int64)
    np.add.at(counts, (wanted, predicted), 1)
    return counts


def of_each_class(counts: NDArray[np.int64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Precision and recall (classes,) from a confusion matrix; 0 where nothing was taken for, or is of, a class."""
    right = np.diag(counts).astype(np.float64)
    taken, there = counts.sum(axis=0), counts.sum(axis=1)
    return right / np.maximum(taken, 1), right / np.maximum(there, 1)
