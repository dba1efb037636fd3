"""A file on its way in: taken, or refused with the one status that says why."""

import io

import pytest
from PIL import Image as Pillow

from catalog import storage
from catalog.models import Image
from tests.api.callers import Caller, assert_problem, photo
from tests.factories import make_category, make_image, picture


def originals() -> int:
    return sum(1 for _name in storage.walk(storage.originals()))


def test_an_upload_is_taken_with_its_words(cast):
    make_category("lakes", parent=make_category("nature"))

    answer = cast.owner.upload(
        title="Lake", description="At dawn.", category="lakes", tags="Still water, blue", visibility="unlisted",
        source="https://example.org/", licence="CC0",
    )  # fmt: skip

    assert answer.status == 202
    assert answer.headers["Location"] == f"http://testserver/api/v1/images/{answer.json['id']}/"
    assert answer.json == cast.owner.get(answer.headers["Location"]).json
    assert answer.json["status"] == "queued"
    assert answer.json["title"] == "Lake"
    assert answer.json["category"]["path"] == ["nature", "lakes"]
    assert [tag["name"] for tag in answer.json["tags"]] == ["Still water", "blue"]
    assert answer.json["visibility"] == "unlisted"
    assert answer.json["source"] == "https://example.org/"
    assert answer.json["licence"] == "CC0"


def test_a_file_alone_is_enough(cast):
    answer = cast.owner.upload()

    assert answer.status == 202
    assert answer.json["visibility"] == "public"
    assert answer.json["title"] == ""


def test_tags_may_come_in_several_fields(cast):
    answer = cast.owner.upload(tags=["red", "green, blue"])

    assert [tag["name"] for tag in answer.json["tags"]] == ["blue", "green", "red"]


def test_an_upload_becomes_ready(cast, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        answer = cast.owner.upload(picture(size=(40, 30)))

    found = cast.anonymous.get(f"images/{answer.json['id']}/").json
    assert found["status"] in ("ready", "findable")
    assert (found["width"], found["height"]) == (40, 30)
    assert set(found["renditions"]) == {"320", "640", "1280"}
    assert found["palette"]


def test_what_cannot_be_decoded_is_taken_and_fails_with_its_reason(cast, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        answer = cast.owner.upload(picture(size=(40, 30))[:60])

    assert answer.status == 202
    found = cast.owner.get(f"images/{answer.json['id']}/").json
    assert found["status"] == "failed"
    assert set(found["error"]) == {"code", "detail"}
    assert found["error"]["detail"]


def test_a_session_uploads_with_its_csrf_token(cast):
    member = Caller(user=cast.users.owner, csrf=True)
    assert_problem(member.upload(), 403, "csrf")

    member.client.cookies["csrftoken"] = "a" * 32
    member.headers = {"X-CSRFToken": "a" * 32}

    assert member.upload().status == 202


def test_no_file_is_a_missing_field(cast):
    problem = assert_problem(cast.owner.form("images/", title="No file"), 400, "invalid")
    assert list(problem["errors"]) == ["file"]

    problem = assert_problem(cast.owner.form("images/", file="text"), 400, "invalid")
    assert list(problem["errors"]) == ["file"]


def test_an_empty_file_is_refused(cast):
    problem = assert_problem(cast.owner.upload(b""), 400, "empty")

    assert list(problem["errors"]) == ["file"]


@pytest.mark.parametrize("content", [b"GIF", b"hello", b"%PDF-1.7 " * 9, b"<svg xmlns='http://www.w3.org/2000/svg'/>"])
def test_another_format_is_refused_whatever_it_is_called(cast, content):
    problem = assert_problem(cast.owner.upload(content), 415, "unsupported")

    assert "JPEG" in problem["detail"]
    assert list(problem["errors"]) == ["file"]


def test_a_file_that_is_too_large_is_refused(cast, settings):
    settings.UPLOAD_LIMIT = 1000
    noise = io.BytesIO()
    Pillow.effect_noise((64, 64), 90).save(noise, "PNG")

    problem = assert_problem(cast.owner.upload(noise.getvalue()), 413, "too-large")

    assert list(problem["errors"]) == ["file"]


def test_the_same_file_again_is_a_duplicate_that_is_named(cast):
    content = picture()
    first = cast.owner.upload(content).json

    problem = assert_problem(cast.owner.upload(content), 409, "duplicate")

    assert problem["image"] == {"id": first["id"], "url": first["url"]}


def test_a_duplicate_of_what_everybody_sees_is_named_to_others(cast):
    content = picture()
    first = cast.owner.upload(content).json
    Image.objects.filter(pk=first["id"]).update(state="ready")

    assert assert_problem(cast.stranger.upload(content), 409, "duplicate")["image"]["id"] == first["id"]


def test_a_duplicate_of_what_the_uploader_may_not_see_is_taken(cast):
    content = picture()
    hidden = cast.owner.upload(content, visibility="private").json

    answer = cast.stranger.upload(content)

    assert answer.status == 202
    assert answer.json["id"] != hidden["id"]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", "x" * 201),
        ("category", "nowhere"),
        ("visibility", "secret"),
        ("source", "javascript:alert(1)"),
        ("tags", ",".join(f"tag{n}" for n in range(31))),
        ("tags", "x" * 51),
        ("licence", "x" * 81),
    ],
)
def test_bad_words_are_named_and_nothing_is_kept(cast, field, value):
    before = originals()

    problem = assert_problem(cast.owner.upload(**{field: value}), 400, "invalid")

    assert [name.partition(".")[0] for name in problem["errors"]] == [field]
    assert originals() == before


def test_refused_files_leave_nothing_behind(cast):
    content = picture()
    cast.owner.upload(content)
    before = originals()

    cast.owner.upload(content)
    cast.owner.upload(b"no picture")

    assert originals() == before


def test_two_people_do_not_share_a_limit(cast):
    make_image(owner=cast.users.stranger)

    assert cast.owner.upload().status == 202
    assert cast.stranger.upload().status == 202


def test_the_name_of_a_file_means_nothing(cast):
    for name in ("../../etc/passwd", "a.exe", "x" * 300 + ".png", "ü.png"):
        assert cast.owner.form("images/", file=photo(name=name)).status == 202
