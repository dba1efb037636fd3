"""What every page promises: no code within it, errors that say what to do, and parts that explain themselves."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from tests.factories import make_image

TEMPLATES = Path(settings.BASE_DIR) / "templates"
PARTIALS = sorted((TEMPLATES / "partials").glob("*.html"))
ALL = sorted(TEMPLATES.rglob("*.html"))


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.name)
def test_no_template_holds_code_or_style(path):
    text = path.read_text()

    assert not re.search(r"\sstyle\s*=|<style|\son\w+\s*=|hx-on|javascript:|js:", text)
    assert not re.search(r"<script(?![^>]*\ssrc=)", text)


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.name)
def test_no_form_writes_its_token_into_an_address(path):
    text = path.read_text()

    assert 'formmethod="get"' not in text, "the button of a form that is posted brings the token along"
    for form in re.findall(r'<form[^>]*method="get".*?</form>', text, re.DOTALL):
        assert "csrf_token" not in form
    for button in re.findall(r"<[^>]*hx-get=[^>]*hx-include=[^>]*>", text):
        assert "closest form" not in button or 'hx-params="not csrfmiddlewaretoken' in button


@pytest.mark.parametrize("path", PARTIALS, ids=lambda path: path.name)
def test_a_partial_begins_with_its_variables(path):
    assert path.read_text().startswith("{# "), "say what it shows and which variables it takes"


def test_pages_are_sent_with_the_strict_policy(db, make_user):
    image = make_image(owner=make_user())

    for address in ("/", "/search/", f"/images/{image.pk}/"):
        policy = Client().get(address)["Content-Security-Policy"]

        assert "unsafe" not in policy
        assert "script-src 'self'" in policy


def test_htmx_may_not_evaluate_anything(db):
    assert '"allowEval":false,"allowScriptTags":false' in Client().get("/search/").content.decode()


def test_a_lost_address_says_so_without_the_database():
    """No `db` fixture: a query would fail this test."""
    from visrec_site.views import not_found

    answer = not_found(None, Exception())

    assert answer.status_code == 404
    assert "There is nothing here" in answer.content.decode()
    assert "csrfmiddlewaretoken" not in answer.content.decode()


@pytest.mark.parametrize("status", [400, 403, 404, 413, 429, 500, 503])
def test_every_error_has_its_page(status):
    from visrec_site.views import error_page

    answer = error_page(status)

    assert answer.status_code == status
    assert 'href="/"' in answer.content.decode()


def test_a_database_that_does_not_answer_is_a_rest_not_a_breakdown():
    from django.db import OperationalError

    from visrec_site.views import server_error

    try:
        raise OperationalError("gone")
    except OperationalError:
        answer = server_error(None)

    assert answer.status_code == 503
    assert answer["Retry-After"]
