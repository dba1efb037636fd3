"""How the two networks of a GAN learn from likes: side by side, each from what the other was before the step."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from recommender.engine.algorithms.gan import EmbeddingGan
from recommender.engine.arrays import Rows, Vectors
from recommender.engine.model import Fit, Settings
from recommender.engine.networks.gan_judges import apart_from_likes, auc, collapse
from recommender.engine.networks.gan_layers import GanLayers
from recommender.engine.networks.gan_looks import TasteSums
from recommender.engine.networks.training import State, assign, start_tensorflow, state_of
from recommender.engine.reactions import Reactions

MOST_JUDGES = 300
"""People whose held-out likes are looked at."""
MOST_PAIRS = 200_000
"""Likes learned from in one epoch, a seeded sample of them where there are more."""
LEAST_STEPS = 30
"""Of one epoch: few likes are learned from several times."""


class Adversaries:
    """Both networks while they learn; see `training.Learner`. `history` and `held`: of those who judge."""

    def __init__(
        self, looks: Vectors, prototypes: Vectors, learned: Reactions, held: Reactions, settings: Settings, fit: Fit
    ) -> None:
        self._settings, self._seed = settings, fit.seed
        self._looks, self._prototypes = looks, prototypes
        self._sums = TasteSums.of(learned, looks, prototypes)
        self._people, self._items = learned.people, learned.items
        self._candidates = np.flatnonzero(looks.any(axis=1))
        self._liked = np.sort(learned.people * np.int64(learned.pictures) + learned.items)
        judges = np.flatnonzero(held.counts)
        judges = np.sort(np.random.default_rng([fit.seed, 1]).permutation(judges)[:MOST_JUDGES])
        self.history, self.held = learned.take(judges), held.take(judges)
        self._watched = learned.take(np.flatnonzero(learned.counts)[:MOST_JUDGES])
        self._build(start_tensorflow(seed=fit.seed, threads=fit.threads))

    def _build(self, tf: Any) -> None:
        rng = np.random.default_rng([self._seed, 2])
        width, given = self._looks.shape[1], self._sums.each.shape[1]
        self._tf, self._networks = tf, GanLayers(tf, width=width, given=given, settings=self._settings, rng=rng)
        rate = self._settings["rate"]
        self._judging = tf.keras.optimizers.Adam(rate, beta_1=0.5)
        self._drawing = tf.keras.optimizers.Adam(2 * rate, beta_1=0.5)
        self._judging.build(self._networks.discriminator)
        self._drawing.build(self._networks.generator)
        self._step = tf.function(self._learn_from, reduce_retracing=True)

    def epoch(self, number: int) -> Mapping[str, float]:
        rng = np.random.default_rng([self._seed, 3, number])
        losses = np.array([self._learn(places, rng) for places in self._batches(rng)])
        judging, drawing = losses.mean(axis=0).tolist()
        model = self.model()
        apart = apart_from_likes(model, self._watched)
        values = {"loss": judging, "generator_loss": drawing, "collapse": model.collapse, "frechet": apart}
        if not np.isfinite(model.auc):  # nothing could be held out
            return values | {"quality": -apart}
        return values | {"auc": model.auc, "quality": model.auc - apart}

    def state(self) -> State:
        return state_of(self._variables)

    def restore(self, state: State) -> None:
        assign(self._variables, state)

    @property
    def _variables(self) -> list[Any]:
        networks = [*self._networks.discriminator, *self._networks.generator]
        return [*networks, *self._judging.variables, *self._drawing.variables]

    def model(self) -> EmbeddingGan:
        """What has been learned so far, judged on what has not."""
        model = EmbeddingGan(
            looks=self._looks,
            prototypes=self._prototypes,
            **self._networks.arrays(),
            noise=self._settings["noise"],
            seed=self._seed,
            share=1.0,
            temperature=1.0,
            auc=float("nan"),
            collapse=0.0,
        )
        return replace(model, auc=auc(model, self.history, self.held), collapse=collapse(model, self._watched))

    def _batches(self, rng: np.random.Generator) -> list[Rows]:
        size = self._settings["batch"]
        count = min(len(self._items), MOST_PAIRS)
        rounds = -(-LEAST_STEPS * size // count) if count < LEAST_STEPS * size else 1
        order = np.concatenate([rng.permutation(len(self._items))[:count] for _ in range(rounds)])
        return [order[start : start + size] for start in range(0, len(order), size)]

    def _learn(self, places: Rows, rng: np.random.Generator) -> list[float]:
        people, liked = self._people[places], self._items[places]
        given = self._sums.without(people, liked)
        given[rng.random(len(given)) < self._settings["anonymous"]] = 0
        wrong = self._others(people, rng)
        z = rng.standard_normal((2, len(places), self._settings["noise"])).astype(np.float32)
        return [float(loss) for loss in self._step(given, self._looks[liked], self._looks[wrong], z)]

    def _others(self, people: Rows, rng: np.random.Generator) -> Rows:
        """(b, negatives) pictures not liked; drawn again a few times where they were."""
        asked = (len(people), self._settings["negatives"])
        drawn = rng.choice(self._candidates, asked)
        for _ in range(3):
            pairs = people[:, None] * np.int64(len(self._looks)) + drawn
            at = np.minimum(np.searchsorted(self._liked, pairs), len(self._liked) - 1)
            again = self._liked[at] == pairs
            drawn[again] = rng.choice(self._candidates, int(again.sum()))
        return drawn

    def _learn_from(self, given: Any, liked: Any, wrong: Any, z: Any) -> tuple[Any, Any]:
        """One step of both: neither answers what the other has learned in it."""
        with self._tf.GradientTape() as judging, self._tf.GradientTape() as drawing:
            cost, deceit = self._networks.costs(given, liked, wrong, z)
        judged, drawn = self._networks.discriminator, self._networks.generator
        self._judging.apply_gradients(zip(judging.gradient(cost, judged), judged, strict=True))
        self._drawing.apply_gradients(zip(drawing.gradient(deceit, drawn), drawn, strict=True))
        return cost, deceit
