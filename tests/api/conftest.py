"""One cast for all tests of the API."""

from collections.abc import Callable
from types import SimpleNamespace

import pytest
from rest_framework.authtoken.models import Token

from tests.api.callers import Caller
from tests.factories import make_image
from tests.recommender.conftest import eyes, eyes_file

__all__ = ["cast", "eyes", "eyes_file"]


@pytest.fixture
def cast(make_user: Callable) -> SimpleNamespace:
    """An owner with a picture of every kind, a stranger, staff, and somebody without an account."""
    people = {"owner": make_user("ada"), "stranger": make_user("bob"), "staff": make_user("eve", is_staff=True)}
    callers = {name: Caller(token=Token.objects.create(user=user).key) for name, user in people.items()}
    owner = people["owner"]
    return SimpleNamespace(
        **callers,
        anonymous=Caller(),
        users=SimpleNamespace(**people),
        public=make_image(owner=owner, title="Lake", tags=["water", "blue"]),
        unlisted=make_image(owner=owner, title="Draft", visibility="unlisted"),
        private=make_image(owner=owner, title="Diary", visibility="private"),
        failed=make_image(owner=owner, title="Broken", state="failed"),
        queued=make_image(owner=owner, title="Soon", state="pending"),
    )
