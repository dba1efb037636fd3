"""The owner's first visit: a page that opens with the key of the terminal, once."""

import stat

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from visrec_site.accounts import choices, welcome
from visrec_site.accounts.models import SiteChoices

pytestmark = pytest.mark.django_db

GIVEN = {
    "site_name": "The Blue Room",
    "username": "iris",
    "email": "iris@example.org",
    "password1": "a long walk at dusk",
    "password2": "a long walk at dusk",
    "signup_open": "no",
    "demo": "no",
}


@pytest.fixture
def key(settings, tmp_path) -> str:
    settings.VAR = tmp_path
    return welcome.new_key()


@pytest.fixture
def page(key) -> str:
    return f"/welcome/?key={key}"


def owners():
    return get_user_model().objects.filter(is_superuser=True)


def test_the_owner_is_signed_in_and_the_choices_hold(client, page, tmp_path):
    answer = client.post(page, GIVEN)

    assert answer.status_code == 302
    assert owners().get().username == "iris"
    assert client.session["_auth_user_id"] == str(owners().get().pk)
    assert "The Blue Room" in client.get("/").content.decode()
    assert not (tmp_path / "demo-wanted").exists()


def test_nobody_can_sign_up_where_that_was_closed(client, page):
    client.post(page, GIVEN)
    stranger = {
        "username": "x",
        "email": "x@example.org",
        "password1": "quite a long one",
        "password2": "quite a long one",
    }

    answer = Client().post("/accounts/signup/", stranger)

    assert "Signing up is closed" in answer.content.decode()
    assert get_user_model().objects.count() == 1


def test_the_demo_is_asked_of_the_supervisor(client, page):
    client.post(page, GIVEN | {"demo": "yes"})

    assert welcome.demo_wish().exists()


def test_the_key_opens_nothing_twice_and_another_never(client, key, page):
    assert client.get("/welcome/").status_code == 404
    assert client.get("/welcome/?key=guessed").status_code == 404
    assert client.get(page).status_code == 200

    client.post(page, GIVEN)

    assert Client().get(page).status_code == 404
    assert Client().post(page, GIVEN | {"username": "eve", "email": "eve@example.org"}).status_code == 404
    assert owners().count() == 1


def test_a_site_with_an_owner_has_no_such_page(client, page, make_user):
    make_user("ada", is_staff=True, is_superuser=True)

    assert client.get(page).status_code == 404


def test_the_key_is_for_the_owner_of_the_folder_alone(key, tmp_path):
    assert stat.S_IMODE((tmp_path / "welcome-key").stat().st_mode) == 0o600


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"password2": "another one entirely"}, "password2"),
        ({"password1": "123", "password2": "123"}, "password1"),
        ({"username": "no spaces please"}, "username"),
        ({"email": "nowhere"}, "email"),
        ({"site_name": ""}, "site_name"),
        ({"signup_open": "perhaps"}, "signup_open"),
        ({"demo": ""}, "demo"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_nothing_is_made(client, page, wrong, field):
    answer = client.post(page, GIVEN | wrong)

    assert answer.status_code == 400
    assert field in answer.context["form"].errors
    assert not owners().exists()
    assert not SiteChoices.objects.exists()


def test_a_taken_name_is_refused_whatever_its_case(client, page, make_user):
    make_user("Iris")

    assert "username" in client.post(page, GIVEN).context["form"].errors


def test_the_environment_names_the_site_before_its_owner_does(settings):
    choices.choose(name="The Blue Room", signup_open=True)
    assert choices.site_name() == "The Blue Room"

    settings.SITE_NAME = "By decree"

    assert choices.site_name() == "By decree"


def test_the_desk_changes_the_choices(client_of, make_user):
    staff = client_of(make_user("curator", is_staff=True, is_superuser=True))

    staff.post("/admin/accounts/sitechoices/add/", {"name": "Hall", "signup_open": "on"})
    assert choices.site_name() == "Hall"
    assert staff.get("/admin/accounts/sitechoices/add/").status_code == 403

    staff.post("/admin/accounts/sitechoices/1/change/", {"name": "Attic"})
    assert (choices.site_name(), choices.signup_is_open()) == ("Attic", False)
