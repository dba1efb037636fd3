"""Each aspect sees its own thing and little else, on drawings where the answer is obvious."""

import numpy as np
import pytest
from PIL import Image, ImageDraw

from recommender.engine.vision.aspects import ASPECTS, WIDTH, columns_of, read

EVEN = np.full(1000, 0.001, np.float32)


def drawn(*, shape="circle", colour="crimson", striped=False, at=(0.3, 0.3)) -> Image.Image:
    picture = Image.new("RGB", (320, 240), "white")
    mask = Image.new("L", picture.size)
    x, y = at[0] * 320, at[1] * 240
    pen = ImageDraw.Draw(mask)
    (pen.ellipse if shape == "circle" else pen.rectangle)((x - 55, y - 55, x + 55, y + 55), fill=255)
    if shape == "cross":
        for corner in ((-55, -55), (20, -55), (-55, 20), (20, 20)):
            left, top = x + corner[0], y + corner[1]
            pen.rectangle((left, top, left + 35, top + 35), fill=0)
    filled = Image.new("RGB", picture.size, colour)
    if striped:
        for line in range(0, 240, 12):
            ImageDraw.Draw(filled).rectangle((0, line, 320, line + 5), fill="black")
    picture.paste(filled, mask=mask)
    return picture


def alike(aspect: str, one: Image.Image, other: Image.Image) -> float:
    parts = [read(picture, EVEN)[columns_of(aspect)].astype(np.float64) for picture in (one, other)]
    return float(parts[0] @ parts[1])


OTHER = {
    "colour": {"colour": "royalblue"},
    "texture": {"striped": True},
    "subject": {"shape": "cross"},
    "composition": {"at": (0.7, 0.7)},
}


@pytest.mark.parametrize("aspect", ASPECTS)
def test_an_aspect_tells_its_own_difference_from_all_others(aspect):
    plain = drawn()
    everything_else = {key: value for name, words in OTHER.items() if name != aspect for key, value in words.items()}

    shared, own = alike(aspect, plain, drawn(**everything_else)), alike(aspect, plain, drawn(**OTHER[aspect]))

    assert shared > own


@pytest.mark.parametrize("size", [(1, 1), (1, 900), (900, 1), (5, 7), (640, 480)])
@pytest.mark.parametrize("mode", ["RGB", "L", "RGBA"])
def test_any_picture_can_be_read_also_one_without_anything_in_it(size, mode):
    values = read(Image.new(mode, size), EVEN)

    assert values.shape == (WIDTH,)
    assert np.isfinite(values).all()
    assert values.any()


def test_the_same_picture_gives_the_same_numbers():
    assert (read(drawn(striped=True), EVEN) == read(drawn(striped=True), EVEN)).all()
