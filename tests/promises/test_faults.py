"""P4: what does not answer is no breakdown. Pages that do not need it work; the others say so, soon."""

import json
import os
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.conf import settings as site
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from catalog.models import Image
from tests.environment import BASE
from tests.factories import make_image, picture

REDIS_SECONDS, DATABASE_SECONDS = 3, 10
NOBODY = "127.0.0.1:1"


@contextmanager
def silence() -> Iterator[str]:
    """Where connections are accepted and nothing is ever answered."""
    with socket.create_server(("127.0.0.1", 0), backlog=64) as listener:
        yield f"127.0.0.1:{listener.getsockname()[1]}"


@pytest.fixture(params=["away", "hung"])
def absent(request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of a service that refuses connections, or takes them and is silent."""
    if request.param == "away":
        yield NOBODY
    else:
        with silence() as address:
            yield address


@pytest.fixture
def browser(db: None) -> Client:
    return Client(raise_request_exception=False)


def timed(action: Callable[[], Any]) -> tuple[Any, float]:
    """What the action gives, and how many seconds it took."""
    started = time.monotonic()
    return action(), time.monotonic() - started


# The cache


@pytest.fixture
def cache(settings, absent):
    options = {"IGNORE_EXCEPTIONS": True, "SOCKET_CONNECT_TIMEOUT": 1, "SOCKET_TIMEOUT": 1}
    backend = "django_redis.cache.RedisCache"
    settings.CACHES = {"default": {"BACKEND": backend, "LOCATION": f"redis://{absent}/1", "OPTIONS": options}}


@pytest.mark.parametrize("path", ["/", "/search/?q=lake", "/accounts/login/", "/api/v1/feed/"])
def test_pages_answer_without_a_cache(browser, cache, path):
    answer, seconds = timed(lambda: browser.get(path))

    assert answer.status_code == 200
    assert seconds < REDIS_SECONDS


def test_signing_in_and_up_need_no_cache(browser, cache, make_user):
    make_user("ada")
    new = {
        "username": "bob",
        "email": "bob@example.org",
        "password1": "correct horse 9",
        "password2": "correct horse 9",
    }

    sign_up, up_seconds = timed(lambda: browser.post("/accounts/signup/", new))
    sign_in, in_seconds = timed(lambda: Client().post("/accounts/login/", {"login": "ada", "password": "password"}))

    assert (sign_up.status_code, sign_in.status_code) == (302, 302)
    assert max(up_seconds, in_seconds) < REDIS_SECONDS


# The store of pictures


@pytest.fixture
def shown(make_user, settings, monkeypatch, absent, tmp_path) -> Image:
    """A picture of a site whose bucket is absent from now on."""
    image = make_image(owner=make_user("owner"), title="Lake")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "test")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "test")
    settings.MEDIA = f"s3://pictures?endpoint=http://{absent}"
    settings.VAR = tmp_path
    return image


def test_pages_are_whole_while_the_store_of_pictures_is_absent(browser, shown):
    for path in ("/", f"/images/{shown.pk}/", f"/images/{shown.pk}/similar/", "/search/?q=lake", "/people/owner/"):
        answer, seconds = timed(lambda path=path: browser.get(path))

        assert answer.status_code == 200
        assert seconds < REDIS_SECONDS


def test_a_file_of_an_absent_store_says_when_to_come_back(browser, shown, client_of):
    owner = client_of(shown.owner)
    owner.raise_request_exception = False
    doors = {browser: f"/media/{shown.pk}/{shown.rendition_token}/320.webp", owner: f"/images/{shown.pk}/original"}
    for client, path in doors.items():
        answer, seconds = timed(lambda client=client, path=path: client.get(path))

        assert answer.status_code == 503
        assert int(answer.headers["Retry-After"]) > 0
        assert seconds < DATABASE_SECONDS


def test_uploads_are_taken_while_the_store_of_pictures_is_absent(shown, client_of):
    answer = client_of(shown.owner).post("/api/v1/images/", {"file": SimpleUploadedFile("a.png", picture())})

    assert answer.status_code == 202
    assert Image.objects.get(pk=answer.json()["id"]).status in ("queued", "processing")


# The database


@pytest.fixture
def visited(transactional_db: None) -> Client:
    """A browser that has been here before."""
    client = Client(raise_request_exception=False)
    client.get("/api/v1/categories/")
    return client


@pytest.fixture
def locked(visited: Client) -> Iterator[None]:
    """Somebody else writes, and does not end."""
    if connection.vendor != "sqlite":
        pytest.skip("only SQLite locks as a whole")
    other = sqlite3.connect(site.DATABASES["default"]["NAME"], isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    yield
    other.rollback()
    other.close()


@pytest.mark.parametrize("path", ["/api/v1/categories/", "/api/v1/images/", "/search/", "/people/nobody/"])
def test_reading_goes_on_while_the_database_is_locked(visited, locked, path):
    answer, seconds = timed(lambda: visited.get(path))

    assert answer.status_code in (200, 404)
    assert seconds < REDIS_SECONDS


@pytest.mark.parametrize("path", ["/", "/api/v1/feed/"])
def test_writing_to_a_locked_database_rests_politely(locked, browser, path):
    answer, seconds = timed(lambda: browser.get(path))

    assert answer.status_code == 503
    assert int(answer.headers["Retry-After"]) > 0
    assert seconds < DATABASE_SECONDS


PAGES = ["/", "/search/", "/images/7/", "/media/7/cafe/320.webp", "/accounts/login/", "/nowhere"]
API = ["/api/v1/feed/", "/api/v1/images/"]
WITHOUT_DATABASE = ["/health/live", "/problems/throttled", "/api/docs/"]


def asked_without_database(address: str, *paths: str) -> dict[str, dict[str, Any]]:
    environment = {**os.environ, "DATABASE_URL": f"postgres://nobody@{address}/nothing"}
    environment["DJANGO_SETTINGS_MODULE"] = "visrec_site.settings"
    command = [sys.executable, "-m", "tests.promises.away", *paths]
    output = subprocess.run(command, env=environment, cwd=BASE, capture_output=True, text=True, check=True).stdout
    return {told["path"]: told for told in map(json.loads, output.splitlines())}


def test_a_database_that_is_away_is_said_where_it_is_needed():
    told = asked_without_database(NOBODY, *PAGES, *API, *WITHOUT_DATABASE)

    statuses = {path: answer["status"] for path, answer in told.items()}
    assert statuses == {**dict.fromkeys([*PAGES, *API], 503), **dict.fromkeys(WITHOUT_DATABASE, 200)}
    assert all(int(told[path]["retry_after"]) > 0 for path in [*PAGES, *API])
    assert all(told[path]["type"] == "application/problem+json" for path in API)
    assert max(answer["seconds"] for answer in told.values()) < DATABASE_SECONDS


def test_a_database_that_is_silent_is_given_up_within_ten_seconds():
    with silence() as address:
        told = asked_without_database(address, "/", "/api/v1/feed/")

    assert {answer["status"] for answer in told.values()} == {503}
    assert max(answer["seconds"] for answer in told.values()) < DATABASE_SECONDS
