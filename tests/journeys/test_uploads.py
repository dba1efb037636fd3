"""A member hangs pictures."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.journeys import drawings
from tests.journeys.drawings import Payload, file
from tests.journeys.wall import act, card, cards, ids

SOON = 30_000  # milliseconds; a quiet machine takes 3,000


@pytest.fixture
def member_page(page: Page, site, sign_in) -> Page:
    sign_in(site.member)
    page.goto("/upload/")
    return page


@pytest.fixture
def stranger(browser: Browser, browser_context_args: dict) -> Iterator[Page]:
    """Somebody else, in another browser."""
    context = browser.new_context(**browser_context_args)
    yield context.new_page()
    context.close()


def choose(page: Page, *files: Payload) -> None:
    page.locator("input[type=file][name=file]").set_input_files(list(files))


def row_titled(page: Page, title: str) -> Locator:
    return page.locator("#upload-rows li").filter(has=page.locator(f'input[name=title][value="{title}"]'))


def expect_status(row: Locator, status: str) -> None:
    expect(row.locator("[data-upload-status]")).to_have_attribute("data-upload-status", status, timeout=SOON)


def uploaded(page: Page, title: str, data: bytes) -> int:
    """Upload one picture and wait until it can be found. Returns its id."""
    choose(page, file(f"{title}.jpg", data))
    row = row_titled(page, title)
    expect_status(row, "findable")
    return int(row.get_attribute("data-image-id") or "")


def test_each_of_many_files_has_a_fate_of_its_own(member_page: Page) -> None:
    page = member_page
    same = drawings.jpeg(drawings.drawn())

    choose(
        page,
        file("morning_at-the-sea.jpg", drawings.jpeg(drawings.drawn())),
        file("squares.png", drawings.png(drawings.drawn(size=(500, 700)))),
        file("notes.jpg", b"milk, bread, two lemons\n" * 20),
        file("twin.jpg", same),
        file("other-twin.jpg", same),
        file("broken.jpg", drawings.jpeg(drawings.drawn())[:9000]),
    )

    refused = page.locator("#upload-rows [data-refused]")
    expect(refused).to_have_count(2, timeout=SOON)
    expect(refused.filter(has_text="notes.jpg")).to_contain_text("JPEG")
    expect(refused.filter(has_text="twin.jpg").get_by_role("link")).to_be_visible()
    expect_status(row_titled(page, "Morning at the sea"), "findable")
    expect_status(row_titled(page, "Squares"), "findable")
    broken = row_titled(page, "Broken")
    expect_status(broken, "failed")
    expect(broken.get_by_role("button", name="Try again")).to_be_visible()


def test_the_words_of_a_picture_can_be_changed_while_it_is_processed(member_page: Page) -> None:
    page = member_page
    choose(page, file("unnamed.jpg", drawings.jpeg(drawings.drawn(size=(3000, 2000)))))
    row = row_titled(page, "Unnamed")

    row.get_by_label("Title").fill("Seven moons")
    row.get_by_label("Category").select_option(index=1)
    category = row.get_by_label("Category").locator("option:checked").inner_text().strip()
    row.get_by_label("Tags").fill("moon, quiet evening")
    row.get_by_label("Tags").blur()

    expect(row.get_by_role("status")).to_have_text("Saved.")
    row = page.locator("#upload-rows li").first
    expect_status(row, "findable")
    row.get_by_role("link", name="Open it").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Seven moons")
    expect(page.get_by_role("navigation", name="Category")).to_contain_text(category)
    expect(page.get_by_role("list", name="Tags")).to_contain_text("quiet evening")


def test_what_is_said_of_all_is_written_into_each(member_page: Page) -> None:
    page = member_page
    choose(page, *(file(f"set {n}.jpg", drawings.jpeg(drawings.drawn())) for n in (1, 2)))
    for n in (1, 2):
        expect(row_titled(page, f"Set {n}")).to_be_visible()
    together = page.get_by_role("group", name="For all of these")

    together.get_by_label("Tags").fill("series")
    together.get_by_label("Visibility").select_option("unlisted")
    together.get_by_role("button", name="Apply to all").click()

    for n in (1, 2):
        row = row_titled(page, f"Set {n}")
        expect(row.get_by_role("status")).to_have_text("Saved.")
        expect(row.get_by_label("Tags")).to_have_value("series")
        expect(row.get_by_label("Visibility")).to_have_value("unlisted")


def test_a_new_picture_hangs_beside_what_is_like_it(member_page: Page, stranger: Page) -> None:
    page = member_page
    stranger.goto("/?tab=newest")
    model = ids(stranger)[-1]
    source = card(stranger, model).locator(".frame__picture").get_attribute("src") or ""
    original = stranger.request.get(source).body()

    new = uploaded(page, "Through the looking glass", drawings.jpeg(drawings.mirrored(original)))

    page.goto(f"/images/{new}/")
    expect(cards(page, "similar").first).to_have_attribute("data-image-id", str(model))
    stranger.goto(f"/images/{model}/")
    expect(card(stranger, new)).to_be_visible()


def test_a_removed_upload_comes_back_by_undo(member_page: Page, stranger: Page) -> None:
    page = member_page
    image_id = uploaded(page, "Here and gone", drawings.jpeg(drawings.drawn()))
    row = page.locator(f"#upload-{image_id}")

    row.get_by_role("button", name="Remove").click()

    expect(row).to_contain_text("deleted")
    assert stranger.goto(f"/images/{image_id}/").status == 404
    act(row, "undo").click()
    expect_status(row, "findable")
    assert stranger.goto(f"/images/{image_id}/").status == 200


def test_the_owner_edits_and_deletes_on_the_page_of_the_picture(member_page: Page) -> None:
    page = member_page
    image_id = uploaded(page, "Draft", drawings.jpeg(drawings.drawn()))
    page.goto(f"/images/{image_id}/")

    page.get_by_role("link", name="Edit").click()
    page.get_by_label("Title").fill("Final")
    page.get_by_label("Description").fill("After a long winter.")
    page.locator("#image-words").get_by_role("button", name="Save", exact=True).click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Final")
    expect(page.get_by_text("After a long winter.")).to_be_visible()
    page.get_by_role("button", name="Delete").click()
    expect(page.get_by_role("status")).to_contain_text("Deleted")
    expect(card(page, image_id)).to_have_count(0)
    act(page, "undo").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Final")


def test_a_private_picture_is_for_its_owner_alone(member_page: Page, stranger: Page) -> None:
    page = member_page
    image_id = uploaded(page, "Diary of a zeppelin", drawings.jpeg(drawings.drawn()))
    row = page.locator(f"#upload-{image_id}")
    stranger.goto("/search/?q=zeppelin")
    assert ids(stranger, "search")[0] == image_id
    picture = card(stranger, image_id).locator(".frame__picture").get_attribute("src") or ""

    row.get_by_label("Visibility").select_option("private")
    expect(row.get_by_role("status")).to_have_text("Saved.")

    assert stranger.goto(f"/images/{image_id}/").status == 404
    assert stranger.request.get(picture).status == 404
    stranger.goto("/search/?q=zeppelin")
    assert image_id not in ids(stranger, "search")
    assert page.goto(f"/images/{image_id}/").status == 200
    expect(page.get_by_text("only the owner sees it")).to_be_visible()


def test_a_file_that_cannot_be_decoded_is_tried_again_on_request(member_page: Page) -> None:
    page = member_page
    choose(page, file("half.jpg", drawings.jpeg(drawings.drawn())[:9000]))
    row = row_titled(page, "Half")
    expect_status(row, "failed")

    with page.expect_response("**/retry"):
        row.get_by_role("button", name="Try again").click()

    expect_status(row, "failed")
    row.get_by_role("button", name="Remove").click()
    expect(page.locator("#upload-rows li").first).to_contain_text("deleted")


def test_files_are_taken_without_script(browser: Browser, browser_context_args: dict, site) -> None:
    context = browser.new_context(**browser_context_args, java_script_enabled=False)
    page = context.new_page()
    page.goto("/upload/")
    page.locator("input[name=login]").fill(site.member.username)
    page.locator("input[name=password]").fill(site.member.password)
    page.locator("form:has(input[name=password]) button[type=submit]").click()

    choose(page, file("plain.jpg", drawings.jpeg(drawings.drawn())), file("words.jpg", b"nothing to see"))
    page.get_by_role("button", name="Upload", exact=True).click()

    expect(row_titled(page, "Plain")).to_be_visible()
    expect(page.locator("[data-refused]")).to_contain_text("words.jpg")
    context.close()
