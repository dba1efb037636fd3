"""Take the pictures of docs/screenshots.md again: `.venv/bin/python benchmarks/screenshots.py`, five quiet minutes.

A new site draws its demo gallery; somebody new likes three pictures of each of four kinds, and is looked at over the
shoulder. No measurement, but it needs what measurements need: a site, and somebody who looks at it.
"""

import contextlib
import io
import sys
from collections.abc import Iterator
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, expect

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks import sites
from benchmarks.browsing import chromium
from tests.journeys.wall import act, card, cards, id_of

SHEET = Path(__file__).resolve().parent.parent / "docs" / "screenshots"
LIKED = ("reefs", "stained-glass", "waves", "vessels")
DESK = {"viewport": {"width": 1440, "height": 900}}
PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}
SEEN = """() => [...document.images]
    .filter((image) => image.checkVisibility() && image.getBoundingClientRect().top < innerHeight)
    .every((image) => image.complete || image.getBoundingClientRect().bottom < 0)"""
SHOWN = 1080  # pixels across of a desk on the sheet


def main() -> None:
    with sites.running(ready_within=900) as site, chromium() as browser:
        with looking(browser, site.url) as page:
            page.goto("/start/")
            keep(page, "start")
            state = newcomer(page)
        with looking(browser, site.url, storage_state=state) as page:
            desk(page)
        with looking(browser, site.url, storage_state=state, color_scheme="dark", locale="zh-CN") as page:
            page.goto("/")
            keep(page, "chinese")
        with looking(browser, site.url, **PHONE, storage_state=state) as page:
            phone(page)


@contextlib.contextmanager
def looking(browser: Browser, url: str, **options) -> Iterator[Page]:
    usual = {"base_url": url, "locale": "en-GB", "reduced_motion": "reduce"}
    context = browser.new_context(**(usual | DESK | options))
    yield context.new_page()
    context.close()


def newcomer(page: Page) -> dict:
    """An account with twelve likes; returns what its browser keeps."""
    page.goto("/accounts/signup/")
    page.locator("input[name=username]").fill("vera")
    page.locator("input[name=email]").fill("vera@example.org")
    for name in ("password1", "password2"):
        page.locator(f"input[name={name}]").fill("a-window-on-the-sea")
    page.get_by_role("button", name="Create account").click()
    page.wait_for_url(lambda url: "/accounts/signup/" not in url)
    page.goto("/")
    token = page.locator("#react input[name=csrfmiddlewaretoken]").get_attribute("value") or ""
    for kind in LIKED:
        listed = page.request.get(f"/api/v1/images/?category={kind}&ordering=oldest&limit=3").json()["results"]
        for image in listed:
            page.request.put(f"/api/v1/images/{image['id']}/like/", headers={"X-CSRFToken": token})
    return page.context.storage_state()


def desk(page: Page) -> None:
    page.goto("/")
    keep(page, "discover")

    picture = cards(page).filter(has=page.locator("[data-reason=look]")).first
    act(picture, "why").click()
    expect(picture.locator(".why__outline")).to_have_count(2, timeout=60_000)
    keep(page, "why")
    page.keyboard.press("Escape")

    waves = page.request.get("/api/v1/images/?category=waves&limit=24").json()["results"]
    wave = next(image for image in waves if image["width"] > 1.3 * image["height"])  # leaves room for what is below it
    page.goto("/?tab=newest&category=waves")
    card(page, wave["id"]).locator(".card__link").click()
    expect(page.get_by_role("dialog").locator("[data-list=similar] article").first).to_be_visible()
    keep(page, "closeup")

    page.goto("/taste/")
    keep(page, "taste")
    reef = page.request.get("/api/v1/images/?category=reefs&ordering=oldest&limit=1").json()["results"][0]
    page.goto(f"/search/?part=image:{reef['id']}&part=colour:6b4a8f&part=words:coral*-0.5")
    keep(page, "search")
    page.goto("/map/")
    page.wait_for_load_state("networkidle")
    keep(page, "map")
    page.goto("/topics/glass/")
    keep(page, "topic")


def phone(page: Page) -> None:
    page.goto("/")
    keep(page, "phone-discover")
    page.goto(f"/images/{id_of(cards(page).nth(1))}/")
    keep(page, "phone-closeup")
    page.goto("/taste/")
    keep(page, "phone-taste")


def keep(page: Page, name: str) -> None:
    """The window as it is once its pictures are there."""
    page.wait_for_load_state("networkidle")
    page.wait_for_function(SEEN)
    page.evaluate("document.fonts.ready")
    shot = Image.open(io.BytesIO(page.screenshot()))
    if shot.width > SHOWN:
        shot = shot.resize((SHOWN, round(shot.height * SHOWN / shot.width)), Image.Resampling.LANCZOS)
    shot.save(SHEET / f"{name}.webp", quality=82, method=6)


if __name__ == "__main__":
    main()
