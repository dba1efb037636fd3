"""Somebody is not interested, or thinks better of it."""

from playwright.sync_api import Locator, Page, expect

from tests.journeys.wall import act, card, cards, id_of, ids

MOST_TABS = 80


def dismiss(picture: Locator) -> None:
    picture.hover()
    act(picture, "dismiss").click()
    expect(act(picture, "undo")).to_be_visible()


def tab_to(page: Page, wanted: Locator) -> None:
    """Go there as the keyboard goes."""
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        if wanted.evaluate("element => element === document.activeElement"):
            return
    raise AssertionError("the keyboard does not get there")


def test_a_dismissed_card_can_be_brought_back_in_place(page: Page) -> None:
    page.goto("/")
    second = ids(page)[1]
    picture = card(page, second)

    dismiss(picture)

    expect(picture).to_contain_text("Less like this")
    act(picture, "undo").click()
    expect(act(picture, "undo")).to_have_count(0)
    expect(picture.get_by_role("link").first).to_be_visible()
    assert ids(page)[1] == second


def test_what_was_dismissed_stays_away_until_it_is_undone(page: Page) -> None:
    page.goto("/")
    before = ids(page)
    dismiss(card(page, before[2]))

    page.reload()

    assert before[2] not in ids(page)
    page.goto(f"/images/{before[2]}/")
    expect(act(page, "dismiss").first).to_have_attribute("aria-pressed", "true")
    act(page, "dismiss").first.click()
    expect(act(page, "dismiss").first).to_have_attribute("aria-pressed", "false")
    page.goto("/")
    assert ids(page)[: len(before)] == before


def test_the_keyboard_alone_likes_dismisses_and_undoes(page: Page) -> None:
    page.goto("/")
    picture = card(page, id_of(cards(page).first))
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")

    tab_to(page, act(picture, "like"))

    expect(act(picture, "like")).to_have_css("outline-style", "solid")
    expect(act(picture, "like")).to_have_css("opacity", "1")
    page.keyboard.press("Enter")
    expect(act(picture, "like")).to_have_attribute("aria-pressed", "true")
    expect(act(picture, "like")).to_be_focused()

    page.keyboard.press("Shift+Tab")
    expect(act(picture, "save")).to_be_focused()
    page.keyboard.press("Shift+Tab")
    expect(act(picture, "dismiss")).to_be_focused()
    page.keyboard.press("Enter")
    expect(act(picture, "undo")).to_be_focused()
    expect(act(picture, "like")).to_have_attribute("aria-pressed", "false")
    page.keyboard.press("Enter")
    expect(act(picture, "undo")).to_have_count(0)
    expect(act(picture, "dismiss")).to_be_focused()


def test_one_of_two_reactions_replaces_the_other(page: Page) -> None:
    page.goto(f"/images/{_some_image(page)}/")
    like, dismissal = act(page, "like").first, act(page, "dismiss").first

    dismissal.click()
    expect(dismissal).to_have_attribute("aria-pressed", "true")
    like.click()

    expect(like).to_have_attribute("aria-pressed", "true")
    expect(dismissal).to_have_attribute("aria-pressed", "false")


def _some_image(page: Page) -> int:
    page.goto("/")
    return id_of(cards(page).first)
