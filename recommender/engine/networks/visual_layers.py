"""The three networks while they learn: variables, logits of pairs, and what large weights cost.

Looks are unit rows, whose entries are small (1/√d); the layers see them times √d, and the factor goes into the weights
when they are taken out, so that the formulas hold for the looks as they are.
"""

from itertools import pairwise
from typing import Any

import numpy as np

from recommender.engine.algorithms.visual import sums
from recommender.engine.arrays import Vectors
from recommender.engine.model import Settings
from recommender.engine.reactions import Reactions

FAINT = 1e-3
"""A sum of looks shorter than this is what rounding left of nothing."""


class HybridLayers:
    """σ(w·h₂ + b) of [f_i ; t_u ; f_i ⊙ t_u]; a like is left out of the taste that it is learned with."""

    def __init__(self, tf: Any, looks: Vectors, learning: Reactions, settings: Settings) -> None:
        self._tf = tf
        self._looks, self._sums = tf.constant(looks), tf.constant(sums(looks, learning))
        width, (first, second) = looks.shape[1], settings["hidden"]
        self._scale, self._decay = float(np.sqrt(width)), settings["decay"]
        self.variables = [
            *(_weights((width, first), inputs=3 * width) for _ in range(3)),
            _zeros((first,)),
            _weights((first, second)),
            _zeros((second,)),
            _weights((second, 1)),
            _zeros((1,)),
        ]

    def logits(self, people: Any, pictures: Any, learning: bool) -> Any:
        tf = self._tf
        of_picture, of_taste, of_both, b1, W2, b2, w, b = (variable.value for variable in self.variables)
        seen, total = tf.gather(self._looks, pictures), tf.gather(self._sums, people)
        if learning:
            total -= seen[:, 0]
        taste = total / tf.maximum(tf.norm(total, axis=1, keepdims=True), FAINT)
        seen, taste = seen * self._scale, taste[:, None] * self._scale
        first = tf.sigmoid(seen @ of_picture + taste @ of_taste + (seen * taste) @ of_both + b1)
        return (tf.sigmoid(first @ W2 + b2) @ w + b)[..., 0]

    def penalty(self, _people: Any, _pictures: Any) -> Any:
        tf = self._tf
        return self._decay * tf.add_n([tf.nn.l2_loss(variable.value) for variable in self.variables])

    def arrays(self) -> dict[str, Any]:
        """The weights as `algorithms.visual.Hybrid` names them."""
        of_picture, of_taste, of_both, b1, W2, b2, w, b = (_copy(variable) for variable in self.variables)
        W1 = np.vstack([of_picture * self._scale, of_taste * self._scale, of_both * self._scale**2]).T
        return {"W1": np.ascontiguousarray(W1), "b1": b1, "W2": W2.T.copy(), "b2": b2, "w": w[:, 0], "b": float(b[0])}


class DenseLayers:
    """The logit of a look and a person's vector: a perceptron on both, their product, or their cosine."""

    def __init__(self, tf: Any, looks: Vectors, people: int, settings: Settings) -> None:
        self._tf, self._looks = tf, tf.constant(looks)
        width, size = looks.shape[1], settings["size"]
        self._scale, self._decay, self._variant = float(np.sqrt(width)), settings["decay"], settings["variant"]
        self._people = _weights((people, size), inputs=size)
        self._offset = _zeros((1,))
        self._steepness = _constant(5.0)
        self._layers = self._perceptron(width, size, settings["hidden"]) if self._variant == "mlp" else []
        self._projection = [] if self._layers else [_weights((width, size))]
        ends = [] if self._layers else [self._offset]
        ends += [self._steepness] if self._variant == "cosine" else []
        self.variables = [self._people, *self._layers, *self._projection, *ends]

    def _perceptron(self, width: int, size: int, hidden: list[int]) -> list[Any]:
        sizes = [width + size, *hidden, 1]
        turns = [(_weights(shape), _zeros((shape[1],))) for shape in pairwise(sizes)]
        return [variable for turn in turns for variable in turn]

    def logits(self, people: Any, pictures: Any, _learning: bool) -> Any:
        tf = self._tf
        seen, person = tf.gather(self._looks, pictures) * self._scale, tf.gather(self._people.value, people)
        if self._variant == "mlp":
            return self._answer(seen, person)
        seen = seen @ self._projection[0].value
        if self._variant == "dot":
            return tf.reduce_sum(seen * person[:, None], axis=2) + self._offset.value
        seen, person = tf.nn.l2_normalize(seen, axis=2), tf.nn.l2_normalize(person, axis=1)
        return self._steepness.value * tf.reduce_sum(seen * person[:, None], axis=2) + self._offset.value

    def _answer(self, seen: Any, person: Any) -> Any:
        tf = self._tf
        width = seen.shape[2]
        first, bias, *rest = (variable.value for variable in self._layers)
        hidden = tf.nn.relu(seen @ first[:width] + (person @ first[width:])[:, None] + bias)
        for place in range(0, len(rest), 2):
            hidden = hidden @ rest[place] + rest[place + 1]
            hidden = tf.nn.relu(hidden) if place + 2 < len(rest) else hidden
        return hidden[..., 0]

    def penalty(self, people: Any, _pictures: Any) -> Any:
        """People weigh by how often they are met, the layers once a step."""
        tf = self._tf
        of_people = tf.nn.l2_loss(tf.gather(self._people.value, people)) / tf.cast(tf.size(people), tf.float32)
        layers = [tf.nn.l2_loss(variable.value) for variable in [*self._layers[::2], *self._projection]]
        return self._decay * (of_people + tf.add_n(layers))

    def arrays(self) -> dict[str, Any]:
        """`learned` and `layers` as `algorithms.visual.Dense` names them."""
        layers = [_copy(variable) for variable in self._layers]
        if layers:
            layers[0][: self._looks.shape[1]] *= self._scale
        else:
            layers = [np.ascontiguousarray(_copy(self._projection[0]).T * self._scale)]
        return {"learned": _copy(self._people), "layers": tuple(layers)}


class FactorLayers:
    """x_ui of VBPR; looks are standardised already."""

    def __init__(self, tf: Any, looks: Vectors, people: int, settings: Settings) -> None:
        self._tf, self._looks, self._decay = tf, tf.constant(looks), settings["decay"]
        self._visual_decay: float = settings["visual_decay"]
        (pictures, width), size, visual = looks.shape, settings["size"], settings["visual_size"]
        self._beta, self._beta_visual = _zeros((pictures,)), _zeros((width,))
        self._gamma_people = _normal((people, size), 0.1)
        self._gamma = _normal((pictures, size), 0.1)
        self._theta = _normal((people, visual), 0.1)
        self._projection = _normal((width, visual), 1 / float(np.sqrt(width)))
        self.variables = [
            self._beta,
            self._beta_visual,
            self._gamma_people,
            self._gamma,
            self._theta,
            self._projection,
        ]

    def logits(self, people: Any, pictures: Any, _learning: bool) -> Any:
        tf = self._tf
        seen = tf.gather(self._looks, pictures)
        theta, gamma = tf.gather(self._theta.value, people), tf.gather(self._gamma_people.value, people)
        by_look = tf.reduce_sum((seen @ self._projection.value) * theta[:, None], axis=2)
        by_people = tf.reduce_sum(tf.gather(self._gamma.value, pictures) * gamma[:, None], axis=2)
        everybody = tf.gather(self._beta.value, pictures) + tf.linalg.matvec(seen, self._beta_visual.value)
        return by_look + by_people + everybody

    def penalty(self, people: Any, pictures: Any) -> Any:
        """λ of eq. 7: `decay` for what is learned of single people and pictures, met by the batch; `visual_decay` for
        E and β'."""
        tf = self._tf
        met = [tf.gather(table.value, people) for table in (self._gamma_people, self._theta)]
        met += [tf.gather(table.value, pictures) for table in (self._gamma, self._beta)]
        of_batch = tf.add_n([tf.nn.l2_loss(some) for some in met]) / tf.cast(tf.size(people), tf.float32)
        shared = tf.nn.l2_loss(self._projection.value) + tf.nn.l2_loss(self._beta_visual.value)
        return self._decay * of_batch + self._visual_decay * shared

    def arrays(self, liked: Any) -> dict[str, Any]:
        """`pictures`, `bias` and `learned` as `algorithms.visual.VisualFactors` names them; liked: (n,) bool, the
        pictures with reactions, the others have γ_i = β_i = 0."""
        looks = _copy(self._looks)
        gamma = _copy(self._gamma) * liked[:, None]
        bias = _copy(self._beta) * liked + looks @ _copy(self._beta_visual)
        return {
            "pictures": np.hstack([gamma, looks @ _copy(self._projection)]),
            "bias": bias.astype(np.float32),
            "learned": np.hstack([_copy(self._gamma_people), _copy(self._theta)]),
        }


def _weights(shape: tuple[int, ...], *, inputs: int | None = None) -> Any:
    """Normal with variance 1 / inputs (LeCun)."""
    return _normal(shape, 1 / float(np.sqrt(inputs or shape[0])))


def _normal(shape: tuple[int, ...], deviation: float) -> Any:
    import keras

    return keras.Variable(keras.random.normal(shape, stddev=deviation))


def _zeros(shape: tuple[int, ...]) -> Any:
    import keras

    return keras.Variable(np.zeros(shape, np.float32))


def _constant(value: float) -> Any:
    import keras

    return keras.Variable(np.float32(value))


def _copy(tensor: Any) -> Any:
    return np.array(tensor.numpy())
