"""Somebody comes for the first time; somebody comes back."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.journeys import looks
from tests.journeys.wall import TAUGHT


def test_a_stranger_finds_pictures_at_once(page: Page) -> None:
    page.goto("/")

    expect(page.locator("[data-list=feed] article[data-image-id]").first).to_be_visible()


def test_the_page_runs_no_script_it_should_not(page: Page) -> None:
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))

    page.goto("/")
    page.wait_for_load_state("networkidle")

    assert complaints == []


def test_the_demo_member_can_sign_in(page: Page, site, sign_in) -> None:
    sign_in(site.member)

    assert page.goto(f"/people/{site.member.username}/").status == 200


def test_the_demo_staff_has_a_desk(page: Page, site, sign_in) -> None:
    sign_in(site.staff)

    assert page.goto("/admin/").status == 200
    expect(page.locator("#content")).to_be_visible()


@looks.in_each
def test_a_stranger_chooses_what_they_like_and_finds_it(open_page: Callable[..., Page]) -> None:
    page = open_page()
    page.goto("/start/")
    pictures = page.locator(".start__pictures img")
    where = [pictures.nth(number).bounding_box() for number in range(4)]

    page.get_by_role("checkbox").first.focus()
    for _ in range(3):
        page.keyboard.press("Space")
        page.keyboard.press("Tab")

    assert [pictures.nth(number).bounding_box() for number in range(3, 4)] == where[3:], "what has the focus stays"
    expect(page.locator("#start-count")).to_contain_text("3 chosen")
    page.get_by_role("button", name="Show my page").click()
    expect(page.locator(TAUGHT).first).to_be_visible()
