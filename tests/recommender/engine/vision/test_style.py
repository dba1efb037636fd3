"""Style on pictures whose figures can be told beforehand."""

import numpy as np
import pytest
from PIL import Image

from recommender.engine.vision.canvas import canvas_of
from recommender.engine.vision.style import WIDTH, style_of

# In the order of the docstring.
FIGURES = ("flat", "nearly_flat", "noise", "entropy", "commonest", "white", "border", "saturation", "sharpness")
FIGURES += ("gradient", "colours")


def style(pixels: np.ndarray) -> dict[str, float]:
    return dict(zip(FIGURES, style_of(canvas_of(Image.fromarray(pixels.astype(np.uint8)))).tolist(), strict=True))


def halves(left: tuple[int, int, int], right: tuple[int, int, int]) -> np.ndarray:
    pixels = np.zeros((100, 100, 3), np.uint8)
    pixels[:, :50], pixels[:, 50:] = left, right
    return pixels


def test_two_flat_halves_by_hand():
    """99 by 99 gradients, of which one column is the edge; half white, half a red of saturation 1."""
    found = style(halves((255, 255, 255), (200, 0, 0)))

    assert found["flat"] == found["nearly_flat"] == pytest.approx(98 / 99)
    assert found["noise"] == pytest.approx(0, abs=1e-5)
    assert found["entropy"] == pytest.approx(np.log(2))
    assert (found["commonest"], found["white"]) == pytest.approx((1, 0.5))
    assert found["border"] == pytest.approx(0.5)
    assert found["saturation"] == pytest.approx(0.5)
    assert found["colours"] == pytest.approx(np.log(2))
    assert found["gradient"] == pytest.approx(np.log1p((255 - 0.299 * 200) / 99), rel=1e-4)


def test_a_photographs_noise_is_told_from_a_flat_drawing():
    rng = np.random.default_rng(0)
    noisy = halves((180, 170, 160), (90, 80, 70)) + rng.integers(0, 6, (100, 100, 3))

    drawing, photograph = style(halves((180, 170, 160), (90, 80, 70))), style(noisy)

    assert photograph["noise"] > drawing["noise"] + 1
    assert photograph["flat"] < drawing["flat"] / 2
    assert photograph["colours"] > drawing["colours"]


def test_a_soft_picture_has_no_sharp_edges():
    ramp = np.repeat(np.linspace(0, 255, 100)[None, :, None], 100, axis=0).repeat(3, axis=2)

    stripes = np.zeros((100, 100, 3), np.uint8)
    stripes[:, (np.arange(100) // 10) % 2 == 0] = 255

    assert style(ramp)["sharpness"] < 0.5
    assert style(stripes)["sharpness"] == pytest.approx(np.log(256))


@pytest.mark.parametrize("size", [(1, 1), (1, 900), (5, 7), (640, 480)])
def test_any_size_has_a_style(size):
    figures = style_of(canvas_of(Image.new("RGB", size, "teal")))

    assert figures.shape == (WIDTH,)
    assert np.isfinite(figures).all()
