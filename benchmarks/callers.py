"""Somebody who asks a running site's API, over one connection that stays open."""

import http.client
import json
import secrets
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from tests.running import Site

API = "/api/v1/"
PATIENCE = 120.0  # seconds for one answer
SILENCE = 2.0  # seconds after which a connection is not used again


class Refused(Exception):
    """An answer that is not the one hoped for."""


class Caller:
    """`Caller(site.url).get("images/")`: JSON in, JSON out. Not to be shared by threads."""

    def __init__(self, url: str, *, token: str | None = None) -> None:
        address = urlsplit(url)
        self._connection = http.client.HTTPConnection(address.hostname or "", address.port, timeout=PATIENCE)
        self._headers = {"Authorization": f"Token {token}"} if token else {}
        self._cookies: dict[str, str] = {}
        self._last_asked = 0.0

    def get(self, path: str) -> Any:
        """The JSON of an address of the API, or the text of a page (a path from the root)."""
        return self._ask("GET", path)

    def pages(self, path: str) -> Iterator[Any]:
        """Every result of a list, page by page."""
        following: str | None = path
        while following:
            page = self.get(following)
            yield from page["results"]
            address = urlsplit(page["next"] or "")
            following = f"{address.path}?{address.query}" if page["next"] else None

    def put(self, path: str) -> Any:
        return self._ask("PUT", path)

    def post_json(self, path: str, words: dict[str, Any]) -> Any:
        return self._ask("POST", path, json.dumps(words).encode(), "application/json")

    def post_file(self, path: str, jpeg: bytes, **words: str) -> Any:
        """One file and some words, as a form."""
        edge = secrets.token_hex(12)
        parts = [
            f'--{edge}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{word}\r\n'.encode()
            for name, word in words.items()
        ]
        head = (
            f'--{edge}\r\nContent-Disposition: form-data; name="file"; filename="photo.jpg"\r\n'
            "Content-Type: image/jpeg\r\n\r\n"
        ).encode()
        body = b"".join([*parts, head, jpeg, f"\r\n--{edge}--\r\n".encode()])
        return self._ask("POST", path, body, f"multipart/form-data; boundary={edge}")

    def _ask(self, method: str, path: str, body: bytes | None = None, kind: str = "") -> Any:
        headers = self._headers | {"Cookie": "; ".join(f"{name}={value}" for name, value in self._cookies.items())}
        if kind:
            headers["Content-Type"] = kind
        if time.monotonic() > self._last_asked + SILENCE:
            self._connection.close()  # the site has hung up, or is about to; the next request opens it again
        self._connection.request(method, path if path.startswith("/") else API + path, body, headers)
        answer = self._connection.getresponse()
        for cookie in answer.msg.get_all("Set-Cookie", []):
            name, _equals, value = cookie.partition(";")[0].partition("=")
            self._cookies[name] = value
        content = answer.read()
        self._last_asked = time.monotonic()
        if answer.status >= 400:
            raise Refused(f"{method} {path}: {answer.status} {content[:300]!r}")
        is_json = "json" in (answer.getheader("Content-Type") or "")
        return json.loads(content) if is_json else content


def member(site: "Site", name: str) -> str:
    """Make a person on a running site; returns their token."""
    made = (
        "from django.contrib.auth import get_user_model; from rest_framework.authtoken.models import Token;"
        f"user = get_user_model().objects.create_user({name!r});"
        "print(Token.objects.create(user=user).key)"
    )
    return site.manage("shell", "--no-imports", "-c", made).split()[-1]
