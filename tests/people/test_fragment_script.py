"""The script of public pages that fetches the private fragment: silent unless somebody is signed in."""

from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Route

from assets.scripts.build import build
from tests.flows.browser import open_browser

ORIGIN = "http://magazine.test"
PAGE = """<!doctype html><title>A story</title>
<nav id="yours" data-from="/account/fragment/" hidden></nav><script src="/fragment.js" defer></script>"""
SCRIPT = next(text for path, text in build().items() if path.name == "fragment.js")
BODIES = {"/fragment.js": ("text/javascript", SCRIPT), "/account/fragment/": ("text/html", "<a>Your story</a>")}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with open_browser() as opened:
        yield opened


@contextmanager
def story_page(browser: Browser, cookie: str) -> Iterator[tuple[Page, list[str]]]:
    """A story page on a device with this cookie, and what it asked for beside itself and its script."""
    asked: list[str] = []

    def answer(route: Route) -> None:
        parts = urlsplit(route.request.url)
        kind, body = BODIES.get(parts.path, ("text/html", PAGE))
        if parts.path.startswith("/account/"):
            asked.append(f"{parts.path}?{parts.query}")
        route.fulfill(body=body, content_type=kind)

    context = browser.new_context()
    name, _, value = cookie.partition("=")
    if name:
        context.add_cookies([{"name": name, "value": value, "url": ORIGIN}])
    page = context.new_page()
    page.route("**/*", answer)
    page.goto(f"{ORIGIN}/stories/one/?q=secret", wait_until="networkidle")
    yield page, asked
    context.close()


@pytest.mark.browser
@pytest.mark.parametrize("cookie", ["", "other=1", "not_hearthpress_signed_in=1"])
def test_where_nobody_is_signed_in_the_script_asks_for_nothing(browser: Browser, cookie: str) -> None:
    with story_page(browser, cookie) as (page, asked):
        assert asked == []
        assert page.locator("#yours").is_hidden()


@pytest.mark.browser
def test_where_somebody_is_signed_in_it_asks_for_the_path_alone_and_shows_what_came(browser: Browser) -> None:
    with story_page(browser, "hearthpress_signed_in=1") as (page, asked):
        assert asked == ["/account/fragment/?page=%2Fstories%2Fone%2F"]
        assert page.locator("#yours").inner_text() == "Your story"


@pytest.mark.browser
def test_going_back_after_signing_out_shows_nothing_of_whoever_was_there(browser: Browser) -> None:
    with story_page(browser, "hearthpress_signed_in=1") as (page, _):
        before = page.locator("#yours").inner_text()
        page.context.clear_cookies()
        page.evaluate('dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true }))')

        assert before == "Your story"
        assert page.locator("#yours").inner_html() == ""
        assert page.locator("#yours").is_hidden()


def test_the_script_is_under_a_kilobyte_and_keeps_nothing() -> None:
    assert len(SCRIPT.encode()) < 1024
    assert not [word for word in ("localStorage", "sessionStorage", "indexedDB", "http:", "https:") if word in SCRIPT]
