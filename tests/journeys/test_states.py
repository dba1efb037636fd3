"""What a visitor sees when there is nothing left, nothing found, or something broken."""

import contextlib
import datetime as dt
import os
from typing import Any

import psutil
import pytest
from playwright.sync_api import Page, expect

from tests.journeys import drawings
from tests.journeys.barriers import barriers
from tests.journeys.drawings import file
from tests.journeys.wall import act, cards, id_of, ids
from tests.running import Site
from tests.site.processes import find, is_gone
from tests.waiting import eventually

REPAIR = 40.0  # seconds: two sweeps


def see_everything(page: Page) -> int:
    """Open every picture, as the page would say it. Returns how many there are."""
    images, following = [], "/api/v1/images/?limit=100"
    while following:
        answer = page.request.get(following).json()
        images += [image["id"] for image in answer["results"]]
        following = answer["next"]
    now = dt.datetime.now(dt.UTC).isoformat()
    for start in range(0, len(images), 100):
        events = [{"kind": "open", "image": image, "at": now} for image in images[start : start + 100]]
        answer = page.request.post("/api/v1/events/", data={"events": events})
        assert answer.json() == {"accepted": len(events), "refused": []}
    return len(images)


def test_who_has_seen_everything_is_told_so_and_may_start_again(page: Page) -> None:
    page.goto("/")
    see_everything(page)

    page.goto("/?refresh=1")

    state = page.locator("[data-state=exhausted]")
    expect(state).to_contain_text("You have seen everything")
    expect(cards(page).first).to_be_visible()
    state.get_by_role("button", name="Start again").click()
    expect(state).to_have_count(0)
    expect(cards(page).first).to_be_visible()


def test_who_has_seen_everything_finds_the_newest(page: Page) -> None:
    page.goto("/")
    see_everything(page)
    page.goto("/?refresh=1")

    page.locator("[data-state=exhausted]").get_by_role("link", name="Newest").click()

    expect(page.locator("[data-tab=newest] article").first).to_be_visible()


@pytest.fixture
def empty_category(site: Site) -> str:
    """A category without pictures; one more in the tree disturbs nobody."""
    words = "slug='quiet', path='quiet', defaults={'name': 'Quiet'}"
    site.manage("shell", "-v0", "-c", f"from catalog.models import Category; Category.objects.get_or_create({words})")
    return "quiet"


def test_an_empty_category_leads_back_to_everything(page: Page, empty_category: str) -> None:
    broken: list[str] = []
    page.on("pageerror", lambda error: broken.append(str(error)))

    page.goto(f"/?category={empty_category}")

    expect(page.get_by_role("heading", name="No pictures here")).to_be_visible()
    assert broken == []
    page.get_by_role("link", name="Show everything").click()
    expect(cards(page).first).to_be_visible()


def test_an_unknown_page_leads_back(page: Page) -> None:
    assert page.goto("/nowhere/").status == 404

    page.get_by_role("link", name="Discover pictures").click()

    expect(cards(page).first).to_be_visible()


def test_what_did_not_work_says_why(page: Page) -> None:
    page.goto("/")
    like = act(cards(page).first, "like")
    for status, said in (
        (404, "no longer here"),
        (500, "our side"),
        (429, "slower"),
        (403, "Reload"),
        (None, "connection"),
    ):
        page.route(
            "**/like", lambda route, _request, code=status: route.fulfill(status=code) if code else route.abort()
        )
        cards(page).first.hover()
        like.click()
        expect(page.locator("#toasts [data-toast]").first).to_contain_text(said)
        expect(like).to_have_attribute("aria-pressed", "false")
        page.unroute("**/like")


def test_a_press_that_fetches_nothing_says_so(page: Page) -> None:
    page.goto("/taste/")
    page.route("**/taste/?past=*", lambda route: route.abort())
    page.get_by_role("navigation", name="Kinds of history").get_by_role("link", name="Opened").click()

    expect(page.locator("#toasts")).to_contain_text("connection")


def test_a_picture_that_is_gone_meanwhile_says_so_over_its_list(page: Page) -> None:
    page.goto("/")
    page.route("**/images/**", lambda route: route.fulfill(status=404))
    cards(page).first.locator(".card__link").click()

    expect(page.get_by_role("dialog", name="Picture").get_by_role("alert")).to_contain_text("no longer here")


def sign_in_here(page: Page, site: Site) -> None:
    page.wait_for_url(lambda url: "/accounts/login/" in url)
    page.locator("input[name=login]").fill(site.member.username)
    page.locator("input[name=password]").fill(site.member.password)
    page.locator("form:has(input[name=password]) button[type=submit]").click()
    page.wait_for_url(lambda url: "/accounts/login/" not in url)


def test_who_was_signed_out_meanwhile_is_told_so_and_loses_nothing(page: Page, site: Site, sign_in: Any) -> None:
    sign_in(site.member)
    page.goto("/?tab=newest")
    like = act(cards(page).first, "like")
    page.context.clear_cookies(name="sessionid")
    cards(page).first.hover()
    like.click()
    expect(page.locator("#toasts")).to_contain_text("You have been signed out")
    expect(like).to_have_attribute("aria-pressed", "false")
    page.locator("#toasts").get_by_role("link", name="Sign in").click()
    sign_in_here(page, site)
    assert page.url == f"{site.url}/?tab=newest"

    page.goto("/boards/new")
    name = page.get_by_label("Name")
    name.fill("Written meanwhile")
    page.get_by_label("Who may see it").select_option("shared")
    page.context.clear_cookies()
    page.get_by_role("button", name="Create").click()
    expect(page.get_by_text("what you wrote is kept")).to_be_visible()
    sign_in_here(page, site)

    expect(page.get_by_text("It is back in the form")).to_be_visible()
    expect(name).to_have_value("Written meanwhile")
    expect(page.get_by_label("Who may see it")).to_have_value("shared")
    expect(page.get_by_role("button", name="Send it now")).to_have_count(0)
    assert barriers(page) == []


def damage(site: Site) -> None:
    """Cut every array of the store short."""
    for array in (site.var / "store").glob("*.npy"):
        os.truncate(array, array.stat().st_size // 2)


def test_a_broken_recommender_shows_the_newest_until_it_is_mended(page: Page, site: Site) -> None:
    page.goto("/?tab=newest")
    newest = ids(page)
    damage(site)

    page.goto("/?refresh=1")

    expect(page.get_by_text("The recommender is resting")).to_be_visible()
    assert ids(page) == newest
    page.goto(f"/images/{newest[0]}/")
    expect(act(page, "like").first).to_be_enabled()
    expect(page.locator("#similar")).to_be_visible()
    assert page.goto("/search/").status == 200

    eventually(lambda: "is resting" not in site.get("/")[1], seconds=REPAIR)
    eventually(site.is_ready, seconds=REPAIR)
    page.goto("/")
    expect(page.get_by_text("The recommender is resting")).to_have_count(0)
    page.goto(f"/images/{id_of(cards(page).first)}/")
    expect(cards(page, "similar").first).to_be_visible()


def test_an_upload_survives_the_death_of_the_worker(page: Page, site: Site, sign_in: Any) -> None:
    sign_in(site.member)
    page.goto("/upload/")
    worker = find(site.process.pid, "celery", "--queues eyes")
    assert worker
    files = [file(f"survivor {n}.jpg", drawings.jpeg(drawings.drawn())) for n in range(3)]

    page.locator("input[type=file][name=file]").set_input_files(files)
    for process in worker:
        with contextlib.suppress(psutil.NoSuchProcess):
            process.kill()

    expect(page.locator("#upload-rows [data-upload-status=findable]")).to_have_count(3, timeout=90_000)
    assert all(is_gone(process) for process in worker)
