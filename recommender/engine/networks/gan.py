"""Teach the GAN of `algorithms.gan`: a generator of liked embeddings against a discriminator that knows what is liked.

The discriminator learns three things (Reed et al., ICML 2016, "matching-aware"): a liked picture with the person who
likes it is right; a picture of somebody else's and one that the generator made are wrong. The second makes it a
ranker. The person's taste is taken without the liked picture in question, or it would only learn to find that in it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from recommender.engine.algorithms.gan import EmbeddingGan, Layers, conditions, contributions
from recommender.engine.arrays import Mask, Rows, Vectors, unit
from recommender.engine.frechet import frechet_distance
from recommender.engine.model import Algorithm, Fit, Settings, TrainingSet
from recommender.engine.networks import training as loop
from recommender.engine.reactions import Reactions

DEFAULTS: Settings = {
    "width": 64,  # principal components of the features: the space in which embeddings are drawn
    "prototypes": 32,  # typical looks that a taste is a mixture of
    "units": 64,  # of the representation in which person and picture meet
    "hidden": 128,  # of every hidden layer
    "noise": 16,  # length of z
    "epochs": 60,  # at most
    "patience": 15,  # epochs without better `quality`
    "batch": 128,  # likes
    "negatives": 4,  # pictures of somebody else's for each like
    "anonymous": 0.1,  # share of likes shown without the person, so that D knows what everybody likes
    "fake": 0.25,  # of all that D is to find wrong, the weight of samples; the rest are pictures of somebody else's
    "diversity": 1.0,  # weight of unlike samples for unlike z
    "matching": 20.0,  # weight of the samples' mean and covariance being those of liked pictures
    "rate": 0.001,  # of Adam for D; G goes at twice that
}
FEWEST_LIKES = 5
"""Of a person, of whom then some are held out."""
HELD_OUT = 0.1
"""Share of a person's likes, the last ones, that D never learns from."""
MOST_JUDGES = 300
"""People whose held-out likes are looked at."""
MOST_PAIRS = 200_000
"""Likes learned from in one epoch, a seeded sample of them where there are more."""
MOST_LOOKS = 5_000
"""Pictures that the principal components and typical looks are learned on."""
LEAST_STEPS = 30
"""Of one epoch: few likes are learned from several times."""
SHARES = (0.0, 0.25, 0.5, 0.75, 0.9, 1.0)
TEMPERATURES = (0.5, 1.0, 2.0, 4.0)


def fit_gan(training: TrainingSet, settings: Settings, fit: Fit) -> EmbeddingGan:
    """Learn from likes and features, and keep the epoch of the best `quality`: `auc` less `frechet`.

    Tells `watch` both losses; `auc` of D on likes held out; `collapse`, the mean cosine of one person's samples; and
    `frechet`, their distance from what is liked.
    """
    rng = np.random.default_rng([fit.seed, 0])
    looks = _looks(np.asarray(training.features), width=settings["width"], rng=rng)
    prototypes = _prototypes(looks, count=settings["prototypes"], rng=rng)
    seen: Mask = np.any(looks, axis=1)
    likes = training.likes.where(seen[training.likes.items])
    learned, held = _held_out(likes)
    learner = _Adversaries(looks, prototypes, learned, held, settings, fit)
    epochs = settings["epochs"] if len(learned.items) and seen.sum() > 1 else 0
    plan = loop.Plan(epochs=epochs, by="quality", highest=True, patience=settings["patience"])
    word = loop.fingerprint_of("gan", dict(settings), fit.seed, looks, likes.starts, likes.items)
    loop.train(learner, plan=plan, fit=fit, fingerprint=word)
    return _weighted(learner.model(), learner.history, learner.held)


def _looks(features: Vectors, *, width: int, rng: np.random.Generator) -> Vectors:
    """Unit principal components of the features, centred where there are enough of them; zero rows stay zero."""
    given = np.flatnonzero(features.any(axis=1))
    sample = unit(features[np.sort(rng.permutation(given)[:MOST_LOOKS])])
    mean = sample.mean(axis=0) if len(sample) > 2 else np.zeros(features.shape[1], np.float32)
    _, directions = np.linalg.eigh((sample - mean).T.astype(np.float64) @ (sample - mean))
    components = directions[:, ::-1][:, :width].astype(np.float32)
    components *= np.sign(np.take_along_axis(components, np.abs(components).argmax(axis=0)[None], axis=0))
    looks = np.zeros((len(features), components.shape[1]), np.float32)
    for start in range(0, len(given), MOST_LOOKS):
        rows = given[start : start + MOST_LOOKS]
        looks[rows] = unit((unit(features[rows]) - mean) @ components)
    return looks


def _prototypes(looks: Vectors, *, count: int, rng: np.random.Generator) -> Vectors:
    """At most `count` centres of the looks by spherical k-means; at least one."""
    given = looks[looks.any(axis=1)]
    sample = given[rng.permutation(len(given))[:MOST_LOOKS]]
    centres = sample[:count] if len(sample) else np.zeros((1, looks.shape[1]), np.float32)
    for _ in range(10):
        nearest = (sample @ centres.T).argmax(axis=1)
        sums = np.zeros_like(centres)
        np.add.at(sums, nearest, sample)
        centres = np.where(sums.any(axis=1, keepdims=True), unit(sums), centres)
    return centres


def _held_out(likes: Reactions) -> tuple[Reactions, Reactions]:
    """What may be learned from, and the last tenth of everybody who has a few likes."""
    counts = np.repeat(likes.counts, likes.counts)
    last = (counts >= FEWEST_LIKES) & (likes.back < np.ceil(HELD_OUT * counts))
    return likes.where(~last), likes.where(last)


def _weighted(model: EmbeddingGan, history: Reactions, held: Reactions) -> EmbeddingGan:
    """The model with the weights whose lists put the likes held out highest."""
    if not len(held.items):
        return model
    discriminating, near = model.logits(history), model.closeness(history)
    best = max(
        ((share, temperature) for share in SHARES for temperature in (TEMPERATURES if 0 < share < 1 else (1.0,))),
        key=lambda pair: _gain(_ranks(model.mixed(discriminating, near, *pair), history, held)),
    )
    return replace(model, share=best[0], temperature=best[1])


def _ranks(scores: NDArray[np.floating], history: Reactions, held: Reactions) -> NDArray[np.float64]:
    """The rank, from 1 and half a rank a tie, of each held-out like among pictures that were not reacted to before."""
    ranks = []
    for person in range(len(held)):
        line = scores[person].copy()
        line[history.of_person(person)] = -np.inf
        line[held.of_person(person)] = -np.inf
        others = np.sort(line[line > -np.inf])
        wanted = scores[person, held.of_person(person)]
        above = len(others) - np.searchsorted(others, wanted, side="right")
        level = np.searchsorted(others, wanted, side="right") - np.searchsorted(others, wanted, side="left")
        ranks.append(1 + above + level / 2)
    return np.concatenate(ranks) if ranks else np.zeros(0)


def _gain(ranks: NDArray[np.float64]) -> float:
    return float((1 / np.log2(1 + ranks)).mean())


@dataclass
class _Sums:
    """What tastes are made of: the sum of every person's likes, from which a single one can be taken away."""

    each: Vectors
    people: Vectors
    width: int

    @classmethod
    def of(cls, likes: Reactions, looks: Vectors, prototypes: Vectors) -> "_Sums":
        each = contributions(looks, prototypes)
        return cls(each, likes.matrix(np.ones(len(likes.items))) @ each, looks.shape[1])

    def without(self, people: Rows, pictures: Rows) -> Vectors:
        """Conditions of people as if each had not met that picture; none for who liked nothing else."""
        sums = self.people[people] - self.each[pictures]
        sums[np.abs(sums).max(axis=1, initial=0) < 1e-4] = 0
        return conditions(sums, width=self.width)


class _Adversaries:
    """Both networks while they learn, as `training.Learner`."""

    def __init__(
        self, looks: Vectors, prototypes: Vectors, learned: Reactions, held: Reactions, settings: Settings, fit: Fit
    ) -> None:
        self._tf = loop.start_tensorflow(seed=fit.seed, threads=fit.threads)
        self._settings, self._seed = settings, fit.seed
        self._looks, self._prototypes = looks, prototypes
        self._sums = _Sums.of(learned, looks, prototypes)
        self._people, self._items = learned.people, learned.items
        self._candidates = np.flatnonzero(looks.any(axis=1))
        self._liked = np.sort(learned.people * np.int64(learned.pictures) + learned.items)
        judges = np.flatnonzero(held.counts)
        judges = np.sort(np.random.default_rng([fit.seed, 1]).permutation(judges)[:MOST_JUDGES])
        self.history, self.held = learned.take(judges), held.take(judges)
        self._watched = learned.take(np.flatnonzero(learned.counts)[:MOST_JUDGES])
        self._build()

    def _build(self) -> None:
        width, given = self._looks.shape[1], self._sums.each.shape[1]
        hidden, units = self._settings["hidden"], self._settings["units"]
        rng = np.random.default_rng([self._seed, 2])
        self._picture = self._layers(rng, width, hidden, units)
        self._person = self._layers(rng, given, hidden, units)
        self._head = self._layers(rng, units, 1)
        self._generator = self._layers(rng, self._settings["noise"] + given, hidden, hidden, width)
        adam = self._tf.keras.optimizers.Adam
        self._judging = adam(self._settings["rate"], beta_1=0.5)
        self._drawing = adam(2 * self._settings["rate"], beta_1=0.5)
        self._judging.build(self._discriminator)
        self._drawing.build(self._generator)
        self._step = self._tf.function(self._plain_step, reduce_retracing=True)

    def _layers(self, rng: np.random.Generator, *sizes: int) -> list[Any]:
        layers = []
        for before, after in pairwise(sizes):
            weights = rng.standard_normal((before, after)) * np.sqrt(2 / max(1, before))
            layers += [self._tf.Variable(weights.astype(np.float32)), self._tf.Variable(np.zeros(after, np.float32))]
        return layers

    @property
    def _discriminator(self) -> list[Any]:
        return [*self._picture, *self._person, *self._head]

    def epoch(self, number: int) -> Mapping[str, float]:
        rng = np.random.default_rng([self._seed, 3, number])
        losses = np.array([self._learn(places, rng) for places in self._batches(rng)])
        judging, drawing = losses.mean(axis=0).tolist()
        model = self.model()
        values = {"loss": judging, "generator_loss": drawing, "collapse": model.collapse, "frechet": self._apart(model)}
        if not np.isfinite(model.auc):  # nothing could be held out
            return values | {"quality": -values["frechet"]}
        return values | {"auc": model.auc, "quality": model.auc - values["frechet"]}

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

    def _plain_step(self, given: Any, liked: Any, wrong: Any, z: Any) -> tuple[Any, Any]:
        tf = self._tf
        with tf.GradientTape() as judging, tf.GradientTape() as drawing:
            first, second = self._made(z[0], given), self._made(z[1], given)
            right = self._logit(liked, given)
            made = self._logit(first, given)
            others = self._logit(wrong, given[:, None, :])
            fake = self._settings["fake"]
            wrong_cost = (1 - fake) * _mean_loss(tf, others, 0) + fake * _mean_loss(tf, made, 0)
            cost = _mean_loss(tf, right, 1) + wrong_cost
            distance = tf.reduce_mean(tf.abs(first - second), axis=1) / tf.reduce_mean(tf.abs(z[0] - z[1]), axis=1)
            # Unlike z are to give unlike samples (mode seeking: Mao et al., CVPR 2019, eq. 4).
            alike = tf.reduce_mean(1 / (distance * np.sqrt(self._looks.shape[1]) + 0.1))
            unlike = _moments_apart(tf, tf.concat([first, second], 0), liked)
            deceit = _mean_loss(tf, made, 1) + self._settings["diversity"] * alike + self._settings["matching"] * unlike
        judged, drawn = self._discriminator, self._generator
        self._judging.apply_gradients(zip(judging.gradient(cost, judged), judged, strict=True))
        self._drawing.apply_gradients(zip(drawing.gradient(deceit, drawn), drawn, strict=True))
        return cost, deceit

    def _made(self, z: Any, given: Any) -> Any:
        values = self._forward(self._generator, self._tf.concat([z, given], axis=-1))
        return self._tf.math.l2_normalize(values, axis=-1)

    def _logit(self, looks: Any, given: Any) -> Any:
        seen = self._forward(self._picture, looks)
        wanted = self._forward(self._person, given)
        return self._tf.reduce_sum(seen * wanted, axis=-1) + self._forward(self._head, seen)[..., 0]

    def _forward(self, layers: list[Any], values: Any) -> Any:
        for number in range(0, len(layers), 2):
            values = self._tf.tensordot(values, layers[number], 1) + layers[number + 1]
            if number + 2 < len(layers):
                values = self._tf.nn.leaky_relu(values, 0.2)
        return values

    def _apart(self, model: EmbeddingGan) -> float:
        """Fréchet distance of samples for people from what they like."""
        samples = model.samples(self._watched)[:, 0]
        return frechet_distance(samples, self._looks[self._watched.items]) if len(samples) > 1 else 0.0

    def state(self) -> loop.State:
        return loop.state_of(self._variables)

    def restore(self, state: loop.State) -> None:
        loop.assign(self._variables, state)

    @property
    def _variables(self) -> list[Any]:
        return [*self._discriminator, *self._generator, *self._judging.variables, *self._drawing.variables]

    def model(self) -> EmbeddingGan:
        """What has been learned so far, judged on what has not."""
        model = EmbeddingGan(
            looks=self._looks,
            prototypes=self._prototypes,
            picture=_arrays(self._picture),
            person=_arrays(self._person),
            head=_arrays(self._head),
            generator=_arrays(self._generator),
            noise=self._settings["noise"],
            seed=self._seed,
            share=1.0,
            temperature=1.0,
            auc=float("nan"),
            collapse=0.0,
        )
        return replace(model, auc=_auc(model, self.history, self.held), collapse=_collapse(model, self._watched))


def _mean_loss(tf: Any, logits: Any, wanted: int) -> Any:
    return tf.reduce_mean(tf.nn.softplus(-logits if wanted else logits))


def _moments_apart(tf: Any, made: Any, real: Any) -> Any:
    """Squared distance of means and of covariances (feature matching: Salimans et al., NIPS 2016, section 3.1)."""
    means, spreads = [], []
    for sample in (made, real):
        means.append(tf.reduce_mean(sample, axis=0))
        centred = sample - means[-1]
        spreads.append(tf.matmul(centred, centred, transpose_a=True) / tf.cast(tf.shape(sample)[0], tf.float32))
    return tf.reduce_sum((means[0] - means[1]) ** 2) + tf.reduce_sum((spreads[0] - spreads[1]) ** 2)


def _arrays(layers: list[Any]) -> Layers:
    return tuple(variable.numpy() for variable in layers)


def _auc(model: EmbeddingGan, history: Reactions, held: Reactions) -> float:
    """Share of pairs of a held-out like and a picture not reacted to that D orders rightly, ties ½."""
    if not len(held.items):
        return float("nan")
    others = len(model.looks) - np.repeat(history.counts + held.counts, held.counts)
    ranks = _ranks(model.logits(history), history, held)
    known = others > 0
    return float((1 - (ranks - 1)[known] / others[known]).mean()) if known.any() else float("nan")


def _collapse(model: EmbeddingGan, people: Reactions) -> float:
    """Mean cosine between two samples of one person."""
    if not len(people):
        return 0.0
    samples = model.samples(people)
    count = samples.shape[1]
    sums = (samples.sum(axis=1) ** 2).sum(axis=1)
    return float(((sums - count) / (count * (count - 1))).mean())


ENTRIES = (
    Algorithm(
        name="gan",
        family="gan",
        summary="Two networks against each other: one draws what you may like, the other knows what you really do.",
        fit=fit_gan,
        model=lambda: EmbeddingGan,
        needs=frozenset({"features"}),
        defaults=DEFAULTS,
        random=True,
        network=True,
    ),
)
