"""Real pictures beside the project, where they are; nothing of them is kept."""

import functools
import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from recommender.engine.arrays import unit
from recommender.engine.vision.embedder import Embedder, find_model_file
from recommender.engine.vision.model_file import EyesError

ROOT = Path(__file__).parents[3]
FOLDER = ROOT.parent / "shared" / "data" / "images"


@functools.cache
def load(collection: str, count: int) -> list[Image.Image]:
    """A seeded sample of a collection; skips the test where there is none."""
    files = sorted(path for path in (FOLDER / collection).rglob("*") if path.is_file())
    if not files:
        pytest.skip(f"no pictures in {FOLDER / collection}")
    chosen = np.random.default_rng(0).permutation(len(files))[:count]
    return [_on_white(Image.open(files[number])) for number in chosen]


def features(pictures: list[Image.Image]) -> np.ndarray:
    """Unit features by the built eyes; skips the test where these have not been built."""
    try:
        embedder = Embedder(find_model_file(ROOT / "var" / "eyes"))
        return unit(np.array([embedder.embed(picture).features for picture in pictures]))
    except EyesError as error:
        pytest.skip(f"no eyes: {error}")


def saved(picture: Image.Image, quality: int) -> Image.Image:
    stream = io.BytesIO()
    picture.save(stream, "JPEG", quality=quality)
    return Image.open(stream).convert("RGB")


def cropped(picture: Image.Image, share: float) -> Image.Image:
    across, down = (round(side * share / 2) for side in picture.size)
    return picture.crop((across, down, picture.width - across, picture.height - down))


def _on_white(picture: Image.Image) -> Image.Image:
    picture = picture.convert("RGBA")
    flat = Image.alpha_composite(Image.new("RGBA", picture.size, "white"), picture).convert("RGB")
    flat.thumbnail((640, 640))
    return flat
