"""Somebody looks at what the site has made of them, turns it up, down and off, and sees what their reactions move."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.journeys import looks
from tests.journeys.barriers import barriers
from tests.journeys.wall import act, card, cards, id_of

LIKED = 4


def like_some(page: Page) -> None:
    """Teach the feed something, as a stranger."""
    page.goto("/")
    for number in range(LIKED):
        picture = cards(page).nth(number)
        picture.hover()
        act(picture, "like").click()
        expect(act(picture, "like")).to_have_attribute("aria-pressed", "true")


@looks.in_each
def test_a_taste_is_turned_up_and_off_and_taken_back(open_page: Callable[..., Page]) -> None:
    page = open_page()
    like_some(page)

    page.goto("/taste/")
    first = page.locator(".taste").first
    slider = first.get_by_role("slider")
    expect(slider).to_have_value("1")
    slider.focus()
    page.keyboard.press("ArrowRight")
    expect(first.locator("output")).to_have_text("1.25×")
    expect(page.locator(".toast")).to_contain_text("Saved")
    expect(page.locator("#taste-preview .strip").last).to_be_visible()
    expect(slider).to_be_focused()

    first.get_by_role("switch").click()
    expect(first).to_contain_text("silent")
    page.locator(".toast").first.get_by_role("button", name="Undo").click()
    expect(first.get_by_role("switch")).to_be_checked()
    expect(first.get_by_role("slider")).to_have_value("1.25")

    assert barriers(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    removed = page.locator(".past__row").first
    title = removed.locator("a span").inner_text()
    removed.get_by_role("button").click()
    expect(page.locator(".past__row")).to_have_count(LIKED - 1)
    expect(page.locator(".past__list")).not_to_contain_text(title)
    page.locator(".toast", has_text="Removed").get_by_role("button", name="Undo").click()
    expect(page.locator(".past__row")).to_have_count(LIKED)
    expect(page.locator(".past__row").first).to_contain_text(title)


def test_less_of_a_topic_is_said_on_the_card_and_the_list_tells_what_moved(open_page: Callable[..., Page]) -> None:
    page = open_page()
    page.goto("/")
    picture = card(page, id_of(cards(page).first))
    act(picture, "dismiss").click()
    choices = act(picture, "less")
    expect(choices.last).to_contain_text("this person")

    choices.first.click()

    expect(picture).to_contain_text("Less of “")
    expect(act(picture, "undo")).to_be_focused()
    expect(page.locator(".feed-note").first).to_be_attached()
    act(picture, "undo").click()
    expect(act(picture, "undo")).to_have_count(0)
    page.goto("/taste/")
    expect(page.locator(".muted-list")).to_have_count(0)
