"""What the eyes see of the drawings, against the published network; see ../make_golden.py."""

import os
import subprocess
import sys
import threading
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from recommender.engine.vision.embedder import Embedder, find_model_file, preprocess, softmax
from recommender.engine.vision.model_file import EyesError
from tests.recommender.engine.drawings import NAMES, SIZES, draw

GOLDEN = np.load(Path(__file__).parents[1] / "golden.npz")


@pytest.fixture(scope="module")
def embedder(eyes_file):
    return Embedder(eyes_file)


def drawing(name: str) -> np.ndarray:
    height, width = SIZES[name]
    return draw(name, height=height, width=width)


def cosine(one: np.ndarray, other: np.ndarray) -> float:
    return float(one @ other / np.linalg.norm(one) / np.linalg.norm(other))


@pytest.mark.parametrize("name", NAMES)
def test_a_picture_is_seen_as_the_published_network_sees_it(embedder, name):
    """Half-precision weights move a logit by up to 0.03; a wrong crop or filter moves it by 0.1 to 0.5."""
    features, logits = embedder.features_and_logits(drawing(name))

    golden = {key: GOLDEN[f"picture/{name}/{key}"] for key in ("logits", "features", "norms", "best")}
    np.testing.assert_allclose(logits[::25], golden["logits"], atol=0.05)
    assert cosine(features[::20], golden["features"]) > 0.9999
    np.testing.assert_allclose([np.linalg.norm(logits), np.linalg.norm(features)], golden["norms"], rtol=2e-3)
    assert np.argmax(logits) == golden["best"][0]


def test_sight_has_the_promised_shapes_types_and_ranges(embedder):
    sight = embedder.embed(drawing("orange"))

    assert (sight.features.shape, sight.features.dtype) == ((1280,), np.float32)
    assert (sight.probabilities.shape, sight.probabilities.dtype) == ((1000,), np.float32)
    assert sight.features.min() >= 0
    assert sight.probabilities.min() >= 0
    assert sight.probabilities.sum() == pytest.approx(1, abs=1e-5)


def test_looking_again_gives_the_same_and_does_not_change_what_was_given(embedder):
    first = embedder.embed(drawing("orange"))
    kept = first.features.copy()
    embedder.embed(drawing("noise"))

    again = embedder.embed(drawing("orange"))

    np.testing.assert_array_equal(first.features, kept)
    np.testing.assert_array_equal(again.features, kept)


@pytest.mark.parametrize("mode", ["RGBA", "P", "CMYK", "YCbCr", "HSV", "RGBX"])
def test_the_mode_of_a_picture_does_not_matter(mode):
    """YCbCr and HSV round: three levels of 255 are allowed."""
    plain = Image.fromarray(drawing("chessboard"))
    picture = plain.quantize(256) if mode == "P" else plain.convert(mode)

    seen, expected = preprocess(picture, size=224), preprocess(plain, size=224)

    assert np.abs(seen - expected).max() <= 3 / 128


@pytest.mark.parametrize("mode", ["1", "L", "LA", "I", "I;16", "F"])
def test_a_picture_without_colour_is_seen_as_its_grey_self(embedder, mode):
    grey = (drawing("chessboard")[..., 0] > 128).astype(np.uint8) * 255
    picture = Image.fromarray(grey)
    if mode in {"I", "I;16"}:
        wide = grey.astype(np.uint16) * 257
        picture = Image.fromarray(wide if mode == "I;16" else wide.astype(np.int32))
    elif mode != "L":
        picture = picture.convert(mode)

    np.testing.assert_array_equal(embedder.embed(picture).features, embedder.embed(grey).features)


@pytest.mark.parametrize("transparent", [(255, 0, 0, 0), (0, 0, 0, 0)])
def test_what_is_transparent_is_white(transparent):
    see_through = Image.new("RGBA", (64, 64), transparent)

    np.testing.assert_array_equal(
        preprocess(see_through, size=224), preprocess(Image.new("RGB", (9, 9), "white"), size=224)
    )


def test_a_transparent_palette_colour_is_white():
    picture = Image.new("P", (64, 64))
    picture.putpalette([200, 0, 0])
    picture.info["transparency"] = 0

    np.testing.assert_array_equal(preprocess(picture, size=224), np.float32(1))


def test_preprocessing_keeps_the_centre_and_the_published_range():
    """A picture of 256 × 256 is not resized: 16 pixels go on each side, black is -127/128, white 1."""
    pixels = np.full((256, 256, 3), 255, np.uint8)
    pixels[16:240, 16:240] = 0
    pixels[100, 50] = (255, 127, 0)

    seen = preprocess(pixels, size=224)

    np.testing.assert_array_equal(seen[84, 34], np.float32([1, 0, -127 / 128]))
    assert (seen == np.float32(-127 / 128)).sum() == 224 * 224 * 3 - 2
    assert (seen.shape, seen.dtype) == ((224, 224, 3), np.float32)


@pytest.mark.parametrize("size", [(1, 1), (2, 1), (1, 20_000), (20_000, 1), (2, 5000), (255, 256)])
def test_thin_and_tiny_pictures_are_seen(embedder, size):
    sight = embedder.embed(Image.new("L", size, 90))

    assert np.isfinite(sight.features).all()


@pytest.mark.parametrize(
    "pixels",
    [
        np.zeros((8, 8, 3), np.float32),
        np.zeros((8, 8, 2), np.uint8),
        np.zeros((0, 8, 3), np.uint8),
        np.zeros(8, np.uint8),
        np.zeros((1, 8, 8, 3), np.uint8),
    ],
)
def test_an_array_that_is_no_picture_is_refused(embedder, pixels):
    with pytest.raises(ValueError, match="a picture is uint8"):
        embedder.embed(pixels)


def test_threads_take_turns(embedder):
    expected = {name: embedder.embed(drawing(name)).features for name in NAMES}
    seen: list[tuple[str, np.ndarray]] = []

    def look(name: str) -> None:
        seen.extend((name, embedder.embed(drawing(name)).features) for _ in range(3))

    threads = [threading.Thread(target=look, args=(name,)) for name in NAMES]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(seen) == 3 * len(NAMES)
    assert all(np.array_equal(features, expected[name]) for name, features in seen)


def test_a_forked_child_opens_eyes_of_its_own(eyes_file):
    """Even when the parent was in the middle of looking, holding its lock."""
    program = f"""
import os, sys
from recommender.engine.vision.embedder import Embedder
from tests.recommender.engine.drawings import draw
embedder = Embedder({str(eyes_file)!r})
before = embedder.embed(draw("orange")).features
with embedder._model.held():
    child = os.fork()
    if child == 0:
        os._exit(0 if (embedder.embed(draw("orange")).features == before).all() else 1)
print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
"""

    result = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=30, check=True)

    assert result.stdout == "0\n"


def test_nothing_heavy_is_loaded_before_the_first_picture(eyes_file):
    program = f"""
import sys
from recommender.engine.vision.embedder import Embedder
embedder = Embedder({str(eyes_file)!r})
print(sorted({{"ai_edge_litert", "tensorflow", "keras", "scipy"}} & set(sys.modules)))
embedder.model_key
print(sorted({{"tensorflow", "keras"}} & set(sys.modules)))
"""

    result = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert result.stdout == "[]\n[]\n"


@pytest.mark.parametrize("content", [b"", b"TFL3", b"not a model", bytes(range(256)) * 16])
def test_a_file_that_is_no_model_is_an_error_with_its_name(tmp_path, content):
    path = tmp_path / "wrong.tflite"
    path.write_bytes(content)

    with pytest.raises(EyesError, match=r"wrong\.tflite"):
        Embedder(path).embed(draw("orange"))


def test_a_missing_model_is_an_error_until_it_is_there(tmp_path, eyes_file):
    embedder = Embedder(tmp_path / "late.tflite")
    with pytest.raises(EyesError, match="cannot be read"):
        embedder.embed(draw("orange"))

    (tmp_path / "late.tflite").write_bytes(eyes_file.read_bytes())

    assert embedder.embed(draw("orange")).features.any()


def test_the_newest_model_file_is_found(tmp_path):
    with pytest.raises(EyesError, match="build the eyes"):
        find_model_file(tmp_path)
    for name, age in [("old-p1.tflite", 2), ("new-p1.tflite", 1), ("other-p0.tflite", 0)]:
        (tmp_path / name).touch()
        os.utime(tmp_path / name, (1e9 - age, 1e9 - age))

    assert find_model_file(tmp_path).name == "new-p1.tflite"


def test_softmax_of_large_logits_does_not_overflow():
    np.testing.assert_allclose(softmax(np.float32([1000, 1000, -1000])), [0.5, 0.5, 0])
