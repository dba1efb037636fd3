"""A picture opens over its list: seen closely, turned, walked from, corrected, and the list is where it was."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, CDPSession, Locator, Page, expect

from tests.journeys import drawings, looks
from tests.journeys.barriers import barriers
from tests.journeys.wall import act, card, cards, id_of, ids, title_of
from tests.running import Site


@pytest.fixture
def overlay(page: Page) -> Locator:
    return page.locator("#overlay")


def address(image_id: int) -> re.Pattern[str]:
    return re.compile(rf"/images/{image_id}/(\?from=[\d,]+)?$")


def open_card(page: Page, image_id: int, *, of: str = "feed") -> Locator:
    """Open a card of a list, and wait until everything of the picture has come."""
    page.locator(f'[data-list={of}] article[data-image-id="{image_id}"] .card__link').click()
    expect(page).to_have_url(address(image_id))
    shown = page.locator("#overlay")
    expect(shown.locator(f'[data-dwell="{image_id}"]')).to_be_visible()
    expect(cards(page, "similar").first).to_be_visible()
    return shown


def transform(page: Page) -> list[float]:
    """Scale, and where the zoomed picture stands."""
    found = page.locator(".image__figure .frame").evaluate("frame => getComputedStyle(frame).transform")
    numbers = [float(number) for number in re.findall(r"-?[\d.]+", found.partition("(")[2])]
    return [numbers[0], *numbers[4:]] if numbers else [1.0, 0.0, 0.0]


@looks.in_each
def test_a_walk_over_the_list_and_back_to_where_one_was(open_page: Callable[..., Page]) -> None:
    page = open_page()
    heard: list[str] = []
    page.on("console", lambda message: heard.append(message.text) if message.type == "error" else None)
    opened: list[str] = []
    page.on("request", lambda request: opened.append(request.url) if "opened=1" in request.url else None)
    page.goto("/")
    first = ids(page)[7]
    card(page, first).scroll_into_view_if_needed()
    title = title_of(card(page, first))

    shown = open_card(page, first)

    top = page.evaluate("scrollY")
    expect(page.get_by_role("dialog", name=title)).to_be_focused()
    expect(page).to_have_title(re.compile(re.escape(title)))
    expect(shown.locator("[data-came-by] [data-reason]")).to_be_visible()
    assert barriers(page) == []
    shown.locator("h1, h2").first.evaluate("heading => heading.textContent = 'Donaudampfschiff'.repeat(12)")
    assert shown.evaluate("dialog => dialog.scrollWidth <= dialog.clientWidth"), "a long word breaks"
    second = ids(page, "similar")[1]
    open_card(page, second, of="similar")
    expect(shown.locator("[data-trail] [data-image-id]")).to_have_count(1)
    assert len(opened) == 2
    page.go_back()
    expect(shown.locator(f'[data-dwell="{first}"]')).to_be_visible()
    page.go_forward()
    expect(shown.locator(f'[data-dwell="{second}"]')).to_be_visible()
    page.keyboard.press("Escape")

    expect(shown).to_be_hidden()
    expect(page).to_have_url(re.compile(r"/$"))
    expect(card(page, first).locator(".card__link")).to_be_focused()
    assert page.evaluate("scrollY") == top
    assert len(opened) == 2, "gone back to is not opened again"
    assert heard == []


def test_reloaded_or_opened_elsewhere_a_picture_has_a_page_of_its_own(page: Page, overlay: Locator) -> None:
    page.goto("/")
    image_id = ids(page)[3]
    with page.context.expect_page() as elsewhere:
        card(page, image_id).locator(".card__link").click(modifiers=["ControlOrMeta"])
    expect(elsewhere.value.locator("main .closeup")).to_be_visible()
    expect(overlay).to_be_hidden()

    open_card(page, image_id)
    page.reload()
    expect(page.locator("main .closeup")).to_be_visible()
    expect(overlay).to_be_hidden()
    page.go_back()

    expect(cards(page).first).to_be_visible()
    expect(page.locator("main .closeup")).to_have_count(0)


def test_arrows_turn_to_the_next_picture_and_past_what_the_list_has_fetched(page: Page, overlay: Locator) -> None:
    page.goto("/")
    known = ids(page)
    open_card(page, known[-2])
    expect(overlay.get_by_role("button", name="Previous picture")).to_be_visible()

    page.keyboard.press("ArrowRight")
    expect(overlay.locator(f'[data-dwell="{known[-1]}"]')).to_be_visible()
    overlay.get_by_role("button", name="Next picture").click()
    expect(overlay.locator(f'[data-dwell="{known[-1]}"]')).to_be_hidden()
    beyond = int(overlay.locator("[data-dwell]").get_attribute("data-dwell") or "")

    assert beyond not in known
    page.keyboard.press("ArrowLeft")
    expect(page).to_have_url(address(known[-1]))
    page.go_back()
    expect(overlay).to_be_hidden()
    expect(card(page, known[-1]).locator(".card__link")).to_be_focused()
    expect(card(page, known[-1])).to_be_in_viewport()


def test_a_picture_comes_nearer_by_keys_and_moves_under_them(page: Page) -> None:
    page.goto("/")
    image_id = ids(page)[0]
    shown = open_card(page, image_id)

    for _ in range(4):
        page.keyboard.press("+")
    scale, x, y = transform(page)
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowDown")

    assert scale > 4
    assert transform(page) == pytest.approx([scale, x - 80, y - 80], abs=0.5)
    expect(page).to_have_url(address(image_id))
    expect(shown.locator(".image__figure .frame__picture")).to_have_js_property("sizes", "9999px")
    page.keyboard.press("Escape")
    assert transform(page)[0] == 1
    expect(shown).to_be_visible()
    shown.locator(".image__link").click(position={"x": 40, "y": 40})
    assert transform(page)[0] > 1
    shown.get_by_role("button", name="Whole picture").click()
    assert transform(page)[0] == 1


class Finger:
    """Fingers on the glass, as the browser feels them."""

    def __init__(self, page: Page) -> None:
        self.cdp: CDPSession = page.context.new_cdp_session(page)

    def touch(self, kind: str, *points: tuple[float, float]) -> None:
        touches = [{"x": x, "y": y, "id": number} for number, (x, y) in enumerate(points)]
        self.cdp.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": touches})

    def stroke(self, start: tuple[int, int], end: tuple[int, int]) -> None:
        self.touch("touchStart", start)
        for share in (0.25, 0.5, 0.75, 1.0):
            self.touch("touchMove", tuple(a + (b - a) * share for a, b in zip(start, end, strict=True)))  # type: ignore[arg-type]
        self.touch("touchEnd")


def test_fingers_turn_pinch_and_close(open_context: Callable[..., BrowserContext]) -> None:
    page = open_context(viewport=looks.PHONE, has_touch=True, is_mobile=True).new_page()
    page.goto("/")
    first, second = ids(page)[1:3]
    shown, finger = open_card(page, first), Finger(page)
    for action in ("like", "dismiss"):
        box = act(shown.locator(".image__actions"), action).bounding_box()
        assert box is not None
        assert box["y"] > looks.PHONE["height"] / 2, "the thumb reaches it"
        assert min(box["width"], box["height"]) >= 44

    finger.stroke((300, 200), (60, 205))
    expect(page).to_have_url(address(second))
    expect(shown.locator(f'[data-dwell="{second}"]')).to_be_visible()
    finger.touch("touchStart", (150, 150), (190, 150))
    finger.touch("touchMove", (90, 150), (250, 150))
    finger.touch("touchEnd")
    assert transform(page)[0] == pytest.approx(4, rel=0.01)
    finger.stroke((200, 300), (60, 300))
    expect(page).to_have_url(address(second))
    shown.get_by_role("button", name="Whole picture").click()
    finger.stroke((200, 100), (205, 320))

    expect(shown).to_be_hidden()


def test_what_is_decided_over_the_list_is_shown_in_it(page: Page, overlay: Locator) -> None:
    page.goto("/")
    image_id = ids(page)[2]
    open_card(page, image_id)
    actions = overlay.locator(".image__actions")

    act(actions, "like").click()
    expect(act(card(page, image_id), "like")).to_have_attribute("aria-pressed", "true")
    act(overlay.get_by_role("status"), "undo").click()
    expect(act(actions, "like")).to_have_attribute("aria-pressed", "false")
    expect(act(card(page, image_id), "like")).to_have_attribute("aria-pressed", "false")
    act(actions, "dismiss").click()
    expect(act(actions, "dismiss")).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("Escape")

    expect(card(page, image_id).locator(".dismissed")).to_be_visible()
    expect(act(card(page, image_id), "undo")).to_be_focused()


def test_alike_in_what_is_chosen_and_remembered_in_the_next_picture(page: Page, overlay: Locator) -> None:
    page.goto("/")
    open_card(page, id_of(cards(page).first))

    overlay.get_by_role("link", name="Look", exact=True).click()

    panel = overlay.locator("#similar")
    expect(panel).to_have_attribute("data-mode", "look")
    expect(overlay.get_by_role("link", name="Look", exact=True)).to_be_focused()
    page.keyboard.press("Escape")
    open_card(page, ids(page)[5])
    expect(panel).to_have_attribute("data-mode", "look")


def test_how_long_a_picture_was_looked_at_is_told_when_it_closes(page: Page) -> None:
    page.clock.install()
    page.goto("/")
    image_id = ids(page)[4]
    open_card(page, image_id)
    page.clock.fast_forward(5_000)

    with page.expect_request(
        lambda request: "/events/" in request.url and "dwell" in (request.post_data or "")
    ) as told:
        page.keyboard.press("Escape")

    (event,) = [event for event in told.value.post_data_json["events"] if event["kind"] == "dwell"]
    assert event["image"] == image_id
    assert event["seconds"] >= 5


def test_an_owner_corrects_the_tags_in_place(page: Page, site: Site, sign_in: Callable) -> None:
    sign_in(site.member)
    headers = {"X-CSRFToken": next(c["value"] for c in page.context.cookies() if c["name"] == "csrftoken")}
    photo = drawings.file("tags.jpg", drawings.jpeg(drawings.drawn()))
    posted = page.request.post("/api/v1/images/", headers=headers, multipart={"file": photo, "tags": "moon"}).json()
    page.goto(f"/images/{posted['id']}/")
    tags = page.get_by_role("list", name="Tags")

    page.get_by_label("A tag to add").fill("tide")
    page.keyboard.press("Enter")
    expect(tags.get_by_role("link", name="tide")).to_be_visible()
    page.get_by_role("button", name="Take “moon” off").click()
    expect(tags.get_by_role("link", name="moon")).to_have_count(0)
    act(page.get_by_role("status"), "undo").first.click()

    expect(tags.get_by_role("link", name="moon")).to_be_visible()
    expect(tags.get_by_role("link", name="tide")).to_be_visible()
