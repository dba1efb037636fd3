"""Where a picture fits, and what would fit on a board, in a world of two directions."""

import numpy as np

from recommender.engine.arrays import segments, unit
from recommender.engine.boards import fitting_board, ideas
from recommender.engine.index import Moments
from recommender.engine.inputs import Catalogue

ROWS = np.arange(40)
EAST, NORTH = ROWS[:20], ROWS[20:]


def world(**changes) -> Catalogue:
    """Twenty pictures to the east, twenty to the north, each a little off its way."""
    rng = np.random.default_rng(0)
    ways = np.repeat(np.eye(2, 8), 20, axis=0)
    vectors = unit(ways + rng.normal(0, 0.05, ways.shape))
    facts = {"created": np.zeros(40), "categories": np.full(40, -1), "moments": Moments(0.5, 0.2)}
    return Catalogue(**(facts | {"vectors": segments(vectors)} | changes))


def test_a_picture_fits_where_its_likes_hang():
    hung = np.array([0, 1, 20, 21])

    for row, board in ((5, 7), (30, 9)):
        assert fitting_board(catalogue=world(), row=row, rows=hung, boards=np.array([7, 7, 9, 9])) == board


def test_a_board_of_several_things_still_takes_each_of_them():
    rows = np.concatenate([EAST[:10], NORTH[:10], NORTH[10:12]])
    boards = np.array([1] * 20 + [2] * 2)

    assert fitting_board(catalogue=world(), row=15, rows=rows, boards=boards) == 1


def test_nothing_alike_fits_nowhere():
    assert fitting_board(catalogue=world(), row=5, rows=NORTH, boards=np.ones(20, np.int64)) is None
    assert fitting_board(catalogue=world(), row=-1, rows=EAST, boards=np.ones(20, np.int64)) is None
    assert fitting_board(catalogue=world(), row=5, rows=np.array([5, -1]), boards=np.array([1, 1])) is None


def test_ideas_are_alike_new_and_best_first():
    found = ideas(catalogue=world(), rows=[0, 1], k=8)

    assert len(found) == 8
    assert {idea.row for idea in found} <= set(EAST[2:].tolist())
    assert [idea.score for idea in found] == sorted((idea.score for idea in found), reverse=True)


def test_each_idea_names_the_picture_it_looks_most_like():
    vectors = world().looks(ROWS).vectors

    for idea in ideas(catalogue=world(), rows=[0, 1, 20], k=12):
        assert idea.like == max([0, 1, 20], key=lambda row, idea=idea: vectors[row] @ vectors[idea.row])


def test_every_taste_of_a_board_has_its_share():
    found = [idea.row for idea in ideas(catalogue=world(), rows=[0, 1, 2, 3, 20, 21], k=12)]

    east = sum(row in EAST for row in found)
    assert 7 <= east <= 9


def test_what_may_not_be_shown_or_was_refused_is_no_idea():
    allowed = np.ones(40, np.bool_)
    allowed[2:6] = False

    found = {idea.row for idea in ideas(catalogue=world(allowed=allowed), rows=[0, 1], excluded=[6, 7], k=30)}

    assert found
    assert found.isdisjoint(range(8))


def test_copies_of_what_hangs_there_are_no_ideas():
    hashes = np.random.default_rng(1).integers(1, 2**63, (40, 2)).astype(np.uint64)
    hashes[2] = hashes[0]
    vectors = world().looks(ROWS).vectors.copy()
    vectors[2] = vectors[0]

    found = {idea.row for idea in ideas(catalogue=world(vectors=segments(vectors), hashes=hashes), rows=[0], k=30)}

    assert 3 in found
    assert 2 not in found


def test_an_empty_board_gives_no_ideas():
    assert ideas(catalogue=world(), rows=[], k=5) == []
    assert ideas(catalogue=world(), rows=[-1], k=5) == []
