"""The wall: how much of it is in the document, the way back to it, other views of it, and the keyboard."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys import looks
from tests.journeys.wall import act, card, cards, id_of, ids, title_of

pytestmark = looks.in_each
FOCUSED = "document.activeElement.closest('article')?.dataset.imageId"
# Where the cards on the screen stand, by their pictures.
ON_SCREEN = """() => Object.fromEntries(
    [...document.querySelectorAll('[data-list] article')]
        .map((card) => [card.dataset.imageId, card.getBoundingClientRect()])
        .filter(([, { top, bottom }]) => bottom > 0 && top < innerHeight)
        .map(([image, { left, top }]) => [image, [Math.round(left), Math.round(top)]]))"""


# What a browser's search in the page says to hidden text in which it has found something.
FOUND = "title => title.dispatchEvent(new Event('beforematch'))"


@pytest.fixture
def page(open_page: Callable[..., Page]) -> Page:
    """The feed."""
    page = open_page()
    page.goto("/")
    return page


def scroll_to_the_end(page: Page) -> set[int]:
    """Go through the whole list; returns all pictures that it showed."""
    shown = set(ids(page))
    while page.locator(".more").count():
        following = page.locator(".more").get_attribute("data-more")
        page.locator(".more").scroll_into_view_if_needed()
        page.wait_for_function("known => document.querySelector('.more')?.dataset.more !== known", arg=following)
        shown |= set(ids(page))
    page.locator(".end").scroll_into_view_if_needed()
    return shown


def focused(page: Page) -> int:
    return int(page.evaluate(FOCUSED) or 0)


def like(picture: Locator) -> None:
    picture.hover()
    act(picture, "like").click()
    expect(act(picture, "like")).to_have_attribute("aria-pressed", "true")


def test_what_is_far_leaves_the_document_and_comes_back_as_it_was(page: Page) -> None:
    first = card(page, ids(page)[0])
    like(first)
    expect(page.locator(".feed-note, .page--fresh").first).to_be_attached()
    page.evaluate("document.activeElement.blur()")
    page.locator("[data-toast-close]").click()
    before = page.evaluate(ON_SCREEN)

    shown = scroll_to_the_end(page)

    expect(first).to_have_count(0)
    assert len(ids(page)) < len(shown)
    page.evaluate("scrollTo(0, 0)")
    expect(act(first, "like")).to_have_attribute("aria-pressed", "true")
    assert page.evaluate(ON_SCREEN) == before
    act(first, "like").click()
    expect(act(first, "like")).to_have_attribute("aria-pressed", "false")


@pytest.mark.looks(looks.EACH[1:])
def test_a_search_in_the_page_finds_titles_that_are_out_of_it_where_no_idle_moment_is_told(page: Page) -> None:
    page.add_init_script("delete window.requestIdleCallback")
    page.reload()
    first = ids(page)[0]
    name = title_of(card(page, first))
    scroll_to_the_end(page)
    expect(card(page, first)).to_have_count(0)

    page.locator(".wall__titles").get_by_text(name, exact=True).first.evaluate(FOUND)

    expect(card(page, first)).to_be_visible()


def test_back_leads_to_the_same_pictures_at_the_same_place(page: Page) -> None:
    scroll_to_the_end(page)
    page.evaluate("scrollTo(0, document.querySelector('.gallery').offsetHeight / 2)")
    page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    before = page.evaluate(ON_SCREEN)
    assert before
    page.goto("/search/")

    page.go_back()

    page.wait_for_function("known => document.querySelectorAll('[data-list] article').length >= known", arg=len(before))
    expect(page.locator(".card--coming")).to_have_count(0)
    page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    assert page.evaluate(ON_SCREEN) == before


def test_the_keyboard_goes_everywhere(page: Page) -> None:
    columns = 2 if page.viewport_size == looks.PHONE else 4
    order = ids(page)

    page.keyboard.press("ArrowDown")
    assert focused(page) == order[0]
    expect(card(page, order[0]).locator(".card__link")).to_have_css("outline-style", "solid")
    page.keyboard.press("ArrowRight")
    assert focused(page) == order[1]
    page.keyboard.press("ArrowDown")
    assert focused(page) in order[columns : 3 * columns]
    page.keyboard.press("ArrowUp")
    assert focused(page) == order[1]
    picture = card(page, order[1])

    page.keyboard.press("w")
    expect(picture.locator(".reason")).to_have_attribute("open", "")
    page.keyboard.press("Escape")
    page.keyboard.press("l")
    expect(act(picture, "like")).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("l")
    expect(act(picture, "like")).to_have_attribute("aria-pressed", "false")
    page.keyboard.press("x")
    expect(act(picture, "undo")).to_be_focused()
    page.keyboard.press("x")
    expect(act(picture, "undo")).to_have_count(0)

    page.keyboard.press("End")
    expect(page.locator(f'[data-image-id="{order[0]}"] :focus')).to_have_count(0)
    page.keyboard.press("Home")
    assert focused(page) == order[0]
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    page.keyboard.type("l?x")
    expect(page.locator("input:focus")).to_have_value("l?x")
    assert act(cards(page).first, "like").get_attribute("aria-pressed") == "false"


def test_a_view_is_kept_and_a_slideshow_ends_where_it_was(page: Page) -> None:
    first = id_of(cards(page).first)
    page.locator(".views summary").click()
    page.get_by_role("button", name="List", exact=True).click()
    expect(page.locator("html")).to_have_attribute("data-view", "list")
    page.reload()
    expect(page.locator("html")).to_have_attribute("data-view", "list")
    picture = card(page, first)
    box = picture.bounding_box()
    assert box is not None
    assert box["width"] > 2 * box["height"]
    expect(picture.locator(".card__owner")).to_be_visible()

    page.locator(".views summary").click()
    page.get_by_role("button", name="Slideshow").click()
    show = page.get_by_role("dialog", name="Slideshow")
    expect(show.locator(".slideshow__title")).to_have_text(picture.locator(".card__title").inner_text())
    expect(show.locator("[data-slideshow-play]")).to_have_attribute("aria-pressed", "false")
    second = ids(page)[1]
    page.keyboard.press("ArrowRight")
    expect(show.locator(".slideshow__title")).to_have_text(card(page, second).locator(".card__title").inner_text())
    page.keyboard.press("Escape")

    expect(show).to_be_hidden()
    expect(card(page, second).locator(".card__link")).to_be_focused()
