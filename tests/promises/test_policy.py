"""P10: every HTML answer carries a policy without exceptions, and nothing on it needs one."""

import re

import pytest

from tests.factories import make_category, make_image

pytestmark = pytest.mark.django_db

PUBLIC = ["/", "/search/", "/accounts/login/", "/accounts/signup/", "/api/docs/", "/no/such/page"]
MEMBERS = ["/upload/", "/accounts/settings/", "/accounts/password/change/"]
DESK = [
    "/admin/",
    "/admin/catalog/image/",
    "/admin/catalog/tag/add/",
    "/admin/catalog/category/",
    "/admin/accounts/user/",
]


def check(answer) -> None:
    policy = answer.headers["Content-Security-Policy"]
    assert "unsafe-" not in policy
    assert "default-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    page = answer.content.decode()
    assert not re.search(r"<script(?![^>]*\bsrc=)(?![^>]*application/json)[^>]*>\s*\S", page)
    assert not re.search(r"<[^>]+\sstyle=", page)
    assert not re.search(r"<[^>]+\son(click|load|error|submit|change)=", page)
    assert not re.search(r"""(src|href)=["']https?://(?!testserver|localhost)[^"']+\.(js|css)""", page)


@pytest.mark.parametrize("address", PUBLIC)
def test_public_pages(client_of, address):
    check(client_of(None).get(address))


def test_a_forged_host_is_told_so_under_the_policy_too(settings, client_of):
    """On a site with HTTPS the first to read the host is the way to HTTPS."""
    settings.SECURE_SSL_REDIRECT = True

    answer = client_of(None).get("/", headers={"host": "evil.example"})

    assert answer.status_code == 400
    assert "default-src 'self'" in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize("address", MEMBERS)
def test_pages_of_members(client_of, make_user, address):
    check(client_of(make_user()).get(address))


@pytest.mark.parametrize("address", DESK)
def test_the_desk(client_of, make_user, address):
    staff = make_user("staff", is_staff=True, is_superuser=True)
    make_image(owner=staff, category=make_category("boats"))

    check(client_of(staff).get(address))


def test_pictures_are_sandboxed(client_of, make_user):
    image = make_image(owner=make_user())

    answer = client_of(None).get(f"/media/{image.pk}/{image.rendition_token}/320.webp")

    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
