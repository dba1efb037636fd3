"""The owner's choices for the whole site, kept by each process for a second or two."""

from __future__ import annotations

from django.conf import settings
from django.db import DatabaseError

from recommender.queries import Remembered
from visrec_site.accounts.models import SiteChoices

UNNAMED = "VisRec"


def _read() -> SiteChoices:
    return SiteChoices.objects.filter(pk=1).first() or SiteChoices(pk=1)


_kept = Remembered(_read)


def site_name() -> str:
    """What the site is called: by its environment, by its owner, or by nobody yet."""
    if settings.SITE_NAME:
        return str(settings.SITE_NAME)
    try:
        return _kept().name or UNNAMED
    except DatabaseError:
        return UNNAMED


def known_site_name() -> str:
    """The same without asking: for the pages of errors, which must come when the database does not answer."""
    known = _kept.known
    return str(settings.SITE_NAME or (known and known.name) or UNNAMED)


def signup_is_open() -> bool:
    return _kept().signup_open


def choose(*, name: str, signup_open: bool) -> None:
    SiteChoices.objects.update_or_create(pk=1, defaults={"name": name, "signup_open": signup_open})
    forget()


def forget() -> None:
    """Read them anew at the next request of this process."""
    _kept.forget()
