"""Every page, small and large, by day and by night; and the ways between them."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Error, Page, expect

from tests.journeys import looks
from tests.journeys.barriers import barriers
from tests.journeys.wall import act, card, cards, id_of, ids, title_of
from tests.running import Site

FOR_ANYONE = [
    "/",
    "/?tab=newest",
    "/?tab=trending&category={category}",
    "/images/{image}/",
    "/images/{image}/similar/",
    "/following/",
    "/topics/",
    "/topics/{category}/",
    "/map/",
    "/start/",
    "/search/",
    "/taste/",
    "/search/?q={word}",
    "/search/?q=nothing+has+these+words",
    "/people/{owner}/",
    "/accounts/login/",
    "/accounts/signup/",
    "/accounts/password/reset/",
    "/images/1/",
]
FOR_MEMBERS = [
    "/upload/",
    "/people/{member}/",
    "/people/{member}/?tab=likes",
    "/accounts/settings/",
    "/accounts/password/change/",
    "/accounts/logout/",
]
FOR_STAFF = [
    "/lab/",
    "/lab/models/",
    "/lab/inspector/?person={owner}",
    "/lab/sides/?person={owner}",
    "/lab/evidence/",
    "/lab/dreams/",
]
MISSING = "/images/1/"
TOO_SMALL = """() => [...document.querySelectorAll("button, a.button, .header__camera, input[type=submit]")]
    .filter((each) => each.checkVisibility() && !each.closest(".visually-hidden, .footer, .filters__categories"))
    .filter((each) => Math.min(each.offsetWidth, each.offsetHeight) < 44)
    .map((each) => each.outerHTML.slice(0, 120))"""
"""What a finger would miss."""
MOST_ALIVE = 200  # cards of a list that are in the document


@pytest.fixture(scope="session")
def places(site: Site, browser: Browser) -> dict[str, Any]:
    """What the addresses above are filled with."""
    context = browser.new_context(base_url=site.url)
    image = context.request.get("/api/v1/images/?limit=1&ordering=oldest").json()["results"][0]
    context.close()
    return {
        "image": image["id"],
        "category": image["category"]["slug"],
        "word": image["title"].split()[0],
        "owner": image["owner"]["username"],
        "member": site.member.username,
    }


def complaints_about(page: Page, path: str, *, ask_axe: bool) -> list[str]:
    """What is wrong with a page: errors in the console, a sideways scroll, barriers for people."""
    heard: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not (path == MISSING and "404" in message.text):
            heard.append(message.text)

    def hear_error(error: Error) -> None:
        heard.append(str(error))

    page.on("console", hear)
    page.on("pageerror", hear_error)
    page.goto(path, wait_until="load")
    expect(page.locator("[data-panel]")).to_have_count(0)  # what the page loads by itself has come
    heard += [f"{width} wide, {most} shown" for width, most in [_widths(page)] if width > most]
    heard += [f"axe {rule}" for rule in barriers(page)] if ask_axe else []
    page.remove_listener("console", hear)
    page.remove_listener("pageerror", hear_error)
    return [f"{path}: {complaint}" for complaint in heard]


def _widths(page: Page) -> tuple[int, int]:
    found = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
    return found[0], found[1]


@looks.in_all
def test_no_page_scrolls_sideways_complains_or_shuts_out(
    open_page: Callable[..., Page], places: dict[str, Any], site: Site, look: looks.Look
) -> None:
    page = open_page()
    ask_axe = look in looks.EACH
    complaints = [
        text for path in FOR_ANYONE for text in complaints_about(page, path.format(**places), ask_axe=ask_axe)
    ]

    page.goto("/accounts/login/")
    page.locator("input[name=login]").fill(site.member.username)
    page.locator("input[name=password]").fill(site.member.password)
    page.locator("form:has(input[name=password]) button[type=submit]").click()
    page.wait_for_url(lambda url: "/accounts/login/" not in url)
    complaints += [
        text for path in FOR_MEMBERS for text in complaints_about(page, path.format(**places), ask_axe=ask_axe)
    ]

    assert complaints == []


def test_at_twice_the_size_everything_is_still_there(open_context: Callable[..., BrowserContext]) -> None:
    page = open_context(viewport={"width": 720, "height": 450}, device_scale_factor=2).new_page()
    page.goto("/")
    picture = cards(page).first

    assert _widths(page)[0] <= 720
    picture.hover()
    act(picture, "like").click()
    expect(act(picture, "like")).to_have_attribute("aria-pressed", "true")
    expect(page.locator("input[name=q]")).to_be_visible()


def test_a_finger_finds_the_actions_and_they_are_large_enough(open_context: Callable[..., BrowserContext]) -> None:
    page = open_context(viewport=looks.PHONE, has_touch=True, is_mobile=True).new_page()
    page.goto("/")
    picture = cards(page).first

    for action in ("like", "dismiss"):
        expect(act(picture, action)).to_have_css("opacity", "1")
        box = act(picture, action).bounding_box()
        assert box is not None
        assert min(box["width"], box["height"]) >= 44
    act(picture, "like").tap()
    expect(act(picture, "like")).to_have_attribute("aria-pressed", "true")
    small = {}
    for path in ("/", "/search/", "/taste/"):
        page.goto(path)
        small[path] = page.evaluate(TOO_SMALL)
    assert not any(small.values()), small


def test_the_list_goes_on_below_without_repeating(page: Page) -> None:
    page.goto("/")
    total = page.request.get("/api/v1/images/?limit=100").json()["results"]

    shown = ids(page)
    end = page.locator("[data-state=end]")
    while not end.count():
        following = page.locator(".more").get_attribute("data-more")
        page.locator(".more").scroll_into_view_if_needed()
        page.wait_for_function("known => document.querySelector('.more')?.dataset.more !== known", arg=following)
        shown += [image for image in ids(page) if image not in shown[-MOST_ALIVE:]]

    assert len(shown) == len(set(shown))
    assert len(shown) <= len(total)
    expect(end).to_contain_text("You have seen everything")


def test_similar_of_similar_leaves_a_trail_back(page: Page) -> None:
    page.goto("/")
    first = id_of(cards(page).first)
    page.goto(f"/images/{first}/")
    trail = page.locator("[data-trail]")
    expect(trail).to_be_hidden()
    way = [first]

    for _ in range(2):
        expect(cards(page, "similar").first).to_be_visible()
        way.append(next(image_id for image_id in ids(page, "similar") if image_id not in way))
        following = card(page, way[-1])
        title = title_of(following)
        following.get_by_role("link").first.click()
        expect(page.get_by_role("heading", level=1)).to_have_text(title)

    assert [
        int(step)
        for step in trail.locator("[data-image-id]").evaluate_all("steps => steps.map(step => step.dataset.imageId)")
    ] == way[:-1]
    trail.locator(f'[data-image-id="{way[1]}"]').click()
    expect(card(page, way[2])).to_be_visible()
    expect(trail.locator("[data-image-id]")).to_have_count(1)
    page.go_back()
    expect(trail.locator("[data-image-id]")).to_have_count(2)


@looks.in_each
def test_no_room_of_the_laboratory_scrolls_sideways_complains_or_shuts_out(
    open_page: Callable[..., Page], places: dict[str, Any], site: Site
) -> None:
    page = open_page()
    page.goto("/accounts/login/")
    page.locator("input[name=login]").fill(site.staff.username)
    page.locator("input[name=password]").fill(site.staff.password)
    page.locator("form:has(input[name=password]) button[type=submit]").click()
    page.wait_for_url(lambda url: "/accounts/login/" not in url)

    complaints = [text for path in FOR_STAFF for text in complaints_about(page, path.format(**places), ask_axe=True)]

    assert complaints == []
