"""Teach the GAN of `algorithms.gan`: a generator of liked embeddings against a discriminator that knows what is liked.

The discriminator learns three things (Reed et al., ICML 2016, "matching-aware"): a liked picture with the person who
likes it is right; a picture of somebody else's and one that the generator made are wrong. The second makes it a
ranker. The person's taste is taken without the liked picture in question, or it would only learn to find that in it.
"""

import numpy as np

from recommender.engine.algorithms.gan import EmbeddingGan
from recommender.engine.arrays import Mask
from recommender.engine.model import Algorithm, Fit, Settings, TrainingSet
from recommender.engine.networks.gan_adversaries import Adversaries
from recommender.engine.networks.gan_judges import held_out, weighed
from recommender.engine.networks.gan_looks import looks_of, typical_looks
from recommender.engine.networks.training import Plan, fingerprint_of, train

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


def fit_gan(training: TrainingSet, settings: Settings, fit: Fit) -> EmbeddingGan:
    """Learn from likes and features, and keep the epoch of the best `quality`: `auc` less `frechet`.

    Tells `watch` both losses; `auc` of D on likes held out; `collapse`, the mean cosine of one person's samples; and
    `frechet`, their distance from what is liked.
    """
    rng = np.random.default_rng([fit.seed, 0])
    looks = looks_of(np.asarray(training.features), width=settings["width"], rng=rng)
    prototypes = typical_looks(looks, count=settings["prototypes"], rng=rng)
    seen: Mask = np.any(looks, axis=1)
    likes = training.likes.where(seen[training.likes.items])
    learned, held = held_out(likes)
    learner = Adversaries(looks, prototypes, learned, held, settings, fit)
    epochs = settings["epochs"] if len(learned.items) and seen.sum() > 1 else 0
    plan = Plan(epochs=epochs, by="quality", highest=True, patience=settings["patience"])
    word = fingerprint_of("gan", dict(settings), fit.seed, looks, likes.starts, likes.items)
    train(learner, plan=plan, fit=fit, fingerprint=word)
    return weighed(learner.model(), learner.history, learner.held)


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
