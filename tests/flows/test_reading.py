"""An anonymous first reading in a real browser, by keyboard alone; and two who have the same page open."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from hearthpress.people.models import Person
from hearthpress.submissions.actions import leave_reading
from hearthpress.submissions.models import Reading
from tests.factories import Cast, client_for, make_call, make_cast, make_submission
from tests.flows.browser import PHONE, give_session, open_browser, watch

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, databases=["default", "views"])]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with open_browser() as opened:
        yield opened


@pytest.fixture
def cast(transactional_db: None, settings: object, tmp_path: Path) -> Cast:
    settings.MEDIA_ROOT = tmp_path / "media"
    return make_cast()


def window(browser: Browser, live_server: object, person: Person) -> tuple[Page, list[str]]:
    context = browser.new_context(base_url=live_server.url, viewport=PHONE)
    give_session(context, client_for(person), live_server.url)
    page = context.new_page()
    return page, watch(page)


def test_name_shows_once_the_own_vote_is_in(browser: Browser, live_server: object, cast: Cast) -> None:
    call = make_call(title="Unseen", slug="unseen", anonymous=True, scored=True, rate_card=cast.call.rate_card)
    text = "Wilma, she said.\n\nWilma Writer lives in Leeds."
    story = make_submission(cast.writer, call, title="Wilma’s Kettle", text=text)
    leave_reading(story, cast.other_editor, "no", "Wilma again.", 2)
    page, complaints = window(browser, live_server, cast.editor)

    page.goto(f"/desk/{story.key}/")
    assert "Wilma" not in page.content()
    expect(page.get_by_role("heading", level=1)).to_have_text("[name]’s Kettle")
    page.get_by_role("radio", name="Yes").focus()
    page.keyboard.press("Space")
    page.get_by_role("radio", name="4").focus()
    page.keyboard.press("Space")
    page.get_by_label("Your notes").focus()
    page.keyboard.type("The second paragraph.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    expect(page.get_by_text("Signed Wilma Writer")).to_be_visible()
    expect(page.get_by_text("Wilma again.")).to_be_visible()
    assert Reading.objects.get(editor=cast.editor).score == 4
    assert complaints == []


def test_who_opens_the_page_meanwhile_is_said_without_loading_it_again(
    browser: Browser, live_server: object, cast: Cast
) -> None:
    story = make_submission(cast.writer, cast.call)
    page, complaints = window(browser, live_server, cast.editor)
    page.clock.install()
    page.goto(f"/desk/{story.key}/")
    said = page.locator("p.presence")
    expect(said).to_have_text("")

    client_for(cast.other_editor).get(f"/desk/{story.key}/")
    page.clock.run_for(31_000)

    expect(said).to_have_text("Otto Editor has it open too.")
    assert complaints == []
