"""How often one may knock. Counted by the database in one statement, so that it holds across processes."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from catalog.models import ThrottleCount


@dataclass(frozen=True, slots=True)
class Limit:
    name: str
    most: int
    seconds: int


UPLOAD = Limit("upload", 600, 3600)
PHOTO_SEARCH = Limit("photo-search", 120, 60)
EVENTS = Limit("events", 600, 60)  # posts, of up to a hundred each: a browser sends one every three seconds at most
WHY = Limit("why", 30, 60)  # pairs whose regions are yet to be found: a second of the eyes each
LOGIN = Limit("login", 5, 15 * 60)
RESET = Limit("reset", 5, 3600)
SIGNUP = Limit("signup", 20, 3600)
WELCOME = Limit("welcome", 60, 3600)


class Throttled(Exception):
    """Too often: come back after `retry_after` seconds."""

    def __init__(self, retry_after: int) -> None:
        super().__init__(f"Too many requests; try again in {retry_after} seconds.")
        self.retry_after = retry_after


def knock(limit: Limit, key: str, *, now: dt.datetime | None = None) -> None:
    """Count one knock; raises Throttled beyond `limit.most` within `limit.seconds` of the first one."""
    now = now or timezone.now()
    row = ThrottleCount.objects.filter(pk=_name(limit, key))
    begun_after = now - dt.timedelta(seconds=limit.seconds)
    with transaction.atomic():
        ThrottleCount.objects.get_or_create(pk=_name(limit, key), defaults={"since": now})
        row.filter(since__lte=begun_after).update(since=now, count=0)
        row.update(count=F("count") + 1)
        counted = row.get()
    if counted.count > limit.most:
        raise Throttled(max(1, int((counted.since - begun_after).total_seconds())))


def forget(limit: Limit, key: str) -> None:
    """Start counting anew, as after a good password."""
    ThrottleCount.objects.filter(pk=_name(limit, key)).delete()


def sign_in_key(username: str, address: str) -> str:
    """What the tries of a password are counted by, whichever door they come to."""
    return f"{username.strip().casefold()[:120]} {address}"


def who(request: Any) -> str:
    """Who knocks: a person, else an address, for a visitor can always come with a new session."""
    user = request.user
    return f"user:{user.pk}" if user.is_authenticated else f"address:{address_of(request)}"


def address_of(request: Any) -> str:
    """The address of whoever asks: the peer's own, or what the outermost of our proxies saw."""
    seen = [hop.strip() for hop in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")]
    trusted = settings.TRUSTED_PROXIES
    if 0 < trusted <= len(seen) and seen[-trusted]:
        return str(seen[-trusted])
    return str(request.META.get("REMOTE_ADDR", ""))


def tidy(*, now: dt.datetime) -> int:
    return ThrottleCount.objects.filter(since__lt=now - dt.timedelta(days=1)).delete()[0]


def _name(limit: Limit, key: str) -> str:
    return f"{limit.name}:{key}"[:200]
