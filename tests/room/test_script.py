"""The draft's script in a real browser: it keeps what is typed, says so, and says when it could not."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connections
from playwright.sync_api import Browser, Page, expect

from hearthpress.room import apps
from hearthpress.submissions.actions import send
from tests.factories import client_for, make_draft
from tests.flows.browser import PHONE, give_session, open_browser

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SCRIPT = Path(apps.__file__).parent / "static/room/draft.js"
LONG = 20_000


@pytest.fixture
def browser() -> Iterator[Browser]:
    with open_browser() as found:
        yield found


@pytest.fixture
def draft(cast):
    return make_draft(cast.writer, cast.call, title="The Porch", text="")


@pytest.fixture
def page(browser, cast, draft, live_server, settings) -> Iterator[Page]:
    settings.CSRF_TRUSTED_ORIGINS = [live_server.url]
    context = browser.new_context(viewport=PHONE, base_url=live_server.url)
    give_session(context, client_for(cast.writer), live_server.url)
    opened = context.new_page()
    opened.goto(f"/write/{draft.key}/draft/")
    yield opened
    context.close()
    # What the test asked the database while Playwright's loop was running went through a connection of its own.
    connections.close_all()


def status(page: Page):
    return page.get_by_role("status").last


def test_script_is_under_three_kilobytes_and_talks_to_nobody_else():
    text = SCRIPT.read_text()

    assert len(text.encode()) < 3072
    assert "http" not in text


def test_words_are_kept_while_typing(page, draft):
    page.get_by_label("Your story").fill("I sat there all night.")

    expect(status(page)).to_contain_text("Saved at", timeout=LONG)
    draft.refresh_from_db()
    assert draft.source == "I sat there all night."


def test_save_button_after_the_script_is_no_other_window(page, draft):
    page.get_by_label("Your story").fill("I sat there.")
    expect(status(page)).to_contain_text("Saved at", timeout=LONG)
    page.get_by_label("Your story").fill("I sat there all night.")

    page.get_by_role("button", name="Save", exact=True).click()

    expect(page.get_by_text("Saved.", exact=True)).to_be_visible()
    draft.refresh_from_db()
    assert draft.source == "I sat there all night."


def test_problem_is_named_with_its_field(page):
    page.get_by_label("Title").fill("t" * 201)

    expect(status(page)).to_contain_text("Not saved yet: Title: Please keep this to 200 characters", timeout=LONG)


def test_without_a_connection_it_says_so_and_saves_later(page, draft):
    page.context.set_offline(True)
    page.get_by_label("Your story").fill("On the train.")
    expect(status(page)).to_contain_text("Not saved yet.", timeout=LONG)

    page.context.set_offline(False)

    expect(status(page)).to_contain_text("Saved at", timeout=LONG)
    draft.refresh_from_db()
    assert draft.source == "On the train."


def test_sent_from_another_window_it_says_so(cast, page, draft):
    other = make_draft(cast.writer, cast.call, title="Other")
    page.goto(f"/write/{other.key}/draft/")
    send(other)

    page.get_by_label("Your story").fill("Too late.")

    expect(status(page)).to_contain_text("has been sent", timeout=LONG)


def test_pressed_while_signed_out_the_words_stay(page, draft):
    page.get_by_label("Your story").fill("Where am I?")
    page.context.clear_cookies()

    page.get_by_role("button", name="Save", exact=True).click()

    expect(status(page)).to_contain_text("you are signed out", timeout=LONG)
    expect(page.get_by_label("Your story")).to_have_value("Where am I?")
    assert page.url.endswith(f"/write/{draft.key}/draft/")


def test_pressed_without_a_connection_the_words_stay(page):
    page.get_by_label("Your story").fill("On the train.")
    page.context.set_offline(True)

    page.get_by_role("button", name="See how it reads").click()

    expect(status(page)).to_contain_text("Not saved yet.", timeout=LONG)
    expect(page.get_by_label("Your story")).to_have_value("On the train.")


def test_leaving_with_words_that_are_not_saved_is_asked_about(page):
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    page.context.set_offline(True)
    page.get_by_label("Your story").press_sequentially("On the train.")

    page.close(run_before_unload=True)
    page.wait_for_timeout(500)

    assert asked == ["beforeunload"]


def test_text_that_is_too_long_is_not_sent_and_not_called_saved(page):
    sent = []
    page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)

    page.get_by_label("Your story").fill("é" * 500_001)

    expect(status(page)).to_contain_text("Not saved yet: this is longer than we can take", timeout=LONG)
    assert sent == []


def test_time_has_one_full_stop(page):
    page.get_by_label("Your story").fill("I sat there.")

    expect(status(page)).to_contain_text("Saved at", timeout=LONG)
    assert "m.." not in status(page).inner_text()


def test_signed_out_it_says_so(page):
    page.context.clear_cookies()

    page.get_by_label("Your story").fill("Where am I?")

    expect(status(page)).to_contain_text("you are signed out", timeout=LONG)
