"""Who likes what more than what: reactions as a network sees them, each beside pictures that the person left alone."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from recommender.engine.arrays import Mask, Rows
from recommender.engine.model import Settings
from recommender.engine.networks.training import State, assign, state_of
from recommender.engine.reactions import Reactions

STEPS = 250
"""Steps of an epoch at most: many likes are learned in larger batches."""
ROUNDS = 8
"""Draws of negatives that hit likes are repeated so often before they are looked up one by one."""
Aside = Literal["pictures", "reactions"]
Loss = Literal["pointwise", "pairwise"]


@dataclass(frozen=True, eq=False)
class Pairs:
    """Likes to learn from and likes to judge by, and for each the candidates that negatives are drawn from.

    A person who likes every candidate has nothing to compare with, and takes no part.
    """

    learning: Reactions
    judging: Reactions
    learnable: Rows
    judged: Rows
    keys: Rows
    """All likes as person · pictures + picture, ascending."""

    @classmethod
    def of(cls, likes: Reactions, *, usable: Mask, share: float, by: Aside, seed: int) -> "Pairs":
        """From the likes of usable pictures (n,).

        share: how much is kept aside to judge by, 0 for nothing. By "pictures": of the liked pictures, with all their
        likes, judged among themselves, as pictures that nobody has reacted to yet are. By "reactions": of the likes,
        judged among all; a person's first one always stays.
        """
        likes = likes.where(usable[likes.items])
        rng = np.random.default_rng([seed, 0])
        candidates = learnable = judged = np.unique(likes.items)
        if by == "pictures":
            judged = np.sort(rng.permutation(candidates)[: round(share * candidates.size)])
            learnable = np.setdiff1d(candidates, judged)
            aside = np.isin(likes.items, judged)
        else:
            aside = rng.random(likes.items.size) < share
            aside[likes.starts[:-1][likes.counts > 0]] = False
        keys = np.sort(likes.people * np.int64(likes.pictures) + likes.items)
        learning = _comparable(likes.where(~aside), likes, learnable)
        return cls(learning, _comparable(likes.where(aside), likes, judged), learnable, judged, keys)

    def epoch(self, rng: np.random.Generator, negatives: int) -> tuple[Rows, Rows]:
        """Every like to learn from once, in random order: people (m,) and pictures (m, 1 + negatives), the liked one
        first. Negatives are drawn anew."""
        order = rng.permutation(self.learning.items.size)
        people, liked = self.learning.people[order], self.learning.items[order]
        return people, np.column_stack([liked, self._drawn(rng, people, self.learnable, negatives)])

    def validation(self, rng: np.random.Generator, negatives: int) -> tuple[Rows, Rows]:
        """The likes to judge by, in the same form."""
        people = self.judging.people
        return people, np.column_stack([self.judging.items, self._drawn(rng, people, self.judged, negatives)])

    def _drawn(self, rng: np.random.Generator, people: Rows, among: Rows, count: int) -> Rows:
        """(m, count) pictures uniform among those that each person does not like."""
        if not people.size:
            return np.empty((0, count), np.int64)
        drawn = among[rng.integers(among.size, size=(people.size, count))]
        for _ in range(ROUNDS):
            rows, columns = np.nonzero(self._likes(people[:, None], drawn))
            if not rows.size:
                return drawn
            drawn[rows, columns] = among[rng.integers(among.size, size=rows.size)]
        for row, column in zip(*np.nonzero(self._likes(people[:, None], drawn)), strict=True):
            free = among[~self._likes(people[row], among)]
            drawn[row, column] = free[rng.integers(free.size)]
        return drawn

    def _likes(self, people: Any, pictures: Rows) -> Mask:
        wanted = people * np.int64(self.learning.pictures) + pictures
        at = np.minimum(np.searchsorted(self.keys, wanted), self.keys.size - 1)
        return np.asarray(self.keys[at] == wanted, np.bool_)


def _comparable(reactions: Reactions, likes: Reactions, among: Rows) -> Reactions:
    """The reactions of those who do not like all of these."""
    counts = np.bincount(likes.people[np.isin(likes.items, among)], minlength=len(likes))
    return reactions.where(counts[reactions.people] < among.size)


class PairLearner:
    """Teaches a network to prefer likes to negatives. The network has

    `variables`, and `logits(people (b,), pictures (b, m), learning)` → (b, m), `penalty(people, pictures)` → scalar.
    Pointwise: cross-entropy of every logit, likes against negatives. Pairwise: −ln σ(x_like − x_negative) (BPR).
    """

    def __init__(self, tf: Any, network: Any, pairs: Pairs, settings: Settings, *, seed: int, loss: Loss) -> None:
        import keras

        self._tf, self._network, self._pairs, self._seed = tf, network, pairs, seed
        self._negatives: int = settings["negatives"]
        self._batch: int = max(settings["batch"], -(-pairs.learning.items.size // STEPS))
        self._pairwise = loss == "pairwise"
        self._optimiser = keras.optimizers.Adam(settings["rate"])
        self._optimiser.build(network.variables)
        self._learn = tf.function(self._learned, reduce_retracing=True)
        self._judge = tf.function(self._judged, reduce_retracing=True)
        self._validation = pairs.validation(np.random.default_rng([seed, 0, 1]), self._negatives)

    def epoch(self, number: int) -> Mapping[str, float]:
        drawn = self._pairs.epoch(np.random.default_rng([self._seed, number]), self._negatives)
        values = {"loss": float(self._learn(*self._tensors(drawn)))}
        if self._validation[0].size:
            loss, auc = self._judge(*self._tensors(self._validation))
            values |= {"validation_loss": float(loss), "validation_auc": float(auc)}
        return values

    def state(self) -> State:
        return state_of(self._variables)

    def restore(self, state: State) -> None:
        assign(self._variables, state)

    @property
    def _variables(self) -> list[Any]:
        return [*self._network.variables, *self._optimiser.variables]

    def _tensors(self, drawn: tuple[Rows, Rows]) -> tuple[Any, Any]:
        return self._tf.constant(drawn[0], self._tf.int32), self._tf.constant(drawn[1], self._tf.int32)

    def _learned(self, people: Any, pictures: Any) -> Any:
        """One pass over the likes; the mean loss of its batches."""
        tf = self._tf
        steps = tf.maximum((tf.shape(people)[0] + self._batch - 1) // self._batch, 1)
        total = tf.constant(0.0)
        for step in tf.range(steps):
            some = slice(step * self._batch, (step + 1) * self._batch)
            with tf.GradientTape() as tape:
                logits = self._network.logits(people[some], pictures[some], True)
                loss = self._loss(logits)
                whole = loss + self._network.penalty(people[some], pictures[some])
            gradients = tape.gradient(whole, [variable.value for variable in self._network.variables])
            self._optimiser.apply(gradients, self._network.variables)
            total += loss
        return total / tf.cast(steps, tf.float32)

    def _judged(self, people: Any, pictures: Any) -> tuple[Any, Any]:
        """The loss, and the share of negatives that are below their like, ties ½."""
        tf = self._tf
        logits = self._network.logits(people, pictures, False)
        ahead = tf.sign(logits[:, :1] - logits[:, 1:])
        return self._loss(logits), tf.reduce_mean((1 + ahead) / 2)

    def _loss(self, logits: Any) -> Any:
        tf = self._tf
        if self._pairwise:
            return tf.reduce_mean(tf.nn.softplus(logits[:, 1:] - logits[:, :1]))
        missed, mistaken = tf.nn.softplus(-logits[:, :1]), tf.nn.softplus(logits[:, 1:])
        return tf.reduce_mean(tf.concat([missed, mistaken], axis=1))
