"""Somebody keeps pictures: saved from the wall, put in order, taken along."""

import io
import zipfile
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys import looks
from tests.journeys.test_pages import complaints_about
from tests.journeys.wall import act, cards, id_of, ids
from tests.running import Account, Site

pytestmark = looks.in_each


@pytest.fixture
def page(open_page: Callable[..., Page], look: looks.Look) -> Page:
    return open_page(has_touch=look["viewport"] == looks.PHONE)


def board_of(page: Page) -> str:
    """The address of the board that was made last."""
    made = page.request.get("/api/v1/boards/").json()["results"]
    return max(made, key=lambda board: board["created_at"])["url"]


def test_pictures_are_saved_put_in_order_and_taken_along(
    page: Page, site: Site, sign_in: Callable[[Account], None]
) -> None:
    sign_in(site.member)
    page.goto("/?tab=newest")
    first, second = cards(page).nth(0), cards(page).nth(1)
    wanted = [id_of(first), id_of(second)]

    first.hover()
    act(first, "save").click()
    expect(act(first, "save")).to_have_attribute("aria-pressed", "true")
    act(page.get_by_role("status"), "change").first.click()
    page.get_by_label("Name of a new board").fill("Storms")
    create = page.get_by_role("button", name="Create and save")
    page.route("**/save*", lambda route: route.abort())
    failure = page.get_by_role("dialog").get_by_role("status").filter(has_text="connection")
    create.click()
    failure.get_by_role("button", name="Close").click()
    expect(failure, "what is said over a dialog can be pressed").to_have_count(0)
    create.press("Enter")
    expect(failure).to_be_visible()
    create.press("Tab")
    page.keyboard.press("Enter")
    expect(failure, "and reached by keyboard").to_have_count(0)
    page.unroute("**/save*")
    page.locator(".chooser__new").evaluate("form => (form.requestSubmit(), form.requestSubmit())")
    expect(page.get_by_role("status").first).to_contain_text("Saved to “Storms”")
    expect(page.get_by_role("dialog")).to_have_count(0)
    board = board_of(page)
    made = [one["name"] for one in page.request.get("/api/v1/boards/").json()["results"]]
    assert len(made) == len(set(made)), "pressed twice, made once"

    second.hover()
    act(second, "save").click()
    expect(act(second, "save")).to_have_attribute("aria-pressed", "true")
    act(page.get_by_role("status"), "undo").first.click()
    expect(act(second, "save")).to_have_attribute("aria-pressed", "false")
    page.request.put(f"{api(board)}images/{wanted[1]}/", headers=token(page))

    page.goto(f"{board}?arrange=1")
    places = page.locator(".place")
    expect(places).to_have_count(2)
    assert ids_of_places(page) == [wanted[1], wanted[0]]
    with page.expect_response(lambda answer: answer.url.endswith("/move")) as moved:
        places.nth(0).get_by_role("button", name="later").press("Enter")
    assert moved.value.status == 204
    expect(page.locator("#place-told")).to_contain_text("Moved to place 2 of 2")
    if page.viewport_size == looks.DESK:
        drag(page)
        expect(page.locator(".place").first).to_have_attribute("data-image-id", str(wanted[1]))
        page.reload()
        assert ids_of_places(page) == [wanted[1], wanted[0]]
        hold_at_the_edge_and_give_up(page)
        assert ids_of_places(page) == [wanted[1], wanted[0]]
        page.set_viewport_size(looks.DESK)

    complaints = [text for path in (board, f"{board}?arrange=1", f"{board}edit", "/boards/")
                  for text in complaints_about(page, path, ask_axe=True)]  # fmt: skip
    assert complaints == []
    page.goto(board)
    assert set(ids(page, "board")) == set(wanted)
    expect(cards(page, "ideas").first).to_be_attached()
    file = zipfile.ZipFile(io.BytesIO(page.request.get(f"{board}export").body()))
    assert len(file.namelist()) == 3
    assert file.testzip() is None

    page.goto(f"{board}edit")
    page.get_by_role("button", name="Delete").click()
    act(page.get_by_role("status"), "undo").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Storms")
    page.goto(f"{board}?arrange=1")
    kept = ids_of_places(page)
    page.request.delete(api(board), headers=token(page))
    places.nth(0).get_by_role("button", name="later").press("Enter")
    expect(page.locator("#toasts")).to_contain_text("no longer here")
    with page.expect_response(lambda answer: answer.url.endswith("/move")):
        places.nth(0).get_by_role("button", name="later").press("Enter")
    expect(page.locator(".toast")).to_have_count(1)
    expect(places.first).to_have_attribute("data-image-id", str(kept[0]))


def test_a_visitor_is_asked_to_sign_in_and_finds_it_saved(page: Page, site: Site) -> None:
    page.goto("/?tab=newest")
    picture = cards(page).nth(12)
    image_id = id_of(picture)
    picture.scroll_into_view_if_needed()
    picture.locator(".card__link").focus()
    page.keyboard.press("s")
    invitation = page.get_by_role("status").get_by_role("link", name="Sign in to save")
    expect(invitation).to_be_visible()
    page.keyboard.press("s")
    expect(invitation).to_have_count(1)
    assert page.url == f"{site.url}/?tab=newest", "the list stays"
    before = page.evaluate("scrollY")

    invitation.click()

    page.wait_for_url(lambda url: "/accounts/login/" in url)
    page.locator("input[name=login]").fill(site.member.username)
    page.locator("input[name=password]").fill(site.member.password)
    page.locator("form:has(input[name=password]) button[type=submit]").click()

    expect(page.get_by_role("status")).to_contain_text("Saved to")
    assert page.url == f"{site.url}/?tab=newest"
    page.wait_for_function("before => before > 0 && Math.abs(scrollY - before) < 50", arg=before)
    button = page.locator(f'[data-save="{image_id}"]').first
    expect(button).to_have_attribute("aria-pressed", "true")
    button.hover()
    button.click()
    expect(button).to_have_attribute("aria-pressed", "false")


def api(board: str) -> str:
    return board.replace("/boards/", "/api/v1/boards/")


def token(page: Page) -> dict[str, str]:
    return {"X-CSRFToken": page.locator("#react input[name=csrfmiddlewaretoken]").get_attribute("value") or ""}


def ids_of_places(page: Page) -> list[int]:
    return [int(key) for key in page.locator(".place").evaluate_all("all => all.map(one => one.dataset.imageId)")]


def drag(page: Page) -> None:
    """The second picture before the first, with the mouse."""
    start, end = (page.locator(".place__picture").nth(place).bounding_box() for place in (1, 0))
    assert start is not None
    assert end is not None
    page.mouse.move(start["x"] + 60, start["y"] + 60)
    page.mouse.down()
    page.mouse.move(end["x"] + 90, end["y"] + 60, steps=6)
    with page.expect_response(lambda answer: answer.url.endswith("/move")):
        page.mouse.up()


def hold_at_the_edge_and_give_up(page: Page) -> None:
    """On a board longer than the screen a picture is carried on below it; Escape puts it back."""
    page.set_viewport_size({"width": 390, "height": 560})
    page.evaluate("scrollTo(0, 0)")
    held = page.locator(".place__picture").first.bounding_box()
    assert held is not None
    page.mouse.move(held["x"] + 60, held["y"] + 30)
    page.mouse.down()
    page.mouse.move(held["x"] + 60, 550, steps=4)
    page.wait_for_function("() => scrollY > 40")
    page.keyboard.press("Escape")
    page.mouse.up()
