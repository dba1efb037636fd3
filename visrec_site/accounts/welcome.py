"""The first visit of the owner: a page that opens with a key from the terminal, while the site has no owner."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import transaction

from visrec_site.accounts import choices
from visrec_site.accounts.models import User


class TooLate(Exception):
    """The site has an owner."""


def has_owner() -> bool:
    return get_user_model()._default_manager.filter(is_superuser=True).exists()


def new_key() -> str:
    """Make the key of the welcome page anew; only who can read the folder, or the terminal, knows it."""
    key = secrets.token_urlsafe(18)
    path = _key_file()
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(key)
    return key


def key() -> str:
    """The key that opens the welcome page now; nothing where none does."""
    try:
        return "" if has_owner() else _key_file().read_text()
    except FileNotFoundError:
        return ""


def opens(given: str) -> bool:
    """Whether the welcome page opens with this key now."""
    kept = key()
    return bool(kept) and secrets.compare_digest(given.encode(), kept.encode())


def found(*, username: str, email: str, password: str, site_name: str, signup_open: bool, demo: bool) -> User:
    """Make the owner's account and keep the first choices; the key opens nothing any more. Raises TooLate."""
    with transaction.atomic():
        choices.choose(name=site_name, signup_open=signup_open)  # one row: of two at once the second waits here
        if has_owner():
            raise TooLate
        owner: User = get_user_model()._default_manager.create_superuser(username, email, password)
    _key_file().unlink(missing_ok=True)
    if demo:
        demo_wish().touch()
    return owner


def demo_wish() -> Path:
    """The file that asks the supervisor to hang the demo gallery."""
    return Path(settings.VAR) / "demo-wanted"


def _key_file() -> Path:
    return Path(settings.VAR) / "welcome-key"
