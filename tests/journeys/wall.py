"""What hangs on a page, in the words of its hooks."""

import re

from playwright.sync_api import Locator, Page

CARD = "article[data-image-id]"
TAUGHT = "[data-reason=look], [data-reason=people]"


def cards(page: Page, of: str = "feed") -> Locator:
    """The cards of a list: feed, gallery, similar or search."""
    return page.locator(f"[data-list={of}] {CARD}")


def card(page: Page, image_id: int) -> Locator:
    return page.locator(f'article[data-image-id="{image_id}"]')


def id_of(picture: Locator) -> int:
    return int(picture.get_attribute("data-image-id") or "")


def title_of(picture: Locator) -> str:
    return picture.locator(".card__title").inner_text()


def ids(page: Page, of: str = "feed") -> list[int]:
    """The pictures of a list from the top, as far as it has come."""
    found = cards(page, of).evaluate_all("cards => cards.map(card => Number(card.dataset.imageId))")
    return list(found)


def act(where: Locator | Page, action: str) -> Locator:
    """The button of an action: like, dismiss, why, undo."""
    return where.locator(f"[data-action={action}]")


def reaction(image_id: int, verb: str) -> re.Pattern[str]:
    """The address a reaction is sent to; for `page.expect_response`."""
    return re.compile(rf"/images/{image_id}/{verb}(\?|$)")
