"""Somebody likes a picture, and the gallery follows."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.journeys.wall import TAUGHT, act, card, cards, id_of, ids, reaction, title_of

PAGE = 24  # cards that the server sends at first; a wall may have fetched more by the time one looks


@pytest.fixture
def page_without_script(browser: Browser, browser_context_args: dict) -> Iterator[Page]:
    context = browser.new_context(**browser_context_args, java_script_enabled=False)
    yield context.new_page()
    context.close()


def like(picture: Locator) -> None:
    picture.hover()
    act(picture, "like").click()
    expect(act(picture, "like")).to_have_attribute("aria-pressed", "true")


def taught_by(page: Page, title: str) -> Locator:
    """Cards that are here because of this liked picture."""
    return cards(page).filter(has=page.locator(TAUGHT)).filter(has_text=title)


def test_a_like_changes_the_list_below_at_once_and_for_good(page: Page) -> None:
    page.goto("/")
    liked = cards(page).first
    title = title_of(liked)
    expect(page.locator(TAUGHT)).to_have_count(0)

    like(liked)

    expect(taught_by(page, title).first).to_be_attached()
    assert id_of(cards(page).first) == id_of(liked), "what is on the screen stays where it is"
    note = page.locator(".feed-note:not(:empty)")
    toast = page.locator("#toasts [data-short]").first
    expect(toast).to_have_text(re.compile(r"^Liked\. ."))
    expect(toast).to_contain_text(note.get_attribute("data-short") or "")
    cards(page).nth(1).hover()
    act(cards(page).nth(1), "dismiss").click()
    expect(page.locator(".feed-note")).to_have_count(2)
    expect(note, "the newest note stands alone").to_have_count(1)
    expect(toast, "the like is not said to have done what the dismissal did").to_have_text("Liked.")
    page.reload()
    expect(taught_by(page, title).first).to_be_attached()


def test_the_reason_opens_into_the_liked_picture(page: Page) -> None:
    page.goto("/")
    image_id, title = id_of(cards(page).first), title_of(cards(page).first)
    like(cards(page).first)
    page.reload()
    taught = taught_by(page, title).first

    act(taught, "why").click()

    evidence = taught.locator(f'a[href^="/images/{image_id}/"]')
    expect(evidence).to_be_visible()
    expect(evidence.get_by_role("img")).to_have_attribute("alt", re.compile(rf"{re.escape(title)}(: .+)?"))
    page.keyboard.press("Escape")
    expect(evidence).to_be_hidden()
    expect(act(taught, "why")).to_be_focused()


def test_a_like_taken_back_leaves_the_list_as_it_was(page: Page) -> None:
    page.goto("/")
    before = ids(page)[:PAGE]
    image_id = before[0]
    like(card(page, image_id))
    page.goto("/")
    assert ids(page)[:PAGE] != before

    page.goto(f"/images/{image_id}/")
    expect(act(page, "like").first).to_have_attribute("aria-pressed", "true")
    act(page, "like").first.click()
    expect(act(page, "like").first).to_have_attribute("aria-pressed", "false")

    page.goto("/")
    assert ids(page)[:PAGE] == before


def test_a_toast_offers_to_take_the_like_back(page: Page) -> None:
    page.goto("/")
    liked = cards(page).first
    like(liked)

    with page.expect_response(reaction(id_of(liked), "like")):
        act(page.get_by_role("status"), "undo").click()

    expect(act(liked, "like")).to_have_attribute("aria-pressed", "false")
    expect(page.locator("[data-toast]")).to_have_count(0)


def test_all_of_it_works_without_script(page_without_script: Page) -> None:
    page = page_without_script
    page.goto("/")
    before = ids(page)
    title = title_of(cards(page).first)

    act(cards(page).first, "like").click()

    expect(page.get_by_role("status")).to_contain_text("Liked")
    taught = taught_by(page, title).first
    act(taught, "why").click()
    taught.locator(f'a[href^="/images/{before[0]}/"]').click()
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    expect(page.locator(".skeleton"), "nothing is on its way").to_be_hidden()
    act(page, "like").first.click()
    expect(page.get_by_role("status")).to_contain_text("taken back")
    page.goto("/")
    assert ids(page) == before


def test_the_next_page_is_a_link_without_script(page_without_script: Page) -> None:
    page = page_without_script
    page.goto("/")
    first = ids(page)

    page.get_by_role("link", name="More", exact=True).click()

    assert ids(page)
    assert not set(ids(page)) & set(first)
