"""What shuts people out of a page, as axe finds it."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page


def barriers(page: Page) -> list[str]:
    """One line for each, naming the rule and the element."""
    return [
        f"{violation['id']}: {node['target']} {node['html'][:160]}"
        for violation in Axe().run(page).response["violations"]
        for node in violation["nodes"][:2]
    ]
