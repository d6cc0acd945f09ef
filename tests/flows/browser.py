"""A real browser: the system's Chromium, or the one that Playwright brings."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from playwright.sync_api import Error as PlaywrightError

NAMES = ("chromium", "chromium-browser", "google-chrome")
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # The readers of these tests are people: a browser that says that it is driven is rightly taken for a robot.
    "--disable-blink-features=AutomationControlled",
]
PHONE, DESK = {"width": 360, "height": 740}, {"width": 1280, "height": 860}


@contextmanager
def open_browser() -> Iterator[Browser]:
    """Skips the test when there is no browser; where CI is set that is a failure."""
    # Playwright runs an event loop in this thread, and Django must not refuse the test's own queries because of it.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    system = next(filter(None, map(shutil.which, NAMES)), None)
    with sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(executable_path=system, args=QUIET)
        except PlaywrightError as error:
            if os.environ.get("CI"):
                pytest.fail(f"no browser, and CI is set: {error}")
            pytest.skip("no Chromium on this machine")
        try:
            yield browser
        finally:
            browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


def give_session(context: BrowserContext, client: Client, address: str) -> None:
    """Let the browser be whoever the client is signed in as."""
    cookie = client.cookies.get("hearthpress_session")
    if cookie is not None:
        context.add_cookies([{"name": "hearthpress_session", "value": cookie.value, "url": address}])


def watch(page: Page) -> list[str]:
    """What the page complained of: script errors, refused resources, answers of 500 and above."""
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("response", lambda answer: complaints.append(answer.url) if answer.status >= 500 else None)
    return complaints
