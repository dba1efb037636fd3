"""Every route, as nobody, as another person, as the owner and as staff: what is not declared open is closed."""

import re
from collections.abc import Iterator

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from catalog.models import Category, Tag
from tests.factories import make_image

pytestmark = pytest.mark.django_db

# What anybody may ask for. Everything else must answer nobody with a way to sign in, 401, 403 or 404.
OPEN = {
    "",
    "search/",
    "search/suggest",
    "start/",
    "following/",
    "topics/",
    "topics/<str:slug>/",
    "map/",
    "map/points.json",
    "map/cards.json",
    "people/<str:username>/",
    "boards/",
    "boards/<image_id:board_id>/",
    "images/<image_id:image_id>/",
    "images/<image_id:image_id>/similar/",
    "media/<image_id:image_id>/<slug:token>/<int:size>.webp",
    "manifest.webmanifest",
    "service-worker.js",
    "offline/",
    "health/live",
    "health/ready",
    "problems/<slug:code>",
    "accounts/login/",
    "accounts/signup/",
    "accounts/inactive/",
    "accounts/confirm-email/",
    "accounts/password/reset/",
    "accounts/password/reset/done/",
    "accounts/password/reset/key/done/",
    "api/schema/",
    "api/docs/",
    "api/v1/images/",
    "api/v1/images/<image_id:image_id>/",
    "api/v1/images/<image_id:image_id>/similar/",
    "api/v1/categories/",
    "api/v1/tags/",
    "api/v1/people/<str:username>/",
    "api/v1/feed/",
    "api/v1/taste/",
    "taste/",
    "taste/preview",
    "boards/<image_id:board_id>/ideas/",
    "api/v1/boards/",
}
"""For reading, by GET."""


def routes(patterns=None, prefix: str = "") -> Iterator[str]:
    for pattern in patterns if patterns is not None else get_resolver().url_patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns, route)
        elif isinstance(pattern, URLPattern):
            yield route


@pytest.fixture
def world(make_user):
    """A private and a public picture of an owner, a stranger and a member of staff."""
    owner, stranger = make_user("owner"), make_user("stranger")
    staff = make_user("staff", is_staff=True, is_superuser=True)
    category, tag = Category.objects.create(slug="boats", name="Boats"), Tag.objects.create(slug="sea", name="sea")
    private = make_image(owner=owner, visibility="private", title="Hidden harbour", category=category)
    public = make_image(owner=owner, title="Open sea")
    return {
        "owner": owner, "stranger": stranger, "staff": staff, "private": private, "public": public,
        "category": category, "tag": tag,
    }  # fmt: skip


def address(route: str, world, image) -> str | None:
    """The route with the world's keys in it; None for a route that names something else."""
    values = {
        "image_id": image.pk, "token": image.rendition_token, "size": 320, "username": "owner", "code": "not-found",
    }  # fmt: skip
    path = "/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda match: str(values.get(match[1], "1")), route)
    return None if re.search(r"[\\^$(?]", path) else path


def test_nobody_reads_only_what_is_declared_open(world, client_of):
    closed = []
    for route in routes():
        path = address(route, world, world["public"])
        if path is None or route.startswith("admin/") or route in OPEN:
            continue
        answer = client_of(None).get(path)
        if answer.status_code not in (301, 302, 401, 403, 404, 405):
            closed.append((route, answer.status_code))
        if answer.status_code in (301, 302):
            assert "/accounts/" in answer.headers["Location"] or answer.headers["Location"].startswith("/"), route

    assert closed == []


def test_what_is_declared_open_exists(world):
    assert set(routes()) >= OPEN


@pytest.mark.parametrize("name", ["nobody", "stranger", "owner", "staff"])
def test_no_route_breaks_for_anybody(world, client_of, name):
    client = client_of(None if name == "nobody" else world[name])
    client.raise_request_exception = False
    broken = []
    for route in routes():
        for image in (world["private"], world["public"]):
            path = address(route, world, image)
            if path is None or path == "/accounts/logout/":
                continue
            for method in (client.get, client.post):
                if "delete" in path and method == client.post:
                    continue
                answer = method(path)
                if answer.status_code >= 500 and not path.startswith("/health/"):
                    broken.append((path, answer.status_code))

    assert broken == []


@pytest.mark.parametrize("name", ["nobody", "stranger"])
def test_a_private_picture_is_nowhere(world, client_of, name):
    client = client_of(None if name == "nobody" else world[name])
    leaks = []
    for route in routes():
        path = address(route, world, world["private"])
        if path is None:
            continue
        answer = client.get(path)
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        told = b"Hidden harbour" in body or str(world["private"].pk).encode() in body
        if answer.status_code < 300 and told:
            leaks.append(path)

    assert leaks == []


def test_only_staff_enter_the_desk(world, client_of):
    desk = [
        path for route in routes() if route.startswith("admin/") and (path := address(route, world, world["public"]))
    ]
    assert len(desk) > 20

    for path in desk:
        if path in ("/admin/login/", "/admin/logout/"):
            continue
        assert client_of(world["stranger"]).get(path).status_code in (302, 403, 404), path
        assert client_of(None).get(path).status_code in (301, 302, 403, 404), path
