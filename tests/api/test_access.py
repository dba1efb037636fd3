"""Token, then session; 401, 403 and 404; CSRF for sessions that are signed in, and for nobody else."""

import pytest
from django.contrib.sessions.models import Session
from rest_framework.authtoken.models import Token

from tests.api.callers import Caller, assert_problem
from tests.factories import make_image

PUBLIC_READS = ["images/", "categories/", "tags/", "people/ada/", "feed/"]


@pytest.mark.parametrize("who", ["anonymous", "owner", "stranger", "staff"])
def test_anyone_reads_what_is_public(cast, who):
    for path in PUBLIC_READS:
        assert getattr(cast, who).get(path).status == 200


def test_anyone_opens_public_and_unlisted_pictures(cast):
    for caller in (cast.anonymous, cast.stranger):
        for image in (cast.public, cast.unlisted):
            assert caller.get(f"images/{image.pk}/").status == 200
            assert caller.get(f"images/{image.pk}/similar/").status == 200


@pytest.mark.parametrize("kind", ["private", "failed", "queued"])
def test_what_may_not_be_seen_is_not_there(cast, kind):
    path = f"images/{getattr(cast, kind).pk}/"
    for caller in (cast.anonymous, cast.stranger):
        for answer in (
            caller.get(path),
            caller.put(f"{path}like/"),
            caller.delete(f"{path}like/"),
            caller.put(f"{path}dismissal/"),
            caller.delete(f"{path}dismissal/"),
            caller.get(f"{path}similar/"),
        ):
            assert_problem(answer, 404, "not-found")


def test_the_owner_opens_all_of_their_own(cast):
    for image in (cast.public, cast.unlisted, cast.private, cast.failed, cast.queued):
        assert cast.owner.get(f"images/{image.pk}/").status == 200


def test_changing_needs_someone_who_is_signed_in(cast):
    path = f"images/{cast.public.pk}/"

    for answer in (
        cast.anonymous.upload(),
        cast.anonymous.patch(path, {"title": "Mine"}),
        cast.anonymous.delete(path),
        cast.anonymous.post(f"{path}retry/"),
    ):
        assert_problem(answer, 401, "not-signed-in")
        assert answer.headers["WWW-Authenticate"] == "Token"


def test_only_the_owner_changes_a_picture(cast):
    path = f"images/{cast.public.pk}/"

    for caller in (cast.stranger, cast.staff):
        assert_problem(caller.patch(path, {"title": "Mine"}), 403, "forbidden")
        assert_problem(caller.delete(path), 403, "forbidden")
        assert_problem(caller.post(f"{path}retry/"), 403, "forbidden")


def test_what_may_not_be_seen_cannot_be_changed_either(cast):
    path = f"images/{cast.private.pk}/"

    assert_problem(cast.stranger.patch(path, {"title": "Mine"}), 404)
    assert_problem(cast.stranger.delete(path), 404)


def test_a_bad_token_is_refused_everywhere(cast):
    forger = Caller(token="f" * 40)

    for path in ("images/", f"images/{cast.public.pk}/", "feed/", "categories/"):
        answer = forger.get(path)
        assert_problem(answer, 401, "not-signed-in")
        assert answer.headers["WWW-Authenticate"] == "Token"


def test_the_token_of_someone_who_left_is_refused(cast):
    cast.users.stranger.is_active = False
    cast.users.stranger.save()

    assert_problem(cast.stranger.get("images/"), 401)


def test_a_token_makes_no_session(cast):
    answer = cast.owner.get("feed/")

    assert answer.status == 200
    assert "Set-Cookie" not in answer.headers
    assert not cast.owner.client.cookies
    assert not Session.objects.exists()


def test_a_token_goes_before_the_session(cast):
    both = Caller(user=cast.users.stranger, token=Token.objects.get(user=cast.users.owner).key, csrf=True)

    assert both.patch(f"images/{cast.public.pk}/", {"title": "By token"}).status == 200


def test_a_visitor_is_known_by_the_session_of_the_first_answer(cast):
    first = cast.anonymous.get("feed/")
    assert "sessionid" in cast.anonymous.client.cookies
    assert first.status == 200

    assert cast.anonymous.put(f"images/{cast.public.pk}/like/").json["liked"] is True

    assert cast.anonymous.get(f"images/{cast.public.pk}/").json["liked"] is True
    assert Caller().get(f"images/{cast.public.pk}/").json["liked"] is False


def test_a_visitor_may_react_at_once_and_without_csrf(cast):
    visitor = Caller(csrf=True)

    assert visitor.put(f"images/{cast.public.pk}/like/").status == 200
    assert visitor.delete(f"images/{cast.public.pk}/like/").status == 200
    assert visitor.put(f"images/{cast.public.pk}/dismissal/").status == 200
    assert visitor.post("events/", {"events": []}).status == 202


def test_a_visitor_behind_a_foreign_authorization_header_is_still_someone(cast):
    visitor = Caller()
    visitor.headers = {"Authorization": "Basic YTpi"}

    assert visitor.put(f"images/{cast.public.pk}/like/").status == 200
    assert visitor.get("feed/").status == 200


def test_a_signed_in_session_needs_its_csrf_token(cast):
    member = Caller(user=cast.users.owner, csrf=True)
    path = f"images/{cast.public.pk}/"
    assert member.get(path).status == 200

    assert_problem(member.put(f"{path}like/"), 403, "csrf")
    assert_problem(member.patch(path, {"title": "New"}), 403, "csrf")
    assert_problem(member.post("events/", {"events": []}), 403, "csrf")

    member.client.cookies["csrftoken"] = "a" * 32
    member.headers = {"X-CSRFToken": "a" * 32}
    assert member.put(f"{path}like/").status == 200
    assert member.patch(path, {"title": "New"}).json["title"] == "New"


def test_hidden_pictures_are_seen_by_their_owner_and_staff_alone(cast):
    from catalog import services
    from catalog.models import Image

    services.hide(images=Image.objects.filter(pk=cast.public.pk))

    seen = {name: getattr(cast, name).get(f"images/{cast.public.pk}/").status for name in ("owner", "staff")}
    assert seen == {"owner": 200, "staff": 200}
    for caller in (cast.stranger, cast.anonymous):
        assert_problem(caller.get(f"images/{cast.public.pk}/"), 404)


def test_no_list_shows_what_may_not_be_listed(cast):
    category_images = make_image(owner=cast.users.owner, title="Lake two")

    for caller in (cast.stranger, cast.staff, cast.anonymous):
        listed = [image["id"] for image in caller.get("images/").json["results"]]
        assert sorted(listed) == sorted([cast.public.pk, category_images.pk])
        shown = [entry["image"]["id"] for entry in caller.get("feed/").json["results"]]
        assert {cast.unlisted.pk, cast.private.pk, cast.failed.pk}.isdisjoint(shown)
