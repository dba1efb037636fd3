"""Likes, dismissals, feed, similar, search by photo and events."""

import uuid

import pytest

from catalog import throttles
from recommender.models import Dismissal, Event
from recommender.search import photos as photo_search
from tests.api.callers import Caller, assert_problem, photo
from tests.api.test_images import FIELDS
from tests.factories import make_findable, make_image, picture

ENTRY = {"image", "score", "reason"}
KINDS = {"look", "people", "trending", "newest", "popular", "explore"}


def assert_entry(entry: dict, *, more: set[str] = frozenset()) -> None:
    assert set(entry) == ENTRY | more
    assert set(entry["image"]) == FIELDS | {"dismissed"}
    assert isinstance(entry["score"], float)
    assert set(entry["reason"]) == {"kind", "text", "evidence"}
    assert entry["reason"]["kind"] in KINDS
    assert entry["reason"]["text"]
    assert set(entry["reason"]["evidence"]) == {"images", "people"}


@pytest.fixture
def worlds(cast):
    """Two kinds of pictures that look nothing alike: five lakes and five towers."""
    lakes = [make_image(owner=cast.users.owner, title=f"Lake {n}", tags=["water"]) for n in range(5)]
    towers = [make_image(owner=cast.users.owner, title=f"Tower {n}", tags=["stone"]) for n in range(5)]
    make_findable(
        {image: [1, 0, n / 10] for n, image in enumerate(lakes)}
        | {image: [0, 1, n / 10] for n, image in enumerate(towers)}
    )
    cast.lakes, cast.towers = lakes, towers
    return cast


# Likes and dismissals


@pytest.mark.parametrize("who", ["anonymous", "stranger"])
def test_likes_may_be_repeated(cast, who):
    caller, path = getattr(cast, who), f"images/{cast.public.pk}/like/"
    likes = 1 if who == "stranger" else 0  # visitors do not count

    for _time in range(2):
        answer = caller.put(path)
        assert (answer.status, answer.json) == (200, {"image": cast.public.pk, "liked": True, "likes": likes})
    for _time in range(2):
        answer = caller.delete(path)
        assert (answer.status, answer.json) == (200, {"image": cast.public.pk, "liked": False, "likes": 0})


@pytest.mark.parametrize("who", ["anonymous", "stranger"])
def test_dismissals_may_be_repeated(cast, who):
    caller, path = getattr(cast, who), f"images/{cast.public.pk}/dismissal/"

    for _time in range(2):
        answer = caller.put(path)
        assert (answer.status, answer.json) == (200, {"image": cast.public.pk, "dismissed": True})
    for _time in range(2):
        answer = caller.delete(path)
        assert (answer.status, answer.json) == (200, {"image": cast.public.pk, "dismissed": False})


@pytest.mark.parametrize("who", ["anonymous", "stranger"])
def test_like_and_dismissal_remove_each_other(cast, who):
    caller, path = getattr(cast, who), f"images/{cast.public.pk}/"
    caller.put(f"{path}like/")

    caller.put(f"{path}dismissal/")
    assert caller.get(path).json["liked"] is False

    caller.put(f"{path}like/")
    assert not Dismissal.objects.exists()


def test_a_dismissed_picture_leaves_the_feed_and_comes_back(worlds):
    image = worlds.lakes[0]

    def shown() -> list[int]:
        return [entry["image"]["id"] for entry in worlds.anonymous.get("feed/?limit=100").json["results"]]

    before = shown()
    assert image.pk in before

    worlds.anonymous.put(f"images/{image.pk}/dismissal/")
    assert image.pk not in shown()

    worlds.anonymous.delete(f"images/{image.pk}/dismissal/")
    assert shown() == before


# Feed


@pytest.mark.parametrize("tab", ["for-you", "newest", "trending"])
def test_every_tab_gives_entries(worlds, tab):
    answer = worlds.anonymous.get(f"feed/?tab={tab}")

    assert answer.status == 200
    assert set(answer.json) == {"next", "previous", "results"}
    assert len(answer.json["results"]) == (11 if tab == "newest" else 10)
    for entry in answer.json["results"]:
        assert_entry(entry)


def test_one_like_moves_the_feed_and_is_named(worlds):
    worlds.anonymous.put(f"images/{worlds.lakes[0].pk}/like/")

    entries = worlds.anonymous.get("feed/?limit=4").json["results"]

    looks = [entry for entry in entries if entry["reason"]["kind"] == "look"]
    assert looks
    assert all(entry["reason"]["evidence"]["images"] == [worlds.lakes[0].pk] for entry in looks)
    assert all(entry["image"]["title"].startswith("Lake") for entry in looks)


def test_the_feed_can_be_narrowed(worlds):
    def titles(query: str) -> set[str]:
        return {entry["image"]["title"].split()[0] for entry in worlds.anonymous.get(f"feed/?{query}").json["results"]}

    assert titles("tag=stone") == {"Tower"}
    assert titles("tag=stone&tag=water") == set()
    assert titles("owner=ada") == {"Tower", "Lake"}
    assert titles("owner=bob") == set()
    problem = assert_problem(worlds.anonymous.get("feed/?category=nowhere"), 400, "invalid")
    assert list(problem["errors"]) == ["category"]


def test_a_bad_tab_is_a_bad_value(cast):
    assert list(assert_problem(cast.anonymous.get("feed/?tab=old"), 400)["errors"]) == ["tab"]
    assert list(assert_problem(cast.anonymous.get("feed/?refresh=maybe"), 400)["errors"]) == ["refresh"]


def test_asked_again_the_feed_is_the_same_until_refreshed(worlds):
    def order(query: str = "") -> list[int]:
        return [entry["image"]["id"] for entry in worlds.anonymous.get(f"feed/?limit=10{query}").json["results"]]

    first = order()

    assert order() == first
    assert sorted(order("&refresh=1")) == sorted(first)


def test_the_feed_names_itself_and_its_state(worlds):
    answer = worlds.anonymous.get("feed/")

    assert uuid.UUID(answer.headers["X-Feed"])
    assert answer.headers["X-Feed-State"] == "ready"


def test_an_empty_catalogue_is_an_empty_feed(db):
    answer = Caller().get("feed/")

    assert answer.json == {"next": None, "previous": None, "results": []}
    assert answer.headers["X-Feed-State"] == "empty"


# Similar


@pytest.mark.parametrize("mode", ["blend", "look"])
def test_similar_pictures_come_first(worlds, mode):
    answer = worlds.anonymous.get(f"images/{worlds.lakes[0].pk}/similar/?k=4&mode={mode}")

    assert set(answer.json) == {"results", "status"}
    assert answer.json["status"] == "ready"
    for entry in answer.json["results"]:
        assert_entry(entry, more={"copies"})
        assert entry["copies"] == 0
    assert {entry["image"]["title"].split()[0] for entry in answer.json["results"]} == {"Lake"}
    assert worlds.lakes[0].pk not in {entry["image"]["id"] for entry in answer.json["results"]}


def test_a_mode_without_data_is_empty(worlds):
    answer = worlds.anonymous.get(f"images/{worlds.lakes[0].pk}/similar/?mode=people")

    assert answer.json == {"results": [], "status": "ready"}


def test_similar_gives_as_many_as_asked_for(worlds):
    path = f"images/{worlds.lakes[0].pk}/similar/"

    assert len(worlds.anonymous.get(f"{path}?k=2&mode=look").json["results"]) == 2
    for k in ("0", "101", "x", "-1"):
        assert list(assert_problem(worlds.anonymous.get(f"{path}?k={k}"), 400)["errors"]) == ["k"]
    assert list(assert_problem(worlds.anonymous.get(f"{path}?mode=smell"), 400)["errors"]) == ["mode"]


def test_what_has_not_been_looked_at_yet_is_pending(cast):
    answer = cast.anonymous.get(f"images/{cast.public.pk}/similar/")

    assert answer.json == {"results": [], "status": "pending"}


def test_similar_never_shows_what_may_not_be_listed(worlds):
    worlds.owner.patch(f"images/{worlds.lakes[1].pk}/", {"visibility": "private"})
    worlds.owner.patch(f"images/{worlds.lakes[2].pk}/", {"visibility": "unlisted"})
    worlds.owner.delete(f"images/{worlds.lakes[3].pk}/")
    path = f"images/{worlds.lakes[0].pk}/similar/?mode=look&k=100"

    shown = {entry["image"]["id"] for entry in worlds.stranger.get(path).json["results"]}

    assert shown.isdisjoint({worlds.lakes[n].pk for n in (1, 2, 3)})
    assert worlds.lakes[4].pk in shown


# Search by photo


def search(caller: Caller, content: bytes | None = None, **fields):
    return caller.form("search/photo/", file=photo(content), **fields)


@pytest.mark.usefixtures("eyes")
@pytest.mark.parametrize("who", ["anonymous", "stranger"])
def test_a_photo_is_answered_by_entries(cast, who):
    answer = search(getattr(cast, who), k=3)

    assert answer.status == 200
    assert set(answer.json) == {"good_match", "results"}
    assert isinstance(answer.json["good_match"], bool)


@pytest.mark.parametrize(
    ("content", "status", "code"),
    [
        (b"", 400, "empty"),
        (b"hello", 415, "unsupported"),
        (picture(size=(40, 30))[:60], 422, "undecodable"),
    ],
)
def test_a_photo_that_is_none_is_refused(cast, content, status, code):
    problem = assert_problem(search(cast.anonymous, content), status, code)

    assert list(problem["errors"]) == ["file"]


def test_a_search_without_a_photo_names_the_field(cast):
    assert list(assert_problem(cast.anonymous.form("search/photo/", k=3), 400)["errors"]) == ["file"]
    assert list(assert_problem(search(cast.anonymous, k=0), 400)["errors"]) == ["k"]
    assert list(assert_problem(search(cast.anonymous, k=101), 400)["errors"]) == ["k"]


def test_when_the_eyes_are_busy_it_says_when_to_come_back(cast):
    for _photo in range(photo_search.AT_ONCE):
        photo_search._places.acquire()
    try:
        answer = search(cast.anonymous)
    finally:
        photo_search._places.release(photo_search.AT_ONCE)

    assert_problem(answer, 503, "unavailable")
    assert int(answer.headers["Retry-After"]) > 0


def test_searching_too_often_must_wait_whatever_the_session(cast):
    throttles.knock(throttles.PHOTO_SEARCH, "address:127.0.0.1")
    throttles.ThrottleCount.objects.update(count=throttles.PHOTO_SEARCH.most)

    answer = search(Caller())

    assert_problem(answer, 429, "throttled")
    assert 0 < int(answer.headers["Retry-After"]) <= throttles.PHOTO_SEARCH.seconds


# Events


def test_events_are_taken_one_by_one(worlds):
    entries = worlds.anonymous.get("feed/")
    feed, image = entries.headers["X-Feed"], entries.json["results"][0]["image"]["id"]

    answer = worlds.anonymous.post(
        "events/",
        {
            "events": [
                {"kind": "impression", "image": image, "feed": feed, "position": 0, "at": "2026-01-01T00:00:00Z"},
                {"kind": "open", "image": image},
                {"kind": "nonsense", "image": image},
                {"kind": "open", "image": worlds.private.pk},
                {"kind": "open", "image": 10**30},
                {"kind": "open", "image": image, "feed": str(uuid.uuid4())},
                {"kind": "open", "image": image, "position": -1},
                {"kind": "open", "image": image, "at": "yesterday"},
                {"kind": "open", "image": str(image)},
                "nonsense",
                None,
            ]
        },
    )

    assert answer.status == 202
    assert set(answer.json) == {"accepted", "refused"}
    assert answer.json["accepted"] == 2
    assert [refused["index"] for refused in answer.json["refused"]] == list(range(2, 11))
    assert all(set(refused) == {"index", "detail"} and refused["detail"] for refused in answer.json["refused"])
    assert Event.objects.count() == 2


def test_no_events_are_fine_and_a_hundred_too_but_not_more(cast):
    event = {"kind": "open", "image": cast.public.pk}

    assert cast.anonymous.post("events/", {"events": []}).json == {"accepted": 0, "refused": []}
    assert cast.anonymous.post("events/", {"events": [event] * 100}).json["accepted"] == 100
    problem = assert_problem(cast.anonymous.post("events/", {"events": [event] * 101}), 400, "invalid")
    assert list(problem["errors"]) == ["events"]


def test_events_that_are_no_list_are_a_bad_value(cast):
    for events in ("text", {"a": 1}, 1, None):
        problem = assert_problem(cast.anonymous.post("events/", {"events": events}), 400, "invalid")
        assert list(problem["errors"]) == ["events"]


def test_events_may_be_told_often_but_not_without_end(cast):
    cast.anonymous.post("events/", {"events": []})
    throttles.ThrottleCount.objects.update(count=throttles.EVENTS.most - 1)

    assert cast.anonymous.post("events/", {"events": []}).status == 202
    answer = cast.anonymous.post("events/", {"events": []})

    assert_problem(answer, 429, "throttled")
    assert 0 < int(answer.headers["Retry-After"]) <= throttles.EVENTS.seconds
