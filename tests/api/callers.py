"""One way to ask the API, and one way to be told no."""

import json
from dataclasses import dataclass
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.factories import picture

API = "/api/v1/"


@dataclass
class Answer:
    status: int
    headers: Any
    json: Any
    raw: bytes


class Caller:
    """Somebody with a client: `caller.get("images/")`, `caller.put("images/1/like/")`. Keeps cookies."""

    def __init__(self, *, token: str | None = None, user: Any = None, csrf: bool = False) -> None:
        self.client = Client(enforce_csrf_checks=csrf)
        self.headers = {"Authorization": f"Token {token}"} if token else {}
        if user is not None:
            self.client.force_login(user)

    def ask(self, method: str, path: str, **options: Any) -> Answer:
        path = path if path.startswith(("/", "http")) else API + path
        options["headers"] = self.headers | options.get("headers", {})
        response = getattr(self.client, method)(path, **options)
        body = response.getvalue() if response.streaming else response.content
        is_json = "json" in response.headers.get("Content-Type", "")
        return Answer(response.status_code, response.headers, json.loads(body) if is_json else None, body)

    def get(self, path: str, query: dict[str, Any] | None = None, **options: Any) -> Answer:
        return self.ask("get", path, query_params=query, **options) if query else self.ask("get", path, **options)

    def put(self, path: str, **options: Any) -> Answer:
        return self.ask("put", path, **options)

    def delete(self, path: str, **options: Any) -> Answer:
        return self.ask("delete", path, **options)

    def patch(self, path: str, data: Any, **options: Any) -> Answer:
        return self.ask("patch", path, data=data, content_type="application/json", **options)

    def post(self, path: str, data: Any = None, **options: Any) -> Answer:
        return self.ask("post", path, data=data, content_type="application/json", **options)

    def form(self, path: str, **fields: Any) -> Answer:
        return self.ask("post", path, data=fields)

    def upload(self, content: bytes | None = None, **words: Any) -> Answer:
        return self.form("images/", file=photo(content), **words)


def photo(content: bytes | None = None, name: str = "a.png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, picture() if content is None else content, content_type="image/png")


def assert_problem(answer: Answer, status: int, code: str | None = None) -> dict[str, Any]:
    """The answer is the error that the contract describes; returns its document."""
    assert answer.status == status, answer.raw
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert set(answer.json) - {"image"} == {"type", "title", "status", "detail", "errors"}
    assert answer.json["status"] == status
    assert answer.json["type"].startswith("/problems/")
    assert answer.json["title"]
    assert answer.json["detail"]
    assert all(isinstance(text, str) for texts in answer.json["errors"].values() for text in texts)
    if code:
        assert answer.json["type"] == f"/problems/{code}"
    return answer.json
