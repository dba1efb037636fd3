"""The house itself: its colours, its languages, and what is left of it without a connection."""

from collections.abc import Callable

from playwright.sync_api import BrowserContext, Page, expect

from tests.journeys import looks
from tests.journeys.wall import act, cards

# Grids of fit-content height, of a popover or a dialog, whose rows WebKit stretches to the height of the window.
STRETCHED = """() => [...document.querySelectorAll('dialog, [popover]')].filter((above) => {
    if (above.localName === 'dialog') above.open = true;
    const style = above.computedStyleMap();
    const [display, height, rows] = ['display', 'height', 'align-content'].map((name) => String(style.get(name)));
    return display === 'grid' && height === 'fit-content' && rows === 'normal';
}).map(({ id, className }) => id || className)"""
PAPER = "getComputedStyle(document.documentElement).backgroundColor"


@looks.in_each
def test_colours_and_language_are_chosen_once_and_stay(open_page: Callable[..., Page], look: looks.Look) -> None:
    page = open_page()
    other = "dark" if look["color_scheme"] == "light" else "light"
    page.goto("/search/")
    before = page.evaluate(PAPER)

    _menu(page).locator(f"button[value={other}]").click()
    expect(page.locator("html")).to_have_attribute("data-scheme", other)
    expect(_menu(page).locator(f"button[value={other}]")).to_have_attribute("aria-pressed", "true")
    _menu(page).get_by_role("button", name="简体中文").click()

    expect(page.locator("html")).to_have_attribute("lang", "zh-hans")
    expect(page.locator("html")).to_have_attribute("data-scheme", other)
    assert page.evaluate(PAPER) != before
    expect(page.get_by_role("link", name="跳到正文")).to_be_attached()


def test_what_lies_above_the_page_is_as_high_as_what_it_says_in_webkit_too(page: Page) -> None:
    page.goto("/")
    act(cards(page).first, "why").click()
    expect(page.locator(".reason__panel[popover]").first).to_be_visible()

    assert page.evaluate(STRETCHED) == []
    page.goto("/search/")
    assert page.evaluate(STRETCHED) == []


def test_the_keyboard_skips_to_the_content(page: Page) -> None:
    page.goto("/search/")

    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")

    expect(page.locator("main")).to_be_focused()


def test_nothing_is_cut_off_at_four_times_the_size(open_context: Callable[..., BrowserContext]) -> None:
    page = open_context(viewport={"width": 320, "height": 256}).new_page()

    for path in ("/", "/search/", "/accounts/login/"):
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, path


def test_what_is_pressed_or_on_is_seen_in_colours_that_the_system_chooses(
    open_context: Callable[..., BrowserContext],
) -> None:
    page = open_context(viewport={"width": 390, "height": 844}, forced_colors="active").new_page()
    background = "element => getComputedStyle(element).backgroundColor"
    page.goto("/")
    liked, other = (act(cards(page).nth(place), "like") for place in (0, 1))
    liked.click()
    expect(liked).to_have_attribute("aria-pressed", "true")
    assert liked.evaluate(background) != other.evaluate(background)
    assert page.locator(".toast").first.evaluate("toast => getComputedStyle(toast).borderTopWidth") == "1px"

    page.goto("/taste/")
    switch = page.get_by_role("switch").first
    on = switch.evaluate(background)
    switch.click()
    expect(page.get_by_role("switch").first).not_to_be_checked()
    expect(page.get_by_role("switch").first).not_to_have_css("background-color", on)


def test_without_a_connection_one_page_says_so(page: Page) -> None:
    page.goto("/search/")
    page.evaluate("navigator.serviceWorker.ready")
    page.wait_for_function("navigator.serviceWorker.controller")

    page.context.set_offline(True)
    page.goto("/?tab=newest")
    expect(page.get_by_role("heading", level=1)).to_have_text("No connection")
    page.context.set_offline(False)
    page.get_by_role("link", name="Try again").click()

    expect(page.locator("[data-list=feed] article").first).to_be_visible()


def _menu(page: Page):
    menu = page.locator(".header__account .menu")
    if menu.get_attribute("open") is None:
        menu.locator("summary").click()
    return menu
