import numpy as np
import pytest
from django.test import Client

from catalog.models import Image, Like
from catalog.viewers import NOBODY, Viewer
from recommender import picker
from recommender.views.picker import NOT_NOW
from tests.factories import make_category, make_findable, make_image

pytestmark = pytest.mark.django_db
KINDS = 4


@pytest.fixture
def hung(make_user):
    """Four kinds of eight pictures each, findable, in a category of their own; by kind."""
    owner, rng = make_user("owner"), np.random.default_rng(0)
    kinds = [[make_image(owner=owner, category=category) for _ in range(8)] for category in _categories()]
    make_findable(
        {image: np.eye(8)[kind] + rng.normal(0, 0.05, 8) for kind, images in enumerate(kinds) for image in images}
    )
    return kinds


def _categories():
    return [make_category(f"kind-{kind}") for kind in range(KINDS)]


def kinds_of(cards):
    return [card.category.slug for card in cards]


def test_a_stranger_is_asked_about_every_kind_first(hung):
    asked = picker.asked(NOBODY)

    assert len(asked.cards) == picker.SET
    assert len(set(kinds_of(asked.cards[:KINDS]))) == KINDS
    assert asked.more


def test_more_sets_go_on_with_what_was_asked(hung):
    first, both = picker.asked(NOBODY), picker.asked(NOBODY, sets=2)

    assert [card.id for card in both.cards[: picker.SET]] == [card.id for card in first.cards]
    assert len({card.id for card in both.cards}) == 2 * picker.SET


def test_nobody_is_asked_about_what_may_not_be_listed_or_is_known_already(hung, make_user):
    person = make_user("person")
    viewer = Viewer(user_id=person.pk)
    hidden, liked = hung[0][0], hung[1][0]
    Image.objects.filter(pk=hidden.pk).update(visibility="private")
    Like.objects.create(user=person, image=liked)

    shown = {card.id for card in picker.asked(viewer, sets=4).cards}

    assert len(shown) == 4 * 8 - 2
    assert not shown & {hidden.pk, liked.pk}


def test_a_small_collection_asks_nothing(make_user):
    owner = make_user()
    make_findable({make_image(owner=owner): np.ones(8) for _ in range(5)})

    assert picker.asked(NOBODY).cards == []
    assert not picker.is_possible()


def test_what_was_chosen_is_liked_and_the_page_follows(hung, client):
    chosen = [image.pk for image in hung[2][:3]]

    answer = client.post("/start/", {"like": chosen}, follow=True)

    assert set(Like.objects.values_list("image_id", flat=True)) == set(chosen)
    assert answer.redirect_chain[-1][0] == "/?refresh=1"
    assert "3 likes noted" in answer.content.decode()
    reasons = [entry.reason.kind for entry in answer.context["feed"].entries]
    assert "look" in reasons


def test_the_invitation_is_for_strangers_who_have_not_said_no(hung, client):
    assert "invitation" in client.get("/").content.decode()
    assert "invitation" not in client.get("/?tab=newest").content.decode()

    client.post("/start/not-now")
    assert client.cookies[NOT_NOW].value == "1"
    assert "invitation" not in client.get("/").content.decode()

    other = Client()
    other.get("/")
    other.post("/start/", {"like": [hung[0][0].pk]})
    assert "invitation" not in other.get("/").content.decode()


@pytest.mark.parametrize("words", [[], ["x"], ["-1"], ["9" * 40], ["12"]])
def test_nothing_usable_is_said_and_nothing_is_liked(hung, client, words):
    answer = client.post("/start/", {"like": words}, follow=True)

    assert answer.status_code == 200
    assert "Nothing chosen" in answer.content.decode()
    assert not Like.objects.exists()


def test_what_was_checked_stays_checked_when_more_is_shown(hung, client):
    image = picker.asked(NOBODY).cards[0].id

    page = client.get("/start/", {"sets": "2", "like": [image]}).content.decode()

    assert page.count("checked") == 1
    assert page.count('class="choice"') == 2 * picker.SET


def test_more_are_shown_at_an_address_without_the_forms_token(hung, client):
    form = {"csrfmiddlewaretoken": "secret", "like": ["1", "2"], "sets": "2"}

    assert client.post("/start/", form).headers["Location"] == "/start/?like=1&like=2&sets=2"


@pytest.mark.parametrize("sets", ["0", "-3", "x", "99", "999999"])
def test_any_number_of_sets_is_answered(hung, client, sets):
    assert client.get("/start/", {"sets": sets}).status_code == 200
