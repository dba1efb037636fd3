"""Where golden_words.npz comes from: the published weights, multiplied out in plain numpy, in double precision.

    .venv/bin/python tests/recommender/engine/make_golden_words.py

An oracle, written apart from the network under test and without its libraries; needs the tokenizer for the ids alone.
"""

from importlib import metadata
from pathlib import Path

import numpy as np
from scipy.special import erf
from tokenizers import Tokenizer

from recommender.engine.networks.minilm import PACKAGE, TOKENIZER_FILE, load_weights

SENTENCES = (
    "dog",
    "a golden retriever on the beach",
    "red running shoes with white soles, seen from the side",
    "grand piano",
    "the music of rain",
    "Vermilion sunset over quiet hills",
)


def vector(weights: dict[str, np.ndarray], ids: list[int]) -> np.ndarray:
    """(384,) float64 of the tokens, none of them padding."""
    w = {name: array.astype(np.float64) for name, array in weights.items()}
    x = w["embeddings.word_embeddings.weight"][ids] + w["embeddings.token_type_embeddings.weight"][0]
    x = norm(x + w["embeddings.position_embeddings.weight"][: len(ids)], w, "embeddings.LayerNorm")
    for number in range(6):
        name = f"encoder.layer.{number}"
        q, k, v = (
            linear(x, w, f"{name}.attention.self.{part}").reshape(len(ids), 12, 32).swapaxes(0, 1)
            for part in ("query", "key", "value")
        )
        scores = np.exp(q @ k.swapaxes(1, 2) / np.sqrt(32))
        mixed = (scores / scores.sum(axis=-1, keepdims=True)) @ v
        mixed = linear(mixed.swapaxes(0, 1).reshape(len(ids), 384), w, f"{name}.attention.output.dense")
        x = norm(x + mixed, w, f"{name}.attention.output.LayerNorm")
        inner = linear(x, w, f"{name}.intermediate.dense")
        inner = inner * (1 + erf(inner / np.sqrt(2))) / 2
        x = norm(x + linear(inner, w, f"{name}.output.dense"), w, f"{name}.output.LayerNorm")
    mean = x.mean(axis=0)
    return mean / np.linalg.norm(mean)


def linear(x: np.ndarray, w: dict[str, np.ndarray], name: str) -> np.ndarray:
    return x @ w[f"{name}.weight"].T + w[f"{name}.bias"]


def norm(x: np.ndarray, w: dict[str, np.ndarray], name: str) -> np.ndarray:
    centred = x - x.mean(axis=-1, keepdims=True)
    scaled = centred / np.sqrt((centred**2).mean(axis=-1, keepdims=True) + 1e-12)
    return scaled * w[f"{name}.weight"] + w[f"{name}.bias"]


def main() -> None:
    file = Path(str(metadata.distribution(PACKAGE).locate_file(TOKENIZER_FILE)))
    tokenizer = Tokenizer.from_file(str(file))
    tokenizer.no_padding()
    weights = load_weights()
    vectors = np.stack([vector(weights, tokenizer.encode(text).ids) for text in SENTENCES])
    np.savez(Path(__file__).with_name("golden_words.npz"), sentences=SENTENCES, vectors=vectors.astype(np.float32))


if __name__ == "__main__":
    main()
