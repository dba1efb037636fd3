"""The demo gallery: what every family must keep, on a sample that stays quick."""

import hashlib
import subprocess
import sys
from collections import Counter
from functools import cache
from itertools import combinations

import numpy as np
import pytest
from PIL import Image

from catalog.demo.canvas import LONG_SIDE
from catalog.demo.drawing import Drawing, edition
from catalog.demo.gallery import FAMILIES, PER_FAMILY, Family, drawings, generator

SAMPLE = (0, 17, 39)
# Below this many of 64 bits two pictures would be folded as near-copies.
DIFFERENT = 6

each_family = pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.slug)


@cache
def drawn(family: Family, number: int) -> Drawing:
    return family.draw(generator(family.slug, number), number)


def digest(image: Image.Image) -> str:
    return hashlib.sha256(image.tobytes()).hexdigest()


def dhash(image: Image.Image) -> np.ndarray:
    """64 bits: whether each of 8 x 8 places is darker than its right neighbour."""
    grey = np.asarray(image.convert("L").resize((9, 8), Image.Resampling.LANCZOS), np.int16)
    return (grey[:, 1:] > grey[:, :-1]).ravel()


def test_there_are_twelve_families_and_480_pictures_or_more():
    assert len(FAMILIES) >= 12
    assert PER_FAMILY >= 40
    assert len({family.slug for family in FAMILIES}) == len({family.name for family in FAMILIES}) == len(FAMILIES)


@each_family
def test_a_picture_is_the_same_every_time_and_whatever_was_drawn_before(family):
    kept = drawn(family, 39), drawn(family, 0)

    again = next(drawings(family, per_family=1))

    assert digest(again.image) == digest(kept[1].image)
    assert (again.title, again.description, again.tags) == (kept[1].title, kept[1].description, kept[1].tags)


@each_family
def test_pictures_are_rgb_with_the_stated_long_side(family):
    for number in SAMPLE:
        image = drawn(family, number).image

        assert image.mode == "RGB"
        assert max(image.size) == LONG_SIDE
        assert 0.6 <= image.width / image.height <= 1.7


@each_family
def test_every_picture_has_its_words(family):
    for number in SAMPLE:
        drawing = drawn(family, number)

        assert drawing.title == drawing.title.strip() != ""
        assert drawing.description.endswith(".")
        assert 3 <= len(drawing.tags) <= 6
        assert len(set(drawing.tags)) == len(drawing.tags)
        assert all(tag == tag.strip().lower() != "" for tag in drawing.tags)


@each_family
def test_no_two_pictures_are_near_copies(family):
    hashes = [dhash(drawn(family, number).image) for number in SAMPLE]

    assert min(int((a != b).sum()) for a, b in combinations(hashes, 2)) >= DIFFERENT


def test_titles_of_the_sample_are_unique():
    titles = Counter(drawn(family, number).title for family in FAMILIES for number in SAMPLE)

    assert [title for title, count in titles.items() if count > 1] == []


def test_later_rounds_of_a_title_are_new_states():
    assert edition("Harbour", 3, 40) == "Harbour"
    assert edition("Harbour", 43, 40) == "Harbour, state 2"


def test_drawing_needs_neither_django_nor_scipy():
    code = "import sys, catalog.demo.gallery; sys.exit(len({'django', 'scipy'} & sys.modules.keys()))"

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
