"""A GAN of pixels: it draws small pictures that do not exist, in the manner of those it was shown.

    z ─ dense 4×4 ─ [⇡2 ─ conv 3×3 ─ BN ─ ReLU] … 2w, w, w/2 ─ conv 3×3 ─ tanh      the generator
    picture ─ [conv 4×4 ⇣2 ─ leaky ReLU] … w, 2w, 4w ─ dropout ─ dense 1            the discriminator

DCGAN (Radford, Metz & Chintala, ICLR 2016) for 32×32 and 64×64, but with doubled pixels and a convolution where it has
transposed ones, which leave a chessboard (Odena, Dumoulin & Olah, Distill 2016). A collection is small, so both
networks see all pictures, real and made, moved and cut by the same means (DiffAugment: Zhao et al., NeurIPS 2020), or
the discriminator would learn them by heart; and samples come from the generator's moving average (Yazıcı et al., ICLR
2019), which is steadier than any one step.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from recommender.engine.model import Fit
from recommender.engine.networks.training import (
    Plan,
    State,
    assign,
    fingerprint_of,
    start_tensorflow,
    state_of,
    train,
)

Pixels = NDArray[np.uint8]
"""(n, side, side, channels)"""
SIZES = (32, 64)
CHANNELS = (1, 3)
FEWEST = 16
"""Pictures that can be learned from."""
AT_ONCE = 100
"""Pictures that are drawn together."""
SHEET = 36
"""Samples of one sheet, from the same z in every epoch."""
SHEETS = 12
"""Sheets that are kept of a training, the first and the last epoch among them."""


@dataclass(frozen=True, kw_only=True)
class Recipe:
    """How the two networks are built and taught."""

    epochs: int = 40
    samples: int = 1000
    """Pictures drawn in the end."""
    noise: int = 64
    """Length of z."""
    width: int = 32
    """Filters w of the discriminator at the largest size; twice as many at each next one."""
    batch: int = 32
    least_steps: int = 60
    """Of an epoch: a small collection is seen several times in one."""
    rate: float = 4e-4
    """Of Adam, for both."""
    average: float = 0.99
    """What a step keeps of the generator's moving average."""
    shift: float = 0.125
    """Part of the side that pictures are moved by at most, each way."""
    cut: float = 0.25
    """Part of the side of the square that is hidden in each picture; 0 for none."""


@dataclass(frozen=True, eq=False)
class Dreams:
    """What was drawn. samples (m, side, side, c).  sheets (s, 36, side, side, c): the same z after `epochs` (s,)."""

    samples: Pixels
    sheets: Pixels
    epochs: NDArray[np.int64]


def teach_dreams(pictures: Pixels, recipe: Recipe, fit: Fit) -> Dreams:
    """Learn from pictures (n, side, side, c) and draw others. Tells `watch` both losses and how often D is right.

    Repeats its numbers for the same seed. ValueError for pictures of another size or fewer than 16; Cancelled when
    `fit.watch` says so.
    """
    if pictures.ndim != 4 or pictures.shape[1:3] not in {(side, side) for side in SIZES}:
        raise ValueError(f"pictures of {pictures.shape[1:]} are not squares of {' or '.join(map(str, SIZES))} pixels")
    if pictures.shape[3] not in CHANNELS or pictures.dtype != np.uint8:
        raise ValueError(f"pictures of {pictures.dtype} in {pictures.shape[3]} channels are neither grey nor colour")
    if len(pictures) < FEWEST:
        raise ValueError(f"{len(pictures)} pictures are too few to dream of; {FEWEST} are needed")
    tf = start_tensorflow(seed=fit.seed, threads=fit.threads)
    learner = _Adversaries(tf, pictures, recipe, fit.seed)
    plan = Plan(epochs=recipe.epochs, save_every=max(1, recipe.epochs // SHEETS))
    train(learner, plan=plan, fit=fit, fingerprint=fingerprint_of("dream", asdict(recipe), fit.seed, pictures))
    epochs = sorted(learner.sheets)
    return Dreams(
        samples=learner.drawn(_noise(np.random.default_rng([fit.seed, 2]), recipe.samples, recipe.noise)),
        sheets=np.stack([learner.sheets[epoch] for epoch in epochs]),
        epochs=np.array(epochs, np.int64),
    )


def teach(arrays: Mapping[str, NDArray[Any]], settings: Mapping[str, Any], fit: Fit) -> Dreams:
    """`teach_dreams` from the array `pictures` and settings by name."""
    return teach_dreams(np.asarray(arrays["pictures"]), Recipe(**settings), fit)


def sheet_epochs(epochs: int) -> set[int]:
    """After which epochs a sheet is kept: evenly, the first and the last among them."""
    return {int(epoch) for epoch in np.linspace(1, epochs, min(epochs, SHEETS)).round()}


def generator(side: int, channels: int, recipe: Recipe) -> Any:
    """z (n, noise) to pictures (n, side, side, channels) in [-1, 1]."""
    from keras import Input, Model, layers

    doublings = int(np.log2(side // 4))
    filters = recipe.width * 2 ** (doublings - 1)
    inside = z = Input((recipe.noise,))
    inside = layers.Reshape((4, 4, filters))(layers.Dense(16 * filters, use_bias=False)(inside))
    inside = layers.ReLU()(layers.BatchNormalization(momentum=0.9)(inside))
    for number in reversed(range(doublings)):
        inside = layers.UpSampling2D()(inside)
        inside = layers.Conv2D(recipe.width * 2**number // 2, 3, padding="same", use_bias=False)(inside)
        inside = layers.ReLU()(layers.BatchNormalization(momentum=0.9)(inside))
    inside = layers.Conv2D(channels, 3, padding="same")(inside)
    return Model(z, layers.Activation("tanh")(inside), name="generator")


def discriminator(side: int, channels: int, recipe: Recipe) -> Any:
    """Pictures (n, side, side, channels) to logits (n, 1): is it a real one."""
    from keras import Input, Model, layers

    inside = picture = Input((side, side, channels))
    for number in range(int(np.log2(side // 4))):
        inside = layers.Conv2D(recipe.width * 2**number, 4, strides=2, padding="same")(inside)
        inside = layers.LeakyReLU(0.2)(inside)
    inside = layers.Dropout(0.2)(layers.Flatten()(inside))
    return Model(picture, layers.Dense(1)(inside), name="discriminator")


class _Adversaries:
    """Both networks while they learn; see `training.Learner`."""

    def __init__(self, tf: Any, pictures: Pixels, recipe: Recipe, seed: int) -> None:
        from keras import models, optimizers

        self._tf, self._recipe, self._seed = tf, recipe, seed
        self._pictures = pictures
        side, channels = pictures.shape[2:]
        self._side = int(side)
        self._drawing = generator(side, channels, recipe)
        self._judging = discriminator(side, channels, recipe)
        self._average = models.clone_model(self._drawing)
        self._average.set_weights(self._drawing.get_weights())
        self._optimisers = [optimizers.Adam(recipe.rate, beta_1=0.5) for _ in range(2)]
        for optimiser, network in zip(self._optimisers, (self._drawing, self._judging), strict=True):
            optimiser.build(network.trainable_variables)
        self._fixed = _noise(np.random.default_rng([seed, 1]), SHEET, recipe.noise)
        self._kept = sheet_epochs(recipe.epochs)
        self.sheets: dict[int, Pixels] = {}
        self._step = tf.function(self._learn_from)
        self._draw = tf.function(lambda z: self._average(z, training=False), reduce_retracing=True)

    def epoch(self, number: int) -> Mapping[str, float]:
        rng = np.random.default_rng([self._seed, 3, number])
        told = [self._step(self._floats(rows), *self._chances(rng, len(rows))) for rows in self._batches(rng)]
        judging, drawing, right = np.array([[float(value) for value in values] for values in told]).mean(axis=0)
        if number in self._kept:
            self.sheets[number] = self.drawn(self._fixed)
        return {"loss": float(judging), "generator_loss": float(drawing), "discriminator_accuracy": float(right)}

    def drawn(self, z: NDArray[np.float32]) -> Pixels:
        """Pictures by the moving average of the generator."""
        parts = [self._draw(z[start : start + AT_ONCE]).numpy() for start in range(0, len(z), AT_ONCE)]
        return ((np.concatenate(parts) + 1) * 127.5).round().clip(0, 255).astype(np.uint8)

    def state(self) -> State:
        sheets = {f"sheet-{epoch:06d}": sheet for epoch, sheet in self.sheets.items()}
        return state_of(self._variables) | sheets

    def restore(self, state: State) -> None:
        sheets = {name: array for name, array in state.items() if name.startswith("sheet-")}
        self.sheets = {int(name.removeprefix("sheet-")): array for name, array in sheets.items()}
        assign(self._variables, {name: array for name, array in state.items() if name not in sheets})

    @property
    def _variables(self) -> list[Any]:
        networks = [variable for net in (self._drawing, self._judging, self._average) for variable in net.variables]
        return [*networks, *(variable for optimiser in self._optimisers for variable in optimiser.variables)]

    def _batches(self, rng: np.random.Generator) -> list[NDArray[np.int64]]:
        """Whole batches only, for one graph serves all."""
        size = min(self._recipe.batch, len(self._pictures))
        rounds = -(-self._recipe.least_steps * size // len(self._pictures))
        order = np.concatenate([rng.permutation(len(self._pictures)) for _ in range(max(1, rounds))])
        return [order[start : start + size] for start in range(0, len(order) - size + 1, size)]

    def _floats(self, rows: NDArray[np.int64]) -> NDArray[np.float32]:
        return self._pictures[rows].astype(np.float32) / np.float32(127.5) - np.float32(1)

    def _chances(self, rng: np.random.Generator, count: int) -> tuple[NDArray[Any], ...]:
        """z, and where the real and the made pictures are moved to and cut: (2, n) rows and columns of both."""
        shift = round(self._recipe.shift * self._side)
        z = _noise(rng, count, self._recipe.noise)
        return z, rng.integers(0, 2 * shift + 1, (2, 2, count)), rng.integers(0, self._side, (2, 2, count))

    def _learn_from(self, real: Any, z: Any, moves: Any, cuts: Any) -> tuple[Any, Any, Any]:
        tf = self._tf
        with tf.GradientTape() as drawing, tf.GradientTape() as judging:
            made = self._drawing(z, training=True)
            right = self._judging(self._altered(real, moves[0], cuts[0]), training=True)
            wrong = self._judging(self._altered(made, moves[1], cuts[1]), training=True)
            cost = tf.reduce_mean(tf.nn.softplus(-right)) + tf.reduce_mean(tf.nn.softplus(wrong))
            deceit = tf.reduce_mean(tf.nn.softplus(-wrong))
        for network, optimiser, tape, loss in zip(
            (self._drawing, self._judging), self._optimisers, (drawing, judging), (deceit, cost), strict=True
        ):
            weights = network.trainable_variables
            optimiser.apply_gradients(zip(tape.gradient(loss, weights), weights, strict=True))
        for kept, new in zip(self._average.variables, self._drawing.variables, strict=True):
            kept.assign(self._recipe.average * kept + (1 - self._recipe.average) * new)
        told = (tf.reduce_mean(tf.cast(right > 0, tf.float32)) + tf.reduce_mean(tf.cast(wrong < 0, tf.float32))) / 2
        return cost, deceit, told

    def _altered(self, pictures: Any, moves: Any, cuts: Any) -> Any:
        """Each picture moved by a few pixels and with a square of it hidden, by operations that pass gradients on."""
        tf, side = self._tf, self._side
        shift = round(self._recipe.shift * side)
        around = tf.pad(pictures, [[0, 0], [shift, shift], [shift, shift], [0, 0]], mode="REFLECT")
        places = tf.range(side, dtype=moves.dtype)
        moved = tf.gather(around, moves[0][:, None] + places, axis=1, batch_dims=1)
        moved = tf.gather(moved, moves[1][:, None] + places, axis=2, batch_dims=1)
        half = self._recipe.cut * side / 2
        away = [tf.abs(tf.cast(places, tf.float32) - tf.cast(cut, tf.float32)[:, None]) for cut in (cuts[0], cuts[1])]
        hidden = (away[0][:, :, None] < half) & (away[1][:, None, :] < half)
        return moved * tf.cast(~hidden, tf.float32)[..., None]


def _noise(rng: np.random.Generator, count: int, length: int) -> NDArray[np.float32]:
    return rng.standard_normal((count, length)).astype(np.float32)
