"""Why is this here: the two pictures side by side, what they share outlined, and an answer to it."""

from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

from tests.journeys import looks
from tests.journeys.barriers import barriers
from tests.journeys.wall import act, card, cards, id_of, ids

BY_LOOK = "[data-reason=look]"


def explained(page: Page) -> Locator:
    """The first card that is here for its look, its panel open and the regions found."""
    found = cards(page).filter(has=page.locator(BY_LOOK)).first
    act(found, "why").click()
    expect(found.locator(".why__outline")).to_have_count(2, timeout=20_000)
    return found


def problems(page: Page, panel: Locator, *, ask_axe: bool) -> list[str]:
    """Barriers for people, and what of the panel is outside the window or too small to press."""
    box = panel.bounding_box()
    size = page.viewport_size
    assert box is not None
    assert size is not None
    outside = box["x"] < 0 or box["y"] < 0 or box["x"] + box["width"] > size["width"]
    outside = outside or box["y"] + box["height"] > size["height"]
    small = [button for button in panel.get_by_role("button").all() if (button.bounding_box() or {})["height"] < 44]
    return [
        *(barriers(page) if ask_axe else []),
        *(["outside"] if outside else []),
        *(["small button"] if small else []),
    ]


def test_the_panel_shows_what_two_pictures_share_in_every_look(open_page: Callable[..., Page]) -> None:
    page = open_page()
    page.goto("/")
    picture = cards(page).first
    picture.hover()
    act(picture, "like").click()
    expect(act(picture, "like")).to_have_attribute("aria-pressed", "true")
    liked, state = id_of(picture), page.context.storage_state()
    wrong = {}

    for look in looks.ALL:
        page = open_page(**look, storage_state=state)
        page.goto("/")
        shown = explained(page)
        panel = shown.locator(".reason__panel")
        expect(panel.locator(f'a[href="/images/{liked}/"]')).to_be_visible()
        expect(panel.locator(f'.why a[href="/images/{id_of(shown)}/"]')).to_be_visible()
        wrong[looks.name_of(look)] = problems(page, panel, ask_axe=look in looks.EACH)

    assert not any(wrong.values()), wrong
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    expect(act(shown, "why")).to_be_focused()
    act(shown, "why").click()
    panel.get_by_role("button", name="Close").click()
    expect(panel).to_be_hidden()
    expect(act(shown, "why")).to_be_focused()


def test_not_this_part_is_answered_and_can_be_taken_back(open_page: Callable[..., Page]) -> None:
    page = open_page()
    page.goto("/")
    picture = cards(page).first
    picture.hover()
    act(picture, "like").click()
    expect(act(picture, "like")).to_have_attribute("aria-pressed", "true")
    page.reload()
    before = ids(page)
    shown = explained(page)

    act(shown, "mask").click()

    expect(shown.locator(".why__said")).to_contain_text("no longer counts")
    expect(act(shown, "mask")).to_be_focused()
    with page.expect_response(lambda answer: "/mask" in answer.url):
        act(shown, "mask").click()
    expect(act(shown, "mask")).to_have_attribute("aria-pressed", "false")
    page.reload()
    assert ids(page)[: len(before)] == before

    again = card(page, id_of(explained(page)))
    page.route("**/dismissal", lambda route: route.abort())
    act(again, "less").click()
    page.locator("#toasts").get_by_text("connection").click(trial=True)
    page.locator("#toasts").get_by_role("button", name="Close").click()
    expect(again.locator(".reason__panel"), "what is said of a panel does not close it").to_be_visible()
    page.unroute("**/dismissal")
    act(again, "less").click()
    expect(act(again, "undo")).to_be_visible()
    expect(again.locator(".reason__panel")).to_be_hidden()
