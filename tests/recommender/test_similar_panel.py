"""The panel of similar pictures with its dials."""

import html
import re

import pytest
from django.test import Client
from django.utils import timezone

from recommender import rebuild
from recommender.models import Embedding

pytestmark = pytest.mark.django_db
STANDING = r'name="(colour|texture|subject|composition)"[^>]* value="([\d.]+)"'


@pytest.fixture
def address(eyes, make_user, real_image) -> str:
    owner = make_user()
    images = [real_image(owner=owner) for _ in range(3)]
    rebuild.embed_images([image.pk for image in images], now=timezone.now())
    rebuild.publish_index(key=rebuild.model_key(), now=timezone.now())
    return f"/images/{images[0].pk}/similar/"


def page(address: str, **asked: str) -> str:
    answer = Client().get(address, asked, headers={"HX-Request": "true"})
    assert answer.status_code == 200
    return html.unescape(answer.content.decode())


def test_dials_stand_in_the_middle_until_they_are_turned(address):
    assert dict(re.findall(STANDING, page(address))) == dict.fromkeys(
        ("colour", "texture", "subject", "composition"), "0.5"
    )
    assert dict(re.findall(STANDING, page(address, colour="1", texture="0.25")))["texture"] == "0.25"


@pytest.mark.parametrize("value", ["2", "-1", "nan", "much", ""])
def test_what_makes_no_sense_leaves_them_in_the_middle(address, value):
    assert dict(re.findall(STANDING, page(address, colour=value)))["colour"] == "0.5"


def test_the_api_says_where_they_stand_and_refuses_what_makes_no_sense(address):
    answer = Client().get(f"/api/v1{address}", {"colour": "0.9"})

    assert answer.json()["dials"] == {"colour": 0.9, "texture": 0.5, "subject": 0.5, "composition": 0.5}
    assert all(set(result["z"]) == set(answer.json()["dials"]) for result in answer.json()["results"])
    assert set(Client().get(f"/api/v1{address}").json()) == {"results", "status"}
    for value in ("1.2", "nan", "much"):
        assert Client().get(f"/api/v1{address}", {"colour": value}).status_code == 400


def test_they_are_said_to_be_prepared_while_the_picture_has_not_been_read(address):
    Embedding.objects.update(aspects=None, aspects_version=0)
    rebuild.publish_index(key=rebuild.model_key(), now=timezone.now())

    assert "being prepared" in page(address)
    assert Client().get(f"/api/v1{address}", {"colour": "0.9"}).json()["dials"] is None
