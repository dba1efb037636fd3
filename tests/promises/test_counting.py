"""P3 and P11: what many do at once, in threads with connections of their own, is counted exactly."""

import random
import threading
from collections import Counter
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from catalog import services as catalog_services
from catalog import throttles
from catalog.models import BoardMember, Image, Like
from catalog.throttles import LOGIN, PHOTO_SEARCH, SIGNUP, UPLOAD, Limit, Throttled, knock
from catalog.viewers import Viewer
from tests.factories import make_image, picture
from visrec_site.accounts import welcome

pytestmark = pytest.mark.django_db(transaction=True)

AT_ONCE = 16  # threads; a site of two processes has no more


def at_once(work: Callable[[Any], Any], items: Iterable[Any]) -> list[Any]:
    """The results of this work on every item, done by many threads, each with a connection of its own."""

    def alone(item: Any) -> Any:
        try:
            return work(item)
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(alone, items))


def browser(user: Any = None) -> Client:
    client = Client(raise_request_exception=False)
    if user is not None:
        client.force_login(user)
    return client


def test_counters_equal_rows_after_fifty_people_pressed_two_hundred_times_at_once(make_user):
    images = [make_image(owner=make_user()) for _ in range(3)]
    people = [browser(make_user()) for _ in range(50)]
    dice = random.Random(0)
    presses = [(dice.choice(people), dice.choice(images).pk, dice.choice(["put", "delete"])) for _ in range(200)]

    answers = at_once(lambda press: getattr(press[0], press[2])(f"/api/v1/images/{press[1]}/like/"), presses)

    assert Counter(answer.status_code for answer in answers) == {200: 200}
    counted = {image: Like.objects.filter(image=image).count() for image in images}
    assert dict(Image.objects.values_list("pk", "like_count")) == {image.pk: rows for image, rows in counted.items()}
    assert sum(counted.values()) > 0


def test_one_person_pressing_the_same_button_many_times_counts_once(make_user):
    image, person = make_image(owner=make_user()), make_user()
    clients = [browser(person) for _ in range(AT_ONCE)]

    answers = at_once(lambda client: client.post(f"/images/{image.pk}/like", headers={"HX-Request": "true"}), clients)

    assert {answer.status_code for answer in answers} == {200}
    image.refresh_from_db()
    assert (image.like_count, Like.objects.count()) == (1, 1)


def tried(limit: Limit, key: str, times: int) -> int:
    """How many of so many knocks at once were let in."""

    def seconds_to_wait(_number: int) -> int:
        try:
            knock(limit, key)
        except Throttled as throttled:
            return throttled.retry_after
        return 0

    waits = at_once(seconds_to_wait, range(times))
    assert all(0 <= seconds <= limit.seconds for seconds in waits)
    return waits.count(0)


@pytest.mark.parametrize("limit", [LOGIN, SIGNUP], ids=lambda limit: limit.name)
def test_a_limit_lets_in_exactly_as_many_as_it_says(db, limit):
    assert tried(limit, "somebody", limit.most + 12) == limit.most
    assert tried(limit, "somebody else", 3) == 3


def one_less(limit: Limit, key: str) -> None:
    """All but one knock of this key are used up."""
    knock(limit, key)
    throttles.ThrottleCount.objects.filter(key=f"{limit.name}:{key}").update(count=limit.most - 1)


def statuses(answers: list[Any]) -> tuple[int, set[bool]]:
    """How many were not told to wait, and whether those who were know how long."""
    waiting = [answer for answer in answers if answer.status_code == 429]
    return len(answers) - len(waiting), {int(answer.headers["Retry-After"]) > 0 for answer in waiting}


def test_page_and_api_share_the_tries_of_a_password(make_user):
    make_user("ada")

    def wrong(number: int) -> Any:
        words = {"username": "ada", "password": f"wrong {number}"}
        if number % 2:
            return browser().post("/api/v1/token/", words)
        return browser().post("/accounts/login/", {"login": "Ada", "password": words["password"]})

    assert statuses(at_once(wrong, range(12))) == (LOGIN.most, {True})


def test_accounts_are_made_no_faster_than_the_limit(db):
    one_less(SIGNUP, "127.0.0.1")

    def sign_up(number: int) -> Any:
        words = {"username": f"new{number}", "email": f"new{number}@example.org"}
        return browser().post("/accounts/signup/", words | dict.fromkeys(["password1", "password2"], "correct horse 9"))

    assert statuses(at_once(sign_up, range(4))) == (1, {True})


@pytest.mark.parametrize("door", ["/upload/", "/api/v1/images/"])
def test_uploads_beyond_the_limit_wait(make_user, door):
    person = make_user()
    one_less(UPLOAD, f"user:{person.pk}")

    def upload(content: bytes) -> Any:
        return browser(person).post(door, {"file": SimpleUploadedFile("a.png", content)})

    assert statuses(at_once(upload, [picture() for _ in range(4)])) == (1, {True})
    assert Image.objects.count() == 1


@pytest.mark.parametrize("door", ["/search/", "/api/v1/search/photo/"])
def test_photos_beyond_the_limit_wait(db, door):
    one_less(PHOTO_SEARCH, "address:127.0.0.1")

    def search(_number: int) -> Any:
        return browser().post(door, {"file": SimpleUploadedFile("a.png", b"no picture")})

    assert statuses(at_once(search, range(4))) == (1, {True})


def test_limits_hold_while_the_cache_is_away(make_user, settings):
    settings.CACHES = {"default": {**REDIS_CACHE, "LOCATION": "redis://127.0.0.1:1/1"}}
    make_user("ada")

    def wrong(_number: int) -> Any:
        return browser().post("/accounts/login/", {"login": "ada", "password": "wrong"})

    assert statuses([wrong(number) for number in range(8)]) == (LOGIN.most, {True})


REDIS_CACHE = {
    "BACKEND": "django_redis.cache.RedisCache",
    "OPTIONS": {"IGNORE_EXCEPTIONS": True, "SOCKET_CONNECT_TIMEOUT": 1, "SOCKET_TIMEOUT": 1},
}
"""As the settings make it from CACHE_URL=redis://…"""


def test_a_link_lets_one_person_in_however_many_come_at_once(make_user):
    board = catalog_services.create_board(viewer=Viewer(user_id=make_user().pk), name="Storms")
    link = f"/boards/join/{catalog_services.invite_by_link(board=board).token}"
    people = [make_user() for _ in range(8)]
    guests = [browser(person) for person in people for _twice in range(2)]
    together = threading.Barrier(len(guests))

    def come(guest: Client) -> Any:
        together.wait()
        return guest.post(link)

    answers = at_once(come, guests)

    assert {answer.status_code for answer in answers} == {302, 404}
    member = BoardMember.objects.get(board=board)
    came_in = [person for person, answer in zip(sorted([*people, *people], key=people.index), answers, strict=True)
               if answer.status_code == 302]  # fmt: skip
    assert {person.pk for person in came_in} == {member.user_id}
    assert (member.token, member.accepted_at is not None) == (None, True)


@pytest.mark.parametrize("_round", range(3))
def test_an_invitation_by_name_and_a_link_taken_at_once_make_one_member(make_user, _round):
    board = catalog_services.create_board(viewer=Viewer(user_id=make_user().pk), name="Storms")
    token = catalog_services.invite_by_link(board=board).token
    person = make_user("bea")
    together = threading.Barrier(2)

    def act(is_guest: bool) -> Any:
        together.wait()
        if is_guest:
            return catalog_services.accept_link(viewer=Viewer(user_id=person.pk), token=token)
        return catalog_services.invite(board=board, username="bea")

    at_once(act, [True, False])

    assert BoardMember.objects.get(board=board).accepted_at is not None


def test_a_site_gets_one_owner_however_many_found_it_at_once(tmp_path, settings):
    settings.VAR = tmp_path
    together = threading.Barrier(4)

    def found(number: int) -> bool:
        together.wait()
        try:
            welcome.found(username=f"owner{number}", email=f"o{number}@example.org", password="correct horse 9",
                          site_name="The Blue Room", signup_open=True, demo=False)  # fmt: skip
        except welcome.TooLate:
            return False
        return True

    assert sorted(at_once(found, range(4))) == [False, False, False, True]
    assert get_user_model().objects.filter(is_superuser=True).count() == 1
