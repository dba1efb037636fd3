"""Is it alive, is it ready: for load balancers, for `run`, and for people who wonder.

Live answers as long as the process does. Ready looks at everything the site promises to do; while it says no, pages
that can be served are served.
"""

import logging
from collections.abc import Callable
from pathlib import Path

import redis
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.db.models import Q
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from catalog.models import Image, State
from recommender.models import Release
from visrec_site import heartbeats

logger = logging.getLogger(__name__)

WORKERS = ["intake", "eyes", "learning"]


@never_cache
@login_not_required
@require_safe
def live(request: HttpRequest) -> JsonResponse:
    return JsonResponse({"status": "ok"})


@never_cache
@login_not_required
@require_safe
def ready(request: HttpRequest) -> JsonResponse:
    checks = {name: holds(check) for name, check in CHECKS.items()}
    well = all(checks.values())
    return JsonResponse({"status": "ok" if well else "unavailable", "checks": checks}, status=200 if well else 503)


def holds(check: Callable[[], bool]) -> bool:
    """What the check says; no when it cannot be asked."""
    try:
        return check()
    except (DatabaseError, redis.RedisError, OSError) as error:
        logger.info("%s: %s", check.__name__, error)
        return False


def database() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return bool(cursor.fetchone() == (1,))


def broker() -> bool:
    return bool(heartbeats.client().ping())


def worker() -> bool:
    return all(heartbeats.alive(WORKERS).values())


def beat() -> bool:
    return heartbeats.alive(["beat"])["beat"]


def eyes() -> bool:
    """The CNN's file is there: the one brought along, or one that was built."""
    if settings.EYES_FILE:
        return Path(settings.EYES_FILE).is_file()
    return any((settings.VAR / "eyes").glob("*.tflite"))


def index() -> bool:
    """The demo, if it is wanted, is findable; pictures, if there are any, have an index that serves."""
    if demo_marker().exists():
        return False
    if not Image.objects.filter(state=State.READY, deleted_at=None).exists():
        return True
    return Release.objects.filter(kind=Release.Kind.INDEX, serving=True).exists()


def pictures_on_their_way() -> bool:
    """Whether a picture is still to become findable."""
    return Image.objects.filter(
        Q(state__in=[State.PENDING, State.PROCESSING]) | Q(state=State.READY, findable_at=None), deleted_at=None
    ).exists()


def demo_marker() -> Path:
    """The file that is there from the start of a site with the demo until the demo is findable."""
    return settings.VAR / "demo-on-its-way"


CHECKS = {check.__name__: check for check in (database, broker, worker, beat, eyes, index)}
