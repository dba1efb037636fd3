"""Somebody comes for the first time; somebody comes back."""

from playwright.sync_api import Page, expect


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
