"""The schema describes what is there, and what is there keeps to the schema, whatever is sent."""

import re

import hypothesis
import pytest
import schemathesis
from django.core.management import call_command
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from schemathesis.checks import not_a_server_error
from schemathesis.config import SchemathesisConfig
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    ignored_auth,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
    unsupported_method,
)

from catalog import rest
from catalog.models import ThrottleCount
from catalog.rest.problems import STATUS_WORDS
from recommender.api.shapes import EXAMPLE, EntryShape
from visrec_site.wsgi import application

OPERATIONS = {
    "boards_create",
    "boards_delete",
    "boards_images_list",
    "boards_list",
    "boards_order",
    "boards_retrieve",
    "boards_save",
    "boards_unsave",
    "boards_update",
    "categories_list",
    "events_create",
    "feed_list",
    "images_create",
    "images_delete",
    "images_dismiss",
    "images_like",
    "images_list",
    "images_retrieve",
    "images_retry",
    "images_similar",
    "images_undismiss",
    "images_unlike",
    "images_update",
    "people_follow",
    "people_retrieve",
    "people_unfollow",
    "search_photo",
    "tags_list",
    "taste_retrieve",
    "taste_update",
    "token_create",
}
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    negative_data_rejection,
    ignored_auth,
    unsupported_method,
]
CONFIG = SchemathesisConfig.from_dict(
    {
        "seed": 1,
        "generation": {"max-examples": 12, "deterministic": True},
        "phases": {"coverage": {"enabled": True}, "stateful": {"enabled": False}},
    }
)
described = schemathesis.openapi.from_wsgi("/api/schema/", application, config=CONFIG)


def test_the_schema_has_no_warnings(tmp_path):
    call_command("spectacular", validate=True, fail_on_warn=True, file=str(tmp_path / "schema.yaml"))


def test_every_operation_is_known_by_its_name(client):
    schema = client.get("/api/schema/").json()

    found = {operation["operationId"] for path in schema["paths"].values() for operation in path.values()}

    assert found == OPERATIONS
    assert set(schema["components"]["securitySchemes"]) == {"tokenAuth", "cookieAuth"}
    assert all(path.startswith("/api/v1/") for path in schema["paths"])


@pytest.mark.parametrize("status", sorted(STATUS_WORDS.keys() - {405}))
def test_the_examples_of_problems_are_problems(status):
    example = rest.examples.problem(status).value

    assert rest.ProblemShape(data=example).is_valid(raise_exception=True)
    assert rest.PROBLEMS[example["type"].removeprefix("/problems/")] == (status, example["title"])


@pytest.mark.parametrize(("shape", "example"), [(rest.ImageShape, rest.examples.IMAGE), (EntryShape, EXAMPLE)])
def test_the_examples_of_answers_have_their_shape(db, shape, example):
    assert shape(data=example).is_valid(raise_exception=True)
    assert set(shape().fields) == set(example)


def test_the_schema_comes_in_yaml_as_well(client):
    assert client.get("/api/schema/?format=yaml").content.startswith(b"openapi: 3")


@pytest.mark.django_db
def test_the_documentation_loads_its_own_files_and_nothing_inline(client):
    response = client.get("/api/docs/")
    page = response.content.decode()

    assert response.status_code == 200
    assert "unsafe" not in response.headers["Content-Security-Policy"]
    assert "<style" not in page
    assert not re.search(r"<script(?![^>]*\ssrc=)", page)
    addresses = re.findall(r'(?:src|href)="([^"]+)"', page)
    assert addresses
    assert all(address.startswith("/") for address in addresses)
    script = client.get("/api/docs/?script=")
    assert script.headers["Content-Type"].startswith("application/javascript")
    assert b"/api/schema/" in script.content


@pytest.mark.django_db
def test_neither_schema_nor_documentation_makes_a_session(client):
    client.get("/api/schema/")
    client.get("/api/docs/")

    assert not client.cookies


@pytest.fixture
def one_connection():
    """Let a plain WSGI request keep the test's connection, as Django's own client does."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@described.parametrize()
@hypothesis.settings(deadline=None, database=None, suppress_health_check=list(hypothesis.HealthCheck), derandomize=True)
def test_whatever_is_sent_the_answer_keeps_to_the_schema(case, cast, one_connection):
    ThrottleCount.objects.all().delete()
    if str(case.path_parameters.get("image_id", "")).isdecimal() and case.method in ("GET", "PUT", "POST"):
        case.path_parameters["image_id"] = cast.failed.pk if case.path.endswith("retry/") else cast.public.pk

    # In a form everything is text, so that whatever is sent for text or for tags is some.
    untyped = [negative_data_rejection] if case.media_type == "multipart/form-data" else []

    case.call_and_validate(headers=cast.owner.headers, checks=[check for check in CHECKS if check not in untyped])
