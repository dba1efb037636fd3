"""The rebuilt network against the published one; see ../make_golden.py for where the numbers come from."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from recommender.engine.networks.efficientnet import (
    VARIANTS,
    EyesBuildError,
    build_eyes,
    build_network,
    load_weights,
)
from recommender.engine.vision.embedder import Embedder, softmax
from recommender.engine.vision.model_file import EyesError
from tests.recommender.engine.drawings import NAMES, draw

LITE0 = VARIANTS["lite0"]
GOLDEN = np.load(Path(__file__).parents[1] / "golden.npz")


@pytest.fixture(scope="module")
def weights():
    return load_weights(LITE0)


@pytest.fixture(scope="module")
def network(weights):
    return build_network(LITE0, weights)


@pytest.fixture(scope="module")
def fresh_eyes(tmp_path_factory):
    lines: list[str] = []
    eyes = build_eyes(variant=LITE0, folder=tmp_path_factory.mktemp("eyes"), report=lines.append)
    return eyes, lines


@pytest.mark.parametrize("name", NAMES)
def test_the_rebuilt_network_answers_as_the_published_one(network, name):
    pixels = (draw(name)[np.newaxis].astype(np.float32) - 127) / 128

    answer = network(pixels, training=False)
    logits, features = np.asarray(answer["logits"])[0], np.asarray(answer["features"])[0]

    golden = {key: GOLDEN[f"network/{name}/{key}"] for key in ("logits", "features", "norms", "best")}
    np.testing.assert_allclose(logits[::25], golden["logits"], rtol=1e-5, atol=1e-5)
    np.testing.assert_allclose(features[::20], golden["features"], rtol=1e-5, atol=1e-5)
    np.testing.assert_allclose([np.linalg.norm(logits), np.linalg.norm(features)], golden["norms"], rtol=1e-5)
    np.testing.assert_array_equal(np.argsort(-logits)[:5], golden["best"])


def test_building_writes_one_whole_file_and_its_checksum(fresh_eyes):
    eyes, lines = fresh_eyes

    assert eyes.path.name == f"{LITE0.model_key}.tflite"
    assert (eyes.path.parent / f"{eyes.path.name}.sha256").read_text() == f"{eyes.sha256}  {eyes.path.name}\n"
    assert {path.name for path in eyes.path.parent.iterdir()} == {eyes.path.name, f"{eyes.path.name}.sha256"}
    assert 9.2e6 < eyes.path.stat().st_size < 9.4e6
    assert len(lines) == 3
    assert not eyes.cached


def test_the_built_file_carries_its_model_key_whatever_its_name(fresh_eyes, tmp_path):
    eyes, _ = fresh_eyes
    renamed = tmp_path / "brought-along.bin"
    renamed.write_bytes(eyes.path.read_bytes())

    assert Embedder(renamed).model_key == LITE0.model_key == eyes.model_key


def test_half_precision_changes_little(fresh_eyes, network):
    embedder = Embedder(fresh_eyes[0].path)
    for name in NAMES:
        pixels = draw(name, height=256, width=256)
        exact = network((pixels[16:240, 16:240].astype(np.float32)[np.newaxis] - 127) / 128, training=False)

        seen = embedder.embed(pixels)

        unit = [v / np.linalg.norm(v) for v in (seen.features, np.asarray(exact["features"])[0])]
        assert unit[0] @ unit[1] > 0.9999
        assert np.abs(seen.probabilities - softmax(np.asarray(exact["logits"])[0])).max() < 0.01


def test_a_whole_file_is_not_built_again(fresh_eyes):
    eyes, _ = fresh_eyes

    again = build_eyes(variant=LITE0, folder=eyes.path.parent, report=_refuse_to_build)

    assert (again.path, again.sha256, again.cached) == (eyes.path, eyes.sha256, True)


@pytest.mark.parametrize("damage", ["flipped", "cut", "no checksum"])
def test_a_damaged_file_is_neither_kept_nor_served(fresh_eyes, tmp_path, damage):
    source = fresh_eyes[0].path
    model = bytearray(source.read_bytes())
    model[5_000_000] ^= 1
    path = tmp_path / source.name
    path.write_bytes(source.read_bytes()[:-1] if damage == "cut" else model)
    if damage != "no checksum":
        (tmp_path / f"{path.name}.sha256").write_text((source.parent / f"{source.name}.sha256").read_text())
        with pytest.raises(EyesError, match="damaged"):
            Embedder(path).embed(draw("orange"))

    with pytest.raises(_BuildingError):
        build_eyes(variant=LITE0, folder=tmp_path, report=_refuse_to_build)


def test_missing_and_changed_weights_are_said(tmp_path):
    with pytest.raises(EyesBuildError, match="nowhere is not installed"):
        build_eyes(variant=replace(LITE0, package="nowhere"), folder=tmp_path)
    with pytest.raises(EyesBuildError, match="not the expected file"):
        build_eyes(variant=replace(LITE0, weights_sha256="0" * 64), folder=tmp_path)
    assert not list(tmp_path.iterdir())


def test_weights_that_are_not_the_networks_are_refused(weights):
    lacking = {name: array for name, array in weights.items() if name != "_blocks.7._bn1.bias"}
    with pytest.raises(EyesBuildError, match=r"lack _blocks\.7\._bn1\.bias"):
        build_network(LITE0, lacking)
    with pytest.raises(EyesBuildError, match="more than the network: _extra"):
        build_network(LITE0, weights | {"_extra.weight": weights["_fc.weight"]})
    with pytest.raises(EyesBuildError, match="logits have another shape"):
        build_network(LITE0, weights | {"_fc.weight": weights["_fc.weight"][:, :1000]})


def test_importing_this_module_does_not_load_tensorflow():
    program = "import sys, recommender.engine.networks.efficientnet; print({'tensorflow', 'keras'} & set(sys.modules))"

    result = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert result.stdout == "set()\n"


class _BuildingError(Exception):
    pass


def _refuse_to_build(line: str) -> None:
    raise _BuildingError(line)
