"""The script of public pages that fetches the private fragment: silent unless somebody is signed in."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Route

from assets.scripts.build import build
from tests.flows.browser import open_browser


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with open_browser() as opened:
        yield opened


@pytest.mark.browser
@pytest.mark.parametrize(
    ("cookie", "asked"),
    [
        ("", []),
        ("other=1", []),
        ("not_hearthpress_signed_in=1", []),
        ("hearthpress_signed_in=1", ["http://magazine.test/account/fragment/?page=%2Fstories%2Fone%2F"]),
    ],
)
def test_the_script_asks_only_where_somebody_is_signed_in(browser: Browser, cookie: str, asked: list[str]) -> None:
    script = next(text for path, text in build().items() if path.name == "fragment.js")
    requests: list[str] = []

    def answer(route: Route) -> None:
        if "/account/" in route.request.url:
            requests.append(route.request.url)
            route.fulfill(body='<a href="/write/">Writing room</a>', content_type="text/html")
        elif route.request.url.endswith("/fragment.js"):
            route.fulfill(body=script, content_type="text/javascript")
        else:
            page = (
                '<nav id="yours" data-from="/account/fragment/" hidden></nav><script src="/fragment.js" defer></script>'
            )
            route.fulfill(body=f"<!doctype html><title>A story</title>{page}", content_type="text/html")

    context = browser.new_context()
    name, _, value = cookie.partition("=")
    if cookie:
        context.add_cookies([{"name": name, "value": value, "url": "http://magazine.test"}])
    page = context.new_page()
    page.route("**/*", answer)
    page.goto("http://magazine.test/stories/one/?q=secret", wait_until="networkidle")

    assert requests == asked
    assert page.locator("#yours a").count() == len(asked)
    assert page.locator("#yours").is_visible() is bool(asked)
    context.close()


def test_the_script_is_under_a_kilobyte_and_keeps_nothing() -> None:
    text = next(text for path, text in build().items() if path.name == "fragment.js")

    assert len(text.encode()) < 1024
    assert not [word for word in ("localStorage", "sessionStorage", "indexedDB", "http:", "https:") if word in text]
