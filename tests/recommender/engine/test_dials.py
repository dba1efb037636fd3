import dataclasses

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from recommender.engine.arrays import segments
from recommender.engine.dials import Dials
from recommender.engine.similar import Aspects, rank_similar
from recommender.engine.vision.aspects import ASPECTS, WIDTH

from .worlds import make_world

SIZE = 120
WORLD = make_world(families=6, each=20)
RNG = np.random.default_rng(7)
READ = np.abs(RNG.standard_normal((SIZE, WIDTH))).astype(np.float16)
SAMPLE = np.sort(RNG.permutation(SIZE)[:80])


def copied_catalogue():
    """A third of the pictures are near-copies of others, three of one at most."""
    vectors, hashes = WORLD.catalogue.vectors.take(np.arange(SIZE)), WORLD.catalogue.hashes.copy()
    for copy in range(2, SIZE, 3):
        original = copy - copy % 9
        vectors[copy], hashes[copy] = vectors[original], hashes[original]
    return dataclasses.replace(WORLD.catalogue, vectors=segments(vectors), hashes=hashes)


COPIED = copied_catalogue()


def listed(dials, *, row=0, values=READ, k=10, catalogue=COPIED, **more):
    aspects = Aspects(segments(values), SAMPLE)
    return rank_similar(catalogue=catalogue, rows=[row], dials=dials, aspects=aspects, k=k, **more)


def rows(found):
    return [one.row for one in found]


def mean_z(found, aspect, z):
    return float(np.mean([z[one.row][aspect] for one in found]))


def z_of_all(row):
    """What every picture says of itself once a dial is turned, folded or not."""
    return {one.row: one.z for one in listed(Dials.of(colour=0.501), row=row, k=SIZE, folding=False)}


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    row=st.integers(0, SIZE - 1),
    standing=st.tuples(*[st.floats(0, 1)] * 4),
    aspect=st.sampled_from(ASPECTS),
    raised=st.floats(0, 1),
    mode=st.sampled_from(["look", "blend"]),
)
def test_raising_a_dial_never_lowers_the_mean_z_of_the_first_ten(row, standing, aspect, raised, mode):
    before = dict(zip(ASPECTS, standing, strict=True))
    after = before | {aspect: max(before[aspect], raised)}

    less, more = (listed(Dials.of(**dials), row=row, mode=mode, people=WORLD.people) for dials in (before, after))

    z = z_of_all(row)
    assert mean_z(more, aspect, z) >= mean_z(less, aspect, z) - 1e-6


def test_in_the_middle_all_dials_leave_the_default_list_as_it_is():
    default = rank_similar(catalogue=COPIED, rows=[0], k=12, people=WORLD.people)

    assert listed(Dials(), k=12, people=WORLD.people) == default
    assert listed(Dials.of(colour=0.5002, texture=0.4999), k=12, people=WORLD.people) == default


def test_from_the_middle_the_list_begins_to_change_where_the_default_one_is():
    almost = np.ones_like(READ)

    default = rank_similar(catalogue=COPIED, rows=[0], k=12, people=WORLD.people)

    assert rows(listed(Dials.of(colour=1), values=almost, k=12, people=WORLD.people)) == rows(default)


def test_near_copies_stay_folded_under_the_same_picture_however_dials_stand():
    folded = set(rows(listed(Dials.of(colour=0.501), k=SIZE)))

    for dials in (Dials.of(colour=1), Dials.of(texture=0, subject=1), Dials.of(composition=0)):
        found = listed(dials, k=SIZE)
        assert set(rows(found)) == folded
        assert sum(1 + one.copies for one in found) == SIZE - 1


def test_a_dial_at_its_end_brings_its_own_kind_and_says_so_and_at_its_other_end_keeps_it_away():
    values = READ.copy()
    alike = np.arange(3, SIZE, 11)
    values[np.ix_([0, *alike], np.arange(60))] = 0
    values[[0, *alike], 5] = 30

    more, less = (listed(Dials.of(colour=to), values=values, folding=False) for to in (1, 0))

    assert set(rows(more)) <= set(alike.tolist())
    assert {one.aspect for one in more} == {"colour"}
    assert not set(rows(less)) & set(alike.tolist())
    assert {one.aspect for one in less} == {""}


def test_what_is_not_read_yet_stands_where_it_stood_and_a_question_not_read_yet_turns_nothing():
    values = READ.copy()
    values[[0, 5]] = 0

    assert listed(Dials.of(colour=1), values=values) == rank_similar(catalogue=COPIED, rows=[0], k=10)
    z = {one.row: one.z for one in listed(Dials.of(colour=1), row=1, values=values, k=SIZE, folding=False)}
    assert z[5] == dict.fromkeys(ASPECTS, 0.0)


@pytest.mark.parametrize("value", [-0.01, 1.01, float("nan")])
def test_a_dial_stands_between_none_and_all(value):
    with pytest.raises(ValueError, match="colour"):
        Dials.of(colour=value)


def test_hidden_and_excluded_pictures_stay_away_however_dials_stand():
    allowed = np.arange(SIZE) % 2 == 0
    catalogue = dataclasses.replace(COPIED, allowed=allowed)

    found = listed(Dials.of(colour=1), catalogue=catalogue, excluded=[2, 4], k=SIZE)

    assert not set(rows(found)) & ({0, 2, 4} | set(np.flatnonzero(~allowed).tolist()))
