"""Kept on a home screen: the manifest, the worker, and the page for when nothing answers."""

import json
from pathlib import Path

from django.conf import settings
from django.test import Client
from PIL import Image

from visrec_site.installable import DRAWN_WITH, ICONS


def test_the_manifest_is_what_a_browser_needs_to_install(db):
    answer = Client().get("/manifest.webmanifest")
    manifest = json.loads(answer.content)

    assert answer["Content-Type"] == "application/manifest+json"
    assert (manifest["start_url"], manifest["scope"], manifest["display"]) == ("/", "/", "standalone")
    assert {(icon["sizes"], icon["purpose"]) for icon in manifest["icons"]} >= {
        ("192x192", "any"), ("512x512", "any"), ("512x512", "maskable"),
    }  # fmt: skip
    assert all(Client().get(shortcut["url"]).status_code < 400 for shortcut in manifest["shortcuts"])


def test_icons_are_as_large_as_they_say():
    for path, side, _purpose in ICONS:
        with Image.open(Path(settings.BASE_DIR) / "static" / path) as icon:
            assert icon.size == (side, side)


def test_the_worker_answers_for_the_whole_site_and_is_never_stale(db):
    answer = Client().get("/service-worker.js")

    assert answer["Content-Type"].startswith("text/javascript")
    assert "no-cache" in answer["Cache-Control"]
    assert "sessionid" not in answer.cookies
    assert '"/offline/"' in answer.content.decode()


def test_the_worker_changes_with_the_language_so_that_its_page_does(db):
    english, chinese = (
        Client(headers={"Accept-Language": language}).get("/service-worker.js").content for language in ("en", "zh-CN")
    )

    assert english != chinese


def test_the_page_for_no_connection_needs_nobody_and_nothing_that_is_not_kept(db):
    answer = Client().get("/offline/")
    page = answer.content.decode()

    assert "sessionid" not in answer.cookies
    assert "<script" not in page
    assert "csrfmiddlewaretoken" not in page
    assert page.count('rel="stylesheet"') == 1
    assert DRAWN_WITH[0] in page
