"""The queue by keys: walking, a story in short beside the list, taking it; nothing while somebody types."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, Page, expect

from hearthpress.submissions.models import Submission
from tests.factories import Cast, client_for, make_cast, make_submission
from tests.flows.browser import DESK, PHONE, give_session, open_browser, watch

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, databases=["default", "views"])]

TITLES = ("One", "Two", "Three")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with open_browser() as opened:
        yield opened


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    cast = make_cast()
    for title in TITLES:
        make_submission(cast.writer, cast.call, title=title, text=f"So {title} begins.")
    return cast


@contextmanager
def queue(browser: Browser, cast: Cast, address: str, size: dict[str, int]) -> Iterator[Page]:
    context = browser.new_context(base_url=address, viewport=size)
    give_session(context, client_for(cast.editor), address)
    page = context.new_page()
    complaints = watch(page)
    page.goto("/desk/")
    yield page
    assert complaints == []
    context.close()


def title(page: Page, name: str) -> object:
    return page.locator("th").get_by_role("link", name=name, exact=True)


def test_keys_walk_show_take_and_open(browser: Browser, cast: Cast, live_server: object) -> None:
    with queue(browser, cast, live_server.url, DESK) as page:
        for key in ("j", "j", "j", "j", "k"):
            page.keyboard.press(key)
        expect(title(page, "Two")).to_be_focused()
        expect(page.locator("#queue-summary")).to_contain_text("So Two begins.")

        page.keyboard.press("a")
        expect(page.get_by_text("Edith Editor has “Two” now.")).to_be_visible()
        expect(title(page, "Two")).to_be_focused()
        assert list(Submission.objects.filter(assigned_to=cast.editor).values_list("title", flat=True)) == ["Two"]

        page.keyboard.press("k")
        page.keyboard.press("d")
        page.wait_for_url("**/#decide-title")
        expect(page.get_by_role("heading", level=1)).to_have_text("One")
        page.goto("/desk/")
        page.keyboard.press("j")
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        assert page.url.endswith(f"/desk/{Submission.objects.get(title='One').key}/")


def test_keys_do_nothing_where_somebody_types_or_has_switched_them_off(
    browser: Browser, cast: Cast, live_server: object
) -> None:
    with queue(browser, cast, live_server.url, DESK) as page:
        page.keyboard.press("/")
        page.keyboard.type("jad?/")
        expect(page.get_by_label("Title or name")).to_have_value("jad?/")
        page.get_by_role("button", name="Keys").click()
        page.keyboard.press("j")
        dialog = page.get_by_role("dialog", name="Keys")
        expect(dialog).to_be_visible()
        dialog.get_by_label("Use these keys on this device").uncheck()
        dialog.get_by_role("button", name="Close").click()

        page.goto("/desk/")
        page.keyboard.press("j")
        page.keyboard.press("?")

        expect(dialog).to_be_hidden()
        assert page.evaluate("document.activeElement.tagName") == "BODY"


def test_on_a_phone_a_story_in_short_is_a_page_of_its_own(browser: Browser, cast: Cast, live_server: object) -> None:
    with queue(browser, cast, live_server.url, PHONE) as page:
        page.get_by_role("link", name=re.compile("In short.*Two")).click()

        page.wait_for_url("**/summary/**")
        expect(page.get_by_text("So Two begins.")).to_be_visible()
        page.get_by_role("button", name=re.compile("Take it.*Two")).click()
        expect(page.get_by_text("Edith Editor has “Two” now.")).to_be_visible()


def test_without_script_the_list_has_all_that_the_keys_do(browser: Browser, cast: Cast, live_server: object) -> None:
    context = browser.new_context(base_url=live_server.url, viewport=DESK, java_script_enabled=False)
    give_session(context, client_for(cast.editor), live_server.url)
    page = context.new_page()
    page.goto("/desk/")

    expect(page.get_by_role("button", name="Keys")).to_be_hidden()
    page.get_by_label("Tick “Two”").check()
    page.get_by_label("Tick “Three”").check()
    page.get_by_role("button", name="Give to an editor").click()
    page.get_by_label("Who looks after them").select_option(label="Otto Editor (0 stories)")
    page.get_by_role("button", name="Give these 2").click()

    expect(page.get_by_text("Otto Editor has these 2 stories now.")).to_be_visible()
    context.close()
