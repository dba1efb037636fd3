"""Fit the networks that see pictures: `cnn_hybrid`, `cnn_dense` and `vbpr`, in TensorFlow."""

from typing import Any

import numpy as np

from recommender.engine.algorithms.visual import (
    Dense,
    Embedded,
    Hybrid,
    VisualFactors,
    has_look,
    looks_of,
    standard_looks,
)
from recommender.engine.arrays import Mask, Vectors
from recommender.engine.model import Algorithm, Fit, Settings, TrainingSet
from recommender.engine.networks.training import Plan, fingerprint_of, start_tensorflow, train
from recommender.engine.networks.visual_layers import DenseLayers, FactorLayers, HybridLayers
from recommender.engine.networks.visual_pairs import Loss, PairLearner, Pairs

VARIANTS = ("mlp", "dot", "cosine")
GAIN = 0.001
"""Share by which the validation loss must fall for an epoch to count as better."""


def fit_hybrid(training: TrainingSet, settings: Settings, fit: Fit) -> Hybrid:
    """Half the cosine of look and taste, half a network of two sigmoid layers on both, learned on reactions."""
    looks = looks_of(_features(training), learned_from=_liked(training), width=settings["width"])
    pairs = Pairs.of(training.likes, usable=has_look(looks), share=settings["validation"], by="pictures", seed=fit.seed)
    tf = start_tensorflow(seed=fit.seed, threads=fit.threads)
    network = HybridLayers(tf, looks, pairs.learning, settings)
    _learn("cnn_hybrid", tf, network, pairs, training, settings, fit, loss="pointwise")
    return Hybrid(looks=looks, rescale=settings["rescale"], **network.arrays())


def fit_dense(training: TrainingSet, settings: Settings, fit: Fit) -> Dense:
    """A learned vector a person beside the look of the picture. ValueError for a variant that does not exist."""
    if settings["variant"] not in VARIANTS:
        raise ValueError(f"variant is one of {', '.join(VARIANTS)}, not {settings['variant']}")
    looks = looks_of(_features(training), learned_from=_liked(training), width=settings["width"])
    pairs = Pairs.of(training.likes, usable=has_look(looks), share=settings["validation"], by="pictures", seed=fit.seed)
    tf = start_tensorflow(seed=fit.seed, threads=fit.threads)
    network = DenseLayers(tf, looks, len(training.likes), settings)
    _learn("cnn_dense", tf, network, pairs, training, settings, fit, loss="pointwise")
    arrays = network.arrays()
    people = Embedded.of(arrays["learned"], looks, pairs.learning)
    return Dense(looks, arrays["layers"], people.learned, people.trained, people.folding, settings["variant"])


def fit_factors(training: TrainingSet, settings: Settings, fit: Fit) -> VisualFactors:
    """VBPR (He & McAuley, AAAI 2016, eq. 4-7)."""
    liked = _liked(training)
    looks = standard_looks(_features(training), learned_from=liked, width=settings["width"])
    pairs = Pairs.of(
        training.likes,
        usable=np.ones(len(looks), np.bool_),
        share=settings["validation"],
        by="reactions",
        seed=fit.seed,
    )
    tf = start_tensorflow(seed=fit.seed, threads=fit.threads)
    network = FactorLayers(tf, looks, len(training.likes), settings)
    _learn("vbpr", tf, network, pairs, training, settings, fit, loss="pairwise")
    arrays = network.arrays(liked)
    people = Embedded.of(arrays["learned"], arrays["pictures"], pairs.learning)
    known = liked | has_look(looks)
    return VisualFactors(arrays["pictures"], arrays["bias"], people.learned, people.trained, people.folding, known)


def _learn(
    name: str,
    tf: Any,
    network: Any,
    pairs: Pairs,
    training: TrainingSet,
    settings: Settings,
    fit: Fit,
    *,
    loss: Loss,
) -> None:
    """Teach the network; with nothing to compare, all its variables become 0 and everything scores alike."""
    if not pairs.learning.items.size:
        for variable in network.variables:
            variable.assign(np.zeros(variable.shape, np.float32))
        return
    learner = PairLearner(tf, network, pairs, settings, seed=fit.seed, loss=loss)
    judged = bool(pairs.judging.items.size)
    plan = Plan(
        epochs=settings["epochs"],
        by="validation_loss" if judged else None,
        gain=GAIN,
        patience=settings["patience"] or None,
    )
    likes = training.likes
    fingerprint = fingerprint_of(
        name, dict(settings), fit.seed, likes.starts, likes.items, likes.pictures, np.asarray(training.features)
    )
    train(learner, plan=plan, fit=fit, fingerprint=fingerprint)


def _features(training: TrainingSet) -> Vectors:
    if training.features is None:
        raise ValueError("networks that see pictures need features")
    return training.features


def _liked(training: TrainingSet) -> Mask:
    return np.bincount(training.likes.items, minlength=training.pictures) > 0


_COMMON = {"epochs": 60, "patience": 5, "validation": 0.1, "batch": 1024, "negatives": 4}

ENTRIES = (
    Algorithm(
        name="cnn_hybrid",
        family="networks",
        summary="Half how near a picture is to your taste, half what a network learned about such pairs.",
        fit=fit_hybrid,
        model=lambda: Hybrid,
        needs=frozenset({"features"}),
        defaults=_COMMON | {"width": 64, "hidden": (32, 16), "rate": 0.005, "decay": 1e-5, "rescale": True},
        random=True,
        network=True,
    ),
    Algorithm(
        name="cnn_dense",
        family="networks",
        summary="A network that learns a vector for each person, and what look goes with it.",
        fit=fit_dense,
        model=lambda: Dense,
        needs=frozenset({"features"}),
        defaults=_COMMON | {"variant": "mlp", "width": 64, "size": 32, "hidden": (128,), "rate": 0.003, "decay": 3e-4},
        grid=(
            {"variant": "mlp"},
            {"variant": "dot", "rate": 0.01, "decay": 1e-3},
            {"variant": "cosine", "rate": 0.01, "decay": 1e-5},
        ),
        random=True,
        network=True,
    ),
    Algorithm(
        name="vbpr",
        family="networks",
        summary="What people like you like, and what looks like it: factors learned from likes and looks together.",
        fit=fit_factors,
        model=lambda: VisualFactors,
        needs=frozenset({"features"}),
        defaults=_COMMON
        | {
            "width": 256,
            "size": 32,
            "visual_size": 32,
            "negatives": 1,
            "rate": 0.005,
            "decay": 0.1,
            "visual_decay": 0.03,
        },
        grid=({"visual_decay": 0.01}, {"visual_decay": 0.03}, {"visual_decay": 0.1}),
        random=True,
        network=True,
    ),
)
