"""The script of the story page: small, built from its source, and silent until somebody has really looked."""

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Route

from assets.scripts.build import build, smaller
from tests.flows.browser import open_browser

ORIGIN = "http://magazine.test"
PAGE = '<!doctype html><title>A story</title><script src="/view.js" defer data-story="0123456789ab"></script>'
VISIBILITY = """
window.shown = "hidden";
Object.defineProperty(Document.prototype, "visibilityState", { get: () => window.shown });
window.show = (state) => { window.shown = state; document.dispatchEvent(new Event("visibilitychange")); };
"""


def test_the_served_script_is_built_from_its_source() -> None:
    for path, text in build().items():
        assert path.read_text("utf-8") == text


def test_the_served_script_is_under_two_kilobytes_and_keeps_nothing() -> None:
    text = next(text for path, text in build().items() if path.name == "view.js")

    assert len(text.encode()) < 2048
    for forbidden in ("cookie", "localStorage", "sessionStorage", "indexedDB", "http:", "https:", "//"):
        assert forbidden not in text


def test_making_a_script_smaller_changes_no_text_in_it() -> None:
    source = '// A comment.\nvar a = "x : y  ; // z";\n\nif (a) {\n  b( a , 1 );\n}\n'

    assert smaller(source) == 'var a="x : y  ; // z";if(a){b(a,1)}\n'


class Reader:
    """A browser on the story page, with a clock of its own."""

    def __init__(self, page: Page, statuses: list[int]) -> None:
        self.page, self.statuses, self.sent = page, statuses, []

    def answer(self, route: Route) -> None:
        if route.request.url == f"{ORIGIN}/v":
            self.sent.append(json.loads(route.request.post_data or ""))
            route.fulfill(status=self.statuses.pop(0) if self.statuses else 204)
        elif route.request.url == f"{ORIGIN}/view.js":
            route.fulfill(body=next(iter(build().values())), content_type="text/javascript")
        elif route.request.url == f"{ORIGIN}/story":
            route.fulfill(body=PAGE, content_type="text/html")
        else:
            raise AssertionError(f"the script asked for {route.request.url}")

    def wait(self, seconds: float, reports: int = 0) -> None:
        """Let time pass on the page, and let its reports, so many in all, find their way here."""
        self.page.clock.run_for(int(seconds * 1000))
        for _ in range(100):
            self.page.wait_for_timeout(100)
            if len(self.sent) >= reports:
                return


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with open_browser() as browser:
        yield browser


@pytest.fixture
def reader(browser: Browser) -> Iterator[Reader]:
    context = browser.new_context()
    page = context.new_page()
    reader = Reader(page, [])
    page.clock.install(time=0)
    page.add_init_script(VISIBILITY)
    page.route("**/*", reader.answer)
    page.goto(f"{ORIGIN}/story")
    page.clock.pause_at(60_000)
    yield reader
    context.close()


@pytest.mark.browser
@pytest.mark.parametrize("steered", [False, True])
def test_ten_visible_seconds_are_reported_once(reader: Reader, steered: bool) -> None:
    reader.page.evaluate("steered => Object.defineProperty(navigator, 'webdriver', { value: steered })", steered)
    reader.page.evaluate("show('visible')")

    reader.wait(9.9)
    before = list(reader.sent)
    reader.wait(0.2, reports=1)
    reader.wait(60)

    assert before == []
    assert reader.sent == [{"s": "0123456789ab", "t": pytest.approx(10, abs=0.2), "w": steered}]


@pytest.mark.browser
def test_a_page_that_nobody_sees_reports_nothing(reader: Reader) -> None:
    reader.wait(600)

    assert reader.sent == []


@pytest.mark.browser
def test_only_the_seconds_in_view_count(reader: Reader) -> None:
    for _ in range(2):
        reader.page.evaluate("show('visible')")
        reader.wait(4)
        reader.page.evaluate("show('hidden')")
        reader.wait(100)
    before = list(reader.sent)
    reader.page.evaluate("show('visible')")
    reader.wait(2.1, reports=1)

    assert before == []
    assert [view["t"] for view in reader.sent] == [pytest.approx(10, abs=0.3)]


@pytest.mark.browser
def test_what_was_not_acknowledged_is_sent_again_twice_at_most(reader: Reader) -> None:
    reader.statuses[:] = [503, 503, 503]
    reader.page.evaluate("show('visible')")

    for reports in (1, 2, 3, 3):
        reader.wait(10, reports)

    assert len(reader.sent) == 3


@pytest.mark.browser
def test_nothing_is_stored(reader: Reader) -> None:
    reader.page.evaluate("show('visible')")
    reader.wait(11, reports=1)

    assert reader.page.evaluate("[document.cookie, localStorage.length, sessionStorage.length]") == ["", 0, 0]
