import dataclasses

import numpy as np
import pytest
from scipy import sparse

from recommender.engine.arrays import segments
from recommender.engine.inputs import Catalogue, PeopleModel
from recommender.engine.neighbours import tag_vectors
from recommender.engine.similar import MOST_FOLDED, rank_similar

from .worlds import make_world

WORLD = make_world(families=6, each=20)
VECTORS = WORLD.catalogue.vectors.take(np.arange(120))


def similar(row=0, *, catalogue=WORLD.catalogue, k=12, **more):
    return rank_similar(catalogue=catalogue, rows=[row], k=k, **more)


def rows(found):
    return [one.row for one in found]


def tags_of_families():
    """Every picture has one tag, its family."""
    return tag_vectors(sparse.csr_matrix(np.eye(6)[WORLD.families]))


def test_by_look_the_order_is_that_of_the_embedding_alone():
    cosines = VECTORS @ VECTORS[0]
    expected = [row for row in np.argsort(-cosines, kind="stable").tolist() if row != 0][:12]

    found = similar(mode="look", people=WORLD.people, tags=tags_of_families())

    assert rows(found) == expected
    assert [one.score for one in found] == pytest.approx(cosines[expected], abs=1e-6)
    assert {one.kind for one in found} == {"look"}


def test_without_people_and_tags_the_blend_is_the_look():
    assert rows(similar(mode="blend")) == rows(similar(mode="look"))


def test_by_people_only_what_they_share_is_found():
    found = similar(mode="people", people=WORLD.people, k=120)
    model = WORLD.people.co_likes

    assert rows(found)[0] == model.neighbours[model.of(0)][0]
    assert all(one.score > 0 and one.kind == "people" for one in found)
    assert {one.people for one in found} - {None}
    assert all(one.people is None or one.people >= 2 for one in found)


def test_by_tags_equal_ones_come_by_row():
    expected = [row for row in WORLD.members(WORLD.families[0]).tolist() if row != 0]

    found = similar(mode="tags", tags=tags_of_families(), k=120)

    assert rows(found) == expected
    assert [one.score for one in found] == pytest.approx([1.0] * 19)


@pytest.mark.parametrize("mode", ["people", "tags"])
def test_a_mode_without_data_is_empty(mode):
    assert similar(mode=mode, people=PeopleModel()) == []


def test_a_blend_adds_what_people_and_tags_know():
    found = similar(people=WORLD.people, tags=tags_of_families())

    for one in found:
        assert one.score == pytest.approx(sum(one.terms.values()))
    assert (WORLD.families[rows(found)] == WORLD.families[0]).all()
    assert {one.kind for one in found} > {"look"}


def test_what_is_hidden_or_excluded_is_never_found():
    allowed = np.arange(120) % 2 == 0
    open_world = dataclasses.replace(WORLD.catalogue, allowed=allowed)

    for mode in ("look", "people", "tags", "blend"):
        found = similar(
            catalogue=open_world, mode=mode, people=WORLD.people, tags=tags_of_families(), excluded=[2, 4], k=120
        )
        assert not set(rows(found)) - set(np.flatnonzero(allowed)) | set(rows(found)) & {0, 2, 4}


def copied_world():
    """Pictures 10 to 14 are copies of picture 9, which is the most like picture 0."""
    vectors, hashes = VECTORS.copy(), WORLD.catalogue.hashes.copy()
    vectors[9] = VECTORS[0] * 0.99
    vectors[10:15], hashes[10:15] = vectors[9], hashes[9]
    return dataclasses.replace(WORLD.catalogue, vectors=type(WORLD.catalogue.vectors)([vectors]), hashes=hashes)


def test_near_copies_are_shown_once_counted_and_made_up_for():
    found = similar(catalogue=copied_world(), mode="look", k=12)

    assert found[0].row == 9
    assert found[0].copies == 5
    assert len(found) == 12
    assert not set(rows(found)) & set(range(10, 15))


def test_a_collection_of_copies_of_one_picture_gives_it_once_without_comparing_all_of_them():
    size = 3000
    many = Catalogue(
        vectors=segments(np.tile(VECTORS[:1], (size, 1))),
        created=np.zeros(size),
        categories=np.zeros(size, np.int64),
        moments=WORLD.catalogue.moments,
        hashes=np.ones((size, 2), np.uint64),
    )

    (found,) = similar(catalogue=many, mode="look")

    assert MOST_FOLDED <= found.copies < 2 * MOST_FOLDED


def test_folding_can_be_switched_off():
    found = similar(catalogue=copied_world(), mode="look", folding=False)

    assert rows(found)[:6] == [9, 10, 11, 12, 13, 14]
    assert {one.copies for one in found} == {0}


def test_a_picture_without_a_vector_has_no_look():
    vectors = VECTORS.copy()
    vectors[0] = 0
    blind = dataclasses.replace(WORLD.catalogue, vectors=type(WORLD.catalogue.vectors)([vectors]))

    assert similar(catalogue=blind, mode="look") == []
    assert similar(catalogue=blind, tags=tags_of_families())
