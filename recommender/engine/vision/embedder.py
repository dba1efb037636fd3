"""See: one picture → features for likeness and class probabilities for tags, with LiteRT alone."""

from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
from PIL import Image

from recommender.engine.vision.model_file import EyesError, OpenedOnce, check_model_file

FEATURES = 1280
CLASSES = 1000
# Change this with any change to `preprocess` that moves a vector: it is part of every model key.
PREPROCESSING = "p1"
# The part of the short side that the centre crop keeps, as in the network's own evaluation.
CROP = 0.875

Picture = Image.Image | npt.NDArray[np.uint8]
Crop = npt.NDArray[np.uint8]
Floats = npt.NDArray[np.float32]
Box = tuple[float, float, float, float]


class Sight(NamedTuple):
    """What the network makes of a picture. features: (1280,) float32, ≥ 0; probabilities: (1000,) float32, sum 1."""

    features: Floats
    probabilities: Floats


class Embedder:
    """One model file, one interpreter, one thread, one picture at a time.

    Opening is lazy and belongs to the process: after a fork the child opens its own. Threads take turns.
    """

    def __init__(self, path: Path | str) -> None:
        self._model = OpenedOnce(lambda: _Model(Path(path)))

    @property
    def model_key(self) -> str:
        """Variant, weights and preprocessing in one word; vectors of two keys must never meet. Raises EyesError."""
        with self._model.held() as model:
            return model.key

    def embed(self, image: Picture) -> Sight:
        """Look at a picture of any mode and size, or an array (h, w), (h, w, 3) or (h, w, 4) of uint8.

        Raises EyesError when the model file cannot be used, ValueError for an array that is not a picture.
        """
        features, logits = self.features_and_logits(image)
        return Sight(features, softmax(logits))

    def features_and_logits(self, image: Picture) -> tuple[Floats, Floats]:
        """Give features (1280,) and logits (1000,); raises as `embed` does."""
        with self._model.held() as model:
            answer = model.run(pixels=preprocess(image, size=model.size)[np.newaxis])
        return answer["features"][0], answer["logits"][0]

    def classify(self, features: Floats) -> Floats:
        """(n, 1000) float32 probabilities of pictures that were looked at before, from their features (n, 1280).

        The network's own last layer, so a picture's classes need not be kept beside its features.
        """
        with self._model.held() as model:
            weights, bias = model.head
        return softmax(features @ weights.T + bias)

    @property
    def has_map(self) -> bool:
        """Whether `map_of` gives one. Raises EyesError."""
        with self._model.held() as model:
            return model.has_map

    def crop(self, image: Picture) -> Crop:
        """What of a picture the network looks at, (size, size, 3) uint8. Raises as `embed` does."""
        with self._model.held() as model:
            size = model.size
        return crop(image, size=size)

    def features_of(self, part: Crop) -> Floats:
        """Features (1280,) of what `crop` gave, perhaps with something hidden in it. Raises EyesError."""
        features: Floats = self._seen_in(part)["features"][0]
        return features

    def map_of(self, part: Crop) -> Floats | None:
        """Where the features come from, (7, 7, 1280), whose mean they are; None from a file built without. EyesError.

        part: what `crop` gave.
        """
        answer = self._seen_in(part)
        return answer["map"][0] if "map" in answer else None

    def _seen_in(self, part: Crop) -> dict[str, Floats]:
        with self._model.held() as model:
            seen: dict[str, Floats] = model.run(pixels=_centred(part)[np.newaxis])
        return seen


class _Model:
    """An open model file. key: its model key; size: input side in pixels; run: its one signature."""

    def __init__(self, path: Path) -> None:
        # Here and not above: a process that never looks at a picture need not load the runtime.
        from ai_edge_litert.interpreter import Interpreter

        check_model_file(path)
        try:
            interpreter = Interpreter(model_path=str(path), num_threads=1)
            signatures: dict[str, Any] = interpreter.get_signature_list()
            (self.key,) = signatures
            self.run = interpreter.get_signature_runner(self.key)
            outputs = {name: tuple(detail["shape"]) for name, detail in self.run.get_output_details().items()}
            (shape,) = (tuple(detail["shape"]) for detail in self.run.get_input_details().values())
        except (ValueError, RuntimeError, TypeError) as error:
            raise EyesError(f"{path} is not a model file of ours: {error}") from error
        self.has_map = outputs.pop("map", None) is not None  # files built before there was one serve on
        if outputs != {"features": (1, FEATURES), "logits": (1, CLASSES)}:
            raise EyesError(f"{path} does not give {FEATURES} features and {CLASSES} logits")
        if not self.key.endswith(f"-{PREPROCESSING}"):
            raise EyesError(f"{path} was built for another preprocessing than {PREPROCESSING}: build the eyes again")
        self.size: int = int(shape[1])
        self._interpreter = interpreter

    @cached_property
    def head(self) -> tuple[Floats, Floats]:
        """Weights (1000, 1280) and bias (1000,) of the last layer, as they lie in the file."""
        found = {
            tuple(tensor["shape"]): tensor["index"]
            for tensor in self._interpreter.get_tensor_details()
            if tensor["dtype"] == np.float16
        }
        weights, bias = (self._interpreter.get_tensor(found[shape]) for shape in ((CLASSES, FEATURES), (CLASSES,)))
        return weights.astype(np.float32), bias.astype(np.float32)


def find_model_file(folder: Path) -> Path:
    """Give the newest model file in `folder` that fits this preprocessing. Raises EyesError when there is none."""
    files = sorted(folder.glob(f"*-{PREPROCESSING}.tflite"), key=lambda path: path.stat().st_mtime)
    if not files:
        raise EyesError(f"there is no model file in {folder}: build the eyes first")
    return files[-1]


def preprocess(image: Picture, *, size: int) -> Floats:
    """Turn a picture into the network's input, (size, size, 3) float32 in (-1, 1].

    The short side goes to size / 0.875 (bicubic), the centre size × size is kept, then (x − 127) / 128. Resizing and
    cropping are one step, so a picture of 1 × 20,000 pixels costs no more than another.
    """
    return _centred(crop(image, size=size))


def crop(image: Picture, *, size: int) -> Crop:
    """What `preprocess` looks at, (size, size, 3) uint8, before its numbers are centred."""
    image = _on_white(image)
    window = _centre_window(image.size, size=size)
    return np.asarray(image.resize((size, size), Image.Resampling.BICUBIC, box=window))


def seen_part(full: tuple[int, int], *, size: int) -> Box:
    """Which part of a picture of `full` pixels the crop shows: left, top, right, bottom as shares of the picture."""
    left, top, right, bottom = _centre_window(full, size=size)
    return left / full[0], top / full[1], right / full[0], bottom / full[1]


def _centred(part: Crop) -> Floats:
    return (part.astype(np.float32) - np.float32(127)) / np.float32(128)


def _centre_window(full: tuple[int, int], *, size: int) -> tuple[float, float, float, float]:
    """Give the box of a picture of `full` pixels that the centre crop shows, once its short side is size / 0.875."""
    scale = round(size / CROP) / min(full)
    resized = [round(length * scale) for length in full]
    starts = [round((length - size) / 2) for length in resized]
    left, top = (start * length / whole for start, length, whole in zip(starts, full, resized, strict=True))
    right, bottom = (
        (start + size) * length / whole for start, length, whole in zip(starts, full, resized, strict=True)
    )
    return left, top, right, bottom


def _on_white(image: Picture) -> Image.Image:
    """Give the picture as RGB, what is transparent laid on white."""
    if isinstance(image, np.ndarray):
        image = _from_array(image)
    if image.mode == "I" or image.mode.startswith("I;16"):
        image = Image.fromarray((np.asarray(image) / 257).clip(0, 255).round().astype(np.uint8))
    if not image.has_transparency_data:
        return image.convert("RGB")
    image = image.convert("RGBA")
    return Image.alpha_composite(Image.new("RGBA", image.size, "white"), image).convert("RGB")


def _from_array(pixels: npt.NDArray[np.uint8]) -> Image.Image:
    is_picture = pixels.ndim == 2 or (pixels.ndim == 3 and pixels.shape[2] in (3, 4))
    if pixels.dtype != np.uint8 or not is_picture or not pixels.size:
        raise ValueError(f"a picture is uint8 of (h, w), (h, w, 3) or (h, w, 4), not {pixels.dtype} {pixels.shape}")
    return Image.fromarray(np.ascontiguousarray(pixels))


def softmax(logits: npt.NDArray[np.floating]) -> Floats:
    """Turn logits (…, n) into probabilities (…, n) that sum to 1."""
    exponentials: npt.NDArray[np.float64] = np.exp(logits.astype(np.float64) - logits.max(axis=-1, keepdims=True))
    probabilities: Floats = (exponentials / exponentials.sum(axis=-1, keepdims=True)).astype(np.float32)
    return probabilities
