"""The style guide: nothing is missing in it, and only staff see it."""

import re

import pytest
from django.conf import settings

from visrec_site import styleguide

PARTIALS = {path.stem for path in (settings.BASE_DIR / "templates" / "partials").glob("*.html")}
UNSEEN = {"icons", "overlay", "keys", "slideshow", "taste_preview"}  # they hold nothing that is seen before it is used


def test_every_component_is_in_it():
    """A new partial gets its states in a module of visrec_site/styleguide: one line of `PIECES`."""
    assert {piece.name for piece in styleguide.PIECES} == PARTIALS


@pytest.fixture
def guide(make_user, client_of):
    return client_of(make_user(is_staff=True)).get("/styleguide/").content.decode()


def test_every_state_is_there_by_day_and_by_night(guide):
    states = sum(len(piece.states) for piece in styleguide.PIECES)

    for scheme in ("light", "dark"):
        assert len(re.findall(rf'<article class="sample [^>]*data-scheme="{scheme}"', guide)) == states


def test_every_sample_shows_something(guide):
    samples = re.findall(r'<article class="sample sample--(\w+)" data-scheme="\w+">(.*?)</article>', guide, re.DOTALL)

    empty = {
        name
        for name, html in samples
        if not re.search(r"<(svg|img|input|progress)\b", html) and not re.sub(r"<[^>]*>", "", html).strip()
    }
    assert empty - UNSEEN == set()


def test_no_name_is_given_twice(guide):
    names = re.findall(r'\sid="([^"]+)"', guide)

    assert sorted({name for name in names if names.count(name) > 1}) == []


def test_every_token_is_in_it(guide):
    sheet = (settings.BASE_DIR / "static" / "css" / "tokens.css").read_text()

    assert [name for name in set(re.findall(r"^    (--[\w-]+):", sheet, re.MULTILINE)) if name not in guide] == []


def test_it_is_for_staff(make_user, client_of):
    assert client_of(None).get("/styleguide/").status_code == 302
    assert client_of(make_user()).get("/styleguide/").status_code == 404
