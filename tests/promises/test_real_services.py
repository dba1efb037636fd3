"""The whole site on PostgreSQL, a broker that somebody else runs, and a bucket: from an upload to its last byte."""

import io
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import boto3
import numpy as np
import psycopg
import pytest
import redis
import requests
from PIL import Image as Pillow

from tests import services
from tests.environment import BASE
from tests.running import MANAGE, Site, running_site, site_environment
from tests.waiting import eventually
from visrec_site.heartbeats import PREFIX

FINDABLE, ERASED = 60.0, 60.0  # seconds on a busy machine
ACCOUNT = """
from visrec_site.accounts import services
from visrec_site.accounts.models import User
print(services.make_token(user=User.objects.create_user("ada", password="correct horse 9")))
"""


@dataclass
class Gallery:
    """A running site and the services it runs on, each seen from its own side."""

    site: Site
    database: str
    broker: str
    bucket: Any
    owner: requests.Session
    stranger: requests.Session

    def get(self, path: str, who: requests.Session | None = None) -> requests.Response:
        return (who or self.stranger).get(self.site.url + path, timeout=10)

    def upload(self, title: str, file: bytes) -> int:
        form = {"title": title, "tags": "kelp"}
        answer = self.owner.post(f"{self.site.url}/api/v1/images/", data=form, files={"file": file}, timeout=10)
        assert answer.status_code == 202, answer.text
        return answer.json()["id"]

    def is_findable(self, image: int) -> bool:
        return self.get(f"/api/v1/images/{image}/", self.owner).json()["status"] == "findable"

    def rows(self) -> int:
        with psycopg.connect(self.database) as connection:
            return connection.execute("SELECT count(*) FROM catalog_image").fetchone()[0]

    def files(self, image: int) -> list[str]:
        """The names of the renditions of one picture in the bucket."""
        return [item.key for item in self.bucket.objects.filter(Prefix="renditions/") if f"{image:013x}" in item.key]

    def originals(self) -> int:
        return len(list(self.bucket.objects.filter(Prefix="originals/")))


@pytest.fixture(scope="module")
def gallery(tmp_path_factory: pytest.TempPathFactory, s3_url: str) -> Iterator[Gallery]:
    var: Path = tmp_path_factory.mktemp("real services") / "var"
    keys = {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test"}
    store = boto3.resource(
        "s3", endpoint_url=s3_url, region_name="us-east-1", aws_access_key_id="test", aws_secret_access_key="test"
    )
    bucket = store.create_bucket(Bucket="real-services")
    with services.postgres() as database, services.broker() as broker:
        settings = {
            "DATABASE_URL": database,
            "REDIS_URL": broker,
            "CACHE_URL": broker.replace("redis://", "rediscache://").replace("/0", "/1"),
            "MEDIA": f"s3://real-services?endpoint={s3_url}&region=us-east-1",
            "DEMO": "0",
            **keys,
        }
        migrate = [*MANAGE, "migrate", "-v0"]
        subprocess.run(migrate, env=site_environment(var, **settings), check=True, cwd=BASE, capture_output=True)
        with running_site(var, ready_within=120, **settings) as site:
            owner = requests.Session()
            owner.headers["Authorization"] = f"Token {site.manage('shell', '-v0', '-c', ACCOUNT).split()[-1]}"
            yield Gallery(site, database, broker, bucket, owner, requests.Session())


def photo(seed: int) -> bytes:
    """A coloured noise; pictures of neighbouring seeds look alike, and are not the same."""
    pixels = np.random.default_rng(seed).integers(0, 255, (12, 16, 3), np.uint8)
    buffer = io.BytesIO()
    Pillow.fromarray(pixels).resize((640, 480)).save(buffer, "JPEG")
    return buffer.getvalue()


def test_a_picture_lives_and_dies_on_real_services(gallery: Gallery):
    image, neighbour = (gallery.upload(title, photo(seed)) for seed, title in enumerate(("Kelp forest", "Kelp garden")))
    eventually(lambda: gallery.is_findable(image) and gallery.is_findable(neighbour), seconds=FINDABLE)

    # It lies where it should, and nowhere else.
    assert gallery.rows() == 2
    assert len(gallery.files(image)) == 3
    assert eventually(lambda: gallery.originals() == 2)
    assert not [path for path in (gallery.site.var / "media").rglob("*") if path.is_file()]
    with redis.Redis.from_url(gallery.broker) as client:
        assert all(client.exists(PREFIX + name) for name in ("intake", "eyes", "learning", "beat"))

    # A stranger finds it, in every way there is.
    found = gallery.get("/api/v1/images/?q=kelp").json()["results"]
    assert {card["id"] for card in found} == {image, neighbour}
    similar = gallery.get(f"/api/v1/images/{image}/similar/").json()["results"]
    assert [entry["image"]["id"] for entry in similar] == [neighbour]
    assert {entry["image"]["id"] for entry in gallery.get("/api/v1/feed/").json()["results"]} == {image, neighbour}
    by_photo = gallery.stranger.post(
        f"{gallery.site.url}/api/v1/search/photo/", files={"file": photo(0)}, timeout=10
    ).json()["results"]
    assert by_photo[0]["image"]["id"] == image
    assert "Kelp forest" in gallery.get("/").text

    # Its file passes the same door as everywhere, also when it is private.
    media = next(card["renditions"]["320"] for card in found if card["id"] == image).removeprefix(gallery.site.url)
    served = gallery.get(media)
    assert (served.status_code, served.headers["Content-Type"], served.content[:4]) == (200, "image/webp", b"RIFF")
    address = f"{gallery.site.url}/api/v1/images/{image}/"
    assert gallery.owner.patch(address, json={"visibility": "private"}, timeout=10).status_code == 200
    assert gallery.get(media).status_code == 404
    assert gallery.get("/api/v1/images/?q=forest").json()["results"] == []

    # Deleted, it is out of sight at once, and soon out of the database and the bucket.
    assert gallery.owner.delete(address, timeout=10).status_code == 204
    assert gallery.get(f"/images/{image}/").status_code == 404
    eventually(lambda: not gallery.files(image) and gallery.originals() == 1, seconds=ERASED)
    eventually(lambda: gallery.rows() == 1, seconds=ERASED)
