"""Going from page to page as people do: by links, and by the buttons that send forms."""

from playwright.sync_api import Locator


def follow(way: Locator, key: str = "") -> None:
    """Click a link or a button, or press a key on it; wait until the next page is loaded.

    A click alone returns before the site has answered: whatever is looked at next, the page, its
    address or the database, may still be as it was.
    """
    with way.page.expect_navigation():
        if key:
            way.press(key)
        else:
            way.click()
