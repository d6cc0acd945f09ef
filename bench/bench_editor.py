"""A manuscript of 5,500 words in a real browser: with 300 suggestions on it, against the same with none.

Opening is measured from the navigation to the moment at which somebody can type; a keystroke from the browser's
`beforeinput` until the page is laid out again. Needs Playwright and Chromium, which the tests install.
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from statistics import median, quantiles
from typing import Any

from bench import server
from hearthpress.benchmarks import Result

MOST = 1.5
TURNS, KEYS = 7, 60
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
PREPARE = """
from hearthpress.server import prepare; prepare()
from bench import magazine, texts
magazine.begin(); print(texts.prepared())
"""
TYPED = """
() => {
  window.taken = [];
  const box = document.querySelector(".ProseMirror");
  box.addEventListener("beforeinput", () => {
    const began = performance.now();
    setTimeout(() => {
      void document.body.offsetHeight;
      window.taken.push(performance.now() - began);
    });
  }, true);
  const words = document.createTreeWalker(box.children[25], NodeFilter.SHOW_TEXT).nextNode();
  box.focus();
  getSelection().collapse(words, 5);
}
"""


def measure() -> Iterator[Result]:
    if find_spec("playwright") is None:
        return
    with server.home() as environment:
        bare, suggested, session = server.run(environment, PREPARE).split()[-3:]
        with server.serving(environment) as port, _browser() as browser:
            context = browser.new_context(base_url=f"http://127.0.0.1:{port}", viewport={"width": 1280, "height": 860})
            context.add_cookies([{"name": "hearthpress_session", "value": session, "url": f"http://127.0.0.1:{port}"}])
            turns = [[_taken(context, key) for key in (bare, suggested)] for _ in range(TURNS + 1)][1:]
    opened = [[turn[number][0] for turn in turns] for number in (0, 1)]
    keys = [[key for turn in turns for key in turn[number][1]] for number in (0, 1)]
    none = "with none"
    yield Result("opening a text with 300 suggestions", median(opened[1]), median(opened[0]), "ms", MOST, none)
    yield Result("a keystroke among 300 suggestions", median(keys[1]), median(keys[0]), "ms", MOST, none)
    last = [quantiles(taken, n=20)[-1] for taken in keys]
    yield Result("a keystroke, the 95th percentile", last[1], last[0], "ms", None, none)


def _taken(context: Any, key: str) -> tuple[float, list[float]]:
    """Milliseconds until the text could be typed in, and those of each keystroke."""
    page = context.new_page()
    page.goto(f"/write/{key}/suggestions/")
    page.wait_for_function("() => performance.getEntriesByName('text-ready').length")
    opened = page.evaluate("() => performance.getEntriesByName('text-ready')[0].startTime")
    page.evaluate(TYPED)
    for _ in range(KEYS):
        page.keyboard.type("a", delay=15)
    page.wait_for_function(f"() => window.taken.length >= {KEYS}")
    taken = page.evaluate("() => window.taken")
    # What was typed is thrown away, so that every turn opens the same text.
    page.evaluate("() => localStorage.clear()")
    page.close()
    return opened, taken


@contextmanager
def _browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright  # noqa: PLC0415  there only where the tests are installed

    system = next(filter(None, map(shutil.which, BROWSERS)), None)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=system, args=["--no-sandbox", "--disable-gpu"])
        try:
            yield browser
        finally:
            browser.close()
