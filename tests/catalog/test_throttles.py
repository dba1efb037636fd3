import datetime as dt

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from catalog import throttles
from catalog.throttles import Limit, Throttled, address_of, knock, who

DOOR = Limit("door", 2, 60)
NOW = timezone.now()


def later(seconds: int) -> dt.datetime:
    return NOW + dt.timedelta(seconds=seconds)


def test_one_too_many_must_wait_until_the_window_ends(db):
    knock(DOOR, "ada", now=NOW)
    knock(DOOR, "ada", now=later(20))

    with pytest.raises(Throttled) as refused:
        knock(DOOR, "ada", now=later(45))

    assert refused.value.retry_after == 15


def test_the_next_window_begins_anew(db):
    for _knock in range(2):
        knock(DOOR, "ada", now=NOW)

    knock(DOOR, "ada", now=later(60))


def test_everyone_and_every_door_is_counted_alone(db):
    for _knock in range(2):
        knock(DOOR, "ada", now=NOW)

    knock(DOOR, "bob", now=NOW)
    knock(Limit("window", 2, 60), "ada", now=NOW)


def test_what_is_forgotten_counts_no_more(db):
    for _knock in range(2):
        knock(DOOR, "ada", now=NOW)

    throttles.forget(DOOR, "ada")

    knock(DOOR, "ada", now=NOW)


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, "203.0.113.9", "127.0.0.1"),
        (1, "", "127.0.0.1"),
        (1, "203.0.113.9", "203.0.113.9"),
        (1, "6.6.6.6, 203.0.113.9", "203.0.113.9"),
        (2, "6.6.6.6, 203.0.113.9, 10.0.0.1", "203.0.113.9"),
        (2, "203.0.113.9", "127.0.0.1"),
    ],
)
def test_an_address_is_believed_as_far_as_our_own_proxies_saw_it(rf, settings, proxies, forwarded, address):
    settings.TRUSTED_PROXIES = proxies

    assert address_of(rf.get("/", headers={"X-Forwarded-For": forwarded})) == address


def test_a_person_is_counted_by_name_and_a_visitor_by_address(rf, make_user):
    request = rf.get("/")
    request.user = AnonymousUser()
    assert who(request) == "address:127.0.0.1"

    request.user = make_user()
    assert who(request) == f"user:{request.user.pk}"
