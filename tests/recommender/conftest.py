"""The eyes, built once and kept between runs, and pictures for them to look at."""

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from django.utils import timezone
from numpy.typing import NDArray
from PIL import Image as Pillow

from catalog import intake, processing, services
from catalog.models import Image
from catalog.viewers import Viewer
from recommender import store
from recommender.engine.networks.efficientnet import VARIANTS, build_eyes
from recommender.engine.networks.minilm import build_words
from tests.factories import make_findable, make_image

FOLDER = Path(__file__).resolve().parents[2] / "var" / "eyes"


@pytest.fixture(scope="session")
def eyes_file() -> Path:
    """The model file of Lite0; the first test run on a machine builds it (15 s)."""
    return build_eyes(variant=VARIANTS["lite0"], folder=FOLDER).path


@pytest.fixture(scope="session")
def words_file() -> Path:
    """The model file of words; the first test run on a machine builds it (15 s)."""
    return build_words(folder=FOLDER).path


@pytest.fixture
def eyes(eyes_file: Path, settings: Any) -> None:
    """The real network behind the site's own door to it."""
    settings.EYES_FILE = eyes_file


@pytest.fixture
def real_image() -> Callable[..., Image]:
    """A picture really decoded, of `pixels` or of noise: `real_image(owner=…)`; each call gives another one."""
    rng = np.random.default_rng(0)

    def make(*, owner: Any, pixels: NDArray[np.uint8] | None = None) -> Image:
        buffer = io.BytesIO()
        pixels = rng.integers(0, 255, (12, 16, 3), np.uint8) if pixels is None else pixels
        Pillow.fromarray(pixels).resize((320, 240)).save(buffer, "JPEG")
        file = buffer.getvalue()
        original = intake.open_upload(io.BytesIO(file), declared_size=len(file), limit=10**6)
        image = services.add_image(owner=owner, original=original)
        processing.process_image(image.pk, now=timezone.now())
        image.refresh_from_db()
        return image

    return make


@pytest.fixture
def liked(make_user):
    """Two tastes of eight pictures each, and twelve people who like six of one of them."""
    owner, rng = make_user("owner"), np.random.default_rng(0)
    kinds = [
        {make_image(owner=owner): np.array([*direction, *rng.normal(0, 0.1, 4)]) for _ in range(8)}
        for direction in ([1.0, 0.0], [0.0, 1.0])
    ]
    make_findable(kinds[0] | kinds[1])
    for number in range(12):
        person = make_user(f"person{number}")
        pictures = list(kinds[number % 2])
        for place in rng.permutation(8)[:6]:
            services.like(viewer=Viewer(user_id=person.pk), image=pictures[place])
    store.forget()
    return kinds
