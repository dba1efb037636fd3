"""Every error under /api/ is a problem document, wherever in the site it is made."""

import pytest
from django.db import OperationalError
from django.test import Client

from catalog import throttles
from tests.api.callers import Caller, assert_problem, photo


@pytest.mark.parametrize("method", ["get", "post", "put", "patch", "delete"])
def test_unknown_addresses_are_problems(cast, method):
    for path in ("/api/", "/api/v1/", "/api/v1/nothing/", "/api/v2/images/", "images/abc/", "images/-1/"):
        assert_problem(cast.stranger.ask(method, path), 404, "not-found")


def test_keys_that_name_nothing_are_not_found(cast):
    for image_id in ("0", "9" * 16, "9" * 17, "1e3", "%00", "١٢"):
        assert_problem(cast.anonymous.get(f"images/{image_id}/"), 404, "not-found")
        assert_problem(cast.anonymous.put(f"images/{image_id}/like/"), 404, "not-found")


def test_an_address_without_its_slash_is_told(cast):
    assert "slash" in assert_problem(cast.anonymous.get("/api/v1/images"), 404)["detail"]


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("delete", "images/", "GET, HEAD, POST"),
        ("post", "feed/", "GET, HEAD"),
        ("get", "events/", "POST"),
        ("get", "search/photo/", "POST"),
        ("get", "token/", "POST"),
        ("options", "images/", "GET, HEAD, POST"),
        ("put", "categories/", "GET, HEAD"),
    ],
)
def test_a_wrong_method_names_the_right_ones(cast, method, path, allowed):
    answer = cast.anonymous.ask(method, path)

    assert_problem(answer, 405, "method-not-allowed")
    assert answer.headers["Allow"] == allowed


@pytest.mark.parametrize("body", [b"{", b"[1", b"\xff", b'{"events": NaN}', b"[" * 100_000, b"9" * 5000])
def test_malformed_json_is_told(cast, body):
    answer = cast.stranger.ask("post", "events/", data=body, content_type="application/json")

    assert_problem(answer, 400)


@pytest.mark.parametrize("body", [b"[]", b'"text"', b"1", b"null", b"{}"])
def test_json_that_is_something_else_is_told(cast, body):
    assert_problem(cast.stranger.ask("post", "events/", data=body, content_type="application/json"), 400, "invalid")


@pytest.mark.parametrize(
    "content_type", ["text/plain", "application/xml", "nonsense", "application/json; charset=utf-16"]
)
def test_a_wrong_media_type_is_told(cast, content_type):
    answer = cast.stranger.ask("post", "events/", data=b"<a/>", content_type=content_type)

    assert_problem(answer, 415, "unsupported-media-type")


def test_an_upload_that_is_no_form_is_told(cast):
    assert_problem(cast.owner.post("images/", {"title": "No form"}), 415, "unsupported-media-type")


def test_unreadable_forms_are_malformed(cast):
    for content_type in ("multipart/form-data", "multipart/form-data; boundary=x"):
        for caller in (cast.owner, Caller(user=cast.users.owner)):
            answer = caller.ask("post", "images/", data=b"not a form", content_type=content_type)
            assert_problem(answer, 400)


def test_a_body_of_unknown_length_is_told_apart_from_an_empty_one(cast):
    answer = cast.owner.ask("post", "images/", CONTENT_LENGTH="", headers={"Transfer-Encoding": "chunked"})

    assert "Content-Length" in assert_problem(answer, 400, "malformed")["detail"]


def test_too_many_fields_or_files_are_malformed(cast):
    fields = "&".join(f"f{n}=1" for n in range(1500))
    path = f"images/{cast.public.pk}/"
    answer = cast.owner.ask("patch", path, data=fields, content_type="application/x-www-form-urlencoded")
    assert_problem(answer, 400, "malformed")

    files = {f"file{n}": photo() for n in range(30)}
    assert_problem(cast.owner.ask("post", "images/", data=files), 400, "malformed")


def test_too_much_is_refused_by_its_declared_length_before_it_is_read(cast):
    class Unread:
        def read(self, *sizes):
            raise AssertionError("The body was read.")

        readline = read

    for path, length in (("images/", 30 * 2**20), ("events/", 3 * 2**20), ("search/photo/", 30 * 2**20)):
        response = Client().generic(
            "POST",
            f"/api/v1/{path}",
            content_type="multipart/form-data; boundary=x",
            CONTENT_LENGTH=str(length),
            **{"wsgi.input": Unread()},
        )
        assert response.status_code == 413
        assert response.headers["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize(
    "path",
    [
        "images/?q=a%00b",
        "images/?category=%00",
        "images/?tag=%00",
        "tags/?q=%00",
        "feed/?owner=%00",
        "images/?cursor=%00",
    ],
)
def test_nul_bytes_in_parameters_are_bad_values(cast, path):
    assert assert_problem(cast.anonymous.get(path), 400, "invalid")["errors"]


def test_nul_bytes_and_half_characters_in_bodies_are_bad_values(cast):
    path = f"images/{cast.public.pk}/"

    for text in ("a\x00b", "\ud800"):
        for field in ("title", "description", "category", "source", "licence", "visibility"):
            assert assert_problem(cast.owner.patch(path, {field: text}), 400, "invalid")["errors"][field]
        assert_problem(cast.owner.patch(path, {"tags": [text]}), 400, "invalid")
        assert_problem(cast.anonymous.post("token/", {"username": text, "password": text}), 400, "invalid")
    assert_problem(cast.owner.upload(title="a\x00b"), 400, "invalid")
    assert_problem(cast.anonymous.get("people/a%00b/"), 404)


def test_a_strange_accept_header_still_gets_json(cast):
    for accept in ("text/html", "image/png", "nonsense"):
        answer = cast.anonymous.get("images/", headers={"Accept": accept})
        assert answer.status == 200
        assert answer.headers["Content-Type"] == "application/json"


def test_an_unknown_host_is_a_problem_too(cast):
    answer = cast.anonymous.get("images/", headers={"Host": "evil.example"})

    assert_problem(answer, 400, "malformed")


def test_a_fault_of_ours_says_nothing_of_itself(cast, monkeypatch):
    from catalog.api.taxonomy import Categories

    def explode(*_arguments):
        raise RuntimeError("secret")

    monkeypatch.setattr(Categories, "get", explode)
    cast.anonymous.client.raise_request_exception = False

    answer = cast.anonymous.get("categories/")

    assert_problem(answer, 500, "broken")
    assert b"secret" not in answer.raw


def test_a_database_that_is_away_is_said_with_a_time_to_come_back(cast, monkeypatch):
    from catalog.api.taxonomy import Categories

    def explode(*_arguments):
        raise OperationalError("database is locked")

    monkeypatch.setattr(Categories, "get", explode)

    answer = cast.anonymous.get("categories/")

    assert_problem(answer, 503, "unavailable")
    assert int(answer.headers["Retry-After"]) > 0


def test_too_often_says_when_to_come_back(cast):
    throttles.knock(throttles.UPLOAD, f"user:{cast.users.owner.pk}")
    throttles.ThrottleCount.objects.update(count=throttles.UPLOAD.most)

    answer = cast.owner.upload()

    assert_problem(answer, 429, "throttled")
    assert 0 < int(answer.headers["Retry-After"]) <= throttles.UPLOAD.seconds


@pytest.mark.parametrize("code", ["duplicate", "not-found", "throttled"])
def test_the_type_of_a_problem_opens_as_a_page(client, db, code):
    response = client.get(f"/problems/{code}")

    assert response.status_code == 200
    assert response.headers["Content-Type"].startswith("text/plain")


def test_there_is_no_page_for_an_unknown_problem(client, db):
    assert client.get("/problems/nonsense").status_code == 404
