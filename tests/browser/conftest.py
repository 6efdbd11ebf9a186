"""The system's Chromium, driven by Playwright against a running site."""

import os
import shutil
import threading

import pytest
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def pytest_collection_modifyitems(items):
    for item in items:
        if "/tests/browser/" in str(item.path):
            item.add_marker("browser")


@pytest.fixture(scope="session")
def chromium():
    # Playwright keeps an event loop in this thread, where Django would then refuse the database.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=ARGUMENTS
        )
        yield browser
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def open_browser(chromium: Browser, live_server):
    """Return what opens a browser window, signed in as someone; it fails on any script error."""
    contexts: list[BrowserContext] = []
    errors: list[str] = []

    def open_for(user=None, base_url="", scripts=True) -> Page:
        context = chromium.new_context(
            base_url=base_url or live_server.url,
            locale="zh-CN",
            java_script_enabled=scripts,
            reduced_motion="reduce",  # else colours are looked at while they change
        )
        context.on("weberror", lambda error: errors.append(str(error.error)))
        contexts.append(context)
        if user is not None:
            client = Client()
            client.force_login(user)
            cookie = client.cookies["sessionid"]
            context.add_cookies(
                [{"name": cookie.key, "value": cookie.value, "url": live_server.url}]
            )
        return context.new_page()

    yield open_for
    for context in contexts:
        context.close()
    let_the_site_finish()
    assert errors == []


def let_the_site_finish() -> None:
    """Wait for the requests of closed browsers: they would write into the next test's database."""
    for thread in threading.enumerate():
        if thread.name.endswith("(process_request_thread)"):
            thread.join(60)
            assert not thread.is_alive(), "A request never ends"
