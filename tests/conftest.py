"""What every test may ask for."""

import uuid
from collections.abc import Callable, Iterator

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from catalog.viewers import Viewer
from tests import services
from tests.environment import VAR


def pytest_configure() -> None:
    """Settings that make tests quick and independent; what they test is not among them."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    if "sqlite" in settings.DATABASES["default"]["ENGINE"]:
        # A file, as on a real site: several threads share it with all its locks.
        settings.DATABASES["default"].setdefault("TEST", {})["NAME"] = str(VAR / "test.sqlite3")
    from visrec_site.celery import app

    # `delay_on_commit` runs the task at once where a test captures the commit; no message leaves the process.
    app.conf.task_always_eager = True


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Long values by their argument's name: a file made anew by each process has a new date in it, and another id."""
    return argname if isinstance(val, str | bytes) and len(val) > 60 else None


@pytest.fixture(scope="session")
def broker_url() -> Iterator[str]:
    """A real, empty broker."""
    with services.broker() as url:
        yield url


@pytest.fixture
def make_user(db: None, django_user_model: type) -> Callable:
    """Make a person: `make_user()`, `make_user("ada")`, `make_user(is_staff=True)`. The password is "password"."""
    counter = iter(range(1, 10_000))

    def make(username: str | None = None, **fields: object):
        name = username or f"person{next(counter)}"
        return django_user_model.objects.create_user(username=name, password="password", **fields)

    return make


@pytest.fixture
def client_of() -> Callable:
    """A browser signed in as this person: `client_of(user)`; `client_of(None)` is anonymous."""

    def client(user=None) -> Client:
        browser = Client()
        if user is not None:
            browser.force_login(user)
        return browser

    return client


@pytest.fixture
def visitor() -> Viewer:
    """Somebody without an account."""
    return Viewer(visitor=uuid.uuid4())


@pytest.fixture
def connection_queries() -> Callable:
    """Count what the database is asked: `with connection_queries() as captured: …; len(captured)`."""
    return lambda: CaptureQueriesContext(connection)


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    """What a process keeps between requests is read anew by every test."""
    from recommender import queries, store, topics
    from visrec_site.accounts import choices

    translation.deactivate()  # the language of a request stays with its thread
    queries.forget()
    choices.forget()
    store.forget()
    topics.forget()
