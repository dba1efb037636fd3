"""The search page: what stands in its address, and what it answers."""

import datetime as dt
import io
import re

import numpy as np
import pytest
from django.http import QueryDict
from django.test import Client
from django.utils import timezone
from PIL import Image as Pillow

from catalog.models import Image
from catalog.viewers import Viewer
from recommender.engine.vision.aspects import MANNER
from recommender.models import QueryPhoto
from recommender.queries import photo_seen
from recommender.views import asked as address
from recommender.views.asked import Asked, Chip
from tests.factories import make_category, make_image

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


def read(text: str) -> Asked:
    return address.read(QueryDict(text))


@pytest.mark.parametrize(
    "text",
    [
        "q=red+chair",
        "part=image:7&part=colour:c0392b*-0.5",
        "part=image:7@0.1,0.2,0.6,0.9*0.25&tag=boat&category=sea&shape=wide",
        "q=a+-b&part=words:two+words&owner=ada&days=31&licence=CC+BY",
    ],
)
def test_what_is_read_is_written_again(text):
    assert read(read(text).query()) == read(text)
    assert QueryDict(read(text).query()) == QueryDict(text)


def test_a_word_behind_a_minus_is_unwanted():
    chips = read('q=red+-table+close-up+−"old+chair"').all_chips

    assert chips == [Chip("words", "red close-up"), Chip("words", "table", -1.0), Chip("words", "old chair", -1.0)]


def test_a_weight_is_changed_and_a_part_taken_away_by_address():
    wanted = read("part=image:7&part=colour:c0392b")

    assert str(wanted.with_weight(1, -0.5).query()) == "part=image:7&part=colour:c0392b*-0.5"
    assert wanted.without_chip(0).query() == "part=colour:c0392b"


@pytest.fixture
def hung(make_user):
    owner = make_user("ada")
    sea = make_category("sea")
    boat = make_image(owner=owner, title="Boat at noon", category=sea, licence="CC BY")
    barn = make_image(owner=make_user("bea"), title="Barn at noon")
    Image.objects.filter(pk=boat.pk).update(width=300, height=100)
    Image.objects.filter(pk=barn.pk).update(width=100, height=300, created_at=timezone.now() - dt.timedelta(days=40))
    return boat, barn


def found(query: str) -> set[int]:
    answer = Client().get(f"/search/?{query}")
    assert answer.status_code == 200
    context = answer.context
    if "match" in context:
        return {entry.card.id for entry in context["match"].entries}
    return {card.id for card in context["page"].cards}


@pytest.mark.parametrize(
    "filters", ["category=sea", "owner=ada", "licence=CC+BY", "shape=wide", "days=31", "owner=ADA&shape=wide"]
)
def test_filters_narrow_words_and_stand_alone(hung, filters):
    boat, barn = hung

    assert found("q=noon") == {boat.pk, barn.pk}
    assert found(f"q=noon&{filters}") == {boat.pk}
    assert found(filters) == {boat.pk}


def test_words_keep_what_is_chosen_and_the_page_says_it(hung):
    text = Client().get("/search/?q=noon&part=colour:336699*-0.5&tag=x").content.decode()

    assert '<input type="hidden" name="part" value="colour:336699*-0.5">' in text
    assert "50 %" in text
    assert "part--unwanted" in text


def test_suggestions_lead_where_they_say(hung):
    text = Client().get("/search/suggest", {"q": "boa"}).content.decode()

    assert f"/images/{hung[0].pk}/" in text
    assert "Boat at noon" in text
    assert Client().get("/search/suggest").content.decode().count("<li") == 0


def jpeg() -> io.BytesIO:
    buffer = io.BytesIO()
    Pillow.effect_noise((300, 200), 80).convert("RGB").save(buffer, "JPEG")
    buffer.seek(0)
    buffer.name = "photo.jpg"
    return buffer


@pytest.fixture
def eyes(settings, request):
    """The real network."""
    from recommender.engine.networks.efficientnet import VARIANTS, build_eyes
    from tests.recommender.conftest import FOLDER

    settings.EYES_FILE = build_eyes(variant=VARIANTS["lite0"], folder=FOLDER).path


def test_what_was_seen_in_a_photo_is_its_owners_for_an_hour(eyes, make_user, client_of):
    ada = make_user("ada")
    answer = client_of(ada).post("/search/", {"file": jpeg()}, headers=HTMX)

    photo = QueryPhoto.objects.get()
    assert answer["HX-Push-Url"] == f"/search/?part=photo:{photo.pk.hex}"
    mine, others = Viewer(user_id=ada.pk), Viewer(user_id=make_user("bea").pk)
    now = photo.created_at
    kept = photo_seen(photo.pk.hex, viewer=mine, key=photo.model_key, now=now)
    assert (kept.features.shape, kept.manner.shape) == ((1280,), (MANNER,))
    assert np.isfinite(kept.features).all()
    assert kept.manner.any()
    assert photo_seen(photo.pk.hex, viewer=others, key=photo.model_key, now=now) is None
    late = now + dt.timedelta(hours=2)
    assert photo_seen(photo.pk.hex, viewer=mine, key=photo.model_key, now=late) is None
    assert photo_seen("not a word", viewer=mine, key=photo.model_key, now=now) is None


def test_a_photo_that_is_forgotten_is_said(eyes):
    text = Client().get("/search/?part=photo:00000000000000000000000000000000").content.decode()

    assert "no longer remembered" in text


@pytest.mark.parametrize("box", ["0.1,0.1,0.5,0.5", ""])
def test_a_part_of_a_photo_is_looked_at(eyes, box):
    assert Client().post("/search/", {"file": jpeg(), "box": box}, headers=HTMX).status_code == 200


@pytest.mark.parametrize("query", ["colour=zz", "part=image:1", "q=boat&category=none"])
def test_what_cannot_be_read_is_said_in_the_language_of_the_page(query):
    answer = Client().get(f"/search/?{query}", headers={"Accept-Language": "zh-CN"})

    assert answer.status_code == 400
    assert not re.search("[a-z]{4}", answer.context["advice"].replace("none", ""))
