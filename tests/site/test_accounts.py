import json
import re
import uuid

import pytest
from django.contrib.auth import get_user_model
from django.core import mail
from rest_framework.authtoken.models import Token

from catalog import services as catalog_services
from catalog import storage
from catalog.models import Image, Like
from catalog.viewers import VISITOR_KEY, Viewer
from recommender import services as recommender_services
from recommender.models import Dismissal, Event, Feed
from tests.factories import make_image

pytestmark = pytest.mark.django_db

SIGN_UP = {"username": "ada", "email": "ada@example.org", "password1": "quiet-museum-9", "password2": "quiet-museum-9"}


def visitor_of(client) -> Viewer:
    return Viewer(visitor=uuid.UUID(client.session[VISITOR_KEY]))


def test_signing_up_adopts_what_the_visitor_did_and_returns_to_the_picture(client, make_user):
    image, other = make_image(owner=make_user()), make_image(owner=make_user())
    client.get("/")
    visitor = visitor_of(client)
    catalog_services.like(viewer=visitor, image=image)
    recommender_services.dismiss(viewer=visitor, image=other)

    answer = client.post("/accounts/signup/", SIGN_UP | {"next": f"/images/{image.pk}/"})

    assert (answer.status_code, answer.headers["Location"]) == (302, f"/images/{image.pk}/")
    ada = get_user_model().objects.get(username="ada")
    assert Like.objects.get(user=ada).image == image
    assert Dismissal.objects.get(user=ada).image == other
    assert Image.objects.get(pk=image.pk).like_count == 1


def test_signing_in_adopts_what_the_visitor_did(client, make_user):
    make_user("ada")
    image = make_image(owner=make_user())
    client.get("/")
    catalog_services.like(viewer=visitor_of(client), image=image)

    client.post("/accounts/login/", {"login": "ada", "password": "password"})

    assert Like.objects.get(user__username="ada").image == image
    assert not Like.objects.filter(user=None).exists()
    assert Feed.objects.exclude(user__username="ada").count() == 0


def test_a_like_beats_a_dismissal_when_they_meet(client, make_user):
    ada, image = make_user("ada"), make_image(owner=make_user())
    catalog_services.like(viewer=Viewer(user_id=ada.pk), image=image)
    client.get("/")
    recommender_services.dismiss(viewer=visitor_of(client), image=image)

    client.post("/accounts/login/", {"login": "ada", "password": "password"})

    assert Like.objects.filter(user=ada, image=image).exists()
    assert not Dismissal.objects.exists()


def test_the_sixth_try_of_a_password_is_refused_for_a_while(client, make_user):
    make_user("ada")
    for _ in range(5):
        assert client.post("/accounts/login/", {"login": "ada", "password": "wrong"}).status_code == 200

    refused = client.post("/accounts/login/", {"login": "ADA", "password": "password"})

    assert refused.status_code == 429
    assert 0 < int(refused.headers["Retry-After"]) <= 900
    assert client.post("/accounts/login/", {"login": "bob", "password": "wrong"}).status_code == 200


def test_a_good_password_starts_the_count_anew(client, make_user):
    make_user("ada")
    for _ in range(3):
        for _ in range(4):
            client.post("/accounts/login/", {"login": "ada", "password": "wrong"})
        assert client.post("/accounts/login/", {"login": "ada", "password": "password"}).status_code == 302
        client.logout()


def test_names_and_addresses_are_unique_without_regard_to_case(client, make_user):
    make_user("Ada", email="ada@example.org")

    answer = client.post("/accounts/signup/", SIGN_UP | {"username": "aDA", "email": "ADA@example.org"})

    assert answer.status_code == 200
    assert get_user_model().objects.count() == 1


def test_a_forgotten_password_is_reset_by_mail(client, make_user):
    make_user("ada", email="ada@example.org")
    client.post("/accounts/password/reset/", {"email": "ada@example.org"})
    address = re.search(r"https?://[^/]+(/accounts/password/reset/key/\S+)", mail.outbox[0].body)[1]
    form = client.get(address, follow=True)

    client.post(form.request["PATH_INFO"], {"password1": "new-museum-10", "password2": "new-museum-10"})

    assert client.login(username="ada", password="new-museum-10")


def test_one_address_gets_few_letters_an_hour(client, make_user):
    make_user("ada", email="ada@example.org")

    answers = [client.post("/accounts/password/reset/", {"email": "ada@example.org"}).status_code for _ in range(6)]

    assert answers == [302] * 5 + [429]
    assert len(mail.outbox) == 5


def test_a_token_is_shown_once_works_and_can_be_revoked(client_of, make_user):
    ada = make_user("ada")
    browser = client_of(ada)
    page = browser.post("/accounts/settings/token/", {"action": "make"}, follow=True)
    key = Token.objects.get(user=ada).key
    assert key in page.content.decode()

    assert key not in browser.get("/accounts/settings/").content.decode()
    assert client_of(None).get("/api/v1/images/", headers={"Authorization": f"Token {key}"}).status_code == 200

    browser.post("/accounts/settings/token/", {"action": "revoke"})
    assert client_of(None).get("/api/v1/images/", headers={"Authorization": f"Token {key}"}).status_code == 401


def test_the_export_holds_all_that_is_kept_of_a_person(client_of, make_user):
    ada, other = make_user("ada"), make_user()
    own = make_image(owner=ada, title="Mine", visibility="private", tags=["sea"])
    liked, dismissed = make_image(owner=other), make_image(owner=other)
    viewer = Viewer(user_id=ada.pk)
    catalog_services.like(viewer=viewer, image=liked)
    recommender_services.dismiss(viewer=viewer, image=dismissed)

    data = json.loads(client_of(ada).get("/accounts/settings/export/").content)

    assert data["account"]["username"] == "ada"
    assert [(image["id"], image["tags"]) for image in data["images"]] == [(own.pk, ["sea"])]
    assert [like["image"] for like in data["likes"]] == [liked.pk]
    assert [row["image"] for row in data["dismissals"]] == [dismissed.pk]


def test_deleting_an_account_deletes_everything_that_is_theirs(client_of, make_user):
    ada, other = make_user("ada"), make_user()
    own, liked = make_image(owner=ada), make_image(owner=other)
    viewer = Viewer(user_id=ada.pk)
    catalog_services.like(viewer=viewer, image=liked)
    recommender_services.record_open(viewer=viewer, image_id=liked.pk, now=liked.created_at)
    browser = client_of(ada)

    assert browser.post("/accounts/settings/delete/", {"password": "wrong"}).status_code == 400
    assert browser.post("/accounts/settings/delete/", {"password": "password"}).status_code == 302

    assert not get_user_model().objects.filter(username="ada").exists()
    assert not storage.originals().exists(own.original)
    assert Image.objects.get(pk=liked.pk).like_count == 0
    assert not Event.objects.exists()


def test_settings_ask_for_signing_in(client):
    answer = client.get("/accounts/settings/")

    assert answer.headers["Location"] == "/accounts/login/?next=/accounts/settings/"


def test_the_forms_say_once_and_in_one_language_what_they_ask_for(client):
    page = client.get("/accounts/login/", headers={"Accept-Language": "zh-CN"}).content.decode()
    form = page[page.index("entrance__form") :]

    assert "用户名或电子邮件" in form
    assert "placeholder" not in form
    assert "placeholder" not in client.get("/accounts/signup/").content.decode().split("entrance__form")[1]
