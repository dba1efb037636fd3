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
def ada(member):
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
def test_what_is_pressed_counts_for_nobody(ada, make_user, address, field):
    image = make_image(owner=make_user("bea"))
    html = ada.get("/").content.decode()
    header = re.search(r'"X-Made-For": "(\d+)"', html).group(1)
    end_session(ada)
    address = address.format(image.pk)

    with_script = ada.post(address, field, headers={"HX-Request": "true", "X-Made-For": header})
    without = ada.post(address, fields_of(html, 'id="react"') | field, follow=True)

    assert with_script.status_code == 401
    assert without.redirect_chain == [("/accounts/login/?next=%2F&out=yes", 302)]
    assert REFUSED in without.content.decode()
    assert not Like.objects.exists()
    assert not Dismissal.objects.exists()
    assert not Follow.objects.exists()
    assert not Board.objects.exists()
    sign_in(ada)
    assert not Board.objects.exists(), "nor is it done behind somebody's back when they come again"


def test_what_is_told_the_api_from_such_a_page_counts_for_nobody_either(ada, member, make_user):
    image = make_image(owner=make_user())
    end_session(ada)
    event = {"kind": "open", "image": image.pk, "at": timezone.now().isoformat()}

    answer = ada.post(
        "/api/v1/events/", {"events": [event]}, content_type="application/json", headers={"X-Made-For": str(member.pk)}
    )

    assert answer.status_code == 401
    assert answer.json()["type"] == "/problems/not-signed-in"
    assert not Event.objects.exists()


def test_a_visitors_page_and_a_members_session_are_as_they_were(ada, make_user):
    image = make_image(owner=make_user())
    html = ada.get("/").content.decode()

    ada.post(f"/images/{image.pk}/like", fields_of(html, 'id="react"'))
    stranger = Client()
    visitors = fields_of(stranger.get("/").content.decode(), 'id="react"')
    stranger.post(f"/images/{image.pk}/like", visitors)

    assert "made_for" not in visitors
    assert Like.objects.filter(user__username="ada").count() == 1
    assert Like.objects.filter(user=None).count() == 1


def written(ada, **more):
    """A board that was named, and not made: the session had ended."""
    html = ada.get("/boards/new").content.decode()
    carried = fields_of(html, 'action="/boards/new"')
    end_session(ada)
    form = carried | {"name": "Storms", "description": "Over the sea", "visibility": "shared"} | more
    return ada.post("/boards/new", form, headers={"referer": "http://testserver/boards/new"}, follow=True)


def test_what_was_written_waits_for_its_writer(ada):
    answer = written(ada)

    assert answer.redirect_chain == [("/accounts/login/?next=%2Fboards%2Fnew&out=kept", 302)]
    assert "what you wrote is kept" in answer.content.decode()
    assert "Over the sea" not in ada.get("/boards/new", follow=True).content.decode(), "shown to nobody else"
    sign_in(ada)
    assert "Over the sea" not in ada.get("/").content.decode(), "it is on the page it was written on"
    page = ada.get("/boards/new").content.decode()
    fields = fields_of(page, "data-unsent")
    assert (fields["name"], fields["description"], fields["visibility"]) == ("Storms", "Over the sea", "shared")
    ada.post("/boards/new", fields)
    assert Board.objects.get().name == "Storms"
    assert "data-unsent" not in ada.get("/boards/new").content.decode()


def test_what_was_written_can_be_discarded(ada):
    written(ada)
    sign_in(ada)

    ada.post("/accounts/unsent/", {"unsent": "/boards/new"})

    assert "data-unsent" not in ada.get("/boards/new").content.decode()


def test_what_was_written_is_not_for_who_signs_in_next(ada, make_user):
    make_user("bea")
    written(ada)

    sign_in(ada, "bea")
    assert "Over the sea" not in ada.get("/boards/new").content.decode()
    assert unsent.KEY not in ada.session
    ada.post("/accounts/logout/")
    sign_in(ada, "ada")
    assert "Over the sea" not in ada.get("/boards/new").content.decode()


def test_what_was_written_waits_an_hour_and_no_password_waits_at_all(ada):
    written(ada, password="secret")
    session = ada.session
    assert "secret" not in str(session[unsent.KEY])
    session[unsent.KEY][0]["at"] -= unsent.LIFE.total_seconds()
    session.save()

    sign_in(ada)

    assert "data-unsent" not in ada.get("/boards/new").content.decode()


def test_a_long_text_is_not_put_into_the_session(ada):
    assert "out=yes" in written(ada, description="a" * 20_000).redirect_chain[0][0]
    assert unsent.KEY not in ada.session


def test_it_leads_to_no_other_site(ada):
    html = ada.get("/").content.decode()
    end_session(ada)

    answer = ada.post("/start-again", fields_of(html, 'id="react"') | {"next": "https://elsewhere.example/"})

    assert answer.headers["Location"] == "/accounts/login/?next=%2F&out=yes"


@pytest.fixture
def strict(member):
    """A ada of Ada's whose forms need their token."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(member)
    return client


def stale_form(client, of="/boards/new"):
    html = client.get("/boards/new").content.decode()
    return fields_of(html, f'action="{of}"') | {"name": "Storms", "visibility": "private"}


HERE = {"origin": "http://testserver", "referer": "http://testserver/boards/new"}


def test_who_has_lost_all_cookies_is_asked_to_sign_in(strict):
    form = stale_form(strict)
    strict.cookies.clear()

    answer = strict.post("/boards/new", form, headers=HERE)
    with_script = strict.post("/boards/new", form, headers=HERE | {"HX-Request": "true"})

    assert answer.headers["Location"] == "/accounts/login/?next=%2Fboards%2Fnew&out=kept"
    assert with_script.status_code == 401


def test_who_signed_in_anew_beside_an_old_page_finds_what_they_wrote(strict, member):
    form = stale_form(strict)
    strict.cookies.clear()
    strict.force_login(member)
    strict.get("/")

    answer = strict.post("/boards/new", form, headers=HERE, follow=True)

    assert answer.redirect_chain == [("/boards/new", 302)]
    assert fields_of(answer.content.decode(), "data-unsent")["name"] == "Storms"
    assert not Board.objects.exists()


@pytest.mark.parametrize("elsewhere", [{"origin": "https://elsewhere.example"}, {}])
def test_nobody_plants_a_text_from_elsewhere(strict, member, elsewhere):
    form = stale_form(strict) | {"csrfmiddlewaretoken": "guessed"}

    assert strict.post("/boards/new", form, headers=elsewhere).status_code == 403
    assert unsent.KEY not in strict.session
    strict.cookies.clear()
    assert strict.post("/boards/new", form, headers=elsewhere).status_code == 403
    assert unsent.KEY not in strict.session
