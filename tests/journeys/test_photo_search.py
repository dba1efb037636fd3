"""Somebody looks for a picture, with a photo or with words."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys import drawings
from tests.journeys.drawings import Payload, file
from tests.journeys.wall import act, card, cards, id_of, ids, title_of


def search_with(page: Page, photo: Payload) -> None:
    page.locator("#photo input[type=file][name=file]").set_input_files(photo)


@pytest.fixture
def known(page: Page) -> tuple[int, bytes]:
    """A picture of the gallery, and its bytes."""
    page.goto("/?tab=newest")
    picture = cards(page).nth(5)
    source = picture.locator(".frame__picture").get_attribute("src") or ""
    return id_of(picture), page.request.get(source).body()


def test_a_photo_of_a_picture_finds_the_picture(page: Page, known: tuple[int, bytes]) -> None:
    image_id, data = known
    page.goto("/search/")

    search_with(page, file("from my phone.jpg", drawings.jpeg(drawings.cropped(data), quality=70)))

    expect(page.locator("[data-good-match=true]")).to_be_visible()
    assert ids(page, "search")[0] == image_id
    expect(page.get_by_role("img", name="Your photo")).to_be_visible()


def test_a_photo_like_nothing_here_is_told_so(page: Page) -> None:
    page.goto("/search/")

    search_with(page, file("noise.jpg", drawings.jpeg(drawings.noise())))

    expect(page.locator("[data-good-match=false]")).to_contain_text("No good match")
    expect(cards(page, "search").first).to_be_hidden()
    page.get_by_text("Show the nearest anyway").click()
    expect(cards(page, "search").first).to_be_visible()


def test_what_is_no_photo_is_refused_kindly_and_another_may_follow(page: Page, known: tuple[int, bytes]) -> None:
    page.goto("/search/")

    search_with(page, file("notes.jpg", b"milk, bread, two lemons\n" * 20))
    expect(page.locator("#results [role=alert]")).to_contain_text("Choose another photo")

    search_with(page, file("photo.jpg", drawings.jpeg(drawings.cropped(known[1]))))
    expect(page.locator("[data-good-match=true]")).to_be_visible()


def test_what_a_photo_found_can_be_liked(page: Page, known: tuple[int, bytes]) -> None:
    image_id, data = known
    page.goto("/search/")
    search_with(page, file("photo.jpg", drawings.jpeg(drawings.cropped(data))))
    found = card(page, image_id)

    found.hover()
    act(found, "like").click()

    expect(act(found, "like")).to_have_attribute("aria-pressed", "true")


def test_a_photo_is_taken_without_script(browser, browser_context_args: dict, known: tuple[int, bytes]) -> None:
    context = browser.new_context(**browser_context_args, java_script_enabled=False)
    page = context.new_page()
    page.goto("/search/")

    search_with(page, file("photo.jpg", drawings.jpeg(drawings.cropped(known[1]))))
    page.get_by_role("button", name="Find pictures like it").click()

    expect(page.locator("[data-good-match=true]")).to_be_visible()
    assert ids(page, "search")[0] == known[0]
    context.close()


def test_words_find_by_title(page: Page) -> None:
    page.goto("/")
    wanted, title = id_of(cards(page).nth(3)), title_of(cards(page).nth(3))

    page.get_by_role("searchbox").fill(title)
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_contain_text(title)
    assert wanted in ids(page, "search")


def test_words_that_find_nothing_say_what_to_do(page: Page) -> None:
    page.goto("/search/?q=xylophonist+zzz")

    expect(page.locator("[data-list=search]")).to_contain_text("Nothing found")
    page.get_by_role("link", name="Search anew").click()
    expect(page.get_by_role("heading", name="Walk through a category")).to_be_visible()


def test_an_empty_search_leads_into_categories_and_colours(page: Page) -> None:
    page.goto("/search/")
    ways = page.locator(".search-ways")

    ways.get_by_role("link").first.click()
    expect(cards(page, "search").first).to_be_visible()

    page.go_back()
    ways.get_by_role("link", name="Cobalt").click()
    expect(cards(page, "search").first).to_be_visible()
    page.get_by_role("list", name="Chosen").get_by_role("link").click()
    expect(page.get_by_role("heading", name="Walk through a category")).to_be_visible()
