"""Words read by the built file; where the golden vectors come from: ../make_golden_words.py."""

from pathlib import Path

import numpy as np
import pytest

from recommender.engine.vision.embedder import Embedder
from recommender.engine.vision.model_file import EyesError
from recommender.engine.vision.tags import words
from recommender.engine.vision.text import LENGTH, TextEncoder, label_texts, meanings
from recommender.engine.vision.vocabulary import LEXICON_ZH, chinese_names, english_names

GOLDEN = np.load(Path(__file__).parents[1] / "golden_words.npz")


@pytest.fixture(scope="module")
def reader(words_file):
    return TextEncoder(words_file)


@pytest.mark.parametrize("number", range(len(GOLDEN["sentences"])))
def test_what_is_read_in_8_bits_is_what_the_published_weights_say(reader, number):
    vector = reader.encode(str(GOLDEN["sentences"][number]))

    assert vector @ GOLDEN["vectors"][number] > 0.995
    assert np.linalg.norm(vector) == pytest.approx(1, abs=1e-3)


def test_words_of_one_meaning_are_nearer_than_words_of_two(reader):
    dog, puppy, piano = (reader.encode(text) for text in ("dog", "puppy", "grand piano"))

    assert dog @ puppy > 0.6 > dog @ piano + 0.2


def test_a_long_text_is_cut_and_an_empty_one_is_read(reader):
    assert np.isfinite(reader.encode("")).all()
    np.testing.assert_array_equal(reader.encode("dog " * LENGTH), reader.encode("dog " * 3 * LENGTH))


def test_letters_at_random_hold_no_word_of_the_language(reader):
    assert reader.unknown("xqzkvb vkqprl")
    assert reader.unknown("\ufffd"), "nothing of it is a token"
    assert not reader.unknown("a lighthouse")


def test_the_file_is_checked_when_it_is_opened(words_file, tmp_path):
    damaged = tmp_path / words_file.name
    damaged.write_bytes(words_file.read_bytes()[:-1000])

    with pytest.raises(EyesError):
        TextEncoder(damaged).encode("dog")
    with pytest.raises(EyesError, match="cannot be read"):
        TextEncoder(tmp_path / "none.words").encode("dog")


def test_the_labels_in_the_file_are_those_of_the_names(reader):
    labels, texts = reader.labels(), label_texts()

    assert labels.shape == (1000, 384)
    assert texts[207].startswith("golden retriever, retriever, dog")
    assert labels[207] @ reader.encode(texts[207]) > 0.999


def test_a_picture_means_what_its_surest_classes_are_called():
    labels = np.eye(1000, 384, dtype=np.float32)
    probabilities = np.full((2, 1000), 0.0001)
    probabilities[0, [3, 7]] = 0.6, 0.3
    probabilities[1] = 0

    sure, blank = meanings(probabilities, labels)

    assert np.argsort(-sure)[:2].tolist() == [3, 7]
    assert np.linalg.norm(sure) == pytest.approx(1, abs=1e-6)
    assert not blank.any()


def test_classes_are_read_off_kept_features_as_when_looking(eyes_file):
    eyes = Embedder(eyes_file)
    sight = eyes.embed(np.random.default_rng(0).integers(0, 255, (64, 64, 3), np.uint8))

    np.testing.assert_allclose(eyes.classify(sight.features[None])[0], sight.probabilities, atol=1e-6)


def test_every_word_of_the_tree_has_a_chinese_name_of_its_own():
    chinese = [chinese_names()[word.slug] for word in words()]

    assert len(set(chinese)) == len(chinese)
    assert all(any("\u4e00" <= letter <= "\u9fff" for letter in name) for name in chinese)
    assert english_names()["金毛犬"] == "golden retriever"


def test_the_words_of_the_lexicon_are_known_in_both_languages():
    lines = [line.split("\t") for line in LEXICON_ZH.read_text().splitlines()[1:]]

    assert len({name for name, _chinese in lines}) == len(lines)
    assert all(english_names()[word] for _name, chinese in lines for word in chinese.split(","))
    assert (english_names()["日落"], chinese_names()["stained-glass"]) == ("sunset", "彩色玻璃")
    assert english_names()["城市"] == "city"
    assert chinese_names()["cities"] == "城市"
