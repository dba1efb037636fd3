"""A running site with a reduced demo gallery, and a real browser in front of it.

`site` says where it is and who may sign in; `page` is Playwright's, and takes paths: `page.goto("/search/")`.
"""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests import browser as chromium
from tests.environment import BASE
from tests.journeys import looks
from tests.running import Account, Site, running_site

PER_FAMILY = 4  # pictures of each family: enough to like, quick to draw


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site with broker, workers and clock, ready, with its demo findable."""
    with running_site(tmp_path_factory.mktemp("site") / "var", "--per-family", str(PER_FAMILY)) as running:
        yield running


@pytest.fixture(scope="session")
def base_url(site: Site) -> str:
    return site.url


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    path = chromium.find(BASE / "var" / "tools")
    if path is None:
        pytest.skip(chromium.ADVICE)
    return {**browser_type_launch_args, "executable_path": path, "args": chromium.FLAGS}


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "look" in metafunc.fixturenames:
        metafunc.parametrize("look", looks.wanted(metafunc.definition), ids=looks.name_of)


@pytest.fixture
def browser_context_args(browser_context_args: dict[str, Any], look: looks.Look) -> dict[str, Any]:
    return {**browser_context_args, "locale": "en-GB", **look}


@pytest.fixture
def open_context(browser: Browser, browser_context_args: dict[str, Any]) -> Iterator[Callable[..., BrowserContext]]:
    """A browser of somebody: of who has been here before, or of somebody new; without motion, as far as not asked."""
    opened: list[BrowserContext] = []

    def opener(**options: Any) -> BrowserContext:
        opened.append(browser.new_context(**(browser_context_args | {"reduced_motion": "reduce"} | options)))
        return opened[-1]

    yield opener
    for context in opened:
        context.close()


@pytest.fixture
def open_page(open_context: Callable[..., BrowserContext]) -> Callable[..., Page]:
    return lambda **options: open_context(**options).new_page()


@pytest.fixture
def sign_in(page: Page) -> Callable[[Account], None]:
    """Sign in as this account, as a person does."""

    def as_account(account: Account) -> None:
        page.goto("/accounts/login/")
        page.locator("input[name=login]").fill(account.username)
        page.locator("input[name=password]").fill(account.password)
        page.locator("form:has(input[name=password]) button[type=submit]").click()
        page.wait_for_url(lambda url: "/accounts/login/" not in url)

    return as_account
