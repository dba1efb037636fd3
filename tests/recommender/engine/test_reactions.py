"""Reactions by person in order of time."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recommender.engine.reactions import Reactions

THREE = Reactions.of([2, 0, 0, 2, 0], [1, 3, 0, 2, 1], times=[5, 9, 1, 4, 9], shape=(3, 4))
"""The first reacts to 0, then to 1 and 3 at once; the second to nothing; the third to 2, then to 1."""


def test_each_persons_reactions_are_in_order_of_time_then_of_picture():
    assert [THREE.of_person(person).tolist() for person in range(3)] == [[0, 1, 3], [], [2, 1]]
    assert THREE.counts.tolist() == [3, 0, 2]
    assert THREE.people.tolist() == [0, 0, 0, 2, 2]
    assert THREE.back.tolist() == [2, 1, 0, 1, 0]
    assert len(THREE) == 3


def test_of_several_reactions_to_one_picture_the_last_counts():
    twice = Reactions.of([0, 0, 0], [1, 0, 1], weights=[5, 3, 2], times=[9, 2, 1], shape=(1, 2))

    assert twice.items.tolist() == [0, 1]
    assert twice.weights.tolist() == [3, 5]


def test_of_reactions_at_the_same_moment_the_one_said_last_counts():
    assert Reactions.of([0, 0], [1, 1], weights=[5, 2], shape=(1, 2)).weights.tolist() == [2]


@pytest.mark.parametrize(
    ("columns", "words"),
    [
        ({"people": [0, 3], "items": [0, 0]}, "outside of 3 people and 4 pictures"),
        ({"people": [0], "items": [4]}, "outside of 3 people and 4 pictures"),
        ({"people": [-1], "items": [0]}, "outside of 3 people and 4 pictures"),
        ({"people": [0, 1], "items": [0]}, "differ in length"),
        ({"people": [0], "items": [0], "times": [1, 2]}, "differ in length"),
        ({"people": [0], "items": [0], "weights": [np.nan]}, "not a finite number"),
        ({"people": [0], "items": [0], "times": [np.inf]}, "not a finite number"),
    ],
)
def test_columns_that_make_no_sense_are_refused(columns, words):
    with pytest.raises(ValueError, match=words):
        Reactions.of(columns.pop("people"), columns.pop("items"), **columns, shape=(3, 4))


def test_nobody_and_no_picture_are_fine():
    nobody = Reactions.of([], [], shape=(0, 0))

    assert len(nobody) == 0
    assert nobody.matrix().shape == (0, 0)
    assert len(nobody.take([])) == 0


def test_the_matrix_has_the_weights_or_other_numbers_and_can_be_changed():
    matrix = THREE.matrix()
    matrix.data[:] = 7

    assert THREE.matrix().toarray().tolist() == [[1, 1, 0, 1], [0, 0, 0, 0], [0, 1, 1, 0]]
    assert THREE.matrix(THREE.back).toarray().tolist() == [[2, 1, 0, 0], [0, 0, 0, 0], [0, 0, 1, 0]]
    assert THREE.matrix().has_sorted_indices


def test_people_are_taken_in_any_order_and_remember_who_they_are():
    some = THREE.take([2, 1, 2])

    assert [some.of_person(person).tolist() for person in range(3)] == [[2, 1], [], [2, 1]]
    assert some.times.tolist() == [4, 5, 4, 5]
    assert some.known.tolist() == [2, 1, 2]
    assert some.strangers().known.tolist() == [-1, -1, -1]


def test_people_keep_their_rows_when_some_reactions_go():
    left = THREE.where(THREE.back == 0)

    assert [left.of_person(person).tolist() for person in range(3)] == [[3], [], [1]]


def test_a_reaction_fades_by_the_reactions_since():
    faded = THREE.faded(1)

    assert faded.weights.tolist() == [0.25, 0.5, 1, 0.5, 1]
    assert THREE.faded(0) is THREE


triples = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 4), st.integers(0, 3)), max_size=20)


@settings(deadline=None)
@given(triples)
def test_columns_in_any_order_become_what_a_dictionary_of_the_last_ones_is(rows):
    who, what, when = (np.array(column, int) for column in zip(*rows, strict=True)) if rows else [np.empty(0, int)] * 3

    reactions = Reactions.of(who, what, times=when, shape=(4, 5))

    last = {}
    for person, picture, moment in sorted(rows, key=lambda row: row[2]):
        last[person, picture] = moment
    expected = sorted((person, moment, picture) for (person, picture), moment in last.items())
    assert list(zip(reactions.people, reactions.times, reactions.items, strict=True)) == expected
    for person in range(4):
        assert np.array_equal(reactions.take([person]).items, reactions.of_person(person))
