"""What the promises are tested with: real eyes, a real bucket, and everything that hangs on a clock by hand."""

import time
from collections.abc import Iterator
from typing import Any

import boto3
import pytest

from tests import services
from tests.recommender.conftest import eyes, eyes_file, real_image

__all__ = ["eyes", "eyes_file", "real_image"]


@pytest.fixture(scope="session")
def s3_url() -> Iterator[str]:
    with services.s3() as url:
        yield url


@pytest.fixture
def s3_media(s3_url: str, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """A site whose pictures lie in an empty bucket: the bucket, as boto sees it."""
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "test")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "test")
    name = f"pictures-{time.monotonic_ns()}"
    bucket = boto3.resource("s3", endpoint_url=s3_url, region_name="us-east-1").create_bucket(Bucket=name)
    settings.MEDIA = f"s3://{name}?endpoint={s3_url}&region=us-east-1"
    return bucket
