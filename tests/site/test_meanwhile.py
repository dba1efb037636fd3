"""Signed out since the page was made: nothing counts for a stranger, and nothing written is lost."""

import re

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from catalog.models import Board, Follow, Like
from recommender.models import Dismissal, Event
from tests.factories import make_image
from visrec_site.accounts import unsent

pytestmark = pytest.mark.django_db
REFUSED = "You have been signed out"


@pytest.fixture
def member(make_user):
    return make_user("ada")


@pytest.fixture
def browser(member):
    """Signed in as Ada, with a page of hers, and then the session ends."""
    client = Client()
    client.force_login(member)
    return client


def end_session(client):
    Session.objects.filter(pk=client.session.session_key).delete()


def fields_of(html, of):
    """The hidden fields of the form with this in its tag."""
    form = re.search(rf"<form[^>]*{re.escape(of)}.*?</form>", html, re.DOTALL).group()
    return dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form))


def sign_in(client, name="ada"):
    return client.post("/accounts/login/", {"login": name, "password": "password"})


@pytest.mark.parametrize(
    ("address", "field"),
    [
        ("/images/{}/like", {"liked": "true"}),
        ("/images/{}/dismissal", {"dismissed": "true"}),
        ("/images/{}/save", {"saved": "true"}),
        ("/people/bea/follow", {"followed": "true"}),
        ("/taste/pause", {"pause": "true"}),
    ],
)
def test_what_is_pressed_counts_for_nobody(browser, make_user, address, field):
    image = make_image(owner=make_user("bea"))
    html = browser.get("/").content.decode()
    header = re.search(r'"X-Made-For": "(\d+)"', html).group(1)
    end_session(browser)
    address = address.format(image.pk)

    with_script = browser.post(address, field, headers={"HX-Request": "true", "X-Made-For": header})
    without = browser.post(address, fields_of(html, 'id="react"') | field, follow=True)

    assert with_script.status_code == 401
    assert without.redirect_chain == [("/accounts/login/?next=%2F&out=yes", 302)]
    assert REFUSED in without.content.decode()
    assert not Like.objects.exists()
    assert not Dismissal.objects.exists()
    assert not Follow.objects.exists()
    assert not Board.objects.exists()
    sign_in(browser)
    assert not Board.objects.exists(), "nor is it done behind somebody's back when they come again"


def test_what_is_told_the_api_from_such_a_page_counts_for_nobody_either(browser, member, make_user):
    image = make_image(owner=make_user())
    end_session(browser)
    event = {"kind": "open", "image": image.pk, "at": timezone.now().isoformat()}

    answer = browser.post(
        "/api/v1/events/", {"events": [event]}, content_type="application/json", headers={"X-Made-For": str(member.pk)}
    )

    assert answer.status_code == 401
    assert answer.json()["type"] == "/problems/not-signed-in"
    assert not Event.objects.exists()


def test_a_visitors_page_and_a_members_session_are_as_they_were(browser, make_user):
    image = make_image(owner=make_user())
    html = browser.get("/").content.decode()

    browser.post(f"/images/{image.pk}/like", fields_of(html, 'id="react"'))
    stranger = Client()
    visitors = fields_of(stranger.get("/").content.decode(), 'id="react"')
    stranger.post(f"/images/{image.pk}/like", visitors)

    assert "made_for" not in visitors
    assert Like.objects.filter(user__username="ada").count() == 1
    assert Like.objects.filter(user=None).count() == 1


def written(browser, **more):
    """A board that was named, and not made: the session had ended."""
    html = browser.get("/boards/new").content.decode()
    carried = fields_of(html, 'action="/boards/new"')
    end_session(browser)
    form = carried | {"name": "Storms", "description": "Over the sea", "visibility": "shared"} | more
    return browser.post("/boards/new", form, headers={"referer": "http://testserver/boards/new"}, follow=True)


def test_what_was_written_waits_for_its_writer(browser):
    answer = written(browser)

    assert answer.redirect_chain == [("/accounts/login/?next=%2Fboards%2Fnew&out=kept", 302)]
    assert "what you wrote is kept" in answer.content.decode()
    assert "Over the sea" not in browser.get("/boards/new", follow=True).content.decode(), "shown to nobody else"
    sign_in(browser)
    assert "Over the sea" not in browser.get("/").content.decode(), "it is on the page it was written on"
    page = browser.get("/boards/new").content.decode()
    fields = fields_of(page, "data-unsent")
    assert (fields["name"], fields["description"], fields["visibility"]) == ("Storms", "Over the sea", "shared")
    browser.post("/boards/new", fields)
    assert Board.objects.get().name == "Storms"
    assert "data-unsent" not in browser.get("/boards/new").content.decode()


def test_what_was_written_can_be_discarded(browser):
    written(browser)
    sign_in(browser)

    browser.post("/accounts/unsent/", {"unsent": "/boards/new"})

    assert "data-unsent" not in browser.get("/boards/new").content.decode()


def test_what_was_written_is_not_for_who_signs_in_next(browser, make_user):
    make_user("bea")
    written(browser)

    sign_in(browser, "bea")
    assert "Over the sea" not in browser.get("/boards/new").content.decode()
    assert unsent.KEY not in browser.session
    browser.post("/accounts/logout/")
    sign_in(browser, "ada")
    assert "Over the sea" not in browser.get("/boards/new").content.decode()


def test_what_was_written_waits_an_hour_and_no_password_waits_at_all(browser):
    written(browser, password="secret")
    session = browser.session
    assert "secret" not in str(session[unsent.KEY])
    session[unsent.KEY][0]["at"] -= unsent.LIFE.total_seconds()
    session.save()

    sign_in(browser)

    assert "data-unsent" not in browser.get("/boards/new").content.decode()


def test_a_long_text_is_not_put_into_the_session(browser):
    assert "out=yes" in written(browser, description="a" * 20_000).redirect_chain[0][0]
    assert unsent.KEY not in browser.session


def test_it_leads_to_no_other_site(browser):
    html = browser.get("/").content.decode()
    end_session(browser)

    answer = browser.post("/start-again", fields_of(html, 'id="react"') | {"next": "https://elsewhere.example/"})

    assert answer.headers["Location"] == "/accounts/login/?next=%2F&out=yes"
