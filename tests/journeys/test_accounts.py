"""Somebody stays: an account, its settings, and leaving again."""

import itertools
import json
import re
import secrets
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys import drawings
from tests.journeys.wall import TAUGHT, act, card, cards, id_of, ids, title_of
from tests.running import Account

PASSWORD = "long words are good walls"
NAMES = (f"journey{number}{secrets.token_hex(3)}" for number in itertools.count(1))


@pytest.fixture
def new_account() -> Account:
    """A name nobody has yet."""
    return Account(next(NAMES), PASSWORD)


@pytest.fixture
def elsewhere(browser: Browser, browser_context_args: dict) -> Iterator[Page]:
    """Another browser."""
    context = browser.new_context(**browser_context_args)
    yield context.new_page()
    context.close()


def sign_up(page: Page, account: Account) -> None:
    """Fill in the form of a new account and send it."""
    page.locator("input[name=username]").fill(account.username)
    page.locator("input[name=email]").fill(f"{account.username}@example.org")
    page.locator("input[name=password1]").fill(account.password)
    page.locator("input[name=password2]").fill(account.password)
    page.get_by_role("button", name="Create account").click()
    page.wait_for_url(lambda url: "/accounts/signup/" not in url)


@pytest.fixture
def signed_up(page: Page, new_account: Account) -> Account:
    """Somebody who has just come."""
    page.goto("/accounts/signup/")
    sign_up(page, new_account)
    return new_account


def try_password(page: Page, username: str, password: str) -> int:
    """Sign in at the page's form; returns the status of the answer."""
    page.goto("/accounts/login/")
    page.locator("input[name=login]").fill(username)
    page.locator("input[name=password]").fill(password)
    with page.expect_response(lambda answer: answer.request.method == "POST") as answer:
        page.locator("form:has(input[name=password]) button[type=submit]").click()
    return answer.value.status


def test_an_account_keeps_what_its_owner_liked_before(page: Page, new_account: Account, elsewhere: Page) -> None:
    page.goto("/")
    first, second = ids(page)[:2]
    title = title_of(card(page, first))
    for image_id in (first, second):
        page.goto(f"/images/{image_id}/")
        act(page, "like").first.click()
        expect(act(page, "like").first).to_have_attribute("aria-pressed", "true")

    page.locator(".chrome").get_by_role("link", name="Sign in").click()
    page.get_by_role("link", name="Create an account").click()
    sign_up(page, new_account)

    expect(page).to_have_url(re.compile(rf"/images/{second}/$"))
    expect(act(page, "like").first).to_have_attribute("aria-pressed", "true")
    page.goto(f"/people/{new_account.username}/?tab=likes")
    assert set(ids(page, "gallery")) == {first, second}
    page.goto("/")
    expect(cards(page).filter(has=page.locator(TAUGHT)).filter(has_text=title).first).to_be_attached()

    try_password(elsewhere, new_account.username, new_account.password)
    elsewhere.goto(f"/people/{new_account.username}/?tab=likes")
    assert set(ids(elsewhere, "gallery")) == {first, second}


def test_signing_out_ends_it(page: Page, signed_up: Account) -> None:
    page.goto("/")
    page.locator(".header__account .menu__button").click()
    page.get_by_role("button", name="Sign out").click()

    expect(page.get_by_role("link", name="Sign in").first).to_be_visible()
    page.goto("/accounts/settings/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")


def test_likes_before_signing_in_are_added_to_the_account(elsewhere: Page, page: Page, signed_up: Account) -> None:
    elsewhere.goto("/")
    image_id = id_of(cards(elsewhere).first)
    elsewhere.goto(f"/images/{image_id}/")
    act(elsewhere, "like").first.click()
    expect(act(elsewhere, "like").first).to_have_attribute("aria-pressed", "true")

    try_password(elsewhere, signed_up.username, signed_up.password)

    page.goto(f"/people/{signed_up.username}/?tab=likes")
    assert ids(page, "gallery") == [image_id]


def test_guessing_a_password_is_stopped_for_a_while(page: Page, elsewhere: Page, signed_up: Account) -> None:
    answers = [try_password(elsewhere, signed_up.username, f"guess {n}") for n in range(5)]
    expect(elsewhere.get_by_role("alert")).to_be_visible()

    stopped = try_password(elsewhere, signed_up.username, signed_up.password)

    assert answers == [200] * 5
    assert stopped == 429
    expect(elsewhere.get_by_role("heading", level=1)).to_have_text("Too many tries")
    page.goto("/accounts/settings/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Settings")


def test_a_token_opens_the_api_until_it_is_revoked(page: Page, elsewhere: Page, signed_up: Account) -> None:
    page.goto("/accounts/settings/")
    page.get_by_role("button", name="Make a token").click()
    expect(page.locator("#fresh-token")).to_be_in_viewport()
    key = page.locator("#fresh-token").inner_text()
    headers = {"Authorization": f"Token {key}"}
    picture = drawings.file("by program.jpg", drawings.jpeg(drawings.drawn()))

    sent = elsewhere.request.post(
        "/api/v1/images/", headers=headers, multipart={"file": picture, "title": "By program"}
    )

    assert sent.status == 202
    assert sent.json()["owner"]["username"] == signed_up.username
    page.goto("/accounts/settings/")
    expect(page.locator("#fresh-token")).to_have_count(0)
    page.get_by_role("button", name="Revoke").click()
    assert elsewhere.request.get("/api/v1/images/", headers=headers).status == 401


def test_a_changed_name_is_read_by_others(page: Page, elsewhere: Page, signed_up: Account) -> None:
    page.goto("/accounts/settings/")
    page.get_by_label("First name").fill("Ada")
    page.get_by_label("Last name").fill("of the Hills")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("status")).to_contain_text("Saved")

    elsewhere.goto(f"/people/{signed_up.username}/")

    expect(elsewhere.get_by_role("heading", level=1)).to_have_text("Ada of the Hills")


def test_the_data_of_an_account_can_be_taken_along(page: Page, signed_up: Account) -> None:
    page.goto("/")
    image_id = id_of(cards(page).first)
    page.goto(f"/images/{image_id}/")
    act(page, "like").first.click()
    expect(act(page, "like").first).to_have_attribute("aria-pressed", "true")
    page.goto("/accounts/settings/")

    with page.expect_download() as download:
        page.get_by_role("link", name="Download my data").click()

    data = json.loads(download.value.path().read_text())
    assert str(image_id) in json.dumps(data)
    assert signed_up.username in json.dumps(data)


def test_an_account_can_be_deleted(page: Page, elsewhere: Page, signed_up: Account) -> None:
    page.goto("/accounts/settings/")
    page.get_by_text("Delete my account …").click()
    wrong = page.locator("form:has-text('Delete everything')")
    wrong.locator("input[type=password]").fill("not this")
    page.get_by_role("button", name="Delete everything").click()
    expect(page.get_by_role("alert")).to_be_in_viewport()

    page.locator("form:has-text('Delete everything') input[type=password]").fill(signed_up.password)
    page.get_by_role("button", name="Delete everything").click()

    expect(page.get_by_role("status")).to_contain_text("deleted")
    assert elsewhere.goto(f"/people/{signed_up.username}/").status == 404
    try_password(elsewhere, signed_up.username, signed_up.password)
    expect(elsewhere.get_by_role("alert")).to_be_visible()
