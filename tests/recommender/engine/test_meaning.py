import numpy as np
import pytest

from recommender.engine import meaning
from recommender.engine.vision import tags

NAMES = ("rain", "rail", "snow", "sun")


def akin(word: str, *cosines: float) -> list[str]:
    return [NAMES[row] for row in meaning.akin(word, NAMES, np.array(cosines, np.float32))]


def test_a_name_that_means_the_same_is_as_good_however_it_is_spelt():
    assert akin("drizzle", 0.85, 0.1, 0.79, 0.2) == ["rain"]


def test_another_form_of_the_word_need_be_less_near():
    assert akin("rainy", 0.6, 0.1, 0.7, 0.2) == ["rain"]
    assert akin("sunny", 0.1, 0.1, 0.1, 0.6) == ["sun"]


def test_what_is_only_spelt_alike_is_another_word():
    assert akin("rainy", 0.5, 0.3, 0.1, 0.1) == []


@pytest.mark.parametrize(
    ("word", "other", "is_one"),
    [("wooden", "wood", True), ("leafy", "leaf", True), ("window", "windmill", False), ("in", "ink", False)],
)
def test_forms_of_a_word_begin_alike_and_end_soon(word, other, is_one):
    assert meaning.is_form(word, other) is meaning.is_form(other, word) is is_one


def of_classes(**likeness: float) -> np.ndarray:
    """The cosines of a text to the names of all classes: what is given by slug, and none to the others."""
    found = np.zeros(1000, np.float32)
    for row, word in enumerate(tags.class_words()):
        found[row] = likeness.get(word.slug.replace("-", "_"), 0.0)
    return found


def test_a_text_is_widened_by_what_all_classes_that_mean_it_are():
    assert meaning.widened("retrievers", of_classes(golden_retriever=0.7, labrador_retriever=0.7)) == (
        "retrievers, retriever, dog, mammal"
    )
    assert meaning.widened("pets", of_classes(golden_retriever=0.6, tabby_cat=0.6)) == "pets, mammal, animal"
    assert meaning.widened("a chair and a dog", of_classes(golden_retriever=0.6, rocking_chair=0.6)) == (
        "a chair and a dog"
    )


def test_what_no_class_means_is_not_widened():
    assert meaning.widened("democracy", of_classes(golden_retriever=0.49)) == "democracy"


def test_what_was_written_counts_before_what_is_seen():
    near = meaning.nearness(np.array([0.3, 0.1]), np.array([0.1, 0.6]))

    assert near[0] > near[1]


def test_a_picture_that_nobody_wrote_about_is_taken_at_its_classes_word():
    seen = np.array([0.6, 0.2])

    near = meaning.nearness(np.zeros(2), seen)

    assert near[0] == pytest.approx(3 * near[1])
