"""The browser and the program know one kind of document, and what is suggested in the one is read by the other."""

import random
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

import pytest
from django.db import connections
from hypothesis import HealthCheck, given, settings
from playwright.sync_api import Page

from hearthpress.documents.html import render
from hearthpress.documents.schema import check
from hearthpress.documents.suggestions import accepted, check_marked, declined
from hearthpress.editing.models import Manuscript
from tests.documents.strategies import DOCUMENTS
from tests.factories import client_for, make_cast, make_manuscript
from tests.flows.browser import DESK, give_session, open_browser

pytestmark = [pytest.mark.browser, pytest.mark.looks, pytest.mark.django_db(transaction=True)]

SHOWN = """
(json) => {
  const place = document.getElementById("text-editor");
  place.text.show(json);
  return { html: place.querySelector(".ProseMirror").innerHTML, json: place.text.document() };
}
"""
TEXT_TAGS = {"p", "h2", "h3", "ul", "ol", "li", "blockquote", "em", "strong", "a", "br"}
# What either shows in its own way: whose words a quote has, where a line leads, a picture, how to pass a hard passage.
OWN_WAY = {"figcaption", "related", "picture", "text-picture", "skip-passage", "passage-end"}


class Outline(HTMLParser):
    """The words of a page, each with the elements that they stand in, and nothing of what is shown in an own way."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[tuple[str, str]] = []
        self.found: list[tuple[tuple[str, ...], str]] = []
        self.apart = True
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        classes = set((given.get("class") or "").split())
        if "ProseMirror-trailingBreak" in classes:
            return
        self.apart |= tag not in {"em", "strong", "a", "br", "img"}
        own = next(iter(OWN_WAY & (classes | {tag})), "")
        if tag == "br":
            self._add("\n")
        elif tag not in {"hr", "img", "source"}:
            self.open.append((tag, own))

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        self._add(data)

    def _add(self, words: str) -> None:
        if any(own for _tag, own in self.open) or (not words.strip() and not self.open):
            return
        # A small heading with no large one above is shown to readers as a large one.
        path = tuple(sorted(tag.replace("h3", "h2") for tag, _own in self.open if tag in TEXT_TAGS))
        if "li" in path:  # of one paragraph: readers' pages leave its element out
            path = tuple(tag for tag in path if tag != "p")
        if self.found and self.found[-1][0] == path and not self.apart:
            words = self.found.pop()[1] + words
        self.found.append((path, words))
        self.apart = False


def outline(html: str) -> list[tuple[tuple[str, ...], str]]:
    return [(path, words.strip()) for path, words in Outline(html).found if words.strip()]


@pytest.fixture
def page(live_server: Any, settings: Any) -> Iterator[Page]:
    settings.CSRF_TRUSTED_ORIGINS = [live_server.url]
    cast = make_cast()
    manuscript = make_manuscript(cast.writer, cast.editor, cast.call)
    with open_browser() as browser:
        context = browser.new_context(base_url=live_server.url, viewport=DESK)
        give_session(context, client_for(cast.writer), live_server.url)
        opened = context.new_page()
        opened.goto(f"/write/{manuscript.submission.key}/suggestions/")
        yield opened
    connections.close_all()


def test_five_hundred_documents_are_the_same_in_both(page: Page) -> None:
    @settings(max_examples=500, suppress_health_check=list(HealthCheck))
    @given(DOCUMENTS)
    def agree(document: dict[str, Any]) -> None:
        if not document["content"]:
            return
        shown = page.evaluate(SHOWN, document)
        assert check(shown["json"]) == document
        assert outline(shown["html"]) == outline(render(document, {}))

    agree()


PICK = """
([word, edge]) => {
  const root = document.querySelector(".ProseMirror");
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const at = walker.currentNode.data.indexOf(word);
    if (at < 0 || walker.currentNode.parentElement.closest("del")) continue;
    root.focus();
    getSelection().setBaseAndExtent(walker.currentNode, at, walker.currentNode, edge ? at : at + word.length);
    return true;
  }
  return false;
}
"""
WORDS = [f"word{number:02d}" for number in range(36)]
TEXT = "\n\n".join(" ".join(WORDS[first : first + 6]) for first in range(0, 36, 6))


def act(page: Page, verb: str, word: str) -> None:
    assert page.evaluate(PICK, [word, verb in {"part", "join"}]), word
    page.wait_for_timeout(40)  # the browser tells the editor of a new selection a moment later
    if verb == "type":
        page.keyboard.type(f"new{word}")
    elif verb in {"strong", "heading", "scene"}:
        page.locator(f"[data-do={verb}]").click()
    else:
        page.keyboard.press({"part": "Enter", "join": "Backspace", "delete": "Backspace"}[verb])


@pytest.mark.parametrize("seed", range(4))
def test_what_is_suggested_in_the_browser_is_read_by_the_program(live_server: Any, settings: Any, seed: int) -> None:
    """With all accepted it is what the same keys make without suggesting; with all declined it is what was there."""
    settings.CSRF_TRUSTED_ORIGINS = [live_server.url]
    chance, cast = random.Random(seed), make_cast()
    manuscripts = [make_manuscript(cast.writer, cast.editor, cast.call, text=TEXT, title=title) for title in "AB"]
    keys = some_keys(chance)
    with open_browser() as browser:
        made = []
        for manuscript, place, person in zip(manuscripts, ("desk", "write"), (cast.editor, cast.writer), strict=True):
            context = browser.new_context(base_url=live_server.url, viewport=DESK)
            give_session(context, client_for(person), live_server.url)
            page = context.new_page()
            page.goto(f"/{place}/{manuscript.submission.key}/suggestions/")
            for verb, word in keys:
                act(page, verb, word)
            made.append(page.evaluate("() => document.getElementById('text-editor').text.document()"))
            context.close()
    connections.close_all()
    suggested, plain = made

    assert check(declined(check_marked(suggested))) == base_of(manuscripts[0])
    assert check(accepted(suggested)) == check(plain)


def some_keys(chance: random.Random) -> list[tuple[str, str]]:
    """Verbs and the words that they are done to. No paragraph is parted, joined or given another form twice: what the
    second would mean depends on whether the first was accepted."""
    words = chance.sample([word for number, word in enumerate(WORDS) if number % 6], 9)
    keys = [(chance.choice(["type", "delete", "strong"]), word) for word in words]
    formed = {number: chance.choice(["part", "join", "heading", ""]) for number in range(1, 6, 2)}
    for number, verb in formed.items():
        place = 0 if verb == "join" else chance.randrange(1, 6)
        if verb:
            keys.append((verb, WORDS[number * 6 + place]))
    keys = [(verb, word) for verb, word in keys if verb in {"part", "join", "heading"} or word not in _formed(keys)]
    chance.shuffle(keys)
    return keys


def _formed(keys: list[tuple[str, str]]) -> set[str]:
    return {word for verb, word in keys if verb in {"part", "join", "heading"}}


def base_of(manuscript: Manuscript) -> dict[str, Any]:
    content: dict[str, Any] = manuscript.first_revision.content["document"]
    return content
