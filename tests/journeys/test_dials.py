"""Dials: more or less of an aspect, and the list of similar pictures follows at once; also without JavaScript."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys import looks
from tests.journeys.barriers import barriers
from tests.journeys.wall import cards, id_of, ids
from tests.running import Site

pytestmark = looks.in_each


@pytest.fixture
def closeup(open_page: Callable[..., Page], look: looks.Look) -> Page:
    """The page of a picture, with what is similar to it."""
    page = open_page(has_touch=look["viewport"] == looks.PHONE)
    page.goto("/")
    page.goto(f"/images/{id_of(cards(page).first)}/")
    expect(cards(page, "similar").first).to_be_visible()
    return page


def test_a_dial_reorders_the_list_says_so_can_be_put_back_and_stays_in_another_mode(closeup: Page) -> None:
    usual, dial = ids(closeup, "similar"), closeup.get_by_role("slider", name="Colour")
    box = dial.bounding_box()
    assert box is not None
    assert box["height"] >= 44
    said = closeup.locator("[data-dials-said]")
    same = cards(closeup, "similar").filter(has_text="Same colours")

    dial.press("End")
    expect(said).to_have_text(re.compile(r"\d+ pictures reordered\."))
    expect(dial).to_have_attribute("aria-valuetext", "+10")
    expect(dial).to_be_focused()
    assert ids(closeup, "similar") != usual
    expect(same).not_to_have_count(0)
    assert barriers(closeup) == []

    closeup.get_by_role("link", name="Reset").click()
    expect(dial).to_have_value("0.5")
    expect(same).to_have_count(0)
    assert ids(closeup, "similar") == usual

    closeup.get_by_role("slider", name="Texture").press("End")
    expect(cards(closeup, "similar").filter(has_text="Same texture")).not_to_have_count(0)
    closeup.locator("#similar-look").click()
    expect(closeup.locator("#similar")).to_have_attribute("data-mode", "look")
    expect(closeup.get_by_role("slider", name="Texture")).to_have_value("1")


def test_without_javascript_dials_are_a_form(site: Site, browser: Browser, browser_context_args: Any) -> None:
    context = browser.new_context(**(browser_context_args | {"java_script_enabled": False}))
    page = context.new_page()
    page.goto("/")
    page.goto(f"/images/{id_of(cards(page).first)}/similar/")
    usual = ids(page, "similar")

    page.get_by_role("slider", name="Composition").fill("1")
    page.get_by_role("button", name="Reorder").click()

    expect(page.get_by_role("slider", name="Composition")).to_have_value("1")
    assert ids(page, "similar") != usual
    page.get_by_role("link", name="Reset").click()
    assert ids(page, "similar") == usual
    context.close()
