"""A hard passage is passed by with the keyboard, without any script, and reading goes on right behind it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from hearthpress.documents.notation import from_notation
from tests.factories import make_cast, make_story
from tests.flows.browser import DESK, PHONE, open_browser, watch

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, databases=["default", "views"])]

TEXT = """Before.

GENTLE: the loss of a child

The [ward](https://www.example.com/ward).

GENTLE END

After, [home](https://www.example.com/home)."""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with open_browser() as opened:
        yield opened


@pytest.fixture
def address(transactional_db: None, settings: object, tmp_path: Path) -> str:
    settings.MEDIA_ROOT = tmp_path
    cast = make_cast()
    changes = {"document": from_notation(TEXT)}
    return make_story(cast.writer, cast.editor, cast.call, changes=changes).get_absolute_url()


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_the_way_around_a_hard_passage_leads_behind_it(
    browser: Browser, live_server: object, address: str, size: dict[str, int]
) -> None:
    page = browser.new_context(base_url=live_server.url, viewport=size, java_script_enabled=False).new_page()
    complaints = watch(page)

    page.goto(address)
    page.get_by_role("link", name="The next passage speaks of the loss of a child. Skip it").focus()
    page.keyboard.press("Enter")

    end = page.get_by_text("The story goes on here.")
    expect(end).to_be_focused()
    expect(end).to_be_in_viewport()
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="home")).to_be_focused()
    assert complaints == []
