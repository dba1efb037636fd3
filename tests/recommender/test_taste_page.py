"""The taste page and its API: every choice works as a form, answers htmx, and is told by the API."""

import datetime as dt
import re

import numpy as np
import pytest
from django.utils import timezone

from catalog.models import BoardImage, Like
from recommender.models import Dismissal, Event, Mute, Profile, TasteWeight
from recommender.taste.clusters import _apart
from tests.api.callers import Caller, assert_problem
from tests.factories import make_category, make_findable, make_image

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def reefs(make_user):
    """Six pictures that look alike and four that do not, in two categories of one owner."""
    owner, rng = make_user("owner"), np.random.default_rng(0)
    reefs, shoes = make_category("reefs"), make_category("shoes")
    images = [make_image(owner=owner, category=reefs, title=f"Reef {number}") for number in range(6)]
    others = [make_image(owner=owner, category=shoes, title=f"Shoe {number}") for number in range(4)]
    looks = {image: np.array([1, 0, *0.2 * rng.random(4)]) for image in images}
    make_findable(looks | {image: np.array([0, 1, *0.2 * rng.random(4)]) for image in others})
    return images


@pytest.fixture
def ada(client_of, make_user, reefs):
    """Somebody who likes two reefs."""
    client = client_of(make_user("ada"))
    for image in reefs[:2]:
        client.post(f"/images/{image.pk}/like")
    return client


def test_a_visitor_without_likes_is_told_how_to_begin(client, reefs):
    page = client.get("/taste/").content.decode()

    assert "Like a few pictures" in page
    assert "Discover pictures" in page


def test_the_page_shows_tastes_by_name_with_their_share(ada, reefs):
    page = ada.get("/taste/").content.decode()

    assert "<h3>Reefs</h3>" in page
    assert "2 pictures" in page
    assert "of the next 24" in page


def test_without_javascript_a_form_saves_and_comes_back(ada, reefs):
    path = f"/taste/tastes/{reefs[0].pk}"

    answer = ada.post(path, {"weight": "2", "on": "true"}, follow=True)
    ada.post(path, {"weight": "2"})

    assert "Saved. It counts from the next page on." in answer.content.decode()
    assert set(TasteWeight.objects.values_list("weight", "on")) == {(2.0, False)}
    assert "silent" in ada.get("/taste/").content.decode()


def test_a_choice_answers_htmx_with_what_changes_and_a_way_back(ada, reefs):
    path = f"/taste/tastes/{reefs[0].pk}"
    answer = ada.post(path, {"weight": "1"}, headers={"HX-Request": "true"}).content.decode()

    assert 'id="taste-preview"' in answer
    undo = answer.partition('formaction="/taste/tastes/')[2].partition('formaction="')[0]
    assert f'formaction="{path}?weight=1.0&amp;on=true"' in answer, undo
    ada.post(f"{path}?weight=1.0&on=true")
    assert not TasteWeight.objects.exists()


def test_a_preview_changes_nothing(ada, reefs):
    for headers in ({}, {"HX-Request": "true"}):
        answer = ada.get(f"/taste/preview?taste={reefs[0].pk}&weight=1", headers=headers)
        assert "What changes" in answer.content.decode()
    assert "What changes" in ada.get("/taste/preview?dial=100&likes=true&views=true").content.decode()

    assert not TasteWeight.objects.exists()
    assert not Profile.objects.exists()
    assert ada.get("/taste/preview?taste=1").status_code == 404
    assert ada.post("/taste/tastes/1", {"weight": "1"}).status_code == 404


def test_a_preview_without_javascript_has_an_address_without_the_token(ada, reefs):
    form = {"csrfmiddlewaretoken": "secret", "made_for": "1", "taste": str(reefs[0].pk), "weight": "1"}

    answer = ada.post("/taste/preview", form)

    assert answer.headers["Location"] == f"/taste/preview?taste={reefs[0].pk}&weight=1"


def test_dial_and_sources_are_kept_as_chosen(ada):
    ada.post("/taste/choices", {"dial": "100", "likes": "true", "saves": "true"})

    profile = Profile.objects.get()
    assert (profile.diversity, profile.learns_from_likes, profile.learns_from_views) == (1.0, True, False)
    for nonsense in ("nan", "1e999", "-4", "x", ""):
        assert ada.post("/taste/choices", {"dial": nonsense}).status_code == 302


def test_a_topic_and_a_person_are_muted_by_name_and_shown_again(ada):
    ada.post("/taste/mutes", {"kind": "topic", "name": "Shoes", "level": "mute"})
    ada.post("/taste/mutes", {"kind": "person", "name": "owner", "level": "less"})
    answer = ada.post("/taste/mutes", {"kind": "topic", "name": "nothing of that name", "level": "mute"}, follow=True)

    assert "There is no such topic or person here." in answer.content.decode()
    assert Mute.objects.filter(most=None, category__slug="shoes").exists()
    assert Mute.objects.filter(most__gte=0, person__username="owner").exists()
    for mute in Mute.objects.all():
        ada.post(f"/taste/mutes/{mute.pk}/remove")
    assert not Mute.objects.exists()


def test_nobody_unmutes_for_another(ada, client):
    ada.post("/taste/mutes", {"kind": "topic", "name": "shoes", "level": "mute"})

    client.post(f"/taste/mutes/{Mute.objects.get().pk}/remove")

    assert Mute.objects.exists()


def test_rows_of_the_past_are_removed_one_by_one(ada, reefs):
    ada.post(f"/images/{reefs[3].pk}/dismissal")
    ada.get(f"/images/{reefs[4].pk}/similar/?opened=1")

    for kind, image, rows in (
        ("likes", reefs[0], Like),
        ("dismissals", reefs[3], Dismissal),
        ("views", reefs[4], Event),
    ):
        listed = ada.get(f"/taste/?past={kind}", headers={"HX-Request": "true"}).content.decode()
        assert f"/taste/past/{image.pk}/remove" in listed
        answer = ada.post(f"/taste/past/{image.pk}/remove", {"kind": kind}, headers={"HX-Request": "true"})
        assert "as if it had never been" in answer.content.decode()
        assert not rows.objects.filter(image=image).exists()
    assert ada.post(f"/taste/past/{reefs[0].pk}/remove", {"kind": "x"}).status_code == 404


def memory_in(answer) -> str:
    return re.search(r'name="memory" value="([^"]+)"', answer.content.decode())[1]


@pytest.mark.parametrize("kind", ["likes", "saves", "dismissals", "views"])
def test_a_removed_row_of_the_past_comes_back_exactly_as_it_was(ada, reefs, client_of, make_user, kind):
    liked, left, opened = reefs[0], reefs[3], reefs[4]
    image = {"likes": liked, "saves": liked, "dismissals": left, "views": opened}[kind]
    ada.post(f"/images/{liked.pk}/save")
    ada.post(f"/images/{left.pk}/dismissal")
    ada.get(f"/images/{opened.pk}/similar/?opened=1")

    def facts():
        liked.refresh_from_db()
        columns = ("image", "created_at")
        saved = BoardImage.objects.values_list("board", "image", "position", "added_at")
        return [
            liked.like_count,
            *(
                set(rows)
                for rows in (Like.objects.values_list(*columns), Dismissal.objects.values_list(*columns), saved)
            ),
            sorted(Event.objects.values_list("pk", "kind", "image", "feed", "at")),
        ]

    before = facts()
    answer = ada.post(f"/taste/past/{image.pk}/remove", {"kind": kind}, headers=HTMX)
    assert facts() != before
    memory = memory_in(answer)

    stranger = client_of(make_user("bea")).post("/taste/past/restore", {"memory": memory}, headers=HTMX)
    assert "too late" in stranger.content.decode()
    assert "too late" in ada.post("/taste/past/restore", {"memory": memory[:-1]}, headers=HTMX).content.decode()
    for _again in range(2):
        listed = ada.post(f"/taste/past/restore?past={kind}", {"memory": memory}, headers=HTMX).content.decode()
        assert f"/taste/past/{image.pk}/remove" in listed
        assert facts() == before


def test_a_removed_row_comes_back_without_javascript(ada, reefs):
    page = ada.post(f"/taste/past/{reefs[0].pk}/remove", {"kind": "likes", "page": "0"}, follow=True)
    assert not Like.objects.filter(image=reefs[0]).exists()
    again = ada.get("/taste/?past=likes").content.decode()
    assert 'name="memory"' not in again, "it is offered once"

    undone = ada.post("/taste/past/restore?past=likes", {"memory": memory_in(page)}, follow=True)

    assert undone.redirect_chain == [("/taste/?past=likes#past", 302)]
    assert "It is back as it was." in undone.content.decode()
    assert Like.objects.filter(image=reefs[0]).exists()


def test_pause_private_browsing_and_reset_say_what_holds_and_how_to_end_it(ada, reefs):
    for path, name, begin, end, words in (
        ("/taste/pause", "pause", "true", "false", "your feed stays as it is until you go on"),
        ("/taste/private", "minutes", "60", "0", "no view and no like is kept"),
        ("/taste/reset", "reset", "true", "false", "For a day this can be taken back"),
    ):
        assert words in ada.post(path, {name: begin}, follow=True).content.decode()
        assert words not in ada.post(path, {name: end}, follow=True).content.decode()


def test_likes_and_dismissals_are_refused_kindly_while_browsing_privately(ada, reefs):
    ada.post("/taste/private", {"minutes": "60"})
    for verb in ("like", "dismissal"):
        path = f"/images/{reefs[4].pk}/{verb}"
        assert "You are browsing privately" in ada.post(path, follow=True).content.decode()
        answer = ada.post(path, headers={"HX-Request": "true"})
        assert "You are browsing privately" in answer.content.decode()
        assert "HX-Trigger-After-Swap" not in answer.headers

    assert not Like.objects.filter(image=reefs[4]).exists()
    assert not Dismissal.objects.exists()


def test_a_dismissed_card_offers_less_of_its_topic_and_its_person_and_undo(ada, reefs):
    image, htmx = reefs[4], {"HX-Request": "true"}
    asked = ada.post(f"/images/{image.pk}/dismissal", headers=htmx).content.decode()
    assert 'name="category" value="reefs"' in asked
    assert 'name="person" value="owner"' in asked

    said = ada.post(f"/images/{image.pk}/less", {"category": "reefs"}, headers=htmx).content.decode()

    assert "Less of “Reefs” from now on." in said
    assert Mute.objects.get().most is not None
    ada.post(f"/images/{image.pk}/dismissal", {"dismissed": "false"}, headers=htmx)
    assert not Mute.objects.exists()
    assert ada.post(f"/images/{image.pk}/less", {"tag": "none-such"}).status_code == 404


def test_choices_of_a_visitor_become_those_of_the_person_who_signs_up(client, reefs):
    for image in reefs[:2]:
        client.post(f"/images/{image.pk}/like")
    client.post(f"/taste/tastes/{reefs[0].pk}", {"weight": "0.5", "on": "true"})
    client.post("/taste/mutes", {"kind": "topic", "name": "shoes", "level": "mute"})
    client.post("/taste/choices", {"dial": "0", "likes": "true", "views": "true", "saves": "true"})

    words = {
        "username": "zoe",
        "email": "zoe@example.org",
        "password1": "a-long-secret-9",
        "password2": "a-long-secret-9",
    }
    client.post("/accounts/signup/", words)

    for rows in (TasteWeight, Mute, Profile):
        assert set(rows.objects.values_list("user__username", flat=True)) == {"zoe"}
    assert TasteWeight.objects.count() == 2
    assert client.get("/api/v1/taste/").json()["diversity"] == 0


def test_the_api_tells_and_changes_all_of_it(make_user, reefs):
    caller = Caller(user=make_user("ada"))
    for image in reefs[:2]:
        caller.put(f"images/{image.pk}/like/")

    changed = caller.patch(
        "taste/",
        {
            "tastes": [{"id": reefs[1].pk, "weight": 2}],
            "sources": {"views": False},
            "diversity": 0.5,
            "mutes": [{"kind": "category", "name": "shoes", "level": "less"}],
            "paused": True,
            "private_minutes": 30,
        },
    ).json

    assert changed["tastes"][0] | {"share": 0} == {
        "id": reefs[0].pk,
        "name": "Reefs",
        "weight": 2.0,
        "on": True,
        "share": 0,
        "images": [reefs[1].pk, reefs[0].pk],
    }
    assert changed["sources"] == {"likes": True, "views": False, "saves": True}
    assert (changed["diversity"], changed["paused"], changed["reset_at"]) == (0.5, True, None)
    assert changed["mutes"][0]["name"] == "shoes"
    assert dt.datetime.fromisoformat(changed["private_until"]) > timezone.now()
    assert_problem(caller.put(f"images/{reefs[3].pk}/like/"), 403, "private")
    told = caller.post("events/", {"events": [{"kind": "open", "image": reefs[3].pk}]}).json
    assert (told["accepted"], len(told["refused"])) == (0, 1)
    assert caller.get("taste/").json == changed
    back = caller.patch(
        "taste/", {"mutes": [{"kind": "topic", "name": "Shoes", "level": "none"}], "private_minutes": 0}
    )
    assert (back.json["mutes"], back.json["private_until"]) == ([], None)


@pytest.mark.parametrize(
    "change",
    [
        {"tastes": [{"id": 1}]},
        {"tastes": [{"id": 1, "weight": 9}]},
        {"diversity": 2},
        {"mutes": [{"kind": "topic", "name": "none such", "level": "mute"}]},
        {"forget": [{"kind": "likes", "image": 1}]},
        {"reset": False},
        {"private_minutes": -1},
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_changed(reefs, change):
    caller = Caller()

    assert_problem(caller.patch("taste/", {"paused": True} | change), 400, "invalid")

    assert caller.get("taste/").json["paused"] is False


def test_the_page_costs_the_same_however_much_is_liked(ada, reefs, connection_queries):
    def cost() -> int:
        ada.get("/taste/")
        with connection_queries() as captured:
            ada.get("/taste/")
        return len(captured)

    before = cost()
    for image in reefs[2:6]:
        ada.post(f"/images/{image.pk}/like")

    assert cost() <= before


def test_tastes_of_one_name_are_told_apart_by_a_word_that_is_no_form_of_it():
    taken: set[str] = set()
    words = ["Shoes", "shoe", "boot", "red"]
    for name in ("Shoes · boot", "Shoes · red", "Shoes · boot"):  # the third has nothing left of its own
        assert _apart(words, taken) == name
        taken.add(name)

    assert _apart(["Cities", "city"], taken) == "Cities"
