"""Staff ask which algorithm works here, train a model, let it serve, and take that back."""

import json
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.barriers import barriers
from tests.running import Account, Site

LEARNING = 60_000  # ms that a small run may take on a busy machine


@pytest.fixture
def curator(page: Page, site: Site, sign_in: Callable[[Account], None]) -> Page:
    sign_in(site.staff)
    return page


def is_seen_whole_on_a_phone(page: Page) -> None:
    """Every room can be reached, and what is wider than the screen scrolls by keyboard within its box."""
    wide = page.viewport_size
    page.set_viewport_size({"width": 390, "height": 844})
    for tab in page.locator(".lab__head .tabs a").all():
        box = tab.bounding_box()
        assert box
        assert box["x"] + box["width"] <= 390, tab.inner_text()
    table = page.get_by_role("region", name="Models")
    table.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("table => table.scrollLeft > 0", arg=table.element_handle())
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.set_viewport_size(wide or {"width": 1280, "height": 900})


def run_state(page: Page, words: str) -> None:
    expect(page.get_by_role("status").filter(has_text=words)).to_be_visible(timeout=LEARNING)


def test_an_evaluation_is_asked_for_watched_and_taken_away(curator: Page) -> None:
    page = curator
    page.goto("/lab/")
    page.get_by_text("Choose what and how").click()
    for name in ("popularity", "item_cosine"):
        page.get_by_label(name, exact=True).check()
    page.get_by_role("button", name="Evaluate now").click()

    best = page.locator("[data-algorithm]").first
    expect(best).to_have_attribute("data-algorithm", "item_cosine", timeout=LEARNING)
    expect(page.locator("[data-recommended]")).to_contain_text("Too few reactions")
    assert barriers(page) == []

    with page.expect_download() as download:
        page.get_by_role("link", name="JSON").click()
    figures = json.loads(download.value.path().read_text())
    shown = best.locator("td").nth(1).inner_text().split()[0]
    assert shown == f"{figures['algorithms'][-1]['metrics']['ndcg@10']['mean']:.3f}"

    page.get_by_role("link", name="How it was made").click()
    expect(page.get_by_text(figures["data"]["sha256"])).to_be_visible()
    assert barriers(page) == []


def test_a_model_is_trained_stands_beside_the_feed_serves_and_is_rolled_back(curator: Page, site: Site) -> None:
    page = curator
    page.goto("/lab/models/")
    page.get_by_label("Algorithm").select_option("item_cosine")
    page.get_by_role("button", name="Train").click()
    run_state(page, "It has learned")
    assert barriers(page) == []

    page.get_by_role("link", name="See model").click()
    expect(page.get_by_text("A candidate: it has never served.")).to_be_visible()
    assert barriers(page) == []

    page.goto("/lab/sides/")
    page.locator(".lab__people a").first.click()
    expect(page.locator(".placed__card--alone").first).to_be_visible()
    assert barriers(page) == []

    page.goto("/lab/models/")
    is_seen_whole_on_a_phone(page)
    candidate = page.locator("[data-release]").filter(has_text="item_cosine").first
    candidate.get_by_role("link").click()
    page.get_by_text("Force it although it measured worse").click()
    page.get_by_label("Reason").fill("To see it serve.")
    page.get_by_role("button", name="Promote").click()
    expect(page.get_by_text("Forced: To see it serve.")).to_be_visible()
    page.goto("/?refresh=1")
    expect(page.locator("article[data-image-id]").first).to_be_visible()

    page.goto("/lab/models/")
    serving = page.locator("[data-release].figures__best").filter(has_text="item_cosine")
    serving.get_by_role("button", name="Roll back").click()
    expect(page.get_by_text("Rolled back.")).to_be_visible()
    expect(serving).to_have_count(0)
