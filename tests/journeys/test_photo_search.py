"""Somebody looks for a picture, with a photo or with words."""

from collections.abc import Callable

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

    search_with(page, file("barcode.jpg", drawings.jpeg(drawings.barcode())))

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

    page.locator("input[name=q]").fill(title)
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_contain_text(title)
    assert wanted in ids(page, "search")


def test_words_that_find_nothing_say_what_to_do(page: Page) -> None:
    page.goto("/search/?q=qwxzvbk")

    expect(page.locator("[data-good-match=false]")).to_contain_text("No good match")
    expect(page.get_by_role("heading", name="Walk through a category")).to_be_visible()
    page.get_by_role("link", name="Look through the topics").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Topics")


def test_without_script_what_was_found_stands_above_the_form_for_a_photo(open_page: Callable[..., Page]) -> None:
    page = open_page(viewport={"width": 390, "height": 844}, java_script_enabled=False)
    page.goto("/search/?q=sea")

    found, form = cards(page, "search").first, page.locator("#photo")
    below = "([found, form]) => found.getBoundingClientRect().top < form.getBoundingClientRect().top"

    assert page.evaluate(below, [found.element_handle(), form.element_handle()])


def test_an_empty_search_leads_into_categories_and_colours(page: Page) -> None:
    page.goto("/search/")
    ways = page.locator(".search-ways")

    ways.get_by_role("link").first.click()
    expect(cards(page, "search").first).to_be_visible()

    page.go_back()
    ways.get_by_role("link", name="Cobalt").click()
    expect(cards(page, "search").first).to_be_visible()
    page.get_by_role("list", name="Chosen").get_by_role("link", name="Remove this choice").click()
    expect(page.get_by_role("heading", name="Walk through a category")).to_be_visible()


def test_a_picture_less_a_colour_stays_in_the_address_and_can_be_turned(page: Page, known: tuple[int, bytes]) -> None:
    page.goto(f"/search/?part=image:{known[0]}&part=colour:2f7f86*-0.5")
    parts = page.get_by_role("list", name="Chosen").locator("[data-part]")
    expect(parts).to_have_count(2)
    expect(cards(page, "search").first).to_be_visible()

    parts.nth(1).get_by_role("link", name="Unwanted: press for wanted").click()
    page.wait_for_url(lambda url: url.endswith("part=colour:2f7f86*0.5"))
    parts.nth(1).locator("summary").click()
    parts.nth(1).get_by_role("link", name="100 %").first.click()

    page.wait_for_url(lambda url: url.endswith("part=colour:2f7f86"))
    assert known[0] not in ids(page, "search")


def test_a_part_of_a_picture_is_chosen_by_keys_and_searched_with(page: Page, known: tuple[int, bytes]) -> None:
    page.goto(f"/search/?part=image:{known[0]}")
    page.get_by_role("button", name="Choose a part of the picture").click()
    expect(page.get_by_role("group", name="The chosen part")).to_be_focused()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Shift+ArrowUp")

    page.get_by_role("button", name="Search with this part").click()

    page.wait_for_url(lambda url: "@0.170,0.200,0.770,0.770" in url.replace("%2C", ",").replace("%40", "@"))
    expect(page.get_by_text("a part", exact=True)).to_be_visible()


def test_a_name_is_suggested_and_chosen_by_keys(page: Page) -> None:
    page.goto("/search/")
    box = page.locator("#words")
    box.press_sequentially("ree")
    suggestions = page.get_by_role("listbox", name="Suggestions")
    expect(suggestions.get_by_role("option").first).to_contain_text("Reefs")  # those of "re" begin with another

    box.press("ArrowDown")
    box.press("Enter")

    page.wait_for_url("**/search/?category=reefs")
    expect(cards(page, "search").first).to_be_visible()


def test_a_photo_and_words_are_asked_for_together(page: Page, known: tuple[int, bytes]) -> None:
    page.goto("/search/")
    search_with(page, file("photo.jpg", drawings.jpeg(drawings.cropped(known[1]))))
    page.wait_for_url("**/search/?part=photo:*")

    page.locator("#words").fill("blue")
    page.keyboard.press("Enter")

    page.wait_for_url(lambda url: ("q=blue" in url and "photo%3A" in url) or ("photo:" in url and "q=blue" in url))
    expect(cards(page, "search").first).to_be_visible()
