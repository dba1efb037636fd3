"""What a member wrote and could not send, having been signed out: kept in the session until they have signed in again.

For an hour, and for them alone: it goes when somebody else signs in, and with the session when they sign out.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest
from django.utils import timezone

from catalog import redirects

KEY = "unsent"
LIFE = timedelta(hours=1)
MOST = 5
MOST_CHARACTERS = 10_000


@dataclass(frozen=True, slots=True)
class Unsent:
    """A form: where it goes, its fields, and the longest of what was written in it."""

    action: str
    fields: list[tuple[str, str]]

    @property
    def words(self) -> str:
        return max((value for _name, value in self.fields), key=len)


def keep(request: HttpRequest, *, writer: str, page: str) -> bool:
    """Keep the form that this request brings, written by this member on this page; False where it is empty or too long.

    Passwords are never kept.
    """
    fields = [
        (name, value)
        for name, values in request.POST.lists()
        if name not in redirects.CARRIED and "password" not in name
        for value in values
    ]
    length = sum(len(name) + len(value) for name, value in fields)
    if not any(value.strip() for _name, value in fields) or length > MOST_CHARACTERS:
        return False
    action = request.get_full_path()
    form: dict[str, Any] = {
        "writer": writer,
        "page": page,
        "at": timezone.now().timestamp(),
        "action": action,
        "fields": fields,
    }
    others = [other for other in _kept(request) if not _goes_to(other, action)]
    request.session[KEY] = [*others, form][-MOST:]
    return True


def written_on(request: HttpRequest) -> list[Unsent]:
    """What the member who asks for this page wrote on it and could not send."""
    return [Unsent(form["action"], form["fields"]) for form in _kept(request) if form["page"] == request.path]


def forget(request: HttpRequest, *, action: str) -> None:
    """Drop what was to go to this address: it is being sent, or not wanted any more."""
    if KEY in request.session:
        _store(request, [form for form in _kept(request) if not _goes_to(form, action)])


def forget_of_others(request: HttpRequest, *, member: int) -> None:
    """Drop what anybody but this member wrote."""
    if KEY in request.session:
        _store(request, [form for form in _kept(request) if form["writer"] == str(member)])


def _goes_to(form: dict[str, Any], action: str) -> bool:
    return urlsplit(form["action"]).path == urlsplit(action).path


def _kept(request: HttpRequest) -> list[dict[str, Any]]:
    if KEY not in request.session:
        return []
    since = (timezone.now() - LIFE).timestamp()
    return [form for form in request.session[KEY] if form["at"] > since]


def _store(request: HttpRequest, forms: list[dict[str, Any]]) -> None:
    request.session[KEY] = forms
    if not forms:
        del request.session[KEY]
