"""Both networks of a GAN while they learn: their variables, what they make of a batch, and what each has to pay."""

from itertools import pairwise
from typing import Any

import numpy as np

from recommender.engine.algorithms.gan import LEAK, Layers
from recommender.engine.model import Settings


class GanLayers:
    """A generator of looks and a discriminator, both given a condition; `algorithms.gan` says what each computes."""

    def __init__(self, tf: Any, *, width: int, given: int, settings: Settings, rng: np.random.Generator) -> None:
        """width: of a look.  given: length of a condition."""
        self._tf, self._settings, self._width = tf, settings, width
        hidden, units = settings["hidden"], settings["units"]
        self._picture = _dense(tf, rng, width, hidden, units)
        self._person = _dense(tf, rng, given, hidden, units)
        self._head = _dense(tf, rng, units, 1)
        self.generator = _dense(tf, rng, settings["noise"] + given, hidden, hidden, width)

    @property
    def discriminator(self) -> list[Any]:
        return [*self._picture, *self._person, *self._head]

    def arrays(self) -> dict[str, Layers]:
        """The weights as `algorithms.gan.EmbeddingGan` names them."""
        layers = {
            "picture": self._picture,
            "person": self._person,
            "head": self._head,
            "generator": self.generator,
        }
        return {name: tuple(variable.numpy() for variable in some) for name, some in layers.items()}

    def costs(self, given: Any, liked: Any, wrong: Any, z: Any) -> tuple[Any, Any]:
        """What the discriminator and what the generator has to pay for a batch.

        given (b, d + k).  liked (b, d).  wrong (b, negatives, d), looks of somebody else's pictures.  z (2, b, noise).
        """
        first, second = self._made(z[0], given), self._made(z[1], given)
        made = self._logit(first, given)
        right, others = self._logit(liked, given), self._logit(wrong, given[:, None, :])
        fake = self._settings["fake"]
        wrong_cost = (1 - fake) * self._mean_loss(others, 0) + fake * self._mean_loss(made, 0)
        alike = self._settings["diversity"] * self._alike(first, second, z)
        unlike = self._settings["matching"] * self._moments_apart(self._tf.concat([first, second], 0), liked)
        return self._mean_loss(right, 1) + wrong_cost, self._mean_loss(made, 1) + alike + unlike

    def _made(self, z: Any, given: Any) -> Any:
        values = self._forward(self.generator, self._tf.concat([z, given], axis=-1))
        return self._tf.math.l2_normalize(values, axis=-1)

    def _logit(self, looks: Any, given: Any) -> Any:
        seen = self._forward(self._picture, looks)
        wanted = self._forward(self._person, given)
        return self._tf.reduce_sum(seen * wanted, axis=-1) + self._forward(self._head, seen)[..., 0]

    def _forward(self, layers: list[Any], values: Any) -> Any:
        for number in range(0, len(layers), 2):
            values = self._tf.tensordot(values, layers[number], 1) + layers[number + 1]
            if number + 2 < len(layers):
                values = self._tf.nn.leaky_relu(values, LEAK)
        return values

    def _mean_loss(self, logits: Any, wanted: int) -> Any:
        return self._tf.reduce_mean(self._tf.nn.softplus(-logits if wanted else logits))

    def _alike(self, first: Any, second: Any, z: Any) -> Any:
        """Unlike z are to give unlike samples (mode seeking: Mao et al., CVPR 2019, eq. 4)."""
        tf = self._tf
        distance = tf.reduce_mean(tf.abs(first - second), axis=1) / tf.reduce_mean(tf.abs(z[0] - z[1]), axis=1)
        return tf.reduce_mean(1 / (distance * np.sqrt(self._width) + 0.1))

    def _moments_apart(self, made: Any, real: Any) -> Any:
        """Squared distance of means and of covariances (feature matching: Salimans et al., NIPS 2016, section 3.1)."""
        tf = self._tf
        means, spreads = [], []
        for sample in (made, real):
            means.append(tf.reduce_mean(sample, axis=0))
            centred = sample - means[-1]
            spreads.append(tf.matmul(centred, centred, transpose_a=True) / tf.cast(tf.shape(sample)[0], tf.float32))
        return tf.reduce_sum((means[0] - means[1]) ** 2) + tf.reduce_sum((spreads[0] - spreads[1]) ** 2)


def _dense(tf: Any, rng: np.random.Generator, *sizes: int) -> list[Any]:
    """Weights and biases in turns, of dense layers from one size to the next."""
    layers = []
    for before, after in pairwise(sizes):
        weights = rng.standard_normal((before, after)) * np.sqrt(2 / max(1, before))
        layers += [tf.Variable(weights.astype(np.float32)), tf.Variable(np.zeros(after, np.float32))]
    return layers
