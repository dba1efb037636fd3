"""Browsing privately: for a time nothing is kept about somebody."""

from __future__ import annotations

import datetime as dt

from django.utils.formats import time_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from catalog.services import NotKept
from catalog.viewers import Viewer
from recommender.models import Profile


def is_private(*, viewer: Viewer, now: dt.datetime) -> bool:
    return private_until(viewer=viewer, now=now) is not None


def private_until(*, viewer: Viewer, now: dt.datetime) -> dt.datetime | None:
    """Until when nothing is kept about the viewer; None when they do not browse privately."""
    until: dt.datetime | None = (
        Profile.objects.of(viewer).filter(private_until__gt=now).values_list("private_until", flat=True).first()
    )
    return until


def refuse_if_private(*, viewer: Viewer, now: dt.datetime) -> None:
    """Raises NotKept, with a sentence for people."""
    until = private_until(viewer=viewer, now=now)
    if until is not None:
        until_text = time_format(localtime(until), "TIME_FORMAT")
        raise NotKept(
            _("You are browsing privately until %(time)s: this is not kept. End it on the taste page to go on.")
            % {"time": until_text}
        )
