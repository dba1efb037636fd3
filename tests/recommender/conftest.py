"""The eyes, built once and kept between runs."""

from pathlib import Path

import pytest

from recommender.engine.networks.efficientnet import VARIANTS, build_eyes

FOLDER = Path(__file__).resolve().parents[2] / "var" / "eyes"


@pytest.fixture(scope="session")
def eyes_file() -> Path:
    """The model file of Lite0; the first test run on a machine builds it (15 s)."""
    return build_eyes(variant=VARIANTS["lite0"], folder=FOLDER).path
