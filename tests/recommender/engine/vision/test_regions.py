"""The regions that make two pictures alike, on drawings whose only common part is known."""

import numpy as np
import pytest
from PIL import Image

from recommender.engine.vision import regions
from recommender.engine.vision.embedder import Embedder, seen_part
from tests.recommender.engine.drawings import draw

OBJECT = 90  # pixels of 224: a sixth of the area


@pytest.fixture(scope="module")
def embedder(eyes_file):
    return Embedder(eyes_file)


def with_orange(ground: str, *, left: int, top: int) -> np.ndarray:
    """A scene with a small picture of an orange in it."""
    scene = draw(ground).copy()
    scene[top : top + OBJECT, left : left + OBJECT] = draw("orange", height=OBJECT, width=OBJECT)
    return scene


def held(box: tuple[int, int, int, int], *, left: int, top: int) -> float:
    """The share of the orange that is inside of a box."""
    across = min(box[2], left + OBJECT) - max(box[0], left)
    down = min(box[3], top + OBJECT) - max(box[1], top)
    return max(across, 0) * max(down, 0) / OBJECT**2


def test_the_outlines_hold_what_two_pictures_share(embedder):
    first, second = with_orange("seashore", left=120, top=20), with_orange("tabby", left=15, top=115)

    found = regions.matching_regions(embedder, first, second)

    assert found is not None
    assert held(found[0].box, left=120, top=20) > 0.5
    assert held(found[1].box, left=15, top=115) > 0.5
    for region in found:
        left, top, right, bottom = region.box
        assert 0 <= left < right <= 224
        assert 0 <= top < bottom <= 224
        assert (right - left) * (bottom - top) <= 0.2 * 224**2
        assert region.fall > 0


def test_the_map_proposes_where_the_features_come_from(embedder):
    crop = with_orange("seashore", left=120, top=20)
    orange = embedder.features_of(draw("orange"))
    places = embedder.map_of(crop)

    np.testing.assert_allclose(places.mean(axis=(0, 1)), embedder.features_of(crop), rtol=1e-3, atol=1e-4)
    boxes = regions.proposals(places, orange / np.linalg.norm(orange), side=224)

    assert len(boxes) == len(set(boxes)) == regions.PROPOSED
    assert held(boxes[0], left=120, top=20) > 0.5
    assert regions.proposals(None, orange, side=224) == []


def test_where_no_part_matters_there_is_no_region(embedder):
    plain = np.full((224, 224, 3), 90, np.uint8)

    assert regions.matching_regions(embedder, plain, plain) is None


def test_a_hidden_part_is_no_longer_seen(embedder):
    crop = with_orange("seashore", left=120, top=20)
    bare, whole = embedder.features_of(draw("seashore")), embedder.features_of(crop)

    without = regions.features_without(embedder, crop, [(115, 15, 215, 115)])

    assert without @ bare > whole @ bare / np.linalg.norm(whole)
    assert without @ without == pytest.approx(1, abs=1e-5)


@pytest.mark.parametrize("size", [(640, 480), (300, 900), (224, 224)])
def test_boxes_go_from_the_crop_to_the_picture_and_back(size):
    part = seen_part(size, size=224)

    box = regions.in_picture((10, 20, 110, 119), part, side=224)

    assert all(0 <= share <= 1 for share in box)
    assert regions.in_crop(box, part, side=224) == (10, 20, 110, 119)
    marked = np.zeros((size[1], size[0], 3), np.uint8)
    left, top, right, bottom = (round(share * size[place % 2]) for place, share in enumerate(box))
    marked[top:bottom, left:right] = 255
    seen = np.asarray(
        Image.fromarray(marked).crop([part[place] * size[place % 2] for place in range(4)]).resize((224, 224))
    )
    assert seen[25:114, 15:105].min() == 255, "what the box of the picture holds is what the box of the crop held"
