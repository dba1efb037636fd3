"""How often one may knock. Counted by the database in one statement, so that it holds across processes."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.conf import settings
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
LOGIN = Limit("login", 5, 15 * 60)
SIGNUP = Limit("signup", 20, 3600)


class Throttled(Exception):
    """Too often: come back after `retry_after` seconds."""

    def __init__(self, retry_after: int) -> None:
        super().__init__(f"Too many requests; try again in {retry_after} seconds.")
        self.retry_after = retry_after


def knock(limit: Limit, key: str, *, now: dt.datetime | None = None) -> None:
    """Count one knock; raises Throttled beyond `limit.most` within the running window."""
    now = now or timezone.now()
    window = _window(limit, now)
    row, created = ThrottleCount.objects.get_or_create(
        key=f"{limit.name}:{key}"[:200], window=window, defaults={"count": 1}
    )
    if not created:
        ThrottleCount.objects.filter(pk=row.pk).update(count=F("count") + 1)
        row.refresh_from_db(fields=["count"])
    if row.count > limit.most:
        end = window + dt.timedelta(seconds=limit.seconds)
        raise Throttled(max(1, int((end - now).total_seconds())))


def forget(limit: Limit, key: str) -> None:
    """Start counting anew, as after a good password."""
    ThrottleCount.objects.filter(key=f"{limit.name}:{key}"[:200]).delete()


def sign_in_key(username: str, address: str) -> str:
    """What the tries of a password are counted by, whichever door they come to."""
    return f"{username.strip().casefold()[:120]} {address}"


def address_of(request: Any) -> str:
    """The address of whoever asks: the peer's own, or what the outermost of our proxies saw."""
    seen = [hop.strip() for hop in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")]
    trusted = settings.TRUSTED_PROXIES
    return seen[-trusted] if 0 < trusted <= len(seen) and seen[-trusted] else request.META.get("REMOTE_ADDR", "")


def tidy(*, now: dt.datetime) -> int:
    return ThrottleCount.objects.filter(window__lt=now - dt.timedelta(days=1)).delete()[0]


def _window(limit: Limit, now: dt.datetime) -> dt.datetime:
    seconds = int(now.timestamp())
    return dt.datetime.fromtimestamp(seconds - seconds % limit.seconds, tz=dt.UTC)
