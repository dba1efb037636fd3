"""The map: it unfolds, one comes nearer, and a picture on it opens."""

import pytest
from playwright.sync_api import Page, expect

from tests.waiting import eventually


@pytest.fixture
def unfolded(page: Page) -> Page:
    """The map, once the learning worker has drawn it."""

    def drawn() -> bool:
        page.goto("/map/")
        return page.locator("#map").count() == 1

    eventually(drawn, seconds=120)
    expect(page.locator(".map__picture").first).to_be_visible()
    return page


def zoom(url: str) -> float:
    return float(url.rpartition(",")[2]) if "#at=" in url else 1.0


def test_one_comes_nearer_by_keys_and_by_the_wheel_and_sees_everything_again(unfolded: Page):
    there = unfolded.locator("#map")
    there.focus()
    for _ in range(6):
        unfolded.keyboard.press("+")
    unfolded.wait_for_url("**/map/#at=*")
    by_keys = zoom(unfolded.url)
    there.hover()
    unfolded.mouse.wheel(0, -400)
    unfolded.wait_for_url(lambda url: zoom(url) > by_keys)

    unfolded.get_by_role("button", name="Show everything").click()

    unfolded.wait_for_url(lambda url: zoom(url) == 1.0)


def test_a_picture_on_the_map_opens_and_back_is_where_one_was(unfolded: Page):
    unfolded.locator("#map").focus()
    for _ in range(4):
        unfolded.keyboard.press("+")
    unfolded.wait_for_url("**/map/#at=*")
    where = unfolded.url
    link = unfolded.locator(".map__picture").first
    expect(link).to_be_visible()
    address = link.get_attribute("href")
    link.focus()
    unfolded.keyboard.press("Enter")
    unfolded.wait_for_url(f"**{address}*")

    unfolded.go_back()

    assert unfolded.url.partition("#at=")[1] == where.partition("#at=")[1]
    expect(unfolded.locator(".map__picture").first).to_be_visible()


def test_a_drag_moves_the_map_and_opens_nothing(unfolded: Page):
    unfolded.locator("#map").focus()
    for _ in range(4):
        unfolded.keyboard.press("+")
    unfolded.wait_for_url("**/map/#at=*")
    before = unfolded.url
    unfolded.locator("#map").hover()
    unfolded.mouse.down()
    box = unfolded.locator("#map").bounding_box()
    unfolded.mouse.move(box["x"] + 120, box["y"] + 60, steps=5)
    unfolded.mouse.up()

    unfolded.wait_for_url(lambda url: url != before and "/map/#at=" in url)


def test_an_area_leads_to_its_place_on_the_map(unfolded: Page):
    unfolded.locator(".area__name a").first.click()

    unfolded.wait_for_url(lambda url: zoom(url) == 6.0)
    expect(unfolded.locator("#map")).to_be_focused()
