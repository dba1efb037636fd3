"""Dials: more or less of an aspect, and the list of similar pictures follows at once; also without JavaScript."""

from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.journeys.wall import cards, id_of, ids
from tests.running import Site

LOOKS = {
    "phone by night": {"viewport": {"width": 390, "height": 844}, "color_scheme": "dark", "has_touch": True},
    "desk by day": {"viewport": {"width": 1440, "height": 900}, "color_scheme": "light"},
}


@pytest.fixture(params=LOOKS)
def closeup(request: pytest.FixtureRequest, site: Site, browser: Browser, browser_context_args: Any) -> Iterator[Page]:
    """The page of a picture, with what is similar to it."""
    context = browser.new_context(**(browser_context_args | LOOKS[request.param]))
    page = context.new_page()
    page.goto("/")
    page.goto(f"/images/{id_of(cards(page).first)}/")
    expect(cards(page, "similar").first).to_be_visible()
    yield page
    context.close()


def test_a_dial_reorders_the_list_says_so_and_can_be_put_back(closeup: Page) -> None:
    usual, dial = ids(closeup, "similar"), closeup.get_by_label("Colour")
    box = dial.bounding_box()
    assert box is not None
    assert box["height"] >= 44
    said = closeup.locator("[data-dials-said]")

    dial.press("End")
    expect(said).to_have_text("24 pictures reordered.")
    expect(dial).to_have_attribute("aria-valuetext", "+10")
    expect(dial).to_be_focused()
    assert ids(closeup, "similar") != usual
    expect(cards(closeup, "similar").locator("[data-reason]").first).to_contain_text("Same colours")
    assert [violation["id"] for violation in Axe().run(closeup).response["violations"]] == []

    closeup.get_by_role("link", name="Reset").click()
    expect(dial).to_have_value("0.5")
    expect(cards(closeup, "similar").locator("[data-reason]").first).not_to_contain_text("Same colours")
    assert ids(closeup, "similar") == usual


def test_dials_stay_while_another_likeness_is_chosen(closeup: Page) -> None:
    closeup.get_by_label("Texture").press("End")
    expect(closeup.locator("[data-dials-said]")).not_to_be_empty()

    closeup.locator("#similar-look").click()

    expect(closeup.locator("#similar")).to_have_attribute("data-mode", "look")
    expect(closeup.get_by_label("Texture")).to_have_value("1")


def test_without_javascript_dials_are_a_form(site: Site, browser: Browser, browser_context_args: Any) -> None:
    context = browser.new_context(**(browser_context_args | {"java_script_enabled": False}))
    page = context.new_page()
    page.goto("/")
    page.goto(f"/images/{id_of(cards(page).first)}/similar/")
    usual = ids(page, "similar")

    page.get_by_label("Composition").fill("1")
    page.get_by_role("button", name="Reorder").click()

    expect(page.get_by_label("Composition")).to_have_value("1")
    assert ids(page, "similar") != usual
    page.get_by_role("link", name="Reset").click()
    assert ids(page, "similar") == usual
    context.close()
